//! A published improvement plan, read from a file, held against the register, and carried in.
//!
//! Reading the file is the `import` room's. Here the draft is compared with what is in the register: what is
//! new, what differs, what the file does not have. A person confirms it; then each difference goes the same
//! way as if it had been typed (the same `decide`), all or none. Nothing is ever deleted by an import, and
//! what the plan says of a status is not taken over: only the inspectorate's decision discharges.

pub mod carry;
pub mod national;
pub mod pages;
pub mod rows;
pub mod rules;
pub mod views;
