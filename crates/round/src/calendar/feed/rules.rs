//! What may happen to a calendar's address. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use journal::{Id, Refusal};
use plan::words::{LINE, required};
use serde::{Deserialize, Serialize};

/// How many live addresses one account may have: one for each device, and some to spare.
pub const MOST: i64 = 10;

/// What is read at the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// What the posts own that its owner holds, when it is read.
    Mine,
    /// The whole register.
    Everything,
}

impl Scope {
    /// Both, the usual one first.
    pub const ALL: [Self; 2] = [Self::Mine, Self::Everything];

    /// The word of a form and a row.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Everything => "everything",
        }
    }

    /// The words of a page.
    pub fn words(self) -> &'static str {
        match self {
            Self::Mine => "What my posts own",
            Self::Everything => "The whole register",
        }
    }

    /// The scope that a form or a row names.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == word)
    }
}

/// An address as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Whose it is.
    pub account: Id,
    /// The hash of its secret.
    pub hash: String,
    /// What its owner calls it.
    pub name: String,
    /// What is read there.
    pub scope: Scope,
    /// Whether it was taken back.
    pub is_revoked: bool,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// A new address.
    Open { account: Id, hash: String, name: String, scope: String },
    /// It is taken back.
    Revoke,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It was made.
    Opened { account: Id, hash: String, name: String, scope: Scope },
    /// It was taken back.
    Revoked {},
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "calendar_feed";
}

/// What else the rule knows: how many live addresses the account has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Known {
    /// So many.
    pub live: i64,
}

/// What happens, or why not.
pub fn decide(known: Known, was: Option<&Feed>, command: Command) -> Result<Fact, Refusal> {
    match (was, command) {
        (None, Command::Open { account, hash, name, scope }) => {
            let name = required("name", "The name", &name, LINE)?;
            let scope = Scope::read(scope.trim())
                .ok_or_else(|| Refusal::of("scope", "Choose which dates the calendar is to have."))?;
            if known.live >= MOST {
                let sentence = format!(
                    "You have {MOST} addresses already. Revoke one that you do not use, then make this one."
                );
                return Err(Refusal::of("name", sentence));
            }
            Ok(Fact::Opened { account, hash, name, scope })
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
        Fact::Opened { account, hash, name, scope } => {
            Feed { account, hash, name, scope, is_revoked: was.is_some_and(|was| was.is_revoked) }
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

    #[test]
    fn what_may_happen_to_an_address() {
        let account = Id::new(jiff::Timestamp::UNIX_EPOCH);
        let open = |name: &str, scope: &str| Command::Open {
            account: account.clone(),
            hash: "ab12".into(),
            name: name.into(),
            scope: scope.into(),
        };
        let fresh = apply(None, &decide(Known::default(), None, open("Desk", "mine")).unwrap());
        assert_eq!((fresh.scope, fresh.is_revoked), (Scope::Mine, false));
        let gone = apply(Some(fresh.clone()), &Fact::Revoked {});
        let cases = [
            (0, None, open("Desk", "everything"), None),
            (9, None, open("Desk", "mine"), None),
            (10, None, open("Desk", "mine"), Some("name")),
            (0, None, open(" ", "mine"), Some("name")),
            (0, None, open("Desk", "all of it"), Some("scope")),
            (0, None, Command::Revoke, Some("form")),
            (0, Some(&fresh), open("Desk", "mine"), Some("name")),
            (10, Some(&fresh), Command::Revoke, None),
            (0, Some(&gone), Command::Revoke, Some("form")),
        ];
        for (live, was, command, refused) in cases {
            let told = decide(Known { live }, was, command.clone()).err().map(|refusal| refusal.field);
            assert_eq!(told.as_deref(), refused, "{command:?} with {live}");
        }
    }
}
