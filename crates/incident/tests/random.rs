//! Random lives of incidents, seeded, on both engines: the rows are the fold of the journal, and so is every queue.

mod common;
#[path = "common/seen.rs"]
mod seen;
#[path = "common/waiting.rs"]
mod waiting;

use common::{at, call, opening, who};
use contact::{
    contact::rules::{Location, Purpose},
    grade::Grade,
    thrive::rules::{Assessment, Command as Assess, Considered, Element, Level},
};
use incident::{
    Acting, Change, Memory, TABLES,
    after::After,
    appointment::{
        booking::{Chosen, Wish},
        life::Outcome,
        list::rows as appointments,
        rules::{Cause, Command as Booking},
    },
    closure::rules::{Command as Closing, Form},
    custody::rules::Command as Handing,
    grade::rules::Command as Grading,
    incident::{
        rows::{all_open, of_unit, one},
        rules::{Command as Itself, Kind, Person},
    },
    promise::rules::Command as Promising,
    queue::rules::queued,
    recall, refold,
    response::rules::Command as Responding,
    unit,
};
use jiff::{SignedDuration, Timestamp};
use journal::{Id, Journal, Private, clear, dump, entries};

/// A small generator of numbers: the same seed gives the same life on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % most
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

/// The whole run multiplies the work (`make soak`).
fn times() -> usize {
    std::env::var("ANSWERABLE_SOAK").ok().and_then(|text| text.parse().ok()).unwrap_or(1)
}

struct Life {
    chance: Chance,
    incidents: Vec<Id>,
    diary: Id,
    happened: usize,
    refused: usize,
}

impl Life {
    async fn step(&mut self, journal: &Journal, minute: usize) {
        let now = at(minute);
        let mut tx = journal.begin().await.expect("a command begins");
        let acting = who(self.chance.pick(&["advisor", "dispatcher", "supervisor one", "supervisor two"]));
        if !self.incidents.is_empty() && self.chance.below(20) == 0 {
            // Its contact is assessed again: it holds only while the incident has no assessment of its own.
            let place = self.chance.below(self.incidents.len());
            let standing =
                incident::recall(&mut tx, &self.incidents[place]).await.expect("the database answers");
            if let Some(attached) = standing.and_then(|one| one.incident.contacts.into_iter().next()) {
                let thrive = Assess::Assess(self.assessment(now));
                let contact = attached.contact;
                contact::thrive::rows::change(&mut tx, &acting.actor, now, &contact, None, thrive)
                    .await
                    .expect("the database answers")
                    .expect("it is assessed");
            }
        }
        let stored = if self.incidents.len() < 3 || self.chance.below(25) == 0 {
            let grade = self.chance.pick(&Grade::ALL);
            let contact = call(&mut tx, now, "0131 496 0123").await;
            if self.chance.below(2) == 0 {
                let thrive = Assess::Assess(self.assessment(now));
                contact::thrive::rows::change(&mut tx, &acting.actor, now, &contact, None, thrive)
                    .await
                    .expect("the database answers")
                    .expect("it is assessed");
            }
            let id = Id::new(now);
            self.incidents.push(id.clone());
            incident::open(&mut tx, &acting, now, &id, opening(contact, grade)).await
        } else {
            self.change(&mut tx, &acting, now).await
        };
        match stored.expect("the database answers") {
            Ok(_) => {
                self.happened += 1;
                tx.commit().await.expect("it is committed");
            }
            // A transaction in which something was refused is dropped: nothing of it stays.
            Err(_) => self.refused += 1,
        }
    }

    async fn change(&mut self, tx: &mut journal::Tx, acting: &Acting, now: Timestamp) -> incident::Stored {
        let place = self.chance.below(self.incidents.len());
        let id = self.incidents[place].clone();
        let change = match self.chance.below(36) {
            0 => {
                let purpose = self.chance.pick(&Purpose::ALL);
                Change::Incident(Itself::Attach { contact: call(tx, now, "0141 496 0999").await, purpose })
            }
            other => self.command(other, now),
        };
        incident::change(tx, acting, now, &id, change).await
    }

