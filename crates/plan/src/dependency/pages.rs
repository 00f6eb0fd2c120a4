//! The forms that make a recommendation wait for something, and end the wait.

use journal::{Actor, DatabaseError, Id, OPEN_END, Refusal, Tx, act};
use web::{Field, Site, Typed};

use super::{
    rows::{DependenciesOf, all, bodies, edges, read_awaited},
    rules::{Awaited, Command, Known, Outside},
};
use crate::{
    inspection::rules::read_day,
    pages::{Change, Stored, recall},
    recommendation::{rules::Recommendation, status::Status},
};

/// The changes to what a recommendation waits for.
pub static CHANGES: [Change; 2] = [
    Change {
        word: "dependency",
        heading: "Add a dependency",
        intro: "Say what has to come first: a recommendation, one action of it, a programme, or a body outside the force. A loop is refused.",
        submit: "Add the dependency",
        permission: "plan.register",
        done: "The dependency is added.",
        replaces: false,
        start: |_| Typed::default(),
        fields: |register, item, typed| {
            let others = register.items.iter().filter(|other| other.id != item.id && other.is_open());
            let others = others
                .map(|other| (other.id.to_string(), format!("{} {}", other.label(), other.short_text())));
            let choices: Vec<_> =
                std::iter::once((String::new(), "No recommendation".to_owned())).chain(others).collect();
            let today = register.position.today;
            let running = register.programmes.iter().filter(|(_, one)| one.ended.is_none());
            let programmes = std::iter::once((String::new(), "No programme".to_owned()))
                .chain(running.map(|(id, one)| (id.to_string(), one.called_on(today).to_owned())));
            vec![
                Field::one("on", "Waits for a recommendation", "", choices, typed),
                Field::line(
                    "action",
                    "Only for its action",
                    "The number, as 3.4; empty means all of it",
                    typed,
                ),
                Field::one("programme", "Or for a programme", "", programmes, typed),
                Field::line("body", "Or for a body outside the force", "As Scottish Government", typed),
                Field::line("since", "Since", "A day, as 31 August 2025; leave empty if nobody knows", typed),
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
            let choices = item.waits_for.iter().map(|one| {
                let (kind, key) = super::rows::as_row(&one.on);
                (format!("{kind} {key}"), format!("{} ({})", register.awaited_words(&one.on), one.reason))
            });
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
    let command = match if word == "dependency" { add(typed) } else { remove(typed) } {
        Ok(command) => command,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let (Command::Add { on, .. } | Command::Remove { on, .. }) = &command;
    let known = known(tx, site.today(), id, on).await?;
    act::<DependenciesOf>(tx, who, site.now(), id, &known, command).await
}

/// What the rule has to know when `id` is to wait for `on`.
pub async fn known(
    tx: &mut Tx,
    today: jiff::civil::Date,
    id: &Id,
    on: &Awaited,
) -> Result<Known, DatabaseError> {
    let recommendation = recall(tx, id).await?;
    let (other, has_come) =
        awaited(tx, today, on).await?.map_or((None, None), |(name, how)| (Some(name), how));
    let all = all(tx, OPEN_END - 1).await?;
    let (edges, bodies) = (edges(&all), bodies(tx).await?);
    Ok(Known { id: id.clone(), recommendation, today, other, has_come, bodies, edges })
}

/// What is to be waited for, as a sentence names it, and how it came about if it has.
async fn awaited(
    tx: &mut Tx,
    today: jiff::civil::Date,
    on: &Awaited,
) -> Result<Option<(String, Option<&'static str>)>, DatabaseError> {
    let closed = |one: &Recommendation| match one.status {
        Status::Discharged => Some("discharged"),
        Status::Superseded => Some("superseded"),
        _ => None,
    };
    Ok(match on {
        Awaited::Recommendation(on) => recall(tx, on).await?.map(|one| {
            let how = closed(&one);
            (one.reference, how)
        }),
        Awaited::Other(Outside::Action { recommendation, number }) => {
            let of = recall(tx, recommendation).await?.and_then(|one| closed(&one));
            let actions = journal::recall(tx, recommendation, crate::action::rules::apply).await?.state;
            actions.as_ref().and_then(|all| all.find(number).ok()).map(|action| {
                let how = action.done_on.map(|_| "finished").or(of);
                (format!("action {number}"), how)
            })
        }
        Awaited::Other(Outside::Programme(on)) => {
            let programme = journal::recall(tx, on, crate::programme::rules::apply).await?.state;
            programme.map(|one| (one.called_on(today).to_owned(), one.ended.as_ref().map(|_| "ended")))
        }
        Awaited::Other(Outside::Body(name)) => Some((name.clone(), None)),
    })
}

fn add(typed: &Typed) -> Result<Command, Refusal> {
    let text = |name: &str| typed.get(name).trim();
    let (on, number, programme, body) = (text("on"), text("action"), text("programme"), text("body"));
    let on = match (on, programme, body) {
        ("", "", "") => {
            let sentence = "Say what it waits for: choose a recommendation or a programme, or name a body outside the force.";
            return Err(Refusal::of("on", sentence));
        }
        (on, "", "") if number.is_empty() => read_awaited("recommendation", on),
        (on, "", "") => read_awaited("action", &format!("{on} {number}")),
        ("", programme, "") => read_awaited("programme", programme),
        ("", "", body) => read_awaited("body", body),
        _ => {
            let sentence = "Name one thing at a time: the recommendation, the programme or the body.";
            return Err(Refusal::of("on", sentence));
        }
    };
    let on = on.ok_or_else(|| Refusal::of("on", "Choose what it waits for from the list."))?;
    let since = match text("since") {
        "" => None,
        words => Some(read_day("since", "The day", words)?),
    };
    Ok(Command::Add { on, reason: text("reason").to_owned(), since })
}

fn remove(typed: &Typed) -> Result<Command, Refusal> {
    let chosen = typed.get("on").split_once(' ').and_then(|(kind, key)| read_awaited(kind, key));
    let on = chosen.ok_or_else(|| Refusal::of("on", "Choose which dependency is at an end."))?;
    Ok(Command::Remove { on, reason: typed.get("reason").to_owned() })
}
