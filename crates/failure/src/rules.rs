//! What each contact was: value, failure or neither, for which reasons, and by which recorded facts (FD-1, MEASURES 1).
//!
//! A contact is failure demand when it is not value demand, and either the advisor chose a reason of failure or a strong
//! rule holds. A weak rule only raises a question. A reason may hold over a kind of value demand where the definition says
//! so. A new occurrence is never failure. Where nothing is recorded it is unknown, and reported as that.

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    code::{Class, Code},
    definition::{Definition, Definitions, Eligibility, Strength, day},
    early,
    moment::Moment,
    passed, reach,
    rule::Fired,
    seen::Seen,
    story::{Grade, Issue, Mark, What},
    time, value,
};

/// A contact, judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Judged {
    /// The version of the definition by which it was judged.
    pub version: u32,
    /// The contact.
    pub contact: String,
    /// The incident with which its issue began, as far as was known.
    pub issue: String,
    /// When it began.
    pub began_at: Timestamp,
    /// Key of its channel.
    pub channel: String,
    /// Its division; none: not known.
    pub division: Option<String>,
    /// The family of what it is about; none: not known.
    pub family: Option<String>,
    /// The grade of its incident: the last before it, otherwise the first after it; none: not known.
    pub grade: Option<Grade>,
    /// How long it took; none: not known.
    pub handling_minutes: Option<u32>,
    /// Whether it is counted.
    pub eligibility: Eligibility,
    /// What it is; none where it is not counted.
    pub class: Option<Class>,
    /// The reason under which it is counted; none where it is not counted or unknown.
    pub primary: Option<Code>,
    /// Its other reasons of the same class, the gravest first.
    pub secondary: Vec<Code>,
    /// The strong rules that hold, also where it is value demand.
    pub fired: Vec<Fired>,
    /// The questions that the record raises; none where it is value demand.
    pub prompts: Vec<Fired>,
    /// The reason by the recorded facts alone.
    pub derived: Option<Code>,
    /// The reason that the advisor chose.
    pub advisor: Option<Code>,
    /// How the two agree.
    pub agreement: Agreement,
    /// Whether the record bears out what the advisor chose, where it can.
    pub is_unsupported: bool,
    /// A new occurrence in a protected family: a repeat victim.
    pub is_repeat_victimisation: bool,
}

/// How the advisor’s reason and the derived one agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    /// One of the two is missing: there is nothing to compare.
    NotComparable,
    /// They are the same.
    Same,
    /// Both are failure, both value or both neutral, for different reasons.
    OtherReason,
    /// They differ in what the contact is.
    OtherClass,
}

/// What a contact is, for which reasons, the gravest first.
type Decision = (Class, Vec<Code>);

/// Judges every contact of an issue by what was recorded up to `as_at`; in the order of time.
pub fn classify(definition: &Definition, issue: &Issue, as_at: Timestamp) -> Vec<Judged> {
    let mut all: Vec<Judged> =
        issue.seen(as_at).iter().flat_map(|seen| classify_seen(definition, seen)).collect();
    all.sort_by(|one, other| (one.began_at, &one.contact).cmp(&(other.began_at, &other.contact)));
    all
}

/// Judges every contact by the version that is in force on the day on which it began; in the order of time. A contact of a
/// day before the first version is not judged: nothing was defined.
pub fn classify_in_force(definitions: &Definitions, issue: &Issue, as_at: Timestamp) -> Vec<Judged> {
    let of = |version: &Definition| classify(version, issue, as_at);
    let is_own = |one: &Judged| definitions.on(day(one.began_at)).is_some_and(|it| it.number == one.version);
    let mut all: Vec<Judged> = definitions.version.iter().flat_map(of).filter(is_own).collect();
    all.sort_by(|one, other| (one.began_at, &one.contact).cmp(&(other.began_at, &other.contact)));
    all
}

fn classify_seen(definition: &Definition, seen: &Seen<'_>) -> Vec<Judged> {
    let places = 0..seen.happenings.len();
    places.filter_map(|place| Moment::new(definition, seen, place)).map(|moment| judge(&moment)).collect()
}

fn judge(moment: &Moment) -> Judged {
    let (contact, definition) = (moment.contact, moment.definition);
    let mut judged = Judged {
        version: definition.number,
        contact: contact.id.clone(),
        issue: moment.seen.issue.to_owned(),
        began_at: moment.at,
        channel: contact.channel.clone(),
        division: contact.division.clone(),
        family: contact.family.clone(),
        grade: grade(moment),
        handling_minutes: contact.handling_minutes,
        eligibility: definition.eligibility(contact),
        class: None,
        primary: None,
        secondary: Vec::new(),
        fired: Vec::new(),
        prompts: Vec::new(),
        derived: None,
        advisor: contact.advisor,
        agreement: Agreement::NotComparable,
        is_unsupported: false,
        is_repeat_victimisation: false,
    };
    if judged.eligibility == Eligibility::Eligible {
        judge_eligible(moment, &mut judged);
    }
    judged
}

