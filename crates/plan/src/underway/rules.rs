//! What may happen to an inspection under way. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use jiff::civil::Date;
use journal::{Id, Refusal};
use serde::{Deserialize, Serialize};

use crate::{
    inspection::rules::{Kind, read_day},
    words::{LINE, PARAGRAPH, day, optional, required},
};

/// An inspection that was announced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Underway {
    /// Its title as announced.
    pub title: String,
    /// Thematic, joint, assurance, frontline.
    pub kind: Kind,
    /// Who inspects.
    pub inspectorate: String,
    /// With whom; at least one body where it is joint.
    pub partners: Vec<String>,
    /// The day it was announced.
    pub announced_on: Date,
    /// How far it is.
    pub stage: Stage,
    /// Since when.
    pub stage_on: Date,
    /// Once it is published: the inspection of the register.
    pub inspection: Option<Id>,
    /// Why it was abandoned; empty otherwise.
    pub reason: String,
}

/// How far an inspection is. In this order, except that any may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The inspectorate has said that it will inspect.
    Announced,
    /// Inspectors visit, read and ask.
    Fieldwork,
    /// The report is being written or checked for accuracy.
    Drafting,
    /// The report is out.
    Published,
    /// It was given up.
    Abandoned,
}

impl Stage {
    /// All, in their order.
    pub const ALL: [Self; 5] =
        [Self::Announced, Self::Fieldwork, Self::Drafting, Self::Published, Self::Abandoned];

    /// The word of a form and a row.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Announced => "announced",
            Self::Fieldwork => "fieldwork",
            Self::Drafting => "drafting",
            Self::Published => "published",
            Self::Abandoned => "abandoned",
        }
    }

    /// The words of a page.
    pub fn words(self) -> &'static str {
        match self {
            Self::Announced => "Announced",
            Self::Fieldwork => "Fieldwork",
            Self::Drafting => "Drafting the report",
            Self::Published => "Published",
            Self::Abandoned => "Abandoned",
        }
    }

    /// The stage that a form or a row names.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == word.trim())
    }

    /// Whether nothing more comes of it.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Published | Self::Abandoned)
    }
}

/// The fields of the form, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Details {
    /// Title.
    pub title: String,
    /// A word of [`Kind`].
    pub kind: String,
    /// Who inspects.
    pub inspectorate: String,
    /// One body a line.
    pub partners: String,
    /// A day.
    pub announced_on: String,
}

/// What somebody wants to say of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// A new one.
    Announce { details: Details },
    /// It has come further.
    Advance { stage: String, on: String },
    /// Its report is out and registered.
    Publish { inspection: Option<Id> },
    /// It is given up.
    Abandon { reason: String, on: String },
    /// A mistake in it is mended; an empty stage stays as it is.
    Correct { details: Details, stage: String, stage_on: String, reason: String },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It was announced.
    Announced { title: String, kind: Kind, inspectorate: String, partners: Vec<String>, on: Date },
    /// It came further.
    Advanced { stage: Stage, on: Date },
    /// Its report came out.
    Published { inspection: Id, on: Date },
    /// It was given up.
    Abandoned { reason: String, on: Date },
    /// It was put right.
    Corrected { underway: Underway, reason: String },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "underway";
}

/// What else the rule knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Today, in Scotland.
    pub today: Date,
    /// The titles of the others that are not over.
    pub taken: Vec<String>,
    /// The registered inspection that a command names.
    pub outcome: Option<Outcome>,
}

