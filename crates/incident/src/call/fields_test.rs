//! The form of the call screen, there and back.

use contact::contact::rules::{Arrival, Channel};

use super::*;

fn record() -> Record {
    let at = "2026-11-21T20:10:25Z".parse().unwrap();
    let arrival = Arrival {
        channel: Channel::NonEmergency,
        option: "4".into(),
        line: String::new(),
        number: "07700 900461".to_owned().into(),
        arrived_at: at,
        answered_at: Some(at),
        their_reference: String::new(),
    };
    let contact = contact_rules::apply(None, &contact_rules::Fact::Received(arrival));
    Record { contact, preference: None, assessment: None, opened: None }
}

fn typed(pairs: &[(&str, &str)]) -> Fields {
    let mut all = fields(&record());
    all.extend(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    all
}

fn words(steps: &[Step]) -> Vec<&'static str> {
    steps
        .iter()
        .map(|step| match step {
            Step::Contact(Command::Describe(_)) => "caller",
            Step::Contact(Command::Locate(_)) => "place",
            Step::Contact(Command::Tell { .. }) => "narrative",
            Step::Contact(Command::Check { .. }) => "checks",
            Step::Contact(Command::Code { .. }) => "why",
            Step::Contact(Command::Link(_)) => "link",
            Step::Contact(Command::Unlink { .. }) => "unlink",
            Step::Contact(_) => "other",
            Step::Preference(_) => "preference",
            Step::Thrive(_) => "thrive",
        })
        .collect()
}

/// What stands in the form, and the steps it means.
type Case<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str]);

#[test]
fn only_what_is_new_becomes_a_fact() {
    let earlier = Id::new(jiff::Timestamp::UNIX_EPOCH);
    let link = link_field(Earlier::Contact, &earlier);
    let cases: [Case<'_>; 8] = [
        (&[("narrative", "Door kicked.")], &["caller", "narrative"]),
        (&[("name", "Ailsa Reid")], &["caller"]),
        (&[("place_words", "14 Rowan Court")], &["caller", "place"]),
        (&[("checks", "told_next")], &["caller", "checks"]),
        (&[("why", "F15")], &["caller", "why"]),
        (&[(link.as_str(), "chase")], &["caller", "link"]),
        (&[("unsafe", "letter"), ("unsafe_why", "He opens the post")], &["caller", "preference"]),
        (&[("threat", "none_identified")], &["caller", "thrive"]),
    ];
    for (given, expected) in cases {
        let (steps, refusals) = steps(&record(), &typed(given), &BTreeMap::new());
        assert_eq!((words(&steps).as_slice(), refusals), (expected, vec![]), "{given:?}");
    }
}