fn judge_eligible(moment: &Moment, judged: &mut Judged) {
    let (fired, prompts) = rules(moment);
    let derived = decide(moment, &fired, None);
    // That they ask after it says no more than that: where the record shows what it was, it is that.
    let chases = moment.contact.marks.contains(&Mark::Chases) && derived.0 == Class::Unknown;
    let said = moment.contact.advisor.or_else(|| chases.then_some(Code::F04));
    let (class, reasons) = decide(moment, &fired, said);
    let mut reasons = reasons.into_iter();
    judged.class = Some(class);
    judged.primary = reasons.next();
    judged.secondary = reasons.collect();
    judged.fired = fired;
    judged.prompts = if class == Class::Value { Vec::new() } else { prompts };
    judged.derived = derived.1.first().copied();
    judged.agreement = agreement(judged.derived, judged.advisor);
    judged.is_unsupported = is_unsupported(moment);
    judged.is_repeat_victimisation = value::is_new_occurrence(moment) && moment.is_protected();
}

/// The rules that hold: those that decide, and those that ask. A code that the definition has as weak only asks, and one
/// that it leaves to the advisor does neither.
fn rules(moment: &Moment) -> (Vec<Fired>, Vec<Fired>) {
    let all = [
        time::nobody_came(moment),
        time::appointment(moment),
        time::promise(moment),
        time::chasing(moment),
        early::closed_too_early(moment),
        early::assessed_too_low(moment),
        passed::told_again(moment),
        passed::passed_on_incomplete(moment),
        passed::passed_round(moment),
        passed::crime_report(moment),
        passed::bounced(moment),
        reach::could_not_get_through(moment),
        reach::not_honoured(moment),
        reach::system_down(moment),
    ];
    let strength = |fired: &Fired| moment.definition.reason(fired.rule.code()).map(|reason| reason.strength);
    let holds = all.into_iter().flatten();
    let asked = holds.filter(|fired| matches!(strength(fired), Some(Strength::Strong | Strength::Weak)));
    asked.partition(|fired| strength(fired) == Some(Strength::Strong) && !fired.rule.only_asks())
}

fn decide(moment: &Moment, fired: &[Fired], advisor: Option<Code>) -> Decision {
    let values = value::values(moment);
    let of = |class| advisor.filter(|code| code.class() == class);
    let mut failures: Vec<Code> = fired.iter().map(|fired| fired.rule.code()).collect();
    failures.retain(|code| values.iter().all(|value| holds_over(moment.definition, *code, *value)));
    failures.extend(of(Class::Failure).filter(|_| values.is_empty()));
    let said = advisor.filter(|code| code.class() != Class::Failure);
    let neutrals = value::neutrals(moment);
    if !moment.definition.failure_over_neutral && !neutrals.is_empty() {
        failures.clear();
    }
    let choices = [
        (Class::Failure, failures),
        (Class::Value, values),
        (Class::Neutral, neutrals),
        (said.map_or(Class::Unknown, Code::class), Vec::from_iter(said)),
    ];
    let (class, mut codes) =
        choices.into_iter().find(|(_, codes)| !codes.is_empty()).unwrap_or((Class::Unknown, Vec::new()));
    codes.sort_by_key(|code| moment.definition.order(*code));
    codes.dedup();
    (class, codes)
}

fn holds_over(definition: &Definition, code: Code, value: Code) -> bool {
    definition.reason(code).is_some_and(|reason| reason.over.contains(&value))
}

fn agreement(derived: Option<Code>, advisor: Option<Code>) -> Agreement {
    match derived.zip(advisor) {
        None => Agreement::NotComparable,
        Some((derived, advisor)) if derived == advisor => Agreement::Same,
        Some((derived, advisor)) if derived.class() == advisor.class() => Agreement::OtherReason,
        Some(_) => Agreement::OtherClass,
    }
}

/// F04 without an earlier contact in its window, F12 without a message of ours, F14 without an outage.
fn is_unsupported(moment: &Moment) -> bool {
    match moment.contact.advisor {
        Some(Code::F04) => !moment.earlier().any(|one| moment.is_within(Code::F04, one.at)),
        Some(Code::F12) => !reach::has_message(moment),
        Some(Code::F14) => reach::system_down(moment).is_none(),
        _ => false,
    }
}

fn grade(moment: &Moment) -> Option<Grade> {
    let own = |one: &crate::story::Happening| match one.what {
        What::Graded { grade, .. } if one.of() == moment.incident => Some(grade),
        _ => None,
    };
    moment.before().rev().find_map(own).or_else(|| moment.after().find_map(own))
}
