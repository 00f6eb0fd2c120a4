//! A statement of a source: about what, which quantity, what value, in which words, on which day. Pure.

use std::collections::BTreeMap;

use import::TargetDate;
use jiff::civil::Date;
use journal::{Id, Refusal};
use serde::{Deserialize, Serialize};

use crate::{
    inspection::rules::read_day,
    register::rules::Register,
    words::{LINE, optional},
};

/// The longest sentence that is quoted.
const SENTENCE: usize = 600;

/// What a statement is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// The whole register.
    Portfolio,
    /// One inspection and its plan.
    Inspection(Id),
    /// One recommendation.
    Recommendation(Id),
    /// A theme across plans: "Custody".
    Theme(String),
}

/// What a statement gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// How many are open.
    Open,
    /// How many are delayed.
    Delayed,
    /// How many are closed.
    Closed,
    /// How many were made.
    Total,
    /// How many are with the inspectorate.
    ProposedForClosure,
    /// In how many plans there are open ones.
    Plans,
    /// How many areas for development there are.
    AreasForDevelopment,
    /// The first target.
    FirstTarget,
    /// The target as it stands.
    CurrentTarget,
    /// The day of publication.
    Published,
    /// A title.
    Title,
    /// Where it stands.
    Status,
    /// A name of a body, a programme, a post.
    Name,
}

impl Quantity {
    /// All, in the order of a form.
    pub const ALL: [Self; 13] = [
        Self::Open,
        Self::Delayed,
        Self::Closed,
        Self::Total,
        Self::ProposedForClosure,
        Self::Plans,
        Self::AreasForDevelopment,
        Self::FirstTarget,
        Self::CurrentTarget,
        Self::Published,
        Self::Title,
        Self::Status,
        Self::Name,
    ];

    /// The word of a row, a form and an address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Delayed => "delayed",
            Self::Closed => "closed",
            Self::Total => "total",
            Self::ProposedForClosure => "proposed_for_closure",
            Self::Plans => "plans",
            Self::AreasForDevelopment => "areas_for_development",
            Self::FirstTarget => "first_target",
            Self::CurrentTarget => "current_target",
            Self::Published => "published",
            Self::Title => "title",
            Self::Status => "status",
            Self::Name => "name",
        }
    }

    /// The words of a page.
    pub fn words(self) -> &'static str {
        match self {
            Self::Open => "Open recommendations",
            Self::Delayed => "Delayed recommendations",
            Self::Closed => "Closed recommendations",
            Self::Total => "Recommendations made",
            Self::ProposedForClosure => "Recommendations proposed for closure",
            Self::Plans => "Plans with open recommendations",
            Self::AreasForDevelopment => "Areas for development",
            Self::FirstTarget => "First target",
            Self::CurrentTarget => "Target",
            Self::Published => "Day of publication",
            Self::Title => "Title",
            Self::Status => "Status",
            Self::Name => "A name",
        }
    }

    /// The quantity that a form or a row names.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|quantity| quantity.as_str() == word.trim())
    }

    /// Whether its value is a number.
    pub fn is_number(self) -> bool {
        matches!(
            self,
            Self::Open
                | Self::Delayed
                | Self::Closed
                | Self::Total
                | Self::ProposedForClosure
                | Self::Plans
                | Self::AreasForDevelopment
        )
    }

    /// Whether its value is a month or a day.
    pub fn is_date(self) -> bool {
        matches!(self, Self::FirstTarget | Self::CurrentTarget | Self::Published)
    }

    fn fits(self, about: &About) -> bool {
        match (self, about) {
            (Self::Published | Self::Title, about) => matches!(about, About::Inspection(_)),
            (Self::Plans, about) => matches!(about, About::Portfolio | About::Theme(_)),
            (quantity, About::Recommendation(_)) => !quantity.is_number(),
            _ => true,
        }
    }
}

/// What a source said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// About what.
    pub about: About,
    /// Which figure, day or words.
    pub quantity: Quantity,
    /// The number in digits, the date as 2025-06 or 2025-06-30, or words; empty where it is left blank.
    pub value: String,
    /// The sentence or the row it stood in.
    pub words: String,
    /// The day on which it held.
    pub as_on: Date,
}

impl Statement {
    /// The number it gives.
    pub fn number(&self) -> Option<usize> {
        self.value.parse().ok().filter(|_| self.quantity.is_number())
    }

    /// The month or day it gives.
    pub fn date(&self) -> Option<TargetDate> {
        self.value.parse().ok().filter(|_| self.quantity.is_date())
    }

    /// Its value as people write it.
    pub fn shown(&self) -> String {
        if self.value.is_empty() {
            return "left blank".to_owned();
        }
        match (self.date(), self.number()) {
            (Some(date), _) => date.to_string(),
            (None, Some(number)) => crate::words::thousands(number),
            (None, None) => format!("“{}”", self.value),
        }
    }
}

