//! One piece of measured evidence: a figure as it was counted, what it is claimed to show, and whether it does.

pub mod again;
pub mod chart;
pub mod list;
pub mod new;
pub mod pages;
pub mod rows;
pub mod rules;
pub mod seen;
pub mod verdict;
pub mod views;
pub mod words;

#[cfg(test)]
mod rules_test;
#[cfg(test)]
mod verdict_test;

/// The addresses of evidence.
pub fn routes() -> axum::Router<web::Site> {
    axum::Router::new().merge(new::pages::routes()).merge(list::pages::routes()).merge(pages::routes())
}
