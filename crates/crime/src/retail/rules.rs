//! The rows of a retailer’s form: read, refused by row and column, and what each becomes. Pure.

use std::collections::BTreeMap;

use contact::unit;
use jiff::{Timestamp, civil::Time};
use journal::{
    Private, Refusal, day_of, day_typed, hex, scotland,
    words::{LINE, PARAGRAPH, optional, required, thousands},
};
use sha2::{Digest, Sha256};
use web::{Fault, Wrong};

use crate::{
    definition::{crime_type, limits},
    report::{
        forms::pence,
        rules::{Answer, Content, Ending, Enquired, Enquiry, Evidence, Item, Person, Said, Secured},
    },
};

/// The columns; value and words may be left out.
pub const COLUMNS: [&str; 9] =
    ["shop", "division", "date", "time", "taken", "cctv", "threatened", "value", "words"];
/// How many of them, from the first, must have something in every row.
const NEEDED: usize = 7;
/// How many faults are told at once.
const TOLD: usize = 50;
/// The type of crime that every row is.
pub const CRIME: &str = "shoplifting";

/// One theft as a row tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The row as a spreadsheet counts it: the heading is 1.
    pub row: usize,
    /// The shop: where it was, and to whom it was done.
    pub shop: String,
    /// The letter of the division.
    pub division: String,
    /// When.
    pub at: Timestamp,
    /// What was taken.
    pub taken: String,
    /// What it is worth, in pence; nothing where it was not said.
    pub pence: Option<i64>,
    /// Whether there is CCTV of it.
    pub has_cctv: bool,
    /// Whether anybody was threatened or hurt.
    pub is_threatened: bool,
    /// More about it.
    pub words: String,
}

/// Reads the table, or says what is wrong with it: by row and column, the first of them.
pub fn read(text: &str, now: Timestamp) -> Result<Vec<Row>, Wrong> {
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let columns = columns(reader.headers().ok()).map_err(Wrong::Lines)?;
    let (mut rows, mut faults): (Vec<Row>, Vec<Fault>) = (Vec::new(), Vec::new());
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (row, record) in (2..).zip(reader.records()) {
        if faults.len() >= TOLD {
            break;
        }
        if rows.len() >= limits().most_retail_rows {
            let most = thousands(limits().most_retail_rows);
            faults.push(Fault::of(
                row,
                "shop",
                format!("The table has more than {most} rows. Send it in parts."),
            ));
            break;
        }
        let Ok(record) = record else {
            let sentence = "The row cannot be read: a quotation mark is missing or stray. Write it anew.";
            faults.push(Fault::of(row, "shop", sentence));
            continue;
        };
        if record.iter().all(str::is_empty) {
            continue;
        }
        let cell = |column: usize| {
            columns.get(column).copied().flatten().and_then(|at| record.get(at)).unwrap_or("")
        };
        match read_row(row, &cell, now) {
            Ok(one) => match seen.insert(fingerprint(&one), row) {
                Some(first) => {
                    let sentence =
                        format!("It is the same theft as row {first}. Take one out, or give its own time.");
                    faults.push(Fault::of(row, "time", sentence));
                }
                None => rows.push(one),
            },
            Err(fault) => faults.push(fault),
        }
    }
    if rows.is_empty() && faults.is_empty() {
        faults.push(Fault::of(2, "shop", "The table has a heading and no row below it. Add its rows."));
    }
    if faults.is_empty() { Ok(rows) } else { Err(Wrong::Lines(faults)) }
}

/// Where each column stands; a missing one that is needed is told by its name.
fn columns(headings: Option<&csv::StringRecord>) -> Result<Vec<Option<usize>>, Vec<Fault>> {
    let found = |name: &str| {
        headings.and_then(|all| {
            all.iter().position(|one| one.trim_start_matches('\u{feff}').trim().eq_ignore_ascii_case(name))
        })
    };
    let places = COLUMNS.map(found);
    let missing = COLUMNS.into_iter().zip(places).take(NEEDED).filter(|(_, place)| place.is_none());
    let faults: Vec<Fault> = missing
        .map(|(name, _)| Fault::of(1, name, format!("The heading has no column “{name}”. Add it.")))
        .collect();
    if faults.is_empty() { Ok(places.to_vec()) } else { Err(faults) }
}

fn read_row<'a>(row: usize, cell: &impl Fn(usize) -> &'a str, now: Timestamp) -> Result<Row, Fault> {
    let told = |column: usize| move |refusal: Refusal| Fault::of(row, COLUMNS[column], refusal.sentence);
    let empty = COLUMNS.iter().take(NEEDED).enumerate().find(|(column, _)| cell(*column).is_empty());
    if let Some((_, name)) = empty {
        return Err(Fault::of(row, name, format!("The {name} is missing. Fill it in.")));
    }
    let division = cell(1).to_uppercase();
    if !unit::valid(day_of(now)).iter().any(|one| one.letter == division) {
        let sentence = format!("“{}” is no division. Give its letter, as D.", cell(1));
        return Err(Fault::of(row, "division", sentence));
    }
    Ok(Row {
        row,
        shop: required("shop", "The shop", cell(0), LINE).map_err(told(0))?,
        division,
        at: happened(row, cell(2), cell(3), now)?,
        taken: required("taken", "What was taken", cell(4), LINE).map_err(told(4))?,
        has_cctv: yes(row, 5, cell(5))?,
        is_threatened: yes(row, 6, cell(6))?,
        pence: pence(cell(7)).ok().filter(|pence| is_worth(*pence)).ok_or_else(|| {
            Fault::of(
                row,
                "value",
                format!("“{}” is not a value in pounds. Give it as 450 or 19.99.", cell(7)),
            )
        })?,
        words: optional("words", "The words", cell(8), PARAGRAPH).map_err(told(8))?,
    })
}

