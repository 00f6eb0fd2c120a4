//! One incident as it is shown.

use std::collections::BTreeMap;

use askama::Template;
use contact::{
    codes::words,
    contact::rows::Listed as ListedContact,
    preference::{rules::Preference, words::told as told_reach},
    thrive::rules::Element,
};
use jiff::Timestamp;
use journal::{DatabaseError, Entry, Private, words::moment};
use serde::Serialize;
use users::User;
use web::{Frame, Section};

use super::{forms::FORMS, list::rows::Listed, told::told};
use crate::{
    appointment::views::{AppointmentRow, interviewer, rows as appointments},
    beside::Panel,
    codes,
    grade::rules::Graded,
    promise::views::{PromiseRow, rows as promises},
    queue::{
        rules::{Queued, is_late},
        views::{clock_words, endorsement_words},
    },
    standing::Standing,
    unit,
};

/// When an assessment was made.
#[derive(Debug, Default, Serialize)]
pub struct Assessed {
    /// The moment; empty before the first.
    pub when: String,
    /// Whether something changed since.
    pub is_out_of_date: bool,
}

/// A moment of its life.
#[derive(Debug, Serialize)]
pub struct Moment {
    /// Its entry.
    pub entry: i64,
    /// What happened.
    pub title: String,
    /// Who, in which role.
    pub who: String,
    /// When, for machines.
    pub at: String,
    /// When, for people.
    pub when: String,
    /// More about it: name and words.
    pub details: Vec<(String, String)>,
    /// What kind of moment it is, for its sign.
    pub kind: &'static str,
}

/// One element of the assessment.
#[derive(Debug, Serialize)]
pub struct ElementRow {
    /// Its name.
    pub name: &'static str,
    /// Its level.
    pub level: String,
    /// Why.
    pub narrative: String,
}

/// A contact about it, or an incident linked to it.
#[derive(Debug, Serialize)]
pub struct Other {
    /// Where it is.
    pub address: String,
    /// Its reference.
    pub reference: String,
    /// What it is.
    pub words: String,
}

/// A person in it.
#[derive(Debug, Serialize)]
pub struct PersonRow {
    /// Name.
    pub name: String,
    /// Role in words.
    pub role: String,
    /// Date of birth or age.
    pub born: String,
    /// Telephone number.
    pub number: String,
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "incident/show.html")]
pub struct ShowPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// Its identity.
    pub id: String,
    /// Its last entry: what a form that replaces something has seen.
    pub last_seq: i64,
    /// What is said over the telephone.
    pub reference: String,
    /// The opening account.
    pub summary: String,
    /// Its type in words.
    pub type_words: String,
    /// Its qualifiers in words.
    pub qualifiers: Vec<String>,
    /// Whether it needs a second person for its closing or a lower grade.
    pub is_domestic: bool,
    /// Whether it is open.
    pub is_open: bool,
    /// The grade in force, as an address has it.
    pub grade: String,
    /// The grade in force.
    pub grade_words: String,
    /// A lower one that waits.
    pub waiting_grade: String,
    /// Whose it is.
    pub unit: String,
    /// Where it is offered to.
    pub offered_to: String,
    /// How often an offer came back.
    pub bounces: i64,
    /// What it waits for.
    pub waits: String,
    /// By when, in words.
    pub clock: String,
    /// Whether that is past.
    pub is_late: bool,
    /// By when the next promise has to be kept, in words.
    pub promised: String,
    /// What a second person is asked for.
    pub endorsement: &'static str,
    /// What is owed.
    pub debts: Vec<String>,
    /// How it was closed.
    pub closed: String,
    /// The four parts of its closing, and why accounts differ.
    pub closing: Vec<(&'static str, String)>,
    /// The place.
    pub place: String,
    /// Division and beat.
    pub division: String,
    /// Warning markers in words.
    pub warnings: Vec<String>,
    /// The assessment.
    pub elements: Vec<ElementRow>,
    /// How many of the six were considered.
    pub considered: usize,
    /// When it was made, and whether that was too early.
    pub assessed: Assessed,
    /// Officers sent.
    pub sent: Vec<(String, String)>,
    /// Persons.
    pub persons: Vec<PersonRow>,
    /// What was promised: what, and how it stands.
    pub promises: Vec<PromiseRow>,
    /// Its appointments, the latest first.
    pub appointments: Vec<AppointmentRow>,
    /// By whom they want to be interviewed; empty where nobody asked.
    pub interviewer: String,
    /// How the caller wants to be reached, and must not be.
    pub reach: Vec<String>,
    /// Contacts about it.
    pub contacts: Vec<Other>,
    /// Linked incidents.
    pub linked: Vec<Other>,
    /// What this person may do: word and heading.
    pub steps: Vec<(&'static str, &'static str)>,
    /// What other rooms tell of it.
    pub beside: Vec<Panel>,
    /// Its life, the latest first.
    pub history: Vec<Moment>,
}

