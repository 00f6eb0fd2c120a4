//! A contact and its issue, as a coder reads them: from the histories, without what would tell the first coding.

use std::collections::{BTreeMap, BTreeSet};

use contact::{
    codes::{self, words},
    contact::{
        given_up::rules::GivenUp,
        rows::{Listed, of_incident},
    },
    outage::{
        definition::systems,
        list::rows::{Listed as Outage, between},
    },
};
use failure::{
    code::Code,
    definition::{What, day, definitions},
};
use incident::incident::told::told as incident_told;
use jiff::{SignedDuration, Timestamp};
use journal::{
    Connection, DatabaseError, Entry, Id, OPEN_END, history,
    words::{minutes, moment},
};
use serde::Serialize;

/// What of a timeline is left out: the advisor’s code, and who somebody is.
const LEFT_OUT: [&str; 2] = ["What it is about it", "Name"];

/// Something that happened in the issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Happened {
    /// When, for machines.
    pub at: Timestamp,
    /// When, in words.
    pub when: String,
    /// What.
    pub title: String,
    /// In which role it was recorded.
    pub role: String,
    /// More about it.
    pub details: Vec<(String, String)>,
    /// What kind of moment it is, for its sign.
    pub kind: &'static str,
    /// Whether it is the contact that is coded.
    pub is_it: bool,
}

/// Everything that is recorded of the issue, the first first.
pub async fn issue(conn: &mut Connection, contact: &Listed) -> Result<Vec<Happened>, DatabaseError> {
    let mut all = match &contact.contact.incident {
        None => vec![of_contact(contact, true)],
        Some(incident) => whole(conn, incident, contact).await?,
    };
    all.extend(contact.contact.given_up.iter().map(gave_up));
    let arrived_at = contact.contact.arrival.arrived_at;
    if let Some(window) = looked_back(arrived_at) {
        let down = between(conn, arrived_at - window, arrived_at).await?;
        all.extend(down.iter().map(|outage| was_down(outage, arrived_at)));
    }
    all.sort_by_key(|one| one.at);
    Ok(all)
}

async fn whole(
    conn: &mut Connection,
    incident: &Id,
    contact: &Listed,
) -> Result<Vec<Happened>, DatabaseError> {
    let contacts = of_incident(conn, incident).await?;
    let mut all: Vec<Happened> = contacts.iter().map(|one| of_contact(one, one.id == contact.id)).collect();
    for entry in history(conn, incident, OPEN_END).await? {
        all.push(of_incident_entry(&entry)?);
    }
    for report in crime::report::list::rows::of_incident(conn, incident).await? {
        of_report(conn, &report.id, &mut all).await?;
    }
    for referral in partner::referral::list::rows::of_incident(conn, incident).await? {
        of_referral(conn, &referral.id, &referral.kind, &mut all).await?;
    }
    Ok(all)
}

/// A call of the same number that was given up before this contact (F11).
fn gave_up(call: &GivenUp) -> Happened {
    let details = vec![
        ("Waited".to_owned(), waited(call.waited_seconds)),
        ("Ended by".to_owned(), words(codes::ended_by(), &call.ended_by).to_owned()),
    ];
    plain(call.at, "A call from the same number was given up", call.channel.words(), details)
}

/// How long before a contact a system may have been down so that it is told: as long as FD-1 looks back for F14.
fn looked_back(arrived_at: Timestamp) -> Option<SignedDuration> {
    let day = day(arrived_at);
    definitions().on(day)?.length(Code::F14, What::Window, &BTreeSet::new(), day)
}

/// A system that was down shortly before this contact or during it (F14), as it is known now.
fn was_down(outage: &Outage, arrived_at: Timestamp) -> Happened {
    let title = format!("A system was down: {}", words(systems(), &outage.system));
    let until = outage.ended_at.map_or_else(|| "Not back yet".to_owned(), moment);
    let is_during = outage.ended_at.is_none_or(|ended_at| ended_at > arrived_at);
    let during = if is_during { "Yes" } else { "No" };
    let details = [("Back at", until), ("Down when they got in touch", during.to_owned())];
    plain(
        outage.began_at,
        &title,
        "record of outages",
        details.map(|(name, told)| (name.to_owned(), told)).to_vec(),
    )
}

