//! What may happen to a paper. Pure.

use jiff::civil::Date;
use journal::{Id, Private, Refusal};
use plan::{
    inspection::rules::read_day,
    words::{LINE, PARAGRAPH, optional, required},
};
use serde::{Deserialize, Serialize};

use crate::document::Document;

/// The implications sections, always these and always in this order (DOMAIN 7): field, heading, and the
/// words of the sentence that says there are none.
pub const IMPLICATIONS: [(&str, &str, &str); 8] = [
    ("financial", "Financial implications", "financial implications"),
    ("personnel", "Personnel implications", "personnel implications"),
    ("legal", "Legal implications", "legal implications"),
    ("reputational", "Reputational implications", "reputational implications"),
    ("social", "Social implications", "social implications"),
    ("community", "Community impact", "community implications"),
    ("equalities", "Equalities implications", "equalities implications"),
    ("environment", "Environment implications", "environment implications"),
];

/// What members are asked to do with a paper: the word of the form and of the cover.
pub const ASKS: [(&str, &str); 5] = [
    ("discuss", "For discussion"),
    ("note", "For noting"),
    ("approve", "For approval"),
    ("consult", "For consultation"),
    ("decide", "For decision"),
];

/// What a person says about a paper; everything else in it is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// "Policing Performance Committee".
    pub meeting: String,
    /// The day of the meeting.
    pub date: Date,
    /// Where it is held.
    pub location: String,
    /// The paper's title.
    pub title: String,
    /// Who presents it.
    pub presented_by: Private<String>,
    /// A word of [`ASKS`].
    pub ask: String,
    /// The first day of the period whose closures are told.
    pub period_from: Date,
    /// The last.
    pub period_to: Date,
    /// Identities of the inspections it is about; none means all.
    pub inspections: Vec<String>,
    /// More words for the background; may be empty.
    pub background: String,
    /// The implications, in the order of [`IMPLICATIONS`]; an empty one gets the sentence that there are none.
    pub implications: Vec<String>,
    /// What members are invited to do, in a sentence; made from the ask where it is empty.
    pub recommendation: String,
}

/// The form, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// Each field by its name.
    pub fields: std::collections::BTreeMap<String, String>,
    /// The chosen inspections.
    pub inspections: Vec<String>,
}

/// A paper as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// What was said about it.
    pub details: Details,
    /// Once it is frozen.
    pub frozen: Option<Frozen>,
}

/// A frozen paper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frozen {
    /// The journal position it was counted at.
    pub counted_at: i64,
    /// The day it was counted.
    pub on: Date,
    /// The paper itself. Whoever presents it is not in it (see [`crate::paper::compose()`]).
    pub tree: Box<Document>,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// A new draft.
    Draft(Typed),
    /// Other words.
    Edit(Typed),
    /// It is final.
    Freeze(Frozen),
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It was drafted.
    Drafted(Details),
    /// It was edited.
    Edited(Details),
    /// It was frozen.
    Frozen(Frozen),
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "paper";
}

/// What happens, or why not.
pub fn decide(was: Option<&Paper>, command: Command) -> Result<Fact, Refusal> {
    if was.is_some_and(|was| was.frozen.is_some()) {
        let sentence = "This paper is frozen: it stays as members had it. Draft a new one.";
        return Err(Refusal::of("title", sentence));
    }
    match (was, command) {
        (None, Command::Draft(typed)) => Ok(Fact::Drafted(read(&typed)?)),
        (Some(_), Command::Draft(_)) => Err(Refusal::of("title", "This paper is drafted already.")),
        (None, _) => Err(Refusal::of("title", "There is no such paper. Draft it first.")),
        (Some(was), Command::Edit(typed)) => {
            let details = read(&typed)?;
            if details == was.details {
                return Err(Refusal::of("title", "Nothing is different. Change something, or go back."));
            }
            Ok(Fact::Edited(details))
        }
        (Some(_), Command::Freeze(frozen)) => Ok(Fact::Frozen(frozen)),
    }
}

