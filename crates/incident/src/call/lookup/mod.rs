//! What is looked up while one types: earlier contacts, the suggestion, the gazetteer.

pub(super) mod pages;
