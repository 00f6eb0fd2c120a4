//! Failure demand of an issue: what its contacts contribute follows from all of it, so all of it is looked at whenever
//! something happens to any part (decisions/0023). To which issue a contact belongs may change with every link, so issues
//! between which one ever passed are looked at together (decisions/0027).

use std::collections::{BTreeMap, BTreeSet};

use failure::story::Issue;
use incident::{incident::rules as incident_rules, standing::Happened};
use journal::{Connection, DatabaseError, Entry, Id, Tx, history};

use super::{
    down::{outages_of, with_outages},
    rows::{keep_link, linking},
    spans::{Step, apply},
};
use crate::{
    catalogue::Catalogue,
    contribution::{Contribution, Numbered, numbered},
    count::rows::Change,
    demand::{
        belongs::is_same_issue,
        told::{Fact, Told},
        translate::Story,
    },
    gist::{
        of::{Gist, HeardGist},
        rows::{Gists, Part},
    },
    measures::{is_of_an_issue, of_an_issue},
    told::rows::keep,
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

    /// What they say of an issue or of a system that was down.
    pub async fn told(&mut self, conn: &mut Connection, subject: &Id) -> Result<Vec<Told>, DatabaseError> {
        let mut all = Vec::new();
        for entry in self.of(conn, subject).await? {
            all.extend(Told::read(entry)?);
        }
        Ok(all)
    }
}

/// Where to begin to look for the issue of a subject: at an incident, or at a contact that was added to none. Nothing for
/// what belongs to no issue. Pure. A contact is attached once; a crime report and a referral are of the incident that they
/// began with.
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

/// What a contact was ever linked to as about the same issue, whether or not it still is. Pure.
pub fn linked(told: &[Told]) -> Vec<Id> {
    let linked = told.iter().filter_map(|one| match &one.fact {
        Fact::Contact(contact_rules::Fact::Linked(link)) if is_same_issue(link) => Some(link.to.clone()),
        _ => None,
    });
    linked.collect()
}

/// Counts the failure demand of every issue to which something happened, as it was after each of its entries from the first
/// that was not counted on.
pub async fn count(
    tx: &mut Tx,
    touched: &BTreeMap<Id, i64>,
    histories: &mut Histories,
    change: &mut Change<'_>,
    gists: &mut Gists,
) -> Result<(), DatabaseError> {
    for subject in touched.keys() {
        for to in linked(&histories.told(tx, subject).await?) {
            keep_link(tx, subject, &to).await?;
        }
    }
    let touched = with_outages(tx, touched, histories).await?;
    let mut all: Vec<(Together, i64)> = Vec::new();
    let mut place_of: BTreeMap<Id, usize> = BTreeMap::new();
    for (subject, seq) in &touched {
        let Some(start) = root(&histories.told(tx, subject).await?) else { continue };
        if let Some((_, first)) = place_of.get(&start).and_then(|place| all.get_mut(*place)) {
            *first = (*first).min(*seq);
            continue;
        }
        let together = Together::around(tx, start, histories).await?;
        place_of.extend(together.members().map(|one| (one.clone(), all.len())));
        all.push((together, *seq));
    }
    for (together, first) in all {
        let told = together.told(tx, histories).await?;
        for (contact, steps) in steps(change.catalogue, &together, &told, first) {
            apply(tx, &contact, is_of_an_issue, steps, change).await?;
        }
        let stories = together.told_to(&told);
        keep(tx, together.members(), &together.issues(&stories)).await?;
        for (contact, heard) in together.heard(&stories) {
            gists.push(contact, Part::Heard, Gist::Heard(heard));
        }
    }
    Ok(())
}

/// Incidents and contacts of which one was ever attached or linked to the other: the issues between which a contact may have
/// passed.
#[derive(Debug, Default)]
struct Together {
    incidents: BTreeSet<Id>,
    contacts: BTreeSet<Id>,
}

impl Together {
    /// All that hangs together with `start`. Who ever linked to something is kept beside what is counted, because the rows of
    /// the contacts forget a link that was taken back.
    async fn around(
        conn: &mut Connection,
        start: Id,
        histories: &mut Histories,
    ) -> Result<Self, DatabaseError> {
        let mut together = Self::default();
        let mut next = vec![start];
        while let Some(one) = next.pop() {
            if together.incidents.contains(&one) || together.contacts.contains(&one) {
                continue;
            }
            let told = histories.told(conn, &one).await?;
            next.extend(linking(conn, &one).await?);
            if told.iter().any(|it| matches!(it.fact, Fact::Contact(_))) {
                next.extend(root(&told));
                next.extend(linked(&told));
                together.contacts.insert(one);
            } else if told.iter().any(|it| matches!(it.fact, Fact::Incident(Happened::Incident(_)))) {
                next.extend(named(&told));
                together.incidents.insert(one);
            }
        }
        Ok(together)
    }

    fn members(&self) -> impl Iterator<Item = &Id> {
        self.incidents.iter().chain(&self.contacts)
    }

