//! The file of definitions reads, and a broken one says what is wrong with it.

use crate::definition::{Definitions, crime_type, crime_words, definitions};

const WHOLE: &str = include_str!("../../../definitions/crime.toml");

#[test]
fn the_file_reads() {
    let all = definitions();
    assert_eq!((all.version, all.crime_type.len(), all.return_reason.len()), (1, 8, 7));
    assert_eq!((crime_words("lost"), crime_words("theft")), ("lost", "Theft"));
    let shoplifting = crime_type("shoplifting").unwrap();
    let today = "2026-11-27".parse().unwrap();
    let fields: Vec<&str> = shoplifting.enquiries(today).map(|one| one.field.as_str()).collect();
    assert_eq!(fields[0], "line_cctv");
    assert_eq!(shoplifting.evidence(today).count(), 1);
    assert!(!shoplifting.asked("shop_has_cctv").unwrap().guess, "HMICS CAM 2022, 4.7 names it");
}

#[test]
fn a_question_is_asked_on_its_days_and_can_be_read_after_them() {
    let text =
        WHOLE.replacen("key = \"theft_was_locked\"", "key = \"theft_was_locked\"\nuntil = \"2026-11-26\"", 1);
    let read = Definitions::read(&text).unwrap();
    let theft = read.crime_type.iter().find(|one| one.key == "theft").unwrap();
    for (day, asked) in [("2026-11-26", 3), ("2026-11-27", 2)] {
        assert_eq!(theft.questions(day.parse().unwrap()).count(), asked, "{day}");
    }
    assert!(theft.asked("theft_was_locked").is_some());
}

#[test]
fn a_broken_file_says_what_is_wrong() {
    let cases = [
        ("key = \"duplicate\"", "key = \"wrong_crime\"", "there twice"),
        ("key = \"fraud\"", "key = \"theft\"", "there twice"),
        ("key = \"fraud_contact\"", "key = \"theft_tracked\"", "there twice"),
        ("key = \"fraud_contact\"", "key = \"account\"", "field of every report"),
        ("key = \"fraud_contact\"", "key = \"line_x\"", "field of every report"),
        ("key = \"letter\"", "key = \"\"", "no key"),
        ("lines = [\"accounts\"", "lines = [\"account\"", "no line of enquiry"),
        (
            "lines = [\"accounts\", \"telephone\", \"suspect\"]",
            "lines = []",
            "no line of enquiry to consider",
        ),
        ("digital = [\"messages\"", "digital = [\"letters\"", "no digital evidence"),
        ("roles = [\"victim\"]", "roles = [\"hero\"]", "no role"),
        ("roles = [\"victim\"]", "roles = []", "limits"),
        ("most_counts = 500", "most_counts = 0", "limits"),
        ("form = \"moment\"", "form = \"month\"", "month"),
        (
            "words = \"Theft\"",
            "words = \"Theft\"\nfrom = \"2026-02-01\"\nuntil = \"2026-01-01\"",
            "ends before",
        ),
        ("is_needed = true", "is_wanted = true", "is_wanted"),
    ];
    for (whole, broken, told) in cases {
        assert!(WHOLE.contains(whole), "{whole}");
        let error = Definitions::read(&WHOLE.replacen(whole, broken, 1)).unwrap_err();
        assert!(error.contains(told), "{told}: {error}");
    }
}