    fn command(&mut self, number: usize, now: Timestamp) -> Change {
        let words = |words: &str| words.to_owned();
        let earlier = now - SignedDuration::from_secs(30);
        match number {
            1 => Change::Incident(Itself::Classify {
                kind: self.kind(),
                reason: words("As officers found it"),
            }),
            2 => {
                let division = self.chance.pick(&["E", "G", ""]).to_owned();
                let words = format!("{} Shore Street, Leith", self.chance.below(90)).into();
                Change::Incident(Itself::Locate(Location { words, division, ..Location::default() }))
            }
            3 => Change::Incident(Itself::AddPerson(self.person())),
            4 => {
                Change::Incident(Itself::ChangePerson { number: self.chance.below(3), person: self.person() })
            }
            5 => {
                let warnings = vec![self.chance.pick(&["dog", "weapons", "violent"]).to_owned()];
                Change::Incident(Itself::Warn { warnings })
            }
            6 => {
                let changes_circumstances = self.chance.below(3) == 0;
                Change::Incident(Itself::Log { words: words("Rang again"), changes_circumstances })
            }
            7 => {
                let place = self.chance.below(self.incidents.len());
                Change::Incident(Itself::Link {
                    to: self.incidents[place].clone(),
                    why: words("The same man"),
                })
            }
            8 | 9 => {
                let (grade, rationale) = (self.chance.pick(&Grade::ALL), words("He has left the house."));
                let reason = words("information");
                Change::Grade(Grading::Choose { grade, suggestion: None, rationale, reason })
            }
            10 => Change::Grade(Grading::EndorseDowngrade { words: String::new() }),
            11 => Change::Grade(Grading::RefuseDowngrade { reason: words("Not yet") }),
            12 => {
                let to = self.chance.pick(&["division_e", "control_room_east", "resolution_team"]).to_owned();
                let (new_grade, rationale) = (self.chance.pick(&Grade::ALL), words("He has left the house."));
                let (reason, is_life_at_risk) = (words("review"), self.chance.below(3) == 0);
                let words = String::new();
                Change::Custody(Handing::Offer { to, new_grade, rationale, reason, words, is_life_at_risk })
            }
            13 | 14 => Change::Custody(Handing::Accept),
            15 => {
                Change::Custody(Handing::Return { reason: words("incomplete"), words: words("Where is he?") })
            }
            16 => Change::Response(Responding::Dispatch { call_sign: words("km21"), at: earlier }),
            17 => Change::Response(Responding::Arrive { call_sign: words("KM21"), at: earlier }),
            18 => {
                let result = self.chance.pick(&["dealt_with", "stood_down"]).to_owned();
                let (call_sign, words) = (words("KM21"), words("Both spoken to"));
                Change::Response(Responding::Result { call_sign, at: now, result, words })
            }
            19 => Change::Response(Responding::Review { next_in_minutes: 30, words: words("Still quiet") }),
            20 => Change::Thrive(Assess::Assess(self.assessment(now))),
            21 => Change::Closure(self.close()),
            22 => Change::Closure(Closing::Endorse { words: String::new() }),
            23 => {
                let due_at =
                    now + SignedDuration::from_mins(1 + i64::try_from(self.chance.below(600)).unwrap_or(0));
                let kind = self.chance.pick(&["call_back", "update"]).to_owned();
                Change::Promise(Promising::Make { kind, due_at, words: words("After the shift") })
            }
            24 => Change::Promise(Promising::Fulfil {
                number: self.chance.below(3),
                at: earlier,
                way: words("call"),
                words: String::new(),
            }),
            25 => Change::Promise(Promising::Withdraw {
                number: self.chance.below(3),
                reason: words("She knows"),
            }),
            26 => Change::Closure(Closing::Reopen { reason: words("They rang again") }),
            other => Change::Appointment(self.appointment(other, now)),
        }
    }

