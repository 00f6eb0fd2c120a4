//! Passwords: what makes one acceptable, and how it is kept.
//!
//! Rules after OWASP ASVS 5.0 V6.2: at least 12 characters, any characters, no composition rules, paste
//! allowed. Kept as Argon2id with the OWASP parameters (19 MiB, 2 passes): 37 ms here.

use std::sync::LazyLock;

use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use journal::Refusal;
use tokio::sync::Semaphore;
use web::Problem;

use crate::secret::Secret;

/// Shortest and longest, in characters. The longest only bounds the work of hashing.
const LENGTH: std::ops::RangeInclusive<usize> = 12..=128;

/// How many are hashed at once: each takes 19 MiB and a core, and pages must go on answering meanwhile.
static HASHING: Semaphore = Semaphore::const_new(2);

/// Verified in place of the hash that an unknown name does not have, so that both take the same time.
static NOBODYS: LazyLock<Hash> = LazyLock::new(|| {
    hash_now(&Secret::random("")).expect("the parameters are Argon2's own and the salt is random")
});

/// A password's hash in PHC form, with its salt and parameters.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Hash(pub(crate) String);

impl std::fmt::Debug for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[hash]")
    }
}

/// Refuses a password that is too short, too long, or the sign-in name; `field` is where it was typed.
pub(crate) fn check(field: &'static str, password: &Secret, sign_in: &str) -> Result<(), Refusal> {
    let length = password.reveal().chars().count();
    if length < *LENGTH.start() {
        let sentence =
            "The password must have at least 12 characters. Three or four words are easy to remember.";
        return Err(Refusal::of(field, sentence));
    }
    if length > *LENGTH.end() {
        return Err(Refusal::of(field, "The password must have at most 128 characters. Shorten it."));
    }
    if password.reveal().trim().to_lowercase() == sign_in.trim().to_lowercase() {
        return Err(Refusal::of(field, "The password must not be the sign-in name. Choose another."));
    }
    Ok(())
}

/// Hashes a password, off the threads that answer. Never while a transaction is held.
pub(crate) async fn hash(password: Secret) -> Result<Hash, Problem> {
    apart(move || hash_now(&password)).await?.map_err(Problem::Broken)
}

/// Whether `password` is the one that was hashed. Without a hash it takes as long and is not.
pub(crate) async fn verify(password: Secret, hash: Option<Hash>) -> Result<bool, Problem> {
    apart(move || {
        let nobodys = LazyLock::force(&NOBODYS); // made before the first is verified, whoever it is
        let fits = verify_now(&password, hash.as_ref().unwrap_or(nobodys));
        fits && hash.is_some()
    })
    .await
}

async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    let _turn = HASHING.acquire().await.map_err(|error| Problem::Broken(error.to_string()))?;
    tokio::task::spawn_blocking(work).await.map_err(|error| Problem::Broken(error.to_string()))
}

fn hash_now(password: &Secret) -> Result<Hash, String> {
    let hash = Argon2::default().hash_password(password.reveal().as_bytes());
    hash.map(|hash| Hash(hash.to_string())).map_err(|error| format!("a password cannot be hashed: {error}"))
}

fn verify_now(password: &Secret, hash: &Hash) -> bool {
    PasswordHash::new(&hash.0)
        .is_ok_and(|hash| Argon2::default().verify_password(password.reveal().as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_long_enough_and_not_the_sign_in_name() {
        let long = "a".repeat(128);
        let too_long = "a".repeat(129);
        let gaelic = "mòr-shluagh dà";
        let cases = [
            ("", Some("at least 12")),
            ("eleven char", Some("at least 12")),
            ("twelve chars", None),
            ("            ", None),
            (long.as_str(), None),
            (too_long.as_str(), Some("at most 128")),
            (gaelic, None),
            ("Ailsa.Craig@police", Some("sign-in name")),
            (" ailsa.craig@police ", Some("sign-in name")),
        ];
        for (password, refused) in cases {
            let told = check("password", &Secret::sent(password), "ailsa.craig@police");
            match refused {
                None => assert_eq!(told, Ok(()), "{password:?}"),
                Some(part) => assert!(told.unwrap_err().sentence.contains(part), "{password:?}"),
            }
        }
    }

    #[tokio::test]
    async fn a_password_is_known_again_and_another_is_not() {
        let kept = hash(Secret::sent("correct horse battery")).await.unwrap();
        assert!(kept.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "the OWASP parameters");
        assert_eq!(format!("{kept:?}"), "[hash]");
        assert!(verify(Secret::sent("correct horse battery"), Some(kept.clone())).await.unwrap());
        assert!(!verify(Secret::sent("correct horse batterY"), Some(kept)).await.unwrap());
        assert!(!verify(Secret::sent("correct horse battery"), None).await.unwrap());
    }

    /// Medians of seven, so that a busy machine does not decide it.
    #[tokio::test]
    async fn an_unknown_name_takes_as_long_as_a_wrong_password() {
        let kept = hash(Secret::sent("correct horse battery")).await.unwrap();
        let mut medians = Vec::new();
        for hash in [None, Some(kept)] {
            let mut times = Vec::new();
            for _ in 0..7 {
                let start = std::time::Instant::now();
                verify(Secret::sent("wrong horse battery"), hash.clone()).await.unwrap();
                times.push(start.elapsed().as_secs_f64());
            }
            times.sort_by(f64::total_cmp);
            medians.push(times[3]);
        }
        let ratio = medians[0] / medians[1];
        assert!((0.4..2.5).contains(&ratio), "unknown {:?}, known {:?}", medians[0], medians[1]);
    }
}
