//! Tables of cases for the rules around a recommendation: targets, actions, updates, dependencies.

use std::collections::BTreeMap;

use jiff::Timestamp;
use journal::Id;
use plan::{
    action::rules as action,
    dependency::rules as dependency,
    recommendation::{rules::Recommendation, status::Status},
    target::rules as target,
    update::rules as update,
};

fn id(second: i64) -> Id {
    Id::new(Timestamp::from_second(second).expect("a moment"))
}

fn recommendation(status: Status) -> Recommendation {
    Recommendation {
        inspection: id(0),
        reference: "R03".into(),
        aliases: Vec::new(),
        text: "Count failure demand.".into(),
        exposure: None,
        risk_statement: String::new(),
        impact: String::new(),
        owner_post: String::new(),
        owner_team: String::new(),
        status,
        status_on: None,
        what_we_did: String::new(),
        impact_achieved: String::new(),
        superseded_by: None,
    }
}

#[test]
fn a_target_is_set_once_and_moved_with_a_reason_and_an_approver() {
    use target::Command::{Categorise, Move, MoveAsPublished, Set};
    let published_on = Some("2026-03-10".parse().expect("a day"));
    let open = target::Known { recommendation: Some(recommendation(Status::Open)), published_on };
    let set = |words: &str| Set { target: words.into() };
    let moved = |to: &str, reason: &str, by: &str| Move {
        to: to.into(),
        reason: reason.into(),
        approved_by: by.into(),
        delay_reason: "technical_development".into(),
    };
    let unsorted = |delay_reason: &str| Move {
        to: "May 2027".into(),
        reason: "why".into(),
        approved_by: "ACC".into(),
        delay_reason: delay_reason.into(),
    };
    let first = target::apply(None, &target::decide(&open, None, set("November 2026")).expect("it is set"));
    let cases = [
        (None, set("Spring"), Some("target")),
        (None, set(""), Some("target")),
        (None, set("November 1926"), Some("target")),
        (None, set("February 2026"), Some("target")),
        (None, set("9 March 2026"), Some("target")),
        (None, set("March 2026"), None),
        (None, set("10 March 2026"), None),
        (None, Categorise { number: 1, delay_reason: "wider_programmes".into() }, Some("to")),
        (Some(&first), moved("June 2001", "why", "ACC"), Some("to")),
        (
            Some(&first),
            MoveAsPublished { to: "2026-02".parse().expect("a target"), reason: "As published".into() },
            Some("to"),
        ),
        (None, set("30-11-26"), None),
        (None, moved("May 2027", "why", "ACC"), Some("to")),
        (Some(&first), set("May 2027"), Some("target")),
        (Some(&first), moved("Spring", "why", "ACC"), Some("to")),
        (Some(&first), moved("Nov 2026", "why", "ACC"), Some("to")),
        (Some(&first), moved("May 2027", " ", "ACC"), Some("reason")),
        (Some(&first), moved("May 2027", "why", ""), Some("approved_by")),
        (Some(&first), unsorted(""), Some("delay_reason")),
        (Some(&first), unsorted("weather"), Some("delay_reason")),
        (Some(&first), moved("May 2027", "why", "ACC"), None),
        (Some(&first), moved("May 2026", "brought forward", "ACC"), None),
        (
            Some(&first),
            MoveAsPublished { to: "2027-05".parse().expect("a target"), reason: "As published".into() },
            None,
        ),
    ];
    for (was, command, refused) in cases {
        let told = format!("{command:?}");
        let field = target::decide(&open, was, command).err().map(|refusal| refusal.field.to_string());
        assert_eq!(field.as_deref(), refused, "{told}");
    }
    let refusal =
        target::decide(&open, Some(&first), moved("June 2001", "why", "ACC")).expect_err("too early");
    assert_eq!(
        refusal.sentence,
        "The target June 2001 is before the inspection was published, on 10 March 2026. Give a later one."
    );
    let closed = target::Known { recommendation: Some(recommendation(Status::Discharged)), published_on };
    assert_eq!(target::decide(&closed, None, set("May 2027")).expect_err("closed").field, "status");
    let nothing = target::Known::default();
    assert_eq!(target::decide(&nothing, None, set("May 2027")).expect_err("nothing").field, "reference");
}

