//! The week’s draw: which records are coded a second time.
//!
//! **The algorithm, for whoever draws again.** For each record take the SHA-256 of three texts in UTF-8 with a line feed
//! between them and none at the end: the seed, the week as `2026-W48`, the record’s identity. The records with the
//! smallest digests, compared byte by byte, are the sample, in that order. On any machine:
//!
//! ```sh
//! printf '%s\n%s\n%s' "$seed" 2026-W48 "$id" | sha256sum
//! ```
//!
//! Every set of so many records is equally likely, none is drawn twice, the order in which records are handed in does not
//! matter, and a larger sample begins with the smaller one. The seed should be laid down before the week and published
//! after it: who knows it beforehand knows which identities will be looked at.

use std::{collections::BTreeMap, fmt};

use jiff::civil::{ISOWeekDate, Weekday};
use sha2::{Digest, Sha256};

/// A week as ISO 8601 counts them, Monday to Sunday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Week {
    year: i16,
    number: i8,
}

impl Week {
    /// The week of that number, from 1, of an ISO year. Refused with a sentence if the year has no such week.
    pub fn new(year: i16, number: i8) -> Result<Self, String> {
        match ISOWeekDate::new(year, number, Weekday::Monday) {
            Ok(_) => Ok(Self { year, number }),
            Err(_) => Err(format!("The year {year} has no week {number}: give a week from 1 to 52 or 53.")),
        }
    }
}

impl fmt::Display for Week {
    /// `2026-W48`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-W{:02}", self.year, self.number)
    }
}

/// Draws so many of the records at random, without replacement, in the order drawn; all of them if there are no more.
///
/// Refused with a sentence: an identity that stands there twice (it would be twice as likely), or a line feed in the seed
/// or an identity (two different draws would have the same text).
pub fn draw(seed: &str, week: Week, ids: &[&str], many: usize) -> Result<Vec<String>, String> {
    if seed.contains('\n') {
        return Err("The seed has a line break in it: write it on one line.".to_owned());
    }
    let mut drawn = BTreeMap::new();
    for id in ids {
        if id.contains('\n') {
            return Err(format!("The identity {id:?} has a line break in it: write it on one line."));
        }
        let digest = Sha256::digest(format!("{seed}\n{week}\n{id}"));
        if drawn.insert(digest.to_vec(), *id).is_some() {
            return Err(format!("The record ‘{id}’ stands there twice: name each record once."));
        }
    }
    Ok(drawn.into_values().take(many).map(str::to_owned).collect())
}

#[cfg(test)]
#[path = "drawing_test.rs"]
mod drawing_test;
