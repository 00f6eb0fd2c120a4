//! Days of publication: of inspections, of papers, and how long ago.

use jiff::ToSpan;

use super::{
    Finding, Look, Severity,
    look::{Plan, Told, short},
    rules::Place,
    text::listed,
};
use crate::{
    source::rules::{About, Quantity},
    words::{counted as number_of, day},
};

/// The days before a meeting on which its papers are out: three, as the authority's cycle has it.
const DAYS_BEFORE: i64 = 3;

/// Days ahead for which it is told that two years will be over. GUESS: no source gives a number.
const SOON_DAYS: i64 = 60;

fn told_of<'a>(look: &'a Look<'_>, plan: &Plan<'_>, quantity: Quantity) -> Vec<Told<'a>> {
    let told = look.said_of(&About::Inspection(plan.id.clone()));
    told.iter().copied().filter(|one| one.statement.quantity == quantity).collect()
}

fn correct(plan: &Plan<'_>) -> Place {
    Place::plan(plan.id, &plan.inspection.code, format!("/inspections/{}", plan.id))
}

/// Fault 8: "August 2022" in one place, "(9/22)" in another.
pub(super) fn told_otherwise(look: &Look<'_>) -> Vec<Finding> {
    let differs = |plan: &Plan<'_>| {
        let on = plan.inspection.published_on;
        let (mut others, mut keys) = (Vec::new(), Vec::new());
        for told in told_of(look, plan, Quantity::Published) {
            let Some(said) = told.statement.date() else { continue };
            if said.first_day() > on || on > said.last_day() {
                others.push(format!("{} gives {said}", told.source.named()));
                keys.push(format!("{}={}", told.id, said.iso()));
            }
        }
        if others.is_empty() {
            return None;
        }
        let sentence = format!(
            "{} as the publication of {}; the register has {}.",
            listed(&others),
            plan.inspection.title,
            day(on)
        );
        let key = format!("{on}/{}", keys.join(";"));
        Some(correct(plan).finding("publication_day", Severity::Fault, sentence, &key))
    };
    look.plans.iter().filter_map(differs).collect()
}

/// Fault 9: called 2020 here and 2021 there; published in 2021.
pub(super) fn year_in_title(look: &Look<'_>) -> Vec<Finding> {
    let differs = |plan: &Plan<'_>| {
        let on = plan.inspection.published_on;
        let mut wrong = Vec::new();
        if year_of(&plan.inspection.title).is_some_and(|year| year != on.year()) {
            wrong.push(format!("the register calls it “{}”", plan.inspection.title));
        }
        for told in told_of(look, plan, Quantity::Title) {
            if year_of(&told.statement.value).is_some_and(|year| year != on.year()) {
                wrong.push(format!("{} calls it “{}”", told.source.named(), told.statement.value));
            }
        }
        if wrong.is_empty() {
            return None;
        }
        let sentence = format!(
            "{} was published on {}, but {}: the year in the title is not the year of publication.",
            plan.inspection.code,
            day(on),
            listed(&wrong)
        );
        let key = format!("{on}/{}", wrong.join(";"));
        Some(correct(plan).finding("year_in_title", Severity::Warning, sentence, &key))
    };
    look.plans.iter().filter_map(differs).collect()
}

fn year_of(title: &str) -> Option<i16> {
    super::text::tokens(title)
        .filter(|token| token.len() == 4)
        .filter_map(|token| token.parse().ok())
        .find(|year| (2000..=2100).contains(year))
}

/// Fault 21: published thirteen days after the meeting it was for.
pub(super) fn published_late(look: &Look<'_>) -> Vec<Finding> {
    let late = |(id, source): &(journal::Id, crate::source::rules::Source)| {
        let (meeting, published) = (source.meeting_on?, source.published_on?);
        let before = i64::from((meeting - published).get_days());
        if before >= DAYS_BEFORE {
            return None;
        }
        let days = |number: i64| number_of(usize::try_from(number).unwrap_or(0), "day", "days");
        let (severity, when) = match before {
            0 => (Severity::Warning, "on the very day of".to_owned()),
            1.. => (Severity::Warning, format!("only {} before", days(before))),
            _ => (Severity::Fault, format!("{} after", days(-before))),
        };
        let sentence = format!(
            "{} was published on {}, {when} the meeting of {}. A paper is due {DAYS_BEFORE} days before.",
            source.named(),
            day(published),
            day(meeting)
        );
        let place = Place::source(id, source);
        Some(place.finding("published_late", severity, sentence, &format!("{published}/{meeting}")))
    };
    look.input.sources.iter().filter_map(late).collect()
}

/// Fault 23: open more than two years after publication; or about to be.
pub(super) fn over_two_years(look: &Look<'_>) -> Vec<Finding> {
    let today = look.input.today;
    let old = |plan: &Plan<'_>| {
        let open: Vec<String> = plan.open().map(short).collect();
        if open.is_empty() {
            return None;
        }
        let on = plan.inspection.published_on;
        let two_years = on.saturating_add(2.years());
        let number = number_of(open.len(), "recommendation", "recommendations");
        let title = &plan.inspection.title;
        let list = listed(&open);
        let (severity, sentence) = if two_years < today {
            let are = if open.len() == 1 { "is" } else { "are" };
            let sentence = format!(
                "{number} of {title} {are} open more than two years after its publication on {}: {list}.",
                day(on)
            );
            (Severity::Warning, sentence)
        } else if i64::from((two_years - today).get_days()) <= SOON_DAYS {
            let sentence = format!(
                "{number} of {title} will have been open for two years on {}: {list}.",
                day(two_years)
            );
            (Severity::Note, sentence)
        } else {
            return None;
        };
        let place = Place::plan(plan.id, &plan.inspection.code, plan.list());
        Some(place.finding("over_two_years", severity, sentence, &open.join(",")))
    };
    look.plans.iter().filter_map(old).collect()
}
