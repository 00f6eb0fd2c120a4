//! Every change to an incident, whichever of its nouns it is about; and what else one change brings with it. Pure.

use contact::{contact::rules::Location, grade::Grade, suggestion::rules::Suggestion, thrive};
use journal::{Id, Refusal, words::PARAGRAPH};

use crate::{
    closure, codes, custody, grade,
    incident::{
        self,
        rules::{Kind, Person},
    },
    promise, response,
    standing::{Happened, Known, Standing},
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

/// What one change brings with it. An offer with another grade is accepted with that grade, unless the grade was
/// chosen anew since: then the later choice holds. What turns out to be domestic after one person lowered it goes to a
/// second one. What is made Immediate while it is with a unit that sends nobody goes to the control room.
pub fn steps(known: &Known, change: Change) -> Vec<Change> {
    let mut steps = vec![change];
    let Some(standing) = &known.standing else { return steps };
    if let Change::Incident(incident::rules::Command::Classify { kind, .. }) = &steps[0] {
        if standing.grade.as_ref().is_some_and(|graded| graded.is_to_reconsider(kind.is_domestic())) {
            steps.push(Change::Grade(grade::rules::Command::Reconsider));
        }
        return steps;
    }
    if let Change::Grade(grade::rules::Command::Choose { grade: Grade::Immediate, .. }) = &steps[0] {
        steps.extend(call(known, standing));
        return steps;
    }
    if steps[0] != Change::Custody(custody::rules::Command::Accept) {
        return steps;
    }
    let offer = standing.custody.as_ref().and_then(|custody| custody.offer.as_ref());
    if let Some((offer, graded)) = offer.zip(standing.grade.as_ref()) {
        let is_as_offered = graded.in_force.grade == offer.old_grade && graded.in_force.at <= offer.at;
        if offer.new_grade != offer.old_grade && is_as_offered {
            steps.push(Change::Grade(grade::rules::Command::TakeOver {
                grade: offer.new_grade,
                rationale: offer.rationale.clone(),
                reason: offer.reason.clone(),
                by: offer.by.clone(),
            }));
        }
    }
    steps
}

/// To the control room that serves its place, where it is with a unit that sends nobody.
fn call(known: &Known, standing: &Standing) -> Option<Change> {
    let mine = standing.custody.as_ref().and_then(|custody| unit::of(&custody.unit))?;
    let day = codes::day_of(known.now);
    let division = standing.incident.location.as_ref().map_or("", |location| &location.division);
    let to = unit::place(Grade::Immediate, division, day);
    let goes = mine.kind != unit::UnitKind::ControlRoom && to.is_valid_on(day);
    goes.then(|| Change::Custody(custody::rules::Command::Call { unit: to.key.clone() }))
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
        Change::Thrive(command) => {
            let standing = known.open()?;
            let known =
                thrive::rules::Known { today: codes::day_of(known.now), before: standing.assessed_before() };
            thrive::rules::decide(&known, standing.thrive.as_ref(), command).map(Happened::Thrive)
        }
    }
}
