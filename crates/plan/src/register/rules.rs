//! The register and what is derived from it. Pure.

use import::{TargetDate, normal_reference};
use jiff::{ToSpan, civil::Date};
use journal::{Id, Position};

use super::items::Items;
use crate::{
    action::rules::Action,
    area::rules::Area,
    classification::rules::Classification,
    dependency::{
        rows::Waiting,
        rules::{Awaited, Outside},
    },
    inspection::rules::Inspection,
    programme::rules::Programme,
    recommendation::{rows::Taken, rules::Recommendation, status::Status},
    target::{
        rows::Given,
        rules::{Delay, delay, months_between},
    },
    underway::rules::Underway,
    update::rows::Said,
};

/// Days without an update after which an owner is asked (LOOK 2b). GUESS: no source gives a number.
pub const STALE_DAYS: i64 = 30;

/// The register as at a position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// Where in the journal, and which day it was there.
    pub position: Position,
    /// The inspections, the latest published first.
    pub inspections: Vec<(Id, Inspection)>,
    /// The recommendations, by inspection and reference.
    pub items: Items,
    /// The areas for development.
    pub areas: Vec<(Id, Area)>,
    /// The programmes of change.
    pub programmes: Vec<(Id, Programme)>,
    /// The inspections under way, and those that were.
    pub underway: Vec<(Id, Underway)>,
}

/// One recommendation with all that is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its identity.
    pub id: Id,
    /// Itself.
    pub recommendation: Recommendation,
    /// The short name of its inspection: "CAM22".
    pub code: String,
    /// The day its inspection was published.
    pub published_on: Date,
    /// Its targets, the first first.
    pub targets: Vec<Given>,
    /// Its actions, as numbered.
    pub actions: Vec<Action>,
    /// Its updates, oldest first.
    pub updates: Vec<Said>,
    /// Its steps on the way to discharge, oldest first.
    pub steps: Vec<Taken>,
    /// How it is sorted.
    pub classification: Classification,
    /// What it waits for, why and since when.
    pub waits_for: Vec<Waiting>,
    /// The bodies it is addressed to: its own, or else its inspection's.
    pub addressees: Vec<String>,
    /// Whether it is in work and something that it waits for has not come.
    pub is_blocked: bool,
}

impl Item {
    /// Its reference with its inspection's short name: "CAM22-R3".
    pub fn label(&self) -> String {
        let key = normal_reference(&self.recommendation.reference);
        let number = key.starts_with(|c: char| c.is_ascii_digit());
        format!("{}-{}{key}", self.code, if number { "R" } else { "" })
    }

    /// Whether it is still to be discharged.
    pub fn is_open(&self) -> bool {
        !self.recommendation.status.is_closed()
    }

    /// Whether it is being worked on. Every figure of what is open counts these; what is proposed for closure is
    /// not closed yet either, and is counted apart, so that open, proposed, discharged and superseded are all.
    pub fn is_in_work(&self) -> bool {
        self.recommendation.status.is_in_work()
    }

    /// The first target: kept for ever.
    pub fn first_target(&self) -> Option<TargetDate> {
        self.targets.first().map(|given| given.target)
    }

    /// The target as it stands.
    pub fn current_target(&self) -> Option<TargetDate> {
        self.targets.last().map(|given| given.target)
    }

    /// How late it is against its first target, while it is in work: what counts as delayed.
    pub fn delay_from_first(&self, today: Date) -> Option<Delay> {
        self.past_first_target(today).filter(|_| self.is_in_work())
    }

    /// How late it is against its current target, while it is in work.
    pub fn delay_from_current(&self, today: Date) -> Option<Delay> {
        self.past_current_target(today).filter(|_| self.is_in_work())
    }

    /// How far its first target lies back, with the inspectorate too; nothing once it is closed.
    pub fn past_first_target(&self, today: Date) -> Option<Delay> {
        self.first_target().filter(|_| self.is_open()).and_then(|target| delay(target, today))
    }

    /// How far its current target lies back, with the inspectorate too; nothing once it is closed.
    pub fn past_current_target(&self, today: Date) -> Option<Delay> {
        self.current_target().filter(|_| self.is_open()).and_then(|target| delay(target, today))
    }

    /// How often the target was moved.
    pub fn moves(&self) -> usize {
        self.targets.len().saturating_sub(1)
    }

    /// The moves that have no kind of reason: the number, from where and to where.
    pub fn moves_without_kind(&self) -> impl Iterator<Item = (usize, TargetDate, TargetDate)> {
        let pairs = self.targets.windows(2).enumerate();
        let without = pairs.filter(|(_, pair)| pair[1].delay_reason.is_empty());
        without.map(|(index, pair)| (index + 1, pair[0].target, pair[1].target))
    }

