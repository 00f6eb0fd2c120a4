//! Letting leave what is due. The binary calls it now and then.
//!
//! Each message is taken up by a fact, given by the gate in the same transaction in which the person’s wishes are read,
//! and only then handed over: at most once. Whoever dies in between leaves one that is held back for a person when its
//! lease is over. What certainly did not leave is tried again, later each time.

use carrier::{Carriers, Failure, mail::Mail, text::Text};
use contact::preference::rules::Way;
use jiff::Timestamp;
use journal::{Actor, DatabaseError, Id, Journal, OPEN_END, history};

use crate::{
    message::{
        rows::{change, due, folded},
        rules::{Carrier, Command, Fact, Said},
    },
    route::where_to,
};

/// How many messages one sending takes.
const BATCH: i64 = 50;

/// What one sending did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Handed to a carrier.
    pub sent: usize,
    /// Put in the local mailbox: nothing left.
    pub kept: usize,
    /// Held back by the gate, or because nobody knows what became of it.
    pub held_back: usize,
    /// Put off to an hour at which the person may be reached.
    pub postponed: usize,
    /// Not delivered this time.
    pub failed: usize,
}

fn service() -> Actor {
    Actor { who: "service".to_owned(), role: "service".to_owned(), task: "Send messages".to_owned() }
}

/// Lets each message leave that is due. `clock` is asked anew for each: a batch may take its time, and an hour may end
/// in it. A carrier that cannot be reached is not asked again in this sending.
pub async fn send_due(
    journal: &Journal,
    carriers: &Carriers,
    clock: fn() -> Timestamp,
) -> Result<Outcome, DatabaseError> {
    let due = due(&mut *journal.read().await?, clock(), BATCH).await?;
    let mut outcome = Outcome::default();
    let mut unreachable: Vec<Way> = Vec::new();
    for id in due {
        let Some(said) = release(journal, carriers, clock(), &id, &unreachable, &mut outcome).await? else {
            continue;
        };
        let handed = hand_over(carriers, &id, &said).await;
        let command = match handed {
            Ok((by, reference)) => {
                match by {
                    Carrier::Mailbox => outcome.kept += 1,
                    _ => outcome.sent += 1,
                }
                Command::Send { by, reference }
            }
            Err(failure) => {
                tracing::warn!(message = %id, certain = failure.is_certain, "a message was not delivered");
                outcome.failed += 1;
                if failure.is_unreachable {
                    unreachable.extend(said.way);
                }
                Command::Fail { why: failure.why, is_certain: failure.is_certain }
            }
        };
        note(journal, clock(), &id, command).await?;
    }
    Ok(outcome)
}

/// Asks the gate and takes the message up; nothing where it does not go now.
async fn release(
    journal: &Journal,
    carriers: &Carriers,
    now: Timestamp,
    id: &Id,
    unreachable: &[Way],
    outcome: &mut Outcome,
) -> Result<Option<Said>, DatabaseError> {
    let mut tx = journal.begin().await?;
    let Some(was) = folded(&history(&mut tx, id, OPEN_END).await?)? else { return Ok(None) };
    // Nobody waits for a try that cannot succeed; it stays due. One that was left behind is held back all the same.
    if was.state.is_open() && was.said.way.is_some_and(|way| unreachable.contains(&way)) {
        return Ok(None);
    }
    let command = Command::Release { is_carried: is_carried(carriers, &was.said) };
    let Ok(entry) = change(&mut tx, &service(), now, id, command).await? else { return Ok(None) };
    tx.commit().await?;
    match entry.fact::<Fact>()? {
        Some(Fact::Taken { .. }) => return Ok(Some(was.said)),
        Some(Fact::Postponed { .. }) => outcome.postponed += 1,
        _ => outcome.held_back += 1,
    }
    Ok(None)
}

/// Whether anything carries it; where nothing is set up at all, everything is kept in the local mailbox.
fn is_carried(carriers: &Carriers, said: &Said) -> bool {
    carriers.is_nothing()
        || match said.way {
            Some(Way::Email) => {
                carriers.mail.as_ref().is_some_and(|mail| !said.is_discreet || mail.is_discreet())
            }
            Some(Way::Text) => carriers.text.is_some(),
            _ => false,
        }
}

/// Hands one over; gives by what it left and the carrier’s own name for it. No transaction is held meanwhile.
async fn hand_over(carriers: &Carriers, id: &Id, said: &Said) -> Result<(Carrier, String), Failure> {
    let (id, to) = (id.to_string(), where_to(&said.to).to_owned());
    let body = said.body.known().cloned().unwrap_or_default();
    match (said.way, &carriers.mail, &carriers.text) {
        (_, None, None) => Ok((Carrier::Mailbox, String::new())),
        (Some(Way::Email), Some(smtp), _) => {
            smtp.reach().await?;
            let subject = said.subject.known().cloned().unwrap_or_default();
            let written_at = said.not_before;
            let is_discreet = said.is_discreet;
            // Text only: it may have to look like nobody’s in particular.
            let (html, unsubscribe) = (None, None);
            smtp.send(&Mail { id, to, subject, body, html, written_at, unsubscribe, is_discreet }).await?;
            Ok((Carrier::Email, String::new()))
        }
        (Some(Way::Text), _, Some(webhook)) => {
            let named = webhook.send(&Text { id, to, text: body, is_discreet: said.is_discreet }).await?;
            Ok((Carrier::Text, named))
        }
        _ => Err(Failure {
            why: "Nothing carries it this way.".to_owned(),
            is_unreachable: false,
            is_certain: true,
        }),
    }
}

async fn note(journal: &Journal, now: Timestamp, id: &Id, command: Command) -> Result<(), DatabaseError> {
    let mut tx = journal.begin().await?;
    match change(&mut tx, &service(), now, id, command).await? {
        Ok(_) => tx.commit().await,
        Err(refusal) => {
            // Its lease was over before the carrier answered: it is held back for a person already.
            tracing::warn!(message = %id, %refusal, "what became of a message came too late to be noted");
            Ok(())
        }
    }
}
