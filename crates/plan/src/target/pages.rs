//! The form that sets or moves a target date.

use journal::{Actor, DatabaseError, Id, OPEN_END, Tx, act};
use web::{Field, Site, Typed};

use super::{
    rows::Targets,
    rules::{Command, Known},
};
use crate::{
    codes, inspection,
    pages::{Change, Stored, recall},
    recommendation::{rules::Recommendation, views::nth},
};

/// The changes to a target date.
pub static CHANGES: [Change; 3] = [
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
                kind(typed),
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
    Change {
        word: "target-kind",
        heading: "Give a move its kind of reason",
        intro: "Published plans seldom say why a target was moved. The move itself stays as it is.",
        submit: "Save the kind of reason",
        permission: "plan.target",
        done: "The move has its kind of reason.",
        replaces: true,
        start: |_| Typed::default(),
        fields: |_, item, typed| {
            let moves = item.moves_without_kind().map(|(number, from, to)| {
                (number.to_string(), format!("{} move: {from} to {to}", nth(number)))
            });
            let moves: Vec<_> =
                std::iter::once((String::new(), "Choose a move".to_owned())).chain(moves).collect();
            vec![Field::one("number", "Move", "", moves, typed), kind(typed)]
        },
    },
];

/// The field for the kind of reason of a move.
pub fn kind(typed: &Typed) -> Field {
    let kinds = std::iter::once((String::new(), "Choose a kind".to_owned()))
        .chain(codes::delay_reasons().iter().map(|one| (one.key.clone(), one.words.clone())));
    Field::one("delay_reason", "Kind of reason", "The committee is told how many of each", kinds, typed)
}

/// Stores one of [`CHANGES`].
pub async fn store(tx: &mut Tx, site: &Site, who: &Actor, id: &Id, word: &str, typed: &Typed) -> Stored {
    let recommendation = recall(tx, id).await?;
    let known = known_of(tx, recommendation).await?;
    let text = |name: &str| typed.get(name).to_owned();
    let command = match word {
        "target" => Command::Move {
            to: text("to"),
            reason: text("reason"),
            approved_by: text("approved_by"),
            delay_reason: text("delay_reason"),
        },
        "target-kind" => Command::Categorise {
            number: typed.get("number").trim().parse().unwrap_or(0),
            delay_reason: text("delay_reason"),
        },
        _ => Command::Set { target: text("target") },
    };
    act::<Targets>(tx, who, site.now(), id, &known, command).await
}

/// What the rule has to know besides the recommendation: when its inspection was published.
pub async fn known_of(tx: &mut Tx, recommendation: Option<Recommendation>) -> Result<Known, DatabaseError> {
    let published_on = match &recommendation {
        Some(one) => inspection::rows::one(tx, &one.inspection, OPEN_END - 1).await?,
        None => None,
    };
    Ok(Known { recommendation, published_on: published_on.map(|one| one.published_on) })
}
