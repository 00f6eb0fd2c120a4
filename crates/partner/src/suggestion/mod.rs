//! Who could take somebody: agencies suggested from the THRIVE assessment, the place and the hour.
//!
//! “Enhance the awareness of service advisors … in relation to signposting callers towards relevant support agencies”
//! (CAM 2022, action 5.2). It is a suggestion with its reasons: whoever deals with the incident decides.

pub mod rules;

#[cfg(test)]
mod rules_test;
