//! What may happen to an account. Pure.
//!
//! Only an administrator opens, changes and closes accounts, each change with its reason, and never their
//! own (a second administrator does that). A closed account is not opened again: a new one is.

use journal::{Private, Refusal};
use serde::{Deserialize, Serialize};

use crate::{Role, words::line};

/// An account after its facts so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The person's name.
    pub name: Private<String>,
    /// What they type to sign in, in lower case.
    pub sign_in: Private<String>,
    /// What they may do.
    pub role: Role,
    /// Whether it was closed.
    pub is_closed: bool,
    /// How many facts an administrator or the person has put there, sign-ins not counted: what a form
    /// carries to tell a stale edit.
    pub edits: i64,
}

/// What somebody wants to happen to an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// A new account.
    Open {
        /// The person's name.
        name: String,
        /// What they will type to sign in.
        sign_in: String,
        /// What they may do.
        role: Role,
    },
    /// Another role.
    ChangeRole {
        /// Which.
        role: Role,
        /// Why.
        reason: String,
    },
    /// A new password. The password itself is no part of the journal.
    SetPassword {
        /// Why, when an administrator does it; nothing when the person does.
        reason: Option<String>,
    },
    /// No more signing in.
    Close {
        /// Why.
        reason: String,
    },
    /// A browser begins a session.
    SignIn,
    /// A session ends before its time.
    SignOut,
    /// A program gets a token.
    IssueToken {
        /// What it is for.
        label: String,
    },
    /// All the account's tokens end.
    RevokeTokens,
}

/// What happened to an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It exists from now on.
    Opened {
        /// The person's name.
        name: Private<String>,
        /// What they type to sign in, in lower case.
        sign_in: Private<String>,
        /// What they may do.
        role: Role,
    },
    /// It has another role.
    RoleChanged {
        /// Which.
        role: Role,
        /// Why. About a person, so it can be erased.
        reason: Private<String>,
    },
    /// It has a new password.
    PasswordSet {
        /// Why, when an administrator did it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Private<String>>,
    },
    /// It lets nobody in any more.
    Closed {
        /// Why. About a person, so it can be erased.
        reason: Private<String>,
    },
    /// A session began.
    SignedIn {},
    /// A session ended before its time.
    SignedOut {},
    /// A program got a token.
    TokenIssued {
        /// What it is for.
        label: String,
    },
    /// All tokens ended.
    TokensRevoked {},
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "account";
}

/// What else the rule has to know.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Known {
    /// Another account has, or had, the sign-in name that is asked for.
    pub is_taken: bool,
    /// The account is that of the person who acts.
    pub is_own: bool,
}

/// What happens, or why not.
pub fn decide(known: Known, was: Option<&Account>, command: Command) -> Result<Fact, Refusal> {
    match (was, command) {
        (None, Command::Open { name, sign_in, role }) => Ok(Fact::Opened {
            name: line("name", "name", &name)?.into(),
            sign_in: new_sign_in(known, &sign_in)?.into(),
            role,
        }),
        (Some(_), Command::Open { .. }) => Err(Refusal::of("name", "This account is open already.")),
        (None, _) => Err(Refusal::of("", "There is no such account. Choose one from the list.")),
        (Some(was), _) if was.is_closed => {
            Err(Refusal::of("", "This account is closed. Open a new one if the person is back."))
        }
        (Some(was), Command::ChangeRole { role, reason }) => {
            not_own(known, "role", "role")?;
            if role == was.role {
                return Err(Refusal::of("role", format!("The role is {role} already. Choose another.")));
            }
            Ok(Fact::RoleChanged { role, reason: line("role_reason", "reason", &reason)?.into() })
        }
        (Some(_), Command::SetPassword { reason: None }) => Ok(Fact::PasswordSet { reason: None }),
        (Some(_), Command::SetPassword { reason: Some(reason) }) => {
            if known.is_own {
                let sentence = "This account is yours. Change your password on the page “My account”.";
                return Err(Refusal::of("password", sentence));
            }
            let reason = line("password_reason", "reason", &reason)?;
            Ok(Fact::PasswordSet { reason: Some(reason.into()) })
        }
        (Some(_), Command::Close { reason }) => {
            not_own(known, "closing_reason", "account")?;
            Ok(Fact::Closed { reason: line("closing_reason", "reason", &reason)?.into() })
        }
        (Some(_), Command::SignIn) => Ok(Fact::SignedIn {}),
        (Some(_), Command::SignOut) => Ok(Fact::SignedOut {}),
        (Some(_), Command::IssueToken { label }) => {
            Ok(Fact::TokenIssued { label: line("label", "label", &label)? })
        }
        (Some(_), Command::RevokeTokens) => Ok(Fact::TokensRevoked {}),
    }
}

