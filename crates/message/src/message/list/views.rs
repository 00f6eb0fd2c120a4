//! The list of messages as it is shown; its address holds all of its filter.

use askama::Template;
use contact::preference::rules::Way;
use journal::{Refusal, words::moment};
use serde::{Deserialize, Serialize};
use users::User;
use web::{Choice, Frame, Section};

use super::rows::{Filter, Listed};
use crate::{
    definition::{definitions, template, template_words},
    message::rules::{Reason, State},
};

/// Rows on one page.
pub const PAGE: i64 = 50;

/// The ways that a message can go.
const WAYS: [Way; 3] = [Way::Text, Way::Email, Way::Letter];

/// What the address holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// A state.
    pub state: String,
    /// A way.
    pub way: String,
    /// A key of a template.
    pub template: String,
    /// The place in the list.
    pub before: String,
}

impl Query {
    /// The filter that it means, or which of it cannot be meant.
    pub fn filter(&self) -> Result<Filter, Refusal> {
        let stray = |field: &'static str, what: &str| {
            Refusal::of(field, format!("There is no such {what}. Choose one of the list, or all of them."))
        };
        let state = match self.state.as_str() {
            "" => None,
            state => Some(State::of(state).ok_or_else(|| stray("state", "state"))?),
        };
        let way = match self.way.as_str() {
            "" => None,
            way => {
                let way = Way::of(way).filter(|way| WAYS.contains(way));
                Some(way.ok_or_else(|| stray("way", "way"))?)
            }
        };
        if !self.template.is_empty() && template(&self.template).is_none() {
            return Err(stray("template", "message"));
        }
        Ok(Filter {
            state,
            way,
            template: self.template.clone(),
            before: place("/messages", &self.before)?,
            limit: PAGE + 1,
        })
    }

    /// The address of the list with this filter.
    pub fn address(&self, page: &str) -> String {
        let pairs = [
            ("state", &self.state),
            ("way", &self.way),
            ("template", &self.template),
            ("before", &self.before),
        ];
        let given: Vec<(&str, &String)> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        match serde_html_form::to_string(&given) {
            Ok(query) if !query.is_empty() => format!("{page}?{query}"),
            _ => page.to_owned(),
        }
    }

    /// Whether anything narrows the list.
    pub fn is_filtered(&self) -> bool {
        Self { before: String::new(), ..self.clone() } != Self::default()
    }
}

/// A place in a list.
pub fn place(page: &str, typed: &str) -> Result<Option<i64>, Refusal> {
    match typed {
        "" => Ok(None),
        place => place.parse().map(Some).map_err(|_| {
            Refusal::of("before", format!("That is no place in the list. Begin at its start: {page}."))
        }),
    }
}

/// One row.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Where it is.
    pub address: String,
    /// Its reference.
    pub reference: String,
    /// What the incident is called.
    pub about: String,
    /// What is said.
    pub message: String,
    /// The way.
    pub way: &'static str,
    /// How it stands, as an address has it.
    pub state: &'static str,
    /// How it stands, in words.
    pub state_words: &'static str,
    /// Whether somebody has to call.
    pub is_alarming: bool,
    /// Why it did not go; empty where it did or may.
    pub reason: &'static str,
    /// By itself or by hand.
    pub origin: &'static str,
    /// When it was composed.
    pub queued: String,
    /// When it left, ended, or goes.
    pub when: String,
}

/// One row of any list of messages: the incident’s page has the same.
pub fn row(one: &Listed) -> Row {
    Row {
        address: format!("/messages/{}", one.id),
        reference: one.reference(),
        about: one.about.clone(),
        message: template_words(&one.template).to_owned(),
        way: one.way.map_or("None", Way::words),
        state: one.state.as_str(),
        state_words: one.state.words(),
        is_alarming: one.state.is_alarming(),
        reason: one.reason.filter(|_| one.state.is_alarming()).map_or("", Reason::words),
        origin: one.origin.words(),
        queued: moment(one.queued_at),
        when: match one.ended_at {
            Some(at) => moment(at),
            None if one.way == Some(Way::Letter) => "When it is posted".to_owned(),
            None => format!("From {}", moment(one.due_at)),
        },
    }
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "message/list/list.html")]
pub struct ListPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The filter.
    pub query: Query,
    /// How many were held back, whatever the filter: somebody has to call.
    pub held_back: i64,
    /// How many were given up, whatever the filter: somebody has to call.
    pub given_up: i64,
    /// The rows.
    pub rows: Vec<Row>,
    /// The address of the next page; empty on the last.
    pub next: String,
    /// The address of the file.
    pub csv: String,
    /// Whether this is not the first page.
    pub is_later: bool,
    /// Whether anything narrows the list.
    pub is_filtered: bool,
    /// Whether there is a local mailbox.
    pub has_mailbox: bool,
    /// Choices of the filter: name, words, choices.
    #[serde(skip)]
    pub filters: Vec<(&'static str, &'static str, Vec<Choice>)>,
}

fn filters(query: &Query) -> Vec<(&'static str, &'static str, Vec<Choice>)> {
    let any = |chosen: &str, rest: Vec<Choice>| -> Vec<Choice> {
        std::iter::once(Choice::of("", "Any", chosen)).chain(rest).collect()
    };
    let states = State::ALL.map(|one| Choice::of(one.as_str(), one.words(), &query.state));
    let ways = WAYS.map(|one| Choice::of(one.as_str(), one.words(), &query.way));
    let templates =
        definitions().template.iter().map(|one| Choice::of(&one.key, &one.words, &query.template));
    vec![
        ("state", "State", any(&query.state, states.to_vec())),
        ("way", "Way", any(&query.way, ways.to_vec())),
        ("template", "Message", any(&query.template, templates.collect())),
    ]
}

/// The rows of a page, and the place of the next: one row more than a page has says that there is another.
pub fn paged(found: &[Listed]) -> (Vec<Row>, Option<i64>) {
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let last = found.get(page).and_then(|_| found.get(page - 1));
    (found.iter().take(page).map(row).collect(), last.map(|last| last.seq))
}

/// The page of what was found.
pub fn list_page(
    who: &User,
    query: Query,
    found: &[Listed],
    to_call: (i64, i64),
    has_mailbox: bool,
) -> ListPage {
    let (rows, next) = paged(found);
    let next = next.map(|seq| Query { before: seq.to_string(), ..query.clone() }.address("/messages"));
    ListPage {
        frame: Frame::of("Messages", Section::Messages).seen_by(who.signed()),
        held_back: to_call.0,
        given_up: to_call.1,
        rows,
        next: next.unwrap_or_default(),
        csv: Query { before: String::new(), ..query.clone() }.address("/messages.csv"),
        is_later: !query.before.is_empty(),
        is_filtered: query.is_filtered(),
        has_mailbox,
        filters: filters(&query),
        query,
    }
}
