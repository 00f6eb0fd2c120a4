//! Counting: the journal folded into contributions and the cube.

pub mod down;
pub mod issue;
pub mod rows;
pub mod worker;

mod spans;
