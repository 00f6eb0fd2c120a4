//! Random lives of what is kept beside the register, seeded: the rows are the fold of the journal on both
//! engines, and the rows as at any entry are the replay of the journal up to it.

mod chance;

use chance::{Chance, times};
use jiff::{Timestamp, civil::Date};
use journal::{Actor, Folded, Id, Journal, Position, Refusal, Tx, act, clear, dump, entries, head};
use plan::{
    Memory, TABLES,
    action::{self, rows::ActionsOf},
    area::{self, rows::Areas},
    inspection::{
        self,
        rows::Inspections,
        rules::{Command as InspectionCommand, Details},
    },
    pages::recall,
    programme::{self, rows::Programmes},
    recommendation::{
        self,
        rows::Recommendations,
        rules::{Command as Recommend, Printed},
    },
    refold,
    register::rows::{follow, load_at},
    underway::{self, rows::InspectionsUnderway},
};

impl Chance {
    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    fn some(&mut self, ids: &[Id]) -> Id {
        ids[self.below(ids.len())].clone()
    }

    fn words(&mut self) -> String {
        self.of(&["=cmd()", "Review", "Mòrag’s diary", "", "evidence\nnew line", "£5 \"quoted\""]).to_owned()
    }

    fn day(&mut self) -> String {
        format!("20{}-0{}-1{}", 20 + self.below(7), 1 + self.below(9), self.below(10))
    }
}

fn at(minute: usize) -> Timestamp {
    let start = Timestamp::from_second(1_790_000_000).expect("a moment");
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
    areas: Vec<Id>,
    programmes: Vec<Id>,
    underway: Vec<Id>,
    happened: usize,
    refused: usize,
}

type Outcome = Result<(), Refusal>;

impl Life {
    fn new(seed: u64) -> Self {
        let who = Actor { who: "tester".into(), role: "audit_manager".into(), task: "Live".into() };
        Self {
            chance: Chance(seed),
            who,
            inspections: vec![],
            recommendations: vec![],
            areas: vec![],
            programmes: vec![],
            underway: vec![],
            happened: 0,
            refused: 0,
        }
    }

    /// Two inspections with two recommendations of three actions each: what areas are mapped to.
    async fn found(&mut self, journal: &Journal) {
        let now = at(0);
        let mut tx = journal.begin().await.expect("a command begins");
        for number in 0..2 {
            let inspection = Id::new(now);
            let known = inspection::rows::known(&mut tx, &inspection).await.expect("sql");
            let details = Details {
                title: format!("Inspection {number}"),
                code: format!("I{number}"),
                kind: "thematic".into(),
                published_on: format!("202{}-08-31", 1 + number * 4),
                inspectorate: "HMICS".into(),
                addressees: "Caledonia Police".into(),
            };
            let command = InspectionCommand::Register(details);
            act::<Inspections>(&mut tx, &self.who, now, &inspection, &known, command)
                .await
                .expect("sql")
                .expect("it is registered");
            for reference in 1..=2 {
                self.recommend(&mut tx, &inspection, reference, now).await;
            }
            self.inspections.push(inspection);
        }
        tx.commit().await.expect("it is committed");
    }

    async fn recommend(&mut self, tx: &mut Tx, inspection: &Id, reference: usize, now: Timestamp) {
        let id = Id::new(now);
        let known = recommendation::rows::known(tx, inspection, &id, today(now)).await.expect("sql");
        let printed = Printed {
            inspection: Some(inspection.clone()),
            reference: format!("R{reference}"),
            text: "Do it.".into(),
            ..Printed::default()
        };
        act::<Recommendations>(tx, &self.who, now, &id, &known, Recommend::Make(printed))
            .await
            .expect("sql")
            .expect("it is made");
        let recommendation = recall(tx, &id).await.expect("sql");
        let known = action::rules::Known::on(today(now), recommendation);
        for _ in 0..3 {
            let add = action::rules::Command::Add {
                number: String::new(),
                text: "Act.".into(),
                owner: String::new(),
                target: None,
            };
            act::<ActionsOf>(tx, &self.who, now, &id, &known, add).await.expect("sql").expect("it is added");
        }
        self.recommendations.push(id);
    }

