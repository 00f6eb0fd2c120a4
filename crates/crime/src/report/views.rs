//! One crime report as it is shown, and the form of its content.

use std::collections::BTreeMap;

use askama::Template;
use contact::codes::words;
use journal::{DatabaseError, Entry, Id, Refusal, words::moment};
use serde::Serialize;
use users::User;
use web::{Frame, Kind, Section as Part};

use super::{
    export::receipt,
    forms::{FORMS, Section},
    list::rows::Listed,
    rules::{Report, State},
    told::{Moment, told},
    words::{answered, next_words, pounds, unit_words, when},
};
use crate::definition::{crime_words, definitions, digital_words, enquiry_words};

/// A receipt of an export, and where its files are.
#[derive(Debug, Serialize)]
pub struct Receipt {
    /// What it is called.
    pub words: String,
    /// When it was made.
    pub at: String,
    /// The address of its files, without their ending.
    pub address: String,
    /// What the bytes of the JSON file hash to.
    pub json_sha256: String,
    /// What the bytes of the CSV file hash to.
    pub csv_sha256: String,
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "report/show.html")]
pub struct ShowPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// Its identity.
    pub id: String,
    /// What it is called on the telephone.
    pub reference: String,
    /// Where its incident is; empty for a role that reads none.
    pub incident: String,
    /// The crime, and how many counts of it.
    pub crime: String,
    /// How it stands, as an address has it.
    pub state: &'static str,
    /// How it stands, in words.
    pub state_words: &'static str,
    /// Why it was last returned and what has to be mended, while it waits for that.
    pub to_mend: String,
    /// How it goes on.
    pub next: String,
    /// Why nothing more is done, and how they were told; empty where it is not filed.
    pub filed: String,
    /// When it happened.
    pub when: String,
    /// Where it happened, as the incident had it.
    pub place: String,
    /// The letter of the division.
    pub division: String,
    /// The team.
    pub team: String,
    /// The crime system’s own reference.
    pub reference_there: String,
    /// Why it was recorded although somebody is vulnerable; empty where nobody is.
    pub overridden: String,
    /// What happened.
    pub account: String,
    /// Persons: role, name, how they are reached.
    pub persons: Vec<[String; 3]>,
    /// Property: what, its value, its marks.
    pub property: Vec<[String; 3]>,
    /// The value of all of it; empty where none was said.
    pub value: String,
    /// The questions and what was answered.
    pub answers: Vec<(String, String)>,
    /// Lines of enquiry: the line, what became of it, in words.
    pub enquiries: Vec<[String; 3]>,
    /// Digital evidence: what, where it stands.
    pub evidence: Vec<(String, String)>,
    /// Its receipts, the latest first; empty for a role that may not fetch their files.
    pub receipts: Vec<Receipt>,
    /// What may be done: the last part of an address, and its words.
    pub steps: Vec<(&'static str, &'static str)>,
    /// What happened, the latest first.
    pub history: Vec<Moment>,
    /// The subject’s last entry.
    pub last_seq: i64,
}

fn filed(report: &Report) -> String {
    let all = definitions();
    report.content.filing.as_ref().map_or_else(String::new, |filing| {
        let way = words(&all.told_way, &filing.way).to_lowercase();
        format!("{}. Told {way} at {}", words(&all.filing_reason, &filing.reason), moment(filing.at))
    })
}

fn to_mend(report: &Report, history: &[Moment]) -> String {
    if report.state() != State::Returned {
        return String::new();
    }
    let last = history.iter().find(|one| one.kind == "decision");
    let told = last.into_iter().flat_map(|one| &one.details).filter(|(name, _)| name != "By");
    told.map(|(_, words)| words.as_str()).collect::<Vec<_>>().join(": ")
}

fn receipts(who: &User, listed: &Listed, report: &Report) -> Vec<Receipt> {
    if !who.may_do("crime.record") {
        return Vec::new();
    }
    let of = |one: &super::rules::Export| Receipt {
        words: receipt(&listed.reference(), one.number),
        at: moment(one.at),
        address: format!("/crime-reports/{}/receipts/{}", listed.id, one.number),
        json_sha256: one.json_sha256.clone(),
        csv_sha256: one.csv_sha256.clone(),
    };
    report.exports.iter().rev().map(of).collect()
}