    fn appointment(&mut self, number: usize, now: Timestamp) -> Booking {
        let cause = Cause {
            by: self.chance.pick(&["police", "caller"]).to_owned(),
            reason: "not_safe".into(),
            words: "They rang".into(),
            told: "call".into(),
        };
        match number {
            27 => Booking::Ask {
                way: "call".into(),
                answer: self.chance.pick(&["woman", "no_preference"]).into(),
            },
            28 => Booking::Allow { reason: "A flood".into() },
            29 => Booking::Miss { cause },
            30 => Booking::Keep { at: now, as_asked: "yes".into(), words: "A statement was taken".into() },
            31 => Booking::Cancel { cause },
            32 => Booking::NotWanted { reason: "She came by".into() },
            // The next full hour, or one of those after it.
            _ => {
                let hour =
                    (now.as_second() / 3_600 + 1 + i64::try_from(self.chance.below(3)).unwrap_or(0)) * 3_600;
                let starts_at = Timestamp::from_second(hour).expect("a moment");
                let slot = Some(Chosen { diary: self.diary.clone(), shift: 0, starts_at });
                let why_later = "She works until then".to_owned();
                Booking::Book { wish: Wish { slot, mode: "home".into(), why_later, asked: None }, cause }
            }
        }
    }

    fn kind(&mut self) -> Kind {
        let qualifiers = vec![self.chance.pick(&["domestic", "hate", "alcohol"]).to_owned()];
        Kind { incident_type: self.chance.pick(&["alarm", "assault"]).to_owned(), qualifiers }
    }

    fn person(&mut self) -> Person {
        let words = |words: &str| Private::from(words.to_owned());
        let name = self.chance.pick(&["Mòrag Bàn", "Łukasz Nowak", "محمد"]);
        Person {
            name: words(name),
            born: words("1981"),
            number: words("0131 496 0123"),
            role: "witness".into(),
        }
    }

    fn assessment(&mut self, now: Timestamp) -> Assessment {
        let considered = if self.chance.below(3) == 0 { self.chance.below(5) + 1 } else { 6 };
        let level = self.chance.pick(&[Level::NoneIdentified, Level::High]);
        let one = |element| (element, Considered { level, narrative: "Alone".to_owned().into() });
        let elements = Element::ALL.into_iter().take(considered).map(one).collect();
        Assessment { elements, change: format!("At {now}").into(), ..Assessment::default() }
    }

    fn close(&mut self) -> Closing {
        let part = || "All is told.".to_owned();
        let code = self.chance.pick(&["SC01", "SC02", "SC07", "F01"]).to_owned();
        let (overview, updates, action, outcome) = (part(), part(), part(), part());
        Closing::Close(Form { code, overview, updates, action, outcome, ..Form::default() })
    }
}

async fn rows_are_the_fold(journal: &Journal) {
    let mut tx = journal.begin().await.expect("a command begins");
    let before = dump(&mut tx, &TABLES).await.expect("the rows are read");
    clear(&mut tx, &TABLES).await.expect("the rows are emptied");
    let mut memory = Memory::default();
    for entry in entries(&mut tx, 0, i64::MAX).await.expect("the journal is read") {
        refold(&mut tx, &mut memory, &entry).await.expect("it is folded");
    }
    let after = dump(&mut tx, &TABLES).await.expect("the rows are read");
    assert!(TABLES.iter().all(|table| before.iter().any(|line| line.starts_with(&format!("{table}:")))));
    assert_eq!(before, after, "the rows are not the fold of the journal");
}

/// The queue by one statement is the queue by the journal; every open incident is in exactly one.
async fn queues_are_the_journals(journal: &Journal, ids: &[Id]) {
    let mut read = journal.read().await.expect("a reading begins");
    let open = all_open(&mut read).await.expect("sql");
    let mut opened = 0;
    for id in ids {
        let Some(standing) = recall(&mut read, id).await.expect("sql") else { continue };
        opened += 1;
        let listed = one(&mut read, id).await.expect("sql").expect("it has a row");
        assert_eq!(listed.queued, queued(&standing), "{id}");
        assert_eq!(listed.assessed, standing.assessed(), "{id}");
        let times = open.iter().filter(|one| one.id == *id).count();
        assert_eq!(times, usize::from(standing.is_open()), "{id}");
        assert!(
            !serde_json::to_string(&listed.standing.incident).expect("json").contains("Mòrag"),
            "words in a row"
        );
    }
    assert!(opened > 5);
    let mut owned = 0;
    for unit in unit::all() {
        let all = of_unit(&mut read, &unit.key).await.expect("sql");
        owned += all.iter().filter(|one| one.queued.as_ref().is_some_and(|one| one.unit == unit.key)).count();
    }
    assert_eq!(owned, open.len(), "an open incident is in no unit’s queue, or in two");
}

