//! What a draft plan changes in the register. Pure.

use std::collections::{BTreeMap, BTreeSet};

use import::{DraftAction, DraftRecommendation, Placed, normal_reference};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    action::rules::Command as Action,
    recommendation::rules::{Command as Change, Exposure, Printed},
    register::rules::Item,
    target::rules::Command as Target,
    update::rules::Command as Update,
};

/// A plan was carried in from a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// From this file, with so much in it.
    CarriedIn {
        /// The file's name as given.
        file: String,
        /// SHA-256 of what was read, in hex: the same file again changes nothing.
        digest: String,
        /// How many recommendations it has.
        recommendations: usize,
        /// How many actions.
        actions: usize,
        /// How many things a person had to look at.
        unsure: usize,
        /// The day of the meeting, where it was a paper that gives one: what it brought is of that day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<Date>,
    },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "import";
}

/// The digests of the files carried in for an inspection.
pub type CarriedIn = Vec<(String, String)>;

/// What the inspection's imports are after `fact`.
pub fn apply(was: Option<CarriedIn>, fact: &Fact) -> CarriedIn {
    let mut now = was.unwrap_or_default();
    let Fact::CarriedIn { file, digest, .. } = fact;
    now.push((file.clone(), digest.clone()));
    now
}

/// One thing to be done for a recommendation, with where the file says so.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// It is new.
    Make(Printed),
    /// It changes.
    Change(Change),
    /// Its target.
    Target(Target),
    /// An action.
    Action(Action),
    /// An update.
    Update(Update),
    /// Its update is that of the recommendation with this reference, above it in the file.
    AsAbove(String),
}

/// How a recommendation of the file stands to the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stand {
    /// Not in the register.
    New,
    /// In the register, with differences.
    Changed,
    /// In the register just so.
    Same,
}

/// One difference, for a person to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What differs: "Owner", "Action 3.4".
    pub what: String,
    /// As it is in the register; empty where there is nothing yet.
    pub was: String,
    /// As the file has it.
    pub now: String,
}

/// One recommendation of the file against the register.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Compared {
    /// Its reference as printed.
    pub reference: String,
    /// Its words.
    pub text: String,
    /// Where in the file it begins.
    pub at: String,
    /// New, changed or the same.
    pub stand: Stand,
    /// What differs.
    pub differences: Vec<Difference>,
    /// What differs and is not carried: the register keeps its own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<Difference>,
    /// What the file has and the register does not take over, or the other way round.
    pub notes: Vec<String>,
    /// What is to be done.
    #[serde(skip)]
    pub steps: Vec<Step>,
}

/// The whole file against the register.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// Each recommendation of the file.
    pub compared: Vec<Compared>,
    /// References in the register that the file does not have; they stay.
    pub gone: Vec<String>,
    /// Whether this very file was carried in before: then it changes nothing.
    pub seen_before: bool,
}

impl Comparison {
    /// How many are new, changed and the same.
    pub fn tally(&self) -> (usize, usize, usize) {
        let count = |stand| self.compared.iter().filter(|one| one.stand == stand).count();
        (count(Stand::New), count(Stand::Changed), count(Stand::Same))
    }

    /// Whether nothing is to be done.
    pub fn is_idle(&self) -> bool {
        self.compared.iter().all(|one| one.steps.is_empty())
    }
}

/// Holds `placed` against the inspection's `items`. `source` is told as the reason of each change.
pub fn compare(placed: &Placed, items: &[&Item], source: &str, seen_before: bool) -> Comparison {
    let known = index(items);
    let find = |reference: &str| known.get(&normal_reference(reference)).copied();
    let compared = placed
        .recommendations
        .iter()
        .map(|draft| match find(&draft.reference) {
            None => new(draft),
            Some(item) if seen_before => same(draft, item),
            Some(item) => changed(draft, item, source),
        })
        .collect();
    let drafted: BTreeSet<String> =
        placed.recommendations.iter().map(|draft| normal_reference(&draft.reference)).collect();
    let named =
        |item: &Item| item.recommendation.references().any(|own| drafted.contains(&normal_reference(own)));
    let gone = items.iter().filter(|item| !named(item)).map(|item| item.label()).collect();
    Comparison { compared, gone, seen_before }
}

