//! One outage as it is shown.

use std::collections::BTreeMap;

use askama::Template;
use jiff::Timestamp;
use journal::{Entry, words::moment};
use serde::Serialize;
use users::User;
use web::{Frame, Section};

use super::{
    forms::{FORMS, is_offered},
    list::{
        rows::Listed,
        views::{Row, row},
    },
    rules::Fact,
};

/// One line of its life.
#[derive(Debug, Serialize)]
pub struct Moment {
    /// What happened.
    pub title: String,
    /// Why, or who said so; empty where nothing was said.
    pub words: String,
    /// Who recorded it.
    pub who: String,
    /// When it was recorded.
    pub at: String,
    /// The same, in words.
    #[serde(skip)]
    pub when: String,
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "outage/show.html")]
pub struct OutagePage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The outage.
    #[serde(flatten)]
    pub outage: Row,
    /// Who says so.
    pub source: String,
    /// The forms that are offered: the word of the address, and the words of the link.
    #[serde(skip)]
    pub steps: Vec<(&'static str, &'static str)>,
    /// Its life, the latest first.
    pub history: Vec<Moment>,
}

/// The page of an outage, at `now`.
pub fn show_page(
    now: Timestamp,
    who: &User,
    one: Listed,
    (history, names): (&[Entry], &BTreeMap<String, String>),
) -> OutagePage {
    let may = who.may_do("contact.outage");
    let offered = FORMS.iter().filter(|form| may && is_offered(form, one.state));
    let source = one.source.shown().to_owned();
    let steps = offered.map(|form| (form.word, form.heading)).collect();
    let outage = row(now, one);
    OutagePage {
        frame: Frame::of(format!("Outage: {}", outage.system_words), Section::Contacts).seen_by(who.signed()),
        source,
        steps,
        history: history.iter().rev().map(|entry| happened(entry, names)).collect(),
        outage,
    }
}

fn happened(entry: &Entry, names: &BTreeMap<String, String>) -> Moment {
    let (title, words) = match entry.fact::<Fact>() {
        Ok(Some(Fact::Began { told, source })) => {
            (format!("Down since {}", moment(told.began_at)), source.shown().to_owned())
        }
        Ok(Some(Fact::Ended { at, source })) => {
            (format!("Back since {}", moment(at)), source.shown().to_owned())
        }
        Ok(Some(Fact::Corrected { told, reason })) => {
            let until = told.ended_at.map_or_else(String::new, |at| format!(" to {}", moment(at)));
            let system = super::definition::words(&told.system);
            let title = format!("Corrected: {system}, from {}{until}", moment(told.began_at));
            (title, reason.shown().to_owned())
        }
        Ok(Some(Fact::TakenBack { reason })) => ("Taken back".to_owned(), reason.shown().to_owned()),
        Ok(None) | Err(_) => (entry.kind.clone(), String::new()),
    };
    let who = names.get(&entry.actor.who).map_or(entry.actor.who.as_str(), String::as_str);
    Moment {
        title,
        words,
        who: format!("{who}, {}", entry.actor.role.replace('_', " ")),
        at: entry.at.to_string(),
        when: moment(entry.at),
    }
}
