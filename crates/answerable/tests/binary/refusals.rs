//! Bad input at the command line: it is refused or listed as unsure, in a sentence that says what to do, and the
//! journal is as before.

use std::io::Read;

use serde_json::{Value, json};

use crate::{
    house::{House, Ran, binary},
    plans::{TITLE, csv, old_office, paper, plan, raw_workbook, rows, table, zipped},
};

/// A register with the plan in it.
fn house() -> House {
    let house = House::new();
    let file = house.file("plan.csv", &csv(&table(&plan(), "\n")));
    house.imported(&file, TITLE);
    house
}

/// The sentence of a refusal, which must be one and leave the journal as it was.
fn sentence(ran: &Ran, what: &str) -> String {
    assert_eq!(ran.code, 2, "{what}: {} {}", ran.text(), ran.err);
    let refused = ran.json()["refused"].clone();
    let sentence = refused["sentence"].as_str().unwrap_or_else(|| panic!("{what}: {refused}")).to_owned();
    assert!(refused["field"].is_string(), "{what}: {refused}");
    assert!(sentence.ends_with('.') && sentence.len() < 400, "{what}: {sentence}");
    sentence
}

#[test]
fn a_file_that_is_no_plan_is_refused_and_nothing_is_written() {
    let house = house();
    let before = house.register();
    let spaces = b" ".repeat(1024 * 1024);
    let bomb: Vec<&[u8]> = [b"<w:document><w:body><w:tbl><w:tr><w:tc>".as_slice()]
        .into_iter()
        .chain([spaces.as_slice(); 40])
        .collect();
    let cases: [(&str, Vec<u8>, &str); 13] = [
        ("bomb.docx", zipped(&[("word/document.xml", &bomb)]), "Keep only the plan's table"),
        ("protected.xlsx", old_office("EncryptedPackage"), "remove the password"),
        ("old.xls", old_office("Workbook"), "save it as .xlsx"),
        (
            "macros.xlsm",
            zipped(&[("xl/vbaProject.bin", &[b"x"]), ("xl/workbook.xml", &[b"<workbook/>"])]),
            "macros",
        ),
        ("plan.pdf", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec(), "PDF"),
        ("empty.csv", Vec::new(), "empty"),
        ("blank.txt", b" \r\n\t\n".to_vec(), "empty"),
        ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "picture"),
        ("damaged.xlsx", b"PK\x03\x04 and no more".to_vec(), "damaged"),
        ("prose.txt", b"Only prose, and more of it.".to_vec(), "headings"),
        ("headings.csv", csv(&rows(&[])), "no recommendation"),
        ("entities.docx", zipped(&[("word/document.xml", &[b"<!DOCTYPE x><w:document/>"])]), "document type"),
        ("large.csv", b"word ".repeat(2_200_000), "larger than"),
    ];
    for (name, bytes, expected) in cases {
        let file = house.file(name, &bytes);
        let told = sentence(&house.import(&file, TITLE, &["--json"]), name);
        assert!(told.contains(expected) && (told.contains(name) || told.contains("table")), "{name}: {told}");
        let ran = house.import(&file, TITLE, &[]);
        assert_eq!((ran.code, ran.out.len()), (2, 0), "{name}");
        assert_eq!(ran.err, format!("Refused: {told}\nNothing was written.\n"));
    }
    for (name, expected) in [("missing.csv", "Check its name"), (".", "cannot be read")] {
        let file = house.data_dir().join(name);
        let told = sentence(&house.import(&file, TITLE, &["--json"]), name);
        assert!(told.contains(expected), "{name}: {told}");
    }
    assert_eq!(house.register(), before);
    house.check();
}

#[test]
fn a_new_inspection_needs_a_day_and_a_kind() {
    let house = House::new();
    let file = house.file("plan.csv", &csv(&table(&plan(), "\n")));
    let file = file.to_str().expect("text");
    for (more, expected) in [
        (&["--published", "Michaelmas"][..], "Michaelmas"),
        (&["--published", "31 February 2022"], "31 February 2022"),
        (&[], "day"),
        (&["--published", "2022-08-31", "--kind", "surprise"], "kind"),
        (&["--published", "2022-08-31", "--inspectorate", ""], "inspectorate"),
    ] {
        let usual = ["import", "plan", file, "--inspection", "New", "--json"];
        let told = sentence(&house.run(&[&usual, more].concat()), expected);
        assert!(told.contains(expected), "{more:?}: {told}");
    }
    assert_eq!(house.head(), 0);
    // What the command line itself does not understand.
    for arguments in [&["import"][..], &["import", "plan"], &["import", "plan", file], &["imports"], &[]] {
        let ran = binary().args(arguments).output().expect("it starts");
        assert_eq!(ran.status.code(), Some(2), "{arguments:?}");
        assert!(String::from_utf8_lossy(&ran.stderr).contains("Usage"), "{arguments:?}");
    }
    let ran = house.run(&["export", "register", "--as-at", "yesterday"]);
    assert!(ran.code != 0 && ran.err.contains("“yesterday” is not a moment to look back to"), "{ran:?}");
    let ran = house.run(&["token", "chief"]);
    assert!(ran.code != 0 && ran.err.contains("The roles are"), "{ran:?}");
}

