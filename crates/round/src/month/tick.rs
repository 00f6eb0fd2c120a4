//! Doing what is due: reminders and escalations, each once.

use jiff::Timestamp;
use journal::{Actor, AsAt, Connection, DatabaseError, Id, Journal, Noun, Tx, append, recall};
use plan::register::{rows::load, rules::scottish_day};

use super::{
    SERVICE,
    answers::seen,
    due::due_steps,
    rows::{self, Kept, Rounds},
    rules::Known,
    telling::tell,
    told::{Told, told},
};
use crate::{group, workday::rules::Calendar};

/// Takes every step that is due `now`, in one transaction for each round, and says who has to be told.
///
/// It may be called as often as one likes, by two processes at once, and stopped in the middle: a step is a
/// fact, what is due is decided from the facts inside the transaction, and what was not committed has not
/// happened. What was told is kept (see [`rows::told_since`]), so nothing is lost between here and a message.
pub async fn tick(journal: &Journal, now: Timestamp) -> Result<Vec<Told>, DatabaseError> {
    let mut told = Vec::new();
    for id in due(journal, now).await? {
        let mut tx = journal.begin().await?;
        let steps = take(&mut tx, &id, now).await?;
        if !steps.is_empty() {
            tx.commit().await?;
            told.extend(steps);
        }
    }
    Ok(told)
}

/// The rounds in which something is due. Only read, so that a quiet day keeps the writer from nobody.
async fn due(journal: &Journal, now: Timestamp) -> Result<Vec<Id>, DatabaseError> {
    let today = scottish_day(now);
    let mut read = journal.read().await?;
    let mut rounds = rows::open(&mut read).await?;
    // Before the register is loaded: were everybody silent, would anything be due?
    rounds.retain(|kept| !due_steps(&kept.round, &std::collections::BTreeMap::new(), today).is_empty());
    if rounds.is_empty() {
        return Ok(Vec::new());
    }
    let register = load(&mut read, AsAt::Now, now).await?;
    rounds.retain(|kept| !due_steps(&kept.round, &seen(kept, &register), today).is_empty());
    Ok(rounds.into_iter().map(|kept| kept.id).collect())
}

/// Takes the steps that are due in one round.
///
/// It does what `journal::act` does, in the same order, but recalls the round once for all of its steps: a
/// hundred reminders would otherwise read its history a hundred times while they hold the writer.
async fn take(tx: &mut Tx, id: &Id, now: Timestamp) -> Result<Vec<Told>, DatabaseError> {
    let today = scottish_day(now);
    let Some(kept) = rows::one(&mut *tx, id).await? else { return Ok(Vec::new()) };
    let Some(mut round) = recall(tx, id, Rounds::apply).await?.state else { return Ok(Vec::new()) };
    let known = known(tx, &kept, now).await?;
    let task = "Remind and escalate".to_owned();
    let actor = Actor { who: SERVICE.to_owned(), role: "service".to_owned(), task };
    let mut all = Vec::new();
    for command in due_steps(&round, &known.seen, today) {
        // What the rule refuses is not due after all.
        let Ok(fact) = Rounds::decide(&known, Some(&round), command) else { continue };
        let entry = append(tx, &actor, now, id, &fact).await?;
        round = Rounds::apply(Some(round), &fact);
        Rounds::save(tx, &entry, id, &round).await?;
        all.extend(told(id, &round, &fact));
    }
    if !all.is_empty() {
        let group = group::rows::one(tx, &kept.group).await?;
        let outcome = tell(tx, &actor, now, (&known.seen, group.as_ref()), &all).await?;
        if !outcome.unheld.is_empty() {
            // The round's page names them; this is for whoever watches the service.
            tracing::warn!(round = %id, posts = outcome.unheld.len(), "nobody holds these posts: nobody was told");
        }
    }
    Ok(all)
}

/// What the rule has to know of a round that is there.
pub(super) async fn known(
    conn: &mut Connection,
    kept: &Kept,
    now: Timestamp,
) -> Result<Known<'static>, DatabaseError> {
    let register = load(conn, AsAt::Now, now).await?;
    let (today, seen) = (register.position.today, seen(kept, &register));
    Ok(Known { today, calendar: Calendar::scotland(), meeting: None, is_taken: false, seen })
}
