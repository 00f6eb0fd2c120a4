//! For which reasons of the definition our journal has the facts, as it is published beside them (HMICS CAM 2022 R3).

use failure::code::Code;
use serde::Serialize;

/// Whether a reason can be seen in our records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Recorded {
    /// All that the definition asks for.
    Whole,
    /// Some of it.
    InPart,
}

impl Recorded {
    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Whole => "Recorded",
            Self::InPart => "In part",
        }
    }
}

/// Whether our journal has the facts for a reason, and which. It says what [`super::translate`] does.
pub fn recorded(code: Code) -> (Recorded, &'static str) {
    use Recorded::{InPart, Whole};
    match code {
        Code::F01 => (Whole, "Grades with their due times, officers sent and there, a supervisor’s review."),
        Code::F02 => (Whole, "The outcomes of appointments, with whose doing they are."),
        Code::F03 => (Whole, "Promises with their due times, and when they were kept or withdrawn."),
        Code::F04 => (Whole, "The advisor says so, or links the contact to what it chases."),
        Code::F05 => {
            (InPart, "Closings and openings again; not that a second incident is the same occurrence.")
        }
        Code::F06 => (
            InPart,
            "A grade raised for information that was available earlier; not a vulnerability found late.",
        ),
        Code::F07 => (Whole, "Transfers that were returned as incomplete."),
        Code::F08 => (Whole, "Offers to other units and what became of them."),
        Code::F09 => (Whole, "Crime reports that were returned."),
        Code::F10 => {
            (InPart, "Referrals that were declined or given back; not that an agency did not reply.")
        }
        Code::F11 => (
            InPart,
            "Calls that were given up, where the same number is heard again or somebody links the call; not when we answered what was written.",
        ),
        Code::F12 => (InPart, "The advisor says so; not which message of ours it is about."),
        Code::F13 => (InPart, "An appointment kept by another officer than was asked for; no messages."),
        Code::F14 => (
            Whole,
            "Outages, as a supervisor records them, and the advisor who says that one was the reason.",
        ),
        Code::F15 => (Whole, "The advisor says so, and nothing else can."),
        Code::V1 => (Whole, "The first contact of an incident, or one that is in none."),
        Code::V2 => {
            (InPart, "The advisor links the contact as a new occurrence; linked incidents do not say so.")
        }
        Code::V3 => (Whole, "The advisor links the contact as new information."),
        Code::V4 => (InPart, "The advisor says so; the change itself is not recorded with the contact."),
        Code::V5 => (Whole, "The advisor links the contact as a call-back that we invited."),
        Code::X1 => (Whole, "The advisor says so of a caller about a live event."),
        Code::X2 => (Whole, "An appointment that the caller missed, and the booking that followed."),
        Code::X3 => (InPart, "The advisor says so; plans of care are not recorded."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_recorded_is_a_sentence() {
        for code in Code::ALL {
            let (recorded, words) = recorded(code);
            assert!(words.ends_with('.') && words.len() > 20, "{code} {}: {words}", recorded.words());
        }
    }
}