#[test]
fn a_form_that_was_saved_says_nothing_more() {
    let given = typed(&[
        ("name", "Ailsa Reid"),
        ("narrative", "Door kicked."),
        ("threat", "medium"),
        ("threat_narrative", "Says he will return."),
        ("markers", ""),
        ("safe_from", "9"),
        ("safe_until", "17.30"),
    ]);
    let mut record = record();
    for step in steps(&record, &given, &BTreeMap::new()).0 {
        match step {
            Step::Contact(Command::Describe(caller)) => record.contact.caller = Some(caller),
            Step::Contact(Command::Tell { words }) => record.contact.narrative = Some(words.into()),
            Step::Preference(preference_rules::Command::Give(given)) => record.preference = Some(given),
            Step::Thrive(thrive_rules::Command::Assess(assessment)) => record.assessment = Some(assessment),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(steps(&record, &fields(&record), &BTreeMap::new()), (vec![], vec![]));
    assert_eq!(of(&fields(&record), "safe_until"), "17:30");
}

#[test]
fn what_cannot_be_meant_is_refused_at_its_field() {
    for (given, field) in [
        (vec![("safe_from", "late"), ("safe_until", "17:00")], "safe_from"),
        (vec![("safe_from", "09:00")], "safe_until"),
        (vec![("preferred", "pigeon")], "preferred"),
        (vec![("unsafe", "pigeon")], "unsafe"),
    ] {
        let (_, refusals) = steps(&record(), &typed(&given), &BTreeMap::new());
        assert_eq!(refusals.iter().map(|one| one.field.as_ref()).collect::<Vec<_>>(), [field], "{given:?}");
    }
}

#[test]
fn of_an_assessment_what_can_be_meant_is_kept_and_the_rest_stays_as_it_was() {
    let made = |fields: &[(&str, &str)], record: &Record| {
        let (steps, refusals) = steps(record, &typed(fields), &BTreeMap::new());
        let fields: Vec<String> = refusals.iter().map(|one| one.field.to_string()).collect();
        let made = steps.into_iter().find_map(|step| match step {
            Step::Thrive(thrive_rules::Command::Assess(made)) => Some(made),
            _ => None,
        });
        (made, fields)
    };
    let given = [("threat", "high"), ("harm", "low"), ("harm_narrative", "A cut hand"), ("risk", "dire")];
    let (first, refused) = made(&given, &record());
    let first = first.unwrap();
    assert_eq!(refused, ["threat_narrative", "risk"]);
    assert_eq!(first.elements.keys().copied().collect::<Vec<_>>(), [Element::Harm]);
    let known = Record { assessment: Some(first), ..record() };
    let (second, refused) = made(&[("harm", "high"), ("threat", "none_identified")], &known);
    assert_eq!(refused, ["harm_narrative"]);
    let harm = second.unwrap().level(Element::Harm);
    assert_eq!(harm, Some(thrive_rules::Level::Low), "as it was");
}

#[test]
fn what_changed_is_supposed_only_while_the_first_call_lasts() {
    let given = [("threat", "none_identified")];
    let before = Assessment { markers: vec!["alone".into()], ..Assessment::default() };
    let open = Record { assessment: Some(before), ..record() };
    let opened = Record { opened: Some(Id::new(jiff::Timestamp::UNIX_EPOCH)), ..open.clone() };
    for (record, expected) in [(&open, "Told in the same contact"), (&opened, "")] {
        let (made, _) = assessment(record, &typed(&given));
        assert_eq!(made.unwrap().change.shown(), expected);
    }
}

/// What was said before, what stands in the form, and what holds then.
type Unsafely<'a> = (&'a [&'a Unsafe], Vec<(&'a str, &'a str)>, &'a [&'a Unsafe]);

#[test]
fn a_way_that_is_unsafe_at_some_hours_only_stays_so() {
    let narrow = Unsafe {
        way: Way::Letter,
        to: None,
        hours: Some((Time::constant(9, 0, 0, 0), Time::constant(17, 0, 0, 0))),
        why: "He opens the post".to_owned().into(),
    };
    let whole = Unsafe { hours: None, ..narrow.clone() };
    let with = |ways: &[&Unsafe]| Preference {
        unsafe_ways: ways.iter().map(|one| (*one).clone()).collect(),
        ..nothing_said()
    };
    let cases: [Unsafely<'_>; 4] = [
        (&[&narrow], vec![], &[&narrow]),
        (&[&narrow], vec![("unsafe", "letter"), ("unsafe_why", "He opens the post")], &[&narrow, &whole]),
        (&[&narrow, &whole], vec![("unsafe", ""), ("unsafe_why", "")], &[&narrow]),
        (&[&whole], vec![("unsafe", "letter"), ("unsafe_why", "He opens the post")], &[&whole]),
    ];
    for (was, given, expected) in cases {
        let told = preference(Some(&with(was)), &typed(&given)).unwrap();
        assert_eq!(told, with(expected), "{was:?} {given:?}");
    }
}

#[test]
fn a_place_that_was_erased_stays_erased() {
    let mut known = record();
    let erased = Location { place: Private::Erased, division: "E".into(), ..Location::default() };
    known.contact.location = Some(erased);
    let form = fields(&known);
    assert_eq!((of(&form, "place"), location(&known, &form).place), ("", Private::Erased));
}

#[test]
fn a_level_weighs_in_the_suggestion_before_its_reason_is_typed() {
    for given in [&[("threat", "high")][..], &[("threat", "high"), ("harm_narrative", "A cut hand")]] {
        let situation = situation(&record(), &typed(given), 0);
        assert_eq!(situation.assessment.unwrap().elements.len(), 1, "{given:?}");
    }
}
