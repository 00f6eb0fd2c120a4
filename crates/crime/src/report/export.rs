//! What goes to the crime system: one report as JSON and as CSV, as `EXPORT.md` describes it. Pure: the same report gives
//! the same bytes for ever, so a receipt can be held against them.

use jiff::Timestamp;
use journal::{DatabaseError, hex};
use serde::Serialize;
use sha2::{Digest, Sha256};
use web::table_csv;

use super::rules::{Command, Enquiry, Filing, Item, Person, Report, Said};

/// The version of the format.
pub const FORMAT: i64 = 1;

/// What a report is called, here and its incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The report’s reference.
    pub reference: String,
    /// The incident’s reference.
    pub incident: String,
}

/// The receipt of an export: "D-1F2J-K/1".
pub fn receipt(reference: &str, number: i64) -> String {
    format!("{reference}/{number}")
}

/// The two files of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    /// As JSON.
    pub json: Vec<u8>,
    /// As CSV.
    pub csv: Vec<u8>,
}

impl Files {
    /// The files of a report’s export with that number.
    pub fn of(named: &Named, report: &Report, number: i64) -> Result<Self, DatabaseError> {
        let of = exported(named, report, number);
        let encode = |error: serde_json::Error| DatabaseError::Encode(format!("JSON: {error}").into());
        let mut json = serde_json::to_vec_pretty(&of).map_err(encode)?;
        json.push(b'\n');
        Ok(Self { json, csv: csv(&of)? })
    }

    /// The command that records them.
    pub fn command(&self) -> Command {
        Command::Export { format: FORMAT, json_sha256: sha256(&self.json), csv_sha256: sha256(&self.csv) }
    }
}

/// What bytes hash to, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// All that the file says, in the order in which it says it.
#[derive(Serialize)]
struct Exported<'a> {
    format: i64,
    receipt: String,
    reference: &'a str,
    revision: i64,
    incident: &'a str,
    reference_there: &'a str,
    division: &'a str,
    place: &'a str,
    team: &'a str,
    recorded_at: Timestamp,
    definition: i64,
    crime_type: &'a str,
    counts: i64,
    happened_from: Timestamp,
    happened_until: Option<Timestamp>,
    account: &'a str,
    persons: Vec<OfPerson<'a>>,
    property: Vec<OfItem<'a>>,
    answers: Vec<OfAnswer<'a>>,
    lines_of_enquiry: Vec<OfEnquiry<'a>>,
    digital_evidence: Vec<OfEvidence<'a>>,
    ending: &'a str,
    filing: Option<&'a Filing>,
    recorded_although_vulnerable: bool,
}

#[derive(Serialize)]
struct OfPerson<'a> {
    role: &'a str,
    name: &'a str,
    reach: &'a str,
}

#[derive(Serialize)]
struct OfItem<'a> {
    what: &'a str,
    pence: Option<i64>,
    marks: &'a str,
}

#[derive(Serialize)]
struct OfAnswer<'a> {
    question: &'a str,
    said: String,
}

#[derive(Serialize)]
struct OfEnquiry<'a> {
    line: &'a str,
    outcome: &'a str,
    words: &'a str,
}

#[derive(Serialize)]
struct OfEvidence<'a> {
    item: &'a str,
    state: &'a str,
}

fn exported<'a>(named: &'a Named, report: &'a Report, number: i64) -> Exported<'a> {
    let content = &report.content;
    Exported {
        format: FORMAT,
        receipt: receipt(&named.reference, number),
        reference: &named.reference,
        revision: report.revision,
        incident: &named.incident,
        reference_there: &report.reference_there,
        division: &report.division,
        place: report.place.shown(),
        team: &report.team,
        recorded_at: report.at,
        definition: content.definition,
        crime_type: &content.crime_type,
        counts: content.counts,
        happened_from: content.happened_from,
        happened_until: content.happened_until,
        account: content.account.shown(),
        persons: content.persons.iter().map(of_person).collect(),
        property: content.property.iter().map(of_item).collect(),
        answers: content
            .answers
            .iter()
            .map(|one| OfAnswer { question: &one.question, said: said(&one.said) })
            .collect(),
        lines_of_enquiry: content.enquiries.iter().map(of_enquiry).collect(),
        digital_evidence: content
            .evidence
            .iter()
            .map(|one| OfEvidence { item: &one.item, state: one.state.as_str() })
            .collect(),
        ending: content.ending.as_str(),
        filing: content.filing.as_ref(),
        recorded_although_vulnerable: report.overridden.is_some(),
    }
}

fn of_person(one: &Person) -> OfPerson<'_> {
    OfPerson { role: &one.role, name: one.name.shown(), reach: one.reach.shown() }
}

fn of_item(one: &Item) -> OfItem<'_> {
    OfItem { what: one.what.shown(), pence: one.pence, marks: one.marks.shown() }
}

fn of_enquiry(one: &Enquiry) -> OfEnquiry<'_> {
    OfEnquiry { line: &one.line, outcome: one.outcome.as_str(), words: one.words.shown() }
}

fn said(said: &Said) -> String {
    match said {
        Said::Yes => "yes".to_owned(),
        Said::No => "no".to_owned(),
        Said::At(at) => at.to_string(),
        Said::Words(words) => words.shown().to_owned(),
    }
}

/// The same as lines of part, number, field and value: what JSON has as a list is a part with a number.
fn csv(of: &Exported<'_>) -> Result<Vec<u8>, DatabaseError> {
    table_csv(&["part", "number", "field", "value"], lines(of).into_iter().map(Vec::from))
}

