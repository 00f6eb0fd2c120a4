//! The caller could not reach us, or we did not reach them as they may ask: F11 to F14.

use std::collections::BTreeMap;

use crate::{
    code::Code,
    definition::{Role, What as Parameter},
    moment::Moment,
    rule::{Fired, Rule},
    story::{Attempt, Choice, EndedBy, Happening, Way, What},
};

/// F11: by 999 or in writing after giving up on 101, on the same issue or from the same number; or written again because
/// nobody had answered in time.
pub fn could_not_get_through(moment: &Moment) -> Option<Fired> {
    let role = moment.definition.role(&moment.contact.channel)?;
    if !matches!(role, Role::Emergency | Role::Web) {
        return None;
    }
    gave_up(moment).or_else(|| wrote_again(moment).filter(|_| role == Role::Web))
}

fn gave_up(moment: &Moment) -> Option<Fired> {
    let wait = moment.parameter(Code::F11, Parameter::Wait)?;
    let is_failure = |attempt: &Attempt| {
        moment.definition.role(&attempt.channel) == Some(Role::NonEmergency)
            && attempt.ended_by != EndedBy::Advice
            && i64::from(attempt.waited_seconds) >= wait.as_secs()
    };
    let is_theirs = |one: &Happening, attempt: &Attempt| {
        one.incident.is_some() || attempt.number.is_some() && attempt.number == moment.contact.number
    };
    let mut found = moment.before().rev().filter(|one| match &one.what {
        What::Attempted(attempt) => is_failure(attempt) && is_theirs(one, attempt),
        _ => false,
    });
    let fired = found.next().map(|one| Fired::by(Rule::GaveUpWaiting, one))?;
    Some(fired).filter(|fired| moment.is_within(Code::F11, fired.since))
}

fn wrote_again(moment: &Moment) -> Option<Fired> {
    let standard = moment.parameter(Code::F11, Parameter::Standard)?;
    let is_written = |one: &&Happening| {
        one.contact().is_some_and(|contact| moment.definition.role(&contact.channel) == Some(Role::Web))
    };
    // The answer to the last one answers those before it too.
    let answered_at =
        moment.before().rev().find(|one| matches!(one.what, What::Sent(_))).map(|one| (one.at, one.order));
    let is_open = |one: &&Happening| answered_at.is_none_or(|answered| answered < (one.at, one.order));
    let first = moment.earlier().filter(is_written).find(is_open)?;
    let is_late = moment.at.duration_since(first.at) > standard;
    is_late.then(|| Fired::by(Rule::WroteAgain, first))
}

/// Whether we sent anything in the window of F12 before the contact: without that, a message of ours can hardly have been
/// unclear.
pub fn has_message(moment: &Moment) -> bool {
    moment.before().any(|one| matches!(one.what, What::Sent(_)) && moment.is_within(Code::F12, one.at))
}

/// F13: after we used a way that the caller does not prefer or that is not safe, or the choice of the interviewer’s gender
/// was not offered or not met.
pub fn not_honoured(moment: &Moment) -> Option<Fired> {
    moment.latest(|what| match what {
        What::Sent(Way::NotPreferred) => Some(Rule::NotAsPreferred),
        What::Sent(Way::Unsafe) => Some(Rule::NotSafe),
        What::Choice(Choice::NotOffered) => Some(Rule::ChoiceNotOffered),
        What::Choice(Choice::NotMet) => Some(Rule::ChoiceNotMet),
        _ => None,
    })
}

/// F14: while a system was down, or soon after it was back. It decides where the advisor says so too; otherwise it asks.
pub fn system_down(moment: &Moment) -> Option<Fired> {
    let is_said = moment.contact.advisor == Some(Code::F14);
    let rule = if is_said { Rule::SystemDown } else { Rule::SystemWasDown };
    let mut down: BTreeMap<&str, &Happening> = BTreeMap::new();
    let mut last = None;
    for one in moment.before() {
        match &one.what {
            What::OutageBegan(system) => _ = down.insert(system, one),
            What::OutageEnded(system) => {
                down.remove(system.as_str());
                last = Some(one);
            }
            _ => {}
        }
    }
    let open = down.into_values().min();
    let fact = open.or_else(|| last.filter(|one| moment.is_within(Code::F14, one.at)))?;
    Some(Fired::by(rule, fact))
}