    /// All entries of them, in the order of the journal; each with the incident that it is told to, or none where it is told
    /// to all. The rows of other rooms only say where to look: what is told is the histories.
    async fn told(
        &self,
        conn: &mut Connection,
        histories: &mut Histories,
    ) -> Result<Vec<(Option<Id>, Told)>, DatabaseError> {
        let (mut all, mut outages) = (Vec::new(), BTreeSet::new());
        for contact in &self.contacts {
            let told = histories.told(conn, contact).await?;
            outages.extend(outages_of(conn, &told).await?);
            all.extend(told.into_iter().map(|one| (None, one)));
        }
        for outage in outages {
            all.extend(histories.told(conn, &outage).await?.into_iter().map(|one| (None, one)));
        }
        for incident in &self.incidents {
            let reports = crime::report::list::rows::of_incident(conn, incident).await?;
            let referrals = partner::referral::list::rows::of_incident(conn, incident).await?;
            let beside = reports.iter().map(|one| &one.id).chain(referrals.iter().map(|one| &one.id));
            for subject in std::iter::once(incident).chain(beside) {
                let told = histories.told(conn, subject).await?;
                all.extend(told.into_iter().map(|one| (Some(incident.clone()), one)));
            }
        }
        all.sort_by_key(|(_, one)| one.seq);
        Ok(all)
    }

    /// A story for each incident; where there is none, one for all the contacts.
    fn stories(&self) -> BTreeMap<Id, Story> {
        let alone = self.contacts.first().filter(|_| self.incidents.is_empty());
        self.incidents.iter().chain(alone).map(|root| (root.clone(), Story::of(root.clone()))).collect()
    }

    /// The stories, with all that is told. Pure.
    fn told_to(&self, told: &[(Option<Id>, Told)]) -> BTreeMap<Id, Story> {
        let mut stories = self.stories();
        for (to, one) in told {
            let of_it = stories.iter_mut().filter(|(root, _)| to.as_ref().is_none_or(|to| to == *root));
            of_it.for_each(|(_, story)| story.tell(one));
        }
        stories
    }

    /// The story by which a contact is judged: that of the incident it is of, or any where it is of none. Pure.
    fn judges<'a>(stories: &'a BTreeMap<Id, Story>, contact: &Id) -> Option<&'a Id> {
        let (any, story) = stories.first_key_value()?;
        Some(stories.get_key_value(&story.root_of(contact)).map_or(any, |(root, _)| root))
    }

    /// What becomes of each contact that is none of an attempt, in the story by which it is judged. Pure.
    fn heard(&self, stories: &BTreeMap<Id, Story>) -> Vec<(Id, HeardGist)> {
        let mut all: BTreeMap<&Id, BTreeMap<String, HeardGist>> =
            stories.iter().map(|(root, story)| (root, HeardGist::all(story))).collect();
        let of = |contact: &Id| {
            let judges = Self::judges(stories, contact)?;
            Some((contact.clone(), all.get_mut(judges)?.remove(contact.as_str())?))
        };
        self.contacts.iter().filter_map(of).collect()
    }

    /// The issues of the stories, each contact in one of them only: one that belongs to none of the incidents stands beside
    /// the first. Pure.
    fn issues(&self, stories: &BTreeMap<Id, Story>) -> Vec<Issue> {
        let is_incident = |key: &str| self.incidents.iter().any(|incident| incident.as_str() == key);
        let own = |(number, (root, story)): (usize, (&Id, &Story))| {
            let mut issue = story.issue();
            issue.happenings.retain(|one| {
                let of = one.incident.as_deref();
                of.is_none_or(|of| of == root.as_str() || (number == 0 && !is_incident(of)))
            });
            issue
        };
        stories.iter().enumerate().map(own).collect()
    }
}

/// What each contact contributes after each entry from `first` on: by the story of the issue to which it then belongs. Pure.
fn steps(
    catalogue: &Catalogue,
    together: &Together,
    told: &[(Option<Id>, Told)],
    first: i64,
) -> BTreeMap<Id, Vec<Step>> {
    let mut stories = together.stories();
    let mut counted: BTreeMap<Id, BTreeMap<String, Vec<(i64, Contribution)>>> = BTreeMap::new();
    let mut steps: BTreeMap<Id, Vec<Step>> = BTreeMap::new();
    for (to, one) in told {
        let is_counted = one.seq >= first;
        for (root, story) in &mut stories {
            if to.as_ref().is_none_or(|to| to == root) {
                story.tell(one);
                counted.remove(root);
            }
            if is_counted && !counted.contains_key(root) {
                counted.insert(root.clone(), of_an_issue(catalogue, story));
            }
        }
        for contact in together.contacts.iter().filter(|_| is_counted) {
            let root = Together::judges(&stories, contact);
            let judged = root.and_then(|root| counted.get(root)?.get(contact.as_str()));
            let now: Numbered = numbered(judged.cloned().unwrap_or_default());
            steps.entry(contact.clone()).or_default().push((one.seq, now));
        }
    }
    steps
}
