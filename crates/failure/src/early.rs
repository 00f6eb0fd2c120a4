//! We were done too early, or had not listened: F05 and F06.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    code::Code,
    moment::Moment,
    rule::{Fired, Rule},
    story::{Grade, Ground, Happening, Link, What},
};

/// F05: an incident of the issue was closed, the caller is back inside the window, and either it is opened again or this
/// contact began an incident that is linked as the same occurrence. The window runs from the closing to the contact, and
/// from the contact to the opening.
pub fn closed_too_early(moment: &Moment) -> Option<Fired> {
    let mut closed: BTreeMap<&str, &Happening> = BTreeMap::new();
    for one in moment.before() {
        match one.what {
            What::Closed => _ = closed.insert(one.of(), one),
            What::Reopened => _ = closed.remove(one.of()),
            _ => {}
        }
    }
    closed.retain(|_, one| moment.is_within(Code::F05, one.at));
    let reopened = moment.after().filter(|one| one.what == What::Reopened);
    let again =
        reopened.filter(|one| moment.follows_within(Code::F05, one.at)).find_map(|one| closed.get(one.of()));
    if let Some(closing) = again {
        return Some(Fired::by(Rule::OpenedAgain, closing));
    }
    let is_same = moment.seen.links.get(moment.incident) == Some(&Link::SameOccurrence);
    let mut others = closed.iter().filter(|(incident, _)| **incident != moment.incident);
    let (_, closing) = others.next_back().filter(|_| is_same && moment.is_first_on_incident())?;
    Some(Fired::by(Rule::RaisedAnew, closing))
}

/// F06: the caller is back, and what followed from that was a higher grade or a vulnerability that had not been found,
/// with the reason “information was available earlier”.
pub fn assessed_too_low(moment: &Moment) -> Option<Fired> {
    if moment.is_first() {
        return None;
    }
    let mut known = Known::default();
    moment.before().for_each(|one| known.learn(one));
    for one in moment.followed() {
        if let Some(rule) = known.raised(one).filter(|_| moment.follows_within(Code::F06, one.at)) {
            return Some(Fired::by(rule, one));
        }
        known.learn(one);
    }
    None
}

/// The last grade and the last vulnerabilities of each incident.
#[derive(Debug, Default)]
struct Known<'a> {
    grades: BTreeMap<&'a str, Grade>,
    vulnerabilities: BTreeMap<&'a str, &'a BTreeSet<String>>,
}

impl<'a> Known<'a> {
    fn learn(&mut self, one: &'a Happening) {
        match &one.what {
            What::Graded { grade, .. } => _ = self.grades.insert(one.of(), *grade),
            What::Assessed { vulnerabilities, .. } => {
                self.vulnerabilities.insert(one.of(), vulnerabilities);
            }
            _ => {}
        }
    }

    fn raised(&self, one: &Happening) -> Option<Rule> {
        match &one.what {
            What::Graded { grade, reason: Some(Ground::AvailableEarlier), .. } => {
                self.grades.get(one.of()).filter(|before| *before < grade).map(|_| Rule::GradedUp)
            }
            What::Assessed { vulnerabilities, reason: Some(Ground::AvailableEarlier), .. } => {
                let before = self.vulnerabilities.get(one.of())?;
                (!vulnerabilities.is_subset(before)).then_some(Rule::VulnerabilityFound)
            }
            _ => None,
        }
    }
}
