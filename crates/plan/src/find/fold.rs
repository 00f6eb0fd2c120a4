//! Text as it is searched: small letters without accents, words parted by one kind of space. Pure.

/// Adds the folded form of `c` to `folded`: a letter, nothing (apostrophes and joining accents), or a space
/// for whatever parts words.
pub fn fold_char(c: char, folded: &mut String) {
    match c {
        'a'..='z' | '0'..='9' => folded.push(c),
        'A'..='Z' => folded.push(c.to_ascii_lowercase()),
        // An apostrophe is inside a word (force’s, O’Neill); a joining accent and a soft hyphen are in a letter.
        '\'' | '’' | '‘' | '\u{ad}' | '\u{300}'..='\u{36f}' => {}
        c if c.is_ascii() => folded.push(' '),
        c => {
            for small in c.to_lowercase() {
                match plain(small) {
                    Some(plain) => folded.push_str(plain),
                    None if ('\u{300}'..='\u{36f}').contains(&small) => {}
                    None if small.is_alphanumeric() => folded.push(small),
                    None => folded.push(' '),
                }
            }
        }
    }
}

/// The letter without its accent: those of Gaelic, Irish, Welsh, Scots’ neighbours and Europe’s Latin ones.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' | 'ġ' => "g",
        'ì'..='ï' | 'ī' | 'į' | 'ı' => "i",
        'ł' | 'ľ' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ț' => "t",
        'þ' => "th",
        'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' => "u",
        'ẁ' | 'ẃ' | 'ŵ' | 'ẅ' => "w",
        'ý' | 'ÿ' | 'ŷ' | 'ỳ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

/// Adds the folded form of `text` to `folded`. Most of a text is plain letters, which go over in one piece:
/// a register of five million letters is folded anew at every question.
pub fn fold_into(text: &str, folded: &mut String) {
    let mut rest = text;
    while !rest.is_empty() {
        let is_odd = |byte: u8| !byte.is_ascii_alphanumeric() && byte != b' ';
        let (plain, after) = rest.split_at(rest.bytes().position(is_odd).unwrap_or(rest.len()));
        let from = folded.len();
        folded.push_str(plain);
        folded[from..].make_ascii_lowercase();
        let mut odd = after.chars();
        if let Some(c) = odd.next() {
            fold_char(c, folded);
        }
        rest = odd.as_str();
    }
}

/// `text` as it is searched.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// The words that are looked for, each with the space before it: a word is found where a word begins with it.
/// One that begins another ("re" beside "review") says nothing more and is left out.
pub fn needles(words: &str) -> Vec<String> {
    let folded = fold(words);
    let mut all: Vec<&str> = folded.split_whitespace().collect();
    all.sort_unstable();
    all.dedup();
    let others = all.clone();
    all.retain(|word| !others.iter().any(|other| other.len() > word.len() && other.starts_with(word)));
    all.into_iter().map(|word| format!(" {word}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_without_their_accents_and_signs() {
        let cases = [
            ("Mòrag Bàn NicÌomhair", "morag ban niciomhair"),
            ("Mo\u{300}rag", "morag"),
            ("O’Neill and O'Neill", "oneill and oneill"),
            ("the force’s plan", "the forces plan"),
            ("CAM22-R3", "cam22 r3"),
            ("evidence‑based", "evidence based"),
            ("Àrd-Ìre", "ard ire"),
            ("Łódź, Ærø, Straße", "lodz  aero  strasse"),
            ("İstanbul", "istanbul"),
            ("re\u{ad}view", "review"),
            ("Ελλάδα", "ελλάδα"),
            ("a\nb\tc—d", "a b c d"),
        ];
        for (text, folded) in cases {
            assert_eq!(fold(text), folded, "{text}");
            let mut by_letter = String::new();
            text.chars().for_each(|c| fold_char(c, &mut by_letter));
            assert_eq!(by_letter, folded, "{text}, letter by letter");
        }
    }

    #[test]
    fn what_is_looked_for_says_each_thing_once() {
        let cases: [(&str, &[&str]); 6] = [
            ("", &[]),
            (" -!? ", &[]),
            ("Re review RE", &[" review"]),
            ("review re-view", &[" review", " view"]),
            ("cam r3", &[" cam", " r3"]),
            ("Mòrag’s diary", &[" diary", " morags"]),
        ];
        for (words, expected) in cases {
            assert_eq!(needles(words), expected, "{words}");
        }
    }
}
