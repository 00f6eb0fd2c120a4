//! References of recommendations: one paper prints "R02", the next "R2", the plan itself "2 -".

/// The reference for comparing: "R02", "R2", "Recommendation 2", "2", "2 -" and "Rec. 2" are all "2".
/// A letter after the number makes another recommendation: "R2a" is "2a".
#[must_use]
pub fn normal_reference(printed: &str) -> String {
    let lower = printed.trim().to_lowercase();
    let mut rest = lower.trim_matches(|char: char| !char.is_alphanumeric());
    for word in ["recommendation", "recs", "rec", "number", "no", "ref", "r"] {
        if let Some(after) = rest.strip_prefix(word) {
            let after = after.trim_start_matches(|char: char| !char.is_alphanumeric());
            let more = ["number", "no"].iter().find_map(|word| after.strip_prefix(word));
            let number = more.unwrap_or(after).trim_start_matches(|char: char| !char.is_alphanumeric());
            if number.starts_with(|char: char| char.is_ascii_digit()) {
                rest = number;
                break;
            }
        }
    }
    let short = rest.trim_start_matches('0');
    let kept = if short.starts_with(|char: char| char.is_ascii_digit()) { short } else { rest };
    kept.chars().filter(|char| !char.is_whitespace()).collect()
}

/// The reference that `words` begin with and the words after it: "1 - Police should", "R02: Police should",
/// "Recommendation 3 Police should". Nothing where they begin with no reference.
pub(crate) fn leading_reference(words: &str) -> Option<(&str, &str)> {
    let (prefix, strict) = prefix_length(words);
    let digits = words[prefix..].bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 3 {
        return None;
    }
    let mut end = prefix + digits;
    // "2a Police should", never "2a" of "2and".
    let letter = words[end..].bytes().take_while(u8::is_ascii_alphabetic).count();
    if letter == 1 {
        end += 1;
    } else if letter > 1 {
        return None;
    }
    let reference = words[..end].trim();
    let after = &words[end..];
    if after.trim().is_empty() {
        return Some((reference, ""));
    }
    let rest = after.trim_start_matches(|char: char| char.is_whitespace() || "-–—:.)|".contains(char));
    // "1.1 Do it" is an action and "10-15 calls" a figure; a bare number must be parted from what follows
    // by more than a space, or the words must begin a sentence ("4 Police should").
    let parted = after.starts_with(|char: char| char.is_whitespace() || "-–—:.)|".contains(char));
    let figure =
        after.starts_with(['.', '-', '–', ':']) && rest.starts_with(|char: char| char.is_ascii_digit());
    let bare = after.starts_with(char::is_whitespace) && after.trim_start().starts_with(rest);
    let begins = rest.starts_with(|char: char| char.is_uppercase() || "“\"'‘(".contains(char));
    (parted && !figure && (strict || !bare || begins)).then_some((reference, rest))
}

/// How much of `words` is "Recommendation ", "Rec. ", "R" before a number, and whether there is any.
fn prefix_length(words: &str) -> (usize, bool) {
    let lower: String = words.chars().take(24).collect::<String>().to_ascii_lowercase();
    for word in ["recommendation", "rec", "r"] {
        if let Some(after) = lower.strip_prefix(word) {
            let between = after.trim_start_matches([' ', '\u{a0}', '.', ':', '#']);
            let between = between.strip_prefix("no").unwrap_or(between);
            let between = between.trim_start_matches([' ', '\u{a0}', '.', ':', '#']);
            if between.starts_with(|char: char| char.is_ascii_digit()) {
                return (lower.len() - between.len(), true);
            }
        }
    }
    (0, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_recommendation_printed_in_many_ways_has_one_key() {
        for printed in
            ["R02", "R2", "r 2", "Recommendation 2", "Rec. 2", "Rec No. 2", "2", "2 -", "02.", "(2)", "No. 2"]
        {
            assert_eq!(normal_reference(printed), "2", "{printed}");
        }
    }

    #[test]
    fn a_letter_makes_another_recommendation() {
        assert_eq!(normal_reference("R2a"), "2a");
        assert_eq!(normal_reference("2 A"), "2a");
        assert_ne!(normal_reference("R2a"), normal_reference("R2"));
        assert_eq!(normal_reference("0"), "0");
        assert_eq!(normal_reference("R20"), "20");
        assert_eq!(normal_reference("AFD3"), "afd3");
        assert_eq!(normal_reference("Ä"), "ä");
        assert_eq!(normal_reference(""), "");
    }

    #[test]
    fn a_reference_is_told_from_the_words_after_it() {
        let cases = [
            ("1 - Police should act", Some(("1", "Police should act"))),
            ("1 – police should act", Some(("1", "police should act"))),
            ("R02 - Police should act", Some(("R02", "Police should act"))),
            ("Recommendation 3: Police should act", Some(("Recommendation 3", "Police should act"))),
            ("Recommendation 3 police should act", Some(("Recommendation 3", "police should act"))),
            ("R4 text", Some(("R4", "text"))),
            ("5. Act", Some(("5", "Act"))),
            ("6) Act", Some(("6", "Act"))),
            ("7\nPolice should", Some(("7", "Police should"))),
            ("R2a - Act", Some(("R2a", "Act"))),
            ("8", Some(("8", ""))),
            ("12 months of work", None),
            ("12,000 calls", None),
            ("1.1 Conduct a review", None),
            ("2023-11-30", None),
            ("10-15 calls", None),
            ("Police should", None),
            ("Recommendations made", None),
            ("", None),
        ];
        for (words, expected) in cases {
            assert_eq!(leading_reference(words), expected, "{words}");
        }
    }
}
