//! What should have happened, worked out from what was done in the simulation alone.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use journal::{Id, entries};
use round::{
    month::{SERVICE, rows::told_since, rules::Fact},
    workday::rules::Calendar,
};

use crate::life::{Life, Plan};

impl Life {
    /// Holds what happened in the journal against what should have.
    pub async fn nothing_is_missing_and_nothing_double(&self) -> Tally {
        let mut read = self.journal.read().await.expect("it begins");
        let mut reminded: BTreeMap<(Id, Id), Vec<Timestamp>> = BTreeMap::new();
        let mut escalated: BTreeMap<(Id, Id), Vec<Timestamp>> = BTreeMap::new();
        for entry in entries(&mut read, 0, i64::MAX).await.expect("sql") {
            let by_service = entry.actor.who == SERVICE;
            match entry.fact::<Fact>().expect("it parses") {
                Some(Fact::Reminded { recommendation, .. }) if by_service => {
                    reminded.entry((entry.subject.clone(), recommendation)).or_default().push(entry.at);
                }
                Some(Fact::Escalated { recommendation, .. }) => {
                    escalated.entry((entry.subject.clone(), recommendation)).or_default().push(entry.at);
                }
                _ => {}
            }
        }
        let mut tally = Tally::default();
        for round in &self.rounds {
            for id in &round.asked {
                let key = (round.id.clone(), id.clone());
                let facts = reminded.remove(&key).unwrap_or_default();
                self.reminders_are_right(round, id, &facts, &mut tally);
                let facts = escalated.remove(&key).unwrap_or_default();
                let expected = self.first_look(round, id, back_or_on(round.due_on, -1), Date::MAX);
                once(&facts, &expected, &format!("escalation in round of {} about {id}", round.meets_on));
                tally.escalated += facts.len();
                tally.stopped += expected.perhaps.len();
            }
        }
        assert!(reminded.is_empty() && escalated.is_empty(), "somebody was told who was never asked");
        let told = told_since(&mut read, 0).await.expect("sql");
        let asked: usize = self.rounds.iter().map(|round| round.asked.len()).sum();
        let by_hand: usize = self.rounds.iter().map(|round| round.reminded_by_hand.len()).sum();
        assert_eq!(told.len(), asked + by_hand + tally.reminded.len() + tally.escalated);
        assert!(self.told_by_ticks <= tally.reminded.len() + tally.escalated);
        tally
    }

    fn reminders_are_right(&self, round: &Plan, id: &Id, facts: &[Timestamp], tally: &mut Tally) {
        let steps: Vec<Date> = [5, 1].map(|before| back_or_on(round.due_on, before)).into();
        let mut left = facts.to_vec();
        for (number, from) in steps.iter().enumerate() {
            let until = steps.get(number + 1).copied().unwrap_or(Date::MAX);
            let expected = if *from > scottish(round.opened_at) {
                self.first_look(round, id, *from, until)
            } else {
                Expected::default()
            };
            let within = |at: &Timestamp| *from <= scottish(*at) && scottish(*at) < until;
            let here: Vec<Timestamp> = left.iter().copied().filter(within).collect();
            left.retain(|at| !within(at));
            once(&here, &expected, &format!("reminder of {from} in round of {} about {id}", round.meets_on));
            tally.stopped += expected.perhaps.len();
            tally.late += here.iter().filter(|at| scottish(**at) > *from).count();
            tally.reminded.extend(here.into_iter().map(scottish));
        }
        assert_eq!(left, [], "a reminder before its day, about {id}");
    }

    /// The looks on the days from `from` to before `until` at which a step should have been taken: those that
    /// were stopped, up to the first that was not.
    fn first_look(&self, round: &Plan, id: &Id, from: Date, until: Date) -> Expected {
        let mut expected = Expected::default();
        for look in self.looks.iter().filter(|look| look.at > round.opened_at) {
            let day = scottish(look.at);
            if day < from || day >= until || !self.is_silent(round, id, look.at) {
                continue;
            }
            let by_hand =
                |(about, at): &(Id, Timestamp)| about == id && *at < look.at && scottish(*at) >= from;
            if until != Date::MAX || from < round.due_on {
                // Only a reminder is made needless by one that somebody gave by hand.
                if round.reminded_by_hand.iter().any(by_hand) {
                    return expected;
                }
            }
            if look.whole {
                expected.at_last = Some(look.at);
                return expected;
            }
            expected.perhaps.push(look.at);
        }
        expected
    }
}

/// When a step may have been taken, and when at the latest.
#[derive(Debug, Default)]
struct Expected {
    perhaps: Vec<Timestamp>,
    at_last: Option<Timestamp>,
}

fn once(facts: &[Timestamp], expected: &Expected, what: &str) {
    assert!(facts.len() <= 1, "{what}: {} times, at {facts:?}", facts.len());
    match facts.first() {
        Some(at) => {
            let may = expected.perhaps.contains(at) || expected.at_last == Some(*at);
            assert!(may, "{what}: at {at}, and not {expected:?}");
        }
        None => assert_eq!(expected.at_last, None, "{what}: never"),
    }
}

#[derive(Debug, Default)]
pub struct Tally {
    /// The days of the reminders.
    pub reminded: Vec<Date>,
    pub escalated: usize,
    /// Reminders made up for after their day.
    pub late: usize,
    /// How often somebody stopped in the middle while a step was due.
    pub stopped: usize,
}

/// Counts working days by itself: the room’s own counting is not asked.
fn back_or_on(day: Date, mut n: i32) -> Date {
    let calendar = Calendar::scotland();
    let mut at = day;
    while n != 0 {
        at = if n > 0 { at.yesterday() } else { at.tomorrow() }.expect("a day");
        if at.weekday().to_monday_zero_offset() < 5 && calendar.holiday(at).is_none() {
            n -= n.signum();
        }
    }
    at
}

pub fn scottish(at: Timestamp) -> Date {
    plan::register::rules::scottish_day(at)
}
