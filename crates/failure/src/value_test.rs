//! Value, neutral, what only the advisor can say, and the guard-rails: a table of cases for each.

use crate::{
    classify,
    code::{Class, Code},
    definition::{Definition, Eligibility, Strength},
    rules::{Agreement, Judged},
    story::{Attempt, Contact, EndedBy, Grade, Happening, Kind, Link, Mark, State, Way, What},
    testing::*,
};

/// The facts, and the contact “c” among them: what it was.
fn told(facts: &[(i64, &str, What)]) -> Judged {
    judged(fd1(), &story(facts), "c")
}

fn story(facts: &[(i64, &str, What)]) -> crate::story::Issue {
    let facts: Vec<Happening> =
        facts.iter().map(|(minute, incident, what)| fact(*minute, incident, what.clone())).collect();
    issue(facts)
}

fn first() -> (i64, &'static str, What) {
    (-30, "A", What::Contacted(call("first")))
}

fn then(minute: i64, contact: Contact) -> (i64, &'static str, What) {
    (minute, "A", What::Contacted(contact))
}

/// Overdue since minute 15.
fn overdue() -> (i64, &'static str, What) {
    (0, "A", graded(Grade::Immediate, Some(15)))
}

#[test]
fn v1_is_the_first_contact() {
    for (facts, primary) in [
        (vec![then(0, call("c"))], Some(Code::V1)),
        (vec![then(0, call("c")), then(0, call("d"))], Some(Code::V1)),
        (vec![then(-1, call("d")), then(0, call("c"))], None),
        (vec![then(0, call("d")), then(0, call("c"))], None),
        (vec![then(0, call("c")), then(1, call("d"))], Some(Code::V1)),
        (vec![then(-1, Contact { is_answered: false, ..call("d") }), then(0, call("c"))], Some(Code::V1)),
        (vec![then(-1, through("alarm_company", call("d"))), then(0, call("c"))], Some(Code::V1)),
        (vec![(-1, "B", What::Contacted(call("d"))), then(0, call("c"))], Some(Code::V1)),
        (vec![then(0, call("c")), (9, "A", What::Linked(Link::NewOccurrence))], Some(Code::V1)),
        (
            vec![
                (-1, "B", What::Contacted(call("d"))),
                (9, "B", What::Linked(Link::SameOccurrence)),
                then(0, call("c")),
            ],
            None,
        ),
    ] {
        assert_eq!(told(&facts).primary, primary, "{facts:?}");
    }
}

#[test]
fn v2_is_a_new_occurrence_and_never_failure() {
    let new = (9, "B", What::Linked(Link::NewOccurrence));
    let on_b = |contact| (20, "B", What::Contacted(contact));
    for family in ["domestic", "stalking", "hate", "theft"] {
        // Every rule that can hold for another reason does, and the advisor says failure too.
        let facts = [
            first(),
            overdue(),
            (1, "A", What::Closed),
            (2, "A", What::Sc07Returned),
            (3, "", attempt(600, EndedBy::Caller)),
            new.clone(),
            on_b(through("emergency", about(family, said(Code::F01, call("c"))))),
        ];
        let judged = told(&facts);
        assert_eq!((judged.class, judged.primary), (Some(Class::Value), Some(Code::V2)), "{family}");
        assert_eq!(judged.is_repeat_victimisation, family != "theft", "{family}");
        assert!(fired(&judged).contains(&Code::F08), "what held is kept");
        assert_eq!(judged.agreement, Agreement::OtherClass);
    }
    let second = [first(), new.clone(), on_b(call("d")), on_b(call("c"))];
    assert_eq!(told(&second).primary, None, "only the first contact brings it");
    let replaced = [first(), new, (10, "B", What::Linked(Link::SameOccurrence)), on_b(call("c"))];
    assert_eq!(told(&replaced).primary, None, "the last word about a link holds");
}

#[test]
fn in_a_protected_family_the_advisor_s_word_is_enough() {
    for (family, primary) in [("domestic", Code::V2), ("theft", Code::F01)] {
        let judged = told(&[first(), overdue(), then(20, about(family, said(Code::V2, call("c"))))]);
        assert_eq!(judged.primary, Some(primary), "{family}");
        assert_eq!(judged.is_repeat_victimisation, family == "domestic");
    }
    let before = (-30, "A", What::Contacted(about("stalking", call("first"))));
    let judged = told(&[before, overdue(), then(20, said(Code::V2, call("c")))]);
    assert_eq!(judged.primary, Some(Code::V2), "the issue is known to be stalking");
}