/// What the account is after `fact`.
pub fn apply(was: Option<Account>, fact: &Fact) -> Account {
    let mut account = was.unwrap_or_else(|| Account {
        name: Private::Erased,
        sign_in: Private::Erased,
        role: Role::least(),
        is_closed: false,
        edits: 0,
    });
    match fact {
        Fact::Opened { name, sign_in, role } => {
            account.name = name.clone();
            account.sign_in = sign_in.clone();
            account.role = *role;
        }
        Fact::RoleChanged { role, .. } => account.role = *role,
        Fact::Closed { .. } => account.is_closed = true,
        Fact::PasswordSet { .. }
        | Fact::SignedIn {}
        | Fact::SignedOut {}
        | Fact::TokenIssued { .. }
        | Fact::TokensRevoked {} => {}
    }
    if !matches!(fact, Fact::SignedIn {} | Fact::SignedOut {}) {
        account.edits += 1;
    }
    account
}

/// A sign-in name as it is compared: people type capitals and spaces.
pub fn as_signed(sign_in: &str) -> String {
    sign_in.trim().to_lowercase()
}

fn not_own(known: Known, field: &'static str, what: &str) -> Result<(), Refusal> {
    if known.is_own {
        let sentence = format!("You cannot change your own {what}. Ask another administrator to do it.");
        return Err(Refusal::of(field, sentence));
    }
    Ok(())
}

