//! What the list of a queue is narrowed to and ordered by: keys of an address, and how a page says them. Pure.

use contact::thrive::rules::Level;
use serde::Serialize;

use crate::queue::rules::Queued;

/// The highest level of the THRIVE assessment that holds. The more pressing is the greater.
///
/// What nobody assessed yet comes after what is known to be high and before everything else: nothing says that it is
/// less. HMICS Domestic Abuse 2023 R4 asks for assessments “that include all six components”, so the highest of the six
/// is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    /// Everything that was considered is without any.
    NoneIdentified,
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// Nothing was considered.
    NotAssessed,
    /// High.
    High,
}

impl Risk {
    /// All of them, the most pressing first.
    pub const ALL: [Self; 5] = [Self::High, Self::NotAssessed, Self::Medium, Self::Low, Self::NoneIdentified];

    /// The highest of the levels of an assessment, of those elements that were considered.
    pub fn of_levels(levels: impl IntoIterator<Item = Level>) -> Self {
        match levels.into_iter().max() {
            Some(Level::High) => Self::High,
            Some(Level::Medium) => Self::Medium,
            Some(Level::Low) => Self::Low,
            Some(Level::NoneIdentified) => Self::NoneIdentified,
            None => Self::NotAssessed,
        }
    }

    /// As an address has it: "not_assessed".
    pub fn as_str(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::NotAssessed => "not_assessed",
            Self::Medium => "medium",
            Self::Low => "low",
            Self::NoneIdentified => "none_identified",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::High => "High risk",
            Self::NotAssessed => "Not assessed",
            Self::Medium => "Medium risk",
            Self::Low => "Low risk",
            Self::NoneIdentified => "No risk identified",
        }
    }

    /// What [`Self::as_str`] names.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == key)
    }
}

/// Who has an incident that is in a unit’s queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum With {
    /// The unit, which offers it to nobody.
    Unit,
    /// Another unit, which offers it to this one: it is to accept it.
    ToAccept,
    /// The unit, until the other to which it is offered accepts it.
    Offered,
}

impl With {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Unit, Self::ToAccept, Self::Offered];

    /// Who has it, seen from the queue of `key`.
    pub fn seen_from(key: &str, queued: &Queued) -> Self {
        match queued.offered_to.as_deref() {
            Some(to) if to == key => Self::ToAccept,
            Some(_) => Self::Offered,
            None => Self::Unit,
        }
    }

    /// As an address has it: "to_accept".
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::ToAccept => "to_accept",
            Self::Offered => "offered",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Unit => "This unit’s own",
            Self::ToAccept => "For this unit to accept",
            Self::Offered => "Offered to another unit",
        }
    }

    /// What [`Self::as_str`] names.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == key)
    }
}

/// The order of the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The gravest grade first, then what is due first.
    #[default]
    Clock,
    /// The highest risk first, then as by the clock.
    Risk,
}

impl Order {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Clock, Self::Risk];

    /// As an address has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Clock => "clock",
            Self::Risk => "risk",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Clock => "By grade and clock",
            Self::Risk => "By risk, then clock",
        }
    }

    /// What [`Self::as_str`] names.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == key)
    }
}
