//! Telling people what a round asks of them: each thing that is told is a notice to whoever holds the post.

use std::collections::BTreeMap;

use jiff::Timestamp;
use journal::{Actor, DatabaseError, Entry, Id, Noun, Tx, recall};

use super::{
    rows::Rounds,
    rules::Seen,
    told::{Told, ToldKind, told},
};
use crate::notice::{
    rules::Kind,
    tell::{self, Outcome},
};

/// Writes the notices of what was told, in the transaction of the fact that told it: neither without the other.
pub(super) async fn tell(
    tx: &mut Tx,
    who: &Actor,
    now: Timestamp,
    seen: &BTreeMap<Id, Seen>,
    all: &[Told],
) -> Result<Outcome, DatabaseError> {
    let letters: Vec<tell::Told> = all
        .iter()
        .map(|one| tell::Told {
            recommendation: one.recommendation.clone(),
            label: seen.get(&one.recommendation).map_or_else(String::new, |seen| seen.label.clone()),
            post: one.post.clone(),
            kind: match one.kind {
                ToldKind::Asked => Kind::Asked,
                ToldKind::Reminded => Kind::Reminded,
                ToldKind::Escalated => Kind::Escalated,
            },
            due_on: one.due_on,
        })
        .collect();
    tell::tell(tx, who, now, &letters).await
}

/// What `entry` of the round `id` told whom, as notices.
pub(super) async fn tell_of(
    tx: &mut Tx,
    who: &Actor,
    now: Timestamp,
    (id, entry): (&Id, &Entry),
    seen: &BTreeMap<Id, Seen>,
) -> Result<Outcome, DatabaseError> {
    let round = recall(tx, id, Rounds::apply).await?.state;
    let fact = entry.fact()?;
    let all = round.zip(fact).map_or_else(Vec::new, |(round, fact)| told(id, &round, &fact));
    tell(tx, who, now, seen, &all).await
}
