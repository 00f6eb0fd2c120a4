//! The table of cases for a programme of change.

use jiff::civil::Date;

use super::rules::*;

const PPDP: &str = "Public Protection Development Programme";

fn day(iso: &str) -> Date {
    iso.parse().unwrap()
}

fn registered(name: &str, from: &str) -> Command {
    Command::Register {
        name: name.into(),
        from: from.into(),
        bodies: "Caledonia Police\n\n Partners ".into(),
    }
}

fn renamed(name: &str, from: &str, reason: &str) -> Command {
    Command::Rename { name: name.into(), from: from.into(), reason: reason.into() }
}

fn alias(alias: &str) -> Command {
    Command::Alias(Typed::name(alias))
}

fn another(alias: &str, kind: &str, from: &str, until: &str) -> Command {
    Command::Alias(Typed { alias: alias.into(), kind: kind.into(), from: from.into(), until: until.into() })
}

fn end(on: &str, reason: &str) -> Command {
    Command::End { on: on.into(), reason: reason.into() }
}

fn correction(names: &str, aliases: &str, ended_on: &str, ended_reason: &str) -> Command {
    let details = Details {
        names: names.into(),
        aliases: aliases.into(),
        bodies: "Caledonia Police".into(),
        ended_on: ended_on.into(),
        ended_reason: ended_reason.into(),
    };
    Command::Correct { details, reason: "As its papers say.".into() }
}

fn others(others: Vec<Vec<Command>>) -> Known {
    let alone = Known { today: day("2026-11-21"), others: Vec::new() };
    let others = others.into_iter().filter_map(|life| given(&alone, life)).collect();
    Known { others, ..alone }
}

fn given(known: &Known, commands: Vec<Command>) -> Option<Programme> {
    commands.into_iter().fold(None, |was, command| {
        let fact = decide(known, was.as_ref(), command).expect("given what may be");
        Some(apply(was, &fact))
    })
}

/// The programme of DOMAIN D16, with invented days.
fn whole() -> Vec<Command> {
    vec![
        registered(PPDP, "1 April 2022"),
        renamed("Policing for our Communities", "1 September 2024", "Merged."),
        renamed("Investigations and Safeguarding Project", "1 June 2025", "Renamed."),
        alias("Investigation & Safeguarding Project"),
        alias("PPDP"),
    ]
}

#[test]
fn a_programme_has_the_name_of_the_day() {
    let programme = given(&others(vec![]), whole()).unwrap();
    for (on, name) in [
        ("2022-03-31", None),
        ("2022-04-01", Some(PPDP)),
        ("2024-08-31", Some(PPDP)),
        ("2024-09-01", Some("Policing for our Communities")),
        ("2025-05-31", Some("Policing for our Communities")),
        ("2025-06-01", Some("Investigations and Safeguarding Project")),
        ("2099-01-01", Some("Investigations and Safeguarding Project")),
    ] {
        assert_eq!(programme.name_on(day(on)), name, "{on}");
    }
    assert_eq!(programme.called_on(day("2000-01-01")), PPDP);
    assert_eq!(programme.name(), "Investigations and Safeguarding Project");
    assert_eq!(programme.bodies, ["Caledonia Police", "Partners"]);
    let until: Vec<_> = programme.spans().into_iter().map(|(_, until)| until).collect();
    assert_eq!(until, [Some(day("2024-08-31")), Some(day("2025-05-31")), None]);
}

#[test]
fn it_goes_by_every_name_and_every_way_of_writing_it() {
    let programme = given(&others(vec![]), whole()).unwrap();
    for words in [
        "ppdp",
        "The Public Protection Development Programme",
        "policing  for our communities",
        "Investigation and Safeguarding Project",
        "Investigations & Safeguarding project.",
    ] {
        assert!(programme.goes_by(words), "{words}");
    }
    for words in ["", "Policing", "Investigations", "The"] {
        assert!(!programme.goes_by(words), "{words}");
    }
}

#[test]
fn a_correction_takes_the_place_of_all_that_was_said() {
    let names =
        "1 April 2022: Public Protection Development Programme\n2024-09-01: Communities: the next step";
    let mut life = whole();
    life.extend([end("31 October 2026", "Delivered."), correction(names, "PPDP", "", "")]);
    let programme = given(&others(vec![]), life).unwrap();
    assert_eq!(programme.name(), "Communities: the next step");
    assert_eq!((programme.aliases.len(), programme.ended.is_none()), (1, true), "it has not ended after all");
}