/// What it is after `fact`.
pub fn apply(was: Option<Paper>, fact: &Fact) -> Paper {
    match fact.clone() {
        Fact::Drafted(details) | Fact::Edited(details) => {
            Paper { details, frozen: was.and_then(|was| was.frozen) }
        }
        Fact::Frozen(frozen) => Paper {
            details: was.map(|was| was.details).expect("decide freezes only what was drafted"),
            frozen: Some(frozen),
        },
    }
}

fn read(typed: &Typed) -> Result<Details, Refusal> {
    let text = |name: &str| typed.fields.get(name).map_or("", String::as_str);
    let period_from = read_day("period_from", "The first day of the period", text("period_from"))?;
    let period_to = read_day("period_to", "The last day of the period", text("period_to"))?;
    if period_to < period_from {
        return Err(Refusal::of("period_to", "The period ends before it begins. Give a later last day."));
    }
    let ask = ASKS
        .iter()
        .find(|(word, _)| *word == text("ask"))
        .ok_or_else(|| Refusal::of("ask", "Choose what members are asked to do."))?;
    if typed.inspections.iter().any(|id| Id::read(id).is_none()) {
        return Err(Refusal::of("inspection", "Choose what the paper is about from the list."));
    }
    let implications = IMPLICATIONS
        .iter()
        .map(|(name, heading, _)| optional(name, heading, text(name), PARAGRAPH))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Details {
        meeting: required("meeting", "The meeting", text("meeting"), LINE)?,
        date: read_day("date", "The day of the meeting", text("date"))?,
        location: required("location", "The location", text("location"), LINE)?,
        title: required("title", "The title", text("title"), LINE)?,
        presented_by: required("presented_by", "Who presents it", text("presented_by"), LINE)?.into(),
        ask: ask.0.to_owned(),
        period_from,
        period_to,
        inspections: typed.inspections.clone(),
        background: optional("background", "The background", text("background"), 2 * PARAGRAPH)?,
        implications,
        recommendation: optional(
            "recommendation",
            "The recommendation to members",
            text("recommendation"),
            PARAGRAPH,
        )?,
    })
}

impl Details {
    /// What the cover says members are asked to do.
    pub fn ask_words(&self) -> &'static str {
        ASKS.iter().find(|(word, _)| *word == self.ask).map_or("For discussion", |(_, words)| words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Draft;

    fn typed() -> Typed {
        let fields = [
            ("meeting", "Policing Performance Committee"),
            ("date", "9 December 2026"),
            ("location", "Video conference"),
            ("title", "Improvement plans"),
            ("presented_by", "A. Person"),
            ("ask", "discuss"),
            ("period_from", "2026-09-01"),
            ("period_to", "30 November 2026"),
        ];
        Typed {
            fields: fields.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect(),
            inspections: Vec::new(),
        }
    }

    fn drafted() -> Paper {
        apply(None, &decide(None, Command::Draft(typed())).unwrap())
    }

    fn frozen() -> Frozen {
        let tree = Draft::new("Improvement plans", "2026-12-09".parse().unwrap()).finish().unwrap();
        Frozen { counted_at: 7, on: "2026-12-01".parse().unwrap(), tree: Box::new(tree) }
    }

    #[test]
    fn a_frozen_paper_stays_as_it_is() {
        let paper = apply(Some(drafted()), &decide(Some(&drafted()), Command::Freeze(frozen())).unwrap());
        for command in [Command::Edit(typed()), Command::Freeze(frozen()), Command::Draft(typed())] {
            assert!(decide(Some(&paper), command).unwrap_err().sentence.contains("frozen"));
        }
    }

    #[test]
    fn each_field_is_refused_by_name() {
        for (field, text) in [
            ("meeting", ""),
            ("date", "December"),
            ("location", " "),
            ("title", ""),
            ("presented_by", ""),
            ("ask", "applaud"),
            ("period_from", "Spring"),
            ("period_to", "2026-08-31"),
        ] {
            let mut given = typed();
            given.fields.insert(field.to_owned(), text.to_owned());
            assert_eq!(decide(None, Command::Draft(given)).unwrap_err().field, field);
        }
        assert_eq!(decide(Some(&drafted()), Command::Edit(typed())).unwrap_err().field, "title");
        assert!(decide(None, Command::Freeze(frozen())).is_err());
    }
}
