//! Find or go to: a few typed words lead to a recommendation, an action, an update, an inspection, an owner,
//! whatever else has a name, or a page.
//!
//! The field stands in the bar of every page. Papers number one recommendation in several ways, so R02 is R2
//! and “cam r3” is CAM22-R3; names are Scottish, so Mòrag is found by morag. Nothing is indexed: the register
//! is loaded as for any page and each text is folded once while it is looked through.

pub mod fold;
pub mod named;
pub mod pages;
pub mod places;
pub mod rules;
mod snippet;
