//! A message: what the service says to somebody outside it, by text, e-mail or letter.
//!
//! HMICS Domestic Abuse 2023 R11: people are reached in the way that is safe for them. A message passes the gate of
//! [`crate::route`] when it is composed and again right before it leaves; what may not go is a fact as well, “held
//! back”, so that nobody believes that it was sent and somebody calls. What was said is in the journal only; a row has
//! no word of it.
//!
//! A message is handed over **at most once**: it is taken up by a fact first, and where nobody knows what became of it
//! (the service stopped, the carrier gave no answer) it is held back for a person and not sent again. A text that comes
//! twice, or hours late, can endanger somebody; one that does not come is on the list of those to call.

pub mod life;
pub mod list;
pub mod mailbox;
pub mod new;
pub mod pages;
pub mod rows;
pub mod rules;
pub mod saying;
pub mod told;
pub mod views;

#[cfg(test)]
mod rules_test;

/// The addresses of messages.
pub fn routes() -> axum::Router<web::Site> {
    axum::Router::new()
        .merge(mailbox::pages::routes())
        .merge(list::pages::routes())
        .merge(new::pages::routes())
        .merge(pages::routes())
}
