//! What may be marked on a chart, and taken back. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use jiff::civil::Date;
use journal::{
    Id, Refusal,
    words::{LINE, PARAGRAPH, required},
};
use serde::{Deserialize, Serialize};

/// The work that a change was: a recommendation, or one of its actions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    pub recommendation: Id,
    /// As people call it: "CAM22-R3".
    pub label: String,
    /// The number of an action; empty where all of it is meant.
    pub action: String,
}

/// What is marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// A key of the catalogue.
    pub measure: String,
    /// The letter of the division in which it was changed; empty where it was everywhere.
    pub division: String,
    /// The first day on which it was so.
    pub on: Date,
    /// What was changed.
    pub words: String,
    /// Nothing where no recommendation asked for it.
    pub work: Option<Work>,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    Marked(Mark),
    TakenBack { reason: String },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "annotation";
}

/// What somebody wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    Mark(Wish),
    TakeBack { reason: String },
}

/// What is asked to be marked, as it was typed and looked up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    pub measure: String,
    pub division: String,
    /// Nothing where no day was given.
    pub on: Option<Date>,
    pub words: String,
    /// What was typed; empty where no recommendation asked for it.
    pub recommendation: String,
    pub action: String,
}

/// A recommendation that was found by what was typed, and the numbers of its actions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub id: Id,
    pub label: String,
    pub actions: Vec<String>,
}

/// What else the rule knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub today: Date,
    /// Whether there is such a measure.
    pub is_measure: bool,
    /// The letters of the divisions that there are or were.
    pub divisions: Vec<String>,
    /// What the typed recommendation is; nothing where it is none.
    pub found: Option<Found>,
    /// What is marked on the chart of the measure on that day.
    pub marked: Vec<String>,
}

/// An annotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    pub mark: Mark,
    pub is_taken_back: bool,
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Annotation>, command: Command) -> Result<Fact, Refusal> {
    match (was, command) {
        (None, Command::Mark(wish)) => marked(known, &wish).map(Fact::Marked),
        (None, Command::TakeBack { .. }) => Err(Refusal::of("id", "Nothing is marked there. Mark it first.")),
        (Some(_), Command::Mark(_)) => {
            Err(Refusal::of("id", "It is marked already. Take it back, and mark it as it should be."))
        }
        (Some(was), Command::TakeBack { .. }) if was.is_taken_back => {
            Err(Refusal::of("id", "It was taken back already. Mark it anew if it was right."))
        }
        (Some(_), Command::TakeBack { reason }) => {
            Ok(Fact::TakenBack { reason: required("reason", "The reason", &reason, PARAGRAPH)? })
        }
    }
}

fn marked(known: &Known, wish: &Wish) -> Result<Mark, Refusal> {
    if !known.is_measure {
        return Err(Refusal::of("measure", "There is no such measure. Begin on the page of one."));
    }
    let on = wish.on.ok_or_else(|| Refusal::of("on", "Say since which day it is so, as 2026-11-26."))?;
    if on > known.today {
        let sentence =
            format!("{on} is still to come. Mark it when it is so: today, {}, or earlier.", known.today);
        return Err(Refusal::of("on", sentence));
    }
    let words = required("words", "What was changed", &wish.words, LINE)?;
    let division = wish.division.trim();
    if !division.is_empty() && !known.divisions.iter().any(|letter| letter == division) {
        let division: String = division.chars().take(20).collect();
        let sentence = format!(
            "There is no division “{division}”. Choose one of {}, or all.",
            known.divisions.join(", ")
        );
        return Err(Refusal::of("division", sentence));
    }
    let work = work(known, wish)?;
    if known.marked.contains(&words) {
        let sentence = "That is marked on that day already. Take the other back first if it is wrong.";
        return Err(Refusal::of("words", sentence));
    }
    Ok(Mark { measure: wish.measure.clone(), division: division.to_owned(), on, words, work })
}

fn work(known: &Known, wish: &Wish) -> Result<Option<Work>, Refusal> {
    let (typed, action) = (wish.recommendation.trim(), wish.action.trim());
    if typed.is_empty() {
        if action.is_empty() {
            return Ok(None);
        }
        let sentence = "Say of which recommendation that is an action, or leave the action out.";
        return Err(Refusal::of("recommendation", sentence));
    }
    let Some(found) = &known.found else {
        let typed: String = typed.chars().take(40).collect();
        let sentence = format!(
            "There is no recommendation “{typed}”. Choose one of the list, or give its label, as CAM22-R3."
        );
        return Err(Refusal::of("recommendation", sentence));
    };
    if !action.is_empty() && !found.actions.iter().any(|number| number == action) {
        let action: String = action.chars().take(20).collect();
        let sentence = if found.actions.is_empty() {
            format!("{} has no actions. Leave the action out.", found.label)
        } else {
            format!("{} has no action “{action}”. It has {}.", found.label, found.actions.join(", "))
        };
        return Err(Refusal::of("action", sentence));
    }
    let (recommendation, label) = (found.id.clone(), found.label.clone());
    Ok(Some(Work { recommendation, label, action: action.to_owned() }))
}

