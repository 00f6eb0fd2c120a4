//! The list of outages as it is shown; its address holds all of its filter.

use askama::Template;
use jiff::Timestamp;
use journal::{Id, Refusal, words};
use serde::{Deserialize, Serialize};
use users::User;
use web::{Choice, Frame, Section};

use super::rows::{Filter, Listed};
use crate::outage::{definition, rules::State};

/// Rows on one page.
pub const PAGE: usize = 50;

/// What the address holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// A state.
    pub state: String,
    /// A key of a system.
    pub system: String,
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
        if !self.system.is_empty() && !definition::systems().iter().any(|one| one.key == self.system) {
            return Err(stray("system", "system"));
        }
        let before = match self.before.as_str() {
            "" => None,
            text => {
                let place =
                    text.split_once('_').and_then(|(at, seq)| Some((at.parse().ok()?, seq.parse().ok()?)));
                let sentence = "That is no place in the list. Begin at its start: /outages.";
                Some(place.ok_or_else(|| Refusal::of("before", sentence))?)
            }
        };
        let limit = i64::try_from(PAGE).unwrap_or(i64::MAX) + 1;
        Ok(Filter { state, system: self.system.clone(), before, limit })
    }

    fn address(&self, before: &str) -> String {
        let pairs = [("state", self.state.as_str()), ("system", &self.system), ("before", before)];
        let given: Vec<_> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        match serde_html_form::to_string(&given) {
            Ok(query) if !query.is_empty() => format!("/outages?{query}"),
            _ => "/outages".to_owned(),
        }
    }
}

/// One row.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Its identity.
    pub id: Id,
    /// Where it is.
    #[serde(skip)]
    pub address: String,
    /// A key of a system.
    pub system: String,
    /// The system, in words.
    pub system_words: String,
    /// Where it stands.
    pub state: State,
    /// The same, in words.
    #[serde(skip)]
    pub state_words: &'static str,
    /// Whether it is down.
    #[serde(skip)]
    pub is_open: bool,
    /// When it began.
    pub began_at: Timestamp,
    /// When it was back; nothing while it is down.
    pub ended_at: Option<Timestamp>,
    /// When it began, in words.
    #[serde(skip)]
    pub began: String,
    /// When it was back, in words.
    #[serde(skip)]
    pub ended: String,
    /// How long it took, or has taken.
    #[serde(skip)]
    pub lasted: String,
    /// What callers are told; empty where nothing was agreed.
    pub callers: String,
    /// Its last entry.
    pub last_seq: i64,
}

/// An outage as a row, at `now`.
pub fn row(now: Timestamp, one: Listed) -> Row {
    let until = one.ended_at.unwrap_or(now);
    let minutes = until.duration_since(one.began_at).as_secs().max(0) / 60;
    Row {
        address: format!("/outages/{}", one.id),
        system_words: definition::words(&one.system).to_owned(),
        state_words: one.state.words(),
        is_open: one.state == State::Open,
        began: words::moment(one.began_at),
        ended: one.ended_at.map_or_else(String::new, words::moment),
        lasted: words::minutes(minutes),
        id: one.id,
        system: one.system,
        state: one.state,
        began_at: one.began_at,
        ended_at: one.ended_at,
        callers: one.callers,
        last_seq: one.last_seq,
    }
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "outage/list/list.html")]
pub struct ListPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// How many systems are down now, whatever the filter.
    pub down: i64,
    /// The rows.
    pub outages: Vec<Row>,
    /// The address of the next page; nothing on the last.
    pub older: Option<String>,
    /// Whether this is not the first page.
    #[serde(skip)]
    pub is_later: bool,
    /// Whether anything narrows the list.
    #[serde(skip)]
    pub is_filtered: bool,
    /// Whether this person may record one.
    #[serde(skip)]
    pub may_record: bool,
    /// Choices of the filter.
    #[serde(skip)]
    pub states: Vec<Choice>,
    /// Choices of the filter.
    #[serde(skip)]
    pub systems: Vec<Choice>,
}

/// The page of what was found: one row more than a page has says that there is another.
pub fn list_page(now: Timestamp, who: &User, query: &Query, mut found: Vec<Listed>, down: i64) -> ListPage {
    let is_more = found.len() > PAGE;
    found.truncate(PAGE);
    let place = |last: &Listed| format!("{}_{}", last.began_at, last.seq);
    let older = found.last().filter(|_| is_more).map(|last| query.address(&place(last)));
    let any = |chosen: &str, rest: Vec<Choice>| -> Vec<Choice> {
        std::iter::once(Choice::of("", "Any", chosen)).chain(rest).collect()
    };
    let states = State::ALL.map(|one| Choice::of(one.as_str(), one.words(), &query.state));
    let systems = definition::systems().iter().map(|one| Choice::of(&one.key, &one.words, &query.system));
    ListPage {
        frame: Frame::of("Outages", Section::Contacts).seen_by(who.signed()),
        down,
        outages: found.into_iter().map(|one| row(now, one)).collect(),
        older,
        is_later: !query.before.is_empty(),
        is_filtered: !query.state.is_empty() || !query.system.is_empty(),
        may_record: who.may_do("contact.outage"),
        states: any(&query.state, states.to_vec()),
        systems: any(&query.system, systems.collect()),
    }
}
