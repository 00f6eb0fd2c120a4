//! A short reference that can be said over the telephone: "C-1F2J-K".
//!
//! It is the number of the entry that began the subject, in Crockford's base 32 (no I, L, O or U), with a check
//! character at its end, so that a misheard or mistyped one is told and never means another.

const SIGNS: [char; 32] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'M',
    'N', 'P', 'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
];

/// The reference of what began at entry `seq`: `prefix`, the number in groups of at most four, and a check
/// character.
pub fn reference(prefix: char, seq: i64) -> String {
    let number = u64::try_from(seq).unwrap_or(0);
    let mut signs = Vec::new();
    let mut rest = number;
    while rest > 0 || signs.len() < 4 {
        signs.push(sign(rest % 32));
        rest /= 32;
    }
    signs.reverse();
    let groups: Vec<String> = signs.rchunks(4).rev().map(|group| group.iter().collect()).collect();
    format!("{prefix}-{}-{}", groups.join("-"), check(prefix, number))
}

/// The entry that a reference means; nothing if it is none, is another kind's, or does not check.
pub fn reference_seq(prefix: char, text: &str) -> Option<i64> {
    let plain: String =
        text.chars().filter(|c| !matches!(c, '-' | ' ')).flat_map(char::to_uppercase).collect();
    let digits = plain.strip_prefix(prefix)?;
    let (digits, given) = digits.split_at_checked(digits.len().checked_sub(1)?)?;
    if digits.is_empty() || digits.len() > 12 {
        return None;
    }
    let number = digits.chars().try_fold(0_u64, |number, c| Some(number * 32 + value(c)?))?;
    let given = given.chars().next()?;
    (value(given)? == value(check(prefix, number))?).then(|| i64::try_from(number).ok())?
}

fn sign(value: u64) -> char {
    SIGNS[usize::try_from(value % 32).unwrap_or(0)]
}

/// The value of a character as a person writes it: I and L are read as 1, O as 0.
fn value(c: char) -> Option<u64> {
    let c = match c {
        'I' | 'L' => '1',
        'O' => '0',
        c => c,
    };
    SIGNS.iter().position(|sign| *sign == c).and_then(|at| u64::try_from(at).ok())
}

/// A weighted sum modulo 31, a prime: a wrong character or two neighbours exchanged give another.
fn check(prefix: char, number: u64) -> char {
    let mut sum = u64::from(u32::from(prefix)) % 31;
    let (mut rest, mut weight) = (number, 2_u64);
    while rest > 0 {
        sum = (sum + weight * (rest % 32)) % 31;
        rest /= 32;
        weight = weight % 30 + 1;
    }
    sign(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_read_back_as_people_write_it() {
        for seq in [1, 31, 32, 48_210, 1_048_576, 987_654_321] {
            let told = reference('C', seq);
            assert_eq!(reference_seq('C', &told), Some(seq), "{told}");
            let written = told.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
            assert_eq!(reference_seq('C', &written), Some(seq), "{written}");
            assert_eq!(reference_seq('I', &told.replacen('C', "I", 1)), None, "{told}");
        }
        assert!(
            ["", "C", "C-", "C-U000-0", "hello", "C-0000-0000-0000-0000-0"]
                .iter()
                .all(|no| reference_seq('C', no).is_none())
        );
    }

    #[test]
    fn one_wrong_character_and_two_exchanged_ones_are_told() {
        let right = reference('I', 48_210_733);
        let signs: Vec<char> = right.chars().collect();
        for at in (2..signs.len()).filter(|at| signs[*at] != '-') {
            for other in SIGNS.iter().filter(|other| **other != signs[at]) {
                let mut wrong = signs.clone();
                wrong[at] = *other;
                let wrong: String = wrong.into_iter().collect();
                // 32 signs and 31 values: the last sign is taken for the first, so one in 31 of these may pass.
                let differs = value(*other).unwrap() % 31 != value(signs[at]).unwrap() % 31;
                assert_eq!(reference_seq('I', &wrong).is_none(), differs, "{wrong} for {right}");
            }
            let mut swapped = signs.clone();
            if at + 2 < signs.len() && swapped[at + 1] != '-' && swapped[at + 1] != swapped[at] {
                swapped.swap(at, at + 1);
                let swapped: String = swapped.into_iter().collect();
                assert!(reference_seq('I', &swapped).is_none(), "{swapped} for {right}");
            }
        }
    }
}
