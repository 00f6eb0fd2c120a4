//! An evening’s incident for the tables of cases: opened at 20:00, changed by whoever, at any minute.

use std::collections::BTreeSet;

use contact::{
    contact::rules::Location,
    grade::Grade,
    thrive::rules::{Assessment, Command as Assess, Considered, Element, Level},
};
use jiff::Timestamp;
use journal::{Id, Refusal};

use crate::{
    appointment::booking::Offered,
    change::{self, Change, Opening},
    grade::rules::{By, Command as Grading},
    incident::rules::Kind,
    queue::rules::{Queued, queued},
    standing::{Happened, Known, Standing},
};

/// A minute of the evening of 21 November 2026.
pub(crate) fn at(minute: &str) -> Timestamp {
    format!("2026-11-21T{minute}:00Z").parse().unwrap()
}

/// A person in a session: "advisor/a1".
pub(crate) fn by(who: &str) -> By {
    let (account, session) = who.split_once('/').unwrap_or((who, who));
    By { account: account.to_owned(), session: session.to_owned() }
}

pub(crate) fn id(number: u8) -> Id {
    Id::read(&format!("018a645b-0000-7bb7-b19b-0000000000{number:02x}")).unwrap()
}

/// An incident on its way, and what the diaries offer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sample(pub(crate) Option<Standing>, pub(crate) Offered);

impl Sample {
    /// Opened at 20:00 in Edinburgh with that grade and those qualifiers.
    pub(crate) fn opened(grade: Grade, qualifiers: &[&str]) -> Self {
        let qualifiers = qualifiers.iter().map(|one| (*one).to_owned()).collect();
        let kind = Kind { incident_type: "alarm".into(), qualifiers };
        let words = "4 Shore Street".to_owned().into();
        Self::of(Opening {
            contact: id(1),
            kind,
            location: Some(Location { words, division: "E".into(), ..Location::default() }),
            summary: "An alarm and shouting".into(),
            persons: vec![],
            warnings: vec![],
            grade,
            suggestion: None,
            rationale: String::new(),
        })
    }

    /// Opened at 20:00 so.
    pub(crate) fn of(opening: Opening) -> Self {
        let mut sample = Self::default();
        let steps = change::opening(&sample.known("20:00", "advisor"), opening);
        sample.take("20:00", "advisor", steps).unwrap();
        sample
    }

    /// As it stands there.
    pub(crate) fn standing_so(standing: Standing) -> Self {
        Self(Some(standing), Offered::default())
    }

    pub(crate) fn known(&self, minute: &str, who: &str) -> Known {
        let others = BTreeSet::from([id(2)]);
        Known { now: at(minute), by: by(who), standing: self.0.clone(), others, offered: self.1.clone() }
    }

    fn take(&mut self, minute: &str, who: &str, steps: Vec<Change>) -> Result<Vec<Happened>, Refusal> {
        let mut all = Vec::new();
        for step in steps {
            let happened = change::decide(&self.known(minute, who), step)?;
            self.0 = Standing::after(self.0.take(), at(minute), &happened);
            all.push(happened);
        }
        Ok(all)
    }

    /// What a change does, and the kind of the last fact: "chosen"; or the refusal.
    pub(crate) fn told(&mut self, minute: &str, who: &str, change: Change) -> Result<&'static str, Refusal> {
        let steps = change::steps(&self.known(minute, who), change);
        self.take(minute, who, steps).map(|all| all.last().map_or("nothing", kind))
    }

    /// The same, which is not refused.
    pub(crate) fn then(mut self, minute: &str, who: &str, change: Change) -> Self {
        self.told(minute, who, change).unwrap_or_else(|refusal| panic!("{minute} {who}: {refusal}"));
        self
    }

    /// Assessed with so many of the six.
    pub(crate) fn assessed(self, minute: &str, considered: usize) -> Self {
        self.then(minute, "advisor", assessment(considered, Level::NoneIdentified))
    }

    pub(crate) fn standing(&self) -> &Standing {
        self.0.as_ref().unwrap()
    }

    pub(crate) fn queued(&self) -> Queued {
        queued(self.standing()).unwrap()
    }
}

/// An assessment with so many of the six.
pub(crate) fn assessment(considered: usize, level: Level) -> Change {
    let one = |element| (element, Considered { level, narrative: "Alone".to_owned().into() });
    let elements = Element::ALL.into_iter().take(considered).map(one).collect();
    let change = format!("{considered} {level:?}").into();
    Change::Thrive(Assess::Assess(Assessment { elements, change, ..Assessment::default() }))
}

/// A choice of grade with its reasons.
pub(crate) fn choose(grade: Grade) -> Change {
    let (rationale, reason) = ("He has left the house.".into(), "information".into());
    Change::Grade(Grading::Choose { grade, suggestion: None, rationale, reason })
}

