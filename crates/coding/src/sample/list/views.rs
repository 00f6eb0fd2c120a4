//! The weeks that were drawn, and what each says.

use askama::Template;
use journal::{DatabaseError, Refusal};
use serde::Serialize;
use users::User;
use web::{Choice, Frame, Section, Typed, table_csv};

use crate::{
    definition,
    result::{
        rules::{Cells, Outcome, Week as Counts, outcome},
        words::{KappaTold, kappa_told, percent, rate_words},
    },
    sample::{rows::Listed, rules::count, week::Week},
};

/// A sample and, once it is closed, what it says.
#[derive(Debug)]
pub struct Told {
    /// As a row has it.
    pub listed: Listed,
    /// What it says; nothing while it is open.
    pub outcome: Option<Outcome>,
}

/// What a sample says by its cells.
pub fn told(listed: Listed, cells: &Cells) -> Result<Told, Refusal> {
    let outcome = listed.closed_at.map(|_| outcome(counts(&listed), cells)).transpose()?;
    Ok(Told { listed, outcome })
}

/// The first coding of the whole week.
pub fn counts(listed: &Listed) -> Counts {
    let of = |number: i64| count(usize::try_from(number).unwrap_or(0));
    Counts { contacts: of(listed.contacts), failures: of(listed.failures) }
}

/// One week.
#[derive(Debug, Serialize)]
pub struct Row {
    /// "2026-W48".
    pub week: Week,
    /// Its days.
    pub days: String,
    /// Where it is.
    pub address: String,
    /// Whether it is closed.
    pub is_closed: bool,
    /// How many were drawn.
    pub drawn: i64,
    /// How many are coded.
    pub coded: i64,
    /// The rate as counted; empty while it is open.
    pub counted: String,
    /// The corrected rate.
    pub corrected: String,
    /// Its interval.
    pub corrected_words: String,
    /// Agreement in whether it is failure demand.
    pub by_class: Option<KappaTold>,
    /// Agreement in the code.
    pub by_code: Option<KappaTold>,
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "sample/list/list.html")]
pub struct ListPage {
    #[serde(skip)]
    frame: Frame,
    /// The weeks, the latest first.
    pub rows: Vec<Row>,
    /// Where older ones are; empty where there are none.
    pub next: String,
    is_later: bool,
    /// Whether this person may draw.
    may_draw: bool,
    #[serde(skip)]
    weeks: Vec<Choice>,
    /// How many contacts are drawn of a week now, and whether that is a guess.
    size: usize,
    is_guess: bool,
    #[serde(skip)]
    error: Option<String>,
    #[serde(skip)]
    refusals: Vec<Refusal>,
}

impl ListPage {
    /// Shows `refusal` at its field and at the top.
    #[must_use]
    pub fn refused(mut self, refusal: &Refusal) -> Self {
        self.error = Some(refusal.sentence.to_string());
        self.frame.title = format!("Problem: {}", self.frame.title);
        self.refusals.push(refusal.clone());
        self
    }
}

/// The page of what was found: one sample more than a page has says that there are others.
pub fn list_page(
    who: &User,
    mut found: Vec<Told>,
    page: usize,
    (is_later, offered, typed): (bool, &[Week], &Typed),
) -> ListPage {
    let is_more = found.len() > page;
    found.truncate(page);
    let next = found.last().filter(|_| is_more);
    let next = next.map_or_else(String::new, |last| format!("/coding?before={}", last.listed.week));
    let chosen = typed.get("week");
    let mut weeks: Vec<Choice> = offered
        .iter()
        .map(|week| Choice::of(week.to_string(), format!("{week}: {}", week.words()), chosen))
        .collect();
    // What was typed is not lost, though it cannot be drawn.
    if !chosen.is_empty() && !weeks.iter().any(|one| one.chosen) {
        weeks.insert(0, Choice::of(chosen, chosen, chosen));
    }
    let size = offered.first().and_then(|week| definition::on(week.monday())).map_or(0, |one| one.contacts);
    ListPage {
        frame: Frame::of("Quality sampling", Section::Measures).seen_by(who.signed()),
        rows: found.iter().map(row).collect(),
        next,
        is_later,
        may_draw: who.may_do("coding.draw"),
        weeks,
        size,
        is_guess: definition::is_guess("contacts"),
        error: None,
        refusals: Vec::new(),
    }
}

fn row(told: &Told) -> Row {
    let listed = &told.listed;
    let least = definition::version(listed.definition).least_coded;
    let of = |words: fn(&Outcome) -> String| told.outcome.as_ref().map_or_else(String::new, words);
    Row {
        week: listed.week,
        days: listed.week.words(),
        address: format!("/coding/{}", listed.week),
        is_closed: told.outcome.is_some(),
        drawn: listed.drawn,
        coded: listed.coded,
        counted: of(|outcome| percent(outcome.rate.as_coded)),
        corrected: of(|outcome| percent(outcome.rate.rate)),
        corrected_words: of(|outcome| rate_words(&outcome.rate)),
        by_class: told.outcome.as_ref().map(|outcome| kappa_told(&outcome.by_class, least)),
        by_code: told.outcome.as_ref().map(|outcome| kappa_told(&outcome.by_code, least)),
    }
}

const COLUMNS: [&str; 18] = [
    "Week",
    "Counted at entry",
    "Contacts counted",
    "Failure demand counted",
    "Drawn",
    "Coded",
    "Closed",
    "Alike",
    "Cannot be told",
    "Counted rate",
    "Corrected rate",
    "Corrected from",
    "Corrected to",
    "Kappa, failure or not",
    "Kappa, failure or not, words",
    "Kappa, code",
    "Kappa, code, words",
    "Seed",
];

/// The weeks as CSV: shares from 0 to 1; what there is not is empty.
pub fn csv(found: &[Told]) -> Result<Vec<u8>, DatabaseError> {
    table_csv(&COLUMNS, found.iter().map(cells))
}

fn cells(told: &Told) -> Vec<String> {
    let (listed, outcome) = (&told.listed, told.outcome.as_ref());
    let least = definition::version(listed.definition).least_coded;
    let share = |share: Option<f64>| share.map_or_else(String::new, |share| format!("{share:.4}"));
    let classes = outcome.map(|outcome| kappa_told(&outcome.by_class, least));
    let codes = outcome.map(|outcome| kappa_told(&outcome.by_code, least));
    let number =
        |of: fn(&Outcome) -> u32| outcome.map_or_else(String::new, |outcome| of(outcome).to_string());
    vec![
        listed.week.to_string(),
        listed.entry.to_string(),
        listed.contacts.to_string(),
        listed.failures.to_string(),
        listed.drawn.to_string(),
        listed.coded.to_string(),
        listed.closed_at.map_or_else(String::new, |at| at.to_string()),
        number(|outcome| outcome.alike),
        number(|outcome| outcome.untold),
        share(outcome.and_then(|outcome| outcome.rate.as_coded)),
        share(outcome.and_then(|outcome| outcome.rate.rate)),
        share(outcome.map(|outcome| outcome.rate.interval.0)),
        share(outcome.map(|outcome| outcome.rate.interval.1)),
        share(classes.as_ref().and_then(|told| told.kappa)),
        classes.map_or_else(String::new, |told| told.words),
        share(codes.as_ref().and_then(|told| told.kappa)),
        codes.map_or_else(String::new, |told| told.words),
        listed.seed.clone(),
    ]
}
