//! The flow of contacts as a page and as a file.

use askama::Template;
use journal::words::day as told_day;
use serde::Serialize;
use users::User;
use web::{Choice, Frame, Section};

use super::{
    drawing::{Drawing, drawing},
    pages::ADDRESS,
    rules::{Flow, Stream},
};
use crate::{
    asked::{Period, Query},
    measures::routes::ROUTES,
    one::parts::division_words,
};

/// A line of the table.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// The stream.
    #[serde(flatten)]
    pub stream: Stream,
    /// Its share of all contacts: "12.4%".
    pub share: String,
    /// Where its contacts are.
    pub records: String,
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "flow/flow.html")]
pub struct FlowPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The period in words.
    pub period: String,
    /// What the address asks.
    pub query: Query,
    /// Divisions to choose from.
    #[serde(skip)]
    pub divisions: Vec<Choice>,
    /// Whether the period or the division was chosen.
    pub is_filtered: bool,
    /// The picture; nothing where nothing flows.
    #[serde(skip)]
    pub drawing: Option<Drawing>,
    /// The flow itself, whole.
    pub flow: Flow,
    /// Its streams, the largest first.
    pub rows: Vec<Row>,
    /// Where all contacts of the period are.
    pub all: String,
    /// Where the same is as CSV.
    pub csv: String,
    /// The entry at which the counting stands.
    pub counted_to: i64,
}

/// The page of a flow.
pub fn page(who: &User, query: Query, period: &Period, flow: Flow, counted_to: i64) -> FlowPage {
    let asked = &period.asked;
    let records = format!("/measures/{ROUTES}/records");
    let whole = Query { from: asked.from.to_string(), until: asked.until.to_string(), ..query.clone() };
    let of = |reason: &str| Query { reason: reason.to_owned(), ..whole.clone() }.address(&records);
    let row = |stream: &Stream| Row {
        share: share(stream.contacts, flow.contacts),
        records: of(&stream.key),
        stream: stream.clone(),
    };
    let divisions = contact::unit::all().iter().filter(|unit| !unit.letter.is_empty());
    let divisions =
        divisions.map(|unit| Choice::of(&unit.letter, division_words(&unit.letter), &query.division));
    FlowPage {
        frame: Frame::of("What became of contacts", Section::Measures).seen_by(who.signed()),
        period: format!("{} to {}", told_day(asked.from), told_day(asked.until)),
        divisions: std::iter::once(Choice::of("", "All", &query.division)).chain(divisions).collect(),
        is_filtered: query != Query::default(),
        drawing: drawing(&flow),
        rows: flow.streams.iter().map(row).collect(),
        all: of(""),
        csv: whole.address(&format!("{ADDRESS}.csv")),
        query,
        flow,
        counted_to,
    }
}

fn share(contacts: i64, whole: i64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    let percent = 100.0 * contacts as f64 / whole.max(1) as f64;
    format!("{percent:.1}%")
}

/// The streams as a file, with a byte order mark so that Excel reads it as UTF-8.
pub fn csv(flow: &Flow) -> Result<Vec<u8>, String> {
    let mut writer = ::csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let broken = |error: ::csv::Error| error.to_string();
    writer.write_record(["Key", "Channel", "Way", "End", "Contacts"]).map_err(broken)?;
    for one in &flow.streams {
        let contacts = one.contacts.to_string();
        writer.write_record([&one.key, &one.channel, one.route, &one.end, &contacts]).map_err(broken)?;
    }
    writer.into_inner().map_err(|error| error.to_string())
}
