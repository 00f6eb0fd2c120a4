//! Performance reports: daily, weekly, monthly and quarterly packs of measures, frozen as they were counted.
//!
//! A pack (`definitions/reports.toml`) says which measures stand in which sections. A report is a pack for a period, of the
//! whole service or of one division. It is composed from what the measure room counted, each measure for the period, the
//! one before, the year to date and the same period last year; freezing it is a fact with the figures, the tree that HTML
//! and PDF are functions of, the entry it was counted at and the definitions it was counted with. Frozen again it is
//! another edition, which says what was and what is now. What is published passes `disclosure` first: whoever may not read
//! measures sees that edition only. Whoever asked for a pack is told of each edition by a link, without a figure.

pub mod exhibit;
pub mod figure;
pub mod pack;
pub mod period;
pub mod publication;
pub mod report;
pub mod subscription;

mod fold;

pub use exhibit::room::ROOM;
pub use fold::{Memory, TABLES, refold};
pub use report::{
    again::all_again,
    freeze::{freeze, freeze_by},
};

/// The room's addresses.
pub fn routes() -> axum::Router<web::Site> {
    axum::Router::new()
        .merge(report::list::pages::routes())
        .merge(report::due::pages::routes())
        .merge(report::new::pages::routes())
        .merge(subscription::pages::routes())
        .merge(report::pages::routes())
        .merge(exhibit::pages::routes())
}
