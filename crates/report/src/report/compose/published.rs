//! The report as everybody has it who reads reports: small numbers are suppressed, and no figure leads to its records.
//!
//! The mark of a suppressed number does not say whether it is small itself or would give a small one back.

use journal::Refusal;
use measure::{catalogue::Definition, one::views::division_words};
use publish::document::{Cell, Column, Document, Draft, Passage, Table};

use super::{Composing, finish, whole::figures};
use crate::{
    figure::rules::{Count, Figure},
    publication::rules::{Earlier, Shown},
};

/// What stands where a number is not shown.
const SUPPRESSED: &str = "Suppressed";

/// The document, of what `shown` lets be seen; `earlier` is what was published before.
///
/// # Errors
/// Where the packs make a document that is not whole.
pub fn published(of: &Composing<'_>, shown: &[Shown], earlier: &[Earlier]) -> Result<Document, Refusal> {
    let mut draft = of.draft();
    draft.heading("Purpose").paragraph(of.pack.about.as_str());
    draft.paragraph(
        "A count below five can point at a person. Such a count is suppressed, and so is whatever would give it back by \
         subtraction from other figures, here or in another published report.",
    );
    for section in &of.pack.section {
        draft.section(section.title.as_str());
        let mut table = Table::new(
            format!("{}: {}", section.title, of.about.period.words()),
            [
                Column::words("Measure", 5),
                Column::figures(of.about.period.words(), 4),
                Column::figures(format!("{}, as published", of.about.period.kind.before_words()), 4),
            ],
        );
        for (definition, figure) in figures(of, section) {
            let name = Cell::from(definition.name.as_str());
            let name = if figure.is_provisional { name.and(Passage::paragraph("Provisional")) } else { name };
            table.push([
                name,
                whole(definition, figure, shown).into(),
                before(of, definition, earlier).into(),
            ]);
        }
        draft.table(table);
        for (definition, figure) in figures(of, section) {
            write_divisions(&mut draft, of, (definition, figure), shown);
        }
    }
    finish(draft)
}

fn of_measure<'a>(shown: &'a [Shown], figure: &Figure) -> Option<&'a Shown> {
    shown.iter().find(|one| one.measure == figure.measure)
}

fn whole(definition: &Definition, figure: &Figure, shown: &[Shown]) -> String {
    match of_measure(shown, figure) {
        Some(shown) if shown.is_shown(definition, None) => figure.period.whole(definition),
        _ => SUPPRESSED.to_owned(),
    }
}

/// The same measure in the period before, as the last edition of that published it.
fn before(of: &Composing<'_>, definition: &Definition, earlier: &[Earlier]) -> String {
    let wanted = of.about.period.before();
    let is_it = |one: &&Earlier| {
        one.pack == of.pack.key
            && one.period == wanted
            && one.shown.measure == definition.key
            && one.shown.version == definition.version
    };
    match earlier.iter().rfind(is_it) {
        None => "Not published".to_owned(),
        Some(one) if one.shown.is_shown(definition, None) => {
            let add = |sum: Count, one: &Count| Count {
                numerator: sum.numerator + one.numerator,
                denominator: sum.denominator + one.denominator,
            };
            one.counts.values().fold(Count::default(), add).whole(definition)
        }
        Some(_) => SUPPRESSED.to_owned(),
    }
}

fn write_divisions(
    draft: &mut Draft,
    of: &Composing<'_>,
    (definition, figure): (&Definition, &Figure),
    shown: &[Shown],
) {
    let Some(shown) = of_measure(shown, figure) else { return };
    let mut table = Table::new(
        format!("{} by division: {}", definition.name, of.about.period.words()),
        [Column::words("Division", 4), Column::figures(definition.name.as_str(), 4)],
    );
    let mut letters: Vec<&str> = shown.letters().collect();
    letters.sort_by_key(|letter| (letter.is_empty(), *letter));
    for letter in letters {
        let count = figure.divisions.get(letter).copied().unwrap_or_default();
        let value = if shown.is_shown(definition, Some(letter)) {
            count.whole(definition)
        } else {
            SUPPRESSED.to_owned()
        };
        table.push([Cell::from(division_words(letter)), value.into()]);
    }
    table.push([Cell::from("Whole service"), whole(definition, figure, std::slice::from_ref(shown)).into()]);
    draft.table(table);
}
