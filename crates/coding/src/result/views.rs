//! A closed sample: the table of derived against coded, agreement, and the rate of failure demand as counted and corrected.

use askama::Template;
use journal::{DatabaseError, Refusal, words::moment};
use measure::one::views::division_words;
use serde::{Deserialize, Serialize};
use users::User;
use web::{Frame, Section, table_csv};

use super::{
    rules::{Cells, codes, outcome},
    words::{KappaTold, code_words, derived_words, kappa_told, percent, rate_words},
};
use crate::{
    definition,
    sample::{
        list::views::counts,
        rows::{Item, Listed},
        rules::read_code,
        views::{DrawTold, draw_told},
    },
};

/// What an address calls contacts that were not coded.
pub const MISSING: &str = "missing";
/// What an address calls contacts that both coded alike, and those that they did not.
const ALIKE: &str = "alike";
const OTHERWISE: &str = "otherwise";

/// A figure, with the list that it opens; no address where it counts nothing.
#[derive(Debug, Serialize)]
pub struct Figure {
    /// How many.
    pub number: u32,
    /// Where they are.
    pub address: String,
    /// Whether both codings are the same there.
    pub is_alike: bool,
    /// Of what, for whoever does not see the table.
    pub of: String,
}

/// A line of the table: what was derived as one code.
#[derive(Debug, Serialize)]
pub struct Line {
    /// The derived code.
    pub derived: String,
    /// In words.
    pub words: String,
    /// By second code, in the order of the heads.
    pub cells: Vec<Figure>,
    /// All of it.
    pub all: Figure,
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "result/show.html")]
pub struct ClosedPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The week.
    pub week: String,
    /// Its days.
    pub days: String,
    /// "closed".
    pub state: &'static str,
    /// When it was closed.
    pub closed: String,
    /// How many were not coded, and why.
    pub missing: Figure,
    /// Why it was closed without them.
    pub why: String,
    /// The rate as counted, and the records behind it.
    pub counted: String,
    /// How many contacts of how many.
    pub counted_of: String,
    #[serde(skip)]
    counted_address: String,
    /// The corrected rate.
    pub corrected: String,
    /// Its interval, or why there is none.
    pub corrected_words: String,
    /// The corrected rate and its interval, from 0 to 1.
    pub rate: (Option<f64>, (f64, f64)),
    /// How many were coded twice.
    pub pairs: Figure,
    /// How many alike.
    pub alike: Figure,
    /// How many cannot be told.
    pub untold: Figure,
    /// Agreement in whether it is failure demand.
    pub by_class: KappaTold,
    /// Agreement in the code.
    pub by_code: KappaTold,
    /// The second codes: key and words.
    pub heads: Vec<(String, String)>,
    /// The table.
    pub lines: Vec<Line>,
    /// Its last line: all by second code.
    pub totals: Vec<Figure>,
    /// The draw.
    pub draw: DrawTold,
}

/// The page of a closed sample.
pub fn closed_page(
    who: &User,
    listed: &Listed,
    (drawn_by, why): (&str, &str),
    cells: &Cells,
) -> Result<ClosedPage, Refusal> {
    let outcome = outcome(counts(listed), cells)?;
    let least = definition::version(listed.definition).least_coded;
    let figure = |number: u32, query: &str, of: &str| figure(listed, number, query, of.to_owned());
    let Table { heads, lines, totals } = table(listed, cells);
    let missing = u32::try_from(listed.drawn - listed.coded).unwrap_or(0);
    Ok(ClosedPage {
        frame: Frame::of(format!("Sample of {}", listed.week), Section::Measures).seen_by(who.signed()),
        week: listed.week.to_string(),
        days: listed.week.words(),
        state: "closed",
        closed: listed.closed_at.map_or_else(String::new, moment),
        missing: figure(missing, &format!("second={MISSING}"), "not coded"),
        why: why.to_owned(),
        counted: percent(outcome.rate.as_coded),
        counted_of: format!("{} of {} contacts of the week", listed.failures, listed.contacts),
        counted_address: format!(
            "/measures/failure_demand/records?from={}&until={}&as_at={}",
            listed.week.monday(),
            listed.week.sunday(),
            listed.entry
        ),
        corrected: percent(outcome.rate.rate),
        corrected_words: rate_words(&outcome.rate),
        rate: (outcome.rate.rate, outcome.rate.interval),
        pairs: figure(outcome.pairs, "second=coded", "coded twice"),
        alike: figure(outcome.alike, &format!("second={ALIKE}"), "coded alike"),
        untold: figure(outcome.untold, "second=unknown", "cannot be told"),
        by_class: kappa_told(&outcome.by_class, least),
        by_code: kappa_told(&outcome.by_code, least),
        heads,
        lines,
        totals,
        draw: draw_told(listed, drawn_by),
    })
}

/// Derived against second coding: the heads, the lines, and the sums of the columns.
struct Table {
    heads: Vec<(String, String)>,
    lines: Vec<Line>,
    totals: Vec<Figure>,
}

