//! Random lives of messages, seeded, on both engines: the rows are the fold of the journal, nothing is taken up twice,
//! and nothing leaves that the gate does not let pass at that moment.

use std::collections::BTreeMap;

use contact::{
    contact::rules::{Arrival, Channel, Command as Contact},
    preference::{
        gate::may_reach,
        rules::{Command as Wishing, Preference, Unsafe, Way},
    },
};
use jiff::{SignedDuration, Timestamp, civil::time};
use journal::{Actor, Id, Journal, OPEN_END, clear, dump, entries, history};
use message::{
    Memory, TABLES,
    definition::definitions,
    message::{
        list::rows::{Filter, list},
        rows::{change, due, folded, known},
        rules::{Carrier, Command, Fact, State},
        saying::{About, ByHand, store},
    },
    refold,
};

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

fn who() -> Actor {
    Actor { who: "tester".into(), role: "service_advisor".into(), task: "Write".into() }
}

/// From the night on which the clocks go back.
fn at(step: usize) -> Timestamp {
    let begin: Timestamp = "2026-10-24T08:00:00Z".parse().expect("a moment");
    begin + SignedDuration::from_mins(7 * i64::try_from(step).expect("few"))
}

struct Life {
    chance: Chance,
    people: Vec<(Id, Id)>,
    messages: Vec<Id>,
    taken: usize,
    held: usize,
    refused: usize,
}

impl Life {
    async fn begin(journal: &Journal, seed: u64) -> Self {
        let mut people = Vec::new();
        let mut tx = journal.begin().await.expect("it begins");
        for number in 0..12 {
            let (incident, contact) = (Id::new(at(0)), Id::new(at(0)));
            let arrival = Arrival {
                channel: Channel::NonEmergency,
                option: String::new(),
                line: String::new(),
                number: format!("07700 9001{number:02}").into(),
                arrived_at: at(0),
                answered_at: Some(at(0)),
                their_reference: String::new(),
            };
            let receive = Contact::Receive(arrival);
            let stored = contact::contact::rows::change(&mut tx, &who(), at(0), &contact, receive).await;
            stored.expect("sql").expect("it is received");
            people.push((incident, contact));
        }
        tx.commit().await.expect("it is committed");
        Self { chance: Chance(seed), people, messages: vec![], taken: 0, held: 0, refused: 0 }
    }

    async fn step(&mut self, journal: &Journal, step: usize) {
        match self.chance.below(5) {
            0 => self.wish(journal, at(step)).await,
            1 | 2 => self.say(journal, at(step)).await,
            _ => self.act(journal, at(step)).await,
        }
    }

    async fn wish(&mut self, journal: &Journal, now: Timestamp) {
        let hours = [
            None,
            None,
            Some((time(9, 0, 0, 0), time(15, 0, 0, 0))),
            Some((time(22, 0, 0, 0), time(2, 0, 0, 0))),
        ];
        let places = [None, Some("07700 900105"), Some("a@example.org"), Some("elsewhere 1")];
        let unsafe_ways = (0..self.chance.below(3))
            .map(|_| Unsafe {
                way: self.chance.pick(&Way::ALL),
                to: self.chance.pick(&places).map(|to| to.to_owned().into()),
                hours: self.chance.pick(&hours),
                why: "He reads it.".to_owned().into(),
            })
            .collect();
        let given = Preference {
            preferred: vec![self.chance.pick(&Way::ALL)],
            unsafe_ways,
            safe_hours: self.chance.pick(&hours),
            interviewer: String::new(),
        };
        let place = self.chance.below(self.people.len());
        let contact = self.people[place].1.clone();
        let mut tx = journal.begin().await.expect("it begins");
        let give = Wishing::Give(given);
        if contact::preference::rows::change(&mut tx, &who(), now, &contact, give).await.expect("sql").is_ok()
        {
            tx.commit().await.expect("it is committed");
        }
    }

    async fn say(&mut self, journal: &Journal, now: Timestamp) {
        let place = self.chance.below(self.people.len());
        let (incident, contact) = self.people[place].clone();
        let emails = ["", "a@example.org", "b@example.org", "no address"];
        let about = About {
            email: self.chance.pick(&emails).to_owned().into(),
            address: self.chance.pick(&["", "4 Muir Road"]).to_owned().into(),
            ..About::of(incident, "I-0001-X", Some(contact))
        };
        let templates = &definitions().template;
        let template = &templates[self.chance.below(templates.len())];
        let word = self.chance.pick(&["noon", "{phone}", "a\r\nb", ""]);
        let values = template.asks().into_iter().filter(|key| *key != "reference");
        let values = values.map(|key| (key.to_owned(), word.to_owned())).collect();
        let by_hand = ByHand {
            way: self.chance.pick(&[None, None, Some(Way::Text), Some(Way::Email), Some(Way::Letter)]),
            to: String::new(),
            is_urgent: self.chance.below(4) == 0,
            not_after: (self.chance.below(3) == 0).then(|| now + SignedDuration::from_hours(9)),
        };
        let id = Id::new(now);
        let mut tx = journal.begin().await.expect("it begins");
        match store(&mut tx, &who(), now, &id, &about, &template.key, values, &by_hand).await.expect("sql") {
            Ok(_) => {
                tx.commit().await.expect("it is committed");
                self.messages.push(id);
            }
            Err(refusal) => {
                self.refused += 1;
                assert!(refusal.sentence.ends_with('.'), "{refusal}");
            }
        }
    }

