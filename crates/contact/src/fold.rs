//! Folding the room's facts again, for `check` and `rebuild`.

use journal::{Entry, Folded, Tx};

use crate::{
    contact::{rows::Contacts, rules::Contact},
    outage::{rows::Outages, rules::Outage},
    place::{self, rules::Edition},
    preference::{rows::Preferences, rules::Preference},
    thrive::{rows::Thrives, rules::Thrive},
};

/// The tables that are the fold of the room's facts.
pub const TABLES: [&str; 9] = [
    "contact",
    "contact_link",
    "contact_key",
    "contact_given_up",
    "gazetteer",
    "outage",
    "preference",
    "preference_unsafe",
    "thrive",
];

/// The room's states while the journal is folded from its start.
#[derive(Debug, Default)]
pub struct Memory {
    /// Contacts.
    pub contacts: Folded<Contact>,
    /// Editions of the gazetteer.
    pub gazetteer: Folded<Edition>,
    /// When systems were down.
    pub outages: Folded<Outage>,
    /// How their callers may be reached, by contact.
    pub preferences: Folded<Preference>,
    /// Assessments, by contact or incident.
    pub thrives: Folded<Thrive>,
}

/// Folds one entry and saves its rows, if it is one of this room's.
pub async fn refold(tx: &mut Tx, memory: &mut Memory, entry: &Entry) -> Result<(), sqlx::Error> {
    journal::refold::<Contacts>(tx, &mut memory.contacts, entry).await?;
    place::rows::refold(tx, &mut memory.gazetteer, entry).await?;
    journal::refold::<Outages>(tx, &mut memory.outages, entry).await?;
    journal::refold::<Preferences>(tx, &mut memory.preferences, entry).await?;
    journal::refold::<Thrives>(tx, &mut memory.thrives, entry).await
}
