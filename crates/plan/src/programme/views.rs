//! What the pages of programmes show, made by plain functions.

use askama::Template;
use journal::{Id, Position};
use serde::{Deserialize, Serialize};
use users::User;
use web::{Choice, Frame, Section};

use super::rules::{Alias, Programme};
use crate::{
    beside::pages::{Moment, as_at_words},
    words::{counted, day},
};

/// What the address of the list says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// Words, or any name it goes by.
    pub words: String,
    /// "running", "ended", or empty for both.
    pub state: String,
    /// An entry or a day to look back to.
    pub as_at: String,
}

impl Query {
    /// Whether a programme is in the list: by any name it goes by, or by words somewhere in what it says.
    pub fn finds(&self, programme: &Programme) -> bool {
        let state = match self.state.as_str() {
            "running" => programme.ended.is_none(),
            "ended" => programme.ended.is_some(),
            _ => true,
        };
        state
            && (self.words.trim().is_empty() || programme.goes_by(&self.words) || self.finds_words(programme))
    }

    fn finds_words(&self, programme: &Programme) -> bool {
        let names = programme.names.iter().map(|name| name.name.as_str());
        let others =
            programme.aliases.iter().map(|alias| &alias.name).chain(&programme.bodies).map(String::as_str);
        let text = names.chain(others).collect::<Vec<_>>().join("\n").to_lowercase();
        self.words.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }
}

/// The list's page.
#[derive(Debug, Template, Serialize)]
#[template(path = "programme/list.html")]
pub struct ListPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    query: Query,
    #[serde(skip)]
    as_at_error: Option<String>,
    #[serde(skip)]
    states: Vec<Choice>,
    #[serde(skip)]
    may_register: bool,
    #[serde(skip)]
    is_filtered: bool,
    found: usize,
    #[serde(skip)]
    found_words: String,
    #[serde(skip)]
    empty_words: &'static str,
    #[serde(rename = "programmes")]
    rows: Vec<Row>,
    entry: i64,
}

/// A programme as a list or a page shows it.
#[derive(Debug, Serialize)]
struct Row {
    id: String,
    #[serde(skip)]
    address: String,
    /// Its name on the day it is looked at.
    name: String,
    names: Vec<ShownName>,
    aliases: Vec<String>,
    bodies: Vec<String>,
    #[serde(skip)]
    state_tag: &'static str,
    state: &'static str,
    ended_on: String,
    ended_reason: String,
}

/// A name and its days, in words.
#[derive(Debug, Serialize)]
struct ShownName {
    name: String,
    from: String,
    /// The last day; empty while it goes on.
    until: String,
    is_present: bool,
}

/// The page of `programmes` that `query` means, for `who`.
pub fn list_page(
    position: Position,
    programmes: &[(Id, Programme)],
    query: &Query,
    who: &User,
    as_at_error: Option<String>,
) -> ListPage {
    let rows: Vec<Row> = programmes
        .iter()
        .filter(|(_, programme)| query.finds(programme))
        .map(|(id, programme)| row(position, id, programme, &query.as_at))
        .collect();
    ListPage {
        frame: Frame::of("Programmes of change", Section::Improvement)
            .seen_by(who.signed())
            .looking_back_to(as_at_words(position)),
        crumbs: vec![
            ("/recommendations".to_owned(), "Improvement".to_owned()),
            (String::new(), "Programmes of change".to_owned()),
        ],
        states: [("", "Running and ended"), ("running", "Running"), ("ended", "Ended")]
            .map(|(word, words)| Choice::of(word, words, &query.state))
            .into(),
        may_register: who.may_do("plan.register") && !position.is_past,
        is_filtered: !query.words.is_empty() || !query.state.is_empty(),
        found: rows.len(),
        found_words: counted(rows.len(), "programme", "programmes"),
        empty_words: if programmes.is_empty() {
            "No programme is registered yet."
        } else {
            "No programme fits these filters."
        },
        rows,
        query: query.clone(),
        as_at_error,
        entry: position.seq,
    }
}

fn row(position: Position, id: &Id, programme: &Programme, as_at: &str) -> Row {
    let suffix = if as_at.is_empty() { String::new() } else { format!("?as_at={as_at}") };
    let name = programme.called_on(position.today);
    let (state_tag, state) =
        if programme.ended.is_some() { ("superseded", "Ended") } else { ("open", "Running") };
    let present = programme.names.iter().rposition(|one| one.from <= position.today);
    let names = programme.spans().into_iter().enumerate().map(|(index, (one, until))| ShownName {
        name: one.name.clone(),
        from: day(one.from),
        until: until.map_or_else(String::new, day),
        is_present: programme.ended.is_none() && present == Some(index),
    });
    Row {
        id: id.to_string(),
        address: format!("/programmes/{id}{suffix}"),
        name: name.to_owned(),
        names: names.collect(),
        aliases: programme.aliases.iter().map(Alias::shown).collect(),
        bodies: programme.bodies.clone(),
        state_tag,
        state,
        ended_on: programme.ended.as_ref().map_or_else(String::new, |ended| day(ended.on)),
        ended_reason: programme.ended.as_ref().map_or_else(String::new, |ended| ended.reason.clone()),
    }
}

/// A programme's page.
#[derive(Debug, Template, Serialize)]
#[template(path = "programme/show.html")]
pub struct ShowPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    #[serde(flatten)]
    shown: Row,
    #[serde(skip)]
    address: String,
    #[serde(skip)]
    steps: Vec<(String, &'static str)>,
    history: Vec<Moment>,
    entry: i64,
}

/// What a page needs besides the programme: its history, what may be done, and what was just done.
pub struct Around {
    /// Its history, newest first.
    pub history: Vec<Moment>,
    /// The forms that may be used.
    pub steps: Vec<(String, &'static str)>,
    /// What was just done.
    pub notice: Option<String>,
}

/// The page of one programme, for `who`.
pub fn show_page(position: Position, id: &Id, programme: &Programme, who: &User, around: Around) -> ShowPage {
    let shown = row(position, id, programme, "");
    ShowPage {
        frame: Frame::of(shown.name.clone(), Section::Improvement)
            .seen_by(who.signed())
            .with_notice(around.notice)
            .looking_back_to(as_at_words(position)),
        crumbs: vec![
            ("/recommendations".to_owned(), "Improvement".to_owned()),
            ("/programmes".to_owned(), "Programmes of change".to_owned()),
            (String::new(), shown.name.clone()),
        ],
        address: shown.address.clone(),
        shown,
        steps: around.steps,
        history: around.history,
        entry: position.seq,
    }
}
