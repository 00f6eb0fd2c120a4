//! Appointments: tables of cases.

use contact::grade::Grade;
use diary::place::{Gender, Place, Slot};

use super::{
    booking::{Chosen, Wish},
    life::{Appointments, Outcome, Party},
    rules::{Cause, Command},
    samples::{book, does, sample, slot, wish},
};
use crate::{
    change::Change,
    closure::rules::{Command as Closing, Form},
    incident::rules::{Command as Itself, Kind},
    queue::rules::Waits,
    testing::{Sample, at, choose, same},
};

fn book_later(minute: &str, why: &str) -> Command {
    Command::Book { wish: Wish { why_later: why.into(), ..wish(minute, "home") }, cause: Cause::default() }
}

fn move_to(minute: &str, cause: Cause) -> Command {
    Command::Book { wish: Wish { why_later: "She works until ten.".into(), ..wish(minute, "home") }, cause }
}

fn cause(by: &str, reason: &str) -> Cause {
    Cause { by: by.into(), reason: reason.into(), ..Cause::default() }
}

fn ask(answer: &str) -> Command {
    Command::Ask { way: "call".into(), answer: answer.into() }
}

fn keep(minute: &str, as_asked: &str, words: &str) -> Command {
    Command::Keep { at: at(minute), as_asked: as_asked.into(), words: words.into() }
}

fn then(sample: Sample, minute: &str, command: Command) -> Sample {
    sample.then(minute, "officer", Change::Appointment(command))
}

fn close(code: &str) -> Change {
    let part = || "So it was.".to_owned();
    Change::Closure(Closing::Close(Form {
        code: code.into(),
        overview: part(),
        updates: part(),
        action: part(),
        outcome: part(),
        ..Form::default()
    }))
}

fn appointments(sample: &Sample) -> &Appointments {
    &sample.standing().appointments
}

fn last(sample: &Sample) -> &Outcome {
    appointments(sample).all.last().unwrap().outcome.as_ref().unwrap()
}

#[test]
fn officers_are_sent_to_what_cannot_wait_and_what_is_not_assessed_is_not_booked() {
    for grade in [Grade::Immediate, Grade::Prompt] {
        let told = does(&mut sample(grade, &[]), "20:10", book("21:00", "home"));
        same(&told, Err(("slot", "officers are sent to it now")), grade.words());
    }
    let mut unassessed = Sample(Sample::opened(Grade::Standard, &[]).0, sample(Grade::Standard, &[]).1);
    same(&does(&mut unassessed, "20:10", book("21:00", "home")), Err(("slot", "THRIVE")), "not assessed");
    let mut closed = sample(Grade::OtherResolution, &[]).then("20:08", "officer", close("SC01"));
    let told = does(&mut closed, "20:10", book("21:00", "home"));
    assert!(told.is_err_and(|refusal| refusal.sentence.contains("closed")), "a closed incident");
}

#[test]
fn who_is_protected_gets_the_earliest_unless_they_wish_a_later_one() {
    let domestic = || then(sample(Grade::Standard, &["domestic"]), "20:06", ask("no_preference"));
    let cases = [
        (book("21:00", "home"), Ok("booked")),
        (book("22:00", "home"), Err(("why_later", "the earliest that fits is at"))),
        (book_later("22:00", "She works until ten."), Ok("booked")),
    ];
    for (command, expected) in cases {
        let case = format!("{command:?}");
        same(&does(&mut domestic(), "20:10", command), expected, &case);
    }
    // Nobody waits longer than the standard without wishing to: 72 hours for the others.
    let mut late = sample(Grade::Standard, &[]);
    late.1.free = vec![Slot {
        place: Place {
            starts_at: at("20:11") + jiff::SignedDuration::from_hours(72),
            ..slot("21:00", 0, None).place
        },
        ..slot("21:00", 0, None)
    }];
    let chosen = Chosen::of(&late.1.free[0]);
    let command = |why: &str| Command::Book {
        wish: Wish { slot: Some(chosen.clone()), why_later: why.into(), ..wish("21:00", "home") },
        cause: Cause::default(),
    };
    same(&does(&mut late, "20:10", command("")), Err(("why_later", "longer than 72 hours")), "too late");
    same(&does(&mut late, "20:11", command("")), Ok("booked"), "just in time");
}

