//! The form that sets or moves a target date.

use journal::{Actor, Id, Tx, act};
use web::{Field, Site, Typed};

use super::{rows::Targets, rules::Command};
use crate::{
    codes,
    pages::{Change, Stored, recall},
};

/// The changes to a target date.
pub static CHANGES: [Change; 2] = [
    Change {
        word: "target",
        heading: "Move the target date",
        intro: "The first target is kept for ever, and delay is counted from it. The move, its reason and who approved it go on the timeline and into the committee’s paper.",
        submit: "Move the target date",
        permission: "plan.target",
        done: "The target date is moved.",
        replaces: true,
        start: |_| Typed::default(),
        fields: |_, item, typed| {
            let now = item.current_target().map_or_else(|| "not set".to_owned(), |target| target.to_string());
            let kinds = std::iter::once((String::new(), "Choose a kind".to_owned()))
                .chain(codes::delay_reasons().iter().map(|one| (one.key.clone(), one.words.clone())));
            vec![
                Field::line(
                    "to",
                    "New target",
                    &format!("A month (November 2026) or a day (30 November 2026). Now: {now}"),
                    typed,
                ),
                Field::lines(
                    "reason",
                    "Reason",
                    "What has to happen first, and why it was not foreseen",
                    4,
                    typed,
                ),
                Field::one(
                    "delay_reason",
                    "Kind of reason",
                    "The committee is told how many of each",
                    kinds,
                    typed,
                ),
                Field::line("approved_by", "Approved by", "The post that approved the move", typed),
            ]
        },
    },
    Change {
        word: "first-target",
        heading: "Set the first target date",
        intro: "The first target is kept for ever; later moves are shown against it.",
        submit: "Set the first target",
        permission: "plan.target",
        done: "The first target date is set.",
        replaces: true,
        start: |_| Typed::default(),
        fields: |_, _, typed| {
            vec![Field::line(
                "target",
                "First target",
                "A month (November 2026) or a day (30 November 2026)",
                typed,
            )]
        },
    },
];

/// Stores one of [`CHANGES`].
pub async fn store(tx: &mut Tx, site: &Site, who: &Actor, id: &Id, word: &str, typed: &Typed) -> Stored {
    let known = recall(tx, id).await?;
    let command = if word == "target" {
        Command::Move {
            to: typed.get("to").to_owned(),
            reason: typed.get("reason").to_owned(),
            approved_by: typed.get("approved_by").to_owned(),
            delay_reason: typed.get("delay_reason").to_owned(),
        }
    } else {
        Command::Set { target: typed.get("target").to_owned() }
    };
    act::<Targets>(tx, who, site.now(), id, &known, command).await
}
