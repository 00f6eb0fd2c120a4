//! What may be attached, and what is refused: tables of cases.

use jiff::{Timestamp, ToSpan, civil::date};
use journal::Id;
use measure::catalogue::definition;

use super::rules::{About, Attached, Claim, Command, Counted, Fact, Kept, Known, Part, Wish, apply, decide};

/// A wish that cannot be meant, the field, and what is told.
type Misread = (fn(&mut Wish), &'static str, &'static str);

/// What is known, the action, the field, and what is told.
type Refused = (fn(&mut Known), &'static str, &'static str, &'static str);

pub(super) fn now() -> Timestamp {
    "2026-11-26T12:00:00Z".parse().expect("a moment")
}

/// Whole weeks from 7 September 2026 on, each with its numerator and denominator.
pub(super) fn weeks(sums: &[(i64, i64)]) -> Vec<Part> {
    let part = |(number, (numerator, denominator)): (i64, &(i64, i64))| {
        let from = date(2026, 9, 7).saturating_add((7 * number).days());
        Part {
            from,
            until: from.saturating_add(6.days()),
            numerator: *numerator,
            denominator: *denominator,
            is_whole: true,
        }
    };
    (0..).zip(sums).map(part).collect()
}

fn counted(parts: &[Part]) -> Counted {
    let sum = |of: fn(&Part) -> i64| parts.iter().map(of).sum();
    Counted {
        entry: 4_821,
        edition: "1: failure_demand@1".into(),
        versions: Some(measure::catalogue::Catalogue::published().carried("failure_demand")),
        numerator: sum(|part| part.numerator),
        denominator: sum(|part| part.denominator),
        records: sum(|part| part.denominator.max(part.numerator)),
        parts: parts.to_vec(),
    }
}

fn wish(measure: &str) -> Wish {
    Wish {
        measure: measure.into(),
        from: "2026-09-07".into(),
        until: "2026-11-25".into(),
        claim: "went_down".into(),
        words: "It fell after the training.".into(),
        ..Wish::default()
    }
}

fn about() -> About {
    About {
        id: Id::new(now()),
        label: "CAM22-R3".into(),
        closed: None,
        actions: vec!["3.1".into(), "3.2".into()],
        is_served: true,
    }
}

fn known(parts: &[Part]) -> Known {
    Known { today: date(2026, 11, 26), about: Some(about()), counted: Some(counted(parts)), behind: 3 }
}

/// What is attached of a measure that was counted so.
pub(super) fn attached(measure: &str, parts: &[Part]) -> Attached {
    let wanted = wish(measure).read(now()).expect("it is understood");
    match decide(&known(parts), None, Command::Attach(Box::new(wanted))).expect("it is attached") {
        Fact::Attached(attached) => *attached,
        Fact::Withdrawn { .. } => unreachable!("attaching attaches"),
    }
}

#[test]
fn what_is_typed_is_read_or_refused_at_its_field() {
    let with = |change: fn(&mut Wish)| {
        let mut one = wish("failure_demand");
        change(&mut one);
        one.read(now())
    };
    assert_eq!(with(|_| ()).unwrap().claim, Claim::WentDown);
    let cases: [Misread; 14] = [
        (|one| one.measure.clear(), "measure", "Say which measure"),
        (|one| one.measure = "luck".into(), "measure", "no measure “luck”"),
        (|one| one.until = "2026-11-27".into(), "until", "still to come"),
        (|one| one.from = "2026-11-26".into(), "from", "before it begins"),
        (|one| one.from = "soon".into(), "from", "not a day"),
        (|one| one.division = "YY".into(), "division", "no division"),
        (|one| one.by = "hour".into(), "by", "day, week or month"),
        (
            |one| {
                one.by = "day".into();
                one.from = "2025-09-07".into();
            },
            "by",
            "at most 400",
        ),
        (|one| one.claim.clear(), "claim", "claimed to show"),
        (|one| one.claim = "won".into(), "claim", "claimed to show"),
        (|one| one.claim = "target_met".into(), "claim", "has no target"),
        (|one| one.words = " ".into(), "words", "is missing"),
        (|one| one.words = "x".repeat(4_001), "words", "characters"),
        (|one| one.although = "x".repeat(4_001), "although", "characters"),
    ];
    for (change, field, told) in cases {
        let refusal = with(change).unwrap_err();
        assert!(refusal.field == field && refusal.sentence.contains(told), "{field}, {told}: {refusal}");
    }
    let mut target = wish("appointments_kept");
    target.claim = "target_met".into();
    assert_eq!(target.read(now()).unwrap().claim, Claim::TargetMet);
}

#[test]
fn it_is_attached_to_what_is_there_and_open_and_served_or_with_a_reason() {
    let parts = weeks(&[(3, 10), (4, 10)]);
    let attach = |change: fn(&mut Known), action: &str, although: &str| {
        let mut known = known(&parts);
        change(&mut known);
        let wish = Wish { action: action.into(), although: although.into(), ..wish("failure_demand") };
        decide(&known, None, Command::Attach(Box::new(wish.read(now()).unwrap())))
    };
    let unserved: fn(&mut Known) = |known| known.about.as_mut().unwrap().is_served = false;
    let closed: fn(&mut Known) = |known| known.about.as_mut().unwrap().closed = Some("Discharged".into());
    for (change, action, although) in [
        ((|_| ()) as fn(&mut Known), "", ""),
        (|_| (), "3.2", ""),
        (unserved, "", "It is demand that the training was to spare."),
        (closed, "", "Whether it lasts is looked at every quarter."),
    ] {
        assert!(matches!(attach(change, action, although), Ok(Fact::Attached(_))), "{action} {although}");
    }
    let cases: [Refused; 7] = [
        (|known| known.behind = 1_001, "", "measure", "are being counted anew"),
        (|known| known.about = None, "", "recommendation", "no such recommendation"),
        (|_| (), "9.1", "action", "CAM22-R3 has no action 9.1"),
        (|known| known.counted = None, "", "from", "Nothing was counted"),
        (|known| known.counted.as_mut().unwrap().records = 0, "", "from", "Nothing was counted"),
        (unserved, "", "although", "does not say that it serves CAM22-R3"),
        (closed, "", "although", "CAM22-R3 is discharged"),
    ];
    for (change, action, field, told) in cases {
        let refusal = attach(change, action, "").unwrap_err();
        assert!(refusal.field == field && refusal.sentence.contains(told), "{field}, {told}: {refusal}");
    }
}

#[test]
fn it_keeps_the_definition_and_the_figure_of_its_day() {
    let one = attached("failure_demand", &weeks(&[(3, 10), (4, 10)]));
    assert_eq!((one.counted.numerator, one.counted.denominator, one.counted.entry), (7, 20, 4_821));
    assert_eq!((one.by.as_str(), one.on), ("week", date(2026, 11, 26)));
    let (kept, published) = (one.kept.definition(), definition("failure_demand").unwrap());
    assert_eq!(kept.told(kept.value(7, 20)), published.told(published.value(7, 20)));
    // A definition that counts otherwise by now changes nothing of it.
    let other = Kept { unit: measure::catalogue::Unit::Count, target: Some(3.0), ..one.kept.clone() };
    assert_eq!(other.definition().value(7, 20), Some(7.0));
    let words = serde_json::to_string(&Fact::Attached(Box::new(one.clone()))).unwrap();
    assert_eq!(serde_json::from_str::<Fact>(&words).unwrap(), Fact::Attached(Box::new(one)));
}

#[test]
fn it_is_withdrawn_once_with_a_reason_and_attached_once() {
    let parts = weeks(&[(3, 10), (4, 10)]);
    let known = known(&parts);
    let was = apply(None, &Fact::Attached(Box::new(attached("failure_demand", &parts))));
    let withdraw = |reason: &str| Command::Withdraw { reason: reason.into() };
    let fact = decide(&known, Some(&was), withdraw(" Another period is right. ")).unwrap();
    let now_is = apply(Some(was.clone()), &fact);
    assert_eq!(now_is.withdrawn.as_deref(), Some("Another period is right."));
    assert_eq!(now_is.attached, was.attached, "both stay");
    let again = wish("failure_demand").read(now()).unwrap();
    for (was, command, told) in [
        (None, withdraw("So."), "no such evidence"),
        (Some(&was), withdraw("  "), "is missing"),
        (Some(&now_is), withdraw("So."), "withdrawn already"),
        (Some(&was), Command::Attach(Box::new(again)), "attached already"),
    ] {
        let refusal = decide(&known, was, command).unwrap_err();
        assert!(refusal.sentence.contains(told), "{told}: {refusal}");
    }
}
