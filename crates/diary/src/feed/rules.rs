//! What may happen to a diary's address. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use journal::{
    Id, Refusal,
    words::{LINE, required},
};
use serde::{Deserialize, Serialize};

use crate::definition::limits;

/// An address as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Whose times are read there.
    pub diary: Id,
    /// The hash of its secret.
    pub hash: String,
    /// What it is called: a screen or a post.
    pub name: String,
    /// Whether it was taken back.
    pub is_revoked: bool,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// A new address.
    Open { diary: Id, hash: String, name: String },
    /// It is taken back.
    Revoke,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It was made.
    Opened { diary: Id, hash: String, name: String },
    /// It was taken back.
    Revoked {},
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "diary_feed";
}

/// What else the rule knows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Known {
    /// How many live addresses the diary has.
    pub live: i64,
}

/// What happens, or why not.
pub fn decide(known: Known, was: Option<&Feed>, command: Command) -> Result<Fact, Refusal> {
    match (was, command) {
        (None, Command::Open { diary, hash, name }) => {
            let name = required("name", "The name", &name, LINE)?;
            let most = limits().most_feeds;
            if known.live >= most {
                let sentence = format!(
                    "This diary has {most} addresses already. Revoke one that nobody uses, then make this one."
                );
                return Err(Refusal::of("name", sentence));
            }
            Ok(Fact::Opened { diary, hash, name })
        }
        (Some(was), Command::Revoke) if was.is_revoked => {
            Err(Refusal::of("form", "This address is revoked already. Nothing is left to be done."))
        }
        (Some(_), Command::Revoke) => Ok(Fact::Revoked {}),
        (Some(_), Command::Open { .. }) => Err(Refusal::of("name", "This address is made already.")),
        (None, Command::Revoke) => Err(Refusal::of("form", "There is no such address.")),
    }
}

/// What it is after `fact`.
pub fn apply(was: Option<Feed>, fact: &Fact) -> Feed {
    match fact.clone() {
        Fact::Opened { diary, hash, name } => {
            Feed { diary, hash, name, is_revoked: was.is_some_and(|was| was.is_revoked) }
        }
        Fact::Revoked {} => {
            let was = was.expect("decide revokes only what was opened");
            Feed { is_revoked: true, ..was }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id() -> Id {
        Id::read("018a645b-0000-7bb7-b19b-0000000000d1").unwrap()
    }

    #[test]
    fn what_may_happen_to_an_address() {
        let open = |name: &str| Command::Open { diary: id(), hash: "ab12".into(), name: name.into() };
        let fresh = apply(None, &decide(Known::default(), None, open("Wall screen")).unwrap());
        assert!(!fresh.is_revoked && fresh.diary == id());
        let gone = apply(Some(fresh.clone()), &Fact::Revoked {});
        let cases = [
            (0, None, open("Wall screen"), None),
            (9, None, open("Wall screen"), None),
            (10, None, open("Wall screen"), Some("name")),
            (0, None, open(" "), Some("name")),
            (0, None, Command::Revoke, Some("form")),
            (0, Some(&fresh), open("Wall screen"), Some("name")),
            (10, Some(&fresh), Command::Revoke, None),
            (0, Some(&gone), Command::Revoke, Some("form")),
        ];
        for (live, was, command, refused) in cases {
            let told = decide(Known { live }, was, command.clone()).err().map(|refusal| refusal.field);
            assert_eq!(told.as_deref(), refused, "{command:?} with {live}");
        }
    }
}
