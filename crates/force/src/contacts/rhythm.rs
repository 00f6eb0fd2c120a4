//! When people get in touch: hours, weekdays and months (DOMAIN 3). Pure.

use contact::contact::rules::Channel;
use jiff::{
    Timestamp,
    civil::{Date, Weekday},
};
use journal::{beginning_of, scotland};
use serde::Deserialize;

use crate::sixty::Chance;

/// `[rhythm]` of `definitions/force.toml`, which says what each is; shares are of a thousand, factors in percent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rhythm {
    /// Contacts of an ordinary day.
    pub contacts_a_day: u64,
    /// 999, by hour.
    pub emergency_hours: [u64; 24],
    /// Every other way, by hour.
    pub other_hours: [u64; 24],
    /// 999 in the first four hours of Saturday and Sunday.
    pub after_midnight_percent: u64,
    /// 999 in the last four hours of Friday and Saturday.
    pub evening_percent: u64,
    /// From Monday.
    pub weekday_percent: [u64; 7],
    /// From January.
    pub month_percent: [u64; 12],
    /// 999 in December, on top of that.
    pub december_percent: u64,
    /// Whether no source gives them.
    pub guess: bool,
}

impl Rhythm {
    pub(super) fn check(&self) -> Result<(), String> {
        for (name, hours) in [("emergency_hours", self.emergency_hours), ("other_hours", self.other_hours)] {
            let sum: u64 = hours.iter().sum();
            if !(990..=1_010).contains(&sum) {
                return Err(format!("{name} of the rhythm are {sum} of a thousand"));
            }
        }
        Ok(())
    }

    /// How many contacts a day has, in parts of ten thousand.
    pub(super) fn ten_thousandths_on(&self, day: Date) -> u64 {
        let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default();
        let month = usize::try_from(day.month() - 1).unwrap_or_default();
        self.contacts_a_day * self.weekday_percent[weekday] * self.month_percent[month]
    }

    /// Whether a contact of that channel is followed by one more of its kind because of the month.
    pub(super) fn has_one_more(&self, chance: &mut Chance, day: Date, channel: Channel) -> bool {
        day.month() == 12
            && channel == Channel::Emergency
            && chance.below(100) < self.december_percent.saturating_sub(100)
    }

    /// A moment of a day at which a contact of that channel comes.
    pub(super) fn moment(&self, chance: &mut Chance, day: Date, channel: Channel) -> Timestamp {
        let weights = self.weights(day, channel == Channel::Emergency);
        let mut drawn = chance.below(weights.iter().sum());
        let mut hour = 0;
        for (weight, number) in weights.into_iter().zip(0..) {
            hour = number;
            if drawn < weight {
                break;
            }
            drawn -= weight;
        }
        let [minute, second] =
            [chance.below(60), chance.below(60)].map(|part| i8::try_from(part).unwrap_or(0));
        // An hour that the clocks leave out is the next one.
        let at = day.at(hour, minute, second, 0).to_zoned(scotland());
        at.map_or_else(|_| beginning_of(day), |at| at.timestamp())
    }

    fn weights(&self, day: Date, is_emergency: bool) -> [u64; 24] {
        if !is_emergency {
            return self.other_hours;
        }
        let (is_late, is_early) = match day.weekday() {
            Weekday::Friday => (true, false),
            Weekday::Saturday => (true, true),
            Weekday::Sunday => (false, true),
            _ => (false, false),
        };
        let mut weights = self.emergency_hours;
        for (weight, hour) in weights.iter_mut().zip(0..) {
            let percent = match hour {
                0..4 if is_early => self.after_midnight_percent,
                20.. if is_late => self.evening_percent,
                _ => 100,
            };
            *weight *= percent;
        }
        weights
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use journal::day_of;

    use super::*;
    use crate::Behaviours;

    /// Of so many contacts, how many come in hours from the first until before the second.
    fn drawn(day: Date, channel: Channel, hours: std::ops::Range<i8>) -> usize {
        let (rhythm, mut chance) = (Behaviours::published().rhythm, Chance(5));
        let moments = (0..10_000).map(|_| rhythm.moment(&mut chance, day, channel));
        moments.filter(|at| hours.contains(&at.to_zoned(scotland()).hour())).count()
    }

    #[test]
    fn hours_have_the_shape_of_the_sources() {
        let (wednesday, saturday, friday) = (date(2026, 6, 10), date(2026, 6, 13), date(2026, 6, 12));
        let emergency = |day, hours| drawn(day, Channel::Emergency, hours);
        assert!(
            emergency(wednesday, 18..22) > 2 * emergency(wednesday, 6..10),
            "deployments peak in the evening"
        );
        let nights = [wednesday, saturday].map(|day| emergency(day, 0..4));
        assert!(nights[1] * 10 > nights[0] * 17, "twice as many on Saturday after midnight: {nights:?}");
        assert!(emergency(friday, 20..24) > emergency(wednesday, 20..24), "Friday nights run on");
        let others = [0..7, 9..17].map(|hours| drawn(wednesday, Channel::NonEmergency, hours));
        assert!(others[1] > 8 * others[0], "offices are open by day: {others:?}");
    }

    #[test]
    fn every_moment_is_of_its_day_when_the_clocks_change_too() {
        let (rhythm, mut chance) = (Behaviours::published().rhythm, Chance(5));
        for day in [date(2026, 3, 29), date(2026, 10, 25), date(2026, 7, 1)] {
            for _ in 0..500 {
                assert_eq!(day_of(rhythm.moment(&mut chance, day, Channel::Emergency)), day);
            }
        }
    }

    #[test]
    fn days_and_months_differ_and_december_has_more_emergencies() {
        let (rhythm, mut chance) = (Behaviours::published().rhythm, Chance(5));
        for (day, expected) in [
            (date(2026, 1, 5), 20 * 97 * 95),
            (date(2026, 7, 4), 20 * 107 * 106),
            (date(2026, 12, 6), 20 * 102 * 100),
        ] {
            assert_eq!(rhythm.ten_thousandths_on(day), expected, "{day}");
        }
        let mut more =
            |day, channel| (0..1_000).filter(|_| rhythm.has_one_more(&mut chance, day, channel)).count();
        assert!((60..140).contains(&more(date(2026, 12, 1), Channel::Emergency)));
        assert_eq!(
            more(date(2026, 12, 1), Channel::NonEmergency) + more(date(2026, 11, 30), Channel::Emergency),
            0
        );
    }
}
