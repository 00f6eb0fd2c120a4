//! What may happen to a referral: tables of cases.

use super::{
    rules::{Command, End, Fact, Known, Referral, Said, State, decide},
    testing::{
        accept, bounce, brief, call, clock, decline, fact, finish, general, id, known, said, sent, then,
        withdraw,
    },
};

fn accepted() -> Referral {
    then(Some(sent("10:00:00", general())), &known("11:00:00"), accept())
}

fn after(command: Command) -> Referral {
    then(Some(accepted()), &known("12:00:00"), command)
}

fn declined() -> Referral {
    then(Some(sent("10:00:00", general())), &known("11:00:00"), decline())
}

#[test]
fn a_referral_goes_its_way_and_no_other() {
    let sent = sent("10:00:00", general());
    let withdrawn = then(Some(sent.clone()), &known("11:00:00"), withdraw());
    let ways = [accept(), decline(), finish(), bounce(), withdraw()];
    let rows = [
        ("sent", sent, [true, true, false, false, true]),
        ("accepted", accepted(), [false, false, true, true, true]),
        ("declined", declined(), [false; 5]),
        ("finished", after(finish()), [false; 5]),
        ("given back", after(bounce()), [false; 5]),
        ("withdrawn", withdrawn, [false; 5]),
    ];
    for (what, was, may) in rows {
        for (command, may) in ways.iter().zip(may) {
            let decided = decide(&known("13:00:00"), Some(&was), command.clone());
            assert_eq!(decided.is_ok(), may, "{what}: {command:?}");
            if let Err(refusal) = decided {
                assert_eq!(refusal.field, "referral", "{what}");
                assert!(refusal.sentence.ends_with('.'), "{refusal}");
            }
        }
        let again = Command::Send(Box::new(general()));
        assert!(decide(&known("13:00:00"), Some(&was), again).is_err(), "{what}");
    }
    for command in ways {
        assert!(decide(&known("13:00:00"), None, command).unwrap_err().sentence.contains("no such referral"));
    }
}

#[test]
fn a_refusal_says_what_happened_and_when() {
    let cases = [
        (declined(), accept(), "was declined by the agency at 26 November 2026, 11:00"),
        (declined(), decline(), "was declined by the agency at 26 November 2026, 11:00"),
        (after(finish()), bounce(), "was finished at 26 November 2026, 12:00"),
        (after(bounce()), finish(), "was given back by the agency at 26 November 2026, 12:00"),
        (after(withdraw()), accept(), "was withdrawn by the police at 26 November 2026, 12:00"),
        (accepted(), decline(), "was accepted at 26 November 2026, 11:00"),
        (sent("10:00:00", general()), finish(), "Nobody has accepted it yet"),
    ];
    for (was, command, told) in cases {
        let refusal = decide(&known("13:00:00"), Some(&was), command).unwrap_err();
        assert!(refusal.sentence.contains(told), "{told}: {}", refusal.sentence);
    }
}

#[test]
fn what_came_back_is_to_be_dealt_with_until_somebody_says_what_was_done() {
    let settle = || Command::Settle { words: "Officers went there.".into() };
    let overdue = sent("10:00:00", general());
    let waits = clock("12:00:00");
    let late = overdue.sent.reply_by + jiff::SignedDuration::from_secs(1);
    assert!(!overdue.is_to_deal_with(waits) && overdue.is_to_deal_with(late));
    for was in [declined(), after(bounce())] {
        assert!(was.is_to_deal_with(waits));
        let empty = decide(&known("13:00:00"), Some(&was), Command::Settle { words: " ".into() });
        assert_eq!(empty.unwrap_err().field, "words");
        let settled = then(Some(was), &known("13:00:00"), settle());
        assert!(!settled.is_to_deal_with(late));
        assert!(matches!(settled.state(late), State::Declined | State::BouncedBack));
        let again = decide(&known("14:00:00"), Some(&settled), settle()).unwrap_err();
        assert!(again.sentence.contains("was said at 26 November 2026, 13:00"), "{again}");
    }
    for was in [overdue, accepted(), after(finish()), after(withdraw())] {
        assert_eq!(decide(&known("13:00:00"), Some(&was), settle()).unwrap_err().field, "referral");
    }
}

