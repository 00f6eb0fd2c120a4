//! What kind of file it is, told by what is in it: a name says what somebody hoped.

use journal::Refusal;

use crate::limits;
use crate::read::words::decode;

/// A kind that can be read on.
pub(crate) enum Kind {
    /// A zip file: a workbook or a Word paper.
    Zip,
    /// A web page, or a workbook saved as one.
    Page(String),
    /// CSV, or text with tabs in it.
    Text(String),
}

/// The field of every refusal of this room.
const FIELD: &str = "file";

/// A refusal whose sentence still lacks the file's name at its front.
pub(crate) fn refuse(sentence: impl Into<std::borrow::Cow<'static, str>>) -> Refusal {
    Refusal::of(FIELD, sentence)
}

pub(crate) fn tell(bytes: &[u8]) -> Result<Kind, Refusal> {
    if bytes.len() > limits::FILE_BYTES {
        return Err(refuse(format!(
            "is larger than {} MB. Copy the plan's table into a new file and import that.",
            limits::FILE_BYTES / 1024 / 1024
        )));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(refuse("is empty. Choose the file that holds the plan's table."));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Ok(Kind::Zip);
    }
    if let Some(refusal) = known_and_refused(bytes) {
        return Err(refusal);
    }
    if bytes.len() > limits::TEXT_FILE_BYTES {
        return Err(refuse(format!(
            "is text of more than {} MB. Copy the plan's table into a new file and import that.",
            limits::TEXT_FILE_BYTES / 1024 / 1024
        )));
    }
    let text = decode(bytes).filter(|text| is_words(text)).ok_or_else(|| {
        refuse(
            "is of a kind that cannot be read here. Save the plan as .xlsx, .docx, .csv or a web page, \
             or paste its table as text.",
        )
    })?;
    if text.trim().is_empty() {
        return Err(refuse("is empty. Choose the file that holds the plan's table."));
    }
    Ok(if is_page(&text) { Kind::Page(text) } else { Kind::Text(text) })
}

/// Kinds that people will try, each with what to do instead.
fn known_and_refused(bytes: &[u8]) -> Option<Refusal> {
    let start = &bytes[..bytes.len().min(1024)];
    if start.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Some(old_office(bytes));
    }
    let pictures: [&[u8]; 5] = [b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"II*\0", b"MM\0*"];
    if start.windows(5).any(|five| five == b"%PDF-") {
        Some(refuse(
            "is a PDF, from which a table cannot be read reliably. Save it as Word, or copy its table into a \
             workbook, and import that.",
        ))
    } else if start.starts_with(b"{\\rtf") {
        Some(refuse(
            "is in Rich Text Format. Open it in a word processor, save it as .docx, and import that.",
        ))
    } else if pictures.iter().any(|picture| start.starts_with(picture)) {
        Some(refuse(
            "is a picture. Import the plan itself: a workbook, a Word paper, a web page, CSV or text.",
        ))
    } else {
        None
    }
}

/// The old binary container: an old .xls or .doc, or the safe around a password-protected new one.
fn old_office(bytes: &[u8]) -> Refusal {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|window| window == wide)
    };
    if holds("EncryptedPackage") {
        refuse("is protected by a password. Open it, remove the password, save it, and import that.")
    } else if holds("WordDocument") {
        refuse("is an old Word document (.doc). Open it, save it as .docx, and import that.")
    } else if holds("Workbook") || holds("Book") {
        refuse("is an old Excel workbook (.xls). Open it, save it as .xlsx, and import that.")
    } else {
        refuse("is an old Office file. Open it, save it as .xlsx or .docx, and import that.")
    }
}

/// Text has no control characters but tabs, line ends and the odd stray one.
fn is_words(text: &str) -> bool {
    let strays = text.chars().filter(|char| char.is_control() && !"\t\r\n\u{b}\u{c}".contains(*char)).count();
    !text.contains('\0') && strays * 100 <= text.len()
}

fn is_page(text: &str) -> bool {
    let start = text.trim_start_matches(|char: char| char.is_whitespace() || char == '\u{feff}');
    if !start.starts_with('<') {
        return false;
    }
    let has = |tag: &[u8]| text.as_bytes().windows(tag.len()).any(|window| window.eq_ignore_ascii_case(tag));
    has(b"<table") || has(b"<html") || has(b"<td")
}
