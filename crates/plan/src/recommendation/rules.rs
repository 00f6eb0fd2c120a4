//! What may happen to a recommendation. Pure: no clock, no SQL, no HTML.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use std::collections::BTreeMap;

use import::normal_reference;
use jiff::civil::Date;
use journal::{Id, Refusal};
use serde::{Deserialize, Serialize};

use super::status::{Status, Step};
use crate::words::{LINE, PARAGRAPH, optional, required};

/// How much harm leaving it open may do, as improvement plans rate it ("Risk Exposure").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Exposure {
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
}

impl Exposure {
    /// All, from the least.
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    /// The word of a page, a form and a row.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "Low",
            Self::Medium => "Medium",
            Self::High => "High",
        }
    }

    /// The exposure that a form, a file or a row names.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|exposure| exposure.as_str().eq_ignore_ascii_case(word.trim()))
    }
}

/// A recommendation as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recommendation {
    /// The inspection that made it.
    pub inspection: Id,
    /// Its reference as printed ("1", "R02").
    pub reference: String,
    /// Other references it goes by ("R2"), as printed.
    pub aliases: Vec<String>,
    /// What is recommended, as printed.
    pub text: String,
    /// The rating of the risk; none if the plan gives none.
    pub exposure: Option<Exposure>,
    /// The risk in a sentence; empty if the plan has none.
    pub risk_statement: String,
    /// What it is meant to bring about.
    pub impact: String,
    /// The post that owns it; empty while nobody does.
    pub owner_post: String,
    /// The owner's team.
    pub owner_team: String,
    /// Where it stands.
    pub status: Status,
    /// The day of the last step, as the step gave it; none while it has taken none.
    pub status_on: Option<Date>,
    /// What the last closure proposal said: "what we did".
    pub what_we_did: String,
    /// What the last closure proposal said: "and the impact".
    pub impact_achieved: String,
    /// The recommendation that took it up.
    pub superseded_by: Option<Id>,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// A new one, as printed.
    Make(Printed),
    /// Its words are put right.
    Reword { text: String, reason: String },
    /// It goes by another reference too.
    AddAlias { alias: String },
    /// Another owner.
    Reassign { post: String, team: String, reason: String },
    /// Another rating or sentence of the risk.
    Rate { exposure: String, statement: String, reason: String },
    /// Another intended impact.
    RestateImpact { impact: String, reason: String },
    /// Its evidence is together.
    AssembleEvidence { evidence: String },
    /// It is sent to the inspectorate.
    ProposeClosure { what_we_did: String, impact: String },
    /// The inspectorate wants more.
    Return { reason: String },
    /// The inspectorate is content.
    Discharge { reason: String },
    /// A later one takes it up.
    Supersede { by: Id, reason: String },
}

/// A recommendation as a plan prints it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Printed {
    /// The inspection.
    pub inspection: Option<Id>,
    /// The reference.
    pub reference: String,
    /// The words.
    pub text: String,
    /// A word of [`Exposure`], or empty.
    pub exposure: String,
    /// The risk in a sentence, or empty.
    pub risk_statement: String,
    /// The intended impact, or empty.
    pub impact: String,
    /// The owner's post, or empty.
    pub owner_post: String,
    /// The owner's team, or empty.
    pub owner_team: String,
}

/// What happened to a recommendation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It is tracked from now on.
    Made {
        inspection: Id,
        reference: String,
        text: String,
        exposure: Option<Exposure>,
        risk_statement: String,
        impact: String,
        owner_post: String,
        owner_team: String,
    },
    /// Its words were put right.
    Reworded { text: String, reason: String },
    /// It goes by another reference too.
    Aliased { alias: String },
    /// It has another owner.
    Reassigned { post: String, team: String, reason: String },
    /// Its risk is rated anew.
    Rated { exposure: Option<Exposure>, statement: String, reason: String },
    /// Its intended impact is put anew.
    ImpactRestated { impact: String, reason: String },
    /// Its evidence was put together.
    EvidenceAssembled { evidence: String, on: Date },
    /// It was sent to the inspectorate.
    ProposedForClosure { what_we_did: String, impact: String, on: Date },
    /// The inspectorate wanted more.
    Returned { reason: String, on: Date },
    /// The inspectorate was content.
    Discharged { reason: String, on: Date },
    /// A later one took it up.
    Superseded { by: Id, reason: String, on: Date },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "recommendation";
}

