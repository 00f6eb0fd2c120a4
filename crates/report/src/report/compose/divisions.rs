//! The figures of the period by division, a table for each section.

use measure::one::views::division_words;
use publish::document::{Cell, Column, Draft, Table};

use super::{Composing, asked_as, cell, whole::figures};
use crate::{
    figure::rules::Count,
    pack::{definition::Section, rules::divisions},
};

/// Writes an appendix with a table for each section of the pack.
pub fn write(draft: &mut Draft, of: &Composing<'_>) {
    draft.landscape(|draft| {
        draft.appendix("by-division", "By division");
        for section in &of.pack.section {
            draft.table(table(of, section));
        }
    });
}

/// The letters of a report’s rows: every division of the period, and whatever else was counted, what has none last.
fn letters(of: &Composing<'_>) -> Vec<String> {
    let known = divisions(of.about.period.span()).into_iter().map(|(letter, _)| letter);
    let counted = of.counted.figures.iter().flat_map(|one| one.divisions.keys().cloned());
    let mut all: Vec<String> = known.chain(counted).collect();
    all.sort();
    all.dedup();
    let has_unknown = all.first().is_some_and(String::is_empty);
    all.rotate_left(usize::from(has_unknown));
    all
}

fn table(of: &Composing<'_>, section: &Section) -> Table {
    let period = of.about.period;
    let figures: Vec<_> = figures(of, section).collect();
    let heads = figures.iter().map(|(definition, _)| Column::figures(definition.name.as_str(), 3));
    let columns: Vec<Column> = std::iter::once(Column::words("Division", 4)).chain(heads).collect();
    let mut table = Table::new(format!("{} by division: {}", section.title, period.words()), columns);
    let value = |count: Count, division: &str, definition| {
        cell(of.counted, definition, count, (period.span(), division))
    };
    for letter in letters(of) {
        let own = figures.iter().map(|(definition, figure)| {
            let count = figure.divisions.get(&letter).copied().unwrap_or_default();
            value(count, asked_as(&letter), definition)
        });
        let cells: Vec<Cell> = std::iter::once(Cell::from(division_words(&letter))).chain(own).collect();
        table.push(cells);
    }
    let whole = figures.iter().map(|(definition, figure)| value(figure.period, "", definition));
    let cells: Vec<Cell> = std::iter::once(Cell::from("Whole service")).chain(whole).collect();
    table.push(cells);
    table
}
