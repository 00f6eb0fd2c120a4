//! What changed between two positions of the register: the last paper's and this one's. Pure.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use plan::{
    codes::delay_reason_words,
    recommendation::{
        rules::{Exposure, Recommendation},
        status::Status,
    },
    register::rules::{Item, Register},
    target::rules::months_between,
    words::{counted, day},
};

/// One side of the comparison: the register, and what of it is counted.
pub(super) struct Side<'a, 'b> {
    /// The register.
    pub register: &'a Register,
    /// What is counted.
    pub counted: &'b [&'a Item],
}

/// One thing that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// It is new in the register.
    Added,
    /// It was there, and is counted now: whom it is addressed to has changed.
    Joined,
    /// It is there, and no longer counted.
    Left,
    /// The inspectorate discharged it.
    Discharged(Date),
    /// It was sent to the inspectorate.
    Proposed(Date),
    /// The inspectorate returned it.
    Returned(Date),
    /// A later recommendation took it up.
    Superseded(Date, String),
    /// It stands further back than before, and nobody decided that.
    GoneBack(Status, Status),
    /// Its first target.
    TargetSet(String),
    /// Its target was moved.
    TargetMoved(Move),
    /// Another owner.
    Owner(Option<String>, Option<String>),
    /// Another rating of the risk.
    Exposure(Option<Exposure>, Option<Exposure>),
    /// Another sentence on the risk.
    RiskSentence,
}

/// A move of a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Move {
    /// Where from.
    pub from: String,
    /// Where to.
    pub to: String,
    /// How many months later that is; fewer than none is earlier.
    pub months: i64,
    /// The how many-th move of this target it is.
    pub nth: usize,
    /// The key of the reason, and the reason in words; either may be empty.
    pub why: (String, String),
}

/// What changed about each recommendation that is counted on either side; those without a change are left out.
/// Decisions and moves between the two are told one by one, everything else from end to end.
pub(super) fn changes<'a>(before: &Side<'a, '_>, now: &Side<'a, '_>) -> Vec<(&'a Item, Vec<Change>)> {
    let since = before.register.position.seq;
    let was: BTreeMap<_, _> = before.counted.iter().map(|item| (&item.id, *item)).collect();
    let is: BTreeSet<_> = now.counted.iter().map(|item| &item.id).collect();
    let mut all: Vec<(&Item, Vec<Change>)> = Vec::new();
    for item in now.counted {
        let mut changes = match was.get(&item.id) {
            Some(was) => between(was, item, since),
            None if before.register.item(&item.id).is_some() => vec![Change::Joined],
            None => vec![Change::Added],
        };
        changes.extend(decisions(item, now.register, since));
        if !changes.contains(&Change::Added) {
            changes.extend(targets(item, since));
        }
        all.push((item, changes));
    }
    let gone = before.counted.iter().filter(|item| !is.contains(&item.id));
    all.extend(gone.filter_map(|item| now.register.item(&item.id)).map(|item| (item, vec![Change::Left])));
    all.retain(|(_, changes)| !changes.is_empty());
    all
}

/// The decisions after entry `since`, in their order.
fn decisions(item: &Item, register: &Register, since: i64) -> Vec<Change> {
    let taken = item.steps.iter().filter(|step| step.seq > since);
    taken
        .filter_map(|step| match step.status {
            Status::Discharged => Some(Change::Discharged(step.on)),
            Status::ProposedForClosure => Some(Change::Proposed(step.on)),
            Status::Returned => Some(Change::Returned(step.on)),
            Status::Superseded => {
                let by = item.recommendation.superseded_by.as_ref().and_then(|by| register.item(by));
                Some(Change::Superseded(step.on, by.map_or_else(String::new, Item::label)))
            }
            Status::Open | Status::EvidenceAssembled => None,
        })
        .collect()
}

/// The targets given after entry `since`.
fn targets(item: &Item, since: i64) -> Vec<Change> {
    let given = item.targets.iter().enumerate().filter(|(_, given)| given.seq > since);
    given
        .map(|(nth, given)| match nth.checked_sub(1).map(|before| item.targets[before].target) {
            None => Change::TargetSet(given.target.to_string()),
            Some(from) => Change::TargetMoved(Move {
                from: from.to_string(),
                to: given.target.to_string(),
                months: months_between(from, given.target),
                nth,
                why: (given.delay_reason.clone(), given.reason.clone()),
            }),
        })
        .collect()
}

/// What differs from end to end.
fn between(was: &Item, is: &Item, since: i64) -> Vec<Change> {
    let mut changes = Vec::new();
    let returned = is.steps.iter().any(|step| step.seq > since && step.status == Status::Returned);
    let (was, is) = (&was.recommendation, &is.recommendation);
    if how_far(is.status) < how_far(was.status) && !returned {
        changes.push(Change::GoneBack(was.status, is.status));
    }
    if (&was.owner_post, &was.owner_team) != (&is.owner_post, &is.owner_team) {
        changes.push(Change::Owner(owner(was), owner(is)));
    }
    if was.exposure != is.exposure {
        changes.push(Change::Exposure(was.exposure, is.exposure));
    }
    if was.risk_statement != is.risk_statement {
        changes.push(Change::RiskSentence);
    }
    changes
}

