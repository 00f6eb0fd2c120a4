//! The local mailbox as it is shown.

use askama::Template;
use serde::Serialize;
use users::User;
use web::{Frame, Section};

use crate::message::list::{
    rows::Listed,
    views::{Row, paged},
};

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "message/mailbox/mailbox.html")]
pub struct MailboxPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// What would have left, the newest first.
    pub rows: Vec<Row>,
    /// The address of the next page; empty on the last.
    pub next: String,
}

/// The page of what was found.
pub fn mailbox_page(who: &User, found: &[Listed]) -> MailboxPage {
    let (rows, next) = paged(found);
    MailboxPage {
        frame: Frame::of("Local mailbox", Section::Messages).seen_by(who.signed()),
        rows,
        next: next.map_or_else(String::new, |seq| format!("/messages/mailbox?before={seq}")),
    }
}
