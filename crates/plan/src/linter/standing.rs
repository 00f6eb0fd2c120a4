//! What the register can say of a day gone by: who was open, which target stood, who waited for whom.
//!
//! Every check asks here and nowhere else.

use import::TargetDate;
use jiff::civil::Date;
use journal::Id;

use crate::{
    codes,
    inspection::rules::Inspection,
    recommendation::status::Status,
    register::rules::{Item, scottish_day},
};

/// Whether it was open at the end of `day`: published, and not yet discharged or superseded.
pub fn open_on(item: &Item, day: Date) -> bool {
    item.published_on <= day && !closed_by(item, day)
}

/// Whether it was discharged or superseded by the end of `day`.
pub fn closed_by(item: &Item, day: Date) -> bool {
    let recommendation = &item.recommendation;
    recommendation.status.is_closed() && recommendation.status_on.is_none_or(|on| on <= day)
}

/// Whether it was closed after `from` and by the end of `to`.
pub(super) fn closed_between(item: &Item, from: Date, to: Date) -> bool {
    closed_by(item, to) && !closed_by(item, from)
}

/// Whether it was with the inspectorate at the end of `day`.
pub(super) fn proposed_on(item: &Item, day: Date) -> bool {
    item.status_on(day) == Some(Status::ProposedForClosure)
}

/// Whether it was ever sent to the inspectorate.
pub(super) fn was_ever_proposed(item: &Item) -> bool {
    let recommendation = &item.recommendation;
    !recommendation.what_we_did.is_empty()
        || matches!(recommendation.status, Status::ProposedForClosure | Status::Returned | Status::Discharged)
}

/// The target that stood at the end of `day`. The first stands from the publication, whenever it was
/// recorded; a move stands from the day on which it was recorded.
pub fn target_on(item: &Item, day: Date) -> Option<TargetDate> {
    let known = item.targets.iter().rev().find(|given| scottish_day(given.at) <= day);
    known.or(item.targets.first()).map(|given| given.target)
}

/// Whether the target was moved by the end of `day`.
pub fn moved_by(item: &Item, day: Date) -> bool {
    item.targets.iter().skip(1).any(|given| scottish_day(given.at) <= day)
}

/// What it waits for.
pub(super) fn waits_on(item: &Item) -> impl Iterator<Item = &Id> {
    item.waits_for.iter().filter_map(|one| one.on.recommendation())
}

/// The bodies it is addressed to: those that somebody said; else those its sentence names before "should", or
/// all of the inspection's.
pub(super) fn addressees<'a>(item: &'a Item, inspection: &'a Inspection) -> Vec<&'a str> {
    let all = |bodies: &'a [String]| bodies.iter().map(String::as_str).collect();
    if !item.classification.addressees.is_empty() {
        return all(&item.classification.addressees);
    }
    let named = bodies(&item.recommendation.text, &inspection.addressees);
    if named.is_empty() { all(&inspection.addressees) } else { named }
}

/// Whether it belongs to what a paper counts together: a theme, by its words or its key; whoever answers for it
/// at the top; or the subject of its inspection.
pub(super) fn is_of_theme(theme: &str, item: &Item, inspection: &Inspection) -> bool {
    let wanted = theme.to_lowercase();
    let sorted = &item.classification;
    let named = |key: &String| *key == wanted || codes::theme_words(key).to_lowercase() == wanted;
    sorted.themes.iter().any(named)
        || sorted.strategic_owner.to_lowercase().contains(&wanted)
        || super::text::has(&inspection.title.to_lowercase(), &wanted)
}

/// What parts those who should do something from what they should do.
const VERBS: [&str; 4] = [" should ", " must ", " needs to ", " need to "];

/// The bodies that a recommendation's sentence begins with: "Police Scotland and the SPA should …".
fn bodies<'a>(text: &'a str, known: &'a [String]) -> Vec<&'a str> {
    let ends_subject = |at: &usize| VERBS.iter().any(|verb| text[*at..].starts_with(verb));
    let Some(subject) = text.match_indices(' ').map(|(at, _)| at).find(ends_subject).map(|end| &text[..end])
    else {
        return Vec::new();
    };
    let names: Vec<&'a str> = subject
        .split(',')
        .flat_map(|part| part.split(" and "))
        .map(|name| name.trim().trim_start_matches("the ").trim_start_matches("The "))
        .collect();
    let known_in = |name: &str| known.iter().map(String::as_str).find(|body| name.ends_with(body));
    let body = |name: &'a str| known_in(name).or_else(|| is_body(name).then_some(name));
    // "Officers should" names no body: a body has two words with capitals, or is an acronym. A heading may
    // stand before the body's name: then it is known by the name.
    if names.iter().all(|name| body(name).is_some()) {
        names.into_iter().filter_map(body).collect()
    } else {
        names.into_iter().filter_map(known_in).collect()
    }
}

fn is_body(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let capital = |word: &&str| word.starts_with(char::is_uppercase) || matches!(*word, "of" | "for");
    match words[..] {
        [] => false,
        [one] => one.len() > 1 && one.chars().all(char::is_uppercase),
        [..] => words.len() <= 4 && words.iter().all(capital),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recommendation_names_its_bodies_before_should() {
        let known = ["Police Scotland".to_owned()];
        let cases: [(&str, &[&str]); 8] = [
            ("Scottish Government should commission a review.", &["Scottish Government"]),
            ("Police Scotland and the SPA should capture it.", &["Police Scotland", "SPA"]),
            ("The Scottish Police Authority must see to it.", &["Scottish Police Authority"]),
            ("Officers should record it.", &[]),
            ("With the support of the panel, Police Scotland should publish it.", &["Police Scotland"]),
            ("Governance Arrangements for Strategy Police Scotland should agree them.", &["Police Scotland"]),
            ("Meet the standard of service.", &[]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(bodies(text, &known), expected, "{text}");
        }
    }
}
