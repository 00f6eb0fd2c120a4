//! The table of what is suppressed, and a reader who subtracts.

use std::collections::BTreeMap;

use jiff::civil::Date;
use measure::catalogue::definition;

use super::{Earlier, Shown, protect};
use crate::{
    figure::rules::{Count, Figure},
    period::rules::{Kind, Period},
};

fn period(kind: Kind, day: &str) -> Period {
    Period::of(kind, day.parse::<Date>().expect("a day"))
}

fn figure(measure: &str, divisions: &[(&str, i64, i64)]) -> Figure {
    let count = |numerator, denominator| Count { numerator, denominator };
    let divisions: BTreeMap<String, Count> =
        divisions.iter().map(|(letter, n, d)| ((*letter).to_owned(), count(*n, *d))).collect();
    let total = divisions.values().fold(Count::default(), |sum, one| {
        count(sum.numerator + one.numerator, sum.denominator + one.denominator)
    });
    Figure {
        measure: measure.to_owned(),
        version: 1,
        versions: None,
        period: total,
        before: Count::default(),
        year_to_date: total,
        last_year: Count::default(),
        is_provisional: false,
        divisions,
        months: BTreeMap::new(),
        series: Vec::new(),
    }
}

/// Sixty of a hundred in every division there is: what has none is nought, and so hidden, with one of these beside it.
fn large() -> Vec<(&'static str, i64, i64)> {
    let divisions = contact::unit::valid("2026-10-01".parse().expect("a day")).into_iter();
    divisions.filter(|unit| !unit.letter.is_empty()).map(|unit| (unit.letter.as_str(), 60, 100)).collect()
}

