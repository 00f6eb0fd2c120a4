//! Incidents, their appointments, transfers and promises as rows. Pure.

use contact::contact::rules::Location;
use incident::{
    appointment::{
        life::Booking,
        rules::{Because, Fact as Appointment},
    },
    closure::rules::Fact as Closure,
    custody::rules::Fact as Custody,
    grade::rules::{Choice, Fact as Grade},
    incident::rules::{Fact as Incident, Kind},
    promise::rules::Fact as Promise,
    response::rules::Fact as Response,
    standing::Happened,
};
use journal::{DatabaseError, Entry};

use super::{around::Around, row::Row};

/// What happened to an incident itself, its grade, the response or its closing.
pub fn incident(row: &mut Row, entry: &Entry, around: &Around) -> Result<(), DatabaseError> {
    row.pseudonym("incident", Some(around.pseudonym(&entry.subject)));
    match Happened::read(entry)? {
        Some(Happened::Incident(fact)) => itself(row, &fact, around),
        Some(Happened::Grade(fact)) => grade(row, &fact),
        Some(Happened::Response(fact)) => response(row, &fact),
        Some(Happened::Closure(Closure::Closed(closing) | Closure::EndorsementAsked(closing))) => {
            row.key("closure_code", &closing.code);
            row.flag("accounts_conflict", closing.accounts_conflict);
        }
        _ => {}
    }
    Ok(())
}

fn itself(row: &mut Row, fact: &Incident, around: &Around) {
    match fact {
        Incident::Opened { contact, kind, location, .. } => {
            row.pseudonym("contact", Some(around.pseudonym(contact)));
            classified(row, kind);
            located(row, location.as_ref());
        }
        Incident::ContactAttached { attached, .. } => {
            row.pseudonym("contact", Some(around.pseudonym(&attached.contact)));
            row.choice("purpose", &attached.purpose);
        }
        Incident::Classified { kind, .. } => classified(row, kind),
        Incident::Located { location, .. } => located(row, Some(location)),
        Incident::Logged { changes_circumstances, .. } => {
            row.flag("changes_circumstances", *changes_circumstances);
        }
        Incident::Linked { to, .. } => row.pseudonym("linked_to", Some(around.pseudonym(to))),
        Incident::CrimeRecorded { report, .. } | Incident::CrimeWithdrawn { report, .. } => {
            row.pseudonym("crime_report", Some(around.pseudonym(report)));
        }
        Incident::PersonAdded { .. } | Incident::PersonChanged { .. } | Incident::Warned { .. } => {}
    }
}

fn classified(row: &mut Row, kind: &Kind) {
    row.key("incident_type", &kind.incident_type);
    row.key("qualifiers", &kind.qualifiers.join(" "));
}

fn located(row: &mut Row, location: Option<&Location>) {
    row.flag("is_rural", location.and_then(|location| location.is_rural));
}

fn grade(row: &mut Row, fact: &Grade) {
    let mut chosen = |choice: &Choice| {
        row.choice("grade", &choice.grade);
        row.choice("suggested_grade", &choice.suggestion.as_ref().map(|suggestion| suggestion.grade));
        row.key("reason", &choice.reason);
    };
    match fact {
        Grade::Chosen(choice) | Grade::DowngradeAsked(choice) => chosen(choice),
        Grade::Explained { reason, .. } => row.key("reason", reason),
        Grade::DowngradeEndorsed { .. }
        | Grade::DowngradeRefused { .. }
        | Grade::DowngradeReconsidered { .. } => {}
    }
}

/// Who was sent has no column: a call sign is a person’s.
fn response(row: &mut Row, fact: &Response) {
    match fact {
        Response::Resulted { result, .. } => row.key("result", result),
        Response::Reviewed(reviewed) => row.moment("next_review_at", reviewed.next_at),
        Response::AttendanceDecided(decided) => {
            row.integer("policy", decided.policy);
            row.flag("is_excepted", decided.is_excepted);
        }
        Response::Dispatched { .. } | Response::Arrived { .. } => {}
    }
}

