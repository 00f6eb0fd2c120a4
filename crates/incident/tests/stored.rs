//! A stored fact must parse for ever: one sample of each kind, as version 0.1.0 wrote it.

use std::collections::BTreeSet;

use incident::{appointment, closure, custody, grade, incident as itself, promise, response};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const SAMPLES: &str = include_str!("stored.jsonl");

/// The name of a fact's variant. Exhaustive, so that a new variant does not compile without a sample here.
trait Named: journal::Fact + std::fmt::Debug {
    fn variant(&self) -> &'static str;
}

impl Named for itself::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "opened",
            Self::ContactAttached { .. } => "contact_attached",
            Self::Classified { .. } => "classified",
            Self::Located { .. } => "located",
            Self::PersonAdded { .. } => "person_added",
            Self::PersonChanged { .. } => "person_changed",
            Self::Warned { .. } => "warned",
            Self::Logged { .. } => "logged",
            Self::Linked { .. } => "linked",
            Self::CrimeRecorded { .. } => "crime_recorded",
            Self::CrimeWithdrawn { .. } => "crime_withdrawn",
        }
    }
}

impl Named for grade::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Chosen(_) => "chosen",
            Self::DowngradeAsked(_) => "downgrade_asked",
            Self::DowngradeEndorsed { .. } => "downgrade_endorsed",
            Self::DowngradeRefused { .. } => "downgrade_refused",
            Self::Explained { .. } => "explained",
            Self::DowngradeReconsidered { .. } => "downgrade_reconsidered",
        }
    }
}

impl Named for custody::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Placed { .. } => "placed",
            Self::Called { .. } => "called",
            Self::Offered(_) => "offered",
            Self::Accepted { .. } => "accepted",
            Self::Returned { .. } => "returned",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }
}

impl Named for response::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Dispatched { .. } => "dispatched",
            Self::Arrived { .. } => "arrived",
            Self::Resulted { .. } => "resulted",
            Self::Reviewed(_) => "reviewed",
            Self::AttendanceDecided(_) => "attendance_decided",
        }
    }
}

impl Named for closure::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Closed(_) => "closed",
            Self::EndorsementAsked(_) => "endorsement_asked",
            Self::Endorsed { .. } => "endorsed",
            Self::SentBack { .. } => "sent_back",
            Self::Reopened { .. } => "reopened",
        }
    }
}

impl Named for promise::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Made(_) => "made",
            Self::Fulfilled { .. } => "fulfilled",
            Self::Withdrawn { .. } => "withdrawn",
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

impl Named for appointment::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Asked(_) => "asked",
            Self::Excepted { .. } => "excepted",
            Self::RebookingAllowed { .. } => "rebooking_allowed",
            Self::Booked(_) => "booked",
            Self::Rescheduled { .. } => "rescheduled",
            Self::Cancelled { .. } => "cancelled",
            Self::Missed { .. } => "missed",
            Self::Kept { .. } => "kept",
            Self::ConvertedToDispatch { .. } => "converted_to_dispatch",
            Self::NotWanted { .. } => "not_wanted",
        }
    }
}

#[test]
fn every_kind_of_fact_has_a_sample_that_parses() {
    let mut seen = BTreeSet::new();
    for line in SAMPLES.lines() {
        let sample: Value = serde_json::from_str(line).expect("a sample is JSON");
        let kind = sample["kind"].as_str().expect("a sample names its kind");
        let (noun, variant) = kind.split_once('/').expect("a kind has a noun and a variant");
        let body = &sample["body"];
        let parsed = parse::<itself::rules::Fact>(noun, variant, body)
            .or_else(|| parse::<grade::rules::Fact>(noun, variant, body))
            .or_else(|| parse::<custody::rules::Fact>(noun, variant, body))
            .or_else(|| parse::<response::rules::Fact>(noun, variant, body))
            .or_else(|| parse::<closure::rules::Fact>(noun, variant, body))
            .or_else(|| parse::<promise::rules::Fact>(noun, variant, body))
            .or_else(|| parse::<appointment::rules::Fact>(noun, variant, body));
        seen.insert(parsed.unwrap_or_else(|| panic!("{kind} is nobody's")));
    }
    // As many as the match arms above: 11 + 6 + 6 + 5 + 5 + 3 + 10.
    assert_eq!(seen.len(), 46, "a kind has no sample: {seen:?}");
}
