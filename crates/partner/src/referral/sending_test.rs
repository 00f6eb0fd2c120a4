//! What may be sent: a table of cases.

use jiff::SignedDuration;

use crate::definition::{Agency, agency, kind};

use super::{
    rules::{Command, Consent, Known, Said, decide},
    sending::{Sending, is_there, minutes_saved, takes},
    testing::{agreed, at, brief, call, clock, general, id, known, said, sent},
};

fn refused(known: &Known, sending: Sending) -> (String, String) {
    let refusal = decide(known, None, Command::Send(Box::new(sending))).unwrap_err();
    (refusal.field.into_owned(), refusal.sentence.into_owned())
}

fn without_consent(basis: &str, reason: &str) -> Consent {
    Consent::Overridden { basis: basis.into(), reason: reason.to_owned().into() }
}

#[test]
fn what_may_not_be_sent_is_refused_at_its_field() {
    let none = Vec::new;
    let cases = [
        (Sending { agency: "nobody".into(), ..general() }, "to", "no such agency"),
        (Sending { kind: "mental_health_pathway".into(), ..general() }, "to", "does not take that kind"),
        (Sending { agency: "distress_west".into(), ..brief() }, "to", "does not serve division D"),
        (Sending { age: None, ..brief() }, "age", "people of 16 and over"),
        (Sending { age: Some(15), ..brief() }, "age", "this person is 15"),
        (Sending { age: Some(-1), ..brief() }, "age", "not an age"),
        (Sending { age: Some(1981), ..brief() }, "age", "not an age"),
        (Sending { consent: None, ..general() }, "consent", "a ground has to be recorded"),
        (
            Sending { consent: Some(Consent::NotNeeded), ..general() },
            "consent",
            "a ground has to be recorded",
        ),
        (Sending { consent: None, ..brief() }, "consent", "cannot be sent"),
        (
            Sending { consent: Some(without_consent("vital_interests", "He may die.")), ..brief() },
            "consent",
            "only for people who agree",
        ),
        (
            Sending { consent: Some(without_consent("", "He may die.")), ..general() },
            "legal_basis",
            "on what ground",
        ),
        (
            Sending { consent: Some(without_consent("vital_interests", " ")), ..general() },
            "reason",
            "is missing",
        ),
        (
            Sending {
                consent: Some(Consent::Given { by: String::new(), way: "spoken".into() }),
                ..general()
            },
            "consent_by",
            "who agreed",
        ),
        (
            Sending {
                consent: Some(Consent::Given { by: "the_person".into(), way: "guessed".into() }),
                ..general()
            },
            "consent_way",
            "how they agreed",
        ),
        (Sending { person: " ".into(), ..brief() }, "person", "Who it is is missing"),
        (Sending { reach: String::new(), ..brief() }, "reach", "is missing"),
        (Sending { summary: "\n".into(), ..general() }, "summary", "is missing"),
        (Sending { summary: "x".repeat(4_001), ..general() }, "summary", "4,001 characters"),
        (Sending { summary: "a\u{7}".into(), ..general() }, "summary", "cannot be shown"),
        (Sending { answers: none(), ..brief() }, "in_distress", "not answered yet"),
        (
            Sending { answers: vec![said("in_distress", Said::No)], ..brief() },
            "in_distress",
            "is answered with yes",
        ),
        (
            Sending { answers: vec![said("in_distress", Said::Words("Yes".to_owned().into()))], ..brief() },
            "in_distress",
            "is answered otherwise",
        ),
        (
            Sending { answers: vec![said("in_distress", Said::Yes)], ..general() },
            "in_distress",
            "Nobody asks",
        ),
        (call("10:01:00"), "call_started_at", "still to come"),
        (Sending { answers: none(), ..call("09:00:00") }, "call_started_at", "not answered yet"),
        (
            Sending {
                answers: vec![said("call_started_at", Said::At(at("2020-01-01T00:00:00Z")))],
                ..call("09:00:00")
            },
            "call_started_at",
            "more than a year ago",
        ),
    ];
    for (sending, field, told) in cases {
        let (named, sentence) = refused(&known("10:00:00"), sending);
        assert_eq!(named, field, "{sentence}");
        assert!(sentence.contains(told), "{told}: {sentence}");
        assert!(sentence.ends_with('.'), "{sentence}");
    }
}

