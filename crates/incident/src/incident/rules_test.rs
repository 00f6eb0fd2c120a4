//! What may happen to an incident itself: a table of cases.

use contact::{
    contact::rules::{Location, Purpose},
    grade::Grade,
    thrive::rules::{Assessment, Command as Assess, Considered, Element, Level},
};

use super::rules::{Command, Kind, Person};
use crate::{
    change::{Change, Opening},
    closure::rules::{Command as Closing, Form},
    testing::{Sample, at, id, same},
};

fn kind(incident_type: &str, qualifiers: &[&str]) -> Kind {
    let qualifiers = qualifiers.iter().map(|one| (*one).to_owned()).collect();
    Kind { incident_type: incident_type.into(), qualifiers }
}

fn place(words: &str, division: &str) -> Location {
    Location { words: words.to_owned().into(), division: division.into(), ..Location::default() }
}

fn person(role: &str) -> Person {
    let words = |words: &str| words.to_owned().into();
    Person { name: words(" Ailsa Craig "), born: words(""), number: words(""), role: role.into() }
}

fn classify(kind: Kind, reason: &str) -> Command {
    Command::Classify { kind, reason: reason.into() }
}

fn log(words: &str, changes_circumstances: bool) -> Command {
    Command::Log { words: words.into(), changes_circumstances }
}

fn attach(number: u8, purpose: Purpose) -> Command {
    Command::Attach { contact: id(number), purpose }
}

fn link(number: u8) -> Command {
    Command::Link { to: id(number), why: "The same man".into() }
}

fn warn(keys: &[&str]) -> Command {
    Command::Warn { warnings: keys.iter().map(|one| (*one).to_owned()).collect() }
}

#[test]
fn an_incident_is_described_in_the_words_of_the_day_and_as_it_was_is_told() {
    let cases = [
        (attach(3, Purpose::Chase), Ok("contact_attached")),
        (attach(1, Purpose::Chase), Err(("contact", "already"))),
        (attach(3, Purpose::Unrelated), Err(("purpose", "nothing to do with it"))),
        (classify(kind("assault", &["domestic"]), "She says that he hit her"), Ok("classified")),
        (classify(kind("assault", &["domestic"]), " "), Err(("reason", "missing"))),
        (classify(kind("alarm", &[]), "So"), Err(("incident_type", "as it was"))),
        (classify(kind("", &[]), "So"), Err(("incident_type", "missing"))),
        (classify(kind("alarms", &[]), "So"), Err(("incident_type", "not a type"))),
        (classify(kind("alarm", &["domestik"]), "So"), Err(("qualifiers", "“domestik”"))),
        (Command::Locate(place("5 Shore Street", "G")), Ok("located")),
        (Command::Locate(place("4 Shore Street", "E")), Err(("location", "as it was"))),
        (Command::Locate(place(" ", "E")), Err(("location", "missing"))),
        (Command::Locate(place("5 Shore Street", "Z")), Err(("division", "“Z”"))),
        (Command::Locate(place("5 Shore Street", "B")), Err(("division", "today"))),
        (Command::AddPerson(person("victim")), Ok("person_added")),
        (Command::AddPerson(person("villain")), Err(("role", "“villain”"))),
        (
            Command::ChangePerson { number: 0, person: person("victim") },
            Err(("number", "no person number 1")),
        ),
        (warn(&["dog", "dog"]), Ok("warned")),
        (warn(&[]), Err(("warnings", "as it was"))),
        (warn(&["cat"]), Err(("warnings", "“cat”"))),
        (log("He is back at the door.", true), Ok("logged")),
        (log("", true), Err(("words", "missing"))),
        (log(&"x".repeat(1_000_000), false), Err(("words", "has 1,000,000 characters; at most 20,000 fit"))),
        (link(2), Ok("linked")),
        (link(9), Err(("to", "no such incident"))),
    ];
    for (command, expected) in cases {
        let case = format!("{command:?}").chars().take(120).collect::<String>();
        let mut sample = Sample::opened(Grade::Prompt, &[]);
        same(&sample.told("20:05", "advisor", Change::Incident(command)), expected, &case);
    }
}

#[test]
fn a_place_of_the_gazetteer_is_of_what_its_division_became() {
    for (letter, expected) in [("B", "A"), ("E", "E"), ("b", "A")] {
        let of_old = Location { place: "place-7".to_owned().into(), ..place("5 Shore Street", letter) };
        let mut sample = Sample::opened(Grade::Prompt, &[]);
        let told = sample.told("20:05", "advisor", Change::Incident(Command::Locate(of_old)));
        same(&told, Ok("located"), letter);
        let incident = sample.0.expect("it is open").incident;
        assert_eq!(incident.location.map(|place| place.division).as_deref(), Some(expected), "{letter}");
    }
}

#[test]
fn what_is_new_makes_an_assessment_out_of_date_and_what_is_not_does_not() {
    let cases = [
        (attach(3, Purpose::Chase), false),
        (attach(3, Purpose::InvitedCallBack), false),
        (attach(3, Purpose::NewInformation), true),
        (attach(3, Purpose::NewOccurrence), true),
        (classify(kind("alarm", &["hate", "domestic"]), "So"), true),
        (classify(kind("alarm", &[]), "So"), false),
        (classify(kind("assault", &["hate"]), "So"), true),
        (Command::Locate(place("5 Shore Street", "E")), false),
        (Command::AddPerson(person("victim")), false),
        (warn(&["dog"]), true),
        (log("Rang again", false), false),
        (log("He is back", true), true),
        (link(2), false),
    ];
    for (command, is_new) in cases {
        let case = format!("{command:?}");
        let before = Sample::opened(Grade::Prompt, &["hate"]).assessed("20:01", 6);
        assert!(before.standing().is_assessed());
        let after = before.then("20:05", "advisor", Change::Incident(command));
        assert_eq!(after.standing().is_assessed(), !is_new, "{case}");
        assert!(after.assessed("20:09", 5).assessed("20:10", 6).standing().is_assessed(), "{case}");
    }
}

