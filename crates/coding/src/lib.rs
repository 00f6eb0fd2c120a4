//! Quality sampling: how far the coding of failure demand can be trusted.
//!
//! Of each week that is over some of the contacts that are counted are drawn at random, and coded a second time by somebody
//! who sees neither what was derived nor what the advisor said (MEASURES 1, QA). When a sample is closed it says how well
//! the two agree, by Cohen’s kappa, and what the rate of failure demand is once it is corrected by what was found. The
//! draw can be drawn again by anybody, from its seed and the entry at which the week was counted.

pub mod definition;
pub mod item;
pub mod result;
pub mod sample;

mod fold;

pub use fold::{Memory, TABLES, refold};

/// The room's addresses.
pub fn routes() -> axum::Router<web::Site> {
    axum::Router::new()
        .merge(sample::pages::routes())
        .merge(item::pages::routes())
        .merge(result::pages::routes())
}
