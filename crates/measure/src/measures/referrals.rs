//! Diversion: who is referred to which agency, how soon it answers, and what comes of it. Pure (HMICS CAM 2022 R5, action
//! 5.7; DOMAIN A19, A20, B6).

use contact::codes::words;
use partner::{definition::definitions, referral::rules::End};

use crate::{contribution::Contribution, gist::of::ReferralGist};

/// Referrals that were accepted, of those that were answered.
pub const ACCEPTED: &str = "referrals_accepted";
/// Referrals made, by agency.
pub const SENT: &str = "referrals_sent";
/// How long agencies take to answer.
pub const REPLY_WAIT: &str = "referral_reply_wait";
/// Referrals that an agency saw to their end, of those that ended, by agency.
pub const FINISHED: &str = "referrals_finished";
/// Referrals that ended, by how.
pub const OUTCOMES: &str = "referral_outcomes";

/// The reason of one that the police took back.
const WITHDRAWN: &str = "withdrawn";

/// What a referral contributes: that it was made; once its agency has said yes or no, that; and how it ended.
pub fn contributions(referral: &ReferralGist) -> Vec<Contribution> {
    let agency = &referral.agency;
    let of = |measure, at, reason: &str, numerator, denominator| Contribution {
        measure,
        at,
        division: referral.division.clone(),
        reason: reason.to_owned(),
        numerator,
        denominator,
    };
    let mut all = vec![of(SENT, referral.at, agency, 1, 0)];
    if let Some(at) = referral.replied_at {
        all.push(of(ACCEPTED, at, agency, i64::from(referral.is_accepted), 1));
        let waited = at.duration_since(referral.began_at).as_mins().max(0);
        all.push(of(REPLY_WAIT, at, agency, waited, 1));
    }
    if let Some((end, at)) = &referral.ended {
        all.push(of(OUTCOMES, *at, &key(end), 1, 0));
        // What the police took back says nothing of the agency.
        if *end != End::Withdrawn {
            let is_finished = matches!(end, End::Finished { .. });
            all.push(of(FINISHED, *at, agency, i64::from(is_finished), 1));
        }
    }
    all
}

/// How one ended, with the key of its outcome or its reason: "finished:supported", "declined:no_capacity".
fn key(end: &End) -> String {
    match end {
        End::Finished { outcome, .. } => format!("finished:{outcome}"),
        End::Declined { reason } => format!("declined:{reason}"),
        End::BouncedBack { reason } => format!("given_back:{reason}"),
        End::Withdrawn => WITHDRAWN.to_owned(),
    }
}

/// How one ended, as a page says it: "Declined: We have no room".
pub fn told(key: &str) -> String {
    let definitions = definitions();
    match key.split_once(':') {
        Some(("finished", outcome)) => format!("Finished: {}", words(&definitions.outcome, outcome)),
        Some(("declined", reason)) => format!("Declined: {}", words(&definitions.decline_reason, reason)),
        Some(("given_back", reason)) => format!("Given back: {}", words(&definitions.bounce_reason, reason)),
        _ if key == WITHDRAWN => "Withdrawn by the police".to_owned(),
        _ => key.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use partner::referral::{
        life::{Accepted, Consent, Sent, apply},
        rules::Fact,
    };

    use super::*;
    use crate::measures::testing::{at, counted, id, words};

    fn sent() -> Fact {
        Fact::Sent(Box::new(Sent {
            incident: id(9),
            agency: "a".into(),
            kind: "k".into(),
            division: "E".into(),
            at: at("20:10"),
            reply_by: at("22:00"),
            consent: Consent::NotNeeded,
            is_age_confirmed: true,
            person: words(),
            reach: words(),
            summary: words(),
            cautions: words(),
            answers: vec![],
            definition: 1,
        }))
    }

    fn accepted(minute: &str) -> Fact {
        Fact::Accepted(Accepted { at: at(minute), by: words(), words: words(), link: None })
    }

    fn declined(minute: &str) -> Fact {
        Fact::Declined { at: at(minute), reason: "no_capacity".into(), words: words(), link: None }
    }

    fn finished(minute: &str) -> Fact {
        let (at, outcome, words) = (at(minute), "supported".to_owned(), words());
        Fact::Finished { at, outcome, words, answers: vec![], minutes_saved: None, link: None }
    }

    fn given_back(minute: &str) -> Fact {
        Fact::BouncedBack { at: at(minute), reason: "cannot_be_reached".into(), words: words(), link: None }
    }

    fn withdrawn(minute: &str) -> Fact {
        Fact::Withdrawn { at: at(minute), reason: words() }
    }

    #[test]
    fn a_referral_counts_when_it_is_sent_answered_and_ended() {
        let none = || Vec::<(&str, i64, i64)>::new();
        let cases = [
            ("waits", vec![], none(), none(), none(), none()),
            ("accepted", vec![accepted("20:40")], vec![("a", 1, 1)], vec![("a", 30, 1)], none(), none()),
            (
                "finished",
                vec![accepted("20:40"), finished("23:00")],
                vec![("a", 1, 1)],
                vec![("a", 30, 1)],
                vec![("finished:supported", 1, 0)],
                vec![("a", 1, 1)],
            ),
            (
                "declined",
                vec![declined("21:10")],
                vec![("a", 0, 1)],
                vec![("a", 60, 1)],
                vec![("declined:no_capacity", 1, 0)],
                vec![("a", 0, 1)],
            ),
            (
                "given back",
                vec![accepted("20:40"), given_back("21:00")],
                vec![("a", 1, 1)],
                vec![("a", 30, 1)],
                vec![("given_back:cannot_be_reached", 1, 0)],
                vec![("a", 0, 1)],
            ),
            ("taken back", vec![withdrawn("20:30")], none(), none(), vec![("withdrawn", 1, 0)], none()),
        ];
        for (case, then, answered, waits, outcomes, ended) in cases {
            let facts = std::iter::once(sent()).chain(then);
            let referral = facts.fold(None, |was, fact| Some(apply(was, &fact))).unwrap();
            let all = contributions(&ReferralGist::of(&referral));
            for (measure, expected) in [
                (SENT, vec![("a", 1, 0)]),
                (ACCEPTED, answered),
                (REPLY_WAIT, waits),
                (OUTCOMES, outcomes),
                (FINISHED, ended),
            ] {
                let expected: Vec<_> =
                    expected.into_iter().map(|(key, n, d)| (key.to_owned(), n, d)).collect();
                assert_eq!(counted(measure, &all), expected, "{case}: {measure}");
            }
        }
    }

    #[test]
    fn every_end_has_its_words() {
        for (key, words) in [
            ("finished:supported", "Finished: They were supported"),
            ("declined:no_capacity", "Declined: We have no room"),
            ("withdrawn", "Withdrawn by the police"),
            ("lost", "lost"),
        ] {
            assert_eq!(told(key), words);
        }
        assert!(
            definitions()
                .bounce_reason
                .iter()
                .all(|one| told(&format!("given_back:{}", one.key)).ends_with(&one.words))
        );
    }
}
