//! No acknowledged fact is lost when the server is killed under writes (TRUST A1).
//!
//! Eight clients write; within 300 ms of the first write the server gets SIGKILL and is started again on the same
//! data. `check` must pass, and the register must hold what `sent` says. A kill leaves the page cache: this finds
//! what is told too early and what is done in part, not what a power cut would take.

use std::{
    sync::{Arc, Barrier, Mutex},
    time::Duration,
};

use serde_json::{Value, json};

use crate::{
    chance::{Chance, times},
    house::{House, Server},
    http::Client,
    sent::{Sent, What, faults},
};

const CLIENTS: usize = 8;
const ROLES: [&str; 2] = ["audit_manager", "action_owner"];

/// A register that is written to, and what was sent to it.
struct Rounds {
    house: House,
    chance: Chance,
    audit_manager: String,
    action_owner: String,
    inspection: String,
    server: Option<Server>,
    sent: Vec<Sent>,
    number: u64,
    ready: Vec<Duration>,
}

/// One client's connection to a server that will die.
struct Writer {
    client: Client,
    tokens: [String; 2],
    inspection: String,
    chance: Chance,
    prefix: u64,
    sent: Vec<Sent>,
}

impl Rounds {
    fn begin(house: House, chance: Chance) -> Self {
        let (audit_manager, action_owner) = (house.token(ROLES[0]), house.token(ROLES[1]));
        let server = house.serve();
        let inspection = server.client(&audit_manager).make(
            "/inspections/new",
            &json!({
                "title": "Inspection of the Kills", "kind": "other", "published_on": "2024-02-29",
                "inspectorate": "Nobody", "addressees": "Caledonia Police",
            }),
        );
        let (sent, ready) = (Vec::new(), Vec::new());
        let server = Some(server);
        Self { house, chance, audit_manager, action_owner, inspection, server, sent, number: 0, ready }
    }

    /// Writes with all clients and kills the server meanwhile.
    fn kill(&mut self) {
        let server = self.server.take().expect("it serves");
        self.number += 1;
        let start = Arc::new(Barrier::new(CLIENTS + 1));
        let all = Arc::new(Mutex::new(Vec::new()));
        let clients: Vec<_> = (0..CLIENTS as u64)
            .map(|client| {
                let mut writer = Writer {
                    client: server.client(""),
                    tokens: [self.audit_manager.clone(), self.action_owner.clone()],
                    inspection: self.inspection.clone(),
                    chance: self.chance.split(),
                    prefix: self.number * 1_000 + client * 100,
                    sent: Vec::new(),
                };
                let (start, all) = (start.clone(), all.clone());
                std::thread::spawn(move || {
                    start.wait();
                    writer.write();
                    all.lock().expect("no client panicked").extend(writer.sent);
                })
            })
            .collect();
        start.wait();
        std::thread::sleep(Duration::from_micros(self.chance.below(300_000)));
        server.kill();
        for client in clients {
            client.join().expect("a client");
        }
        self.sent.append(&mut all.lock().expect("no client panicked"));
    }

    /// Starts again on the same data; gives the register.
    fn restart(&mut self) -> Value {
        let server = self.house.serve();
        self.ready.push(server.ready_in);
        self.server = Some(server);
        self.house.check();
        self.house.register()
    }

    fn acknowledged(&self) -> usize {
        self.sent.iter().filter(|one| one.acknowledged).count()
    }
}

impl Writer {
    /// Makes a recommendation and writes about it until the server is gone.
    fn write(&mut self) {
        for nth in 0..100 {
            let about = (self.prefix + nth).to_string();
            let key = format!("recommendation {about}");
            let (text, month) = (self.words(&key), 1 + self.chance.below(12));
            let target = format!("2027-{month:02}");
            let body = json!({
                "inspection": self.inspection, "reference": about, "text": text, "exposure": "High",
                "impact": key, "owner_post": "Chief Inspector", "target": target,
            });
            let what = What::Recommendation { text, target };
            let Some(id) = self.send("/recommendations/new", 0, &about, what, &body) else {
                return;
            };
            for step in 0..20 + self.chance.below(40) {
                let text = self.words(&format!("{about} step {step}"));
                let done = if self.chance.below(6) == 0 {
                    let number = format!("{about}.{step}");
                    let body = json!({ "number": number, "text": text });
                    let path = format!("/recommendations/{id}/action");
                    self.send(&path, 0, &about, What::Action { number, text }, &body)
                } else {
                    let body = json!({ "text": text });
                    let path = format!("/recommendations/{id}/update");
                    self.send(&path, 1, &about, What::Update { text }, &body)
                };
                if done.is_none() {
                    return;
                }
            }
        }
    }

    /// Words of some length that begin and end with `key`, so that a part of them is not taken for the whole.
    fn words(&mut self, key: &str) -> String {
        let number = self.chance.below(200);
        format!("{key}: {} :{key}", self.chance.words(number))
    }

    /// Sends one command and keeps what it was; gives the identity in the answer, or nothing when the server is gone.
    fn send(&mut self, path: &str, token: usize, about: &str, what: What, body: &Value) -> Option<String> {
        self.client.token.clone_from(&self.tokens[token]);
        self.sent.push(Sent { about: about.to_owned(), what, acknowledged: false });
        let answer = self.client.try_post(path, body).ok()?;
        assert!(matches!(answer.status, 200 | 201), "{path}: {} {}", answer.status, answer.text());
        self.sent.last_mut().expect("just sent").acknowledged = true;
        Some(answer.json()["id"].as_str().expect("an identity").to_owned())
    }
}