#[test]
fn a_move_without_a_kind_of_reason_gets_one_once() {
    use target::{Command, Fact, apply, decide};
    let known = target::Known { recommendation: Some(recommendation(Status::Open)), published_on: None };
    let mut target = None;
    let as_published = |to: &str| Command::MoveAsPublished {
        to: to.parse().expect("a target"),
        reason: "As published".into(),
    };
    let by_hand = Command::Move {
        to: "May 2028".into(),
        reason: "why".into(),
        approved_by: "ACC".into(),
        delay_reason: "technical_development".into(),
    };
    for command in [
        Command::Set { target: "May 2026".into() },
        as_published("2027-05"),
        by_hand,
        as_published("2029-05"),
    ] {
        let fact = decide(&known, target.as_ref(), command).expect("it may happen");
        target = Some(apply(target, &fact));
    }
    let target = target.expect("it is set");
    let give = |number, delay_reason: &str| Command::Categorise { number, delay_reason: delay_reason.into() };
    for (command, field) in [
        (give(0, "wider_programmes"), "number"),
        (give(2, "wider_programmes"), "number"),
        (give(4, "wider_programmes"), "number"),
        (give(3, ""), "delay_reason"),
        (give(3, "weather"), "delay_reason"),
    ] {
        let told = format!("{command:?}");
        assert_eq!(decide(&known, Some(&target), command).expect_err(&told).field, field, "{told}");
    }
    let fact = decide(&known, Some(&target), give(3, "wider_programmes")).expect("it had none");
    assert_eq!(fact, Fact::Categorised { number: 3, delay_reason: "wider_programmes".into() });
    let after = apply(Some(target.clone()), &fact);
    let kinds = |target: &target::Target| -> Vec<String> {
        target.moves.iter().map(|one| one.delay_reason.clone()).collect()
    };
    assert_eq!(kinds(&after), ["", "technical_development", "wider_programmes"]);
    assert_eq!((after.current(), after.categorised), (target.current(), Some(3)));
    let again = decide(&known, Some(&after), give(3, "crime_management_reform")).expect_err("it has one");
    assert!(again.sentence.contains("Choose a move that has none"), "{again}");
}

#[test]
fn an_actions_own_target_is_moved_with_a_reason_and_its_kind() {
    use action::{Command, Known, apply, decide};
    let known = Known {
        published_on: Some("2026-03-10".parse().expect("a day")),
        ..Known::on("2026-11-21".parse().expect("a day"), Some(recommendation(Status::Open)))
    };
    let add = |target: Option<&str>| Command::Add {
        number: String::new(),
        text: "Agree it".into(),
        owner: String::new(),
        target: target.map(|words| words.parse().expect("a target")),
    };
    let moved = |number: &str, to: &str, reason: &str, kind: &str| Command::MoveTarget {
        number: number.into(),
        to: to.into(),
        reason: reason.into(),
        delay_reason: kind.into(),
    };
    let finish = Command::Finish { number: "3.2".into(), note: "Agreed".into() };
    let mut actions = None;
    for command in [
        add(Some("2026-12")),
        add(None),
        moved("3.1", "May 2027", "It waits", "wider_programmes"),
        moved("3.1", "30 June 2027", "It waits longer", "technical_development"),
        moved("3.2", "May 2027", "It waits", "wider_programmes"),
        finish,
    ] {
        let fact = decide(&known, actions.as_ref(), command).expect("it may happen");
        actions = Some(apply(actions, &fact));
    }
    let actions = actions.expect("there are some");
    let told = |number: usize| -> Vec<(Option<String>, String)> {
        let action = &actions.all[number];
        action.moves.iter().map(|one| (one.from.map(|from| from.iso()), one.to.iso())).collect()
    };
    let text = |words: &str| words.to_owned();
    assert_eq!(
        told(0),
        [(Some(text("2026-12")), text("2027-05")), (Some(text("2027-05")), text("2027-06-30"))]
    );
    assert_eq!(told(1), [(None, text("2027-05"))]);
    assert_eq!(actions.all[0].target.map(|target| target.iso()), Some(text("2027-06-30")));
    for (command, field) in [
        (moved("3.9", "May 2027", "why", "wider_programmes"), "number"),
        (moved("3.2", "May 2028", "why", "wider_programmes"), "number"),
        (moved("3.1", "30 June 2027", "why", "wider_programmes"), "to"),
        (moved("3.1", "Spring", "why", "wider_programmes"), "to"),
        (moved("3.1", "June 2001", "why", "wider_programmes"), "to"),
        (moved("3.1", "May 2028", "", "wider_programmes"), "reason"),
        (moved("3.1", "May 2028", "why", ""), "delay_reason"),
    ] {
        let told = format!("{command:?}");
        assert_eq!(decide(&known, Some(&actions), command).expect_err(&told).field, field, "{told}");
    }
}

