//! What happens to an appointment is said to whom it is for, through the gate; and the diary’s calendar feed, which
//! anybody may see who has its address, says nothing of them.

mod common;
#[path = "common/seen.rs"]
mod seen;

use axum::{
    Extension, Router,
    body::{Body, to_bytes},
    http::Request,
};
use common::{at, call, opening, who};
use contact::{
    contact::rules::{Caller, Command as Contact},
    grade::Grade,
    preference::rules::{Command as Wishing, Preference, Unsafe, Way},
    thrive::rules::{Assessment, Command as Assess, Considered, Element, Level},
};
use diary::{
    diary::pages::Taken,
    feed::{
        rows::Feeds,
        rules::{Command as Feed, Known},
    },
};
use incident::{
    Change,
    appointment::{
        booking::{Chosen, Wish},
        rules::{Cause, Command},
    },
    incident::rules::{Command as Incident, Kind},
};
use jiff::{SignedDuration, Timestamp};
use journal::{Id, Journal, Tx, act};
use message::message::{
    list::rows::of_incident,
    rows::folded,
    rules::{Message, State},
};
use tower::ServiceExt;

async fn begun(tx: &mut Tx, number: &str, unsafe_way: Option<Way>, is_stalking: bool) -> Id {
    let (id, contact) = (Id::new(at(20)), call(tx, at(20), number).await);
    let advisor = who("advisor");
    let caller = Caller { name: "Canary Wren".to_owned().into(), ..Caller::default() };
    let described = Contact::Describe(caller);
    let stored = contact::contact::rows::change(tx, &advisor.actor, at(20), &contact, described).await;
    stored.expect("the database answers").expect("they are described");
    if let Some(way) = unsafe_way {
        let rule = Unsafe { way, to: None, hours: None, why: "He reads it.".to_owned().into() };
        let given = Preference {
            preferred: vec![],
            unsafe_ways: vec![rule],
            safe_hours: None,
            interviewer: String::new(),
        };
        let give = Wishing::Give(given);
        let stored = contact::preference::rows::change(tx, &advisor.actor, at(20), &contact, give).await;
        stored.expect("the database answers").expect("it is said");
    }
    let opening = opening(contact, Grade::Standard);
    let stored = incident::open(tx, &advisor, at(20), &id, opening).await;
    stored.expect("the database answers").expect("it is opened");
    if is_stalking {
        let kind = Kind { incident_type: "stalking".to_owned(), qualifiers: vec![] };
        let classify = Incident::Classify { kind, reason: "She says so".to_owned() };
        let stored = incident::change(tx, &advisor, at(20), &id, Change::Incident(classify)).await;
        stored.expect("the database answers").expect("it is classified");
    }
    let one = |element| {
        (element, Considered { level: Level::NoneIdentified, narrative: "Alone".to_owned().into() })
    };
    let elements = Element::ALL.into_iter().map(one).collect();
    let change = "First".to_owned().into();
    let assess = Change::Thrive(Assess::Assess(Assessment { elements, change, ..Assessment::default() }));
    let stored = incident::change(tx, &advisor, at(20), &id, assess).await;
    stored.expect("the database answers").expect("it is assessed");
    id
}

/// When the slot of that hour begins.
fn begins_at(hour: i64) -> Timestamp {
    let first: Timestamp = "2026-11-22T08:00:00Z".parse().expect("a moment");
    first + SignedDuration::from_hours(hour)
}

fn book(diary: &Id, hour: i64) -> Command {
    let slot = Chosen { diary: diary.clone(), shift: 0, starts_at: begins_at(hour) };
    let wish =
        Wish { slot: Some(slot), mode: "station".into(), why_later: "They wish it.".into(), asked: None };
    Command::Book { wish, cause: cause("caller", "another_time_wanted") }
}

fn cause(by: &str, reason: &str) -> Cause {
    Cause { by: by.into(), reason: reason.into(), told: "call".into(), ..Cause::default() }
}

async fn step(tx: &mut Tx, minute: usize, id: &Id, command: Command) {
    let stored = incident::change(tx, &who("advisor"), at(minute), id, Change::Appointment(command)).await;
    stored.expect("the database answers").expect("it happens");
}

async fn messages(journal: &Journal, id: &Id) -> Vec<Message> {
    let mut read = journal.read().await.expect("it begins");
    let mut all = Vec::new();
    for one in of_incident(&mut read, id).await.expect("it reads") {
        let history = journal::history(&mut read, &one.id, journal::OPEN_END).await.expect("it reads");
        all.push(folded(&history).expect("it folds").expect("it was composed"));
    }
    all
}

