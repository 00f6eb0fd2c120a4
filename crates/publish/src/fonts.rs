//! The one typesetter of a process, with the fonts of our own assets.

use std::sync::LazyLock;

use jiff::civil::Date;

use crate::document::{Draft, Typesetter};

/// The fonts of a paper: the first is its text face.
const FONTS: [&str; 2] =
    ["fonts/AtkinsonHyperlegibleNext-Regular.ttf", "fonts/AtkinsonHyperlegibleNext-Bold.ttf"];

static TYPESETTER: LazyLock<Typesetter> = LazyLock::new(|| {
    let fonts = FONTS.iter().filter_map(|name| web::asset(name)).collect();
    Typesetter::new(fonts).expect("the fonts are among the assets: `make assets` puts them there")
});

/// The typesetter; reading its fonts takes a moment the first time.
pub fn typesetter() -> &'static Typesetter {
    &TYPESETTER
}

/// Reads the fonts and typesets a line, so that the first paper that is asked for need not wait for either.
pub fn prepare() {
    std::thread::spawn(|| {
        let mut draft = Draft::new("Warming up", Date::constant(2000, 1, 1));
        draft.heading("Purpose").paragraph("None.");
        if let Ok(document) = draft.finish() {
            drop(typesetter().pdf(&document)); // only the warmth is wanted
        }
    });
}
