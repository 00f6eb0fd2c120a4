//! Telephone numbers as they are compared: in E.164, whatever way they were typed or presented. Pure.
//!
//! Whether a number is in use is not asked: people are found by the number they gave. What cannot be compared says
//! why, so that an advisor knows that nothing was looked for.

use std::collections::BTreeSet;

use phonenumber::{Mode, country::Id as Country, metadata::DATABASE};

/// What a number is, for finding earlier contacts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Number {
    /// One that can be compared.
    Known {
        /// "+441314960123".
        e164: String,
        /// What should be known of it; empty where there is nothing.
        note: &'static str,
    },
    /// Nothing to compare, and why.
    None(String),
}

/// What telephony writes where a caller has withheld the number, or none was presented.
const WITHHELD: [&str; 9] = [
    "anonymous",
    "withheld",
    "private",
    "restricted",
    "unknown",
    "unavailable",
    "no number",
    "n/a",
    "payphone",
];

/// Ranges that Ofcom keeps for drama: nobody has them. The beginning of the number in E.164, and how many digits follow.
const DRAMA: [(&str, usize); 12] = [
    ("+447700900", 3),
    ("+441314960", 3),
    ("+441414960", 3),
    ("+441632960", 3),
    ("+442079460", 3),
    ("+441214960", 3),
    ("+441134960", 3),
    ("+441514960", 3),
    ("+441614960", 3),
    ("+441914980", 3),
    ("+448081570", 3),
    ("+443069990", 3),
];

/// Reads a number as typed or presented.
pub fn read(typed: &str) -> Number {
    let plain: String = typed.chars().map(digit).collect();
    let words = plain.trim().to_lowercase();
    if words.is_empty() {
        return Number::None("There is no number.".to_owned());
    }
    if WITHHELD.iter().any(|word| words.contains(word)) {
        return Number::None("The number was withheld: nothing can be found by it.".to_owned());
    }
    let digits = words.chars().filter(char::is_ascii_digit).count();
    if digits < 7 {
        let what = if digits == 0 { "is no telephone number" } else { "is too short for a telephone number" };
        return Number::None(format!("“{}” {what}: nothing can be found by it.", typed.trim()));
    }
    if words.chars().any(char::is_alphabetic) && !words.contains("ext") && !words.starts_with("tel:") {
        return Number::None(format!("“{}” has letters in it: nothing can be found by it.", typed.trim()));
    }
    let Ok(number) = phonenumber::parse(Some(Country::GB), &words) else {
        return Number::None(format!(
            "“{}” is no telephone number: nothing can be found by it.",
            typed.trim()
        ));
    };
    let e164 = number.format().mode(Mode::E164).to_string();
    if !(8..=16).contains(&e164.len()) {
        return Number::None(format!(
            "“{}” is too long or too short for a telephone number: nothing can be found by it.",
            typed.trim()
        ));
    }
    let is_drama = DRAMA.iter().any(|(from, more)| e164.starts_with(from) && e164.len() == from.len() + more);
    let note = if is_drama {
        "kept for drama: nobody has this number"
    } else if !e164.starts_with("+44") {
        "a number abroad"
    } else if phonenumber::is_valid_with(&DATABASE, &number) {
        ""
    } else {
        "not a number that is given out in the United Kingdom: check it"
    };
    Number::Known { e164, note }
}

/// The numbers that can be compared, each once.
pub fn keys<'a>(typed: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    typed.into_iter().filter_map(key).collect()
}

/// The number to compare by; nothing where there is none.
pub fn key(typed: &str) -> Option<String> {
    match read(typed) {
        Number::Known { e164, .. } => Some(e164),
        Number::None(_) => None,
    }
}

/// A digit of any script as the plain one: a number may be pasted in Arabic or full-width digits.
fn digit(c: char) -> char {
    let plain = |zero: char| char::from_u32(u32::from('0') + u32::from(c) - u32::from(zero)).unwrap_or(c);
    match c {
        '٠'..='٩' => plain('٠'),
        '۰'..='۹' => plain('۰'),
        '０'..='９' => plain('０'),
        '\u{a0}' | '\u{202f}' | '\u{2009}' | '‑' | '–' | '—' => ' ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_however_they_are_written() {
        let cases = [
            ("07700 900461", "+447700900461", "drama"),
            ("+44 (0)7700 900461", "+447700900461", "drama"),
            ("0044 7700 900461", "+447700900461", "drama"),
            ("tel:+447700900461", "+447700900461", "drama"),
            ("٠٧٧٠٠٩٠٠٤٦١", "+447700900461", "drama"),
            ("０７７００９００４６１", "+447700900461", "drama"),
            ("0131 496 0123", "+441314960123", "drama"),
            ("01632 960 999", "+441632960999", "drama"),
            ("0141-496-0000 ext 4", "+441414960000", "drama"),
            ("+48 22 555 01 23", "+48225550123", "abroad"),
            ("0048 22 555 01 23", "+48225550123", "abroad"),
            ("+1 212 555 0100", "+12125550100", "abroad"),
            ("0131 555 0123", "+441315550123", ""),
            ("07700 9004", "+4477009004", "check it"),
        ];
        for (typed, expected, note) in cases {
            match read(typed) {
                Number::Known { e164, note: told } => {
                    assert_eq!(e164, expected, "{typed}");
                    assert!(told.contains(note), "{typed}: {told}");
                }
                Number::None(why) => panic!("{typed}: {why}"),
            }
        }
    }

    #[test]
    fn what_cannot_be_compared_says_why() {
        for (typed, why) in [
            ("", "no number"),
            ("  ", "no number"),
            ("Anonymous", "withheld"),
            ("WITHHELD", "withheld"),
            ("999", "too short"),
            ("phone", "no telephone number"),
            ("0131 CALL ME 4960", "letters"),
            ("+44 7700 900461 900461 900461", "no telephone number"),
            ("07700 900461 or 07700 900462", "letters"),
        ] {
            match read(typed) {
                Number::None(told) => assert!(told.contains(why), "{typed}: {told}"),
                Number::Known { e164, .. } => panic!("{typed} was read as {e164}"),
            }
        }
        assert_eq!(keys(["07700 900461", "+447700900461", "withheld"]).len(), 1);
    }
}
