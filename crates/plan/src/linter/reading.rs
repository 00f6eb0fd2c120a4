//! What the words of a recommendation say, read once for as long as it stands unchanged. Pure.
//!
//! Most of a check is reading: every sentence for a gap, a frequency, a name. After a write all but one of a thousand
//! recommendations are the ones that were read before, and a reading is of nothing but its recommendation and the
//! names that were looked for. So it is kept with the recommendation it is of, and whatever depends on the day, a
//! neighbour or a paper is no part of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::civil::Date;
use journal::Id;

use super::{
    KnownName, Stale,
    frequency::says_how_often,
    missing::{Gap, gaps},
    names::{Hit, Wanted, hits, numbers_in},
    repeats::staleness,
    text::sameness,
    updates::speaks_of_a_day_to_come,
};
use crate::register::rules::{Item, Register};

/// What the words of one recommendation say. What only an open one is asked for is empty for a closed one.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The same number for recommendations of the same words.
    pub(super) sameness: u64,
    /// The sentences that leave out a value.
    pub(super) gaps: Vec<Gap>,
    /// The names that were looked for, each with the place of its text among the texts in which they are.
    pub(super) names: Vec<(usize, Hit)>,
    /// How stale its last update is.
    pub(super) stale: Option<Stale>,
    /// Whether its last updates say how often something is done.
    pub(super) says_how_often: bool,
    /// Whether its last update speaks of a day as to come; it may be to come still.
    pub(super) speaks_of_a_day_to_come: bool,
    /// The words of its last update that may be a recommendation's number.
    pub(super) numbers: Vec<String>,
}

impl Reading {
    fn of(item: &Item, wanted: &Wanted<'_>) -> Self {
        let sameness = sameness(&item.recommendation.text);
        if !item.is_open() {
            return Self { sameness, ..Self::default() };
        }
        Self {
            sameness,
            gaps: gaps(item),
            names: hits(item, wanted),
            stale: staleness(item),
            says_how_often: says_how_often(&item.updates),
            speaks_of_a_day_to_come: speaks_of_a_day_to_come(item, Date::MAX),
            numbers: numbers_in(item),
        }
    }
}

/// The readings of a register's recommendations, in its order.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Readings {
    names: Vec<KnownName>,
    all: Vec<(Arc<Item>, Arc<Reading>)>,
}

impl Readings {
    /// Reads all of `register`, and looks for `names`.
    pub fn of(register: &Register, names: &[KnownName]) -> Self {
        Self::default().followed(register, names)
    }

    /// Reads what is new in `register` and keeps what was read before.
    #[must_use]
    pub fn followed(&self, register: &Register, names: &[KnownName]) -> Self {
        // A recommendation that is shared with the earlier register is the same to the letter; what was read is held
        // here, so its address is nobody else's by now.
        let mut read = BTreeMap::new();
        if self.names == names {
            read.extend(self.all.iter().map(|(item, reading)| (Arc::as_ptr(item), reading)));
        }
        let wanted = Wanted::of(names);
        let each = |item: &Arc<Item>| {
            let known = read.get(&Arc::as_ptr(item)).map(|reading| Arc::clone(reading));
            (Arc::clone(item), known.unwrap_or_else(|| Arc::new(Reading::of(item, &wanted))))
        };
        Self { names: names.to_vec(), all: register.items.shared().map(each).collect() }
    }

    /// The recommendations that were read since `before`.
    pub fn read_since<'a>(&'a self, before: &Self) -> Vec<&'a Id> {
        let known: BTreeSet<*const Reading> = before.all.iter().map(|(_, one)| Arc::as_ptr(one)).collect();
        let new = self.all.iter().filter(|(_, one)| !known.contains(&Arc::as_ptr(one)));
        new.map(|(item, _)| &item.id).collect()
    }

    /// The recommendations with what was read in each.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Item, &Reading)> {
        self.all.iter().map(|(item, reading)| (item.as_ref(), reading.as_ref()))
    }
}
