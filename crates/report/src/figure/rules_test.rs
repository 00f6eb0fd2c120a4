//! The table of figures: what is counted, what is not, what is provisional, and what changed.

use std::collections::BTreeMap;

use jiff::civil::Date;
use measure::{
    catalogue::{Versions, definition},
    figure::rows::Sum,
};

use super::{Change, Count, Counted, Figure, Sums, Which, changes, figure};
use crate::period::rules::{Kind, Period};

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

fn count(numerator: i64, denominator: i64) -> Count {
    Count { numerator, denominator }
}

fn sum(measure: &str, of: &str, numerator: i64, denominator: i64) -> (String, Sum) {
    (measure.to_owned(), Sum { of: of.to_owned(), numerator, denominator })
}

fn week() -> Period {
    Period::of(Kind::Week, day("2026-11-18"))
}

fn kept(sums: &Sums, today: &str) -> Figure {
    figure((definition("appointments_kept").expect("a measure"), None), week(), day(today), false, sums)
}

#[test]
fn a_figure_is_the_sum_of_its_divisions_and_of_nothing_else() {
    let sums = Sums {
        period: vec![
            sum("appointments_kept", "", 1, 2),
            sum("appointments_kept", "E", 4, 4),
            sum("contacts", "E", 9, 0),
        ],
        before: vec![sum("appointments_kept", "E", 3, 5)],
        year_to_date: vec![sum("appointments_kept", "E", 40, 50), sum("appointments_kept", "K", 1, 1)],
        ..Sums::default()
    };
    let one = kept(&sums, "2026-12-10");
    assert_eq!(
        (one.period, one.before, one.year_to_date, one.last_year),
        (count(5, 6), count(3, 5), count(41, 51), count(0, 0))
    );
    assert_eq!(one.divisions.values().copied().collect::<Vec<_>>(), [count(1, 2), count(4, 4)]);
    let kept = definition("appointments_kept").expect("a measure");
    assert_eq!(
        (one.period.whole(kept), one.last_year.whole(kept)),
        ("83.3% (5 of 6)".into(), "Nothing counted".into())
    );
    // Nought of some is a share; nought of none is none. A plain count says so, too.
    let contacts = definition("contacts").expect("a measure");
    assert_eq!(
        (count(0, 3).told(kept), count(0, 0).told(contacts)),
        ("0.0%".into(), "Nothing counted".into())
    );
    let of_one = figure((kept, None), week(), day("2026-12-10"), true, &sums);
    assert!(of_one.divisions.is_empty() && of_one.period == one.period);
}

#[test]
fn a_figure_is_provisional_until_its_measure_has_settled() {
    // Appointments settle after two days; failure demand after 28.
    for (today, is_provisional) in
        [("2026-11-20", true), ("2026-11-22", true), ("2026-11-23", true), ("2026-11-24", false)]
    {
        assert_eq!(kept(&Sums::default(), today).is_provisional, is_provisional, "{today}");
    }
    let slow = definition("failure_demand").expect("a measure");
    for (today, is_provisional) in [("2026-12-19", true), ("2026-12-20", false)] {
        assert_eq!(
            figure((slow, None), week(), day(today), false, &Sums::default()).is_provisional,
            is_provisional,
            "{today}"
        );
    }
}

#[test]
fn the_chart_begins_where_the_record_does_and_ends_with_the_last_whole_period() {
    let sums = Sums {
        days: vec![
            sum("appointments_kept", "2026-10-25", 1, 1),
            sum("appointments_kept", "2026-10-26", 1, 2),
            sum("appointments_kept", "2026-11-22", 3, 4),
        ],
        ..Sums::default()
    };
    let of = |today| {
        kept(&sums, today).series.iter().map(|(day, count)| (day.to_string(), *count)).collect::<Vec<_>>()
    };
    let whole = [
        ("2026-10-19".to_owned(), count(1, 1)),
        ("2026-10-26".to_owned(), count(1, 2)),
        ("2026-11-02".to_owned(), count(0, 0)),
        ("2026-11-09".to_owned(), count(0, 0)),
        ("2026-11-16".to_owned(), count(3, 4)),
    ];
    assert_eq!(of("2026-11-23"), whole);
    assert_eq!(of("2026-11-22"), whole[..4], "a week under way is no point");
    let one = kept(&sums, "2026-11-23");
    let definition = definition("appointments_kept").expect("a measure");
    assert_eq!(one.verdict(definition).0, "Not enough data");
    assert_eq!(one.drawing(definition, "Kept").expect("three values").dots.len(), 3);
}

