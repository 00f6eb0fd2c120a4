//! A stored fact must parse for ever: one sample of each kind, as it was first written.

use std::collections::BTreeSet;

use round::{
    calendar::feed,
    group, meeting, month,
    notice::{self, subscription},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const SAMPLES: &str = include_str!("stored.jsonl");

/// The name of a fact's variant. Exhaustive, so that a new variant does not compile without a sample here.
trait Named: journal::Fact + std::fmt::Debug {
    fn variant(&self) -> &'static str;
}

impl Named for group::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Formed(_) => "formed",
            Self::TermsChanged { .. } => "terms_changed",
            Self::MemberAdded { .. } => "member_added",
            Self::MemberChanged { .. } => "member_changed",
            Self::MemberRemoved { .. } => "member_removed",
            Self::Ended { .. } => "ended",
        }
    }
}

impl Named for meeting::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Called { .. } => "called",
            Self::Moved { .. } => "moved",
            Self::Cancelled { .. } => "cancelled",
            Self::Held { .. } => "held",
            Self::MinutesRecorded { .. } => "minutes_recorded",
        }
    }
}

impl Named for month::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "opened",
            Self::Reminded { .. } => "reminded",
            Self::Escalated { .. } => "escalated",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Closed { .. } => "closed",
        }
    }
}

impl Named for feed::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "opened",
            Self::Revoked {} => "revoked",
        }
    }
}

impl Named for notice::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Written(_) => "written",
            Self::Taken { .. } => "taken",
            Self::Sent { .. } => "sent",
            Self::Failed { .. } => "failed",
        }
    }
}

impl Named for subscription::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Subscribed { .. } => "subscribed",
            Self::Unsubscribed {} => "unsubscribed",
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
    let written = serde_json::to_value(&fact).expect("it serialises");
    assert_eq!(written, tagged, "{noun}/{variant} is written otherwise");
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
        let parsed = parse::<group::rules::Fact>(noun, variant, body)
            .or_else(|| parse::<meeting::rules::Fact>(noun, variant, body))
            .or_else(|| parse::<month::rules::Fact>(noun, variant, body))
            .or_else(|| parse::<feed::rules::Fact>(noun, variant, body))
            .or_else(|| parse::<notice::rules::Fact>(noun, variant, body))
            .or_else(|| parse::<subscription::rules::Fact>(noun, variant, body));
        seen.insert(parsed.unwrap_or_else(|| panic!("{kind} is nobody's")));
    }
    // As many as the match arms above: 6 + 5 + 5 + 2 + 4 + 2.
    assert_eq!(seen.len(), 24, "a kind has no sample: {seen:?}");
}
