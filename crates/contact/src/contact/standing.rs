//! Where a contact stands, and how long it took: derived, never stored. Pure.

use super::{
    checks,
    rules::{Contact, State},
};

impl Contact {
    /// Where it stands.
    pub fn state(&self) -> State {
        match (self.is_attempt, &self.ended, self.arrival.answered_at) {
            (true, _, _) => State::Attempt,
            (false, Some(_), _) => State::Ended,
            (false, None, Some(_)) => State::Open,
            (false, None, None) => State::Waiting,
        }
    }

    /// How long it waited until it was answered, or given up; nothing while nobody has answered.
    pub fn waited_seconds(&self) -> Option<i64> {
        let until = match &self.ended {
            Some(ended) if self.is_attempt => Some(ended.at),
            _ => self.arrival.answered_at,
        };
        until.map(|until| until.duration_since(self.arrival.arrived_at).as_secs().max(0))
    }

    /// How long it was dealt with; nothing before it ended, and for an attempt.
    pub fn handled_seconds(&self) -> Option<i64> {
        self.ended.as_ref().filter(|_| !self.is_attempt).map(|ended| ended.handled_seconds)
    }

    /// The day it came, in Scotland.
    pub fn day(&self) -> jiff::civil::Date {
        checks::day(self.arrival.arrived_at)
    }
}
