//! The middle of every slice, once: recall, decide, append, save.
//!
//! HOUSE 4 has one order for everything that happens: *may, recall, decide, append, save, show*. The page
//! does the first and the last; [`act`] does the four between, so the order cannot be got wrong, and a
//! page, an import, the demonstration and a test all go the same way (decisions/0006).

use jiff::Timestamp;

use crate::{Actor, Entry, Fact, Folded, Id, Refusal, Tx, append, recall};

/// A noun whose life is facts: what may happen to it, what it then is, and its rows.
pub trait Noun: Sized {
    /// What it is after its facts so far.
    type State: Clone + Send;
    /// What somebody wants to happen. Imperative.
    type Command;
    /// What happened. Past tense.
    type Fact: Fact + Sync;
    /// What else the rule has to know, read in the same transaction: the day, its neighbours.
    type Known;

    /// What happens, or why not. Pure.
    fn decide(
        known: &Self::Known,
        was: Option<&Self::State>,
        command: Self::Command,
    ) -> Result<Self::Fact, Refusal>;

    /// What it is after `fact`. Pure, and never refuses: the fact has happened.
    fn apply(was: Option<Self::State>, fact: &Self::Fact) -> Self::State;

    /// Saves its rows.
    fn save(
        tx: &mut Tx,
        entry: &Entry,
        id: &Id,
        state: &Self::State,
    ) -> impl Future<Output = Result<(), sqlx::Error>> + Send;
}

/// Recalls `id`, decides `command`, appends the fact and saves the rows. `?` twice: the outer error is
/// the database's, the inner a [`Refusal`] that a person can mend.
pub async fn act<N: Noun>(
    tx: &mut Tx,
    who: &Actor,
    now: Timestamp,
    id: &Id,
    known: &N::Known,
    command: N::Command,
) -> Result<Result<Entry, Refusal>, sqlx::Error> {
    let was = recall(tx, id, N::apply).await?.state;
    let fact = match N::decide(known, was.as_ref(), command) {
        Ok(fact) => fact,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let entry = append(tx, who, now, id, &fact).await?;
    N::save(tx, &entry, id, &N::apply(was, &fact)).await?;
    Ok(Ok(entry))
}

/// Folds `entry` again and saves its rows, if it is one of `N`'s: `check` and `rebuild`.
pub async fn refold<N: Noun>(
    tx: &mut Tx,
    folded: &mut Folded<N::State>,
    entry: &Entry,
) -> Result<(), sqlx::Error> {
    match folded.step(entry, N::apply)? {
        Some(state) => N::save(tx, entry, &entry.subject, &state).await,
        None => Ok(()),
    }
}
