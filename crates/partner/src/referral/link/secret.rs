//! The secret of a link. What is kept of it is a hash: its 256 bits need no salt, because nobody can try them all.

use journal::hex;
use sha2::{Digest, Sha256};

/// A link’s secret. It cannot be printed by accident.
pub struct Secret(String);

impl Secret {
    /// 256 random bits in hexadecimal.
    pub fn random() -> Self {
        let mut random = [0_u8; 32];
        getrandom::fill(&mut random)
            .expect("the operating system gives random bytes, or nothing here is safe");
        Self(hex(&random))
    }

    /// A secret that somebody sent.
    pub fn sent(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The secret itself, for its holder’s eyes.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What the database keeps of it: enough to know it again, not enough to use it.
    pub fn kept(&self) -> String {
        hex(&Sha256::digest(format!("referral link:{}", self.0)))
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[secret]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_never_printed_and_never_twice_the_same() {
        let (one, other) = (Secret::random(), Secret::random());
        assert_eq!((format!("{one:?}").as_str(), one.reveal().len()), ("[secret]", 64));
        assert_ne!(one.reveal(), other.reveal());
        assert_ne!(one.kept(), one.reveal());
        assert_eq!(Secret::sent(one.reveal()).kept(), one.kept());
    }
}
