//! Issues as they are told now, packed small (crate `failure`, [`failure::packed`]; decisions/0034).
//!
//! The worker keeps a line for each. Whoever asks what failure demand would be by other windows or by another version reads
//! the lines of the days that are asked for, and judges them by the million.

pub mod anew;
pub mod rows;
