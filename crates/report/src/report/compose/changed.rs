//! What changed since the edition before: was, and now.

use measure::{catalogue::definition, one::views::division_words};
use publish::document::{Column, Draft, Table};

use super::Composing;
use crate::{
    figure::rules::{Change, Count, Counted, Figure, Which, changes},
    pack::definition::year,
    period::rules::Kind,
};

/// Writes the section; nothing of a first edition.
pub fn write(draft: &mut Draft, of: &Composing<'_>) {
    let Some(was) = of.was else { return };
    draft.section(format!("What changed since edition {}", was.number));
    draft.paragraph(format!(
        "Edition {} was counted at entry {}, this one at entry {}. Why there is another: {}",
        was.number, was.counted.at, of.counted.at, of.reason
    ));
    for sentence in redefined(of, &was.counted) {
        draft.paragraph(sentence);
    }
    let all = changes(&was.counted, of.counted);
    if all.is_empty() {
        draft.paragraph("No figure changed.");
        return;
    }
    let columns = [
        Column::words("Figure", 4),
        Column::words("Of", 4),
        Column::figures("Was", 3),
        Column::figures("Now", 3),
    ];
    let mut table = Table::new(format!("Was in edition {}, and now", was.number), columns);
    for change in &all {
        let (name, which) = named(of, change);
        table.push([
            name.into(),
            which.into(),
            told(change, change.was).into(),
            told(change, change.now).into(),
        ]);
    }
    draft.table(table);
}

/// What is counted by another version of its definition than in the edition before.
fn redefined(of: &Composing<'_>, was: &Counted) -> Vec<String> {
    let days = of.about.period.span();
    let sentence = |now: &Figure| {
        let before = was.figures.iter().find(|one| one.measure == now.measure)?;
        let (before, after) =
            (before.timeline().words(days.from, days.until), now.timeline().words(days.from, days.until));
        let name = definition(&now.measure).map_or(now.measure.as_str(), |one| one.name.as_str());
        let sentence = || {
            format!(
                "“{name}” was counted by version {before} of its definition, and is counted by version {after} now."
            )
        };
        (before != after).then(sentence)
    };
    of.counted.figures.iter().filter_map(sentence).collect()
}

/// The measure and which of its figures, in words.
fn named(of: &Composing<'_>, change: &Change) -> (String, String) {
    let period = of.about.period;
    let name = definition(&change.measure).map_or(change.measure.as_str(), |one| one.name.as_str());
    let which = match &change.which {
        Which::Period => period.words(),
        Which::Before if period.kind == Kind::Week => format!("Week before, {}", period.before().words()),
        Which::Before => period.before().words(),
        Which::YearToDate => format!("Year to date, {}", period.year_to_date(year()).words()),
        Which::LastYear => format!("Last year, {}", period.last_year().words()),
        Which::Division(letter) => division_words(letter),
    };
    (name.to_owned(), which)
}

fn told(change: &Change, count: Option<Count>) -> String {
    match (count, definition(&change.measure)) {
        (None, _) => "Not in that edition".to_owned(),
        (Some(count), Some(definition)) => count.whole(definition),
        (Some(count), None) => format!("{} of {}", count.numerator, count.denominator),
    }
}
