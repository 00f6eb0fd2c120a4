//! When systems were down, as it is told so far, in the words of the definition. Pure (F14; decisions/0030).
//!
//! An outage belongs to no issue. It is told to every contact of which an advisor ever said that it was the reason: no other
//! contact is judged by it.

use std::collections::BTreeMap;

use contact::{
    contact::rules as contact_rules,
    outage::rules::{Fact, Outage, State, apply},
};
use failure::{
    code::Code,
    definition::{What as Parameter, definitions},
    story::{Happening, What},
};
use jiff::{SignedDuration, Timestamp};
use journal::Id;

use super::{nouns::as_a_row, told};

/// Outages, each with the entries that said when it began and when it was back.
#[derive(Debug, Clone, Default)]
pub struct Down(BTreeMap<Id, (Outage, [i64; 2])>);

impl Down {
    /// Tells one more entry; they come in the order of the journal.
    pub fn tell(&mut self, outage: &Id, seq: i64, fact: &Fact) {
        let was = self.0.remove(outage);
        let [began, ended] = was.as_ref().map_or([seq, seq], |(_, said)| *said);
        let said = match fact {
            Fact::Began { .. } | Fact::Corrected { .. } => [seq, seq],
            Fact::Ended { .. } => [began, seq],
            Fact::TakenBack { .. } => [began, ended],
        };
        self.0.insert(outage.clone(), (apply(was.map(|(outage, _)| outage), fact), said));
    }

    /// What of it is told. Each outage is one by itself, so that none is taken to be over because another one is.
    pub fn happenings(&self) -> impl Iterator<Item = Happening> {
        let standing = self.0.iter().filter(|(_, (outage, _))| outage.state() != State::TakenBack);
        standing.flat_map(|(id, (outage, [began, ended]))| {
            let happening = |at: Timestamp, seq: i64, what: What| Happening {
                at: as_a_row(at),
                order: u64::try_from(seq).unwrap_or_default(),
                incident: None,
                what,
            };
            let back =
                outage.told.ended_at.map(|at| happening(at, *ended, What::OutageEnded(id.to_string())));
            let down = happening(outage.told.began_at, *began, What::OutageBegan(id.to_string()));
            std::iter::once(down).chain(back)
        })
    }
}

/// For how long after an outage the longest window of any version still looks back at it.
pub fn window() -> SignedDuration {
    let all = definitions().version.iter().flat_map(|version| &version.window);
    let of_outages = all.filter(|window| window.code == Code::F14 && window.what == Parameter::Window);
    of_outages.filter_map(failure::definition::Window::length).max().unwrap_or_default()
}

/// When a contact came of which an advisor ever said that a system was down; nothing of any other.
pub fn said_down(told: &[told::Told]) -> Option<Timestamp> {
    let is_said = told.iter().any(|one| match &one.fact {
        told::Fact::Contact(contact_rules::Fact::Coded(coded)) => coded.code == Code::F14,
        _ => false,
    });
    let came = told.iter().find_map(|one| match &one.fact {
        told::Fact::Contact(
            contact_rules::Fact::Received(arrival) | contact_rules::Fact::Discontinued { arrival, .. },
        ) => Some(arrival.arrived_at),
        _ => None,
    });
    came.filter(|_| is_said)
}

/// From when until when an outage was ever said to be; without an end while it is down. While it was said to be down it
/// reached as far as there were contacts, so to the moment at which it was recorded that it is not.
pub fn ever(told: &[told::Told]) -> Option<(Timestamp, Option<Timestamp>)> {
    let (mut outage, mut began, mut ended): (Option<Outage>, Option<Timestamp>, Option<Timestamp>) =
        (None, None, None);
    for one in told {
        let told::Fact::Outage(fact) = &one.fact else { continue };
        if outage.as_ref().is_some_and(|was| was.state() == State::Open) {
            ended = ended.max(Some(one.recorded_at));
        }
        let now = apply(outage, fact);
        began = Some(began.map_or(now.told.began_at, |began| began.min(now.told.began_at)));
        ended = ended.max(now.told.ended_at);
        outage = Some(now);
    }
    let is_open = outage.is_some_and(|outage| outage.state() == State::Open);
    Some((began?, ended.filter(|_| !is_open)))
}