fn lines(of: &Exported<'_>) -> Vec<[String; 4]> {
    let own = str::to_owned;
    let line = |(field, value): (&str, String)| ["report".to_owned(), String::new(), own(field), value];
    let mut all: Vec<[String; 4]> = fields(of).into_iter().map(line).collect();
    let mut rows = |part: &str, rows: Vec<Vec<(&str, String)>>| {
        for (number, row) in rows.into_iter().enumerate() {
            let number = (number + 1).to_string();
            let line = |(field, value): (&str, String)| [own(part), number.clone(), own(field), value];
            all.extend(row.into_iter().map(line));
        }
    };
    let of_person =
        |p: &OfPerson| vec![("role", own(p.role)), ("name", own(p.name)), ("reach", own(p.reach))];
    rows("persons", of.persons.iter().map(of_person).collect());
    let pence = |pence: Option<i64>| pence.map_or_else(String::new, |pence| pence.to_string());
    let of_item =
        |p: &OfItem| vec![("what", own(p.what)), ("pence", pence(p.pence)), ("marks", own(p.marks))];
    rows("property", of.property.iter().map(of_item).collect());
    let of_answer = |a: &OfAnswer| vec![("question", own(a.question)), ("said", a.said.clone())];
    rows("answers", of.answers.iter().map(of_answer).collect());
    let of_enquiry =
        |e: &OfEnquiry| vec![("line", own(e.line)), ("outcome", own(e.outcome)), ("words", own(e.words))];
    rows("lines_of_enquiry", of.lines_of_enquiry.iter().map(of_enquiry).collect());
    let of_evidence = |e: &OfEvidence| vec![("item", own(e.item)), ("state", own(e.state))];
    rows("digital_evidence", of.digital_evidence.iter().map(of_evidence).collect());
    if let Some(filing) = of.filing {
        let fields =
            [("reason", filing.reason.clone()), ("way", filing.way.clone()), ("at", filing.at.to_string())];
        all.extend(fields.map(|(field, value)| ["filing".to_owned(), String::new(), own(field), value]));
    }
    all
}

fn fields<'a>(of: &Exported<'_>) -> [(&'a str, String); 18] {
    let moment = |at: Option<Timestamp>| at.map_or_else(String::new, |at| at.to_string());
    [
        ("format", of.format.to_string()),
        ("receipt", of.receipt.clone()),
        ("reference", of.reference.to_owned()),
        ("revision", of.revision.to_string()),
        ("incident", of.incident.to_owned()),
        ("reference_there", of.reference_there.to_owned()),
        ("division", of.division.to_owned()),
        ("place", of.place.to_owned()),
        ("team", of.team.to_owned()),
        ("recorded_at", of.recorded_at.to_string()),
        ("definition", of.definition.to_string()),
        ("crime_type", of.crime_type.to_owned()),
        ("counts", of.counts.to_string()),
        ("happened_from", of.happened_from.to_string()),
        ("happened_until", moment(of.happened_until)),
        ("account", of.account.to_owned()),
        ("ending", of.ending.to_owned()),
        ("recorded_although_vulnerable", of.recorded_although_vulnerable.to_string()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::recorded;

    fn named() -> Named {
        Named { reference: "D-1F2J-K".into(), incident: "I-0001-X".into() }
    }

    #[test]
    fn the_same_report_gives_the_same_bytes_and_both_files_say_the_same() {
        let files = Files::of(&named(), &recorded(), 1).unwrap();
        assert_eq!(files, Files::of(&named(), &recorded(), 1).unwrap());
        let json: serde_json::Value = serde_json::from_slice(&files.json).unwrap();
        assert_eq!(json["receipt"], "D-1F2J-K/1");
        assert_eq!(json["property"][0]["pence"], 45_000);
        assert_eq!(json["filing"]["reason"], "no_lines_of_enquiry");
        let mut read = ::csv::Reader::from_reader(&files.csv[3..]);
        let rows: Vec<Vec<String>> =
            read.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        let cell = |part: &str, number: &str, field: &str| {
            let found = rows.iter().filter(|row| row[0] == part && row[1] == number && row[2] == field);
            found.map(|row| row[3].clone()).collect::<Vec<_>>()
        };
        assert_eq!(cell("persons", "1", "name"), ["Mòrag Bàn"]);
        assert_eq!(cell("property", "1", "what"), ["Bicycle; red"]);
        assert_eq!(cell("report", "", "place"), ["14 Rowan Court, Kinmuir"]);
        assert_eq!(cell("filing", "", "way"), ["spoken"]);
        // Every value of the JSON file is a line of the CSV file.
        let count = |value: &serde_json::Value| match value {
            serde_json::Value::Array(rows) => rows.iter().map(|row| row.as_object().unwrap().len()).sum(),
            serde_json::Value::Object(fields) => fields.len(),
            _ => 1,
        };
        let all: usize = json.as_object().unwrap().values().map(count).sum();
        assert_eq!(rows.len(), all);
    }

    #[test]
    fn the_format_that_is_described_is_the_one_that_is_written() {
        let described = include_str!("../../EXPORT.md");
        let files = Files::of(&named(), &recorded(), 1).unwrap();
        let json: serde_json::Value = serde_json::from_slice(&files.json).unwrap();
        for field in json.as_object().unwrap().keys() {
            assert!(described.contains(&format!("`{field}`")), "EXPORT.md does not describe {field}");
        }
        assert!(described.contains(&format!("format {FORMAT}")));
    }
}
