//! What a paper says of an open recommendation, in the words of a plan: so it is compared and carried like one. Pure.

use std::collections::{BTreeMap, BTreeSet};

use import::{DraftAction, DraftRecommendation, OpenOne, Publication, TargetDate};
use jiff::civil::Date;

use super::{
    past::{Newer, Past, why_kept},
    rules::{NotCarried, standing},
};
use crate::{
    published::rules::{Compared, Difference, Stand, Step, alike},
    recommendation::status::Status,
    register::rules::Item,
    update::rules::Command as Update,
};

/// One recommendation that the paper lists as open, and the one of the register.
pub(super) struct Drafted<'a> {
    /// Which of the publication's it is.
    number: usize,
    one: &'a OpenOne,
    item: Option<&'a Item>,
    /// What the register has that is newer than the paper.
    newer: Newer,
}

/// The open recommendations that can be carried, and those that cannot.
pub(super) fn choose<'a>(
    publication: &'a Publication,
    known: &BTreeMap<String, &'a Item>,
    past: &Past,
    paper: Option<Date>,
) -> (Vec<Drafted<'a>>, Vec<NotCarried>) {
    let (mut drafted, mut not_carried) = (Vec::new(), Vec::new());
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    for (number, one) in publication.open.iter().enumerate() {
        let item = known.get(&one.key).copied();
        let why = match item {
            // Two references may be one recommendation's.
            _ if !taken.insert(item.map_or(one.key.as_str(), |item| item.id.as_str())) => Some(
                "The paper lists it twice as open; the first is compared. Mend the reference in the file if this one is another.".to_owned(),
            ),
            Some(item) if !item.is_open() => Some(format!(
                "The paper lists it as open; the register has it {}. Its record is closed, so nothing is added to it. Check which holds.",
                standing(item)
            )),
            None if one.text.trim().is_empty() => Some(
                "It is not in the register, and the paper does not say what is recommended. Add it yourself.".to_owned(),
            ),
            _ => None,
        };
        match why {
            None => {
                let newer = item.map(|item| past.newer(item, paper)).unwrap_or_default();
                drafted.push(Drafted { number, one, item, newer });
            }
            Some(why) => {
                not_carried.push(NotCarried { reference: one.reference.clone(), at: one.at.clone(), why });
            }
        }
    }
    (drafted, not_carried)
}

/// What the paper says, as a plan would say it. What a paper never tells is as in the register: the words, which
/// are the inspectorate's, and the actions. What the register has newer is left out.
pub(super) fn draft(Drafted { one, item, newer, .. }: &Drafted<'_>) -> DraftRecommendation {
    let (first_target, current_target) = targets(one);
    let current_target = current_target.filter(|_| newer.target.is_none());
    let action = |action: &crate::action::rules::Action| DraftAction {
        number: action.number.clone(),
        text: action.text.clone(),
        owner: None,
        target: None,
        done: None,
        at: one.at.clone(),
    };
    DraftRecommendation {
        reference: one.reference.clone(),
        key: one.key.clone(),
        text: item.map_or_else(|| one.text.clone(), |item| item.recommendation.text.clone()),
        risk_exposure: None,
        risk_statement: one.risk.clone().filter(|_| newer.risk.is_none()),
        owner: None,
        impact: None,
        first_target,
        current_target,
        target_words: one.target_words.clone(),
        status: None,
        updates: Some(one.update.clone())
            .filter(|update| newer.update.is_none() && !one.as_above && !update.trim().is_empty())
            .into_iter()
            .collect(),
        actions: item.map_or_else(Vec::new, |item| item.actions.iter().map(action).collect()),
        at: one.at.clone(),
    }
}

/// The first target and the target as it stands. "The target date is January 2026" does not say that it is the
/// first: only "the initial target" does.
fn targets(one: &OpenOne) -> (Option<TargetDate>, Option<TargetDate>) {
    let words = one.target_words.as_deref().unwrap_or_default().to_lowercase();
    let says_first = words.contains("initial") || words.contains("original");
    match (one.initial_target, one.revised_target) {
        (Some(stated), None) if !says_first => (None, Some(stated)),
        both => both,
    }
}

/// Lists what differs and is not carried.
pub(super) fn keep(drafted: &Drafted<'_>, compared: &mut Compared) {
    let Some(item) = drafted.item else {
        let note = "The words are those of the paper. Check them against the inspectorate’s report.";
        return compared.notes.push(note.to_owned());
    };
    let (was, now) = (&item.recommendation.text, &drafted.one.text);
    if !now.trim().is_empty() && !alike(was, now) {
        let what = "Recommendation".to_owned();
        compared.kept.push(Difference { what, was: was.clone(), now: now.clone() });
    }
    keep_newer(drafted, item, compared);
    if item.recommendation.status == Status::ProposedForClosure {
        let note = "The paper lists it as open; the register says proposed for closure and keeps that.";
        compared.notes.push(note.to_owned());
    }
    if let (Some(stated), Some(current)) = (targets(drafted.one).1, item.current_target())
        && stated != current
        && item.targets.iter().any(|given| given.target == stated)
    {
        compared.notes.push(format!(
            "The paper has the target at {stated}; the register has moved it to {current} and keeps that."
        ));
    }
}

