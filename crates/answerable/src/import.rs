//! `answerable import plan FILE` and `answerable import paper FILE`.

use std::{path::Path, process::ExitCode};

use ::import::{NationalPaper, Placed, Unsure};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use journal::{Actor, Refusal};
use plan::{
    inspection::rules::{Details, Kind, read_day},
    published::{
        carry::{Source, When, carry_in, digest},
        national::{
            carry::{PaperSource, carry_paper, compare_with_nothing},
            rules::{Held, PaperComparison},
        },
        rules::{Comparison, Stand},
    },
};

use crate::{
    settings::{Import, ImportPaper, ImportPlan, ImportWhat, Settings, now},
    tell::say,
};

/// The exit code of a refusal.
const REFUSED: u8 = 2;

/// `answerable import …`
pub async fn import(settings: &Settings, import: &Import) -> anyhow::Result<ExitCode> {
    match &import.what {
        ImportWhat::Plan(asked) => plan(settings, asked).await,
        ImportWhat::Paper(asked) => paper(settings, asked).await,
    }
}

async fn plan(settings: &Settings, asked: &ImportPlan) -> anyhow::Result<ExitCode> {
    let (name, bytes) = match read_file(&asked.file) {
        Ok(read) => read,
        Err(refusal) => return Ok(refused(asked.json, &refusal)),
    };
    let read = ::import::read(&name, &bytes).and_then(|sheets| ::import::place(&sheets));
    let placed = match read {
        Ok(placed) => placed,
        Err(refusal) => return Ok(refused(asked.json, &refusal)),
    };
    if let Err(refusal) = readable(asked) {
        return Ok(refused(asked.json, &refusal));
    }
    let source = source(asked, name, digest(&bytes));
    let journal = settings.open().await?;
    let mut tx = journal.begin().await?;
    let who = operator("Import an improvement plan");
    let (now, today) = moment()?;
    match carry_in(&mut tx, &When { who: &who, now, today }, &source, &placed).await? {
        Err(refusal) => Ok(refused(asked.json, &refusal)),
        Ok((_, comparison)) => {
            if !asked.dry_run {
                tx.commit().await?;
            }
            tell(asked, &placed, &comparison)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn paper(settings: &Settings, asked: &ImportPaper) -> anyhow::Result<ExitCode> {
    let (file, bytes) = match read_file(&asked.file) {
        Ok(read) => read,
        Err(refusal) => return Ok(refused(asked.json, &refusal)),
    };
    let read = ::import::read(&file, &bytes).and_then(|sheets| ::import::place_paper(&sheets));
    let paper = match read {
        Ok(paper) => paper,
        Err(refusal) => return Ok(refused(asked.json, &refusal)),
    };
    let source = PaperSource { file, digest: digest(&bytes) };
    let (now, today) = moment()?;
    if asked.dry_run && !settings.has_register() {
        // To show what is read, no register is needed, and none is made.
        eprintln!(
            "There is no register in {}: the paper is held against an empty one.",
            settings.data_dir.display()
        );
        tell_paper(asked, &paper, &compare_with_nothing(&source, &paper, today))?;
        return Ok(ExitCode::SUCCESS);
    }
    // A paper registers no inspection, so a register that is not there yet could take nothing from it.
    let journal = settings.open_existing().await?;
    let mut tx = journal.begin().await?;
    let who = operator("Import a progress paper");
    match carry_paper(&mut tx, &When { who: &who, now, today }, &source, &paper).await? {
        Err(refusal) => Ok(refused(asked.json, &refusal)),
        Ok(comparison) => {
            if !asked.dry_run {
                tx.commit().await?;
            }
            tell_paper(asked, &paper, &comparison)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn operator(task: &str) -> Actor {
    Actor { who: "command line".to_owned(), role: "operator".to_owned(), task: task.to_owned() }
}

/// Now, and today in Scotland.
fn moment() -> anyhow::Result<(Timestamp, Date)> {
    let moment = now();
    Ok((moment, moment.to_zoned(TimeZone::get("Europe/London")?).date()))
}

/// The file's name and its bytes.
fn read_file(file: &Path) -> Result<(String, Vec<u8>), Refusal> {
    use std::io::Read;
    let cannot = |error: std::io::Error| {
        Refusal::of(
            "file",
            format!("{} cannot be read ({error}). Check its name and who may read it.", file.display()),
        )
    };
    // One byte more than is taken, so that a file that is too large is told as such and never held whole.
    let mut bytes = Vec::new();
    let open = std::fs::File::open(file).map_err(cannot)?;
    open.take(::import::limits::FILE_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(cannot)?;
    let name = file.file_name().map_or_else(|| "the file".into(), |name| name.to_string_lossy().into_owned());
    Ok((name, bytes))
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

fn refused(json: bool, refusal: &Refusal) -> ExitCode {
    if json {
        say(serde_json::json!({ "refused": refusal }));
    } else {
        eprintln!("Refused: {}", refusal.sentence);
        eprintln!("Nothing was written.");
    }
    ExitCode::from(REFUSED)
}

fn tell(asked: &ImportPlan, placed: &Placed, comparison: &Comparison) -> anyhow::Result<()> {
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
    tell_changes(comparison);
    if !comparison.gone.is_empty() {
        say(format_args!("In the register and not in the file (they stay): {}", comparison.gone.join(", ")));
    }
    say(format_args!("{} unsure.", placed.unsure.len()));
    tell_unsure(&placed.unsure);
    tell_written(asked.dry_run, comparison.is_idle());
    Ok(())
}

fn tell_changes(comparison: &Comparison) {
    for one in comparison.compared.iter().filter(|one| one.stand == Stand::Changed) {
        for differs in &one.differences {
            say(format_args!("  {} {}: {:?} -> {:?}", one.reference, differs.what, differs.was, differs.now));
        }
    }
}

fn tell_unsure(unsure: &[Unsure]) {
    for one in unsure {
        say(format_args!("  {}: {:?} {}", one.at, one.text, one.why));
    }
}

fn tell_written(dry_run: bool, idle: bool) {
    match (dry_run, idle) {
        (true, _) => say(format_args!("A dry run: nothing was written.")),
        (false, true) => say(format_args!("Nothing differs, so nothing was written.")),
        (false, false) => say(format_args!("Written.")),
    }
}

fn tell_paper(
    asked: &ImportPaper,
    paper: &NationalPaper,
    comparison: &PaperComparison,
) -> anyhow::Result<()> {
    let (new, changed, same) = comparison.tally();
    if asked.json {
        let told = serde_json::json!({
            "written": !asked.dry_run && !comparison.is_idle(),
            "cover": paper.cover,
            "cells_read": paper.cells_read,
            "cells_placed": paper.cells_placed(),
            "new": new,
            "changed": changed,
            "same": same,
            "publications": comparison,
            "unsure": paper.unsure,
            "cells": paper.cells,
        });
        say(serde_json::to_string_pretty(&told)?);
        return Ok(());
    }
    say(format_args!(
        "{} cells, {} placed, {} unsure.",
        paper.cells_read,
        paper.cells_placed(),
        paper.unsure.len()
    ));
    tell_unsure(&paper.unsure);
    say(format_args!(
        "{} publications, {} in the register: {new} new, {changed} changed, {same} the same.",
        paper.publications.len(),
        comparison.held.len()
    ));
    comparison.held.iter().for_each(tell_publication);
    for one in &comparison.missing {
        say(format_args!(
            "{} ({} open, {} closed), not carried: {}",
            one.printed, one.open, one.closed, one.why
        ));
    }
    for one in &comparison.not_named {
        say(format_args!("The paper does not name {}, which has {} open.", one.title, one.open));
    }
    for sentence in &comparison.not_carried {
        say(format_args!("Not carried: {sentence}"));
    }
    tell_written(asked.dry_run, comparison.is_idle());
    Ok(())
}

fn tell_publication(held: &Held) {
    let (new, changed, same) = held.comparison.tally();
    say(format_args!("{} is {}: {new} new, {changed} changed, {same} the same.", held.printed, held.title));
    for note in &held.notes {
        say(format_args!("  {note}"));
    }
    tell_changes(&held.comparison);
    for one in &held.comparison.compared {
        for kept in &one.kept {
            say(format_args!("  {} {}, not carried: {:?}", one.reference, kept.what, kept.now));
        }
        for note in &one.notes {
            say(format_args!("  {}: {note}", one.reference));
        }
    }
    for one in &held.not_carried {
        say(format_args!("  {}: {}", one.reference, one.why));
    }
    for one in &held.closed {
        say(format_args!("  {}: {}", one.reference, one.sentence));
    }
    if !held.comparison.gone.is_empty() {
        say(format_args!(
            "  Open in the register and left out by the paper (they stay): {}",
            held.comparison.gone.join(", ")
        ));
    }
}
