//! The file of the definition reads, and a broken one says what is wrong with it.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use crate::{
    code::{Class, Code},
    definition::{Definitions, Ni14, Strength, What, day, definitions},
};

const WHOLE: &str = include_str!("../../../definitions/failure.toml");

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn the_file_reads() {
    let fd1 = definitions().on("2026-01-01".parse().unwrap()).unwrap();
    assert_eq!((fd1.number, fd1.name.as_str(), fd1.code.len(), fd1.target_percent), (1, "FD-1", 23, None));
    assert!(definitions().on("2025-12-31".parse().unwrap()).is_none());
    let keys: Vec<Code> = fd1.code.iter().map(|one| one.key).collect();
    assert_eq!(keys, Code::ALL, "in the order of the table");
    assert!(
        fd1.code.iter().zip(1..).all(|(one, place)| one.order == place),
        "severity is the order of the table"
    );
    assert!(fd1.window.iter().all(|one| one.guess || one.code == Code::F01), "no source gives a window");
    let advisor_only: Vec<Code> =
        fd1.code.iter().filter(|one| one.strength == Strength::AdvisorOnly).map(|one| one.key).collect();
    assert_eq!(advisor_only, [Code::F12, Code::F15]);
    assert_eq!(fd1.reason(Code::F05).unwrap().ni14, Some(Ni14::PrematureClosure));
    assert_eq!(Code::ALL.iter().filter(|code| code.class() == Class::Failure).count(), 15);
}

#[test]
fn a_window_is_that_of_the_family() {
    let fd1 = definitions().version.first().unwrap();
    let now = day(at("2026-03-01T12:00:00Z"));
    let hours = |code, what, families: &[&str]| {
        let families: BTreeSet<String> = families.iter().map(|&family| family.to_owned()).collect();
        fd1.length(code, what, &families, now).unwrap().as_hours()
    };
    assert_eq!(hours(Code::F05, What::Window, &[]), 7 * 24);
    assert_eq!(hours(Code::F05, What::Window, &["theft"]), 7 * 24);
    assert_eq!(hours(Code::F05, What::Window, &["theft", "domestic"]), 28 * 24, "the longest");
    assert_eq!(hours(Code::F10, What::Window, &["domestic"]), 14 * 24);
}

#[test]
fn a_window_holds_on_its_days_in_scotland() {
    let whole = "code = \"F02\"\nwhat = \"window\"\ndays = 3\nguess = true";
    let text = WHOLE.replacen(
        whole,
        "code = \"F02\"\nwhat = \"window\"\nuntil = \"2026-06-30\"\ndays = 3\nguess = true\n[[version.window]]\ncode = \"F02\"\nwhat = \"window\"\nfrom = \"2026-07-01\"\ndays = 5\nguess = true",
        1,
    );
    let read = Definitions::read(&text).unwrap();
    let fd1 = read.version.first().unwrap();
    for (moment, days) in
        [("2026-06-30T22:59:59Z", 3), ("2026-06-30T23:00:00Z", 5), ("2027-01-01T00:00:00Z", 5)]
    {
        let length = fd1.length(Code::F02, What::Window, &BTreeSet::new(), day(at(moment)));
        assert_eq!(length, Some(SignedDuration::from_hours(24 * days)), "{moment}");
    }
    let one_day = text.replace("2026-06-30", "2026-01-01").replace("2026-07-01", "2026-01-02");
    assert!(Definitions::read(&one_day).is_ok(), "until the first day of the version");
    let twice = fd1.with_windows(200);
    let length = |what| twice.length(Code::F02, what, &BTreeSet::new(), day(at("2026-03-01T12:00:00Z")));
    assert_eq!(length(What::Window), Some(SignedDuration::from_hours(144)));
    assert_eq!(length(What::Late), Some(SignedDuration::from_mins(30)), "what a failure is does not change");
}

