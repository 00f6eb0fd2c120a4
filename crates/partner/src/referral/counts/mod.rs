//! What the referrals add up to, by agency: “call diversion statistics” (CAM 2022, action 5.7).
//!
//! Each figure opens the list of exactly those that it counts. Every referral is in one state, so the states of an
//! agency add up to what was sent to it.

pub mod pages;
pub mod rows;
pub mod rules;
pub mod views;