#[test]
fn v3_to_v5_and_x1_to_x3_are_what_is_recorded() {
    let missed = |minute| (minute, "A", appointment(State::MissedByCaller));
    let booked = |minute| (minute, "A", appointment(State::Booked));
    let plain = |contact| vec![first(), then(20, contact)];
    let booking =
        |facts: Vec<(i64, &'static str, What)>| [vec![first(), then(20, call("c"))], facts].concat();
    let cases = [
        ("V3", plain(new_information(call("c"))), Some(Code::V3)),
        ("V3, not", plain(Contact { is_new_information: Some(false), ..call("c") }), None),
        ("V4", plain(marked(Mark::OwnChange, call("c"))), Some(Code::V4)),
        ("V5", plain(marked(Mark::Invited, call("c"))), Some(Code::V5)),
        ("V3 before V5", plain(new_information(marked(Mark::Invited, call("c")))), Some(Code::V3)),
        ("X1", plain(marked(Mark::Duplicate, call("c"))), Some(Code::X1)),
        ("X3", plain(marked(Mark::CarePlan, call("c"))), Some(Code::X3)),
        ("V3 before X1", plain(new_information(marked(Mark::Duplicate, call("c")))), Some(Code::V3)),
        ("X2", booking(vec![missed(19), booked(21)]), Some(Code::X2)),
        ("X2, same minute", booking(vec![missed(19), booked(20)]), Some(Code::X2)),
        ("X2, booked before", booking(vec![missed(10), booked(19)]), None),
        (
            "X2, kept since",
            booking(vec![missed(10), (15, "A", appointment(State::Kept { late_by_minutes: 0 })), booked(21)]),
            None,
        ),
        ("X2, missed after", booking(vec![missed(21), booked(22)]), None),
        ("X2, not booked", booking(vec![missed(19)]), None),
        ("X2, booked after another", booking(vec![missed(19), then(21, call("d")), booked(22)]), None),
        ("nothing", plain(call("c")), None),
    ];
    for (name, facts, primary) in cases {
        let judged = told(&facts);
        assert_eq!((judged.primary, judged.derived), (primary, primary), "{name}");
        assert_eq!(judged.class, Some(primary.map_or(Class::Unknown, Code::class)), "{name}");
    }
}

#[test]
fn value_wins_over_failure_and_failure_over_what_is_neutral() {
    let late = |contact| told(&[first(), overdue(), then(20, contact)]);
    for (name, contact, class, primary) in [
        ("plain", call("c"), Class::Failure, Code::F01),
        ("new information", new_information(call("c")), Class::Value, Code::V3),
        ("own change", marked(Mark::OwnChange, call("c")), Class::Value, Code::V4),
        ("invited", marked(Mark::Invited, call("c")), Class::Value, Code::V5),
        ("duplicate", marked(Mark::Duplicate, call("c")), Class::Failure, Code::F01),
        ("care plan", marked(Mark::CarePlan, call("c")), Class::Failure, Code::F01),
        ("the advisor says new", said(Code::V3, call("c")), Class::Failure, Code::F01),
        ("the advisor says duplicate", said(Code::X1, call("c")), Class::Failure, Code::F01),
        ("the advisor says graver", said(Code::F15, call("c")), Class::Failure, Code::F01),
    ] {
        let judged = late(contact);
        assert_eq!((judged.class, judged.primary), (Some(class), Some(primary)), "{name}");
        assert_eq!(fired(&judged), [Code::F01], "{name}: what held is kept");
    }
    assert_eq!(late(said(Code::F15, call("c"))).secondary, [Code::F15]);
    let mut gentle = fd1().clone();
    gentle.failure_over_neutral = false;
    for (contact, primary) in [
        (marked(Mark::Duplicate, call("c")), Code::X1),
        (marked(Mark::CarePlan, said(Code::F15, call("c"))), Code::X3),
        (said(Code::X1, call("c")), Code::F01),
    ] {
        let facts = story(&[first(), overdue(), then(20, contact)]);
        assert_eq!(judged(&gentle, &facts, "c").primary, Some(primary));
    }
    let neutral = told(&[first(), then(20, said(Code::F15, marked(Mark::Duplicate, call("c"))))]);
    assert_eq!((neutral.primary, neutral.derived), (Some(Code::F15), Some(Code::X1)));
}

#[test]
fn a_reason_holds_over_value_only_where_the_definition_says_so() {
    let gave_up = (10, "", attempt(30, EndedBy::Caller));
    let facts = [gave_up, (20, "A", What::Contacted(through("emergency", call("c"))))];
    assert_eq!(told(&facts).primary, Some(Code::F11), "F11 over V1");
    let mut strict: Definition = fd1().clone();
    strict.code.iter_mut().for_each(|reason| reason.over.clear());
    let judged = judged(&strict, &story(&facts), "c");
    assert_eq!((judged.primary, fired(&judged)), (Some(Code::V1), vec![Code::F11]));
    let invited = [first(), overdue(), (1, "A", What::CrimeReportReturned("sent back".to_owned()))];
    let contact = then(20, marked(Mark::Invited, call("c")));
    let both = told(&[invited.to_vec(), vec![contact]].concat());
    assert_eq!((both.primary, both.secondary), (Some(Code::F09), vec![]), "F09 over V5, F01 not");
    let told_f14 = told(&[(0, "A", What::Contacted(said(Code::F14, call("c"))))]);
    assert_eq!(
        told_f14.primary,
        Some(Code::V1),
        "the advisor’s word without an outage is not enough for that"
    );
    assert!(told_f14.is_unsupported);
}

#[test]
fn who_chases_is_f04_where_the_record_does_not_say_what_it_was() {
    let chases = |id| marked(Mark::Chases, call(id));
    let missed = (1, "A", appointment(State::MissedByPolice));
    let returned = (1, "A", What::CrimeReportReturned("sent back".to_owned()));
    for (case, facts, contact, primary) in [
        ("nothing else", vec![], chases("c"), Some(Code::F04)),
        ("a graver reason", vec![missed], chases("c"), Some(Code::F02)),
        ("a reason after it in the order", vec![returned], chases("c"), Some(Code::F09)),
        ("new information", vec![], new_information(chases("c")), Some(Code::V3)),
        ("the advisor says more", vec![], said(Code::F15, chases("c")), Some(Code::F15)),
        ("the advisor says value", vec![], said(Code::V4, chases("c")), Some(Code::V4)),
        ("no mark", vec![], call("c"), None),
    ] {
        let judged = told(&[vec![first()], facts, vec![then(20, contact)]].concat());
        assert_eq!(judged.primary, primary, "{case}");
        assert!(
            judged.derived != Some(Code::F04),
            "{case}: what the record shows is not what the advisor said"
        );
    }
}

#[test]
fn f04_f12_and_f15_are_the_advisor_s_alone() {
    let sent = (0, "A", What::Sent(Way::Preferred));
    for code in [Code::F04, Code::F12, Code::F15] {
        let judged = told(&[first(), sent.clone(), then(20, said(code, call("c")))]);
        assert_eq!((judged.primary, judged.derived, judged.is_unsupported), (Some(code), None, false));
        assert_eq!((judged.class, judged.agreement), (Some(Class::Failure), Agreement::NotComparable));
    }
    let month = 28 * DAY;
    for (minute, is_in) in [(month - 1, true), (month, true), (month + 1, false)] {
        let judged = told(&[first(), sent.clone(), then(minute, said(Code::F12, call("c")))]);
        assert_eq!((judged.primary, judged.is_unsupported), (Some(Code::F12), !is_in), "F12, {minute}");
        let judged = told(&[first(), then(minute - 30, said(Code::F04, call("c")))]);
        assert_eq!((judged.primary, judged.is_unsupported), (Some(Code::F04), !is_in), "F04, {minute}");
        let judged = told(&[first(), then(minute - 30, call("c"))]);
        let asks = judged.prompts.iter().any(|asked| asked.rule.code() == Code::F04);
        assert_eq!((asks, judged.class), (is_in, Some(Class::Unknown)), "F04 only asks, {minute}");
    }
    for value in [new_information(call("c")), marked(Mark::Invited, call("c"))] {
        assert_eq!(told(&[first(), then(20, value)]).prompts, [], "it is value");
    }
    let nothing_new = Contact { is_new_information: Some(false), ..call("c") };
    assert_eq!(told(&[first(), then(20, nothing_new)]).prompts.len(), 1);
    let promise = (0, "A", promised(100));
    for (minute, asks) in [(99, true), (100, true), (101, false)] {
        let judged = told(&[first(), promise.clone(), then(minute, call("c"))]);
        assert_eq!(judged.prompts.iter().any(|asked| asked.rule.code() == Code::F04), asks, "{minute}");
    }
}

#[test]
fn the_withheld_number_is_nobody_s() {
    let attempt = Attempt {
        channel: "non_emergency".to_owned(),
        number: None,
        waited_seconds: 60,
        ended_by: EndedBy::Caller,
    };
    for (incident, primary) in [("", Code::V1), ("A", Code::F11)] {
        let contact = Contact { number: None, ..through("emergency", call("c")) };
        let judged = told(&[(0, incident, What::Attempted(attempt.clone())), then(5, contact)]);
        assert_eq!(judged.primary, Some(primary), "on {incident:?}");
    }
}

#[test]
fn the_grade_is_that_of_the_incident_at_the_contact() {
    let linked = (0, "B", What::Linked(Link::SameOccurrence));
    let other = (1, "B", graded(Grade::Immediate, None));
    let (low, high) = ((5, "A", graded(Grade::Standard, None)), (30, "A", graded(Grade::Prompt, None)));
    for (facts, grade) in [
        (vec![linked.clone(), other.clone(), low.clone(), high.clone()], Some(Grade::Standard)),
        (vec![linked.clone(), other.clone(), high], Some(Grade::Prompt)),
        (vec![linked, other], None),
    ] {
        assert_eq!(told(&[vec![first(), then(20, call("c"))], facts].concat()).grade, grade);
    }
}

#[test]
fn what_the_definition_makes_weak_only_asks() {
    let facts = story(&[first(), overdue(), then(20, call("c"))]);
    for (strength, class, asks) in [
        (Strength::Strong, Class::Failure, false),
        (Strength::Weak, Class::Unknown, true),
        (Strength::AdvisorOnly, Class::Unknown, false),
    ] {
        let mut changed = fd1().clone();
        changed.code.iter_mut().filter(|one| one.key == Code::F01).for_each(|one| one.strength = strength);
        let judged = judged(&changed, &facts, "c");
        let has = judged.prompts.iter().any(|asked| asked.rule.code() == Code::F01);
        assert_eq!((judged.class, has), (Some(class), asks), "{strength:?}");
    }
}

#[test]
fn who_is_counted() {
    let kind = |kind| Contact { kind, ..call("c") };
    let cases = [
        (call("c"), Eligibility::Eligible),
        (through("emergency", call("c")), Eligibility::Eligible),
        (through("third_party_centre", call("c")), Eligibility::Eligible),
        (through("alarm_company", call("c")), Eligibility::Never),
        (through("officer_at_scene", call("c")), Eligibility::Never),
        (through("telepathy", call("c")), Eligibility::Unknown),
        (kind(None), Eligibility::Unknown),
        (kind(Some(Kind::Test)), Eligibility::Never),
        (kind(Some(Kind::Internal)), Eligibility::Never),
        (kind(Some(Kind::Misdial)), Eligibility::Never),
        (kind(Some(Kind::Silent)), Eligibility::Never),
        (kind(Some(Kind::AutomatedAlarm)), Eligibility::Never),
        (kind(Some(Kind::Media)), Eligibility::Never),
        (kind(Some(Kind::FreedomOfInformation)), Eligibility::Never),
        (Contact { has_risk: true, ..kind(Some(Kind::Silent)) }, Eligibility::Eligible),
        (Contact { has_risk: true, ..kind(Some(Kind::Misdial)) }, Eligibility::Eligible),
        (Contact { has_risk: true, ..kind(Some(Kind::Test)) }, Eligibility::Never),
        (Contact { is_answered: false, ..call("c") }, Eligibility::Discontinued),
    ];
    for (contact, eligibility) in cases {
        let judged = told(&[first(), overdue(), then(20, said(Code::F01, contact.clone()))]);
        assert_eq!(judged.eligibility, eligibility, "{contact:?}");
        let is_counted = eligibility == Eligibility::Eligible;
        assert_eq!((judged.class.is_some(), judged.primary.is_some()), (is_counted, is_counted));
        assert_eq!(judged.advisor, Some(Code::F01), "the advisor’s word is kept");
    }
}

#[test]
fn the_gravest_is_the_primary() {
    let facts = [
        first(),
        (1, "A", What::Sent(Way::Unsafe)),
        (2, "A", What::Sc07Returned),
        (3, "A", appointment(State::MissedByPolice)),
        (4, "A", promised(10)),
        then(20, said(Code::F12, call("c"))),
    ];
    let judged = told(&facts);
    assert_eq!(judged.primary, Some(Code::F02));
    assert_eq!(judged.secondary, [Code::F03, Code::F08, Code::F12, Code::F13]);
    assert_eq!((judged.derived, judged.agreement), (Some(Code::F02), Agreement::OtherReason));
    let agreed = told(&[first(), overdue(), then(20, said(Code::F01, call("c")))]);
    assert_eq!((agreed.agreement, agreed.secondary), (Agreement::Same, vec![]));
}

#[test]
fn facts_after_the_instant_are_not_seen() {
    let facts = story(&[
        first(),
        (0, "A", What::Closed),
        (30, "A", What::Reopened),
        then(20, call("c")),
        (40, "B", What::Contacted(call("b"))),
        (60, "B", What::Linked(Link::SameOccurrence)),
    ]);
    let primary = |id: &str, minute| {
        let all = classify(fd1(), &facts, at(minute));
        all.into_iter().find(|one| one.contact == id).map(|one| (one.issue, one.primary))
    };
    let on = |incident: &str, code| Some((incident.to_owned(), code));
    assert_eq!(primary("c", 19), None);
    assert_eq!(primary("c", 20), on("A", None));
    assert_eq!(primary("c", 29), on("A", None));
    assert_eq!(primary("c", 30), on("A", Some(Code::F05)));
    assert_eq!(primary("b", 59), on("B", Some(Code::V1)), "not linked yet: an issue of its own");
    assert_eq!(primary("b", 60), on("A", None), "linked, and A was open then");
}
