//! The register counted: per plan, theme, owner, addressee and priority, in whole and in a period.
//!
//! The papers count by portfolio ("24 open in 4 plans", S004 1.1) and do not always agree with their lists
//! (DOMAIN 9.1, 9.22). Here each figure is counted from the register's rows and leads to them.

pub mod pages;
pub mod rules;
mod views;
