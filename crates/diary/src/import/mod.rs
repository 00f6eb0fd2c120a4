//! An existing diary, from a file: a table (CSV) of shifts by day, or a calendar (iCalendar) of one diary.
//!
//! Divisions kept their diaries in tables and calendar programs before ("SMART DIARY" is to take their place, R7 action
//! 7.6). Every row is understood or told with its row, its column and how to mend it; nothing is written while there is one
//! fault, or before somebody has seen what would change. The same file again changes nothing. Of a calendar only times are
//! taken: what stands in an event may name somebody.

pub mod calendar;
pub mod carry;
pub mod pages;
pub mod rules;
pub mod table;
pub mod views;

#[cfg(test)]
mod rules_test;
