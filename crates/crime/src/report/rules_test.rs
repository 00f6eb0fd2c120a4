//! What may happen to a crime report, and what it may say: tables of cases.

use super::{
    rules::{
        Command, Content, Ending, Enquired, Fact, Item, Report, Said, State, asks_for_a_reason, barred,
        decide,
    },
    testing::{
        acknowledging, amending, clock, enquiry, exporting, fact, giving_back, known, person, recorded,
        recording, resubmitting, said, theft, then, withdrawing,
    },
};

#[test]
fn a_report_goes_its_way_and_no_other() {
    let exported = then(Some(recorded()), "11:00", exporting());
    let acknowledged = then(Some(exported.clone()), "11:30", acknowledging());
    let returned = then(Some(acknowledged.clone()), "12:00", giving_back());
    let resubmitted = then(Some(returned.clone()), "12:30", resubmitting());
    let withdrawn = then(Some(recorded()), "11:00", withdrawing());
    let ways = [amending(), giving_back(), resubmitting(), exporting(), acknowledging(), withdrawing()];
    let rows = [
        ("recorded", recorded(), State::ToExport, [true, true, false, true, false, true]),
        ("exported", exported, State::Exported, [true, true, false, false, true, true]),
        ("acknowledged", acknowledged, State::Acknowledged, [true, true, false, false, false, true]),
        ("returned", returned, State::Returned, [false, false, true, false, false, true]),
        ("resubmitted", resubmitted, State::ToExport, [true, true, false, true, false, true]),
        ("withdrawn", withdrawn, State::Withdrawn, [false; 6]),
    ];
    for (what, was, state, may) in rows {
        assert_eq!(was.state(), state, "{what}");
        for (command, may) in ways.iter().zip(may) {
            let decided = decide(&known("13:00"), Some(&was), command.clone());
            assert_eq!(decided.is_ok(), may, "{what}: {command:?}");
            if let Err(refusal) = decided {
                assert_eq!(refusal.field, "report", "{what}");
                assert!(refusal.sentence.ends_with('.'), "{refusal}");
            }
        }
        assert!(decide(&known("13:00"), Some(&was), recording(theft())).is_err(), "{what}");
    }
    for command in ways {
        let refusal = decide(&known("13:00"), None, command).unwrap_err();
        assert!(refusal.sentence.contains("no such crime report"), "{refusal}");
    }
}

#[test]
fn every_return_is_kept_with_how_long_it_was_reworked() {
    let mut was = then(Some(recorded()), "11:00", giving_back());
    was = then(Some(was), "12:30", resubmitting());
    let other = Command::Return {
        unit: "division_e".into(),
        reason: "wrong_division".into(),
        words: "It was in Leith.".into(),
    };
    was = then(Some(was), "13:00", other);
    let told: Vec<_> = was.returns.iter().map(|one| (one.reason.as_str(), one.minutes())).collect();
    assert_eq!(told, [("lines_missed", Some(90)), ("wrong_division", None)]);
    assert_eq!((was.revision, was.state()), (2, State::Returned));
    let again = then(Some(was), "13:01", resubmitting());
    assert_eq!(again.returns.last().unwrap().minutes(), Some(1));
    assert_eq!((again.revision, again.open_return()), (3, None));
}

#[test]
fn what_is_changed_after_an_export_is_exported_anew() {
    let mut was = then(Some(recorded()), "11:00", exporting());
    was = then(Some(was), "11:30", acknowledging());
    assert_eq!(was.reference_there, "CR/0012345/26");
    was = then(Some(was), "12:00", amending());
    // The crime system has it under its reference all the same.
    assert_eq!(
        (was.state(), was.reference_there.as_str(), was.revision),
        (State::ToExport, "CR/0012345/26", 2)
    );
    let Fact::Exported(export) = fact(Some(&was), "12:30", exporting()) else { panic!("it is exported") };
    assert_eq!(export.number, 2);
}

