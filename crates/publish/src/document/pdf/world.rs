//! All that Typst may see: its library, our fonts, the template and the data of one paper.

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::layout::Abs;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, FontVariations};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

/// The size of the text in the template, in points.
const TEXT_SIZE: f64 = 12.0;

/// What stays the same from paper to paper; making it takes longer than a short paper.
pub struct Fittings {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    /// The widths of the common letters of the text face in bold, by code.
    widths: Vec<f64>,
    template: Source,
    data: FileId,
}

impl Fittings {
    /// The fittings with these fonts, or none when not one of them is a font.
    pub fn new(files: Vec<Vec<u8>>) -> Option<Self> {
        let fonts: Vec<Font> = files.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect();
        if fonts.is_empty() {
            return None;
        }
        // Without the extras a row's name would be an ordinary cell to a screen reader.
        let features = [Feature::A11yExtras].into_iter().collect();
        Some(Self {
            library: LazyHash::new(Library::builder().with_features(features).build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            widths: letter_widths(&fonts)?,
            fonts,
            template: Source::new(file_id("paper.typ"), include_str!("paper.typ").into()),
            data: file_id("paper.json"),
        })
    }

    /// The families in the order in which they are tried.
    pub fn families(&self) -> Vec<&str> {
        let mut families: Vec<&str> = Vec::new();
        for font in &self.fonts {
            let family = font.info().family.as_str();
            if !families.contains(&family) {
                families.push(family);
            }
        }
        families
    }

    /// Whether some font has this character.
    pub fn prints(&self, character: char) -> bool {
        self.fonts.iter().any(|font| font.info().coverage.contains(u32::from(character)))
    }

    /// The width of a word, were it bold, in the size of the text, in points. A rare character counts as a square.
    pub fn width(&self, word: &str) -> f64 {
        let letter =
            |character| usize::try_from(u32::from(character)).ok().and_then(|code| self.widths.get(code));
        word.chars().map(|character| letter(character).copied().unwrap_or(TEXT_SIZE)).sum()
    }

    /// The world of one paper.
    pub fn with(&self, sheet: String) -> PaperWorld<'_> {
        PaperWorld { fittings: self, sheet: Bytes::from_string(sheet) }
    }
}

fn letter_widths(fonts: &[Font]) -> Option<Vec<f64>> {
    let family = &fonts.first()?.info().family;
    let faces = fonts.iter().filter(|font| font.info().family == *family);
    let bold = faces.max_by_key(|font| font.info().variant.weight)?.clone();
    let variant = bold.info().variant;
    let face = bold.instantiate(variant, Abs::pt(TEXT_SIZE), &FontVariations::default());
    let width = |code| {
        let letter = face.ttf().glyph_index(char::from_u32(code)?)?;
        Some(face.x_advance(letter.0)?.at(Abs::pt(TEXT_SIZE)).to_pt())
    };
    Some((0..0x180).map(|code| width(code).unwrap_or(TEXT_SIZE)).collect())
}

fn file_id(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("our own file names are valid paths");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// The world of one paper: every file but the template and its data is refused.
pub struct PaperWorld<'a> {
    fittings: &'a Fittings,
    sheet: Bytes,
}

impl World for PaperWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.fittings.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fittings.book
    }

    fn main(&self) -> FileId {
        self.fittings.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main() { Ok(self.fittings.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.fittings.data { Ok(self.sheet.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fittings.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
