//! What the room's forms share: refusals beside fields, and choices.

use journal::Refusal;
use serde::{Deserialize, Serialize};
use web::{Choice, Frame, Section};

use crate::Role;

/// A form with nothing in it but its token.
#[derive(Debug, Deserialize)]
pub(crate) struct Nothing {}

/// The refusals of a form that is shown again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct Errors {
    pub(crate) all: Vec<Refusal>,
}

impl Errors {
    /// What is wrong with `field`, if something is.
    pub(crate) fn of(&self, field: &str) -> Option<&str> {
        self.all.iter().find(|refusal| refusal.field == field).map(|refusal| refusal.sentence.as_ref())
    }
}

impl From<Option<&Refusal>> for Errors {
    fn from(refusal: Option<&Refusal>) -> Self {
        Self { all: refusal.cloned().into_iter().collect() }
    }
}

/// The roles to choose from.
pub(crate) fn roles(chosen: &str) -> Vec<Choice> {
    let each =
        |role: Role| Choice { hint: role.line().to_owned(), ..Choice::of(role.key(), role.name(), chosen) };
    Role::all().map(each).collect()
}

/// The roles to choose from, after `none` in words.
pub(crate) fn roles_or(none: &str, chosen: &str) -> Vec<Choice> {
    std::iter::once(Choice::of("", none, chosen)).chain(roles(chosen)).collect()
}

/// A page's frame, told in its title when something was refused.
pub(crate) fn frame(title: &str, refusal: Option<&Refusal>) -> Frame {
    let title = if refusal.is_some() { format!("Problem: {title}") } else { title.to_owned() };
    Frame::of(title, Section::Accounts)
}

/// The role that was chosen; `field` is where.
pub(crate) fn role(field: &'static str, key: &str) -> Result<Role, Refusal> {
    Role::of(key).ok_or_else(|| Refusal::of(field, "Choose a role from the list."))
}
