//! Figures: sums of the cube, and the records behind them.

pub mod rows;
pub mod spread;
pub mod then;