    /// One command: most are sensible, some are refused. A tenth are thought better of.
    async fn step(&mut self, journal: &Journal, minute: usize) {
        let mut tx = journal.begin().await.expect("a command begins");
        let now = at(minute);
        let had = (self.areas.len(), self.programmes.len(), self.underway.len());
        let outcome = match self.chance.below(3) {
            0 => self.area(&mut tx, now).await,
            1 => self.programme(&mut tx, now).await,
            _ => self.under_way(&mut tx, now).await,
        };
        let commits = outcome.is_ok() && self.chance.below(10) > 0;
        if commits {
            tx.commit().await.expect("it is committed");
            self.happened += 1;
        } else {
            self.areas.truncate(had.0);
            self.programmes.truncate(had.1);
            self.underway.truncate(had.2);
            self.refused += usize::from(outcome.is_err());
        }
    }

    async fn area(&mut self, tx: &mut Tx, now: Timestamp) -> Outcome {
        use area::rules::{Command, Printed};
        let chance = &mut self.chance;
        let is_new = self.areas.len() < 3 || chance.below(6) == 0;
        let id = if is_new { Id::new(now) } else { chance.some(&self.areas) };
        let was = area::rows::one(tx, &id, journal::OPEN_END - 1).await.expect("sql");
        let inspection = was.map_or_else(|| chance.some(&self.inspections), |area| area.inspection);
        let recommendation = chance.some(&self.recommendations);
        let action = chance.of(&["1.1", "1.2", "2.1", "2.3", "9.9"]).to_owned();
        let printed = Printed {
            number: chance.of(&["", "", "1", "AFD 02", "7", "12a", "–"]).to_owned(),
            text: format!("Better. {}", chance.words()),
            heading: chance.words(),
            recommendation: (chance.below(3) == 0).then(|| recommendation.clone()),
        };
        let mapped = Some(recommendation.clone());
        let command = if is_new {
            Command::Make { inspection: Some(inspection.clone()), printed }
        } else {
            match chance.below(12) {
                0 => Command::Reword { printed, reason: chance.words() },
                1..=5 => Command::Map { recommendation, action, note: chance.words() },
                6 => Command::Unmap { recommendation, action, reason: chance.words() },
                7 | 8 => {
                    Command::Contest { recommendation, action, by: "Head".into(), words: chance.words() }
                }
                9 => Command::Settle { recommendation, action, words: chance.words() },
                10 => Command::Close { reason: chance.words(), on: chance.day() },
                _ => Command::Reopen { reason: chance.words() },
            }
        };
        let known =
            area::rows::known(tx, Some(&inspection), &id, mapped.as_ref(), today(now)).await.expect("sql");
        act::<Areas>(tx, &self.who, now, &id, &known, command).await.expect("sql")?;
        if is_new {
            self.areas.push(id);
        }
        Ok(())
    }

    async fn programme(&mut self, tx: &mut Tx, now: Timestamp) -> Outcome {
        use programme::rules::{Command, Details, Typed};
        const KINDS: [&str; 4] = ["", "abbreviation", "misspelling", "short"];
        let chance = &mut self.chance;
        let is_new = self.programmes.is_empty() || chance.below(6) == 0;
        let id = if is_new { Id::new(now) } else { chance.some(&self.programmes) };
        let name =
            format!("{} {}", chance.of(&["Project", "The project", "Programme &", ""]), chance.below(40));
        let command = if is_new {
            Command::Register { name, from: chance.day(), bodies: chance.words() }
        } else {
            match chance.below(8) {
                0..=2 => Command::Rename { name, from: chance.day(), reason: chance.words() },
                3 | 4 => Command::Alias(Typed { kind: chance.of(&KINDS).to_owned(), ..Typed::name(&name) }),
                5 => Command::End { on: chance.day(), reason: chance.words() },
                _ => {
                    let ended = chance.below(4) == 0;
                    let details = Details {
                        names: format!("{}: {name}\n{}: B {name}", chance.day(), chance.day()),
                        aliases: chance.words(),
                        bodies: chance.words(),
                        ended_on: if ended { chance.day() } else { String::new() },
                        ended_reason: if ended { chance.words() } else { String::new() },
                    };
                    Command::Correct { details, reason: chance.words() }
                }
            }
        };
        let known = programme::rows::known(tx, &id, today(now)).await.expect("sql");
        act::<Programmes>(tx, &self.who, now, &id, &known, command).await.expect("sql")?;
        if is_new {
            self.programmes.push(id);
        }
        Ok(())
    }

