//! What the page of the check shows, made from what was found by plain functions.

use askama::Template;
use journal::Id;
use serde::{Deserialize, Serialize};
use users::{Role, User};
use web::{Choice, Frame, Section, leading_back};

use super::{CHECKS, Check, Checked, Finding, Severity, Summary};
use crate::{
    finding::several::rules as several,
    words::{counted, day},
};

/// What the address asks: the whole state of the page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// Words of the sentence or the label.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// Keys of checks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub check: Vec<String>,
    /// Words of [`Severity`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub severity: Vec<String>,
    /// Identities of inspections.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inspection: Vec<String>,
    /// Empty for those not accepted, "accepted" or "all".
    #[serde(skip_serializing_if = "String::is_empty")]
    pub accepted: String,
    /// An entry's number or a day.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub as_at: String,
    /// What was just done.
    #[serde(skip_serializing)]
    pub done: String,
}

impl Query {
    /// The address of this page after `change`.
    pub fn address(&self, change: impl FnOnce(&mut Self)) -> String {
        let mut query = self.clone();
        change(&mut query);
        match serde_html_form::to_string(&query) {
            Ok(text) if !text.is_empty() => format!("/check?{text}"),
            _ => "/check".to_owned(),
        }
    }

    /// Whether the page shows a finding.
    pub fn finds(&self, checked: &Checked, finding: &Finding) -> bool {
        let one_of = |wanted: &[String], is: &str| wanted.is_empty() || wanted.iter().any(|word| word == is);
        let is_accepted = checked.acceptance(finding).is_some();
        let inspection = checked.inspection_of(finding).map_or("", journal::Id::as_str);
        let text = format!("{} {}", finding.label, finding.sentence).to_lowercase();
        (self.accepted == "all" || is_accepted == (self.accepted == "accepted"))
            && one_of(&self.check, finding.check)
            && one_of(&self.severity, finding.severity.as_str())
            && one_of(&self.inspection, inspection)
            && self.words.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }
}

/// The page of the check.
#[derive(Debug, Template, Serialize)]
#[template(path = "linter/check.html")]
pub struct CheckPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    #[serde(skip)]
    lead: String,
    #[serde(skip)]
    csv: String,
    /// This page, to lead back to.
    #[serde(skip)]
    here: String,
    summary: Summary,
    #[serde(skip)]
    figures: Vec<(String, usize, &'static str, &'static str, bool)>,
    query: Query,
    #[serde(skip)]
    as_at_error: Option<String>,
    #[serde(skip)]
    pills: Vec<(String, String)>,
    #[serde(skip)]
    severities: Vec<Choice>,
    #[serde(skip)]
    checks: Vec<Choice>,
    #[serde(skip)]
    inspections: Vec<Choice>,
    #[serde(skip)]
    accepted: Vec<Choice>,
    found: usize,
    #[serde(skip)]
    found_words: String,
    groups: Vec<Group>,
    #[serde(skip)]
    is_clean: bool,
    today: String,
    entry: i64,
}

/// One check and what it found.
#[derive(Debug, Serialize)]
struct Group {
    check: &'static str,
    title: &'static str,
    why: &'static str,
    source: &'static str,
    #[serde(skip)]
    count: String,
    findings: Vec<Shown>,
    /// How many of them this person may accept at once; none where one form is enough.
    #[serde(skip)]
    acceptable: usize,
}

/// A finding as it is shown.
#[derive(Debug, Serialize)]
pub struct Shown {
    /// Itself.
    #[serde(flatten)]
    pub finding: Finding,
    /// The name of its box, where several may be accepted at once; empty where it may not.
    #[serde(skip)]
    key: String,
    /// The page of its subject.
    address: String,
    /// Its acceptance, if somebody accepted it.
    pub accepted: Option<Acceptance>,
    /// Why an earlier acceptance holds no more.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub lapsed: String,
    /// The form that mends it; empty where this person may not.
    #[serde(skip)]
    pub form: String,
    /// The form that accepts it or takes that back; empty where this person may not.
    #[serde(skip)]
    pub decision: String,
}

/// The acceptance of a finding as it is shown.
#[derive(Debug, Serialize)]
pub struct Acceptance {
    reason: String,
    by_role: String,
    on: String,
    /// Who accepted it, when and why, in a sentence.
    #[serde(skip)]
    pub words: String,
}

