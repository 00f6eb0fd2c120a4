//! Numbers as text: five bits to a character, the sixth says that more follow.

const DIGITS: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
const MORE: u8 = 32;
const NONE: u8 = 255;
const VALUES: [u8; 256] = values();

const fn values() -> [u8; 256] {
    let mut values = [NONE; 256];
    let mut value = 0;
    while value < 64 {
        values[DIGITS[value as usize] as usize] = value;
        value += 1;
    }
    values
}

/// Writes a number.
pub fn write(text: &mut String, mut number: u64) {
    loop {
        let low = u8::try_from(number % 32).unwrap_or_default();
        number /= 32;
        let value = if number == 0 { low } else { low | MORE };
        text.push(char::from(DIGITS[usize::from(value)]));
        if number == 0 {
            return;
        }
    }
}

/// What is still to be read.
#[derive(Debug, Clone, Copy)]
pub struct Digits<'a>(pub &'a [u8]);

impl Digits<'_> {
    /// The next number; none where there is none, or where what is there is no digit.
    pub fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        let mut shift = 0;
        loop {
            let (first, rest) = self.0.split_first()?;
            let value = VALUES[usize::from(*first)];
            if value == NONE || shift > 60 {
                return None;
            }
            self.0 = rest;
            number |= u64::from(value & (MORE - 1)) << shift;
            if value < MORE {
                return Some(number);
            }
            shift += 5;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_it_was_written_and_a_spoilt_one_is_none() {
        for number in [0, 1, 31, 32, 1_023, 1_024, 86_400_000_000, u64::from(u32::MAX), u64::MAX >> 4] {
            let mut text = String::new();
            write(&mut text, number);
            write(&mut text, 7);
            let mut digits = Digits(text.as_bytes());
            assert_eq!(
                (digits.number(), digits.number(), digits.number()),
                (Some(number), Some(7), None),
                "{text}"
            );
        }
        for spoilt in ["", "Z", " ", "é", "zzzzzzzzzzzzzzzzzzzz0"] {
            assert_eq!(Digits(spoilt.as_bytes()).number(), None, "{spoilt:?}");
        }
    }
}
