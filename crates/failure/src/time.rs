//! We were not there, or not in time: F01 to F04.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::{
    code::Code,
    definition::What as Parameter,
    moment::Moment,
    rule::{Fired, Rule},
    story::{Grade, State, What},
};

/// What F01 has to know of an incident.
#[derive(Debug, Default)]
struct Response {
    graded: Option<Graded>,
    progress: Progress,
    is_closed: bool,
    is_reviewed: bool,
}

/// How far a unit has got.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Progress {
    #[default]
    NotSent,
    Sent,
    There,
}

#[derive(Debug, Clone, Copy)]
struct Graded {
    grade: Grade,
    at: Timestamp,
    due_at: Option<Timestamp>,
    fact: u64,
}

/// F01: while an incident of the issue is open and nobody has arrived, the target of an Immediate or Prompt grade has
/// passed, or the review of a Prompt one. At the very moment at which it is due it is not late. An incident that is opened
/// again is due from its next grade.
pub fn nobody_came(moment: &Moment) -> Option<Fired> {
    let mut responses: BTreeMap<&str, Response> = BTreeMap::new();
    for one in moment.before() {
        let response = responses.entry(one.of()).or_default();
        match one.what {
            What::Graded { grade, due_at, .. } => {
                response.graded = Some(Graded { grade, at: one.at, due_at, fact: one.order });
                response.is_reviewed = false;
            }
            What::Dispatched => response.progress = response.progress.max(Progress::Sent),
            What::Arrived => response.progress = Progress::There,
            What::Reviewed => response.is_reviewed = true,
            What::Closed => response.is_closed = true,
            What::Reopened => *response = Response::default(),
            _ => {}
        }
    }
    responses
        .values()
        .filter_map(|response| response.late(moment))
        .min_by_key(|fired| (fired.since, fired.fact))
}

impl Response {
    fn late(&self, moment: &Moment) -> Option<Fired> {
        let graded = self.graded.filter(|graded| graded.grade >= Grade::Prompt)?;
        if self.is_closed || self.progress == Progress::There {
            return None;
        }
        let fired = |rule, since| Fired { rule, since, fact: graded.fact };
        if let Some(due_at) = graded.due_at.filter(|due_at| *due_at < moment.at) {
            return Some(fired(
                if self.progress == Progress::Sent { Rule::SentNotThere } else { Rule::NobodySent },
                due_at,
            ));
        }
        let within = moment.parameter(Code::F01, Parameter::Review)?;
        let review_at = graded.at.checked_add(within).ok()?;
        let is_missed = graded.grade == Grade::Prompt && !self.is_reviewed && review_at < moment.at;
        is_missed.then(|| fired(Rule::ReviewMissed, review_at))
    }
}

/// F02: soon after police missed or cancelled an appointment, or came late.
pub fn appointment(moment: &Moment) -> Option<Fired> {
    let late = moment.parameter(Code::F02, Parameter::Late)?;
    moment.latest(|what| match what {
        What::Appointment { state: State::MissedByPolice, .. } => Some(Rule::AppointmentMissed),
        What::Appointment { state: State::CancelledByPolice, .. } => Some(Rule::AppointmentCancelled),
        What::Appointment { state: State::Kept { late_by_minutes }, .. }
            if i64::from(*late_by_minutes) * 60 > late.as_secs() =>
        {
            Some(Rule::AppointmentLate)
        }
        _ => None,
    })
}

/// F03: a promise is overdue, or it is recorded that it was broken; until it is kept or withdrawn.
pub fn promise(moment: &Moment) -> Option<Fired> {
    let mut open: BTreeMap<&str, Fired> = BTreeMap::new();
    for one in moment.before() {
        match &one.what {
            What::Promised { promise, due_at } => {
                let fired = Fired { rule: Rule::PromiseOverdue, since: *due_at, fact: one.order };
                open.insert(promise, fired);
            }
            What::Kept(promise) | What::Withdrawn(promise) => {
                open.remove(promise.as_str());
            }
            What::Broken(promise) => {
                open.insert(promise, Fired::by(Rule::PromiseBroken, one));
            }
            _ => {}
        }
    }
    let is_due = |fired: &Fired| fired.rule == Rule::PromiseBroken || fired.since < moment.at;
    open.into_values().filter(is_due).min_by_key(|fired| (fired.since, fired.fact))
}

/// F04, only asks: the same issue, nothing new, and no promise that is overdue.
pub fn chasing(moment: &Moment) -> Option<Fired> {
    let last = moment.earlier().next_back()?;
    let asks = moment.contact.is_new_information != Some(true)
        && moment.is_within(Code::F04, last.at)
        && promise(moment).is_none();
    asks.then(|| Fired::by(Rule::NothingNew, last))
}
