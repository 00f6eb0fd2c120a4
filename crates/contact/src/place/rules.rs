//! Reading a gazetteer, and how an address is compared. Pure.

use std::collections::BTreeMap;

use journal::{Refusal, words::thousands};
use serde::{Deserialize, Serialize};

use crate::earlier::rules::address;

/// The columns of the file; the first four must have something in every row.
pub const COLUMNS: [&str; 8] =
    ["reference", "address", "division", "beat", "postcode", "rural", "grid", "warnings"];

/// How many faults are told at once.
const TOLD: usize = 50;

/// A place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Its own reference in the gazetteer (a UPRN, where it has one).
    pub id: String,
    /// Its address: "14 Rowan Court, Kinmuir".
    pub words: String,
    /// Its postcode, with the space; empty where it has none.
    pub postcode: String,
    /// The letter of its division.
    pub division: String,
    /// Its beat.
    pub beat: String,
    /// Whether it is in the country.
    pub is_rural: bool,
    /// Its grid reference; empty where the file has none.
    pub grid: String,
    /// What officers should know before they go.
    pub warnings: Vec<String>,
}

/// What is wrong with one row of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The row as a spreadsheet counts it: the heading is 1.
    pub row: usize,
    /// The column.
    pub column: &'static str,
    /// What is wrong and what to do.
    pub sentence: String,
}

/// An edition of the gazetteer was imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// All of it is there and takes the place of the edition before.
    Imported {
        /// What the importer calls it: the file's name.
        name: String,
        /// How many places.
        places: i64,
        /// SHA-256 of the file.
        digest: String,
    },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "gazetteer";
}

/// An edition of the gazetteer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edition {
    /// What the importer called it.
    pub name: String,
    /// How many places.
    pub places: i64,
    /// SHA-256 of the file.
    pub digest: String,
}

/// What it is after `fact`.
pub fn apply(_: Option<Edition>, fact: &Fact) -> Edition {
    let Fact::Imported { name, places, digest } = fact.clone();
    Edition { name, places, digest }
}

/// The places of a file, or its faults, the first of them. Nothing is taken of a file that has one.
pub fn read(bytes: &[u8], is_division: impl Fn(&str) -> bool) -> Result<Vec<Place>, Vec<Fault>> {
    let text = std::str::from_utf8(bytes).map_err(|_| {
        vec![fault(1, "reference", "The file is not UTF-8 text. Save it as CSV UTF-8 and try again.")]
    })?;
    let text = text.trim_start_matches('\u{feff}');
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let at = columns(reader.headers().ok())?;
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let (mut places, mut faults) = (Vec::new(), Vec::new());
    for (number, record) in (2..).zip(reader.records()) {
        if faults.len() >= TOLD {
            break;
        }
        let Ok(record) = record else {
            faults.push(fault(
                number,
                "reference",
                "The row cannot be read: a quotation mark is missing or stray.",
            ));
            continue;
        };
        let cell = |column: usize| at[column].and_then(|at| record.get(at)).unwrap_or("");
        match place(number, cell, &is_division) {
            Ok(place) => {
                if let Some(first) = seen.insert(place.id.clone(), number) {
                    let told = format!(
                        "The reference {} stands in row {first}, too. Each place has one row.",
                        place.id
                    );
                    faults.push(fault(number, "reference", &told));
                }
                places.push(place);
            }
            Err(found) => faults.push(found),
        }
    }
    if places.is_empty() && faults.is_empty() {
        faults.push(fault(2, "reference", "The file has a heading and no place below it."));
    }
    if faults.is_empty() { Ok(places) } else { Err(faults) }
}

/// Where each column stands; a missing one that is needed is told by its name.
fn columns(headings: Option<&csv::StringRecord>) -> Result<[Option<usize>; 8], Vec<Fault>> {
    let named = |column: &str| {
        headings.and_then(|all| all.iter().position(|heading| heading.trim().eq_ignore_ascii_case(column)))
    };
    let at = COLUMNS.map(named);
    let missing: Vec<Fault> = (0..4)
        .filter(|column| at[*column].is_none())
        .map(|column| {
            let told = format!(
                "The first row has no heading “{}”. The headings are {}; the last four may be left out.",
                COLUMNS[column],
                COLUMNS.join(", ")
            );
            fault(1, COLUMNS[column], &told)
        })
        .collect();
    if missing.is_empty() { Ok(at) } else { Err(missing) }
}

fn place<'a>(
    row: usize,
    cell: impl Fn(usize) -> &'a str,
    is_division: &impl Fn(&str) -> bool,
) -> Result<Place, Fault> {
    for (column, name) in COLUMNS.iter().enumerate().take(4) {
        if cell(column).is_empty() {
            return Err(fault(row, name, &format!("The {name} is missing. Enter it.")));
        }
    }
    for (column, name) in COLUMNS.iter().enumerate() {
        let (length, most) = (cell(column).chars().count(), if *name == "warnings" { 1_000 } else { 200 });
        if length > most {
            let told = format!("The {name} has {} characters; at most {most} fit.", thousands(length));
            return Err(fault(row, COLUMNS[column], &told));
        }
    }
    if address(cell(1)).is_none() {
        let told =
            format!("“{}” has fewer than six letters: nobody would find it. Write the address out.", cell(1));
        return Err(fault(row, "address", &told));
    }
    let division = cell(2).to_uppercase();
    if !is_division(&division) {
        return Err(fault(row, "division", &format!("“{}” is no division. Enter its letter.", cell(2))));
    }
    let is_rural = match cell(5).to_lowercase().as_str() {
        "" | "urban" | "no" | "n" | "0" => false,
        "rural" | "yes" | "y" | "1" => true,
        other => {
            return Err(fault(
                row,
                "rural",
                &format!("“{other}” is neither rural nor urban. Enter one of them."),
            ));
        }
    };
    let text = |column: usize| cell(column).to_owned();
    Ok(Place {
        id: text(0),
        words: text(1),
        division,
        beat: text(3),
        postcode: cell(4).to_uppercase(),
        is_rural,
        grid: text(6),
        warnings: cell(7)
            .split(';')
            .map(str::trim)
            .filter(|one| !one.is_empty())
            .map(str::to_owned)
            .collect(),
    })
}

