//! The table of what may happen to a report.

use std::collections::BTreeMap;

use jiff::civil::Date;
use journal::Refusal;
use publish::document::Draft;

use super::{Command, Edition, Fact, Frozen, Known, Report, apply, decide, reason};
use crate::{
    figure::rules::{Count, Counted, Figure},
    pack::rules::About,
    period::rules::{Kind, Period},
};

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

fn about() -> About {
    let period = Period::of(Kind::Week, day("2026-11-18"));
    About { pack: "control_room_weekly".into(), period, division: String::new() }
}

fn edition(number: i64, reason: &str, numerator: i64, is_provisional: bool) -> Edition {
    let figure = Figure {
        measure: "contacts".into(),
        version: 1,
        versions: None,
        period: Count { numerator, denominator: 0 },
        before: Count::default(),
        year_to_date: Count { numerator, denominator: 0 },
        last_year: Count::default(),
        is_provisional,
        divisions: std::iter::once(("E".to_owned(), Count { numerator, denominator: 0 })).collect(),
        months: BTreeMap::new(),
        series: Vec::new(),
    };
    let mut draft = Draft::new("A report", day("2026-11-23"));
    draft.paragraph("What was counted.");
    Edition {
        number,
        reason: reason.into(),
        pack_version: 1,
        counted: Counted {
            at: 40 + number,
            on: day("2026-11-23"),
            definitions: "1".into(),
            figures: vec![figure],
        },
        is_provisional,
        tree: Box::new(draft.finish().expect("a document")),
        published: None,
    }
}

fn frozen(was: Option<&Report>, edition: Edition, today: &str) -> Result<Fact, Refusal> {
    let command = Command::Freeze(Frozen { about: about(), edition });
    decide(&Known { today: day(today) }, was, command)
}

#[test]
fn a_report_is_frozen_once_and_again_only_where_something_changed_and_why() {
    let first = frozen(None, edition(1, "", 5, true), "2026-11-23").expect("it is frozen");
    let was = apply(&first);
    assert_eq!((was.last.number, was.about.clone()), (1, about()));
    for (edition, today, expected) in [
        (edition(1, "", 5, true), "2026-11-15", Err(("period", "still to come"))),
        (edition(1, "Late records", 6, true), "2026-11-24", Err(("period", "in the meantime"))),
        (edition(3, "Late records", 6, true), "2026-11-24", Err(("period", "in the meantime"))),
        (edition(2, "  ", 6, true), "2026-11-24", Err(("reason", "is missing"))),
        (edition(2, "Late records", 5, true), "2026-11-24", Err(("period", "No figure changed"))),
        (edition(2, " Late records ", 6, true), "2026-11-24", Ok("Late records")),
        // Nothing changed but that it is settled: that is worth an edition.
        (edition(2, "Settled", 5, false), "2026-12-24", Ok("Settled")),
    ] {
        let was = if today < "2026-11-16" { None } else { Some(&was) };
        match (frozen(was, edition, today), expected) {
            (Ok(fact), Ok(reason)) => {
                let now = apply(&fact);
                assert_eq!((now.last.number, now.last.reason.as_str()), (2, reason));
            }
            (Err(refusal), Err((field, told))) => {
                assert!(refusal.field == field && refusal.sentence.contains(told), "{told}: {refusal}");
            }
            (decided, expected) => panic!("{decided:?}, not {expected:?}"),
        }
    }
}

#[test]
fn a_first_edition_needs_no_reason_and_keeps_none() {
    assert_eq!(reason(None, "because").expect("none is needed"), "");
    let first = edition(1, "", 5, false);
    assert!(reason(Some(&first), "").is_err());
    assert!(reason(Some(&first), &"x".repeat(4_001)).is_err());
}
