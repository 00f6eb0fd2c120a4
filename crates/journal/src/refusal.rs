//! The one error a person can mend: which field, and a full sentence that says what to do.

use std::borrow::Cow;

/// A command was understood and refused; nothing was written.
///
/// `field` is the name of the form field (or the cell, for a file) that has to change;
/// `sentence` is shown beside it as it stands, so it is a whole sentence in the user's words
/// and says how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Refusal {
    /// The form field, or the place in a file ("Sheet1!C5").
    pub field: Cow<'static, str>,
    /// What is wrong and what to do about it.
    pub sentence: Cow<'static, str>,
}

impl Refusal {
    /// A refusal of `field`, told in `sentence`.
    pub fn of(field: impl Into<Cow<'static, str>>, sentence: impl Into<Cow<'static, str>>) -> Self {
        Self { field: field.into(), sentence: sentence.into() }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.field, self.sentence)
    }
}

impl std::error::Error for Refusal {}