/// Every figure is the length of the list that it opens, and what the journal has of each incident; for any days.
async fn counts_are_their_lists(journal: &Journal, ids: &[Id], chance: &mut Chance) {
    let mut read = journal.read().await.expect("a reading begins");
    let mut all: Vec<(Timestamp, String, String)> = Vec::new();
    for id in ids {
        let Some(standing) = recall(&mut read, id).await.expect("sql") else { continue };
        all.extend(standing.appointments.all.iter().map(|one| {
            let outcome = one.outcome.as_ref().map_or("", Outcome::as_str).to_owned();
            (one.booking.place.starts_at, one.booking.unit.clone(), outcome)
        }));
    }
    assert!(!all.is_empty(), "nobody booked anything");
    for round in 0..6 {
        let from = if round == 0 { at(0) } else { at(chance.below(400)) };
        let until = if round == 0 { at(10_000) } else { from + SignedDuration::from_mins(1 + 60 * round) };
        let within: Vec<_> =
            all.iter().filter(|(starts_at, ..)| from <= *starts_at && *starts_at < until).collect();
        let counts = appointments::counts(&mut read, from, until).await.expect("sql");
        let booked: i64 = counts.iter().map(|one| one.count).sum();
        assert_eq!(
            booked,
            i64::try_from(within.len()).expect("it fits"),
            "what was booked is the sum of the others"
        );
        for one in counts {
            let of = within
                .iter()
                .filter(|(_, unit, outcome)| (unit, outcome) == (&one.unit, &one.outcome))
                .count();
            let outcome = if one.outcome.is_empty() { "to_come".to_owned() } else { one.outcome };
            let filter = appointments::Filter { from, until, unit: one.unit, outcome };
            let mut found = Vec::new();
            // Page by page, as somebody opens it.
            loop {
                let after = found.last().map(|last: &appointments::Listed| After {
                    at: last.starts_at,
                    incident: last.incident.clone(),
                    number: last.number,
                });
                let page = appointments::list(&mut read, &filter, after.as_ref(), 3).await.expect("sql");
                let is_last = page.len() < 3;
                found.extend(page);
                if is_last {
                    break;
                }
            }
            assert_eq!([found.len(), usize::try_from(one.count).expect("it fits")], [of, of], "{filter:?}");
        }
    }
}

#[tokio::test]
async fn rows_equal_the_fold_and_the_queue_equals_the_journal() {
    for seed in 0..u64::try_from(2 * times()).expect("it fits") {
        for t in journal::testing::engines().await {
            println!("seed {seed} on {:?}", t.engine);
            let diary = seen::diary(&t.journal, at(0)).await;
            let mut life = Life { chance: Chance(seed), incidents: vec![], diary, happened: 0, refused: 0 };
            let mut followed = waiting::Followed::default();
            for minute in 0..400 {
                life.step(&t.journal, minute).await;
                followed.keep_up(&t.journal).await;
            }
            println!("{} happened, {} were refused", life.happened, life.refused);
            assert!(life.happened > 150 && life.refused > 50, "the life is too quiet to mean anything");
            rows_are_the_fold(&t.journal).await;
            queues_are_the_journals(&t.journal, &life.incidents).await;
            counts_are_their_lists(&t.journal, &life.incidents, &mut life.chance).await;
        }
    }
}

#[tokio::test]
async fn a_changed_row_is_found_by_the_fold() {
    let t = journal::testing::engines().await.remove(0);
    let diary = seen::diary(&t.journal, at(0)).await;
    let mut life = Life { chance: Chance(5), incidents: vec![], diary, happened: 0, refused: 0 };
    for minute in 0..20 {
        life.step(&t.journal, minute).await;
    }
    let mut tx = t.journal.begin().await.expect("a command begins");
    sqlx::query("update incident set grade = 'standard', unit = 'nobody'")
        .execute(&mut *tx)
        .await
        .expect("sql");
    let before = dump(&mut tx, &TABLES).await.expect("sql");
    clear(&mut tx, &TABLES).await.expect("sql");
    let mut memory = Memory::default();
    for entry in entries(&mut tx, 0, i64::MAX).await.expect("sql") {
        refold(&mut tx, &mut memory, &entry).await.expect("sql");
    }
    assert_ne!(before, dump(&mut tx, &TABLES).await.expect("sql"));
}
