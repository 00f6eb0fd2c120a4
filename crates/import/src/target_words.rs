//! The many ways in which a plan writes a target date.

use jiff::civil::Date;

use crate::TargetDate;

pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Words that may stand with a date and change nothing.
const FILLERS: [&str; 17] = [
    "the",
    "of",
    "end",
    "by",
    "at",
    "on",
    "in",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "target",
    "due",
    "date",
];

/// Longer than any date written out.
const MOST_WORDS: usize = 64;

#[derive(Clone, Copy)]
enum Part {
    Month(i8),
    /// A number and how many digits it was written with.
    Number(i16, usize),
    /// A word that changes nothing.
    Filler,
}

pub(crate) fn read(words: &str) -> Option<TargetDate> {
    let words = words.trim();
    if words.is_empty() || words.len() > MOST_WORDS {
        return None;
    }
    let lower = without_midnight(words).to_lowercase();
    let mut parts = Vec::new();
    for token in tokens(&lower) {
        match part(token, parts.last()) {
            Some(Part::Filler) => {}
            Some(part) => parts.push(part),
            None => return None,
        }
    }
    join(&parts)
}

/// A date cell that was turned into words has its midnight with it: "2023-11-30 00:00:00".
fn without_midnight(words: &str) -> &str {
    match words.split_once([' ', 'T']) {
        Some((day, time)) if time.starts_with("00:00") && day.len() == 10 => day,
        _ => words,
    }
}

/// Runs of letters and runs of digits; everything else parts them.
fn tokens(words: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut start = None;
    let mut was = ' ';
    for (at, char) in words.char_indices() {
        let same = (was.is_alphabetic() && char.is_alphabetic()) || (was.is_numeric() && char.is_numeric());
        if !same {
            if let Some(start) = start.take() {
                tokens.push(&words[start..at]);
            }
            if char.is_alphanumeric() {
                start = Some(at);
            }
        }
        was = char;
    }
    tokens.extend(start.map(|start| &words[start..]));
    tokens
}

/// What one token is, or nothing where it makes the words no date.
fn part(token: &str, before: Option<&Part>) -> Option<Part> {
    if token.bytes().all(|byte| byte.is_ascii_digit()) {
        return token.parse().ok().map(|number| Part::Number(number, token.len()));
    }
    if FILLERS.contains(&token) {
        return Some(Part::Filler);
    }
    if matches!(token, "st" | "nd" | "rd" | "th") {
        return matches!(before, Some(Part::Number(..))).then_some(Part::Filler);
    }
    month(token).map(Part::Month)
}

/// "November", "Nov", "Sept".
fn month(token: &str) -> Option<i8> {
    let at = MONTHS.iter().position(|month| {
        let month = month.to_lowercase();
        month == token || &month[..3] == token || (token == "sept" && month == "september")
    })?;
    i8::try_from(at + 1).ok()
}

fn join(parts: &[Part]) -> Option<TargetDate> {
    use Part::{Month, Number};
    match *parts {
        [Month(month), Number(year, width)] => TargetDate::month(full_year(year, width)?, month),
        [Number(day, _), Month(month), Number(year, width)]
        | [Month(month), Number(day, _), Number(year, width)] => {
            self::day(full_year(year, width)?, month, day)
        }
        [Number(year, 4), Number(month, _)] => TargetDate::month(full_year(year, 4)?, narrow(month)?),
        // "01/02" could be a day of some year or a month of 2002: only a year that is no month tells.
        [Number(month, 1 | 2), Number(year, width)] if width == 4 || (width == 2 && year > 12) => {
            TargetDate::month(full_year(year, width)?, narrow(month)?)
        }
        [Number(year, 4), Number(month, _), Number(day, _)] => {
            self::day(full_year(year, 4)?, narrow(month)?, day)
        }
        [Number(day, _), Number(month, _), Number(year, width)] => {
            self::day(full_year(year, width)?, narrow(month)?, day)
        }
        _ => None,
    }
}

/// A year of this century or of the last years of the one before; two digits are this century.
fn full_year(year: i16, width: usize) -> Option<i16> {
    match width {
        2 => Some(2000 + year),
        4 if (1990..2100).contains(&year) => Some(year),
        _ => None,
    }
}

fn narrow(number: i16) -> Option<i8> {
    i8::try_from(number).ok()
}

fn day(year: i16, month: i8, day: i16) -> Option<TargetDate> {
    Date::new(year, month, narrow(day)?).ok().map(TargetDate::Day)
}
