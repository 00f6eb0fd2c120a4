//! Earlier contacts of the same person, number or place, found while the advisor types.
//!
//! Each is shown with its evidence in words ("same number, name written alike"). Nothing is linked by itself: the
//! advisor says what an earlier contact has to do with this one, and failure demand is counted from what they say
//! (MEASURES 1).

pub mod rows;
pub mod rules;
