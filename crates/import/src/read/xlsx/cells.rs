//! The cells of one sheet, as they stand in the file.

use journal::Refusal;

use super::check;
use super::strings::{item, unescaped};
use crate::archive::{Part, damaged};
use crate::limits;
use crate::read::gather::{Gathering, Merge, too_long};
use crate::xml::Mark;

/// A cell before shared strings and dates are looked up.
pub(crate) struct RawCell {
    pub(crate) sheet: usize,
    pub(crate) row: u32,
    pub(crate) column: u32,
    pub(crate) style: u32,
    pub(crate) value: Value,
}

pub(crate) enum Value {
    /// The number of a shared string.
    Shared(u32),
    Words(String),
    Number(f64),
    /// A date written in ISO form.
    Day(String),
    /// A formula without a stored result.
    Formula(String),
}

pub(crate) fn read(
    part: &mut Part<'_, '_>,
    sheet: usize,
    gathering: &mut Gathering,
    raw: &mut Vec<RawCell>,
) -> Result<(), Refusal> {
    let (mut row, mut column) = (0, 0);
    let (mut hidden, mut row_hidden, mut bytes) = (0_u32, false, 0);
    loop {
        match part.next()? {
            Mark::Open(element) if element.name() == "row" => {
                let [number, folded] = element.values(["r", "hidden"]);
                if let Some(number) = number {
                    row =
                        number.parse::<u32>().ok().and_then(|row| row.checked_sub(1)).ok_or_else(damaged)?;
                }
                column = 0;
                row_hidden = matches!(folded.as_deref(), Some("1" | "true"));
            }
            Mark::Close(element) if element.name() == "row" => row += 1,
            Mark::Open(element) if element.name() == "c" => {
                let [at, style, kind] = element.values(["r", "s", "t"]);
                if let Some(at) = at {
                    (row, column) = position(&at).ok_or_else(damaged)?;
                }
                let style = style.and_then(|style| style.parse().ok()).unwrap_or(0);
                let open = OpenCell { kind: kind.unwrap_or_default(), style };
                if let Some(value) = open.read(part)? {
                    bytes += value.bytes();
                    hidden += u32::from(row_hidden);
                    raw.push(RawCell { sheet, row, column, style: open.style, value });
                    check(raw.len())?;
                    if bytes > limits::TEXT_BYTES {
                        return Err(too_long(gathering.name(sheet)));
                    }
                }
                column += 1;
            }
            Mark::Open(element) if element.name() == "mergeCell" => {
                merge(gathering, sheet, &element.value("ref").unwrap_or_default())?;
            }
            Mark::End => break,
            _ => {}
        }
    }
    if hidden > 0 {
        let name = gathering.name(sheet).to_owned();
        let why = "This sheet has hidden rows. They were read: check that they belong to the plan.";
        gathering.note(sheet, name.clone(), &name, why.to_owned());
    }
    Ok(())
}

/// A merged area, given as "A1:B2".
fn merge(gathering: &mut Gathering, sheet: usize, area: &str) -> Result<(), Refusal> {
    let (from, to) = area.split_once(':').unwrap_or((area, area));
    let ((top, left), (bottom, _)) = position(from).zip(position(to)).ok_or_else(damaged)?;
    gathering.merge(sheet, Merge { top, left, bottom })
}

struct OpenCell {
    kind: String,
    style: u32,
}

impl OpenCell {
    /// Reads up to the end of the cell.
    fn read(&self, part: &mut Part<'_, '_>) -> Result<Option<Value>, Refusal> {
        let (mut value, mut formula) = (String::new(), String::new());
        let mut into = None;
        loop {
            match part.next()? {
                Mark::Open(element) => match element.name() {
                    "is" => {
                        let words = item(part, "is", true)?;
                        value.push_str(&words);
                    }
                    "v" => into = Some(false),
                    "f" => into = Some(true),
                    _ => {}
                },
                Mark::Close(element) => match element.name() {
                    "v" | "f" => into = None,
                    "c" => {
                        return self
                            .value(value, &formula)
                            .map(|value| value.filter(|value| !value.is_blank()));
                    }
                    _ => {}
                },
                Mark::Words(words) => {
                    match into {
                        Some(false) => value.push_str(&words),
                        Some(true) => formula.push_str(&words),
                        None => {}
                    }
                    if value.len() + formula.len() > limits::CELL_BYTES {
                        return Err(too_long("one cell"));
                    }
                }
                Mark::End => return Err(damaged()),
                Mark::Other => {}
            }
        }
    }

    fn value(&self, value: String, formula: &str) -> Result<Option<Value>, Refusal> {
        if value.is_empty() {
            return Ok((!formula.is_empty()).then(|| Value::Formula(format!("={formula}"))));
        }
        Ok(Some(match self.kind.as_str() {
            "s" => Value::Shared(value.trim().parse().map_err(|_| damaged())?),
            "b" => Value::Words(if value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned()),
            "d" => Value::Day(value.trim().to_owned()),
            "str" => Value::Words(unescaped(value)),
            "inlineStr" | "e" => Value::Words(value),
            _ => match value.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => Value::Number(number),
                _ => Value::Words(value),
            },
        }))
    }
}

impl Value {
    fn bytes(&self) -> usize {
        match self {
            Self::Words(words) | Self::Day(words) | Self::Formula(words) => words.len(),
            Self::Shared(_) | Self::Number(_) => 0,
        }
    }

    fn is_blank(&self) -> bool {
        matches!(self, Self::Words(words) if words.trim().is_empty())
    }
}

/// Row and column of "C5", counted from 0.
fn position(at: &str) -> Option<(u32, u32)> {
    let letters = at.bytes().take_while(u8::is_ascii_alphabetic).count();
    if letters == 0 || letters > 3 {
        return None;
    }
    let column = at[..letters]
        .bytes()
        .fold(0, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row: u32 = at[letters..].parse().ok()?;
    Some((
        row.checked_sub(1).filter(|row| *row < 1_048_576)?,
        column.checked_sub(1).filter(|it| *it < 16_384)?,
    ))
}
