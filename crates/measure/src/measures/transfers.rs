//! Offers to other units: how many come back. Pure (DOMAIN A9: transfers accepted, returned, bounced).

use incident::unit;

use crate::{
    contribution::Contribution,
    life::{Answer, IncidentLife},
};

/// Offers that were returned, of those that were answered.
pub const RETURNED: &str = "transfers_returned";

/// The reason of one that was taken.
pub const TAKEN: &str = "accepted";

/// What the offers of an incident contribute, once they are answered. One that was taken back was no offer.
pub fn contributions(life: &IncidentLife) -> Vec<Contribution> {
    let answered = life.offers.iter().filter_map(|offer| {
        let (at, answer) = offer.answer.as_ref()?;
        let (reason, is_returned) = match answer {
            Answer::Accepted => (TAKEN.to_owned(), false),
            Answer::Returned(reason) => (reason.clone(), true),
            Answer::Withdrawn => return None,
        };
        Some(Contribution {
            measure: RETURNED,
            at: *at,
            division: unit::of(&offer.to).map_or_else(String::new, |unit| unit.letter.clone()),
            reason,
            numerator: i64::from(is_returned),
            denominator: 1,
        })
    });
    answered.collect()
}
