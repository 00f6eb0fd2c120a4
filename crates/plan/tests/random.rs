//! Random lives of a register, seeded: the rows are the fold of the journal on both engines, and the
//! register as at any entry is the replay of the journal up to it.

mod chance;

use std::collections::BTreeMap;

use chance::{Chance, times};
use jiff::{Timestamp, civil::Date};
use journal::{Actor, Folded, Id, Journal, Position, Tx, act, clear, dump, entries, head};
use plan::{
    Memory, TABLES,
    action::{self, rows::ActionsOf},
    classification::{self, rows::Classifications},
    dependency::{self, rows::DependenciesOf},
    inspection::{
        self,
        rows::Inspections,
        rules::{Command as InspectionCommand, Details},
    },
    linter::Readings,
    pages::recall,
    recommendation::{
        self,
        rows::Recommendations,
        rules::{Command, Printed},
    },
    refold,
    register::{
        rows::{follow, load_at},
        rules::Register,
    },
    target::{self, rows::Targets},
    update::{self, rows::UpdatesOf},
};

fn at(minute: usize) -> Timestamp {
    let start = Timestamp::from_second(1_660_000_000).expect("a moment");
    start + jiff::SignedDuration::from_mins(i64::try_from(minute * 47).expect("it fits"))
}

fn today(now: Timestamp) -> Date {
    now.to_zoned(jiff::tz::TimeZone::UTC).date()
}

struct Life {
    chance: Chance,
    who: Actor,
    inspections: Vec<Id>,
    recommendations: Vec<Id>,
    happened: usize,
    refused: usize,
}

impl Life {
    fn new(seed: u64) -> Self {
        let who = Actor { who: "tester".into(), role: "audit_manager".into(), task: "Live".into() };
        Self {
            chance: Chance(seed),
            who,
            inspections: vec![],
            recommendations: vec![],
            happened: 0,
            refused: 0,
        }
    }

    fn words(&mut self) -> String {
        const WORDS: [&str; 8] =
            ["=cmd()", "review", "Mòrag’s", "diary", "", "evidence ", "\nnew line", "£5"];
        (0..self.chance.below(8).min(4)).map(|_| WORDS[self.chance.below(8)]).collect::<Vec<_>>().join(" ")
    }

    fn some(&mut self) -> Id {
        let index = self.chance.below(self.recommendations.len());
        self.recommendations[index].clone()
    }

    /// One command: most are sensible, some are refused. A tenth are thought better of.
    async fn step(&mut self, journal: &Journal, minute: usize) {
        let mut tx = journal.begin().await.expect("a command begins");
        let now = at(minute);
        let had = self.inspections.len();
        let outcome = match self.chance.below(16) {
            _ if self.inspections.len() < 2 => self.inspect(&mut tx, now).await,
            0 | 1 => self.make(&mut tx, now).await,
            _ if self.recommendations.is_empty() => self.make(&mut tx, now).await,
            2..=6 => self.change(&mut tx, now).await,
            7 | 8 => self.target(&mut tx, now).await,
            9 | 10 => self.act_on_action(&mut tx, now).await,
            11 => self.update(&mut tx, now).await,
            12 | 13 => self.classify(&mut tx, now).await,
            _ => self.depend(&mut tx, now).await,
        };
        match outcome {
            Ok(()) if self.chance.below(10) > 0 => {
                tx.commit().await.expect("it is committed");
                self.happened += 1;
            }
            // Thought better of: what it made is not there, though its identity may be asked for again.
            Ok(()) => self.inspections.truncate(had),
            Err(_) => self.refused += 1,
        }
    }

    async fn inspect(&mut self, tx: &mut Tx, now: Timestamp) -> Result<(), journal::Refusal> {
        let id = Id::new(now);
        let known = inspection::rows::known(tx, &id).await.expect("the rows are there");
        let details = Details {
            title: format!("Inspection {}", self.inspections.len()),
            code: format!("I{}", self.inspections.len()),
            kind: "thematic".into(),
            published_on: "2022-08-31".into(),
            inspectorate: "HMICS".into(),
            addressees: "Caledonia Police".into(),
        };
        let command = InspectionCommand::Register(details);
        act::<Inspections>(tx, &self.who, now, &id, &known, command).await.expect("the database answers")?;
        self.inspections.push(id);
        Ok(())
    }

