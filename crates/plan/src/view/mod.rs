//! A saved view: a list of the register that somebody comes back to, under a name.
//!
//! An audit manager asks the same questions of the register every month: what is past its target in one plan,
//! what one owner has not said a word about. The address of the list holds the whole question; a view keeps
//! it, for its owner alone or shared with everybody who may read the plan. It holds no figure: opening it
//! asks anew.

pub mod pages;
pub mod rows;
pub mod rules;