#[test]
fn a_return_names_its_unit_its_reason_and_what_to_mend() {
    let giving = |unit: &str, reason: &str, words: &str| Command::Return {
        unit: unit.into(),
        reason: reason.into(),
        words: words.into(),
    };
    for (command, field) in [
        (giving("", "duplicate", "Twice."), "unit"),
        (giving("division_y", "duplicate", "Twice."), "unit"),
        (giving("division_d", "", "Twice."), "reason"),
        (giving("division_d", "dull", "Twice."), "reason"),
        (giving("division_d", "duplicate", "  "), "words"),
    ] {
        assert_eq!(decide(&known("11:00"), Some(&recorded()), command).unwrap_err().field, field);
    }
    let nameless = Command::Acknowledge { reference: " ".into() };
    let exported = then(Some(recorded()), "11:00", exporting());
    assert_eq!(decide(&known("12:00"), Some(&exported), nameless).unwrap_err().field, "reference");
    let as_it_was = Command::Amend {
        content: Box::new(theft()),
        override_reason: String::new(),
        words: "Nothing.".into(),
    };
    let refusal = decide(&known("12:00"), Some(&recorded()), as_it_was).unwrap_err();
    assert!(refusal.sentence.contains("as it was"), "{refusal}");
}

/// Vulnerability, may override, reason given: is it recorded, and by which field is it refused.
#[test]
fn whoever_is_vulnerable_is_not_dealt_with_by_telephone_unless_a_supervisor_says_why() {
    let rows = [
        (Some(false), false, "", Ok(None)),
        (Some(false), true, "Not needed.", Ok(None)),
        (None, false, "", Err("incident")),
        (None, true, "A reason.", Err("incident")),
        (Some(true), false, "A reason.", Err("incident")),
        (Some(true), true, " ", Err("override_reason")),
        (
            Some(true),
            true,
            "She asks for it and her nurse is there.",
            Ok(Some("She asks for it and her nurse is there.")),
        ),
    ];
    for (is_vulnerable, may_override, reason, expected) in rows {
        let mut known = known("10:00");
        known.about.is_vulnerable = is_vulnerable;
        known.may_override = may_override;
        let command = Command::Record { content: Box::new(theft()), override_reason: reason.into() };
        match (decide(&known, None, command), expected) {
            (Ok(Fact::Recorded(recorded)), Ok(kept)) => {
                assert_eq!(recorded.overridden.as_ref().map(journal::Private::shown), kept);
            }
            (Err(refusal), Err(field)) => assert_eq!(refusal.field, field),
            (other, expected) => panic!("{is_vulnerable:?} {may_override}: {other:?}, not {expected:?}"),
        }
    }
}

fn amending_to(ending: Ending, override_reason: &str) -> Command {
    let Command::Amend { mut content, words, .. } = amending() else { panic!("it amends") };
    content.ending = ending;
    Command::Amend { content, words, override_reason: override_reason.into() }
}

#[test]
fn who_turns_out_to_be_vulnerable_is_asked_about_once_for_an_ending() {
    let mut later = known("12:00");
    later.about.is_vulnerable = Some(true);
    let refusal = decide(&later, Some(&recorded()), amending()).unwrap_err();
    assert_eq!(refusal.field, "incident");
    // Nothing of it leaves, and officers may always go there after all.
    let refusal = decide(&later, Some(&recorded()), exporting()).unwrap_err();
    assert!(refusal.sentence.contains("turned out to be vulnerable"), "{refusal}");
    assert!(decide(&later, Some(&recorded()), amending_to(Ending::Attend, "")).is_ok());
    assert!(barred(&later, Some(&recorded())).is_some());
    later.may_override = true;
    assert!(asks_for_a_reason(&later, Some(&recorded())) && barred(&later, Some(&recorded())).is_none());
    let fact =
        decide(&later, Some(&recorded()), amending_to(Ending::RecordAndFile, "Her nurse is there.")).unwrap();
    let was = super::rules::apply(Some(recorded()), &fact);
    assert_eq!(was.overridden.as_ref().map(|one| one.reason.shown()), Some("Her nurse is there."));
    later.may_override = false;
    assert!(decide(&later, Some(&was), exporting()).is_ok());
    let was: Report = then(Some(was), "12:30", giving_back());
    assert!(decide(&later, Some(&was), resubmitting()).is_ok());
}

