//! What a crime report is: its content, who recorded it where, every return of it, every export. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use jiff::Timestamp;
use journal::{Id, Private};
use serde::{Deserialize, Serialize};

use super::rules::Fact;

/// A person of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// A key of the roles of an incident’s persons: victim, witness, suspect, …
    pub role: String,
    pub name: Private<String>,
    /// How they are reached; empty where it is not known.
    pub reach: Private<String>,
}

/// What was taken or damaged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub what: Private<String>,
    /// What it is worth, in pence; nothing where it was not said.
    pub pence: Option<i64>,
    /// By which it can be known again.
    pub marks: Private<String>,
}

/// What was answered to a question of the crime type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub question: String,
    pub said: Said,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    Yes,
    No,
    At(Timestamp),
    Words(Private<String>),
}

/// What became of a line of enquiry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Enquired {
    Done,
    ToDo,
    NotPossible,
}

/// A line of enquiry as it was considered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enquiry {
    pub line: String,
    pub outcome: Enquired,
    pub words: Private<String>,
}

/// Where digital evidence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Secured {
    None,
    ToSecure,
    Requested,
    Secured,
}

/// A kind of digital evidence as it was asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    pub item: String,
    pub state: Secured,
}

/// How it goes on (HMICS CAM 2022, 4.6: a proportionate response to crime).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// Officers go there.
    Attend,
    /// Recorded, and lines of enquiry are followed.
    RecordAndEnquire,
    /// Recorded, and nothing more is done.
    RecordAndFile,
}

/// Why nothing more is done, and that the person was told so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filing {
    pub reason: String,
    pub way: String,
    pub at: Timestamp,
}

/// What the report says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    pub crime_type: String,
    pub counts: i64,
    pub happened_from: Timestamp,
    /// The end of the time in which it happened, where that is not one moment.
    pub happened_until: Option<Timestamp>,
    pub account: Private<String>,
    pub persons: Vec<Person>,
    pub property: Vec<Item>,
    pub answers: Vec<Answer>,
    pub enquiries: Vec<Enquiry>,
    pub evidence: Vec<Evidence>,
    pub ending: Ending,
    /// Only of what is filed.
    pub filing: Option<Filing>,
    /// The version of `definitions/crime.toml` it was made with.
    pub definition: i64,
}

impl Content {
    /// What was taken or damaged is worth so many pence, as far as it was said.
    pub fn pence(&self) -> i64 {
        self.property.iter().filter_map(|item| item.pence).fold(0, i64::saturating_add)
    }

    /// How many lines of enquiry are still to be followed.
    pub fn to_do(&self) -> usize {
        self.enquiries.iter().filter(|one| one.outcome == Enquired::ToDo).count()
    }
}

/// The report as it was first recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    pub at: Timestamp,
    pub incident: Id,
    /// The letter of the division in which it happened; empty where the place is not known.
    pub division: String,
    /// The unit that had the incident: whose report it is.
    pub team: String,
    /// Where it happened, as the incident has it.
    pub place: Private<String>,
    pub content: Content,
    /// Why it was recorded directly although somebody is vulnerable; nothing where nobody is.
    pub overridden: Option<Private<String>>,
}

/// What the report says from then on: amended, or reworked after a return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revised {
    pub at: Timestamp,
    /// As the incident has them now.
    pub division: String,
    pub place: Private<String>,
    pub content: Content,
    /// Why it is dealt with so although somebody is vulnerable, where that had to be said anew.
    pub overridden: Option<Private<String>>,
    /// What was changed, and why.
    pub words: Private<String>,
}

/// Why a crime was recorded directly although somebody is vulnerable, and for which ending that was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overridden {
    pub reason: Private<String>,
    pub ending: Ending,
}

/// One return of the report for rework.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Return {
    pub at: Timestamp,
    /// The unit that returned it.
    pub unit: String,
    pub reason: String,
    pub resubmitted_at: Option<Timestamp>,
}

