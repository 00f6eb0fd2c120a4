//! What other rooms tell of a recommendation on its page: the measures that are attached to it as evidence.
//!
//! This room knows none of them: the binary lays their functions around the site, and each gives a [`Panel`].

use std::pin::Pin;

use journal::{Connection, DatabaseError};
use serde::Serialize;
use users::User;

use crate::register::rules::Item;

/// Whom a room tells of which recommendation.
pub struct Asking<'a> {
    /// Where it may read.
    pub conn: &'a mut Connection,
    /// The recommendation.
    pub item: &'a Item,
    /// Who looks at it: a room tells nobody what their role may not read.
    pub who: &'a User,
}

/// What a room tells; nothing where it has nothing to say to them.
pub type Telling<'a> = Pin<Box<dyn Future<Output = Result<Option<Panel>, DatabaseError>> + Send + 'a>>;

/// The rooms that tell something, in the order in which they are shown.
#[derive(Clone, Copy)]
pub struct Beside(pub &'static [for<'a> fn(Asking<'a>) -> Telling<'a>]);

/// What one room tells.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Panel {
    /// Its heading: "Measured evidence".
    pub heading: String,
    /// What is said where there is nothing.
    pub empty: String,
    /// What there is, the first first.
    pub lines: Vec<Line>,
    /// What may be begun from here: addresses and words.
    pub steps: Vec<(String, String)>,
}

/// One thing of a room.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Where it is.
    pub address: String,
    /// What it is called.
    pub reference: String,
    /// What it is.
    pub words: String,
    /// More about it.
    pub note: String,
    /// How it stands.
    pub state: String,
    /// Whether something is in the way.
    pub is_alarming: bool,
    /// Whether it stands well.
    pub is_good: bool,
    /// A small picture of its values.
    pub spark: Option<Spark>,
}

/// A small line of values, in a picture of 120 by 28.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Spark {
    /// Its title.
    pub title: String,
    /// What it shows, for whoever does not see it.
    pub description: String,
    /// The line: "x,y x,y".
    pub points: String,
    /// Where its last value lies, from the left.
    pub last_x: String,
    /// Where its last value lies, from the top.
    pub last_y: String,
}

/// What every room tells, one after the other.
pub(crate) async fn told(
    beside: Option<Beside>,
    conn: &mut Connection,
    item: &Item,
    who: &User,
) -> Result<Vec<Panel>, DatabaseError> {
    let mut all = Vec::new();
    for room in beside.map_or(&[][..], |Beside(rooms)| rooms) {
        all.extend(room(Asking { conn: &mut *conn, item, who }).await?);
    }
    Ok(all)
}
