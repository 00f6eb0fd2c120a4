//! What the mailbox shows, made by plain functions.

use askama::Template;
use journal::Id;
use plan::{
    register::rules::{Item, Register},
    words::{counted, moment},
};
use serde::{Deserialize, Serialize};
use users::{Person, User};
use web::{Choice, Frame, Section};

use super::rows::Listed;
use crate::attention::rules::in_query;

/// How many notices a page has.
pub const PAGE: usize = 50;

/// What the address says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// Words of the subject or the text.
    pub words: String,
    /// `waiting`, `mailbox`, `email`, `given_up` or nothing.
    pub state: String,
    /// `1`: everybody’s.
    pub everybody: String,
    /// The page, from 1.
    pub page: usize,
    /// What was just done.
    #[serde(skip_serializing)]
    pub done: String,
}

impl Query {
    /// Whether everybody's are meant.
    pub fn is_everybody(&self) -> bool {
        self.everybody == "1"
    }

    fn address(&self, page: usize) -> String {
        let parts = [("words", &self.words), ("state", &self.state), ("everybody", &self.everybody)];
        let mut pairs: Vec<String> = parts
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", in_query(value)))
            .collect();
        pairs.extend((page > 1).then(|| format!("page={page}")));
        if pairs.is_empty() { "/mailbox".to_owned() } else { format!("/mailbox?{}", pairs.join("&")) }
    }
}

/// The mailbox.
#[derive(Debug, Template, Serialize)]
#[template(path = "notice/list.html")]
pub struct ListPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    query: Query,
    #[serde(skip)]
    states: Vec<Choice>,
    #[serde(skip)]
    may_see_all: bool,
    #[serde(skip)]
    is_everybody: bool,
    #[serde(skip)]
    is_searched: bool,
    #[serde(skip)]
    found_words: String,
    notices: Vec<Line>,
    #[serde(skip)]
    pages: Pages,
    total: usize,
}

impl ListPage {
    /// Whether they can ask to be told of reports.
    fn may_be_told_of_reports(&self) -> bool {
        self.frame.who.as_ref().is_some_and(|who| who.may_read_reports)
    }
}

#[derive(Debug)]
struct Pages {
    first: usize,
    last: usize,
    total: usize,
    previous: Option<String>,
    next: Option<String>,
    all: Option<String>,
}

/// A notice in the list.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    id: String,
    /// Whose it is; only where everybody's are shown.
    to: Option<String>,
    kind: &'static str,
    #[serde(skip)]
    kind_words: &'static str,
    subject: String,
    written_at: String,
    #[serde(skip)]
    written_words: String,
    state: String,
    #[serde(skip)]
    state_words: String,
    #[serde(skip)]
    is_alarm: bool,
}

fn state_words(notice: &Listed) -> String {
    let ended = notice.ended_at.map(moment).unwrap_or_default();
    match notice.state.as_str() {
        "mailbox" => "In the mailbox".to_owned(),
        "email" => format!("Sent by e-mail, {ended}"),
        "given_up" => format!("Not sent by e-mail after {}", counted_tries(notice.tries)),
        _ if notice.tries > 0 => format!("To be sent; {} so far", counted_tries(notice.tries)),
        _ => "To be sent".to_owned(),
    }
}

fn counted_tries(tries: i64) -> String {
    counted(usize::try_from(tries).unwrap_or(0), "try", "tries")
}

fn line(notice: &Listed, people: Option<&[Person]>) -> Line {
    Line {
        id: notice.id.to_string(),
        to: people.map(|people| name(notice, people)),
        kind: notice.kind.as_str(),
        kind_words: notice.kind.words(),
        subject: notice.subject.clone(),
        written_at: notice.written_at.to_string(),
        written_words: moment(notice.written_at),
        state: notice.state.clone(),
        state_words: state_words(notice),
        is_alarm: notice.state == "given_up",
    }
}

fn name(notice: &Listed, people: &[Person]) -> String {
    let person = people.iter().find(|person| person.id.as_str() == notice.account);
    person.map_or_else(|| "Unknown".to_owned(), |person| person.name.clone())
}