/// How far on its way to discharge; what the inspectorate returned is where it began.
fn how_far(status: Status) -> usize {
    match status {
        Status::Open | Status::Returned => 0,
        Status::EvidenceAssembled => 1,
        Status::ProposedForClosure => 2,
        Status::Discharged | Status::Superseded => 3,
    }
}

/// Who owns it: a post, never a name; nothing where nobody does.
pub(super) fn owner(recommendation: &Recommendation) -> Option<String> {
    match (recommendation.owner_post.as_str(), recommendation.owner_team.as_str()) {
        ("", _) => None,
        (post, "") => Some(post.to_owned()),
        (post, team) => Some(format!("{post}, {team}")),
    }
}

impl Change {
    /// The kinds, in the order in which they are told.
    pub const KINDS: [&str; 11] = [
        "New in the register",
        "Counted now and not before",
        "No longer counted",
        "Discharged by the inspectorate",
        "Proposed for closure",
        "Returned by the inspectorate",
        "Superseded",
        "Gone back without a decision",
        "Target set or moved",
        "Owner changed",
        "Risk changed",
    ];

    /// Its kind: one of [`Self::KINDS`].
    pub fn kind(&self) -> &'static str {
        let index = match self {
            Self::Added => 0,
            Self::Joined => 1,
            Self::Left => 2,
            Self::Discharged(_) => 3,
            Self::Proposed(_) => 4,
            Self::Returned(_) => 5,
            Self::Superseded(..) => 6,
            Self::GoneBack(..) => 7,
            Self::TargetSet(_) | Self::TargetMoved(_) => 8,
            Self::Owner(..) => 9,
            Self::Exposure(..) | Self::RiskSentence => 10,
        };
        Self::KINDS[index]
    }

    /// In a sentence.
    pub fn words(&self) -> String {
        let rated = |exposure: Option<Exposure>| exposure.map_or("not rated", Exposure::as_str);
        match self {
            Self::Added => "New in the register.".to_owned(),
            Self::Joined => "Counted now: whom it is addressed to has changed.".to_owned(),
            Self::Left => "No longer counted: whom it is addressed to has changed.".to_owned(),
            Self::Discharged(on) => format!("Discharged by the inspectorate on {}.", day(*on)),
            Self::Proposed(on) => format!("Proposed for closure on {}.", day(*on)),
            Self::Returned(on) => format!("Returned by the inspectorate on {}.", day(*on)),
            Self::Superseded(on, by) if by.is_empty() => format!("Superseded on {}.", day(*on)),
            Self::Superseded(on, by) => format!("Superseded by {by} on {}.", day(*on)),
            Self::GoneBack(was, is) => format!(
                "Gone back from “{}” to “{}” without a decision of the inspectorate.",
                was.words(),
                is.words()
            ),
            Self::TargetSet(to) => format!("Target set for the first time: {to}."),
            Self::TargetMoved(moved) => moved.words(),
            Self::Owner(was, is) => {
                let named = |owner: &Option<String>| owner.clone().unwrap_or_else(|| "nobody".to_owned());
                format!("Owner changed from {} to {}.", named(was), named(is))
            }
            Self::Exposure(was, is) => {
                format!("Risk exposure changed from {} to {}.", rated(*was), rated(*is))
            }
            Self::RiskSentence => "The sentence on the risk has changed.".to_owned(),
        }
    }
}

impl Move {
    fn words(&self) -> String {
        let number = usize::try_from(self.months.unsigned_abs()).unwrap_or(usize::MAX);
        let slipped = match self.months {
            0 => "within the same month".to_owned(),
            1.. => format!("{} later", counted(number, "month", "months")),
            _ => format!("{} earlier", counted(number, "month", "months")),
        };
        let (key, reason) = (&self.why.0, self.why.1.trim().trim_end_matches('.'));
        let why = match (key.as_str(), reason) {
            ("", "") => "no reason is said".to_owned(),
            ("", reason) => reason.to_owned(),
            (key, "") => delay_reason_words(key).to_owned(),
            (key, reason) => format!("{}: {reason}", delay_reason_words(key)),
        };
        let (from, to, nth) = (&self.from, &self.to, ordinal(self.nth));
        format!("Target moved from {from} to {to}, the {nth} move, {slipped} ({why}).")
    }
}

/// 3 as "3rd".
fn ordinal(number: usize) -> String {
    let end = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{end}")
}

#[cfg(test)]
#[path = "changed_test.rs"]
mod tests;
