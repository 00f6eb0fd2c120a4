//! What happened to the recommendations after their plan came in: the events of `lives/*.toml`.

use anyhow::{Context, Result};
use jiff::{ToSpan, civil::Date};
use serde::Deserialize;

/// The life of one plan's recommendations, oldest event first.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Life {
    /// The day on which the plan was carried in.
    pub carried_in_on: Date,
    /// What happened then.
    #[serde(rename = "event")]
    pub events: Vec<Event>,
}

/// Something that happened to one recommendation.
#[derive(Debug, Clone, Deserialize)]
pub struct Event {
    /// When.
    pub on: Day,
    /// The recommendation's reference as printed.
    pub of: String,
    /// What.
    #[serde(flatten)]
    pub what: What,
}

/// A day of the calendar, or one counted back from the day on which the demonstration is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Day {
    /// "2024-09-04".
    On(Date),
    /// "9 days ago".
    Ago(i32),
}

/// What can happen, as a page offers it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// An update is added.
    Update(String),
    /// Actions are finished.
    Finish {
        /// Their numbers.
        actions: Vec<String>,
        /// What was done.
        note: String,
    },
    /// The target is moved.
    Move {
        /// Where to.
        to: String,
        /// Why.
        reason: String,
        /// Who approved it.
        approved_by: String,
    },
    /// It waits for another recommendation of the same plan.
    Wait {
        /// The other's reference.
        on: String,
        /// Why.
        reason: String,
    },
    /// Its evidence is together.
    Assemble(String),
    /// It is sent to the inspectorate.
    Propose {
        /// What was done.
        what_we_did: String,
        /// What is better now.
        impact: String,
    },
    /// The inspectorate wants more.
    Return(String),
    /// The inspectorate is content.
    Discharge(String),
}

impl TryFrom<String> for Day {
    type Error = String;

    fn try_from(words: String) -> Result<Self, String> {
        let wrong = || format!("“{words}” is neither a day (2024-09-04) nor counted back (9 days ago)");
        match words.strip_suffix(" days ago") {
            Some(days) => days.parse().map(Self::Ago).map_err(|_| wrong()),
            None => words.parse().map(Self::On).map_err(|_| wrong()),
        }
    }
}

impl Life {
    fn read(name: &str, text: &str) -> Result<Self> {
        toml::from_str(text).with_context(|| format!("lives/{name} does not read"))
    }

    /// The events of the days before `today`, each with its day. One that is counted back is left out where
    /// it would fall before the last day of the calendar: the story is then too young for it.
    pub fn before(&self, today: Date) -> impl Iterator<Item = (Date, &Event)> {
        let fixed = self.events.iter().filter_map(|event| match event.on {
            Day::On(day) => Some(day),
            Day::Ago(_) => None,
        });
        let last = fixed.max().unwrap_or(self.carried_in_on);
        let day = move |event: &Event| match event.on {
            Day::On(day) => Some(day),
            Day::Ago(days) => Some(today.saturating_sub(days.days())).filter(|day| *day > last),
        };
        let dated = self.events.iter().filter_map(move |event| day(event).map(|day| (day, event)));
        dated.filter(move |(day, _)| *day < today)
    }
}

/// The life of the Contact Assessment Model's recommendations.
pub fn contact_assessment_model() -> Result<Life> {
    Life::read("contact_assessment_model.toml", include_str!("lives/contact_assessment_model.toml"))
}

/// The life of the recommendations on domestic abuse.
pub fn domestic_abuse() -> Result<Life> {
    Life::read("domestic_abuse.toml", include_str!("lives/domestic_abuse.toml"))
}
