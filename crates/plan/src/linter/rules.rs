//! What the check looks at and what it gives. Pure.

use jiff::civil::Date;
use journal::{Id, hex};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{CHECKS, Look, Readings};
use crate::{
    programme::alias::AliasKind,
    register::rules::{Item, Register},
    source::rules::Source,
};

/// What is checked.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The register as at a position.
    pub register: &'a Register,
    /// What the words of its recommendations say.
    pub readings: &'a Readings,
    /// The areas for development of its inspections.
    pub areas: &'a [AreaFact],
    /// The names of programmes and bodies, with the days on which they are valid.
    pub names: &'a [KnownName],
    /// What earlier papers said.
    pub sources: &'a [(Id, Source)],
    /// The day it is seen from.
    pub today: Date,
}

/// An area for development, as far as the check needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaFact {
    /// The inspection that named it.
    pub inspection: Id,
    /// Its number: "6".
    pub reference: String,
    /// The heading it stands under; empty where there is none.
    pub heading: String,
    /// Its words.
    pub text: String,
    /// Whether it is still to be done.
    pub is_open: bool,
    /// The actions it is mapped to: the recommendation and the action's number.
    pub actions: Vec<(Id, String)>,
    /// Who contests a mapping, in a sentence; empty where nobody does.
    pub contested: String,
    /// The address of its page.
    pub address: String,
}

/// A name of a programme or body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownName {
    /// The name: "Public Protection Development Programme".
    pub name: String,
    /// What it is called now.
    pub now: String,
    /// The first day on which the name is right; none where it always was.
    pub from: Option<Date>,
    /// The last day on which the name is right; none where it still is.
    pub until: Option<Date>,
    /// What kind of other name it is: an abbreviation, a working title; none where it is its own.
    pub alias: Option<AliasKind>,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Two things that cannot both be right, or something missing that a committee is owed.
    Fault,
    /// It looks wrong; somebody has to look.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// All, the gravest first.
    pub const ALL: [Self; 3] = [Self::Fault, Self::Warning, Self::Note];

    /// The word of an address and a file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fault => "fault",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }

    /// The word of a page.
    pub fn words(self) -> &'static str {
        match self {
            Self::Fault => "Fault",
            Self::Warning => "Warning",
            Self::Note => "Note",
        }
    }
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The key of its check in [`CHECKS`].
    pub check: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What it is about: a recommendation, an inspection or a source.
    pub subject: Id,
    /// Its short name: "DA23-R14".
    pub label: String,
    /// What was found, with the numbers and names.
    pub sentence: String,
    /// The address of the page that mends it.
    pub mend: String,
    /// The same while its figures and names are the same: what an acceptance holds on to.
    pub fingerprint: String,
}

/// Everything that the check finds, in the order of [`CHECKS`], the gravest of each first.
pub fn check(input: &Input<'_>) -> Vec<Finding> {
    let look = Look::at(input);
    let mut all = Vec::new();
    for check in &CHECKS {
        let mut found = check.run(&look);
        found.sort_by(|a, b| (a.severity, &a.label).cmp(&(b.severity, &b.label)));
        all.append(&mut found);
    }
    all
}

/// Where a finding is: its subject, its label and the page that mends it.
#[derive(Debug, Clone)]
pub(super) struct Place {
    subject: Id,
    label: String,
    mend: String,
}

impl Place {
    /// A recommendation, and the form that mends it; a closed one has no forms, only its page.
    pub(super) fn item(item: &Item, form: &str) -> Self {
        let page = format!("/recommendations/{}", item.id);
        let mend = if item.is_open() && !form.is_empty() { format!("{page}/{form}") } else { page };
        Self { subject: item.id.clone(), label: item.label(), mend }
    }

    /// A recommendation of which a paper said what is wrong: only on the paper's page can that be withdrawn or
    /// cited anew, whatever is done to the recommendation.
    pub(super) fn item_in(item: &Item, source: &Id) -> Self {
        Self { subject: item.id.clone(), label: item.label(), mend: format!("/sources/{source}") }
    }

    /// An inspection's plan, and where it is mended.
    pub(super) fn plan(id: &Id, code: &str, mend: String) -> Self {
        Self { subject: id.clone(), label: code.to_owned(), mend }
    }

    /// A source.
    pub(super) fn source(id: &Id, source: &Source) -> Self {
        Self { subject: id.clone(), label: source.label().to_owned(), mend: format!("/sources/{id}") }
    }

    /// The finding here. `key` holds every figure and name that makes it this finding and no other; what
    /// grows by itself from day to day is in the sentence only.
    pub(super) fn finding(
        self,
        check: &'static str,
        severity: Severity,
        sentence: String,
        key: &str,
    ) -> Finding {
        let mut hash = Sha256::new();
        for part in [check, self.subject.as_str(), key] {
            hash.update(part);
            hash.update([0]);
        }
        let fingerprint = hex(&hash.finalize()[..8]);
        let Self { subject, label, mend } = self;
        Finding { check, severity, subject, label, sentence, mend, fingerprint }
    }
}
