//! What is recorded about an issue: an incident with those linked to it, in the order of time.
//!
//! Another room translates the journal into this. There is nothing here but the column “Facts needed” of the definition
//! (MEASURES 1). The order in which facts arrive does not matter: they are sorted by their moment and their number.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::code::Code;

/// An incident with all that may be linked to it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Issue {
    /// The incident with which it began.
    pub incident: String,
    /// All that happened, in any order.
    pub happenings: Vec<Happening>,
}

/// One fact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Happening {
    /// When it was recorded; of a contact, when it began.
    pub at: Timestamp,
    /// Its number in the journal: which of two facts of the same moment came first.
    pub order: u64,
    /// The incident that it belongs to; none: an attempt or an outage, which belong to no incident.
    pub incident: Option<String>,
    /// What it was.
    pub what: What,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Somebody got in touch.
    Contacted(Contact),
    /// The incident was graded, or graded anew.
    Graded {
        /// The grade.
        grade: Grade,
        /// By when somebody is to be there.
        due_at: Option<Timestamp>,
        /// Why it was graded anew; none for the first grade, or where nobody said.
        reason: Option<Ground>,
    },
    /// A unit was sent.
    Dispatched,
    /// A unit arrived.
    Arrived,
    /// A supervisor looked at it.
    Reviewed,
    /// A version of the THRIVE assessment.
    Assessed {
        /// How many of the six elements are considered.
        considered: u8,
        /// The vulnerabilities that are known by it.
        vulnerabilities: BTreeSet<String>,
        /// Why it was assessed anew.
        reason: Option<Ground>,
    },
    /// We said that something would be done.
    Promised {
        /// Which promise.
        promise: String,
        /// By when.
        due_at: Timestamp,
    },
    /// It was done.
    Kept(String),
    /// It was recorded that it will not be done.
    Broken(String),
    /// Nobody waits for it any more.
    Withdrawn(String),
    /// An appointment has a new state.
    Appointment {
        /// Which appointment.
        appointment: String,
        /// Its state.
        state: State,
    },
    /// The incident was closed.
    Closed,
    /// The incident was opened again.
    Reopened,
    /// Somebody said how this incident belongs to the issue; the last word holds.
    Linked(Link),
    /// It was offered to somebody else.
    TransferOffered,
    /// They took it.
    TransferAccepted,
    /// They sent it back; none: without a reason.
    TransferReturned(Option<Return>),
    /// A division sent back a transfer to local policing (SC07).
    Sc07Returned,
    /// A crime report was sent back, with the reason that was given.
    CrimeReportReturned(String),
    /// The caller was sent to another agency.
    Referred(String),
    /// What came of that; the last word holds.
    ReferralEnded {
        /// Which referral.
        referral: String,
        /// Its outcome.
        outcome: Outcome,
    },
    /// We sent something.
    Sent(Way),
    /// The choice of the interviewer’s gender (Victims and Witnesses (Scotland) Act 2014, section 8).
    Choice(Choice),
    /// A system went down.
    OutageBegan(String),
    /// It was back.
    OutageEnded(String),
    /// Somebody tried, and was not answered.
    Attempted(Attempt),
}

/// One who got in touch.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Contact {
    /// Its identity; a contact belongs to one issue.
    pub id: String,
    /// Key of the channel, as in definitions/contact.toml.
    pub channel: String,
    /// The division; none: not known.
    pub division: Option<String>,
    /// The family of what it is about; none: not known.
    pub family: Option<String>,
    /// Hash of the number; none: withheld or not by telephone.
    pub number: Option<String>,
    /// Whether somebody answered; what is written is answered by arriving.
    pub is_answered: bool,
    /// What kind it is; none: not known.
    pub kind: Option<Kind>,
    /// Whether there is a risk to somebody, which makes a silent call count.
    pub has_risk: bool,
    /// The code that the advisor chose.
    pub advisor: Option<Code>,
    /// How long it took; none: not known.
    pub handling_minutes: Option<u32>,
    /// Whether the caller told what they could not have told before; none: nobody said.
    pub is_new_information: Option<bool>,
    /// What else was recorded about why they got in touch.
    pub marks: BTreeSet<Mark>,
}

/// What is recorded about why somebody got in touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// We asked them to call back.
    Invited,
    /// They change or cancel something because they choose to.
    OwnChange,
    /// Another caller about the same live event.
    Duplicate,
    /// They have a care plan for frequent callers.
    CarePlan,
    /// The advisor tied it to what it asks after, and did not say what had failed.
    Chases,
}

/// What kind of contact it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// From the public or a partner, about something.
    Ordinary,
    /// A test.
    Test,
    /// From within the service.
    Internal,
    /// A number dialled by mistake.
    Misdial,
    /// Nobody speaks.
    Silent,
    /// A machine.
    AutomatedAlarm,
    /// A journalist.
    Media,
    /// A request under freedom of information.
    FreedomOfInformation,
}

/// The four grades, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Other Resolution.
    OtherResolution,
    /// Standard.
    Standard,
    /// Prompt.
    Prompt,
    /// Immediate.
    Immediate,
}

impl Grade {
    /// Its key, as in the journal.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OtherResolution => "other_resolution",
            Self::Standard => "standard",
            Self::Prompt => "prompt",
            Self::Immediate => "immediate",
        }
    }
}

/// Why something was graded or assessed anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// “Information was available earlier.”
    AvailableEarlier,
    /// Something was learnt that nobody could have known.
    NewInformation,
    /// Any other.
    Other,
}

/// The states of an appointment, with whose doing they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Booked, or booked anew.
    Booked,
    /// Cancelled by police.
    CancelledByPolice,
    /// Cancelled by the caller.
    CancelledByCaller,
    /// Police did not come.
    MissedByPolice,
    /// The caller was not there.
    MissedByCaller,
    /// Kept, so late.
    Kept {
        /// How late police were.
        late_by_minutes: u32,
    },
}

/// How an incident belongs to the issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// The same, recorded twice.
    SameOccurrence,
    /// It happened again.
    NewOccurrence,
}

/// Why a transfer was sent back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Return {
    /// It did not say all that we had been told.
    Incomplete,
    /// Any other.
    Other,
}

/// What came of sending somebody to another agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// They helped.
    Accepted,
    /// They declined.
    Declined,
    /// They were not there.
    Unavailable,
    /// They did not reply.
    NoReply,
}

/// The way by which we sent something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// As they prefer, or they have no preference.
    Preferred,
    /// Another than they prefer.
    NotPreferred,
    /// One that is not safe for them.
    Unsafe,
}

/// What became of the choice of the interviewer’s gender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// Offered, and met or without a preference.
    Met,
    /// Not offered.
    NotOffered,
    /// Offered, chosen, not met.
    NotMet,
}

/// A call that nobody answered; its moment is that of its happening, when it ended.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Attempt {
    /// Key of the channel.
    pub channel: String,
    /// Hash of the number; none: withheld.
    pub number: Option<String>,
    /// How long they waited.
    pub waited_seconds: u32,
    /// Who ended it.
    pub ended_by: EndedBy,
}

/// Who ended an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndedBy {
    /// The caller, while waiting.
    Caller,
    /// The caller, during the recorded advice.
    Advice,
    /// Our side.
    Service,
}