/// What else the rule knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Today, in Scotland: the day of a step.
    pub today: Date,
    /// The references of the inspection's other recommendations: normal form to whose it is.
    pub taken: BTreeMap<String, String>,
    /// The recommendation that is to take it up, if there is such a one.
    pub successor: Option<Recommendation>,
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Recommendation>, command: Command) -> Result<Fact, Refusal> {
    match (was, command) {
        (None, Command::Make(printed)) => make(known, printed),
        (Some(_), Command::Make(_)) => Err(Refusal::of("reference", "It is in the register already.")),
        (None, _) => Err(Refusal::of("reference", "There is no such recommendation in the register.")),
        (Some(was), command) => change(known, was, command),
    }
}

fn make(known: &Known, printed: Printed) -> Result<Fact, Refusal> {
    let inspection = printed
        .inspection
        .ok_or_else(|| Refusal::of("inspection", "Say which inspection made it; register that first."))?;
    Ok(Fact::Made {
        inspection,
        reference: free_reference(known, "reference", &printed.reference)?,
        text: required("text", "The recommendation", &printed.text, PARAGRAPH)?,
        exposure: read_exposure(&printed.exposure)?,
        risk_statement: optional("risk_statement", "The risk", &printed.risk_statement, PARAGRAPH)?,
        impact: optional("impact", "The impact", &printed.impact, PARAGRAPH)?,
        owner_post: optional("owner_post", "The owner’s post", &printed.owner_post, LINE)?,
        owner_team: optional("owner_team", "The owner’s team", &printed.owner_team, LINE)?,
    })
}

fn change(known: &Known, was: &Recommendation, command: Command) -> Result<Fact, Refusal> {
    let on = known.today;
    let reason = |words: &str| required("reason", "The reason", words, PARAGRAPH);
    if let Some(step) = step_of(&command) {
        was.status.after(step)?;
    } else {
        still_open(was)?;
    }
    match command {
        Command::Make(_) => Err(Refusal::of("reference", "It is in the register already.")),
        Command::Reword { text, reason: why } => {
            let text = required("text", "The recommendation", &text, PARAGRAPH)?;
            differs("text", text == was.text)?;
            Ok(Fact::Reworded { text, reason: reason(&why)? })
        }
        Command::AddAlias { alias } => {
            if was.goes_by(&alias) {
                return Err(Refusal::of("alias", format!("It goes by {} already.", alias.trim())));
            }
            Ok(Fact::Aliased { alias: free_reference(known, "alias", &alias)? })
        }
        Command::Reassign { post, team, reason: why } => {
            let post = required("owner_post", "The owner’s post", &post, LINE)?;
            let team = optional("owner_team", "The owner’s team", &team, LINE)?;
            differs("owner_post", post == was.owner_post && team == was.owner_team)?;
            Ok(Fact::Reassigned { post, team, reason: reason(&why)? })
        }
        Command::Rate { exposure, statement, reason: why } => {
            let exposure = read_exposure(&exposure)?;
            let statement = optional("risk_statement", "The risk", &statement, PARAGRAPH)?;
            differs("exposure", exposure == was.exposure && statement == was.risk_statement)?;
            Ok(Fact::Rated { exposure, statement, reason: reason(&why)? })
        }
        Command::RestateImpact { impact, reason: why } => {
            let impact = required("impact", "The impact", &impact, PARAGRAPH)?;
            differs("impact", impact == was.impact)?;
            Ok(Fact::ImpactRestated { impact, reason: reason(&why)? })
        }
        Command::AssembleEvidence { evidence } => Ok(Fact::EvidenceAssembled {
            evidence: required("evidence", "The list of evidence", &evidence, PARAGRAPH)?,
            on,
        }),
        Command::ProposeClosure { what_we_did, impact } => Ok(Fact::ProposedForClosure {
            what_we_did: required("what_we_did", "What was done", &what_we_did, PARAGRAPH)?,
            impact: required("impact", "The impact it had", &impact, PARAGRAPH)?,
            on,
        }),
        Command::Return { reason: why } => Ok(Fact::Returned { reason: reason(&why)?, on }),
        Command::Discharge { reason: why } => Ok(Fact::Discharged { reason: reason(&why)?, on }),
        Command::Supersede { by, reason: why } => {
            if known.successor.is_none() {
                let sentence = "The recommendation that takes it up is not in the register. Add it first.";
                return Err(Refusal::of("by", sentence));
            }
            Ok(Fact::Superseded { by, reason: reason(&why)?, on })
        }
    }
}