#[test]
fn what_the_incident_has_open_is_not_sent_again() {
    let open = vec![("fire_and_rescue".to_owned(), "general".to_owned())];
    let known = Known { open, ..known("10:00:00") };
    assert_eq!(refused(&known, general()).0, "to");
    let other = Sending { agency: "social_work".into(), ..general() };
    assert!(decide(&known, None, Command::Send(Box::new(other))).is_ok());
}

#[test]
fn what_is_sent_has_its_clock_its_consent_and_no_age() {
    let brief = sent("10:00:00", brief()).sent;
    assert_eq!(brief.reply_by, at("2026-11-27T10:00:00Z"));
    assert!(brief.is_age_confirmed && !serde_json::to_string(&brief).unwrap().contains("age\":16"));
    assert_eq!(brief.consent, agreed());
    let general_one = sent("10:00:00", general()).sent;
    assert_eq!(general_one.reply_by, at("2026-11-29T10:00:00Z"));
    assert!(!general_one.is_age_confirmed);
    let consent = without_consent("vital_interests", " He may die. ");
    let overridden = sent("10:00:00", Sending { consent: Some(consent), ..general() }).sent;
    assert_eq!(overridden.consent, without_consent("vital_interests", "He may die."));
    let no_place = sent("10:00:00", Sending { division: String::new(), ..brief_anywhere() }).sent;
    assert_eq!((no_place.division.as_str(), no_place.incident), ("", id(1)));
}

fn brief_anywhere() -> Sending {
    Sending { agency: "distress_west".into(), ..brief() }
}

#[test]
fn a_call_from_the_scene_begins_when_it_started_and_saves_what_is_left() {
    let call = sent("12:00:00", call("09:00:00")).sent;
    assert_eq!((call.consent.clone(), call.reply_by), (Consent::NotNeeded, clock("10:00:00")));
    // 450 minutes are a guess of the file: an hour of the officers’ time was needed, so six and a half were saved.
    for (after_minutes, saved) in [(0, 450), (60, 390), (449, 1), (450, 0), (451, 0), (100_000, 0)] {
        let released = clock("09:00:00") + SignedDuration::from_mins(after_minutes);
        assert_eq!(minutes_saved(&call, released), Some(saved), "{after_minutes}");
    }
    assert_eq!(minutes_saved(&sent("12:00:00", general()).sent, clock("13:00:00")), None);
}

#[test]
fn an_agency_takes_nobody_outside_its_days_and_no_call_outside_its_hours() {
    let (from, until) = ("2026-11-26".parse().ok(), "2026-11-27".parse().ok());
    let days = Agency { from, until, ..agency("social_work").unwrap().clone() };
    for (day, is_taken) in
        [("2026-11-25", false), ("2026-11-26", true), ("2026-11-27", true), ("2026-11-28", false)]
    {
        let told = takes(&days, "general", "D", day.parse().unwrap());
        assert_eq!(told.is_ok(), is_taken, "{day}");
        assert!(told.err().is_none_or(|refusal| refusal.sentence.contains("takes nobody on that day")));
    }
    let (call, general) = (kind("direct_contact_from_scene").unwrap(), kind("general").unwrap());
    // Social work is there from 08:45 to 16:45.
    for (time, is_answered) in
        [("08:44:00", false), ("08:45:00", true), ("16:44:59", true), ("16:45:00", false)]
    {
        assert_eq!(is_there(&days, call, clock(time)).is_ok(), is_answered, "{time}");
        assert!(is_there(&days, general, clock(time)).is_ok(), "what is written waits");
    }
    let refusal = is_there(&days, call, clock("17:00:00")).unwrap_err();
    assert!(refusal.sentence.contains("Opens 27 November 2026, 08:45"), "{refusal}");
}
