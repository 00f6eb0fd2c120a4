//! What a change of a window would do to failure demand: no source gives a window, so the rate is published with what it
//! would be under others (MEASURES 1). Pure.

use failure::{
    definition::{Definition, Window},
    sensitivity::windows,
    units::Rate,
};
use jiff::{ToSpan, civil::Date};
use journal::{Refusal, day_typed, words::day as told_day};
use serde::{Deserialize, Serialize};

use super::views::length;
use crate::told::anew::Anew;

/// Contacts that are judged, at most: each is some thirty times.
pub const MOST_CONTACTS: usize = 50_000;

/// Days of a period, at most: a year.
const MOST_DAYS: i64 = 366;

/// Windows half as long and twice as long, in per cent.
const PERCENTS: [u32; 2] = [50, 200];

/// What the address asks.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// The first day; with neither day nothing is computed.
    pub from: String,
    /// The last day.
    pub until: String,
}

impl Query {
    /// The days that are asked for, of those on which the version holds; nothing where none are asked for.
    pub fn read(&self, first: Date, today: Date) -> Result<Option<(Date, Date)>, Refusal> {
        if self.from.trim().is_empty() && self.until.trim().is_empty() {
            return Ok(None);
        }
        let until = day_typed("until", &self.until)?.unwrap_or(today);
        let from = day_typed("from", &self.from)?.unwrap_or_else(|| until.saturating_sub(6.days()));
        if until > today {
            let sentence = format!("{until} is still to come. Enter today, {today}, or an earlier day.");
            return Err(Refusal::of("until", sentence));
        }
        if until < first {
            let sentence =
                format!("The definition holds from {first} on. Enter that day or a later one as the last.");
            return Err(Refusal::of("until", sentence));
        }
        if from > until {
            let sentence =
                format!("The period ends on {until}, before it begins on {from}. Enter an earlier day.");
            return Err(Refusal::of("from", sentence));
        }
        if from < until.saturating_sub((MOST_DAYS - 1).days()) {
            let sentence = format!(
                "The period is longer than {MOST_DAYS} days. Enter a later first day, or an earlier last one."
            );
            return Err(Refusal::of("from", sentence));
        }
        // Before it held no contact was judged by it.
        Ok(Some((from.max(first), until)))
    }
}

/// What would be counted with windows half as long, as they are, and twice as long.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Which windows: "All windows", "F05 Closed too early".
    pub of: String,
    /// As it is: "7 days"; empty of all windows.
    pub length: String,
    /// The only family for which it holds; empty: all others.
    pub family: String,
    /// Failure contacts at half, as it is, twice.
    pub failures: [usize; 3],
    /// The rates of the same, in words.
    pub told: [String; 3],
    /// Whether any of them differs.
    pub is_changed: bool,
}

/// What was computed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sensitivity {
    /// The period in words.
    pub period: String,
    /// Contacts that were judged, all eligible.
    pub contacts: usize,
    /// The issues that they belong to.
    pub issues: usize,
    /// Whether there are more contacts in the period than were looked at.
    pub is_cut: bool,
    /// All windows together, then each alone.
    pub changes: Vec<Change>,
}

/// By what the contacts of a period are judged: the version as it is, then all windows half as long and twice as long, then
/// each window alone.
pub fn versions(version: &Definition) -> Vec<Definition> {
    let mut all = vec![version.clone()];
    all.extend(PERCENTS.map(|percent| version.with_windows(percent)));
    for window in windows(version) {
        all.extend(PERCENTS.map(|percent| version.with_windows_of(percent, |other| other == window)));
    }
    all
}

/// What a change of each window would do: `anew` was counted by [`versions`].
pub fn sensitivity(version: &Definition, (from, until): (Date, Date), anew: &Anew) -> Sensitivity {
    let (as_it_is, others) =
        anew.rates.split_first().map_or((None, &[][..]), |(one, rest)| (Some(one), rest));
    let of_what = std::iter::once(None).chain(windows(version).map(Some));
    let changes = others.chunks(PERCENTS.len()).zip(of_what).map(|(rates, window)| {
        let rates = [rates.first(), as_it_is, rates.last()];
        let words = |code| version.reason(code).map_or("", |reason| reason.words.as_str());
        let of = window.map_or_else(
            || "All windows".to_owned(),
            |window| format!("{} {}", window.code, words(window.code)),
        );
        change(of, window, rates)
    });
    Sensitivity {
        period: format!("{} to {}", told_day(from), told_day(until)),
        contacts: as_it_is.map_or(0, |rate| rate.eligible),
        issues: anew.issues,
        is_cut: anew.is_cut,
        changes: changes.collect(),
    }
}

fn change(of: String, window: Option<&Window>, rates: [Option<&Rate>; 3]) -> Change {
    let failures = rates.map(|rate| rate.map_or(0, |rate| rate.failures));
    let told = rates.map(|rate| {
        let percent = rate.and_then(Rate::percent);
        percent.map_or_else(|| "Nothing counted".to_owned(), |percent| format!("{percent:.1}%"))
    });
    Change {
        of,
        length: window.map_or_else(String::new, length),
        family: window.and_then(|window| window.family.clone()).unwrap_or_default(),
        is_changed: failures.iter().any(|count| *count != failures[0]),
        failures,
        told,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use failure::definition::definitions;

    #[test]
    fn a_period_is_read_or_refused_at_its_field() {
        let (first, today): (Date, Date) = ("2026-01-01".parse().unwrap(), "2026-11-26".parse().unwrap());
        let read =
            |from: &str, until: &str| Query { from: from.into(), until: until.into() }.read(first, today);
        assert_eq!(read("", " ").unwrap(), None);
        let days = |from: &str, until: &str| Some((from.parse().unwrap(), until.parse().unwrap()));
        assert_eq!(read("", "2026-11-20").unwrap(), days("2026-11-14", "2026-11-20"));
        assert_eq!(read("2025-11-26", "").unwrap(), days("2026-01-01", "2026-11-26"), "since it holds");
        for (from, until, field, told) in [
            ("2025-11-25", "", "from", "longer than 366 days"),
            ("2026-11-21", "2026-11-20", "from", "before it begins"),
            ("", "2026-11-27", "until", "still to come"),
            ("2025-11-01", "2025-12-31", "until", "holds from 2026-01-01 on"),
            ("soon", "", "from", "not a day"),
        ] {
            let refusal = read(from, until).unwrap_err();
            assert!(refusal.field == field && refusal.sentence.contains(told), "{from}: {refusal}");
        }
    }

    #[test]
    fn every_window_is_looked_at_alone_and_nothing_changes_nothing() {
        let version = &definitions().version[0];
        let days = ("2026-11-01".parse().unwrap(), "2026-11-07".parse().unwrap());
        let all = versions(version);
        assert_eq!(all.len(), 1 + 2 * (1 + windows(version).count()));
        let anew = Anew { rates: vec![Rate::default(); all.len()], issues: 0, is_cut: false };
        let told = sensitivity(version, days, &anew);
        assert_eq!(told.changes.len(), 1 + windows(version).count());
        assert!(told.changes.len() > 5, "{told:?}");
        assert!(told.changes.iter().all(|one| !one.is_changed && one.told[1] == "Nothing counted"));
        let first = &told.changes[1];
        assert!(!first.length.is_empty() && first.of.starts_with('F'), "{first:?}");
    }
}
