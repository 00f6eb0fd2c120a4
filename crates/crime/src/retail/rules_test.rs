//! The rows of a retailer’s form: tables of cases.

use jiff::Timestamp;
use web::Wrong;

use super::rules::{Fate, Row, content, fate, fingerprint, read};
use crate::report::{
    rules::{Enquired, decide},
    testing::{known, recording},
};

const HEAD: &str = "Shop,Division,Date,Time,Taken,CCTV,Threatened,Value,Words\n";
const GOOD: &str =
    "Kerr’s Grocers,d,2026-11-25,16:20,Two bottles of whisky,yes,no,£64.50,A man in a grey coat\n";

fn now() -> Timestamp {
    "2026-11-26T12:00:00Z".parse().unwrap()
}

fn rows(text: &str) -> Vec<Row> {
    match read(text, now()) {
        Ok(rows) => rows,
        Err(wrong) => panic!("{:?}", wrong.refusal()),
    }
}

#[test]
fn a_table_is_read_in_any_order_of_columns_and_with_what_may_be_left_out() {
    let one = &rows(&format!("{HEAD}{GOOD}"))[0];
    assert_eq!((one.row, one.division.as_str(), one.pence), (2, "D", Some(6_450)));
    assert_eq!((one.has_cctv, one.is_threatened), (true, false));
    assert_eq!(one.at.to_string(), "2026-11-25T16:20:00Z");
    let text =
        "\u{feff}time,date,taken,threatened,cctv,division,shop\n\n23:59,2026-06-01,Cheese,N,Y,G,Oran’s\n";
    let other = &rows(text)[0];
    assert_eq!((other.pence, other.words.as_str(), other.shop.as_str()), (None, "", "Oran’s"));
    // Summer time.
    assert_eq!(other.at.to_string(), "2026-06-01T22:59:00Z");
}

#[test]
fn what_is_wrong_is_told_by_row_and_column() {
    let with = |change: fn(String) -> String| format!("{HEAD}{}", change(GOOD.to_owned()));
    let cases: [(String, usize, &str, &str); 14] = [
        (with(|row| row.replace("Kerr’s Grocers", "")), 2, "shop", "missing"),
        (with(|row| row.replace(",d,", ",Y,")), 2, "division", "no division"),
        (with(|row| row.replace("2026-11-25", "25/11/2026")), 2, "date", "not a day"),
        (with(|row| row.replace("2026-11-25", "2026-11-27")), 2, "date", "still to come"),
        (with(|row| row.replace("16:20", "25:00")), 2, "time", "not a time"),
        (with(|row| row.replace("Two bottles of whisky", "")), 2, "taken", "missing"),
        (with(|row| row.replace(",yes,", ",perhaps,")), 2, "cctv", "neither yes nor no"),
        (with(|row| row.replace(",no,", ",,")), 2, "threatened", "missing"),
        (with(|row| row.replace("£64.50", "a lot")), 2, "value", "not a value"),
        (with(|row| row.replace("£64.50", "99999999999")), 2, "value", "not a value"),
        (with(|row| row.repeat(2)), 3, "time", "same theft as row 2"),
        (HEAD.to_owned(), 2, "shop", "no row below"),
        (GOOD.to_owned(), 1, "shop", "no column “shop”"),
        (String::new(), 1, "shop", "no column “shop”"),
    ];
    for (text, row, column, told) in cases {
        let Err(Wrong::Lines(faults)) = read(&text, now()) else { panic!("{text} is taken") };
        assert_eq!((faults[0].row, faults[0].column), (row, column), "{text}: {faults:?}");
        assert!(faults[0].sentence.contains(told), "{faults:?}");
    }
    let many: String = (0..501).map(|number| GOOD.replace("whisky", &format!("whisky {number}"))).collect();
    let Err(Wrong::Lines(faults)) = read(&format!("{HEAD}{many}"), now()) else { panic!("it is taken") };
    assert!(faults[0].sentence.contains("more than 500 rows"), "{faults:?}");
    let bad: String = (0..90).map(|_| GOOD.replace("yes", "?")).collect();
    let Err(Wrong::Lines(faults)) = read(&format!("{HEAD}{bad}"), now()) else { panic!("it is taken") };
    assert_eq!(faults.len(), 50, "the first of them are told");
}

#[test]
fn a_row_is_known_again_and_any_difference_makes_it_another() {
    let one = &rows(&format!("{HEAD}{GOOD}"))[0];
    let moved = Row { row: 9, ..one.clone() };
    assert_eq!(fingerprint(one), fingerprint(&moved));
    let same = [
        Row { shop: "KERR’S  Grocers.".into(), ..one.clone() },
        Row { pence: None, has_cctv: false, words: String::new(), ..one.clone() },
    ];
    for other in same {
        assert_eq!(fingerprint(one), fingerprint(&other), "{other:?}");
    }
    let others = [
        Row { shop: "Kerr’s".into(), ..one.clone() },
        Row { taken: "Two bottles".into(), ..one.clone() },
        Row { division: "E".into(), ..one.clone() },
        Row { at: now(), ..one.clone() },
        // What moves from one cell to the next is another row.
        Row { shop: "Kerr’s Grocers two".into(), taken: "bottles of whisky".into(), ..one.clone() },
    ];
    for other in others {
        assert_ne!(fingerprint(one), fingerprint(&other), "{other:?}");
    }
}

#[test]
fn a_row_becomes_a_report_that_files_nothing() {
    for (cctv, outcome) in [("yes", Enquired::ToDo), ("no", Enquired::NotPossible)] {
        let one = &rows(&format!("{HEAD}{}", GOOD.replace("yes", cctv)))[0];
        let content = content(one, now());
        assert_eq!(content.enquiries[0].outcome, outcome);
        assert!(content.enquiries[1..].iter().all(|one| one.outcome == Enquired::ToDo));
        assert_eq!((content.pence(), content.filing.is_none()), (6_450, true));
        decide(&known("12:00"), None, recording(content)).unwrap();
    }
}

#[test]
fn who_was_threatened_is_assessed_first_and_what_is_there_is_left() {
    let one = rows(&format!("{HEAD}{GOOD}")).remove(0);
    let hurt = Row { is_threatened: true, ..one.clone() };
    let cases = [
        (&one, false, Fate::Recorded),
        (&hurt, false, Fate::Assessed),
        (&one, true, Fate::There),
        (&hurt, true, Fate::There),
    ];
    for (row, is_there, expected) in cases {
        assert_eq!(fate(row, is_there), expected);
    }
}
