//! Secrets that only their holder knows: session cookies, tokens, and what is derived from them.

use serde::{Deserialize, Deserializer};
use sha2::{Digest, Sha256};

/// A secret: a password as typed, or 256 random bits. It cannot be printed by accident.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// 256 random bits in hexadecimal, after `prefix`.
    pub(crate) fn random(prefix: &str) -> Self {
        let mut random = [0_u8; 32];
        getrandom::fill(&mut random)
            .expect("the operating system gives random bytes, or nothing here is safe");
        Self(format!("{prefix}{}", journal::hex(&random)))
    }

    /// A secret that somebody sent.
    pub(crate) fn sent(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The secret itself, for its holder's eyes.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }

    /// What the database keeps of it: enough to know it again, not enough to use it.
    pub(crate) fn kept(&self) -> String {
        digest("kept", &self.0)
    }

    /// The token that its holder's forms carry. A thief of the database cannot derive it.
    pub(crate) fn csrf(&self) -> String {
        digest("form", &self.0)
    }
}

/// A digest for one purpose; digests for different purposes tell nothing of each other.
pub(crate) fn digest(purpose: &str, text: &str) -> String {
    journal::hex(&Sha256::digest(format!("{purpose}:{text}")))
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[secret]")
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_never_printed() {
        let secret = Secret::random("an_");
        assert_eq!(format!("{secret:?} {:?}", Some(&secret)), "[secret] Some([secret])");
        assert_eq!(secret.reveal().len(), 3 + 64);
    }

    #[test]
    fn what_is_kept_and_what_forms_carry_differ_from_the_secret_and_from_each_other() {
        let secret = Secret::random("");
        assert_ne!(secret.kept(), secret.csrf());
        assert!(!secret.kept().contains(secret.reveal()));
        assert_ne!(Secret::random("").kept(), secret.kept());
    }
}
