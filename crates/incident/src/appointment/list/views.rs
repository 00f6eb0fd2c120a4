//! The list of appointments and their counts as they are shown.

use std::collections::BTreeMap;

use askama::Template;
use diary::place::Mode;
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, date},
};
use journal::{
    Refusal, day_typed,
    words::{day as told_day, moment},
};
use serde::{Deserialize, Serialize};
use users::User;
use web::{Choice, Frame, Section};

use super::rows::{Count, Filter, Listed};
use crate::{
    after::After,
    appointment::{
        definition,
        life::{OUTCOMES, said},
    },
    codes, unit,
};

/// Rows on one page.
pub const PAGE: i64 = 50;

/// What stands for those whose outcome is still to come.
const TO_COME: &str = "to_come";

/// What the address holds: a division's days, and one outcome of them.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Query {
    /// A unit.
    pub unit: String,
    /// An outcome.
    pub outcome: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
    /// The place in the list.
    pub after: String,
}

/// From the first of these days to the last, in Scotland.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first.
    pub first: Date,
    /// The last.
    pub last: Date,
}

impl Days {
    /// Where they begin and end.
    pub fn moments(self) -> (Timestamp, Timestamp) {
        (codes::beginning_of(self.first), codes::beginning_of(self.last.saturating_add(1.day())))
    }
}

impl Query {
    /// The days that are asked for: where nothing is said, those from `today` on as far as slots are offered.
    pub fn days(&self, today: Date) -> Result<Days, Refusal> {
        let first = day_typed("from", &self.from)?.unwrap_or(today);
        let ahead = definition::limits().offer_days;
        let last = day_typed("until", &self.until)?;
        let last = last.unwrap_or_else(|| first.max(today).saturating_add(ahead.days()));
        if last < first {
            let sentence = "The last day is before the first. Give a later one.";
            return Err(Refusal::of("until", sentence));
        }
        Ok(Days { first, last })
    }

    /// The rows that are meant.
    pub fn filter(&self, days: Days) -> Result<Filter, Refusal> {
        if !self.unit.is_empty() && unit::of(&self.unit).is_none() {
            let sentence = "There is no such unit. Choose one of the list, or all of them.";
            return Err(Refusal::of("unit", sentence));
        }
        let is_known = OUTCOMES.iter().any(|(key, _)| *key == self.outcome);
        if !self.outcome.is_empty() && self.outcome != TO_COME && !is_known {
            let sentence = "There is no such outcome. Choose one of the list, or all of them.";
            return Err(Refusal::of("outcome", sentence));
        }
        let (from, until) = days.moments();
        Ok(Filter { from, until, unit: self.unit.clone(), outcome: self.outcome.clone() })
    }

    /// The same days of `unit` with that outcome, as an address.
    fn address(days: Days, unit: &str, outcome: &str) -> String {
        format!("/appointments?unit={unit}&outcome={outcome}&from={}&until={}", days.first, days.last)
    }
}

/// One appointment.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Where its incident is.
    pub address: String,
    /// The incident's reference.
    pub reference: String,
    /// The opening account.
    pub summary: String,
    /// The family.
    pub family: String,
    /// When it begins.
    pub when: String,
    /// The station and its unit.
    pub place: String,
    /// How they are seen.
    pub mode: String,
    /// What became of it.
    pub state: String,
    /// Whether its outcome is owed, or police missed it.
    pub is_alarming: bool,
}

/// The list.
#[derive(Debug, Template, Serialize)]
#[template(path = "appointment/list/list.html")]
pub struct AppointmentsPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The appointments, by time.
    pub rows: Vec<Row>,
    /// The days, in words.
    pub days: String,
    /// The units.
    #[serde(skip)]
    pub units: Vec<Choice>,
    /// The outcomes.
    #[serde(skip)]
    pub outcomes: Vec<Choice>,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// Whether something narrows it.
    pub is_narrowed: bool,
    /// Whether this is not the first page.
    pub is_later: bool,
    /// The first page.
    #[serde(skip)]
    pub first: String,
    /// The address of the next page; empty on the last.
    pub next: String,
    /// The counts of the same days.
    #[serde(skip)]
    pub counts: String,
}

