//! Random lives of contacts, how they may be reached and their assessments: rows are the fold, on both engines.

use contact::{
    Memory, TABLES,
    contact::{
        rows::{self, Contacts, Filter},
        rules::{Arrival, Caller, Channel, Command, Contact, Earlier, Link, Location, Purpose, State, apply},
    },
    preference::{
        self,
        rules::{Command as Prefer, Preference, Unsafe, Way},
    },
    refold,
    thrive::{
        self,
        rules::{Assessment, Command as Assess, Considered, Element, Level, Thrive},
    },
};
use jiff::{SignedDuration, Timestamp, civil::time};
use journal::{Actor, Id, Journal, Private, Tx, act, clear, dump, entries, head, recall, reference_seq};

fn now() -> Timestamp {
    "2026-11-21T20:30:00Z".parse().expect("a moment")
}

fn who() -> Actor {
    Actor { who: "tester".into(), role: "service_advisor".into(), task: "Live".into() }
}

/// A small random source, so that a failure can be run again from its printed seed.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    fn one<T: Clone>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.below(all.len() as u64)).expect("few")].clone()
    }

    fn words(&mut self) -> String {
        self.one(&["", "Mòrag Bàn", "Łukasz Żak", "محمد", "0131 496 0123", "He is at the door.\nStill."])
            .to_owned()
    }

    fn seconds_ago(&mut self) -> Timestamp {
        now() - SignedDuration::from_secs(i64::try_from(self.below(100_000)).expect("few"))
    }
}

fn arrival(random: &mut Random, number: usize) -> Arrival {
    let arrived_at = random.seconds_ago();
    let channel = random.one(&Channel::ALL);
    Arrival {
        channel,
        option: if channel == Channel::NonEmergency { "4".into() } else { String::new() },
        line: "Govan 3".into(),
        number: random.one(&["", "+441314960123", "0131 496 0124", "withheld"]).to_owned().into(),
        arrived_at,
        answered_at: (random.below(3) > 0).then_some(arrived_at),
        their_reference: if random.below(2) == 0 { String::new() } else { format!("acd-{number}") },
    }
}

fn command(random: &mut Random, others: &[Id]) -> Command {
    match random.below(8) {
        0 => Command::Describe(Caller {
            name: random.words().replace('\n', " ").into(),
            call_back_on: random.one(&["", "0131 496 0125"]).to_owned().into(),
            relation: random.one(&["", "victim", "witness"]).to_owned(),
            needs_interpreter: random.below(2) == 0,
            ..Caller::default()
        }),
        1 => Command::Locate(Location {
            words: random.words().replace('\n', " ").into(),
            place: random.one(&["", "906000001"]).to_owned().into(),
            division: random.one(&["", "D", "E"]).to_owned(),
            is_rural: random.one(&[None, Some(true), Some(false)]),
            ..Location::default()
        }),
        2 => Command::Tell { words: format!("{} {}", random.words(), random.below(9)) },
        3 => Command::Link(Link {
            to: random.one(others),
            kind: Earlier::Contact,
            purpose: random.one(&Purpose::ALL),
            evidence: vec!["same number".into()],
        }),
        4 => Command::Unlink { to: random.one(others), reason: "Another person.".into() },
        5 => Command::Attach { incident: random.one(others) },
        6 => Command::Check { checks: vec![random.one(&["safety_advice", "told_next"]).to_owned()] },
        7 => Command::Code { why: random.one(&["F04", "F15", "X1", ""]).to_owned() },
        _ => Command::End { at: now(), outcome: "advice".into() },
    }
}

fn preference(random: &mut Random) -> Preference {
    let hours = random.one(&[None, Some((time(22, 0, 0, 0), time(6, 30, 0, 0)))]);
    let to = random.one(&[None, Some(Private::Known("+441314960123".to_owned()))]);
    let way = random.one(&Way::ALL);
    Preference {
        preferred: Way::ALL.into_iter().filter(|one| *one != way).take(2).collect(),
        unsafe_ways: vec![Unsafe { way, to, hours, why: random.words().into() }],
        safe_hours: hours,
        interviewer: random.one(&["", "woman"]).to_owned(),
    }
}

fn assessment(random: &mut Random) -> Assessment {
    let mut made = Assessment { change: "Again.".to_owned().into(), ..Assessment::default() };
    for element in Element::ALL {
        if random.below(4) > 0 {
            let narrative = "Because. ".to_owned() + &random.words();
            made.elements
                .insert(element, Considered { level: random.one(&Level::ALL), narrative: narrative.into() });
        }
    }
    made.markers = random.one(&[vec![], vec!["alone".to_owned(), "weapons".to_owned()]]);
    made.for_want_of_ambulance = random.below(2) == 0;
    made.clinical_assessment_made = random.one(&[None, Some(true)]).filter(|_| made.for_want_of_ambulance);
    made
}

