//! One referral as the police see it.

use std::collections::BTreeMap;

use askama::Template;
use jiff::Timestamp;
use journal::{DatabaseError, Entry, Id, words::moment};
use serde::Serialize;
use users::User;
use web::{Frame, Section};

use super::{
    forms::FORMS,
    list::rows::Listed,
    rules::{Referral, State},
    told::{Moment, told},
    words::{answered, consent_words, end_words, minutes_words},
};
use crate::definition::{agency, agency_name, kind_words};

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "referral/show.html")]
pub struct ShowPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// Its identity.
    pub id: String,
    /// What it is called on the telephone.
    pub reference: String,
    /// Where its incident is; empty for a role that reads none.
    pub incident: String,
    /// The agency.
    pub agency: String,
    /// How the agency is reached.
    pub phone: String,
    /// The kind.
    pub kind: String,
    /// The letter of the division.
    pub division: String,
    /// How it stands, as an address has it.
    pub state: &'static str,
    /// How it stands, in words.
    pub state_words: &'static str,
    /// Whether the police have to do something about it.
    pub is_alarming: bool,
    /// Whether anything is still to happen.
    pub is_open: bool,
    /// The reason or the outcome; empty where there is none.
    pub end: String,
    /// By when the agency has to reply, while it has not.
    pub reply_by: String,
    /// Until when the link lives; empty where none does.
    pub link_until: String,
    /// How long officers were spared; empty where that is not counted.
    pub saved: String,
    /// Whether the person agreed.
    pub consent: String,
    /// Whether it was sent without consent.
    pub is_overridden: bool,
    /// What the agency was told: names and words.
    pub shared: Vec<(String, String)>,
    /// What may be done: the last part of an address, and its words.
    pub steps: Vec<(&'static str, &'static str)>,
    /// Where it can be referred anew; empty where that is of no use.
    pub anew: String,
    /// What happened, the latest first.
    pub history: Vec<Moment>,
    /// The subject’s last entry.
    pub last_seq: i64,
}

/// What the agency was told, and no more: what leaves the police is what this gives.
pub fn shared(referral: &Referral) -> Vec<(String, String)> {
    let sent = &referral.sent;
    let pair = |name: &str, words: &str| (name.to_owned(), words.to_owned());
    let mut all = vec![
        pair("Who it is", sent.person.shown()),
        pair("How they are reached", sent.reach.shown()),
        pair("How they must not be reached", sent.cautions.shown()),
        pair("What has to be known", sent.summary.shown()),
    ];
    all.extend(answered(&sent.kind, &sent.answers));
    if sent.is_age_confirmed {
        all.push(pair("Age", "Old enough: it was asked"));
    }
    all.retain(|(_, words)| !words.trim().is_empty());
    all
}

/// The page of a referral.
pub fn show_page(
    now: Timestamp,
    who: &User,
    listed: &Listed,
    referral: &Referral,
    (history, names): (&[Entry], &BTreeMap<String, String>),
) -> Result<ShowPage, DatabaseError> {
    let (sent, state) = (&referral.sent, referral.state(now));
    let may = |permission: &str| who.may_do(permission);
    let offered = FORMS.iter().filter(|form| may("referral.make") && (form.is_offered)(referral, now));
    let told = history.iter().rev().map(|entry| told(entry, names, &sent.kind));
    let anew = matches!(state, State::Declined | State::BouncedBack | State::Overdue) && may("referral.make");
    let reference = listed.reference();
    Ok(ShowPage {
        frame: Frame::of(format!("Referral {reference}"), Section::Referrals).seen_by(who.signed()),
        id: listed.id.to_string(),
        reference,
        incident: address(&sent.incident, may("incident.read")),
        agency: agency_name(&sent.agency).to_owned(),
        phone: agency(&sent.agency).map_or_else(String::new, |one| one.phone.clone()),
        kind: kind_words(&sent.kind).to_owned(),
        division: sent.division.clone(),
        state: state.as_str(),
        state_words: state.words(),
        is_alarming: referral.is_to_deal_with(now),
        is_open: state.is_open(),
        end: end_words(state, &listed.ended_key).to_owned(),
        reply_by: if referral.replied_at().is_none() && state.is_open() {
            moment(sent.reply_by)
        } else {
            String::new()
        },
        link_until: match referral.live_link(now) {
            Some(link) if state.is_open() => moment(link.expires_at),
            _ => String::new(),
        },
        saved: listed.minutes_saved.map_or_else(String::new, minutes_words),
        consent: consent_words(&sent.consent),
        is_overridden: listed.is_overridden,
        shared: shared(referral),
        steps: offered.map(|form| (form.word, form.heading)).collect(),
        anew: if anew { format!("/referrals/new?incident={}", sent.incident) } else { String::new() },
        history: told.collect::<Result<_, _>>()?,
        last_seq: history.last().map_or(0, |entry| entry.seq),
    })
}

fn address(incident: &Id, may_read: bool) -> String {
    if may_read { format!("/incidents/{incident}") } else { String::new() }
}

/// The page that shows a new link, this once.
#[derive(Debug, Template, Serialize)]
#[template(path = "referral/issued.html")]
pub struct IssuedPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The referral’s identity.
    pub id: String,
    /// What it is called on the telephone.
    pub reference: String,
    /// Where the referral is.
    #[serde(skip)]
    pub here: String,
    /// The agency.
    pub agency: String,
    /// The link, whole.
    pub address: String,
    /// Until when it lives.
    pub until: String,
}