fn table(listed: &Listed, cells: &Cells) -> Table {
    let (derived, second) = codes(cells);
    let line = |key: &String| {
        let cell = |head: &String| {
            let number = cells.get(&(key.clone(), head.clone())).copied().unwrap_or(0);
            let query = format!("derived={key}&second={head}");
            let of = format!("derived as {key}, coded as {head}");
            Figure { is_alike: key == head, ..figure(listed, number, &query, of) }
        };
        let all = cells.iter().filter(|((one, _), _)| one == key).map(|(_, number)| number).sum();
        let query = format!("derived={key}&second=coded");
        Line {
            words: derived_words(key),
            cells: second.iter().map(cell).collect(),
            all: figure(listed, all, &query, format!("derived as {key}")),
            derived: key.clone(),
        }
    };
    let total = |head: &String| {
        let all = cells.iter().filter(|((_, one), _)| one == head).map(|(_, number)| number).sum();
        figure(listed, all, &format!("second={head}"), format!("coded as {head}"))
    };
    Table {
        totals: second.iter().map(total).collect(),
        lines: derived.iter().map(line).collect(),
        heads: second.iter().map(|key| (key.clone(), code_words(key))).collect(),
    }
}

fn figure(listed: &Listed, number: u32, query: &str, of: String) -> Figure {
    let address =
        if number == 0 { String::new() } else { format!("/coding/{}/contacts?{query}", listed.week) };
    Figure { number, address, is_alike: false, of }
}

/// What the address of the contacts asks: a derived code, and a second one, or how they stand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// A derived code.
    pub derived: String,
    /// A second code, or "coded", "missing", "alike", "otherwise".
    pub second: String,
}

impl Query {
    /// Refuses what is no code.
    pub fn check(&self) -> Result<(), Refusal> {
        let is_code = |text: &str| text.is_empty() || read_code(text).is_ok();
        if !is_code(&self.derived) {
            let sentence = format!("“{}” is no code. Choose a cell of the table.", self.derived);
            return Err(Refusal::of("derived", sentence));
        }
        let is_word = ["coded", MISSING, ALIKE, OTHERWISE].contains(&self.second.as_str());
        if !is_word && !is_code(&self.second) {
            let sentence = format!("“{}” is no code. Choose a cell of the table.", self.second);
            return Err(Refusal::of("second", sentence));
        }
        Ok(())
    }

    fn has(&self, one: &Item) -> bool {
        let is_derived = self.derived.is_empty() || self.derived == one.derived;
        let is_second = match self.second.as_str() {
            "" => true,
            "coded" => !one.second.is_empty(),
            MISSING => one.second.is_empty(),
            ALIKE => one.second == one.derived,
            OTHERWISE => !one.second.is_empty() && one.second != one.derived,
            code => one.second == code,
        };
        is_derived && is_second
    }

    fn words(&self) -> String {
        let mut words = Vec::new();
        if !self.derived.is_empty() {
            words.push(format!("derived as {}", derived_words(&self.derived)));
        }
        match self.second.as_str() {
            "" => {}
            "coded" => words.push("coded twice".to_owned()),
            MISSING => words.push("not coded".to_owned()),
            ALIKE => words.push("coded alike".to_owned()),
            OTHERWISE => words.push("coded otherwise".to_owned()),
            code => words.push(format!("coded as {}", code_words(code))),
        }
        if words.is_empty() { "all that were drawn".to_owned() } else { words.join(", ") }
    }
}

/// A contact of a list.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Its place in the draw.
    pub place: i64,
    /// The contact.
    pub contact: String,
    /// Where it is.
    pub address: String,
    /// When it is counted.
    pub at: String,
    /// The division.
    pub division: String,
    /// What was derived.
    pub derived: String,
    /// What it was coded.
    pub second: String,
    /// Whether both are the same.
    pub is_alike: bool,
    /// Whether it was amended.
    pub is_amended: bool,
}

/// The contacts behind a cell.
#[derive(Debug, Template, Serialize)]
#[template(path = "result/list.html")]
pub struct ContactsPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    here: String,
    /// The week.
    pub week: String,
    /// What is asked, in words.
    pub asked: String,
    /// The contacts, in the order drawn.
    pub rows: Vec<Row>,
}

/// The page of the contacts that are asked for.
pub fn list_page(who: &User, listed: &Listed, items: &[Item], query: &Query) -> ContactsPage {
    let here = format!("/coding/{}", listed.week);
    let row = |one: &Item| Row {
        place: one.place,
        contact: one.contact.to_string(),
        address: format!("{here}/contacts/{}", one.contact),
        at: moment(one.at),
        division: division_words(&one.division),
        derived: derived_words(&one.derived),
        second: if one.second.is_empty() { "Not coded".to_owned() } else { code_words(&one.second) },
        is_alike: one.second == one.derived,
        is_amended: one.codings > 1,
    };
    ContactsPage {
        frame: Frame::of(format!("Contacts of the sample of {}", listed.week), Section::Measures)
            .seen_by(who.signed()),
        week: listed.week.to_string(),
        asked: query.words(),
        rows: items.iter().filter(|one| query.has(one)).map(row).collect(),
        here,
    }
}

const COLUMNS: [&str; 8] =
    ["Place", "Contact", "Counted at", "Division", "Derived", "Second coding", "Coded at", "Times coded"];

/// Every contact of a sample as CSV, with keys and not words.
pub fn csv(items: &[Item]) -> Result<Vec<u8>, DatabaseError> {
    let cells = |one: &Item| {
        vec![
            one.place.to_string(),
            one.contact.to_string(),
            one.at.to_string(),
            one.division.clone(),
            one.derived.clone(),
            one.second.clone(),
            one.coded_at.map_or_else(String::new, |at| at.to_string()),
            one.codings.to_string(),
        ]
    };
    table_csv(&COLUMNS, items.iter().map(cells))
}
