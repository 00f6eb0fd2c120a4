//! The forms that add, finish, reopen and change an action.

use import::TargetDate;
use journal::{Actor, Id, Refusal, Tx, act};
use web::{Field, Site, Typed};

use super::{
    rows::ActionsOf,
    rules::{Action, Command, Known, Stage},
};
use crate::{
    pages::{Change, Stored, recall},
    register::rules::Item,
    target::pages::{kind, known_of},
};

/// The changes to the actions of a recommendation.
pub static CHANGES: [Change; 6] = [
    Change {
        word: "action",
        heading: "Add an action",
        intro: "",
        submit: "Add the action",
        permission: "plan.register",
        done: "The action is added.",
        replaces: false,
        start: |_| Typed::default(),
        fields: |_, _, typed| {
            vec![
                Field::line("number", "Number", "Leave empty to get the next", typed),
                Field::lines("text", "What is to be done", "", 4, typed),
                Field::line("owner", "Owner", "Leave empty where it is the recommendation’s owner", typed),
                Field::line("target", "Target date", "Leave empty where it is the recommendation’s", typed),
            ]
        },
    },
    Change {
        word: "action-done",
        heading: "Finish an action",
        intro: "Finishing an action does not close the recommendation: only the inspectorate does.",
        submit: "Finish the action",
        permission: "plan.update",
        done: "The action is finished.",
        replaces: true,
        start: |_| Typed::default(),
        fields: |_, item, typed| {
            vec![
                choice(item, typed, |action| action.done_on.is_none()),
                Field::lines("note", "What was done", "Say where the evidence is", 4, typed),
            ]
        },
    },
    Change {
        word: "action-reopened",
        heading: "Reopen an action",
        intro: "",
        submit: "Reopen the action",
        permission: "plan.update",
        done: "The action is open again.",
        replaces: true,
        start: |_| Typed::default(),
        fields: |_, item, typed| {
            vec![
                choice(item, typed, |action| action.done_on.is_some()),
                Field::lines("reason", "Reason", "", 4, typed),
            ]
        },
    },
    Change {
        word: "action-stage",
        heading: "Say how far an action is",
        intro: "The stages are those of the design and evaluation framework.",
        submit: "Save the stage",
        permission: "plan.update",
        done: "The stage is saved.",
        replaces: false,
        start: |_| Typed::default(),
        fields: |_, item, typed| {
            let stages = std::iter::once((String::new(), "Choose a stage".to_owned()))
                .chain(Stage::ALL.map(|stage| (stage.as_str().to_owned(), stage.words().to_owned())));
            vec![
                choice(item, typed, |action| action.done_on.is_none()),
                Field::one("stage", "Stage", "", stages, typed),
            ]
        },
    },
    Change {
        word: "action-words",
        heading: "Change an action",
        intro: "",
        submit: "Change the action",
        permission: "plan.register",
        done: "The action is changed.",
        replaces: true,
        start: |_| Typed::default(),
        fields: |_, item, typed| {
            let chosen = item.actions.iter().find(|action| action.number == typed.get("number"));
            let filled = match chosen {
                Some(action) if typed.get("text").is_empty() => {
                    typed.clone().with("text", &*action.text).with("owner", &*action.owner)
                }
                _ => typed.clone(),
            };
            vec![
                choice(item, &filled, |_| true),
                Field::lines("text", "What is to be done", "", 4, &filled),
                Field::line("owner", "Owner", "", &filled),
                Field::lines("reason", "Reason", "", 3, &filled),
            ]
        },
    },
    Change {
        word: "action-target",
        heading: "Move an action’s target",
        intro: "Where it was stays on the page and on the timeline. The recommendation’s own target stays as it is.",
        submit: "Move the action’s target",
        permission: "plan.target",
        done: "The action’s target is moved.",
        replaces: true,
        start: |_| Typed::default(),
        fields: |_, item, typed| {
            vec![
                choice(item, typed, |action| action.done_on.is_none()),
                Field::line("to", "New target", "A month (November 2026) or a day (30 November 2026)", typed),
                Field::lines("reason", "Reason", "What has to happen first", 4, typed),
                kind(typed),
            ]
        },
    },
];

fn choice(item: &Item, typed: &Typed, which: impl Fn(&Action) -> bool) -> Field {
    let choices = item.actions.iter().filter(|action| which(action)).map(|action| {
        let short: String = action.text.chars().take(90).collect();
        let target = action.target.map_or_else(String::new, |target| format!(" ({target})"));
        (action.number.clone(), format!("{} {short}{target}", action.number))
    });
    let choices: Vec<_> =
        std::iter::once((String::new(), "Choose an action".to_owned())).chain(choices).collect();
    Field::one("number", "Action", "", choices, typed)
}

/// Stores one of [`CHANGES`].
pub async fn store(tx: &mut Tx, site: &Site, who: &Actor, id: &Id, word: &str, typed: &Typed) -> Stored {
    let text = |name: &str| typed.get(name).trim().to_owned();
    let number = text("number");
    let command = match word {
        "action" => {
            let target = match read_target(&text("target")) {
                Ok(target) => target,
                Err(refusal) => return Ok(Err(refusal)),
            };
            Command::Add { number, text: text("text"), owner: text("owner"), target }
        }
        _ if number.is_empty() => return Ok(Err(Refusal::of("number", "Choose which action is meant."))),
        "action-done" => Command::Finish { number, note: text("note") },
        "action-stage" => Command::Stage { number, stage: text("stage") },
        "action-target" => Command::MoveTarget {
            number,
            to: text("to"),
            reason: text("reason"),
            delay_reason: text("delay_reason"),
        },
        "action-reopened" => Command::Reopen { number, reason: text("reason") },
        _ => Command::Change { number, text: text("text"), owner: text("owner"), reason: text("reason") },
    };
    let recommendation = recall(tx, id).await?;
    let of_target = known_of(tx, recommendation).await?;
    let known =
        Known { published_on: of_target.published_on, ..Known::on(site.today(), of_target.recommendation) };
    act::<ActionsOf>(tx, who, site.now(), id, &known, command).await
}

fn read_target(words: &str) -> Result<Option<TargetDate>, Refusal> {
    if words.is_empty() {
        return Ok(None);
    }
    TargetDate::read(words).map(Some).ok_or_else(|| {
        let sentence = format!(
            "“{words}” is not a target date. Give a month (November 2026) or a day (30 November 2026)."
        );
        Refusal::of("target", sentence)
    })
}
