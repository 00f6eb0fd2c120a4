//! "What changed since the last paper": derived from the register at the last paper's position and at this
//! one's, so that nothing that was proposed, returned or moved goes without a trace (DOMAIN 0.5). Pure.

use plan::words::{counted, day, thousands};

use super::{
    changed::Change,
    cut::{Standing, recommendations},
    subject::{Before, Subject},
};
use crate::document::{Cell, Column, Content, Draft, Inline, Passage, Table};

/// What changed.
pub(super) fn news(draft: &mut Draft, subject: &Subject<'_>) {
    draft.section_at("changed", "What changed since the last paper");
    let Some(before) = &subject.before else {
        draft.point("There is no earlier paper about the same inspections, so nothing is compared.");
        return;
    };
    let paper = &before.last.paper;
    let entry = thousands(usize::try_from(paper.counted_at).unwrap_or(0));
    draft.point([
        format!(
            "The last paper was “{}”, for the {} of {}. It was counted on {} at journal entry {entry}. What it \
             would have counted by the rule of ",
            paper.details.title,
            paper.details.meeting,
            day(paper.details.date),
            day(paper.on)
        )
        .into(),
        Inline::see("rule"),
        " stands here beside what is counted now.".into(),
    ]);
    draft.table(figures(subject, before));
    kinds(draft, before);
}

/// The figures, then and now.
fn figures(subject: &Subject<'_>, before: &Before<'_>) -> Table {
    let mut table = Table::new(
        "Figures of the last paper and of this one",
        [
            Column::words("Recommendations", 4),
            Column::figures(format!("Was, on {}", day(before.last.paper.on)), 2),
            Column::figures(format!("Now, on {}", day(subject.today())), 2),
        ],
    )
    .anchored("then-and-now");
    for standing in Standing::TOLD {
        let cell = |figure: Inline| Cell::from(Content::from(figure));
        let (was, is) = (before.all.at(standing).figure(), subject.all.at(standing).figure());
        table.push([standing.words().into(), cell(was), cell(is)]);
    }
    table
}

/// How many changed in which way, and what exactly.
fn kinds(draft: &mut Draft, before: &Before<'_>) {
    let changed = &before.changes;
    if changed.is_empty() {
        draft.point(
            "Nothing has changed: no recommendation was added, decided, moved or given to another owner.",
        );
        return;
    }
    draft.point(format!("{} changed, and every change is listed below:", recommendations(changed.len())));
    let told = Change::KINDS.into_iter().filter_map(|kind| {
        let has = |(_, changes): &&(_, Vec<Change>)| changes.iter().any(|change| change.kind() == kind);
        let number = changed.iter().filter(has).count();
        (number > 0).then(|| format!("{kind}: {}", counted(number, "recommendation", "recommendations")))
    });
    draft.bullets(told.collect::<Vec<_>>());
    let mut table = Table::new(
        "Changes since the last paper",
        [Column::words("Recommendation", 1), Column::words("What changed", 4)],
    )
    .anchored("changes");
    for (item, changes) in changed {
        let words = changes.iter().map(|change| Passage::paragraph(change.words())).collect();
        table.push([Content::from(Inline::strong(item.label())).into(), Cell(words)]);
    }
    draft.table(table);
}
