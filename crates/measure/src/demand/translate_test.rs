//! What each kind of entry is in the words of the definition: tables of cases.

use contact::{grade::Grade, preference::rules::Way};
use crime::report::rules as crime_rules;
use failure::story::{self, Choice, Ground, Outcome, Return, State, What};
use incident::{
    appointment::{
        life::Party,
        rules::{self as appointment_rules},
    },
    closure::rules::{self as closure_rules},
    custody::rules::{self as custody_rules},
    grade::rules::{self as grade_rules},
    incident::rules::{self as incident_rules},
    promise::rules::{self as promise_rules},
    response::rules::{self as response_rules, Reviewed},
    standing::Happened,
};
use jiff::SignedDuration;
use partner::referral::rules::{self as referral_rules, Accepted};

use super::testing::*;
use super::told::Fact;

#[test]
fn a_grade_is_due_by_the_clocks_of_its_day_and_says_why_it_was_raised() {
    use story::Grade::{Immediate, OtherResolution, Prompt, Standard};
    let located = |is_rural| {
        let location = place("N", Some(is_rural));
        Fact::Incident(Happened::Incident(incident_rules::Fact::Located { at: at("20:20"), location }))
    };
    let clocks = incident::codes::clocks(jiff::civil::date(2026, 3, 2));
    let urban = at("20:01") + SignedDuration::from_mins(clocks.immediate_arrive_urban);
    let rural = at("20:01") + SignedDuration::from_mins(clocks.immediate_arrive_rural);
    let prompt = at("20:01") + SignedDuration::from_mins(clocks.prompt_arrive);
    let first = |grade, due_at| ("20:01", What::Graded { grade, due_at, reason: None });
    let low = || ("20:01", graded("20:01", Grade::Standard, ""));
    let raised = |reason| on(vec![low(), ("20:30", graded("20:30", Grade::Prompt, reason))]);
    let again = at("20:30") + SignedDuration::from_mins(clocks.prompt_arrive);
    let to = |ground| {
        let up = What::Graded { grade: Prompt, due_at: Some(again), reason: ground };
        vec![("20:01", grade(Standard, None, None)), ("20:30", up)]
    };
    let immediate = || ("20:01", graded("20:01", Grade::Immediate, ""));
    let asked = grade_rules::Fact::DowngradeAsked(chosen("20:10", Grade::Standard, "review"));
    let asked = || ("20:10", Fact::Incident(Happened::Grade(asked.clone())));
    let endorsed = grade_rules::Fact::DowngradeEndorsed { at: at("20:15"), by: by(), words: words() };
    let refused = grade_rules::Fact::DowngradeRefused { at: at("20:15"), by: by(), reason: words() };
    let reconsidered = grade_rules::Fact::DowngradeReconsidered { at: at("20:40") };
    let explained = grade_rules::Fact::Explained {
        at: at("20:50"),
        by: by(),
        rationale: words(),
        reason: "known_earlier".into(),
    };
    let of = |fact| Fact::Incident(Happened::Grade(fact));
    check(vec![
        ("in a town", on(vec![immediate()]), vec![first(Immediate, Some(urban))]),
        (
            "in the country",
            on(vec![immediate(), ("20:20", located(true))]),
            vec![first(Immediate, Some(rural))],
        ),
        (
            "prompt",
            on(vec![("20:01", graded("20:01", Grade::Prompt, ""))]),
            vec![first(Prompt, Some(prompt))],
        ),
        (
            "for others nobody is due",
            on(vec![("20:01", graded("20:01", Grade::OtherResolution, ""))]),
            vec![first(OtherResolution, None)],
        ),
        ("known earlier", raised("known_earlier"), to(Some(Ground::AvailableEarlier))),
        ("new information", raised("information"), to(Some(Ground::NewInformation))),
        ("another reason", raised("review"), to(Some(Ground::Other))),
        ("a reason that is owed", raised(""), to(None)),
        (
            "and is told later",
            [raised(""), on(vec![("20:50", of(explained))])].concat(),
            to(Some(Ground::AvailableEarlier)),
        ),
        ("asked for is not in force", on(vec![immediate(), asked()]), vec![first(Immediate, Some(urban))]),
        (
            "nor what was refused",
            on(vec![immediate(), asked(), ("20:15", of(refused))]),
            vec![first(Immediate, Some(urban))],
        ),
        (
            "until it is endorsed",
            on(vec![immediate(), asked(), ("20:15", of(endorsed))]),
            vec![first(Immediate, Some(urban)), ("20:15", grade(Standard, None, Some(Ground::Other)))],
        ),
        (
            "it turned out to be domestic",
            on(vec![
                immediate(),
                ("20:30", graded("20:30", Grade::Standard, "known_earlier")),
                ("20:40", of(reconsidered)),
            ]),
            vec![
                first(Immediate, Some(urban)),
                ("20:30", grade(Standard, None, Some(Ground::AvailableEarlier))),
                (
                    "20:40",
                    What::Graded { grade: Immediate, due_at: Some(urban), reason: Some(Ground::Other) },
                ),
            ],
        ),
    ]);
}

