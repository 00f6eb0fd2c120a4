//! A referral: somebody is passed to a partner agency, and what becomes of it.
//!
//! “Incidents are diverted to partner agencies, whenever that agency is better placed” (HMICS CAM 2022, R5). So that
//! the diversion can be monitored (action 5.7), a referral has a life of facts: sent with the person’s consent or a
//! recorded ground, accepted or declined with a reason, finished with what came of it, given back, or withdrawn. That
//! nobody replied in time is not stored: it follows from the clock. Distress Brief Intervention (16 and over, agreed to,
//! contacted within 24 hours), the mental health pathway and direct contact from the scene (R6) are kinds of it.
//!
//! The agency answers by a link that the police give it, or tells them on the telephone and they record it.

pub mod counts;
pub mod forms;
pub mod life;
pub mod link;
pub mod list;
pub mod new;
pub mod pages;
pub mod rows;
pub mod rules;
pub mod sending;
pub mod told;
pub mod views;
pub mod words;

#[cfg(test)]
mod rules_test;
#[cfg(test)]
mod sending_test;
#[cfg(test)]
mod testing;

/// The addresses of referrals.
pub fn routes() -> axum::Router<web::Site> {
    axum::Router::new()
        .merge(pages::routes())
        .merge(list::pages::routes())
        .merge(counts::pages::routes())
        .merge(new::pages::routes())
        .merge(link::pages::routes())
}
