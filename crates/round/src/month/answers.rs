//! Who has answered: derived from the register, never typed.

use std::collections::BTreeMap;

use jiff::civil::Date;
use journal::{Connection, DatabaseError, Id, OPEN_END, Position};
use plan::register::{
    rows::load_at,
    rules::{Item, Register, scottish_day},
};

use super::{
    rows::{self, Kept},
    rules::Seen,
};

/// What the register says of everything that was asked about in a round.
pub fn seen(kept: &Kept, register: &Register) -> BTreeMap<Id, Seen> {
    let of = |id: &Id| (id.clone(), register.item(id).map_or_else(Seen::default, |item| see(kept, item)));
    kept.round.requests.iter().map(|request| of(&request.recommendation)).collect()
}

/// An update answers if it was recorded after the round was opened and, where it is closed, before that: a
/// closed round keeps saying what was so when it was closed.
fn see(kept: &Kept, item: &Item) -> Seen {
    let until = kept.closed_seq.unwrap_or(OPEN_END);
    let answer = item.updates.iter().find(|said| kept.opened_seq < said.seq && said.seq < until);
    let by_then = |on: Date| kept.round.closed_on.is_none_or(|closed_on| on <= closed_on);
    Seen {
        label: item.label(),
        post: item.recommendation.owner_post.clone(),
        answered_on: answer.map(|said| scottish_day(said.at)),
        is_closed: !item.is_open() && item.recommendation.status_on.is_none_or(by_then),
    }
}

/// A request that still waits for its answer, for the person in the post.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Asked {
    /// By which day.
    pub due_on: Date,
    /// About which recommendation.
    pub recommendation: Id,
    /// Of which post: who owns it now.
    pub post: String,
    /// In which round.
    pub round: Id,
}

/// Every request of an open round that waits for its answer, the nearest day first. Whoever has loaded the
/// register already asks [`asked_in`].
pub async fn asked_for(conn: &mut Connection) -> Result<Vec<Asked>, DatabaseError> {
    let open = rows::open(&mut *conn).await?;
    if open.is_empty() {
        return Ok(Vec::new());
    }
    // Who has answered does not depend on the day it is looked at.
    let position = Position { seq: OPEN_END - 1, today: Date::MIN, is_past: false };
    Ok(waiting(&open, &load_at(conn, position).await?))
}

/// Like [`asked_for`], from a register as it is now.
pub async fn asked_in(conn: &mut Connection, register: &Register) -> Result<Vec<Asked>, DatabaseError> {
    Ok(waiting(&rows::open(conn).await?, register))
}

fn waiting(open: &[Kept], register: &Register) -> Vec<Asked> {
    let mut asked = Vec::new();
    for kept in open {
        let seen = seen(kept, register);
        for request in kept.round.requests.iter().filter(|request| request.withdrawn.is_none()) {
            let Some(seen) = seen.get(&request.recommendation).filter(|seen| seen.is_silent()) else {
                continue;
            };
            asked.push(Asked {
                due_on: kept.round.due_on,
                recommendation: request.recommendation.clone(),
                post: if seen.post.is_empty() { request.post.clone() } else { seen.post.clone() },
                round: kept.id.clone(),
            });
        }
    }
    asked.sort();
    asked
}
