//! A suggestion, never a decision: numbered rules of `definitions/grades.toml` over what is known so far. Pure.
//!
//! THRIVE "removed default call grading" (scotland.police.uk): nothing here grades. The advisor chooses, and both
//! the suggestion and the choice are facts.

use std::collections::BTreeSet;

use journal::Private;
use serde::{Deserialize, Serialize};

use super::{
    definition::{Condition, Rule, rules},
    words::Said,
};
use crate::{
    contact::rules::Channel,
    grade::Grade,
    thrive::rules::{Assessment, Element},
};

/// What is known so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Situation {
    /// How it came; nothing while that is not known.
    pub channel: Option<Channel>,
    /// Keys of the qualifiers that apply: "domestic".
    pub qualifiers: BTreeSet<String>,
    /// The assessment as far as it is made.
    pub assessment: Option<Assessment>,
    /// What the caller says, for the words that match a rule.
    pub narrative: Option<Private<String>>,
    /// How many earlier contacts about the same people or place there were in 28 days.
    pub repeats: usize,
}

/// Why: one rule that matched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The rule's number in `definitions/grades.toml`.
    pub rule: i64,
    /// The rule's own sentence.
    pub because: String,
}

/// The suggestion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The gravest grade of the rules that matched.
    pub grade: Grade,
    /// Why, the deciding rules first.
    pub reasons: Vec<Reason>,
    /// What to ask before finishing: a question that could change it.
    pub ask: Vec<String>,
    /// The version of the rules.
    pub definition: i64,
}

/// The grade that the rules suggest for what is known so far, why, and what to ask. Never a decision.
pub fn suggest(situation: &Situation) -> Suggestion {
    let said = Said::of(situation.narrative.as_ref().and_then(Private::known).map_or("", String::as_str));
    let matched: Vec<&Rule> =
        rules().rule.iter().filter(|rule| missing(rule, situation, &said) == 0).collect();
    // The rules stand with the gravest first, and the last of them always matches.
    let grade = matched.first().map_or(Grade::OtherResolution, |rule| rule.grade);
    let reasons = matched.iter().map(|rule| Reason { rule: rule.number, because: rule.because.clone() });
    Suggestion {
        grade,
        reasons: reasons.collect(),
        ask: ask(situation, &said, grade),
        definition: rules().version,
    }
}

/// The questions whose answers could make it graver, and the elements that were not considered.
fn ask(situation: &Situation, said: &Said, grade: Grade) -> Vec<String> {
    let near = |rule: &&Rule| rule.grade > grade && rule.all.len() > 1 && missing(rule, situation, said) == 1;
    let questions = rules().rule.iter().filter(near).filter(|rule| !rule.ask.is_empty());
    let mut ask: Vec<String> = questions.map(|rule| rule.ask.clone()).collect();
    let assessment = situation.assessment.as_ref();
    let blank = |element: &Element| assessment.is_none_or(|made| made.level(*element).is_none());
    let open: Vec<&str> = Element::ALL.into_iter().filter(blank).map(Element::words).collect();
    if !open.is_empty() && open.len() < Element::ALL.len() {
        ask.push(format!("Not considered yet: {}.", open.join(", ")));
    }
    if assessment.is_some_and(|made| made.for_want_of_ambulance && made.clinical_assessment_made.is_none()) {
        ask.push(crate::thrive::definition::definition().ambulance.clinical.clone());
    }
    ask
}

/// How many of a rule's conditions do not hold.
fn missing(rule: &Rule, situation: &Situation, said: &Said) -> usize {
    rule.all.iter().filter(|condition| !holds(condition, situation, said)).count()
}

fn holds(condition: &Condition, situation: &Situation, said: &Said) -> bool {
    let made = situation.assessment.as_ref();
    match condition {
        Condition::Element { key, at_least } => {
            made.and_then(|made| made.level(*key)).is_some_and(|level| level >= *at_least)
        }
        Condition::Marker(keys) => made.is_some_and(|made| keys.iter().any(|key| made.markers.contains(key))),
        Condition::Vulnerable(_) => made.is_some_and(Assessment::is_vulnerable),
        Condition::Qualifier(keys) => keys.iter().any(|key| situation.qualifiers.contains(key)),
        Condition::Channel(channels) => situation.channel.is_some_and(|channel| channels.contains(&channel)),
        Condition::Words(all) => said.has_any(all),
        Condition::Repeats(least) => situation.repeats >= *least,
        Condition::Incomplete(_) => made.is_none_or(|made| !made.is_complete()),
    }
}
