//! Random lives of referrals, seeded, on both engines: the rows are the fold of the journal, every figure is the length
//! of the list that it opens, and both are what the journal alone gives.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use journal::{Actor, Id, Journal, OPEN_END, clear, dump, entries, history};
use partner::{
    Memory, TABLES,
    definition::{Form, Stage, definitions, kind},
    referral::{
        counts::{
            rows::{lines, replies},
            rules::{Count, add_up},
        },
        list::rows::{Filter, list, of_incident, one},
        rows::{change, folded, send},
        rules::{Answer, Command, Consent, End, Referral, Said, State},
        sending::Sending,
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
    Actor { who: "tester".into(), role: "service_advisor".into(), task: "Refer".into() }
}

fn at(step: usize) -> Timestamp {
    let begin: Timestamp = "2026-11-20T08:00:00Z".parse().expect("a moment");
    begin + SignedDuration::from_mins(17 * i64::try_from(step).expect("few"))
}

struct Life {
    chance: Chance,
    incidents: Vec<Id>,
    referrals: Vec<(Id, String)>,
    links: Vec<Id>,
    happened: usize,
    refused: usize,
}

impl Life {
    fn new(seed: u64) -> Self {
        let incidents = (0..40).map(|_| Id::new(at(0))).collect();
        Self { chance: Chance(seed), incidents, referrals: vec![], links: vec![], happened: 0, refused: 0 }
    }

    async fn step(&mut self, journal: &Journal, step: usize) {
        let now = at(step);
        let mut tx = journal.begin().await.expect("a command begins");
        let stored = if self.referrals.is_empty() || self.chance.below(3) == 0 {
            let id = Id::new(now);
            let sending = self.sending(now);
            let of_kind = sending.kind.clone();
            let stored = send(&mut tx, &who(), now, &id, sending).await.expect("sql");
            if stored.is_ok() {
                self.referrals.push((id, of_kind));
            }
            stored
        } else {
            let place = self.chance.below(self.referrals.len());
            let (id, of_kind) = self.referrals[place].clone();
            let link = match self.chance.below(5) {
                0 if !self.links.is_empty() => {
                    let place = self.chance.below(self.links.len());
                    Some(self.links[place].clone())
                }
                _ => None,
            };
            let command = self.command(now, &of_kind);
            change(&mut tx, &who(), now, &id, link, command).await.expect("sql")
        };
        match stored {
            Ok(_) => {
                self.happened += 1;
                tx.commit().await.expect("it is committed");
            }
            Err(refusal) => {
                self.refused += 1;
                assert!(refusal.sentence.ends_with('.'), "{refusal}");
            }
        }
    }

    fn sending(&mut self, now: Timestamp) -> Sending {
        let agencies = &definitions().agency;
        let agency = &agencies[self.chance.below(agencies.len())];
        let place = self.chance.below(agency.takes.len());
        let takes = agency.takes[place].clone();
        let consent = match self.chance.below(5) {
            0 => None,
            1 => Some(Consent::Overridden {
                basis: "vital_interests".into(),
                reason: "He may die.".to_owned().into(),
            }),
            _ => Some(Consent::Given { by: "the_person".into(), way: "spoken".into() }),
        };
        let place = self.chance.below(self.incidents.len());
        Sending {
            incident: self.incidents[place].clone(),
            agency: agency.key.clone(),
            division: self.chance.pick(&["G", "D", "E", ""]).to_owned(),
            consent,
            age: Some(self.chance.pick(&[15, 16, 80])),
            person: self.chance.pick(&["Mòrag Bàn", "Łukasz Nowak", "محمد"]).to_owned(),
            reach: "07700 900480".into(),
            summary: "Needs help; \"quoted\"\nand more".into(),
            answers: self.answers(&takes, Stage::Send, now),
            preferences: Vec::new(),
            kind: takes,
        }
    }

    fn answers(&mut self, key: &str, stage: Stage, now: Timestamp) -> Vec<Answer> {
        let questions: Vec<_> = kind(key).expect("a kind").questions(stage).collect();
        let mut all = Vec::new();
        for question in questions {
            let ago = SignedDuration::from_mins(i64::try_from(self.chance.below(90)).unwrap_or(0));
            let said = match question.form {
                Form::YesNo if self.chance.below(8) == 0 => Said::No,
                Form::YesNo => Said::Yes,
                Form::Moment => Said::At(now - ago),
                Form::Lines => Said::Words("Stay with her.".to_owned().into()),
            };
            if self.chance.below(12) > 0 {
                all.push(Answer { question: question.key.clone(), said });
            }
        }
        all
    }

    fn command(&mut self, now: Timestamp, of_kind: &str) -> Command {
        let ago = SignedDuration::from_mins(i64::try_from(self.chance.below(60)).unwrap_or(0));
        let then = (self.chance.below(3) == 0).then(|| now - ago);
        let words = String::new();
        match self.chance.below(10) {
            0..=2 => Command::Accept { at: then, by: "R. Baird".into(), words },
            3 => {
                let reason = self.chance.pick(&["no_capacity", "risk_rose"]).to_owned();
                Command::Decline { at: then, reason, words: "Full".into() }
            }
            4..=6 => {
                let answers = self.answers(of_kind, Stage::Finish, now);
                Command::Finish { at: then, outcome: "supported".into(), words, answers }
            }
            7 => Command::BounceBack { reason: "risk_rose".into(), words },
            8 if self.chance.below(4) == 0 => Command::Settle { words: "Officers went there.".into() },
            8 if self.chance.below(3) == 0 => Command::Withdraw { reason: "She moved away.".into() },
            8 => {
                let link = Id::new(now);
                self.links.push(link.clone());
                Command::IssueLink { hash: format!("hash of {link}"), link }
            }
            _ => {
                let link = self.links.last().cloned().unwrap_or_else(|| Id::new(now));
                Command::RevokeLink { link }
            }
        }
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
    for private in ["Mòrag", "Łukasz", "محمد", "07700", "quoted", "Baird", "moved away", "Officers went"]
    {
        assert!(!before.iter().any(|line| line.contains(private)), "{private} is in a row");
    }
}

/// What is counted, from the journal alone.
fn counted(lives: &BTreeMap<Id, Referral>, now: Timestamp, keeps: impl Fn(&Referral) -> bool) -> Count {
    let mut count = Count::default();
    for life in lives.values().filter(|life| keeps(life)) {
        let state = life.state(now);
        count.states[State::ALL.iter().position(|one| *one == state).expect("a state")] += 1;
        count.to_deal_with += i64::from(life.is_to_deal_with(now));
        if let Some((End::Finished { minutes_saved, is_conveyance_avoided, .. }, _)) = &life.ended {
            count.minutes_saved += minutes_saved.unwrap_or(0);
            count.conveyances_avoided += i64::from(*is_conveyance_avoided);
        }
        if let Some(at) = life.replied_at() {
            count.reply_minutes.push(at.duration_since(life.sent.began().0).as_mins());
        }
    }
    count.reply_minutes.sort_unstable();
    count
}

async fn figures_are_lists_and_the_journals(journal: &Journal, life: &Life, now: Timestamp) {
    let mut read = journal.read().await.expect("a reading begins");
    let mut lives = BTreeMap::new();
    for (id, _) in &life.referrals {
        let told = history(&mut read, id, OPEN_END).await.expect("sql");
        lives.insert(id.clone(), folded(&told).expect("it folds").expect("it is there"));
        let row = one(&mut read, id).await.expect("sql").expect("it has a row");
        assert_eq!(row.state(now), lives[id].state(now), "{id}");
    }
    let periods = [(None, None), (Some(at(100)), None), (None, Some(at(100))), (Some(at(50)), Some(at(250)))];
    for (from, until) in periods {
        for (of_kind, division) in
            [("", ""), ("general", ""), ("distress_brief_intervention", "G"), ("", "D")]
        {
            let narrow =
                Filter { kind: of_kind.into(), division: division.into(), from, until, ..Filter::default() };
            let counted_lines = lines(&mut read, &narrow, now).await.expect("sql");
            let (by_agency, all) = add_up(&counted_lines, &replies(&mut read, &narrow).await.expect("sql"));
            let keeps = |life: &Referral| {
                (of_kind.is_empty() || life.sent.kind == of_kind)
                    && (division.is_empty() || life.sent.division == division)
                    && from.is_none_or(|from| from <= life.sent.at)
                    && until.is_none_or(|until| life.sent.at < until)
            };
            assert_eq!(all, counted(&lives, now, keeps), "{narrow:?}");
            for (agency, count) in &by_agency {
                let of_agency = |life: &Referral| keeps(life) && life.sent.agency == *agency;
                assert_eq!(*count, counted(&lives, now, of_agency), "{agency}");
                let sent = Filter { agency: agency.clone(), ..narrow.clone() };
                let length = |filter: Vec<_>| i64::try_from(filter.len()).expect("few");
                assert_eq!(length(list(&mut read, &sent, now).await.expect("sql")), count.sent());
                let filter = Filter { is_to_deal_with: true, ..sent.clone() };
                let found = list(&mut read, &filter, now).await.expect("sql");
                assert!(found.iter().all(|one| one.is_to_deal_with(now)));
                assert_eq!(length(found), count.to_deal_with, "{agency}");
                for state in State::ALL {
                    let filter = Filter { state: Some(state), ..sent.clone() };
                    let found = list(&mut read, &filter, now).await.expect("sql");
                    assert!(found.iter().all(|one| one.state(now) == state && one.agency == *agency));
                    assert_eq!(length(found), count.of(state), "{agency} {state:?}");
                }
            }
        }
    }
    pages_are_the_list(&mut read, now).await;
    incidents_have_all(&mut read, life).await;
}

async fn pages_are_the_list(read: &mut journal::Connection, now: Timestamp) {
    let whole = list(read, &Filter::default(), now).await.expect("sql");
    let (mut paged, mut before) = (Vec::new(), None);
    loop {
        let filter = Filter { before, limit: 7, ..Filter::default() };
        let page = list(read, &filter, now).await.expect("sql");
        let Some(last) = page.last() else { break };
        before = Some(last.seq);
        paged.extend(page);
    }
    assert_eq!(paged, whole);
    assert!(whole.windows(2).all(|two| two[0].seq > two[1].seq), "the newest first");
}

async fn incidents_have_all(read: &mut journal::Connection, life: &Life) {
    let mut all = 0;
    for incident in &life.incidents {
        let of = of_incident(read, incident).await.expect("sql");
        assert!(of.iter().all(|one| one.incident == *incident));
        all += of.len();
    }
    assert_eq!(all, life.referrals.len());
}

#[tokio::test]
async fn rows_equal_the_fold_and_figures_equal_lists() {
    for seed in 0..u64::try_from(3 * times()).expect("it fits") {
        for t in journal::testing::engines().await {
            println!("seed {seed} on {:?}", t.engine);
            let mut life = Life::new(seed);
            for step in 0..400 {
                life.step(&t.journal, step).await;
            }
            println!("{} happened, {} were refused", life.happened, life.refused);
            assert!(life.happened > 120 && life.refused > 50, "the life is too quiet to mean anything");
            rows_are_the_fold(&t.journal).await;
            figures_are_lists_and_the_journals(&t.journal, &life, at(400)).await;
            figures_are_lists_and_the_journals(&t.journal, &life, at(2_000)).await;
        }
    }
}

#[tokio::test]
async fn a_changed_row_is_found_by_the_fold() {
    let t = journal::testing::engines().await.remove(0);
    let mut life = Life::new(5);
    for step in 0..60 {
        life.step(&t.journal, step).await;
    }
    let mut tx = t.journal.begin().await.expect("a command begins");
    sqlx::query("update referral set standing = 'finished'").execute(&mut *tx).await.expect("sql");
    let before = dump(&mut tx, &TABLES).await.expect("sql");
    clear(&mut tx, &TABLES).await.expect("sql");
    let mut memory = Memory::default();
    for entry in entries(&mut tx, 0, i64::MAX).await.expect("sql") {
        refold(&mut tx, &mut memory, &entry).await.expect("sql");
    }
    assert_ne!(before, dump(&mut tx, &TABLES).await.expect("sql"));
}
