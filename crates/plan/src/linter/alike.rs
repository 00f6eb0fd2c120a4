//! Posts, teams, bodies and programmes whose names differ by a letter or two.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Finding, Look, Severity,
    rules::Place,
    spelling::Spelling,
    text::{distance, tokens},
};
use crate::{source::rules::Quantity, words::counted as number_of};

/// Where a name is used.
struct Used {
    times: usize,
    label: String,
    place: Place,
}

/// Fault 19, of names: two posts, teams, bodies or programmes that differ by a letter or two.
pub(super) fn alike(look: &Look<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (what, names) in names_in_use(look) {
        let names: Vec<(&str, Used)> = names.into_iter().collect();
        let parts: Vec<Vec<String>> = names.iter().map(|(name, _)| parts(name)).collect();
        for (at, other_at) in near(&parts) {
            let ((name, used), (other, other_used)) = (&names[at], &names[other_at]);
            if is_one_name(&parts[at], &parts[other_at]) && !Spelling::ours().is_choice(name, other) {
                let rarer = if other_used.times <= used.times { other_used } else { used };
                let sentence = format!(
                    "“{name}” ({}) and “{other}” ({}) look like one {what} written in two ways.",
                    uses(used),
                    uses(other_used)
                );
                let key = format!("{what}/{name}/{other}");
                found.push(rarer.place.clone().finding("names_alike", Severity::Warning, sentence, &key));
            }
        }
    }
    found
}

/// The pairs that may be one: the same but for one word, or but for where words are parted. Every pair
/// compared with every other would take too long in a large register.
fn near(parts: &[Vec<String>]) -> BTreeSet<(usize, usize)> {
    let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, words) in parts.iter().enumerate() {
        alike.entry(words.concat()).or_default().push(at);
        for without in 0..words.len() {
            let rest = [&words[..without], &["*".to_owned()], &words[without + 1..]].concat().join(" ");
            alike.entry(rest).or_default().push(at);
        }
    }
    let pairs = |same: Vec<usize>| {
        let later = |(place, at): (usize, usize)| {
            same[place + 1..].iter().map(move |other| (at.min(*other), at.max(*other))).collect::<Vec<_>>()
        };
        same.iter().copied().enumerate().flat_map(later).collect::<Vec<_>>()
    };
    alike.into_values().flat_map(pairs).filter(|(at, other)| at != other).collect()
}

fn uses(used: &Used) -> String {
    if used.times == 1 { used.label.clone() } else { number_of(used.times, "place", "places") }
}

fn names_in_use<'a>(look: &Look<'a>) -> BTreeMap<&'static str, BTreeMap<&'a str, Used>> {
    let mut all: BTreeMap<&'static str, BTreeMap<&'a str, Used>> = BTreeMap::new();
    let mut note = |what: &'static str, name: &'a str, label: &dyn Fn() -> (String, Place)| {
        if !name.is_empty() {
            let names = all.entry(what).or_default();
            if let Some(used) = names.get_mut(name) {
                used.times += 1;
            } else {
                let (label, place) = label();
                names.insert(name, Used { times: 1, label, place });
            }
        }
    };
    for plan in &look.plans {
        let here = || {
            let mend = format!("/inspections/{}", plan.id);
            (plan.inspection.code.clone(), Place::plan(plan.id, &plan.inspection.code, mend))
        };
        note("body", &plan.inspection.inspectorate, &here);
        for body in &plan.inspection.addressees {
            note("body", body, &here);
        }
        for item in plan.items.iter().copied().filter(|item| item.is_open()) {
            let owner = || (item.label(), Place::item(item, "owner"));
            note("post", &item.recommendation.owner_post, &owner);
            note("team", &item.recommendation.owner_team, &owner);
            for action in &item.actions {
                note("post", &action.owner, &|| (item.label(), Place::item(item, "action-words")));
            }
        }
    }
    for (id, source) in look.input.sources {
        for cited in source.standing().filter(|cited| cited.statement.quantity == Quantity::Name) {
            let here = || (source.label().to_owned(), Place::source(id, source));
            note("name", &cited.statement.value, &here);
        }
    }
    all
}

/// The words of a name, so that case, "and" and "&", and "the" make no difference.
fn parts(name: &str) -> Vec<String> {
    let lower = name.replace('&', " and ").to_lowercase();
    tokens(&lower).filter(|word| *word != "the").map(str::to_owned).collect()
}

/// Whether two different spellings are one name: the same words, or one of them off by a letter or two.
fn is_one_name(one: &[String], other: &[String]) -> bool {
    if one.len() != other.len() {
        return one.len().abs_diff(other.len()) == 1 && one.concat() == other.concat();
    }
    let mut differing = one.iter().zip(other).filter(|(one, other)| one != other);
    let Some((left, right)) = differing.next() else { return true };
    let shorter = left.chars().count().min(right.chars().count());
    // "North" and "South", "C3" and "C4", "N" and "K" are different names, not misspellings.
    let is_word = |word: &str| word.chars().all(char::is_alphabetic);
    differing.next().is_none()
        && shorter >= 4
        && is_word(left)
        && is_word(right)
        && distance(left, right, if shorter >= 8 { 2 } else { 1 }).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_by_a_letter_are_one_and_others_are_not() {
        for (one, other, expected) in [
            ("Chief Inspector C3 Resolution Team", "Chief Inspector C3 Resolutions Team", true),
            ("Governance & Improvement", "governance and Improvement", true),
            ("Superintendent, CERP", "Superintendent CERP", true),
            ("PPCW Division", "PPWW Division", true),
            ("Super intendent", "Superintendent", true),
            ("Investigation and Safeguarding Project", "Investigations and Safeguarding Project", true),
            ("North Division", "South Division", false),
            ("C3 Division", "C4 Division", false),
            ("N Division", "K Division", false),
            ("ACC", "DCC", false),
            ("Head of Crime", "Head of Analysis", false),
            ("Detective Superintendent", "Superintendent", false),
        ] {
            assert_eq!(is_one_name(&parts(one), &parts(other)), expected, "{one} / {other}");
        }
    }
}
