//! The forms about programmes: what each asks, and what stands in it at first.

use web::{Field, Typed};

use super::rules::{AliasKind, Details, Programme};
use crate::beside::pages::{Change, NEW};

/// The changes to a programme.
pub(super) static CHANGES: [Change; 5] = [
    Change {
        word: NEW,
        heading: "Register a programme",
        intro: "Under the name it has had from the start. Later names and what else it is called are added to it, so that every paper finds the one programme.",
        submit: "Register the programme",
        permission: "plan.register",
        done: "The programme is registered.",
        replaces: false,
    },
    Change {
        word: "name",
        heading: "Give it a new name",
        intro: "The names it had stay, each with its days.",
        submit: "Give it the new name",
        permission: "plan.register",
        done: "The programme has its new name.",
        replaces: true,
    },
    Change {
        word: "alias",
        heading: "Add what it is also called",
        intro: "An abbreviation, or a way in which papers misspell it. It is then found by that, too.",
        submit: "Add it",
        permission: "plan.register",
        done: "The programme is found by that, too.",
        replaces: false,
    },
    Change {
        word: "end",
        heading: "Say that it has ended",
        intro: "",
        submit: "Say that it has ended",
        permission: "plan.register",
        done: "The programme has ended.",
        replaces: true,
    },
    Change {
        word: "correction",
        heading: "Correct a programme",
        intro: "Names, days, bodies or its end, put right or brought up to date. What was said before stays in the history.",
        submit: "Correct the programme",
        permission: "plan.register",
        done: "The programme is corrected.",
        replaces: true,
    },
];

/// The fields of a new one.
pub(super) fn new_fields(typed: &Typed) -> Vec<Field> {
    vec![
        Field::line("name", "Name", "In full, as its own papers write it", typed),
        Field::line("from", "Called so from", "A day, as 1 April 2019", typed),
        bodies(typed),
    ]
}

fn bodies(typed: &Typed) -> Field {
    Field::lines("bodies", "Bodies responsible", "One body a line; empty where no paper says", 3, typed)
}

/// The fields of the change called `word`.
pub(super) fn fields(programme: &Programme, word: &str, typed: &Typed) -> Vec<Field> {
    let reason = |hint: &str| Field::lines("reason", "Reason", hint, 3, typed);
    match word {
        "name" => vec![
            Field::line("name", "New name", &format!("Now: {}", programme.name()), typed),
            Field::line("from", "Called so from", "A day, as 1 April 2024", typed),
            reason("What made the name change, as a merger"),
        ],
        "alias" => vec![
            Field::line("alias", "Also called", "As papers write it", typed),
            Field::one(
                "kind",
                "What kind of name it is",
                "The check of the register takes an abbreviation for right on its days, and a misspelling for wrong",
                AliasKind::ALL.map(kind),
                typed,
            ),
            Field::line("from", "Called so from", "A day; empty where that is not known", typed),
            Field::line("until", "Called so until", "A day; empty while it is called so", typed),
        ],
        "end" => vec![
            Field::line("on", "Last day", "A day, as 31 March 2026", typed),
            reason("As what took it over, or what it delivered"),
        ],
        _ => {
            let mut filled = whole(programme);
            filled.0.extend(typed.0.clone());
            vec![
                Field::lines(
                    "names",
                    "Names",
                    "One a line, the first first, its first day before it: 1 April 2019: Public Protection Programme",
                    4,
                    &filled,
                ),
                Field::lines(
                    "aliases",
                    "Also called",
                    "One a line, with its kind and its first and last day where they are known: PPDP; abbreviation; 9 January 2023; 1 June 2025",
                    4,
                    &filled,
                ),
                bodies(&filled),
                Field::line("ended_on", "Last day", "Empty while it goes on", &filled),
                Field::lines("ended_reason", "Why it ended", "Empty while it goes on", 2, &filled),
                reason("Why it has to be put right"),
            ]
        }
    }
}

/// A kind of other name as a choice.
fn kind(kind: AliasKind) -> (String, String) {
    let words = match kind {
        AliasKind::Unsaid => "Not said",
        AliasKind::Abbreviation => "An abbreviation",
        AliasKind::Misspelling => "A misspelling",
        AliasKind::WorkingTitle => "A working title",
        AliasKind::Merged => "A programme that was merged with it",
    };
    (kind.words().to_owned(), words.to_owned())
}

fn whole(programme: &Programme) -> Typed {
    let Details { names, aliases, bodies, ended_on, ended_reason } = Details::of(programme);
    Typed::default()
        .with("names", names)
        .with("aliases", aliases)
        .with("bodies", bodies)
        .with("ended_on", ended_on)
        .with("ended_reason", ended_reason)
}
