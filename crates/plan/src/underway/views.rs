//! What the pages of inspections under way show, made by plain functions.

use askama::Template;
use journal::{Id, Position};
use serde::{Deserialize, Serialize};
use users::User;
use web::{Choice, Frame, Section};

use super::rules::{Stage, Underway};
use crate::{
    beside::pages::{Moment, as_at_words},
    inspection::rules::Kind,
    words::{counted, day},
};

/// What the address of the list says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// Words.
    pub words: String,
    /// Words of [`Kind`].
    pub kind: Vec<String>,
    /// A word of [`Stage`], "all", or empty for those that are not over.
    pub stage: String,
    /// An entry or a day to look back to.
    pub as_at: String,
}

impl Query {
    /// Whether an inspection is in the list.
    pub fn finds(&self, underway: &Underway) -> bool {
        let stage = match self.stage.as_str() {
            "" => !underway.stage.is_over(),
            "all" => true,
            word => underway.stage.as_str() == word,
        };
        let text = format!("{}\n{}\n{}", underway.title, underway.inspectorate, underway.partners.join("\n"));
        let text = text.to_lowercase();
        stage
            && (self.kind.is_empty() || self.kind.iter().any(|word| word == underway.kind.as_str()))
            && self.words.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }
}

/// The list's page.
#[derive(Debug, Template, Serialize)]
#[template(path = "underway/list.html")]
pub struct ListPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    lead: String,
    query: Query,
    #[serde(skip)]
    as_at_error: Option<String>,
    #[serde(skip)]
    kinds: Vec<Choice>,
    #[serde(skip)]
    stages: Vec<Choice>,
    #[serde(skip)]
    may_register: bool,
    #[serde(skip)]
    is_filtered: bool,
    found: usize,
    #[serde(skip)]
    found_words: String,
    #[serde(skip)]
    empty_words: &'static str,
    groups: Vec<Group>,
    entry: i64,
}

/// The inspections of one kind.
#[derive(Debug, Serialize)]
struct Group {
    kind: &'static str,
    #[serde(skip)]
    words: &'static str,
    count: usize,
    #[serde(skip)]
    count_words: String,
    #[serde(rename = "inspections")]
    rows: Vec<Row>,
}

/// An inspection as a list or a page shows it.
#[derive(Debug, Serialize)]
struct Row {
    id: String,
    #[serde(skip)]
    address: String,
    title: String,
    kind: &'static str,
    #[serde(skip)]
    kind_words: &'static str,
    inspectorate: String,
    partners: Vec<String>,
    announced_on: String,
    stage: &'static str,
    #[serde(skip)]
    stage_tag: &'static str,
    #[serde(skip)]
    stage_words: &'static str,
    stage_on: String,
    inspection: Option<String>,
    reason: String,
}

/// The page of `underway` that `query` means, for `who`.
pub fn list_page(
    position: Position,
    underway: &[(Id, Underway)],
    query: &Query,
    who: &User,
    as_at_error: Option<String>,
) -> ListPage {
    let found: Vec<&(Id, Underway)> = underway.iter().filter(|(_, one)| query.finds(one)).collect();
    let going = underway.iter().filter(|(_, one)| !one.stage.is_over()).count();
    let groups = Kind::ALL.into_iter().filter_map(|kind| group(kind, &found, &query.as_at)).collect();
    ListPage {
        frame: Frame::of("Inspections under way", Section::Improvement)
            .seen_by(who.signed())
            .looking_back_to(as_at_words(position)),
        crumbs: vec![
            ("/recommendations".to_owned(), "Improvement".to_owned()),
            (String::new(), "Inspections under way".to_owned()),
        ],
        lead: format!("{} under way", counted(going, "inspection is", "inspections are")),
        kinds: Kind::ALL.into_iter().map(|kind| kind_choice(kind, underway, query)).collect(),
        stages: stage_choices(query),
        may_register: who.may_do("plan.register") && !position.is_past,
        is_filtered: !(query.words.is_empty() && query.kind.is_empty() && query.stage.is_empty()),
        found: found.len(),
        found_words: counted(found.len(), "inspection", "inspections"),
        empty_words: if underway.is_empty() {
            "No inspection has been announced yet."
        } else {
            "No inspection fits these filters."
        },
        groups,
        query: query.clone(),
        as_at_error,
        entry: position.seq,
    }
}

