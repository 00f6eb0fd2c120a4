//! What a paper says twice has to agree: where it does not, or where a table that it speaks of is not there,
//! perhaps because the file was cut, a person is told. Nothing is changed for it.

use super::items::Part;
use super::names;
use super::paper::{Measure, StatedFigure, SummaryRow};
use super::walk::Walk;
use super::words::ended;
use crate::Unsure;
use crate::place::ledger::Number;

/// A paper whose last words break off was perhaps cut.
pub(crate) fn broken_off(walk: &mut Walk<'_>) {
    let Some(item) = walk.items.last().filter(|item| !item.words.is_empty() && !ended(&item.words)) else {
        return;
    };
    let cells = item.cells.iter().rev();
    let last = cells
        .map(|(number, part)| (*number, *part))
        .find(|(_, part)| matches!(part, Part::Words | Part::MoreWords));
    if let Some((number, part)) = last {
        let label = item.label(&walk.publications, part);
        let why = "The last words of the paper's tables break off. Check that the file is whole.";
        walk.ledger.doubt(number, &label, why);
    }
}

/// The summary table counts what the tables list.
pub(crate) fn summary(walk: &mut Walk<'_>) {
    for (row, number) in &walk.summary.rows {
        let Some(open) = row.open else { continue };
        let name = names::name(&row.publication);
        let known = name.as_ref().and_then(|name| walk.by_key.get(&name.key)).cloned().unwrap_or_default();
        let year = name.and_then(|name| name.year);
        let mut same = known.iter().filter(|index| year.is_none() || walk.publications[**index].year == year);
        let (first, second) = (same.next(), same.next());
        let listed = first.map_or(0, |index| walk.publications[*index].open.len());
        let why = if second.is_some() {
            format!(
                "The summary does not say which publication of the name “{}” it counts. Check which it is.",
                row.publication
            )
        } else if listed == 0 && open > 0 {
            format!(
                "The summary counts {open} open recommendations of {}, but no table of the paper lists any. Check that the \
                 file is whole.",
                row.publication
            )
        } else if listed as u64 != u64::from(open) {
            format!(
                "The summary counts {open} open recommendations of {}, but its table lists {listed}. Both were kept as \
                 printed. Check which holds.",
                row.publication
            )
        } else {
            continue;
        };
        walk.ledger.note(*number, &row.at, &row.publication, why);
    }
}

/// A row of totals is the sum of the rows above, as far as these could be read.
pub(crate) fn totals(walk: &mut Walk<'_>) {
    let Some((total, number)) = &walk.summary.total else { return };
    let figures = |row: &SummaryRow| [row.closed, row.open, row.delayed].map(|figure| figure.map(u64::from));
    for (index, what) in ["closed", "open", "delayed"].into_iter().enumerate() {
        let rows = walk.summary.rows.iter().map(|(row, _)| figures(row)[index]);
        let (Some(said), Some(sum)) = (figures(total)[index], rows.sum::<Option<u64>>()) else { continue };
        if said != sum {
            let why = format!(
                "The summary's row of totals counts {said} {what}, but the rows above add up to {sum}. Both were kept as \
                 printed. Check which holds."
            );
            walk.ledger.note(*number, &total.at, &total.publication, why);
        }
    }
}

/// The prose counts the closures that the tables list.
pub(crate) fn stated(walk: &mut Walk<'_>, stated: &[StatedFigure], doubts: Vec<Unsure>) {
    let listed: usize = walk.publications.iter().map(|publication| publication.closed.len()).sum();
    let differs =
        |it: &&StatedFigure| it.measure == Measure::ClosedInPeriod && u64::from(it.figure) != listed as u64;
    let closures = stated.iter().filter(differs).map(|it| Unsure {
        at: it.at.clone(),
        text: it.words.clone(),
        why: format!(
            "The paper says that {} recommendations were closed, but its tables list {listed}. Check that the file is whole.",
            it.figure
        ),
    });
    for doubt in closures.chain(doubts) {
        // Prose is no cell: it is told after all of them.
        walk.ledger.note(Number::MAX, &doubt.at, &doubt.text, doubt.why);
    }
}
