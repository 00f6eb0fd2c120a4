//! The forms about inspections under way: what each asks, and what stands in it at first.

use journal::Id;
use web::{Field, Typed};

use super::rules::{Stage, Underway};
use crate::{
    beside::pages::{Change, NEW},
    inspection::rules::{Inspection, Kind},
    words::day,
};

/// The changes to an inspection under way.
pub(super) static CHANGES: [Change; 5] = [
    Change {
        word: NEW,
        heading: "Announce an inspection",
        intro: "An inspection that the inspectorate has announced and not yet published.",
        submit: "Announce the inspection",
        permission: "plan.register",
        done: "The inspection is in the list of those under way.",
        replaces: false,
    },
    Change {
        word: "stage",
        heading: "Say how far it is",
        intro: "",
        submit: "Say how far it is",
        permission: "plan.register",
        done: "The inspection has come further.",
        replaces: true,
    },
    Change {
        word: "publication",
        heading: "Say that it is published",
        intro: "Register the published inspection first; then choose it here. The day of publication is the one registered with it.",
        submit: "Say that it is published",
        permission: "plan.register",
        done: "The inspection is published.",
        replaces: true,
    },
    Change {
        word: "abandonment",
        heading: "Say that it is abandoned",
        intro: "It leaves the list of those under way, and stays findable with its reason.",
        submit: "Say that it is abandoned",
        permission: "plan.register",
        done: "The inspection is abandoned.",
        replaces: true,
    },
    Change {
        word: "correction",
        heading: "Correct it",
        intro: "What was said before stays in the history.",
        submit: "Correct it",
        permission: "plan.register",
        done: "It is corrected.",
        replaces: true,
    },
];

/// The fields of a new one.
pub(super) fn details(typed: &Typed) -> Vec<Field> {
    let kinds = std::iter::once((String::new(), "Choose a kind".to_owned()))
        .chain(Kind::ALL.map(|kind| (kind.as_str().to_owned(), kind.words().to_owned())));
    vec![
        Field::line("title", "Title", "As announced", typed),
        Field::one("kind", "Kind", "", kinds, typed),
        Field::line("inspectorate", "Inspectorate", "Who leads it", typed),
        Field::lines("partners", "Joint with", "One body a line; needed for a joint inspection", 2, typed),
        Field::line("announced_on", "Announced on", "A day, as 1 May 2026", typed),
    ]
}

/// The fields of the change called `word`.
pub(super) fn fields(
    underway: &Underway,
    inspections: &[(Id, Inspection)],
    today: String,
    word: &str,
    typed: &Typed,
) -> Vec<Field> {
    let mut with_day = Typed::default().with("on", today);
    with_day.0.extend(typed.0.clone());
    let reason = |hint: &str| Field::lines("reason", "Reason", hint, 3, typed);
    match word {
        "stage" => {
            let later =
                [Stage::Fieldwork, Stage::Drafting].into_iter().filter(|stage| *stage > underway.stage);
            vec![
                Field::one("stage", "Stage", &now(underway), stages("Choose a stage", later), typed),
                Field::line("on", "Since", "A day, as 1 June 2026", &with_day),
            ]
        }
        "publication" => {
            let choices = inspections
                .iter()
                .map(|(id, one)| (id.to_string(), format!("{}, {}", one.title, day(one.published_on))));
            let choices =
                std::iter::once((String::new(), "Choose the published inspection".to_owned())).chain(choices);
            vec![Field::one("inspection", "Published inspection", "The latest first", choices, typed)]
        }
        "abandonment" => vec![
            reason("What the inspectorate said"),
            Field::line("on", "Abandoned on", "A day, as 1 June 2026", &with_day),
        ],
        _ => {
            let mut filled = whole(underway);
            filled.0.extend(typed.0.clone());
            let mut fields = details(&filled);
            let working = Stage::ALL.into_iter().filter(|stage| !stage.is_over());
            fields.push(Field::one(
                "stage",
                "Stage",
                "Only where it is wrong: a stage that is chosen takes back what came after it",
                stages("As it is", working),
                &filled,
            ));
            fields.push(Field::line(
                "stage_on",
                "Since",
                "The day of that stage; the announcement has its own above",
                &filled,
            ));
            fields.push(reason("Why it has to be put right"));
            fields
        }
    }
}

fn now(underway: &Underway) -> String {
    format!("Now: {}, since {}", underway.stage.words(), day(underway.stage_on))
}

fn stages(none: &str, stages: impl Iterator<Item = Stage>) -> Vec<(String, String)> {
    std::iter::once((String::new(), none.to_owned()))
        .chain(stages.map(|stage| (stage.as_str().to_owned(), stage.words().to_owned())))
        .collect()
}

fn whole(underway: &Underway) -> Typed {
    let is_working = !underway.stage.is_over() && underway.stage != Stage::Announced;
    Typed::default()
        .with("title", &*underway.title)
        .with("kind", underway.kind.as_str())
        .with("inspectorate", &*underway.inspectorate)
        .with("partners", underway.partners.join("\n"))
        .with("announced_on", day(underway.announced_on))
        .with("stage_on", if is_working { day(underway.stage_on) } else { String::new() })
}
