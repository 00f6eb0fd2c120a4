//! How soon things have to happen, and how much is asked for: as `definitions/incident.toml` has it.

use jiff::civil::Date;
use serde::Deserialize;

/// How soon things have to happen, in minutes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clocks {
    /// The first day on which they hold.
    pub from: Date,
    /// A supervisor reviews a Prompt incident to which nobody was sent.
    pub prompt_review: i64,
    /// Officers are sent to an Immediate one.
    pub immediate_send: i64,
    /// They are there, in a town.
    pub immediate_arrive_urban: i64,
    /// They are there, in the country.
    pub immediate_arrive_rural: i64,
    /// Officers are at a Prompt one.
    pub prompt_arrive: i64,
    /// An appointment is made for a Standard one.
    pub standard_appointment: i64,
    /// The resolution team or a desk works on it.
    pub resolution: i64,
    /// A second person answers.
    pub endorsement: i64,
    /// A unit answers an offer.
    pub acceptance: i64,
    /// A unit answers an offer that is about a life at risk.
    pub acceptance_life_at_risk: i64,
    /// What is owed is paid.
    pub debt: i64,
    /// Those of them that no source gives.
    pub guesses: Vec<String>,
}

/// How much is asked for, and how much is too much.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// The least characters of a reason for another grade.
    pub rationale_characters: usize,
    /// The furthest away that a supervisor’s next review may be, in minutes.
    pub review_minutes: i64,
    /// How long before an incident was opened officers may have been sent to it, in minutes.
    pub sent_before_minutes: i64,
    /// How many days ahead something may be promised.
    pub promise_days: i64,
    /// Those of them that no source gives.
    pub guesses: Vec<String>,
}

impl Clocks {
    /// Whether a time is less than a minute or more than thirty days.
    pub(crate) fn is_out_of_range(&self) -> bool {
        let all = [
            self.prompt_review,
            self.immediate_send,
            self.immediate_arrive_urban,
            self.immediate_arrive_rural,
            self.prompt_arrive,
            self.standard_appointment,
            self.resolution,
            self.endorsement,
            self.acceptance,
            self.acceptance_life_at_risk,
            self.debt,
        ];
        all.iter().any(|minutes| !(1..=43_200).contains(minutes))
    }
}
