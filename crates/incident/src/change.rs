//! Every change to an incident, whichever of its nouns it is about. Pure.

use contact::{contact::rules::Location, grade::Grade, suggestion::rules::Suggestion, thrive};
use journal::{Id, Refusal, words::PARAGRAPH};

pub use crate::brings::steps;
use crate::{
    appointment, closure, codes, custody, grade,
    incident::{
        self,
        rules::{Kind, Person},
    },
    promise, response,
    standing::{Happened, Known},
    unit,
    words::{NARRATIVE, first_of, shown},
};

/// What somebody wants to happen to an incident.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// To itself.
    Incident(incident::rules::Command),
    /// To its grade.
    Grade(grade::rules::Command),
    /// To whose it is.
    Custody(custody::rules::Command),
    /// To the response.
    Response(response::rules::Command),
    /// To its closing.
    Closure(closure::rules::Command),
    /// To a promise.
    Promise(promise::rules::Command),
    /// To its appointments.
    Appointment(appointment::rules::Command),
    /// An assessment of it.
    Thrive(thrive::rules::Command),
}

/// An incident to be opened from a contact. What is Immediate needs nothing but its contact: the rest is owed.
#[derive(Debug, Clone, PartialEq)]
pub struct Opening {
    /// The contact that it is opened from.
    pub contact: Id,
    /// What kind of incident.
    pub kind: Kind,
    /// Where, as far as that is known.
    pub location: Option<Location>,
    /// The opening account, in a few words.
    pub summary: String,
    /// Who is in it.
    pub persons: Vec<Person>,
    /// Keys of the warning markers.
    pub warnings: Vec<String>,
    /// The grade that was chosen.
    pub grade: Grade,
    /// The grade that was suggested.
    pub suggestion: Option<Suggestion>,
    /// Why it is another.
    pub rationale: String,
}

/// What opening an incident does, in its order: it is opened, described, graded and placed with a unit.
pub fn opening(known: &Known, opening: Opening) -> Vec<Change> {
    use incident::rules::Command::{AddPerson, Log, Open, Warn};
    let Opening { contact, kind, location, summary, persons, mut warnings, grade, suggestion, rationale } =
        opening;
    let division =
        location.as_ref().map(|location| location.division.trim().to_uppercase()).unwrap_or_default();
    let day = codes::day_of(known.now);
    let unit = unit::place(grade, &division, day).key.clone();
    let is_immediate = grade == Grade::Immediate;
    let told = shown(&summary);
    let is_cut = is_immediate && told.chars().count() > PARAGRAPH;
    let mut steps = vec![Change::Incident(Open { contact, kind, location, summary, is_immediate })];
    steps.extend(persons.into_iter().map(|person| Change::Incident(AddPerson(person))));
    warnings.retain(|key| !is_immediate || contact::codes::known(codes::warnings(), key.trim(), day));
    if !warnings.is_empty() {
        steps.push(Change::Incident(Warn { warnings }));
    }
    if is_cut {
        // Too long for a title, and nobody is held up for it: the log has all of it.
        steps.push(Change::Incident(Log { words: first_of(&told, NARRATIVE), changes_circumstances: false }));
    }
    let reason = String::new();
    steps.push(Change::Grade(grade::rules::Command::Choose { grade, suggestion, rationale, reason }));
    steps.push(Change::Custody(custody::rules::Command::Place { unit }));
    steps
}

/// What happens, or why not: the rule of the noun that the change is about.
pub fn decide(known: &Known, change: Change) -> Result<Happened, Refusal> {
    let standing = known.standing.as_ref();
    match change {
        Change::Incident(command) => {
            let was = standing.map(|standing| &standing.incident);
            incident::rules::decide(known, was, command).map(Happened::Incident)
        }
        Change::Grade(command) => {
            let was = standing.and_then(|standing| standing.grade.as_ref());
            grade::rules::decide(known, was, command).map(Happened::Grade)
        }
        Change::Custody(command) => {
            let was = standing.and_then(|standing| standing.custody.as_ref());
            custody::rules::decide(known, was, command).map(Happened::Custody)
        }
        Change::Response(command) => {
            let was = standing.map(|standing| &standing.response);
            response::rules::decide(known, was, command).map(Happened::Response)
        }
        Change::Closure(command) => {
            let was = standing.map(|standing| &standing.closure);
            closure::rules::decide(known, was, command).map(Happened::Closure)
        }
        Change::Promise(command) => {
            let was = standing.map(|standing| &standing.promises);
            promise::rules::decide(known, was, command).map(Happened::Promise)
        }
        Change::Appointment(command) => {
            let none = appointment::life::Appointments::default();
            let was = standing.map_or(&none, |standing| &standing.appointments);
            appointment::rules::decide(known, was, command).map(Happened::Appointment)
        }
        Change::Thrive(command) => {
            let standing = known.open()?;
            let known =
                thrive::rules::Known { today: codes::day_of(known.now), before: standing.assessed_before() };
            thrive::rules::decide(&known, standing.thrive.as_ref(), command).map(Happened::Thrive)
        }
    }
}
