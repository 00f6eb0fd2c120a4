//! The pages of an import: what was chosen, and what it would change.

use std::collections::BTreeMap;

use askama::Template;
use import::{DraftRecommendation, Placed, PlacedCell, Unsure};
use journal::{OPEN_END, Refusal};
use serde::Serialize;
use users::User;
use web::{Choice, Frame, Problem, Section, Site, Typed};

use super::{
    rows::latest,
    rules::{Comparison, Difference, Stand},
};
use crate::{
    inspection::{rows::all, rules::Kind},
    words::counted,
};

/// The page to choose a plan.
#[derive(Debug, Template, Serialize)]
#[template(path = "published/start.html")]
pub struct StartPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    inspections: Vec<Choice>,
    kinds: Vec<Choice>,
    typed: Typed,
    latest: Vec<(String, String, String)>,
    #[serde(skip)]
    refusals: Vec<Refusal>,
    #[serde(skip)]
    errors: BTreeMap<String, String>,
}

/// The page that shows what an import would change.
#[derive(Debug, Template, Serialize)]
#[template(path = "published/preview.html")]
pub struct PreviewPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    file: String,
    title: String,
    moved: bool,
    new: usize,
    changed: usize,
    same: usize,
    gone: Vec<String>,
    unsure: Vec<Unsure>,
    cells_read: usize,
    cells: Vec<PlacedCell>,
    rows: Vec<Row>,
    idle: bool,
    seen_before: bool,
    confirm_words: String,
    #[serde(skip)]
    draft: String,
    #[serde(skip)]
    compared_digest: String,
}

/// One recommendation of the file against the register.
#[derive(Debug, Serialize)]
pub struct Row {
    pub(super) reference: String,
    pub(super) mark: &'static str,
    pub(super) words: &'static str,
    pub(super) text: String,
    pub(super) facts: Vec<String>,
    pub(super) differences: Vec<Difference>,
    pub(super) kept: Vec<Difference>,
    pub(super) notes: Vec<String>,
    pub(super) at: String,
}

/// A plan that was checked, as [`PreviewPage`] needs it.
pub struct Checked<'a> {
    /// The file's name.
    pub file: &'a str,
    /// The inspection's title.
    pub title: String,
    /// What was read.
    pub placed: &'a Placed,
    /// Held against the register.
    pub comparison: &'a Comparison,
    /// Whether the register changed after it was checked.
    pub moved: bool,
}

/// What the confirming form carries.
#[derive(Debug)]
pub struct Carried {
    /// The checked file.
    pub draft: String,
    /// What its check found, short.
    pub compared: String,
}

impl PreviewPage {
    /// The page of a checked plan.
    pub fn of(who: &User, checked: &Checked<'_>, carried: Carried) -> Self {
        let (new, changed, same) = checked.comparison.tally();
        Self {
            frame: Frame::of("Check a plan", Section::Import).seen_by(who.signed()),
            crumbs: crumbs(),
            file: checked.file.to_owned(),
            title: checked.title.clone(),
            moved: checked.moved,
            new,
            changed,
            same,
            rows: rows(&checked.placed.recommendations, checked.comparison),
            gone: checked.comparison.gone.clone(),
            unsure: checked.placed.unsure.clone(),
            cells_read: checked.placed.cells_read,
            cells: checked.placed.cells.clone(),
            idle: checked.comparison.is_idle(),
            seen_before: checked.comparison.seen_before,
            confirm_words: confirm_words(new + changed),
            draft: carried.draft,
            compared_digest: carried.compared,
        }
    }
}

/// Where a check is.
pub fn crumbs() -> Vec<(String, String)> {
    vec![("/imports".to_owned(), "Import".to_owned()), (String::new(), "Check".to_owned())]
}

/// What the confirming button says.
pub fn confirm_words(recommendations: usize) -> String {
    format!("Import {}", counted(recommendations, "recommendation", "recommendations"))
}

