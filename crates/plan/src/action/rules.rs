//! What may happen to an action. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use import::TargetDate;
use jiff::civil::Date;
use journal::Refusal;
use serde::{Deserialize, Serialize};

use crate::{
    recommendation::rules::{Recommendation, still_open},
    target::rules::{known_kind, not_before, read},
    words::{LINE, PARAGRAPH, day, optional, required},
};

/// How far the work on an action has got: the five stages of design and evaluation (S001 2.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// What is known is gathered.
    Gather,
    /// Whoever it concerns is engaged.
    Engage,
    /// The answer is designed.
    Design,
    /// It is delivered.
    Deliver,
    /// It is looked at whether it works.
    Evaluate,
}

impl Stage {
    /// All, in order.
    pub const ALL: [Self; 5] = [Self::Gather, Self::Engage, Self::Design, Self::Deliver, Self::Evaluate];

    /// The word of a form and a row.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gather => "gather",
            Self::Engage => "engage",
            Self::Design => "design",
            Self::Deliver => "deliver",
            Self::Evaluate => "evaluate",
        }
    }

    /// The words of a page.
    pub fn words(self) -> &'static str {
        match self {
            Self::Gather => "Gather",
            Self::Engage => "Engage",
            Self::Design => "Design",
            Self::Deliver => "Deliver",
            Self::Evaluate => "Evaluate",
        }
    }

    /// The stage that a form or a row names.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == word)
    }
}

/// One action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// Its number as printed ("3.4").
    pub number: String,
    /// What is to be done.
    pub text: String,
    /// Who does it; empty where it is the recommendation's owner.
    pub owner: String,
    /// Its own target, where it has one.
    pub target: Option<TargetDate>,
    /// The day it was finished.
    pub done_on: Option<Date>,
    /// How far the work on it has got; none while nobody has said.
    #[serde(default)]
    pub stage: Option<Stage>,
    /// Every move of its own target, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moves: Vec<ActionMove>,
}

/// One move of an action's own target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionMove {
    /// Where it was; none where the action had the recommendation's until then.
    pub from: Option<TargetDate>,
    /// Where to.
    pub to: TargetDate,
    /// Why.
    pub reason: String,
    /// A key of [`crate::codes::delay_reasons`].
    pub delay_reason: String,
}

/// The actions of one recommendation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Actions {
    /// In the order in which they were added.
    pub all: Vec<Action>,
    /// The number of the one that the last fact was about: whose row is to be saved.
    pub touched: String,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// A new one; an empty number means the next.
    Add { number: String, text: String, owner: String, target: Option<TargetDate> },
    /// It is done.
    Finish { number: String, note: String },
    /// It was not done after all.
    Reopen { number: String, reason: String },
    /// Its words or owner are put right.
    Change { number: String, text: String, owner: String, reason: String },
    /// The work on it has got this far; a word of [`Stage`].
    Stage { number: String, stage: String },
    /// Its own target is moved, or it gets one of its own.
    MoveTarget { number: String, to: String, reason: String, delay_reason: String },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It was added.
    Added { number: String, text: String, owner: String, target: Option<TargetDate> },
    /// It was finished.
    Finished { number: String, note: String, on: Date },
    /// It was taken up again.
    Reopened { number: String, reason: String },
    /// Its words or owner were put right.
    Changed { number: String, text: String, owner: String, reason: String },
    /// The work on it has got this far.
    Staged { number: String, stage: Stage },
    /// Its own target was moved, or it got one of its own.
    TargetMoved { number: String, to: TargetDate, reason: String, delay_reason: String },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "action";
}

/// What else the rule knows.
#[derive(Debug, Clone)]
pub struct Known {
    /// Today, in Scotland.
    pub today: Date,
    /// The recommendation whose actions they are.
    pub recommendation: Option<Recommendation>,
    /// The day its inspection was published: no target is moved before it.
    pub published_on: Option<Date>,
}

