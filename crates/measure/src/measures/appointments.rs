//! Local policing appointments: kept, failed by police, and how long they are waited for. Pure.
//!
//! “The number of appointments booked, cancelled, missed by the local policing division or by the caller” (HMICS CAM 2022
//! R1); parameters of acceptable performance (Domestic Abuse 2023 R5).

use incident::{
    appointment::life::{Appointment, Outcome, Party},
    unit,
};

use crate::{contribution::Contribution, life::IncidentLife};

/// Appointments at which somebody was seen, of those that were to be kept.
pub const KEPT: &str = "appointments_kept";
/// Appointments that police moved, cancelled or missed, of all that were booked and ended.
pub const FAILED_BY_POLICE: &str = "appointments_failed_by_police";
/// From the booking to the appointment.
pub const WAIT: &str = "appointment_wait";

/// What the appointments of an incident contribute. One that is still to come contributes its wait.
pub fn contributions(life: &IncidentLife) -> Vec<Contribution> {
    life.standing.appointments.all.iter().flat_map(one).collect()
}

fn one(appointment: &Appointment) -> Vec<Contribution> {
    let booking = &appointment.booking;
    let starts_at = booking.place.starts_at;
    let division = unit::of(&booking.unit).map_or_else(String::new, |unit| unit.letter.clone());
    let of = |measure, at, reason: &str, numerator, denominator| Contribution {
        measure,
        at,
        division: division.clone(),
        reason: reason.to_owned(),
        numerator,
        denominator,
    };
    let waited = starts_at.duration_since(booking.at).as_mins().max(0);
    let mut all = vec![of(WAIT, booking.at, &booking.family, waited, 1)];
    let Some(outcome) = &appointment.outcome else { return all };
    let (is_kept, is_failed) = judged(outcome);
    if let Some(is_kept) = is_kept {
        all.push(of(KEPT, starts_at, outcome.as_str(), i64::from(is_kept), 1));
    }
    all.push(of(FAILED_BY_POLICE, starts_at, outcome.as_str(), i64::from(is_failed), 1));
    all
}

/// Whether it was kept, for one that was to be; and whether police failed it.
fn judged(outcome: &Outcome) -> (Option<bool>, bool) {
    match outcome {
        Outcome::Kept { is_late, .. } => (Some(!is_late), *is_late),
        Outcome::Missed { by, .. } => (Some(false), *by == Party::Police),
        Outcome::Rescheduled { by, .. } | Outcome::Cancelled { by, .. } => (None, *by == Party::Police),
        // Officers were sent at once instead: that is better than an appointment, and neither kept nor failed.
        Outcome::Converted { .. } => (None, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_outcome_is_judged_by_whose_doing_it_was() {
        let at = jiff::Timestamp::UNIX_EPOCH;
        let kept = |is_late| Outcome::Kept { at, late_by_minutes: 0, is_late, as_asked: None };
        for (outcome, expected) in [
            (kept(false), (Some(true), false)),
            (kept(true), (Some(false), true)),
            (Outcome::Missed { at, by: Party::Police }, (Some(false), true)),
            (Outcome::Missed { at, by: Party::Caller }, (Some(false), false)),
            (Outcome::Rescheduled { at, by: Party::Police, to: 1 }, (None, true)),
            (Outcome::Rescheduled { at, by: Party::Caller, to: 1 }, (None, false)),
            (Outcome::Cancelled { at, by: Party::Police }, (None, true)),
            (Outcome::Cancelled { at, by: Party::Caller }, (None, false)),
            (Outcome::Converted { at }, (None, false)),
        ] {
            assert_eq!(judged(&outcome), expected, "{outcome:?}");
        }
    }
}
