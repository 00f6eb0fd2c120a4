//! The table of periods.

use jiff::civil::Date;
use journal::beginning_of;

use super::{Kind, Period, Span, Year};

const APRIL: Year = Year { begins_month: 4, begins_day: 1 };

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

fn told(span: Span) -> String {
    format!("{}..{}", span.from, span.until)
}

#[test]
fn each_period_has_its_days_the_one_before_the_same_last_year_and_its_year_to_date() {
    for (kind, of, own, before, last_year, to_date) in [
        // In the week of 26 October the clocks went back the day before; in the week of 23 March 2026 they go forward.
        (
            Kind::Week,
            "2026-10-25",
            "2026-10-19..2026-10-25",
            "2026-10-12..2026-10-18",
            "2025-10-20..2025-10-26",
            "2026-04-01..2026-10-25",
        ),
        (
            Kind::Week,
            "2026-10-26",
            "2026-10-26..2026-11-01",
            "2026-10-19..2026-10-25",
            "2025-10-27..2025-11-02",
            "2026-04-01..2026-11-01",
        ),
        (
            Kind::Week,
            "2026-03-29",
            "2026-03-23..2026-03-29",
            "2026-03-16..2026-03-22",
            "2025-03-24..2025-03-30",
            "2025-04-01..2026-03-29",
        ),
        // A week over the first of April is of the year in which it ends.
        (
            Kind::Week,
            "2026-03-31",
            "2026-03-30..2026-04-05",
            "2026-03-23..2026-03-29",
            "2025-03-31..2025-04-06",
            "2026-04-01..2026-04-05",
        ),
        (
            Kind::Week,
            "2027-01-01",
            "2026-12-28..2027-01-03",
            "2026-12-21..2026-12-27",
            "2025-12-29..2026-01-04",
            "2026-04-01..2027-01-03",
        ),
        // The year of 2028 has a day more.
        (
            Kind::Day,
            "2028-02-29",
            "2028-02-29..2028-02-29",
            "2028-02-28..2028-02-28",
            "2027-03-02..2027-03-02",
            "2027-04-01..2028-02-29",
        ),
        (
            Kind::Day,
            "2028-03-01",
            "2028-03-01..2028-03-01",
            "2028-02-29..2028-02-29",
            "2027-03-03..2027-03-03",
            "2027-04-01..2028-03-01",
        ),
        (
            Kind::Day,
            "2026-04-01",
            "2026-04-01..2026-04-01",
            "2026-03-31..2026-03-31",
            "2025-04-02..2025-04-02",
            "2026-04-01..2026-04-01",
        ),
        (
            Kind::Month,
            "2028-02-11",
            "2028-02-01..2028-02-29",
            "2028-01-01..2028-01-31",
            "2027-02-01..2027-02-28",
            "2027-04-01..2028-02-29",
        ),
        (
            Kind::Month,
            "2027-02-28",
            "2027-02-01..2027-02-28",
            "2027-01-01..2027-01-31",
            "2026-02-01..2026-02-28",
            "2026-04-01..2027-02-28",
        ),
        (
            Kind::Month,
            "2026-04-30",
            "2026-04-01..2026-04-30",
            "2026-03-01..2026-03-31",
            "2025-04-01..2025-04-30",
            "2026-04-01..2026-04-30",
        ),
        // The first quarter of the calendar is the last of the year that begins in April.
        (
            Kind::Quarter,
            "2026-03-31",
            "2026-01-01..2026-03-31",
            "2025-10-01..2025-12-31",
            "2025-01-01..2025-03-31",
            "2025-04-01..2026-03-31",
        ),
        (
            Kind::Quarter,
            "2026-05-05",
            "2026-04-01..2026-06-30",
            "2026-01-01..2026-03-31",
            "2025-04-01..2025-06-30",
            "2026-04-01..2026-06-30",
        ),
        (
            Kind::Quarter,
            "2026-12-31",
            "2026-10-01..2026-12-31",
            "2026-07-01..2026-09-30",
            "2025-10-01..2025-12-31",
            "2026-04-01..2026-12-31",
        ),
    ] {
        let one = Period::of(kind, day(of));
        let all = (
            told(one.span()),
            told(one.before().span()),
            told(one.last_year().span()),
            told(one.year_to_date(APRIL)),
        );
        assert_eq!(all, (own.into(), before.into(), last_year.into(), to_date.into()), "{kind:?} {of}");
        assert_eq!(Period::of(kind, one.until), one, "its last day is of it");
    }
}

#[test]
fn a_week_over_a_change_of_the_clocks_has_an_hour_more_or_less_and_seven_days() {
    for (of, hours) in [("2026-10-25", 169), ("2026-10-26", 168), ("2026-03-29", 167)] {
        let week = Period::of(Kind::Week, day(of));
        let seconds = beginning_of(week.until.tomorrow().expect("a day")).as_second()
            - beginning_of(week.from).as_second();
        assert_eq!(seconds / 3600, hours, "{of}");
        assert_eq!(week.from.until(week.until).expect("days").get_days(), 6, "{of}");
    }
}

#[test]
fn periods_follow_each_other_without_a_gap() {
    for kind in Kind::ALL {
        let all = Period::of(kind, day("2028-03-31")).and_before(30);
        assert_eq!(all.len(), 30);
        for two in all.windows(2) {
            assert_eq!(two[0].until.tomorrow().expect("a day"), two[1].from, "{kind:?}");
        }
    }
}

#[test]
fn a_period_is_to_come_under_way_or_over() {
    let week = Period::of(Kind::Week, day("2026-11-18"));
    for (today, is_to_come, is_over) in [
        ("2026-11-15", true, false),
        ("2026-11-16", false, false),
        ("2026-11-22", false, false),
        ("2026-11-23", false, true),
    ] {
        assert_eq!((week.is_to_come(day(today)), week.is_over(day(today))), (is_to_come, is_over), "{today}");
    }
}

#[test]
fn a_year_is_named_by_its_beginning() {
    let calendar = Year { begins_month: 1, begins_day: 1 };
    for (year, of, name) in [
        (APRIL, "2026-03-31", "2025/26"),
        (APRIL, "2026-04-01", "2026/27"),
        (APRIL, "2099-12-31", "2099/00"),
        (calendar, "2026-03-31", "2026"),
    ] {
        assert_eq!(year.name(day(of)), name, "{of}");
    }
    assert!(!Year { begins_month: 2, begins_day: 29 }.is_whole() && APRIL.is_whole());
}

#[test]
fn a_period_is_told_as_people_say_it() {
    for (kind, words) in [
        (Kind::Day, "18 November 2026"),
        (Kind::Week, "16 November 2026 to 22 November 2026"),
        (Kind::Month, "November 2026"),
        (Kind::Quarter, "October to December 2026"),
    ] {
        assert_eq!(Period::of(kind, day("2026-11-18")).words(), words);
        assert_eq!(Kind::of(kind.key()), Some(kind));
    }
    assert_eq!(Kind::of("year"), None);
}
