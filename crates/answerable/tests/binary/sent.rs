//! What was sent to a server that may have been killed, held against what is there afterwards.
//!
//! What was acknowledged is there exactly once and whole. What was not may be there or not, and is whole where it
//! is. What nobody sent is not there.

use std::collections::BTreeMap;

use serde_json::Value;

/// One command.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// A recommendation with its first target: two facts in one transaction.
    Recommendation { text: String, target: String },
    /// An update.
    Update { text: String },
    /// An action.
    Action { number: String, text: String },
}

/// One command as it was sent.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The reference of the recommendation it is about.
    pub about: String,
    pub what: What,
    /// Whether the server said that it is done.
    pub acknowledged: bool,
}

/// What the register says of one recommendation, as commands that would have made it.
fn found(recommendation: &Value) -> Vec<What> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |name: &str| recommendation[name].as_array().cloned().unwrap_or_default();
    let made = What::Recommendation {
        text: text(&recommendation["text"]),
        target: text(&recommendation["first_target"]),
    };
    let updates = list("updates").into_iter().map(|one| What::Update { text: text(&one["text"]) });
    let actions = list("actions")
        .into_iter()
        .map(|one| What::Action { number: text(&one["number"]), text: text(&one["text"]) });
    std::iter::once(made).chain(updates).chain(actions).collect()
}

/// What is wrong with `register` after `sent`; nothing, one hopes.
pub fn faults(sent: &[Sent], register: &Value) -> Vec<String> {
    let mut there: BTreeMap<String, Vec<What>> = BTreeMap::new();
    for recommendation in register["recommendations"].as_array().expect("recommendations") {
        let reference = recommendation["reference"].as_str().expect("a reference").to_owned();
        there.entry(reference).or_default().extend(found(recommendation));
    }
    let mut faults = Vec::new();
    for one in sent {
        let mine = there.get_mut(&one.about);
        let before = mine.as_ref().map_or(0, |mine| mine.len());
        let left = mine.map_or(0, |mine| {
            mine.retain(|what| *what != one.what);
            mine.len()
        });
        match (before - left, one.acknowledged) {
            (1, _) | (0, false) => {}
            (0, true) => faults.push(format!("lost or in part: {one:?}")),
            (times, _) => faults.push(format!("there {times} times: {one:?}")),
        }
    }
    let rest =
        there.into_iter().flat_map(|(about, rest)| rest.into_iter().map(move |what| (about.clone(), what)));
    faults.extend(rest.map(|(about, what)| format!("in part, or never sent: {about} {what:?}")));
    faults
}
