//! Somebody else saved the contact while it was typed in: what both wrote is shown, and nothing is written over.

use contact::{
    contact::rules as contact_rules,
    draft::rules::{Fields, Merged, merge},
    preference::rules as preference_rules,
    thrive::rules as thrive_rules,
};
use journal::{Connection, DatabaseError, Id, history};

use super::fields::{Record, fields, is_risk};

/// The form as the contact filled it after entry `seq`; nothing if the contact came later.
async fn as_at(conn: &mut Connection, id: &Id, seq: i64) -> Result<Option<Fields>, DatabaseError> {
    let (mut contact, mut preference, mut thrive) = (None, None, None);
    for entry in history(conn, id, seq).await? {
        if let Some(fact) = entry.fact::<contact_rules::Fact>()? {
            contact = Some(contact_rules::apply(contact, &fact));
        } else if let Some(fact) = entry.fact::<preference_rules::Fact>()? {
            preference = Some(preference_rules::apply(preference, &fact));
        } else if let Some(fact) = entry.fact::<thrive_rules::Fact>()? {
            thrive = Some(thrive_rules::apply(thrive, &fact));
        }
    }
    let assessment = thrive.map(|thrive: thrive_rules::Thrive| thrive.latest);
    Ok(contact.map(|contact| fields(&Record { contact, preference, assessment })))
}

/// Brings what was typed from entry `seq` on together with what somebody else saved since.
pub async fn together(
    conn: &mut Connection,
    id: &Id,
    seq: i64,
    now: &Record,
    typed: &Fields,
) -> Result<Merged, DatabaseError> {
    let theirs = fields(now);
    let base = as_at(conn, id, seq).await?.unwrap_or_default();
    let mut mine = typed.clone();
    // An earlier one that the form did not show was not changed by it.
    for (name, value) in &base {
        if name.starts_with("link-") && !mine.contains_key(name) {
            mine.insert(name.clone(), value.clone());
        }
    }
    Ok(merge(&base, &theirs, &mine, is_risk))
}
