//! The facts of the journal and what is counted, as typed columns for other tools (HOUSE 6).
//!
//! A star of tables ([`table`], told in `SCHEMA.md`): a row for each fact, the cube of measures, and what they are joined
//! with. Of a person there is nothing in it: a subject is a [`pseudonym`], and no name, number, address or word has a
//! column. [`extract`] streams the journal in blocks into Parquet or CSV, from the command line as a folder, by address as
//! one table. What is counted is in [`view`]s on PostgreSQL too.

pub mod extract;
pub mod fact;
pub mod file;
pub mod list;
pub mod pseudonym;
pub mod table;
pub mod view;

/// The room's addresses.
pub fn routes() -> axum::Router<web::Site> {
    list::pages::routes()
}
