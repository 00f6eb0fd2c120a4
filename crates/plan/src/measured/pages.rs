//! The question that a form asks while a measure does not show its claim.

use journal::{Connection, DatabaseError, Id};
use web::{Field, Typed};

use super::{rows::standing, rules::Closing};

/// The field of a form that closes; nothing where nothing is in the way.
pub async fn asked(
    conn: &mut Connection,
    id: &Id,
    word: &str,
    typed: &Typed,
) -> Result<Option<Field>, DatabaseError> {
    if Closing::of(word).is_none() {
        return Ok(None);
    }
    let measured = standing(conn, id).await?;
    let not_shown = measured.not_shown();
    if not_shown.is_empty() {
        return Ok(None);
    }
    let label = "Why it is closed although a measure does not show the effect";
    Ok(Some(Field::lines("although", label, &not_shown.join(" "), 4, typed)))
}
