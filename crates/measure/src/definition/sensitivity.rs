//! What a change of a window would do to failure demand: no source gives a window, so the rate is published with what it
//! would be under others (MEASURES 1). Pure.

use std::collections::BTreeSet;

use failure::{
    definition::{Definition, Window},
    rules::Judged,
    sensitivity::{Row, USUAL, sensitivity_of, windows},
    story::Issue,
};
use jiff::{Timestamp, ToSpan, civil::Date};
use journal::{Refusal, day_typed, words::day as told_day};
use serde::{Deserialize, Serialize};

use super::views::length;

/// Issues that are looked at, at most: each is judged some thirty times.
pub const MOST_ISSUES: usize = 300;

/// Contacts that are read, at most.
pub const MOST_CONTACTS: i64 = 1_000;

/// Days of a period, at most.
const MOST_DAYS: i64 = 92;

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
    /// The days that are asked for; nothing where none are.
    pub fn read(&self, today: Date) -> Result<Option<(Date, Date)>, Refusal> {
        if self.from.trim().is_empty() && self.until.trim().is_empty() {
            return Ok(None);
        }
        let until = day_typed("until", &self.until)?.unwrap_or(today);
        let from = day_typed("from", &self.from)?.unwrap_or_else(|| until.saturating_sub(6.days()));
        if until > today {
            let sentence = format!("{until} is still to come. Enter today, {today}, or an earlier day.");
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
        Ok(Some((from, until)))
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

/// Judges the contacts of a period anew, with each window longer and shorter. `issues` are all to which they belong.
pub fn sensitivity(
    version: &Definition,
    (from, until): (Date, Date),
    issues: &[Issue],
    contacts: &BTreeSet<String>,
    is_cut: bool,
) -> Sensitivity {
    let is_counted = |judged: &Judged| contacts.contains(&judged.contact);
    let of = |is_meant: &dyn Fn(&Window) -> bool| {
        sensitivity_of(version, issues, Timestamp::MAX, &USUAL, (is_meant, is_counted))
    };
    let mut changes = vec![change("All windows".to_owned(), None, &of(&|_| true))];
    for window in windows(version) {
        let words = version.reason(window.code).map_or("", |reason| reason.words.as_str());
        let rows = of(&|other| other == window);
        changes.push(change(format!("{} {words}", window.code), Some(window), &rows));
    }
    Sensitivity {
        period: format!("{} to {}", told_day(from), told_day(until)),
        contacts: contacts.len(),
        issues: issues.len(),
        is_cut,
        changes,
    }
}

fn change(of: String, window: Option<&Window>, rows: &[Row]) -> Change {
    let failures = [0, 1, 2].map(|at| rows.get(at).map_or(0, |row: &Row| row.rate.failures));
    let told = [0, 1, 2].map(|at| {
        let percent = rows.get(at).and_then(|row: &Row| row.rate.percent());
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
        let today: Date = "2026-11-26".parse().unwrap();
        let read = |from: &str, until: &str| Query { from: from.into(), until: until.into() }.read(today);
        assert_eq!(read("", " ").unwrap(), None);
        let days = |from: &str, until: &str| Some((from.parse().unwrap(), until.parse().unwrap()));
        assert_eq!(read("", "2026-11-20").unwrap(), days("2026-11-14", "2026-11-20"));
        assert_eq!(read("2026-08-27", "").unwrap(), days("2026-08-27", "2026-11-26"));
        for (from, until, field, told) in [
            ("2026-08-26", "", "from", "longer than 92 days"),
            ("2026-11-21", "2026-11-20", "from", "before it begins"),
            ("", "2026-11-27", "until", "still to come"),
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
        let told = sensitivity(version, days, &[], &BTreeSet::new(), false);
        assert_eq!(told.changes.len(), 1 + windows(version).count());
        assert!(told.changes.len() > 5, "{told:?}");
        assert!(told.changes.iter().all(|one| !one.is_changed && one.told[1] == "Nothing counted"));
        let first = &told.changes[1];
        assert!(!first.length.is_empty() && first.of.starts_with('F'), "{first:?}");
    }
}
