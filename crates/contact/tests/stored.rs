//! A stored fact must parse for ever: one sample of each kind, as version 0.1.0 wrote it.

use std::collections::BTreeSet;

use contact::{contact as contacts, outage, place, preference, thrive};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const SAMPLES: &str = include_str!("stored.jsonl");

/// The name of a fact's variant. Exhaustive, so that a new variant does not compile without a sample here.
trait Named: journal::Fact + std::fmt::Debug {
    fn variant(&self) -> &'static str;
}

impl Named for contacts::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Received(_) => "received",
            Self::Discontinued { .. } => "discontinued",
            Self::Answered { .. } => "answered",
            Self::CallerDescribed(_) => "caller_described",
            Self::Located(_) => "located",
            Self::Told { .. } => "told",
            Self::Linked(_) => "linked",
            Self::Unlinked { .. } => "unlinked",
            Self::Attached { .. } => "attached",
            Self::Checked { .. } => "checked",
            Self::Coded(_) => "coded",
            Self::GivenUpBefore(_) => "given_up_before",
            Self::CodeTakenBack(_) => "code_taken_back",
            Self::Ended(_) => "ended",
        }
    }
}

impl Named for outage::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Began { .. } => "began",
            Self::Ended { .. } => "ended",
            Self::Corrected { .. } => "corrected",
            Self::TakenBack { .. } => "taken_back",
        }
    }
}

impl Named for preference::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Given(_) => "given",
        }
    }
}

impl Named for thrive::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Assessed(_) => "assessed",
        }
    }
}

impl Named for place::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Imported { .. } => "imported",
        }
    }
}

/// Parses a sample of `F`'s noun, checks that it is written back as it was, and names its kind.
fn parse<F: Named + DeserializeOwned>(noun: &str, variant: &str, body: &Value) -> Option<String> {
    if noun != F::NOUN {
        return None;
    }
    let tagged = json!({ variant: body });
    let fact: F =
        serde_json::from_value(tagged.clone()).unwrap_or_else(|error| panic!("{noun}/{variant}: {error}"));
    assert_eq!(fact.variant(), variant);
    assert_eq!(
        serde_json::to_value(&fact).expect("it serialises"),
        tagged,
        "{noun}/{variant} is written otherwise"
    );
    Some(format!("{noun}/{variant}"))
}

#[test]
fn every_kind_of_fact_has_a_sample_that_parses() {
    let mut seen = BTreeSet::new();
    for line in SAMPLES.lines() {
        let sample: Value = serde_json::from_str(line).expect("a sample is JSON");
        let kind = sample["kind"].as_str().expect("a sample names its kind");
        let (noun, variant) = kind.split_once('/').expect("a kind has a noun and a variant");
        let body = &sample["body"];
        let parsed = parse::<contacts::rules::Fact>(noun, variant, body)
            .or_else(|| parse::<outage::rules::Fact>(noun, variant, body))
            .or_else(|| parse::<preference::rules::Fact>(noun, variant, body))
            .or_else(|| parse::<thrive::rules::Fact>(noun, variant, body))
            .or_else(|| parse::<place::rules::Fact>(noun, variant, body));
        seen.insert(parsed.unwrap_or_else(|| panic!("{kind} is nobody's")));
    }
    // As many as the match arms above: 14 + 4 + 1 + 1 + 1.
    assert_eq!(seen.len(), 21, "a kind has no sample: {seen:?}");
}