/// What the page is made of besides the incident itself.
pub struct Around<'a> {
    /// Contacts about it.
    pub contacts: &'a [ListedContact],
    /// Linked incidents.
    pub linked: &'a [Listed],
    /// Its entries, the oldest first.
    pub history: &'a [Entry],
    /// The names of who is in them.
    pub names: &'a BTreeMap<String, String>,
    /// How the caller wants to be reached.
    pub preference: Option<&'a Preference>,
}

impl ShowPage {
    /// With what was just done.
    #[must_use]
    pub fn told(mut self, notice: Option<String>) -> Self {
        self.frame = self.frame.with_notice(notice);
        self
    }
}

/// The page as it stands at `now`.
pub fn show_page(
    now: Timestamp,
    who: &User,
    listed: &Listed,
    standing: &Standing,
    around: &Around<'_>,
) -> Result<ShowPage, DatabaseError> {
    let incident = &standing.incident;
    let queued = listed.queued.as_ref();
    let grade = standing.grade.as_ref();
    let location = incident.location.clone().unwrap_or_default();
    let (closed, closing) = closing(standing);
    let history = around.history.iter().rev().map(|entry| told(entry, around.names));
    Ok(ShowPage {
        frame: Frame::of(format!("Incident {}", listed.reference()), Section::Incidents)
            .seen_by(who.signed()),
        id: listed.id.to_string(),
        last_seq: around.history.last().map_or(0, |entry| entry.seq),
        reference: listed.reference(),
        summary: incident.summary.shown().to_owned(),
        type_words: words(codes::types(), &incident.kind.incident_type).to_owned(),
        qualifiers: in_words(codes::qualifiers(), &incident.kind.qualifiers),
        is_domestic: incident.was_domestic(),
        is_open: standing.is_open(),
        grade: grade.map_or("", |grade| grade.in_force.grade.as_str()).to_owned(),
        grade_words: grade.map_or("Not graded", |grade| grade.in_force.grade.words()).to_owned(),
        waiting_grade: grade.map_or_else(String::new, waiting_grade),
        unit: standing.custody.as_ref().map_or("", |custody| unit::name(&custody.unit)).to_owned(),
        offered_to: queued.map_or_else(String::new, offered_to),
        bounces: standing.custody.as_ref().map_or(0, |custody| custody.bounces),
        waits: queued.map_or("", |queued| queued.waits.words()).to_owned(),
        clock: queued.map_or_else(String::new, |queued| clock_words(queued.clock.as_ref(), now)),
        is_late: queued.is_some_and(|queued| is_late(queued.clock.as_ref(), now)),
        promised: queued.map_or_else(String::new, |queued| clock_words(queued.promised.as_ref(), now)),
        endorsement: queued.map_or("", endorsement_words),
        debts: queued.map_or_else(Vec::new, debts),
        closed,
        closing,
        place: location.words.shown().to_owned(),
        division: division(&location.division, &location.beat, now),
        warnings: in_words(codes::warnings(), &incident.warnings),
        elements: elements(standing),
        considered: standing.assessed().map_or(0, |assessed| assessed.considered),
        assessed: assessed(standing),
        sent: sent(standing),
        promises: promises(&standing.promises, now),
        appointments: appointments(&standing.appointments, now),
        interviewer: interviewer(&standing.appointments),
        reach: around.preference.map_or_else(Vec::new, told_reach),
        persons: persons(standing),
        contacts: around.contacts.iter().map(contact_row).collect(),
        linked: around.linked.iter().map(linked_row).collect(),
        steps: steps(standing, who),
        beside: Vec::new(),
        history: history.collect::<Result<_, _>>()?,
    })
}

fn waiting_grade(graded: &Graded) -> String {
    graded.waiting.as_ref().map_or_else(String::new, |waiting| waiting.grade.words().to_owned())
}