/// The page of `checked` that `query` means, for `who`.
pub fn page(checked: &Checked, query: &Query, who: &User, as_at_error: Option<String>) -> CheckPage {
    let position = checked.register.position;
    let groups: Vec<Group> = CHECKS.iter().filter_map(|check| group(checked, query, check, who)).collect();
    let found = groups.iter().map(|group| group.findings.len()).sum();
    let summary = checked.summary(None);
    CheckPage {
        frame: Frame::of("Check of the register", Section::Improvement)
            .seen_by(who.signed())
            .with_notice(done(&query.done))
            .looking_back_to(crate::register::pages::as_at_words(&checked.register)),
        crumbs: vec![
            ("/recommendations".to_owned(), "Improvement".to_owned()),
            (String::new(), "Check".to_owned()),
        ],
        lead: format!(
            "{} in {} and {} held against each other by {} checks",
            counted(checked.register.items.len(), "recommendation", "recommendations"),
            counted(checked.register.inspections.len(), "inspection", "inspections"),
            counted(checked.sources.len(), "source", "sources"),
            CHECKS.len()
        ),
        csv: query.address(|_| {}).replacen("/check", "/check/export/csv", 1),
        here: query.address(|_| {}),
        figures: figures(summary, query),
        summary,
        pills: pills(checked, query),
        severities: severities(checked, query),
        checks: checks(checked, query),
        inspections: inspections(checked, query),
        accepted: [("", "Not accepted"), ("accepted", "Accepted"), ("all", "All")]
            .map(|(value, words)| Choice::of(value, words, &query.accepted))
            .to_vec(),
        as_at_error,
        found,
        found_words: counted(found, "finding", "findings"),
        is_clean: summary.open() == 0,
        groups,
        query: query.clone(),
        today: day(position.today),
        entry: position.seq,
    }
}

/// What is said after the acceptance that `word` names: of one, of several, or taken back.
pub fn done(word: &str) -> Option<String> {
    match word {
        several if several.starts_with("accepted-") => {
            let count = several.trim_start_matches("accepted-").parse().ok()?;
            let are = if count == 1 { "finding is" } else { "findings are" };
            Some(format!(
                "{} {are} accepted. What changes of them is shown again.",
                crate::words::thousands(count)
            ))
        }
        "accepted" => Some("The finding is accepted. It is shown again when its figures change.".to_owned()),
        "withdrawn" => Some("The acceptance is withdrawn.".to_owned()),
        _ => None,
    }
}

fn group(checked: &Checked, query: &Query, check: &'static Check, who: &User) -> Option<Group> {
    let here = query.address(|_| {});
    let findings: Vec<Shown> = checked
        .findings
        .iter()
        .filter(|finding| finding.check == check.key && query.finds(checked, finding))
        .map(|finding| shown(checked, finding, who, &here))
        .collect();
    if findings.is_empty() {
        return None;
    }
    let count = counted(findings.len(), "finding", "findings");
    let acceptable = findings.iter().filter(|shown| !shown.key.is_empty()).count();
    Some(Group {
        acceptable: if acceptable > 1 { acceptable } else { 0 },
        check: check.key,
        title: check.title,
        why: check.why,
        source: check.source,
        count,
        findings,
    })
}

/// The findings about one recommendation, as its page shows them to `who`.
pub fn findings_of(checked: &Checked, subject: &Id, who: &User) -> Vec<Shown> {
    let own = checked.findings.iter().filter(|finding| finding.subject == *subject);
    let here = format!("/recommendations/{subject}");
    own.map(|finding| shown(checked, finding, who, &here)).collect()
}

/// `here` is the page it is shown on: what accepts it leads back to it.
fn shown(checked: &Checked, finding: &Finding, who: &User, here: &str) -> Shown {
    let accepted = checked.acceptance(finding).map(|accepted| {
        let by_role = Role::of(&accepted.role).map_or("Somebody", Role::name).to_owned();
        let on = crate::register::rules::scottish_day(accepted.at);
        let words = format!("Accepted by the {} on {}: {}", by_role.to_lowercase(), day(on), accepted.reason);
        Acceptance { reason: accepted.reason.clone(), by_role, on: on.to_string(), words }
    });
    let lapsed = match (&accepted, checked.lapsed(finding)) {
        (None, Some(lapsed)) => format!(
            "It was accepted when it said: {} ({}) It says something else now.",
            lapsed.sentence, lapsed.reason
        ),
        _ => String::new(),
    };
    let last = if accepted.is_some() { "withdrawal" } else { "acceptance" };
    let may = |may: bool, address: String| {
        if may && !checked.register.position.is_past { address } else { String::new() }
    };
    Shown {
        address: address(checked, finding),
        key: match &accepted {
            None => may(who.may_do("plan.accept"), several::key(finding)),
            Some(_) => String::new(),
        },
        form: may(may_mend(&finding.mend, who), finding.mend.clone()),
        decision: may(who.may_do("plan.accept"), leading_back(&decision(finding, last), here)),
        finding: finding.clone(),
        accepted,
        lapsed,
    }
}