    async fn under_way(&mut self, tx: &mut Tx, now: Timestamp) -> Outcome {
        use underway::rules::{Command, Details};
        let chance = &mut self.chance;
        let is_new = self.underway.is_empty() || chance.below(4) == 0;
        let id = if is_new { Id::new(now) } else { chance.some(&self.underway) };
        let details = Details {
            title: format!("Inspection of {}", chance.below(60)),
            kind: chance.of(&["thematic", "joint", "assurance", "frontline", "audit", "other", "?"]).into(),
            inspectorate: "HMICS".into(),
            partners: chance.of(&["", "Auditor\nAnother", "Auditor"]).into(),
            announced_on: chance.day(),
        };
        let inspection = chance.some(&self.inspections);
        let stage = chance.of(&["", "announced", "fieldwork", "drafting", "published"]).to_owned();
        let command = if is_new {
            Command::Announce { details }
        } else {
            match chance.below(8) {
                0..=2 => Command::Advance { stage, on: chance.day() },
                3 | 4 => Command::Publish { inspection: Some(inspection.clone()) },
                5 => Command::Abandon { reason: chance.words(), on: chance.day() },
                _ => Command::Correct { details, stage, stage_on: chance.day(), reason: chance.words() },
            }
        };
        let known = underway::rows::known(tx, &id, Some(&inspection), today(now)).await.expect("sql");
        act::<InspectionsUnderway>(tx, &self.who, now, &id, &known, command).await.expect("sql")?;
        if is_new {
            self.underway.push(id);
        }
        Ok(())
    }
}

async fn live(journal: &Journal, seed: u64, steps: usize) -> Life {
    let mut life = Life::new(seed);
    life.found(journal).await;
    for minute in 1..=steps {
        life.step(journal, minute).await;
    }
    life
}

async fn folded_again(tx: &mut Tx) -> Vec<String> {
    clear(tx, &TABLES).await.expect("the rows are emptied");
    let mut memory = Memory::default();
    for entry in entries(tx, 0, i64::MAX).await.expect("the journal is read") {
        refold(tx, &mut memory, &entry).await.expect("it is folded");
    }
    dump(tx, &TABLES).await.expect("the rows are read")
}

/// What the journal says up to a position, folded in memory without any SQL but reading it.
#[derive(Default)]
struct Replay {
    areas: Folded<area::rules::Area>,
    programmes: Folded<programme::rules::Programme>,
    underway: Folded<underway::rules::Underway>,
}

/// What two nouns say of the same subject, by identity.
fn by_id<S: Clone>(rows: Vec<(Id, S)>) -> Vec<(Id, S)> {
    let mut rows = rows;
    rows.sort_by(|(one, _), (other, _)| one.cmp(other));
    rows
}

fn states<S: Clone>(folded: &Folded<S>) -> Vec<(Id, S)> {
    folded.states().iter().map(|(id, state)| (id.clone(), state.clone())).collect()
}

