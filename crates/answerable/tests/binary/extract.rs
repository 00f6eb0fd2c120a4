//! `answerable extract`: a folder for other tools, whole or not there.

use std::fs;

use serde_json::Value;

use crate::house::House;

#[test]
fn a_folder_is_written_whole_with_its_manifest() {
    let house = House::with(&["analyst"]);
    for format in ["parquet", "csv"] {
        let folder = house.data_dir().with_file_name(format);
        let into = folder.to_str().expect("text");
        let told = house.done(&["extract", into, "--format", format]);
        assert!(told.text().contains("measure_value"), "{}", told.text());
        let manifest = fs::read(folder.join("manifest.json")).expect("it is there");
        let manifest: Value = serde_json::from_slice(&manifest).expect("it parses");
        let tables = manifest["rows"].as_object().expect("tables");
        assert_eq!((tables.len(), &manifest["format"]), (12, &format.into()));
        for table in tables.keys() {
            let file = fs::read(folder.join(format!("{table}.{format}"))).expect("a file for each table");
            assert!(format == "csv" || (file.starts_with(b"PAR1") && file.ends_with(b"PAR1")), "{table}");
        }
        let again = house.run(&["extract", into, "--format", format]);
        assert!(again.code == 1 && again.err.contains("is there already"), "{}", again.err);
    }
}

#[test]
fn what_cannot_be_taken_out_is_refused_by_its_field() {
    let house = House::with(&["analyst"]);
    let folder = house.data_dir().with_file_name("extract");
    let into = folder.to_str().expect("text");
    for (arguments, told) in [
        (["--until", "2199-01-01"], "until: 2199-01-01 is still to come"),
        (["--from", "soon"], "from: “soon” is not a day"),
        (["--from", "2199-01-01"], "from: The period ends on"),
    ] {
        let ran = house.run(&[&["extract", into][..], &arguments[..]].concat());
        assert!(ran.code == 2 && ran.err.contains(told), "{} {}", ran.code, ran.err);
    }
    let nowhere = House::new().run(&["extract", into]);
    assert!(nowhere.code == 1 && nowhere.err.contains("there is no register"), "{}", nowhere.err);
    assert!(!folder.exists());
}

#[test]
fn views_are_made_on_postgresql_and_a_file_says_what_to_do_instead() {
    let file = House::with(&["analyst"]).run(&["views"]);
    assert!(file.code == 2 && file.err.contains("answerable extract DIR"), "{} {}", file.code, file.err);
    let Some(house) = House::on_postgres(&["analyst"]) else { return };
    for _ in 0..2 {
        let told = house.done(&["views"]);
        assert!(told.text().contains("answerable_views.measure_value"), "{}", told.text());
        assert!(told.text().contains("Read by nobody yet"), "{}", told.text());
    }
    for (role, told) in [
        ("nobody at all", "role: The database has no role “nobody at all”"),
        ("public", "role: “public” is no role of its own"),
        ("answerable", "can read or change the table"),
    ] {
        let ran = house.run(&["views", "--grant", role]);
        assert!(ran.code == 2 && ran.err.contains(told), "{} {}", ran.code, ran.err);
    }
    assert!(house.run(&["views", "--revoke", "nobody at all"]).code == 2);
    house.done(&["check"]);
}