/// Lives some contacts; gives their identities, and how many commands were refused and done.
async fn live(journal: &Journal, random: &mut Random) -> (Vec<Id>, usize, usize) {
    let (mut ids, mut refused, mut done) = (Vec::new(), 0, 0);
    for number in 0..20 {
        let (id, arrival) = (Id::new(now()), arrival(random, number));
        let begin = if arrival.answered_at.is_none() && random.below(2) == 0 {
            let at = (arrival.arrived_at + SignedDuration::from_mins(3)).min(now());
            Command::Discontinue { at, ended_by: "caller".into(), arrival }
        } else {
            Command::Receive(arrival)
        };
        let mut tx = journal.begin().await.expect("it begins");
        rows::change(&mut tx, &who(), now(), &id, begin).await.expect("it answers").expect("it is received");
        ids.push(id);
        tx.commit().await.expect("it is committed");
    }
    for _ in 0..200 {
        let id = random.one(&ids);
        let mut tx = journal.begin().await.expect("it begins");
        let stored = match random.below(8) {
            0 => prefer(&mut tx, &id, preference(random)).await,
            1 => {
                let command = Assess::Assess(assessment(random));
                thrive::rows::change(&mut tx, &who(), now(), &id, None, command).await
            }
            _ => rows::change(&mut tx, &who(), now(), &id, command(random, &ids)).await,
        };
        match stored.expect("the database answers") {
            Ok(_) => done += 1,
            Err(_) => refused += 1,
        }
        tx.commit().await.expect("it is committed");
    }
    (ids, refused, done)
}

async fn prefer(tx: &mut Tx, id: &Id, preference: Preference) -> rows::Stored {
    preference::rows::change(tx, &who(), now(), id, Prefer::Give(preference)).await
}

#[tokio::test]
async fn rows_are_the_fold_of_the_journal() {
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0x5EED_4242_0000_7777);
    for t in journal::testing::engines().await {
        eprintln!("SEED={seed} on {:?}", t.engine);
        let (ids, refused, done) = live(&t.journal, &mut Random(seed)).await;
        assert!(refused > 10 && done > 100, "both are reached: {refused} refused, {done} done");
        let mut tx = t.journal.begin().await.expect("it begins");
        let mut given_up = 0;
        for id in &ids {
            let contact: Option<Contact> = recall(&mut tx, id, apply).await.expect("it recalls").state;
            assert_eq!(rows::one(&mut tx, id).await.expect("it reads"), contact, "{id} on {:?}", t.engine);
            given_up += contact.map_or(0, |contact| contact.given_up.len());
            let said = recall(&mut tx, id, preference::rules::apply).await.expect("it recalls").state;
            assert_eq!(preference::rows::of_contact(&mut tx, id).await.expect("it reads"), said);
            let made: Option<Thrive> =
                recall(&mut tx, id, thrive::rules::apply).await.expect("it recalls").state;
            let latest = thrive::rows::latest(&mut tx, id).await.expect("it reads").map(|(made, _)| made);
            let versions = thrive::rows::versions(&mut tx, id).await.expect("it reads").len();
            assert_eq!(latest, made.clone().map(|made| made.latest));
            assert_eq!(i64::try_from(versions).expect("few"), made.map_or(0, |made| made.versions));
        }
        assert!(given_up > 0, "nobody is recognised");
        let before = dump(&mut tx, &TABLES).await.expect("it reads");
        clear(&mut tx, &TABLES).await.expect("it clears");
        let mut memory = Memory::default();
        let last = head(&mut tx).await.expect("it reads");
        for entry in entries(&mut tx, 0, last).await.expect("it reads") {
            refold(&mut tx, &mut memory, &entry).await.expect("it folds");
        }
        assert_eq!(dump(&mut tx, &TABLES).await.expect("it reads"), before, "on {:?}", t.engine);
    }
}

fn every() -> Filter {
    Filter {
        channel: None,
        state: None,
        with_attempts: true,
        division: String::new(),
        from: None,
        before: None,
        limit: 1_000,
    }
}

#[tokio::test]
async fn each_list_shows_what_fits_newest_first_page_by_page() {
    let seed = 0x5EED_9999_0000_1111;
    for t in journal::testing::engines().await {
        live(&t.journal, &mut Random(seed)).await;
        let mut read = t.journal.read().await.expect("it begins");
        let all = rows::list(&mut read, &every()).await.expect("it reads");
        assert_eq!(all.len(), 20);
        assert!(
            all.is_sorted_by_key(|one| std::cmp::Reverse((one.contact.arrival.arrived_at, one.since_seq)))
        );
        for state in [None, Some(State::Waiting), Some(State::Open), Some(State::Ended), Some(State::Attempt)]
        {
            for channel in [None, Some(Channel::WebForm), Some(Channel::NonEmergency)] {
                for (division, with_attempts) in [("", false), ("D", true), ("E", false)] {
                    let filter =
                        Filter { state, channel, division: division.into(), with_attempts, ..every() };
                    let found = rows::list(&mut read, &filter).await.expect("it reads");
                    let fits = all.iter().filter(|one| {
                        let is = one.contact.state();
                        let its = one.contact.location.as_ref().map_or("", |location| &location.division);
                        state.is_none_or(|state| state == is)
                            && channel.is_none_or(|channel| channel == one.contact.arrival.channel)
                            && (division.is_empty() || division == its)
                            && (with_attempts || state.is_some() || is != State::Attempt)
                    });
                    assert_eq!(found, fits.cloned().collect::<Vec<_>>(), "{filter:?} on {:?}", t.engine);
                }
            }
        }
        let mut paged = Vec::new();
        while paged.len() < 20 {
            let before =
                paged.last().map(|last: &rows::Listed| (last.contact.arrival.arrived_at, last.since_seq));
            let page =
                rows::list(&mut read, &Filter { before, limit: 7, ..every() }).await.expect("it reads");
            assert!(!page.is_empty());
            paged.extend(page);
        }
        assert_eq!(paged, all);
    }
}

