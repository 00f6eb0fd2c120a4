//! Targets: told otherwise, past, revised in words only.

use super::{
    Finding, Look, Severity,
    grouped::{Same, Telling},
    late::late_in_words,
    look::{Plan, Told},
    rules::Place,
    says::{alike, target_of},
    standing::open_on,
    text::{has_any, listed, quoted, sentences},
};
use crate::{
    recommendation::status::Status,
    register::rules::Item,
    source::rules::{About, Quantity},
    target::rules::delay,
    words::{counted as number_of, day},
};

/// The two targets of which papers speak.
const TARGETS: [(Quantity, &str); 2] =
    [(Quantity::FirstTarget, "first target"), (Quantity::CurrentTarget, "target")];

/// Fault 4: one paper gives May 2023 as the first target, another May 2024.
pub(super) fn told_otherwise(look: &Look<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (about, told) in look.said() {
        let About::Recommendation(id) = about else { continue };
        let Some(item) = look.item(id) else { continue };
        for (quantity, what) in TARGETS {
            found.extend(otherwise(item, told, quantity, what));
        }
    }
    found
}

fn otherwise(item: &Item, told: &[Told<'_>], quantity: Quantity, what: &str) -> Option<Finding> {
    let (mut differ, mut agree, mut keys) = (Vec::new(), Vec::new(), Vec::new());
    let (mut has_then, mut mend) = (None, None);
    for one in told.iter().filter(|one| one.statement.quantity == quantity) {
        let Some(said) = one.statement.date() else { continue };
        let has = target_of(item, quantity, one.statement.as_on)?;
        if alike(said, has) {
            agree.push(one.source.named());
        } else {
            differ.push(format!("{} gives {said}", one.source.named()));
            keys.push(format!("{}={}/{}", one.id, said.iso(), has.iso()));
            has_then = Some((has, one.statement.as_on));
            mend.get_or_insert(one.id);
        }
    }
    let (has, as_on) = has_then?;
    let then =
        if quantity == Quantity::CurrentTarget { format!(" on {}", day(as_on)) } else { String::new() };
    let too = if agree.is_empty() { String::new() } else { format!(", as does {}", listed(&agree)) };
    let sentence =
        format!("{} as the {what} of {}; the register has {has}{then}{too}.", listed(&differ), item.label());
    let key = format!("{}/{}", quantity.as_str(), keys.join(";"));
    Some(Place::item_in(item, mend?).finding("target_told_otherwise", Severity::Fault, sentence, &key))
}

/// Fault 11: the target is past and nobody moved it; or it is due, and only an update says that it will be late.
pub(super) fn past(look: &Look<'_>) -> Vec<Finding> {
    let today = look.input.today;
    let mut found = Vec::new();
    for plan in &look.plans {
        let worked = || plan.open().filter(|item| item.recommendation.status != Status::ProposedForClosure);
        let past: Vec<Same<'_>> = worked()
            .filter_map(|item| {
                let target = item.current_target().filter(|target| delay(*target, today).is_some())?;
                Some(Same { item, key: target.iso(), told: target.to_string() })
            })
            .collect();
        let telling = Telling { check: "target_past", severity: Severity::Fault, form: "target" };
        let title = &plan.inspection.title;
        found.extend(telling.of(
            plan,
            &past,
            |one| format!("{} is open past its target, {}, and has no later one.", one.item.label(), one.told),
            |number, list| {
                format!("{number} open recommendations of {title} are past their target and have no later one: {list}.")
            },
        ));
    }
    found.extend(late_in_words(look));
    found
}

/// Words for a target that was moved.
const TARGET: [&str; 8] =
    ["target", "targets", "timescale", "timescales", "deadline", "deadlines", "target date", "target dates"];
const REVISED: [&str; 8] =
    ["revised", "extended", "moved to", "been moved", "put back", "rescheduled", "reset", "re-set"];

/// Whether a sentence says that a target was revised.
fn says_revised(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    has_any(&lower, &REVISED)
        && (has_any(&lower, &TARGET) || has_any(&lower, &["since been revised", "all been revised"]))
        && !has_any(&lower, &["not been revised", "not revised", "not been extended", "will be revised"])
}

/// Fault 15: a paper or an update says that targets were revised, and no move is on record.
pub(super) fn revised_without_move(look: &Look<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = look.told().filter_map(|told| revised_in_paper(look, told)).collect();
    for plan in &look.plans {
        let spoken: Vec<Same<'_>> = plan.open().filter_map(revised_in_update).collect();
        let telling = Telling { check: "revised_without_move", severity: Severity::Fault, form: "target" };
        let title = &plan.inspection.title;
        found.extend(telling.of(
            plan,
            &spoken,
            |one| {
                let label = one.item.label();
                format!("The last update of {label} speaks of a revised target ({}), but no move is on record.", one.told)
            },
            |number, list| {
                format!("{number} open recommendations of {title} speak of revised targets in their last update, but no move is on record: {list}.")
            },
        ));
    }
    found
}

fn revised_in_paper(look: &Look<'_>, told: Told<'_>) -> Option<Finding> {
    let statement = told.statement;
    let sentence = sentences(&statement.words).find(|sentence| says_revised(sentence))?;
    // A paper that gives the new date says more than that it was revised: fault 4 looks at that.
    if statement.date().is_some() {
        return None;
    }
    let mut by_plan = Vec::new();
    let (mut never, mut open) = (0, 0);
    for plan in &look.plans {
        let mut of_plan = look.scope(&statement.about);
        of_plan.retain(|item| {
            item.recommendation.inspection == *plan.id && open_on(item, statement.as_on) && item.is_open()
        });
        let still = of_plan.iter().filter(|item| item.moves() == 0).count();
        (never, open) = (never + still, open + of_plan.len());
        if still > 0 {
            by_plan.push(told_of(plan, still, of_plan.len()));
        }
    }
    if never == 0 {
        return None;
    }
    let words = format!(
        "{} says on {} that targets were revised ({}), but no move is on record for {never} of {}: {}.",
        told.source.named(),
        day(statement.as_on),
        quoted(sentence),
        number_of(open, "recommendation open then and now", "recommendations open then and now"),
        listed(&by_plan)
    );
    let place = match &statement.about {
        About::Recommendation(id) => Place::item(look.item(id)?, "target"),
        About::Inspection(id) => {
            let plan = look.plan(id)?;
            Place::plan(id, &plan.inspection.code, plan.list())
        }
        _ => Place::source(told.id, told.source),
    };
    let key = format!("{}/{}", told.id, by_plan.join(";"));
    Some(place.finding("revised_without_move", Severity::Fault, words, &key))
}

fn told_of(plan: &Plan<'_>, still: usize, open: usize) -> String {
    format!("{still} of {open} of {}", plan.inspection.title)
}

/// The last update speaks of a revised target, of which there is none.
fn revised_in_update(item: &Item) -> Option<Same<'_>> {
    let said = item.updates.last().filter(|_| item.moves() == 0)?;
    let sentence = sentences(&said.text).find(|sentence| says_revised(sentence))?;
    Some(Same { item, key: format!("update/{}", said.seq), told: quoted(sentence) })
}
