//! When it happens: the hours of the day by the days of the week, in Scottish local time. Pure.
//!
//! A day on which the clocks go back has two hours that are called 1; each is an hour of its own. A rate is what all of them
//! add up to; a plain count is a mean for each such hour that there was, so that no cell is high for having had more of them.

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Weekday},
};
use journal::{beginning_of, scotland, words::day as told_day};
use serde::Serialize;

use crate::{
    asked::Query,
    catalogue::{Definition, Unit},
    figure::rows::Sum,
};

/// The last weeks of a period that are looked at: a quarter, whatever the period.
pub const WEEKS: i64 = 13;

/// The days of the week, as columns.
pub const DAYS: [(&str, &str); 7] = [
    ("Mon", "Monday"),
    ("Tue", "Tuesday"),
    ("Wed", "Wednesday"),
    ("Thu", "Thursday"),
    ("Fri", "Friday"),
    ("Sat", "Saturday"),
    ("Sun", "Sunday"),
];

/// Shades, from next to nothing to the most.
const SHADES: u8 = 6;

/// An hour of the day on one day of the week.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cell {
    /// As the cell has it: "24", "0.4"; a dash where nothing was counted.
    pub told: String,
    /// Its value, for programs.
    pub value: Option<f64>,
    /// Its shade, from 0 to 5.
    pub shade: u8,
    /// The numerator.
    pub numerator: i64,
    /// The denominator; nothing of a plain count.
    pub denominator: i64,
    /// How many such hours there were.
    pub hours: i64,
}

/// An hour of the day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// "00".
    pub hour: String,
    /// From Monday to Sunday.
    pub cells: Vec<Cell>,
}

/// The heat map.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Heat {
    /// The hours, from midnight.
    pub rows: Vec<Row>,
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub until: Date,
    /// Its days in words: "27 August 2026 to 26 November 2026".
    pub period: String,
    /// What a cell says: "Contacts an hour, on average".
    pub about: String,
    /// What all of its cells add up to.
    pub numerator: i64,
    /// The same of the denominator.
    pub denominator: i64,
    /// The days with an hour more or less than others, in a sentence; empty where there is none.
    pub clocks: String,
}

/// The days that it looks at: the last weeks of what is asked.
pub fn days(from: Date, until: Date) -> (Date, Date) {
    (from.max(until.saturating_sub((7 * WEEKS - 1).days())), until)
}

/// The heat map of the sums of each hour of the day by day; hours that are still to come are none.
pub fn heat(
    definition: &Definition,
    (from, until): (Date, Date),
    found: &[(String, Vec<Sum>)],
    now: Timestamp,
) -> Heat {
    let hours = hours(from, until, now);
    let mut sums = [[(0_i64, 0_i64); 7]; 24];
    for (hour, of_days) in found {
        let Some(row) = hour.parse::<usize>().ok().and_then(|hour| sums.get_mut(hour)) else { continue };
        for sum in of_days {
            if let Ok(day) = sum.of.parse::<Date>() {
                let cell = &mut row[column(day.weekday())];
                *cell = (cell.0 + sum.numerator, cell.1 + sum.denominator);
            }
        }
    }
    let value = |hour: usize, day: usize| {
        let (numerator, denominator) = sums[hour][day];
        match definition.unit {
            Unit::Count if hours[hour][day] == 0 => None,
            #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
            Unit::Count => Some(numerator as f64 / hours[hour][day] as f64),
            _ => definition.value(numerator, denominator),
        }
    };
    let all = (0..24).flat_map(|hour| (0..7).map(move |day| (hour, day)));
    let most = all.clone().filter_map(|(hour, day)| value(hour, day)).fold(0.0, f64::max);
    let cell = |hour: usize, day: usize| Cell {
        told: value(hour, day).map_or_else(|| "–".to_owned(), |value| told(definition.unit, value)),
        value: value(hour, day),
        shade: value(hour, day).map_or(0, |value| shade(value, most)),
        numerator: sums[hour][day].0,
        denominator: sums[hour][day].1,
        hours: hours[hour][day],
    };
    let row =
        |hour: usize| Row { hour: format!("{hour:02}"), cells: (0..7).map(|day| cell(hour, day)).collect() };
    let (numerator, denominator) =
        all.fold((0, 0), |(n, d), (hour, day)| (n + sums[hour][day].0, d + sums[hour][day].1));
    Heat {
        rows: (0..24).map(row).collect(),
        from,
        until,
        period: format!("{} to {}", told_day(from), told_day(until)),
        about: about(definition),
        numerator,
        denominator,
        clocks: clocks(from, until),
    }
}

fn about(definition: &Definition) -> String {
    match definition.unit {
        Unit::Count => format!("{} in an hour, on average", definition.numerator),
        Unit::Percent => "In per cent".to_owned(),
        Unit::Seconds => "In seconds, on average".to_owned(),
        Unit::Minutes => "In minutes, on average".to_owned(),
        Unit::Hours => "In hours, on average".to_owned(),
    }
}

fn column(day: Weekday) -> usize {
    usize::try_from(day.to_monday_zero_offset()).unwrap_or_default()
}

/// How many hours there were, by their name and the day of the week: each that began before `now`.
fn hours(from: Date, until: Date, now: Timestamp) -> [[i64; 7]; 24] {
    let mut all = [[0; 7]; 24];
    let end = beginning_of(until.saturating_add(1.day())).min(now);
    let mut at = beginning_of(from);
    while at < end {
        let local = at.to_zoned(scotland());
        let hour = usize::try_from(local.hour()).unwrap_or_default();
        all[hour][column(local.weekday())] += 1;
        at = at.saturating_add(1.hour()).unwrap_or(end);
    }
    all
}

