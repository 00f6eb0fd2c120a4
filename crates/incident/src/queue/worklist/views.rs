//! One queue as it is shown, and as it goes to a screen that stays open.

use std::collections::BTreeMap;

use askama::Template;
use contact::grade::Grade;
use jiff::Timestamp;
use journal::{Id, reference, words::thousands};
use serde::Serialize;
use users::User;
use web::{Choice, Frame, Section};

use super::{
    choices::{Order, Risk, With},
    rows::Shown,
    rules::{PAGE, Page, Query, SUPERVISORS, Waiting},
};
use crate::{
    codes,
    incident::list::views::{account_words, kind_words},
    queue::{
        rules::Queued,
        views::{clock_words, endorsement_words},
    },
    unit,
};

/// One incident in a queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The incident.
    pub id: String,
    /// Where it is.
    pub address: String,
    /// Its reference.
    pub reference: String,
    /// The opening account.
    pub summary: String,
    /// Its type and qualifiers.
    pub kind: String,
    /// The place.
    pub place: String,
    /// The grade, as an address has it.
    pub grade: &'static str,
    /// The grade.
    pub grade_words: &'static str,
    /// The highest level of its assessment, as an address has it.
    pub risk: Risk,
    /// The same in words.
    pub risk_words: &'static str,
    /// What it waits for.
    pub waits: &'static str,
    /// What has to happen.
    pub clock: String,
    /// By when, for the clock that runs on the screen; empty where none does.
    pub due_at: String,
    /// Since when it is with the unit, for people.
    pub since: String,
    /// What is owed.
    pub owed: String,
    /// Whose it is, where that is not the queue's own unit.
    pub with: String,
    /// What a second person is asked for.
    pub endorsement: &'static str,
}

/// A page of a queue at an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Snapshot {
    /// The entry it is as at.
    pub seq: i64,
    /// The lines of the page, in its order.
    pub lines: Vec<Line>,
    /// "12 here, 3 late", of the whole list.
    pub told: String,
    /// How many are in the queue, whatever it is narrowed to.
    pub here: usize,
    /// How many are in the narrowed list, on all of its pages.
    pub total: usize,
    /// How many of those are past their clock.
    pub late: usize,
    /// "Rows 51 to 100 of 5,000"; empty where all are on the page.
    pub rows: String,
    /// Where the first page is; empty on it.
    pub first: String,
    /// Where the next page is; empty on the last.
    pub next: String,
    /// Whether the queue is longer than a page: then there is something to narrow.
    pub is_long: bool,
    /// What is said where the page has no line.
    pub nothing: &'static str,
}

impl Snapshot {
    /// Whether both show the same: the entry alone is no reason to send another picture.
    pub fn shows(&self, other: &Self) -> bool {
        Self { seq: other.seq, ..self.clone() } == *other
    }
}

/// The picture of a page at entry `seq`, with the words of its incidents.
pub fn snapshot(
    key: &str,
    query: &Query,
    page: &Page<'_>,
    shown: &BTreeMap<Id, Shown>,
    seq: i64,
    now: Timestamp,
) -> Snapshot {
    let is_later = !query.after.is_empty();
    let next = page.next.as_ref().map(|next| Query { after: next.written(), ..query.clone() });
    let lines: Vec<Line> = page.shown.iter().map(|one| line(key, one, shown.get(&one.id), now)).collect();
    let rows = if lines.is_empty() || lines.len() == page.total {
        String::new()
    } else {
        let (first, last) = (thousands(page.before + 1), thousands(page.before + lines.len()));
        format!("Rows {first} to {last} of {}", thousands(page.total))
    };
    Snapshot {
        seq,
        told: told(page, query.is_narrowed()),
        here: page.here,
        total: page.total,
        late: page.late,
        rows,
        first: if is_later { first(key, query) } else { String::new() },
        next: next.map_or_else(String::new, |next| address(&format!("/queues/{key}"), &next)),
        is_long: page.here > PAGE,
        nothing: nothing(query),
        lines,
    }
}

/// "12 here, 3 late"; of a narrowed list "4 of 12 here, 3 of them late".
fn told(page: &Page<'_>, is_narrowed: bool) -> String {
    let (here, total, late) = (thousands(page.here), thousands(page.total), thousands(page.late));
    match (page.here, is_narrowed, page.total, page.late) {
        (0, ..) => "Nothing waits here".to_owned(),
        (_, false, _, 0) => format!("{here} here, none late"),
        (_, false, ..) => format!("{here} here, {late} late"),
        (_, true, 0, _) => format!("None of the {here} here"),
        (_, true, _, 0) => format!("{total} of {here} here, none of them late"),
        (_, true, ..) => format!("{total} of {here} here, {late} of them late"),
    }
}

/// What is said where a page has no line.
fn nothing(query: &Query) -> &'static str {
    let is_only_late = Query { late: query.late.clone(), order: query.order.clone(), ..Query::default() };
    if !query.after.is_empty() {
        "No more wait here."
    } else if !query.is_narrowed() {
        "Nothing waits here."
    } else if *query == is_only_late {
        "Nobody waits here that is late."
    } else {
        "Nothing that waits here matches all of that."
    }
}

