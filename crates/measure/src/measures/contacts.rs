//! Demand: contacts, how long they wait, calls that were given up, and what was assessed. Pure.

use contact::contact::rules::{Arrival, Channel, Purpose};

use crate::{contribution::Contribution, life::ContactLife};

/// Contacts received.
pub const CONTACTS: &str = "contacts";
/// How long calls wait for an answer.
pub const ANSWER_WAIT: &str = "answer_wait";
/// Calls given up before an answer.
pub const DISCONTINUED: &str = "discontinued";
/// First assessments in which all six were considered.
pub const THRIVE_COMPLETE: &str = "thrive_complete";
/// Contacts that chase what was asked for before, as the advisor coded them.
pub const CHASING: &str = "chasing";

fn is_call(arrival: &Arrival) -> bool {
    matches!(arrival.channel, Channel::Emergency | Channel::NonEmergency)
}

/// What a contact contributes. An attempt is no contact: it is counted among the calls that were given up, only.
pub fn contributions(life: &ContactLife) -> Vec<Contribution> {
    let contact = &life.contact;
    let arrival = &contact.arrival;
    let division = contact.location.as_ref().map_or_else(String::new, |location| location.division.clone());
    let of = |measure, numerator, denominator| Contribution {
        measure,
        at: arrival.arrived_at,
        division: division.clone(),
        reason: arrival.channel.as_str().to_owned(),
        numerator,
        denominator,
    };
    let mut all = Vec::new();
    if is_call(arrival) {
        all.push(of(DISCONTINUED, i64::from(contact.is_attempt), 1));
    }
    if contact.is_attempt {
        return all;
    }
    all.push(of(CONTACTS, 1, 0));
    if let Some(answered) = arrival.answered_at.filter(|_| is_call(arrival)) {
        all.push(of(ANSWER_WAIT, answered.duration_since(arrival.arrived_at).as_secs().max(0), 1));
    }
    let is_chasing = contact.links.iter().any(|link| link.purpose == Purpose::Chase);
    all.push(of(CHASING, i64::from(is_chasing), 1));
    if let Some((at, is_complete)) = life.first_assessed {
        all.push(Contribution { at, ..of(THRIVE_COMPLETE, i64::from(is_complete), 1) });
    }
    all
}
