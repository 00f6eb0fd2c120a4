//! The input laid out once for every check: by identity, by plan, by what a statement is about.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use journal::Id;

use super::{
    Input,
    reading::Reading,
    standing::{addressees, is_of_theme},
};
use crate::{
    inspection::rules::Inspection,
    register::rules::Item,
    source::rules::{About, Quantity, Source, Statement},
};

/// What every check looks at.
#[derive(Debug)]
pub struct Look<'a> {
    /// What was given.
    pub input: &'a Input<'a>,
    /// The plans, each with its recommendations.
    pub plans: Vec<Plan<'a>>,
    /// The body to which most recommendations are addressed: for which a service's figures are counted.
    pub service: String,
    items: BTreeMap<&'a Id, &'a Item>,
    elsewhere: BTreeSet<&'a Id>,
    by_about: BTreeMap<&'a About, Vec<Told<'a>>>,
    papers: Vec<Paper<'a>>,
}

/// A paper that was before a meeting, and the plans of which it speaks.
#[derive(Debug)]
pub struct Paper<'a> {
    /// The day of the meeting.
    pub on: Date,
    /// The source's identity.
    pub id: &'a Id,
    /// The source.
    pub source: &'a Source,
    of_all: bool,
    plans: BTreeSet<&'a Id>,
}

/// An inspection and its recommendations.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The inspection's identity.
    pub id: &'a Id,
    /// The inspection.
    pub inspection: &'a Inspection,
    /// Its recommendations.
    pub items: Vec<&'a Item>,
    /// What was read in each of them.
    readings: Vec<&'a Reading>,
}

/// A statement and who made it.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The source's identity.
    pub id: &'a Id,
    /// The source.
    pub source: &'a Source,
    /// What it said.
    pub statement: &'a Statement,
}

impl<'a> Look<'a> {
    /// Lays `input` out.
    pub fn at(input: &'a Input<'a>) -> Self {
        let register = input.register;
        let mut of: BTreeMap<&Id, (Vec<&Item>, Vec<&Reading>)> = BTreeMap::new();
        for (item, reading) in input.readings.iter() {
            let (items, readings) = of.entry(&item.recommendation.inspection).or_default();
            items.push(item);
            readings.push(reading);
        }
        let plan = |(id, inspection): &'a (Id, Inspection)| {
            let (items, readings) = of.remove(id).unwrap_or_default();
            Plan { id, inspection, items, readings }
        };
        let plans: Vec<Plan<'a>> = register.inspections.iter().map(plan).collect();
        let (service, elsewhere) = addressed(&plans);
        let mut by_about: BTreeMap<&About, Vec<Told<'_>>> = BTreeMap::new();
        for (id, source) in input.sources {
            for cited in source.standing() {
                let statement = &cited.statement;
                by_about.entry(&statement.about).or_default().push(Told { id, source, statement });
            }
        }
        let items: BTreeMap<&Id, &Item> = register.items.iter().map(|item| (&item.id, item)).collect();
        let papers = input.sources.iter().filter_map(|(id, source)| {
            let on = source.meeting_on.filter(|on| *on <= input.today)?;
            Some(Paper::of(on, id, source, &items))
        });
        let mut papers: Vec<Paper<'a>> = papers.collect();
        papers.sort_by_key(|paper| paper.on);
        Self { input, plans, service, items, elsewhere, by_about, papers }
    }

    /// The recommendation with that identity.
    pub fn item(&self, id: &Id) -> Option<&'a Item> {
        self.items.get(id).copied()
    }

    /// The plan of that inspection.
    pub fn plan(&self, id: &Id) -> Option<&Plan<'a>> {
        self.plans.iter().find(|plan| plan.id == id)
    }

    /// Every open recommendation.
    pub fn open(&self) -> impl Iterator<Item = &Item> {
        self.plans.iter().flat_map(Plan::open)
    }

    /// Every open recommendation, and what was read in it.
    pub(super) fn open_read(&self) -> impl Iterator<Item = (&'a Item, &'a Reading)> {
        self.plans.iter().flat_map(Plan::open_read)
    }

    /// Whether it is addressed to the service, and not to another body alone.
    pub fn is_ours(&self, item: &Item) -> bool {
        !self.elsewhere.contains(&item.id)
    }

    /// Everything that was said, by what it is about.
    pub fn said(&self) -> impl Iterator<Item = (&'a About, &[Told<'a>])> {
        self.by_about.iter().map(|(about, told)| (*about, told.as_slice()))
    }

    /// What was said about one thing.
    pub fn said_of(&self, about: &About) -> &[Told<'a>] {
        self.by_about.get(about).map_or(&[], Vec::as_slice)
    }

    /// Every statement.
    pub fn told(&self) -> impl Iterator<Item = Told<'a>> {
        self.by_about.values().flatten().copied()
    }

    /// The papers that were before a meeting by now and speak of a plan, the first day first.
    pub fn papers_of(&self, plan: &Id) -> impl Iterator<Item = &Paper<'a>> {
        self.papers.iter().filter(move |paper| paper.of_all || paper.plans.contains(plan))
    }

    /// The recommendations that a figure about `about` counts.
    pub fn scope(&self, about: &About) -> Vec<&'a Item> {
        match about {
            About::Portfolio => self.input.register.items.iter().collect(),
            About::Inspection(id) => self.plan(id).map_or_else(Vec::new, |plan| plan.items.clone()),
            About::Recommendation(id) => self.item(id).into_iter().collect(),
            About::Theme(theme) => {
                let all = self.plans.iter().flat_map(|plan| plan.items.iter().map(move |item| (plan, *item)));
                let of_theme = all.filter(|(plan, item)| is_of_theme(theme, item, plan.inspection));
                of_theme.map(|(_, item)| item).collect()
            }
        }
    }

    /// What a statement is about, as a sentence names it after "of".
    pub fn name(&self, about: &About) -> String {
        match about {
            About::Portfolio => "the whole register".to_owned(),
            About::Inspection(id) => {
                self.plan(id).map_or_else(|| "an inspection".to_owned(), |plan| plan.inspection.title.clone())
            }
            About::Recommendation(id) => {
                self.item(id).map_or_else(|| "a recommendation".to_owned(), Item::label)
            }
            About::Theme(theme) => format!("the theme “{theme}”"),
        }
    }
}