#[test]
fn a_listed_offence_is_not_booked_before_they_were_asked_by_whom() {
    let listed = || sample(Grade::Standard, &["domestic"]);
    same(&does(&mut listed(), "20:10", book("21:00", "home")), Err(("answer", "section 8")), "nobody asked");
    for (answer, minute, expected) in [
        ("no_preference", "21:00", Ok("booked")),
        ("man", "21:00", Ok("booked")),
        ("woman", "22:00", Ok("booked")),
        ("woman", "21:00", Err(("slot", "a woman for the interview"))),
        ("woman", "23:00", Err(("slot", "a woman for the interview"))),
        ("maybe", "21:00", Err(("answer", "No preference"))),
    ] {
        let asked = Some(("call".into(), answer.into()));
        let wish = Wish { why_later: "She works until then.".into(), asked, ..wish(minute, "home") };
        let command = Command::Book { wish, cause: Cause::default() };
        let mut sample = listed();
        same(&does(&mut sample, "20:10", command), expected, &format!("{answer} at {minute}"));
        if answer == "woman" && minute == "22:00" {
            assert_eq!(appointments(&sample).all[0].booking.gender, Some(Gender::Woman));
        }
    }
    let except =
        |ground: &str| Command::Except { ground: ground.into(), reason: "None within the week.".into() };
    let asked = then(listed(), "20:06", ask("woman"));
    same(&does(&mut asked.clone(), "20:07", except("c")), Err(("ground", "two grounds")), "no ground");
    let mut excepted = then(asked, "20:07", except("not_practicable"));
    same(&does(&mut excepted, "20:10", book("21:00", "home")), Ok("booked"), "excepted");
    // Asked again, the exception is gone.
    let again = then(then(listed(), "20:07", except("prejudice")), "20:08", ask("woman"));
    assert_eq!(appointments(&again).excepted, None);
    let mut free = then(listed(), "20:06", ask("no_preference"));
    same(
        &does(&mut free, "20:07", except("prejudice")),
        Err(("ground", "nothing to make an exception")),
        "none",
    );
}

