//! What each kind of entry is in the words of the definition: tables of cases.

use std::collections::{BTreeMap, BTreeSet};

use contact::{
    contact::rules::{self as contact_rules, Arrival, Channel, Earlier, Ended, Link, Location, Purpose},
    grade::Grade,
    preference::rules::Way,
    thrive::rules::{self as thrive_rules, Assessment, Considered, Element, Level},
};
use crime::report::rules as crime_rules;
use diary::place::{Mode, Place};
use failure::{
    code::Code,
    story::{self, Choice, Ground, Outcome, Return, State, What},
};
use incident::{
    appointment::{
        life::{Booking, Party},
        rules::{self as appointment_rules, Because},
    },
    closure::rules::{self as closure_rules, Closing},
    custody::rules::{self as custody_rules, Offer},
    grade::rules::{self as grade_rules, By, Choice as Chosen},
    incident::rules::{self as incident_rules, Attached, Kind},
    promise::rules::{self as promise_rules, Promise},
    response::rules::{self as response_rules, Reviewed},
    standing::Happened,
};
use jiff::{SignedDuration, Timestamp};
use journal::{Id, Private};
use partner::referral::rules::{self as referral_rules, Accepted, Consent, Sent};

use super::{
    told::{Fact, Told},
    translate::Story,
};

/// A minute of the evening of 2 March 2026.
fn at(minute: &str) -> Timestamp {
    format!("2026-03-02T{minute}:00Z").parse().unwrap()
}

fn id(number: u8) -> Id {
    Id::read(&format!("018a645b-0000-7bb7-b19b-0000000000{number:02x}")).unwrap()
}

const INCIDENT: u8 = 9;

fn by() -> By {
    By { account: "a1".into(), session: "s1".into() }
}

fn words() -> Private<String> {
    "words".to_owned().into()
}

fn arrival(minute: &str, channel: Channel) -> Arrival {
    Arrival {
        channel,
        option: String::new(),
        line: String::new(),
        number: words(),
        arrived_at: at(minute),
        answered_at: Some(at(minute)),
        their_reference: String::new(),
    }
}

fn received(minute: &str) -> Fact {
    Fact::Contact(contact_rules::Fact::Received(arrival(minute, Channel::NonEmergency)))
}

fn place(division: &str, is_rural: Option<bool>) -> Location {
    Location { words: words(), division: division.into(), is_rural, ..Location::default() }
}

fn opened(incident_type: &str, qualifiers: &[&str]) -> Fact {
    let qualifiers = qualifiers.iter().map(|one| (*one).to_owned()).collect();
    Fact::Incident(Happened::Incident(incident_rules::Fact::Opened {
        at: at("20:00"),
        contact: id(1),
        kind: Kind { incident_type: incident_type.into(), qualifiers },
        location: Some(place("E", None)),
        summary: words(),
    }))
}

fn attached() -> Fact {
    Fact::Contact(contact_rules::Fact::Attached { incident: id(INCIDENT) })
}

fn chosen(minute: &str, grade: Grade, reason: &str) -> Chosen {
    let (rationale, reason) = (words(), reason.to_owned());
    Chosen { at: at(minute), grade, suggestion: None, rationale, reason, by: by() }
}

fn graded(minute: &str, grade: Grade, reason: &str) -> Fact {
    Fact::Incident(Happened::Grade(grade_rules::Fact::Chosen(chosen(minute, grade, reason))))
}

fn custody(fact: custody_rules::Fact) -> Fact {
    Fact::Incident(Happened::Custody(fact))
}

fn offered(minute: &str, code: &str) -> Fact {
    custody(custody_rules::Fact::Offered(Offer {
        at: at(minute),
        to: "division_e".into(),
        code: code.into(),
        old_grade: Grade::Standard,
        new_grade: Grade::Standard,
        rationale: words(),
        reason: String::new(),
        words: words(),
        is_life_at_risk: false,
        considered: 6,
        by: by(),
    }))
}

fn returned(minute: &str, reason: &str) -> Fact {
    let (reason, words) = (reason.to_owned(), words());
    custody(custody_rules::Fact::Returned { at: at(minute), reason, words, by: by() })
}

fn response(fact: response_rules::Fact) -> Fact {
    Fact::Incident(Happened::Response(fact))
}

fn closure(fact: closure_rules::Fact) -> Fact {
    Fact::Incident(Happened::Closure(fact))
}

fn closing(minute: &str) -> Closing {
    Closing {
        at: at(minute),
        code: "SC02".into(),
        overview: words(),
        updates: words(),
        action: words(),
        outcome: words(),
        accounts_conflict: false,
        explanation: words(),
        by: by(),
    }
}

fn promise(fact: promise_rules::Fact) -> Fact {
    Fact::Incident(Happened::Promise(fact))
}

fn made(due: &str) -> Fact {
    promise(promise_rules::Fact::Made(Promise {
        kind: "update".into(),
        made_at: at("20:10"),
        by: by(),
        due_at: at(due),
        words: words(),
        ended: None,
    }))
}

