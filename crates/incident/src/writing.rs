//! What people are told by itself when something happens to an appointment of theirs: booked, moved, cancelled or missed
//! by police.
//!
//! It is said in the same transaction, through the gate of the room of messages, to whoever was in touch first. Where
//! there is no way that is safe it is held back as a fact, and somebody calls.

use diary::place::Mode;
use jiff::Timestamp;
use journal::{Actor, DatabaseError, Id, Refusal, Tx, words::moment};
use message::message::saying::{About, say_until};

use crate::{
    appointment::{
        booking::family,
        life::{Booking, Party},
        rules::Fact,
    },
    incident::rows,
    standing::{Happened, Standing},
    words::first_of,
};

/// As much of a station’s name as a message takes.
const STATION: usize = 100;

/// What is said: a template, what is filled in, and when it is of no more use.
type Said = (&'static str, Vec<(&'static str, String)>, Option<Timestamp>);

/// What is said of something that happened; nothing where nobody is written to. `before` is the incident before it. Pure.
fn said(before: &Standing, happened: &Happened) -> Option<Said> {
    let Happened::Appointment(fact) = happened else { return None };
    let had = |number: &usize| before.appointments.all.get(*number).map(|one| one.booking.place.starts_at);
    Some(match fact {
        Fact::Booked(booking) => {
            let at = booking.place.starts_at;
            ("appointment_booked", vec![("when", moment(at)), ("where", place(booking))], Some(at))
        }
        Fact::Rescheduled { number, booking, .. } => {
            let (before, at) = (had(number)?, booking.place.starts_at);
            let values = vec![("before", moment(before)), ("when", moment(at)), ("where", place(booking))];
            ("appointment_moved", values, Some(before.min(at)))
        }
        Fact::Cancelled { number, because } if because.by == Party::Police => {
            let at = had(number)?;
            ("appointment_cancelled", vec![("when", moment(at))], Some(at))
        }
        Fact::Missed { number, because } if because.by == Party::Police => {
            ("appointment_missed", vec![("when", moment(had(number)?))], None)
        }
        _ => return None,
    })
}

/// Where somebody is seen: never their address, which they know.
fn place(booking: &Booking) -> String {
    match booking.mode {
        Mode::Home => "at the address that you gave us".to_owned(),
        Mode::Station => format!("at {}", first_of(&booking.station, STATION)),
        Mode::Phone => "by phone".to_owned(),
        Mode::Video => "by video".to_owned(),
    }
}

/// Says it to whoever was in touch first, in the transaction in which it happened.
pub async fn write(
    tx: &mut Tx,
    who: &Actor,
    now: Timestamp,
    id: &Id,
    (before, happened): (&Standing, &Happened),
) -> Result<Result<(), Refusal>, DatabaseError> {
    let Some((template, values, not_after)) = said(before, happened) else { return Ok(Ok(())) };
    // A text to somebody whom the force protects can reach the wrong eyes: nothing is written by itself before somebody
    // asked how they may be reached.
    let is_protected = family(before).is_protected;
    if is_protected && contact::preference::rows::of_incident(tx, id).await?.is_empty() {
        return Ok(Ok(()));
    }
    let Some(listed) = rows::one(tx, id).await? else { return Ok(Ok(())) };
    let contact = before.incident.contacts.first().map(|attached| attached.contact.clone());
    let about = About::of(id.clone(), listed.reference(), contact);
    Ok(say_until(tx, who, now, &about, (template, &values), not_after).await?.map(drop))
}
