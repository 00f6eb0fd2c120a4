//! The draw, against what `sha256sum` and `sort` give.

use super::*;

fn week(year: i16, number: i8) -> Week {
    Week::new(year, number).unwrap()
}

fn contacts() -> Vec<String> {
    (1..=10).map(|number| format!("C-{number}")).collect()
}

fn drawn(seed: &str, week: Week, many: usize) -> Vec<String> {
    let contacts = contacts();
    let ids: Vec<&str> = contacts.iter().map(String::as_str).collect();
    draw(seed, week, &ids, many).unwrap()
}

/// Made apart from this code: `printf '%s\n%s\n%s' clyde 2026-W48 C-6 | sha256sum` and so on, sorted.
#[test]
fn test_vectors() {
    let cases: [(&str, Week, usize, &[&str]); 5] = [
        ("clyde", week(2026, 48), 4, &["C-6", "C-1", "C-8", "C-3"]),
        ("clyde", week(2026, 48), 2, &["C-6", "C-1"]),
        ("clyde", week(2026, 49), 4, &["C-8", "C-9", "C-1", "C-2"]),
        ("forth", week(2026, 48), 4, &["C-2", "C-6", "C-8", "C-10"]),
        ("clyde", week(2026, 48), 0, &[]),
    ];
    for (seed, week, many, expected) in cases {
        assert_eq!(drawn(seed, week, many), expected, "{seed} {week} {many}");
    }
    assert_eq!(
        draw("Là", week(2020, 53), &["é", "e", "Ł"], 3).unwrap(),
        ["é", "Ł", "e"],
        "UTF-8 as it stands"
    );
}

#[test]
fn the_order_handed_in_does_not_matter_and_none_is_drawn_twice() {
    let mut contacts = contacts();
    contacts.reverse();
    let ids: Vec<&str> = contacts.iter().map(String::as_str).collect();
    let mut all = draw("clyde", week(2026, 48), &ids, 99).unwrap();
    assert_eq!(all[..4], drawn("clyde", week(2026, 48), 4));
    all.sort();
    contacts.sort();
    assert_eq!(all, contacts, "of ten records, ninety-nine are ten");
    assert_eq!(draw("clyde", week(2026, 48), &[], 3).unwrap(), [] as [String; 0]);
}

/// Three of ten in 1,000 weeks: each 300 times in the long run, give or take 14.5; none may be five times that away.
#[test]
fn every_record_is_as_likely() {
    let mut counts = BTreeMap::new();
    for year in 2000..2020 {
        for number in 1..=50 {
            for id in drawn("tay", week(year, number), 3) {
                *counts.entry(id).or_insert(0_i32) += 1;
            }
        }
    }
    assert_eq!(counts.len(), 10);
    for (id, count) in counts {
        assert!((count - 300).abs() < 73, "{id} was drawn {count} times");
    }
}

#[test]
fn what_cannot_be_drawn_from_is_refused() {
    let refusals = [
        (
            draw("clyde", week(2026, 48), &["C-1", "C-1"], 1),
            "The record ‘C-1’ stands there twice: name each record once.",
        ),
        (draw("a\nb", week(2026, 48), &["C-1"], 1), "The seed has a line break in it: write it on one line."),
        (
            draw("clyde", week(2026, 48), &["C\n1"], 1),
            "The identity \"C\\n1\" has a line break in it: write it on one line.",
        ),
    ];
    for (refused, sentence) in refusals {
        assert_eq!(refused.unwrap_err(), sentence);
    }
    assert_eq!(
        Week::new(2026, 54).unwrap_err(),
        "The year 2026 has no week 54: give a week from 1 to 52 or 53."
    );
    assert!(Week::new(2027, 53).is_err(), "2027 has 52 weeks");
    assert_eq!(week(2026, 53).to_string(), "2026-W53");
}
