//! A published improvement plan, as data: what `plans/*.toml` holds and what a workbook is written from.

use ::plan::inspection::rules::Details;
use anyhow::{Context, Result};
use import::TargetDate;
use jiff::civil::Date;
use serde::Deserialize;

/// The force, as plans address it.
pub const FORCE: &str = "Caledonia Police";

/// An inspection with its improvement plan.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The inspection's title.
    pub title: String,
    /// Its short name: "CAM22".
    pub code: String,
    /// A word of `plan::inspection::rules::Kind`.
    pub kind: String,
    /// The day of its publication.
    pub published_on: Date,
    /// Who inspected.
    pub inspectorate: String,
    /// The bodies it is addressed to.
    pub addressees: Vec<String>,
    /// The post at the top that answers for what is addressed to the force; empty where none is named.
    #[serde(default)]
    pub strategic_owner: String,
    /// What it recommends, in the order of print.
    #[serde(rename = "recommendation")]
    pub recommendations: Vec<Recommendation>,
}

/// One recommendation and what is planned about it. What a plan does not say is empty.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Recommendation {
    /// The reference as printed: "1", "R02".
    pub reference: String,
    /// What is recommended.
    pub text: String,
    /// The bodies it is addressed to; none means those of its inspection.
    pub addressees: Vec<String>,
    /// Keys of themes in `definitions/plan.toml`.
    pub themes: Vec<String>,
    /// "short", "medium" or "long"; empty where nobody has said.
    pub horizon: String,
    /// Milestones of the business plan that it serves directly: "SC 1.14".
    pub milestones: Vec<String>,
    /// The post at the top that answers for it; empty means that of its inspection.
    pub strategic_owner: String,
    /// "Low", "Medium" or "High".
    pub risk_exposure: String,
    /// The risk in a sentence.
    pub risk_statement: String,
    /// The post that owns it.
    pub owner: String,
    /// What it is meant to bring about.
    pub impact: String,
    /// The first target.
    pub target: Option<TargetDate>,
    /// The target as it was moved before the plan was published.
    pub revised_target: Option<TargetDate>,
    /// The actions' words; the numbers follow from the reference.
    pub actions: Vec<String>,
    /// How far the work on each action has got, in their order: "gather", "engage", "design", "deliver" or
    /// "evaluate". None where nobody has said.
    pub stages: Vec<String>,
    /// How it goes.
    pub update: String,
}

impl Plan {
    pub(crate) fn read(name: &str, text: &str) -> Result<Self> {
        toml::from_str(text).with_context(|| format!("plans/{name} does not read as a plan"))
    }

    /// The bodies that one of its recommendations is addressed to.
    pub fn addressees_of<'a>(&'a self, one: &'a Recommendation) -> &'a [String] {
        if one.addressees.is_empty() { &self.addressees } else { &one.addressees }
    }

    /// The post at the top that answers for one of its recommendations; empty where it is another body's, or
    /// nobody is named.
    pub fn strategic_owner_of<'a>(&'a self, one: &'a Recommendation) -> &'a str {
        let is_the_force_s = self.addressees_of(one).iter().any(|body| body == FORCE);
        match (one.strategic_owner.as_str(), is_the_force_s) {
            (_, false) => "",
            ("", true) => &self.strategic_owner,
            (own, true) => own,
        }
    }

    /// What the inspection is registered by.
    pub fn details(&self) -> Details {
        Details {
            title: self.title.clone(),
            code: self.code.clone(),
            kind: self.kind.clone(),
            published_on: self.published_on.to_string(),
            inspectorate: self.inspectorate.clone(),
            addressees: self.addressees.join("\n"),
        }
    }
}

impl Recommendation {
    /// Its actions with their numbers: "3.4" and the words.
    pub fn numbered_actions(&self) -> impl Iterator<Item = (String, &str)> {
        let key = import::normal_reference(&self.reference);
        self.actions
            .iter()
            .enumerate()
            .map(move |(index, text)| (format!("{key}.{}", index + 1), text.as_str()))
    }
}

/// The Contact Assessment Model, 2022: 8 recommendations, 44 actions.
pub fn contact_assessment_model() -> Result<Plan> {
    Plan::read("contact_assessment_model.toml", include_str!("plans/contact_assessment_model.toml"))
}

/// Domestic Abuse, 2023: 14 recommendations, the words of three not at hand.
pub fn domestic_abuse() -> Result<Plan> {
    Plan::read("domestic_abuse.toml", include_str!("plans/domestic_abuse.toml"))
}
