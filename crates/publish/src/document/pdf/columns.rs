//! How wide the columns of a table are: by their shares, but none narrower than its longest ordinary word.

use super::world::Fittings;
use crate::document::{Cell, Content, Passage, Table};

/// What the edges of a cell take of its width, in points: twice the inset in the template.
pub const EDGES: f64 = 12.0;
/// What the bullet and indent of a list in a cell take of its width, in points, with some room to spare.
const BULLET: f64 = 28.0;
/// Longer words are no ordinary words: they are broken anywhere.
const ORDINARY: usize = 18;

/// The widths of the columns of a table on a line, in points.
pub fn widths(table: &Table, line: f64, fittings: &Fittings) -> Vec<f64> {
    let shares: Vec<f64> = table.columns.iter().map(|column| f64::from(column.width_share)).collect();
    let mut least: Vec<f64> = (0..shares.len()).map(|column| narrowest(table, column, fittings)).collect();
    let needed: f64 = least.iter().sum();
    if needed > line {
        for width in &mut least {
            *width *= line / needed;
        }
    }
    spread(&shares, &least, line)
}

/// Spreads the line by shares; a column that would be too narrow gets its least, and the others share the rest.
fn spread(shares: &[f64], least: &[f64], line: f64) -> Vec<f64> {
    let mut held = vec![false; shares.len()];
    loop {
        let kept: f64 = least.iter().zip(&held).filter(|(_, held)| **held).map(|(width, _)| width).sum();
        let sharing: f64 = shares.iter().zip(&held).filter(|(_, held)| !**held).map(|(share, _)| share).sum();
        let width = |column: usize| {
            if held[column] { least[column] } else { (line - kept) * shares[column] / sharing }
        };
        let widths: Vec<f64> = (0..shares.len()).map(width).collect();
        let narrow =
            (0..shares.len()).find(|&column| !held[column] && widths[column] < least[column] - 0.001);
        match narrow {
            Some(column) => held[column] = true,
            None => return widths,
        }
    }
}

/// The width in which every ordinary word of a column fits.
fn narrowest(table: &Table, column: usize, fittings: &Fittings) -> f64 {
    let heading = widest(&table.columns[column].heading, fittings);
    let cells = table.rows.iter().filter_map(|row| row.cells.get(column));
    let words = cells.map(|cell| widest_in(cell, fittings)).fold(heading, f64::max);
    // Half a point against rounding.
    words + EDGES + 0.5
}

fn widest_in(Cell(passages): &Cell, fittings: &Fittings) -> f64 {
    let content = |content: &Content| widest(&content.words(), fittings);
    let passage = |passage: &Passage| match passage {
        Passage::Paragraph(words) => content(words),
        Passage::List(list) => list.items.iter().map(content).fold(0.0, f64::max) + BULLET,
    };
    passages.iter().map(passage).fold(0.0, f64::max)
}

fn widest(text: &str, fittings: &Fittings) -> f64 {
    text.split(' ').filter(|word| is_ordinary(word)).map(|word| fittings.width(word)).fold(0.0, f64::max)
}

/// Whether a word should stay whole. Addresses and the like need not.
fn is_ordinary(word: &str) -> bool {
    word.chars().count() <= ORDINARY && !word.contains(['/', '@', '_', '=', '<', '\\'])
}

#[cfg(test)]
mod tests {
    use super::spread;

    fn rounded(shares: &[f64], least: &[f64]) -> Vec<i64> {
        #[expect(clippy::cast_possible_truncation, reason = "whole points are enough to compare")]
        spread(shares, least, 480.0).into_iter().map(|width| width.round() as i64).collect()
    }

    #[test]
    fn columns_are_as_wide_as_their_shares_where_every_word_fits() {
        assert_eq!(rounded(&[1.0, 2.0, 3.0], &[10.0, 10.0, 10.0]), [80, 160, 240]);
    }

    #[test]
    fn a_column_is_never_narrower_than_its_longest_word_and_the_others_make_room() {
        assert_eq!(rounded(&[1.0, 2.0, 3.0], &[120.0, 10.0, 10.0]), [120, 144, 216]);
        assert_eq!(rounded(&[1.0, 1.0, 1.0], &[200.0, 150.0, 10.0]), [200, 150, 130]);
        assert_eq!(rounded(&[1.0, 1.0], &[240.0, 240.0]), [240, 240]);
    }
}