/// Lists what the register has newer. An update that it has already is none.
fn keep_newer(drafted: &Drafted<'_>, item: &Item, compared: &mut Compared) {
    let Drafted { one, newer, .. } = drafted;
    let mut kept = Vec::new();
    let mut keep = |what: &'static str, was: String, now: String, on: Date| {
        compared.kept.push(Difference { what: what.to_owned(), was, now });
        kept.push((what, on));
    };
    let is_said =
        |text: &str| text.trim().is_empty() || item.updates.iter().any(|said| alike(&said.text, text));
    if let Some(on) = newer.update.filter(|_| !one.as_above && !is_said(&one.update)) {
        let was = item.updates.last().map(|said| said.text.clone()).unwrap_or_default();
        keep("Update", was, one.update.clone(), on);
    }
    let was = &item.recommendation.risk_statement;
    if let (Some(on), Some(risk)) = (newer.risk, one.risk.as_ref().filter(|risk| !alike(risk, was))) {
        keep("Risk", was.clone(), risk.clone(), on);
    }
    let had = |target: &TargetDate| item.targets.iter().any(|given| given.target == *target);
    if let (Some(on), Some(stated)) = (newer.target, targets(one).1.filter(|stated| !had(stated))) {
        let was = item.current_target().map_or_else(String::new, |target| target.to_string());
        keep("Target", was, stated.to_string(), on);
    }
    compared.notes.extend(why_kept(&kept));
}

/// "As above" is the update of the last recommendation above it that has words of its own.
pub(super) fn as_above(
    publication: &Publication,
    drafted: &[Drafted<'_>],
    compared: &mut [Compared],
    seen: bool,
) {
    for place in 0..drafted.len() {
        let this = &drafted[place];
        if !this.one.as_above || seen && this.item.is_some() {
            continue;
        }
        let above = above(publication, drafted, compared, place);
        let newer = this.newer.update;
        let this = &mut compared[place];
        match above {
            Ok(None) => {}
            Ok(Some(reference)) if newer.is_some() => {
                let (what, was, now) = ("Update".to_owned(), String::new(), format!("As {reference}"));
                this.kept.push(Difference { what, was, now });
                this.notes.extend(newer.and_then(|on| why_kept(&[("Update", on)])));
            }
            Ok(Some(reference)) => {
                let now = format!("As {reference}");
                this.differences.push(Difference { what: "Update".to_owned(), was: String::new(), now });
                this.steps.push(Step::AsAbove(reference));
                if this.stand == Stand::Same {
                    this.stand = Stand::Changed;
                }
            }
            Err(why) => this.notes.push(format!("Its update is not carried: {why}")),
        }
    }
}

/// The reference whose update it takes; nothing where it has taken that already; or why it cannot.
fn above(
    publication: &Publication,
    drafted: &[Drafted<'_>],
    compared: &[Compared],
    place: usize,
) -> Result<Option<String>, String> {
    let this = &drafted[place];
    let Some(number) = publication.open[..this.number].iter().rposition(|one| !one.as_above) else {
        return Err("it is “As above”, and nothing in its table stands above it. Add it yourself.".to_owned());
    };
    let reference = &publication.open[number].reference;
    let Ok(root) = drafted.binary_search_by_key(&number, |one| one.number) else {
        return Err(format!("it is that of {reference}, which is not carried itself. Add it yourself."));
    };
    let (root, steps) = (&drafted[root], &compared[root].steps);
    let adds = steps.iter().any(|step| matches!(step, Step::Update(Update::Add { .. })));
    let inherits = |item: &Item| {
        let from = root.item.map(|root| &root.id);
        from.is_some() && item.updates.iter().any(|said| said.inherited_from.as_ref() == from)
    };
    if !adds && this.item.is_some_and(inherits) {
        return Ok(None);
    }
    // Whoever reads "as R3" must find the words that the paper has there.
    let last = root.item.and_then(|item| item.updates.last());
    let is_last =
        last.is_some_and(|said| said.inherited_from.is_none() && alike(&said.text, &root.one.update));
    if adds || is_last {
        return Ok(Some(reference.clone()));
    }
    Err(format!("it is that of {reference}, whose last update in the register is another. Add it yourself."))
}
