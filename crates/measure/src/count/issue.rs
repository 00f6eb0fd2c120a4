//! Failure demand of an issue: what its contacts contribute follows from all of it, so all of it is looked at whenever
//! something happens to any part (decisions/0023).

use std::collections::{BTreeMap, BTreeSet};

use incident::{incident::rules as incident_rules, standing::Happened};
use journal::{Connection, DatabaseError, Entry, Id, Tx, history};

use super::spans::{Step, apply};
use crate::{
    contribution::{Numbered, numbered},
    count::rows::Change,
    demand::{
        told::{Fact, Told},
        translate::Story,
    },
    measures::failure_demand::{FAILURE_DEMAND, contributions},
};
use contact::contact::rules as contact_rules;
use crime::report::rules as crime_rules;
use partner::referral::rules as referral_rules;

/// Histories up to an entry, each read once.
#[derive(Debug)]
pub struct Histories {
    until: i64,
    read: BTreeMap<Id, Vec<Entry>>,
}

impl Histories {
    /// Up to that entry.
    pub fn until(until: i64) -> Self {
        Self { until, read: BTreeMap::new() }
    }

    /// That of one subject.
    pub async fn of(&mut self, conn: &mut Connection, subject: &Id) -> Result<&[Entry], DatabaseError> {
        if !self.read.contains_key(subject) {
            let entries = history(conn, subject, self.until).await?;
            self.read.insert(subject.clone(), entries);
        }
        Ok(self.read.get(subject).map_or(&[], Vec::as_slice))
    }

    async fn told(&mut self, conn: &mut Connection, subject: &Id) -> Result<Vec<Told>, DatabaseError> {
        let mut all = Vec::new();
        for entry in self.of(conn, subject).await? {
            all.extend(Told::read(entry)?);
        }
        Ok(all)
    }
}

/// The issue to which a subject belongs: an incident, or a contact that is in none. Nothing for what belongs to no issue.
/// Pure. A contact is attached once; a crime report and a referral are of the incident that they began with.
pub fn root(told: &[Told]) -> Option<Id> {
    let mut root = None;
    for one in told {
        match &one.fact {
            Fact::Contact(contact_rules::Fact::Attached { incident }) => return Some(incident.clone()),
            Fact::Crime(crime_rules::Fact::Recorded(recorded)) => return Some(recorded.incident.clone()),
            Fact::Referral(referral_rules::Fact::Sent(sent)) => return Some(sent.incident.clone()),
            Fact::Contact(_) | Fact::Incident(Happened::Incident(_)) => root = Some(one.subject.clone()),
            _ => {}
        }
    }
    root
}

/// The contacts that an incident names: those that opened it and were attached to it. Pure.
pub fn named(told: &[Told]) -> Vec<Id> {
    let named = told.iter().filter_map(|one| match &one.fact {
        Fact::Incident(Happened::Incident(fact)) => match fact {
            incident_rules::Fact::Opened { contact, .. } => Some(contact.clone()),
            incident_rules::Fact::ContactAttached { attached, .. } => Some(attached.contact.clone()),
            _ => None,
        },
        _ => None,
    });
    named.collect()
}

/// Counts the failure demand of every issue to which something happened, as it was after each of its entries from the first
/// that was not counted on.
pub async fn count(
    tx: &mut Tx,
    touched: &BTreeMap<Id, i64>,
    histories: &mut Histories,
    change: &mut Change,
) -> Result<(), DatabaseError> {
    let mut roots: BTreeMap<Id, i64> = BTreeMap::new();
    for (subject, seq) in touched {
        if let Some(root) = root(&histories.told(tx, subject).await?) {
            let first = roots.entry(root).or_insert(*seq);
            *first = (*first).min(*seq);
        }
    }
    for (root, first) in roots {
        let (contacts, told) = issue(tx, &root, histories).await?;
        for (contact, steps) in steps(root, &contacts, &told, first) {
            apply(tx, &contact, |measure| measure == FAILURE_DEMAND, steps, change).await?;
        }
    }
    Ok(())
}

/// The contacts of an issue, and all its entries in the order of the journal. The rows of other rooms only say where to
/// look: what is told is the histories.
async fn issue(
    conn: &mut Connection,
    issue: &Id,
    histories: &mut Histories,
) -> Result<(Vec<Id>, Vec<Told>), DatabaseError> {
    let mut all = histories.told(conn, issue).await?;
    let is_contact = all.iter().any(|one| matches!(one.fact, Fact::Contact(_)));
    if is_contact {
        return Ok((vec![issue.clone()], all));
    }
    let mut contacts = Vec::new();
    for contact in named(&all) {
        let told = histories.told(conn, &contact).await?;
        if root(&told).as_ref() == Some(issue) {
            all.extend(told);
            contacts.push(contact);
        }
    }
    let reports = crime::report::list::rows::of_incident(conn, issue).await?;
    let referrals = partner::referral::list::rows::of_incident(conn, issue).await?;
    for subject in reports.iter().map(|one| &one.id).chain(referrals.iter().map(|one| &one.id)) {
        all.extend(histories.told(conn, subject).await?);
    }
    all.sort_by_key(|one| one.seq);
    Ok((contacts, all))
}

/// The issues to which contacts belong, each as it is told up to an entry: so many issues at most, in the order of the
/// contacts. Gives with them how many of the contacts were looked at.
pub async fn stories(
    conn: &mut Connection,
    contacts: &[Id],
    until: i64,
    most: usize,
) -> Result<(Vec<Story>, usize), DatabaseError> {
    let mut histories = Histories::until(until);
    let (mut roots, mut looked_at) = (BTreeSet::new(), 0);
    for contact in contacts {
        let root = root(&histories.told(conn, contact).await?);
        if let Some(root) = root.filter(|root| !roots.contains(root)) {
            if roots.len() == most {
                break;
            }
            roots.insert(root);
        }
        looked_at += 1;
    }
    let mut stories = Vec::new();
    for root in roots {
        let (_, told) = issue(conn, &root, &mut histories).await?;
        let mut story = Story::of(root);
        told.iter().for_each(|one| story.tell(one));
        stories.push(story);
    }
    Ok((stories, looked_at))
}

/// What each contact contributes after each entry from `first` on. Pure.
fn steps(root: Id, contacts: &[Id], told: &[Told], first: i64) -> BTreeMap<Id, Vec<Step>> {
    let mut story = Story::of(root);
    let mut steps: BTreeMap<Id, Vec<Step>> = BTreeMap::new();
    for one in told {
        story.tell(one);
        if one.seq < first {
            continue;
        }
        let counted = contributions(&story);
        for contact in contacts {
            let now = counted.get(contact.as_str()).cloned();
            let now: Numbered = numbered(now.into_iter().collect());
            steps.entry(contact.clone()).or_default().push((one.seq, now));
        }
    }
    steps
}
