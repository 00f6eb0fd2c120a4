//! What the measures need of lives, packed small: so that everything that is counted can be counted anew for a year, without
//! reading a year of the journal (decisions/0039).
//!
//! Every measure but those of FD-1 is a function of a gist. The worker takes it from the life of a subject, counts it, and
//! keeps it as a line of text; whoever counts anew reads the lines. For FD-1 the issues are kept ([`crate::told`]).

pub mod anew;
pub mod line;
pub mod of;
pub mod rows;
