//! `answerable measure xmr FILE`: a series to its control chart, for analysts with series of their own.

use std::{io::Read, path::Path, process::ExitCode};

use measure::chart::{rules::chart, series::Series};

use crate::tell::say;

/// What the exit says where a series cannot be read.
const UNREADABLE: u8 = 2;

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
