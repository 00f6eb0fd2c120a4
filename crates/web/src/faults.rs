//! What is wrong with a file or a pasted table: by row and column, each with its mend.

use journal::Refusal;
use serde::Serialize;

/// What is wrong with one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The row as a spreadsheet counts it: the heading is 1. Of a calendar the event, from 1.
    pub row: usize,
    /// The column, or the property of an event.
    pub column: &'static str,
    /// What is wrong and what to do.
    pub sentence: String,
}

impl Fault {
    /// A fault of that row and column.
    pub fn of(row: usize, column: &'static str, sentence: impl Into<String>) -> Self {
        Self { row, column, sentence: sentence.into() }
    }
}

/// Why nothing can be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// A field of the form.
    Field(Refusal),
    /// Lines of the file, the first of them.
    Lines(Vec<Fault>),
}

impl Wrong {
    /// As one refusal, for a program.
    pub fn refusal(&self) -> Refusal {
        match self {
            Self::Field(refusal) => refusal.clone(),
            Self::Lines(faults) => {
                let one = |fault: &Fault| format!("Row {}, {}: {}", fault.row, fault.column, fault.sentence);
                Refusal::of("file", faults.iter().map(one).collect::<Vec<_>>().join("\n"))
            }
        }
    }
}

/// The text of an uploaded table, or what was pasted in the field `pasted`. `first` is the column that a fault of the
/// whole file is told at.
pub fn table_text(
    typed: &crate::Typed,
    file: Option<(String, Vec<u8>)>,
    first: &'static str,
) -> Result<String, Wrong> {
    match file {
        Some((_, bytes)) => String::from_utf8(bytes).map_err(|_| {
            let sentence = "The file is not UTF-8 text. Save it as “CSV UTF-8” and send it again.";
            Wrong::Lines(vec![Fault::of(1, first, sentence)])
        }),
        None if typed.get("pasted").trim().is_empty() => {
            let sentence = "Choose a file, or paste the table with its heading row.";
            Err(Wrong::Field(Refusal::of("file", sentence)))
        }
        None => Ok(typed.get("pasted").to_owned()),
    }
}
