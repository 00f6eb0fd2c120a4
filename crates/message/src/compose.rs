//! A template filled in: the words as they leave. Pure.
//!
//! What is filled in is never read as a template again, is one line, and is bounded: whoever chose the words of an
//! address or an agency cannot write another message with them, nor a header of an e-mail.

use std::collections::BTreeMap;

use contact::preference::rules::Way;
use journal::{
    Refusal,
    words::{required, thousands},
};

use crate::definition::{Template, definitions, discreet_value, parts, placeholder_words};

/// Letters, digits and signs of which 153 fit into a part of a text; of any other only 67 do.
const GSM: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/// What is filled in, by the name in the braces.
pub type Values = BTreeMap<String, String>;

/// The words as they leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    /// The subject line of an e-mail, the first line of a letter.
    pub subject: String,
    /// The words.
    pub body: String,
    /// The language that they are in.
    pub language: String,
}

/// The template in the language asked for where there are words in it, else in English. `is_discreet` leaves out who it
/// comes from, and says other words for what is personal.
pub fn compose(
    template: &Template,
    language: &str,
    values: &Values,
    is_discreet: bool,
) -> Result<Composed, Refusal> {
    let file = definitions();
    let language = if template.body.contains_key(language) { language } else { "en" };
    let mut all = BTreeMap::new();
    for key in template.asks() {
        let what = placeholder_words(key);
        let given = values.get(key).map_or("", String::as_str);
        // A line break is no part of a value: one line is what a text and a header can hold.
        let line = given.split_whitespace().collect::<Vec<_>>().join(" ");
        let line = required("values", what, &line, file.limits.value_characters)
            .map_err(|refusal| Refusal::of(key.to_owned(), refusal.sentence))?;
        let other = discreet_value(key).filter(|_| is_discreet);
        all.insert(key, other.map_or(line, str::to_owned));
    }
    let sender = if is_discreet { &file.sender.discreet_words } else { &file.sender.words };
    all.insert("sender", sender.clone());
    all.insert("phone", file.sender.phone.clone());
    let body = template.body.get(language).map_or("", String::as_str);
    let subject = if is_discreet { &file.sender.discreet_subject } else { &template.subject };
    Ok(Composed {
        subject: fill(subject, &all),
        body: fill(body, &all).trim().to_owned(),
        language: language.to_owned(),
    })
}

/// Each name in braces becomes its value, once: a value with braces is words.
fn fill(text: &str, values: &BTreeMap<&str, String>) -> String {
    let mut filled = String::new();
    for (words, name) in parts(text) {
        filled.push_str(words);
        if let Some(value) = name.and_then(|name| values.get(name)) {
            filled.push_str(value);
        }
    }
    filled
}

/// Whether it can go this way: a text is short.
pub fn fits(way: Way, body: &str) -> Result<(), Refusal> {
    let limits = &definitions().limits;
    let most = match way {
        Way::Text if body.chars().all(|c| GSM.contains(c)) => limits.text_characters,
        Way::Text => limits.text_characters_beyond_gsm,
        _ => limits.long_characters,
    };
    let length = body.chars().count();
    if length <= most {
        return Ok(());
    }
    let sentence = format!(
        "The {} would have {} characters; at most {} fit. Shorten what is filled in, or choose another way.",
        if way == Way::Text { "text" } else { "message" },
        thousands(length),
        thousands(most)
    );
    Err(Refusal::of("way", sentence))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::template;

    fn values(pairs: &[(&str, &str)]) -> Values {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    fn booked(place: &str, language: &str, is_discreet: bool) -> Result<Composed, Refusal> {
        let values = values(&[("when", "27 November 2026, 10:00"), ("where", place), ("reference", "I-1-X")]);
        compose(template("appointment_booked").unwrap(), language, &values, is_discreet)
    }

    #[test]
    fn a_template_is_filled_in_and_says_who_it_comes_from() {
        let told = booked("at 4 Muir Road", "en", false).unwrap();
        assert_eq!(told.subject, "Your appointment, I-1-X");
        assert_eq!(
            told.body,
            "Your appointment is on 27 November 2026, 10:00, at 4 Muir Road. Reference I-1-X. If you cannot come, ring 101.\nCaledonia Police"
        );
    }

    #[test]
    fn a_discreet_message_never_says_police() {
        for template in &definitions().template {
            let all: Values =
                template.asks().into_iter().map(|key| (key.to_owned(), "x".to_owned())).collect();
            for language in template.body.keys() {
                let told = compose(template, language, &all, true).unwrap();
                let words = format!("{} {}", told.subject, told.body).to_lowercase();
                assert!(!words.contains("police") && !words.contains("caledonia"), "{words}");
            }
        }
    }

    #[test]
    fn a_discreet_message_does_not_say_where() {
        let told = booked("at 4 Muir Road", "en", true).unwrap();
        assert!(told.body.contains("10:00, where we agreed. Reference I-1-X") && !told.body.contains("Muir"));
    }

    #[test]
    fn a_language_without_words_is_english_and_says_so() {
        assert_eq!(booked("x", "pl", false).unwrap().language, "pl");
        assert_eq!(booked("x", "ar", false).unwrap().language, "en");
    }

    #[test]
    fn hostile_values_stay_words_on_one_line() {
        let told = booked("here\r\nBcc: eve@example.org\r\n\r\n{phone} {sender}", "en", false).unwrap();
        assert!(told.body.contains("here Bcc: eve@example.org {phone} {sender}. Reference"), "{}", told.body);
        assert!(!told.subject.contains(['\r', '\n']));
        for (place, field) in [("", "where"), (&*"x".repeat(10_000), "where"), ("a\u{0}b", "where")] {
            assert_eq!(booked(place, "en", false).unwrap_err().field, field);
        }
    }

    #[test]
    fn a_text_is_short_and_shorter_still_beyond_its_alphabet() {
        let cases = [
            (Way::Text, "x".repeat(459), true),
            (Way::Text, "x".repeat(460), false),
            (Way::Text, "ż".repeat(201), true),
            (Way::Text, "ż".repeat(202), false),
            (Way::Email, "x".repeat(4_000), true),
            (Way::Letter, "x".repeat(4_001), false),
        ];
        for (number, (way, body, may)) in cases.iter().enumerate() {
            assert_eq!(fits(*way, body).is_ok(), *may, "case {number}");
        }
    }
}
