//! What is counted, as views that other tools read on PostgreSQL (decisions/0035): the tables of the schema that are no
//! facts, with the same columns, in a schema of their own. A reader needs no right on any table.
//!
//! Facts are in the files only: their pseudonyms need a key that is not in the database (decisions/0029).

pub mod rows;
pub mod rules;
