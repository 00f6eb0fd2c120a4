//! What a person wants to be told, and where: a digest a day or none, and an e-mail address or only the
//! mailbox page. The address is the person's own: it is kept apart from the fact and can be erased.

pub mod pages;
pub mod rows;
pub mod rules;
