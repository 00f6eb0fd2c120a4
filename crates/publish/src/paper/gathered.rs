//! What a paper is composed of, read in one reading: the register, the last paper about the same, and what
//! stands around. A fixed number of statements, whatever the paper.

use std::sync::Arc;

use jiff::Timestamp;
use journal::{AsAt, Connection, DatabaseError, Id, Refusal};
use plan::register::{rows::load, rules::Register};

use super::{
    around::Around,
    compose::compose,
    details::Details,
    exhibit::{Asking, Room},
    rows::earlier,
    rules::{Earlier, Known, last_about},
    subject::Subject,
};
use crate::document::Document;

/// The last paper about the same inspections, and the register as it counted it.
#[derive(Debug, Clone)]
pub struct Last {
    /// The paper.
    pub paper: Earlier,
    /// The register at its position, seen from its day.
    pub register: Register,
}

/// What a paper is composed of.
#[derive(Debug, Clone)]
pub struct Gathered {
    /// The register it counts.
    pub register: Arc<Register>,
    /// The last paper about the same.
    pub last: Option<Last>,
    /// What stands around.
    pub around: Around,
}

impl Gathered {
    /// Everything for the paper that `details` asks for, as at `as_at`, seen `now`.
    pub async fn load(
        conn: &mut Connection,
        details: &Details,
        as_at: AsAt,
        now: Timestamp,
    ) -> Result<Self, DatabaseError> {
        let register = Arc::new(load(&mut *conn, as_at, now).await?);
        let before = earlier(&mut *conn, register.position.seq).await?;
        let last = match last_about(before, details, register.position.seq) {
            Some(paper) => {
                let then = AsAt::EntryOn(paper.counted_at, paper.on);
                Some(Last { register: load(&mut *conn, then, now).await?, paper })
            }
            None => None,
        };
        let around = Around::load(conn, Arc::clone(&register)).await?;
        Ok(Self { register, last, around })
    }

    /// With what another room shows beside the recommendations that the paper tells; `is_final` when it is frozen.
    pub async fn beside(
        mut self,
        conn: &mut Connection,
        room: Option<Room>,
        (paper, details): (&Id, &Details),
        is_final: bool,
    ) -> Result<Result<Self, Refusal>, DatabaseError> {
        let Some(room) = room else { return Ok(Ok(self)) };
        let recommendations = self.tells(details);
        let (entry, today) = (self.register.position.seq, self.register.position.today);
        let asking = Asking { conn, paper, recommendations, entry, today, is_final };
        Ok((room.show)(asking).await?.map(|exhibits| {
            self.around.exhibits = exhibits;
            self
        }))
    }

    /// The recommendations that the paper tells one by one.
    pub fn tells(&self, details: &Details) -> Vec<Id> {
        Subject::of(details, &self.register, self.last.as_ref(), &self.around).told()
    }

    /// The paper.
    pub fn compose(&self, details: &Details) -> Result<Document, Refusal> {
        compose(details, &self.register, self.last.as_ref(), &self.around)
    }

    /// What the rule has to know before the paper is frozen.
    pub fn known(&self, details: &Details) -> Known {
        Known { bodies: Vec::new(), unaccepted: self.around.unaccepted(details.scope()) }
    }
}
