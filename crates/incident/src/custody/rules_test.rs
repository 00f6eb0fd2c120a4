//! What may happen to whose an incident is: a table of cases.

use contact::grade::Grade;

use super::rules::Command;
use crate::{
    change::Change,
    grade::rules::Command as Grading,
    incident::rules::{Command as Itself, Kind},
    testing::{Sample, at, choose, same},
};

fn offer(to: &str, new_grade: Grade, rationale: &str, is_life_at_risk: bool) -> Change {
    let (to, rationale, reason) = (to.into(), rationale.into(), "information".into());
    Change::Custody(Command::Offer {
        to,
        new_grade,
        rationale,
        reason,
        words: String::new(),
        is_life_at_risk,
    })
}

fn accept() -> Change {
    Change::Custody(Command::Accept)
}

fn give_back(reason: &str, words: &str) -> Change {
    Change::Custody(Command::Return { reason: reason.into(), words: words.into() })
}

fn withdraw() -> Change {
    Change::Custody(Command::Withdraw { reason: "Officers are near.".into() })
}

fn changed() -> Change {
    Change::Incident(Itself::Log { words: "He is back.".into(), changes_circumstances: true })
}

#[test]
fn what_becomes_an_emergency_goes_to_who_sends_officers_and_nothing_else_does() {
    use crate::queue::rules::Waits;
    for grade in [Grade::Standard, Grade::OtherResolution] {
        let offered = Sample::opened(grade, &[]).assessed("20:02", 6).then(
            "20:03",
            "advisor",
            offer("service_centre_govan", grade, "", false),
        );
        let raised = offered.then("20:05", "advisor", choose(Grade::Immediate)).queued();
        assert_eq!((raised.unit.as_str(), raised.waits), ("control_room_east", Waits::Dispatch), "{grade:?}");
        assert!(raised.offered_to.is_none() && raised.is_emergency(), "{grade:?}: the offer is no more");
    }
    let prompt = Sample::opened(Grade::Prompt, &[]).then("20:05", "advisor", choose(Grade::Immediate));
    assert_eq!(
        prompt.standing().custody.as_ref().unwrap().since,
        at("20:00"),
        "it is with who sends already"
    );
    let call = |unit: &str| Change::Custody(Command::Call { unit: unit.into() });
    for (grade, to) in [
        (Grade::Standard, "control_room_east"),
        (Grade::Immediate, "resolution_team"),
        (Grade::Immediate, "control_room_west"),
    ] {
        let told = Sample::opened(grade, &[]).told("20:05", "advisor", call(to));
        same(&told, Err(("unit", "Only what is Immediate")), to);
    }
}

#[test]
fn an_emergency_that_waits_for_a_second_person_or_was_attended_can_be_said_again() {
    use crate::response::rules::Command as Responding;
    let sign = || "KM21".to_owned();
    let respond = |command| Change::Response(command);
    let open = Sample::opened(Grade::Immediate, &["domestic"]);
    assert!(open.queued().is_emergency());
    let lower = open.clone().then("20:02", "advisor", choose(Grade::Standard));
    assert!(!lower.queued().is_emergency(), "a lower grade waits");
    let out = open
        .then("20:02", "advisor", respond(Responding::Dispatch { call_sign: sign(), at: at("20:02") }))
        .then("20:03", "advisor", respond(Responding::Arrive { call_sign: sign(), at: at("20:03") }));
    assert!(out.queued().is_emergency(), "officers are there");
    let (call_sign, result, words) = (sign(), "dealt_with".to_owned(), String::new());
    let ended = Responding::Result { call_sign, at: at("20:04"), result, words };
    assert!(!out.then("20:04", "advisor", respond(ended)).queued().is_emergency(), "they have left");
}

const WHY: &str = "He has left the house.";

