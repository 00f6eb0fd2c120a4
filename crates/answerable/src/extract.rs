//! `answerable extract DIR`: the facts and what is counted, for other tools.

use std::{process::ExitCode, time::Duration};

use columns::{
    extract::{
        folder::{Asked, extract as write},
        rules::Query,
    },
    file::Format,
    pseudonym::keep::key,
};

use crate::{
    settings::{Extract, ExtractFormat, Settings, now},
    tell::say,
};

/// How often somebody who waits is told how far it is.
const EVERY: Duration = Duration::from_secs(2);

/// What the exit says where nothing can be taken out as it was asked for.
const REFUSED: u8 = 2;

/// `answerable extract DIR`
pub async fn extract(settings: &Settings, asked: &Extract) -> anyhow::Result<ExitCode> {
    let query = Query { from: asked.from.clone(), until: asked.until.clone() };
    let (from, until) = match query.by_command(now()) {
        Ok(days) => days,
        Err(refusal) => {
            eprintln!("answerable: {}: {}", refusal.field, refusal.sentence);
            return Ok(ExitCode::from(REFUSED));
        }
    };
    let journal = settings.open_existing().await?;
    let key = key(&settings.data_dir)?;
    measure::worker::catch_up(&journal).await?;
    let format = match asked.format {
        ExtractFormat::Parquet => Format::Parquet,
        ExtractFormat::Csv => Format::Csv,
    };
    let mut read = journal.read().await?;
    let wanted = Asked { key: &key, from, until, format, now: now() };
    let mut told = tokio::time::Instant::now();
    let manifest = write(&mut read, wanted, &asked.folder, |done, of| {
        if told.elapsed() >= EVERY {
            eprintln!("{done} of {of} entries");
            told = tokio::time::Instant::now();
        }
    })
    .await?;
    for (table, rows) in &manifest.rows {
        say(format_args!("{rows:>10}  {table}"));
    }
    say(format_args!(
        "Entries {} to {} of {}, {} to {}, in {}",
        manifest.after_entry + 1,
        manifest.until_entry,
        manifest.entry,
        manifest.from,
        manifest.until,
        asked.folder.display()
    ));
    Ok(ExitCode::SUCCESS)
}
