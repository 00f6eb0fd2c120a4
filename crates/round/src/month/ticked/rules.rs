//! What asking about each of some recommendations would do. Pure.

use std::collections::BTreeSet;

use journal::Id;
use plan::register::rules::{Item, Register};
use serde::Serialize;

/// What asking about one recommendation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Its owner is asked, and told.
    Asked,
    /// It is asked for, but nobody holds the owner’s post, so nobody is told.
    Unheld,
    /// Nobody owns it, so nobody can be asked.
    Ownerless,
    /// It is closed, so there is nothing to ask.
    Closed,
}

impl Outcome {
    fn of(item: &Item, is_held: &impl Fn(&str) -> bool) -> Self {
        match item.recommendation.owner_post.as_str() {
            _ if !item.is_open() => Self::Closed,
            "" => Self::Ownerless,
            post if is_held(post) => Self::Asked,
            _ => Self::Unheld,
        }
    }

    /// Whether an update is asked for.
    pub fn is_asked(self) -> bool {
        matches!(self, Self::Asked | Self::Unheld)
    }
}

/// One line of the preview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The recommendation.
    pub id: Id,
    /// Its reference with its inspection’s short name.
    pub label: String,
    /// What it is about.
    pub text: String,
    /// The post that owns it; empty where none does.
    pub post: String,
    /// What asking does.
    pub outcome: Outcome,
}

/// What asking about each of `chosen` would do, in the register’s order; `is_held` says whether somebody holds a
/// post who can be told.
pub fn preview(register: &Register, chosen: &BTreeSet<Id>, is_held: impl Fn(&str) -> bool) -> Vec<Line> {
    let items = register.items.iter().filter(|item| chosen.contains(&item.id));
    items
        .map(|item| Line {
            id: item.id.clone(),
            label: item.label(),
            text: item.short_text(),
            post: item.recommendation.owner_post.clone(),
            outcome: Outcome::of(item, &is_held),
        })
        .collect()
}