fn step_of(command: &Command) -> Option<Step> {
    match command {
        Command::AssembleEvidence { .. } => Some(Step::Assemble),
        Command::ProposeClosure { .. } => Some(Step::Propose),
        Command::Return { .. } => Some(Step::Return),
        Command::Discharge { .. } => Some(Step::Discharge),
        Command::Supersede { .. } => Some(Step::Supersede),
        _ => None,
    }
}

/// Refuses a change to what is closed: a discharged record stays as the inspectorate saw it.
pub fn still_open(was: &Recommendation) -> Result<(), Refusal> {
    if was.status.is_closed() {
        let status = was.status.words().to_lowercase();
        let sentence = format!("It is {status}; its record is closed and nothing is added to it.");
        return Err(Refusal::of("status", sentence));
    }
    Ok(())
}

fn free_reference(known: &Known, field: &'static str, typed: &str) -> Result<String, Refusal> {
    let reference = required(field, "The reference", typed, 40)?;
    match known.taken.get(&normal_reference(&reference)) {
        None => Ok(reference),
        Some(whose) => Err(Refusal::of(
            field,
            format!(
                "{reference} is {whose} of this inspection already. Give the reference as printed, or open that one."
            ),
        )),
    }
}

fn read_exposure(word: &str) -> Result<Option<Exposure>, Refusal> {
    match word.trim() {
        "" => Ok(None),
        word => Exposure::read(word).map(Some).ok_or_else(|| {
            Refusal::of("exposure", format!("“{word}” is not a risk exposure. Choose Low, Medium or High."))
        }),
    }
}

fn differs(field: &'static str, same: bool) -> Result<(), Refusal> {
    if same {
        return Err(Refusal::of(field, "This is as it was. Change it, or go back."));
    }
    Ok(())
}

impl Recommendation {
    /// Whether `reference` means this one: R02, R2 and 2 are one.
    pub fn goes_by(&self, reference: &str) -> bool {
        let wanted = normal_reference(reference);
        self.references().any(|own| normal_reference(own) == wanted)
    }

    /// Its reference and its aliases, as printed.
    pub fn references(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.reference.as_str()).chain(self.aliases.iter().map(String::as_str))
    }
}

/// What it is after `fact`.
pub fn apply(was: Option<Recommendation>, fact: &Fact) -> Recommendation {
    let Some(mut now) = was else { return made(fact) };
    match fact.clone() {
        Fact::Made { .. } => return made(fact),
        Fact::Reworded { text, .. } => now.text = text,
        Fact::Aliased { alias } => now.aliases.push(alias),
        Fact::Reassigned { post, team, .. } => (now.owner_post, now.owner_team) = (post, team),
        Fact::Rated { exposure, statement, .. } => (now.exposure, now.risk_statement) = (exposure, statement),
        Fact::ImpactRestated { impact, .. } => now.impact = impact,
        Fact::EvidenceAssembled { on, .. } => now.step(Status::EvidenceAssembled, on),
        Fact::ProposedForClosure { what_we_did, impact, on } => {
            now.step(Status::ProposedForClosure, on);
            (now.what_we_did, now.impact_achieved) = (what_we_did, impact);
        }
        Fact::Returned { on, .. } => now.step(Status::Returned, on),
        Fact::Discharged { on, .. } => now.step(Status::Discharged, on),
        Fact::Superseded { by, on, .. } => {
            now.step(Status::Superseded, on);
            now.superseded_by = Some(by);
        }
    }
    now
}

impl Recommendation {
    fn step(&mut self, to: Status, on: Date) {
        (self.status, self.status_on) = (to, Some(on));
    }
}

fn made(fact: &Fact) -> Recommendation {
    let Fact::Made { inspection, reference, text, exposure, risk_statement, impact, owner_post, owner_team } =
        fact.clone()
    else {
        unreachable!("decide lets nothing happen to a recommendation before it is made")
    };
    Recommendation {
        inspection,
        reference,
        aliases: Vec::new(),
        text,
        exposure,
        risk_statement,
        impact,
        owner_post,
        owner_team,
        status: Status::Open,
        status_on: None,
        what_we_did: String::new(),
        impact_achieved: String::new(),
        superseded_by: None,
    }
}
