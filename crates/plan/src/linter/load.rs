//! The check of the register as at a position: everything it looks at is loaded, everything it finds is held
//! against what was accepted.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::Timestamp;
use journal::{AsAt, Connection, DatabaseError, Id};
use serde::Serialize;

use super::{AreaFact, Finding, Input, KnownName, Readings, Severity, check, rows::beside};
use crate::{
    area::rules::Area,
    finding::rows::{Accepted, All},
    register::{rows::load, rules::Register},
    source::rules::Source,
};

/// What was checked, what was found, and what of it is accepted.
#[derive(Debug)]
pub struct Checked {
    /// The register as at the position.
    pub register: Arc<Register>,
    /// What earlier papers said.
    pub sources: Vec<(Id, Source)>,
    /// The areas for development.
    pub areas: Vec<AreaFact>,
    /// The names of programmes and bodies.
    pub names: Vec<KnownName>,
    /// What the words of the recommendations say.
    readings: Readings,
    /// Everything found, accepted or not, in the order of the checks.
    pub findings: Vec<Finding>,
    /// Everything accepted, whether it is still found or not.
    pub accepted: All,
    /// The inspection of each inspection and recommendation that something was found about.
    inspections: BTreeMap<Id, Id>,
}

/// How many findings there are; the accepted are counted by themselves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Not accepted.
    pub faults: usize,
    /// Not accepted.
    pub warnings: usize,
    /// Not accepted.
    pub notes: usize,
    /// Accepted with a reason.
    pub accepted: usize,
}

impl Summary {
    /// Those that somebody still has to look at.
    pub fn open(&self) -> usize {
        self.faults + self.warnings + self.notes
    }
}

/// Checks the register as at `as_at`, seen `now`.
pub async fn load_findings(
    conn: &mut Connection,
    as_at: AsAt,
    now: Timestamp,
) -> Result<Checked, DatabaseError> {
    let register = load(&mut *conn, as_at, now).await?;
    check_register(conn, Arc::new(register)).await
}

/// Checks a register that is loaded already, in the reading it was loaded in.
pub async fn check_register(
    conn: &mut Connection,
    register: Arc<Register>,
) -> Result<Checked, DatabaseError> {
    check_after(conn, &Readings::default(), register).await
}

/// Checks a register of which much was read before.
pub(super) async fn check_after(
    conn: &mut Connection,
    before: &Readings,
    register: Arc<Register>,
) -> Result<Checked, DatabaseError> {
    let seq = register.position.seq;
    let (sources, accepted) = beside(conn, seq).await?;
    let (areas, names) = (area_facts(&register), known_names(&register));
    let readings = before.followed(&register, &names);
    Ok(Checked::of(register, readings, sources, areas, names, accepted))
}

/// The areas for development, as far as the check needs them.
fn area_facts(register: &Register) -> Vec<AreaFact> {
    let contested = |area: &Area| {
        let contests = area.mappings.iter().filter_map(|mapping| {
            let contest = mapping.contest.as_ref()?;
            Some(format!("{} says of action {}: {}", contest.by, mapping.action, contest.words))
        });
        contests.collect::<Vec<_>>().join(" ")
    };
    let fact = |(id, area): &(Id, Area)| AreaFact {
        inspection: area.inspection.clone(),
        reference: area.number.clone(),
        heading: area.heading.clone(),
        text: area.text.clone(),
        is_open: area.closed.is_none(),
        actions: area.mappings.iter().map(|one| (one.recommendation.clone(), one.action.clone())).collect(),
        contested: contested(area),
        address: format!("/areas/{id}"),
    };
    register.areas.iter().map(fact).collect()
}

