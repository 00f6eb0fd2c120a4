//! Who is told when a report is frozen: a pack that somebody asked for, and a letter with a link and no figure.
//!
//! The letter is a notice (`round::notice`): it is in the mailbox, and goes by e-mail to whoever gave an address there. It
//! is written in the transaction that freezes the edition, so that nobody is told twice and nobody is forgotten.

pub mod letter;
pub mod pages;
pub mod rows;
pub mod rules;
pub mod tell;
pub mod views;
