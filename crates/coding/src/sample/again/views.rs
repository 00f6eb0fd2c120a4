//! The page on which a sample is drawn again.

use askama::Template;
use serde::Serialize;
use users::User;
use web::{Frame, Section};

use super::rules::Again;
use crate::sample::rows::Listed;

/// A contact drawn again.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Its place.
    pub place: usize,
    /// Its identity.
    pub contact: String,
    /// Where it is coded.
    pub address: String,
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "sample/again/again.html")]
pub struct AgainPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    here: String,
    /// The week.
    pub week: String,
    /// Whether everything is as it was.
    pub is_same: bool,
    /// Why it cannot be the same.
    pub why: String,
    /// The seed.
    pub seed: String,
    /// The entry as at which the week is counted.
    pub entry: i64,
    /// Then and now: how many contacts, how many as failure demand, how many drawn.
    pub contacts: (i64, usize),
    #[serde(skip)]
    failures: (i64, usize),
    /// How many were drawn then and now.
    pub drawn: (i64, usize),
    /// Drawn now.
    pub rows: Vec<Row>,
    /// Drawn then and not now.
    pub lost: Vec<String>,
    /// Drawn now and not then.
    pub gained: Vec<String>,
}

/// The page of a draw and of drawing it again.
pub fn page(who: &User, listed: &Listed, again: &Again) -> AgainPage {
    let row = |(place, contact): (usize, &String)| Row {
        place: place + 1,
        contact: contact.clone(),
        address: format!("/coding/{}/contacts/{contact}", listed.week),
    };
    AgainPage {
        frame: Frame::of(format!("Draw {} again", listed.week), Section::Measures).seen_by(who.signed()),
        here: format!("/coding/{}", listed.week),
        week: listed.week.to_string(),
        is_same: again.is_same,
        why: again.why.clone(),
        seed: listed.seed.clone(),
        entry: listed.entry,
        contacts: (listed.contacts, again.contacts),
        failures: (listed.failures, again.failures),
        drawn: (listed.drawn, again.drawn.len()),
        rows: again.drawn.iter().enumerate().map(row).collect(),
        lost: again.lost.clone(),
        gained: again.gained.clone(),
    }
}
