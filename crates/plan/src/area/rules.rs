//! What may happen to an area for development. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use std::collections::{BTreeMap, BTreeSet};

use import::normal_reference;
use jiff::civil::Date;
use journal::{Id, Refusal};
use serde::{Deserialize, Serialize};

use crate::{
    inspection::rules::read_day,
    words::{LINE, PARAGRAPH, day, optional, required},
};

/// An area for development as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// The inspection whose report lists it.
    pub inspection: Id,
    /// Its number as printed ("3", "AFD3"), or the next where the report prints none.
    pub number: String,
    /// What is to be better, as printed.
    pub text: String,
    /// The heading it is printed under; empty where there is none.
    pub heading: String,
    /// The recommendation it is printed under, where it is printed under one.
    pub recommendation: Option<Id>,
    /// The actions that are to meet it, in the order in which they were mapped.
    pub mappings: Vec<Mapping>,
    /// Once it is closed: when and why.
    pub closed: Option<Closed>,
}

/// An action that is to meet an area for development.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// The recommendation the action belongs to.
    pub recommendation: Id,
    /// The action's number.
    pub action: String,
    /// What the mapping means, where that needs words.
    pub note: String,
    /// Who says that this action is not theirs, or not the right one.
    pub contest: Option<Contest>,
    /// How the last contest was settled; empty if there was none.
    pub settled: String,
}

/// A post says that a mapping is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contest {
    /// The post.
    pub by: String,
    /// Its words.
    pub words: String,
}

/// When and why it was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// The day.
    pub on: Date,
    /// Why.
    pub reason: String,
}

/// An area as the report prints it, and as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Printed {
    /// The number; empty to get the next, where the report prints none.
    pub number: String,
    /// The words.
    pub text: String,
    /// The heading, or empty.
    pub heading: String,
    /// The recommendation it is printed under, if any.
    pub recommendation: Option<Id>,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// A new one, as printed.
    Make { inspection: Option<Id>, printed: Printed },
    /// What is printed of it is put right.
    Reword { printed: Printed, reason: String },
    /// An action is to meet it.
    Map { recommendation: Id, action: String, note: String },
    /// That action is not to meet it after all.
    Unmap { recommendation: Id, action: String, reason: String },
    /// A post says that a mapping is wrong.
    Contest { recommendation: Id, action: String, by: String, words: String },
    /// The contest of a mapping is over, and the mapping stands.
    Settle { recommendation: Id, action: String, words: String },
    /// It is met, or nothing more is done about it.
    Close { reason: String, on: String },
    /// It was closed too early.
    Reopen { reason: String },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It is tracked from now on.
    Made { inspection: Id, number: String, text: String, heading: String, recommendation: Option<Id> },
    /// What is printed of it was put right.
    Reworded { number: String, text: String, heading: String, recommendation: Option<Id>, reason: String },
    /// An action is to meet it.
    Mapped { recommendation: Id, action: String, note: String },
    /// An action is not to meet it any more.
    Unmapped { recommendation: Id, action: String, reason: String },
    /// A post said that a mapping is wrong.
    Contested { recommendation: Id, action: String, by: String, words: String },
    /// The contest of a mapping was settled, and the mapping stands.
    Settled { recommendation: Id, action: String, words: String },
    /// It was closed.
    Closed { reason: String, on: Date },
    /// It was opened again.
    Reopened { reason: String },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "area";
}

/// What else the rule knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Today, in Scotland.
    pub today: Date,
    /// The day its inspection was published; nothing if there is no such inspection.
    pub published_on: Option<Date>,
    /// The numbers of the inspection's other areas: normal form to the number as printed.
    pub taken: BTreeMap<String, String>,
    /// The inspection's recommendations.
    pub recommendations: BTreeSet<Id>,
    /// The numbers of the actions of the recommendation that a command names; nothing if there is none.
    pub actions: Option<BTreeSet<String>>,
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Area>, command: Command) -> Result<Fact, Refusal> {
    match (was, command) {
        (None, Command::Make { inspection, printed }) => make(known, inspection, &printed),
        (Some(_), Command::Make { .. }) => Err(Refusal::of("number", "It is in the register already.")),
        (None, _) => {
            Err(Refusal::of("number", "There is no such area for development in the register. Add it first."))
        }
        (Some(was), Command::Reopen { reason }) if was.closed.is_some() => {
            Ok(Fact::Reopened { reason: required("reason", "The reason", &reason, PARAGRAPH)? })
        }
        (Some(_), Command::Reopen { .. }) => {
            Err(Refusal::of("reason", "It is not closed, so there is nothing to reopen."))
        }
        (Some(was), command) => {
            still_open(was)?;
            change(known, was, command)
        }
    }
}

/// Refuses a change to what is closed.
pub fn still_open(was: &Area) -> Result<(), Refusal> {
    let Some(closed) = &was.closed else { return Ok(()) };
    let sentence = format!("It was closed on {}. Reopen it first, with the reason.", day(closed.on));
    Err(Refusal::of("closed", sentence))
}