#[test]
fn domestic_is_for_ever_whether_by_qualifier_or_by_type() {
    for domestic in [kind("alarm", &["domestic"]), kind("domestic_incident", &[])] {
        let sample = Sample::opened(Grade::Prompt, &[])
            .then("20:05", "advisor", Change::Incident(classify(domestic, "She says so")))
            .then("20:06", "advisor", Change::Incident(classify(kind("alarm", &[]), "A mistake")));
        let incident = &sample.standing().incident;
        assert!(incident.was_domestic() && !incident.kind.is_domestic());
    }
}

#[test]
fn immediate_opens_with_what_there_is_and_another_grade_does_not() {
    let bare = |grade| Opening {
        contact: id(1),
        kind: kind("", &[]),
        location: Some(place(" ", "n")),
        summary: "a\u{7}b".into(),
        persons: vec![],
        warnings: vec![],
        grade,
        suggestion: None,
        rationale: String::new(),
    };
    let sample = Sample::of(bare(Grade::Immediate));
    let incident = &sample.standing().incident;
    assert_eq!((incident.summary.shown(), incident.opened_at), ("ab", at("20:00")));
    assert_eq!(sample.queued().unit, "control_room_north", "the division is known, the place is not");
    // What was missing is filled in without a reason: nothing is put right.
    let filled = Change::Incident(classify(kind("assault", &["domestic"]), ""));
    assert!(sample.then("20:01", "advisor", filled).standing().incident.was_domestic());
    let mut none = Sample::default();
    let known = none.known("20:00", "advisor");
    let step = crate::change::opening(&known, bare(Grade::Prompt)).remove(0);
    same(&none.told("20:00", "advisor", step), Err(("incident_type", "missing")), "Prompt");
}

#[test]
fn what_cannot_be_meant_holds_up_nobody_whose_life_is_at_risk() {
    let long = "He has a knife. ".repeat(800);
    let odd = || Opening {
        contact: id(1),
        kind: kind("alarms", &["domestic", "domestik"]),
        location: Some(Location { beat: "x".repeat(5_000), ..place(&"y".repeat(5_000), "Z") }),
        summary: long.clone(),
        persons: vec![],
        warnings: vec!["cat".into(), "dog".into()],
        grade: Grade::Immediate,
        suggestion: None,
        rationale: String::new(),
    };
    let sample = Sample::of(odd());
    let incident = &sample.standing().incident;
    assert_eq!(incident.kind, kind("", &["domestic"]));
    assert_eq!(incident.warnings, ["dog"]);
    let location = incident.location.as_ref().unwrap();
    assert_eq!((location.division.as_str(), location.words.shown().ends_with('…')), ("", true));
    assert!(incident.summary.shown().ends_with('…'), "the title is cut");
    assert_eq!(incident.lines, 1, "and the log has all of it");
    assert!(sample.queued().debts.iter().any(|debt| debt.words == "type of incident"));
    // Of another grade each is refused.
    let mut none = Sample::default();
    let known = none.known("20:00", "advisor");
    let step = crate::change::opening(&known, Opening { grade: Grade::Prompt, ..odd() }).remove(0);
    same(&none.told("20:00", "advisor", step), Err(("incident_type", "not a type")), "Prompt");
}

#[test]
fn its_own_assessment_holds_over_what_its_contact_is_saved_with() {
    let made = |level| {
        let one = |element| (element, Considered { level, narrative: "He is back.".to_owned().into() });
        Assessment { elements: Element::ALL.into_iter().map(one).collect(), ..Assessment::default() }
    };
    let of_the_contact = |minute| Some((made(Level::Low), at(minute)));
    let fresh = Sample::opened(Grade::Prompt, &[]).standing().clone().with(of_the_contact("20:09"));
    assert_eq!(fresh.assessed().unwrap().at, at("20:09"), "it has none of its own");
    // Its first says what changed since the contact's.
    let mut sample = Sample::standing_so(fresh);
    let silent = Change::Thrive(Assess::Assess(made(Level::High)));
    same(&sample.told("20:10", "advisor", silent), Err(("change", "What changed")), "in silence");
    let own = sample.assessed("20:10", 6).standing().clone();
    let later = own.clone().with(of_the_contact("20:20"));
    assert_eq!(later, own, "the later one of the contact does not hold");
}

#[test]
fn what_is_closed_stays_as_it_is_but_for_a_link() {
    let part = || "All is told.".to_owned();
    let (overview, updates, action, outcome) = (part(), part(), part(), part());
    let form = Form { code: "SC01".into(), overview, updates, action, outcome, ..Form::default() };
    let closed =
        Sample::opened(Grade::Prompt, &[]).then("20:30", "advisor", Change::Closure(Closing::Close(form)));
    for command in [attach(3, Purpose::Chase), log("Rang again", false), warn(&["dog"])] {
        let told = closed.clone().told("20:40", "advisor", Change::Incident(command));
        same(&told, Err(("incident", "closed SC01 at 21 November 2026, 20:30")), "closed");
    }
    same(&closed.clone().told("20:40", "advisor", Change::Incident(link(2))), Ok("linked"), "closed");
    let mut none = Sample::default();
    same(&none.told("20:40", "advisor", Change::Incident(link(2))), Err(("incident", "no such")), "none");
}
