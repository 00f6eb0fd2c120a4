//! The form that adds an update.

use journal::{Actor, Id, Tx, act};
use web::{Field, Site, Typed};

use super::{rows::UpdatesOf, rules::Command};
use crate::pages::{Change, Stored, recall};

/// The one change: an update is only ever added.
pub static CHANGES: [Change; 1] = [Change {
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
}];

/// Stores it.
pub async fn store(tx: &mut Tx, site: &Site, who: &Actor, id: &Id, typed: &Typed) -> Stored {
    let known = recall(tx, id).await?;
    let command = Command::Add { text: typed.get("text").to_owned() };
    act::<UpdatesOf>(tx, who, site.now(), id, &known, command).await
}
