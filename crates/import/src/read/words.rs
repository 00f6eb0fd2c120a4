//! Words as they come out of files: decoded, and with the white space at their ends gone.

/// Text in UTF-8, UTF-16 with its mark, or else Windows-1252, as spreadsheets on British desks save it.
pub(crate) fn decode(bytes: &[u8]) -> Option<String> {
    if let Some(wide) = bytes.strip_prefix(b"\xFF\xFE") {
        return decode_wide(wide, u16::from_le_bytes);
    }
    if let Some(wide) = bytes.strip_prefix(b"\xFE\xFF") {
        return decode_wide(wide, u16::from_be_bytes);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.contains(&0) {
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.to_owned()),
        Err(_) => Some(bytes.iter().map(|byte| windows_1252(*byte)).collect()),
    }
}

fn decode_wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).collect::<Result<String, _>>().ok()
}

/// One byte of Windows-1252; the five that stand for nothing stay what they are.
pub(crate) fn windows_1252(byte: u8) -> char {
    const HIGH: [u16; 32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
        0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
        0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ];
    match byte {
        0x80..=0x9F => char::from_u32(u32::from(HIGH[usize::from(byte - 0x80)])).unwrap_or(char::from(byte)),
        _ => char::from(byte),
    }
}

/// The words without white space at their ends, and with one kind of line end.
pub(crate) fn tidy(words: &str) -> String {
    let trimmed = words.trim_matches(is_blank);
    if trimmed.contains('\r') {
        trimmed.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        trimmed.to_owned()
    }
}

/// White space, and the marks of no width that paste with it.
fn is_blank(char: char) -> bool {
    char.is_whitespace() || matches!(char, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_decoded_as_it_was_saved() {
        let cases: [(&[u8], Option<&str>); 7] = [
            (b"caf\xC3\xA9", Some("café")),
            (b"\xEF\xBB\xBFcaf\xC3\xA9", Some("café")),
            (b"caf\xE9 \x93yes\x94 \x96 \x80", Some("café “yes” – €")),
            (b"\xFF\xFEa\0\t\0", Some("a\t")),
            (b"\xFE\xFF\0a", Some("a")),
            (b"a\0b", None),
            (b"\xFF\xFE\x00\xD8a\0", None),
        ];
        for (bytes, expected) in cases {
            assert_eq!(decode(bytes).as_deref(), expected);
        }
    }

    #[test]
    fn only_the_ends_of_words_are_trimmed() {
        assert_eq!(tidy(" \u{a0}\u{feff}a  b\r\nc\u{a0}d\t\n"), "a  b\nc\u{a0}d");
    }
}