#[test]
fn where_another_version_counts_otherwise_a_new_phase_begins_and_the_chart_says_so() {
    let day_of = |week: i64| day("2026-08-03").saturating_add(jiff::Span::new().days(7 * week));
    let weeks = |numerator: i64| move |week: i64| (day_of(week), count(numerator + week % 2, 10));
    let series: Vec<_> = (0..8).map(weeks(8)).chain((8..15).map(weeks(2))).collect();
    let kept = definition("appointments_kept").expect("a measure");
    let carried = Versions {
        definition: serde_json::from_str(
            r#"[{"version":1,"from":"2020-11-01"},{"version":2,"from":"2026-09-28"}]"#,
        )
        .expect("it is read"),
        ..Versions::default()
    };
    let by_one = Figure { series, ..kept_whole() };
    let by_two = Figure { versions: Some(carried), ..by_one.clone() };
    assert_eq!(by_one.verdict(kept).0, "Getting worse", "as if nothing else were counted");
    assert_eq!(by_two.verdict(kept).0, "No significant change");
    let drawing = by_two.drawing(kept, "Kept").expect("it is drawn");
    assert_eq!(drawing.marks.len(), 1);
    assert!(drawing.description.ends_with("Version 2 from 28 September 2026."), "{}", drawing.description);
    assert!(by_one.drawing(kept, "Kept").expect("it is drawn").marks.is_empty());
}

fn kept_whole() -> Figure {
    kept(&Sums::default(), "2026-12-10")
}

#[test]
fn what_changed_between_editions_is_named_and_nothing_else() {
    let counted = |figures| Counted { at: 1, on: day("2026-11-23"), definitions: String::new(), figures };
    let with = |measure: &str, period, divisions: &[(&str, Count)]| Figure {
        measure: measure.to_owned(),
        version: 1,
        versions: None,
        period,
        before: count(3, 5),
        year_to_date: count(9, 10),
        last_year: count(0, 0),
        is_provisional: false,
        divisions: divisions.iter().map(|(letter, count)| ((*letter).to_owned(), *count)).collect(),
        months: BTreeMap::new(),
        series: Vec::new(),
    };
    let change = |measure: &str, which, was, now| Change { measure: measure.to_owned(), which, was, now };
    let was = counted(vec![with("a", count(5, 6), &[("E", count(5, 6))]), with("b", count(1, 1), &[])]);
    assert_eq!(changes(&was, &was), []);
    let provisional = Counted { at: 9, ..was.clone() };
    assert_eq!(changes(&was, &provisional), [], "a later entry alone changes no figure");
    let now = counted(vec![
        with("a", count(6, 7), &[("E", count(5, 6)), ("K", count(1, 1))]),
        with("c", count(2, 2), &[]),
    ]);
    let found = changes(&was, &now);
    assert_eq!(found[0], change("a", Which::Period, Some(count(5, 6)), Some(count(6, 7))));
    assert_eq!(found[1], change("a", Which::Division("K".into()), Some(count(0, 0)), Some(count(1, 1))));
    assert_eq!(found[2], change("c", Which::Period, None, Some(count(2, 2))));
    assert_eq!(found.iter().filter(|one| one.measure == "c" && one.was.is_none()).count(), 4);
    assert_eq!(found.iter().filter(|one| one.measure == "b" && one.now.is_none()).count(), 4);
    assert_eq!(found.len(), 10);
}