#[test]
fn an_offer_has_its_assessment_and_the_reasons_for_another_grade_unless_a_life_is_at_risk() {
    let (prompt, standard, immediate) = (Grade::Prompt, Grade::Standard, Grade::Immediate);
    let cases = [
        (prompt, Some(6), "division_e", prompt, "", false, Ok("offered")),
        (prompt, Some(6), "division_e", standard, WHY, false, Ok("offered")),
        (prompt, Some(6), "division_e", standard, "", false, Err(("rationale", "missing"))),
        (prompt, None, "division_e", prompt, "", false, Err(("assessment", "no THRIVE assessment"))),
        (prompt, Some(3), "division_e", prompt, "", false, Err(("assessment", "3 of 6"))),
        (prompt, None, "division_e", prompt, "", true, Ok("offered")),
        (prompt, None, "control_room_west", immediate, "", true, Ok("offered")),
        (prompt, None, "division_e", immediate, "", true, Err(("to", "sends nobody"))),
        (immediate, Some(6), "division_e", standard, WHY, false, Ok("offered")),
        (prompt, None, "division_e", standard, WHY, true, Err(("is_life_at_risk", "Immediate or Prompt"))),
        (
            standard,
            Some(6),
            "resolution_team",
            standard,
            "",
            true,
            Err(("is_life_at_risk", "Choose that grade")),
        ),
        (immediate, None, "control_room_west", immediate, "", false, Ok("offered")),
        (immediate, None, "control_room_west", prompt, WHY, false, Err(("assessment", "no THRIVE"))),
        (immediate, None, "control_room_west", prompt, WHY, true, Err(("assessment", "no THRIVE"))),
        (prompt, Some(6), "control_room_east", prompt, "", false, Err(("to", "already"))),
        (prompt, Some(6), "division_b", prompt, "", false, Err(("to", "not a unit today"))),
        (prompt, Some(6), "nowhere", prompt, "", false, Err(("to", "“nowhere”"))),
    ];
    for (grade, considered, to, new_grade, rationale, risk, expected) in cases {
        let case = format!("{grade:?} {considered:?} {to} {new_grade:?} {rationale:?} {risk}");
        let mut sample = Sample::opened(grade, &[]);
        if let Some(considered) = considered {
            sample = sample.assessed("20:02", considered);
        }
        same(&sample.told("20:05", "advisor", offer(to, new_grade, rationale, risk)), expected, &case);
    }
    let mut stale = Sample::opened(prompt, &[]).assessed("20:02", 6).then("20:03", "advisor", changed());
    let told = stale.told("20:05", "advisor", offer("division_e", prompt, "", false));
    same(&told, Err(("assessment", "changed at 21 November 2026, 20:03")), "stale");
}

#[test]
fn what_is_immediate_is_never_with_who_sends_nobody() {
    let immediate = || Sample::opened(Grade::Immediate, &["domestic"]).assessed("20:02", 6);
    let lower = offer("division_e", Grade::Standard, WHY, false);
    same(&immediate().told("20:05", "advisor", lower.clone()), Err(("grade", "second person")), "domestic");
    // It turns out to be domestic after it was offered: the lower grade waits, and the control room has it meanwhile.
    let plain = Sample::opened(Grade::Immediate, &[]).assessed("20:02", 6).then("20:05", "advisor", lower);
    let kind = Kind { incident_type: "alarm".into(), qualifiers: vec!["domestic".into()] };
    let classify = Change::Incident(Itself::Classify { kind, reason: "She says so.".into() });
    let accepted =
        plain.then("20:06", "advisor", classify).assessed("20:07", 6).then("20:10", "diary", accept());
    let queued = accepted.queued();
    assert_eq!((queued.grade, queued.unit.as_str()), (Grade::Immediate, "control_room_east"));
    let refuse = Change::Grade(Grading::RefuseDowngrade { reason: "He is on his way.".into() });
    let refused = accepted.then("20:12", "supervisor/s", refuse);
    assert!(refused.queued().is_emergency(), "{:?}", refused.queued());
}

#[test]
fn until_it_is_accepted_it_stays_where_it_is() {
    let offered = Sample::opened(Grade::Prompt, &[]).assessed("20:02", 6).then(
        "20:05",
        "advisor",
        offer("division_e", Grade::Prompt, "", false),
    );
    let custody = |sample: &Sample| sample.standing().custody.clone().unwrap();
    let held = custody(&offered);
    assert_eq!(
        (held.unit.as_str(), held.offer.as_ref().unwrap().code.as_str()),
        ("control_room_east", "SC07")
    );
    let cases = [
        ("diary", accept(), Ok("accepted")),
        ("advisor/elsewhere", accept(), Err(("offer", "You offered it"))),
        ("diary", give_back("incomplete", "Where is he?"), Ok("returned")),
        ("diary", give_back("incomplete", ""), Err(("words", "missing"))),
        ("diary", give_back("busy", "We are busy"), Err(("reason", "choose one"))),
        ("advisor", give_back("incomplete", "So"), Err(("offer", "withdraw"))),
        ("advisor", withdraw(), Ok("withdrawn")),
        ("advisor", offer("division_g", Grade::Prompt, "", false), Err(("to", "withdraw that offer"))),
    ];
    for (who, change, expected) in cases {
        let case = format!("{who} {change:?}");
        let mut sample = offered.clone();
        same(&sample.told("20:10", who, change), expected, &case);
        let unit = if expected == Ok("accepted") { "division_e" } else { "control_room_east" };
        assert_eq!(custody(&sample).unit, unit, "{case}");
    }
    let mut none = Sample::opened(Grade::Prompt, &[]);
    for change in [accept(), withdraw()] {
        same(&none.told("20:10", "diary", change), Err(("offer", "not offered")), "none");
    }
}