fn assessed(standing: &Standing) -> Assessed {
    let Some((_, at)) = &standing.assessment else { return Assessed::default() };
    let incident = &standing.incident;
    // The opening is no change: the contact was assessed before it.
    let has_changed = incident.changed_at != incident.opened_at;
    Assessed { when: moment(*at), is_out_of_date: has_changed && *at < incident.changed_at }
}

fn offered_to(queued: &Queued) -> String {
    queued.offered_to.as_deref().map_or("", unit::name).to_owned()
}

/// The forms that are of use now and that this person may fill in.
impl ShowPage {
    fn may_begin(&self) -> bool {
        self.beside.iter().any(|panel| !panel.steps.is_empty())
    }
}

fn steps(standing: &Standing, who: &User) -> Vec<(&'static str, &'static str)> {
    FORMS
        .iter()
        .filter(|form| (form.is_offered)(standing) && who.may_do(form.permission))
        .map(|form| (form.word, form.heading))
        .collect()
}

fn in_words(all: &[contact::codes::Code], keys: &[String]) -> Vec<String> {
    keys.iter().map(|key| words(all, key).to_owned()).collect()
}

fn debts(queued: &Queued) -> Vec<String> {
    queued.debts.iter().map(|debt| format!("{}, by {}", debt.words, moment(debt.due_at))).collect()
}

fn division(letter: &str, beat: &str, now: Timestamp) -> String {
    let name = unit::division(letter, codes::day_of(now)).map_or("", |unit| unit.name.as_str());
    [letter, name, beat].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn closing(standing: &Standing) -> (String, Vec<(&'static str, String)>) {
    let closure = &standing.closure;
    let Some(closing) = closure.closed.as_ref().or(closure.waiting.as_ref()) else {
        return Default::default();
    };
    let waits = if closure.closed.is_none() { ", waits for a second person" } else { "" };
    let heading = format!("{}{waits}", codes::closure_words(&closing.code));
    let part = |words: &Private<String>| words.shown().to_owned();
    let mut parts = vec![
        ("Overview of the first account", part(&closing.overview)),
        ("What became known since", part(&closing.updates)),
        ("What was done", part(&closing.action)),
        ("Outcome", part(&closing.outcome)),
    ];
    if closing.accounts_conflict {
        parts.push(("Why the accounts differ", part(&closing.explanation)));
    }
    (heading, parts)
}

fn elements(standing: &Standing) -> Vec<ElementRow> {
    let assessment = standing.assessment.as_ref().map(|(assessment, _)| assessment);
    Element::ALL
        .iter()
        .map(|element| {
            let considered = assessment.and_then(|assessment| assessment.elements.get(element));
            ElementRow {
                name: element.words(),
                level: considered.map_or("Not considered", |one| one.level.words()).to_owned(),
                narrative: considered.map_or("", |one| one.narrative.shown()).to_owned(),
            }
        })
        .collect()
}

fn sent(standing: &Standing) -> Vec<(String, String)> {
    standing
        .response
        .sent
        .iter()
        .map(|sent| {
            let mut words = vec![format!("sent {}", moment(sent.at))];
            words.extend(sent.arrived_at.map(|at| format!("arrived {}", moment(at))));
            words.extend(sent.ended_at.map(|at| format!("free {}", moment(at))));
            (sent.call_sign.clone(), words.join(", "))
        })
        .collect()
}

fn persons(standing: &Standing) -> Vec<PersonRow> {
    let row = |person: &super::rules::Person| PersonRow {
        name: person.name.shown().to_owned(),
        role: words(codes::roles(), &person.role).to_owned(),
        born: person.born.shown().to_owned(),
        number: person.number.shown().to_owned(),
    };
    standing.incident.persons.iter().map(row).collect()
}

fn contact_row(listed: &ListedContact) -> Other {
    Other {
        address: format!("/contacts/{}", listed.id),
        reference: listed.reference.clone(),
        words: format!(
            "{}, {}",
            listed.contact.arrival.channel.words(),
            moment(listed.contact.arrival.arrived_at)
        ),
    }
}

fn linked_row(listed: &Listed) -> Other {
    Other {
        address: format!("/incidents/{}", listed.id),
        reference: listed.reference(),
        words: listed.summary.clone(),
    }
}