fn appointment(fact: appointment_rules::Fact) -> Fact {
    Fact::Incident(Happened::Appointment(fact))
}

fn booking(starts: &str) -> Booking {
    Booking {
        family: "general".into(),
        unit: "division_e".into(),
        station: String::new(),
        place: Place { diary: id(8), shift: 0, starts_at: at(starts), officer: 0 },
        ends_at: at(starts) + SignedDuration::from_hours(1),
        mode: Mode::Home,
        gender: None,
        why_later: words(),
        at: at("20:10"),
        by: by(),
    }
}

fn because(minute: &str, by: Party) -> Because {
    Because { at: at(minute), by, reason: "demand".into(), words: words(), told: None }
}

fn kept(minute: &str, late_by_minutes: i64, as_asked: Option<bool>) -> Fact {
    let (at, words) = (at(minute), words());
    appointment(appointment_rules::Fact::Kept {
        number: 0,
        at,
        late_by_minutes,
        is_late: false,
        as_asked,
        words,
    })
}

fn assessment(considered: usize, markers: &[&str]) -> Fact {
    let one = |element| (element, Considered { level: Level::Low, narrative: words() });
    let elements: BTreeMap<_, _> = Element::ALL.into_iter().take(considered).map(one).collect();
    let markers = markers.iter().map(|one| (*one).to_owned()).collect();
    Fact::Thrive(thrive_rules::Fact::Assessed(Assessment { elements, markers, ..Assessment::default() }))
}

fn sent() -> Fact {
    Fact::Referral(referral_rules::Fact::Sent(Box::new(Sent {
        incident: id(INCIDENT),
        agency: "a".into(),
        kind: "k".into(),
        division: "E".into(),
        at: at("20:10"),
        reply_by: at("22:00"),
        consent: Consent::Given { by: "the_person".into(), way: "spoken".into() },
        is_age_confirmed: true,
        person: words(),
        reach: words(),
        summary: words(),
        cautions: words(),
        answers: vec![],
        definition: 1,
    })))
}

fn declined(reason: &str) -> Fact {
    let (reason, words) = (reason.to_owned(), words());
    Fact::Referral(referral_rules::Fact::Declined { at: at("20:40"), reason, words, link: None })
}

/// An entry: of whom, when it was recorded, and when it happened, where that is another minute.
type Step = (u8, &'static str, Option<&'static str>, Fact);

fn story(steps: &[Step]) -> Story {
    let mut story = Story::of(id(INCIDENT));
    for (seq, (subject, recorded, happened, fact)) in (1..).zip(steps) {
        story.tell(&Told {
            seq,
            recorded_at: at(recorded),
            at: at(happened.unwrap_or(recorded)),
            subject: id(*subject),
            fact: fact.clone(),
        });
    }
    story
}

/// Contact 1 opens incident 9 at 20:00; then the steps.
fn begun(steps: &[Step]) -> Vec<Step> {
    let begin = [
        (1, "20:00", Some("19:55"), received("19:55")),
        (INCIDENT, "20:00", None, opened("alarm", &[])),
        (1, "20:00", None, attached()),
    ];
    begin.into_iter().chain(steps.iter().cloned()).collect()
}

/// What happened to the incident, in the order of time, without its contacts.
fn happened(steps: &[Step]) -> Vec<(String, What)> {
    let mut all = story(&begun(steps)).issue().happenings;
    all.sort();
    all.retain(|one| !matches!(one.what, What::Contacted(_)));
    assert!(all.iter().all(|one| one.incident == Some(id(INCIDENT).to_string())));
    all.into_iter().map(|one| (one.at.to_string()[11..16].to_owned(), one.what)).collect()
}