    /// Mostly what a sender does; and anything else, in any order.
    async fn act(&mut self, journal: &Journal, now: Timestamp) {
        let mut tx = journal.begin().await.expect("it begins");
        let waiting = due(&mut tx, now, 50).await.expect("sql");
        let all = if waiting.is_empty() || self.chance.below(3) == 0 { &self.messages } else { &waiting };
        if all.is_empty() {
            return;
        }
        let id = all[self.chance.below(all.len())].clone();
        let was =
            folded(&history(&mut tx, &id, OPEN_END).await.expect("sql")).expect("it folds").expect("it is");
        let command = match self.chance.below(9) {
            _ if was.state == State::Leaving && self.chance.below(3) > 0 => match self.chance.below(4) {
                0 => Command::Fail { why: "busy".into(), is_certain: self.chance.below(2) == 0 },
                1 => return,
                _ => Command::Send { by: Carrier::Text, reference: "c".into() },
            },
            0 => Command::Withdraw { reason: "Twice".into() },
            1 => Command::Settle { words: "Called".into() },
            2 => Command::Post,
            3 => Command::Send { by: Carrier::Email, reference: String::new() },
            4 => Command::Fail { why: "no".into(), is_certain: true },
            _ => Command::Release { is_carried: self.chance.below(8) > 0 },
        };
        let wishes = known(&mut tx, now, &was).await.expect("sql").preferences;
        let Ok(entry) = change(&mut tx, &who(), now, &id, command).await.expect("sql") else {
            self.refused += 1;
            return;
        };
        tx.commit().await.expect("it is committed");
        match entry.fact::<Fact>().expect("it parses") {
            Some(Fact::Taken { .. } | Fact::Sent { by: Carrier::Post, .. }) => {
                self.taken += 1;
                let way = was.said.way.expect("what leaves has a way");
                let to = was.said.to.shown();
                assert!(may_reach(&wishes, way, to, now).is_ok(), "{way:?} left: {wishes:?}");
            }
            Some(Fact::HeldBack { .. }) => self.held += 1,
            _ => {}
        }
    }
}

/// A message leaves once: it is never taken up again after it was sent, and never sent without being taken up.
async fn each_left_once(journal: &Journal) {
    let mut open: BTreeMap<Id, bool> = BTreeMap::new();
    let mut read = journal.read().await.expect("it begins");
    for entry in entries(&mut read, 0, i64::MAX).await.expect("it reads") {
        match entry.fact::<Fact>().expect("it parses") {
            Some(Fact::Taken { .. }) => {
                let was = open.insert(entry.subject.clone(), true);
                assert_ne!(was, Some(true), "{} was taken up twice", entry.subject);
            }
            Some(Fact::Failed { .. }) => drop(open.insert(entry.subject.clone(), false)),
            Some(Fact::Sent { by, .. }) if by != Carrier::Post => {
                assert_eq!(open.get(&entry.subject), Some(&true), "{} was sent unseen", entry.subject);
            }
            _ => {}
        }
    }
}

#[tokio::test]
async fn random_lives_leave_rows_that_are_the_fold_of_the_journal() {
    for seed in [1, 20_261_126] {
        for t in journal::testing::engines().await {
            println!("seed {seed} on {:?}", t.engine);
            let mut life = Life::begin(&t.journal, seed).await;
            for step in 0..1_200 * times() {
                life.step(&t.journal, step).await;
            }
            println!(
                "{} messages, {} left, {} held, {} refused",
                life.messages.len(),
                life.taken,
                life.held,
                life.refused
            );
            assert!(life.taken > 30 && life.held > 10 && life.refused > 40, "too little happened");
            each_left_once(&t.journal).await;
            let mut tx = t.journal.begin().await.expect("it begins");
            for one in list(&mut tx, &Filter::default()).await.expect("it reads") {
                let whole = folded(&history(&mut tx, &one.id, OPEN_END).await.expect("it reads"));
                let whole = whole.expect("it folds").expect("it is there");
                let row = (one.state, one.reason, one.tries, one.due_at, one.ended_at);
                assert_eq!(row, (whole.state, whole.reason, whole.tries, whole.due_at, whole.ended_at));
            }
            let before = dump(&mut tx, &TABLES).await.expect("it dumps");
            clear(&mut tx, &TABLES).await.expect("it clears");
            let mut memory = Memory::default();
            for entry in entries(&mut tx, 0, i64::MAX).await.expect("it reads") {
                refold(&mut tx, &mut memory, &entry).await.expect("it folds");
            }
            assert_eq!(dump(&mut tx, &TABLES).await.expect("it dumps"), before);
            let words = ["07700", "+447700", "example.org", "Muir"];
            assert!(
                before.iter().all(|line| words.iter().all(|word| !line.contains(word))),
                "a row has an address"
            );
        }
    }
}
