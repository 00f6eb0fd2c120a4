//! The choice of a report, and a look at it.

use askama::Template;
use jiff::civil::Date;
use journal::Refusal;
use publish::document::{self, Document};
use serde::Serialize;
use users::User;
use web::{Choice, Frame, Section};

use crate::{
    pack::{
        definition::all,
        rules::{Asked, divisions},
    },
    period::rules::Span,
    report::{compose::SITE, freeze::Gathered, rules::Edition},
};

/// A page’s address with what is asked.
pub fn address(page: &str, query: &impl Serialize) -> String {
    match serde_html_form::to_string(query) {
        Ok(query) if !query.is_empty() => format!("{page}?{query}"),
        _ => page.to_owned(),
    }
}

/// What would be frozen.
#[derive(Debug, Serialize)]
pub struct Preview {
    number: i64,
    asked: Asked,
    /// Why there would be another edition, as it was typed.
    reason: String,
    document: Document,
    #[serde(skip)]
    html: String,
    /// The rendition for everybody; empty where the pack is not published.
    #[serde(skip)]
    published: String,
}

impl Preview {
    /// A look at an edition, with the site’s address in it.
    pub fn of(gathered: &Gathered, edition: Edition, site: &str) -> Self {
        let document = edition.tree.filled(&[(SITE, site)]);
        Self {
            number: edition.number,
            asked: gathered.about.asked(),
            reason: String::new(),
            html: document::html(&document),
            published: edition.published.map_or_else(String::new, |one| shifted(&document::html(&one.tree))),
            document,
        }
    }

    /// With the reason as it was typed.
    #[must_use]
    pub fn saying(mut self, reason: &str) -> Self {
        reason.clone_into(&mut self.reason);
        self
    }
}

/// A second document on a page: its anchors must not be those of the first.
fn shifted(html: &str) -> String {
    let marks = ["id=\"", "href=\"#", "aria-labelledby=\""];
    marks.iter().fold(html.to_owned(), |html, mark| html.replace(mark, &format!("{mark}published-")))
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "report/new/new.html")]
pub struct NewPage {
    #[serde(skip)]
    frame: Frame,
    asked: Asked,
    #[serde(skip)]
    packs: Vec<Choice>,
    #[serde(skip)]
    divisions: Vec<Choice>,
    preview: Option<Preview>,
    refusals: Vec<Refusal>,
}

impl NewPage {
    /// The choice.
    pub fn of(who: &User, asked: &Asked, today: Date) -> Self {
        let packs = all().iter().map(|pack| Choice::of(&pack.key, &pack.name, &asked.pack));
        let own = divisions(Span { from: today, until: today }).into_iter();
        let own = own.map(|(letter, name)| Choice::of(&letter, format!("{letter} {name}"), &asked.division));
        Self {
            frame: Frame::of("Compose a report", Section::Reports).seen_by(who.signed()),
            packs: std::iter::once(Choice::of("", "Choose a pack", &asked.pack)).chain(packs).collect(),
            divisions: std::iter::once(Choice::of("", "None: the whole service", &asked.division))
                .chain(own)
                .collect(),
            asked: asked.clone(),
            preview: None,
            refusals: Vec::new(),
        }
    }

    /// With a look at it.
    #[must_use]
    pub fn with(mut self, preview: Preview) -> Self {
        self.preview = Some(preview);
        self
    }

    /// With why it was refused.
    #[must_use]
    pub fn refused(mut self, refusal: &Refusal) -> Self {
        let mut shown = refusal.clone();
        let is_there = ["pack", "period", "division"].contains(&refusal.field.as_ref())
            || (refusal.field == "reason" && self.preview.as_ref().is_some_and(|one| one.number > 1));
        if !is_there {
            shown.field = "".into();
        }
        self.frame.title = format!("Problem: {}", self.frame.title);
        self.refusals.push(shown);
        self
    }

    /// Why a field was refused.
    fn error(&self, field: &str) -> Option<String> {
        self.refusals.iter().find(|one| one.field == field).map(|one| one.sentence.to_string())
    }
}
