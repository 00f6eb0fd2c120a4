//! What happened to each noun of an issue, in the words of the definition of failure demand. Pure (HMICS CAM 2022 R3).

use contact::{grade::Grade, thrive::rules as thrive_rules};
use failure::story::{self, Choice, Ground, Outcome, State, What};
use incident::{
    appointment::{life::Party, rules as appointment_rules},
    closure::rules as closure_rules,
    codes,
    promise::rules as promise_rules,
    response::rules as response_rules,
    standing::Standing,
};
use jiff::{SignedDuration, Timestamp};
use journal::Id;
use partner::referral::rules as referral_rules;

/// The key of the reason “information that was available earlier” (definitions/incident.toml).
const KNOWN_EARLIER: &str = "known_earlier";
/// The key of the reason “new information or intelligence”.
const NEW_INFORMATION: &str = "information";
/// The key of the reason for which an agency declines: it has no room. Any other is a refusal.
const NO_CAPACITY: &str = "no_capacity";

/// As a row has it: two facts of the same moment are the same moment, however finely one of them was told.
pub fn as_a_row(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

/// A version of the assessment.
pub fn assessed(assessment: &thrive_rules::Assessment) -> What {
    What::Assessed {
        considered: u8::try_from(assessment.considered()).unwrap_or(u8::MAX),
        vulnerabilities: assessment.markers.iter().cloned().collect(),
        reason: None,
    }
}

/// A grade.
pub fn grade(grade: Grade) -> story::Grade {
    match grade {
        Grade::Immediate => story::Grade::Immediate,
        Grade::Prompt => story::Grade::Prompt,
        Grade::Standard => story::Grade::Standard,
        Grade::OtherResolution => story::Grade::OtherResolution,
    }
}

/// Why it was graded anew: a key of `codes::regrade_reasons()`; empty where nobody said.
pub fn ground(reason: &str) -> Option<Ground> {
    match reason {
        "" => None,
        KNOWN_EARLIER => Some(Ground::AvailableEarlier),
        NEW_INFORMATION => Some(Ground::NewInformation),
        _ => Some(Ground::Other),
    }
}

/// By when officers are to be there; nothing where none have to be: as the queue has it, from when it last became as grave as it is.
pub fn due_at(standing: &Standing) -> Option<Timestamp> {
    let graded = standing.grade.as_ref()?;
    // A grade from before it was opened again was due by the clocks of its first opening.
    let again = standing.closure.reopened_at.filter(|again| *again <= graded.in_force.at);
    let again = again.unwrap_or(Timestamp::MIN);
    let clocks = codes::clocks(codes::day_of(standing.incident.opened_at.max(again)));
    let location = standing.incident.location.as_ref();
    let is_rural = location.is_some_and(|location| location.is_rural == Some(true));
    let minutes = match graded.in_force.grade {
        Grade::Immediate if is_rural => clocks.immediate_arrive_rural,
        Grade::Immediate => clocks.immediate_arrive_urban,
        Grade::Prompt => clocks.prompt_arrive,
        Grade::Standard | Grade::OtherResolution => return None,
    };
    let due = graded.graver_at.max(again).saturating_add(SignedDuration::from_mins(minutes));
    due.ok().map(as_a_row)
}

/// What was sent and who was there.
pub fn response(fact: &response_rules::Fact) -> Option<What> {
    match fact {
        response_rules::Fact::Dispatched { .. } => Some(What::Dispatched),
        response_rules::Fact::Arrived { .. } => Some(What::Arrived),
        response_rules::Fact::Reviewed(_) => Some(What::Reviewed),
        response_rules::Fact::Resulted { .. } | response_rules::Fact::AttendanceDecided(_) => None,
    }
}

/// Until a second person has endorsed it, it is open.
pub fn closure(fact: &closure_rules::Fact) -> Option<What> {
    match fact {
        closure_rules::Fact::Closed(_) | closure_rules::Fact::Endorsed { .. } => Some(What::Closed),
        closure_rules::Fact::Reopened { .. } => Some(What::Reopened),
        closure_rules::Fact::EndorsementAsked(_) | closure_rules::Fact::SentBack { .. } => None,
    }
}

/// `next`: the number that a new promise has.
pub fn promise(next: usize, fact: &promise_rules::Fact) -> What {
    match fact {
        promise_rules::Fact::Made(made) => {
            What::Promised { promise: next.to_string(), due_at: as_a_row(made.due_at) }
        }
        promise_rules::Fact::Fulfilled { number, .. } => What::Kept(number.to_string()),
        promise_rules::Fact::Withdrawn { number, .. } => What::Withdrawn(number.to_string()),
    }
}

/// The states of appointments, with their moments. One that was missed was missed at its time, whenever that was recorded:
/// who rings at once to ask rings before it is. One that was moved is cancelled, and another booked. One for which officers
/// were sent at once has no state: that is better than an appointment.
pub fn appointment(
    before: Option<&Standing>,
    at: Timestamp,
    fact: &appointment_rules::Fact,
) -> Vec<(Timestamp, What)> {
    use appointment_rules::Fact;
    let all = before.map_or(&[][..], |standing| &standing.appointments.all);
    let of = |number: usize, state| What::Appointment { appointment: number.to_string(), state };
    let cancelled = |by: Party| match by {
        Party::Police => State::CancelledByPolice,
        Party::Caller => State::CancelledByCaller,
    };
    match fact {
        Fact::Booked(_) => vec![(at, of(all.len(), State::Booked))],
        Fact::Rescheduled { number, because, .. } => {
            vec![(at, of(*number, cancelled(because.by))), (at, of(all.len(), State::Booked))]
        }
        Fact::Cancelled { number, because } => vec![(at, of(*number, cancelled(because.by)))],
        Fact::Missed { number, because } => {
            let starts_at = all.get(*number).map_or(at, |one| one.booking.place.starts_at);
            let state = match because.by {
                Party::Police => State::MissedByPolice,
                Party::Caller => State::MissedByCaller,
            };
            vec![(starts_at.min(at), of(*number, state))]
        }
        Fact::Kept { number, late_by_minutes, as_asked, .. } => {
            let late_by_minutes = u32::try_from(*late_by_minutes).unwrap_or_default();
            let kept = (at, of(*number, State::Kept { late_by_minutes }));
            let choice = (*as_asked == Some(false)).then_some((at, What::Choice(Choice::NotMet)));
            std::iter::once(kept).chain(choice).collect()
        }
        Fact::Asked(_)
        | Fact::Excepted { .. }
        | Fact::RebookingAllowed { .. }
        | Fact::ConvertedToDispatch { .. }
        | Fact::NotWanted { .. } => Vec::new(),
    }
}

/// What an agency gave back it declined after all. That it finished is no news: it took them on.
pub fn referral(id: &Id, fact: &referral_rules::Fact) -> Option<What> {
    use referral_rules::Fact;
    let ended = |outcome| Some(What::ReferralEnded { referral: id.to_string(), outcome });
    match fact {
        Fact::Sent(_) => Some(What::Referred(id.to_string())),
        Fact::Accepted(_) => ended(Outcome::Accepted),
        Fact::Declined { reason, .. } if reason == NO_CAPACITY => ended(Outcome::Unavailable),
        Fact::Declined { .. } | Fact::BouncedBack { .. } => ended(Outcome::Declined),
        Fact::Finished { .. }
        | Fact::Withdrawn { .. }
        | Fact::Settled { .. }
        | Fact::LinkIssued { .. }
        | Fact::LinkRevoked { .. } => None,
    }
}