/// Holds what was told against what should be: a fact’s kind, or a refusal’s field and words of its sentence.
pub(crate) fn same(told: &Result<&'static str, Refusal>, expected: Result<&str, (&str, &str)>, case: &str) {
    match (told, expected) {
        (Ok(kind), Ok(expected)) => assert_eq!(*kind, expected, "{case}"),
        (Err(refusal), Err((field, words))) => {
            assert!(refusal.field == field && refusal.sentence.contains(words), "{case}: {refusal}");
            assert!(refusal.sentence.ends_with(['.', '?']), "{case}: {refusal}");
        }
        (told, expected) => panic!("{case}: {told:?} instead of {expected:?}"),
    }
}

fn kind(happened: &Happened) -> &'static str {
    use crate::{appointment, closure, custody, grade, incident, promise, response};
    match happened {
        Happened::Incident(fact) => match fact {
            incident::rules::Fact::Opened { .. } => "opened",
            incident::rules::Fact::ContactAttached { .. } => "contact_attached",
            incident::rules::Fact::Classified { .. } => "classified",
            incident::rules::Fact::Located { .. } => "located",
            incident::rules::Fact::PersonAdded { .. } => "person_added",
            incident::rules::Fact::PersonChanged { .. } => "person_changed",
            incident::rules::Fact::Warned { .. } => "warned",
            incident::rules::Fact::Logged { .. } => "logged",
            incident::rules::Fact::Linked { .. } => "linked",
            incident::rules::Fact::CrimeRecorded { .. } => "crime_recorded",
            incident::rules::Fact::CrimeWithdrawn { .. } => "crime_withdrawn",
        },
        Happened::Grade(fact) => match fact {
            grade::rules::Fact::Chosen(_) => "chosen",
            grade::rules::Fact::DowngradeAsked(_) => "downgrade_asked",
            grade::rules::Fact::DowngradeEndorsed { .. } => "downgrade_endorsed",
            grade::rules::Fact::DowngradeRefused { .. } => "downgrade_refused",
            grade::rules::Fact::Explained { .. } => "explained",
            grade::rules::Fact::DowngradeReconsidered { .. } => "downgrade_reconsidered",
        },
        Happened::Custody(fact) => match fact {
            custody::rules::Fact::Placed { .. } => "placed",
            custody::rules::Fact::Called { .. } => "called",
            custody::rules::Fact::Offered(_) => "offered",
            custody::rules::Fact::Accepted { assessment_owed: false, .. } => "accepted",
            custody::rules::Fact::Accepted { .. } => "accepted, assessment owed",
            custody::rules::Fact::Returned { .. } => "returned",
            custody::rules::Fact::Withdrawn { .. } => "withdrawn",
        },
        Happened::Response(fact) => match fact {
            response::rules::Fact::Dispatched { .. } => "dispatched",
            response::rules::Fact::Arrived { .. } => "arrived",
            response::rules::Fact::Resulted { .. } => "resulted",
            response::rules::Fact::Reviewed(_) => "reviewed",
            response::rules::Fact::AttendanceDecided(_) => "attendance_decided",
        },
        Happened::Closure(fact) => match fact {
            closure::rules::Fact::Closed(_) => "closed",
            closure::rules::Fact::EndorsementAsked(_) => "endorsement_asked",
            closure::rules::Fact::Endorsed { .. } => "endorsed",
            closure::rules::Fact::SentBack { .. } => "sent_back",
            closure::rules::Fact::Reopened { .. } => "reopened",
        },
        Happened::Promise(fact) => match fact {
            promise::rules::Fact::Made(_) => "promise_made",
            promise::rules::Fact::Fulfilled { .. } => "promise_fulfilled",
            promise::rules::Fact::Withdrawn { .. } => "promise_withdrawn",
        },
        Happened::Appointment(fact) => match fact {
            appointment::rules::Fact::Asked(_) => "asked",
            appointment::rules::Fact::Excepted { .. } => "excepted",
            appointment::rules::Fact::RebookingAllowed { .. } => "rebooking_allowed",
            appointment::rules::Fact::Booked(_) => "booked",
            appointment::rules::Fact::Rescheduled { .. } => "rescheduled",
            appointment::rules::Fact::Cancelled { .. } => "cancelled",
            appointment::rules::Fact::Missed { .. } => "missed",
            appointment::rules::Fact::Kept { .. } => "kept",
            appointment::rules::Fact::ConvertedToDispatch { .. } => "converted_to_dispatch",
            appointment::rules::Fact::NotWanted { .. } => "not_wanted",
        },
        Happened::Thrive(_) => "assessed",
    }
}
