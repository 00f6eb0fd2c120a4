//! Which rows of a queue are on a page, and in which order. Pure.
//!
//! A page begins after a place: what the last row before it was ordered by. Rows that come and go before that place move
//! nothing after it, so whoever turns pages sees every row that stays where it is once, and none twice.

use std::cmp::Reverse;

use contact::grade::Grade;
use jiff::Timestamp;
use journal::{Id, Refusal};
use serde::{Deserialize, Serialize};

use super::choices::{Order, Risk, With};
use crate::queue::rules::{Clock, Queued, is_late};

/// The key of the list of what waits for a supervisor, whatever queue it is in.
pub const SUPERVISORS: &str = "supervisors";

/// Rows on one page.
pub const PAGE: usize = 50;

/// An open incident as its place in a list needs it: no word about anybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The incident.
    pub id: Id,
    /// The entry that opened it.
    pub seq: i64,
    /// The highest level of its assessment.
    pub risk: Risk,
    /// Its queue and its clocks.
    pub queued: Queued,
}

impl Waiting {
    /// Whether it is shown in the list of `key`: owned there, offered there, or waiting for a second person.
    pub fn belongs(&self, key: &str) -> bool {
        if key == SUPERVISORS {
            return self.queued.endorsement.is_some();
        }
        self.queued.unit == key || self.queued.offered_to.as_deref() == Some(key)
    }

    /// The clock that runs in the list of `key`: a supervisor’s is that of the endorsement.
    pub fn clock(&self, key: &str) -> Option<&Clock> {
        if key == SUPERVISORS { self.queued.endorse_by.as_ref() } else { self.queued.clock.as_ref() }
    }

    /// Where it stands in the list of `key`.
    pub fn place(&self, key: &str, order: Order) -> Place {
        Place {
            risk: Reverse((order == Order::Risk).then_some(self.risk)),
            grade: Reverse(self.queued.grade),
            due_at: self.clock(key).map_or(Timestamp::MAX, |clock| clock.due_at),
            seq: self.seq,
        }
    }
}

/// A place in the order of a list: what a row is ordered by, and its incident’s own number. The lesser is shown first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Only where the list is ordered by it.
    risk: Reverse<Option<Risk>>,
    grade: Reverse<Grade>,
    /// The end of time where no clock runs.
    due_at: Timestamp,
    seq: i64,
}

/// What stands between the parts of a place: it is in no key and in no moment, and needs no escape in an address.
const BETWEEN: char = '~';

/// A place in which no clock runs.
const NO_CLOCK: &str = "none";

impl Place {
    /// As an address has it: "prompt~2026-11-27T02:20:00Z~814", with the risk before it where that is ordered by.
    pub fn written(&self) -> String {
        let due = if self.due_at == Timestamp::MAX { NO_CLOCK.to_owned() } else { self.due_at.to_string() };
        let place = format!("{}{BETWEEN}{due}{BETWEEN}{}", self.grade.0.as_str(), self.seq);
        match self.risk.0 {
            Some(risk) => format!("{}{BETWEEN}{place}", risk.as_str()),
            None => place,
        }
    }

    /// What [`Self::written`] wrote of a place in that order; nothing where it is none.
    pub fn read(text: &str, order: Order) -> Option<Self> {
        let mut parts = text.split(BETWEEN);
        let risk = match order {
            Order::Clock => None,
            Order::Risk => Some(Risk::of(parts.next()?)?),
        };
        let (grade, due, seq) = (parts.next()?, parts.next()?, parts.next()?);
        let due_at = if due == NO_CLOCK { Timestamp::MAX } else { due.parse().ok()? };
        let place =
            Self { risk: Reverse(risk), grade: Reverse(Grade::of(grade)?), due_at, seq: seq.parse().ok()? };
        parts.next().is_none().then_some(place)
    }
}

/// What the address of a list holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// A key of [`Risk`]; empty for any.
    pub risk: String,
    /// "yes" for what is past its clock; empty for all.
    pub late: String,
    /// A key of a grade; empty for any.
    pub grade: String,
    /// A key of [`With`]; empty for any.
    pub with: String,
    /// A key of [`Order`]; empty for the clock.
    pub order: String,
    /// The place after which the page begins; empty for the first page.
    pub after: String,
}