fn make(known: &Known, inspection: Option<Id>, printed: &Printed) -> Result<Fact, Refusal> {
    let inspection = inspection
        .filter(|_| known.published_on.is_some())
        .ok_or_else(|| Refusal::of("inspection", "Choose the inspection whose report lists it."))?;
    let Printed { number, text, heading, recommendation } = read_printed(known, printed)?;
    Ok(Fact::Made { inspection, number, text, heading, recommendation })
}

fn read_printed(known: &Known, printed: &Printed) -> Result<Printed, Refusal> {
    let typed = optional("number", "The number", &printed.number, 40)?;
    let number = if typed.is_empty() { next_number(known) } else { free_number(known, typed)? };
    let text = required("text", "The area for development", &printed.text, PARAGRAPH)?;
    let heading = optional("heading", "The heading", &printed.heading, LINE)?;
    let recommendation = printed.recommendation.clone();
    if recommendation.as_ref().is_some_and(|id| !known.recommendations.contains(id)) {
        let sentence = "It can only be printed under a recommendation of its own inspection. Choose one of those, or none.";
        return Err(Refusal::of("recommendation", sentence));
    }
    Ok(Printed { number, text, heading, recommendation })
}

fn free_number(known: &Known, typed: String) -> Result<String, Refusal> {
    let key = key(&typed);
    if key.is_empty() {
        let sentence = format!(
            "“{typed}” has neither a digit nor a letter. Give the number as printed, or leave it empty."
        );
        return Err(Refusal::of("number", sentence));
    }
    match known.taken.get(&key) {
        None => Ok(typed),
        Some(other) => Err(Refusal::of(
            "number",
            format!(
                "{typed} is area for development {other} of this inspection already. Give its own number, or open that one."
            ),
        )),
    }
}

fn next_number(known: &Known) -> String {
    (known.taken.len() + 1..=2 * known.taken.len() + 1)
        .map(|number| number.to_string())
        .find(|number| !known.taken.contains_key(number))
        .expect("there are more numbers than areas")
}

fn change(known: &Known, was: &Area, command: Command) -> Result<Fact, Refusal> {
    let why = |words: &str| required("reason", "The reason", words, PARAGRAPH);
    match command {
        Command::Make { .. } | Command::Reopen { .. } => {
            Err(Refusal::of("number", "It is in the register already."))
        }
        Command::Reword { printed, reason } => reword(known, was, &printed, &reason),
        Command::Map { recommendation, action, note } => {
            let action = action.trim().to_owned();
            if !known.actions.as_ref().is_some_and(|numbers| numbers.contains(&action)) {
                let sentence = "There is no such action in the register. Choose one, or add it to its recommendation first.";
                return Err(Refusal::of("action", sentence));
            }
            if was.mapping(&recommendation, &action).is_some() {
                let sentence = format!("It is mapped to action {action} already. Choose another.");
                return Err(Refusal::of("action", sentence));
            }
            let note = optional("note", "The note", &note, PARAGRAPH)?;
            Ok(Fact::Mapped { recommendation, action, note })
        }
        Command::Unmap { recommendation, action, reason } => {
            let action = was.mapped(&recommendation, &action)?.action.clone();
            Ok(Fact::Unmapped { recommendation, action, reason: why(&reason)? })
        }
        Command::Contest { recommendation, action, by, words } => {
            let mapping = was.mapped(&recommendation, &action)?;
            if let Some(contest) = &mapping.contest {
                let sentence = format!("{} contests this already. Settle that first.", contest.by);
                return Err(Refusal::of("action", sentence));
            }
            let by = required("by", "The post that contests it", &by, LINE)?;
            let words = required("words", "What they say", &words, PARAGRAPH)?;
            Ok(Fact::Contested { recommendation, action: mapping.action.clone(), by, words })
        }
        Command::Settle { recommendation, action, words } => {
            let mapping = was.mapped(&recommendation, &action)?;
            if mapping.contest.is_none() {
                let sentence = format!("Nobody contests that action {} is to meet it.", mapping.action);
                return Err(Refusal::of("action", sentence));
            }
            let words = required("words", "How it was settled", &words, PARAGRAPH)?;
            Ok(Fact::Settled { recommendation, action: mapping.action.clone(), words })
        }
        Command::Close { reason, on } => close(known, was, &reason, &on),
    }
}

fn reword(known: &Known, was: &Area, printed: &Printed, reason: &str) -> Result<Fact, Refusal> {
    required("number", "The number", &printed.number, 40)?;
    let Printed { number, text, heading, recommendation } = read_printed(known, printed)?;
    if (&number, &text, &heading, &recommendation)
        == (&was.number, &was.text, &was.heading, &was.recommendation)
    {
        return Err(Refusal::of("text", "This is as it was. Change it, or go back."));
    }
    let reason = required("reason", "The reason", reason, PARAGRAPH)?;
    Ok(Fact::Reworded { number, text, heading, recommendation, reason })
}

