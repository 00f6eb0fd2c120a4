//! `answerable import plan FILE`.

use std::process::ExitCode;

use jiff::tz::TimeZone;
use journal::{Actor, Refusal};
use plan::{
    inspection::rules::{Details, Kind, read_day},
    published::{
        carry::{Source, When, carry_in, digest},
        rules::{Comparison, Stand},
    },
};

use crate::{
    settings::{Import, ImportPlan, ImportWhat, Settings, now},
    tell::say,
};

/// The exit code of a refusal.
const REFUSED: u8 = 2;

/// `answerable import …`
pub async fn import(settings: &Settings, import: &Import) -> anyhow::Result<ExitCode> {
    let ImportWhat::Plan(asked) = &import.what;
    let bytes = match read_file(asked) {
        Ok(bytes) => bytes,
        Err(refusal) => return Ok(refused(asked, &refusal)),
    };
    let name =
        asked.file.file_name().map_or_else(|| "the file".into(), |name| name.to_string_lossy().into_owned());
    let read = ::import::read(&name, &bytes).and_then(|sheets| ::import::place(&sheets));
    let placed = match read {
        Ok(placed) => placed,
        Err(refusal) => return Ok(refused(asked, &refusal)),
    };
    if let Err(refusal) = readable(asked) {
        return Ok(refused(asked, &refusal));
    }
    let source = source(asked, name, digest(&bytes));
    let journal = settings.open().await?;
    let mut tx = journal.begin().await?;
    let who = Actor {
        who: "command line".to_owned(),
        role: "operator".to_owned(),
        task: "Import an improvement plan".to_owned(),
    };
    let moment = now();
    let today = moment.to_zoned(TimeZone::get("Europe/London")?).date();
    let when = When { who: &who, now: moment, today };
    match carry_in(&mut tx, &when, &source, &placed).await? {
        Err(refusal) => Ok(refused(asked, &refusal)),
        Ok((_, comparison)) => {
            if !asked.dry_run {
                tx.commit().await?;
            }
            tell(asked, &placed, &comparison)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn read_file(asked: &ImportPlan) -> Result<Vec<u8>, Refusal> {
    use std::io::Read;
    let cannot = |error: std::io::Error| {
        Refusal::of(
            "file",
            format!("{} cannot be read ({error}). Check its name and who may read it.", asked.file.display()),
        )
    };
    // One byte more than is taken, so that a file that is too large is told as such and never held whole.
    let mut bytes = Vec::new();
    let file = std::fs::File::open(&asked.file).map_err(cannot)?;
    file.take(::import::limits::FILE_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(cannot)?;
    Ok(bytes)
}

/// Refuses a day or a kind that means nothing, even where the inspection is registered and needs neither.
fn readable(asked: &ImportPlan) -> Result<(), Refusal> {
    if let Some(published) = &asked.published {
        read_day("published", "The day of publication", published)?;
    }
    if Kind::read(&asked.kind).is_none() {
        let kinds = Kind::ALL.map(Kind::as_str).join(", ");
        return Err(Refusal::of(
            "kind",
            format!("“{}” is no kind of inspection. Give one of: {kinds}.", asked.kind),
        ));
    }
    Ok(())
}

fn source(asked: &ImportPlan, file: String, digest: String) -> Source {
    let details = Details {
        title: asked.inspection.clone(),
        code: String::new(),
        kind: asked.kind.clone(),
        published_on: asked.published.clone().unwrap_or_default(),
        inspectorate: asked.inspectorate.clone(),
        addressees: asked.addressed_to.join("\n"),
    };
    Source { inspection: None, details, file, digest }
}

fn refused(asked: &ImportPlan, refusal: &Refusal) -> ExitCode {
    if asked.json {
        say(serde_json::json!({ "refused": refusal }));
    } else {
        eprintln!("Refused: {}", refusal.sentence);
        eprintln!("Nothing was written.");
    }
    ExitCode::from(REFUSED)
}

fn tell(asked: &ImportPlan, placed: &::import::Placed, comparison: &Comparison) -> anyhow::Result<()> {
    let (new, changed, same) = comparison.tally();
    let actions: usize = placed.recommendations.iter().map(|one| one.actions.len()).sum();
    if asked.json {
        let told = serde_json::json!({
            "written": !asked.dry_run && !comparison.is_idle(),
            "recommendations": placed.recommendations.len(),
            "actions": actions,
            "cells_read": placed.cells_read,
            "new": new,
            "changed": changed,
            "same": same,
            "gone": comparison.gone,
            "unsure": placed.unsure,
            "cells": placed.cells,
            "compared": comparison.compared,
        });
        say(serde_json::to_string_pretty(&told)?);
        return Ok(());
    }
    say(format_args!(
        "{} recommendations, {actions} actions, {} cells read.",
        placed.recommendations.len(),
        placed.cells_read
    ));
    say(format_args!("{new} new, {changed} changed, {same} the same."));
    for one in comparison.compared.iter().filter(|one| one.stand == Stand::Changed) {
        for differs in &one.differences {
            say(format_args!("  {} {}: {:?} -> {:?}", one.reference, differs.what, differs.was, differs.now));
        }
    }
    if !comparison.gone.is_empty() {
        say(format_args!("In the register and not in the file (they stay): {}", comparison.gone.join(", ")));
    }
    say(format_args!("{} unsure.", placed.unsure.len()));
    for one in &placed.unsure {
        say(format_args!("  {}: {:?} {}", one.at, one.text, one.why));
    }
    match (asked.dry_run, comparison.is_idle()) {
        (true, _) => say(format_args!("A dry run: nothing was written.")),
        (false, true) => say(format_args!("Nothing differs, so nothing was written.")),
        (false, false) => say(format_args!("Written.")),
    }
    Ok(())
}
