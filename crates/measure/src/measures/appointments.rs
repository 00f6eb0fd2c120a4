//! Local policing appointments: kept, failed by police, and how long they are waited for. Pure.
//!
//! “The number of appointments booked, cancelled, missed by the local policing division or by the caller” (HMICS CAM 2022
//! R1); parameters of acceptable performance (Domestic Abuse 2023 R5).

use incident::{
    appointment::life::{Outcome, Party},
    unit,
};
use jiff::Timestamp;

use crate::{
    contribution::Contribution,
    gist::of::{AppointmentGist, IncidentGist},
};

/// Appointments at which somebody was seen, of those that were to be kept.
pub const KEPT: &str = "appointments_kept";
/// Appointments that police moved, cancelled or missed, of all that were booked and ended.
pub const FAILED_BY_POLICE: &str = "appointments_failed_by_police";
/// Appointments booked, by what became of them: so that they are the sum of their outcomes and of those to come.
pub const BOOKED: &str = "appointments_booked";
/// Appointments that ended, by how.
pub const OUTCOMES: &str = "appointment_outcomes";
/// From the booking to the appointment.
pub const WAIT: &str = "appointment_wait";

/// What the appointments of an incident contribute. One that is still to come contributes its wait.
pub fn contributions(incident: &IncidentGist) -> Vec<Contribution> {
    incident.appointments.iter().flat_map(one).collect()
}

/// What they contribute by the rules that came later: appointments kept, of those that police were to keep. One that the
/// caller missed is none of them, since officers were there (rule 2).
pub fn later(incident: &IncidentGist) -> Vec<(i64, Contribution)> {
    let counted = contributions(incident).into_iter().filter(|one| one.measure == KEPT);
    let missed_by_caller = Outcome::Missed { at: Timestamp::UNIX_EPOCH, by: Party::Caller };
    counted.filter(|one| one.reason != missed_by_caller.as_str()).map(|one| (2, one)).collect()
}

/// The reason of one that is still to come, or whose outcome is still to be told.
const TO_COME: &str = "to_come";

fn one(appointment: &AppointmentGist) -> Vec<Contribution> {
    let &AppointmentGist { booked_at, starts_at, .. } = appointment;
    let division = unit::of(&appointment.unit).map_or_else(String::new, |unit| unit.letter.clone());
    let of = |measure, at, reason: &str, numerator, denominator| Contribution {
        measure,
        at,
        division: division.clone(),
        reason: reason.to_owned(),
        numerator,
        denominator,
    };
    let waited = starts_at.duration_since(booked_at).as_mins().max(0);
    let became = appointment.outcome.as_ref().map_or(TO_COME, Outcome::as_str);
    let mut all =
        vec![of(WAIT, booked_at, &appointment.family, waited, 1), of(BOOKED, booked_at, became, 1, 0)];
    let Some(outcome) = &appointment.outcome else { return all };
    all.push(of(OUTCOMES, outcome.at(), outcome.as_str(), 1, 0));
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
    use incident::{appointment::rules::Fact, standing::Happened};

    use super::*;
    use crate::measures::testing::{at, because, booking, counted, incident, words};

    #[test]
    fn those_booked_are_those_that_ended_and_those_to_come() {
        let booked = |starts: &str| Happened::Appointment(Fact::Booked(booking(starts)));
        let moved = |number, by, starts: &str| {
            let (because, booking) = (because("20:30", by), booking(starts));
            Happened::Appointment(Fact::Rescheduled { number, because, booking })
        };
        let missed =
            |number, by| Happened::Appointment(Fact::Missed { number, because: because("22:30", by) });
        let cancelled =
            |number, by| Happened::Appointment(Fact::Cancelled { number, because: because("20:40", by) });
        let kept = |number, is_late| {
            let (at, words) = (at("22:05"), words());
            let (late_by_minutes, as_asked) = (5, None);
            Happened::Appointment(Fact::Kept { number, at, late_by_minutes, is_late, as_asked, words })
        };
        let converted = Happened::Appointment(Fact::ConvertedToDispatch { number: 0, at: at("20:50") });
        let (police, caller) = (Party::Police, Party::Caller);
        let cases = [
            ("to come", vec![booked("22:00")], vec!["to_come"], vec![]),
            ("kept", vec![booked("22:00"), kept(0, false)], vec!["kept"], vec!["22:05"]),
            ("late", vec![booked("22:00"), kept(0, true)], vec!["late"], vec!["22:05"]),
            (
                "cancelled",
                vec![booked("22:00"), cancelled(0, caller)],
                vec!["cancelled_by_caller"],
                vec!["20:40"],
            ),
            ("sent at once", vec![booked("22:00"), converted], vec!["converted_to_dispatch"], vec!["20:50"]),
            (
                "moved, missed and booked again",
                vec![booked("21:30"), moved(0, police, "22:00"), missed(1, police), booked("23:00")],
                vec!["rescheduled_by_police", "missed_by_police", "to_come"],
                vec!["20:30", "22:30"],
            ),
        ];
        for (case, happened, reasons, ended) in cases {
            let all = contributions(&incident("theft", &[], happened));
            let booked = counted(BOOKED, &all);
            let expected: Vec<_> = reasons.iter().map(|one| ((*one).to_owned(), 1, 0)).collect();
            assert_eq!(booked, expected, "{case}");
            let outcomes = counted(OUTCOMES, &all);
            assert_eq!(
                outcomes.len() + usize::from(reasons.last() == Some(&TO_COME)),
                booked.len(),
                "{case}"
            );
            assert!(outcomes.iter().all(|one| booked.contains(one)), "{case}: {outcomes:?}");
            let days = all.iter().filter(|one| one.measure == OUTCOMES).map(|one| one.at);
            assert_eq!(days.collect::<Vec<_>>(), ended.into_iter().map(at).collect::<Vec<_>>(), "{case}");
        }
    }

    #[test]
    fn an_appointment_that_the_caller_missed_counts_by_the_first_rule_only() {
        let booked = |starts: &str| Happened::Appointment(Fact::Booked(booking(starts)));
        let missed =
            |number, by| Happened::Appointment(Fact::Missed { number, because: because("22:30", by) });
        let kept = |number, is_late| {
            let (at, words) = (at("22:05"), words());
            let (late_by_minutes, as_asked) = (5, None);
            Happened::Appointment(Fact::Kept { number, at, late_by_minutes, is_late, as_asked, words })
        };
        for (case, what, first, second) in [
            ("kept", kept(0, false), Some(1), Some(1)),
            ("late", kept(0, true), Some(0), Some(0)),
            ("missed by police", missed(0, Party::Police), Some(0), Some(0)),
            ("missed by the caller", missed(0, Party::Caller), Some(0), None),
        ] {
            let gist = incident("theft", &[], vec![booked("22:00"), what]);
            let one = |all: Vec<Contribution>| counted(KEPT, &all).first().map(|one| one.1);
            assert_eq!(one(contributions(&gist)), first, "{case}");
            let later = later(&gist);
            assert!(later.iter().all(|(rule, one)| *rule == 2 && one.measure == KEPT), "{case}: {later:?}");
            assert_eq!(one(later.into_iter().map(|(_, one)| one).collect()), second, "{case}");
        }
        assert!(later(&incident("theft", &[], vec![booked("22:00")])).is_empty());
    }

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
