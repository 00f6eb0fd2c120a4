//! What it costs to count a fact that comes late, for `benches/measures.sh`.
//!
//! `late_fact FORCE FACTS`: the data folder of a force whose measures are counted, and how many late facts are told one after
//! the other. Prints the median in milliseconds.

use std::{path::Path, time::Instant};

use anyhow::{Context, ensure};
use contact::contact::{rows::change, rules::Command};
use failure::code::Code;
use jiff::Timestamp;
use journal::{Actor, Id, Journal, OPEN_END, entries};
use measure::worker::catch_up;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [force, facts] = &words[..] else { anyhow::bail!("late_fact FORCE FACTS") };
    let facts: usize = facts.parse()?;
    let journal = Journal::open("sqlite", Path::new(force), Timestamp::UNIX_EPOCH).await?;
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
    println!("{{\"median_ms\": {:.3}}}", median.as_secs_f64() * 1_000.0);
    Ok(())
}
