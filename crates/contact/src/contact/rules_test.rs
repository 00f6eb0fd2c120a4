//! The table of cases for a contact.

use jiff::Timestamp;
use journal::Id;

use super::rules::*;

fn at(time: &str) -> Timestamp {
    format!("2026-11-21T{time}Z").parse().unwrap()
}

fn known() -> Known {
    Known { now: at("20:30:00"), target: Target::Fits }
}

fn id(number: u8) -> Id {
    Id::read(&format!("018a645b-0000-7bb7-b19b-e8d3aa192b{number:02}")).unwrap()
}

fn arrival() -> Arrival {
    Arrival {
        channel: Channel::NonEmergency,
        option: "4".into(),
        line: "Bilston Glen 12".into(),
        number: "0131 496 0123".to_owned().into(),
        arrived_at: at("20:09:19"),
        answered_at: Some(at("20:10:25")),
        their_reference: "acd-1".into(),
    }
}

fn attempt(at_time: &str, ended_by: &str) -> Command {
    let arrival = Arrival { answered_at: None, ..arrival() };
    Command::Discontinue { arrival, at: at(at_time), ended_by: ended_by.into() }
}

fn received() -> Vec<Command> {
    vec![Command::Receive(arrival())]
}

fn waiting() -> Vec<Command> {
    vec![Command::Receive(Arrival {
        channel: Channel::WebForm,
        option: String::new(),
        answered_at: None,
        ..arrival()
    })]
}

fn ended() -> Vec<Command> {
    let mut life = received();
    life.extend([link(id(1), Purpose::Chase), end("20:24:30", "appointment")]);
    life
}

fn link(to: Id, purpose: Purpose) -> Command {
    Command::Link(Link { to, kind: Earlier::Incident, purpose, evidence: vec!["same number".into()] })
}

fn end(time: &str, outcome: &str) -> Command {
    Command::End { at: at(time), outcome: outcome.into() }
}

fn tell(words: &str) -> Command {
    Command::Tell { words: words.into() }
}

fn code(why: &str) -> Command {
    Command::Code { why: why.into() }
}

fn caller() -> Caller {
    Caller { name: "Mòrag Bàn".to_owned().into(), relation: "victim".into(), ..Caller::default() }
}

fn given(commands: Vec<Command>) -> Option<Contact> {
    commands.into_iter().fold(None, |was, command| {
        let fact = decide(&known(), was.as_ref(), command).expect("given what may be");
        Some(apply(was, &fact))
    })
}

fn with(change: impl Fn(&mut Arrival)) -> Command {
    let mut arrival = arrival();
    change(&mut arrival);
    Command::Receive(arrival)
}

#[test]
fn a_call_is_answered_described_linked_and_ends() {
    let mut life = received();
    life.extend([
        Command::Describe(caller()),
        Command::Locate(Location {
            words: "12 Mill Street".to_owned().into(),
            division: "d".into(),
            ..Location::default()
        }),
        tell("  He’s at the door.\r\nHe’s shouting. "),
        link(id(1), Purpose::Unrelated),
        link(id(1), Purpose::NewOccurrence),
        Command::Attach { incident: id(2) },
        Command::Check { checks: vec!["safety_advice".into(), "told_next".into(), "safety_advice".into()] },
        end("20:24:30", "area_control_room"),
    ]);
    let contact = given(life).unwrap();
    assert_eq!(contact.narrative.as_ref().unwrap().shown(), "He’s at the door.\nHe’s shouting.");
    assert_eq!(contact.links.len(), 1, "the second purpose takes the place of the first");
    assert_eq!(contact.links[0].purpose, Purpose::NewOccurrence);
    assert_eq!(contact.location.as_ref().unwrap().division, "D");
    assert_eq!(contact.checks, ["safety_advice", "told_next"]);
    assert_eq!((contact.waited_seconds(), contact.handled_seconds()), (Some(66), Some(845)));
    assert_eq!((contact.state(), contact.day().to_string()), (State::Ended, "2026-11-21".into()));
}

#[test]
fn an_attempt_is_no_contact_and_takes_only_links() {
    let contact = given(vec![attempt("20:10:04", "caller"), link(id(1), Purpose::InvitedCallBack)]).unwrap();
    assert_eq!((contact.state(), contact.is_attempt), (State::Attempt, true));
    assert_eq!((contact.waited_seconds(), contact.handled_seconds()), (Some(45), None));
    // An incident, too: a silent 999 call may be one.
    let attached = decide(&known(), Some(&contact), Command::Attach { incident: id(3) });
    assert!(attached.is_ok());
}