/// What is asked of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Only of that risk.
    pub risk: Option<Risk>,
    /// Only what is past its clock.
    pub is_late: bool,
    /// Only of that grade.
    pub grade: Option<Grade>,
    /// Only what they have.
    pub with: Option<With>,
    /// In which order.
    pub order: Order,
    /// After which place.
    pub after: Option<Place>,
}

impl Query {
    /// Whether the list is narrowed by it.
    pub fn is_narrowed(&self) -> bool {
        [&self.risk, &self.late, &self.grade, &self.with].into_iter().any(|field| !field.is_empty())
    }

    /// What it asks of the list of `key`. Refuses by its field what is none of the choices, a place that is none in the
    /// order of the list, and, in the list for a second person, who has it: that list has the incidents of every unit.
    pub fn asked(&self, key: &str) -> Result<Asked, Refusal> {
        let order = chosen("order", "order", &self.order, Order::of)?.unwrap_or_default();
        let with = chosen("with", "choice of who has it", &self.with, With::of)?;
        if with.is_some() && key == SUPERVISORS {
            let sentence =
                "The list for a second person has incidents of every unit. Leave out who has them.";
            return Err(Refusal::of("with", sentence));
        }
        let is_late = match self.late.as_str() {
            "" => false,
            "yes" => true,
            _ => {
                let sentence = "Say “yes” for only those that are late, or leave it out for all of them.";
                return Err(Refusal::of("late", sentence));
            }
        };
        let after = match self.after.as_str() {
            "" => None,
            text => Some(Place::read(text, order).ok_or_else(|| {
                let sentence =
                    format!("That is no place in the order of this list. Begin at its start: /queues/{key}.");
                Refusal::of("after", sentence)
            })?),
        };
        Ok(Asked {
            risk: chosen("risk", "risk", &self.risk, Risk::of)?,
            is_late,
            grade: chosen("grade", "grade", &self.grade, Grade::of)?,
            with,
            order,
            after,
        })
    }
}

/// The choice that was made; nothing where none was.
fn chosen<T>(
    field: &'static str,
    what: &str,
    typed: &str,
    of: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Refusal> {
    if typed.is_empty() {
        return Ok(None);
    }
    let refusal = || {
        Refusal::of(
            field,
            format!("There is no such {what}. Choose one of the list, or leave it out for all."),
        )
    };
    of(typed).map(Some).ok_or_else(refusal)
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<'a> {
    /// What is on it, in its order.
    pub shown: Vec<&'a Waiting>,
    /// How many are in the list, whatever it is narrowed to.
    pub here: usize,
    /// How many are in the narrowed list, on all of its pages.
    pub total: usize,
    /// How many of those are past their clock.
    pub late: usize,
    /// How many of those come before the page.
    pub before: usize,
    /// The place after which the next page begins; nothing on the last.
    pub next: Option<Place>,
}

/// The page that is asked for of the list of `key`, with at most `most` rows.
pub fn page<'a>(
    key: &str,
    all: impl IntoIterator<Item = &'a Waiting>,
    asked: &Asked,
    now: Timestamp,
    most: usize,
) -> Page<'a> {
    let (mut here, mut total, mut late) = (0, 0, 0);
    let mut found: Vec<(Place, &Waiting)> = Vec::new();
    for one in all.into_iter().filter(|one| one.belongs(key)) {
        here += 1;
        if !is_asked(key, one, asked, now) {
            continue;
        }
        total += 1;
        late += usize::from(is_late(one.clock(key), now));
        let place = one.place(key, asked.order);
        if asked.after.as_ref().is_none_or(|after| place > *after) {
            found.push((place, one));
        }
    }
    let before = total - found.len();
    found.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    let has_more = found.len() > most;
    found.truncate(most);
    let next = found.last().filter(|_| has_more).map(|(place, _)| place.clone());
    Page { shown: found.into_iter().map(|(_, one)| one).collect(), here, total, late, before, next }
}

/// Whether it is among what the list is narrowed to.
fn is_asked(key: &str, one: &Waiting, asked: &Asked, now: Timestamp) -> bool {
    asked.risk.is_none_or(|risk| one.risk == risk)
        && asked.grade.is_none_or(|grade| one.queued.grade == grade)
        && asked.with.is_none_or(|with| With::seen_from(key, &one.queued) == with)
        && (!asked.is_late || is_late(one.clock(key), now))
}
