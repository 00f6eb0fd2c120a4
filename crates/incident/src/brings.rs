//! What else one change to an incident brings with it, in the same transaction. Pure.
//!
//! What holds afterwards is looked at, not what was asked for: however it came to be Immediate, it is with who sends
//! officers; and an appointment that is to come is none where officers are sent.

use contact::grade::Grade;
use jiff::SignedDuration;

use crate::{
    appointment::{
        booking::is_protected,
        life::{Appointment as Appointed, Party},
        rules::Command as Appointment,
    },
    change::{Change, decide},
    closure::rules::Command as Closure,
    codes,
    custody::rules::Command as Custody,
    grade::rules::Command as Grading,
    incident::rules::Command as Itself,
    promise,
    standing::{Known, Standing},
    unit::{self, UnitKind},
};

/// One change with all that it brings, in order. An offer with another grade is accepted with that grade, unless the
/// grade was chosen anew since: then the later choice holds. What turns out to be domestic after one person lowered it
/// goes to a second one.
pub fn steps(known: &Known, change: Change) -> Vec<Change> {
    let Some(standing) = &known.standing else { return vec![change] };
    let is_raised = matches!(&change, Change::Grade(Grading::Choose { grade: Grade::Immediate, .. }));
    let mut steps = match change {
        Change::Appointment(command) => around_appointment(known, standing, command),
        change => {
            let next = next(standing, &change);
            std::iter::once(change).chain(next).collect()
        }
    };
    if let Some(after) = after(known, &steps) {
        let was_immediate =
            standing.grade.as_ref().is_some_and(|graded| graded.in_force.grade == Grade::Immediate);
        steps.extend(called(known, &after, is_raised || !was_immediate));
    }
    steps
}

/// Where it stands after the steps; nothing where one of them is refused, as it will be.
fn after(known: &Known, steps: &[Change]) -> Option<Standing> {
    let mut known = known.clone();
    for step in steps {
        let happened = decide(&known, step.clone()).ok()?;
        known.standing = Standing::after(known.standing.take(), known.now, &happened);
    }
    known.standing.filter(Standing::is_open)
}

/// What follows from what was asked for.
fn next(standing: &Standing, change: &Change) -> Option<Change> {
    let graded = standing.grade.as_ref()?;
    match change {
        Change::Incident(Itself::Classify { kind, .. }) => {
            graded.is_to_reconsider(kind.is_domestic()).then_some(Change::Grade(Grading::Reconsider))
        }
        Change::Custody(Custody::Accept) => {
            let offer = standing.custody.as_ref()?.offer.as_ref()?;
            let is_as_offered = graded.in_force.grade == offer.old_grade && graded.in_force.at <= offer.at;
            (offer.new_grade != offer.old_grade && is_as_offered).then(|| {
                Change::Grade(Grading::TakeOver {
                    grade: offer.new_grade,
                    rationale: offer.rationale.clone(),
                    reason: offer.reason.clone(),
                    by: offer.by.clone(),
                })
            })
        }
        _ => None,
    }
}

/// What holds wherever officers are sent, as it will stand. `is_new`: it was made Immediate, or becomes so: then nothing
/// stands between it and the officers, neither an offer to another unit nor a closing that waits.
fn called(known: &Known, after: &Standing, is_new: bool) -> Vec<Change> {
    let Some(grade) = after.grade.as_ref().map(|graded| graded.in_force.grade) else { return Vec::new() };
    let mut steps = Vec::new();
    // What is past has its own outcome, and is not erased by sending officers now.
    let is_to_come = |(_, pending): (usize, &Appointed)| pending.booking.place.starts_at > known.now;
    if grade.is_sent_to() && after.appointments.pending().is_some_and(is_to_come) {
        steps.push(Change::Appointment(Appointment::Convert));
    }
    if grade != Grade::Immediate {
        return steps;
    }
    let call = call(known, after);
    let is_offered = after.custody.as_ref().is_some_and(|custody| custody.offer.is_some());
    if call.is_none() && is_offered && is_new {
        let reason = "It was made Immediate.".to_owned();
        steps.push(Change::Custody(Custody::Withdraw { reason }));
    }
    steps.extend(call);
    if is_new && after.closure.waiting.is_some() {
        let reason = "It was made Immediate.".to_owned();
        steps.push(Change::Closure(Closure::SendBack { reason }));
    }
    steps
}

/// To the control room that serves its place, where it is with a unit that sends nobody. That takes it out of an offer.
fn call(known: &Known, standing: &Standing) -> Option<Change> {
    let mine = standing.custody.as_ref().and_then(|custody| unit::of(&custody.unit))?;
    let day = codes::day_of(known.now);
    let division = standing.incident.location.as_ref().map_or("", |location| &location.division);
    let to = unit::place(Grade::Immediate, division, day);
    let to = if to.is_valid_on(day) { to } else { unit::leading_control_room() };
    (mine.kind != UnitKind::ControlRoom).then(|| Change::Custody(Custody::Call { unit: to.key.clone() }))
}

/// What is asked in the same breath as booking comes first. Somebody protected whom police missed is told the same day.
fn around_appointment(known: &Known, standing: &Standing, command: Appointment) -> Vec<Change> {
    let before = match &command {
        Appointment::Book { wish, .. } => wish.asked.clone(),
        _ => None,
    };
    let before = before.map(|(way, answer)| Change::Appointment(Appointment::Ask { way, answer }));
    let after = match &command {
        Appointment::Miss { cause } if cause.by == Party::Police.as_str() => promise_to_tell(known, standing),
        _ => None,
    };
    before.into_iter().chain([Change::Appointment(command)]).chain(after).collect()
}

/// The promise to somebody protected that they hear of it the same day, or within the hour where the day ends.
fn promise_to_tell(known: &Known, standing: &Standing) -> Option<Change> {
    let (_, pending) = standing.appointments.pending()?;
    if !is_protected(standing, &pending.booking) {
        return None;
    }
    let within_the_hour = known.now.saturating_add(SignedDuration::from_hours(1)).ok()?;
    let due_at = codes::last_minute_of_day(known.now).max(within_the_hour);
    let kind = codes::PROMISE_TO_TELL.to_owned();
    let words = "That police missed the appointment, why, and when they come.".to_owned();
    let is_promised = |promise: &promise::rules::Promise| (&promise.kind, promise.due_at) == (&kind, due_at);
    let goes = !standing.promises.open().any(|(_, promise)| is_promised(promise));
    goes.then(|| Change::Promise(promise::rules::Command::Make { kind: kind.clone(), due_at, words }))
}
