//! Words and moments as somebody gives them: bounded, sane, and never a reason to hold up what is Immediate. Pure.

use jiff::Timestamp;
use journal::{
    Refusal,
    words::{PARAGRAPH, moment, required},
};

use crate::codes;

/// One part of the account of an incident: about seven pages.
pub const NARRATIVE: usize = 20_000;

/// The reason for something, in a sentence.
pub fn reason(words: &str) -> Result<String, Refusal> {
    required("reason", "The reason", words, PARAGRAPH)
}

/// Words that have to be there, but are only owed while it is Immediate: then what cannot be shown, and what is too
/// long, is left out rather than refused.
pub fn owed(field: &'static str, what: &str, words: &str, is_immediate: bool) -> Result<String, Refusal> {
    if is_immediate {
        Ok(first_of(&shown(words), PARAGRAPH))
    } else {
        required(field, what, words, PARAGRAPH)
    }
}

/// As many of `words` as fit in `most` characters.
pub fn first_of(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let first: String = words.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", first.trim_end())
}

/// `words` without what cannot be shown.
pub fn shown(words: &str) -> String {
    let words = words.replace("\r\n", "\n");
    words
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect::<String>()
        .trim()
        .to_owned()
}

/// A reason for another grade or another unit: a sentence, not a dot.
pub fn rationale(words: &str) -> Result<String, Refusal> {
    let words = required("rationale", "The reason for the grade", words, PARAGRAPH)?;
    let least = codes::limits().rationale_characters;
    if words.chars().count() < least {
        let sentence = format!(
            "The reason for the grade is too short. Say why in a sentence of {least} characters or more."
        );
        return Err(Refusal::of("rationale", sentence));
    }
    Ok(words)
}

/// When something happened: not still to come, not before this century, not before what it follows. `what` begins the
/// sentence.
pub fn happened(
    field: &'static str,
    what: &str,
    at: Timestamp,
    now: Timestamp,
    after: Option<(Timestamp, &str)>,
) -> Result<Timestamp, Refusal> {
    if at > now {
        let sentence = format!("{what} is still to come: {}. Enter when it happened.", moment(at));
        return Err(Refusal::of(field, sentence));
    }
    if codes::day_of(at).year() < 2000 {
        let sentence = format!("{what} is {}, which cannot be meant. Enter when it happened.", moment(at));
        return Err(Refusal::of(field, sentence));
    }
    match after {
        Some((before, told)) if at < before => Err(Refusal::of(
            field,
            format!("{what} is {}, before {told} at {}. Enter a later moment.", moment(at), moment(before)),
        )),
        _ => Ok(at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_sane() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let now = at("2026-11-21T20:00:00Z");
        let sent = Some((at("2026-11-21T19:00:00Z"), "officers were sent"));
        let cases = [
            ("2026-11-21T20:00:00Z", ""),
            ("2026-11-21T20:00:01Z", "still to come"),
            ("2026-11-21T18:59:59Z", "before officers were sent"),
            ("1999-12-31T12:00:00Z", "cannot be meant"),
        ];
        for (text, told) in cases {
            let refused = happened("at", "The arrival", at(text), now, sent).err();
            assert_eq!(refused.is_none(), told.is_empty(), "{text}");
            assert!(
                refused.is_none_or(|refused| refused.field == "at" && refused.sentence.contains(told)),
                "{text}"
            );
        }
    }

    #[test]
    fn immediate_is_not_held_up_by_words() {
        assert!(owed("summary", "What happened", " ", false).is_err());
        assert_eq!(owed("summary", "What happened", " ", true).unwrap(), "");
        assert_eq!(owed("summary", "What happened", "a\u{7}b\r\nc", true).unwrap(), "ab\nc");
        assert!(rationale("ok").unwrap_err().sentence.contains("10 characters"));
        assert_eq!(rationale(" He has gone away. ").unwrap(), "He has gone away.");
    }
}
