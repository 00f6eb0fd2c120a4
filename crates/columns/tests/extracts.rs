//! What is taken out of a force’s journal, on both engines: whole, the same in both forms, and nothing private.

mod common;
mod files;

use std::collections::{BTreeMap, BTreeSet};

use columns::{
    extract::{
        folder::{Asked, MANIFEST, Manifest, extract},
        stream::stretch,
    },
    fact,
    file::Format,
    pseudonym::rules::Key,
    table::rules::{ALL, Kind, Of},
};
use common::{now, worked};
use files::{Table, read_csv, read_parquet};
use journal::{Journal, OPEN_END, entries, testing::engines};

async fn take(
    journal: &Journal,
    key: &Key,
    days: (&str, &str),
    format: Format,
) -> (Manifest, BTreeMap<String, Table>) {
    let folder = tempfile::tempdir().expect("a folder");
    let into = folder.path().join("extract");
    let day = |text: &str| text.parse().ok();
    let asked = Asked { key, from: day(days.0), until: day(days.1).expect("a day"), format, now: now() };
    let mut read = journal.read().await.expect("a reading begins");
    let manifest = extract(&mut read, asked, &into, |_, _| ()).await.expect("it is written");
    let written: Manifest =
        serde_json::from_slice(&std::fs::read(into.join(MANIFEST)).expect("it is there")).expect("it parses");
    assert_eq!(written, manifest);
    let files = std::fs::read_dir(folder.path()).expect("it is readable").count();
    assert_eq!(files, 1, "nothing is left aside");
    let mut all = BTreeMap::new();
    for table in ALL {
        let path = into.join(format!("{}.{}", table.key, format.as_str()));
        let read = match format {
            Format::Parquet => read_parquet(table, &path),
            Format::Csv => read_csv(&path),
        };
        assert_eq!(read.len() as u64, manifest.rows[table.key], "{}", table.key);
        all.insert(table.key.to_owned(), read);
    }
    (manifest, all)
}

const ALWAYS: (&str, &str) = ("", "2026-11-11");

/// Every private part of a journal that is long enough to be found by itself.
fn private(value: &serde_json::Value, found: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(map) => match map.get("$private") {
            Some(serde_json::Value::String(text)) if text.trim().len() >= 4 => {
                found.insert(text.clone());
            }
            _ => map.values().for_each(|inner| private(inner, found)),
        },
        serde_json::Value::Array(all) => all.iter().for_each(|inner| private(inner, found)),
        _ => {}
    }
}

#[tokio::test]
async fn every_fact_is_a_row_in_both_forms_and_nothing_private_is_in_any() {
    for t in engines().await {
        worked(&t.journal).await;
        let key = Key::of([7; 32]);
        let (manifest, parquet) = take(&t.journal, &key, ALWAYS, Format::Parquet).await;
        let (_, csv) = take(&t.journal, &key, ALWAYS, Format::Csv).await;
        assert_eq!(parquet, csv, "both forms say the same");
        let all = entries(&mut t.journal.read().await.expect("a reading"), 0, OPEN_END).await.expect("sql");
        assert_eq!(manifest.entry, manifest.until_entry);
        for table in ALL.into_iter().filter(|table| table.of == Of::Facts) {
            let of = all.iter().filter(|entry| fact::table(&entry.kind) == Some(table));
            let expected: Vec<String> = of.map(|entry| entry.seq.to_string()).collect();
            assert!(!expected.is_empty(), "the force never does what {} tells", table.key);
            let seqs: Vec<String> = parquet[table.key].iter().map(|row| row["seq"].clone()).collect();
            assert_eq!(seqs, expected, "{}", table.key);
        }
        for table in ALL {
            assert!(!parquet[table.key].is_empty(), "{}", table.key);
        }
        let mut secret = BTreeSet::new();
        for entry in &all {
            private(entry.body(), &mut secret);
        }
        assert!(secret.len() > 100, "the force says too little to mean anything: {}", secret.len());
        let subjects: BTreeSet<&str> = all.iter().map(|entry| entry.subject.as_str()).collect();
        let accounts: BTreeSet<&str> = all.iter().map(|entry| entry.actor.who.as_str()).collect();
        for table in ALL.into_iter().filter(|table| !["unit", "code"].contains(&table.key)) {
            let cells = |kinds: &[Kind]| -> BTreeSet<&str> {
                let of = table.columns().filter(|column| kinds.contains(&column.kind));
                let cells =
                    of.flat_map(|column| parquet[table.key].iter().map(|row| row[column.name].as_str()));
                cells.filter(|cell| cell.len() >= 4).collect()
            };
            for cell in cells(&[Kind::Text, Kind::Pseudonym, Kind::Integer]) {
                let is_known = secret.contains(cell) || subjects.contains(cell) || accounts.contains(cell);
                assert!(!is_known, "{} has the private {cell:?}", table.key);
            }
            for cell in cells(&[Kind::Text]) {
                let within = secret.iter().find(|word| word.len() >= 8 && cell.contains(word.as_str()));
                assert_eq!(within, None, "{} has it in {cell:?}", table.key);
            }
        }
    }
}