/// What happened to an appointment.
pub fn appointment(row: &mut Row, entry: &Entry, around: &Around) -> Result<(), DatabaseError> {
    row.pseudonym("incident", Some(around.pseudonym(&entry.subject)));
    let Some(fact) = entry.fact::<Appointment>()? else { return Ok(()) };
    match &fact {
        Appointment::Asked(asked) => row.choice("answer", &asked.answer),
        Appointment::Excepted { ground, .. } => row.choice("ground", ground),
        Appointment::Booked(made) => {
            row.integer("number", around.number(entry.seq).unwrap_or_default());
            booking(row, made);
        }
        Appointment::Rescheduled { number, because: why, booking: made } => {
            row.integer("number", *number);
            row.integer("new_number", around.number(entry.seq).unwrap_or_default());
            because(row, why);
            booking(row, made);
        }
        Appointment::Cancelled { number, because: why } | Appointment::Missed { number, because: why } => {
            row.integer("number", *number);
            because(row, why);
        }
        Appointment::Kept { number, late_by_minutes, is_late, as_asked, .. } => {
            row.integer("number", *number);
            row.integer("late_by_minutes", *late_by_minutes);
            row.flag("is_late", *is_late);
            row.flag("as_asked", *as_asked);
        }
        Appointment::ConvertedToDispatch { number, .. } => row.integer("number", *number),
        Appointment::RebookingAllowed { .. } | Appointment::NotWanted { .. } => {}
    }
    Ok(())
}

fn because(row: &mut Row, because: &Because) {
    row.choice("by", &because.by);
    row.key("reason", &because.reason);
}

fn booking(row: &mut Row, booking: &Booking) {
    row.key("family", &booking.family);
    row.key("unit", &booking.unit);
    row.choice("mode", &booking.mode);
    row.choice("officer_gender", &booking.gender);
    row.moment("starts_at", booking.place.starts_at);
    row.moment("ends_at", booking.ends_at);
}

/// What happened to whose it is.
pub fn transfer(row: &mut Row, entry: &Entry, around: &Around) -> Result<(), DatabaseError> {
    row.pseudonym("incident", Some(around.pseudonym(&entry.subject)));
    match entry.fact::<Custody>()? {
        Some(Custody::Placed { unit, .. }) => row.key("unit", &unit),
        Some(Custody::Called { unit, assessment_owed, .. }) => {
            row.key("unit", &unit);
            row.flag("assessment_owed", assessment_owed);
        }
        Some(Custody::Offered(offer)) => {
            row.key("unit", &offer.to);
            row.key("code", &offer.code);
            row.choice("old_grade", &offer.old_grade);
            row.choice("new_grade", &offer.new_grade);
            row.key("reason", &offer.reason);
            row.flag("is_life_at_risk", offer.is_life_at_risk);
            row.integer("considered", offer.considered);
        }
        Some(Custody::Accepted { assessment_owed, .. }) => row.flag("assessment_owed", assessment_owed),
        Some(Custody::Returned { reason, .. }) => row.key("reason", &reason),
        Some(Custody::Withdrawn { .. }) | None => {}
    }
    Ok(())
}

/// What happened to a promise.
pub fn promise(row: &mut Row, entry: &Entry, around: &Around) -> Result<(), DatabaseError> {
    row.pseudonym("incident", Some(around.pseudonym(&entry.subject)));
    match entry.fact::<Promise>()? {
        Some(Promise::Made(made)) => {
            row.integer("number", around.number(entry.seq).unwrap_or_default());
            row.key("kind", &made.kind);
            row.moment("due_at", made.due_at);
        }
        Some(Promise::Fulfilled { number, way, .. }) => {
            row.integer("number", number);
            row.choice("way", &way);
        }
        Some(Promise::Withdrawn { number, .. }) => row.integer("number", number),
        None => {}
    }
    Ok(())
}
