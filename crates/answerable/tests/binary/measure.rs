//! `answerable measure`: a series of an analyst’s own, read from a file or from standard input; and what is counted anew.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::house::House;

const SERIES: &str = r#"{"direction":"decrease","target":5,"points":[{"date":"2026-01-01","value":4},
    {"date":"2026-01-02","value":6},{"date":"2026-01-03","value":5},{"date":"2026-01-04","value":7},
    {"date":"2026-01-05","value":5},{"date":"2026-01-06","value":6},{"date":"2026-01-07","value":40}]}"#;

/// What it prints, what it complains of, and its exit code.
fn xmr(series: &str) -> (String, String, Option<i32>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_answerable"))
        .args(["measure", "xmr", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut stdin = child.stdin.take().expect("it listens");
    stdin.write_all(series.as_bytes()).expect("it reads");
    drop(stdin);
    let done = child.wait_with_output().expect("it ends");
    let text = |bytes| String::from_utf8(bytes).expect("it prints UTF-8");
    (text(done.stdout), text(done.stderr), done.status.code())
}

#[test]
fn a_series_becomes_its_chart() {
    let (told, complaints, code) = xmr(SERIES);
    assert_eq!((code, complaints.as_str()), (Some(0), ""));
    let chart: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(chart["groups"][0]["n"], 7);
    assert_eq!(chart["latest_point_type"], "special_cause_concern");
    assert_eq!(chart["points"][6]["cause"], "above_upper_limit");
    assert_eq!(
        (&chart["variation_icon"], &chart["assurance"]),
        (&"concern_high".into(), &"consistent_fail".into())
    );
}

#[test]
fn a_series_that_cannot_be_read_is_refused_by_field_and_row() {
    for (broken, told) in [
        (SERIES.replace("2026-01-03", "2026-01-02"), "points: Row 3: 2026-01-02 is there twice"),
        (SERIES.replace("2026-01-03", "soon"), "points: Row 3 cannot be read"),
        (SERIES.replace("\"value\":7}", "\"value\":\"x\"}"), "points: Row 4 cannot be read"),
        (SERIES.replace("\"value\":40}", "\"value\":1e308}"), "points: Row 7: the value is too large"),
        (SERIES.replace("\"decrease\"", "\"up\""), "unknown variant"),
        (
            SERIES.replace("\"target\":5", "\"fix_after_n_points\":3"),
            "fix_after_n_points: Limits cannot be frozen",
        ),
        (SERIES.replace("\"target\"", "\"goal\""), "unknown field"),
        ("[]".to_owned(), "Give an object with points"),
        (String::new(), "Give an object with points"),
    ] {
        let (printed, complaints, code) = xmr(&broken);
        assert_eq!((printed.as_str(), code), ("", Some(2)), "{complaints}");
        assert!(complaints.contains(told), "{told}: {complaints}");
    }
}

#[test]
fn a_period_is_counted_anew_and_one_that_cannot_be_is_refused() {
    let house = House::with(&["analyst"]);
    let told = house.done(&["measure", "everything", "--from", "2026-01-01", "--until", "2026-01-31"]);
    let told: Value = serde_json::from_str(told.text()).expect("it is JSON");
    assert_eq!((&told["from"], &told["until"]), (&"2026-01-01".into(), &"2026-01-31".into()));
    assert_eq!(told["measures"].as_array().map(Vec::len), Some(31));
    assert_eq!(
        (&told["measures"][0]["measure"], &told["measures"][0]["numerator"]),
        (&"contacts".into(), &0.into())
    );
    for what in ["everything", "failure-demand"] {
        for (from, until, complaint) in [
            (
                "2026-02-01",
                "2026-01-01",
                "--until 2026-01-01 is before --from 2026-02-01. Enter a later last day.",
            ),
            ("2026-02-01", "2199-01-01", "--until 2199-01-01 is still to come. Enter today"),
            ("soon", "2026-01-01", "invalid value 'soon' for '--from"),
        ] {
            let ran = house.run(&["measure", what, "--from", from, "--until", until]);
            assert!(ran.code == 2 && ran.err.contains(complaint), "{} {}", ran.code, ran.err);
        }
        let nowhere = House::new().run(&["measure", what, "--from", "2026-01-01", "--until", "2026-01-31"]);
        assert!(nowhere.code == 1 && nowhere.err.contains("there is no register"), "{}", nowhere.err);
    }
}
