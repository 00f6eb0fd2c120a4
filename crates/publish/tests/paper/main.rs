//! The committee's paper: its figures are its lists, its pages, and that old ones stay readable.

#[path = "../document/papers.rs"]
#[expect(dead_code, reason = "the invented papers of the other tests; here only their fonts are wanted")]
mod papers;
#[path = "../document/reading.rs"]
#[expect(dead_code, reason = "the reading of the other tests; here only the words are wanted")]
mod reading;

mod figures;
mod pages;
mod renditions;
mod said;
mod site;
mod stored;
mod world;
