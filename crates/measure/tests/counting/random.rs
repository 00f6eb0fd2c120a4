//! What happens at random in the tests of what is counted: links, codes, outages, calls that are given up.

use contact::{
    contact::{
        rows,
        rules::{self as contact_rules, Arrival, Channel, Command, Earlier, Link, Purpose},
    },
    outage::{
        rows as outage,
        rules::{Command as Outage, Told},
    },
};
use jiff::{Timestamp, ToSpan};
use journal::{Actor, Entry, Id, Journal, OPEN_END, Tx, entries};

/// A small generator of numbers: the same seed asks for the same figures on every machine.
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % most
    }
}

pub fn now() -> Timestamp {
    "2026-11-11T20:00:00Z".parse().expect("a moment")
}

/// Contacts are linked to earlier contacts and to incidents, links are taken back, and advisors say why; at random.
pub async fn linked(journal: &Journal, seed: u64) -> usize {
    let mut chance = Chance(seed);
    let all =
        entries(&mut journal.read().await.expect("a reading begins"), 0, OPEN_END - 1).await.expect("sql");
    let of = |kinds: &[&str]| -> Vec<Id> {
        all.iter().filter(|one| kinds.contains(&one.kind.as_str())).map(|one| one.subject.clone()).collect()
    };
    let (contacts, incidents) = (of(&["contact/received"]), of(&["incident/opened"]));
    assert!(contacts.len() > 20 && incidents.len() > 5, "there is too little to link");
    let who =
        Actor { who: "advisor".into(), role: "service_advisor".into(), task: "Record a contact".into() };
    let mut done = 0;
    for _ in 0..160 {
        let contact = &contacts[chance.below(contacts.len())];
        let to = if chance.below(2) == 0 { &contacts } else { &incidents };
        let to = to[chance.below(to.len())].clone();
        let is_contact = contacts.contains(&to);
        let kind = if is_contact { Earlier::Contact } else { Earlier::Incident };
        let purpose = Purpose::ALL[chance.below(Purpose::ALL.len())];
        let code = failure::code::Code::ALL[chance.below(23)];
        let mut tx = journal.begin().await.expect("a command begins");
        let was = rows::one(&mut tx, contact).await.expect("sql").expect("it is there");
        let command = match chance.below(5) {
            0 => Command::Code { why: code.to_string() },
            1 if !was.links.is_empty() => {
                Command::Unlink { to: was.links[0].to.clone(), reason: "It is another.".into() }
            }
            _ => Command::Link(Link { to, kind, purpose, evidence: vec![] }),
        };
        let stored = rows::change(&mut tx, &who, now(), contact, command).await.expect("sql");
        done += usize::from(stored.is_ok());
        tx.commit().await.expect("it is committed");
    }
    done
}

/// Advisors say that a system was down; outages are told late, end, are corrected and taken back; and callers gave up before,
/// which is told before or after they were heard; at random. Gives how many outages and calls were told.
pub async fn reached(journal: &Journal, seed: u64) -> (usize, usize) {
    let mut chance = Chance(seed);
    let all =
        entries(&mut journal.read().await.expect("a reading begins"), 0, OPEN_END - 1).await.expect("sql");
    let received = |entry: &Entry| match entry.fact::<contact_rules::Fact>().expect("it parses") {
        Some(contact_rules::Fact::Received(arrival)) => Some((entry.subject.clone(), arrival)),
        _ => None,
    };
    let contacts: Vec<(Id, Arrival)> = all.iter().filter_map(received).collect();
    let who = Actor { who: "advisor".into(), role: "supervisor".into(), task: "Record an outage".into() };
    let (mut outages, mut calls): (Vec<(Id, Told)>, usize) = (Vec::new(), 0);
    for number in 0..120 {
        let (contact, arrival) = &contacts[chance.below(contacts.len())];
        let minutes = i64::try_from(chance.below(1_000)).expect("it fits");
        let mut tx = journal.begin().await.expect("a command begins");
        match chance.below(4) {
            0 => {
                let code = Command::Code { why: "F14".into() };
                let stored = rows::change(&mut tx, &who, now(), contact, code).await.expect("sql");
                drop(stored);
            }
            1 => calls += usize::from(gave_up(&mut tx, &who, arrival, minutes, number % 2 == 0).await),
            _ if chance.below(3) > 0 || outages.is_empty() => {
                let began_at = arrival.arrived_at - minutes.minutes();
                let ended_at = began_at + (minutes / 2 + 5).minutes();
                let told = Told {
                    system: ["radio", "network", "telephony"][chance.below(3)].into(),
                    began_at,
                    ended_at: Some(ended_at).filter(|_| chance.below(8) > 0),
                    callers: String::new(),
                };
                let (id, begin) =
                    (Id::new(now()), Outage::Begin { told: told.clone(), source: "Desk".into() });
                if outage::change(&mut tx, &who, now(), &id, begin).await.expect("sql").is_ok() {
                    outages.push((id, told));
                }
            }
            _ => {
                let (id, told) = outages[chance.below(outages.len())].clone();
                let earlier = Told { began_at: told.began_at - minutes.minutes(), ..told };
                let command = match chance.below(3) {
                    0 => Outage::End { at: now(), source: "Desk".into() },
                    1 => Outage::TakeBack { reason: "A drill.".into() },
                    _ => Outage::Correct { told: earlier, reason: "It began earlier.".into() },
                };
                drop(outage::change(&mut tx, &who, now(), &id, command).await.expect("sql"));
            }
        }
        tx.commit().await.expect("it is committed");
    }
    (outages.len(), calls)
}

/// Somebody whose number is that of an earlier contact gave up on 101, and is heard by 999 soon after; told in either order.
async fn gave_up(tx: &mut Tx, who: &Actor, earlier: &Arrival, minutes: i64, is_told_late: bool) -> bool {
    let came = earlier.arrived_at + minutes.seconds();
    let call = |channel, arrived_at, answered_at| Arrival {
        channel,
        arrived_at,
        answered_at,
        option: String::new(),
        their_reference: String::new(),
        ..earlier.clone()
    };
    if earlier.number.shown().is_empty() || came + 10.minutes() > now() {
        return false;
    }
    let arrival = call(Channel::NonEmergency, came, None);
    let given_up = Command::Discontinue { arrival, at: came + 4.minutes(), ended_by: "caller".into() };
    let heard_at = came + 9.minutes();
    let heard = Command::Receive(call(Channel::Emergency, heard_at, Some(heard_at)));
    let both = if is_told_late { [heard, given_up] } else { [given_up, heard] };
    for command in both {
        rows::change(tx, who, now(), &Id::new(now()), command).await.expect("sql").expect("it is told");
    }
    true
}
