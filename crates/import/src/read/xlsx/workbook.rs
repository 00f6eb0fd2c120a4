//! The list of sheets in a workbook, and where their parts are.

use journal::Refusal;

use crate::archive::Part;
use crate::kind::refuse;
use crate::limits;
use crate::xml::Mark;

pub(crate) struct Workbook {
    pub(crate) sheets: Vec<Listed>,
    /// Whether days are counted from 1904, as old Macs did.
    pub(crate) from_1904: bool,
}

/// A sheet as the workbook lists it.
pub(crate) struct Listed {
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) hidden: bool,
}

pub(crate) fn read(part: &mut Part<'_, '_>) -> Result<Workbook, Refusal> {
    let mut book = Workbook { sheets: Vec::new(), from_1904: false };
    loop {
        match part.next()? {
            Mark::Open(element) if element.name() == "sheet" => {
                let name =
                    element.value("name").unwrap_or_default().chars().take(limits::NAME_CHARS).collect();
                let hidden = element.value("state").is_some_and(|state| state != "visible");
                book.sheets.push(Listed { name, id: element.value("id").unwrap_or_default(), hidden });
                within(book.sheets.len(), limits::SHEETS, "sheets")?;
            }
            Mark::Open(element) if element.name() == "workbookPr" => {
                book.from_1904 = matches!(element.value("date1904").as_deref(), Some("1" | "true"));
            }
            Mark::End => return Ok(book),
            _ => {}
        }
    }
}

/// A part that the workbook refers to.
pub(crate) struct Related {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) path: String,
}

/// The parts that the workbook refers to; what lies outside the file is not followed.
pub(crate) fn parts(part: &mut Part<'_, '_>, folder: &str) -> Result<Vec<Related>, Refusal> {
    let mut parts = Vec::new();
    loop {
        match part.next()? {
            Mark::Open(element) if element.name() == "Relationship" => {
                if element.value("TargetMode").as_deref() == Some("External") {
                    continue;
                }
                let target = element.value("Target").unwrap_or_default();
                let path = match target.strip_prefix('/') {
                    Some(whole) => whole.to_owned(),
                    None => format!("{folder}{target}"),
                };
                let id = element.value("Id").unwrap_or_default();
                parts.push(Related { id, kind: element.value("Type").unwrap_or_default(), path });
                within(parts.len(), limits::PARTS, "parts")?;
            }
            Mark::End => return Ok(parts),
            _ => {}
        }
    }
}

fn within(count: usize, most: usize, what: &str) -> Result<(), Refusal> {
    if count > most {
        return Err(refuse(format!(
            "has more than {most} {what}. Keep only the plan's sheet and import that."
        )));
    }
    Ok(())
}
