//! Folding the room's facts again, for `check` and `rebuild`.

use journal::{Entry, Folded, Tx};

use crate::{
    action::{rows::ActionsOf, rules::Actions},
    dependency::{rows::DependenciesOf, rules::Dependencies},
    inspection::{rows::Inspections, rules::Inspection},
    published::{self, rules::CarriedIn},
    recommendation::{rows::Recommendations, rules::Recommendation},
    target::{rows::Targets, rules::Target},
    update::{rows::UpdatesOf, rules::Updates},
};

/// The tables that are the fold of the room's facts.
pub const TABLES: [&str; 7] =
    ["inspection", "recommendation", "target_date", "action", "progress_update", "dependency", "plan_import"];

/// The room's states while the journal is folded from its start.
#[derive(Debug, Default)]
pub struct Memory {
    /// Inspections.
    pub inspections: Folded<Inspection>,
    /// Recommendations.
    pub recommendations: Folded<Recommendation>,
    /// Target dates, by recommendation.
    pub targets: Folded<Target>,
    /// Actions, by recommendation.
    pub actions: Folded<Actions>,
    /// Updates, by recommendation.
    pub updates: Folded<Updates>,
    /// Dependencies, by recommendation.
    pub dependencies: Folded<Dependencies>,
    /// Imports, by inspection.
    pub imports: Folded<CarriedIn>,
}

/// Folds one entry and saves its rows, if it is one of this room's.
pub async fn refold(tx: &mut Tx, memory: &mut Memory, entry: &Entry) -> Result<(), sqlx::Error> {
    journal::refold::<Inspections>(tx, &mut memory.inspections, entry).await?;
    journal::refold::<Recommendations>(tx, &mut memory.recommendations, entry).await?;
    journal::refold::<Targets>(tx, &mut memory.targets, entry).await?;
    journal::refold::<ActionsOf>(tx, &mut memory.actions, entry).await?;
    journal::refold::<UpdatesOf>(tx, &mut memory.updates, entry).await?;
    journal::refold::<DependenciesOf>(tx, &mut memory.dependencies, entry).await?;
    published::rows::refold(tx, &mut memory.imports, entry).await
}
