//! What a filled form means. The content of a report is read before: see [`super::content`].

use web::Typed;

use crate::report::rules::{Command, Content};

/// What the form called `word` means; nothing for one that needs a content and has none, and for an export, whose files
/// are made first.
pub fn change(word: &str, content: Option<Content>, typed: &Typed) -> Option<Command> {
    let text = |name: &str| typed.get(name).to_owned();
    let (override_reason, words) = (text("override_reason"), text("words"));
    match (word, content.map(Box::new)) {
        ("amendment", Some(content)) => Some(Command::Amend { content, override_reason, words }),
        ("resubmission", Some(content)) => Some(Command::Resubmit { content, override_reason, words }),
        ("return", _) => Some(Command::Return { unit: text("unit"), reason: text("reason"), words }),
        ("acknowledgement", _) => Some(Command::Acknowledge { reference: text("reference") }),
        ("withdrawal", _) => Some(Command::Withdraw { words }),
        _ => None,
    }
}
