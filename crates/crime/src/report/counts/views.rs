//! The counts by team and division as they are shown.

use askama::Template;
use contact::codes::words;
use journal::Refusal;
use serde::{Deserialize, Serialize};
use users::User;
use web::{Frame, Section};

use super::rules::{Count, Counts, Of};
use crate::{
    definition::definitions,
    report::{
        list::{
            self,
            rows::{Filter, NOWHERE},
            views::{address, begin},
        },
        returns::{self, rows::Rework},
        rules::Ending,
        words::{minutes_words, unit_words},
    },
};

/// What the address holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// The first day that counts.
    pub from: String,
    /// The last day that counts.
    pub until: String,
}

impl Query {
    /// The days that it means, or which of them is none.
    pub fn filter(&self) -> Result<Filter, Refusal> {
        Ok(Filter {
            from: begin("from", &self.from, 0)?,
            until: begin("until", &self.until, 1)?,
            ..Filter::default()
        })
    }
}

/// A figure and the list of what it counts.
#[derive(Debug, Serialize)]
pub struct Cell {
    /// How many.
    pub number: i64,
    /// The list of exactly these; empty for a role that reads none.
    pub address: String,
}

/// One row: a team in a division, a reason, or all.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Of what, in words.
    pub words: String,
    /// The letter of the division; empty where it is of none.
    pub division: String,
    /// The figures, in the order of the heads.
    pub cells: Vec<Cell>,
    /// The mean of the minutes of rework; nothing where none was resubmitted.
    pub mean_minutes: Option<i64>,
    /// The same in words.
    pub mean: String,
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "report/counts/counts.html")]
pub struct CountsPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The days.
    pub query: Query,
    /// The heads of the figures of reports and returns.
    #[serde(skip)]
    pub heads: [&'static str; 7],
    /// The heads of the figures of returns.
    #[serde(skip)]
    pub return_heads: [&'static str; 3],
    /// A team in a division a row.
    pub rows: Vec<Row>,
    /// All of them together.
    pub all: Row,
    /// A reason a row.
    pub reasons: Vec<Row>,
    /// Whether anything narrows it.
    pub is_filtered: bool,
    /// Where one is: address and words. Who reads no report is led to none.
    #[serde(skip)]
    pub crumbs: Vec<(&'static str, &'static str)>,
}

struct Addresses<'a> {
    query: &'a Query,
    may_open: bool,
}

impl Addresses<'_> {
    fn reports(&self, of: &Of, ending: &str) -> String {
        if !self.may_open {
            return String::new();
        }
        let query = list::views::Query {
            team: of.team.clone(),
            division: division(of),
            ending: ending.to_owned(),
            from: self.query.from.clone(),
            until: self.query.until.clone(),
            ..list::views::Query::default()
        };
        address("/crime-reports", &query)
    }

    fn returns(&self, of: &Of, reason: &str, rework: Option<Rework>) -> String {
        if !self.may_open {
            return String::new();
        }
        let query = returns::views::Query {
            team: of.team.clone(),
            division: division(of),
            reason: reason.to_owned(),
            rework: rework.map_or("", Rework::as_str).to_owned(),
            from: self.query.from.clone(),
            until: self.query.until.clone(),
            ..returns::views::Query::default()
        };
        query.address()
    }

    fn of_returns(&self, of: &Of, reason: &str, count: &Count) -> [Cell; 3] {
        let cell = |number, rework| Cell { number, address: self.returns(of, reason, rework) };
        [
            cell(count.returned, None),
            cell(count.resubmitted(), Some(Rework::Resubmitted)),
            cell(count.open, Some(Rework::Open)),
        ]
    }

    fn of_place(&self, of: &Of, count: &Count) -> Vec<Cell> {
        let all = Cell { number: count.recorded(), address: self.reports(of, "") };
        let endings = Ending::ALL.iter().zip(count.endings);
        let endings = endings.map(|(one, number)| Cell { number, address: self.reports(of, one.as_str()) });
        std::iter::once(all).chain(endings).chain(self.of_returns(of, "", count)).collect()
    }
}

fn division(of: &Of) -> String {
    if of.division.is_empty() && !of.team.is_empty() { NOWHERE.to_owned() } else { of.division.clone() }
}

fn row(words: String, division: String, cells: Vec<Cell>, count: &Count) -> Row {
    let mean_minutes = count.mean_minutes();
    Row { words, division, cells, mean_minutes, mean: mean_minutes.map_or_else(String::new, minutes_words) }
}

/// The page of what was counted.
pub fn counts_page(who: &User, query: Query, counts: &Counts) -> CountsPage {
    let addresses = Addresses { query: &query, may_open: who.may_do("crime.read") };
    let crumbs = if addresses.may_open {
        vec![("/crime-reports", "Crime reports"), ("", "By team and division")]
    } else {
        vec![("", "Crime reports by team and division")]
    };
    let nobody = Of::default();
    let rows = counts.by_place.iter().map(|(of, count)| {
        row(unit_words(&of.team).to_owned(), of.division.clone(), addresses.of_place(of, count), count)
    });
    let reasons = counts.by_reason.iter().map(|(reason, count)| {
        let cells = addresses.of_returns(&nobody, reason, count).into_iter().collect();
        row(words(&definitions().return_reason, reason).to_owned(), String::new(), cells, count)
    });
    let (rows, reasons) = (rows.collect(), reasons.collect());
    let all = addresses.of_place(&nobody, &counts.all);
    let [attend, enquire, file] = Ending::ALL.map(Ending::words);
    CountsPage {
        frame: Frame::of("Crime reports by team", Section::Crime).seen_by(who.signed()),
        heads: ["Recorded", attend, enquire, file, "Returned", "Resubmitted", "To be reworked"],
        return_heads: ["Returned", "Resubmitted", "To be reworked"],
        rows,
        all: row("All teams".to_owned(), String::new(), all, &counts.all),
        reasons,
        crumbs,
        is_filtered: query != Query::default(),
        query,
    }
}
