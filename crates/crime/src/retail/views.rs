//! A retailer’s form as it is shown: the table, its faults, and what would become of it.

use askama::Template;
use journal::{Refusal, words::moment};
use serde::Serialize;
use users::User;
use web::{Fault, Frame, Section, Typed, Wrong};

use super::rules::{COLUMNS, Fate, Row};
use crate::{definition::limits, report::words::pounds};

fn crumbs() -> Vec<(String, String)> {
    vec![
        ("/crime-reports".to_owned(), "Crime reports".to_owned()),
        (String::new(), "A retailer’s form".to_owned()),
    ]
}

/// The table is chosen or pasted.
#[derive(Debug, Template, Serialize)]
#[template(path = "retail/start.html")]
pub struct StartPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// Where one is.
    #[serde(skip)]
    pub crumbs: Vec<(String, String)>,
    /// The columns of a table.
    pub columns: String,
    /// How many rows fit.
    pub most_rows: usize,
    /// What was pasted.
    #[serde(skip)]
    pub pasted: String,
    /// Why it was refused.
    pub refusals: Vec<Refusal>,
    /// What is wrong with the table.
    pub faults: Vec<Fault>,
}

impl StartPage {
    fn error(&self, field: &str) -> Option<&str> {
        self.refusals.iter().find(|refusal| refusal.field == field).map(|refusal| refusal.sentence.as_ref())
    }

    /// With why it was refused.
    #[must_use]
    pub fn wrong(mut self, wrong: &Wrong) -> Self {
        self.frame.title = format!("Problem: {}", self.frame.title);
        match wrong {
            Wrong::Field(refusal) => self.refusals.push(refusal.clone()),
            Wrong::Lines(faults) => self.faults.clone_from(faults),
        }
        self
    }
}

/// The page on which the table is chosen.
pub fn start_page(who: &User, typed: &Typed) -> StartPage {
    StartPage {
        frame: Frame::of("A retailer’s form", Section::Crime).seen_by(who.signed()),
        crumbs: crumbs(),
        columns: COLUMNS.join(", "),
        most_rows: limits().most_retail_rows,
        pasted: typed.get("pasted").to_owned(),
        refusals: Vec::new(),
        faults: Vec::new(),
    }
}

/// A row and what becomes of it.
#[derive(Debug, Serialize)]
pub struct Told {
    /// The row as a spreadsheet counts it.
    pub row: usize,
    /// The shop.
    pub shop: String,
    /// The letter of the division.
    pub division: String,
    /// When.
    pub when: String,
    /// What was taken.
    pub taken: String,
    /// What it is worth; empty where it was not said.
    pub value: String,
    /// Whether there is CCTV.
    pub has_cctv: bool,
    /// How it is marked, and in words.
    pub mark: (&'static str, &'static str),
}

/// What would become of the table.
#[derive(Debug, Template, Serialize)]
#[template(path = "retail/preview.html")]
pub struct PreviewPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// Where one is.
    #[serde(skip)]
    pub crumbs: Vec<(String, String)>,
    /// The rows.
    pub rows: Vec<Told>,
    /// How many crimes are recorded.
    pub recorded: usize,
    /// How many incidents are opened to be assessed first.
    pub assessed: usize,
    /// How many were sent before.
    pub there: usize,
    /// What is confirmed.
    pub text: String,
    /// By what it is known again.
    pub seen: String,
}

fn mark(fate: Fate) -> (&'static str, &'static str) {
    match fate {
        Fate::Recorded => ("new", "A crime is recorded"),
        Fate::Assessed => ("moved", "An incident is opened as Prompt: it is assessed first"),
        Fate::There => ("same", "Sent before: nothing"),
    }
}

/// The page of what would become of the rows.
pub fn preview_page(who: &User, rows: &[Row], fates: &[Fate], text: &str, seen: &str) -> PreviewPage {
    let told = |(one, fate): (&Row, &Fate)| Told {
        row: one.row,
        shop: one.shop.clone(),
        division: one.division.clone(),
        when: moment(one.at),
        taken: one.taken.clone(),
        value: pounds(one.pence),
        has_cctv: one.has_cctv,
        mark: mark(*fate),
    };
    let of = |fate: Fate| fates.iter().filter(|one| **one == fate).count();
    PreviewPage {
        frame: Frame::of("Check a retailer’s form", Section::Crime).seen_by(who.signed()),
        crumbs: crumbs(),
        rows: rows.iter().zip(fates).map(told).collect(),
        recorded: of(Fate::Recorded),
        assessed: of(Fate::Assessed),
        there: of(Fate::There),
        text: text.to_owned(),
        seen: seen.to_owned(),
    }
}
