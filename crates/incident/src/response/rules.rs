//! The response: who was sent, when they arrived, what came of it; the supervisor's review. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use jiff::{SignedDuration, Timestamp};
use journal::{
    Private, Refusal,
    words::{PARAGRAPH, moment, optional, required},
};
use serde::{Deserialize, Serialize};

use crate::{
    attendance, codes,
    grade::rules::By,
    standing::{Known, Standing},
    words::{NARRATIVE, happened, reason as why},
};

/// The longest call sign.
const CALL_SIGN: usize = 20;

/// One sending of officers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// The call sign: "KM21".
    pub call_sign: String,
    pub at: Timestamp,
    pub arrived_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
}

/// The response to an incident.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    pub sent: Vec<Sent>,
    /// The last result, a key of `codes::results()`.
    pub result: String,
    /// When a supervisor last reviewed it, and until when the review holds.
    pub reviewed: Option<Reviewed>,
    /// The policy under which nobody is sent, where one was applied; an exception made to it.
    pub attendance: Option<Attendance>,
}

/// A supervisor's review of what waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewed {
    pub at: Timestamp,
    pub by: By,
    pub next_at: Timestamp,
    pub words: Private<String>,
}

/// The policy on incidents that police no longer attend (CAM 2022 R6, action 6.2): applied, or excepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// When it was decided: what becomes known later calls for it to be decided anew.
    pub at: Timestamp,
    /// The number of the policy in `definitions/attendance.toml`.
    pub policy: i64,
    pub is_excepted: bool,
    /// Why, and what the caller was told.
    pub reason: Private<String>,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    Dispatch { call_sign: String, at: Timestamp },
    Arrive { call_sign: String, at: Timestamp },
    Result { call_sign: String, at: Timestamp, result: String, words: String },
    Review { next_in_minutes: i64, words: String },
    DecideAttendance { policy: i64, is_excepted: bool, reason: String },
}

/// What happened. `at` is when it happened, which may be before it was recorded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    Dispatched {
        call_sign: String,
        at: Timestamp,
    },
    Arrived {
        call_sign: String,
        at: Timestamp,
    },
    /// The officers are free again; `result` is a key of `codes::results()`.
    Resulted {
        call_sign: String,
        at: Timestamp,
        result: String,
        words: Private<String>,
    },
    Reviewed(Reviewed),
    AttendanceDecided(Attendance),
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "response";

    fn happened_at(&self) -> Option<Timestamp> {
        match self {
            Self::Dispatched { at, .. } | Self::Arrived { at, .. } | Self::Resulted { at, .. } => Some(*at),
            Self::Reviewed(_) | Self::AttendanceDecided(_) => None,
        }
    }
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Response>, command: Command) -> Result<Fact, Refusal> {
    let standing = known.open()?;
    let nothing = Response::default();
    let was = was.unwrap_or(&nothing);
    match command {
        Command::Dispatch { call_sign, at } => dispatch(known, standing, was, &call_sign, at),
        Command::Arrive { call_sign, at } => {
            let sent = out(was, &call_sign)?;
            if let Some(arrived_at) = sent.arrived_at {
                let sentence = format!("{} arrived at {} already.", sent.call_sign, moment(arrived_at));
                return Err(Refusal::of("call_sign", sentence));
            }
            let at = happened("at", "The arrival", at, known.now, Some((sent.at, "officers were sent")))?;
            Ok(Fact::Arrived { call_sign: sent.call_sign.clone(), at })
        }
        Command::Result { call_sign, at, result, words } => {
            let sent = out(was, &call_sign)?;
            let code = codes::result(&result).filter(|one| one.is_valid_on(codes::day_of(known.now)));
            let Some(code) = code else {
                let sentence =
                    format!("“{result}” is not a result that may be chosen today. Choose one of the list.");
                return Err(Refusal::of("result", sentence));
            };
            if code.attended != sent.arrived_at.is_some() {
                let sentence = match sent.arrived_at {
                    None => format!(
                        "{} has no arrival yet. Record it first, or choose a result without one.",
                        sent.call_sign
                    ),
                    Some(at) => format!(
                        "{} arrived at {}. Choose a result of having attended.",
                        sent.call_sign,
                        moment(at)
                    ),
                };
                return Err(Refusal::of("result", sentence));
            }
            let after = sent.arrived_at.map_or((sent.at, "officers were sent"), |at| (at, "they arrived"));
            let at = happened("at", "The end", at, known.now, Some(after))?;
            let words = optional("words", "The account", &words, NARRATIVE)?.into();
            Ok(Fact::Resulted { call_sign: sent.call_sign.clone(), at, result, words })
        }
        Command::Review { next_in_minutes, words } => review(known, next_in_minutes, &words),
        Command::DecideAttendance { policy, is_excepted, reason } => {
            attend(known, standing, was, policy, is_excepted, &reason)
        }
    }
}

