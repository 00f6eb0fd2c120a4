//! How far the coding can be trusted: a weekly sample is coded a second time by somebody who does not see the first.
//!
//! [`draw`] says which records, so that anybody can draw them again; [`kappa`] says how well two coders agree; [`wilson`]
//! how sure a share is; [`corrected`] what a rate would be had everything been coded the second time (MEASURES 1, “QA”:
//! weekly seeded random sample double-coded blind; publish Cohen’s κ and a corrected rate with Wilson interval). Pure
//! rules: no clock, no chance but the seed.

pub mod agreement;
pub mod correction;
pub mod drawing;
pub mod interval;

pub use agreement::{Agreement, Kappa, kappa};
pub use correction::{Coded, Corrected, Twice, corrected};
pub use drawing::{Week, draw};
pub use interval::{Z95, wilson};
