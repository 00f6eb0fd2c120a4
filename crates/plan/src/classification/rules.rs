//! How a recommendation may be sorted. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use journal::Refusal;
use serde::{Deserialize, Serialize};

use crate::{
    codes,
    recommendation::rules::{Recommendation, still_open},
    words::{LINE, PARAGRAPH, optional, required},
};

/// How soon a recommendation is meant to be done (S001 2.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Horizon {
    /// First.
    Short,
    /// Then.
    Medium,
    /// Last.
    Long,
}

impl Horizon {
    /// All, the soonest first.
    pub const ALL: [Self; 3] = [Self::Short, Self::Medium, Self::Long];

    /// The word of a form, an address and a row.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Medium => "medium",
            Self::Long => "long",
        }
    }

    /// The words of a page.
    pub fn words(self) -> &'static str {
        match self {
            Self::Short => "Short term",
            Self::Medium => "Medium term",
            Self::Long => "Long term",
        }
    }

    /// The horizon that a form or a row names.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

/// How a recommendation is sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Classification {
    /// The bodies it is addressed to; none means those of its inspection.
    pub addressees: Vec<String>,
    /// Keys of themes.
    pub themes: Vec<String>,
    /// How soon.
    pub horizon: Option<Horizon>,
    /// Codes of the milestones that it serves directly.
    pub milestones: Vec<String>,
    /// The post at the top that answers for it; empty while none does.
    pub strategic_owner: String,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// It is addressed to these bodies, one a line; none means those of its inspection.
    Address { to: String, reason: String },
    /// It has these themes.
    Theme { themes: Vec<String> },
    /// It is meant to be done so soon; a word of [`Horizon`], or empty.
    Prioritise { horizon: String },
    /// It serves these milestones directly.
    Link { milestones: Vec<String> },
    /// This post answers for it.
    Oversee { strategic_owner: String, reason: String },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It is addressed to these bodies.
    Addressed { to: Vec<String>, reason: String },
    /// It has these themes.
    Themed { themes: Vec<String> },
    /// It is meant to be done so soon.
    Prioritised { horizon: Option<Horizon> },
    /// It serves these milestones directly.
    Linked { milestones: Vec<String> },
    /// This post answers for it.
    Overseen { strategic_owner: String, reason: String },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "classification";
}

/// What else the rule knows.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The recommendation.
    pub recommendation: Option<Recommendation>,
    /// The bodies that its inspection is addressed to.
    pub bodies: Vec<String>,
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Classification>, command: Command) -> Result<Fact, Refusal> {
    let recommendation = known
        .recommendation
        .as_ref()
        .ok_or_else(|| Refusal::of("reference", "There is no such recommendation in the register."))?;
    still_open(recommendation)?;
    let none = Classification::default();
    let was = was.unwrap_or(&none);
    match command {
        Command::Address { to, reason } => {
            let to = bodies(known, &to)?;
            differs("addressees", to == was.addressees)?;
            Ok(Fact::Addressed { to, reason: required("reason", "The reason", &reason, PARAGRAPH)? })
        }
        Command::Theme { themes } => {
            let themes = chosen("themes", "theme", &themes, codes::themes().iter().map(|one| &*one.key))?;
            differs("themes", themes == was.themes)?;
            Ok(Fact::Themed { themes })
        }
        Command::Prioritise { horizon } => {
            let horizon = match horizon.as_str() {
                "" => None,
                word => Some(Horizon::read(word).ok_or_else(|| {
                    Refusal::of("horizon", "Choose short, medium or long term, or leave it open.")
                })?),
            };
            differs("horizon", horizon == was.horizon)?;
            Ok(Fact::Prioritised { horizon })
        }
        Command::Link { milestones } => {
            let all = codes::milestones().iter().map(|one| &*one.code);
            let milestones = chosen("milestones", "milestone", &milestones, all)?;
            differs("milestones", milestones == was.milestones)?;
            Ok(Fact::Linked { milestones })
        }
        Command::Oversee { strategic_owner, reason } => {
            let strategic_owner = optional("strategic_owner", "The strategic owner", &strategic_owner, LINE)?;
            differs("strategic_owner", strategic_owner == was.strategic_owner)?;
            let reason = required("reason", "The reason", &reason, PARAGRAPH)?;
            Ok(Fact::Overseen { strategic_owner, reason })
        }
    }
}

/// The bodies as the inspection spells them. A body that the inspection does not name is a mistake, or the
/// inspection's record is: a count per addressee must not grow a second spelling.
fn bodies(known: &Known, typed: &str) -> Result<Vec<String>, Refusal> {
    let mut bodies: Vec<String> = Vec::new();
    for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let body = known.bodies.iter().find(|body| body.eq_ignore_ascii_case(line)).ok_or_else(|| {
            let sentence = format!(
                "“{line}” is not among the bodies that the inspection is addressed to ({}). Choose one of them, or add it to the inspection first.",
                known.bodies.join(", ")
            );
            Refusal::of("addressees", sentence)
        })?;
        if !bodies.contains(body) {
            bodies.push(body.clone());
        }
    }
    Ok(bodies)
}

/// The keys that were chosen, in the order of the definitions, each once.
fn chosen<'a>(
    field: &'static str,
    what: &str,
    typed: &[String],
    all: impl Iterator<Item = &'a str>,
) -> Result<Vec<String>, Refusal> {
    let all: Vec<&str> = all.collect();
    if let Some(odd) = typed.iter().find(|one| !all.contains(&one.as_str())) {
        return Err(Refusal::of(field, format!("“{odd}” is not a {what}. Choose from the list.")));
    }
    Ok(all.into_iter().filter(|key| typed.iter().any(|one| one == key)).map(str::to_owned).collect())
}

fn differs(field: &'static str, same: bool) -> Result<(), Refusal> {
    if same {
        return Err(Refusal::of(field, "This is as it was. Change it, or go back."));
    }
    Ok(())
}

/// What it is after `fact`.
pub fn apply(was: Option<Classification>, fact: &Fact) -> Classification {
    let mut now = was.unwrap_or_default();
    match fact.clone() {
        Fact::Addressed { to, .. } => now.addressees = to,
        Fact::Themed { themes } => now.themes = themes,
        Fact::Prioritised { horizon } => now.horizon = horizon,
        Fact::Linked { milestones } => now.milestones = milestones,
        Fact::Overseen { strategic_owner, .. } => now.strategic_owner = strategic_owner,
    }
    now
}

#[cfg(test)]
#[path = "rules_test.rs"]
mod tests;
