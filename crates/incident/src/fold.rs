//! Folding the room's facts again, for `check` and `rebuild`.

use journal::{Entry, Folded, Tx};

use crate::{
    appointment::{life::Appointments, rows::Bookings},
    closure::{rows::Closures, rules::Closure},
    custody::{rows::Custodies, rules::Custody},
    grade::{rows::Grades, rules::Graded},
    incident::{rows::Incidents, rules::Incident},
    promise::{rows::Promises, rules as promise},
    response::{rows::Responses, rules::Response},
};

/// The tables that are the fold of the room's facts.
pub const TABLES: [&str; 5] = ["incident", "incident_contact", "incident_word", "promise", "appointment"];

/// The room's states while the journal is folded from its start.
#[derive(Debug, Default)]
pub struct Memory {
    /// Incidents.
    pub incidents: Folded<Incident>,
    /// Their grades.
    pub grades: Folded<Graded>,
    /// Whose they are.
    pub custodies: Folded<Custody>,
    /// What was sent.
    pub responses: Folded<Response>,
    /// Their closings.
    pub closures: Folded<Closure>,
    /// What was promised.
    pub promises: Folded<promise::Promises>,
    /// Their appointments.
    pub appointments: Folded<Appointments>,
}

/// Folds one entry and saves its rows, if it is one of this room's.
pub async fn refold(tx: &mut Tx, memory: &mut Memory, entry: &Entry) -> Result<(), sqlx::Error> {
    journal::refold::<Incidents>(tx, &mut memory.incidents, entry).await?;
    journal::refold::<Grades>(tx, &mut memory.grades, entry).await?;
    journal::refold::<Custodies>(tx, &mut memory.custodies, entry).await?;
    journal::refold::<Responses>(tx, &mut memory.responses, entry).await?;
    journal::refold::<Closures>(tx, &mut memory.closures, entry).await?;
    journal::refold::<Promises>(tx, &mut memory.promises, entry).await?;
    journal::refold::<Bookings>(tx, &mut memory.appointments, entry).await
}
