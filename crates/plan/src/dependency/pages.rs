//! The forms that make a recommendation wait for another, and end the wait.

use journal::{Actor, Id, Refusal, Tx, act};
use web::{Field, Site, Typed};

use super::{
    rows::{DependenciesOf, all},
    rules::{Command, Known},
};
use crate::{
    pages::{Change, Stored, recall},
    register::rules::Item,
};

/// The changes to what a recommendation waits for.
pub static CHANGES: [Change; 2] = [
    Change {
        word: "dependency",
        heading: "Add a dependency",
        intro: "Say which recommendation has to come first. A loop is refused.",
        submit: "Add the dependency",
        permission: "plan.register",
        done: "The dependency is added.",
        replaces: false,
        start: |_| Typed::default(),
        fields: |register, item, typed| {
            let others = register.items.iter().filter(|other| other.id != item.id && other.is_open());
            let others = others
                .map(|other| (other.id.to_string(), format!("{} {}", other.label(), other.short_text())));
            let choices: Vec<_> = std::iter::once((String::new(), "Choose a recommendation".to_owned()))
                .chain(others)
                .collect();
            vec![
                Field::one("on", "Waits for", "", choices, typed),
                Field::lines("reason", "Reason", "What has to come from there", 3, typed),
            ]
        },
    },
    Change {
        word: "dependency-ended",
        heading: "End a dependency",
        intro: "",
        submit: "End the dependency",
        permission: "plan.register",
        done: "The dependency is ended.",
        replaces: true,
        start: |_| Typed::default(),
        fields: |register, item, typed| {
            let label = |id: &Id| register.item(id).map_or_else(String::new, Item::label);
            let choices = item
                .waits_for
                .iter()
                .map(|(on, reason)| (on.to_string(), format!("{} ({reason})", label(on))));
            let choices: Vec<_> =
                std::iter::once((String::new(), "Choose a dependency".to_owned())).chain(choices).collect();
            vec![
                Field::one("on", "Waits for", "", choices, typed),
                Field::lines("reason", "Reason", "", 3, typed),
            ]
        },
    },
];

/// Stores one of [`CHANGES`].
pub async fn store(tx: &mut Tx, site: &Site, who: &Actor, id: &Id, word: &str, typed: &Typed) -> Stored {
    let Some(on) = Id::read(typed.get("on")) else {
        return Ok(Err(Refusal::of("on", "Choose the recommendation it waits for.")));
    };
    let reason = typed.get("reason").to_owned();
    let known = Known {
        id: id.clone(),
        recommendation: recall(tx, id).await?,
        other: recall(tx, &on).await?,
        edges: all(tx, journal::OPEN_END - 1).await?.into_iter().map(|(from, to, _)| (from, to)).collect(),
    };
    let command =
        if word == "dependency" { Command::Add { on, reason } } else { Command::Remove { on, reason } };
    act::<DependenciesOf>(tx, who, site.now(), id, &known, command).await
}