#[test]
fn each_refusal_names_its_field_and_says_what_to_do() {
    let ended = || vec![registered(PPDP, "2022-04-01"), end("2025-03-31", "Merged.")];
    let one = || vec![registered(PPDP, "2022-04-01")];
    let many = "x".repeat(301);
    let cases: Vec<(Vec<Command>, Command, &str, &str)> = vec![
        (vec![], renamed("B", "2024-01-01", "why"), "name", "no such programme"),
        (vec![], alias("B"), "name", "no such programme"),
        (one(), registered("B", "2022-04-01"), "name", "already"),
        (vec![], registered(" ", "2022-04-01"), "name", "is missing"),
        (vec![], registered(&many, "2022-04-01"), "name", "at most 300"),
        (vec![], registered("--", "2022-04-01"), "name", "neither a letter nor a digit"),
        (vec![], registered("One\nTwo", "2022-04-01"), "name", "several lines"),
        (vec![], registered("B", "April 2022"), "from", "is not a day"),
        (
            one(),
            renamed("the public protection development programme", "2024-01-01", "why"),
            "name",
            "already",
        ),
        (one(), renamed("B", "2022-04-01", "why"), "from", "since 1 April 2022"),
        (one(), renamed("B", "spring", "why"), "from", "is not a day"),
        (one(), renamed("B", "2024-01-01", " "), "reason", "is missing"),
        (one(), alias("public protection development programme."), "alias", "already"),
        (one(), alias(""), "alias", "is missing"),
        (one(), end("2022-03-31", "why"), "on", "before it was called"),
        (one(), end("2026-11-22", "why"), "on", "still to come"),
        (one(), end("soon", "why"), "on", "is not a day"),
        (one(), end("2025-03-31", ""), "reason", "is missing"),
        (ended(), end("2025-04-30", "why"), "ended", "31 March 2025"),
        (ended(), renamed("B", "2026-01-01", "why"), "ended", "correct it"),
        (one(), correction("Public Protection", "", "", ""), "names", "no day and colon"),
        (one(), correction("", "", "", ""), "names", "at least one name"),
        (one(), correction("spring: A", "", "", ""), "names", "is not a day"),
        (one(), correction("2022-04-01: ", "", "", ""), "names", "is missing"),
        (one(), correction("2022-04-01: A\n2022-04-01: B", "", "", ""), "names", "first name first"),
        (one(), correction("2022-04-01: A\n2023-04-01: a.", "", "", ""), "names", "stands twice"),
        (one(), correction("2022-04-01: A", "B\nb", "", ""), "aliases", "stands twice"),
        (one(), correction("2022-04-01: A", "B; short", "", ""), "aliases", "no kind of name"),
        (one(), another("B", "short", "", ""), "kind", "no kind of name"),
        (one(), another("B", "", "spring", ""), "from", "is not a day"),
        (one(), another("B", "", "2023-04-02", "2023-04-01"), "until", "before it begins"),
        (one(), correction("2022-04-01: A", "", "2025-03-31", ""), "ended_reason", "is missing"),
        (one(), correction("2022-04-01: A", "", "", "Merged."), "ended_on", "last day is missing"),
        (one(), correction("2022-04-01: A", "", "2027-01-01", "Merged."), "ended_on", "still to come"),
    ];
    for (number, (before, command, field, told)) in cases.into_iter().enumerate() {
        let known = others(vec![]);
        let refusal =
            decide(&known, given(&known, before).as_ref(), command).expect_err(&format!("{number}"));
        assert_eq!(refusal.field, field, "case {number}: {refusal}");
        assert!(refusal.sentence.contains(told), "case {number}: {refusal}");
    }
    let known = others(vec![]);
    let was = given(&known, one());
    let same = Command::Correct {
        details: Details {
            names: format!("1 April 2022: {PPDP}"),
            bodies: "Caledonia Police\nPartners".into(),
            ..Details::default()
        },
        reason: "why".into(),
    };
    assert_eq!(decide(&known, was.as_ref(), same).unwrap_err().field, "names");
    let whole = given(&known, whole());
    let typed = Details::of(whole.as_ref().unwrap());
    let again = Command::Correct { details: typed, reason: "why".into() };
    let refusal = decide(&known, whole.as_ref(), again).unwrap_err();
    assert!(refusal.sentence.contains("Nothing is different"), "typed again, it is the same: {refusal}");
    let Command::Correct { details, .. } = correction("2022-04-01: A", "", "", "") else { unreachable!() };
    let silent = Command::Correct { details, reason: " ".into() };
    assert_eq!(decide(&known, was.as_ref(), silent).unwrap_err().field, "reason");
}

#[test]
fn no_two_programmes_are_called_the_same_at_the_same_time() {
    let mut first = whole();
    first.push(end("31 October 2026", "Delivered."));
    let known = others(vec![first]);
    let mine = |from| given(&others(vec![]), vec![registered("Mine", from)]);
    // (what is there, command, refused at)
    let cases: Vec<(Option<Programme>, Command, Option<&str>)> = vec![
        (None, registered(PPDP, "2026-01-01"), None), // the name was free again from September 2024
        (None, registered(PPDP, "2024-08-31"), Some("name")),
        (None, registered("Policing for our Communities", "2020-01-01"), Some("name")),
        (None, registered("PPDP", "2026-10-31"), Some("name")), // an alias holds until the end
        (None, registered("PPDP", "2026-11-01"), None),
        (mine("2021-01-01"), alias("ppdp"), Some("alias")),
        (mine("2026-11-01"), alias("ppdp"), None),
        (mine("2021-01-01"), another("PPDP", "abbreviation", "2026-11-01", ""), None), // it has days of its own
        (mine("2021-01-01"), another("PPDP", "", "2021-01-01", "2022-03-31"), None),
        (mine("2021-01-01"), another("PPDP", "", "2021-01-01", "2022-04-01"), Some("alias")),
        (mine("2021-01-01"), renamed("PPDP", "2026-11-01", "why"), None),
        (mine("2021-01-01"), renamed("PPDP", "2026-10-31", "why"), Some("name")),
        (mine("2021-01-01"), correction("2021-01-01: PPDP\n2022-01-01: B", "", "", ""), None),
        (mine("2021-01-01"), correction("2021-01-01: PPDP\n2022-04-02: B", "", "", ""), Some("names")),
        (mine("2021-01-01"), correction("2021-01-01: B", "PPDP", "2022-03-31", "Over."), None),
        (mine("2021-01-01"), correction("2021-01-01: B", "PPDP", "2022-04-01", "Over."), Some("aliases")),
    ];
    for (number, (was, command, refused)) in cases.into_iter().enumerate() {
        let field = decide(&known, was.as_ref(), command).err().map(|refusal| refusal.field.to_string());
        assert_eq!(field.as_deref(), refused, "case {number}");
    }
}
