//! Units, codes and days as rows. Pure.

use contact::codes as contacts;
use incident::codes as incidents;
use jiff::{ToSpan, civil::Date};
use journal::beginning_of;

use super::row::Row;
use crate::table::dimensions::{CALENDAR_DAY, CODE, UNIT};

/// The units of the force.
pub fn units() -> Vec<Row> {
    let one = |unit: &contact::unit::Unit| {
        let mut row = Row::of(&UNIT);
        row.key("unit", &unit.key);
        row.key("name", &unit.name);
        row.choice("kind", &unit.kind);
        row.key("division", &unit.letter);
        row.key("control_room", &unit.control_room);
        row.day("first_day", unit.from);
        row.day("last_day", unit.until);
        row
    };
    contact::unit::all().iter().map(one).collect()
}

/// A code: its key, its words, what it belongs to, its first and its last day.
type Line<'a> = (&'a str, &'a str, &'a str, Option<Date>, Option<Date>);

fn coded(code: &contacts::Code) -> Line<'_> {
    (&code.key, &code.words, &code.kind, code.from, code.until)
}

fn plain<'a>(key: &'a str, words: &'a str, from: Option<Date>, until: Option<Date>) -> Line<'a> {
    (key, words, "", from, until)
}

/// The codes, set by set.
pub fn codes() -> Vec<Row> {
    let sets: [(&str, &[contacts::Code]); 10] = [
        ("channel", contacts::channels()),
        ("relation", contacts::relations()),
        ("agency", contacts::agencies()),
        ("contact_outcome", contacts::contact_outcomes()),
        ("ended_by", contacts::ended_by()),
        ("incident_type", incidents::types()),
        ("qualifier", incidents::qualifiers()),
        ("regrade_reason", incidents::regrade_reasons()),
        ("return_reason", incidents::return_reasons()),
        ("promise", incidents::promises()),
    ];
    let mut rows = Vec::new();
    for (set, codes) in sets {
        rows.extend(codes.iter().map(|one| code(set, coded(one))));
    }
    let markers = &contact::thrive::definition::definition().marker;
    rows.extend(markers.iter().map(|one| code("vulnerability", coded(one))));
    let results = incidents::results().iter();
    rows.extend(results.map(|one| code("result", plain(&one.key, &one.words, one.from, one.until))));
    let closures = incidents::closures().iter();
    rows.extend(closures.map(|one| code("closure", plain(&one.key, &one.words, one.from, one.until))));
    let crimes = crime::definition::definitions().crime_type.iter();
    rows.extend(crimes.map(|one| code("crime_type", plain(&one.key, &one.words, one.from, one.until))));
    let partners = partner::definition::definitions();
    let kinds = partners.kind.iter();
    rows.extend(kinds.map(|one| code("referral_kind", plain(&one.key, &one.words, one.from, one.until))));
    rows.extend(
        partners.agency.iter().map(|one| code("partner", plain(&one.key, &one.name, one.from, one.until))),
    );
    rows
}

fn code(set: &str, (key, words, parent, from, until): Line<'_>) -> Row {
    let mut row = Row::of(&CODE);
    row.key("code_set", set);
    row.key("code", key);
    row.key("words", words);
    row.key("parent", parent);
    row.day("first_day", from);
    row.day("last_day", until);
    row
}

/// The days from `from` to `until`.
pub fn days(from: Date, until: Date) -> Vec<Row> {
    let all = std::iter::successors(Some(from), |day| day.tomorrow().ok());
    all.take_while(|day| *day <= until).map(day).collect()
}

fn day(day: Date) -> Row {
    let monday_zero = day.weekday().to_monday_zero_offset();
    let hours = day
        .tomorrow()
        .map_or(24, |next| (beginning_of(next).as_second() - beginning_of(day).as_second()) / 3_600);
    let mut row = Row::of(&CALENDAR_DAY);
    row.day("day", day);
    row.integer("year", day.year());
    row.integer("quarter", (day.month() - 1) / 3 + 1);
    row.integer("month", day.month());
    row.day("week_begins", day.saturating_sub(i64::from(monday_zero).days()));
    row.integer("weekday", monday_zero + 1);
    row.flag("is_weekend", monday_zero >= 5);
    row.integer("hours", hours);
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::row::Cell;

    #[test]
    fn a_day_has_the_hours_that_its_clocks_give_it() {
        for (text, quarter, weekday, hours) in [
            ("2026-03-29", 1, 7, 23),
            ("2026-10-25", 4, 7, 25),
            ("2026-11-26", 4, 4, 24),
            ("2026-07-06", 3, 1, 24),
        ] {
            let date: Date = text.parse().unwrap();
            let cells = days(date, date).remove(0).cells().unwrap();
            assert_eq!(cells[0], Cell::Day(date));
            assert_eq!(
                (&cells[2], &cells[5], &cells[7]),
                (&Cell::Integer(quarter), &Cell::Integer(weekday), &Cell::Integer(hours)),
                "{text}"
            );
            assert_eq!(cells[6], Cell::Flag(weekday >= 6));
        }
        assert_eq!(days("2026-02-27".parse().unwrap(), "2026-03-01".parse().unwrap()).len(), 3);
        assert!(days("2026-03-02".parse().unwrap(), "2026-03-01".parse().unwrap()).is_empty());
    }

    #[test]
    fn every_unit_and_code_is_whole_and_stands_once() {
        let mut seen = std::collections::BTreeSet::new();
        for row in codes() {
            let cells = row.cells().unwrap();
            assert!(seen.insert(format!("{:?}{:?}", cells[0], cells[1])), "{cells:?}");
        }
        assert!(seen.len() > 50);
        assert!(units().len() > 10);
        for row in units() {
            drop(row.cells().unwrap());
        }
    }
}
