//! What may stand beside what.

use evidence::evidence::rules::{Attached, Claim, Counted, Kept, Part};
use jiff::civil::Date;
use journal::Id;
use measure::{asked::Step, catalogue::definition};

use super::together::{Seen, together};

/// A figure of so many contacts in each of some periods from that day.
fn contacts(step: Step, from: &str, division: &str, counts: &[i64]) -> Attached {
    let first: Date = from.parse().expect("a day");
    let mut start = first;
    let mut parts = Vec::new();
    for count in counts {
        let until = step.end(start);
        parts.push(Part { from: start, until, numerator: *count, denominator: 0, is_whole: true });
        start = until.tomorrow().expect("a day");
    }
    let until = parts.last().map_or(first, |part| part.until);
    let numerator = counts.iter().sum();
    Attached {
        recommendation: Id::read("018a645b-0000-7bb7-b19b-000000000001").expect("an identity"),
        action: String::new(),
        measure: "contacts".to_owned(),
        kept: Kept::of(definition("contacts").expect("a measure")),
        from: first,
        until,
        by: evidence::evidence::rules::step_word(step).to_owned(),
        division: division.to_owned(),
        claim: Claim::IsCounted,
        words: String::new(),
        although: String::new(),
        on: until,
        counted: Counted {
            entry: 9,
            edition: String::new(),
            versions: None,
            numerator,
            denominator: 0,
            records: numerator,
            parts,
        },
    }
}

#[test]
fn what_two_figures_give_away_together_is_not_shown() {
    use Seen::{Nothing, Parts, Whole};
    let weeks = || contacts(Step::Week, "2026-06-01", "", &[20, 30, 25, 40]);
    let days_of = |from: &str, counts: &[i64]| contacts(Step::Day, from, "", counts);
    let elsewhere = Attached { measure: "failure_demand".to_owned(), ..days_of("2026-06-01", &[18]) };
    let cases: [(&str, Vec<Attached>, &[Seen]); 8] = [
        ("one alone", vec![weeks()], &[Parts]),
        ("the same twice", vec![weeks(), weeks()], &[Parts, Parts]),
        ("one with a small period", vec![contacts(Step::Week, "2026-06-01", "", &[20, 3])], &[Whole]),
        ("other days", vec![weeks(), days_of("2026-07-01", &[9, 8])], &[Parts, Parts]),
        (
            "six days of a week: the seventh is 2",
            vec![weeks(), days_of("2026-06-01", &[6, 6, 6])],
            &[Parts, Nothing],
        ),
        ("six days of a week: the rest is 8", vec![weeks(), days_of("2026-06-01", &[6, 6])], &[Parts, Parts]),
        (
            "all but 3 are of one division",
            vec![weeks(), contacts(Step::Week, "2026-06-01", "E", &[17])],
            &[Parts, Nothing],
        ),
        ("another measure", vec![weeks(), elsewhere], &[Parts, Parts]),
    ];
    for (name, figures, expected) in cases {
        let figures: Vec<&Attached> = figures.iter().collect();
        assert_eq!(together(&figures), expected, "{name}");
    }
}