fn dispatch(
    known: &Known,
    standing: &Standing,
    was: &Response,
    call_sign: &str,
    at: Timestamp,
) -> Result<Fact, Refusal> {
    let call_sign = required("call_sign", "The call sign", call_sign, CALL_SIGN)?.to_uppercase();
    if let Ok(sent) = out(was, &call_sign) {
        let sentence =
            format!("{call_sign} was sent at {} already. Record the result first.", moment(sent.at));
        return Err(Refusal::of("call_sign", sentence));
    }
    let before = SignedDuration::from_mins(codes::limits().sent_before_minutes);
    let least = standing.incident.opened_at.saturating_sub(before).unwrap_or(Timestamp::MIN);
    let told = "the earliest that can be meant for this incident,";
    let at = happened("at", "The sending", at, known.now, Some((least, told)))?;
    let earlier =
        was.sent.iter().rev().find(|sent| sent.call_sign == call_sign).and_then(|sent| sent.ended_at);
    if let Some(ended_at) = earlier.filter(|ended_at| at < *ended_at) {
        let sentence = format!("{call_sign} was there until {}. Enter a later moment.", moment(ended_at));
        return Err(Refusal::of("at", sentence));
    }
    Ok(Fact::Dispatched { call_sign, at })
}

fn review(known: &Known, next_in_minutes: i64, words: &str) -> Result<Fact, Refusal> {
    let most = codes::limits().review_minutes;
    if !(1..=most).contains(&next_in_minutes) {
        let sentence = format!("The next review is in 1 to {most} minutes. Enter a number of minutes.");
        return Err(Refusal::of("next_in_minutes", sentence));
    }
    let next_at =
        known.now.saturating_add(SignedDuration::from_mins(next_in_minutes)).unwrap_or(Timestamp::MAX);
    let words = required("words", "What the review found", words, PARAGRAPH)?;
    Ok(Fact::Reviewed(Reviewed { at: known.now, by: known.by.clone(), next_at, words: words.into() }))
}

fn attend(
    known: &Known,
    standing: &Standing,
    was: &Response,
    number: i64,
    is_excepted: bool,
    reason: &str,
) -> Result<Fact, Refusal> {
    let policies = attendance::on(&standing.incident.kind, codes::day_of(known.now));
    let Some(policy) = policies.into_iter().find(|policy| policy.number == number) else {
        let sentence = format!(
            "Policy {number} is not about an incident of this type today. Look at the policies again."
        );
        return Err(Refusal::of("policy", sentence));
    };
    let grade = standing.grade.as_ref().map(|graded| graded.in_force.grade);
    let domestic = standing.incident.was_domestic();
    let always = attendance::always_attended(grade, domestic, standing.is_vulnerable());
    if let Some(because) = always.filter(|_| !is_excepted) {
        let sentence = format!(
            "{because}: officers attend whatever policy {number}, “{}”, says. Record the exception.",
            policy.name
        );
        return Err(Refusal::of("policy", sentence));
    }
    if let Some(sent) = was.sent.iter().find(|sent| sent.ended_at.is_none() && !is_excepted) {
        let sentence = format!("{} was sent to it. Record the result first.", sent.call_sign);
        return Err(Refusal::of("policy", sentence));
    }
    Ok(Fact::AttendanceDecided(Attendance {
        at: known.now,
        policy: number,
        is_excepted,
        reason: why(reason)?.into(),
    }))
}

/// The sending of that call sign that has no end yet.
fn out<'a>(was: &'a Response, call_sign: &str) -> Result<&'a Sent, Refusal> {
    let call_sign = call_sign.trim().to_uppercase();
    let mut out = was.sent.iter().filter(|sent| sent.ended_at.is_none());
    out.find(|sent| sent.call_sign == call_sign).ok_or_else(|| {
        Refusal::of(
            "call_sign",
            format!("“{call_sign}” is not recorded as sent to it now. Record the sending first."),
        )
    })
}

/// What it is after `fact`.
pub fn apply(was: Option<Response>, fact: &Fact) -> Response {
    let mut now = was.unwrap_or_default();
    match fact.clone() {
        Fact::Dispatched { call_sign, at } => {
            now.sent.push(Sent { call_sign, at, arrived_at: None, ended_at: None });
        }
        Fact::Arrived { call_sign, at } => {
            if let Some(sent) = now.out_mut(&call_sign) {
                sent.arrived_at = Some(at);
            }
        }
        Fact::Resulted { call_sign, at, result, .. } => {
            if let Some(sent) = now.out_mut(&call_sign) {
                sent.ended_at = Some(at);
            }
            now.result = result;
        }
        Fact::Reviewed(reviewed) => now.reviewed = Some(reviewed),
        Fact::AttendanceDecided(attendance) => now.attendance = Some(attendance),
    }
    now
}

impl Response {
    fn out_mut(&mut self, call_sign: &str) -> Option<&mut Sent> {
        self.sent.iter_mut().find(|sent| sent.ended_at.is_none() && sent.call_sign == call_sign)
    }
}