#[test]
fn what_is_not_understood_is_listed_with_its_place_and_left_out() {
    let usual = ["2 - Teach the course", "Low", "2.1 Write it", "A chief", "Calm", "May 2027", "Begun."];
    let with = |change: fn(&mut [&'static str; 7])| {
        let mut row = usual;
        change(&mut row);
        csv(&rows(&[["1 - Count", "High", "1.1 Go", "A chief", "Calm", "May 2027", ""], row]))
    };
    let cases: [(&str, Vec<u8>, &str); 4] = [
        ("a season", with(|row| row[5] = "Spring"), "Spring"),
        ("an exposure", with(|row| row[1] = "Severe"), "Severe"),
        ("the same reference", with(|row| row[0] = "1 - Teach the course"), "1"),
        ("no recommendation", with(|row| (row[0], row[2]) = ("", "9.1 Write it")), "9.1"),
    ];
    for (what, bytes, words) in cases {
        let house = House::new();
        let ran = house.import(&house.file("plan.csv", &bytes), "Unsure", &["--json"]);
        if ran.code == 2 {
            assert!(sentence(&ran, what).contains(words), "{what}");
            assert_eq!(house.head(), 0, "{what}");
            continue;
        }
        let told = ran.json();
        let unsure = told["unsure"].as_array().expect("unsure");
        let listed = |one: &Value| one["text"].as_str().is_some_and(|text| text.contains(words));
        let one = unsure.iter().find(|one| listed(one)).unwrap_or_else(|| panic!("{what}: {told}"));
        assert!(one["at"].as_str().is_some_and(|at| !at.is_empty()), "{what}: {one}");
        assert!(one["why"].as_str().is_some_and(|why| why.ends_with('.')), "{what}: {one}");
        house.check();
    }
    // A season is no target, and the recommendation comes in without one.
    let house = House::new();
    house.imported(&house.file("plan.csv", &with(|row| row[5] = "Spring")), "Unsure");
    let one = house.register()["recommendations"][1].clone();
    assert_eq!(
        (&one["reference"], &one["first_target"], &one["targets"]),
        (&json!("2"), &Value::Null, &json!([]))
    );
    assert_eq!(one["updates"][0]["text"], json!("Begun."));
}

#[test]
fn an_update_of_forty_thousand_characters_is_refused_with_its_recommendation() {
    let house = house();
    let before = house.register();
    let mut long = plan();
    long.recommendations[5].update = "It goes on. ".repeat(3_334);
    assert!(long.recommendations[5].update.chars().count() > 40_000);
    for (name, bytes) in [("long.csv", csv(&table(&long, "\n"))), ("long.docx", paper(&table(&long, "\n")))] {
        let told = sentence(&house.import(&house.file(name, &bytes), TITLE, &["--json"]), name);
        assert!(told.contains("recommendation 6") && told.contains("10,000"), "{told}");
        // Nor into an empty register: all or none.
        let empty = House::new();
        let told = sentence(&empty.import(&empty.file(name, &bytes), TITLE, &["--json"]), name);
        assert!(told.contains("recommendation 6"), "{told}");
        assert_eq!(empty.head(), 0);
    }
    assert_eq!(house.register(), before);
    house.check();
}

const FORMULAS: [&str; 7] = ["1 - =cmd()", "High", "1.1 =cmd()", "=cmd()", "+cmd()", "May 2027", "@SUM(A1)"];

#[test]
fn what_looks_like_a_formula_comes_in_and_goes_out_as_words() {
    let cell = |text: &str| format!("<c t='inlineStr'><is><t>{text}</t></is></c>");
    let row = |cells: [&str; 7]| format!("<row>{}</row>", cells.map(cell).concat());
    let book = row(crate::plans::HEADINGS) + &row(FORMULAS);
    let files = [
        ("plan.csv", csv(&rows(&[FORMULAS]))),
        ("plan.docx", paper(&rows(&[FORMULAS]))),
        ("plan.xlsx", raw_workbook(book.as_bytes(), b"")),
    ];
    for (name, bytes) in files {
        let house = House::new();
        house.imported(&house.file(name, &bytes), "=cmd() the inspection");
        let one = house.register()["recommendations"][0].clone();
        assert_eq!((&one["text"], &one["owner"]), (&json!("=cmd()"), &json!("=cmd()")), "{name}");
        let out = house.done(&["export", "register", "--format", "csv"]);
        let line = out.text().lines().nth(1).expect("a row");
        for expected in ["'=cmd() the inspection,", ",'=cmd(),", ",'+cmd(),", "'@SUM(A1)"] {
            assert!(line.contains(expected), "{name}: {line}");
        }
        for start in [",=", ",+", ",-", ",@", ",\"=", ",\"+", ",\"@"] {
            assert!(!line.contains(start) && !line.starts_with('='), "{name}: {start} in {line}");
        }
        let out = house.done(&["export", "register", "--format", "xlsx"]).out;
        let (sheet, strings) = (part(&out, "xl/worksheets/sheet1.xml"), part(&out, "xl/sharedStrings.xml"));
        assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "{name}: {sheet}");
        assert_eq!(
            sheet.matches("<c ").count(),
            sheet.matches("t=\"s\"").count() + empty_cells(&sheet),
            "{sheet}"
        );
        assert!(strings.contains(">=cmd()<") && strings.contains(">@SUM(A1)<"), "{name}: {strings}");
    }
}

fn part(workbook: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(workbook)).expect("a zip");
    let mut text = String::new();
    zip.by_name(name).expect("a part").read_to_string(&mut text).expect("text");
    text
}

/// Cells without words: `<c r="F2" s="2"/>`.
fn empty_cells(sheet: &str) -> usize {
    sheet
        .split("<c ")
        .skip(1)
        .filter(|cell| cell.split('>').next().is_some_and(|tag| tag.ends_with('/')))
        .count()
}
