//! What a row has to know beside its entry. Pure.

use std::collections::BTreeMap;

use journal::Id;

use crate::pseudonym::rules::Key;

/// Where a subject belongs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Belongs {
    /// The incident; nothing where it is in none.
    pub incident: Option<Id>,
    /// The letter of its division; empty where that is not known.
    pub division: String,
}

/// What stands around a block of entries.
#[derive(Debug)]
pub struct Around {
    key: Key,
    belongs: BTreeMap<Id, Belongs>,
    numbers: BTreeMap<i64, i64>,
    nothing: Belongs,
}

impl Around {
    /// `belongs`: of each subject; `numbers`: which promise or appointment of its incident an entry began, from 0.
    pub fn new(key: &Key, belongs: BTreeMap<Id, Belongs>, numbers: BTreeMap<i64, i64>) -> Self {
        Self { key: key.clone(), belongs, numbers, nothing: Belongs::default() }
    }

    /// Where a subject belongs.
    pub fn of(&self, subject: &Id) -> &Belongs {
        self.belongs.get(subject).unwrap_or(&self.nothing)
    }

    /// Which promise or appointment the entry began.
    pub fn number(&self, seq: i64) -> Option<i64> {
        self.numbers.get(&seq).copied()
    }

    /// What stands for a subject.
    pub fn pseudonym(&self, subject: &Id) -> String {
        self.key.pseudonym(subject.as_str())
    }

    /// What stands for the incident to which a subject belongs.
    pub fn incident_of(&self, subject: &Id) -> Option<String> {
        self.of(subject).incident.as_ref().map(|incident| self.pseudonym(incident))
    }
}
