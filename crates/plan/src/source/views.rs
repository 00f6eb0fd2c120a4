//! What the pages of sources show, made by plain functions.

use askama::Template;
use journal::Id;
use serde::Serialize;
use users::User;
use web::{Frame, Section};

use super::rules::{About, Cited, Source};
use crate::{
    linter::{Checked, Finding, Look, register_says},
    words::{counted, day},
};

/// The list of sources.
#[derive(Debug, Template, Serialize)]
#[template(path = "source/list.html")]
pub struct ListPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    #[serde(skip)]
    may_register: bool,
    sources: Vec<Listed>,
    #[serde(skip)]
    lead: String,
    entry: i64,
}

#[derive(Debug, Serialize)]
struct Listed {
    id: String,
    title: String,
    reference: String,
    meeting_on: Option<String>,
    published_on: Option<String>,
    #[serde(skip)]
    meeting: String,
    #[serde(skip)]
    published: String,
    statements: usize,
    agree: usize,
    differ: usize,
}

/// One source with its statements.
#[derive(Debug, Template, Serialize)]
#[template(path = "source/show.html")]
pub struct ShowPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    id: String,
    title: String,
    reference: String,
    meeting_on: Option<String>,
    published_on: Option<String>,
    #[serde(skip)]
    days: Vec<(&'static str, String)>,
    statements: Vec<Shown>,
    withdrawn: Vec<Withdrawn>,
    findings: Vec<Finding>,
    #[serde(skip)]
    may_register: bool,
    entry: i64,
}

/// A statement beside what the register says.
#[derive(Debug, Serialize)]
struct Shown {
    no: i64,
    about: String,
    #[serde(skip)]
    about_address: String,
    quantity: &'static str,
    #[serde(skip)]
    quantity_words: &'static str,
    value: String,
    #[serde(skip)]
    value_words: String,
    words: String,
    as_on: String,
    #[serde(skip)]
    as_on_words: String,
    register_says: String,
    agrees: Option<bool>,
}

#[derive(Debug, Serialize)]
struct Withdrawn {
    no: i64,
    told: String,
    reason: String,
}

/// The list of what was loaded.
pub fn list_page(checked: &Checked, who: &User) -> ListPage {
    let input = checked.input();
    let look = Look::at(&input);
    let listed = |(id, source): &(Id, Source)| {
        let says = |cited: &Cited| register_says(&look, &cited.statement).agrees;
        let count = |agrees: bool| source.standing().filter(|cited| says(cited) == Some(agrees)).count();
        Listed {
            id: id.to_string(),
            title: source.title.clone(),
            reference: source.reference.clone(),
            meeting_on: source.meeting_on.map(|on| on.to_string()),
            published_on: source.published_on.map(|on| on.to_string()),
            meeting: source.meeting_on.map_or_else(String::new, day),
            published: source.published_on.map_or_else(String::new, day),
            statements: source.standing().count(),
            agree: count(true),
            differ: count(false),
        }
    };
    let sources: Vec<Listed> = checked.sources.iter().map(listed).collect();
    ListPage {
        frame: Frame::of("Sources", Section::Improvement).seen_by(who.signed()),
        crumbs: crumbs(&[("", "Sources")]),
        may_register: who.may_do("plan.register"),
        lead: counted(sources.len(), "source", "sources"),
        sources,
        entry: checked.register.position.seq,
    }
}

/// The page of one source: `whole` has the withdrawn statements too.
pub fn show_page(checked: &Checked, id: &Id, whole: &Source, who: &User, notice: Option<String>) -> ShowPage {
    let input = checked.input();
    let look = Look::at(&input);
    let shown = |cited: &Cited| {
        let statement = &cited.statement;
        let says = register_says(&look, statement);
        Shown {
            no: cited.no,
            about: look.name(&statement.about),
            about_address: address(&statement.about, statement.as_on),
            quantity: statement.quantity.as_str(),
            quantity_words: statement.quantity.words(),
            value: statement.value.clone(),
            value_words: statement.shown(),
            words: statement.words.clone(),
            as_on: statement.as_on.to_string(),
            as_on_words: day(statement.as_on),
            register_says: says.words,
            agrees: says.agrees,
        }
    };
    let withdrawn = |cited: &Cited| {
        let statement = &cited.statement;
        let told = format!(
            "{} of {}: {}",
            statement.quantity.words(),
            look.name(&statement.about),
            statement.shown()
        );
        cited.withdrawn.clone().map(|reason| Withdrawn { no: cited.no, told, reason })
    };
    let days = [("Meeting", whole.meeting_on), ("Published", whole.published_on)];
    ShowPage {
        frame: Frame::of(format!("Source {}", whole.label()), Section::Improvement)
            .seen_by(who.signed())
            .with_notice(notice),
        crumbs: crumbs(&[("/sources", "Sources"), ("", whole.label())]),
        id: id.to_string(),
        title: whole.title.clone(),
        reference: whole.reference.clone(),
        meeting_on: whole.meeting_on.map(|on| on.to_string()),
        published_on: whole.published_on.map(|on| on.to_string()),
        days: days.map(|(name, on)| (name, on.map_or_else(|| "Not given".to_owned(), day))).to_vec(),
        statements: whole.standing().map(shown).collect(),
        withdrawn: whole.statements.iter().filter_map(withdrawn).collect(),
        findings: checked.findings.iter().filter(|finding| is_of(finding, id)).cloned().collect(),
        may_register: who.may_do("plan.register"),
        entry: checked.register.position.seq,
    }
}

/// Whether a finding is about a source, or about what it says: such a one is mended on its page.
fn is_of(finding: &Finding, id: &Id) -> bool {
    finding.subject == *id || finding.mend == format!("/sources/{id}")
}

/// Where the register shows what a statement is about, as at its day where it is a list.
fn address(about: &About, as_on: jiff::civil::Date) -> String {
    match about {
        About::Portfolio | About::Theme(_) => format!("/recommendations?as_at={as_on}"),
        About::Inspection(id) => format!("/recommendations?inspection={id}"),
        About::Recommendation(id) => format!("/recommendations/{id}"),
    }
}

/// Where one is, from the register and its check on.
pub fn crumbs(rest: &[(&str, &str)]) -> Vec<(String, String)> {
    [("/recommendations", "Improvement"), ("/check", "Check")]
        .iter()
        .chain(rest)
        .map(|(address, words)| ((*address).to_owned(), (*words).to_owned()))
        .collect()
}
