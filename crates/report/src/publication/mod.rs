//! What of a report may be published: small numbers, and whatever would give them back, are suppressed.

pub mod rules;
