//! A programme of change: what many recommendations wait for, under the names it has had.
//!
//! A programme changes its name while recommendations wait for it: the Public Protection Development
//! Programme became Policing for our Communities and then the Investigations and Safeguarding Project, and
//! papers print it a fourth way (DOMAIN D16 and section 9, fault 19). So each name has its days, and what it
//! is also written as is kept beside them: a search for any of them finds the one programme.

pub mod alias;
mod details;
mod forms;
pub mod pages;
pub mod rows;
pub mod rules;
pub mod views;

#[cfg(test)]
mod rules_test;
