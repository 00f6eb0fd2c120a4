//! What other rooms tell of an incident on its page: its referrals, and whatever else begins with an incident.
//!
//! This room knows none of them: the binary lays their functions around the site, and each gives a [`Panel`].

use std::pin::Pin;

use jiff::Timestamp;
use journal::{Connection, DatabaseError, Id};
use serde::Serialize;
use users::User;

/// Whom a room tells of which incident, and when.
pub struct Asking<'a> {
    /// Where it may read.
    pub conn: &'a mut Connection,
    /// The incident.
    pub incident: &'a Id,
    /// Who looks at it: a room tells nobody what their role may not read.
    pub who: &'a User,
    /// The moment at which it is looked at.
    pub now: Timestamp,
}

/// What a room tells; nothing where it has nothing to say to them.
pub type Telling<'a> = Pin<Box<dyn Future<Output = Result<Option<Panel>, DatabaseError>> + Send + 'a>>;

/// The rooms that tell something, in the order in which they are shown.
#[derive(Clone, Copy)]
pub struct Beside(pub &'static [for<'a> fn(Asking<'a>) -> Telling<'a>]);

/// What one room tells.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Panel {
    /// Its heading: "Referrals".
    pub heading: String,
    /// What there is, the first first.
    pub lines: Vec<Line>,
    /// What may be begun from here: addresses and words.
    pub steps: Vec<(String, String)>,
    /// What is still owed: it stands at the head of the page.
    pub owed: Vec<String>,
}

/// One thing of a room.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Where it is.
    pub address: String,
    /// What it is called on the telephone.
    pub reference: String,
    /// What it is.
    pub words: String,
    /// How it stands.
    pub state: String,
    /// Whether somebody has to do something about it.
    pub is_alarming: bool,
}

/// What every room tells, one after the other.
pub(crate) async fn told(
    beside: Option<Beside>,
    conn: &mut Connection,
    (incident, who, now): (&Id, &User, Timestamp),
) -> Result<Vec<Panel>, DatabaseError> {
    let mut all = Vec::new();
    for room in beside.map_or(&[][..], |Beside(rooms)| rooms) {
        all.extend(room(Asking { conn: &mut *conn, incident, who, now }).await?);
    }
    Ok(all)
}