fn is_worth(pence: Option<i64>) -> bool {
    pence.is_none_or(|pence| pence <= limits().most_pounds.saturating_mul(100))
}

fn yes(row: usize, column: usize, text: &str) -> Result<bool, Fault> {
    match text.to_lowercase().as_str() {
        "yes" | "y" => Ok(true),
        "no" | "n" => Ok(false),
        _ => Err(Fault::of(row, COLUMNS[column], format!("“{text}” is neither yes nor no. Say which."))),
    }
}

fn happened(row: usize, date: &str, time: &str, now: Timestamp) -> Result<Timestamp, Fault> {
    let day = day_typed("date", date).map_err(|refusal| Fault::of(row, "date", refusal.sentence))?;
    let day = day.ok_or_else(|| Fault::of(row, "date", "The date is missing. Give it as 2026-11-26."))?;
    let no_time = || Fault::of(row, "time", format!("“{time}” is not a time of that day. Give it as 20:14."));
    let time = Time::strptime("%H:%M", time).map_err(|_| no_time())?;
    let at = day.to_datetime(time).to_zoned(scotland()).map_err(|_| no_time())?.timestamp();
    if at > now {
        return Err(Fault::of(row, "date", "That is still to come. Give the day on which it was."));
    }
    Ok(at)
}

/// By what a row is known again: the same goods from the same shop at the same time are the same theft, however they are
/// written and whatever else is said of them.
pub fn fingerprint(one: &Row) -> String {
    let plain = |text: &str| {
        let kept = text.chars().map(|one| if one.is_alphanumeric() { one } else { ' ' });
        let kept: String = kept.flat_map(char::to_lowercase).collect();
        kept.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let mut hash = Sha256::new();
    for part in [plain(&one.shop), one.division.clone(), one.at.to_string(), plain(&one.taken)] {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    format!("retail-{}", hex(&hash.finalize()[..16]))
}

/// What the row says, in words.
pub fn account(one: &Row) -> String {
    let cctv = if one.has_cctv { "There is CCTV." } else { "There is no CCTV." };
    let more = if one.words.is_empty() { String::new() } else { format!(" {}", one.words) };
    let hurt = if one.is_threatened { " Somebody was threatened or hurt." } else { "" };
    format!("From {}: {}. {cctv}{hurt}{more}", one.shop, one.taken)
}

/// The crime report that a row becomes: every line of enquiry is still to be followed, but for CCTV where there is none.
pub fn content(one: &Row, now: Timestamp) -> Content {
    let enquiry = |line: &crate::definition::Considered| {
        let is_none = line.key == "cctv" && !one.has_cctv;
        let words = if is_none { "The shop says that there is none." } else { "" };
        let outcome = if is_none { Enquired::NotPossible } else { Enquired::ToDo };
        Enquiry { line: line.key.clone(), outcome, words: words.to_owned().into() }
    };
    let yes = |is: bool| if is { Said::Yes } else { Said::No };
    let answer = |question: &str, is: bool| Answer { question: question.to_owned(), said: yes(is) };
    let cctv = if one.has_cctv { Secured::ToSecure } else { Secured::None };
    let words = |text: &str| Private::from(text.to_owned());
    let enquiries = crime_type(CRIME).map(|of| of.enquiries(day_of(now)).map(enquiry).collect());
    Content {
        crime_type: CRIME.to_owned(),
        counts: 1,
        happened_from: one.at,
        happened_until: None,
        account: account(one).into(),
        persons: vec![Person { role: "victim".to_owned(), name: words(&one.shop), reach: words("") }],
        property: vec![Item { what: words(&one.taken), pence: one.pence, marks: words("") }],
        answers: vec![answer("shop_has_cctv", one.has_cctv), answer("shop_threatened", one.is_threatened)],
        enquiries: enquiries.unwrap_or_default(),
        evidence: vec![Evidence { item: "cctv".to_owned(), state: cctv }],
        ending: Ending::RecordAndEnquire,
        filing: None,
        definition: 0,
    }
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// A crime is recorded.
    Recorded,
    /// Somebody was threatened or hurt: an incident is opened as Prompt, with a control room, which assesses it.
    Assessed,
    /// It was sent before: nothing.
    There,
}

/// What becomes of a row: `is_there` where it was sent before.
pub fn fate(one: &Row, is_there: bool) -> Fate {
    match (is_there, one.is_threatened) {
        (true, _) => Fate::There,
        (false, true) => Fate::Assessed,
        (false, false) => Fate::Recorded,
    }
}
