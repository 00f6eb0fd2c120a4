//! What was known about an issue at a moment: what the rules see, in the order of time.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::story::{Contact, Happening, Issue, Link, What};

/// The facts about one issue up to a moment.
#[derive(Debug, Clone)]
pub struct Seen<'a> {
    /// The incident with which it began.
    pub issue: &'a str,
    /// In the order of moment and number.
    pub happenings: Vec<&'a Happening>,
    /// How the other incidents are linked to it.
    pub links: BTreeMap<&'a str, Link>,
}

impl Issue {
    /// What was known at `as_at`. An incident that nobody has linked by then is an issue of its own: a suggestion of a
    /// link is none (MEASURES 1).
    pub fn seen(&self, as_at: Timestamp) -> Vec<Seen<'_>> {
        let mut known: Vec<&Happening> = self.happenings.iter().filter(|one| one.at <= as_at).collect();
        known.sort();
        let mut links = BTreeMap::new();
        for happening in &known {
            if let (What::Linked(link), Some(incident)) = (&happening.what, happening.incident.as_deref()) {
                links.insert(incident, *link);
            }
        }
        links.remove(self.incident.as_str());
        let belongs = |incident: &str| incident == self.incident || links.contains_key(incident);
        let incidents = known.iter().filter_map(|one| one.incident.as_deref());
        let strangers: BTreeSet<&str> = incidents.filter(|incident| !belongs(incident)).collect();
        let of = |issue, links, is_own: &dyn Fn(&str) -> bool| {
            let own = |one: &&&Happening| one.incident.as_deref().map_or(one.is_ambient(), is_own);
            Seen { issue, happenings: known.iter().filter(own).copied().collect(), links }
        };
        let alone = strangers
            .into_iter()
            .map(|stranger| of(stranger, BTreeMap::new(), &|incident| incident == stranger));
        let mut all: Vec<Seen<'_>> = alone.collect();
        all.insert(0, of(&self.incident, links.clone(), &belongs));
        all
    }
}

impl Happening {
    /// Whether it is no incident’s: an attempt or an outage.
    fn is_ambient(&self) -> bool {
        matches!(self.what, What::Attempted(_) | What::OutageBegan(_) | What::OutageEnded(_))
    }

    /// The contact, where it is one.
    pub fn contact(&self) -> Option<&Contact> {
        match &self.what {
            What::Contacted(contact) => Some(contact),
            _ => None,
        }
    }

    /// The incident that it belongs to; empty where it belongs to none.
    pub fn of(&self) -> &str {
        self.incident.as_deref().unwrap_or_default()
    }
}
