//! What the machine, the calendar and people do in the simulation.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use journal::{Engine, Entry, Id, Journal, Tx, act, testing::Testing};
use plan::recommendation::rows::Recommendations;
use round::{
    group::{
        cadence::{Cadence, Nth, Slot, Weekday},
        rows::Groups,
    },
    meeting::{self, rows::Meetings, rules::due_before},
    month::{
        asked_for,
        rows::Rounds,
        rules::{Ask, Command, Known, Seen},
        telling::tell_of,
        tick,
    },
    notice::send::{send_due, write_digests},
    workday::rules::Calendar,
};
use serde_json::json;

use crate::{
    common::{actor, date, happens, inspect, moment, recommend, say},
    machine::{Chance, stop_after},
    staff::Staff,
};

/// The leap day, and the days on which the clocks change: nobody is away.
pub const SPECIAL: [&str; 5] = ["2023-10-29", "2024-02-29", "2024-03-31", "2024-10-27", "2025-03-30"];

/// Somebody looked at what is due.
pub struct Look {
    pub at: Timestamp,
    /// Whether they took every step, or stopped in the middle and may have taken it or not.
    pub whole: bool,
    /// Whether they wrote the digests to the end too.
    pub digests: bool,
}

/// A round as the simulation knows it.
pub struct Plan {
    pub id: Id,
    pub opened_at: Timestamp,
    pub due_on: Date,
    pub meets_on: Date,
    closed_at: Option<Timestamp>,
    pub asked: Vec<Id>,
    withdrawn: BTreeMap<Id, Timestamp>,
    pub reminded_by_hand: Vec<(Id, Timestamp)>,
}

pub struct Life {
    chance: Chance,
    address: String,
    data_dir: PathBuf,
    pub journal: Journal,
    at: Timestamp,
    group: Id,
    recommendations: Vec<Id>,
    pub rounds: Vec<Plan>,
    pub looks: Vec<Look>,
    /// When each recommendation was answered, or closed for good.
    said: BTreeMap<Id, Vec<Timestamp>>,
    /// The accounts of the posts, and the mail server that takes what goes by e-mail.
    pub staff: Staff,
    pub told_by_ticks: usize,
    pub reopened: usize,
    pub stopped: usize,
}

impl Life {
    pub async fn new(t: &Testing, seed: u64, start: Date) -> Self {
        let at = moment(start, 8, 0);
        let (address, data_dir) = match t.engine {
            Engine::Sqlite => ("sqlite".to_owned(), t.data_dir.clone()),
            Engine::PostgreSql => {
                let mut tx = t.journal.begin().await.expect("it begins");
                let name: String = sqlx::query_scalar("select current_database()::text")
                    .fetch_one(&mut *tx)
                    .await
                    .expect("sql");
                let server =
                    std::env::var("ANSWERABLE_TEST_POSTGRES").expect("it is set: this is PostgreSQL");
                let base = server.rsplit_once('/').expect("an address has a database").0;
                (format!("{base}/{name}"), PathBuf::new())
            }
        };
        let mut tx = t.journal.begin().await.expect("it begins");
        let inspection = inspect(&mut tx, at).await;
        let mut recommendations = Vec::new();
        for number in 1..=5 {
            let post = format!("Owner {number}");
            recommendations.push(recommend(&mut tx, at, &inspection, &format!("R{number}"), &post).await);
        }
        let group = Id::new(at);
        let formed = json!({ "formed": {
            "name": "Tactical Group", "kind": "tactical", "reference": "",
            "cadence": { "monthly": { "nth": "second", "weekday": "wednesday" } },
        }});
        happens::<Groups>(&mut tx, at, &group, formed).await;
        happens::<Groups>(
            &mut tx,
            at,
            &group,
            json!({ "member_added": { "post": "Chair", "alternate": "", "chairs": true } }),
        )
        .await;
        tx.commit().await.expect("it is committed");
        let staff = Staff::hire(&t.journal, at).await;
        Self {
            chance: Chance(seed),
            address,
            data_dir,
            journal: t.journal.clone(),
            at,
            group,
            recommendations,
            rounds: Vec::new(),
            looks: Vec::new(),
            said: BTreeMap::new(),
            staff,
            told_by_ticks: 0,
            reopened: 0,
            stopped: 0,
        }
    }

