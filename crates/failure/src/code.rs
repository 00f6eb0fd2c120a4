//! The 23 reasons of FD-1: fifteen of failure demand, five of value, three that are neither (MEASURES 1).

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a contact is, once it is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// What the service is there for.
    Value,
    /// Caused by a failure to do something, or to do it right.
    Failure,
    /// Neither.
    Neutral,
    /// No recorded fact and no advisor says: reported as that, never spread over the others.
    Unknown,
}

impl Class {
    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Value => "Value demand",
            Self::Failure => "Failure demand",
            Self::Neutral => "Neither",
            Self::Unknown => "Not known",
        }
    }
}

/// A reason. Its order here is that of the table; what counts as graver is `order` in the definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Code {
    /// Response promised or graded, nobody came.
    F01,
    /// Appointment missed, late or cancelled by police.
    F02,
    /// Progress chase after a promise was broken.
    F03,
    /// Progress chase, no promise yet due.
    F04,
    /// Closed too early, or raised again.
    F05,
    /// Assessed too low the first time.
    F06,
    /// Had to tell us again.
    F07,
    /// Passed round, wrong place.
    F08,
    /// Crime report returned or taken again.
    F09,
    /// Signposted, bounced back.
    F10,
    /// Could not get through.
    F11,
    /// Our message was unclear.
    F12,
    /// Preference or statutory choice not honoured.
    F13,
    /// System down, asked to ring back.
    F14,
    /// Complaint or dissatisfaction about the service.
    F15,
    /// New issue.
    V1,
    /// New occurrence.
    V2,
    /// New information that the caller could not have had before.
    V3,
    /// The caller’s own change.
    V4,
    /// A call-back that we invited.
    V5,
    /// Duplicate caller for a live event.
    X1,
    /// Booking again what the caller missed.
    X2,
    /// Frequent caller with a care plan.
    X3,
}

impl Code {
    /// All 23, in the order of the table.
    pub const ALL: [Self; 23] = [
        Self::F01,
        Self::F02,
        Self::F03,
        Self::F04,
        Self::F05,
        Self::F06,
        Self::F07,
        Self::F08,
        Self::F09,
        Self::F10,
        Self::F11,
        Self::F12,
        Self::F13,
        Self::F14,
        Self::F15,
        Self::V1,
        Self::V2,
        Self::V3,
        Self::V4,
        Self::V5,
        Self::X1,
        Self::X2,
        Self::X3,
    ];

    /// What a contact with this reason is: never `Unknown`.
    pub fn class(self) -> Class {
        match self {
            Self::V1 | Self::V2 | Self::V3 | Self::V4 | Self::V5 => Class::Value,
            Self::X1 | Self::X2 | Self::X3 => Class::Neutral,
            _ => Class::Failure,
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.to_string()
    }
}

impl TryFrom<String> for Code {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::ALL.into_iter().find(|code| code.to_string() == text).ok_or_else(|| {
            format!("The code “{text}” is unknown: write one of F01 to F15, V1 to V5 or X1 to X3.")
        })
    }
}
