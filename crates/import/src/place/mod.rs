//! Cells become a draft plan: the heading row is found by its words, each row below it goes to its
//! recommendation, and what is not understood is listed with its place.

mod actions;
mod fields;
mod heading_words;
pub(crate) mod headings;
pub(crate) mod ledger;
mod rows;
mod targets;

use journal::Refusal;

use self::rows::Walk;
use crate::kind::refuse;
use crate::{Placed, Sheet};

/// Makes a draft plan of the cells that [`crate::read`] found.
///
/// Refused only where there is no plan at all: no table with the headings of one, or no recommendation below
/// them. Everything less is in [`Placed::unsure`].
pub fn place(sheets: &[Sheet]) -> Result<Placed, Refusal> {
    let mut walk = Walk::of(sheets);
    walk.all(sheets);
    if !walk.found_headings {
        return Err(refuse(format!(
            "No table of the file has the headings of an improvement plan. Give the table a row of headings: {}.",
            headings::EXPECTED
        )));
    }
    let title = walk.title.take().or(walk.paper.take());
    let recommendations = walk.draft();
    if recommendations.is_empty() {
        return Err(refuse(
            "The table has the headings of an improvement plan, but no recommendation below them. Give each \
             recommendation a row that begins with its number.",
        ));
    }
    let (cells, unsure) = walk.ledger.close();
    Ok(Placed { title, recommendations, unsure, cells_read: cells.len(), cells })
}
