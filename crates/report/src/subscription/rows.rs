//! The only SQL about who is told of reports.

use journal::{Entry, Id, Noun, Refusal, Tx};
use sqlx::{AnyConnection, Row, any::AnyRow};

use super::rules::{self, Command, Fact, Known, Part, Subscription};

const CLEAR: &str = "delete from report_subscription where account = $1";
const SAVE: &str = "insert into report_subscription (account, pack, division) values ($1, $2, $3)";
const OF_ACCOUNT: &str = "select pack, division from report_subscription where account = $1
    order by pack, division";
const OF_PART: &str = "select account from report_subscription where pack = $1 and division in ('', $2)
    order by account";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 4] = [CLEAR, SAVE, OF_ACCOUNT, OF_PART];

/// What a person asked to be told of as a noun; its subject is the account’s.
pub struct ReportSubscriptions;

impl Noun for ReportSubscriptions {
    type State = Subscription;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Subscription>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(*known, was, command)
    }

    fn apply(was: Option<Subscription>, fact: &Fact) -> Subscription {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, _: &Entry, id: &Id, state: &Subscription) -> Result<(), sqlx::Error> {
        sqlx::query(CLEAR).bind(id.as_str()).execute(&mut **tx).await?;
        for Part { pack, division } in &state.parts {
            sqlx::query(SAVE).bind(id.as_str()).bind(pack).bind(division).execute(&mut **tx).await?;
        }
        Ok(())
    }
}

/// What an account is told of.
pub async fn of_account(conn: &mut AnyConnection, account: &Id) -> Result<Subscription, sqlx::Error> {
    let rows = sqlx::query(OF_ACCOUNT).bind(account.as_str()).fetch_all(conn).await?;
    let part = |row: &AnyRow| Ok(Part { pack: row.try_get(0)?, division: row.try_get(1)? });
    Ok(Subscription { parts: rows.iter().map(part).collect::<Result<_, sqlx::Error>>()? })
}

/// The accounts that are told of a part: each once, as no account is told of a division beside all of them.
pub async fn of_part(conn: &mut AnyConnection, part: &Part) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar(OF_PART).bind(&part.pack).bind(&part.division).fetch_all(conn).await
}
