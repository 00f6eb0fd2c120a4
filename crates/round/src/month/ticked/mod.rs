//! Updates asked about recommendations that were ticked in the register: of each it is shown first who will be
//! asked and who cannot be; the round that asks is opened when that is confirmed.

pub mod pages;
pub mod rules;
