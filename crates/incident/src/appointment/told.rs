//! What happened to the appointments of an incident, told in the words of its timeline.

use contact::codes::words;
use journal::words::moment;

use super::{
    definition,
    life::{Booking, Party},
    rules::{Because, Fact},
};
use crate::{incident::told::Told, unit};

/// The title of a fact, its details, and the kind of moment that it is.
pub(crate) fn told(fact: Fact) -> Told {
    match fact {
        Fact::Asked(asked) => {
            let details = vec![pair("Asked by way of", asked.way.words())];
            (format!("Interviewer: {}", asked.answer.words().to_lowercase()), details, "update")
        }
        Fact::Excepted { ground, reason, .. } => {
            let details = vec![pair("Ground", ground.words()), pair("Reason", reason.shown())];
            ("Exception from the interviewer’s gender".to_owned(), details, "decision")
        }
        Fact::RebookingAllowed { reason, .. } => {
            let details = vec![pair("Reason", reason.shown())];
            ("Police may move the appointment once more".to_owned(), details, "decision")
        }
        Fact::Booked(booking) => {
            (format!("Appointment booked: {}", when(&booking)), booked(&booking), "target")
        }
        Fact::Rescheduled { because, booking, .. } => {
            let mut details = why(&because);
            details.extend(booked(&booking));
            let whose = whose(because.by);
            (format!("Appointment moved by {whose}: {}", when(&booking)), details, "target")
        }
        Fact::Cancelled { because, .. } => {
            (format!("Appointment cancelled by {}", whose(because.by)), why(&because), "target")
        }
        Fact::Missed { because, .. } => {
            (format!("Appointment missed by {}", whose(because.by)), why(&because), "decision")
        }
        Fact::Kept { late_by_minutes, as_asked, words, .. } => {
            let late =
                if late_by_minutes > 0 { format!("{late_by_minutes} minutes late") } else { String::new() };
            let as_asked = match as_asked {
                None => "",
                Some(true) => "as they asked",
                Some(false) => "not as they asked",
            };
            let details = vec![pair("", &late), pair("Interviewer", as_asked), pair("", words.shown())];
            ("Appointment kept".to_owned(), details, "done")
        }
        Fact::ConvertedToDispatch { .. } => {
            let details = vec![pair("", "Officers are sent at once instead.")];
            ("Appointment converted to dispatch".to_owned(), details, "target")
        }
        Fact::NotWanted { reason, .. } => {
            ("No other appointment is wanted".to_owned(), vec![pair("Reason", reason.shown())], "decision")
        }
    }
}

fn pair(name: &str, words: &str) -> (String, String) {
    (name.to_owned(), words.to_owned())
}

fn whose(by: Party) -> &'static str {
    match by {
        Party::Police => "police",
        Party::Caller => "the caller",
    }
}

fn when(booking: &Booking) -> String {
    moment(booking.place.starts_at)
}

fn booked(booking: &Booking) -> Vec<(String, String)> {
    let place = format!("{}, {}", booking.station, unit::name(&booking.unit));
    vec![
        pair("How", booking.mode.words()),
        pair("Diary", &place),
        pair("Officer", booking.gender.map_or("", |gender| gender.words())),
        pair("The caller’s wish", booking.why_later.shown()),
    ]
}

fn why(because: &Because) -> Vec<(String, String)> {
    vec![
        pair("Reason", words(definition::reasons(), &because.reason)),
        pair("", because.words.shown()),
        pair("They were told by", because.told.map_or("", |way| way.words())),
    ]
}
