//! Someone gets in touch: the contact, the caller, and the THRIVE assessment.
//!
//! A contact comes by telephone, on the web, through a partner or at a counter (DOMAIN 2). A service advisor
//! records who called, from where and what was said, is shown earlier contacts and decides what they have to do
//! with this one, and assesses threat, harm, risk, investigation, vulnerability and engagement. A suggestion of
//! a grade is made from published rules; the advisor decides. What was typed and not yet saved is a draft.

pub mod codes;
pub mod contact;
pub mod draft;
pub mod earlier;
pub mod grade;
pub mod name;
pub mod outage;
pub mod phone;
pub mod place;
pub mod preference;
pub mod suggestion;
pub mod thrive;
pub mod unit;

mod fold;

pub use fold::{Memory, TABLES, refold};

/// The room's addresses.
pub fn routes() -> axum::Router<web::Site> {
    axum::Router::new()
        .merge(contact::pages::routes())
        .merge(draft::pages::routes())
        .merge(outage::pages::routes())
        .merge(place::pages::routes())
}
