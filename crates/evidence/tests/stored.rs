//! A stored fact must parse for ever: samples of each kind, as they were first written.

use std::collections::BTreeSet;

use evidence::evidence::rules::{Fact, apply};
use serde_json::{Value, json};

const SAMPLES: &str = include_str!("stored.jsonl");

/// The name of a fact's variant. Exhaustive, so that a new variant does not compile without a sample here.
fn variant(fact: &Fact) -> &'static str {
    match fact {
        Fact::Attached(_) => "attached",
        Fact::Withdrawn { .. } => "withdrawn",
    }
}

#[test]
fn every_kind_of_fact_has_a_sample_that_parses() {
    let mut seen = BTreeSet::new();
    let mut was = None;
    for line in SAMPLES.lines() {
        let sample: Value = serde_json::from_str(line).expect("a sample is JSON");
        let kind = sample["kind"].as_str().expect("a sample names its kind");
        let (noun, named) = kind.split_once('/').expect("a kind has a noun and a variant");
        assert_eq!(noun, "measure_evidence");
        let tagged = json!({ named: sample["body"] });
        let fact: Fact =
            serde_json::from_value(tagged.clone()).unwrap_or_else(|error| panic!("{kind}: {error}"));
        assert_eq!(variant(&fact), named);
        assert_eq!(
            serde_json::to_value(&fact).expect("it serialises"),
            tagged,
            "{kind} is written otherwise"
        );
        was = Some(apply(was, &fact));
        seen.insert(named.to_owned());
    }
    // As many as the match arms above.
    assert_eq!(seen.len(), 2, "a kind has no sample: {seen:?}");
}