    async fn make(&mut self, tx: &mut Tx, now: Timestamp) -> Result<(), journal::Refusal> {
        let id = Id::new(now);
        let inspection = self.inspections[self.chance.below(2)].clone();
        let known = recommendation::rows::known(tx, &inspection, &id, today(now)).await.expect("rows");
        let printed = Printed {
            inspection: Some(inspection),
            reference: format!("R{:02}", self.chance.below(40)),
            text: format!("Do it. {}", self.words()),
            exposure: ["", "Low", "High", "Severe"][self.chance.below(4)].into(),
            owner_post: self.words(),
            ..Printed::default()
        };
        act::<Recommendations>(tx, &self.who, now, &id, &known, Command::Make(printed))
            .await
            .expect("sql")?;
        self.recommendations.push(id);
        Ok(())
    }

    async fn change(&mut self, tx: &mut Tx, now: Timestamp) -> Result<(), journal::Refusal> {
        let id = self.some();
        let Some(was) = recall(tx, &id).await.expect("sql") else { return Ok(()) };
        let mut known = recommendation::rows::known(tx, &was.inspection, &id, today(now)).await.expect("sql");
        let reason = self.words();
        let by = self.some();
        known.successor = recall(tx, &by).await.expect("sql");
        let command = match self.chance.below(40) / 4 {
            0 => Command::Reword { text: self.words(), reason },
            1 => Command::AddAlias { alias: format!("{}", self.chance.below(60)) },
            2 => Command::Reassign { post: self.words(), team: self.words(), reason },
            3 => Command::Rate { exposure: "Medium".into(), statement: self.words(), reason },
            4 => Command::RestateImpact { impact: self.words(), reason },
            5 | 6 => Command::AssembleEvidence { evidence: "All of it".into() },
            7 => Command::ProposeClosure { what_we_did: "It".into(), impact: "Better".into() },
            8 if self.chance.below(2) == 0 => Command::Return { reason: "More".into() },
            8 => Command::Discharge { reason: "Enough".into() },
            _ if self.chance.below(4) > 0 => {
                Command::AddAlias { alias: format!("X{}", self.chance.below(500)) }
            }
            _ => Command::Supersede { by, reason },
        };
        act::<Recommendations>(tx, &self.who, now, &id, &known, command).await.expect("sql")?;
        Ok(())
    }

    async fn target(&mut self, tx: &mut Tx, now: Timestamp) -> Result<(), journal::Refusal> {
        let id = self.some();
        let recommendation = recall(tx, &id).await.expect("sql");
        let known = target::pages::known_of(tx, recommendation).await.expect("sql");
        let words = ["Spring", "November 2026", "30 Nov 2026", "May 2027", "31-1-25"][self.chance.below(5)];
        let command = if self.chance.below(3) == 0 {
            target::rules::Command::Set { target: words.into() }
        } else {
            target::rules::Command::Move {
                to: words.into(),
                reason: self.words(),
                approved_by: "ACC".into(),
                delay_reason: ["", "wider_programmes", "partnership_dependency"][self.chance.below(3)].into(),
            }
        };
        act::<Targets>(tx, &self.who, now, &id, &known, command).await.expect("sql")?;
        Ok(())
    }

    async fn act_on_action(&mut self, tx: &mut Tx, now: Timestamp) -> Result<(), journal::Refusal> {
        use action::rules::{Command, Known};
        let id = self.some();
        let known = Known::on(today(now), recall(tx, &id).await.expect("sql"));
        let number = format!("1.{}", self.chance.below(4));
        let command = match self.chance.below(6) {
            5 => {
                Command::Stage { number, stage: ["design", "deliver", "dream"][self.chance.below(3)].into() }
            }
            0 | 1 => {
                Command::Add { number: String::new(), text: self.words(), owner: String::new(), target: None }
            }
            2 => Command::Finish { number, note: self.words() },
            3 => Command::Reopen { number, reason: self.words() },
            _ => Command::Change { number, text: self.words(), owner: self.words(), reason: self.words() },
        };
        act::<ActionsOf>(tx, &self.who, now, &id, &known, command).await.expect("sql")?;
        Ok(())
    }

