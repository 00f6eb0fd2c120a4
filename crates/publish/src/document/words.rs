//! The few words that the renditions add or tidy, in one place so that they cannot differ.

use super::{Figure, Heading, Table};

/// "journal entry 48,210".
pub fn entry(seq: i64) -> String {
    format!("journal entry {}", thousands(seq))
}

/// 48210 as "48,210".
pub fn thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        grouped.push('−');
    }
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// The number of a heading as it is printed before its words: "1." or "Appendix A:".
pub fn heading_number(heading: &Heading) -> Option<String> {
    let number = heading.number.as_deref()?;
    let end = if number.starts_with(char::is_numeric) { "." } else { ":" };
    Some(format!("{number}{end}"))
}

/// The number of a table as it is printed before its caption: "Table 1:".
pub fn table_number(table: &Table) -> String {
    format!("Table {}:", table.number)
}

/// The number of a figure as it is printed before its caption: "Figure 1:".
pub fn figure_number(figure: &Figure) -> String {
    format!("Figure {}:", figure.number)
}

/// Text as a paper can print it: one space for a run of spaces and line ends; nothing that is invisible or that
/// turns the direction of what follows; a mark in place of what has no meaning outside one machine.
pub fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            // Spaces that hold words together stay; all others are one space.
            '\u{a0}' | '\u{202f}' => tidied.push('\u{a0}'),
            c if c.is_whitespace() => {
                if !tidied.ends_with(' ') {
                    tidied.push(' ');
                }
            }
            c if c.is_control() || is_invisible(c) => {}
            c if is_private(c) => tidied.push('\u{fffd}'),
            c => tidied.push(c),
        }
    }
    tidied
}

/// Soft hyphens, break marks and byte order marks, and the marks that embed or override a direction.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}')
        || matches!(character, '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Characters that mean nothing outside one machine: private use, and those that are not characters.
fn is_private(character: char) -> bool {
    let code = u32::from(character);
    matches!(code, 0xe000..=0xf8ff | 0xf_0000..=0x10_ffff | 0xfdd0..=0xfdef) || code & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_grouped_by_thousands() {
        for (number, printed) in [(0, "0"), (999, "999"), (1000, "1,000"), (-48210, "−48,210")] {
            assert_eq!(thousands(number), printed);
        }
    }

    #[test]
    fn a_run_of_spaces_is_one_space_and_a_hard_space_stays() {
        assert_eq!(tidy("a \t\r\n b\u{a0}c"), "a b\u{a0}c");
    }

    #[test]
    fn marks_that_hide_or_turn_text_are_taken_out() {
        assert_eq!(tidy("pay\u{202e}lap\u{0}\u{feff}\u{ad}x\u{e000}"), "paylapx\u{fffd}");
    }
}