/// What it is after `fact`.
pub fn apply(was: Option<Annotation>, fact: &Fact) -> Annotation {
    match (was, fact) {
        (_, Fact::Marked(mark)) => Annotation { mark: mark.clone(), is_taken_back: false },
        (Some(was), Fact::TakenBack { .. }) => Annotation { is_taken_back: true, ..was },
        (None, Fact::TakenBack { .. }) => {
            unreachable!("decide lets nothing be taken back that is not marked")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Known {
        let id = Id::read("018f0000-0000-7000-8000-000000000003").unwrap();
        Known {
            today: "2026-11-26".parse().unwrap(),
            is_measure: true,
            divisions: vec!["E".into(), "G".into()],
            found: Some(Found { id, label: "CAM22-R3".into(), actions: vec!["3.1".into(), "3.4".into()] }),
            marked: vec!["Another rota".into()],
        }
    }

    fn wish() -> Wish {
        Wish {
            measure: "answer_wait".into(),
            on: Some("2026-10-29".parse().unwrap()),
            words: "  More advisors in the evening ".into(),
            recommendation: "CAM22-R3".into(),
            action: "3.4".into(),
            ..Wish::default()
        }
    }

    #[test]
    fn what_was_changed_is_marked_on_its_day() {
        let Ok(Fact::Marked(mark)) = decide(&known(), None, Command::Mark(wish())) else { panic!() };
        assert_eq!(
            (mark.words.as_str(), mark.on.to_string().as_str()),
            ("More advisors in the evening", "2026-10-29")
        );
        assert_eq!(mark.work.as_ref().map(|work| work.action.as_str()), Some("3.4"));
        let marked = apply(None, &Fact::Marked(mark));
        let back = Command::TakeBack { reason: "It began a week later".into() };
        let back = decide(&known(), Some(&marked), back).unwrap();
        assert!(!marked.is_taken_back && apply(Some(marked), &back).is_taken_back);
    }

    #[test]
    fn the_day_itself_a_division_and_work_of_no_recommendation_are_all_right() {
        for wish in [
            Wish { on: Some("2026-11-26".parse().unwrap()), ..wish() },
            Wish { division: " G ".into(), ..wish() },
            Wish { recommendation: " ".into(), action: String::new(), ..wish() },
            Wish { action: String::new(), ..wish() },
        ] {
            assert!(decide(&known(), None, Command::Mark(wish.clone())).is_ok(), "{wish:?}");
        }
    }

    #[test]
    fn what_cannot_be_is_refused_at_its_field() {
        let marked = apply(None, &decide(&known(), None, Command::Mark(wish())).unwrap());
        let gone = Annotation { is_taken_back: true, ..marked.clone() };
        let back = |reason: &str| Command::TakeBack { reason: reason.into() };
        let mark = |wish: Wish| Command::Mark(wish);
        let no_measure = Known { is_measure: false, ..known() };
        let not_found = Known { found: None, ..known() };
        let no_actions =
            Known { found: known().found.map(|found| Found { actions: vec![], ..found }), ..known() };
        for (known, was, command, field, words) in [
            (no_measure, None, mark(wish()), "measure", "no such measure"),
            (known(), None, mark(Wish { on: None, ..wish() }), "on", "since which day"),
            (
                known(),
                None,
                mark(Wish { on: Some("2026-11-27".parse().unwrap()), ..wish() }),
                "on",
                "still to come",
            ),
            (known(), None, mark(Wish { words: " ".into(), ..wish() }), "words", "What was changed"),
            (known(), None, mark(Wish { words: "x".repeat(2_000), ..wish() }), "words", "What was changed"),
            (known(), None, mark(Wish { words: "Another rota".into(), ..wish() }), "words", "already"),
            (known(), None, mark(Wish { division: "Z".into(), ..wish() }), "division", "one of E, G"),
            (
                known(),
                None,
                mark(Wish { recommendation: String::new(), ..wish() }),
                "recommendation",
                "of which",
            ),
            (not_found, None, mark(wish()), "recommendation", "no recommendation “CAM22-R3”"),
            (known(), None, mark(Wish { action: "9.9".into(), ..wish() }), "action", "It has 3.1, 3.4."),
            (no_actions, None, mark(wish()), "action", "has no actions"),
            (known(), None, back("Wrong"), "id", "Mark it first"),
            (known(), Some(&marked), mark(wish()), "id", "marked already"),
            (known(), Some(&marked), back(" "), "reason", "The reason"),
            (known(), Some(&gone), back("Wrong"), "id", "taken back already"),
        ] {
            let refusal = decide(&known, was, command).unwrap_err();
            assert!(
                refusal.field == field && refusal.sentence.contains(words),
                "{field} {words}: {refusal:?}"
            );
        }
    }
}
