//! An XLSX workbook, read as a stream: no range is ever allocated, so a cell at XFD1048576 costs one cell, and
//! of the shared strings only those that a cell uses are kept. Hidden sheets and rows are read too, with a
//! note, for a plan must not lose a row because somebody folded it away.
//!
//! calamine was tried and left: it reserves as many strings as the file's header claims, which ends the process.

mod cells;
mod strings;
mod styles;
mod workbook;

use std::collections::{BTreeMap, BTreeSet};

use journal::Refusal;

use self::cells::{RawCell, Value};
use super::gather::{Gathering, Places};
use crate::archive::{Archive, damaged};
use crate::{Sheet, limits};

pub(crate) fn read(archive: &mut Archive<'_>, main: &str) -> Result<Vec<Sheet>, Refusal> {
    let folder = main.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let book = archive.part(main, workbook::read)?.ok_or_else(damaged)?;
    let file = main.strip_prefix(&folder).unwrap_or(main);
    let parts = archive.part(&format!("{folder}_rels/{file}.rels"), |part| workbook::parts(part, &folder))?;
    let parts = parts.unwrap_or_default();
    let path = |ending: &str, otherwise: &str| {
        let found = parts.iter().find(|part| part.kind.ends_with(ending));
        found.map_or_else(|| format!("{folder}{otherwise}"), |part| part.path.clone())
    };
    let dates = archive.part(&path("/styles", "styles.xml"), styles::dates)?.unwrap_or_default();

    let mut gathering = Gathering::new(Places::Workbook);
    let mut raw = Vec::new();
    for listed in &book.sheets {
        let Some(part) = parts.iter().find(|part| part.id == listed.id) else { continue };
        if !part.kind.ends_with("/worksheet") {
            continue;
        }
        let sheet = gathering.open(Some(&listed.name), None)?;
        if listed.hidden {
            let why = "This sheet is hidden in the workbook. Its rows were read: check that they belong to the plan.";
            gathering.note(sheet, listed.name.clone(), &listed.name, why.to_owned());
        }
        archive.part(&part.path, |part| cells::read(part, sheet, &mut gathering, &mut raw))?;
    }
    let wanted =
        raw.iter().filter_map(|cell| if let Value::Shared(index) = cell.value { Some(index) } else { None });
    let wanted: BTreeSet<u32> = wanted.collect();
    let strings = if wanted.is_empty() {
        BTreeMap::new()
    } else {
        let path = path("/sharedStrings", "sharedStrings.xml");
        archive.part(&path, |part| strings::read(part, &wanted))?.ok_or_else(damaged)?
    };
    for cell in raw {
        add(&mut gathering, cell, &strings, &dates, book.from_1904)?;
    }
    gathering.finish()
}

fn add(
    gathering: &mut Gathering,
    cell: RawCell,
    strings: &BTreeMap<u32, String>,
    dates: &[bool],
    from_1904: bool,
) -> Result<(), Refusal> {
    let RawCell { sheet, row, column, style, value } = cell;
    match value {
        Value::Shared(index) => {
            let words = strings.get(&index).ok_or_else(damaged)?;
            gathering.add(sheet, row, column, words, None)
        }
        Value::Words(words) => gathering.add(sheet, row, column, &words, None),
        Value::Number(number) => {
            let is_date = dates.get(usize::try_from(style).unwrap_or(usize::MAX)).copied().unwrap_or(false);
            match styles::moment(number, from_1904).filter(|_| is_date) {
                Some((date, time)) => gathering.add(sheet, row, column, &format!("{date}{time}"), Some(date)),
                None => gathering.add(sheet, row, column, &number.to_string(), None),
            }
        }
        Value::Day(words) => {
            let date = words.get(..10).and_then(|day| day.parse().ok());
            let words = if date.is_some() { words.trim_end_matches("T00:00:00") } else { &words };
            gathering.add(sheet, row, column, words, date)
        }
        Value::Formula(words) => {
            let why = "This is a formula whose result is not stored in the file. Open the workbook, save it, \
                       and import it again, or type the words yourself.";
            gathering.note(sheet, gathering.at(sheet, row, column), &words, why.to_owned());
            gathering.add(sheet, row, column, &words, None)
        }
    }
}

/// Keeps the cells of the file within the limit while they are still raw.
fn check(raw: usize) -> Result<(), Refusal> {
    if raw > limits::CELLS {
        return Err(crate::kind::refuse(format!(
            "has more than {} cells. Keep only the plan's table and import that.",
            limits::CELLS
        )));
    }
    Ok(())
}
