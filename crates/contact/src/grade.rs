//! The four grades of the Contact Assessment Model (scotland.police.uk, "our new approach": moved from six to four).
//! Pure.

use serde::{Deserialize, Serialize};

/// How soon, and by whom. The graver is the greater: `Immediate > Prompt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Advice, signposting, direct crime recording or a partner agency.
    OtherResolution,
    /// A local policing appointment.
    Standard,
    /// Sent as soon as possible; a supervisor reviews it after 45 minutes.
    Prompt,
    /// A threat to life or property, or an incident that goes on.
    Immediate,
}

impl Grade {
    /// All of them, the gravest first.
    pub const ALL: [Self; 4] = [Self::Immediate, Self::Prompt, Self::Standard, Self::OtherResolution];

    /// As an address, a row and a file have it: "other_resolution".
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Immediate => "immediate",
            Self::Prompt => "prompt",
            Self::Standard => "standard",
            Self::OtherResolution => "other_resolution",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Immediate => "Immediate",
            Self::Prompt => "Prompt",
            Self::Standard => "Standard",
            Self::OtherResolution => "Other resolution",
        }
    }

    /// The grade that [`Self::as_str`] names.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == key)
    }

    /// Whether officers are sent to it without an appointment.
    pub fn is_sent_to(self) -> bool {
        self >= Self::Prompt
    }
}
