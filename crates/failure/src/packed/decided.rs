//! What is said of each contact of a packed issue.

use super::fact::Symbol;
use crate::{
    code::{Class, Code},
    definition::Eligibility,
};

/// What a contact was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decided {
    /// When it began, in microseconds.
    pub at: i64,
    /// Its channel.
    pub channel: Symbol,
    /// Its division; none: not known.
    pub division: Option<Symbol>,
    /// The family of what it is about; none: not known.
    pub family: Option<Symbol>,
    /// Whether it is counted.
    pub eligibility: Eligibility,
    /// What it is; none where it is not counted.
    pub class: Option<Class>,
    /// The reason under which it is counted.
    pub primary: Option<Code>,
    /// A bit for each of its reasons of that class, in the order of [`Code::ALL`].
    pub reasons: u32,
    /// What the advisor said, and what the record alone says, where both say something.
    pub said: Option<(Code, Code)>,
}

/// The bit of a code.
pub fn bit(code: Code) -> u32 {
    1 << (code as u32)
}
