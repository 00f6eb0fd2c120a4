//! What papers printed: the updates of a recommendation as they stood when a paper was before its meeting.
//!
//! A fault of a paper stays that paper's, whatever was said in the register since. As long as the register still
//! has it, it is told of the register; once it has not, it is told of the paper, as a note: the paper cannot be
//! changed any more, but its reader is owed the word, and the next paper must not repeat it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use journal::Id;

use super::{
    Finding, Look, Severity,
    look::Plan,
    rules::Place,
    standing::{open_on, proposed_on},
    text::listed,
};
use crate::{
    register::rules::{Item, scottish_day},
    source::rules::Source,
    update::rows::Said,
    words::day,
};

/// The papers of one day that speak of a plan.
#[derive(Debug, Clone)]
pub(super) struct Papers<'a> {
    /// The day of their meeting.
    pub on: Date,
    those: Vec<(&'a Id, &'a Source)>,
}

/// A recommendation that was open then, and what had been said of it.
#[derive(Debug, Clone)]
pub(super) struct Printed<'a> {
    /// Which.
    pub item: &'a Item,
    /// What had been said, the last last.
    pub updates: &'a [Said],
    /// Whether it was with the inspectorate.
    pub is_proposed: bool,
}

impl<'a> Look<'a> {
    /// The papers that speak of `plan`, those of one day together, the first day first.
    pub(super) fn printed_of(&self, plan: &Plan<'_>) -> Vec<Papers<'a>> {
        let mut by_day: Vec<Papers<'a>> = Vec::new();
        for paper in self.papers_of(plan.id) {
            let one = (paper.id, paper.source);
            match by_day.last_mut() {
                Some(papers) if papers.on == paper.on => papers.those.push(one),
                _ => by_day.push(Papers { on: paper.on, those: vec![one] }),
            }
        }
        by_day
    }

    /// What `find` finds in the last updates that papers printed, where the register has another by now. What
    /// several papers printed is told of the first in which it is found.
    pub(super) fn in_print(
        &self,
        find: impl Fn(&Papers<'a>, &Printed<'a>, &Said) -> Option<Finding>,
    ) -> Vec<Finding> {
        let mut all = Vec::new();
        for plan in &self.plans {
            let mut told: BTreeSet<(&Id, i64)> = BTreeSet::new();
            for papers in self.printed_of(plan) {
                for printed in papers.of(plan).filter(Printed::is_changed) {
                    let Some(last) = printed.updates.last() else { continue };
                    let key = (&printed.item.id, last.seq);
                    if !told.contains(&key)
                        && let Some(finding) = find(&papers, &printed, last)
                    {
                        told.insert(key);
                        all.push(finding);
                    }
                }
            }
        }
        all
    }
}

impl<'a> Papers<'a> {
    /// What they printed of `plan`.
    pub(super) fn of<'b>(&'b self, plan: &'b Plan<'a>) -> impl Iterator<Item = Printed<'a>> + 'b {
        let open = plan.items.iter().copied().filter(|item| open_on(item, self.on));
        open.map(|item| {
            let said = item.updates.partition_point(|said| scottish_day(said.at) <= self.on);
            Printed { item, updates: &item.updates[..said], is_proposed: proposed_on(item, self.on) }
        })
    }

    /// "When “Progress summary” (S004) was before its meeting on 16 September 2025, …".
    pub(super) fn then(&self) -> String {
        let names: Vec<String> = self.those.iter().map(|(_, source)| source.named()).collect();
        let (were, their) = if names.len() == 1 { ("was", "its") } else { ("were", "their") };
        format!("When {} {were} before {their} meeting on {},", listed(&names), day(self.on))
    }

    /// The note about a recommendation; it is beside the first of the papers.
    pub(super) fn note(&self, item: &Item, check: &'static str, told: &str, key: &str) -> Finding {
        let place = match self.those.first() {
            Some((id, _)) => Place::item_in(item, id),
            None => Place::item(item, ""),
        };
        self.tell(place, check, told, key)
    }

    /// The note about a plan.
    pub(super) fn note_of(&self, plan: &Plan<'_>, check: &'static str, told: &str, key: &str) -> Finding {
        let mend = self.those.first().map_or_else(|| plan.list(), |(id, _)| format!("/sources/{id}"));
        self.tell(Place::plan(plan.id, &plan.inspection.code, mend), check, told, key)
    }

    fn tell(&self, place: Place, check: &'static str, told: &str, key: &str) -> Finding {
        let key = format!("printed/{}/{key}", self.on);
        place.finding(check, Severity::Note, format!("{} {told}", self.then()), &key)
    }
}

impl Printed<'_> {
    /// Whether the register has another last update by now, or none that counts: what is closed is not updated.
    pub(super) fn is_changed(&self) -> bool {
        !self.item.is_open() || self.updates.len() < self.item.updates.len()
    }
}
