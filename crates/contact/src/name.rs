//! Names as they are compared: the same name, the same but for its accents, or one that is written alike. Pure.
//!
//! A name is heard over the telephone and written by somebody in a hurry: Mòrag or Morag, Łukasz or Lukasz, Kowalska or
//! Kowalski, محمد, Mohammed or Muhammad, NicDhòmhnaill or MacDonald. Each is compared by its letters without accents
//! and, more loosely, by its consonants; the evidence says which.

use std::collections::BTreeSet;

use deunicode::deunicode;

/// Gaelic names and what the same family is called in English. A few that are common; a force adds its own.
const GAELIC: [(&str, &str); 16] = [
    ("macdhomhnaill", "macdonald"),
    ("macaoidh", "mackay"),
    ("macleoid", "macleod"),
    ("maciain", "johnson"),
    ("macillemhaoil", "macmillan"),
    ("macgilleathain", "maclean"),
    ("maccoinnich", "mackenzie"),
    ("macphersain", "macpherson"),
    ("macaonghais", "macinnes"),
    ("macneill", "macneil"),
    ("macgriogair", "macgregor"),
    ("friseal", "fraser"),
    ("caimbeul", "campbell"),
    ("moireasdan", "morrison"),
    ("seumas", "james"),
    ("iain", "john"),
];

/// Titles and the like, which say nothing of who it is.
const TITLES: [&str; 11] = ["mr", "mrs", "ms", "miss", "dr", "prof", "rev", "sir", "lady", "lord", "pc"];

/// A name made ready to be compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Name {
    /// Its words without accents, in plain letters, sorted: "ailsa morven reid".
    pub plain: String,
    /// The consonants of its first and last word: what is left of a name however its vowels are written. Empty where
    /// too little is left to mean anything.
    pub alike: String,
}

/// Reads a name as typed.
pub fn read(typed: &str) -> Name {
    let words: Vec<String> = words(typed);
    let Some((first, last)) = words.first().zip(words.last()).filter(|_| words.len() > 1) else {
        // One word alone finds half the country: it is compared as it is, never by its consonants.
        return Name { plain: words.concat(), alike: String::new() };
    };
    let (first, last) = (consonants(first), consonants(last));
    let alike = if first.len() + last.len() < 4 || last.len() < 2 {
        String::new()
    } else {
        BTreeSet::from([first, last]).into_iter().collect::<Vec<_>>().join(" ")
    };
    let mut sorted = words;
    sorted.sort();
    Name { plain: sorted.join(" "), alike }
}

/// The words of a name, in plain small letters, Gaelic ones by their English family, without titles.
fn words(typed: &str) -> Vec<String> {
    let latin = deunicode(typed).to_lowercase();
    let plain: String = latin.chars().filter(|c| !matches!(c, '\'' | '`' | '.' | '’')).collect();
    plain
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty() && !TITLES.contains(word))
        .map(family)
        .collect()
}

/// The family of a word: Mac for Mc and for Nic (the daughter's form), -ski for -ska, English for a known Gaelic one.
fn family(word: &str) -> String {
    let word = if let Some(rest) = word.strip_prefix("nic").filter(|rest| rest.len() > 3) {
        format!("mac{rest}")
    } else if let Some(rest) = word.strip_prefix("mc").filter(|rest| rest.len() > 2) {
        format!("mac{rest}")
    } else {
        word.to_owned()
    };
    if let Some((_, english)) = GAELIC.iter().find(|(gaelic, _)| *gaelic == word) {
        return (*english).to_owned();
    }
    for (feminine, masculine) in [("ska", "ski"), ("cka", "cki"), ("dzka", "dzki")] {
        if let Some(stem) = word.strip_suffix(feminine).filter(|stem| stem.len() > 2) {
            return format!("{stem}{masculine}");
        }
    }
    word
}

/// What is heard of a word however its vowels are written: "mohammed", "muhammad" and "mhmd" are all "mhmd".
fn consonants(word: &str) -> String {
    let heard = word.replace("ph", "f").replace("ck", "k").replace("sh", "s").replace('w', "v");
    let mut kept = String::new();
    for (at, c) in heard.chars().enumerate() {
        let is_vowel = matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
        // A vowel at the beginning is heard, but which one is not sure.
        let c = if is_vowel && at == 0 { 'a' } else { c };
        if (is_vowel && at > 0) || kept.ends_with(c) {
            continue;
        }
        kept.push(c);
    }
    kept
}

/// How two names are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Written alike: the same consonants.
    Alike,
    /// The same words, whatever their order and accents.
    Same,
}

/// How two names are alike; nothing where they are not.
pub fn likeness(one: &Name, other: &Name) -> Option<Likeness> {
    if !one.plain.is_empty() && one.plain == other.plain {
        return Some(Likeness::Same);
    }
    (!one.alike.is_empty() && one.alike == other.alike).then_some(Likeness::Alike)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_again_however_it_is_written() {
        use Likeness::{Alike, Same};
        let cases = [
            ("Ailsa Morven Reid", "REID, Ailsa Morven", Some(Same)),
            ("Mòrag Bàn", "morag ban", Some(Same)),
            ("Mòrag NicDhòmhnaill", "Morag MacDonald", Some(Same)),
            ("Iain MacAoidh", "John McKay", Some(Same)),
            ("Seumas Moireasdan", "James Morrison", Some(Same)),
            ("Łukasz Wójcik", "Lukasz Wojcik", Some(Same)),
            ("Anna Kowalska", "Anna Kowalski", Some(Same)),
            ("Mrs Agnieszka Dąbrowska", "agnieszka dabrowski", Some(Same)),
            ("محمد علي حسن", "محمد علي حسن", Some(Same)),
            ("محمد حسين", "Mohammed Hussain", Some(Alike)),
            ("Muhammad Hussein", "Mohammed Hussain", Some(Alike)),
            ("Catherine MacLeod", "Katherine MacLeod", None),
            ("Steven Phillips", "Stephen Philips", None),
            ("Stephan Philips", "Stefan Filips", Some(Alike)),
            ("Sean O’Neill", "Sean ONeill", Some(Same)),
            ("Jo Li", "Ja Le", None),
            ("Ailsa", "Ailsa", Some(Same)),
            ("Ailsa", "Elsa", None),
            ("", "", None),
            ("John Smith", "Jane Smith", None),
            ("Jon Smith", "Jan Smyth", Some(Alike)),
            ("John Smith", "Mary Smith", None),
        ];
        for (one, other, expected) in cases {
            assert_eq!(
                likeness(&read(one), &read(other)),
                expected,
                "{one} and {other}: {:?} {:?}",
                read(one),
                read(other)
            );
        }
    }
}
