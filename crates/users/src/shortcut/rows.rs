//! The only SQL about the keys that people changed. No fold of the journal: how somebody types is nobody's business.

use std::collections::BTreeMap;

use journal::{Id, Tx};
use sqlx::{AnyConnection, Row};

const OF_ACCOUNT: &str = "select action, keys from shortcut where account = $1";
const CLEAR: &str = "delete from shortcut where account = $1";
const INSERT: &str = "insert into shortcut (account, action, keys) values ($1, $2, $3)";

/// Every statement, for the test that prepares them on both engines.
#[cfg(test)]
pub(crate) const STATEMENTS: [&str; 3] = [OF_ACCOUNT, CLEAR, INSERT];

/// What somebody changed.
pub async fn of_account(
    conn: &mut AnyConnection,
    account: &Id,
) -> Result<BTreeMap<String, String>, sqlx::Error> {
    let rows = sqlx::query(OF_ACCOUNT).bind(account.as_str()).fetch_all(conn).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

/// Keeps all of somebody's keys; nothing at all brings back those that everybody has.
pub async fn save(tx: &mut Tx, account: &Id, keys: &BTreeMap<String, String>) -> Result<(), sqlx::Error> {
    sqlx::query(CLEAR).bind(account.as_str()).execute(&mut **tx).await?;
    for (action, keys) in keys {
        sqlx::query(INSERT).bind(account.as_str()).bind(action).bind(keys).execute(&mut **tx).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn every_statement_is_known_to_both_engines() {
        journal::testing::prepare_all(&super::STATEMENTS).await;
    }
}
