//! The file of definitions reads, and a broken one says what is wrong with it.

use crate::definition::{Definitions, agency, agency_name, definitions, kind, kind_words};

const WHOLE: &str = include_str!("../../../definitions/partners.toml");

#[test]
fn the_file_reads() {
    let brief = kind("distress_brief_intervention").unwrap();
    assert_eq!((brief.least_age, brief.reply_hours, brief.may_override), (Some(16), 24, false));
    assert_eq!((definitions().version, definitions().kind.len()), (1, 4));
    assert!(definitions().agency.iter().all(|one| one.guess), "no source names an agency");
    assert_eq!((agency_name("lost"), kind_words("general")), ("lost", "General referral"));
    let west = agency("distress_west").unwrap();
    assert!(west.serves("G") && west.serves("") && !west.serves("A") && !west.takes("general"));
}

#[test]
fn an_agency_is_there_on_its_days() {
    let text = WHOLE.replacen(
        "key = \"housing_advice\"",
        "key = \"housing_advice\"\nfrom = \"2026-01-01\"\nuntil = \"2026-11-26\"",
        1,
    );
    let read = Definitions::read(&text).unwrap();
    let housing = read.agency.iter().find(|one| one.key == "housing_advice").unwrap();
    for (day, is_there) in
        [("2025-12-31", false), ("2026-01-01", true), ("2026-11-26", true), ("2026-11-27", false)]
    {
        assert_eq!(housing.is_valid_on(day.parse().unwrap()), is_there, "{day}");
    }
}

#[test]
fn a_broken_file_says_what_is_wrong() {
    let cases = [
        ("key = \"housing_advice\"", "key = \"social_work\"", "there twice"),
        ("key = \"general\"", "key = \"\"", "no key"),
        ("takes = [\"general\"]", "takes = [\"genera\"]", "no kind of referral"),
        ("takes = [\"general\"]", "takes = []", "takes nothing"),
        ("phone = \"01632 960607\"", "phone = \"\"", "cannot be reached"),
        ("markers = [\"homeless\"]", "markers = [\"houseless\"]", "no vulnerability marker"),
        ("divisions = [\"G\"", "divisions = [\"Y\"", "no division"),
        ("days = [\"friday\"]", "days = []", "on no day"),
        ("days = [\"friday\"]", "days = [\"fryday\"]", "fryday"),
        ("from = \"09:00\"", "from = \"25:00\"", "from"),
        ("reply_hours = 24", "reply_hours = 0", "no hours to reply"),
        ("must_be = \"yes\"", "must_be = \"maybe\"", "never be answered"),
        ("key = \"advice\"", "key = \"summary\"", "field of every referral"),
        ("key = \"advice\"", "key = \"released_at\"", "there twice"),
        ("needs_consent = true\nmay_override = true", "may_override = true", "does not need"),
        ("link_days = 14", "link_days = 0", "limits"),
        ("stage = \"send\"", "stage = \"later\"", "later"),
        ("least = \"medium\"", "least = \"huge\"", "huge"),
        (
            "name = \"Council housing advice\"",
            "name = \"H\"\nfrom = \"2026-02-01\"\nuntil = \"2026-01-01\"",
            "ends before it begins",
        ),
        ("line = \"People with nowhere", "lines = \"People with nowhere", "lines"),
    ];
    for (whole, broken, told) in cases {
        assert!(WHOLE.contains(whole), "{whole}");
        let error = Definitions::read(&WHOLE.replacen(whole, broken, 1)).unwrap_err();
        assert!(error.contains(told), "{told}: {error}");
    }
}