#[test]
fn a_body_is_one_however_it_is_written_and_what_has_come_is_not_waited_for() {
    use dependency::{Awaited, Command, Fact, Known, Outside, apply, decide};
    let known = Known {
        id: id(1_700_000_000),
        recommendation: Some(recommendation(Status::Open)),
        today: "2026-11-21".parse().expect("a day"),
        other: Some("it".into()),
        has_come: None,
        bodies: vec!["Scottish Government".into()],
        edges: Vec::new(),
    };
    let body = |name: &str| Awaited::Other(Outside::Body(name.into()));
    let add = |on: Awaited| Command::Add { on, reason: "why".into(), since: None };
    let fact = decide(&known, None, add(body(" scottish  government"))).expect("it may wait");
    assert!(matches!(&fact, Fact::Added { on, .. } if *on == body("Scottish Government")), "{fact:?}");
    let waits = apply(None, &fact);
    let again = decide(&known, Some(&waits), add(body("SCOTTISH-GOVERNMENT"))).expect_err("it waits already");
    assert_eq!(again.field, "on");
    let fact = decide(&known, Some(&waits), add(body("Local councils"))).expect("another body");
    assert!(matches!(&fact, Fact::Added { on, .. } if *on == body("Local councils")), "{fact:?}");
    let end = Command::Remove { on: body("the scottish government"), reason: "It came".into() };
    let fact = decide(&known, Some(&waits), end).expect("it waits for it");
    assert!(apply(Some(waits), &fact).on.is_empty());
    let discharged = Known { has_come: Some("discharged"), other: Some("DA23-R1".into()), ..known };
    let refusal =
        decide(&discharged, None, add(Awaited::Recommendation(id(1_700_000_001)))).expect_err("it is over");
    assert_eq!(
        (refusal.field.as_ref(), refusal.sentence.as_ref()),
        (
            "on",
            "DA23-R1 is discharged already, so there is nothing to wait for. Choose something that is still to come."
        )
    );
}

#[test]
fn an_action_belongs_to_a_recommendation_and_is_finished_once() {
    use action::{Command, Known, apply, decide};
    let today = "2026-11-21".parse().expect("a day");
    let known = Known::on(today, Some(recommendation(Status::Open)));
    let add = |number: &str, text: &str| Command::Add {
        number: number.into(),
        text: text.into(),
        owner: String::new(),
        target: None,
    };
    let finish = |number: &str, note: &str| Command::Finish { number: number.into(), note: note.into() };
    let orphan = Known::on(today, None);
    assert_eq!(decide(&orphan, None, add("", "Do it")).expect_err("no recommendation").field, "reference");

    let mut actions = None;
    for command in
        [add("", "Agree it"), add("3.7", "Publish it"), add("", "Count it"), finish("3.1", "Agreed")]
    {
        let fact = decide(&known, actions.as_ref(), command).expect("it may happen");
        actions = Some(apply(actions, &fact));
    }
    let actions = actions.expect("there are some");
    let numbers: Vec<_> =
        actions.all.iter().map(|one| (one.number.as_str(), one.done_on.is_some())).collect();
    assert_eq!(numbers, [("3.1", true), ("3.7", false), ("3.3", false)]);
    let cases = [
        (add("3.7", "Again"), "number"),
        (add("", " "), "text"),
        (finish("3.1", "Again"), "number"),
        (finish("3.7", ""), "note"),
        (finish("9.9", "What"), "number"),
        (Command::Reopen { number: "3.7".into(), reason: "why".into() }, "number"),
        (Command::Reopen { number: "3.1".into(), reason: String::new() }, "reason"),
        (
            Command::Change {
                number: "3.1".into(),
                text: "Agree it".into(),
                owner: String::new(),
                reason: "why".into(),
            },
            "text",
        ),
    ];
    for (command, field) in cases {
        let told = format!("{command:?}");
        assert_eq!(decide(&known, Some(&actions), command).expect_err("refused").field, field, "{told}");
    }
}

#[test]
fn an_update_says_something_new_and_fits() {
    use update::{Command, Known, apply, decide};
    let known = |status: Status| Known { recommendation: Some(recommendation(status)), other: None };
    let open = known(Status::Returned);
    let add = |text: String| Command::Add { text };
    let said = apply(None, &decide(&open, None, add("It moves.".into())).expect("it is said"));
    for (text, told) in [
        (String::new(), "missing"),
        ("It moves.".into(), "word for word"),
        ("x".repeat(40_000), "40,000 characters"),
    ] {
        let refusal = decide(&open, Some(&said), add(text)).expect_err("refused");
        assert!(refusal.field == "text" && refusal.sentence.contains(told), "{refusal}");
    }
    assert!(decide(&open, Some(&said), add("x".repeat(10_000))).is_ok());
    let superseded = known(Status::Superseded);
    assert_eq!(decide(&superseded, None, add("More".into())).expect_err("closed").field, "status");
}