impl<'a> Paper<'a> {
    /// It speaks of a plan if it does of one of its recommendations, of it, or of the whole register.
    fn of(on: Date, id: &'a Id, source: &'a Source, items: &BTreeMap<&'a Id, &'a Item>) -> Self {
        let mut paper = Self { on, id, source, of_all: false, plans: BTreeSet::new() };
        for cited in source.standing() {
            match &cited.statement.about {
                // A name is said of nothing in the register.
                About::Portfolio => paper.of_all |= cited.statement.quantity != Quantity::Name,
                About::Inspection(plan) => {
                    paper.plans.insert(plan);
                }
                About::Recommendation(one) => {
                    paper.plans.extend(items.get(one).map(|item| &item.recommendation.inspection));
                }
                About::Theme(_) => {}
            }
        }
        paper
    }
}

impl<'a> Plan<'a> {
    /// Its open recommendations.
    pub fn open(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().copied().filter(|item| item.is_open())
    }

    /// Its recommendations, and what was read in each.
    pub(super) fn read(&self) -> impl Iterator<Item = (&'a Item, &'a Reading)> {
        self.items.iter().copied().zip(self.readings.iter().copied())
    }

    /// Its open recommendations, and what was read in each.
    pub(super) fn open_read(&self) -> impl Iterator<Item = (&'a Item, &'a Reading)> {
        self.read().filter(|(item, _)| item.is_open())
    }

    /// The address of its list.
    pub fn list(&self) -> String {
        format!("/recommendations?inspection={}", self.id)
    }
}

/// A recommendation's number within its plan: "R14" of "DA23-R14".
pub fn short(item: &Item) -> String {
    let label = item.label();
    label.strip_prefix(&format!("{}-", item.code)).map_or_else(|| label.clone(), str::to_owned)
}

/// The body that most recommendations are addressed to, and the recommendations that are not.
fn addressed<'a>(plans: &[Plan<'a>]) -> (String, BTreeSet<&'a Id>) {
    let mut bodies: Vec<(&'a Id, Vec<&'a str>)> = Vec::new();
    let mut counts: BTreeMap<&'a str, usize> = BTreeMap::new();
    for plan in plans {
        for item in &plan.items {
            let named = addressees(item, plan.inspection);
            for body in &named {
                *counts.entry(body).or_default() += 1;
            }
            bodies.push((&item.id, named));
        }
    }
    let most = counts.values().max().copied().unwrap_or(0);
    let service = counts.into_iter().find(|(_, count)| *count == most).map_or("", |(body, _)| body);
    let others = bodies.into_iter().filter(|(_, named)| !named.is_empty() && !named.contains(&service));
    let elsewhere = others.map(|(id, _)| id).collect();
    (service.to_owned(), elsewhere)
}
