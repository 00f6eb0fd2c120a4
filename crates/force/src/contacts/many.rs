//! Contacts by the hundred thousand, for benchmarks: each is received, described, placed and ended.

use anyhow::{Result, anyhow};
use contact::contact::{
    rows as contacts,
    rules::{Arrival, Caller, Channel, Command, Location},
};
use jiff::{SignedDuration, Timestamp};
use journal::{Actor, Id, Journal};

use super::{people, places};
use crate::sixty::Chance;

/// Contacts of one transaction.
const BLOCK: u64 = 1_000;

/// Adds `count` invented contacts, spread over the year before `now`; the same for the same `seed`.
pub async fn contacts(
    journal: &Journal,
    seed: u64,
    count: u64,
    now: Timestamp,
    mut progress: impl FnMut(u64),
) -> Result<()> {
    let mut chance = Chance(seed);
    let all = places::all();
    let who = Actor { who: "bench".into(), role: "service_advisor".into(), task: "Record a contact".into() };
    let begin = now.checked_sub(SignedDuration::from_hours(365 * 24))?;
    let step = 365 * 86_400_000 / i64::try_from(count.max(1))?;
    let mut made = 0;
    while made < count {
        let mut tx = journal.begin().await?;
        for number in made..(made + BLOCK).min(count) {
            let at = begin.checked_add(SignedDuration::from_millis(step * i64::try_from(number)?))?;
            let id = Id::new(at);
            for command in life(&mut chance, &all, at)? {
                contacts::change(&mut tx, &who, at, &id, command)
                    .await?
                    .map_err(|refusal| anyhow!("an invented contact was refused: {refusal}"))?;
            }
        }
        tx.commit().await?;
        made = (made + BLOCK).min(count);
        progress(made);
    }
    Ok(())
}

fn life(chance: &mut Chance, all: &[contact::place::rules::Place], at: Timestamp) -> Result<Vec<Command>> {
    let place = places::one(all, chance);
    let number = people::unassigned(chance);
    let channel = if chance.below(3) == 0 { Channel::Emergency } else { Channel::NonEmergency };
    let end = at;
    let waited = SignedDuration::from_secs(5 + i64::try_from(chance.below(400))?);
    let arrived_at = at.checked_sub(waited)?;
    let arrival = Arrival {
        channel,
        option: String::new(),
        line: String::new(),
        number: number.clone().into(),
        arrived_at,
        answered_at: Some(at),
        their_reference: String::new(),
    };
    let caller =
        Caller { name: people::long_name(chance).into(), call_back_on: number.into(), ..Caller::default() };
    let location = Location {
        words: place.words.clone().into(),
        place: place.id.clone().into(),
        division: place.division.clone(),
        beat: place.beat.clone(),
        is_rural: Some(place.is_rural),
    };
    Ok(vec![
        Command::Receive(arrival),
        Command::Describe(caller),
        Command::Locate(location),
        Command::End { at: end, outcome: "advice".to_owned() },
    ])
}
