//! What the service does by itself while it serves: reminders and escalations, digests, and sending notices
//! and messages.

use std::time::Duration;

use carrier::Carriers;
use journal::Journal;
use round::notice::{send, transport::Transport};
use tokio::time::{MissedTickBehavior, interval};

use crate::settings::now;

/// How often it looks for what is due. Deadlines are days: a minute is soon enough, and costs one statement.
const EVERY: Duration = Duration::from_mins(1);

/// Does what is due, again and again, until the service stops. A failure is logged and tried again: each step
/// is a fact, so nothing is done twice and nothing is lost.
pub async fn keep(journal: Journal, carriers: Carriers) {
    let transport = carriers.mail.clone().map_or(Transport::Mailbox, |smtp| Transport::Smtp(Box::new(smtp)));
    let mut clock = interval(EVERY);
    clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        clock.tick().await;
        if let Err(error) = all(&journal, &transport).await {
            tracing::warn!(%error, "reminders, digests or notices could not be done; trying again");
        }
        if let Err(error) = messages(&journal, &carriers).await {
            tracing::warn!(%error, "messages could not be sent; trying again");
        }
    }
}

async fn all(journal: &Journal, transport: &Transport) -> anyhow::Result<()> {
    let told = round::month::tick(journal, now()).await?;
    let digests = send::write_digests(journal, now()).await?;
    let sent = send::send_due(journal, transport, now()).await?;
    if !told.is_empty() || digests > 0 || sent.sent > 0 || sent.failed > 0 {
        tracing::info!(told = told.len(), digests, sent = sent.sent, failed = sent.failed, "notices");
    }
    Ok(())
}

async fn messages(journal: &Journal, carriers: &Carriers) -> anyhow::Result<()> {
    let outcome = message::sending::send_due(journal, carriers, now).await?;
    if outcome != message::sending::Outcome::default() {
        let message::sending::Outcome { sent, kept, held_back, postponed, failed } = outcome;
        tracing::info!(sent, kept, held_back, postponed, failed, "messages");
    }
    Ok(())
}
