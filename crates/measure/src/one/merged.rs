//! Divisions as they are now: what was counted in one that merged is added to what it became. Pure.

use std::{borrow::Cow, collections::BTreeMap};

use contact::unit::Organisation;
use jiff::civil::Date;

use super::views::add_up;
use crate::{
    asked::{NOW, Query},
    figure::rows::Sum,
};

/// The sums of each division by day.
type Divided = (String, Vec<Sum>);

/// The divisions as a page tells them.
#[derive(Debug)]
pub struct Told<'a> {
    /// What was counted in each.
    pub sums: Cow<'a, [Divided]>,
    /// How they are told, in words; empty where none in which something was counted ever merged.
    pub words: &'static str,
    /// Whether that can be chosen.
    pub is_merged: bool,
}

/// The divisions as they were, or as they are now where that is asked for.
pub fn told<'a>(organisation: &Organisation, query: &Query, found: &'a [Divided], today: Date) -> Told<'a> {
    let is_merged = is_merged(organisation, found, today);
    if query.divisions == NOW {
        let words =
            "as the divisions are now: what was counted in one that merged is added to what it became";
        return Told { sums: Cow::Owned(merged(organisation, found, today)), words, is_merged: true };
    }
    let words = if is_merged { "as the divisions were" } else { "" };
    Told { sums: Cow::Borrowed(found), words, is_merged }
}

/// The letter of what a division is on a day; its own, where it is no division.
fn now<'a>(organisation: &'a Organisation, letter: &'a str, today: Date) -> &'a str {
    organisation.became(letter, today).map_or(letter, |unit| unit.letter.as_str())
}

/// Whether a division in which something was counted merged with another by that day.
fn is_merged(organisation: &Organisation, found: &[Divided], today: Date) -> bool {
    found.iter().any(|(letter, _)| organisation.made_of(letter, today).len() > 1)
}

/// The sums of each division by day as the divisions are on a day, in the order of their letters.
fn merged(organisation: &Organisation, found: &[Divided], today: Date) -> Vec<Divided> {
    let mut all: BTreeMap<&str, Vec<&Sum>> = BTreeMap::new();
    for (letter, sums) in found {
        all.entry(now(organisation, letter, today)).or_default().extend(sums);
    }
    all.into_iter().map(|(letter, sums)| (letter.to_owned(), add_up(sums.into_iter()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(of: &str, numerator: i64) -> Sum {
        Sum { of: of.to_owned(), numerator, denominator: 10 * numerator }
    }

    #[test]
    fn what_was_counted_in_a_division_that_merged_is_added_to_what_it_became() {
        let organisation = Organisation::published();
        let day = |text: &str| text.parse::<Date>().unwrap();
        let found = [
            (String::new(), vec![sum("2015-12-31", 1)]),
            ("A".to_owned(), vec![sum("2016-01-01", 2)]),
            ("B".to_owned(), vec![sum("2015-12-30", 4), sum("2016-01-01", 8)]),
            ("E".to_owned(), vec![sum("2015-12-31", 16)]),
        ];
        let told = |today: &str| merged(organisation, &found, day(today));
        let expected = [
            (String::new(), vec![sum("2015-12-31", 1)]),
            ("A".to_owned(), vec![sum("2015-12-30", 4), sum("2016-01-01", 10)]),
            ("E".to_owned(), vec![sum("2015-12-31", 16)]),
        ];
        assert_eq!(told("2026-11-26"), expected);
        assert_eq!(told("2015-12-31"), found, "before they merged nothing is added up");
        assert!(is_merged(organisation, &found, day("2026-11-26")));
        assert!(!is_merged(organisation, &found, day("2015-12-31")));
        assert!(!is_merged(organisation, &found[3..], day("2026-11-26")));
        let of = |divisions: &str| {
            let query = Query { divisions: divisions.to_owned(), ..Query::default() };
            super::told(organisation, &query, &found, day("2026-11-26"))
        };
        assert_eq!((of("").sums.len(), of(NOW).sums.len()), (4, 3));
        assert!(of("").is_merged && of(NOW).words.starts_with("as the divisions are now"));
    }
}