impl Known {
    /// What has to be known `today` of the actions of `recommendation` unless a target is moved.
    pub fn on(today: Date, recommendation: Option<Recommendation>) -> Self {
        Self { today, recommendation, published_on: None }
    }
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Actions>, command: Command) -> Result<Fact, Refusal> {
    let recommendation = known.recommendation.as_ref().ok_or_else(|| {
        Refusal::of("reference", "An action belongs to a recommendation. Add the recommendation first.")
    })?;
    still_open(recommendation)?;
    let none = Actions::default();
    let was = was.unwrap_or(&none);
    match command {
        Command::Add { number, text, owner, target } => {
            let number = was.free_number(recommendation, &number)?;
            let text = required("text", "The action", &text, PARAGRAPH)?;
            Ok(Fact::Added { number, text, owner: optional("owner", "The owner", &owner, LINE)?, target })
        }
        Command::Finish { number, note } => {
            let action = was.find(&number)?;
            if let Some(on) = action.done_on {
                return Err(Refusal::of("number", format!("Action {number} was finished on {on} already.")));
            }
            let done = required("note", "What was done", &note, PARAGRAPH)?;
            Ok(Fact::Finished { number: action.number.clone(), note: done, on: known.today })
        }
        Command::Reopen { number, reason } => {
            let action = was.find(&number)?;
            if action.done_on.is_none() {
                return Err(Refusal::of("number", format!("Action {number} is not finished.")));
            }
            let reason = required("reason", "The reason", &reason, PARAGRAPH)?;
            Ok(Fact::Reopened { number: action.number.clone(), reason })
        }
        Command::Change { number, text, owner, reason } => {
            let action = was.find(&number)?;
            let text = required("text", "The action", &text, PARAGRAPH)?;
            let owner = optional("owner", "The owner", &owner, LINE)?;
            if text == action.text && owner == action.owner {
                return Err(Refusal::of("text", "This is as it was. Change it, or go back."));
            }
            let reason = required("reason", "The reason", &reason, PARAGRAPH)?;
            Ok(Fact::Changed { number: action.number.clone(), text, owner, reason })
        }
        Command::Stage { number, stage } => {
            let action = was.find(&number)?;
            let stage = Stage::read(&stage).ok_or_else(|| {
                Refusal::of("stage", "Choose a stage: gather, engage, design, deliver or evaluate.")
            })?;
            if action.stage == Some(stage) {
                let sentence =
                    format!("Action {number} is in this stage already. Choose another, or go back.");
                return Err(Refusal::of("stage", sentence));
            }
            Ok(Fact::Staged { number: action.number.clone(), stage })
        }
        Command::MoveTarget { number, to, reason, delay_reason } => {
            let action = was.find(&number)?;
            move_target(known, action, &to, &reason, delay_reason)
        }
    }
}

/// The target of what is done cannot move: when it was done is a fact.
fn move_target(
    known: &Known,
    action: &Action,
    to: &str,
    reason: &str,
    delay_reason: String,
) -> Result<Fact, Refusal> {
    if let Some(on) = action.done_on {
        let sentence =
            format!("Action {} was finished on {}. Reopen it to move its target.", action.number, day(on));
        return Err(Refusal::of("number", sentence));
    }
    let to = read("to", to)?;
    not_before("to", to, known.published_on)?;
    if action.target == Some(to) {
        return Err(Refusal::of("to", format!("The target is {to} already. Give another, or go back.")));
    }
    let reason = required("reason", "The reason", reason, PARAGRAPH)?;
    known_kind(&delay_reason)?;
    Ok(Fact::TargetMoved { number: action.number.clone(), to, reason, delay_reason })
}

impl Actions {
    /// The action with that number.
    pub fn find(&self, number: &str) -> Result<&Action, Refusal> {
        self.all
            .iter()
            .find(|action| action.number == number.trim())
            .ok_or_else(|| Refusal::of("number", format!("There is no action {number} here.")))
    }

    fn free_number(&self, recommendation: &Recommendation, typed: &str) -> Result<String, Refusal> {
        let typed = optional("number", "The number", typed, 20)?;
        if typed.is_empty() {
            return Ok(self.next_number(recommendation));
        }
        if self.find(&typed).is_ok() {
            let sentence =
                format!("There is an action {typed} already. Leave the number empty to get the next.");
            return Err(Refusal::of("number", sentence));
        }
        Ok(typed)
    }

    fn next_number(&self, recommendation: &Recommendation) -> String {
        let stem = import::normal_reference(&recommendation.reference);
        (self.all.len() + 1..=2 * self.all.len() + 1)
            .map(|n| format!("{stem}.{n}"))
            .find(|number| self.find(number).is_err())
            .expect("there are more numbers than actions")
    }

    fn change(&mut self, number: &str, change: impl FnOnce(&mut Action)) {
        number.clone_into(&mut self.touched);
        if let Some(action) = self.all.iter_mut().find(|action| action.number == number) {
            change(action);
        }
    }
}

/// What they are after `fact`.
pub fn apply(was: Option<Actions>, fact: &Fact) -> Actions {
    let mut now = was.unwrap_or_default();
    match fact.clone() {
        Fact::Added { number, text, owner, target } => {
            now.touched.clone_from(&number);
            now.all.push(Action {
                number,
                text,
                owner,
                target,
                done_on: None,
                stage: None,
                moves: Vec::new(),
            });
        }
        Fact::Finished { number, on, .. } => now.change(&number, |action| action.done_on = Some(on)),
        Fact::Reopened { number, .. } => now.change(&number, |action| action.done_on = None),
        Fact::Changed { number, text, owner, .. } => {
            now.change(&number, |action| (action.text, action.owner) = (text, owner));
        }
        Fact::Staged { number, stage } => now.change(&number, |action| action.stage = Some(stage)),
        Fact::TargetMoved { number, to, reason, delay_reason } => now.change(&number, |action| {
            let from = action.target.replace(to);
            action.moves.push(ActionMove { from, to, reason, delay_reason });
        }),
    }
    now
}