fn on(steps: Vec<(&'static str, Fact)>) -> Vec<Step> {
    steps.into_iter().map(|(minute, fact)| (INCIDENT, minute, None, fact)).collect()
}

/// What it is about, the steps, and what is told of them.
type Case<'a> = (&'a str, Vec<Step>, Vec<(&'a str, What)>);

fn check(cases: Vec<Case<'_>>) {
    for (case, steps, expected) in cases {
        let expected: Vec<_> = expected.into_iter().map(|(minute, what)| (minute.to_owned(), what)).collect();
        assert_eq!(happened(&steps), expected, "{case}");
    }
}

fn grade(grade: story::Grade, due: Option<&str>, reason: Option<Ground>) -> What {
    What::Graded { grade, due_at: due.map(at), reason }
}

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
    let acknowledged = crime_rules::Fact::Acknowledged { at: at("20:30"), reference: "R".into() };
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

/// The contact `number` as the definition sees it.
fn contact(steps: &[Step], number: u8) -> (Option<String>, Timestamp, story::Contact) {
    let all = story(steps).issue().happenings;
    let found = all.into_iter().find_map(|one| match one.what {
        What::Contacted(contact) if contact.id == id(number).to_string() => {
            Some((one.incident, one.at, contact))
        }
        _ => None,
    });
    found.unwrap()
}

fn link(purpose: Purpose) -> Fact {
    let link = Link { to: id(INCIDENT), kind: Earlier::Incident, purpose, evidence: vec![] };
    Fact::Contact(contact_rules::Fact::Linked(link))
}

#[test]
fn a_contact_says_why_by_the_purpose_of_its_attachment_or_its_last_link() {
    let joined = |purpose: Option<Purpose>, links: &[Purpose]| {
        let attach = Fact::Incident(Happened::Incident(incident_rules::Fact::ContactAttached {
            at: at("21:00"),
            attached: Attached { contact: id(2), purpose },
        }));
        let links = links.iter().map(|one| (2, "21:00", None, link(*one)));
        let again = std::iter::once((2, "21:00", None, received("21:00"))).chain(links);
        let both = [(INCIDENT, "21:00", None, attach), (2, "21:00", None, attached())];
        begun(&again.chain(both).collect::<Vec<_>>())
    };
    for (purpose, links, expected) in [
        (None, vec![], None),
        (Some(Purpose::Chase), vec![], Some(Code::F04)),
        (Some(Purpose::NewInformation), vec![], Some(Code::V3)),
        (Some(Purpose::NewOccurrence), vec![], Some(Code::V2)),
        (Some(Purpose::InvitedCallBack), vec![], Some(Code::V5)),
        (Some(Purpose::Chase), vec![Purpose::NewInformation], Some(Code::F04)),
        (None, vec![Purpose::Chase], Some(Code::F04)),
        (None, vec![Purpose::Unrelated], None),
    ] {
        let (_, _, told) = contact(&joined(purpose, &links), 2);
        assert_eq!(told.advisor, expected, "{purpose:?} {links:?}");
    }
}

#[test]
fn a_contact_is_of_its_incident_once_it_is_attached_with_its_family_and_division() {
    let alone = begun(&[])[..1].to_vec();
    let (incident, began, told) = contact(&alone, 1);
    assert_eq!((incident, began), (Some(id(1).to_string()), at("19:55")));
    assert_eq!((told.family, told.division), (None, None));
    let (incident, _, told) = contact(&begun(&[]), 1);
    assert_eq!(incident, Some(id(INCIDENT).to_string()));
    assert_eq!((told.family.as_deref(), told.division.as_deref()), (Some("alarm"), Some("E")));
    let own = Fact::Contact(contact_rules::Fact::Located(place("G", None)));
    let (_, _, told) = contact(&begun(&[(1, "20:01", None, own)]), 1);
    assert_eq!(told.division.as_deref(), Some("G"));
    for (incident_type, qualifiers, now, expected) in [
        ("alarm", vec![], "alarm", "alarm"),
        ("", vec!["hate"], "assault", "hate"),
        ("stalking", vec![], "stalking", "stalking"),
        ("assault", vec!["domestic", "stalking"], "assault", "domestic"),
        // Whom the definition protects is protected on, whatever it is called later.
        ("domestic_incident", vec![], "noise", "domestic"),
    ] {
        let kind = Kind { incident_type: now.to_owned(), qualifiers: vec![] };
        let anew = incident_rules::Fact::Classified { at: at("20:30"), kind, reason: words() };
        let mut steps = begun(&[(INCIDENT, "20:30", None, Fact::Incident(Happened::Incident(anew)))]);
        steps[1].3 = opened(incident_type, &qualifiers);
        assert_eq!(contact(&steps, 1).2.family.as_deref(), Some(expected), "{incident_type} {qualifiers:?}");
    }
}

#[test]
fn a_contact_is_answered_and_takes_its_minutes() {
    let waiting = |channel| Arrival { answered_at: None, ..arrival("19:55", channel) };
    let of = |fact| Fact::Contact(fact);
    let ended = |handled_seconds| {
        of(contact_rules::Fact::Ended(Ended { at: at("20:05"), handled_seconds, outcome: "advice".into() }))
    };
    let given_up = contact_rules::Fact::Discontinued {
        arrival: waiting(Channel::Emergency),
        at: at("19:56"),
        ended_by: "caller".into(),
    };
    for (case, facts, is_answered, minutes) in [
        ("answered", vec![received("19:55"), ended(329)], true, Some(5)),
        ("nobody said when", vec![received("19:55"), ended(0)], true, None),
        (
            "a call that waits",
            vec![of(contact_rules::Fact::Received(waiting(Channel::Emergency)))],
            false,
            None,
        ),
        (
            "and is taken up",
            vec![
                of(contact_rules::Fact::Received(waiting(Channel::Emergency))),
                of(contact_rules::Fact::Answered { at: at("19:57") }),
            ],
            true,
            None,
        ),
        ("written", vec![of(contact_rules::Fact::Received(waiting(Channel::WebForm)))], true, None),
        ("given up", vec![of(given_up)], false, None),
    ] {
        let steps: Vec<Step> = facts.into_iter().map(|fact| (1, "20:00", None, fact)).collect();
        let (_, _, told) = contact(&steps, 1);
        assert_eq!((told.is_answered, told.handling_minutes), (is_answered, minutes), "{case}");
        assert_eq!((told.marks, told.is_new_information), (BTreeSet::new(), None), "{case}");
    }
}