#[test]
fn each_field_is_refused_in_its_own_words() {
    let words = |text: &str| text.to_owned();
    let at = |time: &str| Some(clock(time));
    let sent = sent("10:00:30", general());
    let taken = accepted();
    let cases = [
        (
            &sent,
            Command::Accept { at: None, by: words(" "), words: words("") },
            "by",
            "Who took it on is missing",
        ),
        (
            &sent,
            Command::Accept { at: at("13:01:00"), by: words("R"), words: words("") },
            "at",
            "still to come",
        ),
        (
            &sent,
            Command::Accept { at: at("09:59:00"), by: words("R"), words: words("") },
            "at",
            "before it was sent",
        ),
        (
            &sent,
            Command::Decline { at: None, reason: words(""), words: words("") },
            "reason",
            "why it is declined",
        ),
        (
            &sent,
            Command::Decline { at: None, reason: words("risk_rose"), words: words("") },
            "reason",
            "of the list",
        ),
        (
            &taken,
            Command::Finish { at: None, outcome: words(""), words: words(""), answers: vec![] },
            "outcome",
            "what came of it",
        ),
        (
            &taken,
            Command::Finish {
                at: at("10:59:00"),
                outcome: words("supported"),
                words: words(""),
                answers: vec![],
            },
            "at",
            "before it was accepted",
        ),
        (
            &taken,
            Command::BounceBack { reason: words("no_capacity"), words: words("") },
            "reason",
            "given back",
        ),
        (&taken, Command::Withdraw { reason: words("\t") }, "reason", "is missing"),
        (&taken, Command::RevokeLink { link: id(9) }, "link", "nothing to revoke"),
    ];
    for (was, command, field, told) in cases {
        let refusal = decide(&known("13:00:00"), Some(was), command.clone()).unwrap_err();
        assert_eq!(refusal.field, field, "{command:?}");
        assert!(refusal.sentence.contains(told), "{told}: {}", refusal.sentence);
    }
    // Who types a time leaves the seconds out: the minute in which it was sent is not before it.
    let same_minute = Command::Accept { at: at("10:00:00"), by: words("R"), words: words("") };
    assert!(decide(&known("13:00:00"), Some(&sent), same_minute).is_ok());
}

#[test]
fn that_nobody_replied_follows_from_the_clock() {
    let brief = sent("10:00:00", brief());
    let (in_time, late) = (clock("23:00:00"), "2026-11-27T10:00:00.000001Z".parse().unwrap());
    assert_eq!(brief.state(in_time), State::Sent);
    assert_eq!(brief.state(brief.sent.reply_by), State::Sent);
    assert_eq!(brief.state(late), State::Overdue);
    let known = Known { now: late, ..known("10:00:00") };
    let late_yes = then(Some(brief.clone()), &known, accept());
    assert_eq!((late_yes.state(late), late_yes.replied_at()), (State::Accepted, Some(late)));
    assert_eq!(then(Some(brief), &known, decline()).state(late), State::Declined);
    for (was, state) in [
        (after(finish()), State::Finished),
        (after(bounce()), State::BouncedBack),
        (after(withdraw()), State::Withdrawn),
    ] {
        assert_eq!(was.state(late), state);
        assert_eq!(was.replied_at(), Some(clock("11:00:00")));
    }
}