/// The page of `notices`, of `total` in all, for `who`. With `people`, they are everybody's.
pub fn list_page(
    who: &User,
    query: Query,
    page: usize,
    notices: &[Listed],
    total: usize,
    people: Option<&[Person]>,
) -> ListPage {
    let before = (page - 1) * PAGE;
    let last = before + notices.len();
    let pages = Pages {
        first: before + usize::from(!notices.is_empty()),
        last,
        total,
        previous: (page > 1).then(|| query.address(page - 1)),
        next: (last < total && !notices.is_empty()).then(|| query.address(page + 1)),
        all: None,
    };
    let notice = (query.done == "settings").then(|| "The settings are saved.".to_owned());
    let states = [
        ("", "Any standing"),
        ("waiting", "To be sent"),
        ("mailbox", "In the mailbox"),
        ("email", "Sent by e-mail"),
        ("given_up", "Not sent by e-mail"),
    ];
    ListPage {
        frame: Frame::of("Mailbox", Section::Work).seen_by(who.signed()).with_notice(notice),
        crumbs: vec![("/attention".to_owned(), "My work".to_owned()), (String::new(), "Mailbox".to_owned())],
        states: states.map(|(value, words)| Choice::of(value, words, &query.state)).into(),
        may_see_all: who.may_do("notices.read"),
        is_everybody: query.is_everybody(),
        is_searched: !query.words.is_empty() || !query.state.is_empty(),
        found_words: counted(total, "notice", "notices"),
        notices: notices.iter().map(|notice| line(notice, people)).collect(),
        pages,
        total,
        query,
    }
}

/// One notice.
#[derive(Debug, Template, Serialize)]
#[template(path = "notice/show.html")]
pub struct ShowPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    notice: Line,
    /// Its lines; of a link the address, and what it is called.
    #[serde(skip)]
    lines: Vec<(String, Option<String>)>,
    body: String,
    about: Option<String>,
    #[serde(skip)]
    why: Option<String>,
}

/// What a link of ours is called: a recommendation by its label, and not by an address that nobody can read.
fn called(address: &str, register: &Register) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let label = |id: &str| {
        let item = Id::read(id).and_then(|id| register.item(&id));
        item.map_or_else(|| "the recommendation".to_owned(), Item::label)
    };
    match parts.as_slice() {
        ["recommendations", id, "update"] => format!("Add an update on {}", label(id)),
        ["recommendations", id, ..] => format!("Open {}", label(id)),
        ["meetings", _] => "Open the meeting".to_owned(),
        ["posts"] => "Posts and who holds them".to_owned(),
        ["attention"] => "What needs you".to_owned(),
        ["reports", "subscriptions"] => "Reports that you are told of".to_owned(),
        ["reports", _] => "Open the report".to_owned(),
        ["mailbox", "settings"] => "Settings of the mailbox".to_owned(),
        _ => address.to_owned(),
    }
}

/// The page of one notice. With `people` it is somebody else's, and why it failed is told too.
pub fn show_page(who: &User, notice: &Listed, register: &Register, people: Option<&[Person]>) -> ShowPage {
    ShowPage {
        frame: Frame::of("Notice", Section::Work).seen_by(who.signed()),
        crumbs: vec![
            ("/attention".to_owned(), "My work".to_owned()),
            ("/mailbox".to_owned(), "Mailbox".to_owned()),
            (String::new(), "Notice".to_owned()),
        ],
        notice: line(notice, people),
        // Only a path of ours is a link: a browser reads “//” as another site’s name.
        lines: notice
            .body
            .lines()
            .map(|line| {
                let is_link = line.starts_with('/') && !line.starts_with("//");
                (line.to_owned(), is_link.then(|| called(line, register)))
            })
            .collect(),
        body: notice.body.clone(),
        about: notice.about.clone(),
        why: notice.why.clone(),
    }
}

/// A notice as the HTML part of a mail.
#[derive(Debug, Template)]
#[template(path = "notice/mail.html")]
struct MailPage<'a> {
    subject: &'a str,
    lines: &'a [(String, bool)],
}

/// A notice as the HTML part of a mail, of lines that are words or whole addresses of ours; nothing where it cannot be
/// drawn: the text says the same.
pub(super) fn mail_html(subject: &str, lines: &[(String, bool)]) -> Option<String> {
    MailPage { subject, lines }.render().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_html_part_has_the_words_of_the_text_and_nothing_that_somebody_could_put_there() {
        let line = |line: &str, is_link| (line.to_owned(), is_link);
        let lines = [
            line("CAM22-R1: <img src=x> & “more”", false),
            line("", false),
            line("https://a.example/reports/7?edition=1&x=\"y", true),
        ];
        let html = mail_html("Report: <Division>, monthly", &lines).unwrap();
        for told in [
            "<h1>Report: &#60;Division&#62;, monthly</h1>",
            "<p>CAM22-R1: &#60;img src=x&#62; &#38; “more”</p>",
        ] {
            assert!(html.contains(told), "{html}");
        }
        assert!(
            html.contains("<p><a href=\"https://a.example/reports/7?edition=1&#38;x=&#34;y\">"),
            "{html}"
        );
        assert!(html.starts_with("<!doctype html>") && html.contains("lang=\"en-GB\""), "{html}");
        for never in ["<img", "<script", "<style", " src=\"", "<link"] {
            assert!(!html.contains(never), "{never}: {html}");
        }
    }
}
