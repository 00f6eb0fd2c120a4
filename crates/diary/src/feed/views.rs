//! The addresses of a diary as they are shown.

use std::collections::BTreeMap;

use askama::Template;
use journal::{Id, Refusal, words::moment};
use serde::Serialize;
use users::User;
use web::{FormPage, Frame, Section, Typed};

use super::rows::Listed;
use crate::diary::rules::Diary;

/// The addresses of a diary. A new one is shown once.
#[derive(Debug, Template, Serialize)]
#[template(path = "feed/list.html")]
pub struct FeedsPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// Where one is.
    #[serde(skip)]
    pub crumbs: Vec<(String, String)>,
    /// Where a new one is made.
    #[serde(skip)]
    pub action: String,
    /// The station.
    pub station: String,
    /// The new address: shown this once.
    pub address: Option<String>,
    /// Those that were made, the newest first.
    pub feeds: Vec<Line>,
    /// What was typed as the name.
    #[serde(skip)]
    pub called: String,
    /// Why it was refused.
    #[serde(skip)]
    pub refusals: Vec<Refusal>,
}

impl FeedsPage {
    fn error(&self, field: &str) -> Option<&str> {
        self.refusals.iter().find(|refusal| refusal.field == field).map(|refusal| refusal.sentence.as_ref())
    }
}

/// One address.
#[derive(Debug, Serialize)]
pub struct Line {
    /// Its identity.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// When it was made.
    pub made: String,
    /// When and by whom, in words.
    #[serde(skip)]
    pub made_words: String,
    /// When it was taken back.
    pub revoked: Option<String>,
    /// When and by whom, in words.
    #[serde(skip)]
    pub revoked_words: String,
}

fn line(feed: Listed, names: &BTreeMap<String, String>) -> Line {
    let by = |account: &str| names.get(account).map_or_else(|| account.to_owned(), Clone::clone);
    Line {
        id: feed.id.to_string(),
        name: feed.name,
        made: feed.opened_at.to_string(),
        made_words: format!("{}, {}", moment(feed.opened_at), by(&feed.opened_by)),
        revoked: feed.revoked.as_ref().map(|(at, _)| at.to_string()),
        revoked_words: feed
            .revoked
            .as_ref()
            .map(|(at, account)| format!("{}, {}", moment(*at), by(account)))
            .unwrap_or_default(),
    }
}

fn crumbs(id: &Id, diary: &Diary, rest: &[(String, &str)]) -> Vec<(String, String)> {
    let before =
        [("/diaries".to_owned(), "Diaries".to_owned()), (format!("/diaries/{id}"), diary.station.clone())];
    let rest = rest.iter().map(|(address, words)| (address.clone(), (*words).to_owned()));
    before.into_iter().chain(rest).collect()
}

/// The page of a diary's addresses.
pub fn list_page(
    who: &User,
    (id, diary): (&Id, &Diary),
    feeds: Vec<Listed>,
    names: &BTreeMap<String, String>,
    typed: &Typed,
) -> FeedsPage {
    FeedsPage {
        frame: Frame::of(format!("Calendar addresses: {}", diary.station), Section::Diaries)
            .seen_by(who.signed()),
        crumbs: crumbs(id, diary, &[(String::new(), "Calendar addresses")]),
        action: format!("/diaries/{id}/feeds"),
        station: diary.station.clone(),
        address: None,
        feeds: feeds.into_iter().map(|feed| line(feed, names)).collect(),
        called: typed.get("name").to_owned(),
        refusals: Vec::new(),
    }
}

/// The form that takes an address back.
pub fn revoke_page(who: &User, (id, diary): (&Id, &Diary), feed: &Listed) -> FormPage {
    let all = format!("/diaries/{id}/feeds");
    FormPage {
        frame: Frame::of("Revoke a calendar address", Section::Diaries).seen_by(who.signed()),
        crumbs: crumbs(id, diary, &[(all.clone(), "Calendar addresses"), (String::new(), "Revoke")]),
        heading: "Revoke a calendar address".to_owned(),
        about: format!("{}: {}", diary.station, feed.name),
        intro: "Every program that reads this address finds nothing there from now on. It cannot be brought back; a new one can be made.".to_owned(),
        action: format!("{all}/{}/revocation", feed.id),
        submit: "Revoke the address".to_owned(),
        back: all,
        last_seq: None,
        fields: Vec::new(),
        refusals: Vec::new(),
    }
}
