//! A paper as a tagged PDF, typeset by Typst as PDF/UA-1 and PDF/A-2a at once: readable by a screen reader, and
//! for as long as anyone keeps it.
//!
//! The template is `paper.typ` beside this file. What a person wrote reaches it as data and never as markup, and
//! the template can read that data and nothing else: no other file, no package, no clock. The same tree gives the
//! same bytes.

mod columns;
mod sheet;
mod world;

use super::Document;
use std::collections::BTreeSet;
use std::fmt;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use world::Fittings;

/// Turns papers into PDF. Made once with its fonts, and used for every paper.
pub struct Typesetter {
    fittings: Fittings,
    standards: PdfStandards,
}

/// Why a paper could not be typeset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PdfError {
    /// There is no font to set it in.
    NoFont,
    /// The typesetter refused; its reasons.
    Refused(Vec<String>),
}

impl fmt::Display for PdfError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFont => out.write_str("no font to set a paper in: run `make assets` first"),
            Self::Refused(reasons) => write!(out, "the paper could not be typeset: {}", reasons.join("; ")),
        }
    }
}

impl std::error::Error for PdfError {}

impl Typesetter {
    /// A typesetter with these fonts, each the bytes of a TTF file. The family of the first is the text face; the
    /// others serve the characters that it lacks, in their order.
    ///
    /// # Errors
    /// [`PdfError::NoFont`] when none of them is a font.
    pub fn new(fonts: Vec<Vec<u8>>) -> Result<Self, PdfError> {
        let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a])
            .expect("Typst can follow both standards in one file");
        Ok(Self { fittings: Fittings::new(fonts).ok_or(PdfError::NoFont)?, standards })
    }

    /// The paper as a PDF.
    ///
    /// # Errors
    /// [`PdfError::Refused`] when Typst finds something that a reader could not use.
    pub fn pdf(&self, document: &Document) -> Result<Vec<u8>, PdfError> {
        let sheet = sheet::sheet(document, &self.fittings).to_string();
        let ident = Smart::Custom(sheet.clone());
        let world = self.fittings.with(sheet);
        let paged = typst::compile::<PagedDocument>(&world).output.map_err(|reasons| refused(&reasons))?;
        let options = PdfOptions {
            ident,
            creator: Smart::Custom(Some("Answerable".into())),
            standards: self.standards.clone(),
            ..PdfOptions::default()
        };
        let bytes = typst_pdf::pdf(&paged, &options).map_err(|reasons| refused(&reasons));
        // What was laid out is of no use to another paper, and a large one leaves 200 MB of it.
        drop(paged);
        typst::comemo::evict(0);
        bytes
    }

    /// The characters of the paper that no font can print. The PDF shows each as its code, such as [U+1F600].
    pub fn unprintable(&self, document: &Document) -> BTreeSet<char> {
        let parts = super::text(document);
        let text: String = parts.iter().map(ToString::to_string).collect();
        text.chars()
            .filter(|&character| !character.is_control() && !self.fittings.prints(character))
            .collect()
    }
}

fn refused(reasons: &[SourceDiagnostic]) -> PdfError {
    let sentence = |reason: &SourceDiagnostic| {
        let hints = reason.hints.iter().map(|hint| hint.v.as_str());
        std::iter::once(reason.message.as_str()).chain(hints).collect::<Vec<_>>().join(", ")
    };
    PdfError::Refused(reasons.iter().map(sentence).collect())
}