#[test]
fn a_web_form_waits_until_it_is_taken_up() {
    let contact = given(waiting()).unwrap();
    assert_eq!((contact.state(), contact.waited_seconds()), (State::Waiting, None));
    let mut life = waiting();
    life.push(Command::Answer { at: at("20:20:00") });
    let taken_up = given(life.clone()).unwrap();
    assert_eq!((taken_up.state(), taken_up.waited_seconds()), (State::Open, Some(641)));
    life.push(end("20:21:00", "advice"));
    assert_eq!(given(life).unwrap().handled_seconds(), Some(60));
    let mut never = waiting();
    never.push(end("20:21:00", "advice"));
    assert_eq!(given(never).unwrap().handled_seconds(), Some(0), "nobody said when it was taken up");
}

#[test]
fn after_the_end_there_are_links_and_corrections() {
    for (command, may) in [
        (link(id(4), Purpose::NewInformation), true),
        (Command::Unlink { to: id(1), reason: "Another person.".into() }, true),
        (Command::Attach { incident: id(4) }, true),
        (Command::Describe(caller()), true),
        (Command::Locate(Location { beat: "D12".into(), ..Location::default() }), true),
        (tell("She says it was the day before."), true),
        (Command::Check { checks: vec!["reference_given".into()] }, false),
        (code("F15"), true),
        (end("20:25:00", "advice"), false),
        (Command::Answer { at: at("20:25:00") }, false),
    ] {
        let told = format!("{command:?}");
        assert_eq!(decide(&known(), given(ended()).as_ref(), command).is_ok(), may, "{told}");
    }
}

#[test]
fn why_they_got_in_touch_is_said_again_and_taken_back_and_each_is_a_fact() {
    let mut contact = given(ended()).unwrap();
    assert_eq!(contact.why, None, "nobody has to say it before the end");
    for (why, stands, kind) in
        [("F04", Some("F04"), "coded"), ("F15", Some("F15"), "coded"), ("", None, "code_taken_back")]
    {
        let fact = decide(&known(), Some(&contact), code(why)).unwrap();
        assert!(serde_json::to_value(&fact).unwrap().get(kind).is_some(), "{why}: {fact:?}");
        contact = apply(Some(contact), &fact);
        assert_eq!(contact.why.map(|one| one.code.to_string()).as_deref(), stands, "{why}");
    }
}

#[test]
fn clocks_of_other_systems_may_be_a_little_ahead() {
    let ahead = |seconds: i64| {
        with(|arrival| arrival.answered_at = Some(at("20:30:00") + jiff::SignedDuration::from_secs(seconds)))
    };
    assert!(decide(&known(), None, ahead(2)).is_ok());
    assert_eq!(decide(&known(), None, ahead(3)).unwrap_err().field, "answered_at");
}

#[test]
fn each_refusal_of_a_beginning_names_its_field_and_says_what_to_do() {
    let long = "x".repeat(301);
    let cases: Vec<(Command, &str, &str)> = vec![
        (with(|it| it.arrived_at = at("20:30:03")), "arrived_at", "still to come"),
        (with(|it| it.arrived_at = "1999-12-31T23:59:59Z".parse().unwrap()), "arrived_at", "before 2000"),
        (with(|it| it.answered_at = Some(at("20:31:00"))), "answered_at", "still to come"),
        (with(|it| it.answered_at = Some(at("20:09:10"))), "answered_at", "is before the arrival"),
        (with(|it| it.option = "9".into()), "option", "is not known. Choose one of: 1, 2, 3, 4."),
        (with(|it| it.channel = Channel::Emergency), "option", "Only 101"),
        (with(|it| it.line = long.clone()), "line", "at most 300"),
        (with(|it| it.line = "a\nb".into()), "line", "several lines"),
        (with(|it| it.number = "1".repeat(101).into()), "number", "longer than 100"),
        (with(|it| it.number = "0131\u{7}".to_owned().into()), "number", "cannot be shown"),
        (with(|it| it.their_reference = long.clone()), "their_reference", "at most 300"),
        (attempt("20:10:00", ""), "ended_by", "is missing"),
        (attempt("20:10:00", "boredom"), "ended_by", "is not known"),
        (attempt("20:09:10", "caller"), "ended_at", "is before the arrival"),
        (attempt("20:31:00", "caller"), "ended_at", "still to come"),
        (
            Command::Discontinue { arrival: arrival(), at: at("20:11:00"), ended_by: "caller".into() },
            "answered_at",
            "never answered",
        ),
        (tell("Hello"), "id", "no such contact"),
    ];
    for (number, (command, field, told)) in cases.into_iter().enumerate() {
        let refusal = decide(&known(), None, command).expect_err(&format!("{number}"));
        assert_eq!(refusal.field, field, "case {number}: {refusal}");
        assert!(refusal.sentence.contains(told), "case {number}: {refusal}");
    }
}

