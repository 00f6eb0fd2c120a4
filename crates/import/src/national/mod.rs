//! The national progress paper: a committee's summary of what became of the recommendations of several
//! inspections.
//!
//! Such a paper ("HMICS Improvement Plans – Progress Summary") has a cover, prose that states figures, tables of
//! the recommendations closed in the reporting period ("Recommendation | What we did and the impact") and of those
//! open ("Recommendation | What we are doing"), each under the name of its publication ("Events (2019)"), and a
//! summary table with a row for each publication. It reaches us flattened: rows are cut where a page ended, and
//! cells have the tags of a web page in them. What the paper gets wrong is not mended; it is kept as printed or
//! listed.

mod breaks;
mod checks;
mod cover;
mod items;
mod names;
mod paper;
mod rows;
mod stated;
mod summary;
mod tables;
mod update;
mod walk;
mod words;

use journal::Refusal;

pub use self::paper::{
    Closed, Cover, Measure, Named, NationalPaper, OpenOne, PlanLink, Publication, StatedFigure, SummaryRow,
};
use self::walk::Walk;
use crate::Sheet;
use crate::kind::refuse;

/// Whether the sheets that [`crate::read`] found are a national progress paper and not the plan of one inspection:
/// it has the summary table, or tables of recommendations under more than one publication, or under one with the
/// cover of a paper before it.
#[must_use]
pub fn is_national(sheets: &[Sheet]) -> bool {
    Walk::down(sheets).is_national()
}

/// Makes a national paper of the cells that [`crate::read`] found.
///
/// Refused only where there is no such paper at all, or no recommendation in it. Everything less is in
/// [`NationalPaper::unsure`].
pub fn place_paper(sheets: &[Sheet]) -> Result<NationalPaper, Refusal> {
    let mut walk = Walk::down(sheets);
    if !walk.is_national() {
        return Err(refuse(
            "No table of the file has the headings of a national progress paper. Give each table of recommendations \
             the name of its publication and, below it, the headings “Recommendation” and “What we did and the \
             impact” or “What we are doing”.",
        ));
    }
    if walk.items.is_empty() {
        return Err(refuse(
            "The paper has the headings of a national progress paper, but no recommendation below them. Give each \
             recommendation a row that begins with its reference, such as “R8”.",
        ));
    }
    let (stated, doubts) = stated::read(sheets);
    items::file(&mut walk);
    checks::broken_off(&mut walk);
    checks::summary(&mut walk);
    checks::totals(&mut walk);
    checks::stated(&mut walk, &stated, doubts);
    let (cells, unsure) = walk.ledger.close();
    Ok(NationalPaper {
        cover: walk.cover,
        publications: walk.publications,
        summary: walk.summary.rows.into_iter().map(|(row, _)| row).collect(),
        total: walk.summary.total.map(|(row, _)| row),
        stated,
        unsure,
        cells_read: cells.len(),
        cells,
    })
}
