//! How mail and texts leave.
//!
//! A carrier hands over what it is given and says what came of it; whether anything may go, and to whom, is decided
//! before (the rooms’ gates), and never here. Mail goes to a mail server, texts to a webhook of whoever carries texts
//! for the force. Where neither is set up nothing leaves: everything is in the local mailbox, as in the demonstration.

pub mod mail;
pub mod text;

/// Why something was not handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// In the words of the server, or of the connection to it.
    pub why: String,
    /// Whether the server could not be reached at all: then the next will fail as well.
    pub is_unreachable: bool,
    /// Whether it certainly did not leave. Where the connection broke in the middle nobody knows.
    pub is_certain: bool,
}

/// Everything by which something can leave.
#[derive(Debug, Clone, Default)]
pub struct Carriers {
    /// A mail server.
    pub mail: Option<mail::Smtp>,
    /// A webhook that carries texts.
    pub text: Option<text::Webhook>,
}

impl Carriers {
    /// Whether nothing is set up, so that everything stays in the local mailbox.
    pub fn is_nothing(&self) -> bool {
        self.mail.is_none() && self.text.is_none()
    }
}