#[test]
fn a_broken_file_says_what_is_wrong() {
    let f02 = "code = \"F02\"\nwhat = \"window\"\ndays = 3\nguess = true";
    let again = format!("{f02}\n[[version.window]]\n{f02}");
    let dated = |until: &str, from: &str| {
        format!("{f02}\nuntil = \"{until}\"\n[[version.window]]\n{f02}\nfrom = \"{from}\"")
    };
    let (overlapping, parted) = (dated("2026-06-30", "2026-06-30"), dated("2026-06-30", "2026-07-02"));
    let cases = [
        ("key = \"F07\"", "key = \"F16\"", "The code “F16” is unknown"),
        ("code = \"F10\"", "code = \"f10\"", "The code “f10” is unknown"),
        ("key = \"F07\"", "key = \"F06\"", "F06 is there twice"),
        ("order = 7\n", "order = 6\n", "order 6 is given twice"),
        ("order = 1\n", "order = 0\n", "an order from 1"),
        (f02, again.as_str(), "there twice for the same days"),
        (f02, overlapping.as_str(), "there twice for the same days"),
        (f02, parted.as_str(), "No Window of F02 holds on 2026-07-01"),
        ("family = \"domestic\"\ndays = 28", "days = 28", "there twice"),
        ("days = 3\nguess", "days = -3\nguess", "The Window of F02 is negative"),
        ("days = 3\nguess", "days = 0\nguess", "The Window of F02 is 0"),
        ("days = 3\nguess", "days = 3\nhours = 1\nguess", "exactly one of"),
        ("days = 3\nguess", "guess", "exactly one of"),
        ("days = 3\nguess", "days = 9_000_000_000_000_000\nguess", "ten years"),
        ("days = 3\nguess = true", "days = 3", "a guess or name its source"),
        ("days = 3\nguess", "days = 3\nuntil = \"2025-01-01\"\nfrom = \"2025-02-01\"\nguess", "ends before"),
        ("code = \"F02\"\nwhat = \"late\"", "code = \"F03\"\nwhat = \"late\"", "asked for by no rule"),
        ("what = \"late\"", "what = \"soon\"", "soon"),
        ("number = 1", "number = 1\ntarget_percent = 101", "over 100"),
        ("wait_seconds = 30", "wait_seconds = 0", "cut-offs"),
        ("unless_risk = [\"misdial\"", "unless_risk = [\"ordinary\"", "not in never_kinds"),
        ("key = \"email\"", "key = \"web_form\"", "“web_form” is there twice"),
        ("role = \"non_emergency\"", "role = \"other\"", "F11 needs one"),
        ("strength = \"weak\"", "strength = \"recorded\"", "strength of F04"),
        ("over = [\"V5\"]", "over = [\"F01\"]", "only hold over value"),
        ("over = [\"V5\"]", "over = [\"V2\"]", "never failure"),
        ("words = \"Nobody came\"", "words = \"\"", "needs words"),
        ("changes = \"First published.\"", "changes = \"\"", "sentence of changes"),
        ("from = \"2026-01-01\"", "from = \"2026-13-01\"", "month"),
        ("words = \"Nobody came\"", "word = \"Nobody came\"", "word"),
    ];
    for (whole, broken, told) in cases {
        assert!(WHOLE.contains(whole), "{whole}");
        let error = Definitions::read(&WHOLE.replacen(whole, broken, 1)).unwrap_err();
        assert!(error.contains(told), "{told}: {error}");
    }
    let without = WHOLE.split("[[version.code]]\nkey = \"X3\"").next().unwrap();
    assert!(Definitions::read(without).unwrap_err().contains("X3 is missing"));
    assert!(Definitions::read("version = []").unwrap_err().contains("at least one"));
}

#[test]
fn a_version_holds_until_the_next() {
    let body = WHOLE.split_once("[[version]]").unwrap().1;
    let second = body.replacen("number = 1", "number = 2", 1).replacen("2026-01-01", "2027-04-01", 1);
    let read = Definitions::read(&format!("[[version]]{body}[[version]]{second}")).unwrap();
    for (day, number) in [("2026-01-01", 1), ("2027-03-31", 1), ("2027-04-01", 2), ("2030-01-01", 2)] {
        assert_eq!(read.on(day.parse().unwrap()).unwrap().number, number, "{day}");
    }
    for second in
        [second.replacen("2027-04-01", "2026-01-01", 1), second.replacen("number = 2", "number = 1", 1)]
    {
        let error = Definitions::read(&format!("[[version]]{body}[[version]]{second}")).unwrap_err();
        assert!(error.contains("later from"), "{error}");
    }
}