fn close(known: &Known, was: &Area, reason: &str, on: &str) -> Result<Fact, Refusal> {
    if let Some((action, contest)) =
        was.mappings.iter().find_map(|one| one.contest.as_ref().map(|contest| (&one.action, contest)))
    {
        let sentence = format!(
            "{} contests that action {action} is to meet it. Settle that or take the mapping away first.",
            contest.by
        );
        return Err(Refusal::of("closed", sentence));
    }
    let reason = required("reason", "The reason", reason, PARAGRAPH)?;
    let on = read_day("on", "The day", on)?;
    if on > known.today {
        return Err(Refusal::of("on", "That day is still to come. Give the day on which it was closed."));
    }
    if known.published_on.is_some_and(|published| on < published) {
        let sentence = "That is before the inspection was published. Give the day on which it was closed.";
        return Err(Refusal::of("on", sentence));
    }
    Ok(Fact::Closed { reason, on })
}

impl Area {
    /// Its number for comparing: "AFD 06", "Area for development 6" and "6" are all "6".
    pub fn key(&self) -> String {
        key(&self.number)
    }

    /// Its number with its inspection's short name: "CAM22-AFD6".
    pub fn label(&self, code: &str) -> String {
        let key = self.key();
        let parted = if key.starts_with(|c: char| c.is_ascii_digit()) { "" } else { "-" };
        format!("{code}-AFD{parted}{key}")
    }

    /// As people count: 2 before 10.
    pub fn order(&self) -> (i64, String) {
        let key = self.key();
        let digits: String = key.chars().take_while(char::is_ascii_digit).collect();
        (digits.parse().unwrap_or(i64::MAX), key)
    }

    /// Whether it is open and no action is to meet it.
    pub fn is_unmapped(&self) -> bool {
        self.closed.is_none() && self.mappings.is_empty()
    }

    /// Whether more than one action is to meet it.
    pub fn is_mapped_twice(&self) -> bool {
        self.mappings.len() > 1
    }

    /// Whether a post says that one of its mappings is wrong.
    pub fn is_contested(&self) -> bool {
        self.mappings.iter().any(|mapping| mapping.contest.is_some())
    }

    /// Its mapping to that action.
    pub fn mapping(&self, recommendation: &Id, action: &str) -> Option<&Mapping> {
        let wanted = action.trim();
        self.mappings.iter().find(|one| one.recommendation == *recommendation && one.action == wanted)
    }

    fn mapped(&self, recommendation: &Id, action: &str) -> Result<&Mapping, Refusal> {
        self.mapping(recommendation, action).ok_or_else(|| {
            Refusal::of("action", "It is not mapped to that action. Choose one of those it is mapped to.")
        })
    }

    fn change(&mut self, recommendation: &Id, action: &str, change: impl FnOnce(&mut Mapping)) {
        let mut all = self.mappings.iter_mut();
        if let Some(one) = all.find(|one| one.recommendation == *recommendation && one.action == action) {
            change(one);
        }
    }
}

/// A number of an area for comparing.
pub fn key(printed: &str) -> String {
    let whole = normal_reference(printed);
    let bare = ["areafordevelopment", "area", "afd"].iter().find_map(|word| whole.strip_prefix(word));
    bare.map(normal_reference).filter(|key| !key.is_empty()).unwrap_or(whole)
}

/// What it is after `fact`.
pub fn apply(was: Option<Area>, fact: &Fact) -> Area {
    let Some(mut now) = was else { return made(fact) };
    match fact.clone() {
        Fact::Made { .. } => return made(fact),
        Fact::Reworded { number, text, heading, recommendation, .. } => {
            (now.number, now.text, now.heading, now.recommendation) = (number, text, heading, recommendation);
        }
        Fact::Mapped { recommendation, action, note } => {
            let settled = String::new();
            now.mappings.push(Mapping { recommendation, action, note, contest: None, settled });
        }
        Fact::Unmapped { recommendation, action, .. } => {
            now.mappings.retain(|one| one.recommendation != recommendation || one.action != action);
        }
        Fact::Contested { recommendation, action, by, words } => {
            now.change(&recommendation, &action, |one| one.contest = Some(Contest { by, words }));
        }
        Fact::Settled { recommendation, action, words } => {
            now.change(&recommendation, &action, |one| (one.contest, one.settled) = (None, words));
        }
        Fact::Closed { reason, on } => now.closed = Some(Closed { on, reason }),
        Fact::Reopened { .. } => now.closed = None,
    }
    now
}

fn made(fact: &Fact) -> Area {
    let Fact::Made { inspection, number, text, heading, recommendation } = fact.clone() else {
        unreachable!("decide lets nothing happen to an area for development before it is made")
    };
    Area { inspection, number, text, heading, recommendation, mappings: Vec::new(), closed: None }
}
