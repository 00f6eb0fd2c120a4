//! The facts of an issue as numbers.

#![expect(missing_docs, reason = "what each is, [`crate::story`] says; here are only the same names")]

use crate::{
    code::Code,
    story::{Choice, EndedBy, Grade, Kind, Link, Mark, Outcome, Way},
};

/// A name that was read: the same name is the same number in one [`super::Reader`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(pub u32);

/// An issue that was read; it is filled anew for each, so that nothing is set aside for it.
#[derive(Debug, Default)]
pub struct Facts {
    /// In the order of time.
    pub facts: Vec<Fact>,
    /// How many incidents it has, the one with which it began among them.
    pub incidents: usize,
    /// How many things that a name stands for: promises, referrals, systems.
    pub named: usize,
}

/// One fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// When, in microseconds.
    pub at: i64,
    /// Its place in the order of time; facts of one moment and one entry share it.
    pub place: u32,
    /// Of which incident; none: of none.
    pub incident: Option<u32>,
    /// What it was.
    pub what: What,
}

/// What happened, as far as it can make a contact failure, value or neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Contacted(Contact),
    Graded {
        grade: Grade,
        due_at: Option<i64>,
        was_available: bool,
    },
    Dispatched,
    Arrived,
    Reviewed,
    /// A bit for each vulnerability that the issue names.
    Assessed {
        vulnerabilities: u64,
        was_available: bool,
    },
    Promised {
        promise: u32,
        due_at: i64,
    },
    /// Kept or withdrawn.
    Settled(u32),
    Broken(u32),
    Booked,
    MissedByCaller,
    /// Cancelled by the caller.
    CancelledByCaller,
    /// Missed or cancelled by police.
    FailedByPolice,
    Kept {
        late_by_minutes: u32,
    },
    Closed,
    Reopened,
    Linked(Link),
    TransferOffered,
    TransferAccepted,
    ReturnedIncomplete,
    /// For another reason than that it was incomplete.
    Returned,
    Sc07Returned,
    CrimeReportReturned,
    Referred(u32),
    ReferralEnded {
        referral: u32,
        outcome: Outcome,
    },
    Sent(Way),
    Choice(Choice),
    OutageBegan(u32),
    OutageEnded(u32),
    Attempted {
        channel: Symbol,
        number: Option<u32>,
        waited_seconds: u32,
        ended_by: EndedBy,
    },
}

/// One who got in touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contact {
    pub channel: Symbol,
    pub division: Option<Symbol>,
    pub family: Option<Symbol>,
    /// Numbers that are the same within the issue.
    pub number: Option<u32>,
    pub is_answered: bool,
    pub kind: Option<Kind>,
    pub has_risk: bool,
    pub advisor: Option<Code>,
    pub is_new_information: bool,
    /// A bit for each of [`Mark`].
    pub marks: u8,
}

/// The bit of a mark.
pub const fn mark(mark: Mark) -> u8 {
    match mark {
        Mark::Invited => 1,
        Mark::OwnChange => 2,
        Mark::Duplicate => 4,
        Mark::CarePlan => 8,
        Mark::Chases => 16,
    }
}
