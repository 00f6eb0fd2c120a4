//! Earlier contacts and incidents as the screen shows them: one line for each incident, or for a contact that had none.

use std::collections::BTreeMap;

use contact::{
    contact::{
        rows::Listed,
        rules::{Earlier, Purpose},
    },
    draft::rules::Fields,
    earlier::rules::{Asked, Found},
};
use jiff::civil::Date;
use journal::{Connection, DatabaseError, Id, Private};
use serde::Serialize;

use super::fields::{link_field, of};
use crate::incident::rows::{self as incidents, Listed as ListedIncident};

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The earlier incident or contact.
    pub id: Id,
    /// Which of the two.
    pub kind: Earlier,
    /// Where it is shown.
    pub address: String,
    /// Its reference.
    pub reference: String,
    /// The day: "8 Nov".
    pub day: String,
    /// How many days ago.
    pub days: i32,
    /// "13 days ago".
    pub ago: String,
    /// What it was about, in a few words.
    pub what: String,
    /// Why it is shown.
    pub evidence: Vec<String>,
    /// How it stands or was closed.
    pub state: String,
    /// Whether it is an incident that is still open.
    pub is_open: bool,
    /// The name of the field that links it.
    pub field: String,
    /// What the field holds.
    pub purpose: String,
}

/// What is looked for: what stands in the form.
pub fn asked(id: &Id, number: &str, fields: &Fields) -> Asked {
    Asked {
        numbers: vec![of(fields, "call_back_on").to_owned(), number.to_owned()],
        name: of(fields, "name").to_owned(),
        address: of(fields, "place_words").to_owned(),
        place: of(fields, "place").to_owned(),
        but: Some(id.clone()),
    }
}

/// The lines, those with the most in common first. A fixed number of statements, however many there are.
pub async fn lines(
    conn: &mut Connection,
    asked: &Asked,
    fields: &Fields,
    today: Date,
) -> Result<Vec<Line>, DatabaseError> {
    let found = contact::earlier::rows::find(conn, asked).await?;
    let ids: Vec<Id> = found.iter().map(|one| one.subject.clone()).collect();
    let contacts = contact::contact::rows::of_ids(conn, &ids).await?;
    let of_contacts: Vec<Id> = contacts.iter().filter_map(|one| one.contact.incident.clone()).collect();
    let incidents = incidents::of_ids(conn, &of_contacts).await?;
    Ok(together(&found, &contacts, &incidents, fields, today))
}

/// One line an incident, whatever number of contacts it had; the evidence of all of them.
fn together(
    found: &[Found],
    contacts: &[Listed],
    incidents: &[ListedIncident],
    fields: &Fields,
    today: Date,
) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for one in found {
        let Some(listed) = contacts.iter().find(|listed| listed.id == one.subject) else { continue };
        let incident = listed.contact.incident.as_ref();
        let incident = incident.and_then(|id| incidents.iter().find(|incident| incident.id == *id));
        let mut line = incident
            .map_or_else(|| of_contact(listed, today), |incident| of_incident(incident, listed, today));
        line.evidence = one.evidence.iter().map(|evidence| evidence.words().to_owned()).collect();
        match lines.iter_mut().find(|other| other.id == line.id) {
            Some(other) => {
                let more: Vec<String> =
                    line.evidence.into_iter().filter(|words| !other.evidence.contains(words)).collect();
                other.evidence.extend(more);
            }
            None => lines.push(line),
        }
    }
    for line in &mut lines {
        line.field = link_field(line.kind, &line.id);
        line.purpose = of(fields, &line.field).to_owned();
    }
    lines
}

fn of_contact(listed: &Listed, today: Date) -> Line {
    let narrative = listed.contact.narrative.as_ref().map_or("", Private::shown);
    let first: String = narrative.split(['.', '\n']).next().unwrap_or("").chars().take(70).collect();
    let what =
        if first.trim().is_empty() { "Nothing was written down".to_owned() } else { first.trim().to_owned() };
    let (day, days, ago) = when(listed.contact.day(), today);
    Line {
        id: listed.id.clone(),
        kind: Earlier::Contact,
        address: format!("/contacts/{}", listed.id),
        reference: listed.reference.clone(),
        day,
        days,
        ago,
        what,
        evidence: Vec::new(),
        state: if listed.contact.is_attempt { "Gave up before an answer" } else { "No incident" }.to_owned(),
        is_open: false,
        field: String::new(),
        purpose: String::new(),
    }
}

fn of_incident(incident: &ListedIncident, listed: &Listed, today: Date) -> Line {
    let standing = &incident.standing;
    let words = contact::codes::words(crate::codes::types(), &standing.incident.kind.incident_type);
    // What was opened as Immediate may have neither yet, and a link says something.
    let what = [incident.summary.trim(), words].into_iter().find(|words| !words.is_empty());
    let what = what.unwrap_or("Nothing was written down").to_owned();
    let (day, days, ago) = when(listed.contact.day(), today);
    let state = match &standing.closure.closed {
        Some(closing) => format!("Closed {}, {}", closing.code, crate::codes::closure_words(&closing.code)),
        None => standing
            .grade
            .as_ref()
            .map_or_else(|| "Open".to_owned(), |grade| format!("Open, {}", grade.in_force.grade.words())),
    };
    Line {
        id: incident.id.clone(),
        kind: Earlier::Incident,
        address: format!("/incidents/{}", incident.id),
        reference: incident.reference(),
        day,
        days,
        ago,
        what,
        evidence: Vec::new(),
        state,
        is_open: standing.is_open(),
        field: String::new(),
        purpose: String::new(),
    }
}

/// "8 Nov", 13 and "13 days ago".
fn when(day: Date, today: Date) -> (String, i32, String) {
    let days = (today - day).get_days();
    let ago = match days {
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        days => format!("{days} days ago"),
    };
    let year = if day.year() == today.year() { "%-d %b" } else { "%-d %b %Y" };
    (day.strftime(year).to_string(), days, ago)
}

/// Days within which an earlier one counts as a repeat (MEASURES 1: a parameter; 28 as for a progress chase).
pub const REPEAT_DAYS: i32 = 28;

/// How many were of late, those that were found to have nothing to do with it left out.
pub fn repeats(lines: &[Line]) -> usize {
    let counts = |line: &&Line| line.days <= REPEAT_DAYS && line.purpose != Purpose::Unrelated.as_str();
    lines.iter().filter(counts).count()
}

/// Why each line is shown, for the link that is made of it.
pub fn evidence(lines: &[Line]) -> BTreeMap<Id, Vec<String>> {
    lines.iter().map(|line| (line.id.clone(), line.evidence.clone())).collect()
}