/// The recommendations by every reference they go by, in normal form.
pub fn index<'a>(items: &[&'a Item]) -> BTreeMap<String, &'a Item> {
    let references =
        |item: &'a Item| item.recommendation.references().map(move |own| (normal_reference(own), item));
    items.iter().copied().flat_map(references).collect()
}

fn new(draft: &DraftRecommendation) -> Compared {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let mut steps = vec![Step::Make(Printed {
        inspection: None,
        reference: draft.reference.clone(),
        text: draft.text.clone(),
        exposure: text(&draft.risk_exposure),
        risk_statement: text(&draft.risk_statement),
        impact: text(&draft.impact),
        owner_post: text(&draft.owner),
        owner_team: String::new(),
    })];
    let first = draft.first_target.or(draft.current_target);
    if let Some(first) = first {
        steps.push(Step::Target(Target::Set { target: first.iso() }));
    }
    if let (Some(first), Some(current)) = (first, draft.current_target)
        && first != current
    {
        let reason = "Revised in the published plan".to_owned();
        steps.push(Step::Target(Target::MoveAsPublished { to: current, reason }));
    }
    steps.extend(draft.actions.iter().flat_map(|action| new_action(action, "As published")));
    steps.extend(draft.updates.iter().map(|text| Step::Update(Update::Add { text: text.clone() })));
    Compared { stand: Stand::New, differences: Vec::new(), notes: notes(draft, None), steps, ..head(draft) }
}

fn new_action(action: &DraftAction, source: &str) -> Vec<Step> {
    let number = action.number.clone();
    let mut steps = vec![Step::Action(Action::Add {
        number: number.clone(),
        text: action.text.clone(),
        owner: action.owner.clone().unwrap_or_default(),
        target: action.target,
    })];
    if action.done == Some(true) {
        steps.push(Step::Action(Action::Finish { number, note: source.to_owned() }));
    }
    steps
}

fn same(draft: &DraftRecommendation, item: &Item) -> Compared {
    Compared {
        stand: Stand::Same,
        differences: Vec::new(),
        notes: notes(draft, Some(item)),
        steps: Vec::new(),
        ..head(draft)
    }
}

fn head(draft: &DraftRecommendation) -> Compared {
    Compared {
        reference: draft.reference.clone(),
        text: draft.text.clone(),
        at: draft.at.clone(),
        stand: Stand::Same,
        differences: Vec::new(),
        kept: Vec::new(),
        notes: Vec::new(),
        steps: Vec::new(),
    }
}

fn changed(draft: &DraftRecommendation, item: &Item, source: &str) -> Compared {
    let mut found = Found { reason: source.to_owned(), differences: Vec::new(), steps: Vec::new() };
    let was = &item.recommendation;
    found.words("Recommendation", &was.text, Some(&draft.text), |text, reason| Change::Reword {
        text,
        reason,
    });
    found.words("Owner", &was.owner_post, draft.owner.as_ref(), |post, reason| Change::Reassign {
        post,
        team: was.owner_team.clone(),
        reason,
    });
    found.words("Intended impact", &was.impact, draft.impact.as_ref(), |impact, reason| {
        Change::RestateImpact { impact, reason }
    });
    found.risk(item, draft);
    found.target(item, draft);
    found.actions(item, draft);
    for text in draft.updates.iter().filter(|text| item.updates.iter().all(|said| !alike(&said.text, text))) {
        found.differ("Update", "", text, Step::Update(Update::Add { text: text.clone() }));
    }
    let stand = if found.steps.is_empty() { Stand::Same } else { Stand::Changed };
    Compared {
        stand,
        differences: found.differences,
        steps: found.steps,
        notes: notes(draft, Some(item)),
        ..head(draft)
    }
}

/// What the comparison of one recommendation has found so far.
struct Found {
    reason: String,
    differences: Vec<Difference>,
    steps: Vec<Step>,
}

impl Found {
    fn differ(&mut self, what: impl Into<String>, was: &str, now: &str, step: Step) {
        self.differences.push(Difference { what: what.into(), was: was.to_owned(), now: now.to_owned() });
        self.steps.push(step);
    }

    fn words(
        &mut self,
        what: &str,
        was: &str,
        now: Option<&String>,
        change: impl FnOnce(String, String) -> Change,
    ) {
        if let Some(now) = now.filter(|now| !alike(was, now)) {
            let step = Step::Change(change(now.clone(), self.reason.clone()));
            self.differ(what, was, now, step);
        }
    }

