//! A subject’s pseudonym: a keyed hash, the same in every extract of one installation. Pure.

use journal::hex;
use sha2::{Digest, Sha256};

/// How many bytes a key has.
pub const BYTES: usize = 32;
/// The block of SHA-256, to which RFC 2104 fills a key up.
const BLOCK: usize = 64;
/// So many bytes of the hash are kept: two of a thousand million subjects have the same with a chance below 10⁻²⁰.
const KEPT: usize = 16;

/// The secret of an installation. Whoever has it and a subject’s identity can tell its pseudonym; nobody else can.
#[derive(Clone)]
pub struct Key([u8; BYTES]);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key")
    }
}

impl Key {
    /// The key of these bytes.
    pub fn of(bytes: [u8; BYTES]) -> Self {
        Self(bytes)
    }

    /// HMAC-SHA-256 (RFC 2104, FIPS 198-1).
    fn authenticate(&self, text: &[u8]) -> [u8; 32] {
        let padded = |with: u8| {
            let mut block = [with; BLOCK];
            block.iter_mut().zip(self.0).for_each(|(byte, of_key)| *byte ^= of_key);
            block
        };
        let hash = |first: [u8; BLOCK], second: &[u8]| {
            let mut hash = Sha256::new();
            hash.update(first);
            hash.update(second);
            <[u8; 32]>::from(hash.finalize())
        };
        hash(padded(0x5c), &hash(padded(0x36), text))
    }

    /// What stands for a subject.
    pub fn pseudonym(&self, subject: &str) -> String {
        hex(&self.authenticate(format!("subject {subject}").as_bytes())[..KEPT])
    }

    /// By which two extracts are known to be of one installation: their pseudonyms can be joined.
    pub fn name(&self) -> String {
        hex(&self.authenticate(b"name of the key")[..8])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_standards() {
        // RFC 4231, test case 1 (its key is filled up with zeros in either case).
        let mut key = [0_u8; BYTES];
        key[..20].fill(0x0b);
        assert_eq!(
            hex(&Key::of(key).authenticate(b"Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        );
    }

    #[test]
    fn a_pseudonym_is_stable_and_another_installations_is_another() {
        let (one, other) = (Key::of([7; BYTES]), Key::of([8; BYTES]));
        let subject = "01940000-0000-7000-8000-000000000001";
        assert_eq!(one.pseudonym(subject), Key::of([7; BYTES]).pseudonym(subject));
        assert_ne!(one.pseudonym(subject), other.pseudonym(subject));
        assert_ne!(one.pseudonym(subject), one.pseudonym("01940000-0000-7000-8000-000000000002"));
        assert_eq!(one.pseudonym(subject).len(), 2 * KEPT);
        assert_ne!(one.name(), other.name());
        assert_eq!(format!("{one:?}"), "Key", "a log does not tell it");
    }
}