/// The recommendations of the file, each with what it changes.
pub fn rows(drafts: &[DraftRecommendation], comparison: &Comparison) -> Vec<Row> {
    let row = |(draft, compared): (&DraftRecommendation, &super::rules::Compared)| {
        let (mark, words) = match compared.stand {
            Stand::New => ("new", "New"),
            Stand::Changed => ("changed", "Changed"),
            Stand::Same => ("same", "Same"),
        };
        Row {
            reference: compared.reference.clone(),
            mark,
            words,
            text: compared.text.clone(),
            facts: if compared.stand == Stand::New { facts(draft) } else { Vec::new() },
            differences: compared.differences.clone(),
            kept: compared.kept.clone(),
            notes: compared.notes.clone(),
            at: compared.at.clone(),
        }
    };
    drafts.iter().zip(&comparison.compared).map(row).collect()
}

/// What a new recommendation comes with, in a line each.
fn facts(draft: &DraftRecommendation) -> Vec<String> {
    let mut facts = Vec::new();
    let mut tell = |name: &str, words: Option<String>| {
        facts.extend(words.filter(|words| !words.is_empty()).map(|words| format!("{name}: {words}")));
    };
    tell("Owner", draft.owner.clone());
    tell("Risk exposure", draft.risk_exposure.clone());
    tell("First target", draft.first_target.map(|target| target.to_string()));
    tell(
        "Current target",
        draft.current_target.filter(|now| Some(*now) != draft.first_target).map(|one| one.to_string()),
    );
    tell("Actions", Some(draft.actions.iter().map(|one| one.number.as_str()).collect::<Vec<_>>().join(", ")));
    tell("Updates", Some(draft.updates.len()).filter(|count| *count > 0).map(|count| count.to_string()));
    facts
}

/// The page to choose a plan, with what was typed.
pub async fn start_page(site: &Site, who: &User, typed: Typed) -> Result<StartPage, Problem> {
    let mut read = site.read().await?;
    let inspections = all(&mut read, OPEN_END - 1).await?;
    let chosen = typed.get("inspection").to_owned();
    let kind = typed.get("kind").to_owned();
    let kinds = std::iter::once((String::new(), "Choose a kind".to_owned()))
        .chain(Kind::ALL.map(|kind| (kind.as_str().to_owned(), kind.words().to_owned())));
    Ok(StartPage {
        frame: Frame::of("Import an improvement plan", Section::Import).seen_by(who.signed()),
        crumbs: vec![(String::new(), "Import".to_owned())],
        inspections: std::iter::once(Choice::of("", "A new inspection", &chosen))
            .chain(inspections.iter().map(|(id, one)| Choice::of(id.as_str(), &*one.title, &chosen)))
            .collect(),
        kinds: kinds.map(|(value, words)| Choice::of(value, words, &kind)).collect(),
        latest: latest(&mut read)
            .await?
            .into_iter()
            .map(|(file, at, title)| (file, moment_words(&at), title))
            .collect(),
        typed,
        refusals: Vec::new(),
        errors: BTreeMap::new(),
    })
}

/// A stored moment as people read it in Scotland.
fn moment_words(at: &str) -> String {
    at.parse().map_or_else(|_| at.to_owned(), crate::words::moment)
}

impl StartPage {
    /// The page with a refusal beside its field.
    pub fn refuse(&mut self, refusal: &Refusal) {
        const FIELDS: [&str; 8] =
            ["inspection", "title", "published_on", "kind", "inspectorate", "addressees", "file", "pasted"];
        let mut shown = refusal.clone();
        if FIELDS.contains(&&*refusal.field) {
            self.errors.insert(refusal.field.to_string(), refusal.sentence.to_string());
        } else {
            shown.field = "file".into();
            self.errors.insert("file".to_owned(), refusal.sentence.to_string());
        }
        self.frame.title = format!("Problem: {}", self.frame.title);
        self.refusals.push(shown);
    }
}