/// The names of programmes and their other names, with the days on which each is right.
fn known_names(register: &Register) -> Vec<KnownName> {
    let today = register.position.today;
    let mut names = Vec::new();
    for (_, programme) in &register.programmes {
        let now = programme.called_on(today).to_owned();
        for (index, name) in programme.names.iter().enumerate() {
            let until = programme.names.get(index + 1).and_then(|next| next.from.yesterday().ok());
            let (name, from) = (name.name.clone(), Some(name.from).filter(|_| index > 0));
            names.push(KnownName { name, now: now.clone(), from, until, alias: None });
        }
        names.extend(programme.aliases.iter().map(|alias| KnownName {
            name: alias.name.clone(),
            now: now.clone(),
            from: alias.from,
            until: alias.until,
            alias: Some(alias.kind),
        }));
    }
    names
}

impl Checked {
    /// Checks what was loaded.
    pub fn of(
        register: Arc<Register>,
        readings: Readings,
        sources: Vec<(Id, Source)>,
        areas: Vec<AreaFact>,
        names: Vec<KnownName>,
        accepted: All,
    ) -> Self {
        let today = register.position.today;
        let input = Input {
            register: &register,
            readings: &readings,
            areas: &areas,
            names: &names,
            sources: &sources,
            today,
        };
        let findings = check(&input);
        let subjects: BTreeSet<&Id> = findings.iter().map(|finding| &finding.subject).collect();
        let of_items = register.items.iter().map(|item| (&item.id, &item.recommendation.inspection));
        let inspections = register
            .inspections
            .iter()
            .map(|(id, _)| (id, id))
            .chain(of_items)
            .filter(|(subject, _)| subjects.contains(subject))
            .map(|(subject, inspection)| (subject.clone(), inspection.clone()))
            .collect();
        Self { register, sources, areas, names, readings, findings, accepted, inspections }
    }

    /// What the words of the recommendations say.
    pub(super) fn readings(&self) -> &Readings {
        &self.readings
    }

    /// What the check looked at.
    pub fn input(&self) -> Input<'_> {
        Input {
            register: &self.register,
            readings: &self.readings,
            areas: &self.areas,
            names: &self.names,
            sources: &self.sources,
            today: self.register.position.today,
        }
    }

    /// The acceptance of a finding: it holds for this fingerprint only.
    pub fn acceptance(&self, finding: &Finding) -> Option<&Accepted> {
        let key = (finding.subject.clone(), finding.check.to_owned(), finding.fingerprint.clone());
        self.accepted.get(&key)
    }

    /// The last acceptance of this check about this subject that holds no more, because what it held for
    /// is not found any more.
    pub fn lapsed(&self, finding: &Finding) -> Option<&Accepted> {
        let found = |fingerprint: &String| {
            self.findings.iter().any(|one| {
                one.check == finding.check
                    && one.subject == finding.subject
                    && one.fingerprint == *fingerprint
            })
        };
        let of_it = self.accepted.iter().filter(|((subject, check, fingerprint), _)| {
            *subject == finding.subject && *check == finding.check && !found(fingerprint)
        });
        of_it.map(|(_, accepted)| accepted).max_by_key(|accepted| accepted.at)
    }

    /// The findings that nobody accepted.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| self.acceptance(finding).is_none())
    }

    /// The inspection that a finding is about; nothing for one about a source.
    pub fn inspection_of(&self, finding: &Finding) -> Option<&Id> {
        self.inspections.get(&finding.subject)
    }

    /// The findings about one inspection and its recommendations, accepted or not.
    pub fn of_inspection<'a>(&'a self, inspection: &'a Id) -> impl Iterator<Item = &'a Finding> {
        self.findings.iter().filter(move |finding| self.inspection_of(finding) == Some(inspection))
    }

    /// How many there are: of one inspection, or of the whole register.
    pub fn summary(&self, inspection: Option<&Id>) -> Summary {
        let wanted = self
            .findings
            .iter()
            .filter(|finding| inspection.is_none() || self.inspection_of(finding) == inspection);
        wanted.fold(Summary::default(), |mut summary, finding| {
            let count = match finding.severity {
                _ if self.acceptance(finding).is_some() => &mut summary.accepted,
                Severity::Fault => &mut summary.faults,
                Severity::Warning => &mut summary.warnings,
                Severity::Note => &mut summary.notes,
            };
            *count += 1;
            summary
        })
    }
}
