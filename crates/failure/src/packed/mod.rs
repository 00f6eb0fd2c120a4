//! Issues packed small, and judged by the million: a national year is three million contacts (MEASURES 1).
//!
//! [`crate::classify`] is the law: it says of every contact why, and by which fact. To count a year anew, with other windows
//! or by another version, only what each contact was is asked, of all of them. So an issue is packed into a line of text
//! ([`pack`]), read back into numbers ([`Reader`]), and judged in one walk through its facts ([`Judge`]). Random issues hold
//! the two to the same answer.

mod count;
mod decided;
pub mod digits;
pub mod fact;
mod judge;
mod parameters;
mod read;
mod state;
mod write;

pub use count::Count;
pub use decided::Decided;
pub use fact::{Facts, Symbol};
pub use judge::Judge;
pub use read::{Reader, Spoilt};
pub use write::{Packed, pack};
