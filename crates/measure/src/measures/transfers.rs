//! Offers to other units: how many are taken, how many come back, how long they wait, and whether what is offered was
//! assessed. Pure (DOMAIN A9: transfers accepted, returned, bounced; A10: the assessment at the transfer).

use incident::unit;

use crate::{
    contribution::Contribution,
    gist::of::IncidentGist,
    life::{Answer, Offered},
};

/// Offers that were returned, of those that were answered.
pub const RETURNED: &str = "transfers_returned";
/// Transfers to local policing (SC07) that were accepted, of those that were answered.
pub const LOCAL_ACCEPTED: &str = "local_policing_transfers_accepted";
/// How long those wait for their answer.
pub const LOCAL_WAIT: &str = "local_policing_transfer_wait";
/// Offers of which all six of THRIVE were considered, of all offers.
pub const ASSESSED: &str = "thrive_complete_at_transfer";

/// The reason of one that was taken.
pub const TAKEN: &str = "accepted";

/// The reasons of offers by whether they waited for their papers.
const LIFE_AT_RISK: &str = "life_at_risk";
const WITH_PAPERS: &str = "with_papers";

/// What the offers of an incident contribute: that they were made, and, once they are answered, how. One that was taken
/// back was no offer to answer.
pub fn contributions(incident: &IncidentGist) -> Vec<Contribution> {
    incident.offers.iter().flat_map(one).collect()
}

fn one(offer: &Offered) -> Vec<Contribution> {
    let of = |measure, at, reason: &str, numerator| Contribution {
        measure,
        at,
        division: unit::of(&offer.to).map_or_else(String::new, |unit| unit.letter.clone()),
        reason: reason.to_owned(),
        numerator,
        denominator: 1,
    };
    let papers = if offer.is_life_at_risk { LIFE_AT_RISK } else { WITH_PAPERS };
    let mut all = vec![of(ASSESSED, offer.at, papers, i64::from(offer.is_assessed))];
    let Some((at, reason, is_returned)) = answered(offer) else { return all };
    all.push(of(RETURNED, at, reason, i64::from(is_returned)));
    if offer.is_to_local_policing {
        all.push(of(LOCAL_ACCEPTED, at, reason, i64::from(!is_returned)));
        let waited = at.duration_since(offer.at).as_secs().max(0);
        all.push(of(LOCAL_WAIT, at, reason, waited));
    }
    all
}

/// When it was answered, by which reason, and whether that was a return.
fn answered(offer: &Offered) -> Option<(jiff::Timestamp, &str, bool)> {
    let (at, answer) = offer.answer.as_ref()?;
    match answer {
        Answer::Accepted => Some((*at, TAKEN, false)),
        Answer::Returned(reason) => Some((*at, reason, true)),
        Answer::Withdrawn => None,
    }
}

/// Whether an offer waited for its papers, as a page says it.
pub fn papers(key: &str) -> &str {
    match key {
        LIFE_AT_RISK => "A life was at risk",
        WITH_PAPERS => "With its papers",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use incident::{
        custody::rules::{Fact, Offer},
        standing::Happened,
    };

    use super::*;
    use crate::measures::testing::{at, by, counted, custody, incident, offer, placed, words};

    /// An incident with the resolution team at 20:00, and what then became of its offers.
    fn offers(happened: Vec<Fact>) -> Vec<Contribution> {
        let all: Vec<Happened> = std::iter::once(placed()).chain(happened.into_iter().map(custody)).collect();
        contributions(&incident("theft", &[], all))
    }

    fn told(expected: &[(&str, i64)]) -> Vec<(String, i64, i64)> {
        expected.iter().map(|(reason, numerator)| ((*reason).to_owned(), *numerator, 1)).collect()
    }

    fn local(minute: &str) -> Fact {
        Fact::Offered(offer(minute, "division_e", "SC07", 6))
    }

    fn accepted(minute: &str) -> Fact {
        Fact::Accepted { at: at(minute), by: by(), assessment_owed: false }
    }

    fn returned(minute: &str) -> Fact {
        Fact::Returned { at: at(minute), reason: "incomplete".into(), words: words(), by: by() }
    }

    #[test]
    fn a_transfer_to_local_policing_counts_when_it_is_answered_with_how_long_it_waited() {
        let room = || Fact::Offered(offer("20:10", "control_room_west", "", 6));
        let withdrawn = || Fact::Withdrawn { at: at("20:20"), reason: words() };
        let called =
            || Fact::Called { at: at("20:20"), unit: "control_room_west".into(), assessment_owed: false };
        let cases = [
            ("waits", vec![local("20:10")], vec![], vec![]),
            (
                "accepted",
                vec![local("20:10"), accepted("20:40")],
                vec![("accepted", 1)],
                vec![("accepted", 1800)],
            ),
            (
                "returned",
                vec![local("20:10"), returned("20:12")],
                vec![("incomplete", 0)],
                vec![("incomplete", 120)],
            ),
            (
                "bounced, and taken the second time",
                vec![local("20:10"), returned("20:12"), local("20:30"), accepted("20:31")],
                vec![("incomplete", 0), ("accepted", 1)],
                vec![("incomplete", 120), ("accepted", 60)],
            ),
            ("taken back", vec![local("20:10"), withdrawn()], vec![], vec![]),
            ("it became an emergency", vec![local("20:10"), called()], vec![], vec![]),
            ("to a control room", vec![room(), accepted("20:20")], vec![], vec![]),
        ];
        for (case, happened, answers, waits) in cases {
            let all = offers(happened);
            assert_eq!(counted(LOCAL_ACCEPTED, &all), told(&answers), "{case}");
            assert_eq!(counted(LOCAL_WAIT, &all), told(&waits), "{case}");
            let of_divisions =
                all.iter().filter(|one| one.measure == LOCAL_WAIT).all(|one| one.division == "E");
            assert!(of_divisions, "{case}: the division that is asked");
        }
        let elsewhere = offers(vec![room(), accepted("20:20")]);
        assert_eq!(counted(RETURNED, &elsewhere), told(&[("accepted", 0)]), "every unit is asked");
    }

    #[test]
    fn an_offer_counts_at_once_by_whether_all_six_were_considered() {
        let to = |considered, is_life_at_risk| {
            Fact::Offered(Offer { is_life_at_risk, ..offer("20:10", "division_e", "SC07", considered) })
        };
        let cases = [
            ("whole", vec![to(6, false)], vec![("with_papers", 1)]),
            ("five of six", vec![to(5, false)], vec![("with_papers", 0)]),
            ("a life at risk", vec![to(0, true)], vec![("life_at_risk", 0)]),
            ("and whole all the same", vec![to(6, true)], vec![("life_at_risk", 1)]),
            (
                "offered twice",
                vec![to(5, false), returned("20:20"), to(6, false)],
                vec![("with_papers", 0), ("with_papers", 1)],
            ),
            (
                "one that was taken back was made",
                vec![to(5, false), Fact::Withdrawn { at: at("20:20"), reason: words() }],
                vec![("with_papers", 0)],
            ),
        ];
        for (case, happened, expected) in cases {
            assert_eq!(counted(ASSESSED, &offers(happened)), told(&expected), "{case}");
        }
        assert_ne!((papers(LIFE_AT_RISK), papers(WITH_PAPERS)), (LIFE_AT_RISK, WITH_PAPERS));
    }
}