#[test]
fn bounces_and_offers_are_counted_until_another_unit_has_it() {
    let again = |sample: Sample, minute: &str| {
        sample.then(minute, "advisor", offer("division_e", Grade::Prompt, "", false)).then(
            minute,
            "diary",
            give_back("wrong_place", "It is in Fife."),
        )
    };
    let sample = again(again(Sample::opened(Grade::Prompt, &[]).assessed("20:02", 6), "20:05"), "20:06")
        .then("20:07", "advisor", offer("division_p", Grade::Prompt, "", false))
        .then("20:08", "diary", accept())
        .then("20:09", "diary", offer("division_e", Grade::Prompt, "", false));
    let custody = sample.standing().custody.as_ref().unwrap();
    assert_eq!((custody.bounces, custody.offers, custody.accepted), (2, 3, 1));
    assert_eq!((custody.unit.as_str(), custody.since), ("division_p", at("20:08")));
}

#[test]
fn an_offer_lowers_a_domestic_incident_only_with_a_second_person() {
    for (qualifiers, expected, grade) in
        [(&[][..], "chosen", Grade::Standard), (&["domestic"], "downgrade_asked", Grade::Prompt)]
    {
        let mut sample = Sample::opened(Grade::Prompt, qualifiers).assessed("20:02", 6).then(
            "20:05",
            "advisor",
            offer("division_e", Grade::Standard, WHY, false),
        );
        same(&sample.told("20:10", "diary", accept()), Ok(expected), expected);
        assert_eq!(sample.queued().grade, grade);
        assert_eq!(sample.queued().unit, "division_e");
    }
}

#[test]
fn a_later_choice_holds_and_a_later_change_calls_for_an_assessment() {
    let offered = Sample::opened(Grade::Prompt, &[]).assessed("20:02", 6).then(
        "20:05",
        "advisor",
        offer("division_e", Grade::Standard, WHY, false),
    );
    // The offer lowers nothing that was raised since; and what is Immediate waits for no other unit.
    let mut raised = offered.clone().then("20:06", "advisor", choose(Grade::Immediate));
    same(&raised.told("20:10", "diary", accept()), Err(("offer", "not offered")), "raised");
    assert!(raised.queued().is_emergency());
    let again = Sample::opened(Grade::OtherResolution, &[]).assessed("20:02", 6);
    let again = again.then("20:05", "advisor", offer("division_e", Grade::Standard, WHY, false));
    let again = again.then("20:06", "advisor", choose(Grade::Prompt)).then("20:10", "diary", accept());
    assert_eq!(again.queued().grade, Grade::Prompt, "a later choice holds");
    let mut stale = offered.then("20:06", "advisor", changed());
    same(&stale.told("20:10", "diary", accept()), Err(("assessment", "assessed again")), "stale");
    same(
        &stale.assessed("20:11", 5).assessed("20:12", 6).told("20:13", "diary", accept()),
        Ok("chosen"),
        "anew",
    );
}

#[test]
fn life_at_risk_passes_first_and_owes_until_it_is_paid() {
    let mut sample = Sample::opened(Grade::Prompt, &[]).then(
        "20:05",
        "advisor",
        offer("control_room_west", Grade::Prompt, "", true),
    );
    same(&sample.told("20:06", "dispatcher", accept()), Ok("accepted, assessment owed"), "first");
    let owed =
        |sample: &Sample| sample.queued().debts.iter().map(|debt| debt.words.clone()).collect::<Vec<_>>();
    assert_eq!(owed(&sample), ["THRIVE assessment, 0 of 6 considered"]);
    assert_eq!(sample.queued().debts[0].due_at, at("20:36"));
    let partly = sample.assessed("20:10", 4);
    assert_eq!(owed(&partly), ["THRIVE assessment, 4 of 6 considered"]);
    let paid = partly.assessed("20:11", 6);
    assert!(owed(&paid).is_empty());
    // A change after it was paid is no debt of the transfer.
    assert!(owed(&paid.then("20:12", "advisor", changed())).is_empty());
    // Lowered after it was offered, it no longer passes first.
    let mut lowered = Sample::opened(Grade::Immediate, &[])
        .then("20:05", "advisor", offer("control_room_west", Grade::Immediate, "", false))
        .then("20:06", "advisor", choose(Grade::Prompt));
    same(&lowered.told("20:07", "dispatcher", accept()), Err(("assessment", "no THRIVE")), "lowered");
}