#[test]
fn each_ends_in_one_outcome_that_says_whose_it_was() {
    let booked = || then(sample(Grade::Standard, &[]), "20:10", book("21:00", "home"));
    let police = || cause("police", "no_officer");
    let cases = [
        ("20:30", Command::Cancel { cause: police() }, Ok("cancelled")),
        ("20:30", Command::Cancel { cause: cause("caller", "not_wanted") }, Ok("cancelled")),
        (
            "20:30",
            Command::Cancel { cause: cause("caller", "no_officer") },
            Err(("reason", "can be the caller")),
        ),
        ("20:30", Command::Cancel { cause: cause("nobody", "no_officer") }, Err(("by", "whose doing"))),
        ("20:30", Command::Cancel { cause: cause("police", "other") }, Err(("words", "in words"))),
        ("21:00", Command::Cancel { cause: police() }, Err(("by", "which is past"))),
        ("20:30", Command::Miss { cause: police() }, Err(("by", "still to come"))),
        ("21:00", Command::Miss { cause: police() }, Ok("missed")),
        ("21:05", Command::Miss { cause: cause("caller", "not_there") }, Ok("missed")),
        ("21:05", keep("21:04", "", ""), Ok("kept")),
        ("21:05", keep("21:06", "", ""), Err(("at", "still to come"))),
        ("21:05", keep("20:09", "", ""), Err(("at", "before it was booked"))),
        ("20:30", keep("20:20", "", ""), Ok("kept")),
        ("20:30", move_to("22:00", cause("caller", "another_time_wanted")), Ok("rescheduled")),
        ("20:30", move_to("21:00", cause("caller", "another_time_wanted")), Err(("slot", "already"))),
        ("21:00", move_to("22:00", cause("caller", "another_time_wanted")), Err(("by", "which is past"))),
    ];
    for (minute, command, expected) in cases {
        let case = format!("{minute} {command:?}");
        let mut sample = booked();
        same(&does(&mut sample, minute, command), expected, &case);
        let again = does(&mut sample, "23:30", Command::Cancel { cause: police() });
        assert!(again.is_err(), "{case}: it ended, or is past, and cannot be cancelled: {again:?}");
    }
    let mut none = sample(Grade::Standard, &[]);
    same(&does(&mut none, "20:10", keep("20:10", "", "")), Err(("incident", "no appointment")), "none");
    let kept = then(booked(), "21:20", keep("21:17", "", ""));
    assert_eq!(
        *last(&kept),
        Outcome::Kept { at: at("21:17"), late_by_minutes: 17, is_late: true, as_asked: None }
    );
    let in_time = then(booked(), "21:20", keep("21:15", "", ""));
    assert_eq!((last(&in_time).as_str(), last(&kept).as_str()), ("kept", "late"), "15 minutes are tolerated");
    let moved = then(booked(), "20:30", move_to("22:00", cause("caller", "another_time_wanted")));
    let first = appointments(&moved).all[0].outcome.clone();
    assert_eq!(first, Some(Outcome::Rescheduled { at: at("20:30"), by: Party::Caller, to: 1 }));
}

#[test]
fn police_move_one_as_often_as_the_standard_has_it_and_tell_who_is_protected() {
    let booked = then(sample(Grade::Standard, &[]), "20:10", book("21:00", "home"));
    let police = || cause("police", "no_officer");
    let moved = then(then(booked, "20:20", move_to("22:00", police())), "20:30", move_to("21:00", police()));
    let mut third = moved.clone();
    same(&does(&mut third, "20:40", move_to("22:00", police())), Err(("by", "2 times")), "a third time");
    same(
        &does(&mut third, "20:40", move_to("22:00", cause("caller", "another_time_wanted"))),
        Ok("rescheduled"),
        "the caller may",
    );
    let allowed = then(moved, "20:35", Command::Allow { reason: "A flood; all units are out.".into() });
    same(&does(&mut allowed.clone(), "20:40", move_to("22:00", police())), Ok("rescheduled"), "allowed");

    // A way round: to send officers at once, to send nobody, and to book anew.
    let booked = then(sample(Grade::Standard, &[]), "20:10", book("21:00", "home"));
    let moved = then(booked, "20:20", move_to("22:00", police()));
    let converted = moved.then("20:25", "officer", choose(Grade::Prompt));
    let lowered = converted.then("20:26", "officer", choose(Grade::Standard)).assessed("20:27", 6);
    let mut again = then(lowered, "20:30", book("21:00", "home"));
    same(&does(&mut again, "20:40", move_to("22:00", police())), Err(("by", "2 times")), "converted");

    let domestic = then(sample(Grade::Standard, &["domestic"]), "20:06", ask("no_preference"));
    let domestic = then(domestic, "20:10", book("21:00", "home"));
    let mut silent = domestic.clone();
    same(
        &does(&mut silent, "20:20", Command::Cancel { cause: police() }),
        Err(("told", "has to be told")),
        "silent",
    );
    let told = Cause { told: "call".into(), ..police() };
    same(
        &does(&mut silent, "20:20", Command::Cancel { cause: told.clone() }),
        Err(("by", "Ask a supervisor")),
        "not once",
    );
    let allowed = then(domestic, "20:15", Command::Allow { reason: "The officer was injured.".into() });
    same(&does(&mut allowed.clone(), "20:20", Command::Cancel { cause: told }), Ok("cancelled"), "allowed");
}

