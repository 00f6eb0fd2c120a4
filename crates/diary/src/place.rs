//! A place in a diary: one officer of one shift for the length of one slot. It can be booked once. Pure.

use jiff::Timestamp;
use journal::Id;
use serde::{Deserialize, Serialize};

/// A place that can be booked, and never twice: what is unique in the rows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The diary.
    pub diary: Id,
    /// The shift, by its number in the diary, from 0.
    pub shift: i64,
    /// When its slot begins.
    pub starts_at: Timestamp,
    /// The officer, by their number in the shift, from 0.
    pub officer: i64,
}

/// How somebody is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Officers come to them.
    Home,
    /// They come to the station.
    Station,
    /// By telephone.
    Phone,
    /// By video.
    Video,
}

impl Mode {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Home, Self::Station, Self::Phone, Self::Video];

    /// As a fact and an address have it: "home".
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Station => "station",
            Self::Phone => "phone",
            Self::Video => "video",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Home => "At home",
            Self::Station => "At the station",
            Self::Phone => "By telephone",
            Self::Video => "By video",
        }
    }

    /// What [`Self::as_str`] names.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == key)
    }
}

/// An officer’s gender, as far as it is asked for (Victims and Witnesses (Scotland) Act 2014 s.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    /// A woman.
    Woman,
    /// A man.
    Man,
}

impl Gender {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Woman, Self::Man];

    /// As a fact has it: "woman".
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Woman => "woman",
            Self::Man => "man",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Woman => "A woman",
            Self::Man => "A man",
        }
    }

    /// What [`Self::as_str`] names.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == key)
    }
}

/// A place as it is offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Slot {
    /// Which it is.
    pub place: Place,
    /// When it ends.
    pub ends_at: Timestamp,
    /// The unit whose diary it is: a key of `contact::unit`, "division_d".
    pub unit: String,
    /// The station.
    pub station: String,
    /// How somebody can be seen in it.
    pub modes: Vec<Mode>,
    /// The officer’s gender; nothing where the diary does not say.
    pub gender: Option<Gender>,
    /// What the officer is trained for: keys of `definitions/diary.toml`.
    pub skills: Vec<String>,
}
