//! Demand: contacts, how long they wait, calls that were given up, and what was assessed. Pure.

use contact::contact::rules::Channel;

use crate::{contribution::Contribution, gist::of::ContactGist};

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

fn is_call(contact: &ContactGist) -> bool {
    matches!(contact.channel, Channel::Emergency | Channel::NonEmergency)
}

/// What a contact contributes. An attempt is no contact: it is counted among the calls that were given up, only.
pub fn contributions(contact: &ContactGist) -> Vec<Contribution> {
    let of = |measure, numerator, denominator| Contribution {
        measure,
        at: contact.arrived_at,
        division: contact.division.clone(),
        reason: contact.channel.as_str().to_owned(),
        numerator,
        denominator,
    };
    let mut all = Vec::new();
    if is_call(contact) {
        all.push(of(DISCONTINUED, i64::from(contact.is_attempt), 1));
    }
    if contact.is_attempt {
        return all;
    }
    all.push(of(CONTACTS, 1, 0));
    if let Some(answered) = contact.answered_at.filter(|_| is_call(contact)) {
        all.push(of(ANSWER_WAIT, answered.duration_since(contact.arrived_at).as_secs().max(0), 1));
    }
    all.push(of(CHASING, i64::from(contact.is_chasing), 1));
    if let Some(at) = contact.assessed_at {
        all.push(Contribution { at, ..of(THRIVE_COMPLETE, i64::from(contact.is_assessed_whole), 1) });
    }
    all
}
