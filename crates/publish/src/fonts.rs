//! The one typesetter of a process, with the fonts of our own assets.

use std::sync::LazyLock;

use jiff::civil::Date;

use crate::document::{Column, Content, Draft, Inline, Table, Typesetter};

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

/// Reads the fonts and typesets a small paper of every kind of block, so that the first paper that is asked
/// for need not wait for what Typst does once.
pub fn prepare() {
    std::thread::spawn(|| {
        let mut draft = Draft::new("Warming up", Date::constant(2000, 1, 1)).cover("Meeting", "None");
        draft.section("Purpose").point("Nothing is told here.").bullets(["One thing.", "Another thing."]);
        draft.table(sample());
        draft.landscape(|draft| {
            draft.appendix("plan", "Plan").table(sample());
        });
        if let Ok(document) = draft.finish() {
            drop(typesetter().pdf(&document)); // only the warmth is wanted
        }
    });
}

fn sample() -> Table {
    let mut table = Table::new("Rows", ["First", "Second", "Third"].map(|heading| Column::words(heading, 1)));
    for row in 0..40 {
        let link = Inline::link(format!("link {row}"), "https://answerable.invalid/");
        table.push([
            format!("Row {row}").into(),
            "Some words about it, in a sentence.".into(),
            Content::from(link).into(),
        ]);
    }
    table
}
