//! The four units of FD-1 and what is published beside them (MEASURES 1): A, failure contacts of eligible contacts;
//! B, issues with at least one; C, episodes of an issue; D, minutes.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{
    code::{Class, Code},
    definition::{Definition, Eligibility, Ni14, day},
    rules::{Agreement, Judged},
};

/// Unit A with all that it was counted from. `value + failures + neutral + unknown` is `eligible`, and the counts of
/// `by_primary` add up to `failures`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Rate {
    /// The numerator.
    pub failures: usize,
    /// The denominator.
    pub eligible: usize,
    /// Eligible contacts that are value demand.
    pub value: usize,
    /// Eligible contacts that are neither.
    pub neutral: usize,
    /// Eligible contacts of which no fact and no advisor says what they are.
    pub unknown: usize,
    /// Contacts that are never counted.
    pub never: usize,
    /// Contacts of which it is not known whether they are to be counted; they are not.
    pub not_known_whether: usize,
    /// Calls that nobody answered; in neither.
    pub discontinued: usize,
    /// Failure contacts by the reason under which they are counted.
    pub by_primary: BTreeMap<Code, usize>,
    /// Failure contacts by each of their reasons: they add up to more than the numerator.
    pub by_any: BTreeMap<Code, usize>,
}

impl Rate {
    /// Counts these.
    pub fn of<'a>(judged: impl IntoIterator<Item = &'a Judged>) -> Self {
        let mut rate = Self::default();
        judged.into_iter().for_each(|one| rate.add(one));
        rate
    }

    fn add(&mut self, one: &Judged) {
        *match one.eligibility {
            Eligibility::Eligible => &mut self.eligible,
            Eligibility::Discontinued => &mut self.discontinued,
            Eligibility::Never => &mut self.never,
            Eligibility::Unknown => &mut self.not_known_whether,
        } += 1;
        match one.class {
            Some(Class::Value) => self.value += 1,
            Some(Class::Neutral) => self.neutral += 1,
            Some(Class::Unknown) => self.unknown += 1,
            Some(Class::Failure) => {
                self.failures += 1;
                if let Some(code) = one.primary {
                    *self.by_primary.entry(code).or_default() += 1;
                }
                for code in one.primary.iter().chain(&one.secondary) {
                    *self.by_any.entry(*code).or_default() += 1;
                }
            }
            None => {}
        }
    }

    /// Failure contacts by the class of National Indicator 14 of their primary reason; none: a reason outside of it. They
    /// add up to the numerator.
    pub fn by_ni14(&self, definition: &Definition) -> BTreeMap<Option<Ni14>, usize> {
        let mut classes = BTreeMap::new();
        for (code, count) in &self.by_primary {
            let class = definition.reason(*code).and_then(|reason| reason.ni14);
            *classes.entry(class).or_default() += count;
        }
        classes
    }

    /// Failure contacts in per cent of eligible ones, from 0 to 100; none where there are none of these.
    pub fn percent(&self) -> Option<f64> {
        percent(self.failures, self.eligible)
    }
}

/// So many of so many, in per cent; none of none.
pub fn percent(part: usize, whole: usize) -> Option<f64> {
    // Counts of contacts are far below 2^32, where both become exact.
    let exact = |count: usize| u32::try_from(count).ok().map(f64::from);
    exact(whole).filter(|whole| *whole > 0.0).and_then(|whole| Some(exact(part)? * 100.0 / whole))
}

/// By what unit A is parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// The day on which it began, in Scotland: `2026-03-29`.
    Day,
    /// The month in which it began: `2026-03`.
    Month,
    /// Key of the channel.
    Channel,
    /// The division.
    Division,
    /// The family.
    Family,
    /// The grade of its incident.
    Grade,
}

/// Unit A by one dimension. What is not known has a row of its own, under none: it is never spread over the others.
pub fn by(judged: &[Judged], dimension: Dimension) -> BTreeMap<Option<String>, Rate> {
    let mut rates: BTreeMap<Option<String>, Rate> = BTreeMap::new();
    for one in judged {
        rates.entry(key(one, dimension)).or_default().add(one);
    }
    rates
}

