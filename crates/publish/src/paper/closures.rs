//! What was closed in the period, by publication: "what we did and the impact" (S004 2). Pure.

use plan::{
    register::rules::Item,
    words::{counted, day, thousands},
};

use super::{
    cells::{named, reference, what_we_did},
    exhibit::see,
    subject::{Publication, Subject},
};
use crate::document::{Cell, Column, Draft, Passage, Table};

/// The closures.
pub(super) fn closures(draft: &mut Draft, subject: &Subject<'_>) {
    let details = subject.details;
    let closed = subject.closed_in_period(&subject.all);
    let period = format!("from {} to {}", day(details.period_from), day(details.period_to));
    draft.section_at("closures", "Closures");
    if closed.len() == 0 {
        draft.point(format!("No recommendation was discharged {period}."));
        return;
    }
    let with_some: Vec<(&Publication<'_>, Vec<&Item>)> = subject
        .publications
        .iter()
        .map(|one| (one, subject.closed_in_period(&one.all).rows))
        .filter(|(_, rows)| !rows.is_empty())
        .collect();
    let were = if closed.len() == 1 { "recommendation was" } else { "recommendations were" };
    let publications = counted(with_some.len(), "publication", "publications");
    draft.point([
        closed.figure(),
        format!(" {were} discharged by the inspectorate {period}, in {publications}.").into(),
    ]);
    for (publication, rows) in with_some {
        let mut table = Table::new(
            format!("{}: discharged in the period", publication.inspection.title),
            [Column::words("Recommendation", 2), Column::words("What we did and the impact", 3)],
        );
        for item in rows {
            let on = item.recommendation.status_on.map(|on| format!("Discharged on {}.", day(on)));
            let told = [on, completion(publication, item)].into_iter().flatten();
            let cell = told.fold(what_we_did(item), |cell, words| cell.and(Passage::paragraph(words)));
            let cell = see(subject, &item.id).into_iter().fold(cell, Cell::and);
            table.push([named(item), cell]);
        }
        draft.table(table);
    }
}

/// Whether `item` was the last of its publication to be closed: derived, so that it is never said too early.
fn completion(publication: &Publication<'_>, item: &Item) -> Option<String> {
    let all = &publication.all.rows;
    if all.iter().any(|one| one.is_open()) {
        return None;
    }
    let closed = |one: &&&Item| one.steps.last().map(|step| (step.on, step.seq));
    let last = all.iter().max_by_key(closed)?;
    if last.id != item.id {
        return None;
    }
    let made = publication.inspection.published_on.strftime("%B %Y");
    Some(match all.len() {
        1 => format!("All is closed: {} was the only recommendation made in {made}.", reference(item)),
        number => format!(
            "All recommendations are now closed: {} was the last of {} made in {made}.",
            reference(item),
            thousands(number)
        ),
    })
}
