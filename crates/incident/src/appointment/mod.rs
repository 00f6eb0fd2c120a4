//! A local policing appointment: officers see somebody at a time that was promised.
//!
//! "The number of appointments booked, cancelled, missed by the local policing division or by the caller" is what HMICS
//! CAM 2022 R1 asks to be known, and Domestic Abuse 2023 R5 by which standard. An appointment takes a place in a diary
//! (`diary`), which can be taken once; each ends in one outcome that says whose it was; a later one stands for an earlier
//! one in a chain. Booking closes nothing: its incident stays open until the appointment is kept and its outcome is
//! recorded. Who is interviewed about a listed offence was given the choice of the interviewer’s gender before (Victims
//! and Witnesses (Scotland) Act 2014, section 8).

pub mod booking;
pub mod choice;
pub mod definition;
pub mod life;
pub mod list;
pub mod offers;
pub mod rows;
pub mod rules;
pub mod told;
pub mod views;

#[cfg(test)]
mod booking_test;
#[cfg(test)]
mod rules_test;
#[cfg(test)]
mod samples;
