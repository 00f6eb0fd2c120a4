//! What a change to many recommendations would do to each. Pure.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use journal::{Id, Refusal};
use serde::Serialize;

use crate::{
    classification::rules::{self as classification, Classification},
    codes,
    recommendation::rules::{Command, Known, Recommendation, apply, decide},
    register::rules::{Item, Register},
    words::{LINE, PARAGRAPH, optional, required, thousands},
};

/// How many recommendations one change takes: as many as anybody can look through in a preview.
pub const MOST: usize = 500;

/// What is to be changed in each. Another change is another arm here and in the functions of this enum, its
/// word in [`Change::WORDS`], and a form of that word among the changes to one recommendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Another owner.
    Owner {
        /// The post.
        post: String,
        /// Its team.
        team: String,
        /// Why.
        reason: String,
    },
    /// Other themes.
    Themes {
        /// Their keys.
        themes: Vec<String>,
    },
}

impl Change {
    /// The words of all changes, as the form of one recommendation has them.
    pub const WORDS: [&str; 2] = ["owner", "themes"];

    /// The change that a form asks for; the refusal is of a field that is wrong for all of them.
    pub fn read(word: &str, typed: impl Fn(&str) -> String) -> Result<Self, Refusal> {
        match word {
            "owner" => Ok(Self::Owner {
                post: required("owner_post", "The owner’s post", &typed("owner_post"), LINE)?,
                team: optional("owner_team", "The owner’s team", &typed("owner_team"), LINE)?,
                reason: required("reason", "The reason", &typed("reason"), PARAGRAPH)?,
            }),
            "themes" => match typed("themes").lines().map(str::to_owned).collect::<Vec<_>>() {
                none if none.is_empty() => Err(Refusal::of("themes", "Choose at least one theme.")),
                themes => Ok(Self::Themes { themes }),
            },
            _ => Err(Refusal::of("change", "Choose what to change in the recommendations, as “owner”.")),
        }
    }

    /// Its word.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Owner { .. } => "owner",
            Self::Themes { .. } => "themes",
        }
    }

    /// What it does to `item`: from and to, or why not.
    fn told(&self, item: &Item, today: Date) -> (String, Result<String, Refusal>) {
        match self {
            Self::Owner { .. } => {
                let was = &item.recommendation;
                let fact = decide(&known(today), Some(was), self.of_recommendation());
                (owner(was), fact.map(|fact| owner(&apply(Some(was.clone()), &fact))))
            }
            Self::Themes { .. } => {
                let was = &item.classification;
                let fact = classification::decide(&sorting(item), Some(was), self.of_classification());
                let words = fact.map(|fact| themes(&classification::apply(Some(was.clone()), &fact)));
                (themes(was), words)
            }
        }
    }

    /// The command about the recommendation itself; only an owner's change has one.
    fn of_recommendation(&self) -> Command {
        let Self::Owner { post, team, reason } = self.clone() else {
            unreachable!("only a change of owner is about the recommendation itself")
        };
        Command::Reassign { post, team, reason }
    }

    /// The command about how it is sorted; only a change of themes has one.
    fn of_classification(&self) -> classification::Command {
        let Self::Themes { themes } = self.clone() else {
            unreachable!("only a change of themes is about how it is sorted")
        };
        classification::Command::Theme { themes }
    }

    /// The command that the form of one recommendation gives, of the noun that takes it.
    pub fn command(&self) -> Given {
        match self {
            Self::Owner { .. } => Given::Recommendation(self.of_recommendation()),
            Self::Themes { .. } => Given::Classification(self.of_classification()),
        }
    }

    /// Whether it is so already.
    fn is_so(&self, item: &Item) -> bool {
        match self {
            Self::Owner { post, team, .. } => {
                *post == item.recommendation.owner_post && *team == item.recommendation.owner_team
            }
            Self::Themes { themes } => {
                let own = &item.classification.themes;
                own.len() == themes.len() && own.iter().all(|one| themes.contains(one))
            }
        }
    }
}

/// A command and the noun that takes it.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    /// About the recommendation itself.
    Recommendation(Command),
    /// About how it is sorted.
    Classification(classification::Command),
}

fn owner(recommendation: &Recommendation) -> String {
    let parts = [recommendation.owner_post.as_str(), &recommendation.owner_team];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "Nobody yet".to_owned() } else { parts.join(", ") }
}

fn themes(sorted: &Classification) -> String {
    let words: Vec<&str> = sorted.themes.iter().map(|key| codes::theme_words(key)).collect();
    if words.is_empty() { "None chosen".to_owned() } else { words.join("; ") }
}

/// What the rule of sorting has to know. Addressees are not changed for many at once, so no body is read.
pub fn sorting(item: &Item) -> classification::Known {
    classification::Known { recommendation: Some(item.recommendation.clone()), bodies: Vec::new() }
}

/// What the change does to one recommendation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It changes.
    Changes {
        /// From.
        was: String,
        /// To.
        will_be: String,
    },
    /// It is so already.
    Unchanged {
        /// As it is.
        is: String,
    },
    /// It may not be changed.
    Refused {
        /// As it is.
        is: String,
        /// Why, and what to do.
        why: String,
    },
}

/// One line of the preview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The recommendation.
    pub id: Id,
    /// Its reference with its inspection's short name.
    pub label: String,
    /// What it is about.
    pub text: String,
    /// What the change does to it.
    pub outcome: Outcome,
}

/// What `change` would do to each of `chosen`.
pub fn preview(register: &Register, chosen: &BTreeSet<Id>, change: &Change) -> Vec<Line> {
    let today = register.position.today;
    let items = register.items.iter().filter(|item| chosen.contains(&item.id));
    items
        .map(|item| Line {
            id: item.id.clone(),
            label: item.label(),
            text: item.short_text(),
            outcome: outcome(change, item, today),
        })
        .collect()
}

fn outcome(change: &Change, item: &Item, today: Date) -> Outcome {
    match change.told(item, today) {
        (was, Ok(will_be)) => Outcome::Changes { was, will_be },
        (is, Err(_)) if item.is_open() && change.is_so(item) => Outcome::Unchanged { is },
        (is, Err(refusal)) => Outcome::Refused { is, why: refusal.sentence.into_owned() },
    }
}

/// What the rule of one recommendation has to know: the day. Neither references nor successors are changed for
/// many at once, so none is read.
pub fn known(today: Date) -> Known {
    Known { today, taken: BTreeMap::new(), successor: None }
}

/// The chosen recommendations, or why they cannot be taken: none, too many, one that is none.
pub fn read_chosen(register: &Register, ids: &[String]) -> Result<BTreeSet<Id>, Refusal> {
    let chosen: Option<BTreeSet<Id>> = ids.iter().map(|id| Id::read(id)).collect();
    let known: BTreeSet<&Id> = register.items.iter().map(|item| &item.id).collect();
    let chosen = chosen.filter(|chosen| chosen.iter().all(|id| known.contains(id))).ok_or_else(|| {
        Refusal::of("id", "One of them is not in the register. Choose them again from the list.")
    })?;
    match chosen.len() {
        0 => Err(Refusal::of("id", "No recommendation is chosen. Tick at least one in the list.")),
        1..=MOST => Ok(chosen),
        many => {
            let sentence = format!(
                "{} recommendations are chosen; at most {} can be changed at once. Filter the list further.",
                thousands(many),
                thousands(MOST)
            );
            Err(Refusal::of("id", sentence))
        }
    }
}
