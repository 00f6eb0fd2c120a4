//! Telling people what a round asks of them: each thing that is told is a notice to whoever holds the post, or
//! to whoever of the group is told in its place.

use std::collections::BTreeMap;

use jiff::Timestamp;
use journal::{Actor, DatabaseError, Entry, Id, Noun, Tx, recall};

use super::{
    rows::Rounds,
    rules::Seen,
    told::{Told, ToldKind, told},
};
use crate::{
    group::rules::Group,
    notice::{
        rules::Kind,
        tell::{self, Outcome},
    },
};

/// Writes the notices of what was told, in the transaction of the fact that told it: neither without the other.
pub(super) async fn tell(
    tx: &mut Tx,
    who: &Actor,
    now: Timestamp,
    (seen, group): (&BTreeMap<Id, Seen>, Option<&Group>),
    all: &[Told],
) -> Result<Outcome, DatabaseError> {
    let letters: Vec<tell::Told> = all
        .iter()
        .map(|one| tell::Told {
            recommendation: one.recommendation.clone(),
            label: seen.get(&one.recommendation).map_or_else(String::new, |seen| seen.label.clone()),
            post: one.post.clone(),
            in_place: in_place_of(group, &one.post).into_iter().map(str::to_owned).collect(),
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

/// What `entry` of the round `id` told whom, as notices. Whoever appends to a round calls it in the same transaction.
pub async fn tell_of(
    tx: &mut Tx,
    who: &Actor,
    now: Timestamp,
    (id, entry): (&Id, &Entry),
    (seen, group): (&BTreeMap<Id, Seen>, Option<&Group>),
) -> Result<Outcome, DatabaseError> {
    let round = recall(tx, id, Rounds::apply).await?.state;
    let fact = entry.fact()?;
    let all = round.zip(fact).map_or_else(Vec::new, |(round, fact)| told(id, &round, &fact));
    tell(tx, who, now, (seen, group), &all).await
}

/// The posts of the group that are told in the place of `post`.
pub(super) fn in_place_of<'a>(group: Option<&'a Group>, post: &str) -> Vec<&'a str> {
    group.map(|group| group.in_place_of(post)).unwrap_or_default()
}