/// An address with what is asked of the list.
fn address(page: &str, query: &Query) -> String {
    let pairs = [
        ("risk", &query.risk),
        ("late", &query.late),
        ("grade", &query.grade),
        ("with", &query.with),
        ("order", &query.order),
        ("after", &query.after),
    ];
    let given: Vec<(&str, &String)> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    match serde_html_form::to_string(&given) {
        Ok(asked) if !asked.is_empty() => format!("{page}?{asked}"),
        _ => page.to_owned(),
    }
}

/// Where the first page is, narrowed and ordered as this one.
fn first(key: &str, query: &Query) -> String {
    address(&format!("/queues/{key}"), &Query { after: String::new(), ..query.clone() })
}

fn line(key: &str, one: &Waiting, shown: Option<&Shown>, now: Timestamp) -> Line {
    let queued = &one.queued;
    let (summary, kind, place) = shown.map_or_else(Default::default, |shown| {
        let kind = kind_words(&shown.incident_type, shown.qualifiers.iter().map(String::as_str));
        (shown.summary.as_str(), kind, shown.place.clone())
    });
    let is_offered_here = queued.offered_to.as_deref() == Some(key);
    let with = if is_offered_here {
        format!("offered by {}", unit::name(&queued.unit))
    } else if queued.unit == key {
        queued.offered_to.as_deref().map_or_else(String::new, |to| format!("offered to {}", unit::name(to)))
    } else {
        unit::name(&queued.unit).to_owned()
    };
    Line {
        id: one.id.to_string(),
        address: format!("/incidents/{}", one.id),
        reference: reference('I', one.seq),
        summary: account_words(summary),
        kind,
        place,
        grade: queued.grade.as_str(),
        grade_words: queued.grade.words(),
        risk: one.risk,
        risk_words: one.risk.words(),
        waits: if is_offered_here { "Your unit to accept" } else { queued.waits.words() },
        clock: clock_words(one.clock(key), now),
        due_at: one.clock(key).map_or_else(String::new, |clock| clock.due_at.to_string()),
        since: queued.since.to_zoned(codes::scotland()).strftime("%-d %b, %H:%M").to_string(),
        owed: owed(queued, now),
        with,
        endorsement: endorsement_words(queued),
    }
}

/// What is owed, and the next promise to a person.
fn owed(queued: &Queued, now: Timestamp) -> String {
    let debts = queued.debts.iter().map(|debt| debt.words.clone());
    let promised = queued.promised.iter().map(|promised| clock_words(Some(promised), now));
    debts.chain(promised).collect::<Vec<_>>().join("; ")
}

/// One queue.
#[derive(Debug, Template, Serialize)]
#[template(path = "queue/worklist/show.html")]
pub struct QueuePage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What is on the page.
    pub snapshot: Snapshot,
    /// What is asked of the list.
    pub query: Query,
    /// Where this page is, with all that is asked.
    #[serde(skip)]
    pub here: String,
    /// Where its pictures come from.
    #[serde(skip)]
    pub live: String,
    /// The order, as the table says it.
    #[serde(skip)]
    pub order: &'static str,
    /// Whether anything narrows it.
    #[serde(skip)]
    pub is_narrowed: bool,
    /// Whether the filters are shown: a short list that nothing narrows needs none.
    #[serde(skip)]
    pub has_filters: bool,
    /// Choices of the filters: name, words, choices.
    #[serde(skip)]
    pub filters: Vec<(&'static str, &'static str, Vec<Choice>)>,
}

/// The page of one queue.
pub fn queue_page(who: &User, key: &str, name: &str, query: Query, snapshot: Snapshot) -> QueuePage {
    let is_narrowed = query.is_narrowed();
    let by_risk = query.order == Order::Risk.as_str();
    QueuePage {
        frame: Frame::of(format!("Queue: {name}"), Section::Queues).seen_by(who.signed()),
        key: key.to_owned(),
        name: name.to_owned(),
        here: address(&format!("/queues/{key}"), &query),
        live: address(&format!("/queues/{key}/live"), &query),
        order: if by_risk {
            "the highest risk first, then the gravest, then what is due first"
        } else {
            "the gravest first, then what is due first"
        },
        is_narrowed,
        has_filters: snapshot.is_long || query != Query::default(),
        filters: filters(key, &query),
        snapshot,
        query,
    }
}

fn filters(key: &str, query: &Query) -> Vec<(&'static str, &'static str, Vec<Choice>)> {
    let any = |chosen: &str, rest: Vec<Choice>| -> Vec<Choice> {
        std::iter::once(Choice::of("", "Any", chosen)).chain(rest).collect()
    };
    let order = if query.order.is_empty() { Order::default().as_str() } else { query.order.as_str() };
    let orders = Order::ALL.map(|one| Choice::of(one.as_str(), one.words(), order));
    let risks = Risk::ALL.map(|one| Choice::of(one.as_str(), one.words(), &query.risk));
    let grades = Grade::ALL.map(|one| Choice::of(one.as_str(), one.words(), &query.grade));
    let with = With::ALL.map(|one| Choice::of(one.as_str(), one.words(), &query.with));
    let late = [("", "Any"), ("yes", "Past it")].map(|(key, words)| Choice::of(key, words, &query.late));
    let mut filters = vec![
        ("order", "Order", orders.to_vec()),
        ("late", "Clock", late.to_vec()),
        ("risk", "Risk", any(&query.risk, risks.to_vec())),
        ("grade", "Grade", any(&query.grade, grades.to_vec())),
    ];
    if key != SUPERVISORS {
        filters.push(("with", "Who has it", any(&query.with, with.to_vec())));
    }
    filters
}
