//! What goes with the plans, as data: programmes, areas for development, inspections under way, what earlier papers
//! said, governance groups and posts. Each file says at its top what its fields are and what of it is invented.

use anyhow::{Context, Result};
use jiff::civil::Date;
use serde::{Deserialize, de::DeserializeOwned};

/// A programme of change that recommendations wait for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// By which a life names it.
    pub key: String,
    /// As it is called today.
    pub name: String,
    /// Its short name; empty where it has none.
    #[serde(default)]
    pub short: String,
    /// "programme", "project", "system" or "review".
    pub kind: String,
    /// The post that answers for it.
    pub owner: String,
    /// The first day.
    pub begun_on: Date,
    /// The key of the programme of which it is a part.
    pub part_of: Option<String>,
    /// Where the papers speak of it.
    pub source: String,
    /// What it is to deliver.
    pub about: String,
    /// The names it went by.
    #[serde(default, rename = "alias")]
    pub aliases: Vec<Alias>,
    /// Recommendations of its own.
    #[serde(default, rename = "step")]
    pub steps: Vec<Step>,
}

/// Another name of a programme.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alias {
    /// The name.
    pub name: String,
    /// "former", "merged", "short" or "misspelt".
    pub kind: String,
    /// The first day on which it was called so.
    pub from: Option<Date>,
    /// The last day on which it was called so.
    pub until: Option<Date>,
}

/// A recommendation of a programme itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its number.
    pub number: String,
    /// What it says.
    pub text: String,
    /// The inspectorate's recommendations that it helps to meet: "CA20-R4".
    pub serves: Vec<String>,
}

/// An area for development.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// The short name of its inspection.
    pub of: String,
    /// "AFD1".
    pub reference: String,
    /// The heading under which it stands; empty where that is not known.
    pub heading: String,
    /// What it says.
    pub text: String,
    /// The actions that take it up; none means that nobody does.
    pub done_by: Vec<String>,
    /// An action that somebody thinks the wrong place for it.
    pub contested: Option<Contest>,
    /// "open" or "closed", as on 16 September 2025.
    pub status: String,
}

/// Somebody thinks that an action is the wrong place for an area.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contest {
    /// Who.
    pub by: String,
    /// Which action.
    pub action: String,
    /// Why.
    pub reason: String,
}

/// An inspection that is under way.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnderWay {
    /// Its title.
    pub title: String,
    /// A word of the register's kinds.
    pub kind: String,
    /// Who inspects.
    pub inspectorates: Vec<String>,
    /// Since when.
    pub begun_on: Date,
    /// What it looks at.
    pub subject: String,
}

/// A paper or report and what it says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EarlierPaper {
    /// The source: "S004".
    pub reference: String,
    /// What it is.
    pub title: String,
    /// "paper" or "report".
    pub kind: String,
    /// The day of the meeting.
    pub meeting_on: Option<Date>,
    /// The day of publication.
    pub published_on: Option<Date>,
    /// What it says, in the quantities that a register can be held against.
    #[serde(default, rename = "statement")]
    pub statements: Vec<Statement>,
    /// What else it says in figures.
    #[serde(default)]
    pub further: Vec<Statement>,
}

/// One thing that a paper says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// About what.
    pub about: String,
    /// Which quantity.
    pub quantity: String,
    /// The value; empty where the paper leaves it out.
    pub value: String,
    /// What has to be known to read it.
    #[serde(default)]
    pub words: String,
    /// The day for which it holds; the meeting's where it is left out.
    pub as_on: Option<Date>,
}

/// A group that governs improvement.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// By which other groups name it.
    pub key: String,
    /// In full.
    pub name: String,
    /// What it is also called.
    pub aliases: Vec<String>,
    /// "tactical", "strategic", "oversight_board" or "committee".
    pub kind: String,
    /// The post that chairs.
    pub chair: String,
    /// Posts, teams and bodies.
    pub members: Vec<String>,
    /// "monthly" or "quarterly".
    pub cycle: String,
    /// On which day of the month: "second Tuesday".
    pub meets: String,
    /// In which month of the quarter, from 1 to 3; nothing where it meets monthly.
    pub month_of_quarter: Option<i8>,
    /// The group or the post it reports to; empty where it reports to none.
    pub reports_to: String,
    /// What it is for.
    pub terms: String,
    /// Short names of the inspections it looks after.
    pub plans: Vec<String>,
    /// How many Scottish working days before a meeting its papers are due.
    pub papers_due_working_days: u8,
    /// The days on which it met.
    pub meetings: Vec<Date>,
    /// Where the papers speak of it.
    pub source: String,
}

/// Who holds a post.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Post {
    /// The post.
    pub post: String,
    /// Where it belongs.
    pub team: String,
    /// Whether it answers at the top.
    pub strategic: bool,
    /// Who holds it.
    pub holder: String,
    /// The role whose account is the holder's.
    pub account: Option<String>,
    /// Who stands in.
    pub alternate: String,
    /// The role whose account is the alternate's.
    pub alternate_account: Option<String>,
    /// Since when.
    pub from: Date,
}

/// A file of one list: the name of the list, and what it holds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List<T> {
    #[serde(alias = "programme", alias = "area", alias = "inspection", alias = "paper")]
    #[serde(alias = "group", alias = "post")]
    all: Vec<T>,
}

fn read<T: DeserializeOwned>(name: &str, text: &str) -> Result<Vec<T>> {
    let list: List<T> = toml::from_str(text).with_context(|| format!("portfolio/{name} does not read"))?;
    Ok(list.all)
}

/// The programmes.
pub fn programmes() -> Result<Vec<Programme>> {
    read("programmes.toml", include_str!("programmes.toml"))
}

/// The areas for development.
pub fn areas() -> Result<Vec<Area>> {
    read("areas.toml", include_str!("areas.toml"))
}

/// The inspections under way in the summer of 2025.
pub fn under_way() -> Result<Vec<UnderWay>> {
    read("under_way.toml", include_str!("under_way.toml"))
}

/// What earlier papers said.
pub fn earlier_papers() -> Result<Vec<EarlierPaper>> {
    read("earlier_papers.toml", include_str!("earlier_papers.toml"))
}

/// The governance groups.
pub fn groups() -> Result<Vec<Group>> {
    read("groups.toml", include_str!("groups.toml"))
}

/// The posts.
pub fn posts() -> Result<Vec<Post>> {
    read("posts.toml", include_str!("posts.toml"))
}
