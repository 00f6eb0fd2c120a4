//! Counting: the journal folded into contributions and the cube.

pub mod rows;
pub mod worker;
