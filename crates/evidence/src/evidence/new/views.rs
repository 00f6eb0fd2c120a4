//! The form by which a measure is attached.

use contact::unit;
use journal::Id;
use measure::{
    asked::Step,
    catalogue::{Definition, all},
    one::views::division_words,
    serves::is_served,
};
use plan::register::rules::Item;
use users::User;
use web::{Field, FormPage, Frame, Section, Typed};

use crate::evidence::rules::Claim;

/// The measures, those that serve the recommendation first.
pub fn measures(item: &Item) -> Vec<(String, String)> {
    let serves = |one: &&Definition| is_served(one, &item.code, &item.recommendation.reference);
    let label = item.label();
    let serving = all().iter().filter(serves);
    let serving = serving.map(|one| (one.key.clone(), format!("{}, serves {label}", one.name)));
    let others = all().iter().filter(|one| !serves(one)).map(|one| (one.key.clone(), one.name.clone()));
    let none = (String::new(), "Choose a measure".to_owned());
    std::iter::once(none).chain(serving).chain(others).collect()
}

fn actions(item: &Item) -> Vec<(String, String)> {
    let one = |action: &plan::action::rules::Action| {
        let text: String = action.text.chars().take(80).collect();
        (action.number.clone(), format!("{} {text}", action.number))
    };
    let all = (String::new(), "All of the recommendation".to_owned());
    std::iter::once(all).chain(item.actions.iter().map(one)).collect()
}

fn divisions() -> Vec<(String, String)> {
    let lettered = unit::all().iter().filter(|unit| !unit.letter.is_empty());
    let lettered = lettered.map(|unit| (unit.letter.clone(), division_words(&unit.letter)));
    std::iter::once((String::new(), "All divisions".to_owned())).chain(lettered).collect()
}

/// The page, with what was typed.
pub fn page(who: &User, item: &Item, id: &Id, typed: &Typed) -> FormPage {
    let claims = Claim::ALL.map(|claim| (claim.as_str().to_owned(), claim.words().to_owned()));
    let claims = std::iter::once((String::new(), "Choose what it shows".to_owned())).chain(claims);
    let steps = Step::ALL.map(|(_, key, words)| (key.to_owned(), words.to_owned()));
    let label = item.label();
    let heading = "Attach a measure as evidence";
    FormPage {
        frame: Frame::of(format!("{heading}: {label}"), Section::Improvement).seen_by(who.signed()),
        crumbs: vec![
            ("/recommendations".to_owned(), "Improvement".to_owned()),
            (format!("/recommendations/{}", item.id), label.clone()),
            (String::new(), heading.to_owned()),
        ],
        heading: heading.to_owned(),
        about: format!("{label} {}", item.short_text()),
        intro: "It is counted now and frozen with the entry at which it was counted. The chart’s rules say whether it shows the claim."
            .to_owned(),
        action: format!("/evidence?recommendation={}&evidence={id}", item.id),
        submit: "Attach it".to_owned(),
        back: format!("/recommendations/{}", item.id),
        last_seq: None,
        fields: vec![
            Field::one("measure", "Measure", "Those that serve it come first", measures(item), typed),
            Field::one("action", "Action", "Where it is about one of them", actions(item), typed),
            Field::line("from", "From", "As 2026-09-07; empty for the last twelve weeks", typed),
            Field::line("until", "Until", "As 2026-11-25; empty for today", typed),
            Field::one("by", "Periods", "A chart needs seven whole ones", steps, typed),
            Field::one("division", "Division", "", divisions(), typed),
            Field::one("claim", "What it is claimed to show", "", claims, typed),
            Field::lines("words", "In words", "What it shows, as the committee will read it", 4, typed),
            Field::lines(
                "although",
                "Why all the same",
                "Only where the measure does not say that it serves the recommendation, or that is closed",
                2,
                typed,
            ),
        ],
        refusals: Vec::new(),
    }
}