    /// The next moment, never before `wanted` and always after everything that has happened.
    fn next(&mut self, wanted: Timestamp) -> Timestamp {
        self.at = wanted.max(self.at + SignedDuration::from_secs(1));
        self.at
    }

    async fn open_journal(&self) -> Journal {
        Journal::open(&self.address, &self.data_dir, self.at).await.expect("it opens again")
    }

    /// A restart: what was in memory is gone.
    async fn restart(&mut self) {
        self.journal = self.open_journal().await;
        self.reopened += 1;
    }

    /// Looks at what is due as the service does, to the end or not, once or in two processes at once.
    async fn look(&mut self, wanted: Timestamp) {
        let now = self.next(wanted);
        if self.chance.percent(35) {
            // A quiet look is over after a few steps of the machine, a busy one has many in which to stop.
            let polls = if self.chance.percent(50) { self.chance.below(12) } else { self.chance.below(160) };
            let done = stop_after(polls, &self.journal, now).await;
            self.stopped += usize::from(done < 3);
            self.looks.push(Look { at: now, whole: done > 0, digests: done > 1 });
            return;
        }
        let told = if self.chance.percent(10) {
            let other = self.open_journal().await;
            let (one, two) = tokio::join!(self.chores(&self.journal, now), self.chores(&other, now));
            one + two
        } else {
            self.chores(&self.journal, now).await
        };
        self.told_by_ticks += told;
        self.looks.push(Look { at: now, whole: true, digests: true });
    }

    /// What the service does by itself; how many were told by a reminder or an escalation.
    async fn chores(&self, journal: &Journal, now: Timestamp) -> usize {
        let told = tick(journal, now).await.expect("sql").len();
        write_digests(journal, now).await.expect("sql");
        send_due(journal, &self.staff.mail(), now).await.expect("sql");
        told
    }

    /// Sends until nothing is left to send.
    pub async fn send_the_rest(&mut self) {
        for _ in 0..200 {
            let now = self.next(self.at);
            let sent = send_due(&self.journal, &self.staff.mail(), now).await.expect("sql");
            if sent.sent + sent.kept + sent.failed == 0 {
                return;
            }
        }
        panic!("there is no end of notices");
    }

    async fn open_round(&mut self, meets_on: Date, today: Date) {
        let now = self.next(moment(today, 9, 0));
        let calendar = Calendar::scotland();
        let (meeting, id) = (Id::new(now), Id::new(now));
        let mut tx = self.journal.begin().await.expect("it begins");
        let known = meeting::rows::known(&mut tx, Some(&self.group), &meeting, today).await.expect("sql");
        let call = meeting::rules::Command::Call {
            group: Some(self.group.clone()),
            on: meets_on.to_string(),
            place: String::new(),
        };
        act::<Meetings>(&mut tx, &actor(), now, &meeting, &known, call).await.expect("sql").expect("called");
        let asked: Vec<Id> = self.recommendations.clone();
        let known = Known {
            today,
            calendar,
            meeting: meeting::rows::one(&mut tx, &meeting).await.expect("sql"),
            is_taken: false,
            seen: asked.iter().map(|id| (id.clone(), Seen::default())).collect(),
        };
        let ask = |(number, id): (usize, &Id)| Ask {
            recommendation: id.clone(),
            post: format!("Owner {}", number + 1),
            escalate_to: "Chair".into(),
        };
        let asks = asked.iter().enumerate().map(ask).collect();
        let open = Command::Open { meeting: Some(meeting), due_on: String::new(), asks };
        let entry =
            act::<Rounds>(&mut tx, &actor(), now, &id, &known, open).await.expect("sql").expect("opened");
        self.tell(&mut tx, now, &id, &entry, &known).await;
        tx.commit().await.expect("it is committed");
        self.rounds.push(Plan {
            id,
            opened_at: now,
            due_on: due_before(calendar, meets_on).expect("a covered year").updates,
            meets_on,
            closed_at: None,
            asked,
            withdrawn: BTreeMap::new(),
            reminded_by_hand: Vec::new(),
        });
    }

