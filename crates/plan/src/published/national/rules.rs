//! What a national paper changes in the register, and what it does not. Pure.

use std::collections::{BTreeMap, BTreeSet};

use import::{DraftRecommendation, NationalPaper, Placed, Publication};
use jiff::civil::Date;
use journal::Id;
use serde::Serialize;

use super::{
    drafting::{as_above, choose, draft, keep},
    matching::{Found, Match, printed},
    past::Past,
};
use crate::{
    inspection::rules::Inspection,
    published::rules::{Comparison, Stand, compare, index},
    recommendation::status::Status,
    register::rules::{Item, Register},
    words::{counted, day},
};

/// A publication of the paper against its inspection.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Held {
    /// Its name as the paper first prints it: "Crime Audit (2021)".
    pub printed: String,
    /// Where the paper first names it.
    pub at: String,
    /// The inspection that it was taken for.
    pub inspection: Id,
    /// That inspection's title.
    pub title: String,
    /// What has to be said of that: the year differs.
    pub notes: Vec<String>,
    /// Its open recommendations against the register; `gone` are the open ones that the paper leaves out.
    pub comparison: Comparison,
    /// What the paper says of each in the words of a plan, in the order of the comparison.
    #[serde(skip)]
    pub drafts: Vec<DraftRecommendation>,
    /// What it lists as closed. It is told, and changes nothing.
    pub closed: Vec<Told>,
    /// What it lists as open and is not carried, and why.
    pub not_carried: Vec<NotCarried>,
}

/// A recommendation that the paper lists as closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// Its reference as printed.
    pub reference: String,
    /// Where it stands in the file.
    pub at: String,
    /// What the paper says was done, and the impact.
    pub what_we_did: String,
    /// Whether the register has it discharged.
    pub agrees: bool,
    /// How the register has it, and what to do.
    pub sentence: String,
}

/// A recommendation of the paper that is not carried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotCarried {
    /// Its reference as printed.
    pub reference: String,
    /// Where it stands in the file.
    pub at: String,
    /// Why, and what to do.
    pub why: String,
}

/// A publication that is no inspection of the register, or not certainly one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// Its name as the paper first prints it.
    pub printed: String,
    /// Where the paper first names it.
    pub at: String,
    /// How many recommendations the paper lists as open.
    pub open: usize,
    /// How many as closed.
    pub closed: usize,
    /// Why, and what to do.
    pub why: String,
}

/// An inspection with open recommendations that the paper does not name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotNamed {
    /// Its title.
    pub title: String,
    /// How many of its recommendations are open.
    pub open: usize,
}

/// A whole paper against the register.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PaperComparison {
    /// The publications that are inspections of the register.
    pub held: Vec<Held>,
    /// Those that are not.
    pub missing: Vec<Missing>,
    /// The inspections that the paper leaves out although they have open recommendations.
    pub not_named: Vec<NotNamed>,
    /// What else the paper says and the register does not take over.
    pub not_carried: Vec<String>,
}

impl PaperComparison {
    /// How many recommendations are new, changed and the same.
    pub fn tally(&self) -> (usize, usize, usize) {
        self.held
            .iter()
            .map(|held| held.comparison.tally())
            .fold((0, 0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1, sum.2 + one.2))
    }

    /// Whether nothing is to be done.
    pub fn is_idle(&self) -> bool {
        self.held.iter().all(|held| held.comparison.is_idle())
    }

    /// Whether this very file was carried in before.
    pub fn seen_before(&self) -> bool {
        self.held.iter().any(|held| held.comparison.seen_before)
    }
}

/// Holds `paper` against the register, each publication against the inspection that `matches` took it for.
/// `reason` is told as the reason of each change; what `past` has newer than the paper is kept.
pub fn compare_paper(
    paper: &NationalPaper,
    matches: Vec<Match>,
    register: &Register,
    reason: &str,
    past: &Past,
) -> PaperComparison {
    let (mut held, mut missing) = (Vec::new(), Vec::new());
    for (publication, found) in paper.publications.iter().zip(matches) {
        match found {
            Ok(found) => {
                let items: Vec<&Item> = register.of_inspection(&found.inspection).collect();
                let title = register.inspection(&found.inspection).map(|one| one.title.clone());
                let told = Telling { day: paper.cover.date, reason, past };
                held.push(hold(publication, found, title.unwrap_or_default(), &items, &told));
            }
            Err(why) => missing.push(Missing {
                printed: printed(publication).to_owned(),
                at: publication.at.clone(),
                open: publication.open.len(),
                closed: publication.closed.len(),
                why,
            }),
        }
    }
    let named: BTreeSet<&Id> = held.iter().map(|held: &Held| &held.inspection).collect();
    let left = |(id, inspection): &(Id, Inspection)| {
        let open = register.of_inspection(id).filter(|item| item.is_open()).count();
        (open > 0 && !named.contains(id)).then(|| NotNamed { title: inspection.title.clone(), open })
    };
    let not_named = register.inspections.iter().filter_map(left).collect();
    let not_carried = not_carried(paper);
    PaperComparison { held, missing, not_named, not_carried }
}