fn group(kind: Kind, found: &[&(Id, Underway)], as_at: &str) -> Option<Group> {
    let rows: Vec<Row> =
        found.iter().filter(|(_, one)| one.kind == kind).map(|(id, one)| row(id, one, as_at)).collect();
    (!rows.is_empty()).then(|| Group {
        kind: kind.as_str(),
        words: kind.words(),
        count: rows.len(),
        count_words: counted(rows.len(), "inspection", "inspections"),
        rows,
    })
}

fn kind_choice(kind: Kind, underway: &[(Id, Underway)], query: &Query) -> Choice {
    let any_kind = Query { kind: Vec::new(), ..query.clone() };
    let count = underway.iter().filter(|(_, one)| one.kind == kind && any_kind.finds(one)).count();
    let chosen = query.kind.iter().any(|word| word == kind.as_str());
    Choice { chosen, ..Choice::of(kind.as_str(), kind.words(), "\0") }.counting(count)
}

fn stage_choices(query: &Query) -> Vec<Choice> {
    let ends = [("", "Under way"), ("all", "All, and those that are over")];
    let ends = ends.map(|(word, words)| Choice::of(word, words, &query.stage));
    let stages = Stage::ALL.map(|stage| Choice::of(stage.as_str(), stage.words(), &query.stage));
    ends.into_iter().chain(stages).collect()
}

fn row(id: &Id, underway: &Underway, as_at: &str) -> Row {
    let suffix = if as_at.is_empty() { String::new() } else { format!("?as_at={as_at}") };
    Row {
        id: id.to_string(),
        address: format!("/inspections-under-way/{id}{suffix}"),
        title: underway.title.clone(),
        kind: underway.kind.as_str(),
        kind_words: underway.kind.words(),
        inspectorate: underway.inspectorate.clone(),
        partners: underway.partners.clone(),
        announced_on: day(underway.announced_on),
        stage: underway.stage.as_str(),
        stage_tag: match underway.stage {
            Stage::Announced => "open",
            Stage::Fieldwork => "assembled",
            Stage::Drafting => "proposed",
            Stage::Published => "discharged",
            Stage::Abandoned => "superseded",
        },
        stage_words: underway.stage.words(),
        stage_on: day(underway.stage_on),
        inspection: underway.inspection.as_ref().map(ToString::to_string),
        reason: underway.reason.clone(),
    }
}

/// The page of one inspection under way.
#[derive(Debug, Template, Serialize)]
#[template(path = "underway/show.html")]
pub struct ShowPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    #[serde(flatten)]
    shown: Row,
    /// The title of the published inspection.
    outcome: Option<String>,
    #[serde(skip)]
    address: String,
    /// Whether the published inspection is still to be registered, by this person.
    #[serde(skip)]
    may_register: bool,
    #[serde(skip)]
    steps: Vec<(String, &'static str)>,
    history: Vec<Moment>,
    entry: i64,
}

/// What a page needs besides the inspection: its outcome, its history, what may be done, what was just done.
pub struct Around {
    /// The title of the published inspection.
    pub outcome: Option<String>,
    /// Its history, newest first.
    pub history: Vec<Moment>,
    /// The forms that may be used.
    pub steps: Vec<(String, &'static str)>,
    /// What was just done.
    pub notice: Option<String>,
}

/// The page of one inspection under way, for `who`.
pub fn show_page(position: Position, id: &Id, underway: &Underway, who: &User, around: Around) -> ShowPage {
    let shown = row(id, underway, "");
    ShowPage {
        frame: Frame::of(shown.title.clone(), Section::Improvement)
            .seen_by(who.signed())
            .with_notice(around.notice)
            .looking_back_to(as_at_words(position)),
        crumbs: vec![
            ("/recommendations".to_owned(), "Improvement".to_owned()),
            ("/inspections-under-way".to_owned(), "Inspections under way".to_owned()),
            (String::new(), shown.title.clone()),
        ],
        address: shown.address.clone(),
        shown,
        outcome: around.outcome,
        may_register: who.may_do("plan.register") && !position.is_past && !underway.stage.is_over(),
        steps: around.steps,
        history: around.history,
        entry: position.seq,
    }
}