/// The page of what was found: one more than a page of them says that there is a next one.
pub fn page(now: Timestamp, who: &User, query: &Query, days: Days, found: &[Listed]) -> AppointmentsPage {
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let last = found.get(page.saturating_sub(1)).filter(|_| found.len() > page);
    let after =
        last.map(|one| After { at: one.starts_at, incident: one.incident.clone(), number: one.number });
    let first = Query::address(days, &query.unit, &query.outcome);
    let outcomes = [("", "Every outcome"), (TO_COME, "To come, or owed")].into_iter().chain(OUTCOMES);
    AppointmentsPage {
        frame: Frame::of("Appointments", Section::Diaries).seen_by(who.signed()),
        rows: found.iter().take(page).map(|one| row(one, now)).collect(),
        days: told(days),
        units: divisions(codes::day_of(now), &query.unit),
        outcomes: outcomes.map(|(key, words)| Choice::of(key, capital(words), &query.outcome)).collect(),
        from: days.first,
        until: days.last,
        is_narrowed: !query.unit.is_empty() || !query.outcome.is_empty(),
        is_later: !query.after.is_empty(),
        next: after.map_or_else(String::new, |after| format!("{first}&after={}", after.written())),
        first,
        counts: format!("/appointments/counts?from={}&until={}", days.first, days.last),
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn told(days: Days) -> String {
    format!("{} to {}", told_day(days.first), told_day(days.last))
}

/// The divisions to choose from.
pub fn divisions(today: Date, chosen: &str) -> Vec<Choice> {
    let divisions = unit::valid(today).into_iter().filter(|unit| !unit.letter.is_empty());
    let choices = divisions.map(|unit| Choice::of(&unit.key, &unit.name, chosen));
    std::iter::once(Choice::of("", "Every division", chosen)).chain(choices).collect()
}

fn row(one: &Listed, now: Timestamp) -> Row {
    let is_owed = one.outcome.is_empty() && one.starts_at <= now;
    let late = one.late_by_minutes.filter(|_| one.outcome == "late");
    let state = match late {
        _ if is_owed => "outcome owed".to_owned(),
        Some(minutes) => format!("kept, {minutes} minutes late"),
        None => said(&one.outcome).to_owned(),
    };
    Row {
        address: format!("/incidents/{}", one.incident),
        reference: one.reference.clone(),
        summary: one.summary.clone(),
        family: definition::named(&one.family).words.clone(),
        when: moment(one.starts_at),
        place: format!("{}, {}", one.station, unit::name(&one.unit)),
        mode: Mode::of(&one.mode).map_or("", Mode::words).to_owned(),
        state,
        is_alarming: is_owed || one.outcome == "missed_by_police",
    }
}

/// One figure, and the list that it counts.
#[derive(Debug, Serialize)]
pub struct Figure {
    /// How many.
    pub count: i64,
    /// Where they are.
    pub address: String,
}

/// The figures of a division, or of all.
#[derive(Debug, Serialize)]
pub struct Line {
    /// A key of a unit; empty for all.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// How many were booked: the sum of the others.
    pub booked: Figure,
    /// Those to come, and each outcome in the order of the headings.
    pub outcomes: Vec<Figure>,
}

/// The counts.
#[derive(Debug, Template, Serialize)]
#[template(path = "appointment/list/counts.html")]
pub struct CountsPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The days, in words.
    pub days: String,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// The heading of each outcome.
    pub headings: Vec<String>,
    /// Each division that had any.
    pub lines: Vec<Line>,
    /// All of them together.
    pub total: Line,
    /// The month before, and the month after.
    #[serde(skip)]
    pub around: [(String, String); 2],
    /// The list of the same days.
    #[serde(skip)]
    pub list: String,
}

/// The counts of some days. The figures of a line add up to what was booked, and the lines to the total.
pub fn counts_page(who: &User, days: Days, counts: &[Count]) -> CountsPage {
    let mut units: BTreeMap<&str, BTreeMap<&str, i64>> = BTreeMap::new();
    let mut all: BTreeMap<&str, i64> = BTreeMap::new();
    for one in counts {
        *units.entry(&one.unit).or_default().entry(&one.outcome).or_default() += one.count;
        *all.entry(&one.outcome).or_default() += one.count;
    }
    let headings = std::iter::once(("", "to come or owed")).chain(OUTCOMES).map(|(_, words)| capital(words));
    CountsPage {
        frame: Frame::of("Appointments counted", Section::Diaries).seen_by(who.signed()),
        days: told(days),
        from: days.first,
        until: days.last,
        headings: headings.collect(),
        lines: units.iter().map(|(unit, counts)| line(days, unit, unit::name(unit), counts)).collect(),
        total: line(days, "", "All divisions", &all),
        around: [month(days.first, -1), month(days.first, 1)],
        list: Query::address(days, "", ""),
    }
}

fn line(days: Days, unit: &str, name: &str, counts: &BTreeMap<&str, i64>) -> Line {
    let figure = |outcome: &str, key: &str| Figure {
        count: counts.get(outcome).copied().unwrap_or(0),
        address: Query::address(days, unit, key),
    };
    let outcomes = OUTCOMES.iter().map(|(key, _)| figure(key, key));
    Line {
        unit: unit.to_owned(),
        name: name.to_owned(),
        booked: Figure { count: counts.values().sum(), address: Query::address(days, unit, "") },
        outcomes: std::iter::once(figure("", TO_COME)).chain(outcomes).collect(),
    }
}

/// A whole month as words and an address, so many before or after that of `day`.
fn month(day: Date, after: i32) -> (String, String) {
    let first = day.first_of_month().saturating_add(after.months());
    let days = Days { first, last: first.last_of_month() };
    let words = first.strftime("%B %Y").to_string();
    (words, format!("/appointments/counts?from={}&until={}", days.first, days.last))
}

/// The month of `today`, for a page that was asked for none.
pub fn this_month(today: Date) -> Days {
    let first = date(today.year(), today.month(), 1);
    Days { first, last: first.last_of_month() }
}