fn plain(at: Timestamp, title: &str, role: &str, details: Vec<(String, String)>) -> Happened {
    let (title, role) = (title.to_owned(), role.to_owned());
    Happened { at, when: moment(at), title, role, details, kind: "update", is_it: false }
}

async fn of_report(conn: &mut Connection, id: &Id, all: &mut Vec<Happened>) -> Result<(), DatabaseError> {
    for entry in history(conn, id, OPEN_END).await? {
        let told = crime::report::told::told(&entry, &BTreeMap::new())?;
        all.push(happened(&entry, told.title, Vec::new(), told.kind));
    }
    Ok(())
}

async fn of_referral(
    conn: &mut Connection,
    id: &Id,
    kind: &str,
    all: &mut Vec<Happened>,
) -> Result<(), DatabaseError> {
    for entry in history(conn, id, OPEN_END).await? {
        let told = partner::referral::told::told(&entry, &BTreeMap::new(), kind)?;
        all.push(happened(&entry, told.title, Vec::new(), told.kind));
    }
    Ok(())
}

fn of_incident_entry(entry: &Entry) -> Result<Happened, DatabaseError> {
    let told = incident_told(entry, &BTreeMap::new())?;
    let details = told.details.into_iter().filter(|(name, _)| !LEFT_OUT.contains(&name.as_str()));
    Ok(happened(entry, told.title, details.collect(), told.kind))
}

fn happened(entry: &Entry, title: String, details: Vec<(String, String)>, kind: &'static str) -> Happened {
    let at = entry.happened_at.unwrap_or(entry.at);
    let role = entry.actor.role.replace('_', " ");
    Happened { at, when: moment(at), title, role, details, kind, is_it: false }
}

fn of_contact(listed: &Listed, is_it: bool) -> Happened {
    let at = listed.contact.arrival.arrived_at;
    let title = if is_it { "This contact".to_owned() } else { "Another contact".to_owned() };
    let mut details = facts(listed);
    details.push(("They said".to_owned(), said(listed)));
    details.retain(|(_, words)| !words.is_empty());
    let role = listed.contact.arrival.channel.words().to_owned();
    Happened { at, when: moment(at), title, role, details, kind: "update", is_it }
}

/// What a contact said, or the word in its place.
pub fn said(listed: &Listed) -> String {
    listed.contact.narrative.as_ref().map_or_else(String::new, |words| words.shown().to_owned())
}

fn waited(seconds: i64) -> String {
    match seconds {
        ..60 => "Under a minute".to_owned(),
        _ => minutes(seconds / 60),
    }
}

/// What is known of a contact, without who it was.
pub fn facts(listed: &Listed) -> Vec<(String, String)> {
    let (arrival, caller) = (&listed.contact.arrival, listed.contact.caller.as_ref());
    let waited = arrival.answered_at.map(|at| at.duration_since(arrival.arrived_at).as_secs());
    let waited = waited.map_or_else(String::new, self::waited);
    let ended = listed.contact.ended.as_ref().map_or("", |ended| ended.outcome.as_str());
    let pair = |name: &str, words: &str| (name.to_owned(), words.to_owned());
    let mut all = vec![
        pair("Waited", &waited),
        pair("Option in the menu", words(codes::options(), &arrival.option)),
        pair("They are", caller.map_or("", |caller| words(codes::relations(), &caller.relation))),
        pair("Agency", caller.map_or("", |caller| words(codes::agencies(), &caller.agency))),
        pair("Ended with", words(codes::contact_outcomes(), ended)),
    ];
    all.retain(|(_, words)| !words.is_empty());
    all
}