/// A registered inspection, as far as the rule has to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The day it was published.
    pub published_on: Date,
    /// The title of another inspection under way that it came of already.
    pub of: Option<String>,
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Underway>, command: Command) -> Result<Fact, Refusal> {
    match (was, command) {
        (None, Command::Announce { details }) => {
            let Underway { title, kind, inspectorate, partners, announced_on, .. } =
                read(known, &details, true)?;
            Ok(Fact::Announced { title, kind, inspectorate, partners, on: announced_on })
        }
        (Some(_), Command::Announce { .. }) => {
            Err(Refusal::of("title", "It is in the list already. Open it to change it."))
        }
        (None, _) => Err(Refusal::of("title", "There is no such inspection under way. Announce it first.")),
        (Some(was), Command::Correct { details, stage, stage_on, reason }) => {
            let underway = corrected(known, was, &details, &stage, &stage_on)?;
            if underway == *was {
                return Err(Refusal::of("title", "Nothing is different. Change what is wrong, or go back."));
            }
            let reason = required("reason", "The reason", &reason, PARAGRAPH)?;
            Ok(Fact::Corrected { underway, reason })
        }
        (Some(was), command) => {
            still_going(was)?;
            change(known, was, command)
        }
    }
}

/// Refuses a step of what is over.
pub fn still_going(was: &Underway) -> Result<(), Refusal> {
    if !was.stage.is_over() {
        return Ok(());
    }
    let stage = was.stage.words().to_lowercase();
    let sentence = format!("It was {stage} on {}. If that is wrong, correct it.", day(was.stage_on));
    Err(Refusal::of("stage", sentence))
}

fn change(known: &Known, was: &Underway, command: Command) -> Result<Fact, Refusal> {
    match command {
        Command::Advance { stage, on } => {
            let stage = read_working(&stage, "Choose the stage it has come to: fieldwork or drafting.")?;
            if stage <= was.stage {
                let sentence = format!(
                    "It has come to “{}” already. Choose a later stage, or correct it.",
                    was.stage.words()
                );
                return Err(Refusal::of("stage", sentence));
            }
            Ok(Fact::Advanced { stage, on: step_day(known, was, &on)? })
        }
        Command::Publish { inspection } => {
            let (Some(inspection), Some(outcome)) = (inspection, &known.outcome) else {
                let sentence = "Choose the registered inspection that came of it. Register that first.";
                return Err(Refusal::of("inspection", sentence));
            };
            if let Some(other) = &outcome.of {
                let sentence = format!("That inspection came of “{other}”. Choose another.");
                return Err(Refusal::of("inspection", sentence));
            }
            let on = outcome.published_on;
            if on < was.stage_on {
                let sentence = format!(
                    "That inspection was published on {}, before this one came to “{}” on {}. Choose another, or correct the days.",
                    day(on),
                    was.stage.words(),
                    day(was.stage_on)
                );
                return Err(Refusal::of("inspection", sentence));
            }
            Ok(Fact::Published { inspection, on })
        }
        Command::Abandon { reason, on } => {
            let reason = required("reason", "The reason", &reason, PARAGRAPH)?;
            Ok(Fact::Abandoned { reason, on: step_day(known, was, &on)? })
        }
        Command::Announce { .. } | Command::Correct { .. } => {
            Err(Refusal::of("title", "It is in the list already. Open it to change it."))
        }
    }
}

/// The day of a step: not still to come, and not before the step before it.
fn step_day(known: &Known, was: &Underway, typed: &str) -> Result<Date, Refusal> {
    let on = past_day(known, "on", "The day", typed)?;
    if on < was.stage_on {
        let sentence = format!(
            "It came to “{}” on {}, so this cannot be before. Give a later day, or correct that one.",
            was.stage.words(),
            day(was.stage_on)
        );
        return Err(Refusal::of("on", sentence));
    }
    Ok(on)
}

fn past_day(known: &Known, field: &'static str, what: &str, typed: &str) -> Result<Date, Refusal> {
    let on = read_day(field, what, typed)?;
    if on > known.today {
        return Err(Refusal::of(field, "That day is still to come. Say so when it has come."));
    }
    Ok(on)
}

fn read_working(word: &str, otherwise: &'static str) -> Result<Stage, Refusal> {
    Stage::read(word).filter(|stage| !stage.is_over()).ok_or_else(|| Refusal::of("stage", otherwise))
}