/// Whether this person may use the form that mends a finding; a page that only shows is anybody's.
fn may_mend(mend: &str, who: &User) -> bool {
    let mut parts = mend.trim_start_matches('/').split('/');
    match (parts.next(), parts.next(), parts.next()) {
        (Some("inspections"), ..) => who.may_do("plan.register"),
        (Some("recommendations"), Some(_), Some(form)) => {
            crate::pages::heading_for(form, |permission| who.may_do(permission)).is_some()
        }
        _ => true,
    }
}

/// The address of the form that accepts a finding, or takes that back.
pub fn decision(finding: &Finding, last: &str) -> String {
    format!("/check/{}/{}/{}/{last}", finding.subject, finding.check, finding.fingerprint)
}

fn address(checked: &Checked, finding: &Finding) -> String {
    let subject = &finding.subject;
    if checked.sources.iter().any(|(id, _)| id == subject) {
        format!("/sources/{subject}")
    } else if checked.register.inspection(subject).is_some() {
        format!("/recommendations?inspection={subject}")
    } else {
        format!("/recommendations/{subject}")
    }
}

fn figures(summary: Summary, query: &Query) -> Vec<(String, usize, &'static str, &'static str, bool)> {
    let only = |severity: &'static str| {
        let start = Query { as_at: query.as_at.clone(), ..Query::default() };
        start.address(|query| query.severity = vec![severity.to_owned()])
    };
    let accepted = Query { as_at: query.as_at.clone(), accepted: "accepted".to_owned(), ..Query::default() };
    vec![
        (only("fault"), summary.faults, "Faults", "to be mended or accepted", summary.faults > 0),
        (only("warning"), summary.warnings, "Warnings", "somebody has to look", false),
        (only("note"), summary.notes, "Notes", "worth knowing", false),
        (accepted.address(|_| {}), summary.accepted, "Accepted", "with a reason", false),
    ]
}

fn pills(checked: &Checked, query: &Query) -> Vec<(String, String)> {
    let mut pills = Vec::new();
    if !query.words.is_empty() {
        pills.push((query.address(|query| query.words.clear()), format!("“{}”", query.words)));
    }
    for word in &query.severity {
        let severity = Severity::ALL.into_iter().find(|one| one.as_str() == word);
        let words = severity.map_or_else(|| word.clone(), |one| one.words().to_owned());
        pills.push((query.address(|query| query.severity.retain(|one| one != word)), words));
    }
    for key in &query.check {
        let words = Check::of(key).map_or(key.as_str(), |check| check.title).to_owned();
        pills.push((query.address(|query| query.check.retain(|one| one != key)), words));
    }
    for id in &query.inspection {
        let one = checked.register.inspections.iter().find(|(known, _)| known.as_str() == id);
        let words = one.map_or_else(|| "Another inspection".to_owned(), |(_, one)| one.title.clone());
        pills.push((query.address(|query| query.inspection.retain(|one| one != id)), words));
    }
    if !query.accepted.is_empty() {
        let words = if query.accepted == "accepted" { "Accepted" } else { "Accepted or not" };
        pills.push((query.address(|query| query.accepted.clear()), words.to_owned()));
    }
    if !query.as_at.is_empty() {
        pills.push((query.address(|query| query.as_at.clear()), format!("As at {}", query.as_at)));
    }
    pills
}

fn chosen(value: &str, words: &str, among: &[String], count: usize) -> Choice {
    let mut choice = Choice::of(value, words, "").counting(count);
    choice.chosen = among.iter().any(|one| one == value);
    choice
}

fn severities(checked: &Checked, query: &Query) -> Vec<Choice> {
    let count = |severity| checked.findings.iter().filter(|finding| finding.severity == severity).count();
    let choice = |one: Severity| chosen(one.as_str(), one.words(), &query.severity, count(one));
    Severity::ALL.into_iter().map(choice).collect()
}

fn checks(checked: &Checked, query: &Query) -> Vec<Choice> {
    let count = |key| checked.findings.iter().filter(|finding| finding.check == key).count();
    CHECKS
        .iter()
        .map(|check| chosen(check.key, check.title, &query.check, count(check.key)))
        .filter(|choice| choice.chosen || choice.count != Some(0))
        .collect()
}

fn inspections(checked: &Checked, query: &Query) -> Vec<Choice> {
    let choice = |(id, one): &(journal::Id, crate::inspection::rules::Inspection)| {
        chosen(id.as_str(), &one.title, &query.inspection, checked.of_inspection(id).count())
    };
    let choices = checked.register.inspections.iter().map(choice);
    choices.filter(|choice| choice.chosen || choice.count != Some(0)).collect()
}