#[test]
fn officers_promises_and_closings_are_told_at_the_moment_they_happened() {
    let sent = |minute| response(response_rules::Fact::Dispatched { call_sign: "E1".into(), at: at(minute) });
    let there = response(response_rules::Fact::Arrived { call_sign: "E1".into(), at: at("20:20") });
    let result = response(response_rules::Fact::Resulted {
        call_sign: "E1".into(),
        at: at("20:40"),
        result: "advice".into(),
        words: words(),
    });
    let reviewed = response(response_rules::Fact::Reviewed(Reviewed {
        at: at("20:45"),
        by: by(),
        next_at: at("21:45"),
        words: words(),
    }));
    let fulfilled = promise(promise_rules::Fact::Fulfilled {
        number: 1,
        at: at("20:30"),
        way: Way::Call,
        words: words(),
    });
    let withdrawn = promise(promise_rules::Fact::Withdrawn { number: 0, at: at("20:50"), reason: words() });
    let promised = |number: &str, due| What::Promised { promise: number.into(), due_at: at(due) };
    let endorsed = closure(closure_rules::Fact::Endorsed { at: at("20:40"), by: by(), words: words() });
    let sent_back = closure(closure_rules::Fact::SentBack { at: at("20:40"), by: by(), reason: words() });
    let asked = || ("20:30", closure(closure_rules::Fact::EndorsementAsked(closing("20:30"))));
    let reopened = closure(closure_rules::Fact::Reopened { at: at("20:50"), reason: words() });
    let late = |recorded, happened, fact: Fact| (INCIDENT, recorded, Some(happened), fact);
    check(vec![
        (
            "officers",
            vec![
                late("20:25", "20:10", sent("20:10")),
                late("20:26", "20:20", there),
                late("20:41", "20:40", result),
            ],
            vec![("20:10", What::Dispatched), ("20:20", What::Arrived)],
        ),
        ("a review", on(vec![("20:45", reviewed)]), vec![("20:45", What::Reviewed)]),
        (
            "promises by their number",
            [
                on(vec![("20:10", made("20:30")), ("20:11", made("21:00"))]),
                vec![late("20:45", "20:30", fulfilled)],
                on(vec![("20:50", withdrawn)]),
            ]
            .concat(),
            vec![
                ("20:10", promised("0", "20:30")),
                ("20:11", promised("1", "21:00")),
                ("20:30", What::Kept("1".into())),
                ("20:50", What::Withdrawn("0".into())),
            ],
        ),
        (
            "closed",
            on(vec![("20:30", closure(closure_rules::Fact::Closed(closing("20:30"))))]),
            vec![("20:30", What::Closed)],
        ),
        ("waiting for a second person it is open", on(vec![asked()]), vec![]),
        ("sent back it is open", on(vec![asked(), ("20:40", sent_back)]), vec![]),
        (
            "endorsed, and opened again",
            on(vec![asked(), ("20:40", endorsed), ("20:50", reopened)]),
            vec![("20:40", What::Closed), ("20:50", What::Reopened)],
        ),
    ]);
}

#[test]
fn appointments_have_their_states_with_whose_doing_they_are() {
    use appointment_rules::Fact::{Booked, Cancelled, ConvertedToDispatch, Missed, Rescheduled};
    let booked = || ("20:10", appointment(Booked(booking("21:00"))));
    let of = |number: &str, state| What::Appointment { appointment: number.into(), state };
    let first = || ("20:10", of("0", State::Booked));
    let case = |minute, fact: Fact| on(vec![booked(), (minute, fact)]);
    let cancelled = |by| case("20:30", appointment(Cancelled { number: 0, because: because("20:30", by) }));
    let missed = |by| case("22:10", appointment(Missed { number: 0, because: because("22:10", by) }));
    let moved = |by| {
        let because = because("20:30", by);
        case("20:30", appointment(Rescheduled { number: 0, because, booking: booking("22:00") }))
    };
    let late = |minutes| State::Kept { late_by_minutes: minutes };
    let convert = appointment(ConvertedToDispatch { number: 0, at: at("20:30") });
    let not_met = ("21:05", What::Choice(Choice::NotMet));
    check(vec![
        (
            "cancelled by police",
            cancelled(Party::Police),
            vec![first(), ("20:30", of("0", State::CancelledByPolice))],
        ),
        (
            "cancelled by the caller",
            cancelled(Party::Caller),
            vec![first(), ("20:30", of("0", State::CancelledByCaller))],
        ),
        (
            "missed by police, at its time",
            missed(Party::Police),
            vec![first(), ("21:00", of("0", State::MissedByPolice))],
        ),
        (
            "missed by the caller",
            missed(Party::Caller),
            vec![first(), ("21:00", of("0", State::MissedByCaller))],
        ),
        (
            "moved by police",
            moved(Party::Police),
            vec![first(), ("20:30", of("0", State::CancelledByPolice)), ("20:30", of("1", State::Booked))],
        ),
        (
            "moved by the caller",
            moved(Party::Caller),
            vec![first(), ("20:30", of("0", State::CancelledByCaller)), ("20:30", of("1", State::Booked))],
        ),
        ("kept late", case("21:40", kept("21:40", 40, None)), vec![first(), ("21:40", of("0", late(40)))]),
        (
            "kept early",
            case("20:55", kept("20:55", -5, Some(true))),
            vec![first(), ("20:55", of("0", late(0)))],
        ),
        (
            "not by whom they asked for",
            case("21:05", kept("21:05", 5, Some(false))),
            vec![first(), ("21:05", of("0", late(5))), not_met],
        ),
        ("officers at once instead", case("20:30", convert), vec![first()]),
    ]);
}