impl Return {
    /// How long it was reworked, in minutes; nothing while it is.
    pub fn minutes(&self) -> Option<i64> {
        self.resubmitted_at.map(|at| at.duration_since(self.at).as_mins())
    }
}

/// One export to the crime system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// The first is 1.
    pub number: i64,
    pub at: Timestamp,
    /// The version of the format.
    pub format: i64,
    /// What the files’ bytes hash to, in hexadecimal.
    pub json_sha256: String,
    pub csv_sha256: String,
}

/// A crime report as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub at: Timestamp,
    pub incident: Id,
    pub division: String,
    pub place: Private<String>,
    pub team: String,
    pub content: Content,
    /// The first content is 1.
    pub revision: i64,
    pub overridden: Option<Overridden>,
    pub returns: Vec<Return>,
    pub exports: Vec<Export>,
    /// Whether what it says now was exported.
    pub is_exported: bool,
    /// The crime system’s own reference, once it has taken the report for the first time.
    pub reference_there: String,
    /// Whether it has taken what the report says now.
    pub is_acknowledged: bool,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Timestamp>,
}

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    ToExport,
    Exported,
    Acknowledged,
    Returned,
    Withdrawn,
}

impl Report {
    /// How it stands.
    pub fn state(&self) -> State {
        if self.withdrawn_at.is_some() {
            State::Withdrawn
        } else if self.open_return().is_some() {
            State::Returned
        } else if self.is_acknowledged {
            State::Acknowledged
        } else if self.is_exported {
            State::Exported
        } else {
            State::ToExport
        }
    }

    /// The return that waits for its rework: one at most.
    pub fn open_return(&self) -> Option<&Return> {
        self.returns.iter().find(|one| one.resubmitted_at.is_none())
    }

    /// Whether what a supervisor said of somebody vulnerable holds for that ending: for the one it was said of, and for
    /// officers who go there.
    pub fn is_overridden_for(&self, ending: Ending) -> bool {
        self.overridden.as_ref().is_some_and(|one| ending == Ending::Attend || ending == one.ending)
    }

    fn says(&mut self, revised: Revised) {
        let ending = revised.content.ending;
        self.overridden =
            revised.overridden.map(|reason| Overridden { reason, ending }).or(self.overridden.take());
        self.content = revised.content;
        self.division = revised.division;
        self.place = revised.place;
        self.revision += 1;
        self.is_exported = false;
        self.is_acknowledged = false;
    }
}

/// What it is after `fact`.
pub fn apply(was: Option<Report>, fact: &Fact) -> Report {
    if let Fact::Recorded(recorded) = fact {
        let Recorded { at, incident, division, team, place, content, overridden } = *recorded.clone();
        let ending = content.ending;
        return Report {
            at,
            incident,
            division,
            team,
            place,
            content,
            revision: 1,
            overridden: overridden.map(|reason| Overridden { reason, ending }),
            returns: Vec::new(),
            exports: Vec::new(),
            is_exported: false,
            reference_there: String::new(),
            is_acknowledged: false,
            withdrawn_at: None,
        };
    }
    let mut now = was.expect("decide changes only what was recorded");
    match fact.clone() {
        Fact::Recorded(_) => {}
        Fact::Amended(revised) => now.says(*revised),
        Fact::Returned { at, unit, reason, .. } => {
            now.returns.push(Return { at, unit, reason, resubmitted_at: None });
        }
        Fact::Resubmitted(revised) => {
            let waits = now.returns.iter_mut().filter(|one| one.resubmitted_at.is_none());
            waits.for_each(|one| one.resubmitted_at = Some(revised.at));
            now.says(*revised);
        }
        Fact::Exported(export) => {
            now.exports.push(export);
            now.is_exported = true;
        }
        Fact::Acknowledged { reference, .. } => {
            now.reference_there = reference;
            now.is_acknowledged = true;
        }
        Fact::Withdrawn { at, .. } => now.withdrawn_at = Some(at),
    }
    now
}
