//! A stored fact must parse for ever: one sample of each kind, as version 0.1.0 wrote it.

use std::collections::BTreeSet;

use plan::{
    action, area, classification, comment, dependency, finding, inspection, measured, post, programme,
    published, recommendation, source, target, underway, update, view,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const SAMPLES: &str = include_str!("stored.jsonl");

/// The name of a fact's variant. Exhaustive, so that a new variant does not compile without a sample here.
trait Named: journal::Fact + std::fmt::Debug {
    fn variant(&self) -> &'static str;
}

impl Named for inspection::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Registered(_) => "registered",
            Self::Corrected { .. } => "corrected",
        }
    }
}

impl Named for recommendation::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Made { .. } => "made",
            Self::Reworded { .. } => "reworded",
            Self::Aliased { .. } => "aliased",
            Self::Reassigned { .. } => "reassigned",
            Self::Rated { .. } => "rated",
            Self::ImpactRestated { .. } => "impact_restated",
            Self::EvidenceAssembled { .. } => "evidence_assembled",
            Self::ProposedForClosure { .. } => "proposed_for_closure",
            Self::Returned { .. } => "returned",
            Self::Discharged { .. } => "discharged",
            Self::Superseded { .. } => "superseded",
        }
    }
}

impl Named for target::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Set { .. } => "set",
            Self::Moved { .. } => "moved",
            Self::Categorised { .. } => "categorised",
        }
    }
}

impl Named for action::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Added { .. } => "added",
            Self::Finished { .. } => "finished",
            Self::Reopened { .. } => "reopened",
            Self::Changed { .. } => "changed",
            Self::Staged { .. } => "staged",
            Self::TargetMoved { .. } => "target_moved",
        }
    }
}

impl Named for update::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Added { .. } => "added",
            Self::Inherited { .. } => "inherited",
        }
    }
}

impl Named for classification::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Addressed { .. } => "addressed",
            Self::Themed { .. } => "themed",
            Self::Prioritised { .. } => "prioritised",
            Self::Linked { .. } => "linked",
            Self::Overseen { .. } => "overseen",
        }
    }
}

impl Named for dependency::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Added { .. } => "added",
            Self::Removed { .. } => "removed",
        }
    }
}

impl Named for published::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::CarriedIn { .. } => "carried_in",
        }
    }
}

impl Named for area::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Made { .. } => "made",
            Self::Reworded { .. } => "reworded",
            Self::Mapped { .. } => "mapped",
            Self::Unmapped { .. } => "unmapped",
            Self::Contested { .. } => "contested",
            Self::Settled { .. } => "settled",
            Self::Closed { .. } => "closed",
            Self::Reopened { .. } => "reopened",
        }
    }
}

impl Named for programme::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Registered { .. } => "registered",
            Self::Renamed { .. } => "renamed",
            Self::Aliased { .. } => "aliased",
            Self::Ended { .. } => "ended",
            Self::Corrected { .. } => "corrected",
        }
    }
}

impl Named for underway::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Announced { .. } => "announced",
            Self::Advanced { .. } => "advanced",
            Self::Published { .. } => "published",
            Self::Abandoned { .. } => "abandoned",
            Self::Corrected { .. } => "corrected",
        }
    }
}

impl Named for view::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Saved { .. } => "saved",
            Self::Changed { .. } => "changed",
            Self::Deleted { .. } => "deleted",
        }
    }
}

impl Named for comment::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Said { .. } => "said",
            Self::Struck { .. } => "struck",
        }
    }
}

impl Named for post::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Created { .. } => "created",
            Self::Held { .. } => "held",
            Self::Released { .. } => "released",
        }
    }
}

impl Named for source::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Registered { .. } => "registered",
            Self::Corrected { .. } => "corrected",
            Self::Cited { .. } => "cited",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }
}

impl Named for finding::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Accepted { .. } => "accepted",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }
}

impl Named for measured::rules::Fact {
    fn variant(&self) -> &'static str {
        match self {
            Self::Told { .. } => "told",
            Self::TakenBack { .. } => "taken_back",
            Self::Overlooked { .. } => "overlooked",
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
        let parsed = parse::<inspection::rules::Fact>(noun, variant, body)
            .or_else(|| parse::<recommendation::rules::Fact>(noun, variant, body))
            .or_else(|| parse::<target::rules::Fact>(noun, variant, body))
            .or_else(|| parse::<action::rules::Fact>(noun, variant, body))
            .or_else(|| parse::<update::rules::Fact>(noun, variant, body))
            .or_else(|| parse::<dependency::rules::Fact>(noun, variant, body))
            .or_else(|| parse::<classification::rules::Fact>(noun, variant, body))
            .or_else(|| parse::<published::rules::Fact>(noun, variant, body))
            .or_else(|| parse::<area::rules::Fact>(noun, variant, body))
            .or_else(|| parse::<programme::rules::Fact>(noun, variant, body))
            .or_else(|| parse::<underway::rules::Fact>(noun, variant, body))
            .or_else(|| parse::<view::rules::Fact>(noun, variant, body))
            .or_else(|| parse::<comment::rules::Fact>(noun, variant, body))
            .or_else(|| parse::<post::rules::Fact>(noun, variant, body))
            .or_else(|| parse::<source::rules::Fact>(noun, variant, body))
            .or_else(|| parse::<finding::rules::Fact>(noun, variant, body))
            .or_else(|| parse::<measured::rules::Fact>(noun, variant, body));
        seen.insert(parsed.unwrap_or_else(|| panic!("{kind} is nobody's")));
    }
    // As many as the match arms above: 2 + 11 + 3 + 6 + 2 + 5 + 2 + 1 + 8 + 5 + 5 + 3 + 2 + 3 + 4 + 2 + 3.
    assert_eq!(seen.len(), 67, "a kind has no sample: {seen:?}");
}
