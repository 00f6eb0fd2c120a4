//! Reports on both engines: statements, facts of old, pages, and what everybody may see.

mod derived;
mod exhibits;
mod pages;
mod prepared;
mod scene;
mod stored;
mod subscriptions;
