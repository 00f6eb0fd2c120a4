//! The simulated clock of a working day.

use ::plan::register::rules::scottish_day;
use anyhow::{Result, ensure};
use jiff::{SignedDuration, Timestamp, civil::Date};

/// How long everything takes that is done in the demonstration.
const PACE: SignedDuration = SignedDuration::from_mins(3);

/// A clock that begins in the morning and only moves forward.
pub struct Clock {
    day: Date,
    next: Timestamp,
}

impl Clock {
    /// Nine in the morning, in Scotland.
    pub fn morning(day: Date) -> Result<Self> {
        let next = day.at(9, 0, 0, 0).in_tz("Europe/London")?.timestamp();
        Ok(Self { day, next })
    }

    /// The moment.
    pub fn now(&self) -> Timestamp {
        self.next
    }

    /// The moment, and then it is some minutes later.
    pub fn tick(&mut self) -> Result<Timestamp> {
        let now = self.next;
        ensure!(scottish_day(now) == self.day, "too much happens on {}: the day is over", self.day);
        self.next += PACE;
        Ok(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_nine_in_summer_and_winter_and_has_an_end() {
        for (day, nine) in [("2025-01-15", "2025-01-15T09:00:00Z"), ("2025-07-15", "2025-07-15T08:00:00Z")] {
            let mut clock = Clock::morning(day.parse().unwrap()).unwrap();
            assert_eq!(clock.tick().unwrap(), nine.parse::<Timestamp>().unwrap());
            // Fifteen hours of three minutes each, of which one is gone.
            let left = (0..).map_while(|_| clock.tick().ok()).count();
            assert_eq!(left, 299, "{day}");
        }
    }
}
