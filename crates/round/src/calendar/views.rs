//! What the month's page shows, made by plain functions.

use std::fmt::Write;

use askama::Template;
use jiff::civil::Date;
use plan::{
    register::rules::Register,
    words::{counted, day},
};
use serde::{Deserialize, Serialize};
use users::User;
use web::{Choice, Frame, Section};

use super::rules::{Event, Kind, Month};
use crate::attention::rules::in_query;

/// What the address says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// The month, as "2026-11"; empty is this one.
    pub month: String,
    /// The identity of an inspection.
    pub inspection: String,
    /// The title of a post.
    pub owner: String,
}

impl Query {
    fn address(&self, month: Month) -> String {
        let mut address = format!("/calendar?month={}", month.word());
        for (name, value) in [("inspection", &self.inspection), ("owner", &self.owner)] {
            if !value.is_empty() {
                let _ = write!(address, "&{name}={}", in_query(value)); // writing to a string cannot fail
            }
        }
        address
    }
}

/// The month's page.
#[derive(Debug, Template, Serialize)]
#[template(path = "calendar/month.html")]
pub struct MonthPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    month: String,
    #[serde(skip)]
    name: String,
    #[serde(skip)]
    typed: String,
    #[serde(skip)]
    month_error: Option<String>,
    #[serde(skip)]
    lead: String,
    previous: String,
    #[serde(skip)]
    previous_name: String,
    next: String,
    #[serde(skip)]
    next_name: String,
    #[serde(skip)]
    inspections: Vec<Choice>,
    #[serde(skip)]
    owners: Vec<Choice>,
    #[serde(skip)]
    weeks: Vec<Vec<Cell>>,
    events: Vec<Line>,
    today: String,
}

/// How many events a day of the table shows before it leads to the list.
const SHOWN: usize = 6;

/// A day of the table.
#[derive(Debug, Default)]
struct Cell {
    number: String,
    /// The day as an anchor of the list names it.
    anchor: String,
    is_today: bool,
    /// The first of its events.
    events: Vec<Line>,
    /// How many more there are: the list below has them.
    more: usize,
}

/// An event as it is shown.
#[derive(Debug, Clone, Serialize)]
struct Line {
    on: String,
    /// The anchor of its day, at the first of the day.
    #[serde(skip)]
    anchor: Option<String>,
    #[serde(skip)]
    on_words: String,
    kind: Kind,
    #[serde(skip)]
    kind_words: &'static str,
    label: String,
    text: String,
    owner: String,
    address: String,
    is_past: bool,
}

fn line(event: &Event, today: Date) -> Line {
    Line {
        on: event.day.to_string(),
        anchor: None,
        on_words: event
            .month
            .as_ref()
            .map_or_else(|| day(event.day), |month| format!("By the end of {month}")),
        kind: event.kind,
        kind_words: event.kind.words(),
        label: match event.kind {
            Kind::PapersDue | Kind::UpdatesDue => format!("{}: {}", event.kind.words(), event.label),
            _ => event.label.clone(),
        },
        text: event.text.clone(),
        owner: event.owner.clone(),
        address: event.path.clone(),
        is_past: !event.kind.is_of_meeting() && event.day < today,
    }
}

/// The page of `month` with those of `events` that are in it.
pub fn page(
    who: &User,
    register: &Register,
    query: &Query,
    month: Month,
    month_error: Option<String>,
    events: &[Event],
) -> MonthPage {
    let today = register.position.today;
    let mut lines: Vec<Line> =
        events.iter().filter(|event| month.has(event.day)).map(|event| line(event, today)).collect();
    let mut last = String::new();
    for line in &mut lines {
        line.anchor = (line.on != last).then(|| format!("day-{}", line.on));
        last.clone_from(&line.on);
    }
    let cell = |day: Option<Date>| match day {
        None => Cell::default(),
        Some(day) => {
            let on = day.to_string();
            let mut events: Vec<Line> = lines.iter().filter(|line| line.on == on).cloned().collect();
            let all = events.len();
            // One more than fits is shown and not counted: “and 1 more” would take its place.
            if all > SHOWN + 1 {
                events.truncate(SHOWN);
            }
            Cell {
                number: day.day().to_string(),
                anchor: format!("#day-{on}"),
                is_today: day == today,
                more: all - events.len(),
                events,
            }
        }
    };
    MonthPage {
        frame: Frame::of("Calendar", Section::Work).seen_by(who.signed()),
        crumbs: vec![("/attention".to_owned(), "My work".to_owned()), (String::new(), "Calendar".to_owned())],
        month: month.word(),
        name: month.name(),
        typed: if month_error.is_some() { query.month.clone() } else { month.word() },
        month_error,
        lead: counted(lines.len(), "date", "dates"),
        previous: query.address(month.previous()),
        previous_name: month.previous().name(),
        next: query.address(month.next()),
        next_name: month.next().name(),
        inspections: inspections(register, query),
        owners: owners(register, query),
        weeks: month.weeks().into_iter().map(|week| week.into_iter().map(cell).collect()).collect(),
        events: lines.clone(),
        today: today.to_string(),
    }
}

fn inspections(register: &Register, query: &Query) -> Vec<Choice> {
    let each =
        register.inspections.iter().map(|(id, one)| Choice::of(id.as_str(), &one.title, &query.inspection));
    std::iter::once(Choice::of("", "Any inspection", &query.inspection)).chain(each).collect()
}

fn owners(register: &Register, query: &Query) -> Vec<Choice> {
    let named = plan::post::rules::named_in(register).into_values();
    let each = named.map(|named| Choice::of(named.title.clone(), named.title, &query.owner));
    std::iter::once(Choice::of("", "Any owner", &query.owner)).chain(each).collect()
}
