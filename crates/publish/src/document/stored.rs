//! How a paper is kept: JSON with the number of its schema.
//!
//! A published paper must read the same for ever. A schema once released is never changed; a new one becomes a
//! new variant here, and the old one is read as the new.

use super::check::{self, Faults};
use super::{Document, Tree};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(tag = "schema")]
pub enum Stored {
    #[serde(rename = "paper-1")]
    One(Tree),
}

impl TryFrom<Stored> for Document {
    type Error = Faults;

    fn try_from(stored: Stored) -> Result<Self, Faults> {
        let Stored::One(tree) = stored;
        check::check(tree).map_err(Faults)
    }
}

impl From<Document> for Stored {
    fn from(document: Document) -> Self {
        Self::One(document.0)
    }
}
