//! One contact of a sample, as a coder sees it; with the first coding beside it only when the sample is closed.

use std::collections::BTreeMap;

use askama::Template;
use contact::contact::rows::Listed as Contact;
use failure::code::{Class, Code};
use journal::{Id, Refusal, words::moment};
use measure::one::views::division_words;
use serde::Serialize;
use users::User;
use web::{Choice, Frame, Section, Typed};

use super::issue::{Happened, facts};
use crate::{
    result::words::{code_words, derived_words},
    sample::{
        rows::Listed,
        rules::{Coding, Counted, Sample, UNKNOWN, code_key},
    },
};

/// What a page is made of.
pub struct Found<'a> {
    /// The sample as a row has it.
    pub listed: &'a Listed,
    /// The sample, whole.
    pub sample: &'a Sample,
    /// The contact.
    pub record: &'a Contact,
    /// What happened in its issue.
    pub happened: Vec<Happened>,
    /// Whether whoever looks recorded something of it.
    pub is_own: bool,
    /// Names of those who acted on the sample.
    pub names: &'a BTreeMap<String, String>,
}

/// One coding.
#[derive(Debug, Serialize)]
pub struct CodingTold {
    /// The code.
    pub code: String,
    /// In words.
    pub words: String,
    /// The note.
    pub note: String,
    /// Why it was amended.
    pub reason: String,
    /// Who, and when.
    pub by: String,
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "item/show.html")]
pub struct ItemPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    #[serde(skip)]
    here: String,
    /// The week.
    pub week: String,
    /// The contact’s identity.
    pub contact: String,
    /// What it is called on the telephone.
    pub reference: String,
    /// Its place in the draw, and how many there are.
    pub place: (usize, usize),
    /// How it came in, when, in which division.
    pub came: (String, String, String),
    /// What else is known of it.
    pub facts: Vec<(String, String)>,
    /// What happened in its issue, the first first; empty for those who do not code.
    pub happened: Vec<Happened>,
    /// "to_code", "coded", "closed".
    pub state: &'static str,
    /// What was derived, as a code and in words; nothing while the sample is open.
    pub derived: Option<(String, String)>,
    /// What it was coded the second time: one’s own while the sample is open, and then all.
    pub codings: Vec<CodingTold>,
    /// Whether the form is there, and whether it amends.
    pub may_code: bool,
    is_amending: bool,
    /// Why there is no form; empty where there is one.
    pub why_not: String,
    #[serde(skip)]
    choices: [(&'static str, Vec<Choice>); 4],
    #[serde(skip)]
    note: String,
    #[serde(skip)]
    reason: String,
    #[serde(skip)]
    errors: BTreeMap<String, String>,
    #[serde(skip)]
    refusals: Vec<Refusal>,
    previous: String,
    next: String,
    /// Where the contact itself is; empty while the sample is open, and for a role that may not see it.
    pub address: String,
}

impl ItemPage {
    /// Shows `refusal` at its field and at the top.
    #[must_use]
    pub fn refused(mut self, refusal: &Refusal) -> Self {
        let mut shown = refusal.clone();
        if self.may_code && ["code", "note", "reason"].contains(&refusal.field.as_ref()) {
            self.errors.insert(refusal.field.to_string(), refusal.sentence.to_string());
        } else {
            shown.field = "".into();
        }
        self.frame.title = format!("Problem: {}", self.frame.title);
        self.refusals.push(shown);
        self
    }

    fn error(&self, field: &str) -> Option<&str> {
        self.errors.get(field).map(String::as_str)
    }
}

/// The page of one contact.
pub fn item_page(who: &User, found: Found<'_>, typed: &Typed) -> ItemPage {
    let (sample, id) = (found.sample, &found.record.id);
    let all = &sample.drawn.sample;
    let place = all.iter().position(|one| one.contact == *id).unwrap_or(0);
    let codings = sample.codings(id);
    let (is_closed, last) = (sample.closed.is_some(), codings.last());
    let is_mine = last.is_some_and(|last| last.by == who.id.as_str());
    let why_not = why_not(who, (is_closed, found.is_own, last.is_some(), is_mine));
    let was = last.filter(|_| is_mine);
    let start = |field: &str, was: String| {
        if typed.0.contains_key(field) { typed.get(field).to_owned() } else { was }
    };
    let here = format!("/coding/{}", found.listed.week);
    let at = |place: Option<usize>| address(&here, place.and_then(|place| all.get(place)));
    let drawn = &all[place];
    let derived = code_key(drawn.derived);
    let title = format!("Contact {} of the sample of {}", place + 1, found.listed.week);
    ItemPage {
        frame: Frame::of(title, Section::Measures).seen_by(who.signed()),
        week: found.listed.week.to_string(),
        contact: id.to_string(),
        reference: found.record.reference.clone(),
        place: (place + 1, all.len()),
        came: came(found.record, &drawn.division),
        facts: facts(found.record),
        happened: found.happened,
        state: match (is_closed, last) {
            (true, _) => "closed",
            (false, Some(_)) => "coded",
            (false, None) => "to_code",
        },
        derived: is_closed.then(|| (derived.clone(), derived_words(&derived))),
        codings: codings.iter().filter(|_| is_closed || is_mine).map(|one| told(one, found.names)).collect(),
        may_code: why_not.is_empty(),
        is_amending: is_mine,
        why_not,
        choices: choices(&start("code", was.map_or_else(String::new, |was| code_key(was.code)))),
        note: start("note", was.map_or_else(String::new, |was| was.note.shown().to_owned())),
        reason: typed.get("reason").to_owned(),
        errors: BTreeMap::new(),
        refusals: Vec::new(),
        previous: at(place.checked_sub(1)),
        next: at(Some(place + 1)),
        address: contact_address(who, id, is_closed),
        here,
    }
}

fn came(record: &Contact, division: &str) -> (String, String, String) {
    let arrival = &record.contact.arrival;
    (arrival.channel.words().to_owned(), moment(arrival.arrived_at), division_words(division))
}

/// Where a contact of the sample is coded; empty where there is none.
fn address(here: &str, one: Option<&Counted>) -> String {
    one.map_or_else(String::new, |one| format!("{here}/contacts/{}", one.contact))
}

/// Where the contact itself is: it tells the advisor’s code, so that a coder is not led there.
fn contact_address(who: &User, id: &Id, is_closed: bool) -> String {
    if is_closed && who.may_do("contact.read") { format!("/contacts/{id}") } else { String::new() }
}

/// Why there is no form, in a sentence.
fn why_not(who: &User, (is_closed, is_own, is_coded, is_mine): (bool, bool, bool, bool)) -> String {
    let why = match (is_closed, is_own, is_coded, is_mine) {
        (true, ..) => "The sample is closed: what was coded stays as it is.",
        (false, ..) if !who.may_do("coding.code") => "Your role reads what samples say, and does not code.",
        (false, true, ..) => {
            "You recorded something of this contact, so that you would not be a second person. Leave it to a colleague."
        }
        (false, false, true, false) => {
            "Somebody else coded this contact. What they said is shown when the sample is closed."
        }
        (false, false, ..) => "",
    };
    why.to_owned()
}

fn told(coding: &Coding, names: &BTreeMap<String, String>) -> CodingTold {
    let code = code_key(coding.code);
    let name = names.get(&coding.by).map_or(coding.by.as_str(), String::as_str);
    CodingTold {
        words: code_words(&code),
        code,
        note: coding.note.shown().to_owned(),
        reason: coding.reason.as_ref().map_or_else(String::new, |reason| reason.shown().to_owned()),
        by: format!("{name}, {}", moment(coding.at)),
    }
}

/// The 23 codes by what they are, and that it cannot be told.
fn choices(chosen: &str) -> [(&'static str, Vec<Choice>); 4] {
    let of = |class: Class| -> Vec<Choice> {
        let codes = Code::ALL.into_iter().filter(|code| code.class() == class);
        codes.map(|code| Choice::of(code.to_string(), code_words(&code.to_string()), chosen)).collect()
    };
    [
        ("Failure demand", of(Class::Failure)),
        ("Value demand", of(Class::Value)),
        ("Neither", of(Class::Neutral)),
        ("Not known", vec![Choice::of(UNKNOWN, code_words(UNKNOWN), chosen)]),
    ]
}
