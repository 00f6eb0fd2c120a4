//! The derived rules of FD-1: what each says, for which code, and whether it decides or only asks.

use jiff::Timestamp;
use serde::Serialize;

use crate::{code::Code, story::Happening};

/// A rule that held for a contact, with the fact that made it hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fired {
    /// Which one.
    pub rule: Rule,
    /// The moment of the failure.
    pub since: Timestamp,
    /// The number of the fact behind it: a figure opens to its records.
    pub fact: u64,
}

impl Fired {
    /// Held by this fact, at its moment.
    pub fn by(rule: Rule, happening: &Happening) -> Self {
        Self { rule, since: happening.at, fact: happening.order }
    }
}

/// The rules, in the order of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// F01: the target passed, nobody was sent.
    NobodySent,
    /// F01: the target passed, somebody was sent and had not arrived.
    SentNotThere,
    /// F01: no supervisor looked at a Prompt incident in time, and nobody had arrived.
    ReviewMissed,
    /// F02.
    AppointmentMissed,
    /// F02.
    AppointmentCancelled,
    /// F02.
    AppointmentLate,
    /// F03.
    PromiseOverdue,
    /// F03.
    PromiseBroken,
    /// F04, only asks.
    NothingNew,
    /// F05.
    OpenedAgain,
    /// F05.
    RaisedAnew,
    /// F06.
    GradedUp,
    /// F06.
    VulnerabilityFound,
    /// F07.
    ReturnedIncomplete,
    /// F07, only asks.
    PassedOnIncomplete,
    /// F08.
    PassedTwice,
    /// F08.
    DivisionReturned,
    /// F09.
    CrimeReportReturned,
    /// F10.
    AgencyDeclined,
    /// F10.
    AgencyUnavailable,
    /// F10.
    AgencySilent,
    /// F11.
    GaveUpWaiting,
    /// F11.
    WroteAgain,
    /// F13.
    NotAsPreferred,
    /// F13.
    NotSafe,
    /// F13.
    ChoiceNotOffered,
    /// F13.
    ChoiceNotMet,
    /// F14: and the advisor says so.
    SystemDown,
    /// F14, only asks: the advisor does not say so.
    SystemWasDown,
}

impl Rule {
    /// The code that it shows.
    pub fn code(self) -> Code {
        match self {
            Self::NobodySent | Self::SentNotThere | Self::ReviewMissed => Code::F01,
            Self::AppointmentMissed | Self::AppointmentCancelled | Self::AppointmentLate => Code::F02,
            Self::PromiseOverdue | Self::PromiseBroken => Code::F03,
            Self::NothingNew => Code::F04,
            Self::OpenedAgain | Self::RaisedAnew => Code::F05,
            Self::GradedUp | Self::VulnerabilityFound => Code::F06,
            Self::ReturnedIncomplete | Self::PassedOnIncomplete => Code::F07,
            Self::PassedTwice | Self::DivisionReturned => Code::F08,
            Self::CrimeReportReturned => Code::F09,
            Self::AgencyDeclined | Self::AgencyUnavailable | Self::AgencySilent => Code::F10,
            Self::GaveUpWaiting | Self::WroteAgain => Code::F11,
            Self::NotAsPreferred | Self::NotSafe | Self::ChoiceNotOffered | Self::ChoiceNotMet => Code::F13,
            Self::SystemDown | Self::SystemWasDown => Code::F14,
        }
    }

    /// Whether it only raises a question and never decides.
    pub fn only_asks(self) -> bool {
        matches!(self, Self::NothingNew | Self::PassedOnIncomplete | Self::SystemWasDown)
    }

    /// What it says, a sentence for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::NobodySent => {
                "The time by which somebody was to be there had passed, and nobody had been sent."
            }
            Self::SentNotThere => {
                "The time by which somebody was to be there had passed, and nobody had arrived."
            }
            Self::ReviewMissed => {
                "No supervisor had looked at the Prompt incident in time, and nobody had arrived."
            }
            Self::AppointmentMissed => "Police had missed the appointment.",
            Self::AppointmentCancelled => "Police had cancelled the appointment.",
            Self::AppointmentLate => "Police had come late to the appointment.",
            Self::PromiseOverdue => "What we had promised was overdue.",
            Self::PromiseBroken => "We had broken a promise.",
            Self::NothingNew => "Is this chasing? The same issue, and nothing new to tell.",
            Self::OpenedAgain => "The incident had been closed, and was opened again after this contact.",
            Self::RaisedAnew => {
                "The incident had been closed, and this contact raised the same occurrence anew."
            }
            Self::GradedUp => {
                "The grade went up after this contact, from information that was available earlier."
            }
            Self::VulnerabilityFound => {
                "A vulnerability was found after this contact, from information that was available earlier."
            }
            Self::ReturnedIncomplete => "The incident had been passed on and came back as incomplete.",
            Self::PassedOnIncomplete => {
                "Did the caller have to tell it again? It had been passed on without all six parts of THRIVE."
            }
            Self::PassedTwice => "The incident had been passed on twice or more before anybody took it.",
            Self::DivisionReturned => "A division had sent the transfer back.",
            Self::CrimeReportReturned => "The crime report had been sent back.",
            Self::AgencyDeclined => "The agency to which we had sent the caller declined.",
            Self::AgencyUnavailable => "The agency to which we had sent the caller was not available.",
            Self::AgencySilent => "The agency to which we had sent the caller did not reply.",
            Self::GaveUpWaiting => "The caller had given up waiting on 101.",
            Self::WroteAgain => "The caller had written before, and nobody had answered in time.",
            Self::NotAsPreferred => "We had used a way of contact that the caller did not prefer.",
            Self::NotSafe => "We had used a way of contact that is not safe for the caller.",
            Self::ChoiceNotOffered => "The choice of the interviewer’s gender had not been offered.",
            Self::ChoiceNotMet => "The choice of the interviewer’s gender had not been met.",
            Self::SystemDown => "A system was down, and the advisor says that the caller had to ring back.",
            Self::SystemWasDown => "Did the caller have to ring back? A system was down.",
        }
    }
}
