//! Diversion: referrals that an agency takes on. Pure (HMICS CAM 2022 R5, action 5.7).

use partner::referral::rules::{End, Referral};

use crate::contribution::Contribution;

/// Referrals that were accepted, of those that were answered.
pub const ACCEPTED: &str = "referrals_accepted";

/// What a referral contributes once its agency has said yes or no.
pub fn contributions(referral: &Referral) -> Vec<Contribution> {
    let declined = match &referral.ended {
        Some((End::Declined { .. }, at)) => Some((*at, 0)),
        _ => None,
    };
    let accepted = referral.accepted.as_ref().map(|accepted| (accepted.at, 1));
    let replied = accepted.or(declined);
    let one = replied.map(|(at, numerator)| Contribution {
        measure: ACCEPTED,
        at,
        division: referral.sent.division.clone(),
        reason: referral.sent.agency.clone(),
        numerator,
        denominator: 1,
    });
    one.into_iter().collect()
}
