//! Words that people type: trimmed, not empty where they are needed, and not endless; and days and numbers as
//! pages say them. A fitting: every room refuses and tells in the same words.

use crate::{Refusal, scotland};
use jiff::{Timestamp, civil::Date};

/// One line: a title, a post, a reference.
pub const LINE: usize = 300;
/// Some sentences: a recommendation, a reason, what a caller says of one thing.
pub const PARAGRAPH: usize = 4_000;
/// An update: about three pages. Longer, and it is a document to attach, not an update to read.
pub const UPDATE: usize = 10_000;

/// `text` without the white space at its ends, or why it is refused. `what` begins the sentence.
pub fn required(field: &'static str, what: &str, text: &str, most: usize) -> Result<String, Refusal> {
    let text = optional(field, what, text, most)?;
    if text.is_empty() {
        return Err(Refusal::of(field, format!("{what} is missing. Enter it.")));
    }
    Ok(text)
}

/// Like [`required`], but may be empty.
pub fn optional(field: &'static str, what: &str, text: &str, most: usize) -> Result<String, Refusal> {
    let text = text.replace("\r\n", "\n").trim().to_owned();
    let length = text.chars().count();
    if length > most {
        let sentence = format!(
            "{what} has {} characters; at most {} fit. Shorten it, or attach the long text as evidence.",
            thousands(length),
            thousands(most)
        );
        return Err(Refusal::of(field, sentence));
    }
    if let Some(odd) = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        let sentence =
            format!("{what} holds a character that cannot be shown (code {}). Delete it.", odd as u32);
        return Err(Refusal::of(field, sentence));
    }
    Ok(text)
}

/// 48210 as "48,210".
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// "1 action", "3 actions".
pub fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(number), if number == 1 { one } else { many })
}

/// 395 minutes as "6 hours 35 minutes".
pub fn minutes(minutes: i64) -> String {
    let part = |number: i64, one: &str| format!("{number} {one}{}", if number == 1 { "" } else { "s" });
    match (minutes / 60, minutes % 60) {
        (0, minutes) => part(minutes, "minute"),
        (hours, 0) => part(hours, "hour"),
        (hours, minutes) => format!("{} {}", part(hours, "hour"), part(minutes, "minute")),
    }
}

/// "21 November 2026".
pub fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// "21 November 2026, 14:03", in Scotland.
pub fn moment(at: Timestamp) -> String {
    at.to_zoned(scotland()).strftime("%-d %B %Y, %H:%M").to_string()
}

/// "21 Nov 2026", for tables.
pub fn short_day(date: Date) -> String {
    date.strftime("%-d %b %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_trimmed_needed_and_bounded() {
        assert_eq!(required("text", "The text", "  a\r\nb ", 9).unwrap(), "a\nb");
        for (given, told) in
            [("   ", "is missing"), ("0123456789", "has 10 characters"), ("a\u{7}", "code 7")]
        {
            let refusal = required("text", "The text", given, 9).unwrap_err();
            assert!(refusal.sentence.contains(told), "{refusal}");
        }
        assert_eq!(optional("text", "The text", " ", 9).unwrap(), "");
        assert_eq!(
            (thousands(7), thousands(48_210), thousands(1_000_000)),
            ("7".into(), "48,210".into(), "1,000,000".into())
        );
    }

    #[test]
    fn a_moment_is_told_in_scotland() {
        assert_eq!(moment("2026-11-21T10:04:59Z".parse().unwrap()), "21 November 2026, 10:04");
        assert_eq!(moment("2026-07-01T23:30:00Z".parse().unwrap()), "2 July 2026, 00:30");
    }
}
