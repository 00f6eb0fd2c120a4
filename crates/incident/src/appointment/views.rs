//! The appointments of one incident as its page shows them.

use jiff::Timestamp;
use journal::words::moment;
use serde::Serialize;

use super::{
    definition,
    life::{Appointment, Appointments, Outcome, Party, said},
};
use crate::codes;

/// One appointment on the page of its incident.
#[derive(Debug, Serialize)]
pub struct AppointmentRow {
    /// When it begins.
    pub when: String,
    /// The station, and how they are seen.
    pub place: String,
    /// What became of it.
    pub state: String,
    /// Whether its outcome is owed, or police missed it.
    pub is_alarming: bool,
}

/// The appointments, the latest first.
pub fn rows(appointments: &Appointments, now: Timestamp) -> Vec<AppointmentRow> {
    appointments.all.iter().rev().map(|one| row(one, now)).collect()
}

fn row(one: &Appointment, now: Timestamp) -> AppointmentRow {
    let booking = &one.booking;
    let is_owed = one.outcome.is_none() && booking.place.starts_at <= now;
    let state = match &one.outcome {
        None if is_owed => "outcome owed".to_owned(),
        None => "to come".to_owned(),
        Some(Outcome::Kept { late_by_minutes, is_late: true, .. }) => {
            format!("kept, {late_by_minutes} minutes late")
        }
        Some(outcome) => said(outcome.as_str()).to_owned(),
    };
    let is_missed = matches!(one.outcome, Some(Outcome::Missed { by: Party::Police, .. }));
    AppointmentRow {
        when: moment(booking.place.starts_at),
        place: format!("{}, {}", booking.station, booking.mode.words().to_lowercase()),
        state,
        is_alarming: is_owed || is_missed,
    }
}

/// What was answered to the question of the interviewer’s gender; empty where nobody asked.
pub fn interviewer(appointments: &Appointments) -> String {
    let asked = appointments.asked.as_ref().map(|asked| asked.answer.words());
    let excepted = appointments.excepted.as_ref().map(|(ground, ..)| ground.words());
    match (asked, excepted) {
        (None, None) => String::new(),
        (Some(asked), None) => asked.to_owned(),
        (asked, Some(ground)) => format!("{}; exception {ground}", asked.unwrap_or("Not asked")),
    }
}

/// The standard of a family for what is booked today, in a sentence.
pub fn standard(family: &definition::Family, now: Timestamp) -> String {
    let standard = definition::standard(&family.key, codes::day_of(now));
    let earliest = if family.is_protected { " The earliest that fits comes first." } else { "" };
    format!("{}: within {} hours.{earliest}", family.words, standard.longest_wait_hours)
}
