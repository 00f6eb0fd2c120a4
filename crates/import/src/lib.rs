//! A published improvement plan, in whatever file it came, becomes a draft plan.
//!
//! An inspectorate publishes recommendations; the body inspected answers with an improvement plan: a table
//! of recommendations, each with its risk exposure, the actions to be taken, who owns it, the impact sought,
//! when it is due and how it goes. The table reaches us as a workbook, a Word paper, a web page, a CSV or a
//! paste. This room reads it, in two steps that a person can check:
//!
//! 1. [`read`]: a file becomes [`Sheet`]s of [`Cell`]s. The kind is told by content, never by name. A file
//!    is hostile until read: see `limits.rs` for what it may cost, `archive.rs` for zip bombs, `xml.rs` for
//!    entities and depth.
//! 2. [`place`]: cells become a draft plan. The heading row is found by its words, in any order of columns;
//!    whatever is not understood is listed with its place and what to do about it. No cell is lost: every
//!    one that holds words is placed or listed as unsure, exactly once.
//!
//! A committee's progress paper over several inspections is another thing than a plan: [`is_national`] tells it,
//! and [`place_paper`] places it with the same account of every cell.
//!
//! It knows no database and no clock, and changes nobody's words beyond trimming the white space at the ends
//! and around a split. What becomes of the draft is the `plan` room's business.

mod archive;
mod draft;
mod kind;
pub mod limits;
mod national;
mod place;
mod read;
mod reference;
mod sheet;
mod target_date;
mod target_words;
mod xml;

pub use draft::{DraftAction, DraftRecommendation, Placed, PlacedCell, Unsure};
pub use national::{
    Closed, Cover, Measure, Named, NationalPaper, OpenOne, PlanLink, Publication, StatedFigure, SummaryRow,
    is_national, place_paper,
};
pub use place::place;
pub use read::read;
pub use reference::normal_reference;
pub use sheet::{Cell, Line, Sheet};
pub use target_date::TargetDate;
