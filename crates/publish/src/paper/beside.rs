//! What stands beside the recommendations: areas for development, and what the check of the register found and
//! somebody accepted. Pure.

use plan::words::{counted, thousands};

use super::subject::Subject;
use crate::document::{Cell, Column, Draft, Table};

/// The areas for development of the publications, and which of them no action takes up.
pub(super) fn areas(draft: &mut Draft, subject: &Subject<'_>) {
    let mut table = Table::new(
        "Areas for development by publication",
        [
            Column::words("Publication", 3),
            Column::figures("Named", 1),
            Column::figures("Still open", 1),
            Column::words("Without an action", 4),
        ],
    )
    .anchored("areas");
    for one in &subject.publications {
        let areas: Vec<_> =
            subject.around.areas.iter().filter(|area| area.inspection.as_ref() == Some(one.id)).collect();
        if areas.is_empty() {
            continue;
        }
        let open = areas.iter().filter(|area| area.is_open).count();
        let left = areas.iter().filter(|area| area.is_open && area.actions.is_empty());
        let left: Vec<String> = left.map(|area| format!("{}: {}", area.number, area.text)).collect();
        let left = if left.is_empty() { "None".to_owned() } else { left.join("\n") };
        table.push([
            one.inspection.title.as_str().into(),
            thousands(areas.len()).into(),
            thousands(open).into(),
            Cell::typed(&left, "None"),
        ]);
    }
    if table.rows.is_empty() {
        return;
    }
    draft.section_at("areas-for-development", "Areas for development");
    draft.point(
        "Areas for development are tracked apart from recommendations and are not among the figures above. Each \
         that is still to be met should be taken up by an action of the plan.",
    );
    draft.table(table);
}

/// What is known to differ: what was found and accepted, with the reasons, and what asks for nothing.
pub(super) fn known_differences(draft: &mut Draft, subject: &Subject<'_>) {
    let scope = subject.details.scope();
    let (accepted, told) = (subject.around.accepted(scope), subject.around.only_told(scope));
    if accepted.is_empty() && told.is_empty() {
        return;
    }
    draft.section_at("known-differences", "Known differences");
    draft.point("Before this paper was made, the register was checked for what does not fit together.");
    if !accepted.is_empty() {
        draft
            .point(format!("{} found and accepted, with the reason beside it:", things_were(accepted.len())));
        let mut table = Table::new(
            "Known differences and why they stand",
            [Column::words("What was found", 3), Column::words("Why it stands", 2)],
        )
        .anchored("differences");
        for one in accepted {
            table.push([Cell::typed(&one.sentence, "Not said."), Cell::typed(&one.reason, "Not said.")]);
        }
        draft.table(table);
    }
    if !told.is_empty() {
        draft.point(format!(
            "{} noted that a paper does not wait for, and that nobody was asked to accept:",
            things_were(told.len())
        ));
        draft.bullets(told.iter().map(|found| found.sentence.as_str()));
    }
}

fn things_were(number: usize) -> String {
    let were = if number == 1 { "was" } else { "were" };
    format!("{} {were}", counted(number, "thing", "things"))
}
