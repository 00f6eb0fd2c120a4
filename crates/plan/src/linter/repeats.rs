//! The last update against the earlier ones: what says nothing new, how often, and since when.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{
    Finding, Look, Severity,
    grouped::{Same, Telling},
    look::{Plan, short},
    printed::{Papers, Printed},
    text::{listed, sameness, sentences},
};
use crate::{
    recommendation::status::Status,
    register::rules::{Item, scottish_day},
    update::rows::Said,
    words::day,
};

/// Fault 16: "No progress has been reported since the last update", above the paragraph of the last update.
pub(super) fn repeated(look: &Look<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for plan in &look.plans {
        let worked =
            plan.open_read().filter(|(item, _)| item.recommendation.status != Status::ProposedForClosure);
        let stale: Vec<(&Item, Stale)> =
            worked.filter_map(|(item, reading)| Some((item, reading.stale?))).collect();
        let open = plan.open().count();
        let same: Vec<Same<'_>> = stale.iter().map(|(item, stale)| stale.same(item)).collect();
        let telling = Telling { check: "repeated_update", severity: Severity::Warning, form: "update" };
        found.extend(telling.of(
            plan,
            &same,
            |one| match stale.iter().find(|(item, _)| item.id == one.item.id) {
                Some((item, stale)) if stale.times > 1 => {
                    let says = if stale.says_no_progress { ", and says itself that there is no progress" } else { "" };
                    format!("The last update of {} repeats itself, {}{says}.", item.label(), stale.how_often())
                }
                _ => format!("The last update of {} says itself that there is no progress.", one.item.label()),
            },
            |number, list| {
                format!(
                    "{number} of {open} open recommendations of {} say nothing new in their last update, {} of them in so many words (“no progress”): {list}.",
                    plan.inspection.title,
                    in_words(&stale)
                )
            },
        ));
        found.extend(look.printed_of(plan).iter().filter_map(|papers| in_paper(plan, papers)));
    }
    found
}

/// How many of the rows of a paper said nothing new, where the register has other updates by now.
fn in_paper(plan: &Plan<'_>, papers: &Papers<'_>) -> Option<Finding> {
    let then: Vec<Printed<'_>> = papers.of(plan).collect();
    let worked = then.iter().filter(|printed| !printed.is_proposed);
    let stale = stale_of(worked.map(|printed| (printed.item, printed.updates)));
    let is_changed = |item: &Item| then.iter().any(|one| one.item.id == item.id && one.is_changed());
    if !stale.iter().any(|(item, _)| is_changed(item)) {
        return None;
    }
    let same: Vec<Same<'_>> = stale.iter().map(|(item, stale)| stale.same(item)).collect();
    let (number, all) = (same.len(), then.len());
    let said = if number == 1 { "said nothing new in its" } else { "said nothing new in their" };
    let told = format!(
        "{number} of {all} open recommendations of {} {said} update, {} of them in so many words (“no progress”): {}.",
        plan.inspection.title,
        in_words(&stale),
        listed(&same.iter().map(Same::in_list).collect::<Vec<_>>())
    );
    let keys: Vec<String> = same.iter().map(|one| format!("{}={}", short(one.item), one.key)).collect();
    Some(papers.note_of(plan, "repeated_update", &told, &keys.join(";")))
}

fn stale_of<'a>(updates: impl Iterator<Item = (&'a Item, &'a [Said])>) -> Vec<(&'a Item, Stale)> {
    updates.filter_map(|(item, updates)| Some((item, stale_in(updates)?))).collect()
}

fn in_words(stale: &[(&Item, Stale)]) -> usize {
    stale.iter().filter(|(_, stale)| stale.says_no_progress).count()
}

/// How stale the last update is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stale {
    /// How often the same has been said, this time included.
    pub times: usize,
    /// The day on which it was said first.
    pub since: Date,
    /// Whether it says itself that there is no progress.
    pub says_no_progress: bool,
}

impl Stale {
    /// "3 times since 19 March 2025".
    fn how_often(self) -> String {
        format!("{} times since {}", self.times, day(self.since))
    }

    /// What a list says of it.
    fn same(self, item: &Item) -> Same<'_> {
        let told = if self.times > 1 { self.how_often() } else { String::new() };
        Same { item, key: format!("{}/{}", self.times, self.since), told }
    }
}

/// The part of an update that has to stand in an earlier one for the two to say the same, in hundredths.
/// One that says itself that there is no progress need only take up some of it. GUESS: no source gives one.
const SAME: usize = 80;
const SAME_BY_ITS_WORDS: usize = 30;

/// How often the last update repeats what was said before; nothing if it says something new.
pub fn staleness(item: &Item) -> Option<Stale> {
    stale_in(&item.updates)
}

/// How often the last of `updates` repeats what was said before.
fn stale_in(updates: &[Said]) -> Option<Stale> {
    let last = updates.last()?;
    let new = Sentences::of(&last.text);
    let enough = if new.no_progress { SAME_BY_ITS_WORDS } else { SAME };
    let repeats = |text: &str| {
        let said = Sentences::of(text);
        said.is_only_no_progress() || !new.is_only_no_progress() && new.share_in(&said) >= enough
    };
    let before = updates.iter().rev().skip(1).take_while(|said| repeats(&said.text));
    let mut run: Vec<_> = std::iter::once(last).chain(before).collect();
    // Words of no progress from before the sentences were first said belong to an earlier run.
    while run.len() > 1
        && !new.is_only_no_progress()
        && run.last().is_some_and(|said| Sentences::of(&said.text).is_only_no_progress())
    {
        run.pop();
    }
    let since = scottish_day(run.last()?.at);
    let stale = Stale { times: run.len(), since, says_no_progress: new.no_progress };
    (run.len() > 1 || new.no_progress).then_some(stale)
}

/// The sentences of an update by their sameness, with their length; those that say that there is no
/// progress apart.
struct Sentences {
    said: BTreeMap<u64, usize>,
    no_progress: bool,
}

impl Sentences {
    fn of(text: &str) -> Self {
        let mut all = Self { said: BTreeMap::new(), no_progress: false };
        for sentence in sentences(text) {
            if is_no_progress(sentence) {
                all.no_progress = true;
            } else {
                all.said.insert(sameness(sentence), sentence.len());
            }
        }
        all
    }

    fn is_only_no_progress(&self) -> bool {
        self.said.is_empty() && self.no_progress
    }

    /// How much of it stands in `other`, in hundredths.
    fn share_in(&self, other: &Self) -> usize {
        let whole: usize = self.said.values().sum();
        let in_both = self.said.iter().filter(|(key, _)| other.said.contains_key(key));
        100 * in_both.map(|(_, length)| length).sum::<usize>() / whole.max(1)
    }
}

fn is_no_progress(sentence: &str) -> bool {
    let begins =
        |words: &str| sentence.get(..words.len()).is_some_and(|start| start.eq_ignore_ascii_case(words));
    ["no progress", "no further progress", "no change since", "no update since"]
        .iter()
        .any(|words| begins(words))
        || sentence.contains("o progress has been reported")
}
