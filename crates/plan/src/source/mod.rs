//! A source: an earlier paper, a report or a letter, and what it said.
//!
//! Papers of one register have given one recommendation's first target as May 2023 and as May 2024, and
//! counted nine where they list ten (DOMAIN 9). So what was said is kept as statements: about what, which
//! figure or day, on which day it held, and the sentence it stood in. The check of the register (`linter`)
//! holds each against the register as it was on that day. A statement is never changed: one that was
//! copied wrongly is withdrawn with a reason and cited again.

pub mod pages;
pub mod rows;
pub mod rules;
mod statement;
#[cfg(test)]
mod statement_test;
mod views;
