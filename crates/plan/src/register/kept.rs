//! The present register, kept in memory as at its entry (decisions/0011).
//!
//! A page asks the database only how far the journal has got. If that is where the kept register was read, the
//! rows need not be read again: they are the fold of the same entries. If it has got further, only what the
//! entries since are about is read.

use std::sync::Arc;

use journal::{AsAt, DatabaseError, Position, Reading, position};
use web::Site;

use super::{
    rows::{follow, load_at},
    rules::Register,
};

/// The register as at `as_at`, in the snapshot of `read`.
pub async fn register(site: &Site, read: &mut Reading, as_at: AsAt) -> Result<Arc<Register>, DatabaseError> {
    let position: Position = position(&mut *read, as_at, site.now()).await?;
    if position.is_past {
        return Ok(Arc::new(load_at(read, position).await?));
    }
    let register = match site.journal.kept_until::<Register>(position.seq) {
        Some(register) if register.position == position => return Ok(register),
        Some(register) if register.position.seq == position.seq => {
            Arc::new(Register { position, ..register.as_ref().clone() })
        }
        Some(register) => Arc::new(follow(read, &register, position).await?),
        None => Arc::new(load_at(read, position).await?),
    };
    site.journal.keep(position.seq, Arc::clone(&register));
    Ok(register)
}
