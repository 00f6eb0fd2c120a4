//! Appendix A: the plan as it is worked by, on its side (S001, Appendix A). Pure.

use plan::{
    recommendation::rules::Exposure,
    register::rules::{Item, Register},
    words::{counted, day},
};

use super::{cells::named, changed::owner, cut::recommendations, subject::Subject};
use crate::document::{Cell, Column, Draft, Passage, Table};

/// Appendix A: the plan, on its side. What was closed outside the period, or superseded, is left out and
/// counted.
pub(super) fn appendix(draft: &mut Draft, subject: &Subject<'_>) {
    let (from, to) = (subject.details.period_from, subject.details.period_to);
    draft.landscape(|draft| {
        draft.appendix("plan", "Improvement plan");
        for one in &subject.publications {
            let (inspection, items) = (one.inspection, &one.all.rows);
            let shown: Vec<&Item> = items
                .iter()
                .copied()
                .filter(|item| item.is_open() || item.was_discharged_between(from, to))
                .collect();
            let left_out = items.len() - shown.len();
            draft.subheading(format!("{}, published {}", inspection.title, day(inspection.published_on)));
            if left_out > 0 {
                let words = format!("{} left out: closed outside the period, or superseded.", was(left_out));
                draft.paragraph(words);
            }
            if !shown.is_empty() {
                draft.table(plan_table(inspection.title.as_str(), &shown, subject.register));
            }
        }
    });
}

fn was(number: usize) -> String {
    format!("{} {}", recommendations(number), if number == 1 { "was" } else { "were" })
}

fn plan_table(title: &str, items: &[&Item], register: &Register) -> Table {
    let mut table = Table::new(
        format!("{title}: improvement plan"),
        [
            Column::words("Recommendation", 5),
            Column::words("Risk exposure", 2),
            Column::words("Action", 6),
            Column::words("Owner", 3),
            Column::words("Impact", 4),
            Column::words("Target date", 2),
            Column::words("Updates", 6),
        ],
    );
    for item in items {
        let recommendation = &item.recommendation;
        table.push([
            named(item),
            recommendation.exposure.map_or("Not rated", Exposure::as_str).into(),
            actions(item),
            owner(recommendation).unwrap_or_else(|| "Nobody yet".to_owned()).into(),
            Cell::typed(&recommendation.impact, "Not stated"),
            target_cell(item),
            updates(register, item),
        ]);
    }
    table
}

fn actions(item: &Item) -> Cell {
    if item.actions.is_empty() {
        return "None".into();
    }
    Cell(
        item.actions
            .iter()
            .map(|action| {
                let done = action.done_on.map_or_else(String::new, |on| format!(" (done {})", day(on)));
                let text = action.text.split_whitespace().collect::<Vec<_>>().join(" ");
                Passage::paragraph(format!("{} {text}{done}", action.number))
            })
            .collect(),
    )
}

fn target_cell(item: &Item) -> Cell {
    match (item.first_target(), item.current_target()) {
        (Some(first), Some(current)) if item.moves() > 0 => Cell(vec![
            Passage::paragraph(current.to_string()),
            Passage::paragraph(format!(
                "first set {first}, moved {}",
                counted(item.moves(), "time", "times")
            )),
        ]),
        (Some(first), _) => first.to_string().into(),
        _ => "Not set".into(),
    }
}

/// The latest update; the timeline has the earlier ones.
fn updates(register: &Register, item: &Item) -> Cell {
    register.last_update(item).map_or_else(|| "None".into(), |words| Cell::typed(&words, "None"))
}
