//! Folding the room's facts again, for `check` and `rebuild`.

use journal::{Entry, Folded, Tx};

use crate::{
    exhibit::{rows::PaperMeasures, rules::Shown},
    report::{rows::Reports, rules::Report},
    subscription::{rows::ReportSubscriptions, rules::Subscription},
};

/// The tables that are the fold of the room's facts.
pub const TABLES: [&str; 4] = ["report", "report_edition", "paper_measure", "report_subscription"];

/// The room's states while the journal is folded from its start.
#[derive(Debug, Default)]
pub struct Memory {
    /// Reports.
    pub reports: Folded<Report>,
    /// What papers show.
    pub exhibits: Folded<Shown>,
    /// Who is told of what, by account.
    pub subscriptions: Folded<Subscription>,
}

/// Folds one entry and saves its rows, if it is one of this room's.
pub async fn refold(tx: &mut Tx, memory: &mut Memory, entry: &Entry) -> Result<(), sqlx::Error> {
    journal::refold::<Reports>(tx, &mut memory.reports, entry).await?;
    journal::refold::<PaperMeasures>(tx, &mut memory.exhibits, entry).await?;
    journal::refold::<ReportSubscriptions>(tx, &mut memory.subscriptions, entry).await
}
