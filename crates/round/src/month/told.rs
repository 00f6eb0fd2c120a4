//! What posts are told by a round. Pure.

use jiff::civil::Date;
use journal::Id;
use serde::Serialize;

use super::rules::{Fact, Round};

/// Something that a post is told by a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// About which recommendation.
    pub recommendation: Id,
    /// Who is told.
    pub post: String,
    /// What they are told.
    pub kind: ToldKind,
    /// The day by which the update is or was due.
    pub due_on: Date,
    /// In which round.
    pub round: Id,
}

/// What a post is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ToldKind {
    /// An update is asked for.
    Asked,
    /// It has not come yet.
    Reminded,
    /// It has not come, and somebody else is silent.
    Escalated,
}

impl ToldKind {
    /// All, in the order of a request’s life.
    pub const ALL: [Self; 3] = [Self::Asked, Self::Reminded, Self::Escalated];

    /// The word of a row.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Reminded => "reminded",
            Self::Escalated => "escalated",
        }
    }

    /// The kind that a row names.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Who is told what by `fact`, after which the round `id` is `round`.
pub fn told(id: &Id, round: &Round, fact: &Fact) -> Vec<Told> {
    let one = |recommendation: &Id, post: &str, kind: ToldKind| Told {
        recommendation: recommendation.clone(),
        post: post.to_owned(),
        kind,
        due_on: round.due_on,
        round: id.clone(),
    };
    match fact {
        Fact::Opened { asks, .. } => {
            asks.iter().map(|ask| one(&ask.recommendation, &ask.post, ToldKind::Asked)).collect()
        }
        Fact::Reminded { recommendation, post, .. } => vec![one(recommendation, post, ToldKind::Reminded)],
        Fact::Escalated { recommendation, to_post, .. } => {
            vec![one(recommendation, to_post, ToldKind::Escalated)]
        }
        Fact::Withdrawn { .. } | Fact::Closed { .. } => Vec::new(),
    }
}
