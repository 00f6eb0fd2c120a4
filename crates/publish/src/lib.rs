//! The paper: what the committee reads, composed once and rendered many ways.
//!
//! A paper is composed as a [`document::Draft`], which numbers its sections and paragraphs and, when it is
//! finished, is a [`document::Document`]: one tree, free of any format. HTML is the paper of record; the PDF
//! and the plain text are renditions of the same tree, and a test holds them to the same words.

pub mod document;
pub mod paper;

mod fold;
mod press;

pub use fold::{Memory, TABLES, refold};
pub use paper::pages::routes;
pub use press::{pdf, typeset_here, typeset_with};
