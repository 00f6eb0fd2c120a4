//! An account: a person's name, what they type to sign in, and one role. Opened, changed and closed by an
//! administrator, each with a reason; never deleted, since the journal names it.

pub(crate) mod pages;
pub(crate) mod rows;
pub mod rules;

use jiff::Timestamp;
use journal::{Actor, Id, Journal, Refusal, act};
use web::Problem;

use self::{
    rows::Accounts,
    rules::{Command, Known},
};
use crate::{Role, password, secret::Secret, session::rows as sessions};

pub(crate) use pages::routes;
pub use rows::{Memory, Person, names_in_history, people, refold};

/// An account to be opened.
pub struct Opening<'a> {
    /// The person's name.
    pub name: &'a str,
    /// What they will type to sign in.
    pub sign_in: &'a str,
    /// What they may do.
    pub role: Role,
    /// Their first password.
    pub password: &'a str,
}

/// Opens an account with its first password. A sign-in name that was ever given is refused, and nothing
/// is written: so the demonstration may ask for the same account again.
pub async fn open_account(
    journal: &Journal,
    actor: &Actor,
    now: Timestamp,
    opening: Opening<'_>,
) -> Result<Id, Problem> {
    let Opening { name, sign_in, role, password } = opening;
    let password = Secret::sent(password);
    password::check("password", &password, sign_in)?;
    let hash = password::hash(password).await?; // before the transaction: it is slow
    let id = Id::new(now);
    let mut tx = journal.begin().await?;
    let known = rows::known(&mut tx, sign_in).await?;
    let open = Command::Open { name: name.to_owned(), sign_in: sign_in.to_owned(), role };
    act::<Accounts>(&mut tx, actor, now, &id, &known, open).await??;
    let set = Command::SetPassword { reason: None };
    let entry = act::<Accounts>(&mut tx, actor, now, &id, &known, set).await??;
    rows::save_password(&mut tx, &entry, &hash).await?;
    tx.commit().await?;
    Ok(id)
}

/// Issues a token for the open account of `role` that was opened last: `answerable token ROLE`. Whoever
/// runs the binary on its own database is trusted with it.
pub async fn token_for_role(journal: &Journal, now: Timestamp, role: Role) -> Result<String, Problem> {
    let mut tx = journal.begin().await?;
    let Some(id) = rows::newest_of(&mut tx, role).await? else {
        return Err(
            Refusal::of("role", format!("No open account has the role {role}. Open one first.")).into()
        );
    };
    let task = "Issue a token".to_owned();
    let actor = Actor { who: "command line".to_owned(), role: "operator".to_owned(), task };
    let label = "Command line".to_owned();
    let command = Command::IssueToken { label: label.clone() };
    let entry = act::<Accounts>(&mut tx, &actor, now, &id, &Known::default(), command).await??;
    let secret = Secret::random("an_");
    sessions::issue(&mut tx, &entry, &secret, &label).await?;
    tx.commit().await?;
    Ok(secret.reveal().to_owned())
}
