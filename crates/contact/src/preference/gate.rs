//! The gate: whether somebody may be reached this way, there, at that moment. Pure.
//!
//! **Every outward path must ask [`may_reach`] before anything goes out**, with everything that is known of how the
//! person may be reached (`preference::rows::of_person` and `of_contact`): a call, a text, a voicemail, an email, a
//! letter, a visit, and whatever is shown where others look. A way that would have to guess is refused: a call too
//! few can be made up for, a letter in the wrong hands cannot.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Time};
use journal::{Private, Refusal};

use super::rules::{Preference, Unsafe, Way};

/// Digits that two numbers must share at their ends to be the same: "0131 496 0123" and "+44 131 496 0123".
const SAME_DIGITS: usize = 9;

/// Refuses what must not go out, in words.
///
/// - What is unsafe wins over what is preferred, whoever said which, and when.
/// - Hours are Scottish local time and may go over midnight. A letter and what is shown have no hour: hours in which
///   they are unsafe make them unsafe always, and safe hours do not hold them back.
/// - A voicemail is left by a call, so where a call is unsafe a voicemail is; a call is not unsafe for a voicemail.
/// - `to` is compared as numbers and addresses are, not letter by letter; where that cannot be told, and where the
///   number or address was erased, it counts as the same.
pub fn may_reach(preferences: &[Preference], way: Way, to: &str, at: Timestamp) -> Result<(), Refusal> {
    let time = at.to_zoned(journal::scotland()).time();
    let unsafe_ways = preferences.iter().flat_map(|preference| &preference.unsafe_ways);
    for one in unsafe_ways {
        if is_of(one.way, way) && is_to(one, to) && (has_no_hour(way) || is_in(one.hours, time)) {
            let hours = one.hours.filter(|_| !has_no_hour(way)).map_or_else(String::new, words);
            let sentence = format!(
                "{} is not safe for this person{hours}. Reach them another way, or not at all.",
                way.words()
            );
            return Err(Refusal::of("way", sentence));
        }
    }
    let held = preferences.iter().filter_map(|preference| preference.safe_hours);
    for hours in held.filter(|_| !has_no_hour(way)) {
        if !within(hours, time) {
            let sentence = format!("This person may only be reached{}. Wait until then.", words(hours));
            return Err(Refusal::of("at", sentence));
        }
    }
    Ok(())
}

/// Refuses a text for somebody outside the police, who will reach the person by what is in it, where it names a number
/// or an address that is unsafe at some time. What is unsafe everywhere is told them in words
/// ([`super::words::cautions`]).
pub fn may_be_named(preferences: &[Preference], field: &'static str, text: &str) -> Result<(), Refusal> {
    let unsafe_ways = preferences.iter().flat_map(|preference| &preference.unsafe_ways);
    for one in unsafe_ways.filter(|one| one.way != Way::Shown) {
        if let Some(Private::Known(unsafe_to)) = &one.to
            && names(one.way, unsafe_to, text)
        {
            let sentence = format!(
                "A number or address in it is not safe for this person: never by {}. Take it out, and give another.",
                one.way.words().to_lowercase()
            );
            return Err(Refusal::of(field, sentence));
        }
    }
    Ok(())
}

/// Whether a text names what was said to be unsafe: a number among the digits of the text, an address among its words.
fn names(way: Way, said: &str, text: &str) -> bool {
    match way {
        Way::Call | Way::Text | Way::Voicemail => {
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
            let said = digits(said);
            let end = &said[said.len().saturating_sub(SAME_DIGITS)..];
            !end.is_empty() && digits(text).contains(end)
        }
        Way::Letter | Way::Visit => !plain(text).is_empty() && is_same_address(said, text),
        Way::Email => !plain(said).is_empty() && plain(text).contains(&plain(said)),
        Way::Shown => false,
    }
}

fn is_of(said: Way, way: Way) -> bool {
    said == way || (said == Way::Call && way == Way::Voicemail)
}

fn has_no_hour(way: Way) -> bool {
    matches!(way, Way::Letter | Way::Shown)
}

/// Whether it goes to what was said to be unsafe: every number and address where none was named.
fn is_to(one: &Unsafe, to: &str) -> bool {
    match &one.to {
        None | Some(Private::Erased) => true,
        Some(Private::Known(unsafe_to)) => is_same(one.way, unsafe_to, to),
    }
}

fn is_same(way: Way, said: &str, to: &str) -> bool {
    match way {
        Way::Call | Way::Text | Way::Voicemail => is_same_number(said, to),
        Way::Letter | Way::Visit => is_same_address(said, to),
        Way::Email => is_within(&plain(said), &plain(to)),
        // Who looks where cannot be told.
        Way::Shown => true,
    }
}

fn is_same_number(said: &str, to: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (said, to) = (digits(said), digits(to));
    let end = |text: &str| text[text.len().saturating_sub(SAME_DIGITS)..].to_owned();
    said.len() < 3 || to.len() < 3 || said.contains(&end(&to)) || to.contains(&end(&said))
}

/// Addresses share a house number or postcode and a word; or a word, where one of them has no number.
fn is_same_address(said: &str, to: &str) -> bool {
    let tokens = |text: &str| -> BTreeSet<String> {
        let parts = text.to_lowercase();
        parts
            .split(|c: char| !c.is_alphanumeric())
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let is_numbered = |token: &&String| token.chars().any(|c| c.is_ascii_digit());
    let (said_tokens, to_tokens) = (tokens(said), tokens(to));
    let shares_number = said_tokens.intersection(&to_tokens).any(|token| is_numbered(&token));
    let shares_word =
        said_tokens.intersection(&to_tokens).any(|token| !is_numbered(&token) && token.len() >= 4);
    let numbered = said_tokens.iter().any(|token| is_numbered(&token))
        && to_tokens.iter().any(|token| is_numbered(&token));
    is_within(&plain(said), &plain(to)) || (shares_word && (shares_number || !numbered))
}

fn plain(text: &str) -> String {
    text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

fn is_within(said: &str, to: &str) -> bool {
    said.contains(to) || to.contains(said)
}

/// Whether `time` is in hours that are unsafe: both ends are, and no hours means always.
fn is_in(hours: Option<(Time, Time)>, time: Time) -> bool {
    match hours {
        None => true,
        Some((from, until)) if from <= until => from <= time && time <= until,
        Some((from, until)) => from <= time || time <= until,
    }
}

/// Whether `time` is in hours that are safe: the end is not.
fn within((from, until): (Time, Time), time: Time) -> bool {
    if from <= until { from <= time && time < until } else { from <= time || time < until }
}

fn words((from, until): (Time, Time)) -> String {
    format!(" from {} to {}", from.strftime("%H:%M"), until.strftime("%H:%M"))
}
