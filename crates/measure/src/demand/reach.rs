//! Calls that were given up, in the words of the definition. Pure (F11; decisions/0031).

use contact::contact::{given_up::rules::GivenUp, rules::Contact};
use failure::story::{Attempt, EndedBy, Happening, What};
use jiff::Timestamp;
use journal::Id;

use super::nouns::as_a_row;

/// The keys of how a call ended before anybody answered.
const IN_THE_MENU: &str = "menu";
const CUT_OFF: &str = "network";

/// A call that was given up and is itself part of an issue, because somebody linked or added it.
pub fn attempted(call: &Contact) -> Option<(Timestamp, What)> {
    let ended = call.ended.as_ref().filter(|_| call.is_attempt)?;
    let waited = call.waited_seconds()?;
    Some((ended.at, What::Attempted(attempt(call.arrival.channel.as_str(), waited, &ended.outcome, None))))
}

/// The calls that were given up before a contact from its number: of no issue, and the contact’s by what stands for the
/// number of both, which is the contact itself. `seqs` are the entries that say so.
pub fn given_up<'a>(
    contact: &'a Id,
    calls: &'a [GivenUp],
    seqs: &'a [i64],
) -> impl Iterator<Item = Happening> + use<'a> {
    calls.iter().zip(seqs).map(|(call, seq)| Happening {
        at: as_a_row(call.at),
        order: u64::try_from(*seq).unwrap_or_default(),
        incident: None,
        what: What::Attempted(attempt(
            call.channel.as_str(),
            call.waited_seconds,
            &call.ended_by,
            Some(contact.to_string()),
        )),
    })
}

fn attempt(channel: &str, waited_seconds: i64, ended_by: &str, number: Option<String>) -> Attempt {
    Attempt {
        channel: channel.to_owned(),
        number,
        waited_seconds: u32::try_from(waited_seconds).unwrap_or(u32::MAX),
        ended_by: match ended_by {
            IN_THE_MENU => EndedBy::Advice,
            CUT_OFF => EndedBy::Service,
            _ => EndedBy::Caller,
        },
    }
}
