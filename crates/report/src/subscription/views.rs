//! Of which reports somebody is told, and where to.

use askama::Template;
use jiff::civil::Date;
use journal::Refusal;
use serde::Serialize;
use users::User;
use web::{Choice, Frame, Section};

use super::rules::{Part, Subscription, open_to};
use crate::{
    pack::{
        definition::{Pack, Scope, pack},
        rules::divisions,
    },
    period::rules::Span,
};

/// A part of the reports, of which somebody is told or not.
#[derive(Debug, Serialize)]
pub struct Row {
    pack: String,
    division: String,
    name: String,
    about: String,
    how_often: &'static str,
    /// "Whole service", "Every division" or a division; nothing where a division is to be chosen.
    area: String,
    is_told: bool,
    /// The divisions that can be chosen.
    #[serde(skip)]
    divisions: Vec<Choice>,
    /// Why it was refused.
    #[serde(skip)]
    error: Option<String>,
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "subscription/list.html")]
pub struct SubscriptionsPage {
    #[serde(skip)]
    frame: Frame,
    rows: Vec<Row>,
    /// Where mail goes; nothing where notices are read in the mailbox only.
    email: Option<String>,
    refusals: Vec<Refusal>,
}

/// The page of the packs that somebody may read, and of what they are told.
pub fn page(
    who: &User,
    today: Date,
    told: &Subscription,
    email: Option<String>,
    done: &str,
) -> SubscriptionsPage {
    let letters = divisions(Span { from: today, until: today });
    let mut rows = Vec::new();
    for pack in open_to(who.may_do("measure.read")) {
        let own: Vec<&Part> = told.parts.iter().filter(|part| part.pack == pack.key).collect();
        let is_whole = own.iter().any(|part| part.division.is_empty());
        rows.extend(own.iter().map(|part| Row { is_told: true, ..row(part, Some(pack), &letters) }));
        if !is_whole {
            let part = Part { pack: pack.key.clone(), division: String::new() };
            let mut row = row(&part, Some(pack), &letters);
            if pack.scope == Scope::Division {
                row.area.clear();
                row.divisions = choices(&own, &letters);
            }
            rows.push(row);
        }
    }
    // What somebody was told of in another role, or is no more, can be given up.
    let is_shown = |part: &Part, rows: &[Row]| rows.iter().any(|row| row.pack == part.pack);
    let others: Vec<&Part> = told.parts.iter().filter(|part| !is_shown(part, &rows)).collect();
    rows.extend(others.iter().map(|part| Row { is_told: true, ..row(part, pack(&part.pack), &letters) }));
    let notice = match done {
        "on" => Some("You are told when the next of these reports is frozen.".to_owned()),
        "off" => Some("You are told of these reports no longer.".to_owned()),
        _ => None,
    };
    let frame = Frame::of("Be told of reports", Section::Reports).seen_by(who.signed()).with_notice(notice);
    SubscriptionsPage { frame, rows, email, refusals: Vec::new() }
}

fn row(part: &Part, pack: Option<&Pack>, letters: &[(String, String)]) -> Row {
    let area = match (part.division.as_str(), pack.map(|pack| pack.scope)) {
        ("", Some(Scope::Division)) => "Every division".to_owned(),
        ("", _) => "Whole service".to_owned(),
        (own, _) => match letters.iter().find(|(letter, _)| letter == own) {
            Some((letter, name)) => format!("{letter} {name}"),
            None => format!("{own}, a division that is no more"),
        },
    };
    Row {
        pack: part.pack.clone(),
        division: part.division.clone(),
        name: pack.map_or_else(|| part.pack.clone(), |pack| pack.name.clone()),
        about: pack.map_or_else(|| "This pack is no more.".to_owned(), |pack| pack.about.clone()),
        how_often: pack.map_or("", |pack| pack.kind.words()),
        area,
        is_told: false,
        divisions: Vec::new(),
        error: None,
    }
}

/// Every division, and those of which somebody is not told yet.
fn choices(own: &[&Part], letters: &[(String, String)]) -> Vec<Choice> {
    let others = letters.iter().filter(|(letter, _)| own.iter().all(|part| part.division != *letter));
    let others = others.map(|(letter, name)| Choice::of(letter, format!("{letter} {name}"), ""));
    std::iter::once(Choice::of("", "Every division", "")).chain(others).collect()
}

impl SubscriptionsPage {
    /// With what was asked for, and why it was refused: beside the choice of a division, where there was one.
    #[must_use]
    pub fn refused(mut self, asked: &Part, refusal: &Refusal) -> Self {
        self.frame.title = format!("Problem: {}", self.frame.title);
        let chosen = self.rows.iter_mut().find(|row| row.pack == asked.pack && !row.divisions.is_empty());
        let field = match chosen.filter(|_| refusal.field == "division") {
            Some(row) => {
                row.error = Some(refusal.sentence.to_string());
                for choice in &mut row.divisions {
                    choice.chosen = choice.value == asked.division;
                }
                format!("division-{}", row.pack)
            }
            // Nothing on the page could be mended: a row has a button only.
            None => String::new(),
        };
        self.refusals.push(Refusal::of(field, refusal.sentence.clone()));
        self
    }
}
