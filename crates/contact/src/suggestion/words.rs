//! The words in a narrative that match a rule, for underlining and for the rules. Pure.

use super::definition::{Condition, Rule, rules};

/// A piece of a narrative: with the rules that its words match, or without any.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Piece<'a> {
    /// The text as it stands.
    pub text: &'a str,
    /// The numbers of the rules; empty for what matches none.
    pub rules: Vec<i64>,
}

/// The whole of `narrative` in pieces: what matches a rule stands alone.
pub fn matched_words(narrative: &str) -> Vec<Piece<'_>> {
    let tokens = tokens(narrative);
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let (mut at, mut index) = (0, 0);
    while index < tokens.len() {
        let (length, rules) = longest(&tokens[index..]);
        if length == 0 {
            index += 1;
            continue;
        }
        let (from, until) = (tokens[index].from, tokens[index + length - 1].until);
        if at < from {
            pieces.push(Piece { text: &narrative[at..from], rules: Vec::new() });
        }
        pieces.push(Piece { text: &narrative[from..until], rules });
        (at, index) = (until, index + length);
    }
    if at < narrative.len() {
        pieces.push(Piece { text: &narrative[at..], rules: Vec::new() });
    }
    pieces
}

/// How many tokens from the first on match the longest words of any rule, and which rules have those.
fn longest(tokens: &[Token]) -> (usize, Vec<i64>) {
    let (mut longest, mut numbers) = (0, Vec::new());
    for rule in &rules().rule {
        let length = words_of(rule).filter_map(|word| starts_with(tokens, word)).max().unwrap_or(0);
        if length > longest {
            (longest, numbers) = (length, vec![rule.number]);
        } else if length == longest && length > 0 {
            numbers.push(rule.number);
        }
    }
    (longest, numbers)
}

fn words_of(rule: &Rule) -> impl Iterator<Item = &str> {
    let lists =
        rule.all.iter().filter_map(|one| if let Condition::Words(all) = one { Some(all) } else { None });
    lists.flatten().map(String::as_str)
}

/// A narrative cut into its words once, for all the rules.
#[derive(Debug)]
pub(super) struct Said(Vec<Token>);

impl Said {
    pub(super) fn of(narrative: &str) -> Self {
        Self(tokens(narrative))
    }

    /// Whether one of `all` is in it.
    pub(super) fn has_any(&self, all: &[String]) -> bool {
        (0..self.0.len()).any(|from| all.iter().any(|word| starts_with(&self.0[from..], word).is_some()))
    }
}

/// A word as it is compared, and where it stands.
#[derive(Debug)]
struct Token {
    plain: String,
    from: usize,
    until: usize,
}

/// The words of a text in lower case; an apostrophe of either kind is part of its word and left out.
fn tokens(text: &str) -> Vec<Token> {
    let mut all: Vec<Token> = Vec::new();
    let mut is_open = false;
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() {
            if !is_open {
                all.push(Token { plain: String::new(), from: at, until: at });
            }
            is_open = true;
            if let Some(last) = all.last_mut() {
                last.plain.extend(c.to_lowercase());
                last.until = at + c.len_utf8();
            }
        } else if !matches!(c, '\'' | '’') {
            is_open = false;
        }
    }
    all
}

/// How many tokens `word` takes at the beginning of `tokens`; nothing if it is not there.
fn starts_with(tokens: &[Token], word: &str) -> Option<usize> {
    let mut length = 0;
    for part in word.split(' ') {
        let token = &tokens.get(length)?.plain;
        let fits = part.strip_suffix('-').map_or(token == part, |stem| token.starts_with(stem));
        if !fits {
            return None;
        }
        length += 1;
    }
    Some(length)
}

/// Whether a rule's word is written as words are compared: lower case, no apostrophe, single spaces.
pub(super) fn is_plain(word: &str) -> bool {
    word.split(' ').all(|part| {
        let stem = part.strip_suffix('-').unwrap_or(part);
        !stem.is_empty() && stem.chars().all(|c| c.is_alphanumeric() && !c.is_uppercase())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pieces_are_the_whole_narrative_and_the_matched_words_stand_alone() {
        let narrative = "He’s got a KNIFE – and says he’ll kill her. Knifed? “Can’t breathe”, she says. Òran";
        let pieces = matched_words(narrative);
        assert_eq!(pieces.iter().map(|piece| piece.text).collect::<String>(), narrative);
        let matched: Vec<&str> =
            pieces.iter().filter(|piece| !piece.rules.is_empty()).map(|piece| piece.text).collect();
        assert_eq!(matched, ["KNIFE", "kill her", "Knifed", "Can’t breathe"]);
        assert_eq!(matched_words(""), []);
        let calm = "The skill of a bargunner in the unknifelike kilt";
        assert_eq!(matched_words(calm), [Piece { text: calm, rules: vec![] }]);
    }
}
