//! The demonstration portfolio as data: its figures, computed here without a journal, are those of DOMAIN 9; what
//! happens in it may happen; and the faults of the real papers are in it to be found.

#![expect(clippy::unwrap_used, reason = "a helper of a test is not seen as one")]

mod faults;
mod figures;
mod play;
mod sound;
