//! The person (or their program) behind a request: who they are, in which role, and what they may do.

mod pages;

pub use pages::{User, let_in};
