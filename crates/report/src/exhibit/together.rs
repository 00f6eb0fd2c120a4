//! What several figures of one measure would give away together: a month beside its weeks, a division beside all of them.
//! Pure; `disclosure` decides.
//!
//! Each number that would be printed is an edition of its own, of its days and divisions. Figures are taken in the order of
//! the paper: one with which something below five could be worked out from those before it is not shown.

use std::collections::BTreeMap;

use disclosure::{Position, Printed, Published, Scope, THRESHOLD, Table, protect};
use evidence::evidence::rules::Attached;
use jiff::civil::Date;
use measure::catalogue::Unit;

use super::compose::seen_alone;

/// What of a figure is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// Its periods, and the whole.
    Parts,
    /// The whole only.
    Whole,
    /// Nothing.
    Nothing,
}

/// What a number counts: its days and its division, and how many were counted and were not.
type Number = (Date, Date, String, Vec<u64>);

/// What of each figure is shown, in their order.
pub fn together(figures: &[&Attached]) -> Vec<Seen> {
    let mut shown: BTreeMap<(&str, i64), Vec<Number>> = BTreeMap::new();
    let mut all = Vec::new();
    for figure in figures {
        let alone = seen_alone(figure);
        let own = numbers(figure, alone);
        let before = shown.entry((figure.measure.as_str(), figure.kept.version)).or_default();
        let new: Vec<Number> = own.into_iter().filter(|number| !before.contains(number)).collect();
        let is_safe = before.is_empty() || new.is_empty() || gives_nothing_away(before, &new);
        all.push(if is_safe { alone } else { Seen::Nothing });
        if is_safe {
            before.extend(new);
        }
    }
    all
}

/// The numbers that a figure prints.
fn numbers(figure: &Attached, seen: Seen) -> Vec<Number> {
    let counted = &figure.counted;
    let parts = counted.parts.iter().filter(|_| seen == Seen::Parts);
    let parts = parts.map(|part| (part.from, part.until, part.numerator, part.denominator));
    let whole = (figure.from, figure.until, counted.numerator, counted.denominator);
    let counts = |numerator: i64, denominator: i64| match figure.kept.unit {
        Unit::Count => vec![numerator],
        Unit::Percent => vec![numerator, denominator - numerator],
        Unit::Seconds | Unit::Minutes | Unit::Hours => vec![denominator],
    };
    let number = |(from, until, numerator, denominator): (Date, Date, i64, i64)| {
        let counts = counts(numerator, denominator);
        let whole = counts.iter().map(|count| u64::try_from(*count).unwrap_or_default()).collect();
        (from, until, figure.division.clone(), whole)
    };
    parts.chain([whole]).map(number).collect()
}

/// Whether the new numbers beside those before leave every small one unknown.
fn gives_nothing_away(before: &[Number], new: &[Number]) -> bool {
    let editions: Option<Vec<Published>> = before.iter().chain(new).map(published).collect();
    let Some(editions) = editions else { return false };
    let (Some(last), Some((_, earlier))) = (new.last(), editions.split_last()) else { return true };
    let (Some(scope), Some(table)) = (scope(last), table(last)) else { return false };
    protect(&table, &scope, earlier, THRESHOLD).is_ok_and(|protected| {
        let is_shown = |(_, printed): (Position, Printed)| matches!(printed, Printed::Shown(_));
        protected.lost().is_empty() && protected.places().all(is_shown)
    })
}

fn table((_, _, _, counts): &Number) -> Option<Table> {
    let names = ["Counted", "Not counted"];
    let columns = names.get(..counts.len())?;
    Table::new(&["All"], columns, std::slice::from_ref(counts)).ok().map(Table::with_all_totals)
}

fn scope((from, until, division, _): &Number) -> Option<Scope> {
    let day = |date: &Date| Date::constant(1970, 1, 1).until(*date).ok().map(|span| span.get_days());
    let letters: Vec<&str> = if division.is_empty() {
        contact::unit::all().iter().map(|unit| unit.letter.as_str()).chain(["-"]).collect()
    } else {
        vec![division]
    };
    Scope::new(&letters, day(from)?, day(until)?).ok()
}

fn published(number: &Number) -> Option<Published> {
    let (table, scope) = (table(number)?, scope(number)?);
    let all = table.counts().map(|(position, _)| position).collect();
    Published::new(&table, scope, &all).ok()
}
