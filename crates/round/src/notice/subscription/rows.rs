//! The only SQL about what people want to be told.

use journal::{Entry, Id, Noun, Private, Refusal, Tx};
use sqlx::{AnyConnection, Row};

use super::rules::{self, Command, Fact, Subscription};

const SAVE: &str = "insert into subscription (account, email, digest) values ($1, $2, $3)
    on conflict (account) do update set email = excluded.email, digest = excluded.digest";
const ALL: &str = "select account, email, digest from subscription order by account";
const ONE: &str = "select email, digest from subscription where account = $1";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 3] = [SAVE, ALL, ONE];

/// What a person wants as a noun; its subject is the account's.
pub struct Subscriptions;

impl Noun for Subscriptions {
    type State = Subscription;
    type Command = Command;
    type Fact = Fact;
    type Known = ();

    fn decide((): &(), was: Option<&Subscription>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(was, command)
    }

    fn apply(was: Option<Subscription>, fact: &Fact) -> Subscription {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, _: &Id, state: &Subscription) -> Result<(), sqlx::Error> {
        sqlx::query(SAVE)
            .bind(entry.subject.as_str())
            .bind(state.email.as_ref().and_then(Private::known).cloned())
            .bind(i64::from(state.digest))
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

/// What one account wants, as it is now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wants {
    /// The account.
    pub account: String,
    /// Where to; nothing where there is none or it was erased.
    pub email: Option<String>,
    /// Whether a digest is wanted.
    pub digest: bool,
}

/// What everybody wants who ever said so.
pub async fn all(conn: &mut AnyConnection) -> Result<Vec<Wants>, sqlx::Error> {
    let rows = sqlx::query(ALL).fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            let digest: i64 = row.try_get(2)?;
            Ok(Wants { account: row.try_get(0)?, email: row.try_get(1)?, digest: digest != 0 })
        })
        .collect()
}

/// What one account wants.
pub async fn one(conn: &mut AnyConnection, account: &Id) -> Result<Wants, sqlx::Error> {
    let row = sqlx::query(ONE).bind(account.as_str()).fetch_optional(conn).await?;
    let Some(row) = row else {
        return Ok(Wants { account: account.to_string(), ..Wants::default() });
    };
    let digest: i64 = row.try_get(1)?;
    Ok(Wants { account: account.to_string(), email: row.try_get(0)?, digest: digest != 0 })
}