fn new_sign_in(known: Known, typed: &str) -> Result<String, Refusal> {
    let sign_in = as_signed(typed);
    let fits = |c: char| c.is_alphanumeric() || ".-_@'".contains(c);
    if !(2..=64).contains(&sign_in.chars().count()) || !sign_in.chars().all(fits) {
        let sentence =
            "The sign-in name must have 2 to 64 letters, digits or . - _ @ ' and no space. Change it.";
        return Err(Refusal::of("sign_in", sentence));
    }
    if known.is_taken {
        let sentence = "Another account has or had this sign-in name. Choose one that was never used.";
        return Err(Refusal::of("sign_in", sentence));
    }
    Ok(sign_in)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEW: Known = Known { is_taken: false, is_own: false };
    const TAKEN: Known = Known { is_taken: true, is_own: false };
    const OWN: Known = Known { is_taken: false, is_own: true };

    /// Given, known, when, then.
    type Case<'a> = (&'a [Fact], Known, Command, Result<Fact, (&'a str, &'a str)>);

    fn role(key: &str) -> Role {
        Role::of(key).unwrap()
    }

    fn opened() -> Fact {
        let name = "Mòrag Bàn".to_owned().into();
        Fact::Opened { name, sign_in: "morag.ban".to_owned().into(), role: role("analyst") }
    }

    fn open(name: &str, sign_in: &str) -> Command {
        Command::Open { name: name.to_owned(), sign_in: sign_in.to_owned(), role: role("analyst") }
    }

    fn change(key: &str, reason: &str) -> Command {
        Command::ChangeRole { role: role(key), reason: reason.to_owned() }
    }

    fn close(reason: &str) -> Command {
        Command::Close { reason: reason.to_owned() }
    }

    fn reset(reason: &str) -> Command {
        Command::SetPassword { reason: Some(reason.to_owned()) }
    }

    fn given(facts: &[Fact]) -> Option<Account> {
        facts.iter().fold(None, |was, fact| Some(apply(was, fact)))
    }

    #[test]
    fn what_may_happen_to_an_account() {
        let closed = [opened(), Fact::Closed { reason: "Left".to_owned().into() }];
        let open_now = [opened()];
        let changed = Fact::RoleChanged { role: role("supervisor"), reason: "New post".to_owned().into() };
        let long = "x".repeat(501);
        let cases: Vec<Case> = vec![
            (&[], NEW, open("  Mòrag   Bàn ", " Morag.Ban "), Ok(opened())),
            (&[], NEW, open(" ", "m.ban"), Err(("name", "Give the name"))),
            (&[], NEW, open(&long, "m.ban"), Err(("name", "at most 500"))),
            (&[], NEW, open("Mòrag", "m"), Err(("sign_in", "2 to 64"))),
            (&[], NEW, open("Mòrag", "m ban"), Err(("sign_in", "no space"))),
            (&[], TAKEN, open("Mòrag", "m.ban"), Err(("sign_in", "never used"))),
            (&open_now, NEW, open("Mòrag", "m.ban"), Err(("name", "open already"))),
            (&[], NEW, close("Left"), Err(("", "no such account"))),
            (&open_now, NEW, change("supervisor", "New  post"), Ok(changed)),
            (&open_now, NEW, change("supervisor", ""), Err(("role_reason", "Give the reason"))),
            (&open_now, NEW, change("analyst", "Why"), Err(("role", "Analyst already"))),
            (&open_now, OWN, change("administrator", "Why"), Err(("role", "another administrator"))),
            (&closed, NEW, change("supervisor", "Why"), Err(("", "is closed"))),
            (&open_now, NEW, close("Left"), Ok(closed[1].clone())),
            (&open_now, NEW, close("\n"), Err(("closing_reason", "Give the reason"))),
            (&open_now, OWN, close("Left"), Err(("closing_reason", "another administrator"))),
            (&closed, NEW, close("Left"), Err(("", "is closed"))),
            (&open_now, OWN, Command::SetPassword { reason: None }, Ok(Fact::PasswordSet { reason: None })),
            (&open_now, NEW, reset("Lost"), Ok(Fact::PasswordSet { reason: Some("Lost".to_owned().into()) })),
            (&open_now, NEW, reset(" "), Err(("password_reason", "Give the reason"))),
            (&open_now, OWN, reset("Lost"), Err(("password", "My account"))),
            (&closed, NEW, reset("Lost"), Err(("", "is closed"))),
            (&open_now, NEW, Command::SignIn, Ok(Fact::SignedIn {})),
            (&closed, NEW, Command::SignIn, Err(("", "is closed"))),
            (&open_now, NEW, Command::SignOut, Ok(Fact::SignedOut {})),
            (&open_now, NEW, Command::IssueToken { label: String::new() }, Err(("label", "Give the label"))),
            (&open_now, NEW, Command::RevokeTokens, Ok(Fact::TokensRevoked {})),
        ];
        for (facts, known, command, expected) in cases {
            let told = decide(known, given(facts).as_ref(), command.clone());
            match (told, expected) {
                (Ok(fact), Ok(expected)) => assert_eq!(fact, expected, "{command:?}"),
                (Err(refusal), Err((field, part))) => {
                    assert_eq!(refusal.field, field, "{command:?}");
                    assert!(refusal.sentence.contains(part), "{command:?}: {refusal}");
                }
                (told, expected) => panic!("{command:?} gave {told:?}, not {expected:?}"),
            }
        }
    }

    #[test]
    fn only_what_an_administrator_or_the_person_changes_counts_as_an_edit() {
        let facts = [opened(), Fact::SignedIn {}, Fact::SignedOut {}, Fact::PasswordSet { reason: None }];
        let account = given(&facts).unwrap();
        assert_eq!((account.edits, account.role, account.is_closed), (2, role("analyst"), false));
        assert_eq!(account.name.shown(), "Mòrag Bàn");
    }

    /// The stored samples: one of every fact there ever was, in every shape it ever had.
    #[test]
    fn every_stored_fact_parses_for_ever() {
        let mut seen = std::collections::BTreeSet::new();
        for line in include_str!("samples.jsonl").lines() {
            let stored: serde_json::Value = serde_json::from_str(line).unwrap();
            let variant = stored["kind"].as_str().unwrap().strip_prefix("account/").unwrap().to_owned();
            let fact: Fact =
                serde_json::from_value(serde_json::json!({ variant.clone(): stored["body"] })).unwrap();
            assert_eq!(serde_json::to_value(&fact).unwrap()[&variant], stored["body"], "{line}");
            // A new variant makes this match incomplete: give it a sample and a line here.
            seen.insert(match fact {
                Fact::Opened { .. } => 0,
                Fact::RoleChanged { .. } => 1,
                Fact::PasswordSet { .. } => 2,
                Fact::Closed { .. } => 3,
                Fact::SignedIn {} => 4,
                Fact::SignedOut {} => 5,
                Fact::TokenIssued { .. } => 6,
                Fact::TokensRevoked {} => 7,
            });
        }
        assert_eq!(seen.len(), 8, "every fact has a sample");
    }
}
