//! Where an incident stands: its seven nouns together, folded from its entries. Pure.

use std::collections::BTreeSet;

use contact::thrive::{
    self,
    rules::{Assessment, Thrive},
};
use jiff::Timestamp;
use journal::{DatabaseError, Entry, Id, Refusal};

pub use crate::incident::rows::recall;
use crate::{
    appointment::{self, booking::Offered, life::Appointments},
    closure::{self, rules::Closure},
    custody::{self, rules::Custody},
    grade::{
        self,
        rules::{By, Graded},
    },
    incident::{self, rules::Incident},
    promise::{self, rules::Promises},
    response::{self, rules::Response},
};

/// All that is known of one incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Itself.
    pub incident: Incident,
    /// Its grade; nothing only in the moment of opening.
    pub grade: Option<Graded>,
    /// Whose it is.
    pub custody: Option<Custody>,
    /// What was sent.
    pub response: Response,
    /// Its closing.
    pub closure: Closure,
    /// What was promised to people.
    pub promises: Promises,
    /// Its appointments.
    pub appointments: Appointments,
    /// The assessment that holds and when it was made: the latest of its own, or, while it has none, the latest of the
    /// contact it was opened from.
    pub assessment: Option<(Assessment, Timestamp)>,
    /// The assessments made of the incident itself.
    pub thrive: Option<Thrive>,
}

/// What the clocks and the queue have to know of an assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assessed {
    /// When it was made.
    pub at: Timestamp,
    /// How many of the six were considered.
    pub considered: usize,
    /// Whether that is all of it.
    pub is_complete: bool,
    /// Whether a vulnerability was identified.
    pub is_vulnerable: bool,
}

/// What the rules of every noun know besides the noun itself, read in the same transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The moment.
    pub now: Timestamp,
    /// Who does it, in which session.
    pub by: By,
    /// The whole of the incident; nothing before it is opened.
    pub standing: Option<Standing>,
    /// Those of the incidents named in the command that there are.
    pub others: BTreeSet<Id>,
    /// What the diaries offer, where an appointment is booked.
    pub offered: Offered,
}

/// What happened to one of the nouns.
#[derive(Debug, Clone, PartialEq)]
pub enum Happened {
    /// To the incident itself.
    Incident(incident::rules::Fact),
    /// To its grade.
    Grade(grade::rules::Fact),
    /// To whose it is.
    Custody(custody::rules::Fact),
    /// To the response.
    Response(response::rules::Fact),
    /// To its closing.
    Closure(closure::rules::Fact),
    /// To a promise.
    Promise(promise::rules::Fact),
    /// To its appointments.
    Appointment(appointment::rules::Fact),
    /// It was assessed.
    Thrive(thrive::rules::Fact),
}

impl Happened {
    /// What an entry says; nothing where it is about none of the nouns.
    pub fn read(entry: &Entry) -> Result<Option<Self>, DatabaseError> {
        Ok(match entry.kind.split('/').next().unwrap_or_default() {
            "incident" => entry.fact()?.map(Self::Incident),
            "grade" => entry.fact()?.map(Self::Grade),
            "custody" => entry.fact()?.map(Self::Custody),
            "response" => entry.fact()?.map(Self::Response),
            "closure" => entry.fact()?.map(Self::Closure),
            "promise" => entry.fact()?.map(Self::Promise),
            "appointment" => entry.fact()?.map(Self::Appointment),
            "thrive" => entry.fact()?.map(Self::Thrive),
            _ => None,
        })
    }
}

impl Standing {
    /// The standing of an incident from its entries, oldest first; nothing where it was never opened. `opening` is the
    /// latest assessment of the contact it was opened from.
    pub fn fold(
        entries: &[Entry],
        opening: Option<(Assessment, Timestamp)>,
    ) -> Result<Option<Self>, DatabaseError> {
        let mut standing: Option<Self> = None;
        for entry in entries {
            if let Some(happened) = Happened::read(entry)? {
                standing = Self::after(standing, entry.at, &happened);
            }
        }
        Ok(standing.map(|standing| standing.with(opening)))
    }

