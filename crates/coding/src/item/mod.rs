//! One contact of a sample: what is known of its issue, and what a second person codes it as.
//!
//! The page is blind: it shows neither what was derived nor the advisor’s code, which is the purpose that they gave to a
//! link. Names and numbers of people are left out: nobody needs them to say why somebody got in touch.

pub mod issue;
pub mod pages;
pub mod views;
