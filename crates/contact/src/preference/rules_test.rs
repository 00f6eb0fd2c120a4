//! The table of cases for how somebody may be reached.

use jiff::civil::{Time, time};

use super::rules::*;

fn known() -> Known {
    Known { today: "2026-11-21".parse().unwrap() }
}

fn never(way: Way, to: Option<&str>, hours: Option<(Time, Time)>) -> Unsafe {
    Unsafe { way, to: to.map(|to| to.to_owned().into()), hours, why: "He reads her phone.".to_owned().into() }
}

fn preference(preferred: &[Way], unsafe_ways: &[Unsafe]) -> Preference {
    Preference {
        preferred: preferred.to_vec(),
        unsafe_ways: unsafe_ways.to_vec(),
        safe_hours: Some((time(9, 0, 0, 0), time(15, 0, 0, 0))),
        interviewer: "woman".into(),
    }
}

fn given(preference: &Preference) -> Result<Preference, journal::Refusal> {
    decide(&known(), None, Command::Give(preference.clone())).map(|fact| apply(None, &fact))
}

#[test]
fn what_is_said_last_takes_the_place_of_what_was_said_before() {
    let first = preference(&[Way::Text], &[never(Way::Letter, None, None)]);
    let was = given(&first).unwrap();
    let fact = decide(&known(), Some(&was), Command::Give(preference(&[Way::Call], &[]))).unwrap();
    let now = apply(Some(was), &fact);
    assert_eq!((now.preferred, now.unsafe_ways.len()), (vec![Way::Call], 0));
}

#[test]
fn an_empty_number_means_every_number() {
    let said = given(&preference(&[], &[never(Way::Call, Some("  "), None)])).unwrap();
    assert_eq!(said.unsafe_ways[0].to, None);
}

#[test]
fn a_way_may_be_preferred_there_and_unsafe_elsewhere() {
    let hours = Some((time(17, 0, 0, 0), time(8, 0, 0, 0)));
    for one in [never(Way::Text, Some("+447700900123"), None), never(Way::Text, None, hours)] {
        assert!(given(&preference(&[Way::Text], &[one])).is_ok());
    }
}

#[test]
fn each_refusal_names_its_field() {
    let noon = Some((time(12, 0, 0, 0), time(12, 0, 0, 0)));
    let letter = never(Way::Letter, None, None);
    let long = never(Way::Call, Some(&"1".repeat(301)), None);
    let talkative = Unsafe { why: "x".repeat(4_001).into(), ..letter.clone() };
    let cases = [
        (preference(&[Way::Text, Way::Text], &[]), "preferred", "preferred twice"),
        (preference(&[Way::Letter], std::slice::from_ref(&letter)), "preferred", "never safe"),
        (preference(&[], &[letter.clone(), letter.clone()]), "unsafe_ways", "twice alike"),
        (preference(&[], &[never(Way::Call, None, noon)]), "unsafe_hours", "begin and end at 12:00"),
        (preference(&[], &[long]), "unsafe_to", "at most 300"),
        (preference(&[], &[talkative]), "unsafe_why", "at most 4,000"),
        (Preference { safe_hours: noon, ..preference(&[], &[]) }, "safe_hours", "two times"),
        (
            Preference { interviewer: "friend".into(), ..preference(&[], &[]) },
            "interviewer",
            "a woman, a man",
        ),
    ];
    for (number, (said, field, told)) in cases.iter().enumerate() {
        let refusal = given(said).expect_err(&format!("{number}"));
        assert_eq!(refusal.field, *field, "case {number}: {refusal}");
        assert!(refusal.sentence.contains(told), "case {number}: {refusal}");
    }
    let was = given(&preference(&[Way::Call], &[])).unwrap();
    assert!(decide(&known(), Some(&was), Command::Give(was.clone())).is_err(), "nothing new is said");
}