#[test]
fn booking_closes_nothing_and_who_was_left_waiting_is_not_closed_away() {
    let booked = then(sample(Grade::Standard, &[]), "20:10", book("21:00", "home"));
    let closes = |sample: &Sample, minute: &str| sample.clone().told(minute, "officer", close("SC01"));
    same(&closes(&booked, "20:15"), Err(("code", "booking closes nothing")), "to come");
    for (command, expected) in [
        (keep("21:00", "", ""), Ok("closed")),
        (Command::Miss { cause: cause("caller", "not_there") }, Ok("closed")),
        (Command::Miss { cause: cause("police", "no_officer") }, Err(("code", "did not keep"))),
    ] {
        let ended = then(booked.clone(), "21:05", command.clone());
        same(&closes(&ended, "21:10"), expected, &format!("{command:?}"));
    }
    let missed = Command::Miss { cause: cause("police", "no_officer") };
    let settled = then(
        then(booked, "21:05", missed),
        "21:06",
        Command::NotWanted { reason: "He came to the station.".into() },
    );
    same(&closes(&settled, "21:10"), Ok("closed"), "not wanted");
}

#[test]
fn a_missed_one_of_somebody_protected_is_assessed_anew_and_told_the_same_day() {
    let domestic = then(sample(Grade::Standard, &["domestic"]), "20:06", ask("no_preference"));
    let booked = then(domestic, "20:10", book("21:00", "home"));
    assert_eq!(booked.queued().waits, Waits::Appointment);
    assert_eq!(booked.queued().clock.unwrap().due_at, at("21:15"), "the alert");
    let late = then(booked.clone(), "23:30", Command::Miss { cause: cause("police", "no_officer") });
    assert_eq!(late.queued().promised.unwrap().due_at, at("23:30") + jiff::SignedDuration::from_hours(1));
    let missed = then(booked.clone(), "21:20", Command::Miss { cause: cause("police", "not_seen_in_diary") });
    let queued = missed.queued();
    assert!(queued.debts.iter().any(|debt| debt.words.contains("police missed")), "{:?}", queued.debts);
    assert_eq!(queued.promised.map(|clock| clock.due_at), Some(at("23:59")), "told the same day");
    assert_eq!(queued.waits, Waits::Appointment);
    let again = missed.clone().assessed("21:30", 6);
    assert!(again.queued().debts.is_empty(), "{:?}", again.queued().debts);
    // It is booked again at once: nobody waits for the paperwork.
    let mut rebooked = missed;
    same(
        &does(&mut rebooked, "21:25", book("22:00", "home")),
        Err(("why_later", "the earliest")),
        "21:00 is offered",
    );
    rebooked.1.free.remove(0);
    same(&does(&mut rebooked, "21:25", book("22:00", "home")), Ok("booked"), "again");
    let theirs = then(booked, "21:20", Command::Miss { cause: cause("caller", "not_there") });
    assert!(theirs.queued().debts.is_empty() && theirs.queued().promised.is_none());
}

#[test]
fn who_asked_for_a_woman_is_said_to_have_been_interviewed_by_one_or_not() {
    let listed = then(sample(Grade::Standard, &["domestic"]), "20:06", ask("woman"));
    let booked = then(listed, "20:10", book_later("22:00", "She works until ten."));
    for (as_asked, words, expected) in [
        ("", "", Err(("as_asked", "asked for a woman"))),
        ("yes", "", Ok("kept")),
        ("no", "", Err(("words", "Say why"))),
        ("no", "She was called away.", Ok("kept")),
    ] {
        let mut sample = booked.clone();
        same(&does(&mut sample, "22:10", keep("22:05", as_asked, words)), expected, as_asked);
    }
}

