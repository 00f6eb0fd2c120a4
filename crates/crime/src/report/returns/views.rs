//! The list of returns as it is shown, and as a file; its address holds all of its filter.

use askama::Template;
use contact::codes::words;
use jiff::Timestamp;
use journal::{DatabaseError, Refusal, words::moment};
use serde::{Deserialize, Serialize};
use users::User;
use web::{Choice, Frame, Section, table_csv};

use super::rows::{Filter, Returned, Rework};
use crate::{
    definition::{crime_words, definitions},
    report::{
        list::views::{PAGE, address, any, begin, is_division, is_unit, one_of, place, places},
        words::{minutes_words, unit_words},
    },
};

/// What the address holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// A key of the unit whose reports they are.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub team: String,
    /// The letter of a division.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub division: String,
    /// A key of the reasons.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Whether they wait.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub rework: String,
    /// The first day on which they were returned.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// The last day on which they were returned.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub until: String,
    /// The place in the list.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub before: String,
}

impl Query {
    /// The filter that it means, or which of it cannot be meant.
    pub fn filter(&self) -> Result<Filter, Refusal> {
        one_of("team", &self.team, is_unit(&self.team), "team")?;
        one_of("division", &self.division, is_division(&self.division), "division")?;
        let is_reason = definitions().return_reason.iter().any(|one| one.key == self.reason);
        one_of("reason", &self.reason, is_reason, "reason")?;
        let rework = Rework::of(&self.rework);
        one_of("rework", &self.rework, rework.is_some(), "state of rework")?;
        Ok(Filter {
            team: self.team.clone(),
            division: self.division.clone(),
            reason: self.reason.clone(),
            rework,
            from: begin("from", &self.from, 0)?,
            until: begin("until", &self.until, 1)?,
            before: place(&self.before, "/crime-reports/returns")?,
            limit: PAGE + 1,
        })
    }

    /// Its address.
    pub fn address(&self) -> String {
        address("/crime-reports/returns", self)
    }
}

/// One row.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Where the report is.
    pub address: String,
    /// The report’s reference.
    pub reference: String,
    /// The crime.
    pub crime: &'static str,
    /// The report’s first return is 1.
    pub number: i64,
    /// Why it was returned.
    pub reason: String,
    /// Who returned it.
    pub unit: String,
    /// Whose report it is.
    pub team: String,
    /// The letter of the division.
    pub division: String,
    /// When it was returned.
    pub returned: String,
    /// When it was resubmitted; empty while it waits.
    pub resubmitted: String,
    /// How long it was reworked; empty while it is.
    pub rework: String,
    /// The same in minutes.
    pub minutes: Option<i64>,
}

fn row(one: &Returned) -> Row {
    Row {
        address: format!("/crime-reports/{}", one.report),
        reference: one.reference(),
        crime: crate::definition::crime_type(&one.crime_type).map_or("", |of_type| of_type.words.as_str()),
        number: one.number,
        reason: words(&definitions().return_reason, &one.reason).to_owned(),
        unit: unit_words(&one.unit).to_owned(),
        team: unit_words(&one.team).to_owned(),
        division: one.division.clone(),
        returned: moment(one.returned_at),
        resubmitted: one.resubmitted_at.map_or_else(String::new, moment),
        rework: one.minutes.map_or_else(String::new, minutes_words),
        minutes: one.minutes,
    }
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "report/returns/list.html")]
pub struct ListPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The filter.
    pub query: Query,
    /// The rows.
    pub rows: Vec<Row>,
    /// The address of the next page; empty on the last.
    pub next: String,
    /// The address of the file.
    pub csv: String,
    /// Whether this is not the first page.
    pub is_later: bool,
    /// Whether anything narrows the list.
    pub is_filtered: bool,
    /// Choices of the filter: name, words, choices.
    #[serde(skip)]
    pub filters: Vec<(&'static str, &'static str, Vec<Choice>)>,
}

/// The page of what was found: one row more than a page has says that there is another.
pub fn list_page(now: Timestamp, who: &User, query: Query, found: &[Returned]) -> ListPage {
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let last = found.get(page).and_then(|_| found.get(page.saturating_sub(1)));
    let next = |last: &Returned| Query { before: last.seq.to_string(), ..query.clone() }.address();
    let reworks = Rework::ALL.map(|one| Choice::of(one.as_str(), one.words(), &query.rework));
    let reasons = definitions().return_reason.iter();
    let reasons = reasons.map(|one| Choice::of(&one.key, &one.words, &query.reason));
    let mut filters = vec![
        ("rework", "Rework", any(&query.rework, reworks.into_iter())),
        ("reason", "Reason", any(&query.reason, reasons)),
    ];
    filters.extend(places(now, &query.division, &query.team));
    let whole = Query { before: String::new(), ..query.clone() };
    ListPage {
        frame: Frame::of("Returned crime reports", Section::Crime).seen_by(who.signed()),
        rows: found.iter().take(page).map(row).collect(),
        next: last.map_or_else(String::new, next),
        csv: address("/crime-reports/returns.csv", &whole),
        is_later: !query.before.is_empty(),
        is_filtered: whole != Query::default(),
        filters,
        query,
    }
}

const COLUMNS: [&str; 10] = [
    "Reference",
    "Crime",
    "Return",
    "Reason",
    "Returned by",
    "Team",
    "Division",
    "Returned",
    "Resubmitted",
    "Minutes of rework",
];

/// The returns as CSV, moments as 2026-11-26T12:00:00Z, with a byte order mark so that Excel reads it as UTF-8.
pub fn csv(rows: &[Returned]) -> Result<Vec<u8>, DatabaseError> {
    let cells = |one: &Returned| {
        vec![
            one.reference(),
            crime_words(&one.crime_type).to_owned(),
            one.number.to_string(),
            words(&definitions().return_reason, &one.reason).to_owned(),
            unit_words(&one.unit).to_owned(),
            unit_words(&one.team).to_owned(),
            one.division.clone(),
            one.returned_at.to_string(),
            one.resubmitted_at.map_or_else(String::new, |at| at.to_string()),
            one.minutes.map_or_else(String::new, |minutes| minutes.to_string()),
        ]
    };
    table_csv(&COLUMNS, rows.iter().map(cells))
}
