//! The requests of a round as they are shown: where each stands, and which of them a page means. Pure.

use jiff::civil::Date;
use plan::register::rules::{Item, Register};
use serde::Serialize;

use super::{
    answers::seen,
    pages::Wanted,
    rows::Kept,
    rules::{Request, Seen},
};

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    /// Nothing has come.
    Unanswered,
    /// An update has come.
    Answered,
    /// It was taken back.
    Withdrawn,
    /// The recommendation was closed before anything came.
    Closed,
}

impl State {
    /// All, in the order of a page’s filter.
    pub(super) const ALL: [Self; 4] = [Self::Unanswered, Self::Answered, Self::Withdrawn, Self::Closed];

    fn of(request: &Request, seen: Option<&Seen>) -> Self {
        match seen {
            _ if request.withdrawn.is_some() => Self::Withdrawn,
            Some(seen) if seen.answered_on.is_some() => Self::Answered,
            Some(seen) if seen.is_closed => Self::Closed,
            _ => Self::Unanswered,
        }
    }

    /// The word of an address.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Unanswered => "unanswered",
            Self::Answered => "answered",
            Self::Withdrawn => "withdrawn",
            Self::Closed => "closed",
        }
    }

    /// The words of a page and a file.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Unanswered => "Unanswered",
            Self::Answered => "Answered",
            Self::Withdrawn => "Withdrawn",
            Self::Closed => "Recommendation closed",
        }
    }
}

/// A request as it is shown.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Shown {
    pub label: String,
    pub text: String,
    pub request: Request,
    pub state: State,
    pub answered_on: Option<Date>,
    /// Who owns it now, where that is somebody else than was asked.
    pub owner_now: String,
}

impl Shown {
    /// The post that owes the update: who owns it now, or else who was asked.
    pub(super) fn owes(&self) -> &str {
        if self.owner_now.is_empty() { &self.request.post } else { &self.owner_now }
    }
}

/// All requests of a round.
pub(super) fn all_requests(kept: &Kept, register: &Register) -> Vec<Shown> {
    let seen = seen(kept, register);
    let shown = |request: &Request| {
        let known = seen.get(&request.recommendation);
        let item = register.item(&request.recommendation);
        let now = known.map_or("", |seen| seen.post.as_str());
        Shown {
            label: item.map_or_else(String::new, Item::label),
            text: item.map_or_else(String::new, Item::short_text),
            state: State::of(request, known),
            answered_on: known.and_then(|seen| seen.answered_on),
            owner_now: if now == request.post { String::new() } else { now.to_owned() },
            request: request.clone(),
        }
    };
    kept.round.requests.iter().map(shown).collect()
}

/// The requests that `wanted` means, in its order.
pub(super) fn requests(kept: &Kept, register: &Register, wanted: &Wanted) -> Vec<Shown> {
    let mut found = all_requests(kept, register);
    found.retain(|shown| {
        (wanted.state.is_empty() || wanted.state == shown.state.as_str())
            && (wanted.escalated != "yes" || shown.request.escalated.is_some())
            && (wanted.owner.is_empty() || wanted.owner == shown.request.post)
    });
    match wanted.sort.as_str() {
        "owner" => found.sort_by_key(|shown| shown.request.post.to_lowercase()),
        "state" => found.sort_by_key(|shown| shown.state),
        _ => {}
    }
    found
}

/// How many requests stand where. Counted from the list itself.
#[derive(Debug, Default, Serialize)]
pub(super) struct Counts {
    pub asked: usize,
    pub unanswered: usize,
    pub answered: usize,
    pub escalated: usize,
    pub withdrawn: usize,
}

impl Counts {
    pub(super) fn of(all: &[Shown]) -> Self {
        let count = |state: State| all.iter().filter(|shown| shown.state == state).count();
        Self {
            asked: all.len(),
            unanswered: count(State::Unanswered),
            answered: count(State::Answered),
            escalated: all.iter().filter(|shown| shown.request.escalated.is_some()).count(),
            withdrawn: count(State::Withdrawn),
        }
    }
}
