//! A file becomes sheets of cells.

mod csv;
mod docx;
mod gather;
mod html;
pub(crate) mod html_marks;
mod text;
pub(crate) mod words;
mod xlsx;

use journal::Refusal;

pub(crate) use self::gather::too_long;
use crate::archive::{Archive, damaged};
use crate::kind::{Kind, refuse, tell};
use crate::xml::Mark;
use crate::{Sheet, limits};

/// Reads a file of any kind that plans are published in; `name` is used only to say which file is refused.
///
/// The kind is told by content: XLSX, DOCX, a web page, CSV (comma or semicolon) or text with tabs, which may
/// stand in the middle of a whole pasted paper.
pub fn read(name: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Refusal> {
    let sheets = match tell(bytes) {
        Ok(Kind::Zip) => office(bytes),
        Ok(Kind::Page(page)) => html::read(&page),
        Ok(Kind::Text(text)) => text::read(&text),
        Err(refusal) => Err(refusal),
    };
    let sheets = sheets.and_then(|sheets| {
        if sheets.iter().all(|sheet| sheet.rows.is_empty()) {
            return Err(refuse(
                "has no table in it. Choose the file that holds the plan's table: a workbook, a Word paper, \
                 a web page, CSV, or text with tabs.",
            ));
        }
        Ok(sheets)
    });
    sheets.map_err(|refusal| Refusal::of(refusal.field, format!("{} {}", shown(name), refusal.sentence)))
}

/// The file's name without folders, in quotes, and short enough for a sentence.
fn shown(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|char| !char.is_control()).take(100).collect();
    if name.trim().is_empty() { "The file".to_owned() } else { format!("“{}”", name.trim()) }
}

/// A workbook or a Word paper: the package says which part is the main one, and its root element which it is.
fn office(bytes: &[u8]) -> Result<Vec<Sheet>, Refusal> {
    let mut archive = Archive::open(bytes)?;
    let main = main_part(&mut archive)?;
    let root = archive.part(&main, |part| {
        loop {
            match part.next()? {
                Mark::Open(element) => return Ok(element.name().to_owned()),
                Mark::End => return Err(damaged()),
                _ => {}
            }
        }
    });
    match root?.as_deref() {
        Some("workbook") => xlsx::read(&mut archive, &main),
        Some("document") => docx::read(&mut archive, &main),
        _ if archive.has(".bin") || archive.has("content.xml") => Err(refuse(
            "is a binary workbook or an OpenDocument file. Open it, save it as .xlsx or .docx, and import that.",
        )),
        _ => Err(refuse(
            "is a zip file, but neither a workbook nor a Word paper. Save the plan as .xlsx or .docx and import that.",
        )),
    }
}

fn main_part(archive: &mut Archive<'_>) -> Result<String, Refusal> {
    let named = archive.part("_rels/.rels", |part| {
        loop {
            match part.next()? {
                Mark::Open(element) if element.name() == "Relationship" => {
                    let kind = element.value("Type").unwrap_or_default();
                    if kind.ends_with("/officeDocument") {
                        return Ok(element.value("Target"));
                    }
                }
                Mark::End => return Ok(None),
                _ => {}
            }
        }
    })?;
    Ok(match named.flatten() {
        Some(target) => target.trim_start_matches('/').to_owned(),
        None if archive.has("word/document.xml") => "word/document.xml".to_owned(),
        None => "xl/workbook.xml".to_owned(),
    })
}

/// Refuses tables in tables in tables.
fn check_depth(depth: usize) -> Result<(), Refusal> {
    if depth > limits::TABLE_DEPTH {
        return Err(refuse(format!(
            "has tables inside tables more than {} deep. Copy the plan's table into a new file and import that.",
            limits::TABLE_DEPTH
        )));
    }
    Ok(())
}
