//! `answerable export register`.

use std::{io::Write, process::ExitCode};

use anyhow::Context;
use journal::AsAt;
use plan::register::{
    export::{csv, json, xlsx},
    rows::load,
};

use crate::settings::{Export, ExportWhat, Format, Settings, now};

/// `answerable export …`
pub async fn export(settings: &Settings, export: &Export) -> anyhow::Result<ExitCode> {
    let ExportWhat::Register(asked) = &export.what;
    let as_at = AsAt::read(&asked.as_at)?;
    let journal = settings.open_existing().await?;
    let mut read = journal.read().await?;
    let register = load(&mut read, as_at, now()).await?;
    let items: Vec<_> = register.items.iter().collect();
    let bytes = match asked.format {
        Format::Csv => csv(&register, &items)?,
        Format::Json => serde_json::to_vec_pretty(&json(&register, &items))?,
        Format::Xlsx => xlsx(&register, &items)?,
    };
    match &asked.output {
        Some(path) => {
            std::fs::write(path, bytes).with_context(|| format!("writing {}", path.display()))?;
        }
        None => std::io::stdout().write_all(&bytes)?,
    }
    Ok(ExitCode::SUCCESS)
}
