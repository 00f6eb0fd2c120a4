//! A contact and what was recorded before and after it: what each rule is asked about.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp, civil::Date};

use crate::{
    code::Code,
    definition::{Definition, Eligibility, What as Parameter, day},
    rule::{Fired, Rule},
    seen::Seen,
    story::{Contact, Happening, What},
};

/// An eligible contact in its issue.
#[derive(Debug)]
pub struct Moment<'a> {
    /// By what it is judged.
    pub definition: &'a Definition,
    /// The issue.
    pub seen: &'a Seen<'a>,
    /// The contact.
    pub contact: &'a Contact,
    /// When it began.
    pub at: Timestamp,
    /// The incident that it is about.
    pub incident: &'a str,
    day: Date,
    place: usize,
    families: BTreeSet<String>,
}

impl<'a> Moment<'a> {
    /// The contact at that place of the issue; none where there is no contact.
    pub fn new(definition: &'a Definition, seen: &'a Seen<'a>, place: usize) -> Option<Self> {
        let happening = seen.happenings.get(place)?;
        let contact = happening.contact()?;
        let so_far = seen.happenings.iter().take(place + 1).filter_map(|one| one.contact());
        let families = so_far.filter_map(|one| one.family.clone()).collect();
        let (at, incident) = (happening.at, happening.of());
        Some(Self { definition, seen, contact, at, incident, day: day(at), place, families })
    }

    /// What was recorded before it, the oldest first.
    pub fn before(&self) -> impl DoubleEndedIterator<Item = &'a Happening> + use<'a> {
        self.seen.happenings.iter().take(self.place).copied()
    }

    /// What was recorded after it, the oldest first.
    pub fn after(&self) -> impl Iterator<Item = &'a Happening> + use<'a> {
        self.seen.happenings.iter().skip(self.place + 1).copied()
    }

    /// The eligible contacts before it.
    pub fn earlier(&self) -> impl DoubleEndedIterator<Item = &'a Happening> + use<'a, '_> {
        self.before().filter(|one| self.is_eligible(one))
    }

    /// What was recorded after it and before the next eligible contact: what followed from this one.
    pub fn followed(&self) -> impl Iterator<Item = &'a Happening> + use<'a, '_> {
        self.after().take_while(|one| !self.is_eligible(one))
    }

    fn is_eligible(&self, happening: &Happening) -> bool {
        happening
            .contact()
            .is_some_and(|contact| self.definition.eligibility(contact) == Eligibility::Eligible)
    }

    /// Whether it is the first eligible contact on its issue.
    pub fn is_first(&self) -> bool {
        self.earlier().next().is_none()
    }

    /// Whether it is the first eligible contact on its own incident.
    pub fn is_first_on_incident(&self) -> bool {
        !self.earlier().any(|one| one.of() == self.incident)
    }

    /// Whether what it is about is of a family in which a new occurrence is never failure.
    pub fn is_protected(&self) -> bool {
        self.definition.protected.iter().any(|family| self.families.contains(family))
    }

    /// A parameter as it holds for this contact.
    pub fn parameter(&self, code: Code, what: Parameter) -> Option<SignedDuration> {
        self.definition.length(code, what, &self.families, self.day)
    }

    /// Whether the contact is no later after `since` than the window of `code`; at its last instant it still is.
    pub fn is_within(&self, code: Code, since: Timestamp) -> bool {
        let window = self.parameter(code, Parameter::Window);
        since <= self.at && window.is_some_and(|window| self.at.duration_since(since) <= window)
    }

    /// Whether something that followed came no later after the contact than the window of `code`.
    pub fn follows_within(&self, code: Code, then: Timestamp) -> bool {
        let window = self.parameter(code, Parameter::Window);
        self.at <= then && window.is_some_and(|window| then.duration_since(self.at) <= window)
    }

    /// The latest fact before the contact, inside the window of its rule, that `rule` takes for a failure.
    pub fn latest(&self, rule: impl Fn(&'a What) -> Option<Rule>) -> Option<Fired> {
        let mut fired = self.before().rev().filter_map(|one| Some(Fired::by(rule(&one.what)?, one)));
        fired.find(|fired| self.is_within(fired.rule.code(), fired.since))
    }
}
