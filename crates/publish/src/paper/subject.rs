//! What a paper is about, cut from the register once, for every section to count and list from. Pure.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use journal::{Id, Position};
use plan::{
    inspection::rules::Inspection,
    register::{
        list::Query,
        rules::{Item, Register},
    },
};

use super::{
    around::Around,
    changed::{Change, Side, changes},
    cut::{Cut, Standing},
    details::{Details, Kind},
    gathered::Last,
};

/// What a paper is about.
pub(super) struct Subject<'a> {
    /// What was said about the paper.
    pub details: &'a Details,
    /// The register it counts.
    pub register: &'a Register,
    /// What stands around.
    pub around: &'a Around,
    /// Every recommendation it counts.
    pub all: Cut<'a>,
    /// The same by publication, the latest published first.
    pub publications: Vec<Publication<'a>>,
    /// The last paper about the same.
    pub before: Option<Before<'a>>,
}

/// One publication, and what is counted of it.
pub(super) struct Publication<'a> {
    /// The inspection's identity.
    pub id: &'a Id,
    /// The inspection.
    pub inspection: &'a Inspection,
    /// Every recommendation of it that is counted.
    pub all: Cut<'a>,
}

/// The last paper, counted again by this one's rule.
pub(super) struct Before<'a> {
    /// The paper.
    pub last: &'a Last,
    /// Every recommendation that this paper would have counted then.
    pub all: Cut<'a>,
    /// What has changed since, of each recommendation that did, in the register's order.
    pub changes: Vec<(&'a Item, Vec<Change>)>,
    /// Where each stands among them.
    places: BTreeMap<&'a Id, usize>,
}

impl<'a> Subject<'a> {
    /// What the paper that `details` asks for is about.
    pub fn of(
        details: &'a Details,
        register: &'a Register,
        last: Option<&'a Last>,
        around: &'a Around,
    ) -> Self {
        let all = everything(details, register);
        let scope = details.scope();
        let publications = register
            .inspections
            .iter()
            .filter(|(id, _)| scope.is_empty() || scope.iter().any(|one| one == id.as_str()))
            .map(|(id, inspection)| {
                let mut query = counting(details, register.position);
                query.inspection = vec![id.to_string()];
                Publication {
                    id,
                    inspection,
                    all: Cut::of(query, register.of_inspection(id), today(register)),
                }
            })
            .collect();
        let before = last.map(|last| {
            let then = everything(details, &last.register);
            let changes = changes(
                &Side { register: &last.register, counted: &then.rows },
                &Side { register, counted: &all.rows },
            );
            let places = changes.iter().enumerate().map(|(place, (item, _))| (&item.id, place)).collect();
            Before { last, all: then, changes, places }
        });
        Self { details, register, around, all, publications, before }
    }

    /// The day it is counted on.
    pub fn today(&self) -> Date {
        today(self.register)
    }

    /// Every recommendation of its inspections, whomever it is addressed to.
    pub fn whomever(&self) -> Cut<'a> {
        let query = Query { addressee: String::new(), ..counting(self.details, self.register.position) };
        Cut::of(query, &self.register.items, self.today())
    }

    /// Those still open: neither closed nor proposed for closure.
    pub fn open(&self) -> Cut<'a> {
        self.all.at(Standing::Open)
    }

    /// Those discharged in the paper's period, of `cut`.
    pub fn closed_in_period(&self, cut: &Cut<'a>) -> Cut<'a> {
        cut.narrowed(|query| {
            query.closed_from = self.details.period_from.to_string();
            query.closed_to = self.details.period_to.to_string();
        })
    }

    /// Those of `cut` of which nothing was reported after the day on which the last paper was counted.
    pub fn silent(&self, cut: &Cut<'a>) -> Option<Cut<'a>> {
        let day = self.before.as_ref()?.last.paper.on;
        Some(cut.narrowed(|query| query.silent_since = day.to_string()))
    }

    /// The publications whose recommendations are listed: a portfolio counts all, and lists what was chosen.
    pub fn listed(&self) -> impl Iterator<Item = &Publication<'a>> {
        let chosen = &self.details.inspections;
        self.publications
            .iter()
            .filter(|one| chosen.is_empty() || chosen.iter().any(|id| id == one.id.as_str()))
    }

    /// The recommendations that are told one by one: what is open or proposed of what is listed, and what was closed in
    /// the period, in the register's order.
    pub fn told(&self) -> Vec<Id> {
        let listed = self.of_listed();
        let parts =
            [listed.at(Standing::Open), listed.at(Standing::Proposed), self.closed_in_period(&self.all)];
        let told: BTreeSet<&Id> = parts.iter().flat_map(|cut| &cut.rows).map(|item| &item.id).collect();
        self.all.rows.iter().map(|item| &item.id).filter(|id| told.contains(id)).cloned().collect()
    }

    /// Whether it counts more than it lists.
    pub fn lists_some(&self) -> bool {
        self.details.kind == Kind::Portfolio && !self.details.inspections.is_empty()
    }

    /// The recommendations of the publications that are listed.
    pub fn of_listed(&self) -> Cut<'a> {
        if !self.lists_some() {
            return self.all.clone();
        }
        self.all.narrowed(|query| query.inspection.clone_from(&self.details.inspections))
    }

    /// Whether nothing was reported about `item` after the day on which the last paper was counted.
    pub fn silence(&self, item: &Item) -> Option<Date> {
        let day = self.before.as_ref()?.last.paper.on;
        item.is_silent_since(day).then_some(day)
    }

    /// What has changed about `item` since the last paper.
    pub fn news(&self, item: &Item) -> &[Change] {
        let changes =
            self.before.as_ref().and_then(|before| Some(&before.changes[*before.places.get(&item.id)?]));
        changes.map_or(&[], |(_, changes)| changes.as_slice())
    }
}

fn today(register: &Register) -> Date {
    register.position.today
}

/// The query of everything that a paper counts, at `position`.
pub(super) fn counting(details: &Details, position: Position) -> Query {
    Query {
        // The inspections that were asked for, found or not: a figure must not lead to more than it counts.
        inspection: details.scope().to_vec(),
        addressee: details.addressee.clone(),
        as_at: format!("{}@{}", position.seq, position.today),
        ..Query::default()
    }
}

/// Everything that a paper counts.
pub(super) fn everything<'a>(details: &Details, register: &'a Register) -> Cut<'a> {
    Cut::of(counting(details, register.position), &register.items, today(register))
}
