//! `answerable measure xmr FILE`: a series to its control chart, for analysts with series of their own; and
//! `answerable measure failure-demand`: failure demand judged anew.

use std::{io::Read, path::Path, process::ExitCode};

use clap::Args;
use failure::definition::definitions;
use jiff::civil::Date;
use journal::day_of;
use measure::{
    chart::{rules::chart, series::Series},
    count::rows::counted_to,
    told::anew::in_force,
};

use crate::{
    settings::{Settings, now},
    tell::say,
};

/// What the exit says where a series cannot be read, or a period cannot be.
const UNREADABLE: u8 = 2;

/// Judging failure demand anew.
#[derive(Debug, Args)]
pub struct FailureDemand {
    /// The first day.
    #[arg(long)]
    pub from: Date,
    /// The last day.
    #[arg(long)]
    pub until: Date,
    /// Every window so many per cent as long.
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub windows_percent: u32,
}

/// Reads a series and prints its chart; what is wrong with it is named by field and row.
pub fn xmr(file: &Path) -> anyhow::Result<ExitCode> {
    match read(file) {
        Ok(series) => {
            say(serde_json::to_string_pretty(&chart(&series))?);
            Ok(ExitCode::SUCCESS)
        }
        Err(told) => {
            eprintln!("answerable: {told}");
            Ok(ExitCode::from(UNREADABLE))
        }
    }
}

/// Judges the contacts of a period anew, and says up to which entry they are told.
pub async fn failure_demand(settings: &Settings, asked: &FailureDemand) -> anyhow::Result<ExitCode> {
    let FailureDemand { from, until, windows_percent } = asked;
    let today = day_of(now());
    let wrong = if from > until {
        Some(format!("--until {until} is before --from {from}. Enter a later last day."))
    } else if *until > today {
        Some(format!("--until {until} is still to come. Enter today, {today}, or an earlier day."))
    } else {
        None
    };
    if let Some(wrong) = wrong {
        eprintln!("answerable: {wrong}");
        return Ok(ExitCode::from(UNREADABLE));
    }
    let journal = settings.open_existing().await?;
    let mut read = journal.read().await?;
    let rate = in_force(&mut read, (*from, *until), definitions(), *windows_percent).await?;
    let entry = counted_to(&mut read).await?;
    let told = serde_json::json!({
        "from": from,
        "until": until,
        "windows_percent": windows_percent,
        "told_to_entry": entry,
        "percent": rate.percent(),
        "rate": rate,
    });
    say(serde_json::to_string_pretty(&told)?);
    Ok(ExitCode::SUCCESS)
}

fn read(file: &Path) -> Result<Series, String> {
    let text = if file == Path::new("-") {
        let mut text = String::new();
        let read = std::io::stdin().lock().read_to_string(&mut text);
        read.map(|_| text).map_err(|error| format!("standard input: {error}"))
    } else {
        std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))
    }?;
    Series::read(&text).map_err(|refusal| format!("{}: {}", refusal.field, refusal.sentence))
}