/// The ending that a supervisor gave a reason for, the ending it is changed to, and whether that is asked about anew.
#[test]
fn what_a_supervisor_said_holds_for_its_ending_and_for_officers_who_go() {
    let rows = [
        (Ending::Attend, Ending::RecordAndFile, true),
        (Ending::RecordAndFile, Ending::Attend, false),
        (Ending::RecordAndFile, Ending::RecordAndFile, false),
    ];
    for (first, then, is_asked) in rows {
        let mut known = known("10:00");
        known.about.is_vulnerable = Some(true);
        known.may_override = true;
        let mut content = theft();
        content.ending = first;
        let command = Command::Record { content: Box::new(content), override_reason: "They go.".into() };
        let was = super::rules::apply(None, &decide(&known, None, command).unwrap());
        known.may_override = false;
        assert_eq!(
            decide(&known, Some(&was), amending_to(then, "")).is_err(),
            is_asked,
            "{first:?} {then:?}"
        );
    }
}

#[test]
fn a_closed_incident_takes_no_new_report_and_its_returned_one_is_reworked() {
    let mut closed = known("12:00");
    closed.about.is_closed = true;
    assert_eq!(decide(&closed, None, recording(theft())).unwrap_err().field, "incident");
    let returned = then(Some(recorded()), "11:00", giving_back());
    assert!(decide(&closed, Some(&returned), resubmitting()).is_ok());
    // Though nobody ever assessed it, as after a retailer’s form.
    closed.about.is_vulnerable = None;
    assert!(decide(&closed, Some(&returned), resubmitting()).is_ok());
    let refusal = decide(&closed, Some(&recorded()), amending_to(Ending::Attend, "")).unwrap_err();
    assert_eq!(refusal.field, "ending");
}

#[test]
fn what_is_reworked_is_where_the_incident_is_now_and_may_be_another_crime() {
    let returned = then(Some(recorded()), "11:00", giving_back());
    let mut moved = known("12:00");
    moved.about.division = "E".into();
    let Command::Resubmit { mut content, override_reason, words } = resubmitting() else { panic!("it is") };
    content.crime_type = "vandalism".into();
    content.answers = vec![said("vandalism_what", Said::Words("The lock".to_owned().into()))];
    content.enquiries = ["cctv", "witnesses", "forensic", "suspect"]
        .map(|line| enquiry(line, Enquired::NotPossible))
        .to_vec();
    content.evidence.clear();
    let fact =
        decide(&moved, Some(&returned), Command::Resubmit { content, override_reason, words }).unwrap();
    let now = super::rules::apply(Some(returned), &fact);
    assert_eq!((now.division.as_str(), now.content.crime_type.as_str()), ("E", "vandalism"));
}

#[test]
fn a_reference_is_a_reference_and_is_that_of_the_last_export() {
    let exported = then(Some(recorded()), "11:00", exporting());
    for odd in ["=HYPERLINK(\"x\")", "CR\n1", "a@b"] {
        let command = Command::Acknowledge { reference: odd.into() };
        assert_eq!(
            decide(&known("12:00"), Some(&exported), command).unwrap_err().field,
            "reference",
            "{odd}"
        );
    }
    let Fact::Acknowledged { export, .. } = fact(Some(&exported), "12:00", acknowledging()) else {
        panic!("it is there")
    };
    assert_eq!(export, 1);
}

fn refused(change: impl FnOnce(&mut Content)) -> Option<(String, String)> {
    let mut content = theft();
    change(&mut content);
    let refusal = decide(&known("12:00"), None, recording(content)).err()?;
    assert!(refusal.sentence.ends_with(['.', '?']) || refusal.sentence.ends_with('”'), "{refusal}");
    Some((refusal.field.into_owned(), refusal.sentence.into_owned()))
}