    /// The same, knowing the latest assessment of the contact it was opened from.
    #[must_use]
    pub fn with(mut self, opening: Option<(Assessment, Timestamp)>) -> Self {
        if self.thrive.is_none() {
            self.assessment = opening;
        }
        self
    }

    /// What holds while it has no assessment of its own.
    pub(crate) fn assessed_before(&self) -> Option<Assessment> {
        self.assessment.as_ref().map(|(assessment, _)| assessment.clone())
    }

    /// Where it stands after something happened that was recorded `at`.
    pub fn after(was: Option<Self>, at: Timestamp, happened: &Happened) -> Option<Self> {
        let Some(mut now) = was else {
            let Happened::Incident(fact) = happened else { return None };
            return Some(Self::opened(incident::rules::apply(None, fact)));
        };
        match happened {
            Happened::Incident(fact) => now.incident = incident::rules::apply(Some(now.incident), fact),
            Happened::Grade(fact) => now.grade = Some(grade::rules::apply(now.grade, fact)),
            Happened::Custody(fact) => now.custody = Some(custody::rules::apply(now.custody, fact)),
            Happened::Response(fact) => now.response = response::rules::apply(Some(now.response), fact),
            Happened::Closure(fact) => now.closure = closure::rules::apply(Some(now.closure), fact),
            Happened::Promise(fact) => now.promises = promise::rules::apply(Some(now.promises), fact),
            Happened::Appointment(fact) => {
                now.appointments = appointment::rules::apply(Some(now.appointments), fact);
            }
            Happened::Thrive(fact) => {
                let thrive = thrive::rules::apply(now.thrive.take(), fact);
                now.assessment = Some((thrive.latest.clone(), at));
                now.thrive = Some(thrive);
            }
        }
        Some(now)
    }

    /// An incident of which nothing else is known yet.
    pub fn opened(incident: Incident) -> Self {
        Self {
            incident,
            grade: None,
            custody: None,
            response: Response::default(),
            closure: Closure::default(),
            promises: Promises::default(),
            appointments: Appointments::default(),
            assessment: None,
            thrive: None,
        }
    }

    /// Whether it is open: not closed, or waiting for a second person.
    pub fn is_open(&self) -> bool {
        self.closure.closed.is_none()
    }

    /// What the clocks have to know of its latest assessment.
    pub fn assessed(&self) -> Option<Assessed> {
        self.assessment.as_ref().map(|(assessment, at)| Assessed {
            at: *at,
            considered: assessment.considered(),
            is_complete: assessment.is_complete(),
            is_vulnerable: assessment.is_vulnerable(),
        })
    }

    /// Whether a complete assessment was made after the last change of circumstances.
    pub fn is_assessed(&self) -> bool {
        self.assessed().is_some_and(|assessed| self.incident.is_current(&assessed))
    }

    /// Whether somebody is vulnerable, by the latest assessment.
    pub fn is_vulnerable(&self) -> bool {
        self.assessed().is_some_and(|assessed| assessed.is_vulnerable)
    }
}

impl Incident {
    /// Whether an assessment is complete and no change of circumstances came after it. The opening is no change: the
    /// contact was assessed before it.
    pub fn is_current(&self, assessed: &Assessed) -> bool {
        let is_new = self.changed_at == self.opened_at || assessed.at >= self.changed_at;
        assessed.is_complete && is_new
    }
}

impl Known {
    /// The incident, if there is one.
    pub fn any(&self) -> Result<&Standing, Refusal> {
        self.standing.as_ref().ok_or_else(|| Refusal::of("incident", "There is no such incident."))
    }

    /// The incident, if there is one and it is open.
    pub fn open(&self) -> Result<&Standing, Refusal> {
        let standing = self.any()?;
        match &standing.closure.closed {
            None => Ok(standing),
            Some(closing) => Err(Refusal::of(
                "incident",
                format!(
                    "It was closed {} at {}. Open it again first.",
                    closing.code,
                    journal::words::moment(closing.at)
                ),
            )),
        }
    }
}
