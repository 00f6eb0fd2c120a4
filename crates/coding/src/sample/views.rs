//! A sample while it is open: what is to be coded, and nothing of what was derived.

use askama::Template;
use journal::words::moment;
use measure::one::views::division_words;
use serde::Serialize;
use users::User;
use web::{Frame, Section};

use super::rows::{Item, Listed};
use crate::definition;

/// The draw as every page of a sample tells of it.
#[derive(Debug, Serialize)]
pub struct DrawTold {
    /// The seed.
    pub seed: String,
    /// The entry at which the week was counted.
    pub entry: i64,
    /// The definitions by which it was counted.
    pub edition: String,
    /// The version of the rules of sampling.
    pub definition: i64,
    /// How many contacts were counted in the week.
    pub contacts: i64,
    /// How many were drawn.
    pub drawn: i64,
    /// Who drew, and when.
    pub by: String,
    /// Whether how many are drawn is a guess.
    pub is_guess: bool,
}

/// The draw in words.
pub fn draw_told(listed: &Listed, drawn_by: &str) -> DrawTold {
    DrawTold {
        seed: listed.seed.clone(),
        entry: listed.entry,
        edition: listed.edition.clone(),
        definition: listed.definition,
        contacts: listed.contacts,
        drawn: listed.drawn,
        by: format!("{drawn_by}, {}", moment(listed.drawn_at)),
        is_guess: definition::is_guess("contacts"),
    }
}

/// A contact to be coded.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Its place in the draw.
    pub place: i64,
    /// The contact.
    pub contact: String,
    /// Where it is coded.
    pub address: String,
    /// When it is counted.
    pub at: String,
    /// The division.
    pub division: String,
    /// "To be coded", "Coded", "Coded by you".
    pub state: &'static str,
    /// Whether it waits.
    pub is_to_code: bool,
    /// Whether it was amended.
    pub is_amended: bool,
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "sample/show.html")]
pub struct OpenPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The week.
    pub week: String,
    /// Its days.
    pub days: String,
    /// "open": results come with its closing.
    pub state: &'static str,
    /// The draw.
    pub draw: DrawTold,
    /// How many are coded.
    pub coded: i64,
    /// How many wait.
    pub to_code: i64,
    /// The contacts, in the order drawn.
    pub rows: Vec<Row>,
    /// The first that waits; empty where none does or this person may not code.
    pub first: String,
    may_close: bool,
}

/// The page of an open sample.
pub fn open_page(who: &User, listed: &Listed, drawn_by: &str, items: &[Item]) -> OpenPage {
    let here = format!("/coding/{}", listed.week);
    let row = |one: &Item| Row {
        place: one.place,
        contact: one.contact.to_string(),
        address: format!("{here}/contacts/{}", one.contact),
        at: moment(one.at),
        division: division_words(&one.division),
        state: match (one.second.is_empty(), one.coded_by == who.id.as_str()) {
            (true, _) => "To be coded",
            (false, true) => "Coded by you",
            (false, false) => "Coded",
        },
        is_to_code: one.second.is_empty(),
        is_amended: one.codings > 1,
    };
    let rows: Vec<Row> = items.iter().map(row).collect();
    let first = rows.iter().find(|one| one.is_to_code && who.may_do("coding.code"));
    OpenPage {
        frame: Frame::of(format!("Sample of {}", listed.week), Section::Measures).seen_by(who.signed()),
        week: listed.week.to_string(),
        days: listed.week.words(),
        state: "open",
        draw: draw_told(listed, drawn_by),
        coded: listed.coded,
        to_code: listed.drawn - listed.coded,
        first: first.map_or_else(String::new, |one| one.address.clone()),
        rows,
        may_close: who.may_do("coding.draw"),
    }
}
