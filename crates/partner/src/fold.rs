//! Folding the room's facts again, for `check` and `rebuild`.

use journal::{Entry, Folded, Tx};

use crate::referral::{rows::Referrals, rules::Referral};

/// The tables that are the fold of the room's facts.
pub const TABLES: [&str; 2] = ["referral", "referral_link"];

/// The room's states while the journal is folded from its start.
#[derive(Debug, Default)]
pub struct Memory {
    /// Referrals.
    pub referrals: Folded<Referral>,
}

/// Folds one entry and saves its rows, if it is one of this room's.
pub async fn refold(tx: &mut Tx, memory: &mut Memory, entry: &Entry) -> Result<(), sqlx::Error> {
    journal::refold::<Referrals>(tx, &mut memory.referrals, entry).await
}
