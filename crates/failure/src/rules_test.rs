//! A table of cases for each strong code, each with its boundary minute: just inside, at, just outside.

use crate::{
    code::{Class, Code},
    rules::Judged,
    story::{
        Choice, Contact, EndedBy, Grade, Ground, Happening, Link, Mark, Outcome, Return, State, Way, What,
    },
    testing::*,
};

/// What happened but for the contact that is judged, given the minute of that.
type Story<'a> = &'a dyn Fn(i64) -> Vec<(i64, &'a str, What)>;

/// From which minute on, and up to which, a code holds.
type Holds = (Option<i64>, Option<i64>);

const NEVER: Holds = (None, None);

fn text(words: &str) -> String {
    words.to_owned()
}

/// A first call about A at minute -30, the story, and the contact “c” on that incident at that minute.
fn told(story: Story<'_>, contact: &Contact, incident: &str, minute: i64) -> Judged {
    let mut facts: Vec<Happening> = vec![fact(-30, "A", What::Contacted(call("first")))];
    facts.extend(story(minute).into_iter().map(|(minute, incident, what)| fact(minute, incident, what)));
    facts.push(fact(minute, incident, What::Contacted(contact.clone())));
    judged(fd1(), &issue(facts), "c")
}

fn check(code: Code, cases: &[(&str, Story<'_>, Holds)], contact: &Contact, incident: &str) {
    for (name, story, (from, until)) in cases {
        let does = |minute: i64| fired(&told(*story, contact, incident, minute)).contains(&code);
        let inside = |minute: i64| {
            assert!(does(minute), "{code}, {name}: holds at minute {minute}");
            let judged = told(*story, contact, incident, minute);
            assert_eq!(judged.class, Some(Class::Failure), "{code}, {name}: minute {minute}");
            assert!(
                judged.primary == Some(code) || judged.secondary.contains(&code),
                "{code}, {name}: {judged:?}"
            );
            assert!(judged.fired.iter().all(|fired| !fired.rule.words().is_empty()));
        };
        let outside =
            |minute: i64| assert!(!does(minute), "{code}, {name}: does not hold at minute {minute}");
        if let Some(from) = from {
            outside(from - 1);
            inside(*from);
            inside(from + 1);
        }
        match until {
            Some(until) => {
                inside(until - 1);
                inside(*until);
                outside(until + 1);
            }
            None if from.is_some() => inside(500 * DAY),
            None => [1, 16, HOUR, DAY, 8 * DAY].into_iter().for_each(outside),
        }
    }
}

#[test]
fn f01_nobody_came() {
    let immediate = || (-20, "A", graded(Grade::Immediate, Some(15)));
    let prompt = |due| (0, "A", graded(Grade::Prompt, due));
    let due = (Some(16), None);
    let cases: [(&str, Story<'_>, Holds); 14] = [
        ("nobody sent", &|_| vec![immediate()], due),
        ("sent, not there", &|_| vec![immediate(), (0, "A", What::Dispatched)], due),
        ("there in time", &|_| vec![immediate(), (10, "A", What::Arrived)], NEVER),
        ("there late", &|_| vec![immediate(), (30, "A", What::Arrived)], (Some(16), Some(29))),
        ("closed late", &|_| vec![immediate(), (30, "A", What::Closed)], (Some(16), Some(29))),
        ("no target", &|_| vec![(0, "A", graded(Grade::Immediate, None))], NEVER),
        ("standard", &|_| vec![(0, "A", graded(Grade::Standard, Some(10)))], NEVER),
        ("no review of a prompt", &|_| vec![prompt(None)], (Some(46), None)),
        ("reviewed", &|_| vec![prompt(None), (45, "A", What::Reviewed)], NEVER),
        (
            "reviewed, then graded anew",
            &|_| vec![prompt(None), (20, "A", What::Reviewed), (30, "A", graded(Grade::Prompt, None))],
            (Some(76), None),
        ),
        ("reviewed, target", &|_| vec![prompt(Some(90)), (40, "A", What::Reviewed)], (Some(91), None)),
        (
            "another incident of the issue",
            &|_| {
                let linked = (0, "B", What::Linked(Link::SameOccurrence));
                vec![linked, (0, "B", graded(Grade::Immediate, Some(15)))]
            },
            due,
        ),
        ("an incident that nobody linked", &|_| vec![(0, "B", graded(Grade::Immediate, Some(15)))], NEVER),
        (
            "opened again, due from the next grade",
            &|_| {
                let again = [(60, "A", What::Reopened), (70, "A", graded(Grade::Immediate, Some(90)))];
                [vec![immediate(), (10, "A", What::Arrived), (20, "A", What::Closed)], again.to_vec()]
                    .concat()
            },
            (Some(91), None),
        ),
    ];
    check(Code::F01, &cases, &call("c"), "A");
}

#[test]
fn f02_the_appointment() {
    let state = |minute, state| (minute, "A", appointment(state));
    let late = |late_by_minutes| State::Kept { late_by_minutes };
    let three_days = (Some(10), Some(10 + 3 * DAY));
    let cases: [(&str, Story<'_>, Holds); 7] = [
        ("missed by police", &|_| vec![state(10, State::MissedByPolice)], three_days),
        ("cancelled by police", &|_| vec![state(10, State::CancelledByPolice)], three_days),
        ("31 minutes late", &|_| vec![state(10, late(31))], three_days),
        ("30 minutes late", &|_| vec![state(10, late(30))], NEVER),
        ("29 minutes late", &|_| vec![state(10, late(29))], NEVER),
        ("missed by the caller", &|_| vec![state(10, State::MissedByCaller)], NEVER),
        ("cancelled by the caller", &|_| vec![state(10, State::CancelledByCaller)], NEVER),
    ];
    check(Code::F02, &cases, &call("c"), "A");
}

#[test]
fn f03_a_broken_promise() {
    let due = || (0, "A", promised(100));
    let cases: [(&str, Story<'_>, Holds); 6] = [
        ("overdue", &|_| vec![due()], (Some(101), None)),
        ("kept late", &|_| vec![due(), (200, "A", What::Kept(text("p")))], (Some(101), Some(199))),
        ("withdrawn late", &|_| vec![due(), (200, "A", What::Withdrawn(text("p")))], (Some(101), Some(199))),
        ("kept in time", &|_| vec![due(), (99, "A", What::Kept(text("p")))], NEVER),
        ("another was kept", &|_| vec![due(), (50, "A", What::Kept(text("q")))], (Some(101), None)),
        ("broken before it was due", &|_| vec![due(), (50, "A", What::Broken(text("p")))], (Some(50), None)),
    ];
    check(Code::F03, &cases, &call("c"), "A");
}

#[test]
fn f05_closed_too_early() {
    let closed = || (0, "A", What::Closed);
    let opened = |incident: &'static str, minute| (minute, incident, What::Reopened);
    let week = (Some(0), Some(7 * DAY));
    let cases: [(&str, Story<'_>, Holds); 6] = [
        ("opened again", &|minute| vec![closed(), opened("A", minute + 5)], week),
        ("opened again a week later", &|minute| vec![closed(), opened("A", minute + 7 * DAY)], week),
        ("opened again later than that", &|minute| vec![closed(), opened("A", minute + 7 * DAY + 1)], NEVER),
        ("not opened again", &|_| vec![closed()], NEVER),
        ("another was opened again", &|minute| vec![closed(), opened("B", minute + 5)], NEVER),
        ("opened again before", &|_| vec![(-5, "A", What::Closed), opened("A", 0)], NEVER),
    ];
    check(Code::F05, &cases, &call("c"), "A");
    let month: [(&str, Story<'_>, Holds); 1] =
        [("domestic", &|minute| vec![closed(), opened("A", minute + 5)], (Some(0), Some(28 * DAY)))];
    check(Code::F05, &month, &about("domestic", call("c")), "A");
    let link = |link| (600 * DAY, "B", What::Linked(link));
    let raised: [(&str, Story<'_>, Holds); 5] = [
        ("raised anew", &|_| vec![closed(), link(Link::SameOccurrence)], week),
        ("happened again", &|_| vec![closed(), link(Link::NewOccurrence)], NEVER),
        ("still open", &|_| vec![link(Link::SameOccurrence)], NEVER),
        ("only itself was closed", &|_| vec![(0, "B", What::Closed), link(Link::SameOccurrence)], NEVER),
        (
            "not the contact that raised it",
            &|_| vec![closed(), (0, "B", What::Contacted(call("d"))), link(Link::SameOccurrence)],
            NEVER,
        ),
    ];
    check(Code::F05, &raised, &call("c"), "B");
}

#[test]
fn f06_assessed_too_low() {
    let first = || vec![(0, "A", graded(Grade::Standard, None)), (0, "A", assessed(6, &["alone"], None))];
    let then = |then: (i64, &'static str, What)| [first(), vec![then]].concat();
    let earlier = Some(Ground::AvailableEarlier);
    let always = (Some(1), None);
    let up = |ground| regraded(Grade::Immediate, ground);
    let cases: [(&str, Story<'_>, Holds); 11] = [
        ("graded up", &|m| then((m + 5, "A", up(Ground::AvailableEarlier))), always),
        ("graded up a week later", &|m| then((m + 7 * DAY, "A", up(Ground::AvailableEarlier))), always),
        ("later than that", &|m| then((m + 7 * DAY + 1, "A", up(Ground::AvailableEarlier))), NEVER),
        ("graded up by what is new", &|m| then((m + 5, "A", up(Ground::NewInformation))), NEVER),
        (
            "graded the same",
            &|m| then((m + 5, "A", regraded(Grade::Standard, Ground::AvailableEarlier))),
            NEVER,
        ),
        (
            "graded up by what is new, then again the same",
            &|m| {
                let news = then((m + 5, "A", up(Ground::NewInformation)));
                [news, vec![(m + 6, "A", up(Ground::AvailableEarlier))]].concat()
            },
            NEVER,
        ),
        (
            "graded down",
            &|m| then((m + 5, "A", regraded(Grade::OtherResolution, Ground::AvailableEarlier))),
            NEVER,
        ),
        ("vulnerability", &|m| then((m + 5, "A", assessed(6, &["alone", "injured"], earlier))), always),
        ("the same one", &|m| then((m + 5, "A", assessed(6, &["alone"], earlier))), NEVER),
        ("nobody said why", &|m| then((m + 5, "A", assessed(6, &["injured"], None))), NEVER),
        (
            "after another contact",
            &|m| {
                then((m + 5, "A", What::Contacted(call("d"))))
                    .into_iter()
                    .chain([(m + 6, "A", up(Ground::AvailableEarlier))])
                    .collect()
            },
            NEVER,
        ),
    ];
    for (name, story, holds) in cases {
        let minute = 10;
        let judged = told(story, &call("c"), "A", minute);
        assert_eq!(fired(&judged).contains(&Code::F06), holds == always, "{name}: {judged:?}");
    }
    let only = told(
        &|m| vec![(0, "B", graded(Grade::Standard, None)), (m + 5, "B", up(Ground::AvailableEarlier))],
        &call("c"),
        "B",
        10,
    );
    assert_eq!((fired(&only), only.primary), (vec![], Some(Code::V1)), "nobody has come back yet");
}

#[test]
fn f07_told_again() {
    let back = |reason| (10, "A", What::TransferReturned(reason));
    let cases: [(&str, Story<'_>, Holds); 3] = [
        ("incomplete", &|_| vec![back(Some(Return::Incomplete))], (Some(10), Some(10 + 7 * DAY))),
        ("another reason", &|_| vec![back(Some(Return::Other))], NEVER),
        ("no reason", &|_| vec![back(None)], NEVER),
    ];
    check(Code::F07, &cases, &call("c"), "A");
    let cases = [
        (5, vec![(0, "A", assessed(5, &[], None)), (10, "A", What::TransferOffered)], true),
        (6, vec![(0, "A", assessed(6, &[], None)), (10, "A", What::TransferOffered)], false),
        (0, vec![(10, "A", What::TransferOffered)], false),
        (5, vec![(10, "A", What::TransferOffered), (11, "A", assessed(5, &[], None))], false),
    ];
    for (elements, facts, asks) in cases {
        let story = |_| facts.clone();
        for (minute, is_in) in [(12, true), (10 + 7 * DAY, true), (11 + 7 * DAY, false)] {
            let judged = told(&story, &call("c"), "A", minute);
            let has = judged.prompts.iter().any(|asked| asked.rule.code() == Code::F07);
            assert_eq!(
                (has, fired(&judged)),
                (asks && is_in, vec![]),
                "{elements} elements, minute {minute}"
            );
            assert_eq!(judged.class, Some(Class::Unknown), "a question decides nothing");
        }
    }
}

#[test]
fn f08_passed_round() {
    let offered = |minute| (minute, "A", What::TransferOffered);
    let taken = |minute| (minute, "A", What::TransferAccepted);
    let back = |minute| (minute, "A", What::TransferReturned(Some(Return::Other)));
    let cases: [(&str, Story<'_>, Holds); 6] = [
        ("twice", &|_| vec![offered(0), back(5), offered(10)], (Some(10), None)),
        ("twice, then taken", &|_| vec![offered(0), offered(10), taken(20)], (Some(10), None)),
        ("once", &|_| vec![offered(0)], NEVER),
        ("taken each time", &|_| vec![offered(0), taken(5), offered(10), taken(15)], NEVER),
        (
            "once each of two incidents",
            &|_| {
                vec![(0, "B", What::Linked(Link::NewOccurrence)), offered(0), (5, "B", What::TransferOffered)]
            },
            NEVER,
        ),
        ("sent back by a division", &|_| vec![(10, "A", What::Sc07Returned)], (Some(10), None)),
    ];
    check(Code::F08, &cases, &call("c"), "A");
}

#[test]
fn f09_the_crime_report() {
    let returned: Story<'_> = &|_| vec![(10, "A", What::CrimeReportReturned(text("no locus")))];
    let cases = [("returned", returned, (Some(10), Some(10 + 28 * DAY)))];
    check(Code::F09, &cases, &call("c"), "A");
    check(Code::F09, &cases, &marked(Mark::Invited, call("c")), "A");
}

#[test]
fn f10_sent_elsewhere() {
    let sent = || (10, "A", What::Referred(text("r")));
    let ended = |minute, outcome| (minute, "A", What::ReferralEnded { referral: text("r"), outcome });
    let fortnight = (Some(10), Some(10 + 14 * DAY));
    let cases: [(&str, Story<'_>, Holds); 8] = [
        ("declined", &|_| vec![sent(), ended(10, Outcome::Declined)], fortnight),
        ("not there", &|_| vec![sent(), ended(10, Outcome::Unavailable)], fortnight),
        ("no reply, learnt later", &|_| vec![sent(), ended(40 * DAY, Outcome::NoReply)], fortnight),
        ("declined later", &|_| vec![sent(), ended(5 * DAY, Outcome::Declined)], fortnight),
        ("helped", &|_| vec![sent(), ended(10, Outcome::Accepted)], NEVER),
        (
            "declined, then helped",
            &|_| vec![sent(), ended(11, Outcome::Declined), ended(12, Outcome::Accepted)],
            NEVER,
        ),
        ("nothing known", &|_| vec![sent()], NEVER),
        ("only the outcome", &|_| vec![ended(10, Outcome::Declined)], fortnight),
    ];
    check(Code::F10, &cases, &call("c"), "A");
}

#[test]
fn f11_could_not_get_through() {
    let gave_up = |waited, by| vec![(10, "", attempt(waited, by))];
    let day = (Some(10), Some(10 + DAY));
    let cases: [(&str, Story<'_>, Holds); 6] = [
        ("31 seconds", &|_| gave_up(31, EndedBy::Caller), day),
        ("30 seconds", &|_| gave_up(30, EndedBy::Caller), day),
        ("29 seconds", &|_| gave_up(29, EndedBy::Caller), NEVER),
        ("cut off by us", &|_| gave_up(600, EndedBy::Service), day),
        ("during the advice", &|_| gave_up(600, EndedBy::Advice), NEVER),
        ("same issue", &|_| vec![(10, "A", attempt(60, EndedBy::Caller))], day),
    ];
    check(Code::F11, &cases, &through("emergency", call("c")), "A");
    check(Code::F11, &cases, &through("web_form", call("c")), "A");
    let never = cases.map(|(name, story, _)| (name, story, NEVER));
    check(Code::F11, &never, &call("c"), "A");
    let other = Contact { number: Some(text("n2")), ..through("emergency", call("c")) };
    let withheld = Contact { number: None, ..through("emergency", call("c")) };
    for contact in [&other, &withheld] {
        check(Code::F11, &never[..1], contact, "A");
        check(Code::F11, &cases[5..], contact, "A");
    }
}

#[test]
fn f11_written_again() {
    let wrote = || (0, "A", What::Contacted(through("email", call("mail"))));
    let again = through("web_form", call("c"));
    let two_days = (Some(2 * DAY + 1), None);
    let cases: [(&str, Story<'_>, Holds); 3] = [
        ("not answered", &|_| vec![wrote()], two_days),
        ("answered", &|_| vec![wrote(), (DAY, "A", What::Sent(Way::Preferred))], NEVER),
        (
            "answered late",
            &|_| vec![wrote(), (4 * DAY, "A", What::Sent(Way::Preferred))],
            (Some(2 * DAY + 1), Some(4 * DAY - 1)),
        ),
    ];
    check(Code::F11, &cases[..1], &again, "A");
    check(Code::F11, &cases[2..], &again, "A");
    for minute in [1, DAY + 1, 8 * DAY] {
        assert_eq!(fired(&told(cases[1].1, &again, "A", minute)), [], "answered, minute {minute}");
    }
    for contact in [call("c"), through("emergency", call("c"))] {
        check(Code::F11, &[("by telephone", cases[0].1, NEVER)], &contact, "A");
    }
}

#[test]
fn f13_not_honoured() {
    let month = (Some(10), Some(10 + 28 * DAY));
    let cases: [(&str, Story<'_>, Holds); 6] = [
        ("not as preferred", &|_| vec![(10, "A", What::Sent(Way::NotPreferred))], month),
        ("not safe", &|_| vec![(10, "A", What::Sent(Way::Unsafe))], month),
        ("as preferred", &|_| vec![(10, "A", What::Sent(Way::Preferred))], NEVER),
        ("not offered", &|_| vec![(10, "A", What::Choice(Choice::NotOffered))], month),
        ("not met", &|_| vec![(10, "A", What::Choice(Choice::NotMet))], month),
        ("met", &|_| vec![(10, "A", What::Choice(Choice::Met))], NEVER),
    ];
    check(Code::F13, &cases, &call("c"), "A");
}

#[test]
fn f14_the_system_was_down() {
    let down = |from, until| {
        vec![(from, "", What::OutageBegan(text("cad"))), (until, "", What::OutageEnded(text("cad")))]
    };
    let cases: [(&str, Story<'_>, Holds); 3] = [
        ("down and back", &|_| down(10, 60), (Some(10), Some(60 + DAY))),
        ("still down", &|_| vec![(10, "", What::OutageBegan(text("cad")))], (Some(10), None)),
        ("up all the time", &|_| vec![], NEVER),
    ];
    check(Code::F14, &cases, &said(Code::F14, call("c")), "A");
    for (minute, asks) in [(9, false), (10, true), (60 + DAY, true), (61 + DAY, false)] {
        let judged = told(cases[0].1, &call("c"), "A", minute);
        let has = judged.prompts.iter().any(|asked| asked.rule.code() == Code::F14);
        assert_eq!((has, fired(&judged)), (asks, vec![]), "without the advisor’s word, minute {minute}");
    }
}
