//! How a paper is kept: JSON with the number of its schema.
//!
//! A published paper must read the same for ever. A schema once released is never changed; a new one becomes a
//! new variant here, and the old one is read as the new.

use super::check::{self, Faults};
use super::{Block, Document, Tree, each_block};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(tag = "schema")]
pub enum Stored {
    #[serde(rename = "paper-1")]
    One(Tree),
    /// The first with figures: what read only the first must not take one for nothing.
    #[serde(rename = "paper-2")]
    Two(Tree),
}

impl TryFrom<Stored> for Document {
    type Error = Faults;

    fn try_from(stored: Stored) -> Result<Self, Faults> {
        let (Stored::One(tree) | Stored::Two(tree)) = stored;
        check::check(tree).map_err(Faults)
    }
}

impl From<Document> for Stored {
    fn from(document: Document) -> Self {
        let mut has_figure = false;
        each_block(&document.blocks, &mut |block| has_figure |= matches!(block, Block::Figure(_)));
        if has_figure { Self::Two(document.0) } else { Self::One(document.0) }
    }
}
