//! What became of messages that are weeks old: those that could go are in the local mailbox, and who could not be written
//! to was called.

use anyhow::{Result, anyhow};
use jiff::Timestamp;
use journal::{Actor, Id, Tx};
use message::message::{
    rows::{change, of_incident},
    rules::{Carrier, Command, State},
};

/// Ends the messages of an incident; what may not go at this hour waits.
pub(super) async fn settle(tx: &mut Tx, who: &Actor, incident: &Id, at: Timestamp) -> Result<()> {
    let sender =
        Actor { who: "service".to_owned(), role: "service".to_owned(), task: "Send messages".to_owned() };
    for one in of_incident(tx, incident).await? {
        if one.state == State::Waiting {
            drop(change(tx, &sender, at, &one.id, Command::Release { is_carried: true }).await?);
        }
    }
    for one in of_incident(tx, incident).await? {
        let (actor, command) = match one.state {
            State::Leaving => (&sender, Command::Send { by: Carrier::Mailbox, reference: String::new() }),
            state if state.is_alarming() => {
                (who, Command::Settle { words: "Told on the telephone.".to_owned() })
            }
            _ => continue,
        };
        change(tx, actor, at, &one.id, command)
            .await?
            .map_err(|refusal| anyhow!("a message of the demonstration: {refusal}"))?;
    }
    Ok(())
}
