//! `answerable measure xmr FILE`: a series to its control chart, for analysts with series of their own; and
//! `answerable measure failure-demand` and `answerable measure everything`: what is counted, counted anew from what is packed.

use std::{
    io::Read,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, Subcommand};
use failure::definition::definitions;
use jiff::civil::Date;
use journal::{Connection, day_of};
use measure::{
    catalogue::{Catalogue, Definition},
    chart::{rules::chart, series::Series},
    count::rows::counted_to,
    gist::anew::{Cell, Sums, everything},
    told::anew::in_force,
};
use serde_json::{Value, json};

use crate::{
    settings::{Settings, now},
    tell::say,
};

/// What the exit says where a series cannot be read, or a period cannot be.
const UNREADABLE: u8 = 2;

/// Measures at a command line.
#[derive(Debug, Subcommand)]
pub enum Measure {
    /// Read a series as JSON, and print its control chart as JSON. Exit 2 where the series cannot be read.
    Xmr {
        /// The file; - is standard input.
        file: PathBuf,
    },
    /// Count every measure of a period anew, and print its cells as JSON: by the versions in force on each day, from the lives
    /// and issues that the service keeps packed. Exit 2 where the period cannot be.
    Everything(Period),
    /// Judge the contacts of a period anew for failure demand, and print the counts as JSON: by the versions in force on
    /// their days, from the issues that the service keeps packed. Exit 2 where the period cannot be.
    FailureDemand(FailureDemand),
}

/// The days of which something is counted anew.
#[derive(Debug, Clone, Copy, Args)]
pub struct Period {
    /// The first day.
    #[arg(long)]
    pub from: Date,
    /// The last day.
    #[arg(long)]
    pub until: Date,
}

impl Period {
    /// What is wrong with it, and the mend.
    fn wrong(self) -> Option<String> {
        let (Self { from, until }, today) = (self, day_of(now()));
        if from > until {
            Some(format!("--until {until} is before --from {from}. Enter a later last day."))
        } else if until > today {
            Some(format!("--until {until} is still to come. Enter today, {today}, or an earlier day."))
        } else {
            None
        }
    }
}

/// Judging failure demand anew.
#[derive(Debug, Args)]
pub struct FailureDemand {
    #[command(flatten)]
    pub period: Period,
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
    let FailureDemand { period, windows_percent } = asked;
    if let Some(wrong) = period.wrong() {
        eprintln!("answerable: {wrong}");
        return Ok(ExitCode::from(UNREADABLE));
    }
    let journal = settings.open_existing().await?;
    let mut read = journal.read().await?;
    let rate = in_force(&mut read, (period.from, period.until), definitions(), *windows_percent).await?;
    let told = json!({ "windows_percent": windows_percent, "percent": rate.percent(), "rate": rate });
    tell(&mut read, *period, told).await
}

/// Counts every measure of a period anew, and says up to which entry it is told.
pub async fn all(settings: &Settings, period: Period) -> anyhow::Result<ExitCode> {
    if let Some(wrong) = period.wrong() {
        eprintln!("answerable: {wrong}");
        return Ok(ExitCode::from(UNREADABLE));
    }
    let journal = settings.open_existing().await?;
    let (mut read, catalogue) = (journal.read().await?, Catalogue::published());
    let counted = everything(&mut read, (period.from, period.until), catalogue).await?;
    let measure = |definition: &Definition| {
        let [numerator, denominator, contributions] = counted.of(&definition.key);
        let cells = counted.cells.iter().filter(|((key, ..), _)| *key == definition.key);
        let cell = |((_, division, reason), [numerator, denominator, contributions]): (&Cell, &Sums)| {
            json!({
                "division": division, "reason": reason, "numerator": numerator,
                "denominator": denominator, "contributions": contributions,
            })
        };
        json!({
            "measure": definition.key, "value": definition.value(numerator, denominator),
            "numerator": numerator, "denominator": denominator, "contributions": contributions,
            "cells": cells.map(cell).collect::<Vec<_>>(),
        })
    };
    let measures: Vec<Value> = catalogue.all().iter().map(measure).collect();
    let told = json!({ "lives": counted.gists, "issues": counted.issues, "measures": measures });
    tell(&mut read, period, told).await
}

/// Says what was counted, of which period, and up to which entry.
async fn tell(read: &mut Connection, period: Period, mut told: Value) -> anyhow::Result<ExitCode> {
    told["from"] = json!(period.from);
    told["until"] = json!(period.until);
    told["told_to_entry"] = json!(counted_to(read).await?);
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
