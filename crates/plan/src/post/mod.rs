//! A post, and who holds it: "Superintendent CERP" owns a recommendation, a person is asked for the update.
//!
//! Improvement plans name posts as owners and never people (S001 2.5), and people change while the post
//! stays. So the register goes on naming posts, and this says which account acts for each, as its holder
//! or as an alternate who stands in. A post that nobody holds is asked in vain; it stands first in the list.

pub mod pages;
pub mod rows;
pub mod rules;
mod views;