    /// How often the inspectorate returned it.
    pub fn times_returned(&self) -> usize {
        self.steps.iter().filter(|step| step.status == Status::Returned).count()
    }

    /// How late it was against its first target when it was closed; nothing while it is open.
    pub fn delay_when_closed(&self) -> Option<Delay> {
        let closed = self.steps.iter().find(|step| step.status.is_closed())?;
        self.first_target().and_then(|target| delay(target, closed.on))
    }

    /// Where it stood at the end of `day`, as its steps tell; nothing before its publication.
    pub fn status_on(&self, day: Date) -> Option<Status> {
        if day < self.published_on {
            return None;
        }
        let last = self.steps.iter().filter(|step| step.on <= day).max_by_key(|step| (step.on, step.seq));
        Some(last.map_or(Status::Open, |step| step.status))
    }

    /// Whether it is in work and nobody has said anything about it after `day`, its owner or another for it.
    pub fn is_silent_since(&self, day: Date) -> bool {
        self.is_in_work() && self.updates.last().is_none_or(|said| scottish_day(said.at) <= day)
    }

    /// Months from the first target to the current one.
    pub fn slipped_months(&self) -> i64 {
        match (self.first_target(), self.current_target()) {
            (Some(first), Some(current)) => months_between(first, current),
            _ => 0,
        }
    }

    /// Whether it is in work two years after its publication (the rule of December 2025, DOMAIN 0.7).
    pub fn is_open_after_two_years(&self, today: Date) -> bool {
        self.is_in_work() && self.published_on.saturating_add(2.years()) < today
    }

    /// Whole months since its publication.
    pub fn age_months(&self, today: Date) -> i64 {
        let from = self.published_on;
        let months = i64::from(today.year() - from.year()) * 12 + i64::from(today.month() - from.month());
        (months - i64::from(today.day() < from.day())).max(0)
    }

    /// Days since the last update, or since the publication if there is none.
    pub fn days_since_update(&self, today: Date) -> i64 {
        let last = self.updates.last().map_or(self.published_on, |said| scottish_day(said.at));
        i64::from((today - last).get_days()).max(0)
    }

    /// Whether it is in work and nobody has said anything for [`STALE_DAYS`].
    pub fn is_stale(&self, today: Date) -> bool {
        self.is_in_work() && self.days_since_update(today) > STALE_DAYS
    }

    /// How many of its actions are done.
    pub fn actions_done(&self) -> usize {
        self.actions.iter().filter(|action| action.done_on.is_some()).count()
    }

    /// What it is about, short: the first sentence, at most 110 characters.
    pub fn short_text(&self) -> String {
        let text = self.recommendation.text.lines().next().unwrap_or_default();
        if text.chars().count() <= 110 {
            return text.to_owned();
        }
        let cut: String = text.chars().take(110).collect();
        let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
        format!("{}…", cut.trim_end_matches([',', ';', ':']))
    }

    /// Whether it was closed by the inspectorate from `from` to `to`.
    pub fn was_discharged_between(&self, from: Date, to: Date) -> bool {
        self.recommendation.status == Status::Discharged
            && self.recommendation.status_on.is_some_and(|on| from <= on && on <= to)
    }

    /// By inspection's order and then as people count: R2 before R10.
    pub(super) fn order(&self) -> (String, i64, String) {
        let key = normal_reference(&self.recommendation.reference);
        let digits: String = key.chars().take_while(char::is_ascii_digit).collect();
        (self.code.clone(), digits.parse().unwrap_or(i64::MAX), key)
    }
}

pub use journal::day_of as scottish_day;

/// The figures above the register. They are counted from the list itself, so they agree with it; open, with the
/// inspectorate, discharged and superseded are all that were made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// All there are.
    pub made: usize,
    /// In work: neither closed nor with the inspectorate.
    pub open: usize,
    /// Open and past the first target.
    pub delayed: usize,
    /// Open and past the current target.
    pub past_current_target: usize,
    /// Proposed for closure.
    pub with_inspectorate: usize,
    /// Open and without an update for [`STALE_DAYS`].
    pub without_update: usize,
    /// Open two years after publication.
    pub over_two_years: usize,
    /// Discharged.
    pub discharged: usize,
    /// Superseded.
    pub superseded: usize,
}

