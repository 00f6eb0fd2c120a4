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
    let subject = super::rules::one_line(&notice.subject);
    let lines = absolute(&notice.body, smtp.public_address());
    let mail = Mail {
        id: notice.id.to_string(),
        to: to.to_owned(),
        html: super::views::mail_html(&subject, &lines),
        body: lines.iter().map(|(line, _)| line.as_str()).collect::<Vec<_>>().join("\n"),
        subject,
        written_at: notice.written_at,
        unsubscribe: Some(notice.kind.settings().to_owned()),
        is_discreet: false,
    };
    smtp.send(&mail).await
}

/// The lines of the text with their links as they are found from anywhere, and whether each is one: it begins with "/".
fn absolute(body: &str, public_address: &str) -> Vec<(String, bool)> {
    let line = |line: &str| {
        let is_link = line.starts_with('/');
        (if is_link { format!("{public_address}{line}") } else { line.to_owned() }, is_link)
    };
    body.lines().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_a_path_of_ours_becomes_a_whole_address() {
        let body = "Look:\n/recommendations/7\n//evil.example\nand/or";
        let expected = [
            ("Look:", false),
            ("https://a.example/recommendations/7", true),
            ("https://a.example//evil.example", true),
            ("and/or", false),
        ];
        let lines = absolute(body, "https://a.example");
        assert_eq!(lines.iter().map(|(line, link)| (line.as_str(), *link)).collect::<Vec<_>>(), expected);
    }
}