async fn every_position_is_a_replay(journal: &Journal) {
    let mut read = journal.read().await.expect("a reading begins");
    let last = head(&mut read).await.expect("sql");
    let mut replay = Replay::default();
    let today = Date::constant(2026, 11, 21);
    let mut before = load_at(&mut read, Position { seq: 0, today, is_past: true }).await.expect("sql");
    for entry in entries(&mut read, 0, last).await.expect("sql") {
        replay.areas.step(&entry, area::rules::apply).expect("it parses");
        replay.programmes.step(&entry, programme::rules::apply).expect("it parses");
        replay.underway.step(&entry, underway::rules::apply).expect("it parses");
        if entry.seq % 3 > 0 && entry.seq < last {
            continue;
        }
        let rows = area::rows::all(&mut read, entry.seq).await.expect("sql");
        assert_eq!(by_id(rows), states(&replay.areas), "areas at {}", entry.seq);
        let rows = programme::rows::all(&mut read, entry.seq).await.expect("sql");
        assert_eq!(by_id(rows), states(&replay.programmes), "programmes at {}", entry.seq);
        let rows = underway::rows::all(&mut read, entry.seq).await.expect("sql");
        assert_eq!(by_id(rows), states(&replay.underway), "inspections under way at {}", entry.seq);
        // The register that stood earlier, followed from there, is the register read whole.
        let position = Position { seq: entry.seq, today, is_past: true };
        let register = load_at(&mut read, position).await.expect("sql");
        assert_eq!(follow(&mut read, &before, position).await.expect("sql"), register, "{}", entry.seq);
        before = register;
        for (id, state) in states(&replay.areas) {
            let row = area::rows::one(&mut read, &id, entry.seq).await.expect("sql");
            assert_eq!(row, Some(state), "{id} at {}", entry.seq);
        }
    }
}

/// No two areas of an inspection share a number, and no two programmes a name on any day.
async fn what_is_unique_stays_so(journal: &Journal) {
    let mut read = journal.read().await.expect("a reading begins");
    let areas = area::rows::all(&mut read, i64::MAX - 1).await.expect("sql");
    let mut keys: Vec<_> = areas.iter().map(|(_, area)| (area.inspection.clone(), area.key())).collect();
    keys.sort();
    let before = keys.len();
    keys.dedup();
    assert_eq!(keys.len(), before);
    let programmes = programme::rows::all(&mut read, i64::MAX - 1).await.expect("sql");
    for month in 1..=12 {
        for year in 2019..2028 {
            let day = Date::new(year, month, 15).expect("a day");
            let running = programmes.iter().filter(|(_, one)| one.ended.as_ref().is_none_or(|e| day <= e.on));
            let mut names: Vec<String> =
                running.filter_map(|(_, one)| one.name_on(day)).map(programme::rules::plain).collect();
            names.sort();
            let before = names.len();
            names.dedup();
            assert_eq!(names.len(), before, "on {day}");
        }
    }
}

#[tokio::test]
async fn rows_equal_the_fold_and_any_position_equals_its_replay() {
    for seed in 0..u64::try_from(2 * times()).expect("it fits") {
        for t in journal::testing::engines().await {
            println!("seed {seed} on {:?}", t.engine);
            let life = live(&t.journal, seed, 600).await;
            println!("{} happened, {} were refused", life.happened, life.refused);
            assert!(life.happened > 100 && life.refused > 50, "the life is too quiet to mean anything");
            assert!(life.areas.len() > 5 && life.programmes.len() > 5 && life.underway.len() > 5);
            every_position_is_a_replay(&t.journal).await;
            what_is_unique_stays_so(&t.journal).await;
            let mut tx = t.journal.begin().await.expect("a command begins");
            let before = dump(&mut tx, &TABLES).await.expect("the rows are read");
            assert_eq!(before, folded_again(&mut tx).await, "the rows are not the fold of the journal");
        }
    }
}

#[tokio::test]
async fn a_changed_row_is_found_by_the_fold() {
    let t = journal::testing::engines().await.remove(0);
    live(&t.journal, 7, 60).await;
    for change in [
        "update area set mappings = '[]', text = 'else'",
        "update programme set aliases = '[\"else\"]'",
        "update underway set stage = 'published'",
    ] {
        let mut tx = t.journal.begin().await.expect("a command begins");
        sqlx::query(change).execute(&mut *tx).await.expect("sql");
        let before = dump(&mut tx, &TABLES).await.expect("sql");
        assert_ne!(before, folded_again(&mut tx).await, "{change}");
    }
}
