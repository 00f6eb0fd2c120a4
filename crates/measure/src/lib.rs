//! The record of the work is the measure.
//!
//! A measure is a published definition with a version (`definitions/measures.toml`), and a pure function from one
//! subject’s facts to what it contributes: so much of a numerator and a denominator, on a day, in a division, for a
//! reason. A worker folds the journal in its order into contributions, which are what a figure opens to, and into a cube
//! by day, which is what a page adds up. It says at which entry it stands. The same fold replays the whole journal.

pub mod annotation;
pub mod asked;
pub mod attention;
pub mod catalogue;
pub mod chart;
pub mod contribution;
pub mod count;
pub mod definition;
pub mod demand;
pub mod figure;
pub mod flow;
pub mod gist;
pub mod life;
pub mod list;
pub mod measures;
pub mod one;
pub mod overview;
pub mod records;
pub mod serves;
pub mod told;

pub use count::{rows::TABLES, worker};

/// The room's addresses.
pub fn routes() -> axum::Router<web::Site> {
    axum::Router::new()
        .merge(list::pages::routes())
        .merge(annotation::pages::routes())
        .merge(attention::pages::routes())
        .merge(definition::pages::routes())
        .merge(flow::pages::routes())
        .merge(one::pages::routes())
        .merge(records::pages::routes())
}
