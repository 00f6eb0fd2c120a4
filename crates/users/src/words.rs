//! Words typed and words shown.

use journal::Refusal;

/// One line of text that must be there.
pub(crate) fn line(field: &'static str, what: &str, typed: &str) -> Result<String, Refusal> {
    let text = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.chars().count() {
        0 => Err(Refusal::of(field, format!("Give the {what}."))),
        1..=500 => Ok(text),
        _ => Err(Refusal::of(field, format!("The {what} must have at most 500 characters. Shorten it."))),
    }
}

/// Text as it is searched: "Mòrag" is found by "morag".
pub(crate) fn as_found(text: &str) -> String {
    let plain = |c: char| match c {
        'à' | 'á' | 'â' | 'ä' => 'a',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ò' | 'ó' | 'ô' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        '’' => '\'',
        c => c,
    };
    text.trim().to_lowercase().chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gaelic_name_is_found_without_its_accents() {
        assert_eq!(as_found(" Mòrag Bàn NicÌomhair "), "morag ban niciomhair");
        assert_eq!(as_found("O’Neill"), "o'neill");
    }
}
