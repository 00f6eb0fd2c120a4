//! The built binary, used from outside as a person at a terminal and a program over HTTP use it.
//!
//! `house` runs it on a folder or a PostgreSQL database of its own, `http` talks to it, `plans` writes plans as
//! files, `chance` makes what is random from a printed seed. ANSWERABLE_SOAK multiplies the work; PostgreSQL is the
//! one of ANSWERABLE_TEST_POSTGRES, without which only SQLite is tested.

mod api;
mod bombs;
mod chance;
mod extract;
mod findings;
mod house;
mod http;
mod import;
mod kills;
mod measure;
mod paper;
mod plans;
mod refusals;
mod roles;
mod sent;