fn key(one: &Judged, dimension: Dimension) -> Option<String> {
    match dimension {
        Dimension::Day => Some(day(one.began_at).to_string()),
        Dimension::Month => Some(day(one.began_at).strftime("%Y-%m").to_string()),
        Dimension::Channel => Some(one.channel.clone()).filter(|channel| !channel.is_empty()),
        Dimension::Division => one.division.clone(),
        Dimension::Family => one.family.clone(),
        Dimension::Grade => one.grade.map(|grade| grade.as_str().to_owned()),
    }
}

/// Units B and C.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Issues {
    /// Issues with at least one failure contact.
    pub with_failure: usize,
    /// Issues with at least one eligible contact.
    pub all: usize,
    /// How many issues have so many failure contacts, 0 among them (Walley saw up to 7).
    pub episodes: BTreeMap<usize, usize>,
}

impl Issues {
    /// Counts the issues of these contacts.
    pub fn of(judged: &[Judged]) -> Self {
        let mut failures: BTreeMap<&str, usize> = BTreeMap::new();
        for one in judged.iter().filter(|one| one.eligibility == Eligibility::Eligible) {
            *failures.entry(&one.issue).or_default() += usize::from(one.class == Some(Class::Failure));
        }
        let mut counted = Self { all: failures.len(), ..Self::default() };
        for count in failures.into_values() {
            counted.with_failure += usize::from(count > 0);
            *counted.episodes.entry(count).or_default() += 1;
        }
        counted
    }

    /// Issues with failure demand in per cent of all; none where there are none.
    pub fn percent(&self) -> Option<f64> {
        percent(self.with_failure, self.all)
    }
}

/// Unit D.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Minutes {
    /// Minutes spent on failure contacts.
    pub on_failures: u64,
    /// Minutes spent on eligible contacts.
    pub on_all: u64,
    /// Failure contacts of which it is not known how long they took: in neither figure.
    pub failures_not_known: usize,
    /// Eligible contacts of which it is not known.
    pub all_not_known: usize,
}

impl Minutes {
    /// Adds up the minutes of these.
    pub fn of(judged: &[Judged]) -> Self {
        let mut counted = Self::default();
        for one in judged.iter().filter(|one| one.eligibility == Eligibility::Eligible) {
            let is_failure = one.class == Some(Class::Failure);
            let minutes = u64::from(one.handling_minutes.unwrap_or_default());
            let not_known = usize::from(one.handling_minutes.is_none());
            counted.on_all += minutes;
            counted.all_not_known += not_known;
            if is_failure {
                counted.on_failures += minutes;
                counted.failures_not_known += not_known;
            }
        }
        counted
    }
}

/// How often advisor and record disagree: a line of the quality of the data.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Disagreement {
    /// Eligible contacts with both an advisor’s reason and a derived one.
    pub comparable: usize,
    /// Those in which the reason differs, and what the contact is does not.
    pub other_reason: usize,
    /// Those in which it differs what the contact is.
    pub other_class: usize,
    /// Contacts with an advisor’s reason that the record does not bear out.
    pub unsupported: usize,
}

impl Disagreement {
    /// Counts these.
    pub fn of(judged: &[Judged]) -> Self {
        let count = |agreement| judged.iter().filter(|one| one.agreement == agreement).count();
        let (other_reason, other_class) = (count(Agreement::OtherReason), count(Agreement::OtherClass));
        let comparable = count(Agreement::Same) + other_reason + other_class;
        let unsupported = judged.iter().filter(|one| one.is_unsupported).count();
        Self { comparable, other_reason, other_class, unsupported }
    }

    /// Those that differ in per cent of those that can be compared; none where none can.
    pub fn percent(&self) -> Option<f64> {
        percent(self.other_reason + self.other_class, self.comparable)
    }
}

/// The repeat victims: issues with a new occurrence in a protected family. Each is somebody to be looked after.
pub fn repeat_victimisation(judged: &[Judged]) -> BTreeSet<&str> {
    judged.iter().filter(|one| one.is_repeat_victimisation).map(|one| one.issue.as_str()).collect()
}
