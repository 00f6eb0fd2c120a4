//! Folding the journal again: `check` compares it with the rows, `rebuild` puts them right.

use std::process::ExitCode;

use journal::{DatabaseError, Entry, Tx, clear, dump, entries, head};

use crate::{
    published::{self, Published},
    settings::Settings,
    tell::say,
};

/// Entries read at once.
const BLOCK: i64 = 1_000;

/// How many differences are told.
const TOLD: usize = 20;

/// `answerable check`
pub async fn check(settings: &Settings) -> anyhow::Result<ExitCode> {
    let journal = settings.open_existing().await?;
    let mut tx = journal.begin().await?;
    let outcome = refold(&mut tx).await?;
    drop(tx); // only looked
    for entry in &outcome.unfit {
        say(format_args!("entry {entry} does not fit its leaf: it was changed after it was written"));
    }
    for line in outcome.differences.iter().take(TOLD) {
        say(line);
    }
    for line in &outcome.published.lost {
        say(line);
    }
    if outcome.differences.is_empty() && outcome.unfit.is_empty() {
        say(format_args!("{} entries; the rows are their fold.", outcome.entries));
    } else {
        say(format_args!(
            "{} differences. `answerable rebuild` puts rows right; a changed entry needs a backup.",
            outcome.differences.len()
        ));
    }
    say(outcome.published.words());
    let is_well =
        outcome.differences.is_empty() && outcome.unfit.is_empty() && outcome.published.lost.is_empty();
    Ok(if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// `answerable rebuild`
pub async fn rebuild(settings: &Settings) -> anyhow::Result<ExitCode> {
    let journal = settings.open_existing().await?;
    let mut tx = journal.begin().await?;
    let outcome = refold(&mut tx).await?;
    if !outcome.unfit.is_empty() {
        for entry in &outcome.unfit {
            say(format_args!("entry {entry} does not fit its leaf: it was changed after it was written"));
        }
        say("Nothing was put right from a changed journal. Restore a backup first.");
        return Ok(ExitCode::FAILURE);
    }
    tx.commit().await?;
    say(format_args!(
        "{} entries folded again; {} lines of rows were put right.",
        outcome.entries,
        outcome.differences.len()
    ));
    Ok(ExitCode::SUCCESS)
}

struct Outcome {
    entries: i64,
    unfit: Vec<i64>,
    differences: Vec<String>,
    published: Published,
}

/// What each room remembers while the journal is folded.
#[derive(Default)]
struct Memory {
    accounts: users::Memory,
    codings: coding::Memory,
    contacts: contact::Memory,
    diaries: diary::Memory,
    incidents: incident::Memory,
    messages: message::Memory,
    crimes: crime::Memory,
    evidence: evidence::Memory,
    annotations: measure::annotation::Memory,
    partners: partner::Memory,
    plans: plan::Memory,
    papers: publish::Memory,
    reports: report::Memory,
    rounds: round::Memory,
}

impl Memory {
    /// Folds one entry, in whichever room it is of.
    async fn fold(&mut self, tx: &mut Tx, entry: &Entry) -> Result<(), DatabaseError> {
        users::refold(tx, &mut self.accounts, entry).await?;
        coding::refold(tx, &mut self.codings, entry).await?;
        contact::refold(tx, &mut self.contacts, entry).await?;
        diary::refold(tx, &mut self.diaries, entry).await?;
        incident::refold(tx, &mut self.incidents, entry).await?;
        message::refold(tx, &mut self.messages, entry).await?;
        crime::refold(tx, &mut self.crimes, entry).await?;
        evidence::refold(tx, &mut self.evidence, entry).await?;
        measure::annotation::refold(tx, &mut self.annotations, entry).await?;
        partner::refold(tx, &mut self.partners, entry).await?;
        plan::refold(tx, &mut self.plans, entry).await?;
        publish::refold(tx, &mut self.papers, entry).await?;
        report::refold(tx, &mut self.reports, entry).await?;
        round::refold(tx, &mut self.rounds, entry).await
    }
}

/// Empties the rows and folds every entry into them again; tells what is different from before.
async fn refold(tx: &mut Tx) -> anyhow::Result<Outcome> {
    let tables: Vec<&str> = users::TABLES
        .iter()
        .chain(&coding::TABLES)
        .chain(&contact::TABLES)
        .chain(&diary::TABLES)
        .chain(&incident::TABLES)
        .chain(&measure::TABLES)
        .chain(&measure::annotation::TABLES)
        .chain(&partner::TABLES)
        .chain(&crime::TABLES)
        .chain(&evidence::TABLES)
        .chain(&message::TABLES)
        .chain(&plan::TABLES)
        .chain(&publish::TABLES)
        .chain(&report::TABLES)
        .chain(&round::TABLES)
        .copied()
        .collect();
    // What is counted follows the journal by itself: it is brought up to it before it is doubted.
    measure::worker::catch_up_within(tx).await?;
    let before = dump(tx, &tables).await?;
    clear(tx, &tables).await?;
    let last = head(tx).await?;
    let mut unfit = Vec::new();
    let mut memory = Memory::default();
    let mut from = 0;
    while from < last {
        for entry in entries(tx, from, from + BLOCK).await? {
            if !entry.leaf_fits {
                unfit.push(entry.seq);
            }
            memory.fold(tx, &entry).await?;
        }
        from += BLOCK;
    }
    measure::worker::catch_up_within(tx).await?;
    let after = dump(tx, &tables).await?;
    let only = |mine: &[String], other: &[String], sign: &str| {
        mine.iter()
            .filter(|line| other.binary_search(line).is_err())
            .map(|line| format!("{sign} {line}"))
            .collect()
    };
    let mut differences: Vec<String> = only(&before, &after, "only in the rows:   ");
    let missing: Vec<String> = only(&after, &before, "only in the journal:");
    differences.extend(missing);
    let published = published::again(tx).await?;
    Ok(Outcome { entries: last, unfit, differences, published })
}
