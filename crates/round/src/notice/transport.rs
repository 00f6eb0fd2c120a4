//! How a notice leaves: not at all (the demonstration: the mailbox page is the mailbox), or by a mail server.

use carrier::mail::Mail;
pub use carrier::{
    Failure,
    mail::{PATIENCE, Security, Settings, Smtp},
};

use super::rows::Due;

/// How notices leave.
#[derive(Debug)]
pub enum Transport {
    /// They do not: everybody reads them on the mailbox page.
    Mailbox,
    /// By e-mail to whoever gave an address.
    Smtp(Box<Smtp>),
}

/// Hands one notice over.
pub(super) async fn send(smtp: &Smtp, notice: &Due, to: &str) -> Result<(), Failure> {
    let mail = Mail {
        id: notice.id.to_string(),
        to: to.to_owned(),
        subject: super::rules::one_line(&notice.subject),
        body: absolute(&notice.body, smtp.public_address()),
        written_at: notice.written_at,
        unsubscribe: Some("/mailbox/settings".to_owned()),
        is_discreet: false,
    };
    smtp.send(&mail).await
}

/// The text with its links as they are found from anywhere: a line that begins with "/" is one.
fn absolute(body: &str, public_address: &str) -> String {
    let line =
        |line: &str| if line.starts_with('/') { format!("{public_address}{line}") } else { line.to_owned() };
    body.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_a_path_of_ours_becomes_a_whole_address() {
        let body = "Look:\n/recommendations/7\n//evil.example\nand/or";
        let expected = "Look:\nhttps://a.example/recommendations/7\nhttps://a.example//evil.example\nand/or";
        assert_eq!(absolute(body, "https://a.example"), expected);
    }
}
