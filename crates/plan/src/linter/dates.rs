//! The dates that a sentence speaks of: "31 August 2025", "in August 2025", "Summer 2025", "later in 2025".

use import::TargetDate;
use jiff::civil::Date;

/// Marks around a word that are no part of it.
const MARKS: [char; 14] = [',', '.', ';', ':', '(', ')', '[', ']', '“', '”', '"', '’', '‘', '?'];

/// A date as a sentence gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// The last day that it can mean.
    pub last: Date,
    /// The date in the sentence's own words.
    pub words: String,
}

/// The dates of a sentence, in order.
pub fn spoken(sentence: &str) -> Vec<Spoken> {
    let words: Vec<&str> = sentence.split_whitespace().map(|word| word.trim_matches(MARKS)).collect();
    (0..words.len()).filter_map(|at| date_at(&words, at)).collect()
}

/// The date that ends at a word: at its year, or a day in numbers.
fn date_at(words: &[&str], at: usize) -> Option<Spoken> {
    let word = words[at];
    if word.len() >= 6 && word.matches(['/', '-', '.']).count() == 2 {
        return found(TargetDate::read(word)?.last_day(), word.to_owned());
    }
    let year: i16 = word.parse().ok().filter(|year| word.len() == 4 && (2000..=2100).contains(year))?;
    // "the summer of 2025" and "August of 2025" are the summer and the August before the "of".
    let of = usize::from(at > 0 && words[at - 1].eq_ignore_ascii_case("of"));
    let before = |back: usize| at.checked_sub(back + of).map_or("", |at| words[at]);
    // "April/May 2025" is met until the end of May.
    let month = before(1).rsplit('/').next().unwrap_or_default();
    if let Some(target) = TargetDate::read(&format!("{month} {year}")).filter(|_| is_word(month)) {
        let day = TargetDate::read(&format!("{} {month} {year}", before(2)));
        return match day {
            Some(TargetDate::Day(day)) => found(day, format!("{} {} {year}", before(2), before(1))),
            _ => found(target.last_day(), format!("{} {year}", before(1))),
        };
    }
    let last = match before(1).to_lowercase().as_str() {
        "spring" => Date::new(year, 5, 31),
        "summer" => Date::new(year, 8, 31),
        "autumn" => Date::new(year, 11, 30),
        "winter" => Date::new(year + 1, 2, 28),
        // "The guidance of 2025" says which guidance, and not when anything is to be.
        _ if of == 1 => return None,
        "in" | "during" | "by" | "late" => Date::new(year, 12, 31),
        _ => return None,
    };
    let words =
        if of == 1 { format!("the {} of {year}", before(1)) } else { format!("{} {year}", before(1)) };
    found(last.ok()?, words)
}

fn is_word(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
}

#[expect(clippy::unnecessary_wraps, reason = "it ends each branch of a search that may find none")]
fn found(last: Date, words: String) -> Option<Spoken> {
    Some(Spoken { last, words })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dates_of_a_sentence_are_found_with_their_last_day() {
        let cases: [(&str, &[(&str, &str)]); 13] = [
            ("It is published in the newsletter in August 2025.", &[("2025-08-31", "August 2025")]),
            ("missed its target date of 30th June 2025 but", &[("2025-06-30", "30th June 2025")]),
            ("to pilot in April/May 2025.", &[("2025-05-31", "April/May 2025")]),
            ("which was due in Summer 2025", &[("2025-08-31", "Summer 2025")]),
            (
                "planned for later in 2025 (or in 2026)",
                &[("2025-12-31", "in 2025"), ("2026-12-31", "in 2026")],
            ),
            (
                "met on the 09/06/25 and 12.06.2025",
                &[("2025-06-09", "09/06/25"), ("2025-06-12", "12.06.2025")],
            ),
            ("the template, due in the summer of 2025, is awaited", &[("2025-08-31", "the summer of 2025")]),
            ("with the newsletter in August of 2025", &[("2025-08-31", "August 2025")]),
            ("it will follow the guidance of 2025", &[]),
            ("through mid August 2025", &[("2025-08-31", "August 2025")]),
            ("Sept 2022; Revised", &[("2022-09-30", "Sept 2022")]),
            ("R2 above, 13 areas, version 2.0, 2024 guidance", &[]),
            ("", &[]),
        ];
        for (sentence, expected) in cases {
            let found: Vec<(String, String)> =
                spoken(sentence).into_iter().map(|one| (one.last.to_string(), one.words)).collect();
            let found: Vec<(&str, &str)> =
                found.iter().map(|(day, words)| (day.as_str(), words.as_str())).collect();
            assert_eq!(found, expected, "{sentence}");
        }
    }
}
