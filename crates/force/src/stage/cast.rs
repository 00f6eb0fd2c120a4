//! What has come into the register so far, by the names that the files call it.

use std::collections::BTreeMap;

use ::plan::{
    inspection,
    recommendation::{
        rows::of_inspection,
        rules::{Fact, Recommendation, apply},
    },
};
use anyhow::{Context, Result};
use import::normal_reference;
use jiff::civil::Date;
use journal::{Entry, Id, OPEN_END, Tx};

/// What events can speak of.
///
/// Recommendations are kept as they are, by the same fold as everywhere: the rules of their targets, actions and
/// updates have to know them, and nobody else writes while the demonstration is made.
#[derive(Debug, Default)]
pub struct Cast {
    inspections: BTreeMap<String, (Id, Vec<String>)>,
    recommendations: BTreeMap<(String, String), Id>,
    states: BTreeMap<Id, Recommendation>,
    others: BTreeMap<(Kind, String), Id>,
}

/// What else can be spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An area for development: "CAM22 AFD6".
    Area,
    /// A governance group, by its key.
    Group,
    /// A meeting of it: its key and the day.
    Meeting,
    /// A programme, by its key.
    Programme,
    /// The recommendation that a request of a round is about: its meeting and its place.
    Request,
    /// An inspection under way, by its title.
    UnderWay,
}

impl Cast {
    /// Takes the inspection with that code, and its recommendations as they are.
    pub async fn welcome(&mut self, tx: &mut Tx, code: &str, inspection: Id) -> Result<()> {
        for (id, one) in of_inspection(tx, &inspection).await? {
            let key = (code.to_owned(), normal_reference(&one.reference));
            self.recommendations.insert(key, id.clone());
            self.states.insert(id, one);
        }
        let registered = inspection::rows::one(tx, &inspection, OPEN_END - 1).await?;
        let bodies = registered.with_context(|| format!("{code} is not in the register"))?.addressees;
        self.inspections.insert(code.to_owned(), (inspection, bodies));
        Ok(())
    }

    /// Takes something else.
    pub fn take(&mut self, kind: Kind, name: impl Into<String>, id: Id) {
        self.others.insert((kind, name.into()), id);
    }

    /// Takes what happened to a recommendation, if `entry` says so.
    pub fn follow(&mut self, entry: &Entry) -> Result<()> {
        if let Some(fact) = entry.fact::<Fact>()? {
            let was = self.states.remove(&entry.subject);
            self.states.insert(entry.subject.clone(), apply(was, &fact));
        }
        Ok(())
    }

    /// The inspection with that code.
    pub fn inspection(&self, code: &str) -> Result<&Id> {
        let found = self.inspections.get(code);
        found.map(|(id, _)| id).with_context(|| format!("the plan {code} has not come in yet"))
    }

    /// The bodies that the inspection with that code is addressed to.
    pub fn bodies(&self, code: &str) -> Vec<String> {
        self.inspections.get(code).map_or_else(Vec::new, |(_, bodies)| bodies.clone())
    }

    /// The recommendation of that plan, whichever way its reference is written.
    pub fn recommendation(&self, code: &str, reference: &str) -> Result<Id> {
        let key = (code.to_owned(), normal_reference(reference));
        let found = self.recommendations.get(&key).cloned();
        found.with_context(|| format!("{code} has no recommendation {reference} yet"))
    }

    /// The recommendation as it is.
    pub fn state(&self, id: &Id) -> Option<Recommendation> {
        self.states.get(id).cloned()
    }

    /// Something else, by its name.
    pub fn find(&self, kind: Kind, name: &str) -> Result<Id> {
        let found = self.others.get(&(kind, name.to_owned())).cloned();
        found.with_context(|| format!("there is no {kind:?} “{name}” yet"))
    }
}

/// The name of a meeting.
pub fn meeting(group: &str, on: Date) -> String {
    format!("{group} {on}")
}
