//! Folding the room's facts again, for `check` and `rebuild`.

use journal::{Entry, Folded, Tx};

use crate::{
    action::{rows::ActionsOf, rules::Actions},
    classification::{rows::Classifications, rules::Classification},
    comment::{rows::CommentsOn, rules::Comments},
    dependency::{rows::DependenciesOf, rules::Dependencies},
    finding::{rows::AcceptancesOf, rules::Acceptances},
    inspection::{rows::Inspections, rules::Inspection},
    measured::{rows::MeasuredOf, rules::Measured},
    post::{rows::Posts, rules::Post},
    published::{self, rules::CarriedIn},
    recommendation::{rows::Recommendations, rules::Recommendation},
    source::{rows::Sources, rules::Source},
    target::{rows::Targets, rules::Target},
    update::{rows::UpdatesOf, rules::Updates},
    view::{rows::Views, rules::View},
};
use crate::{
    area::{rows::Areas, rules::Area},
    programme::{rows::Programmes, rules::Programme},
    underway::{rows::InspectionsUnderway, rules::Underway},
};

/// The tables that are the fold of the room's facts.
pub const TABLES: [&str; 19] = [
    "inspection",
    "recommendation",
    "target_date",
    "action",
    "progress_update",
    "dependency",
    "plan_import",
    "classification",
    "area",
    "programme",
    "underway",
    "saved_view",
    "comment",
    "source",
    "source_statement",
    "accepted_finding",
    "post",
    "post_holder",
    "measured",
];

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
    /// How recommendations are sorted.
    pub classifications: Folded<Classification>,
    /// Imports, by inspection.
    pub imports: Folded<CarriedIn>,
    /// Areas for development.
    pub areas: Folded<Area>,
    /// Programmes of change.
    pub programmes: Folded<Programme>,
    /// Inspections under way.
    pub underway: Folded<Underway>,
    /// Saved views.
    pub views: Folded<View>,
    /// Comments, by recommendation.
    pub comments: Folded<Comments>,
    /// Sources.
    pub sources: Folded<Source>,
    /// Accepted findings, by what they are about.
    pub acceptances: Folded<Acceptances>,
    /// Posts.
    pub posts: Folded<Post>,
    /// What measures show, by recommendation.
    pub measured: Folded<Measured>,
}

/// Folds one entry and saves its rows, if it is one of this room's.
pub async fn refold(tx: &mut Tx, memory: &mut Memory, entry: &Entry) -> Result<(), sqlx::Error> {
    journal::refold::<Inspections>(tx, &mut memory.inspections, entry).await?;
    journal::refold::<Recommendations>(tx, &mut memory.recommendations, entry).await?;
    journal::refold::<Targets>(tx, &mut memory.targets, entry).await?;
    journal::refold::<ActionsOf>(tx, &mut memory.actions, entry).await?;
    journal::refold::<UpdatesOf>(tx, &mut memory.updates, entry).await?;
    journal::refold::<DependenciesOf>(tx, &mut memory.dependencies, entry).await?;
    journal::refold::<Classifications>(tx, &mut memory.classifications, entry).await?;
    published::rows::refold(tx, &mut memory.imports, entry).await?;
    journal::refold::<Areas>(tx, &mut memory.areas, entry).await?;
    journal::refold::<Programmes>(tx, &mut memory.programmes, entry).await?;
    journal::refold::<InspectionsUnderway>(tx, &mut memory.underway, entry).await?;
    journal::refold::<Views>(tx, &mut memory.views, entry).await?;
    journal::refold::<CommentsOn>(tx, &mut memory.comments, entry).await?;
    journal::refold::<Sources>(tx, &mut memory.sources, entry).await?;
    journal::refold::<AcceptancesOf>(tx, &mut memory.acceptances, entry).await?;
    journal::refold::<MeasuredOf>(tx, &mut memory.measured, entry).await?;
    journal::refold::<Posts>(tx, &mut memory.posts, entry).await
}