#[tokio::test]
async fn contacts_are_found_by_reference_incident_link_and_number() {
    for t in journal::testing::engines().await {
        let mut random = Random(0x5EED_1212_3434_5656);
        let (ids, ..) = live(&t.journal, &mut random).await;
        let mut tx = t.journal.begin().await.expect("it begins");
        let listed = rows::shown(&mut tx, &ids[3]).await.expect("it reads").expect("it is there");
        let seq = reference_seq('C', &listed.reference).expect("it is one");
        assert_eq!(rows::by_reference(&mut tx, seq).await.expect("it reads").as_ref(), Some(&ids[3]));
        let last = head(&mut tx).await.expect("it reads");
        assert_eq!(rows::by_reference(&mut tx, last + 1).await.expect("it reads"), None);
        let some = rows::of_ids(&mut tx, &ids[..4]).await.expect("it reads");
        assert_eq!(some.len(), 4);
        let mut links = 0;
        for id in &ids {
            for (later, link) in rows::linked_to(&mut tx, id).await.expect("it reads") {
                let contact = rows::one(&mut tx, &later).await.expect("it reads").expect("it is there");
                assert!(link.to == *id && contact.links.contains(&link));
                links += 1;
            }
            for of in rows::of_incident(&mut tx, id).await.expect("it reads") {
                assert_eq!(of.contact.incident.as_ref(), Some(id));
            }
        }
        assert!(links > 5, "there are links to find: {links}");
        // How the person is to be reached is found by the number they called from, however it was written.
        let arrival = Arrival { number: "0131 496 0177".to_owned().into(), ..arrival(&mut random, 99) };
        let (id, said) = (Id::new(now()), preference(&mut random));
        rows::change(&mut tx, &who(), now(), &id, Command::Receive(arrival))
            .await
            .expect("it answers")
            .expect("it may");
        prefer(&mut tx, &id, said.clone()).await.expect("it answers").expect("it may");
        assert_eq!(preference::rows::of_person(&mut tx, "+441314960177").await.expect("it reads"), [said]);
        assert!(preference::rows::of_person(&mut tx, "").await.expect("it reads").is_empty());
        // And for an incident: by its contacts, and by every other contact from or for one of their numbers.
        let told = preference::rows::of_person(&mut tx, "+441314960177").await.expect("it reads");
        let later = Arrival { number: "0131 496 0177".to_owned().into(), ..self::arrival(&mut random, 98) };
        let (again, incident) = (Id::new(now()), Id::new(now()));
        for command in [Command::Receive(later), Command::Attach { incident: incident.clone() }] {
            rows::change(&mut tx, &who(), now(), &again, command).await.expect("it answers").expect("it may");
        }
        assert_eq!(preference::rows::of_incident(&mut tx, &incident).await.expect("it reads"), told);
        let other = Id::new(now());
        assert!(preference::rows::of_incident(&mut tx, &other).await.expect("it reads").is_empty());
    }
}

#[tokio::test]
async fn a_link_leads_to_what_is_there() {
    for t in journal::testing::engines().await {
        let (ids, ..) = live(&t.journal, &mut Random(0x5EED_7777_1111_2222)).await;
        let mut tx = t.journal.begin().await.expect("it begins");
        let link = |to: Id, kind| {
            Command::Link(Link { to, kind, purpose: Purpose::Chase, evidence: vec!["by hand".into()] })
        };
        let id = ids[0].clone();
        for (to, kind, told) in [
            (id.clone(), Earlier::Contact, "this contact itself"),
            (Id::new(now()), Earlier::Contact, "no such"),
            (Id::new(now()), Earlier::Incident, "no such"),
            (ids[1].clone(), Earlier::Incident, "no such"),
        ] {
            let known = rows::known(&mut tx, now(), &id, &link(to.clone(), kind)).await.expect("it reads");
            let stored = act::<Contacts>(&mut tx, &who(), now(), &id, &known, link(to, kind)).await;
            let refusal = stored.expect("it answers").expect_err(told);
            assert!(refusal.sentence.contains(told), "{refusal}");
        }
    }
}