#[test]
fn what_a_report_says_is_refused_by_field_and_row() {
    type Change = fn(&mut Content);
    let item = |what: &str, pence| Item { what: what.to_owned().into(), pence, marks: String::new().into() };
    assert_eq!(refused(|_| ()), None);
    let rows: [(&str, Change, &str, &str); 20] = [
        ("a type that is none", |c| c.crime_type = "arson".into(), "crime_type", "Say which crime"),
        ("no count", |c| c.counts = 0, "counts", "from 1 to 500"),
        ("too many counts", |c| c.counts = 501, "counts", "from 1 to 500"),
        (
            "too long ago",
            |c| c.happened_from = "0001-01-01T00:00:00Z".parse().unwrap(),
            "happened_from",
            "too long ago",
        ),
        ("to come", |c| c.happened_from = clock("12:01"), "happened_from", "still to come"),
        ("an end to come", |c| c.happened_until = Some(clock("12:01")), "happened_until", "still to come"),
        ("an end before", |c| c.happened_until = Some(clock("06:59")), "happened_until", "before it began"),
        ("no account", |c| c.account = " ".to_owned().into(), "account", "missing"),
        ("nobody", |c| c.persons.clear(), "persons", "Name the victim"),
        ("only a witness", |c| c.persons = vec![person("witness", "A")], "persons", "Name the victim"),
        ("a role that is none", |c| c.persons.push(person("hero", "A")), "others", "Person 2"),
        ("a name that is none", |c| c.persons.push(person("witness", "")), "others", "name of person 2"),
        (
            "a question of another",
            |c| c.answers.push(said("fraud_contact", Said::Yes)),
            "fraud_contact",
            "not asked",
        ),
        (
            "an answer to come",
            |c| c.answers[0].said = Said::At(clock("12:01")),
            "theft_last_seen",
            "still to come",
        ),
        (
            "a line of another",
            |c| c.enquiries.push(enquiry("accounts", Enquired::Done)),
            "enquiries",
            "no line of enquiry",
        ),
        ("a line left out", |c| drop(c.enquiries.remove(0)), "line_cctv", "what became of"),
        (
            "filed, with a line to follow",
            |c| c.enquiries[0].outcome = Enquired::ToDo,
            "ending",
            "still to be followed",
        ),
        ("enquired, with none", |c| c.ending = Ending::RecordAndEnquire, "ending", "No line of enquiry"),
        (
            "told before it began",
            |c| c.filing.as_mut().unwrap().at = clock("08:59"),
            "told_at",
            "before the incident",
        ),
        ("told later", |c| c.filing.as_mut().unwrap().at = clock("12:01"), "told_at", "still to come"),
    ];
    for (what, change, field, words) in rows {
        let (refused, sentence) = refused(change).unwrap_or_else(|| panic!("{what} is taken"));
        assert_eq!(refused, field, "{what}: {sentence}");
        assert!(sentence.contains(words), "{what}: {sentence}");
    }
    for (pence, is_taken) in [(Some(-1), false), (Some(0), true), (None, true), (Some(1_000_000_001), false)]
    {
        let told = refused(|c| c.property.push(item("Bell", pence)));
        assert_eq!(told.is_none(), is_taken, "{pence:?}: {told:?}");
    }
    let told = refused(|c| c.property.push(item("", None))).unwrap();
    assert_eq!((told.0.as_str(), told.1.contains("item 2")), ("property", true), "{told:?}");
    let told = refused(|c| c.property = vec![item("Bell", None); 51]).unwrap();
    assert_eq!(told.0, "property");
}

#[test]
fn what_is_filed_says_why_and_how_they_were_told() {
    for (change, field) in [
        ((|c| c.filing = None) as fn(&mut Content), "filing_reason"),
        (|c| c.filing.as_mut().unwrap().reason = "dull".into(), "filing_reason"),
        (|c| c.filing.as_mut().unwrap().way = "pigeon".into(), "told_way"),
    ] {
        assert_eq!(refused(change).unwrap().0, field);
    }
    // To the minute in which the incident was opened, and nothing of it where it is not filed.
    assert_eq!(refused(|c| c.filing.as_mut().unwrap().at = clock("09:00")), None);
    let mut attended = theft();
    attended.ending = Ending::Attend;
    let Fact::Recorded(recorded) = fact(None, "12:00", recording(attended)) else { panic!("it is recorded") };
    assert_eq!(recorded.content.filing, None);
    assert_eq!((recorded.content.definition, recorded.team.as_str()), (1, "resolution_team"));
}

#[test]
fn a_question_that_is_needed_is_owed() {
    let mut content = theft();
    content.crime_type = "vandalism".into();
    content.answers.clear();
    content.enquiries = ["cctv", "witnesses", "forensic", "suspect"]
        .map(|line| enquiry(line, Enquired::NotPossible))
        .to_vec();
    let refusal = decide(&known("12:00"), None, recording(content.clone())).unwrap_err();
    assert_eq!(refusal.field, "vandalism_what");
    content.answers = vec![said("vandalism_what", Said::Words("A window".to_owned().into()))];
    decide(&known("12:00"), None, recording(content)).unwrap();
}
