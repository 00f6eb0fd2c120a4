//! The counts by agency as they are shown.

use std::collections::BTreeMap;

use askama::Template;
use jiff::Timestamp;
use serde::Serialize;
use users::User;
use web::{Choice, Frame, Section};

use super::rules::Count;
use crate::{
    definition::{agency_name, definitions, limits},
    referral::{
        list::views::{Query, filters},
        rules::State,
        words::minutes_words,
    },
};

/// A figure and the list of what it counts.
#[derive(Debug, Serialize)]
pub struct Cell {
    /// How many.
    pub number: i64,
    /// Of what: a state’s key, or "" for all.
    pub state: &'static str,
    /// The list of exactly these.
    pub address: String,
}

/// What is counted of an agency.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Its key; empty for all agencies.
    pub key: String,
    /// Its name.
    pub agency: String,
    /// How many were sent, and how many are in each state.
    pub cells: Vec<Cell>,
    /// Within how many minutes half of the replies came.
    pub median_reply_minutes: Option<i64>,
    /// The same in words; empty where nobody replied yet.
    pub median: String,
    /// Minutes that officers were spared.
    pub minutes_saved: i64,
    /// The same in words; empty where none is counted.
    pub saved: String,
    /// How often taking somebody to hospital was avoided.
    pub conveyances_avoided: i64,
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "referral/counts/counts.html")]
pub struct CountsPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The filter.
    pub query: Query,
    /// The heads of the columns of states.
    #[serde(skip)]
    pub heads: Vec<&'static str>,
    /// An agency a row, in the order of the directory.
    pub rows: Vec<Row>,
    /// All of them together.
    pub all: Row,
    /// Whether anything narrows it.
    pub is_filtered: bool,
    /// Whether what time saved is counted from is a guess.
    pub is_saving_a_guess: bool,
    /// Choices of the filter: name, words, choices.
    #[serde(skip)]
    pub filters: Vec<(&'static str, &'static str, Vec<Choice>)>,
}

/// The page of what was counted.
pub fn counts_page(
    now: Timestamp,
    who: &User,
    query: Query,
    by_agency: &BTreeMap<String, Count>,
    all: &Count,
) -> CountsPage {
    let order =
        |key: &String| definitions().agency.iter().position(|one| one.key == *key).unwrap_or(usize::MAX);
    let mut keys: Vec<&String> = by_agency.keys().collect();
    keys.sort_by_key(|key| order(key));
    let states = State::ALL.map(head);
    CountsPage {
        frame: Frame::of("Referrals by agency", Section::Referrals).seen_by(who.signed()),
        heads: std::iter::once("Sent").chain(states).collect(),
        rows: keys.into_iter().map(|key| row(&query, key, agency_name(key), &by_agency[key])).collect(),
        all: row(&query, "", "All agencies", all),
        is_filtered: query.is_filtered(),
        is_saving_a_guess: limits().guesses.iter().any(|one| one == "minutes_without_direct_contact"),
        filters: filters(&query, now),
        query,
    }
}

/// A state at the head of a narrow column.
fn head(state: State) -> &'static str {
    if state == State::Sent { "Waiting" } else { state.words() }
}

fn row(query: &Query, key: &str, name: &str, count: &Count) -> Row {
    let of = Query { agency: key.to_owned(), ..query.clone() };
    let cell = |number: i64, state: &'static str| Cell {
        number,
        state,
        address: of.in_state(state).address("/referrals"),
    };
    let states = State::ALL.map(|state| cell(count.of(state), state.as_str()));
    let median = count.median_minutes();
    Row {
        key: key.to_owned(),
        agency: name.to_owned(),
        cells: std::iter::once(cell(count.sent(), "")).chain(states).collect(),
        median_reply_minutes: median,
        median: median.map_or_else(String::new, minutes_words),
        minutes_saved: count.minutes_saved,
        saved: if count.minutes_saved == 0 { String::new() } else { minutes_words(count.minutes_saved) },
        conveyances_avoided: count.conveyances_avoided,
    }
}
