//! Somebody else saved the contact while it was typed in: what both wrote is shown, and nothing is written over.

use contact::{
    contact::rules as contact_rules,
    draft::rules::{Fields, Merged, merge},
    preference::rules as preference_rules,
    thrive::{self, rules as thrive_rules},
};
use journal::{Connection, DatabaseError, Id, history, last_seq};

use super::fields::{Record, fields, is_risk};

/// The form as the contact, and the assessment of the incident that it opened, filled it after entry `seq`; nothing if
/// the contact came later.
async fn as_at(
    conn: &mut Connection,
    id: &Id,
    seq: i64,
    opened: Option<&Id>,
) -> Result<Option<Fields>, DatabaseError> {
    let (mut contact, mut preference, mut thrive) = (None, None, None);
    let mut entries = history(conn, id, seq).await?;
    if let Some(incident) = opened {
        entries.extend(history(conn, incident, seq).await?);
    }
    for entry in entries {
        if let Some(fact) = entry.fact::<contact_rules::Fact>()? {
            contact = Some(contact_rules::apply(contact, &fact));
        } else if let Some(fact) = entry.fact::<preference_rules::Fact>()? {
            preference = Some(preference_rules::apply(preference, &fact));
        } else if let Some(fact) = entry.fact::<thrive_rules::Fact>()? {
            thrive = Some(thrive_rules::apply(thrive, &fact));
        }
    }
    let assessment = thrive.map(|thrive: thrive_rules::Thrive| thrive.latest);
    let opened = opened.cloned();
    Ok(contact.map(|contact| fields(&Record { contact, preference, assessment, opened })))
}

/// The last entry that the form knows of: of the contact, or of the assessment of the incident that it opened.
pub async fn last(conn: &mut Connection, id: &Id, record: &Record) -> Result<i64, DatabaseError> {
    let of_the_contact = last_seq(conn, id).await?;
    let assessed = match &record.opened {
        Some(incident) => thrive::rows::last_seq(conn, incident).await?,
        None => None,
    };
    Ok(of_the_contact.max(assessed.unwrap_or(0)))
}

/// Brings what was typed from entry `seq` on together with what was saved since. What a program left out (`is_part`) is
/// as it was.
pub async fn together(
    conn: &mut Connection,
    id: &Id,
    seq: i64,
    now: &Record,
    typed: &Fields,
    is_part: bool,
) -> Result<Merged, DatabaseError> {
    let theirs = fields(now);
    // An entry that there is not yet was never seen.
    let seq = if seq > last(conn, id, now).await? { -1 } else { seq };
    let base = as_at(conn, id, seq, now.opened.as_ref()).await?.unwrap_or_default();
    let mut mine = typed.clone();
    for (name, value) in &base {
        // An earlier one that the form did not show was not changed by it.
        if (is_part || name.starts_with("link-")) && !mine.contains_key(name) {
            mine.insert(name.clone(), value.clone());
        }
    }
    Ok(merge(&base, &theirs, &mine, is_risk))
}
