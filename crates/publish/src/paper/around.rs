//! What a paper tells beside the recommendations: inspections under way, areas for development, and what the
//! check of the register finds. The nouns themselves are the plan's.

use std::sync::Arc;

use journal::{Connection, DatabaseError, Id};
use plan::{
    area::rules::Mapping,
    finding::several::rules::key,
    linter::{Check, Finding, Severity, check_register, pages::decision},
    register::rules::{Item, Register},
};

use super::{exhibit::Exhibit, rules::Accepted};

/// What stands around the recommendations, as at the register's position.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Around {
    /// Inspections that were announced and are not published yet.
    pub under_way: Vec<UnderWay>,
    /// What the check of the register finds.
    pub findings: Vec<Found>,
    /// The areas for development of the register's inspections.
    pub areas: Vec<Area>,
    /// What another room shows beside recommendations that the paper tells.
    pub exhibits: Vec<Exhibit>,
}

/// An inspection under way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnderWay {
    /// Its title as announced.
    pub title: String,
    /// What kind it is: "Joint, with other inspectorates".
    pub kind_words: String,
    /// How far it is: "Fieldwork".
    pub stage_words: String,
}

/// One thing that the check of the register found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// What was found, in a sentence.
    pub sentence: String,
    /// The page that mends it.
    pub mend: String,
    /// The form that accepts it.
    pub accept: String,
    /// The name of its box, where several are accepted at once.
    pub key: String,
    /// The check that found it: the key and what it is called.
    pub check: (&'static str, &'static str),
    /// The inspection it is about; none where it is about the register or about several.
    pub inspection: Option<Id>,
    /// Whether a paper must not be frozen with it, unless it is accepted.
    pub is_fault: bool,
    /// Why it stands, where somebody accepted it.
    pub accepted: Option<String>,
}

/// An area for development: what an inspection wants better without recommending it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Area {
    /// The inspection that names it.
    pub inspection: Option<Id>,
    /// Its number as printed: "6".
    pub number: String,
    /// Its words.
    pub text: String,
    /// Whether it is still to be met.
    pub is_open: bool,
    /// The actions that are to meet it, as a page calls them: "CAM22-R4, action 4.3".
    pub actions: Vec<String>,
}

/// The inspections that were announced and are not over.
fn under_way(register: &Register) -> Vec<UnderWay> {
    let going_on = register.underway.iter().filter(|(_, one)| !one.stage.is_over());
    going_on
        .map(|(_, one)| UnderWay {
            title: one.title.clone(),
            kind_words: one.kind.words().to_owned(),
            stage_words: one.stage.words().to_owned(),
        })
        .collect()
}

fn areas(register: &Register) -> Vec<Area> {
    let action = |mapping: &Mapping| {
        let label = register.item(&mapping.recommendation).map_or_else(String::new, Item::label);
        format!("{label}, action {}", mapping.action)
    };
    let area = |(_, area): &(Id, plan::area::rules::Area)| Area {
        inspection: Some(area.inspection.clone()),
        number: area.number.clone(),
        text: area.text.clone(),
        is_open: area.closed.is_none(),
        actions: area.mappings.iter().map(action).collect(),
    };
    register.areas.iter().map(area).collect()
}

impl Around {
    /// What stands around `register`, at its position: the rooms that keep it are asked here and nowhere else.
    pub async fn load(conn: &mut Connection, register: Arc<Register>) -> Result<Self, DatabaseError> {
        let checked = check_register(conn, register).await?;
        let found = |finding: &Finding| Found {
            sentence: format!("{}: {}", finding.label, finding.sentence),
            mend: finding.mend.clone(),
            accept: decision(finding, "acceptance"),
            key: key(finding),
            check: (finding.check, Check::of(finding.check).map_or("", |check| check.title)),
            inspection: checked.inspection_of(finding).cloned(),
            is_fault: finding.severity == Severity::Fault,
            accepted: checked.acceptance(finding).map(|accepted| accepted.reason.clone()),
        };
        Ok(Self {
            under_way: under_way(&checked.register),
            findings: checked.findings.iter().map(found).collect(),
            areas: areas(&checked.register),
            exhibits: Vec::new(),
        })
    }

    /// What was found about the inspections that a paper counts; none given means all.
    pub fn findings_of(&self, scope: &[String]) -> impl Iterator<Item = &Found> {
        let among = |id: &Id| scope.is_empty() || scope.iter().any(|one| one == id.as_str());
        self.findings.iter().filter(move |found| found.inspection.as_ref().is_none_or(among))
    }

    /// The faults among them that nobody has accepted: a paper waits for them.
    pub fn unaccepted(&self, scope: &[String]) -> Vec<String> {
        let faults = self.findings_of(scope).filter(|found| found.is_fault && found.accepted.is_none());
        faults.map(|found| found.sentence.clone()).collect()
    }

    /// What a paper does not wait for, and nobody has accepted: a paper tells it.
    pub fn only_told(&self, scope: &[String]) -> Vec<&Found> {
        self.findings_of(scope).filter(|found| !found.is_fault && found.accepted.is_none()).collect()
    }

    /// What was found and accepted, with the reasons: a paper prints it.
    pub fn accepted(&self, scope: &[String]) -> Vec<Accepted> {
        let accepted = |found: &Found| {
            let reason = found.accepted.clone()?;
            Some(Accepted { sentence: found.sentence.clone(), reason })
        };
        self.findings_of(scope).filter_map(accepted).collect()
    }
}
