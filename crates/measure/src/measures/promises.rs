//! What was promised to people, and kept in time. Pure (HMICS Domestic Abuse 2023 R11; DOMAIN A28).
//!
//! That a promise is broken follows from the clock, and no fact says it. So a promise counts from the moment at which it is
//! made, on the day on which it falls due, and as kept from the moment at which it was: a day that is over needs no clock.

use incident::promise::rules::State;

use crate::{contribution::Contribution, gist::of::IncidentGist};

/// Promises kept in time, of those that fell due.
pub const KEPT: &str = "promises_kept";

/// What the promises of an incident contribute, each on the day on which it falls due. One that was taken back in time is
/// none.
pub fn contributions(incident: &IncidentGist) -> Vec<Contribution> {
    let due = incident.promises.iter().filter_map(|promise| {
        let is_kept = match promise.state {
            State::Kept => true,
            State::Withdrawn => return None,
            State::Due | State::Broken | State::KeptLate | State::WithdrawnLate => false,
        };
        Some(Contribution {
            measure: KEPT,
            at: promise.due_at,
            division: incident.division.clone(),
            reason: promise.kind.clone(),
            numerator: i64::from(is_kept),
            denominator: 1,
        })
    });
    due.collect()
}

#[cfg(test)]
mod tests {
    use contact::preference::rules::Way;
    use incident::{
        promise::rules::{Fact, Promise},
        standing::Happened,
    };

    use super::*;
    use crate::measures::testing::{at, by, counted, incident, words};

    #[test]
    fn what_fell_due_was_kept_within_its_minute_or_not() {
        let made = |kind: &str, due: &str| {
            let (made_at, due_at) = (at("20:10"), at(due));
            Happened::Promise(Fact::Made(Promise {
                kind: kind.into(),
                made_at,
                by: by(),
                due_at,
                words: words(),
                ended: None,
            }))
        };
        let kept = |number, minute: &str| {
            Happened::Promise(Fact::Fulfilled { number, at: at(minute), way: Way::Call, words: words() })
        };
        let withdrawn =
            |minute: &str| Happened::Promise(Fact::Withdrawn { number: 0, at: at(minute), reason: words() });
        let seconds_later = Happened::Promise(Fact::Fulfilled {
            number: 0,
            at: "2026-03-02T21:00:59Z".parse().unwrap(),
            way: Way::Call,
            words: words(),
        });
        let cases = [
            ("nothing done about it", vec![made("update", "21:00")], vec![("update", 0)]),
            ("kept early", vec![made("update", "21:00"), kept(0, "20:30")], vec![("update", 1)]),
            ("kept in its minute", vec![made("update", "21:00"), seconds_later], vec![("update", 1)]),
            ("kept a minute late", vec![made("update", "21:00"), kept(0, "21:01")], vec![("update", 0)]),
            ("taken back in time", vec![made("update", "21:00"), withdrawn("21:00")], vec![]),
            ("taken back too late", vec![made("update", "21:00"), withdrawn("21:01")], vec![("update", 0)]),
            (
                "two, and the second kept",
                vec![made("update", "21:00"), made("call_back", "22:00"), kept(1, "21:30")],
                vec![("update", 0), ("call_back", 1)],
            ),
        ];
        for (case, happened, expected) in cases {
            let told = contributions(&incident("theft", &[], happened));
            let days = told.iter().all(|one| one.at == at("21:00") || one.at == at("22:00"));
            assert!(days, "{case}: each on the day on which it falls due");
            let expected: Vec<_> =
                expected.into_iter().map(|(kind, kept)| (kind.to_owned(), kept, 1)).collect();
            assert_eq!(counted(KEPT, &told), expected, "{case}");
        }
    }
}
