//! What it costs to count a fact that comes late, with so many years of a force inside, for `benches/measures.sh`.
//!
//! `late_fact FORCE YEARS FACTS`: the data folder of a force whose measures are counted, which is filled up with years of
//! other subjects’ contributions, and how many late facts are told one after the other. Prints the median in milliseconds.

use std::{path::Path, time::Instant};

use anyhow::{Context, ensure};
use contact::contact::{rows::change, rules::Command};
use failure::code::Code;
use jiff::Timestamp;
use journal::{Actor, Id, Journal, OPEN_END, entries};
use measure::worker::catch_up;

/// Contributions of a year of a force: 365 days, 14 divisions, ten reasons, and so many of each.
const FILL: &str = "insert into measure_contribution
    with recursive day(number) as (select 1 union all select number + 1 from day where number < $1 * 365),
    part(number) as (select 1 union all select number + 1 from part where number < 140),
    one(number) as (select 1 union all select number + 1 from one where number < 12)
    select 'failure_demand', 3, 1, day.number || '-' || part.number || '-' || one.number, 0,
        date('2026-11-01', '-' || day.number || ' days') || 'T12:00:00.000000Z',
        date('2026-11-01', '-' || day.number || ' days'),
        substr('ABCDEFGJKLNPQU', 1 + part.number % 14, 1), 'F' || substr('0' || (1 + part.number / 14), -2), 1, 1, 1, $2
    from day, part, one";

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [force, years, facts] = &words[..] else { anyhow::bail!("late_fact FORCE YEARS FACTS") };
    let (years, facts): (i64, usize) = (years.parse()?, facts.parse()?);
    let journal = Journal::open("sqlite", Path::new(force), Timestamp::UNIX_EPOCH).await?;
    let mut tx = journal.begin().await?;
    let filled = sqlx::query(FILL).bind(years).bind(OPEN_END).execute(&mut *tx).await?.rows_affected();
    tx.commit().await?;
    journal.checkpoint().await?;
    catch_up(&journal).await?;
    let all = entries(&mut *journal.read().await?, 0, OPEN_END - 1).await?;
    let last = all.last().context("an empty journal")?.at;
    let received = all.iter().filter(|entry| entry.kind == "contact/received");
    let contacts: Vec<Id> = received.take(facts).map(|entry| entry.subject.clone()).collect();
    ensure!(contacts.len() == facts, "there are {} contacts, fewer than {facts}", contacts.len());
    let who = Actor { who: "advisor".into(), role: "service_advisor".into(), task: "Say why".into() };
    let mut times = Vec::new();
    for contact in contacts {
        let mut tx = journal.begin().await?;
        let why = Code::F15.to_string();
        let told = change(&mut tx, &who, last, &contact, Command::Code { why }).await?;
        ensure!(told.is_ok(), "a contact was not coded: {:?}", told.err());
        tx.commit().await?;
        let began = Instant::now();
        catch_up(&journal).await?;
        times.push(began.elapsed());
    }
    times.sort();
    let median = times.get(times.len() / 2).context("no late fact was told")?;
    println!("{{\"contributions\": {filled}, \"median_ms\": {:.3}}}", median.as_secs_f64() * 1_000.0);
    Ok(())
}