#[tokio::test]
async fn pseudonyms_join_within_an_installation_and_not_between_two() {
    for t in engines().await {
        worked(&t.journal).await;
        let (one, other) = (Key::of([7; 32]), Key::of([8; 32]));
        let (first, parquet) = take(&t.journal, &one, ALWAYS, Format::Parquet).await;
        let (again, repeated) = take(&t.journal, &one, ALWAYS, Format::Parquet).await;
        assert_eq!((&first, &parquet), (&again, &repeated), "the same again");
        let column = |from: &BTreeMap<String, Table>, table: &str, name: &str| -> BTreeSet<String> {
            from[table].iter().map(|row| row[name].clone()).filter(|cell| !cell.is_empty()).collect()
        };
        let contacts = column(&parquet, "contact", "contact");
        let incidents = column(&parquet, "incident_event", "incident");
        for (table, name, of) in [
            ("incident_event", "contact", &contacts),
            ("contact", "incident", &incidents),
            ("appointment_event", "incident", &incidents),
            ("transfer", "incident", &incidents),
            ("promise", "incident", &incidents),
            ("crime_report", "incident", &incidents),
            ("referral", "incident", &incidents),
            ("assessment", "incident", &incidents),
        ] {
            let found = column(&parquet, table, name);
            assert!(!found.is_empty() && found.is_subset(of), "{table}.{name} joins");
        }
        let (elsewhere, theirs) = take(&t.journal, &other, ALWAYS, Format::Parquet).await;
        assert_ne!(elsewhere.pseudonyms, first.pseudonyms);
        for (table, name) in
            [("contact", "contact"), ("incident_event", "incident"), ("referral", "referral")]
        {
            assert!(
                column(&parquet, table, name).is_disjoint(&column(&theirs, table, name)),
                "{table}.{name}"
            );
        }
    }
}

#[tokio::test]
async fn one_period_after_another_leaves_nothing_out_and_has_nothing_twice() {
    for t in engines().await {
        worked(&t.journal).await;
        let key = Key::of([7; 32]);
        let (whole, all) = take(&t.journal, &key, ALWAYS, Format::Parquet).await;
        let middle = "2026-11-10";
        let (before, first) = take(&t.journal, &key, ("", middle), Format::Parquet).await;
        let (after, second) = take(&t.journal, &key, ("2026-11-11", "2026-11-11"), Format::Parquet).await;
        assert_eq!((before.after_entry, before.until_entry), (0, after.after_entry));
        assert_eq!(after.until_entry, whole.until_entry);
        assert!(before.until_entry < whole.until_entry && before.until_entry > 0, "both have something");
        for table in ALL.into_iter().filter(|table| table.of != Of::Dimension) {
            let mut parts: Table = first[table.key].iter().chain(&second[table.key]).cloned().collect();
            let mut expected = all[table.key].clone();
            parts.sort();
            expected.sort();
            assert_eq!(parts, expected, "{}", table.key);
        }
    }
}

#[tokio::test]
async fn an_empty_journal_has_every_table_with_the_same_columns() {
    for t in engines().await {
        let (manifest, _) = take(&t.journal, &Key::of([7; 32]), ALWAYS, Format::Parquet).await;
        let facts = ALL.into_iter().filter(|table| table.of == Of::Facts);
        assert!(facts.clone().count() == 8 && facts.into_iter().all(|table| manifest.rows[table.key] == 0));
        assert_eq!((manifest.entry, manifest.from, manifest.rows["calendar_day"]), (0, manifest.until, 1));
        let mut read = t.journal.read().await.expect("a reading begins");
        let none = stretch(&mut read, None, manifest.until, now()).await.expect("sql");
        assert_eq!((none.after, none.until), (0, 0));
    }
}

#[tokio::test]
async fn a_folder_that_is_there_is_refused_and_a_failure_leaves_nothing() {
    let t = engines().await.remove(0);
    let folder = tempfile::tempdir().expect("a folder");
    let key = Key::of([7; 32]);
    let until = "2026-11-11".parse().expect("a day");
    let asked = Asked { key: &key, from: None, until, format: Format::Csv, now: now() };
    let mut read = t.journal.read().await.expect("a reading begins");
    let told =
        extract(&mut read, asked, folder.path(), |_, _| ()).await.expect_err("it is there").to_string();
    assert!(told.contains("is there already"), "{told}");
    std::fs::write(folder.path().join("file"), "").expect("a file");
    let below_a_file = folder.path().join("file").join("extract");
    extract(&mut read, asked, &below_a_file, |_, _| ()).await.expect_err("a file is no folder");
    assert_eq!(std::fs::read_dir(folder.path()).expect("readable").count(), 1);
}
