//! The shared strings of a workbook: only those that a cell uses are kept.

use std::collections::{BTreeMap, BTreeSet};

use journal::Refusal;

use super::super::gather::too_long;
use crate::archive::Part;
use crate::limits;
use crate::xml::Mark;

pub(crate) fn read(
    part: &mut Part<'_, '_>,
    wanted: &BTreeSet<u32>,
) -> Result<BTreeMap<u32, String>, Refusal> {
    let mut strings = BTreeMap::new();
    let mut index = 0;
    let mut bytes = 0;
    loop {
        match part.next()? {
            Mark::Open(element) if element.name() == "si" => {
                let words = item(part, "si", wanted.contains(&index))?;
                bytes += words.len();
                if bytes > limits::TEXT_BYTES {
                    return Err(too_long("its shared strings"));
                }
                if wanted.contains(&index) {
                    strings.insert(index, words);
                }
                index += 1;
            }
            Mark::End => return Ok(strings),
            _ => {}
        }
    }
}

/// The words of a string item, up to the end of the element `name` that holds it; runs of different looks are
/// one text, and the small characters that tell how another is pronounced are left out.
pub(crate) fn item(part: &mut Part<'_, '_>, name: &str, keep: bool) -> Result<String, Refusal> {
    let mut words = String::new();
    let mut in_text = false;
    let mut in_ruby = false;
    loop {
        match part.next()? {
            Mark::Open(element) => match element.name() {
                "t" => in_text = true,
                "rPh" => in_ruby = true,
                _ => {}
            },
            Mark::Close(element) => match element.name() {
                "t" => in_text = false,
                "rPh" => in_ruby = false,
                closed if closed == name => return Ok(unescaped(words)),
                _ => {}
            },
            Mark::Words(text) if keep && in_text && !in_ruby => {
                words.push_str(&text);
                if words.len() > limits::CELL_BYTES {
                    return Err(too_long("one cell"));
                }
            }
            Mark::End => return Err(crate::archive::damaged()),
            _ => {}
        }
    }
}

/// A workbook writes characters that XML may not hold as `_x000D_`.
pub(crate) fn unescaped(words: String) -> String {
    if !words.contains("_x") {
        return words;
    }
    let mut out = String::with_capacity(words.len());
    let mut rest = words.as_str();
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        if let Some(char) = code.and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32) {
            out.push(char);
            rest = &rest[at + 7..];
        } else {
            out.push_str("_x");
            rest = &rest[at + 2..];
        }
    }
    out.push_str(rest);
    out
}
