//! That a caller had given up a call before: found by the number, and then a fact of the later contact that names the call
//! and nobody’s number (MEASURES 1, F11; decisions/0031).

pub mod rows;
pub mod rules;