/// Which days have an hour twice, or have one hour less.
fn clocks(from: Date, until: Date) -> String {
    let length =
        |day: Date| beginning_of(day.saturating_add(1.day())).duration_since(beginning_of(day)).as_hours();
    let mut sentences = Vec::new();
    let mut day = from;
    while day <= until {
        match length(day) {
            25 => sentences.push(format!("{} has 25 hours: both hours from 1 count as 01.", told_day(day))),
            23 => sentences.push(format!("{} has 23 hours: there is no hour 01.", told_day(day))),
            _ => {}
        }
        day = day.saturating_add(1.day());
    }
    sentences.join(" ")
}

/// As short as a cell is: no unit, which stands over the table.
fn told(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Count | Unit::Minutes | Unit::Hours if value < 9.95 => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    }
}

fn shade(value: f64, most: f64) -> u8 {
    if most <= 0.0 {
        return 0;
    }
    let steps = (0..SHADES).filter(|step| value / most > f64::from(*step) / f64::from(SHADES));
    u8::try_from(steps.count()).unwrap_or(SHADES).saturating_sub(1)
}

/// The records of a heat map; empty where there are none.
pub fn heat_records(definition: &Definition, heat: &Heat, whole: &Query) -> String {
    if heat.numerator == 0 && heat.denominator == 0 {
        return String::new();
    }
    Query { from: heat.from.to_string(), until: heat.until.to_string(), ..whole.clone() }
        .address(&format!("/measures/{}/records", definition.key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{all, definition};

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn sum(day: &str, numerator: i64, denominator: i64) -> Sum {
        Sum { of: day.to_owned(), numerator, denominator }
    }

    fn now() -> Timestamp {
        "2026-11-26T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn an_hour_that_comes_twice_is_two_hours_and_one_that_never_comes_is_none() {
        for (case, from, until, hour, expected) in [
            ("an ordinary Sunday", "2026-10-18", "2026-10-18", 1, 1),
            ("the clocks go back", "2026-10-25", "2026-10-25", 1, 2),
            ("the hour after it", "2026-10-25", "2026-10-25", 2, 1),
            ("the clocks go forward", "2026-03-29", "2026-03-29", 1, 0),
            ("a month of five Sundays with it", "2026-03-01", "2026-03-31", 1, 4),
            ("a month of four Sundays with it", "2026-10-01", "2026-10-31", 1, 5),
        ] {
            let hours = hours(date(from), date(until), now());
            assert_eq!(hours[hour][6], expected, "{case}");
        }
        let whole: i64 = hours(date("2026-10-01"), date("2026-10-31"), now()).iter().flatten().sum();
        assert_eq!(whole, 31 * 24 + 1);
        let today: i64 = hours(date("2026-11-26"), date("2026-11-26"), now()).iter().flatten().sum();
        assert_eq!(today, 12, "hours to come are none");
    }

    #[test]
    fn a_count_is_a_mean_of_its_hours_and_a_day_of_25_hours_is_told() {
        let contacts = &all()[0];
        let found = [
            ("1".to_owned(), vec![sum("2026-10-18", 4, 0), sum("2026-10-25", 4, 0)]),
            ("2".to_owned(), vec![sum("2026-10-25", 4, 0)]),
        ];
        let map = heat(contacts, (date("2026-10-12"), date("2026-10-25")), &found, now());
        let sunday = |hour: usize| map.rows[hour].cells[6].clone();
        assert_eq!((sunday(1).told.as_str(), sunday(1).hours), ("2.7", 3), "8 in three hours");
        assert_eq!((sunday(2).told.as_str(), sunday(2).hours), ("2.0", 2));
        assert_eq!((sunday(1).shade, sunday(2).shade, sunday(3).shade), (5, 4, 0));
        assert_eq!(map.numerator, 12);
        assert_eq!(map.clocks, "25 October 2026 has 25 hours: both hours from 1 count as 01.");
        assert!(map.rows.len() == 24 && map.rows.iter().all(|row| row.cells.len() == 7));
    }

    #[test]
    fn a_rate_is_what_its_hours_add_up_to_and_nothing_is_a_dash() {
        let failure = definition("failure_demand").unwrap();
        let found = [("9".to_owned(), vec![sum("2026-11-02", 1, 4), sum("2026-11-09", 2, 4)])];
        let map = heat(failure, (date("2026-11-01"), date("2026-11-30")), &found, now());
        let (nine, ten) = (&map.rows[9].cells[0], &map.rows[10].cells[0]);
        assert_eq!((nine.told.as_str(), nine.numerator, nine.denominator, nine.shade), ("38", 3, 8, 5));
        assert_eq!((ten.told.as_str(), ten.value, ten.shade), ("–", None, 0));
        let empty = heat(failure, (date("2021-03-01"), date("2021-03-28")), &[], now());
        assert!(empty.rows.iter().flat_map(|row| &row.cells).all(|cell| cell.told == "–" && cell.shade == 0));
        assert_eq!(empty.clocks, "28 March 2021 has 23 hours: there is no hour 01.");
    }

    #[test]
    fn only_the_last_quarter_of_a_long_period_is_looked_at() {
        for (from, until, first) in
            [("2021-11-27", "2026-11-26", "2026-08-28"), ("2026-11-20", "2026-11-26", "2026-11-20")]
        {
            assert_eq!(days(date(from), date(until)), (date(first), date(until)), "{from}");
        }
        let (first, last) = days(date("2021-11-27"), date("2026-11-26"));
        assert_eq!(first.until(last).unwrap().get_days() + 1, 91);
    }
}
