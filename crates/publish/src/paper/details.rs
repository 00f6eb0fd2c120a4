//! What a person says about a paper: what kind it is, which meeting, what it is about. Pure.

use std::collections::BTreeMap;

use jiff::civil::Date;
use journal::{Id, Private, Refusal};
use plan::{
    codes,
    inspection::rules::read_day,
    words::{LINE, PARAGRAPH, optional, required},
};
use serde::{Deserialize, Serialize};

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

/// What a paper is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Improvement plans with all that is open in them, and the plans as an appendix (S001).
    #[default]
    Plan,
    /// What became of the recommendations of some inspections in a period.
    Period,
    /// Every plan: figures, closures, themes, delays, and what is open of some (S004).
    Portfolio,
}

impl Kind {
    /// All, in the order of a form.
    pub const ALL: [Self; 3] = [Self::Plan, Self::Period, Self::Portfolio];

    /// The word of a form and a fact.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Period => "period",
            Self::Portfolio => "portfolio",
        }
    }

    /// The words of a form.
    pub fn words(self) -> &'static str {
        match self {
            Self::Plan => "Improvement plan, with the plan as an appendix",
            Self::Period => "Progress in a period",
            Self::Portfolio => "The whole portfolio",
        }
    }

    /// The kind that a form names; a form that names none means a plan, as version 0.1.0 did.
    pub fn read(word: &str) -> Option<Self> {
        let word = if word.is_empty() { Self::Plan.as_str() } else { word };
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// Whether it is a plan: a fact of version 0.1.0 does not say so, and neither does one of today.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
    fn is_plan(&self) -> bool {
        *self == Self::Plan
    }
}

/// What a person says about a paper; everything else in it is counted.
///
/// What version 0.1.0 did not know is left out of a fact where it is nothing, so that its facts stay as they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// What it is for.
    #[serde(default, skip_serializing_if = "Kind::is_plan")]
    pub kind: Kind,
    /// The body whose recommendations are counted; empty means every body's.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub addressee: String,
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
    /// Identities of the inspections it is about; none means all. A portfolio counts all, and lists what is
    /// open of these.
    pub inspections: Vec<String>,
    /// Whether a paper about a period has the plan as an appendix.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub appendix: bool,
    /// The key of the theme whose share a portfolio tells; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub theme: String,
    /// The day since which a portfolio tells how many were added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub added_since: Option<Date>,
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
    pub fields: BTreeMap<String, String>,
    /// The chosen inspections.
    pub inspections: Vec<String>,
}

impl Details {
    /// Identities of the inspections whose recommendations are counted; none means all.
    pub fn scope(&self) -> &[String] {
        if self.kind == Kind::Portfolio { &[] } else { &self.inspections }
    }

    /// Whether the plan stands at its end.
    pub fn has_appendix(&self) -> bool {
        match self.kind {
            Kind::Plan => true,
            Kind::Period => self.appendix,
            Kind::Portfolio => false,
        }
    }

    /// What the cover says members are asked to do.
    pub fn ask_words(&self) -> &'static str {
        ASKS.iter().find(|(word, _)| *word == self.ask).map_or("For discussion", |(_, words)| words)
    }
}

/// The details that the form gives, or why not. `bodies` are those that inspections are addressed to.
pub fn read(bodies: &[String], typed: &Typed) -> Result<Details, Refusal> {
    let text = |name: &str| typed.fields.get(name).map_or("", String::as_str);
    let kind = Kind::read(text("kind")).ok_or_else(|| {
        Refusal::of("kind", "Choose what kind of paper it is: a plan, a period or the portfolio.")
    })?;
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
        kind,
        addressee: body(bodies, text("addressee"))?,
        appendix: matches!(text("appendix"), "yes" | "true"),
        theme: theme(text("theme"))?,
        added_since: match text("added_since").trim() {
            "" => None,
            words => Some(read_day("added_since", "The day since which recommendations were added", words)?),
        },
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

/// A body that somebody is addressed as: a count for a name that nobody has would be nothing, and look like news.
fn body(bodies: &[String], words: &str) -> Result<String, Refusal> {
    let words = words.trim();
    if words.is_empty() || bodies.iter().any(|body| body == words) {
        return Ok(words.to_owned());
    }
    let sentence =
        format!("No inspection is addressed to “{words}”. Choose a body from the list, or every body.");
    Err(Refusal::of("addressee", sentence))
}

fn theme(key: &str) -> Result<String, Refusal> {
    if key.is_empty() || codes::themes().iter().any(|theme| theme.key == key) {
        return Ok(key.to_owned());
    }
    Err(Refusal::of("theme", "Choose the theme from the list, or none."))
}
