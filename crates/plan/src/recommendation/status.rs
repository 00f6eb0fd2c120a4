//! Where a recommendation stands: the state machine of DOMAIN 7.

use journal::Refusal;
use serde::{Deserialize, Serialize};

/// Where a recommendation stands. Whether it is late is another matter, and is never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Being worked on.
    Open,
    /// Its evidence is together, not yet sent.
    EvidenceAssembled,
    /// Sent to the inspectorate, which has not decided.
    ProposedForClosure,
    /// The inspectorate wants more.
    Returned,
    /// The inspectorate is content.
    Discharged,
    /// Taken up by a later recommendation.
    Superseded,
}

/// A step from one status to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Put the evidence together.
    Assemble,
    /// Send it to the inspectorate.
    Propose,
    /// The inspectorate wants more.
    Return,
    /// The inspectorate is content.
    Discharge,
    /// A later recommendation takes it up.
    Supersede,
}

impl Status {
    /// All, in the order of a recommendation's life.
    pub const ALL: [Self; 6] = [
        Self::Open,
        Self::EvidenceAssembled,
        Self::ProposedForClosure,
        Self::Returned,
        Self::Discharged,
        Self::Superseded,
    ];

    /// The word of a row, an address and an export.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::EvidenceAssembled => "evidence_assembled",
            Self::ProposedForClosure => "proposed_for_closure",
            Self::Returned => "returned",
            Self::Discharged => "discharged",
            Self::Superseded => "superseded",
        }
    }

    /// The words of a page and a paper.
    pub fn words(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::EvidenceAssembled => "Evidence assembled",
            Self::ProposedForClosure => "Proposed for closure",
            Self::Returned => "Returned",
            Self::Discharged => "Discharged",
            Self::Superseded => "Superseded",
        }
    }

    /// The status that a row or an address names.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }

    /// Whether it is over: discharged or superseded.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Discharged | Self::Superseded)
    }

    /// Whether it is being worked on: what counts as open. What is proposed for closure is counted apart.
    pub fn is_in_work(self) -> bool {
        matches!(self, Self::Open | Self::EvidenceAssembled | Self::Returned)
    }

    /// Where `step` leads from here, or why it does not.
    pub fn after(self, step: Step) -> Result<Self, Refusal> {
        use Status::{Discharged, EvidenceAssembled, Open, ProposedForClosure, Returned, Superseded};
        match (self, step) {
            (Open | Returned, Step::Assemble) => Ok(EvidenceAssembled),
            (EvidenceAssembled, Step::Propose) => Ok(ProposedForClosure),
            (ProposedForClosure, Step::Return) => Ok(Returned),
            (ProposedForClosure, Step::Discharge) => Ok(Discharged),
            (Open | EvidenceAssembled | Returned, Step::Supersede) => Ok(Superseded),
            _ => Err(Refusal::of("status", self.why_not(step))),
        }
    }

    fn why_not(self, step: Step) -> &'static str {
        match (self, step) {
            (Self::Discharged, _) => "It is discharged already; its record is closed.",
            (Self::Superseded, _) => "It is superseded; work on the recommendation that took it up.",
            (Self::ProposedForClosure, _) => {
                "It is with the inspectorate. Wait for their decision: discharge, or return with a reason."
            }
            (Self::EvidenceAssembled, Step::Assemble) => {
                "Its evidence is assembled already. Propose it for closure, or add an update."
            }
            (_, Step::Propose) => "Assemble its evidence first; only then can it be proposed for closure.",
            (_, Step::Return | Step::Discharge) => {
                "It has not been proposed for closure, so there is nothing for the inspectorate to decide."
            }
            (_, Step::Assemble | Step::Supersede) => "This step does not lead on from here.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_from_every_status() {
        use Status::*;
        let steps = [Step::Assemble, Step::Propose, Step::Return, Step::Discharge, Step::Supersede];
        let table: [(Status, [Option<Status>; 5]); 6] = [
            (Open, [Some(EvidenceAssembled), None, None, None, Some(Superseded)]),
            (EvidenceAssembled, [None, Some(ProposedForClosure), None, None, Some(Superseded)]),
            (ProposedForClosure, [None, None, Some(Returned), Some(Discharged), None]),
            (Returned, [Some(EvidenceAssembled), None, None, None, Some(Superseded)]),
            (Discharged, [None; 5]),
            (Superseded, [None; 5]),
        ];
        for (from, expected) in table {
            for (step, to) in steps.into_iter().zip(expected) {
                assert_eq!(from.after(step).ok(), to, "{from:?} {step:?}");
            }
            assert_eq!(Status::read(from.as_str()), Some(from));
        }
    }
}