#[test]
fn what_was_passed_on_came_back_or_was_helped() {
    let offer = |minute, code| (minute, offered(minute, code));
    let accepted =
        custody(custody_rules::Fact::Accepted { at: at("20:30"), by: by(), assessment_owed: false });
    let withdrawn = custody(custody_rules::Fact::Withdrawn { at: at("20:30"), reason: words() });
    let called =
        custody(custody_rules::Fact::Called { at: at("20:30"), unit: "c".into(), assessment_owed: false });
    let placed = ("20:01", custody(custody_rules::Fact::Placed { at: at("20:01"), unit: "control".into() }));
    let after = |steps: Vec<(&'static str, Fact)>| on(std::iter::once(placed.clone()).chain(steps).collect());
    let back = |minute, why| (minute, What::TransferReturned(Some(why)));
    let report = |fact| vec![(5, "20:30", None, Fact::Crime(fact))];
    let crime_returned = crime_rules::Fact::Returned {
        at: at("20:30"),
        unit: "u".into(),
        reason: "detail".into(),
        words: words(),
    };
    let acknowledged = crime_rules::Fact::Acknowledged { at: at("20:30"), export: 1, reference: "R".into() };
    let agency = |fact| vec![(6, "20:10", None, sent()), (6, "20:40", None, fact)];
    let number = id(6).to_string();
    let sent_there = || ("20:10", What::Referred(number.clone()));
    let ended =
        |outcome| vec![sent_there(), ("20:40", What::ReferralEnded { referral: number.clone(), outcome })];
    let took =
        referral_rules::Fact::Accepted(Accepted { at: at("20:40"), by: words(), words: words(), link: None });
    let bounced = referral_rules::Fact::BouncedBack {
        at: at("20:40"),
        reason: "risk_rose".into(),
        words: words(),
        link: None,
    };
    let gone = referral_rules::Fact::Withdrawn { at: at("20:40"), reason: words() };
    let offers = || ("20:20", What::TransferOffered);
    check(vec![
        (
            "taken",
            after(vec![offer("20:20", ""), ("20:30", accepted)]),
            vec![offers(), ("20:30", What::TransferAccepted)],
        ),
        (
            "incomplete",
            after(vec![offer("20:20", ""), ("20:30", returned("20:30", "incomplete"))]),
            vec![offers(), back("20:30", Return::Incomplete)],
        ),
        (
            "by a division",
            after(vec![offer("20:20", "SC07"), ("20:30", returned("20:30", "wrong_unit"))]),
            vec![offers(), back("20:30", Return::Other), ("20:30", What::Sc07Returned)],
        ),
        ("taken back", after(vec![offer("20:20", ""), ("20:30", withdrawn)]), vec![]),
        (
            "an emergency, after one was returned",
            after(vec![
                offer("20:20", ""),
                ("20:22", returned("20:22", "wrong_unit")),
                offer("20:25", ""),
                ("20:30", called.clone()),
            ]),
            vec![offers(), back("20:22", Return::Other)],
        ),
        ("an emergency that nobody was offered", after(vec![("20:30", called)]), vec![]),
        (
            "a crime report came back",
            report(crime_returned),
            vec![("20:30", What::CrimeReportReturned("detail".into()))],
        ),
        ("a crime report there", report(acknowledged), vec![]),
        ("helped", agency(Fact::Referral(took)), ended(Outcome::Accepted)),
        ("no room", agency(declined("no_capacity")), ended(Outcome::Unavailable)),
        ("not for them", agency(declined("not_eligible")), ended(Outcome::Declined)),
        ("given back", agency(Fact::Referral(bounced)), ended(Outcome::Declined)),
        ("we took it back", agency(Fact::Referral(gone)), vec![sent_there()]),
    ]);
}

#[test]
fn assessments_belong_to_what_was_assessed() {
    let known = |considered, markers: &[&str]| What::Assessed {
        considered,
        vulnerabilities: markers.iter().map(|one| (*one).to_owned()).collect(),
        reason: None,
    };
    check(vec![
        (
            "of the incident",
            on(vec![("20:10", assessment(4, &["child"]))]),
            vec![("20:10", known(4, &["child"]))],
        ),
        ("of its contact", vec![(1, "20:10", None, assessment(6, &[]))], vec![("20:10", known(6, &[]))]),
    ]);
    // Of a contact that is in no incident it is its own.
    let alone =
        story(&[(1, "20:00", None, received("19:55")), (1, "20:01", None, assessment(2, &[]))]).issue();
    assert!(alone.happenings.iter().all(|one| one.incident == Some(id(1).to_string())));
    assert_eq!(alone.happenings.len(), 2);
}
