//! Which numbers of a table are shown and which are hidden.
//!
//! *Primary*: a count below the threshold (five, MEASURES 3) may point at a person. Nought is hidden like one to four.
//! Published noughts are not harmless: that nobody in a division had a good outcome says it of everybody there; a nought
//! over twelve months is a nought in each of them, so that the next edition’s difference is an exact count; and where
//! noughts are shown, a hidden count is known to be one at least. Hiding them is the safer choice, and costs numbers.
//!
//! *Secondary*: whatever else must go so that no hidden number, in this edition or one before, can be told more narrowly
//! than five counts apart, by any subtraction of rows, columns, totals, editions or areas.
//!
//! **Editions to come.** What is shown stays shown, so each edition is protected as if the next had come already: not
//! only hidden places are secrets, but the increments too, that is, the count of every piece of time or area by which
//! editions differ. The next edition can then always be published, if need be with everything hidden: it prints
//! nothing, so it narrows no older secret; a piece that it cuts in two leaves each part at least the room of the whole,
//! down to nought; and the piece that only it counts has no bound at all. (A table that counts nothing new may ask for a
//! number that its predecessors have given away; [`Protected::lost`] says so.)
//!
//! **Corrections.** Everything that was printed stays printed. A count that was corrected since is another unknown than the
//! one that an earlier edition counted; where it stayed the same the two are one. A reader is taken to know which is which.
//! By how much a count was corrected is told wherever both are shown: that is “was and now”, and no secret.
//!
//! The mark of a hidden number must not say whether it is primary or secondary: a reader who knows that it is primary
//! knows that it is below five. [`Protected`] says which for those who decide, and [`Protected::published`] forgets it.

use std::collections::BTreeMap;

use crate::{
    audit::{Audit, Lost},
    knowledge::Knowledge,
    program::Unsolved,
    published::{Published, Scope, place},
    table::{Position, Table},
};

/// Counts below this are hidden, and hidden counts have at least this much room (MEASURES 3: “primary threshold 5”).
pub const THRESHOLD: u64 = 5;

/// Why a number is hidden. Not for readers of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It is a small number itself.
    Primary,
    /// It would give another back.
    Secondary,
}

/// What becomes of one place of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Printed {
    /// The number is shown.
    Shown(u64),
    /// The number is hidden.
    Hidden(Reason),
}

/// A table as it may be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protected {
    table: Table,
    scope: Scope,
    places: BTreeMap<Position, Printed>,
    lost: Vec<String>,
}

impl Protected {
    /// What becomes of that place; `None` if the table prints nothing there.
    pub fn at(&self, position: Position) -> Option<Printed> {
        self.places.get(&position).copied()
    }

    /// Every place of the table.
    pub fn places(&self) -> impl Iterator<Item = (Position, Printed)> {
        self.places.iter().map(|(position, printed)| (*position, *printed))
    }

    /// How many of the places are hidden.
    pub fn hidden(&self) -> usize {
        self.places.values().filter(|printed| matches!(printed, Printed::Hidden(_))).count()
    }

    /// Sentences, one for each secret that earlier editions give away by themselves; hiding more here would not help.
    /// Empty if every earlier edition was protected by these rules.
    pub fn lost(&self) -> &[String] {
        &self.lost
    }

    /// The edition as its readers have it, to be kept for the protection of the next.
    pub fn published(&self) -> Published {
        let is_shown = |position| matches!(self.at(position), Some(Printed::Shown(_)));
        Published::of(&self.table, self.scope.clone(), is_shown)
    }
}

/// Protects a table, given everything of the same kind that was published before: editions whose months overlap, tables of
/// areas that contain its areas or are contained in them. Rows and columns are the same if they have the same name.
///
/// The same input gives the same answer, whatever the machine. A threshold below two hides nothing worth hiding and is
/// refused, and so are editions that no counts whatever could have. Where an earlier figure was corrected, a reader can
/// subtract what stayed the same and no more: [`Scope::made_of`] says what did.
pub fn protect(
    table: &Table,
    scope: &Scope,
    earlier: &[Published],
    threshold: u64,
) -> Result<Protected, String> {
    if threshold < 2 {
        return Err(format!("The threshold is {threshold}: give at least 2, usually {THRESHOLD}."));
    }
    scope.fits(table)?;
    let is_large = |position| table.count(position).is_some_and(|count| count >= threshold);
    let new = Published::of(table, scope.clone(), is_large);
    let editions: Vec<&Published> = earlier.iter().chain([&new]).collect();
    let mut audit = Audit::new(Knowledge::new(&editions), threshold);
    let lost = audit.run().map_err(|unsolved| in_words(&unsolved))?;
    let places = audit.knowledge.places.iter().filter(|place| audit.knowledge.is_new(place));
    let places = places.map(|place| {
        let count = table.count(place.position).unwrap_or_default();
        let printed = match place.shown {
            Some(shown) => Printed::Shown(shown),
            None if count < threshold => Printed::Hidden(Reason::Primary),
            None => Printed::Hidden(Reason::Secondary),
        };
        (place.position, printed)
    });
    let places = places.collect();
    let lost = lost.into_iter().map(|lost| sentence(&audit.knowledge, &editions, lost)).collect();
    Ok(Protected { table: table.clone(), scope: scope.clone(), places, lost })
}

fn in_words(unsolved: &Unsolved) -> String {
    match unsolved {
        Unsolved::Impossible => {
"The table contradicts what was published before: no counts fulfil both. Say of each edition what \
             lies behind it, so that what was corrected is known."
                .to_owned()
        }
        Unsolved::Broken(words) => {
            format!(
                "Whether the table gives a hidden number back could not be worked out ({words}): do not publish it."
            )
        }
    }
}

fn sentence(knowledge: &Knowledge, editions: &[&Published], lost: Lost) -> String {
    match lost {
        Lost::Place(number) => {
            let found = knowledge.places.get(number).and_then(|at| Some((at, editions.get(at.edition)?)));
            let words = found.map_or_else(String::new, |(at, edition)| {
                format!(
                    "{} of edition {}",
                    place(&edition.rows, &edition.columns, at.position),
                    at.edition + 1
                )
            });
            format!("Earlier editions give back what is hidden: {words}.")
        }
        Lost::Increment(_) => {
            "Earlier editions give back a small number by which they differ from one another.".to_owned()
        }
    }
}

#[cfg(test)]
#[path = "rules_test.rs"]
mod rules_test;
