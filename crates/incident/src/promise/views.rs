//! The list of promises as it is shown.

use askama::Template;
use contact::codes::words;
use jiff::Timestamp;
use journal::words::moment;
use serde::{Deserialize, Serialize};
use users::User;
use web::{Choice, Frame, Section};

use super::{
    rows::ToKeep,
    rules::{Promise, Promises, broken_until},
};
use crate::{after::After, codes, queue::views::spell, unit};

/// Rows on one page.
pub const PAGE: i64 = 50;

/// What the address holds.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Query {
    /// A unit.
    pub unit: String,
    /// The place in the list.
    pub after: String,
}

/// One promise.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Where its incident is.
    pub address: String,
    /// The incident's reference.
    pub reference: String,
    /// The opening account.
    pub summary: String,
    /// What was promised.
    pub what: String,
    /// By when.
    pub due: String,
    /// How late it is; empty while its time is to come.
    pub late: String,
    /// When it was made.
    pub made: String,
    /// Whose the incident is.
    pub with: String,
}

/// A promise on the page of its incident.
#[derive(Debug, Serialize)]
pub struct PromiseRow {
    /// What was promised.
    pub what: String,
    /// In words, where its kind does not say it.
    pub words: String,
    /// By when.
    pub by: String,
    /// How it stands.
    pub state: &'static str,
    /// Whether its time went by.
    pub is_broken: bool,
}

/// The list.
#[derive(Debug, Template, Serialize)]
#[template(path = "promise/list.html")]
pub struct PromisesPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// What is to be kept, the first due first.
    pub rows: Vec<Row>,
    /// How many there are, on all pages.
    pub all: i64,
    /// How many of them are broken by now.
    pub broken: i64,
    /// The units.
    #[serde(skip)]
    pub units: Vec<Choice>,
    /// The chosen one.
    pub unit: String,
    /// Whether this is not the first page.
    pub is_later: bool,
    /// The address of the next page; empty on the last.
    pub next: String,
}

/// The page of what was found: one more than a page of them says that there is a next one.
pub fn page(
    now: Timestamp,
    who: &User,
    query: &Query,
    found: &[ToKeep],
    (all, broken): (i64, i64),
) -> PromisesPage {
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let last = found.get(page.saturating_sub(1)).filter(|_| found.len() > page);
    let after = last.map(|one| After { at: one.due_at, incident: one.incident.clone(), number: one.number });
    let next = |after: After| format!("/promises?unit={}&after={}", query.unit, after.written());
    let units = unit::valid(codes::day_of(now));
    let choices = units.iter().map(|unit| Choice::of(&unit.key, &unit.name, &query.unit));
    PromisesPage {
        frame: Frame::of("Promises to be kept", Section::Queues).seen_by(who.signed()),
        rows: found.iter().take(page).map(|one| row(one, now)).collect(),
        all,
        broken,
        units: std::iter::once(Choice::of("", "Every unit", &query.unit)).chain(choices).collect(),
        unit: query.unit.clone(),
        is_later: !query.after.is_empty(),
        next: after.map_or_else(String::new, next),
    }
}

fn row(one: &ToKeep, now: Timestamp) -> Row {
    let is_broken = one.due_at <= broken_until(now);
    let late = now.duration_since(one.due_at).as_secs();
    Row {
        address: format!("/incidents/{}", one.incident),
        reference: one.reference.clone(),
        summary: one.summary.clone(),
        what: words(codes::promises(), &one.kind).to_owned(),
        due: moment(one.due_at),
        late: if is_broken { format!("{} late", spell(late)) } else { String::new() },
        made: moment(one.made_at),
        with: if one.is_closed { "Closed".to_owned() } else { unit::name(&one.unit).to_owned() },
    }
}

/// What was promised on one incident, the latest first.
pub fn rows(promises: &Promises, now: Timestamp) -> Vec<PromiseRow> {
    let row = |promise: &Promise| PromiseRow {
        what: words(codes::promises(), &promise.kind).to_owned(),
        words: promise.words.shown().to_owned(),
        by: moment(promise.due_at),
        state: promise.state(now).words(),
        is_broken: promise.state(now).is_broken(),
    };
    promises.0.iter().rev().map(row).collect()
}