#[test]
fn an_update_stands_for_anothers_that_has_words_of_its_own() {
    use update::{Command, Known, Other, Update, decide};
    let own = recommendation(Status::Open);
    let other = |last: Option<Update>| {
        let mut recommendation = own.clone();
        recommendation.reference = "R9".into();
        Some(Other { recommendation, last })
    };
    let spoken = Update { text: "It moves.".into(), inherited_from: None };
    let inherited = Update { text: String::new(), inherited_from: Some(id(3)) };
    let cases = [
        (other(Some(spoken.clone())), None),
        (other(Some(inherited)), Some("itself stands for another’s")),
        (other(None), Some("has no update yet")),
        (None, Some("Choose the other")),
        (Some(Other { recommendation: own.clone(), last: Some(spoken) }), Some("Choose the other")),
    ];
    for (other, told) in cases {
        let known = Known { recommendation: Some(own.clone()), other };
        let command = Command::Inherit { from: id(2), note: String::new() };
        let sentence = decide(&known, None, command).err().map(|refusal| refusal.sentence);
        assert_eq!(sentence.is_some(), told.is_some(), "{sentence:?}");
        assert!(sentence.unwrap_or_default().contains(told.unwrap_or_default()));
    }
}

#[test]
fn nothing_waits_for_itself_however_long_the_way_round() {
    use dependency::{Awaited, Command, Dependencies, Known, Outside, Wait, decide};
    let [a, b, c] = [id(1), id(2), id(3)];
    let known = |edges: Vec<(Id, Id)>, other: bool| Known {
        id: a.clone(),
        recommendation: Some(recommendation(Status::Open)),
        today: "2026-11-22".parse().expect("a day"),
        other: other.then(|| "2".to_owned()),
        has_come: None,
        bodies: Vec::new(),
        edges,
    };
    let on = |id: &Id| Awaited::Recommendation(id.clone());
    let action =
        |id: &Id| Awaited::Other(Outside::Action { recommendation: id.clone(), number: "2.1".into() });
    let body = |name: &str| Awaited::Other(Outside::Body(name.into()));
    let add = |on: Awaited, reason: &str| Command::Add { on, reason: reason.into(), since: None };
    let since = |day: &str| Command::Add {
        on: on(&b),
        reason: "why".into(),
        since: Some(day.parse().expect("a day")),
    };
    let remove = || Command::Remove { on: on(&b), reason: "why".into() };
    let wait = Wait { reason: "why".to_owned(), since: None };
    let already = Dependencies { on: BTreeMap::from([(on(&b), wait)]), touched: None };
    let cases = [
        (known(vec![], true), None, add(on(&b), "why"), None),
        (known(vec![], true), None, add(on(&b), ""), Some("reason")),
        (known(vec![], true), None, add(on(&a), "why"), Some("on")),
        (known(vec![], true), None, add(action(&a), "why"), Some("on")),
        (known(vec![], false), None, add(on(&c), "why"), Some("on")),
        (known(vec![], false), None, add(action(&c), "why"), Some("on")),
        (known(vec![(b.clone(), a.clone())], true), None, add(on(&b), "why"), Some("on")),
        (known(vec![(b.clone(), a.clone())], true), None, add(action(&b), "why"), Some("on")),
        (known(vec![(b.clone(), a.clone())], true), None, add(body("Scottish Government"), "why"), None),
        (known(vec![], true), None, add(body(" "), "why"), Some("body")),
        (known(vec![], true), None, since("2026-11-22"), None),
        (known(vec![], true), None, since("2026-11-23"), Some("since")),
        (
            known(vec![(b.clone(), c.clone()), (c.clone(), a.clone())], true),
            None,
            add(on(&b), "why"),
            Some("on"),
        ),
        (known(vec![], true), Some(&already), add(on(&b), "why"), Some("on")),
        (known(vec![], true), None, remove(), Some("on")),
        (known(vec![], true), Some(&already), remove(), None),
    ];
    for (known, was, command, refused) in cases {
        let told = format!("{command:?} with {:?}", known.edges);
        let field = decide(&known, was, command).err().map(|refusal| refusal.field.to_string());
        assert_eq!(field.as_deref(), refused, "{told}");
    }
}