#[test]
fn what_turns_out_to_be_listed_after_it_was_booked_owes_the_question() {
    let booked = then(sample(Grade::Standard, &[]), "20:10", book_later("22:00", "They wish it."));
    let mut early = booked.clone();
    same(
        &does(&mut early, "20:30", keep("20:30", "", "")),
        Err(("at", "more than 60 minutes later")),
        "early",
    );
    let kind = Kind { incident_type: "alarm".into(), qualifiers: vec!["sexual".into()] };
    let classify = Change::Incident(Itself::Classify { kind, reason: "She says so now.".into() });
    let listed = booked.then("20:20", "officer", classify).assessed("20:21", 6);
    let unasked = then(listed.clone(), "21:20", Command::Allow { reason: "A flood.".into() });
    same(
        &does(&mut unasked.clone(), "22:05", keep("22:00", "", "")),
        Err(("words", "Nobody asked them")),
        "unasked",
    );
    // It is protected now, whatever it was when it was booked.
    let silent = Command::Cancel { cause: cause("police", "no_officer") };
    same(&does(&mut unasked.clone(), "21:30", silent), Err(("told", "has to be told")), "silent");
    let missed = then(unasked, "22:10", Command::Miss { cause: cause("police", "no_officer") });
    assert!(
        missed.queued().promised.is_some()
            && missed.queued().debts.iter().any(|debt| debt.words.contains("THRIVE"))
    );
    let owes = |sample: &Sample| sample.queued().debts.iter().any(|debt| debt.words.contains("by whom"));
    assert!(owes(&listed));
    assert!(!owes(&then(listed, "20:22", ask("woman"))));
}

#[test]
fn an_appointment_that_was_converted_is_not_closed_away_before_somebody_came() {
    use crate::response::rules::Command::{Arrive, DecideAttendance, Dispatch, Result};
    let converted = || {
        then(sample(Grade::Standard, &[]), "20:10", book("21:00", "home")).then(
            "20:20",
            "officer",
            choose(Grade::Prompt),
        )
    };
    let respond =
        |sample: Sample, minute: &str, command| sample.then(minute, "officer", Change::Response(command));
    let sign = || "KM21".to_owned();
    let sent = || respond(converted(), "20:25", Dispatch { call_sign: sign(), at: at("20:25") });
    let back = |sample, result: &str| {
        let (result, words) = (result.to_owned(), String::new());
        respond(sample, "20:50", Result { call_sign: sign(), at: at("20:50"), result, words })
    };
    let there = || respond(sent(), "20:40", Arrive { call_sign: sign(), at: at("20:40") });
    let policy = DecideAttendance { policy: 1, is_excepted: false, reason: "No second sign.".into() };
    for (case, sample, expected) in [
        ("nobody was sent", converted(), Err(("code", "did not keep"))),
        ("they turned back", back(sent(), "stood_down"), Err(("code", "did not keep"))),
        ("they were there", back(there(), "dealt_with"), Ok("closed")),
        ("by policy none is sent", respond(converted(), "20:30", policy), Ok("closed")),
        (
            "not wanted",
            then(converted(), "20:30", Command::NotWanted { reason: "He left.".into() }),
            Ok("closed"),
        ),
    ] {
        same(&sample.clone().told("21:00", "officer", close("SC01")), expected, case);
    }
}

#[test]
fn what_becomes_urgent_is_no_appointment_any_more() {
    for grade in [Grade::Immediate, Grade::Prompt] {
        let mut booked = then(sample(Grade::Standard, &[]), "20:10", book("21:00", "home"));
        booked.told("20:20", "officer", choose(grade)).unwrap();
        assert_eq!(*last(&booked), Outcome::Converted { at: at("20:20") });
        assert_eq!(booked.queued().waits, Waits::Dispatch);
        // What was missed before is not made undone by sending officers now.
        let mut missed = then(sample(Grade::Standard, &[]), "20:10", book("21:00", "home"));
        missed.told("21:30", "officer", choose(grade)).unwrap();
        assert!(appointments(&missed).pending().is_some());
        let miss = Command::Miss { cause: cause("police", "no_officer") };
        same(&does(&mut missed, "21:35", miss), Ok("missed"), "it is told all the same");
    }
}
