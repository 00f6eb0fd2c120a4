//! Who you are, what you may do and see, what you looked at.
//!
//! A person has an [`account`], with one role of [`role`]. Signing in opens a [`session`]; a program sends
//! a token. On every request [`let_in`] finds who asks and leaves a [`User`] for the page, which asks
//! `who.may("plan.target")?` before anything else.
//!
//! Passwords are kept as Argon2id hashes; of a session's or token's secret only its SHA-256 is kept.

pub mod account;
mod directory;
mod form;
mod mine;
mod password;
pub mod role;
mod secret;
pub mod session;
mod shortcut;
pub mod testing;
pub mod user;
mod words;

pub use account::{Memory, Person, names_in_history, people, refold};
pub use role::Role;
pub use user::{User, let_in};

/// The tables that are the fold of the journal. Passwords, sessions and tokens are not: a rebuild keeps them.
pub const TABLES: [&str; 1] = ["account"];

/// The room's pages.
pub fn routes() -> axum::Router<web::Site> {
    session::routes()
        .merge(mine::routes())
        .merge(directory::routes())
        .merge(account::routes())
        .merge(shortcut::pages::routes())
}
