//! Which contacts an outage is told to, and which are counted anew when one is told late: those of which an advisor ever
//! said that a system was down, in the hours of the outage and the window after it (decisions/0030).

pub mod rows;

use std::collections::BTreeMap;

use journal::{DatabaseError, Id, Tx};

use super::issue::Histories;
use crate::demand::{
    down::{ever, said_down, window},
    told::Told,
};

/// What was touched, and with it the contacts that are counted anew because of an outage that was.
pub async fn with_outages(
    tx: &mut Tx,
    touched: &BTreeMap<Id, i64>,
    histories: &mut Histories,
) -> Result<BTreeMap<Id, i64>, DatabaseError> {
    for subject in touched.keys() {
        if let Some(came) = said_down(&histories.told(tx, subject).await?) {
            rows::keep_said(tx, subject, came).await?;
        }
    }
    let mut all = touched.clone();
    for (subject, seq) in touched {
        let Some((began, ended)) = ever(&histories.told(tx, subject).await?) else { continue };
        rows::keep_outage(tx, subject, (began, ended)).await?;
        for contact in rows::said_between(tx, began, ended.map(|ended| ended + window())).await? {
            let first = all.entry(contact).or_insert(*seq);
            *first = (*first).min(*seq);
        }
    }
    Ok(all)
}

/// The outages that a contact is judged by: none where no advisor ever said that one was the reason.
pub async fn outages_of(conn: &mut journal::Connection, contact: &[Told]) -> Result<Vec<Id>, DatabaseError> {
    match said_down(contact) {
        Some(came) => rows::outages_around(conn, came, came - window()).await,
        None => Ok(Vec::new()),
    }
}
