//! A stored fact must parse for ever: a sample of each kind.

use report::report::rules::{Fact, apply};
use serde_json::{Value, json};

const SAMPLES: &str = include_str!("stored.jsonl");

/// The name of a fact’s variant. Exhaustive, so that a new variant does not compile without a sample here.
fn variant(fact: &Fact) -> &'static str {
    match fact {
        Fact::Frozen(_) => "frozen",
    }
}

#[test]
fn every_kind_of_fact_has_a_sample_that_parses_and_is_written_as_it_was() {
    let mut editions = Vec::new();
    for line in SAMPLES.lines() {
        let sample: Value = serde_json::from_str(line).expect("a sample is JSON");
        let kind = sample["kind"].as_str().expect("a sample names its kind");
        let name = kind.strip_prefix("report/").expect("a kind of this room");
        let tagged = json!({ name: sample["body"] });
        let fact: Fact =
            serde_json::from_value(tagged.clone()).unwrap_or_else(|error| panic!("{line}: {error}"));
        assert_eq!(variant(&fact), name);
        assert_eq!(
            serde_json::to_value(&fact).expect("it serialises"),
            tagged,
            "{kind} is written otherwise"
        );
        let report = apply(&fact);
        let last = report.last;
        let page = publish::document::html(&last.tree);
        assert!(page.contains("Nothing counted") && page.contains("journal entry"), "{page}");
        editions.push((last.number, last.published.is_some(), last.is_provisional));
    }
    assert_eq!(editions, [(1, false, true), (2, true, false)]);
}
