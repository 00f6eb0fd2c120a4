//! The last whole week’s sample: drawn by the analyst, coded by the supervisor, closed.

use anyhow::{Context, Result, anyhow};
use coding::sample::{
    rows::{advisors, change, draw, folded, population},
    rules::Command,
    week::Week,
};
use failure::code::Code;
use jiff::Timestamp;
use journal::{Id, Journal, Tx, day_of};

use crate::{people::People, sixty::Chance};

/// The seed of the demonstration’s draw; a force’s is made by the system in the moment.
const SEED: &str = "caledonia-2026";
/// So many of a hundred are coded otherwise by the second person. Invented.
const OTHERWISE_PERCENT: u64 = 16;
/// The contact of the sample on which the supervisor changes their mind, by its place.
const AMENDED: usize = 4;

/// Draws, codes and closes the last week that is over, if anything was counted in it.
pub(crate) async fn sample(journal: &Journal, people: &People, now: Timestamp) -> Result<()> {
    let counted_to = measure::worker::catch_up(journal).await?;
    let week = Week::of(day_of(now)).before();
    let mut tx = journal.begin().await?;
    if population(&mut tx, week, counted_to).await?.is_empty() {
        return Ok(());
    }
    let (id, analyst) = (Id::new(now), people.doing("analyst", "Draw a sample")?);
    draw(&mut tx, &analyst, now, &id, (week, SEED.to_owned()))
        .await?
        .map_err(|refusal| anyhow!("the sample of {week}: {refusal}"))?;
    let sample = folded(&mut tx, &id).await?.context("the sample is there")?;
    let (mut chance, mut own) = (Chance(11), 0);
    let supervisor = people.account("supervisor")?;
    for (place, one) in sample.drawn.sample.iter().enumerate() {
        let code = if chance.below(100) < OTHERWISE_PERCENT { Some(other(one.derived)) } else { one.derived };
        let contact = one.contact.clone();
        if advisors(&mut tx, &contact).await?.contains(supervisor) {
            own += 1;
            continue;
        }
        if place == AMENDED {
            let first = Command::Code { contact: contact.clone(), code: None, note: String::new() };
            coded(&mut tx, people, now, &id, first).await?;
            let (note, reason) = (String::new(), "The log says it, further down.".to_owned());
            let code = code.or(Some(Code::V1));
            coded(&mut tx, people, now, &id, Command::Amend { contact, code, note, reason }).await?;
        } else {
            coded(&mut tx, people, now, &id, Command::Code { contact, code, note: String::new() }).await?;
        }
    }
    let reason = if own == 0 { "" } else { "The others were calls in which the supervisor had a part." };
    let close = Command::Close { reason: reason.to_owned() };
    let analyst = people.doing("analyst", "Close a sample")?;
    change(&mut tx, &analyst, now, &id, close)
        .await?
        .map_err(|refusal| anyhow!("closing the sample of {week}: {refusal}"))?;
    tx.commit().await?;
    Ok(())
}

/// What the second person says who sees it otherwise.
fn other(derived: Option<Code>) -> Code {
    match derived {
        Some(Code::V1) => Code::F12,
        Some(Code::F04) => Code::F03,
        Some(_) => Code::V1,
        None => Code::V3,
    }
}

async fn coded(tx: &mut Tx, people: &People, now: Timestamp, id: &Id, command: Command) -> Result<()> {
    let supervisor = people.doing("supervisor", "Code a contact a second time")?;
    change(tx, &supervisor, now, id, command)
        .await?
        .map_err(|refusal| anyhow!("a second coding: {refusal}"))?;
    Ok(())
}