    fn risk(&mut self, item: &Item, draft: &DraftRecommendation) {
        let was = &item.recommendation;
        let exposure = draft.risk_exposure.as_deref().and_then(Exposure::read).or(was.exposure);
        let statement = draft.risk_statement.as_deref().unwrap_or(&was.risk_statement);
        if exposure == was.exposure && alike(statement, &was.risk_statement) {
            return;
        }
        let word = |exposure: Option<Exposure>| exposure.map_or("", Exposure::as_str);
        let step = Step::Change(Change::Rate {
            exposure: word(exposure).to_owned(),
            statement: statement.to_owned(),
            reason: self.reason.clone(),
        });
        let told = |exposure, statement: &str| format!("{} {statement}", word(exposure)).trim().to_owned();
        self.differ("Risk", &told(was.exposure, &was.risk_statement), &told(exposure, statement), step);
    }

    /// A target that the register has had before is an older plan's, and moves nothing back.
    fn target(&mut self, item: &Item, draft: &DraftRecommendation) {
        let had = |target| item.targets.iter().any(|given| given.target == target);
        let told = item.current_target().map_or_else(String::new, |target| target.to_string());
        if item.targets.is_empty()
            && let Some(first) = draft.first_target.or(draft.current_target)
        {
            self.differ("Target", "", &first.to_string(), Step::Target(Target::Set { target: first.iso() }));
            if let Some(current) = draft.current_target.filter(|current| *current != first) {
                let step = Target::MoveAsPublished { to: current, reason: self.reason.clone() };
                self.differ("Target", &first.to_string(), &current.to_string(), Step::Target(step));
            }
        } else if let Some(current) = draft.current_target.filter(|current| !had(*current)) {
            let step = Target::MoveAsPublished { to: current, reason: self.reason.clone() };
            self.differ("Target", &told, &current.to_string(), Step::Target(step));
        }
    }

    fn actions(&mut self, item: &Item, draft: &DraftRecommendation) {
        for action in &draft.actions {
            let what = format!("Action {}", action.number);
            let number = action.number.clone();
            let Some(was) = item.actions.iter().find(|was| was.number == action.number) else {
                let mut steps = new_action(action, &self.reason).into_iter();
                if let Some(first) = steps.next() {
                    self.differ(what, "", &action.text, first);
                }
                self.steps.extend(steps);
                continue;
            };
            let owner = action.owner.clone().unwrap_or_else(|| was.owner.clone());
            if !alike(&was.text, &action.text) || !alike(&was.owner, &owner) {
                let text = action.text.clone();
                let now = format!("{text} {owner}");
                let step = Step::Action(Action::Change {
                    number: number.clone(),
                    text,
                    owner,
                    reason: self.reason.clone(),
                });
                self.differ(what.clone(), format!("{} {}", was.text, was.owner).trim(), now.trim(), step);
            }
            if action.done == Some(true) && was.done_on.is_none() {
                let step = Step::Action(Action::Finish { number, note: self.reason.clone() });
                self.differ(what, "Not done", "Done", step);
            }
        }
    }
}

/// Whether two texts are one but for white space.
pub fn alike(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

fn notes(draft: &DraftRecommendation, item: Option<&Item>) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(status) = &draft.status {
        let status = status.trim();
        let has = item.map_or("Open", |item| item.recommendation.status.words());
        if !status.eq_ignore_ascii_case(has) && !status.is_empty() {
            notes.push(format!(
                "The file says “{status}”; the register says {has} and keeps it. Only the inspectorate’s decision discharges."
            ));
        }
    }
    let Some(item) = item else { return notes };
    let missing: Vec<&str> = item
        .actions
        .iter()
        .map(|action| action.number.as_str())
        .filter(|number| draft.actions.iter().all(|action| action.number != *number))
        .collect();
    if !missing.is_empty() {
        notes
            .push(format!("The file does not have action {}; it stays in the register.", missing.join(", ")));
    }
    if let (Some(first), Some(kept)) = (draft.first_target, item.first_target())
        && first != kept
        && draft.current_target != Some(first)
    {
        notes.push(format!("The file gives {first} as the first target; the register keeps {kept}."));
    }
    if normal_reference(&draft.reference) == normal_reference(&item.recommendation.reference)
        && draft.reference != item.recommendation.reference
    {
        notes.push(format!(
            "Printed as {} here and as {} before: one recommendation.",
            draft.reference, item.recommendation.reference
        ));
    }
    notes
}
