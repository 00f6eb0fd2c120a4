//! By whom somebody wants to be interviewed: they are asked before, and it is kept to (Victims and Witnesses (Scotland)
//! Act 2014, section 8; HMICS Domestic Abuse 2023 R1). Pure.

use contact::preference::rules::Way;
use diary::place::Gender;
use jiff::Timestamp;
use journal::Refusal;
use serde::{Deserialize, Serialize};

use crate::{grade::rules::By, standing::Known};

/// By whom somebody wants to be interviewed (2014 Act, section 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// By a woman.
    Woman,
    /// By a man.
    Man,
    /// By either.
    NoPreference,
}

impl Answer {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Woman, Self::Man, Self::NoPreference];

    /// As a fact has it: "no_preference".
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Woman => "woman",
            Self::Man => "man",
            Self::NoPreference => "no_preference",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Woman => "By a woman",
            Self::Man => "By a man",
            Self::NoPreference => "No preference",
        }
    }

    /// What [`Self::as_str`] names.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == key)
    }

    /// The gender that was specified.
    pub fn gender(self) -> Option<Gender> {
        match self {
            Self::Woman => Some(Gender::Woman),
            Self::Man => Some(Gender::Man),
            Self::NoPreference => None,
        }
    }
}

/// Why a gender that was specified is not kept to (2014 Act, section 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// (a) It would be likely to prejudice a criminal investigation.
    Prejudice,
    /// (b) It would not be reasonably practicable.
    NotPracticable,
}

impl Ground {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Prejudice, Self::NotPracticable];

    /// As a fact has it: "prejudice".
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Prejudice => "prejudice",
            Self::NotPracticable => "not_practicable",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Prejudice => "(a) likely to prejudice a criminal investigation",
            Self::NotPracticable => "(b) not reasonably practicable",
        }
    }

    /// What [`Self::as_str`] names.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == key)
    }
}

/// What was answered to the question of the interviewer’s gender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// When.
    pub at: Timestamp,
    /// How they were asked.
    pub way: Way,
    /// What they answered.
    pub answer: Answer,
    /// Who asked.
    pub by: By,
}

/// What was answered, and how it was asked.
pub(super) fn asked(known: &Known, way: &str, answer: &str) -> Result<Asked, Refusal> {
    let way = Way::of(way).filter(|way| *way != Way::Shown);
    let way = way.ok_or_else(|| Refusal::of("way", "Say how they were asked: choose one of the list."))?;
    let answer = Answer::of(answer).ok_or_else(|| {
        Refusal::of("answer", "Say by whom they want to be interviewed. “No preference” is an answer.")
    })?;
    Ok(Asked { at: known.now, way, answer, by: known.by.clone() })
}