fn with(changed: &[(&'static str, i64, i64)]) -> Vec<(&'static str, i64, i64)> {
    let own =
        |one: (&'static str, i64, i64)| *changed.iter().find(|(letter, ..)| *letter == one.0).unwrap_or(&one);
    large().into_iter().map(own).collect()
}

fn shown(measure: &str, kind: Kind, day: &str, divisions: &[(&str, i64, i64)], earlier: &[Earlier]) -> Shown {
    let (pack, period) = (format!("authority_{}ly", kind.key()), period(kind, day));
    protect(definition(measure).expect("a measure"), (&pack, period), &figure(measure, divisions), earlier)
        .expect("it is protected")
}

fn published(measure: &str, kind: Kind, day: &str, divisions: &[(&str, i64, i64)], shown: Shown) -> Earlier {
    let counts = figure(measure, divisions).divisions;
    let (pack, months) = (format!("authority_{}ly", kind.key()), BTreeMap::new());
    Earlier { pack, period: period(kind, day), shown, counts, months }
}

/// The first day of a month, and what was counted in it by division.
type Month = (&'static str, Vec<(&'static str, i64, i64)>);

/// A quarter of these months.
fn quarter(months: &[Month]) -> Figure {
    let mut sums: BTreeMap<&'static str, (i64, i64)> = BTreeMap::new();
    for (letter, numerator, denominator) in months.iter().flat_map(|(_, all)| all) {
        let sum = sums.entry(letter).or_default();
        *sum = (sum.0 + numerator, sum.1 + denominator);
    }
    let sums: Vec<(&str, i64, i64)> = sums.into_iter().map(|(letter, (n, d))| (letter, n, d)).collect();
    let by_month =
        |(day, all): &(&str, Vec<_>)| (day.parse().expect("a day"), figure("contacts", all).divisions);
    Figure { months: months.iter().map(by_month).collect(), ..figure("contacts", &sums) }
}

#[test]
fn a_quarter_is_held_to_its_months_though_one_of_them_was_corrected() {
    let contacts = definition("contacts").expect("a measure");
    let of = |day: &'static str, own| (day, with(&[("E", own, 0)]));
    let mut months = vec![of("2026-07-01", 400), of("2026-08-01", 2), of("2026-09-01", 400)];
    let mut earlier = Vec::new();
    for (day, all) in &months {
        let month = shown("contacts", Kind::Month, day, all, &earlier);
        earlier.push(published("contacts", Kind::Month, day, all, month));
    }
    // Late contacts of another division, in September: nothing of E was corrected.
    months[2].1 = with(&[("E", 400, 0), ("D", 63, 100)]);
    let now = quarter(&months);
    let of_quarter = ("authority_quarterly", period(Kind::Quarter, "2026-07-01"));
    let found =
        protect(contacts, of_quarter, &now, &earlier).expect("what was corrected is no contradiction");
    assert!(!found.is_shown(contacts, Some("E")), "802 less 400 and 400 is the 2 of August");
    assert!(found.is_shown(contacts, Some("D")), "a corrected number is another");
    // And a month after the quarter is held to the quarter.
    let kept = Earlier {
        pack: of_quarter.0.to_owned(),
        period: of_quarter.1,
        shown: found,
        counts: now.divisions.clone(),
        months: now.months.clone(),
    };
    let all: Vec<Earlier> = earlier.into_iter().chain([kept]).collect();
    let again = figure("contacts", &months[2].1);
    let of_month = ("authority_monthly", period(Kind::Month, "2026-09-01"));
    let found = protect(contacts, of_month, &again, &all).expect("it is protected");
    assert!(found.is_shown(contacts, Some("D")) && found.is_shown(contacts, Some("E")));
}

#[test]
fn a_small_number_is_hidden_with_another_beside_it_and_large_ones_are_shown() {
    for (measure, small) in
        [("appointments_kept", ("E", 3, 4)), ("contacts", ("E", 2, 0)), ("answer_wait", ("E", 90, 3))]
    {
        let definition = definition(measure).expect("a measure");
        let all = with(&[small]);
        let shown = shown(measure, Kind::Month, "2026-10-01", &all, &[]);
        assert!(!shown.is_shown(definition, Some("E")), "{measure}");
        // Else the total gives it back.
        let hidden = shown.letters().filter(|letter| !shown.is_shown(definition, Some(letter))).count();
        assert!(hidden >= 2 || !shown.is_shown(definition, None), "{measure}: {hidden} hidden");
        assert!(
            shown.letters().any(|letter| shown.is_shown(definition, Some(letter))),
            "{measure}: nothing is shown"
        );
    }
}

#[test]
fn nought_of_none_is_hidden_like_one_of_four_and_the_rest_of_a_share_counts() {
    let kept = definition("appointments_kept").expect("a measure");
    for small in [("E", 0, 0), ("E", 0, 40), ("E", 38, 40), ("E", 1, 4)] {
        let shown = shown("appointments_kept", Kind::Month, "2026-10-01", &with(&[small]), &[]);
        assert!(!shown.is_shown(kept, Some("E")), "{small:?}");
    }
    let shown = shown("appointments_kept", Kind::Month, "2026-10-01", &with(&[("E", 2_000, 4_000)]), &[]);
    assert!(shown.is_shown(kept, Some("E")) && shown.is_shown(kept, None));
}

#[test]
fn a_quarter_does_not_give_back_what_its_months_hide() {
    let contacts = definition("contacts").expect("a measure");
    let mut earlier = Vec::new();
    for (day, own) in [("2026-07-01", 400), ("2026-08-01", 2), ("2026-09-01", 400)] {
        let all = with(&[("E", own, 0)]);
        let month = shown("contacts", Kind::Month, day, &all, &earlier);
        earlier.push(published("contacts", Kind::Month, day, &all, month));
    }
    let quarter: Vec<_> =
        large().into_iter().map(|(letter, ..)| (letter, if letter == "E" { 802 } else { 180 }, 0)).collect();
    let found = shown("contacts", Kind::Quarter, "2026-07-01", &quarter, &earlier);
    // 802 less 400 and 400 would be the 2 of August.
    let months: Vec<bool> = earlier.iter().map(|one| one.shown.is_shown(contacts, Some("E"))).collect();
    assert_eq!((months, found.is_shown(contacts, Some("E"))), (vec![true, false, true], false));
}

#[test]
fn what_an_edition_hid_a_later_one_hides_though_it_was_corrected() {
    let contacts = definition("contacts").expect("a measure");
    let first = with(&[("E", 4, 0)]);
    let one = shown("contacts", Kind::Month, "2026-10-01", &first, &[]);
    let earlier = [published("contacts", Kind::Month, "2026-10-01", &first, one)];
    let second = shown("contacts", Kind::Month, "2026-10-01", &with(&[("E", 9, 0)]), &earlier);
    assert!(!second.is_shown(contacts, Some("E")), "nine less what it was gives four");
    let other = shown("contacts", Kind::Month, "2026-11-01", &with(&[("E", 900, 0)]), &earlier);
    assert!(other.is_shown(contacts, Some("E")), "another month has nothing to subtract");
}

#[test]
fn a_share_of_more_than_there_is_is_not_published() {
    let kept = definition("appointments_kept").expect("a measure");
    let figure = figure("appointments_kept", &with(&[("E", 41, 40)]));
    let refused = protect(kept, ("authority_monthly", period(Kind::Month, "2026-10-01")), &figure, &[])
        .expect_err("it is refused");
    assert!(refused.contains("counts more than there is"), "{refused}");
}