#[test]
fn a_call_from_the_scene_goes_in_the_order_of_its_times() {
    let was = sent("12:00:00", call("09:00:00"));
    let answered =
        |time: &str| Command::Accept { at: Some(clock(time)), by: "Nurse".into(), words: String::new() };
    let refusal = decide(&known("12:00:00"), Some(&was), answered("08:59:00")).unwrap_err();
    assert!(refusal.sentence.contains("before the call started"), "{refusal}");
    let was = then(Some(was), &known("12:00:00"), answered("09:10:00"));
    let released = |time: &str| Command::Finish {
        at: None,
        outcome: "advice_given".into(),
        words: String::new(),
        answers: vec![
            said("advice", Said::Words("Take her home.".to_owned().into())),
            said("released_at", Said::At(clock(time))),
        ],
    };
    let refusal = decide(&known("12:00:00"), Some(&was), released("09:09:00")).unwrap_err();
    assert_eq!(refusal.field, "released_at");
    assert!(refusal.sentence.contains("before it was accepted"), "{refusal}");
    match fact(Some(&was), &known("12:00:00"), released("10:00:00")) {
        Fact::Finished { at, minutes_saved, .. } => {
            assert_eq!((at, minutes_saved), (clock("10:00:00"), Some(390)));
        }
        other => panic!("{other:?}"),
    }
    let none =
        Command::Finish { at: None, outcome: "advice_given".into(), words: String::new(), answers: vec![] };
    assert_eq!(decide(&known("12:00:00"), Some(&was), none).unwrap_err().field, "advice");
}

#[test]
fn whether_hospital_was_avoided_is_kept() {
    let pathway = super::sending::Sending {
        agency: "mental_health_hub".into(),
        kind: "mental_health_pathway".into(),
        answers: ["no_crime", "no_immediate_danger", "can_be_spoken_to"]
            .map(|key| said(key, Said::Yes))
            .to_vec(),
        ..general()
    };
    for (answer, avoided) in [(Said::Yes, true), (Said::No, false)] {
        let was = then(Some(sent("10:00:00", pathway.clone())), &known("10:20:00"), accept());
        let answers = vec![said("conveyance_avoided", answer)];
        let end = Command::Finish { at: None, outcome: "supported".into(), words: String::new(), answers };
        let was = then(Some(was), &known("11:00:00"), end);
        match was.ended.unwrap().0 {
            End::Finished { is_conveyance_avoided, minutes_saved, .. } => {
                assert_eq!((is_conveyance_avoided, minutes_saved), (avoided, None));
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn one_link_lives_at_a_time_and_acts_only_while_it_does() {
    let issue = |number: u8| Command::IssueLink { link: id(number), hash: format!("hash {number}") };
    let by = |number: u8, time: &str| Known { link: Some(id(number)), ..known(time) };
    let was = then(Some(sent("10:00:00", general())), &known("10:01:00"), issue(1));
    let live = was.live_link(clock("12:00:00")).unwrap().clone();
    assert_eq!(live.expires_at, "2026-12-10T10:01:00Z".parse().unwrap());
    assert!(was.live_link(live.expires_at).is_none(), "it expires");
    let late = Known { now: live.expires_at, ..by(1, "10:00:00") };
    let refusal = decide(&late, Some(&was), accept()).unwrap_err();
    assert!(refusal.sentence.contains("has ended") && refusal.sentence.contains("101"), "{refusal}");
    // A second link replaces the first.
    let was = then(Some(was), &known("10:02:00"), issue(2));
    assert!(decide(&by(1, "11:00:00"), Some(&was), accept()).is_err());
    match fact(Some(&was), &by(2, "11:00:00"), accept()) {
        Fact::Accepted(accepted) => assert_eq!(accepted.link, Some(id(2))),
        other => panic!("{other:?}"),
    }
    assert!(decide(&known("11:00:00"), Some(&was), Command::RevokeLink { link: id(1) }).is_err());
    let was = then(Some(was), &known("11:00:00"), Command::RevokeLink { link: id(2) });
    assert!(was.live_link(clock("11:00:00")).is_none());
    assert!(decide(&by(2, "11:01:00"), Some(&was), accept()).is_err());
    assert!(decide(&by(7, "11:01:00"), Some(&was), accept()).is_err(), "no link of this referral");
    assert!(decide(&known("13:00:00"), Some(&declined()), issue(3)).is_err(), "it ended");
}
