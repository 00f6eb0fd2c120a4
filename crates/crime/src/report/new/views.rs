//! The choice of a crime, and the form of a new report.

use askama::Template;
use jiff::civil::Date;
use serde::Serialize;
use users::User;
use web::{Frame, Section, Typed};

use crate::{
    definition::{CrimeType, definitions},
    report::{
        forms::{overriding, sections},
        rules::{About, Person},
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
    pub blocked: &'static str,
    /// Whether a supervisor has to say why it is right all the same, and may.
    pub is_overridable: bool,
    /// What may be chosen.
    pub types: Vec<Choosing>,
}

/// Why recording would be refused whatever was typed; empty where it would not.
fn blocked(about: &About, may_override: bool) -> &'static str {
    if about.is_closed {
        return "The incident is closed, so no crime is recorded on it. Open it again first.";
    }
    match about.is_vulnerable {
        None => "Nobody has considered whether somebody is vulnerable. Assess the incident first.",
        Some(true) if !may_override => {
            "Vulnerability was identified: the crime is not recorded by telephone. See that they are visited, or ask a supervisor."
        }
        Some(_) => "",
    }
}

/// Which crime it is.
pub fn choose_page(who: &User, incident: &Incident, today: Date) -> ChoosePage {
    let id = &incident.about.incident;
    let choosing = |one: &'static CrimeType| Choosing {
        address: format!("/crime-reports/new?incident={id}&crime_type={}", one.key),
        words: &one.words,
        questions: one.questions(today).count(),
    };
    let may_override = who.may_do("crime.override");
    let types = definitions().crime_type.iter().filter(|one| one.is_valid_on(today));
    ChoosePage {
        frame: Frame::of(format!("Record a crime: {}", incident.reference), Section::Crime)
            .seen_by(who.signed()),
        reference: incident.reference.clone(),
        incident: format!("/incidents/{id}"),
        summary: incident.summary.clone(),
        blocked: blocked(&incident.about, may_override),
        is_overridable: incident.about.is_vulnerable == Some(true) && may_override,
        types: types.map(choosing).collect(),
    }
}

/// The form of a new report.
pub fn new_page(
    who: &User,
    incident: &Incident,
    of_type: &'static CrimeType,
    typed: &Typed,
    today: Date,
) -> FormPage {
    let id = &incident.about.incident;
    let may_override = who.may_do("crime.override");
    let blocked = blocked(&incident.about, may_override);
    let mut parts = sections(of_type, &incident.persons, typed, today);
    if incident.about.is_vulnerable == Some(true) && may_override {
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
        intro: blocked.to_owned(),
        is_blocked: !blocked.is_empty(),
        action: format!("/crime-reports?incident={id}&crime_type={}", of_type.key),
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
