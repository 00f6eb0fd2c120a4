//! Which steps of a round are due. Pure.

use std::collections::BTreeMap;

use jiff::civil::Date;
use journal::Id;

use super::rules::{Command, Round, Seen};

/// What has to happen today, or should have happened since somebody last looked.
///
/// A reminder is due from its day on until the request has had a reminder on that day or later: so it
/// happens once, however often and however late one looks, and days that nobody looked on are made up for
/// by one reminder and not by one for each. What the register does not say is taken for silence.
pub fn due_steps(round: &Round, seen: &BTreeMap<Id, Seen>, today: Date) -> Vec<Command> {
    if round.closed_on.is_some() {
        return Vec::new();
    }
    let last_reminder = round.remind_on.iter().rev().find(|on| **on <= today);
    let mut due = Vec::new();
    for request in &round.requests {
        let recommendation = &request.recommendation;
        let silent = seen.get(recommendation).is_none_or(Seen::is_silent);
        if request.withdrawn.is_some() || !silent {
            continue;
        }
        if last_reminder.is_some_and(|on| request.reminded.last().is_none_or(|last| last < on)) {
            due.push(Command::Remind { recommendation: recommendation.clone() });
        }
        if round.escalate_on <= today && request.escalated.is_none() {
            due.push(Command::Escalate { recommendation: recommendation.clone() });
        }
    }
    due
}