/// The page of a report.
pub fn show_page(
    who: &User,
    listed: &Listed,
    report: &Report,
    (history, names): (&[Entry], &BTreeMap<String, String>),
) -> Result<ShowPage, DatabaseError> {
    let (content, state) = (&report.content, report.state());
    let offered = FORMS.iter().filter(|form| who.may_do(form.permission) && (form.is_offered)(report));
    let last_seq = history.last().map_or(0, |entry| entry.seq);
    let history = history.iter().rev().map(|entry| told(entry, names)).collect::<Result<Vec<_>, _>>()?;
    let reference = listed.reference();
    let role = |key: &str| words(incident::codes::roles(), key).to_owned();
    let shown = |words: &journal::Private<String>| words.shown().to_owned();
    Ok(ShowPage {
        frame: Frame::of(format!("Crime report {reference}"), Part::Crime).seen_by(who.signed()),
        id: listed.id.to_string(),
        incident: address(&report.incident, who.may_do("incident.read")),
        crime: super::list::views::row(listed).crime,
        state: state.as_str(),
        state_words: state.words(),
        to_mend: to_mend(report, &history),
        next: next_words(report),
        filed: filed(report),
        when: when(content.happened_from, content.happened_until),
        place: shown(&report.place),
        division: report.division.clone(),
        team: unit_words(&report.team).to_owned(),
        reference_there: report.reference_there.clone(),
        overridden: report.overridden.as_ref().map_or_else(String::new, |one| shown(&one.reason)),
        account: shown(&content.account),
        persons: content.persons.iter().map(|p| [role(&p.role), shown(&p.name), shown(&p.reach)]).collect(),
        property: content
            .property
            .iter()
            .map(|one| [shown(&one.what), pounds(one.pence), shown(&one.marks)])
            .collect(),
        value: pounds((content.pence() > 0).then(|| content.pence())),
        answers: answered(&content.crime_type, &content.answers),
        enquiries: content
            .enquiries
            .iter()
            .map(|e| [enquiry_words(&e.line).to_owned(), e.outcome.words().to_owned(), shown(&e.words)])
            .collect(),
        evidence: content
            .evidence
            .iter()
            .map(|one| (digital_words(&one.item).to_owned(), one.state.words().to_owned()))
            .collect(),
        receipts: receipts(who, listed, report),
        steps: offered.map(|form| (form.word, form.heading)).collect(),
        history,
        last_seq,
        reference,
    })
}

fn address(incident: &Id, may_read: bool) -> String {
    if may_read { format!("/incidents/{incident}") } else { String::new() }
}

/// The form of a report’s content.
#[derive(Debug, Template, Serialize)]
#[template(path = "report/form.html")]
pub struct FormPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// Where one is: address and words, the last without an address.
    pub crumbs: Vec<(String, String)>,
    /// What it is for.
    pub heading: String,
    /// What it is about.
    pub about: String,
    /// What will happen, or why it would not.
    pub intro: String,
    /// Whether it would be refused as things are.
    pub is_blocked: bool,
    /// Where it is sent.
    pub action: String,
    /// The words of the button.
    pub submit: String,
    /// Where "Cancel" leads.
    pub back: String,
    /// The subject’s last entry, to tell a stale edit; nothing for a new report.
    pub last_seq: Option<i64>,
    /// The parts of the form.
    pub sections: Vec<Section>,
    /// Why it was refused.
    pub refusals: Vec<Refusal>,
}

impl FormPage {
    /// Shows `refusal` at its field and at the top.
    #[must_use]
    pub fn refused(mut self, refusal: &Refusal) -> Self {
        let mut shown = refusal.clone();
        let mut fields = self.sections.iter_mut().flat_map(|section| &mut section.fields);
        match fields.find(|field| field.name == refusal.field) {
            Some(field) => field.error = Some(refusal.sentence.to_string()),
            None => shown.field = "".into(),
        }
        self.frame.title = format!("Problem: {}", self.frame.title);
        self.refusals.push(shown);
        self
    }
}

/// The title of a form about a report.
pub fn about(listed: &Listed) -> String {
    format!("{} {}", listed.reference(), crime_words(&listed.crime_type))
}