/// A statement as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Citation {
    /// "Portfolio", a short name (DA23), a recommendation (DA23-R14), an identity, or "Theme: Custody".
    pub about: String,
    /// A word of [`Quantity`].
    pub quantity: String,
    /// A number, a date, words; empty where the source leaves it blank.
    pub value: String,
    /// The sentence it stood in.
    pub words: String,
    /// The day; the source's own where it is empty.
    pub as_on: String,
}

/// What else the rule knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// Short names, labels and identities in lower case, and what they mean.
    pub abouts: BTreeMap<String, About>,
    /// The references of the other sources.
    pub references: Vec<String>,
    /// Today, in Scotland: nothing is cited as on a later day. None where nothing is cited.
    pub today: Option<Date>,
}

impl Known {
    /// The short names, labels and identities of `register`.
    pub fn of(register: &Register, references: Vec<String>) -> Self {
        let inspections = register.inspections.iter().flat_map(|(id, one)| {
            let about = About::Inspection(id.clone());
            [(one.code.to_lowercase(), about.clone()), (id.to_string(), about)]
        });
        let items = register.items.iter().flat_map(|item| {
            let about = About::Recommendation(item.id.clone());
            [(item.label().to_lowercase(), about.clone()), (item.id.to_string(), about)]
        });
        let today = Some(register.position.today);
        Self { abouts: inspections.chain(items).collect(), references, today }
    }

    fn about(&self, typed: &str) -> Result<About, Refusal> {
        let typed = typed.trim();
        let lower = typed.to_lowercase();
        if lower == "portfolio" {
            return Ok(About::Portfolio);
        }
        if lower.starts_with("theme:") {
            let theme = optional("about", "The theme", &typed["theme:".len()..], LINE)?;
            if !theme.is_empty() {
                return Ok(About::Theme(theme));
            }
        }
        self.abouts.get(&lower).cloned().ok_or_else(|| {
            let sentence = if typed.is_empty() {
                "Say what it is about: Portfolio, a short name as DA23, a recommendation as DA23-R14, or Theme: Custody.".to_owned()
            } else {
                format!("There is no “{typed}” in the register. Give Portfolio, a short name as DA23, a recommendation as DA23-R14, or Theme: Custody.")
            };
            Refusal::of("about", sentence)
        })
    }
}

impl Citation {
    /// The statement, or which field is wrong. `day` is the source's own.
    pub(super) fn read(&self, known: &Known, day: Option<Date>) -> Result<Statement, Refusal> {
        let about = known.about(&self.about)?;
        let quantity = Quantity::read(&self.quantity)
            .ok_or_else(|| Refusal::of("quantity", "Choose what the source gives."))?;
        if !quantity.fits(&about) {
            return Err(Refusal::of("quantity", misfit(quantity)));
        }
        let as_on = match (self.as_on.trim(), day) {
            ("", Some(day)) => day,
            ("", None) => {
                let sentence =
                    "Say on which day it held: the source has neither a meeting nor a publication day.";
                return Err(Refusal::of("as_on", sentence));
            }
            (words, _) => read_day("as_on", "The day", words)?,
        };
        if known.today.is_some_and(|today| today < as_on) {
            let sentence = format!(
                "It cannot have held on {}, which is still to come. Give a day that is past, or today’s.",
                crate::words::day(as_on)
            );
            return Err(Refusal::of("as_on", sentence));
        }
        let value = value(quantity, &self.value)?;
        Ok(Statement {
            about,
            quantity,
            value,
            words: optional("words", "The sentence", &self.words, SENTENCE)?,
            as_on,
        })
    }
}

fn misfit(quantity: Quantity) -> String {
    let of = match quantity {
        Quantity::Published | Quantity::Title => "an inspection, as DA23",
        Quantity::Plans => "the portfolio or a theme",
        _ => "the portfolio, an inspection or a theme, not of one recommendation",
    };
    format!("“{}” is said of {of}. Change one of the two.", quantity.words())
}

/// The value in the form in which it is kept.
fn value(quantity: Quantity, typed: &str) -> Result<String, Refusal> {
    let typed = optional("value", "The value", typed, LINE)?;
    if typed.is_empty() {
        return Ok(typed);
    }
    if quantity.is_number() {
        let digits: String = typed.chars().filter(|c| !matches!(c, ',' | ' ')).collect();
        let number: Option<u32> = digits.parse().ok();
        return number.map(|number| number.to_string()).ok_or_else(|| {
            Refusal::of("value", format!("“{typed}” is not a number. Give it in digits, as 104; leave it empty where the source is blank."))
        });
    }
    if quantity.is_date() {
        return TargetDate::read(&typed).map(|date| date.iso()).ok_or_else(|| {
            Refusal::of("value", format!("“{typed}” is not a date. Give a month (June 2025) or a day (30 June 2025); leave it empty where the source is blank."))
        });
    }
    Ok(typed)
}
