//! The choice of a crime, and the form of a new report.

use askama::Template;
use jiff::Timestamp;
use journal::{Id, day_of};
use serde::Serialize;
use users::User;
use web::{Frame, Section, Typed};

use crate::{
    definition::{CrimeType, definitions},
    report::{
        forms::{overriding, sections},
        rules::{About, Known, Person, asks_for_a_reason, barred},
        views::FormPage,
    },
};

/// What has to be known of an incident to record a crime.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// What it is called on the telephone.
    pub reference: String,
    /// What happened, in a few words.
    pub summary: String,
    /// Its persons.
    pub persons: Vec<Person>,
    /// What the rule has to know.
    pub about: About,
}

/// A type of crime that may be chosen.
#[derive(Debug, Serialize)]
pub struct Choosing {
    /// The form’s address.
    pub address: String,
    /// What it is.
    pub words: &'static str,
    /// How many questions it asks.
    pub questions: usize,
}

/// The choice of a crime.
#[derive(Debug, Template, Serialize)]
#[template(path = "report/new/choose.html")]
pub struct ChoosePage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// What the incident is called.
    pub reference: String,
    /// Where the incident is.
    pub incident: String,
    /// What happened.
    pub summary: String,
    /// Why nothing can be recorded as things are; empty where it can.
    pub blocked: String,
    /// Whether a supervisor has to say why it is right all the same, and may.
    pub is_overridable: bool,
    /// What may be chosen.
    pub types: Vec<Choosing>,
}

fn known(now: Timestamp, who: &User, incident: &Incident) -> Known {
    Known { now, about: incident.about.clone(), may_override: who.may_do("crime.override") }
}

/// Why recording would be refused whatever was typed; empty where it would not.
fn barring(known: &Known) -> String {
    barred(known, None).map_or_else(String::new, |refusal| refusal.sentence.into_owned())
}

/// Which crime it is.
pub fn choose_page(now: Timestamp, who: &User, incident: &Incident) -> ChoosePage {
    let (id, today) = (&incident.about.incident, day_of(now));
    let known = known(now, who, incident);
    let choosing = |one: &'static CrimeType| Choosing {
        address: format!("/crime-reports/new?incident={id}&crime_type={}", one.key),
        words: &one.words,
        questions: one.questions(today).count(),
    };
    let types = definitions().crime_type.iter().filter(|one| one.is_valid_on(today));
    ChoosePage {
        frame: Frame::of(format!("Record a crime: {}", incident.reference), Section::Crime)
            .seen_by(who.signed()),
        reference: incident.reference.clone(),
        incident: format!("/incidents/{id}"),
        summary: incident.summary.clone(),
        blocked: barring(&known),
        is_overridable: asks_for_a_reason(&known, None),
        types: types.map(choosing).collect(),
    }
}

/// The form of a new report.
pub fn new_page(
    now: Timestamp,
    who: &User,
    incident: &Incident,
    (of_type, report): (&'static CrimeType, &Id),
    typed: &Typed,
) -> FormPage {
    let id = &incident.about.incident;
    let known = known(now, who, incident);
    let blocked = barring(&known);
    let mut parts = sections(of_type, &incident.persons, typed, day_of(now));
    if asks_for_a_reason(&known, None) {
        parts.insert(0, overriding(typed));
    }
    let heading = format!("Record {}", lower(&of_type.words));
    FormPage {
        frame: Frame::of(format!("{heading}: {}", incident.reference), Section::Crime).seen_by(who.signed()),
        crumbs: vec![
            (format!("/incidents/{id}"), incident.reference.clone()),
            (format!("/crime-reports/new?incident={id}"), "Record a crime".to_owned()),
            (String::new(), of_type.words.clone()),
        ],
        heading,
        about: incident.summary.clone(),
        is_blocked: !blocked.is_empty(),
        intro: blocked,
        action: format!("/crime-reports?incident={id}&crime_type={}&report={report}", of_type.key),
        submit: "Record the crime".to_owned(),
        back: format!("/incidents/{id}"),
        last_seq: None,
        sections: parts,
        refusals: Vec::new(),
    }
}

/// The words with a small letter at their beginning.
fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
