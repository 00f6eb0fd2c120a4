//! The service advisor's screen: one contact, from the first word to the hand-over.
//!
//! It spans both rooms: what is said of the contact are the contact room's facts; it shows earlier incidents and opens
//! one. The whole screen is one form that works without scripts. Whatever of it is new becomes a fact when it is
//! saved; what is typed and not saved is a draft.

mod asking;
mod earlier;
pub mod fields;
mod left_out;
mod lookup;
pub mod pages;
mod save;
mod stale;
mod told;
mod views;

pub use save::record;

use contact::suggestion::rules::Situation;

use crate::incident::rules::Kind;

/// What a suggestion is made of where no screen is open: what the contact has, and the kind of incident.
pub fn situation_of(record: &fields::Record, kind: &Kind) -> Situation {
    let mut fields = fields::fields(record);
    fields.insert("qualifiers".to_owned(), kind.qualifiers.join("\n"));
    fields::situation(record, &fields, 0)
}