/// The diary’s feed, as a calendar program reads it.
async fn feed(journal: &Journal, diary: &Id) -> String {
    let secret = web::feed_secret();
    let hash = web::feed_hash("diary feed", &secret);
    let mut tx = journal.begin().await.expect("it begins");
    let open = Feed::Open { diary: diary.clone(), hash, name: "Wall".into() };
    let actor = who("manager").actor;
    let stored = act::<Feeds>(&mut tx, &actor, at(40), &Id::new(at(40)), &Known::default(), open).await;
    stored.expect("the database answers").expect("it is opened");
    tx.commit().await.expect("it is committed");
    let app: Router = diary::routes()
        .layer(Extension(Taken(incident::appointment::rows::taken_of)))
        .with_state(web::Site { journal: journal.clone(), clock: || at(40) });
    let request = Request::get(format!("/feeds/diary/{secret}.ics")).body(Body::empty()).expect("a request");
    let answer = app.oneshot(request).await.expect("an answer");
    let body = to_bytes(answer.into_body(), 1 << 20).await.expect("a body");
    String::from_utf8(body.to_vec()).expect("it is text")
}

#[tokio::test]
async fn what_happens_to_an_appointment_is_said_or_held_back_and_the_feed_tells_nobody() {
    for t in journal::testing::engines().await {
        let diary = seen::diary(&t.journal, at(0)).await;
        for (hour, unsafe_way) in [(0, None), (4, Some(Way::Text)), (8, Some(Way::Shown))] {
            let mut tx = t.journal.begin().await.expect("it begins");
            let id = begun(&mut tx, &format!("07700 90099{hour}"), unsafe_way, false).await;
            step(&mut tx, 21, &id, book(&diary, hour)).await;
            step(&mut tx, 22, &id, book(&diary, hour + 2)).await;
            step(&mut tx, 23, &id, Command::Cancel { cause: cause("police", "no_officer") }).await;
            tx.commit().await.expect("it is committed");
            let said = messages(&t.journal, &id).await;
            let templates: Vec<&str> = said.iter().map(|one| one.said.template.as_str()).collect();
            assert_eq!(templates, ["appointment_booked", "appointment_moved", "appointment_cancelled"]);
            // It is of no use after the appointment; who heard of it too late is called.
            let until: Vec<_> = said.iter().map(|one| one.said.not_after).collect();
            assert_eq!(until, [Some(begins_at(hour)), Some(begins_at(hour)), Some(begins_at(hour + 2))]);
            for one in &said {
                // Nobody gave an e-mail address: where a text is unsafe there is no way.
                let is_held = unsafe_way == Some(Way::Text);
                assert_eq!(one.state == State::HeldBack, is_held, "{:?}: {one:?}", t.engine);
                assert_eq!(one.said.is_discreet, unsafe_way.is_some());
                assert!(!one.said.body.shown().contains("Canary"), "{one:?}");
                let says_where = one.said.body.shown().contains("Shore Street");
                assert!(unsafe_way.is_none() || !says_where, "{one:?}");
            }
            let moved = format!("22 November 2026, {:02}:00", 10 + hour);
            assert!(said[1].said.body.shown().contains(&moved), "{:?}", said[1]);
            let mut tx = t.journal.begin().await.expect("it begins");
            step(&mut tx, 24, &id, book(&diary, hour)).await;
            tx.commit().await.expect("it is committed");
            let told = feed(&t.journal, &diary).await;
            assert!(told.contains("1 of 2 taken"), "the appointment is in the feed: {told}");
            for canary in ["90099", "Canary", "Leith", "4 Shore"] {
                assert!(!told.contains(canary), "the feed tells {canary}: {told}");
            }
        }
    }
}

#[tokio::test]
async fn whom_the_force_protects_is_written_to_only_where_somebody_asked_how() {
    for t in journal::testing::engines().await {
        let diary = seen::diary(&t.journal, at(0)).await;
        for (hour, asked, said) in [(0, None, 0), (4, Some(Way::Shown), 1)] {
            let mut tx = t.journal.begin().await.expect("it begins");
            let id = begun(&mut tx, &format!("07700 90098{hour}"), asked, true).await;
            step(&mut tx, 21, &id, book(&diary, hour)).await;
            tx.commit().await.expect("it is committed");
            assert_eq!(messages(&t.journal, &id).await.len(), said, "{asked:?}");
        }
    }
}
