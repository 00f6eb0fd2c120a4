//! A crime report: a crime is recorded without a visit, sent to the crime system, and perhaps returned.
//!
//! “Direct crime recording is captured” as management information and helps quality assurance (HMICS CAM 2022, R4); the
//! number of “crime reports returned to divisions or other areas” is to fall. So every return is a fact with its unit,
//! its reason and its words, and ends with what was changed; a report may be returned more than once. Recording asks the
//! question set of its type of crime, what became of each line of enquiry, and how it goes on: officers attend, it is
//! recorded and enquired into, or recorded and filed, with the reason that the person was told (4.6).

pub mod content;
pub mod counts;
pub mod export;
pub mod forms;
pub mod life;
pub mod list;
pub mod new;
pub mod pages;
pub mod returns;
pub mod rows;
pub mod rules;
pub mod told;
pub mod views;
pub mod words;

#[cfg(test)]
mod rules_test;
#[cfg(test)]
pub(crate) mod testing;

/// The addresses of crime reports.
pub fn routes() -> axum::Router<web::Site> {
    axum::Router::new()
        .merge(pages::routes())
        .merge(list::pages::routes())
        .merge(counts::pages::routes())
        .merge(new::pages::routes())
        .merge(returns::pages::routes())
}