fn kills(name: &str, number: u64, house: impl Fn() -> Option<House>) {
    let mut chance = Chance::printed(name);
    let (mut acknowledged, mut unknown, mut ready) = (0, 0, Vec::new());
    for _ in 0..times() {
        let Some(house) = house() else { return };
        let mut rounds = Rounds::begin(house, chance.split());
        for _ in 0..number {
            rounds.kill();
            let register = rounds.restart();
            let faults = faults(&rounds.sent, &register);
            let (round, log) = (rounds.number, rounds.house.log());
            assert!(faults.is_empty(), "after kill {round}: {}\n{log}", faults.join("\n"));
        }
        acknowledged += rounds.acknowledged();
        unknown += rounds.sent.len() - rounds.acknowledged();
        ready.append(&mut rounds.ready);
    }
    ready.sort();
    let (median, worst) = (ready[ready.len() / 2], ready[ready.len() - 1]);
    println!(
        "{name}: {} kills, {acknowledged} acknowledged and all there, {unknown} unknown; \
         ready again in {median:.0?} (median), {worst:.0?} (worst)",
        ready.len()
    );
    assert!(acknowledged as u64 > number, "hardly anything was written: {acknowledged}");
}

#[test]
fn no_acknowledged_fact_is_lost_in_a_kill_on_sqlite() {
    kills("kills on SQLite", 20, || Some(House::with(&ROLES)));
}

#[test]
fn no_acknowledged_fact_is_lost_in_a_kill_on_postgresql() {
    kills("kills on PostgreSQL", 5, || House::on_postgres(&ROLES));
}

/// The last acknowledged command of a kind.
fn last(rounds: &Rounds, wanted: fn(&What) -> bool) -> Sent {
    let mut sent = rounds.sent.iter().rev().filter(|one| one.acknowledged && wanted(&one.what));
    sent.next().expect("one was acknowledged").clone()
}

/// The entry of an update, by its words.
fn seq_of_update(text: &str) -> String {
    format!("(select seq from progress_update where text = '{}')", text.replace('\'', "''"))
}

#[test]
fn the_harness_catches_a_register_that_forgets_an_acknowledged_fact() {
    let mut rounds = Rounds::begin(House::with(&ROLES), Chance::printed("a register that forgets"));
    let has = |rounds: &Rounds, wanted: fn(&What) -> bool| {
        rounds.sent.iter().any(|one| one.acknowledged && wanted(&one.what))
    };
    let is_whole = |rounds: &Rounds| {
        has(rounds, |what| matches!(what, What::Update { .. }))
            && has(rounds, |what| matches!(what, What::Recommendation { .. }))
    };
    while rounds.acknowledged() < 20 || !is_whole(&rounds) {
        rounds.kill();
        rounds.restart();
    }
    let whole = rounds.house.register();
    assert_eq!(faults(&rounds.sent, &whole), Vec::<String>::new());
    drop(rounds.server.take());
    // Acknowledged before it was committed: neither entry nor row is there, and nothing else is wrong.
    let update = last(&rounds, |what| matches!(what, What::Update { .. }));
    let What::Update { text } = &update.what else { unreachable!("it was asked for") };
    let seq = seq_of_update(text);
    rounds.house.tamper(&[
        format!("delete from journal where seq = {seq}"),
        format!("delete from progress_update where seq = {seq}"),
    ]);
    let told = faults(&rounds.sent, &rounds.house.register());
    assert!(told.len() == 1 && told[0].starts_with("lost"), "{told:?}");
    // Done in part: the recommendation without the target that came with it.
    let about = last(&rounds, |what| matches!(what, What::Recommendation { .. })).about;
    let target = |table: &str| {
        format!(
            "delete from {table} where recommendation = (select id from recommendation where reference = '{about}')"
        )
    };
    rounds.house.tamper(&[target("target_date")]);
    let told = faults(&rounds.sent, &rounds.house.register());
    assert!(told.len() == 3 && told.iter().any(|one| one.starts_with("in part")), "{told:?}");
    // Here the journal still has the fact, so `check` sees it too.
    assert_eq!(rounds.house.run(&["check"]).code, 1);
}

#[test]
fn the_harness_catches_what_is_there_twice_or_was_never_sent() {
    let sent = |text: &str, acknowledged| Sent {
        about: "1".to_owned(),
        what: What::Update { text: text.to_owned() },
        acknowledged,
    };
    let made = What::Recommendation { text: "Act".to_owned(), target: "2027-01".to_owned() };
    let all = [Sent { what: made, ..sent("", true) }, sent("one", true), sent("two", false)];
    let register = |updates: &[&str]| {
        let updates: Vec<Value> = updates.iter().map(|text| json!({ "text": text })).collect();
        json!({ "recommendations": [
            { "reference": "1", "text": "Act", "first_target": "2027-01", "updates": updates, "actions": [] },
        ] })
    };
    for (updates, expected) in [
        (&["one"][..], ""),
        (&["one", "two"], ""),
        (&[], "lost"),
        (&["one", "one"], "there 2 times"),
        (&["one", "two", "two"], "there 2 times"),
        (&["one", "tw"], "in part"),
        (&["one", "three"], "in part, or never sent"),
    ] {
        let told = faults(&all, &register(updates)).join("\n");
        assert!(told.is_empty() == expected.is_empty() && told.starts_with(expected), "{updates:?}: {told}");
    }
}
