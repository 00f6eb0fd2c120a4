//! The forms about areas for development: what each asks, and what stands in it at first.

use web::{Field, Typed};

use super::rules::{Area, Mapping};
use crate::{
    beside::pages::{Change, NEW},
    register::rules::{Item, Register},
};

/// The changes to an area for development.
pub(super) static CHANGES: [Change; 8] = [
    Change {
        word: NEW,
        heading: "Add an area for development",
        intro: "As the report prints it. What is mapped to no action stands at the top of the list until somebody maps it.",
        submit: "Add the area for development",
        permission: "plan.register",
        done: "The area for development is in the register. Map it to the actions that are to meet it.",
        replaces: false,
    },
    Change {
        word: "words",
        heading: "Put right what is printed",
        intro: "",
        submit: "Put it right",
        permission: "plan.register",
        done: "What is printed is put right.",
        replaces: true,
    },
    Change {
        word: "mapping",
        heading: "Map to an action",
        intro: "The action is then what is to meet this area for development.",
        submit: "Map to the action",
        permission: "plan.register",
        done: "It is mapped to the action.",
        replaces: false,
    },
    Change {
        word: "unmapping",
        heading: "Take a mapping away",
        intro: "The mapping and the reason stay in the history.",
        submit: "Take the mapping away",
        permission: "plan.register",
        done: "The mapping is taken away.",
        replaces: true,
    },
    Change {
        word: "contest",
        heading: "Contest a mapping",
        intro: "Say that an action is not the right one, or not yours. The area for development cannot be closed until that is settled.",
        submit: "Contest the mapping",
        permission: "plan.update",
        done: "The mapping is contested.",
        replaces: true,
    },
    Change {
        word: "settlement",
        heading: "Settle a contest",
        intro: "The mapping stands. If it should not, take the mapping away instead.",
        submit: "Settle the contest",
        permission: "plan.register",
        done: "The contest is settled, and the mapping stands.",
        replaces: true,
    },
    Change {
        word: "closing",
        heading: "Close it",
        intro: "",
        submit: "Close it",
        permission: "plan.register",
        done: "The area for development is closed.",
        replaces: true,
    },
    Change {
        word: "reopening",
        heading: "Open it again",
        intro: "",
        submit: "Open it again",
        permission: "plan.register",
        done: "The area for development is open again.",
        replaces: true,
    },
];

/// The fields of a new one.
pub(super) fn new_fields(register: &Register, typed: &Typed) -> Vec<Field> {
    let inspections = register.inspections.iter().map(|(id, one)| (id.to_string(), one.title.clone()));
    let choices = std::iter::once((String::new(), "Choose an inspection".to_owned())).chain(inspections);
    let mut fields =
        vec![Field::one("inspection", "Inspection", "The one whose report lists it", choices, typed)];
    fields.extend(printed_fields(register.items.iter(), typed));
    fields
}

fn printed_fields<'a>(items: impl Iterator<Item = &'a Item>, typed: &Typed) -> [Field; 4] {
    let under = items.map(|item| (item.id.to_string(), format!("{} {}", item.label(), item.short_text())));
    let under = std::iter::once((String::new(), "Not under a recommendation".to_owned())).chain(under);
    [
        Field::line(
            "number",
            "Number",
            "As printed. Leave empty to get the next, where the report prints none",
            typed,
        ),
        Field::lines("text", "Area for development", "As printed", 5, typed),
        Field::line(
            "heading",
            "Heading",
            "The heading it is printed under; empty where there is none",
            typed,
        ),
        Field::one(
            "recommendation",
            "Printed under the recommendation",
            "Only where the report lists it under one of its own recommendations",
            under,
            typed,
        ),
    ]
}

/// The fields of the change called `word`.
pub(super) fn fields(register: &Register, area: &Area, word: &str, typed: &Typed) -> Vec<Field> {
    let reason = |hint: &str| Field::lines("reason", "Reason", hint, 4, typed);
    match word {
        "words" => {
            let under = area.recommendation.as_ref().map_or_else(String::new, ToString::to_string);
            let mut filled = Typed::default()
                .with("number", &*area.number)
                .with("text", &*area.text)
                .with("heading", &*area.heading)
                .with("recommendation", under);
            filled.0.extend(typed.0.clone());
            let mut fields: Vec<Field> =
                printed_fields(register.of_inspection(&area.inspection), &filled).into();
            fields.push(reason("Why it has to be put right"));
            fields
        }
        "mapping" => vec![
            actions(register, area, typed),
            Field::lines("note", "Note", "Where it is not plain how the action is to meet it", 3, typed),
        ],
        "unmapping" => {
            vec![mapped(register, area, typed, |_| true), reason("Why that action is not to meet it")]
        }
        "contest" => vec![
            mapped(register, area, typed, |mapping| mapping.contest.is_none()),
            Field::line("by", "Contested by", "A post or a programme, not a person’s name", typed),
            Field::lines("words", "What they say", "", 4, typed),
        ],
        "settlement" => vec![
            mapped(register, area, typed, |mapping| mapping.contest.is_some()),
            Field::lines("words", "How it was settled", "Who agreed to what", 4, typed),
        ],
        "closing" => {
            let mut filled = Typed::default().with("on", register.position.today.to_string());
            filled.0.extend(typed.0.clone());
            vec![
                reason("What met it, or why nothing more is done about it"),
                Field::line("on", "Closed on", "A day, as 30 November 2026", &filled),
            ]
        }
        _ => vec![reason("Why it was closed too early")],
    }
}

/// The actions of the inspection's plan that are not mapped yet.
fn actions(register: &Register, area: &Area, typed: &Typed) -> Field {
    let free = register.of_inspection(&area.inspection).flat_map(|item| {
        let not_mapped = |number: &str| area.mapping(&item.id, number).is_none();
        item.actions.iter().filter(move |action| not_mapped(&action.number)).map(move |action| {
            (format!("{} {}", item.id, action.number), action_words(item, &action.number, &action.text))
        })
    });
    let choices = std::iter::once((String::new(), "Choose an action".to_owned())).chain(free);
    Field::one("action", "Action", "The actions of the inspection’s own plan", choices, typed)
}

fn mapped(register: &Register, area: &Area, typed: &Typed, which: fn(&Mapping) -> bool) -> Field {
    let choices = area.mappings.iter().filter(|mapping| which(mapping)).map(|mapping| {
        let words = register.item(&mapping.recommendation).map_or_else(
            || mapping.action.clone(),
            |item| {
                let action = item.actions.iter().find(|action| action.number == mapping.action);
                action_words(item, &mapping.action, action.map_or("", |action| action.text.as_str()))
            },
        );
        (super::shown::chosen(mapping), words)
    });
    let choices = std::iter::once((String::new(), "Choose an action".to_owned())).chain(choices);
    Field::one("action", "Action", "", choices, typed)
}

fn action_words(item: &Item, number: &str, text: &str) -> String {
    let short: String = text.chars().take(80).collect();
    format!("{}, action {number} {short}", item.label())
}