fn fault(row: usize, column: &'static str, sentence: &str) -> Fault {
    Fault { row, column, sentence: sentence.to_owned() }
}

/// The faults of a file as one refusal.
pub fn refusal(faults: &[Fault]) -> Refusal {
    let told: Vec<String> =
        faults.iter().map(|one| format!("Row {}, {}: {}", one.row, one.column, one.sentence)).collect();
    Refusal::of("file", told.join("\n"))
}

/// An address without what stands before its street: "14 rowan court" and "flat 2 14 rowan court" are both on
/// "rowan court".
pub fn street(folded: &str) -> String {
    let is_before = |word: &&str| {
        matches!(*word, "flat" | "unit" | "apartment" | "house" | "no")
            || word.chars().any(|c| c.is_ascii_digit())
            || word.len() == 1
    };
    folded.split(' ').skip_while(is_before).collect::<Vec<_>>().join(" ")
}

/// A postcode as the gazetteer has it ("KM1 4AB"), if that is what was typed.
pub fn postcode(typed: &str) -> Option<String> {
    let plain: String = typed.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
    if !(5..=7).contains(&plain.len()) || !plain.is_ascii() {
        return None;
    }
    let (out, within) = plain.split_at(plain.len() - 3);
    let mut within = within.chars();
    let fits = within.next().is_some_and(|c| c.is_ascii_digit())
        && within.all(|c| c.is_ascii_alphabetic())
        && out.starts_with(|c: char| c.is_ascii_alphabetic())
        && out.ends_with(|c: char| c.is_ascii_alphanumeric());
    fits.then(|| format!("{out} {}", &plain[plain.len() - 3..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "Reference,Address,Division,Beat,Postcode,Rural,Grid,Warnings\n";

    fn told(rows: &str) -> Vec<(usize, &'static str)> {
        let faults = read(format!("{HEAD}{rows}").as_bytes(), |letter| letter == "D").unwrap_err();
        faults.iter().map(|one| (one.row, one.column)).collect()
    }

    #[test]
    fn a_gazetteer_is_read_whatever_the_order_of_its_columns() {
        let text = "\u{feff}beat,division,address,reference,warnings\nKM14,d,\"14 Rowan Court, Kinmuir\",100,dog; steep stair\n";
        let places = read(text.as_bytes(), |letter| letter == "D").unwrap();
        assert_eq!(places.len(), 1);
        assert_eq!((places[0].words.as_str(), places[0].division.as_str()), ("14 Rowan Court, Kinmuir", "D"));
        assert_eq!(places[0].warnings, ["dog", "steep stair"]);
    }

    #[test]
    fn each_fault_is_told_with_its_row_and_column_and_nothing_is_taken() {
        for (rows, expected) in [
            ("", vec![(2, "reference")]),
            ("1,14 Rowan Court,D,KM14,,,,\n,15 Rowan Court,D,KM14,,,,\n", vec![(3, "reference")]),
            ("1,14 Rowan Court,D,KM14,,,,\n1,15 Rowan Court,D,KM14,,,,\n", vec![(3, "reference")]),
            ("1,14 Ro,D,KM14,,,,\n", vec![(2, "address")]),
            ("1,14 Rowan Court,X,KM14,,,,\n", vec![(2, "division")]),
            ("1,14 Rowan Court,D,,,,,\n", vec![(2, "beat")]),
            ("1,14 Rowan Court,D,KM14,,maybe,,\n", vec![(2, "rural")]),
        ] {
            assert_eq!(told(rows), expected, "{rows}");
        }
        let missing = read(b"address,postcode\n", |_| true).unwrap_err();
        assert_eq!(
            missing.iter().map(|one| one.column).collect::<Vec<_>>(),
            ["reference", "division", "beat"]
        );
        assert_eq!(read(b"\xff\xfe", |_| true).unwrap_err()[0].row, 1);
        let many = "1,14 Ro,D,KM14,,,,\n".repeat(200);
        assert_eq!(told(&many).len(), TOLD);
    }

    #[test]
    fn a_street_is_found_without_its_number_and_a_postcode_however_it_is_typed() {
        for (folded, expected) in [
            ("14 rowan court kinmuir", "rowan court kinmuir"),
            ("flat 2 1 14a rowan court", "rowan court"),
            ("rowan court", "rowan court"),
            ("14", ""),
        ] {
            assert_eq!(street(folded), expected);
        }
        for (typed, expected) in [
            ("km14ab", Some("KM1 4AB")),
            (" KM14 4ab ", Some("KM14 4AB")),
            ("14 Rowan", None),
            ("KM1", None),
            ("Ùir 4ab", None),
        ] {
            assert_eq!(postcode(typed).as_deref(), expected, "{typed}");
        }
    }
}