#[test]
fn each_refusal_of_a_change_names_its_field_and_says_what_to_do() {
    let long = "x".repeat(1_000_000);
    let describe = |change: fn(&mut Caller)| {
        let mut caller = caller();
        change(&mut caller);
        Command::Describe(caller)
    };
    let locate =
        |division: &str| Command::Locate(Location { division: division.into(), ..Location::default() });
    let told = || [received(), vec![tell("He is back.")]].concat();
    let coded = || [received(), vec![code("F04")]].concat();
    let attached = || [received(), vec![Command::Attach { incident: id(2) }]].concat();
    let cases: Vec<(Vec<Command>, Command, &str, &str)> = vec![
        (received(), Command::Receive(arrival()), "their_reference", "here already"),
        (received(), attempt("20:10:00", "caller"), "their_reference", "here already"),
        (vec![attempt("20:10:00", "caller")], tell("Hello"), "id", "Call back"),
        (vec![attempt("20:10:00", "caller")], code("F11"), "id", "Call back"),
        (received(), code(" "), "why", "said already"),
        (received(), code("F16"), "why", "no reason of FD-1"),
        (coded(), code(" F04 "), "why", "said already"),
        (vec![attempt("20:10:00", "caller")], end("20:11:00", "advice"), "id", "Call back"),
        (received(), Command::Answer { at: at("20:11:00") }, "at", "answered at"),
        (waiting(), Command::Answer { at: at("20:09:00") }, "at", "before the arrival"),
        (received(), describe(|it| it.relation = "cousin".into()), "relation", "is not known"),
        (received(), describe(|it| it.language = "tlh".into()), "language", "is not known"),
        (
            received(),
            describe(|it| it.agency = "ambulance".into()),
            "agency",
            "does not get in touch as “101”",
        ),
        (
            received(),
            describe(|it| it.name = "x".repeat(301).into()),
            "name",
            "has 301 characters; at most 300",
        ),
        (received(), Command::Describe(Caller::default()), "name", "said already"),
        (received(), locate("Tayside"), "division", "Enter its letter"),
        (received(), locate("7"), "division", "Enter its letter"),
        (received(), Command::Locate(Location::default()), "place_words", "said already"),
        (received(), tell(&long), "narrative", "has 1,000,000 characters; at most 20,000"),
        (told(), tell(" He is back.\r\n"), "narrative", "said already"),
        (received(), Command::Unlink { to: id(1), reason: "why".into() }, "to", "not linked"),
        (ended(), Command::Unlink { to: id(1), reason: " ".into() }, "reason", "is missing"),
        (ended(), link(id(1), Purpose::Chase), "to", "said already"),
        (attached(), Command::Attach { incident: id(3) }, "incident", "belongs to an incident"),
        (attached(), Command::Attach { incident: id(2) }, "incident", "said already"),
        (received(), Command::Check { checks: vec!["tea_offered".into()] }, "checks", "is not known"),
        (received(), end("20:10:00", "advice"), "at", "before the answer"),
        (received(), end("20:30:03", "advice"), "at", "still to come"),
        (received(), end("20:20:00", ""), "outcome", "is missing"),
        (received(), end("20:20:00", "forgotten"), "outcome", "is not known"),
    ];
    for (number, (before, command, field, told)) in cases.into_iter().enumerate() {
        let refusal = decide(&known(), given(before).as_ref(), command).expect_err(&format!("{number}"));
        assert_eq!(refusal.field, field, "case {number}: {refusal}");
        assert!(refusal.sentence.contains(told), "case {number}: {refusal}");
    }
    for (target, told) in [(Target::Missing, "no such contact or incident"), (Target::Itself, "itself")] {
        let known = Known { target, ..known() };
        let refusal = decide(&known, given(received()).as_ref(), link(id(1), Purpose::Chase)).unwrap_err();
        assert!(refusal.sentence.contains(told), "{refusal}");
    }
}

#[test]
fn business_time_is_told_to_the_journal() {
    use journal::Fact as _;
    let arrived = Fact::Received(arrival()).happened_at();
    assert_eq!(arrived, Some(at("20:09:19")));
    let Ok(gone) = decide(&known(), None, attempt("20:10:04", "caller")) else { panic!("it may be") };
    assert_eq!(gone.happened_at(), Some(at("20:10:04")));
    assert_eq!(Fact::Checked { checks: vec![] }.happened_at(), None);
}

#[test]
fn a_place_that_was_stored_before_it_was_private_is_read() {
    let stored = |place: &str| {
        let text = format!(
            r#"{{"words":{{"$private":"4 Shore Street"}},"place":{place},"division":"E","beat":"","is_rural":null}}"#
        );
        serde_json::from_str::<Location>(&text).unwrap().place
    };
    for (place, expected) in [
        ("null", journal::Private::Known("")),
        (r#""906000123""#, journal::Private::Known("906000123")),
        (r#"{"$private":"906000123"}"#, journal::Private::Known("906000123")),
        (r#"{"$private":null}"#, journal::Private::Erased),
    ] {
        let read = stored(place);
        assert_eq!(read.known().map(String::as_str), expected.known().copied(), "{place}");
    }
}
