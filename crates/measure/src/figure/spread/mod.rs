//! How long it took the half, nine in ten, and the one that waited longest: a mean hides who waits (DOMAIN B2). Pure.

pub mod rows;

use crate::catalogue::{Definition, Unit};

/// How many records are looked at one by one for a page, at most: a year of a nation has millions.
pub const MOST: i64 = 50_000;

/// So many records of this value: seconds, or minutes where the measure is told in hours.
pub type Value = (i64, i64);

/// Where the values lie, in the unit in which they are summed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// The half took no longer than this.
    pub median: i64,
    /// Nine in ten took no longer than this.
    pub nine_in_ten: i64,
    /// The longest.
    pub longest: i64,
}

/// Whether the records of a measure are times, of which a spread says something.
pub fn is_time(definition: &Definition) -> bool {
    matches!(definition.unit, Unit::Seconds | Unit::Minutes | Unit::Hours)
}

/// Where values lie, whatever their order; nothing where there are none.
///
/// By nearest rank: the smallest value that so many in a hundred do not exceed. It is one that was recorded, never one in
/// between.
pub fn spread(mut values: Vec<Value>) -> Option<Spread> {
    values.retain(|(_, many)| *many > 0);
    values.sort_unstable();
    let all: i64 = values.iter().map(|(_, many)| many).sum();
    let within = |percent: i64| {
        let rank = (all * percent + 99) / 100;
        let reached = values.iter().scan(0, |so_far, (value, many)| {
            *so_far += many;
            Some((*value, *so_far))
        });
        reached.into_iter().find(|(_, so_far)| *so_far >= rank).map(|(value, _)| value)
    };
    Some(Spread { median: within(50)?, nine_in_ten: within(90)?, longest: within(100)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rank_is_a_value_that_was_recorded() {
        let ten: Vec<Value> = (1..=10).map(|value| (value * 10, 1)).collect();
        for (case, values, expected) in [
            ("none", vec![], None),
            ("none of one", vec![(5, 0)], None),
            ("one", vec![(7, 1)], Some((7, 7, 7))),
            ("two", vec![(9, 1), (3, 1)], Some((3, 9, 9))),
            ("three", vec![(1, 1), (2, 1), (100, 1)], Some((2, 100, 100))),
            ("ten", ten, Some((50, 90, 100))),
            ("eleven", (1..=11).map(|value| (value, 1)).collect(), Some((6, 10, 11))),
            ("nobody waited but one", vec![(0, 99), (3_600, 1)], Some((0, 0, 3_600))),
            ("one in ten waited", vec![(0, 90), (60, 10)], Some((0, 0, 60))),
            ("a little more than one in ten", vec![(0, 89), (60, 11)], Some((0, 60, 60))),
            ("the same value twice told", vec![(4, 1), (2, 1), (4, 2)], Some((4, 4, 4))),
        ] {
            let told = spread(values).map(|of| (of.median, of.nine_in_ten, of.longest));
            assert_eq!(told, expected, "{case}");
        }
    }
}
