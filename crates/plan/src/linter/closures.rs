//! What is said of closures: impacts that are promises, proposals that were forgotten.

use jiff::{ToSpan, civil::Date};

use super::{
    Finding, Look, Severity,
    grouped::{Same, Telling},
    look::Told,
    rules::Place,
    standing::{open_on, was_ever_proposed},
    text::{has, has_any, quoted, sentences, tokens},
};
use crate::{
    recommendation::status::Status,
    register::rules::{Item, scottish_day},
    source::rules::{About, Quantity},
    words::day,
};

/// Closures older than this are history. GUESS: a year is the longest period of a committee's paper.
const RECENT_DAYS: i64 = 365;

/// Words of a promise.
const PROMISES: [&str; 9] = [
    "will",
    "should lead",
    "is expected to",
    "are expected to",
    "aims to",
    "intended to",
    "would",
    "going to",
    "is hoped",
];

/// Numbers in words, and words that hold one.
const NUMBERS: [&str; 22] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "half", "halved", "doubled", "trebled", "third", "quarter", "dozen", "hundred", "thousand", "none",
];

/// Fault 18: closed on an impact in the future tense, without any figure.
pub(super) fn impact_unproven(look: &Look<'_>) -> Vec<Finding> {
    let today = look.input.today;
    let mut found = Vec::new();
    for plan in &look.plans {
        let closures = plan.items.iter().copied().filter(|item| is_recent_closure(item, today));
        let mut unmeasured = Vec::new();
        for item in closures {
            let impact = &item.recommendation.impact_achieved;
            let promise = sentences(impact).find(|one| has_any(&one.to_lowercase(), &PROMISES));
            match promise {
                Some(sentence) => found.push(promised(item, sentence)),
                None if !has_figure(impact) => {
                    unmeasured.push(Same { item, key: impact.clone(), told: String::new() });
                }
                None => {}
            }
        }
        let telling = Telling { check: "impact_unproven", severity: Severity::Note, form: "" };
        let title = &plan.inspection.title;
        found.extend(telling.of(
            plan,
            &unmeasured,
            |one| {
                let impact = quoted(&one.item.recommendation.impact_achieved);
                format!("The impact of {} is told without a figure ({impact}).", one.item.label())
            },
            |number, list| {
                format!("{number} closures of {title} tell their impact without a figure: {list}.")
            },
        ));
    }
    found
}

fn promised(item: &Item, sentence: &str) -> Finding {
    let recommendation = &item.recommendation;
    let figure = if has_figure(&recommendation.impact_achieved) { "" } else { " and without a figure" };
    let done = if item.is_open() { "is proposed for closure on" } else { "was closed on" };
    let told =
        format!("{} {done} an impact in the future tense{figure} ({}).", item.label(), quoted(sentence));
    let key = &recommendation.impact_achieved;
    Place::item(item, "").finding("impact_unproven", Severity::Warning, told, key)
}

fn is_recent_closure(item: &Item, today: Date) -> bool {
    let recommendation = &item.recommendation;
    let recent = || recommendation.status_on.is_some_and(|on| on.saturating_add(RECENT_DAYS.days()) >= today);
    match recommendation.status {
        Status::ProposedForClosure => true,
        Status::Discharged => recent(),
        _ => false,
    }
}

/// Whether a text gives a number that could be a measure: not a year, a reference or a telephone number.
fn has_figure(text: &str) -> bool {
    text.contains('%')
        || tokens(text).any(|token| match token.parse::<i64>() {
            Ok(number) => !(1990..=2100).contains(&number) && !matches!(number, 101 | 999),
            Err(_) => NUMBERS.contains(&token.to_lowercase().as_str()),
        })
}

/// A paper or an update spoke of closure; the register shows it open, with neither a proposal nor a return.
pub(super) fn closure_forgotten(look: &Look<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = look.told().filter_map(|told| forgotten_since(look, told)).collect();
    for item in look.open().filter(|item| !was_ever_proposed(item)) {
        // An earlier update spoke of closure and the last one does not.
        let Some((last, before)) = item.updates.split_last() else { continue };
        if spoke_of_closure(&last.text).is_some() || item.recommendation.status != Status::Open {
            continue;
        }
        let Some((said, sentence)) = before
            .iter()
            .rev()
            .find_map(|said| spoke_of_closure(&said.text).map(|sentence| (said, sentence)))
        else {
            continue;
        };
        let told = format!(
            "The update of {} of {} speaks of closure ({}), the one of {} does not, and nothing was proposed or returned.",
            item.label(),
            day(scottish_day(said.at)),
            quoted(sentence),
            day(scottish_day(last.at))
        );
        let key = format!("update/{}", said.seq);
        found.push(Place::item(item, "evidence").finding("closure_forgotten", Severity::Warning, told, &key));
    }
    found
}

fn spoke_of_closure(text: &str) -> Option<&str> {
    if !text.contains("losure") {
        return None;
    }
    sentences(text).find(|sentence| {
        let lower = sentence.to_lowercase();
        has_any(
            &lower,
            &[
                "proposed closure",
                "proposed for closure",
                "propose closure",
                "propose it for closure",
                "submitted for closure",
            ],
        ) && !has_any(&lower, &["not", "cannot"])
    })
}

fn forgotten_since(look: &Look<'_>, told: Told<'_>) -> Option<Finding> {
    let statement = told.statement;
    let About::Recommendation(id) = &statement.about else { return None };
    let item = look.item(id)?;
    if statement.quantity != Quantity::Status {
        return None;
    }
    let lower = statement.value.to_lowercase();
    let proposed = lower.contains("propos") || has(&lower, "submitted") || has(&lower, "with hmics");
    let closed = has_any(&lower, &["closed", "discharged", "complete", "completed"]) && !has(&lower, "not");
    let (said, fails) = if proposed {
        ("proposed for closure", item.is_open() && !was_ever_proposed(item))
    } else {
        ("closed", closed && open_on(item, statement.as_on))
    };
    if !fails {
        return None;
    }
    let shows = if proposed {
        "the register shows it open, with neither a proposal nor a return"
    } else {
        "the register has it open on that day"
    };
    let sentence = format!(
        "{} says that {} was {said} on {}; {shows}.",
        told.source.named(),
        item.label(),
        day(statement.as_on)
    );
    let key = format!("{}/{}/{}", told.id, statement.value, statement.as_on);
    Some(Place::item(item, "evidence").finding("closure_forgotten", Severity::Fault, sentence, &key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_a_number_that_measures() {
        for (text, expected) in [
            ("Repeat calls fell by 12 %.", true),
            ("Abstractions fell from 1,200 to 900.", true),
            ("They have halved.", true),
            ("The board was formed in 2024 and answers 101 calls under R2.", false),
            ("It is counted.", false),
        ] {
            assert_eq!(has_figure(text), expected, "{text}");
        }
    }
}