    async fn update(&mut self, tx: &mut Tx, now: Timestamp) -> Result<(), journal::Refusal> {
        use update::rules::{Command, Known};
        let (id, from) = (self.some(), self.some());
        let mut known = Known { recommendation: recall(tx, &id).await.expect("sql"), other: None };
        let command = if self.chance.below(3) == 0 {
            known.other = update::pages::other(tx, &from).await.expect("sql");
            Command::Inherit { from, note: self.words() }
        } else {
            Command::Add { text: self.words() }
        };
        act::<UpdatesOf>(tx, &self.who, now, &id, &known, command).await.expect("sql")?;
        Ok(())
    }

    async fn depend(&mut self, tx: &mut Tx, now: Timestamp) -> Result<(), journal::Refusal> {
        use dependency::rules::{Awaited, Command, Outside};
        let (id, other) = (self.some(), self.some());
        let on = match self.chance.below(4) {
            0 => Awaited::Other(Outside::Body(self.words())),
            1 => Awaited::Other(Outside::Action { recommendation: other, number: "1.1".into() }),
            _ => Awaited::Recommendation(other),
        };
        let known = dependency::pages::known(tx, today(now), &id, &on).await.expect("sql");
        let reason = self.words();
        let command = if self.chance.below(3) > 0 {
            let since = [None, Some(today(now)), Some(today(now).tomorrow().expect("a day"))];
            Command::Add { on, reason, since: since[self.chance.below(3)] }
        } else {
            Command::Remove { on, reason }
        };
        act::<DependenciesOf>(tx, &self.who, now, &id, &known, command).await.expect("sql")?;
        Ok(())
    }

    async fn classify(&mut self, tx: &mut Tx, now: Timestamp) -> Result<(), journal::Refusal> {
        use classification::rules::{Command, Known};
        let id = self.some();
        let bodies = vec!["Caledonia Police".to_owned()];
        let known = Known { recommendation: recall(tx, &id).await.expect("sql"), bodies };
        let reason = self.words();
        let command = match self.chance.below(5) {
            0 => Command::Address {
                to: ["", "Caledonia Police", "Nobody"][self.chance.below(3)].into(),
                reason,
            },
            1 => {
                Command::Theme { themes: vec![["custody", "consistency", "x"][self.chance.below(3)].into()] }
            }
            2 => Command::Prioritise { horizon: ["", "short", "soon"][self.chance.below(3)].into() },
            3 => Command::Link { milestones: vec![["SC 1.14", "LC 2.17"][self.chance.below(2)].into()] },
            _ => Command::Oversee { strategic_owner: self.words(), reason },
        };
        act::<Classifications>(tx, &self.who, now, &id, &known, command).await.expect("sql")?;
        Ok(())
    }
}

/// What the journal says up to a position, folded in memory without any SQL but reading it.
#[derive(Default)]
struct Replay {
    recommendations: Folded<recommendation::rules::Recommendation>,
    targets: Folded<target::rules::Target>,
    actions: Folded<action::rules::Actions>,
    updates: Folded<update::rules::Updates>,
    dependencies: Folded<dependency::rules::Dependencies>,
    classifications: Folded<classification::rules::Classification>,
}

impl Replay {
    fn take(&mut self, entry: &journal::Entry) {
        self.recommendations.step(entry, recommendation::rules::apply).expect("it parses");
        self.targets.step(entry, target::rules::apply).expect("it parses");
        self.actions.step(entry, action::rules::apply).expect("it parses");
        self.updates.step(entry, update::rules::apply).expect("it parses");
        self.dependencies.step(entry, dependency::rules::apply).expect("it parses");
        self.classifications.step(entry, classification::rules::apply).expect("it parses");
    }

