//! Which agencies could take somebody, with the reasons, and whether anybody is there. Pure.

use contact::{
    codes::words,
    thrive::{definition::definition as thrive, rules::Assessment},
};
use jiff::Timestamp;
use journal::day_of;
use serde::Serialize;

use crate::{
    definition::{Agency, Kind, definitions, kind},
    hours::{Open, open},
};

/// An agency that could take somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggested {
    /// Which.
    pub agency: &'static Agency,
    /// The kinds of referral that it takes on that day.
    pub kinds: Vec<&'static Kind>,
    /// Why, in words: "Mental health crisis", "Vulnerability is high".
    pub reasons: Vec<String>,
    /// Whether anybody is there.
    pub open: Open,
}

/// A kind and an agency together: what a referral is sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct To {
    /// The agency.
    pub agency: &'static Agency,
    /// The kind.
    pub kind: &'static Kind,
}

impl To {
    /// As an address and a form have it: "mental_health_hub.mental_health_pathway".
    pub fn written(&self) -> String {
        format!("{}.{}", self.agency.key, self.kind.key)
    }

    /// What [`Self::written`] wrote, if the agency takes that kind.
    pub fn read(text: &str) -> Option<Self> {
        let (agency, named) = text.trim().split_once('.')?;
        let agency = crate::definition::agency(agency).filter(|one| one.takes(named))?;
        Some(Self { agency, kind: kind(named)? })
    }
}

/// What may be said of an agency before it is chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Offer {
    /// What a form sends: agency and kind.
    pub to: String,
    /// The agency’s name.
    pub agency: String,
    /// The kind in words.
    pub kind: String,
    /// Why it is suggested; empty where it only could be.
    pub reasons: Vec<String>,
    /// "Open now", "Opens 27 November 2026, 09:00".
    pub open: String,
}

/// Those that are suggested, the one with most reasons first, those that are open before those that are not.
pub fn suggest(assessment: &Assessment, division: &str, at: Timestamp) -> Vec<Suggested> {
    let mut found: Vec<Suggested> = there(division, at)
        .map(|agency| Suggested {
            agency,
            kinds: kinds(agency, at),
            reasons: reasons(agency, assessment),
            open: open(&agency.open, at),
        })
        .filter(|one| !one.reasons.is_empty() && !one.kinds.is_empty())
        .collect();
    // The order of the file decides between equals: the sort is stable.
    found.sort_by_key(|one| (one.open != Open::Now, std::cmp::Reverse(one.reasons.len())));
    found
}

/// Every agency and kind that may be chosen: what is suggested first, then the rest in the order of the file.
pub fn offers(assessment: &Assessment, division: &str, at: Timestamp) -> Vec<Offer> {
    let suggested = suggest(assessment, division, at);
    let is_suggested = |agency: &Agency| suggested.iter().any(|one| one.agency.key == agency.key);
    let rest = there(division, at).filter(|agency| !is_suggested(agency)).map(|agency| Suggested {
        agency,
        kinds: kinds(agency, at),
        reasons: Vec::new(),
        open: open(&agency.open, at),
    });
    let rest: Vec<Suggested> = rest.collect();
    let offer = |one: &Suggested, kind: &'static Kind| Offer {
        to: To { agency: one.agency, kind }.written(),
        agency: one.agency.name.clone(),
        kind: kind.words.clone(),
        reasons: one.reasons.clone(),
        open: open_words(one.open),
    };
    suggested.iter().chain(&rest).flat_map(|one| one.kinds.iter().map(|kind| offer(one, kind))).collect()
}

/// "Open now", "Opens 27 November 2026, 09:00", "Closed".
pub fn open_words(open: Open) -> String {
    match open {
        Open::Now => "Open now".to_owned(),
        Open::From(at) => format!("Opens {}", journal::words::moment(at)),
        Open::NotSoon => "Closed in the days to come".to_owned(),
    }
}

fn there(division: &str, at: Timestamp) -> impl Iterator<Item = &'static Agency> {
    let today = day_of(at);
    definitions().agency.iter().filter(move |one| one.is_valid_on(today) && one.serves(division))
}

fn kinds(agency: &Agency, at: Timestamp) -> Vec<&'static Kind> {
    let today = day_of(at);
    agency.takes.iter().filter_map(|key| kind(key)).filter(|kind| kind.is_valid_on(today)).collect()
}

fn reasons(agency: &Agency, assessment: &Assessment) -> Vec<String> {
    let markers = assessment.markers.iter().filter(|marker| agency.markers.contains(marker));
    let mut told: Vec<String> = markers.map(|marker| words(&thrive().marker, marker).to_owned()).collect();
    for least in &agency.element {
        if let Some(level) = assessment.level(least.key).filter(|level| *level >= least.least) {
            told.push(format!("{} is {}", least.key.words(), level.words().to_lowercase()));
        }
    }
    told
}