    /// Somebody says something, takes a request back, reminds an owner by hand, or closes a round.
    async fn people(&mut self, today: Date) {
        for id in self.recommendations.clone() {
            if self.chance.percent(3) {
                let now = self.next(moment(today, 10, 0));
                let mut tx = self.journal.begin().await.expect("it begins");
                say(&mut tx, now, &id, &format!("It goes on, {now}.")).await;
                tx.commit().await.expect("it is committed");
                self.said.entry(id).or_default().push(now);
            }
        }
        for number in 0..self.rounds.len() {
            let round = &self.rounds[number];
            if round.closed_at.is_some() {
                continue;
            }
            let (meets_on, recommendation) = (round.meets_on, round.asked[self.chance.below(5)].clone());
            let command = match self.chance.below(40) {
                0 => Command::Withdraw { recommendation, reason: "Merged".into() },
                1 => Command::Remind { recommendation },
                _ if today >= meets_on => Command::Close,
                _ => continue,
            };
            self.command(number, today, command).await;
        }
    }

    async fn command(&mut self, number: usize, today: Date, command: Command) {
        let now = self.next(moment(today, 11, 0));
        let id = self.rounds[number].id.clone();
        let mut tx = self.journal.begin().await.expect("it begins");
        let seen = self.rounds[number].asked.iter().map(|id| {
            let answered_on = (!self.is_silent(&self.rounds[number], id, now)).then_some(today);
            (id.clone(), Seen { answered_on, ..Seen::default() })
        });
        let known = Known {
            today,
            calendar: Calendar::scotland(),
            meeting: None,
            is_taken: false,
            seen: seen.collect(),
        };
        let done = act::<Rounds>(&mut tx, &actor(), now, &id, &known, command.clone()).await.expect("sql");
        // Else it is answered, withdrawn or was reminded already today.
        let Ok(entry) = done else { return };
        self.tell(&mut tx, now, &id, &entry, &known).await;
        tx.commit().await.expect("it is committed");
        let round = &mut self.rounds[number];
        match command {
            Command::Withdraw { recommendation, .. } => drop(round.withdrawn.insert(recommendation, now)),
            Command::Remind { recommendation } => round.reminded_by_hand.push((recommendation, now)),
            _ => round.closed_at = Some(now),
        }
    }

    /// As the pages do: the notices in the transaction of the fact.
    async fn tell(&self, tx: &mut Tx, now: Timestamp, id: &Id, entry: &Entry, known: &Known<'_>) {
        let group = round::group::rows::one(tx, &self.group).await.expect("sql");
        let told = tell_of(tx, &actor(), now, (id, entry), (&known.seen, group.as_ref())).await.expect("sql");
        assert!(told.unheld.is_empty(), "every post is held: {told:?}");
    }

    /// Closes a recommendation for good while it is asked about.
    async fn discharge(&mut self, today: Date) {
        let now = self.next(moment(today, 10, 0));
        let id = self.recommendations.pop().expect("there are five");
        let mut tx = self.journal.begin().await.expect("it begins");
        let fact = json!({ "discharged": { "reason": "Enough", "on": today } });
        happens::<Recommendations>(&mut tx, now, &id, fact).await;
        let heir = recommend_again(&mut tx, now, &id).await;
        tx.commit().await.expect("it is committed");
        self.said.entry(id).or_default().push(now);
        self.recommendations.push(heir);
    }

