//! What is said of closures: impacts that are promises, proposals that were forgotten.

use jiff::{ToSpan, civil::Date};

use super::{
    Finding, Look, Severity,
    grouped::{Same, Telling},
    look::Told,
    rules::Place,
    standing::{open_on, was_ever_proposed},
    text::{has_any, quoted, sentences, tokens},
};
use crate::{
    recommendation::status::Status,
    register::rules::{Item, scottish_day},
    source::rules::{About, Quantity, Statement},
    words::day,
};

/// The longest period of a committee's paper. GUESS: a year; no source gives one.
const PERIOD_DAYS: i64 = 365;

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
    let mut found = Vec::new();
    for plan in &look.plans {
        let papers: Vec<Date> = look.papers_of(plan.id).map(|paper| paper.on).collect();
        let mut unmeasured = Vec::new();
        for item in plan.items.iter().copied() {
            let Some(period) = period(item, &papers, look.input.today) else { continue };
            let impact = &item.recommendation.impact_achieved;
            let promise = sentences(impact).find(|one| has_any(&one.to_lowercase(), &PROMISES));
            match promise {
                Some(sentence) => found.push(promised(item, sentence, period)),
                None if period == Period::Present && !has_figure(impact) => {
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

/// Of which paper a closure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Period {
    /// Of the last paper that speaks of the plan, or of the next one.
    Present,
    /// Of an earlier one.
    Earlier,
}

/// The period in which `item` was closed, or is proposed for closure; `papers` are the days of the meetings whose
/// papers speak of its plan. A paper tells what was closed since the one before it. What no paper tells, because it
/// is older than all, is history.
fn period(item: &Item, papers: &[Date], today: Date) -> Option<Period> {
    let recommendation = &item.recommendation;
    let on = match recommendation.status {
        Status::ProposedForClosure => return Some(Period::Present),
        Status::Discharged => recommendation.status_on?,
        _ => return None,
    };
    let at = papers.partition_point(|meeting| *meeting < on);
    let ends = papers.get(at).copied();
    let longest = ends.unwrap_or(today).saturating_sub(PERIOD_DAYS.days());
    let begins = at.checked_sub(1).map_or(longest, |before| papers[before].max(longest));
    let is_last = at + 1 >= papers.len();
    (begins <= on).then_some(if is_last { Period::Present } else { Period::Earlier })
}

fn promised(item: &Item, sentence: &str, period: Period) -> Finding {
    let recommendation = &item.recommendation;
    let figure = if has_figure(&recommendation.impact_achieved) { "" } else { " and without a figure" };
    let done = if item.is_open() { "is proposed for closure on" } else { "was closed on" };
    let told =
        format!("{} {done} an impact in the future tense{figure} ({}).", item.label(), quoted(sentence));
    let key = &recommendation.impact_achieved;
    let severity = if period == Period::Present { Severity::Warning } else { Severity::Note };
    Place::item(item, "").finding("impact_unproven", severity, told, key)
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
    found.extend(regressed(look));
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
    let (said, fails) = match Stand::of(statement) {
        Stand::Proposed => ("proposed for closure", item.is_open() && !was_ever_proposed(item)),
        Stand::Closed => ("closed", open_on(item, statement.as_on)),
        _ => return None,
    };
    if !fails {
        return None;
    }
    let shows = if said == "proposed for closure" {
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
    Some(Place::item_in(item, told.id).finding("closure_forgotten", Severity::Fault, sentence, &key))
}

/// Where a paper says that a recommendation stands, as far as the way to closure goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    Open,
    Evidence,
    Proposed,
    Returned,
    Closed,
    Unclear,
}

impl Stand {
    fn of(statement: &Statement) -> Self {
        let lower = statement.value.to_lowercase().replace('_', " ");
        let says = |words: &[&str]| has_any(&lower, words);
        if says(&["returned", "not supported", "not accepted"]) {
            Self::Returned
        } else if lower.contains("propos") || says(&["submitted", "with hmics"]) {
            Self::Proposed
        } else if says(&["closed", "discharged", "complete", "completed"]) && !says(&["not"]) {
            Self::Closed
        } else if lower.contains("evidence") {
            Self::Evidence
        } else if says(&["open", "ongoing", "on track", "delayed", "in progress", "no progress"]) {
            Self::Open
        } else {
            Self::Unclear
        }
    }

    /// What one paper says of it, on the way to closure; nothing for what leads to none.
    fn on_the_way(self) -> Option<&'static str> {
        match self {
            Self::Evidence => Some("evidence for the closure of"),
            Self::Proposed => Some("the proposed closure of"),
            Self::Closed => Some("the closure of"),
            Self::Open | Self::Returned | Self::Unclear => None,
        }
    }
}

/// Proposed in one paper and silently open in the next: the later paper names no return, whatever the register
/// knows of one, and whatever was proposed since.
fn regressed(look: &Look<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (about, told) in look.said() {
        let About::Recommendation(id) = about else { continue };
        let Some(item) = look.item(id) else { continue };
        let mut stood: Vec<&Told<'_>> =
            told.iter().filter(|told| told.statement.quantity == Quantity::Status).collect();
        stood.sort_by_key(|told| told.statement.as_on);
        for pair in stood.windows(2) {
            let [before, after] = pair else { continue };
            let names_return = has_any(
                &after.statement.words.to_lowercase(),
                &["returned", "sent back", "came back", "not supported", "not accepted"],
            );
            let Some(was) = Stand::of(before.statement).on_the_way() else { continue };
            if Stand::of(after.statement) == Stand::Open && !names_return {
                found.push(regression(item, before, after, was));
            }
        }
    }
    found
}

fn regression(item: &Item, before: &Told<'_>, after: &Told<'_>, was: &str) -> Finding {
    let (from, to) = (before.statement.as_on, after.statement.as_on);
    let returned = item
        .steps
        .iter()
        .rev()
        .find(|step| step.status == Status::Returned && from <= step.on && step.on <= to)
        .map(|step| step.on);
    let (severity, but) = match returned {
        Some(on) => (Severity::Warning, format!("the register has the return, on {}", day(on))),
        None => (Severity::Fault, "nor does the register have a return in between".to_owned()),
    };
    let told = format!(
        "{} speaks on {} of {was} {}; {} has it open on {} and does not say why; {but}.",
        before.source.named(),
        day(from),
        item.label(),
        after.source.named(),
        day(to),
    );
    let key = format!("{}/{from}/{}/{to}", before.id, after.id);
    Place::item_in(item, after.id).finding("closure_forgotten", severity, told, &key)
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
