//! Which place is taken or held: tables of cases.

use contact::grade::Grade;
use diary::place::{Gender, Place, Slot};
use journal::Refusal;

use super::{
    booking::{Wish, to_hold},
    rules::{Cause, Command},
    samples::{book, does, sample, slot, wish},
};
use crate::{
    change::Change,
    closure::rules::{Command as Closing, Form},
    testing::{Sample, at, same},
};

fn held(sample: &Sample, minute: &str, held: &[Place], wish: &Wish) -> Result<i64, Refusal> {
    to_hold(at(minute), sample.standing(), &sample.1, held, wish).map(|slot| slot.place.officer)
}

#[test]
fn a_place_is_booked_where_the_diary_offers_it() {
    let cases = [
        (book("21:00", "home"), Ok("booked")),
        (book("22:00", "station"), Ok("booked")),
        (book("21:00", "video"), Err(("mode", "At home is possible"))),
        (book("21:00", "pigeon"), Err(("mode", "how they are seen"))),
        (book("20:00", "home"), Err(("slot", "is past"))),
        (book("21:30", "home"), Err(("slot", "has just been taken"))),
        (
            Command::Book { wish: Wish { slot: None, ..wish("21:00", "home") }, cause: Cause::default() },
            Err(("slot", "Choose a time")),
        ),
    ];
    for (command, expected) in cases {
        let case = format!("{command:?}");
        same(&does(&mut sample(Grade::Standard, &[]), "20:10", command), expected, &case);
    }
    let mut none = sample(Grade::Standard, &[]);
    none.1.is_in_diary = false;
    let told = does(&mut none, "20:10", book("21:30", "home"));
    same(&told, Err(("slot", "there is no shift, or it is blocked")), "a holiday");
}

#[test]
fn a_time_is_held_for_whom_it_would_be_booked_and_nobody_holds_a_whole_diary() {
    let open = sample(Grade::Standard, &[]);
    let asked = |answer: &str| Wish { asked: Some(("call".into(), answer.into())), ..wish("22:00", "home") };
    let place = |minute: &str| slot(minute, 0, None).place;
    let three: Vec<Place> = ["18:00", "18:30", "19:00"].map(place).into();
    let with_own = [&three[1..], &[slot("22:00", 1, None).place]].concat();
    for (minute, others, wish, expected) in [
        ("20:10", &[][..], wish("21:00", "home"), Ok(0)),
        ("20:10", &[], asked("woman"), Ok(1)),
        ("20:10", &[], asked("man"), Ok(0)),
        ("20:10", &three[..2], asked("woman"), Ok(1)),
        ("20:10", &three[..], asked("woman"), Err("Enough times are held")),
        ("20:10", &with_own[..], asked("woman"), Ok(1)),
        ("20:10", &[], wish("21:00", "video"), Err("nobody is free who fits")),
        ("21:00", &[], wish("21:00", "home"), Err("is past")),
        ("20:10", &[], wish("21:30", "home"), Err("just been taken")),
        ("20:10", &[], Wish { slot: None, ..wish("21:00", "home") }, Err("Choose a time")),
    ] {
        let told = held(&open, minute, others, &wish);
        match (&told, expected) {
            (Ok(officer), Ok(expected)) => assert_eq!(*officer, expected, "{wish:?}"),
            (Err(refusal), Err(words)) => {
                assert!(refusal.field == "slot" && refusal.sentence.contains(words), "{wish:?}: {refusal}");
            }
            _ => panic!("{wish:?}: {told:?} instead of {expected:?}"),
        }
    }
    let part = || "So it was.".to_owned();
    let (overview, updates, action, outcome) = (part(), part(), part(), part());
    let form = Form { code: "SC01".into(), overview, updates, action, outcome, ..Form::default() };
    let closed =
        sample(Grade::OtherResolution, &[]).then("20:08", "officer", Change::Closure(Closing::Close(form)));
    let told = held(&closed, "20:10", &[], &wish("21:00", "home"));
    assert!(told.is_err_and(|refusal| refusal.sentence.contains("It is closed")));
}

#[test]
fn the_officer_who_is_asked_for_least_is_taken_first() {
    let mut three = sample(Grade::Standard, &[]);
    let trained = Slot { skills: vec!["sexual_offences".into()], ..slot("21:00", 0, Some(Gender::Man)) };
    three.1.free = vec![trained, slot("21:00", 1, Some(Gender::Woman)), slot("21:00", 2, Some(Gender::Man))];
    let command = Command::Book { wish: wish("21:00", "home"), cause: Cause::default() };
    let booked = three.then("20:10", "officer", Change::Appointment(command));
    assert_eq!(booked.standing().appointments.all[0].booking.place.officer, 2);
}