    pub fn is_silent(&self, round: &Plan, id: &Id, at: Timestamp) -> bool {
        let said =
            self.said.get(id).is_some_and(|said| said.iter().any(|on| round.opened_at < *on && *on < at));
        !said && round.withdrawn.get(id).is_none_or(|on| at < *on) && round.closed_at.is_none_or(|on| at < on)
    }

    async fn one_day(&mut self, today: Date) {
        if self.chance.percent(8) {
            self.restart().await;
        }
        // In the night, in the hour that the clocks skip or repeat, in the morning, just before midnight.
        let times = [(0, 5), (1, 30), (9, 30), (12, 0), (23, 50)];
        let mut when: Vec<(i8, i8)> =
            (0..=self.chance.below(3)).map(|_| times[self.chance.below(5)]).collect();
        when.sort_unstable();
        let early = when.iter().filter(|(hour, _)| *hour < 9).count();
        for (hour, minute) in when.drain(..early) {
            self.look(moment(today, hour, minute)).await;
        }
        self.people(today).await;
        for (hour, minute) in when {
            self.look(moment(today, hour, minute)).await;
        }
    }

    pub async fn live(&mut self, from: Date, until: Date) {
        let mut away = 0;
        let mut meetings = second_wednesdays(from, until);
        for today in from.series(1.day()).take_while(|day| *day <= until) {
            if let Some(next) = meetings.first().copied() {
                let due = due_before(Calendar::scotland(), next).expect("a covered year").updates;
                let early = 9 + i64::try_from(self.chance.below(8)).expect("it fits");
                if today >= due.saturating_sub(early.days()) {
                    self.open_round(next, today).await;
                    meetings.remove(0);
                }
            }
            if today == date("2024-07-01") {
                self.discharge(today).await;
            }
            let is_special = SPECIAL.iter().any(|day| date(day) == today);
            if !is_special && (away > 0 || self.chance.percent(12)) {
                away = if away > 0 { away - 1 } else { self.chance.below(6) };
                self.people(today).await; // nobody looks; people go on
                continue;
            }
            away = 0;
            self.one_day(today).await;
            if is_special {
                self.look(moment(today, 23, 58)).await;
                self.look(moment(today, 23, 59)).await;
            }
            if self.chance.percent(5) {
                self.asked_is_what_waits().await;
            }
        }
        self.look(moment(until, 23, 55)).await;
    }

    async fn asked_is_what_waits(&mut self) {
        let now = self.at;
        let asked = asked_for(&mut self.journal.read().await.expect("it begins")).await.expect("sql");
        let asked: BTreeSet<(Id, Id)> =
            asked.into_iter().map(|one| (one.round, one.recommendation)).collect();
        let after = now + SignedDuration::from_millis(1);
        let mut waits = BTreeSet::new();
        for round in &self.rounds {
            let silent = round.asked.iter().filter(|id| self.is_silent(round, id, after));
            waits.extend(silent.map(|id| (round.id.clone(), id.clone())));
        }
        assert_eq!(asked, waits, "at {now}");
    }
}

fn second_wednesdays(from: Date, until: Date) -> Vec<Date> {
    let slot = Slot { nth: Nth::Second, weekday: Weekday::Wednesday };
    let mut days = Cadence::Monthly(slot).next_days(from, 40);
    days.retain(|day| {
        *day < until && due_before(Calendar::scotland(), *day).is_ok_and(|due| due.updates > from)
    });
    days
}

async fn recommend_again(tx: &mut journal::Tx, at: Timestamp, gone: &Id) -> Id {
    let was = journal::recall(tx, gone, plan::recommendation::rules::apply).await.expect("sql").state;
    let inspection = was.expect("it was made").inspection;
    recommend(tx, at, &inspection, "R6", "Owner 5").await
}