fn read(known: &Known, details: &Details, is_going: bool) -> Result<Underway, Refusal> {
    let title = required("title", "The title", &details.title, LINE)?;
    let same = |other: &&String| other.to_lowercase() == title.to_lowercase();
    if is_going && let Some(other) = known.taken.iter().find(same) {
        let sentence = format!("“{other}” is under way already. Open it, or give this one its own title.");
        return Err(Refusal::of("title", sentence));
    }
    let kind = Kind::read(&details.kind)
        .ok_or_else(|| Refusal::of("kind", "Choose what kind of inspection it is."))?;
    let inspectorate = required("inspectorate", "The inspectorate", &details.inspectorate, LINE)?;
    let partners = optional("partners", "The list of partners", &details.partners, PARAGRAPH)?;
    let partners: Vec<String> =
        partners.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    if kind == Kind::Joint && partners.is_empty() {
        let sentence =
            "A joint inspection has at least one partner. Name each, one a line, or choose another kind.";
        return Err(Refusal::of("partners", sentence));
    }
    let announced_on = past_day(known, "announced_on", "The day of the announcement", &details.announced_on)?;
    Ok(Underway {
        title,
        kind,
        inspectorate,
        partners,
        announced_on,
        stage: Stage::Announced,
        stage_on: announced_on,
        inspection: None,
        reason: String::new(),
    })
}

/// What it is when it is put right. A stage that is named takes back what came after it.
fn corrected(
    known: &Known,
    was: &Underway,
    details: &Details,
    stage: &str,
    stage_on: &str,
) -> Result<Underway, Refusal> {
    let keeps = stage.trim().is_empty() || stage.trim() == was.stage.as_str();
    let mut now = read(known, details, !(keeps && was.stage.is_over()))?;
    if keeps {
        (now.stage, now.stage_on) = (was.stage, was.stage_on);
        (now.inspection, now.reason) = (was.inspection.clone(), was.reason.clone());
    } else {
        let otherwise = "Choose announced, fieldwork or drafting. What is over is said by its own form.";
        now.stage = read_working(stage, otherwise)?;
    }
    if now.stage == Stage::Announced {
        now.stage_on = now.announced_on;
    } else if !(now.stage.is_over() || keeps && stage_on.trim().is_empty()) {
        now.stage_on = past_day(known, "stage_on", "The day since when", stage_on)?;
    }
    if now.stage_on < now.announced_on {
        let sentence = format!(
            "It came to “{}” on {}, and cannot have been announced later. Correct one of the days.",
            now.stage.words(),
            day(now.stage_on)
        );
        return Err(Refusal::of("announced_on", sentence));
    }
    Ok(now)
}

/// What it is after `fact`.
pub fn apply(was: Option<Underway>, fact: &Fact) -> Underway {
    let Some(mut now) = was else { return begun(fact) };
    match fact.clone() {
        Fact::Announced { .. } => return begun(fact),
        Fact::Advanced { stage, on } => (now.stage, now.stage_on) = (stage, on),
        Fact::Published { inspection, on } => {
            (now.stage, now.stage_on, now.inspection) = (Stage::Published, on, Some(inspection));
        }
        Fact::Abandoned { reason, on } => {
            (now.stage, now.stage_on, now.reason) = (Stage::Abandoned, on, reason);
        }
        Fact::Corrected { underway, .. } => now = underway,
    }
    now
}

fn begun(fact: &Fact) -> Underway {
    match fact.clone() {
        Fact::Announced { title, kind, inspectorate, partners, on } => Underway {
            title,
            kind,
            inspectorate,
            partners,
            announced_on: on,
            stage: Stage::Announced,
            stage_on: on,
            inspection: None,
            reason: String::new(),
        },
        Fact::Corrected { underway, .. } => underway,
        Fact::Advanced { .. } | Fact::Published { .. } | Fact::Abandoned { .. } => {
            unreachable!("decide lets nothing happen to an inspection before it is announced")
        }
    }
}
