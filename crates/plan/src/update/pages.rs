//! The forms that add an update.

use journal::{Actor, DatabaseError, Id, Refusal, Tx, act};
use web::{Field, Site, Typed};

use super::{
    rows::UpdatesOf,
    rules::{Command, Known, Other, apply},
};
use crate::pages::{Change, Stored, recall};

/// The changes: an update is only ever added.
pub static CHANGES: [Change; 2] = [ADD, INHERIT];

const INHERIT: Change = Change {
    word: "update-as-above",
    heading: "Give the update of another recommendation",
    intro: "Where one piece of work answers several recommendations, its update is written once. This one then says so, and shows the other’s words.",
    submit: "Give that update",
    permission: "plan.update",
    done: "The update is added.",
    replaces: false,
    start: |_| Typed::default(),
    fields: |register, item, typed| {
        let others = register.items.iter().filter(|other| {
            other.id != item.id && other.updates.last().is_some_and(|said| said.inherited_from.is_none())
        });
        let others =
            others.map(|other| (other.id.to_string(), format!("{} {}", other.label(), other.short_text())));
        let choices: Vec<_> =
            std::iter::once((String::new(), "Choose a recommendation".to_owned())).chain(others).collect();
        vec![
            Field::one("from", "As for", "", choices, typed),
            Field::lines("note", "What is different here", "Leave empty where nothing is", 4, typed),
        ]
    },
};

const ADD: Change = Change {
    word: "update",
    heading: "Add an update",
    intro: "Say what has happened since the last update, what comes next and by when.",
    submit: "Add the update",
    permission: "plan.update",
    done: "The update is added.",
    replaces: false,
    start: |_| Typed::default(),
    fields: |_, item, typed| {
        let last = item.updates.last().map_or_else(
            || "There is none yet.".to_owned(),
            |said| {
                format!(
                    "The last one is of {}.",
                    crate::words::day(crate::register::rules::scottish_day(said.at))
                )
            },
        );
        vec![Field::lines("text", "Update", &format!("{last} At most 10,000 characters"), 10, typed)]
    },
};

/// Stores one of [`CHANGES`].
pub async fn store(tx: &mut Tx, site: &Site, who: &Actor, id: &Id, word: &str, typed: &Typed) -> Stored {
    let mut known = Known { recommendation: recall(tx, id).await?, other: None };
    let command = if word == "update" {
        Command::Add { text: typed.get("text").to_owned() }
    } else {
        let Some(from) = Id::read(typed.get("from")).filter(|from| from != id) else {
            let sentence = "Choose the other recommendation whose update holds for this one.";
            return Ok(Err(Refusal::of("from", sentence)));
        };
        known.other = other(tx, &from).await?;
        Command::Inherit { from, note: typed.get("note").to_owned() }
    };
    act::<UpdatesOf>(tx, who, site.now(), id, &known, command).await
}

/// The recommendation whose update is to stand for another's.
pub async fn other(tx: &mut Tx, from: &Id) -> Result<Option<Other>, DatabaseError> {
    let updates = journal::recall(tx, from, apply).await?.state;
    let last = updates.and_then(|all| all.last().cloned());
    Ok(recall(tx, from).await?.map(|recommendation| Other { recommendation, last }))
}