/// What no register takes over from a paper.
fn not_carried(paper: &NationalPaper) -> Vec<String> {
    let mut told = Vec::new();
    if paper.cover.at.is_some() {
        told.push("The cover is shown here and kept nowhere.".to_owned());
    }
    if !paper.summary.is_empty() {
        told.push(format!(
            "{} of the summary table: the register counts its own recommendations, and a plan link is set on the recommendation it belongs to.",
            counted(paper.summary.len() + usize::from(paper.total.is_some()), "row", "rows")
        ));
    }
    if !paper.stated.is_empty() {
        told.push(format!(
            "{} in the prose: the register counts its own.",
            counted(paper.stated.len(), "figure", "figures")
        ));
    }
    let closed: usize = paper.publications.iter().map(|one| one.closed.len()).sum();
    if closed > 0 {
        told.push(format!(
            "{}: no import discharges. What was done and the impact belong in the proposal for closure.",
            counted(closed, "closure", "closures")
        ));
    }
    told
}

/// How a paper tells.
struct Telling<'a> {
    /// The day of its meeting.
    day: Option<Date>,
    reason: &'a str,
    past: &'a Past,
}

const WITHOUT_A_DAY: &str = "The paper gives no day of its meeting, so what it says was taken for newer than the register. Check that it \
     is.";

fn hold(publication: &Publication, found: Found, title: String, items: &[&Item], told: &Telling<'_>) -> Held {
    let seen = told.past.seen.contains(&found.inspection);
    let known = index(items);
    let (drafted, not_carried) = choose(publication, &known, told.past, told.day);
    let placed = Placed {
        title: None,
        recommendations: drafted.iter().map(draft).collect(),
        unsure: Vec::new(),
        cells: Vec::new(),
        cells_read: 0,
    };
    let mut comparison = compare(&placed, items, told.reason, seen);
    for (one, compared) in drafted.iter().zip(&mut comparison.compared) {
        keep(one, compared);
    }
    as_above(publication, &drafted, &mut comparison.compared, seen);
    let named: BTreeSet<&Id> = publication
        .open
        .iter()
        .map(|one| &one.key)
        .chain(publication.closed.iter().map(|one| &one.key))
        .filter_map(|key| known.get(key).map(|item| &item.id))
        .collect();
    comparison.gone = items
        .iter()
        .filter(|item| item.is_open() && !named.contains(&item.id))
        .map(|item| item.label())
        .collect();
    let mut notes = found.notes;
    if told.day.is_none() && comparison.compared.iter().any(|one| one.stand == Stand::Changed) {
        notes.push(WITHOUT_A_DAY.to_owned());
    }
    Held {
        printed: printed(publication).to_owned(),
        at: publication.at.clone(),
        title,
        inspection: found.inspection,
        notes,
        comparison,
        drafts: placed.recommendations,
        closed: closed(publication, &known),
        not_carried,
    }
}

/// What the paper lists as closed.
fn closed(publication: &Publication, known: &BTreeMap<String, &Item>) -> Vec<Told> {
    let open: BTreeSet<&str> = publication.open.iter().map(|one| &*one.key).collect();
    let tell = |one: &import::Closed| {
        let item = known.get(&one.key);
        let mut sentence = item.map_or_else(not_there, |item| closed_words(item));
        if open.contains(&*one.key) {
            sentence.push_str(" The paper lists it as open as well.");
        }
        if let Some(target) = &one.target_words {
            sentence.extend([" The paper gives its target as ", target, "."]);
        }
        Told {
            reference: one.reference.clone(),
            at: one.at.clone(),
            what_we_did: one.what_we_did.clone(),
            agrees: item.is_some_and(|item| item.recommendation.status == Status::Discharged),
            sentence,
        }
    };
    publication.closed.iter().map(tell).collect()
}

fn not_there() -> String {
    "The paper says closed; the register does not have it. Add it to the inspection if its closure is to be shown."
        .to_owned()
}

fn closed_words(item: &Item) -> String {
    let standing = standing(item);
    let what = match item.recommendation.status {
        Status::Discharged => return format!("The paper says closed, and so does the register: {standing}."),
        Status::Superseded => "check which decision the inspectorate took.",
        Status::ProposedForClosure => "the inspectorate’s decision has to be recorded by the reviewer.",
        Status::EvidenceAssembled => {
            "it has to be proposed for closure before the reviewer can record the inspectorate’s decision."
        }
        Status::Open | Status::Returned => {
            "its evidence has to be assembled and proposed for closure before the reviewer can record the inspectorate’s decision."
        }
    };
    format!("The paper says closed; the register says {standing}: {what}")
}

/// "discharged on 5 June 2025"
pub(super) fn standing(item: &Item) -> String {
    let words = item.recommendation.status.words().to_lowercase();
    match item.recommendation.status_on {
        Some(on) if item.recommendation.status.is_closed() => format!("{words} on {}", day(on)),
        _ => words,
    }
}