    fn agrees_with(&self, register: &plan::register::rules::Register) {
        assert_eq!(register.items.len(), self.recommendations.states().len());
        for item in &register.items {
            let id = &item.id;
            assert_eq!(Some(&item.recommendation), self.recommendations.states().get(id));
            let targets: Vec<_> =
                self.targets.states().get(id).map_or(vec![], |target| target.all().collect());
            assert_eq!(item.targets.iter().map(|given| given.target).collect::<Vec<_>>(), targets);
            let actions = self.actions.states().get(id).map_or(vec![], |actions| actions.all.clone());
            assert_eq!(item.actions, actions);
            let updates = self.updates.states().get(id).cloned().unwrap_or_default();
            let said = |said: &update::rows::Said| update::rules::Update {
                text: said.text.clone(),
                inherited_from: said.inherited_from.clone(),
            };
            assert_eq!(item.updates.iter().map(said).collect::<Vec<_>>(), updates);
            let waits = self.dependencies.states().get(id).map_or(BTreeMap::new(), |all| all.on.clone());
            let wait = |one: &dependency::rows::Waiting| {
                (one.on.clone(), dependency::rules::Wait { reason: one.reason.clone(), since: one.since })
            };
            assert_eq!(item.waits_for.iter().map(wait).collect::<BTreeMap<_, _>>(), waits);
            let sorted = self.classifications.states().get(id).cloned().unwrap_or_default();
            assert_eq!(item.classification, sorted);
            assert_eq!(
                item.steps.last().map_or(recommendation::status::Status::Open, |step| step.status),
                item.recommendation.status,
                "the steps lead to where it stands"
            );
        }
    }
}

async fn live(journal: &Journal, seed: u64, steps: usize) -> Life {
    let mut life = Life::new(seed);
    for minute in 0..steps {
        life.step(journal, minute).await;
    }
    life
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
    assert!(!before.is_empty());
    assert_eq!(before, after, "the rows are not the fold of the journal");
}

async fn every_position_is_a_replay(journal: &Journal, seed: u64, positions: usize) {
    let mut read = journal.read().await.expect("a reading begins");
    let last = head(&mut read).await.expect("sql");
    let mut chance = Chance(seed);
    let most = usize::try_from(last).expect("it fits");
    let mut asked: Vec<i64> =
        (0..positions).map(|_| i64::try_from(chance.below(most) + 1).expect("it fits")).collect();
    asked.sort_unstable();
    let mut replay = Replay::default();
    let mut reached = 0;
    let mut before: Option<Register> = None;
    for seq in asked {
        for entry in entries(&mut read, reached, seq).await.expect("sql") {
            replay.take(&entry);
        }
        reached = seq;
        let position = Position { seq, today: today(at(0)), is_past: true };
        let register = load_at(&mut read, position).await.expect("it loads");
        replay.agrees_with(&register);
        // The register that stood earlier, followed from there, is the register read whole.
        if let Some(before) = &before {
            let followed = follow(&mut read, before, position).await.expect("it follows");
            assert_eq!(followed, register, "from {} to {seq}", before.position.seq);
            // And so is what the check reads in it.
            let readings = Readings::of(before, &[]).followed(&followed, &[]);
            assert_eq!(readings, Readings::of(&register, &[]), "from {} to {seq}", before.position.seq);
        }
        before = Some(register);
    }
}

#[tokio::test]
async fn rows_equal_the_fold_and_any_position_equals_its_replay() {
    for seed in 0..u64::try_from(2 * times()).expect("it fits") {
        for t in journal::testing::engines().await {
            println!("seed {seed} on {:?}", t.engine);
            let life = live(&t.journal, seed, 500).await;
            println!("{} happened, {} were refused", life.happened, life.refused);
            assert!(life.happened > 150 && life.refused > 50, "the life is too quiet to mean anything");
            rows_are_the_fold(&t.journal).await;
            every_position_is_a_replay(&t.journal, seed, 200).await;
        }
    }
}

#[tokio::test]
async fn a_changed_row_is_found_by_the_fold() {
    let t = journal::testing::engines().await.remove(0);
    live(&t.journal, 7, 60).await;
    let mut tx = t.journal.begin().await.expect("a command begins");
    sqlx::query("update recommendation set owner_post = 'somebody else'")
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
