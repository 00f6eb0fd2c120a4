//! Adding up what was counted by agency and state. Pure.

use std::collections::BTreeMap;

use crate::referral::rules::State;

/// What is counted of one agency, or of all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Count {
    /// How many are in each state, in the order of [`State::ALL`].
    pub states: [i64; 7],
    /// Minutes that officers were spared.
    pub minutes_saved: i64,
    /// How often taking somebody to hospital was avoided.
    pub conveyances_avoided: i64,
    /// How many the police have to deal with.
    pub to_deal_with: i64,
    /// The minutes until each reply, the fewest first.
    pub reply_minutes: Vec<i64>,
}

/// One line of what is counted: so many of an agency are in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// A key of an agency.
    pub agency: String,
    /// How they stand.
    pub state: State,
    /// How many.
    pub number: i64,
    /// Minutes that officers were spared.
    pub minutes_saved: i64,
    /// How often taking somebody to hospital was avoided.
    pub conveyances_avoided: i64,
    /// How many the police have to deal with.
    pub to_deal_with: i64,
}

impl Count {
    /// How many were sent: all of them, however they stand.
    pub fn sent(&self) -> i64 {
        self.states.iter().sum()
    }

    /// How many are in a state.
    pub fn of(&self, state: State) -> i64 {
        State::ALL.iter().position(|one| *one == state).map_or(0, |place| self.states[place])
    }

    /// The minutes within which half of the replies came; nothing where none came. Of two in the middle it is the
    /// mean, rounded down.
    pub fn median_minutes(&self) -> Option<i64> {
        let all = &self.reply_minutes;
        let upper = *all.get(all.len() / 2)?;
        if all.len() % 2 == 1 {
            return Some(upper);
        }
        let lower = *all.get(all.len() / 2 - 1)?;
        Some(lower + (upper - lower) / 2)
    }
}

/// The counts of each agency that has any, by its key, and of all together.
pub fn add_up(lines: &[Line], replies: &[(String, i64)]) -> (BTreeMap<String, Count>, Count) {
    let mut by_agency: BTreeMap<String, Count> = BTreeMap::new();
    let mut all = Count::default();
    for line in lines {
        for count in [by_agency.entry(line.agency.clone()).or_default(), &mut all] {
            if let Some(place) = State::ALL.iter().position(|one| *one == line.state) {
                count.states[place] += line.number;
            }
            count.minutes_saved += line.minutes_saved;
            count.conveyances_avoided += line.conveyances_avoided;
            count.to_deal_with += line.to_deal_with;
        }
    }
    for (agency, minutes) in replies {
        by_agency.entry(agency.clone()).or_default().reply_minutes.push(*minutes);
        all.reply_minutes.push(*minutes);
    }
    for count in by_agency.values_mut() {
        count.reply_minutes.sort_unstable();
    }
    all.reply_minutes.sort_unstable();
    (by_agency, all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_replies_came_within_the_median() {
        let cases: [(&[i64], Option<i64>); 6] = [
            (&[], None),
            (&[7], Some(7)),
            (&[1, 4], Some(2)),
            (&[1, 2, 9], Some(2)),
            (&[1, 2, 4, 9], Some(3)),
            (&[i64::MAX - 2, i64::MAX], Some(i64::MAX - 1)),
        ];
        for (minutes, median) in cases {
            let count = Count { reply_minutes: minutes.to_vec(), ..Count::default() };
            assert_eq!(count.median_minutes(), median, "{minutes:?}");
        }
    }

    #[test]
    fn states_add_up_to_what_was_sent() {
        let line = |agency: &str, state, number| Line {
            agency: agency.into(),
            state,
            number,
            minutes_saved: 10 * number,
            conveyances_avoided: 0,
            to_deal_with: number,
        };
        let lines = [line("a", State::Sent, 2), line("b", State::Declined, 1), line("a", State::Overdue, 3)];
        let replies = [("b".to_owned(), 30), ("b".to_owned(), 10)];
        let (by_agency, all) = add_up(&lines, &replies);
        assert_eq!((by_agency["a"].sent(), by_agency["b"].sent(), all.sent()), (5, 1, 6));
        assert_eq!((all.of(State::Overdue), all.of(State::Finished), all.minutes_saved), (3, 0, 60));
        assert_eq!((all.to_deal_with, by_agency["b"].to_deal_with), (6, 1));
        assert_eq!((all.median_minutes(), by_agency["a"].median_minutes()), (Some(20), None));
    }
}