impl Counts {
    /// The counts of `items` as seen on `today`.
    pub fn of<'a>(items: impl Iterator<Item = &'a Item>, today: Date) -> Self {
        items.fold(Self::default(), |mut counts, item| {
            let status = item.recommendation.status;
            counts.made += 1;
            counts.open += usize::from(item.is_in_work());
            counts.delayed += usize::from(item.delay_from_first(today).is_some());
            counts.past_current_target += usize::from(item.delay_from_current(today).is_some());
            counts.with_inspectorate += usize::from(status == Status::ProposedForClosure);
            counts.without_update += usize::from(item.is_stale(today));
            counts.over_two_years += usize::from(item.is_open_after_two_years(today));
            counts.discharged += usize::from(status == Status::Discharged);
            counts.superseded += usize::from(status == Status::Superseded);
            counts
        })
    }
}

impl Register {
    /// The recommendation with that identity.
    pub fn item(&self, id: &Id) -> Option<&Item> {
        self.items.iter().find(|item| item.id == *id)
    }

    /// The inspection with that identity.
    pub fn inspection(&self, id: &Id) -> Option<&Inspection> {
        self.inspections.iter().find(|(known, _)| known == id).map(|(_, inspection)| inspection)
    }

    /// Settles what a recommendation's neighbours decide: whom it is addressed to, and whether it is blocked.
    pub fn settle(&mut self) {
        for place in 0..self.items.len() {
            let item = &self.items[place];
            let own = &item.classification.addressees;
            let addressees = if own.is_empty() { self.bodies_of(item) } else { own.as_slice() };
            let waits = item.waits_for.iter().any(|one| !self.has_come(&one.on));
            let is_blocked = item.is_in_work() && waits;
            // Only what differs is written: the rest stays shared with the register before.
            if item.addressees != addressees || item.is_blocked != is_blocked {
                let addressees = addressees.to_vec();
                let item = &mut self.items[place];
                (item.addressees, item.is_blocked) = (addressees, is_blocked);
            }
        }
    }

    /// The bodies that a recommendation's inspection is addressed to.
    pub fn bodies_of(&self, item: &Item) -> &[String] {
        self.inspection(&item.recommendation.inspection).map_or(&[], |one| &one.addressees)
    }

    /// What is waited for, as a page calls it.
    pub fn awaited_words(&self, on: &Awaited) -> String {
        let label = |id: &Id| self.item(id).map_or_else(String::new, Item::label);
        match on {
            Awaited::Recommendation(id) => label(id),
            Awaited::Other(Outside::Action { recommendation, number }) => {
                format!("action {number} of {}", label(recommendation))
            }
            Awaited::Other(Outside::Programme(id)) => {
                let programme = self.programmes.iter().find(|(known, _)| known == id);
                programme.map_or_else(String::new, |(_, one)| one.called_on(self.position.today).to_owned())
            }
            Awaited::Other(Outside::Body(name)) => name.clone(),
        }
    }

    /// Whether what is waited for has come: the recommendation closed, the action done. What is outside the
    /// register has come when somebody ends the wait.
    pub fn has_come(&self, on: &Awaited) -> bool {
        match on {
            Awaited::Recommendation(id) => self.item(id).is_none_or(|other| !other.is_open()),
            Awaited::Other(Outside::Action { recommendation, number }) => {
                let other = self.item(recommendation);
                let action = other.and_then(|one| one.actions.iter().find(|one| one.number == *number));
                action.is_none_or(|action| action.done_on.is_some())
            }
            Awaited::Other(Outside::Programme(id)) => {
                let programme = self.programmes.iter().find(|(known, _)| known == id);
                programme.is_none_or(|(_, one)| one.ended.is_some())
            }
            Awaited::Other(Outside::Body(_)) => false,
        }
    }

    /// What the last update of `item` says: its own words, after those of the one it stands for.
    pub fn last_update(&self, item: &Item) -> Option<String> {
        let said = item.updates.last()?;
        let Some(from) = &said.inherited_from else { return Some(said.text.clone()) };
        let (label, words) = match self.item(from) {
            Some(other) => {
                (other.label(), other.updates.iter().rev().find(|one| one.inherited_from.is_none()))
            }
            None => (String::new(), None),
        };
        let words = words.map_or("", |said| said.text.as_str());
        let own = if said.text.is_empty() { String::new() } else { format!("\n{}", said.text) };
        Some(format!("As {label}: {words}{own}"))
    }

    /// The recommendations of one inspection.
    pub fn of_inspection(&self, id: &Id) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| item.recommendation.inspection == *id)
    }

    /// The figures of the whole register.
    pub fn counts(&self) -> Counts {
        Counts::of(self.items.iter(), self.position.today)
    }
}
