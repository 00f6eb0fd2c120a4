//! A stored fact must parse for ever: samples of each kind, as version 0.1.0 wrote it and as it is written now.

use std::collections::BTreeMap;

use publish::{
    document::{html, text},
    paper::{
        details::Kind,
        rows::presented,
        rules::{Fact, Paper, apply},
    },
};
use serde_json::{Value, json};

const SAMPLES: &str = include_str!("stored.jsonl");

/// The name of a fact's variant. Exhaustive, so that a new variant does not compile without a sample here.
fn variant(fact: &Fact) -> &'static str {
    match fact {
        Fact::Drafted(_) => "drafted",
        Fact::Edited(_) => "edited",
        Fact::Frozen(_) => "frozen",
    }
}

/// Every sample, checked to be written back as it was.
pub fn samples() -> Vec<Fact> {
    let samples = SAMPLES.lines().map(|line| {
        let sample: Value = serde_json::from_str(line).expect("a sample is JSON");
        let kind = sample["kind"].as_str().expect("a sample names its kind");
        let name = kind.strip_prefix("paper/").expect("a kind of this room");
        let tagged = json!({ name: sample["body"] });
        let fact: Fact =
            serde_json::from_value(tagged.clone()).unwrap_or_else(|error| panic!("{line}: {error}"));
        assert_eq!(variant(&fact), name);
        assert_eq!(
            serde_json::to_value(&fact).expect("it serialises"),
            tagged,
            "{kind} is written otherwise"
        );
        fact
    });
    samples.collect()
}

#[test]
fn every_kind_of_fact_has_a_sample_from_before_and_one_of_now() {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for fact in samples() {
        *seen.entry(variant(&fact)).or_default() += 1;
    }
    assert_eq!(seen, BTreeMap::from([("drafted", 2), ("edited", 2), ("frozen", 2)]));
}

#[test]
fn a_paper_of_version_0_1_0_is_a_plan_for_every_body() {
    let all = samples();
    let kinds: Vec<_> = all
        .iter()
        .filter_map(|fact| match fact {
            Fact::Drafted(details) | Fact::Edited(details) => Some((details.kind, details.has_appendix())),
            Fact::Frozen(_) => None,
        })
        .collect();
    assert_eq!(
        kinds,
        [(Kind::Plan, true), (Kind::Portfolio, false), (Kind::Plan, true), (Kind::Period, true)]
    );
}

#[test]
fn a_paper_that_was_frozen_before_still_renders_with_its_figures_as_they_were() {
    let all = samples();
    for frozen in [&all[4], &all[5]] {
        let paper: Paper = apply(Some(apply(None, &all[0])), frozen);
        let tree = &paper.frozen.as_ref().expect("it is frozen").tree;
        let shown = presented(tree, &paper.details.presented_by, "https://plans.example");
        let page = html(&shown);
        assert!(
            page.contains(
                "<a href=\"https://plans.example/recommendations?as_at=7@2026-12-01&amp;status=open"
            )
        );
        assert!(page.contains("<dd>ACC A. Person</dd>") && !page.contains('⟦'));
        let words: String = text(&shown).iter().map(ToString::to_string).collect();
        assert!(words.contains("1.1 3 are open."));
    }
    // Whoever presented it may be erased; the paper stays.
    let erased = apply(Some(apply(None, &all[2])), &all[4]);
    let tree = &erased.frozen.as_ref().expect("it is frozen").tree;
    let page = html(&presented(tree, &erased.details.presented_by, "https://plans.example"));
    assert!(page.contains("<dd>[erased]</dd>"));
}
