//! The lists of a paper: what was closed, what is open, and the plan. Pure.

use plan::{
    recommendation::{rules::Exposure, status::Status},
    register::rules::{Item, scottish_day},
    target::rows::Given,
    words::{counted, day},
};

use super::compose::{OPEN, Subject, recommendations};
use crate::document::{Cell, Column, Content, Draft, Inline, Passage, Table};

/// What was closed in the period: "what we did and the impact".
pub(super) fn closures(draft: &mut Draft, subject: &Subject<'_>) {
    let details = subject.details;
    let closed = subject.closed_in_period();
    let period = format!("from {} to {}", day(details.period_from), day(details.period_to));
    draft.section_at("closures", "Closures");
    if closed.is_empty() {
        draft.point(format!("No recommendation was discharged {period}."));
        return;
    }
    let have = if closed.len() == 1 { "was" } else { "were" };
    let words =
        format!("{} {have} discharged by the inspectorate {period}: see ", recommendations(closed.len()));
    draft.point([words.into(), Inline::see("closed"), ".".into()]);
    let mut table = Table::new(
        "Recommendations discharged in the period",
        [Column::words("Recommendation", 2), Column::words("What we did and the impact", 3)],
    )
    .anchored("closed");
    for item in closed {
        let recommendation = &item.recommendation;
        let told = Cell::typed(&recommendation.what_we_did, "Not recorded.");
        let impact = strong_then("Impact: ", &or(&recommendation.impact_achieved, "not recorded."));
        let on =
            recommendation.status_on.map_or_else(String::new, |on| format!("Discharged on {}.", day(on)));
        table.push([named(item), told.and(Passage::paragraph(impact)).and(Passage::paragraph(on))]);
    }
    draft.table(table);
}

/// What is open, by inspection: "what we are doing", the targets, the risk.
pub(super) fn open(draft: &mut Draft, subject: &Subject<'_>) {
    let open = subject.open();
    draft.section_at("open", "Open recommendations");
    if open.is_empty() {
        draft.point("No recommendation is open.");
        return;
    }
    let words = if open.len() == 1 { " recommendation is open." } else { " recommendations are open." };
    draft.point([subject.figure(open.len(), OPEN), words.into()]);
    for (id, inspection) in &subject.inspections {
        let items: Vec<&Item> =
            open.iter().copied().filter(|item| item.recommendation.inspection == **id).collect();
        if items.is_empty() {
            continue;
        }
        let mut table = Table::new(
            format!("{}: open recommendations", inspection.title),
            [Column::words("Recommendation", 2), Column::words("What we are doing", 3)],
        );
        for item in items {
            table.push_marked(anchor(item), item.label(), [named(item), doing(item, subject)]);
        }
        draft.table(table);
    }
}

fn doing(item: &Item, subject: &Subject<'_>) -> Cell {
    let recommendation = &item.recommendation;
    let mut cell = match item.updates.last() {
        Some(said) => {
            let mut passages = Passage::typed(&said.text);
            let told = format!("Last update {}.", day(scottish_day(said.at)));
            passages.push(Passage::paragraph(told));
            Cell(passages)
        }
        None => "No update has been given.".into(),
    };
    if recommendation.status != Status::Open {
        let since = recommendation.status_on.map_or_else(String::new, |on| format!(" since {}", day(on)));
        let words = format!("{}{since}.", recommendation.status.words());
        cell = cell.and(Passage::paragraph(strong_then("Status: ", &words)));
    }
    let waits: Vec<String> =
        item.waits_for.iter().filter_map(|(on, _)| subject.register.item(on)).map(Item::label).collect();
    if !waits.is_empty() {
        cell = cell.and(Passage::paragraph(strong_then("Waits for: ", &format!("{}.", waits.join(", ")))));
    }
    let risk = or(&recommendation.risk_statement, "no sentence says what the risk is.");
    cell.and(Passage::paragraph(strong_then("Target: ", &targets(item, subject))))
        .and(Passage::paragraph(strong_then("Risk: ", &risk)))
}

/// The first target, every move of it, and the delay.
fn targets(item: &Item, subject: &Subject<'_>) -> String {
    let Some(first) = item.first_target() else { return "none has been set.".to_owned() };
    let moved = |given: &Given| match given.reason.trim_end_matches('.') {
        "" => format!("moved to {}", given.target),
        reason => format!("moved to {} ({reason})", given.target),
    };
    let mut steps = vec![format!("first set for {first}")];
    steps.extend(item.targets.iter().skip(1).map(moved));
    if item.moves() == 0 {
        steps.push("not moved".to_owned());
    }
    let mut sentences = vec![format!("{}.", steps.join(", "))];
    let today = subject.today();
    sentences.extend(
        item.delay_from_first(today).map(|delay| format!("Delayed {delay} against the first target.")),
    );
    let from_current = item.delay_from_current(today).filter(|_| item.moves() > 0);
    sentences.extend(from_current.map(|delay| format!("Delayed {delay} against the current one.")));
    sentences.join(" ")
}

/// Appendix A: the plan, on its side. What was closed outside the period, or superseded, is left out and
/// counted.
pub(super) fn appendix(draft: &mut Draft, subject: &Subject<'_>) {
    let (from, to) = (subject.details.period_from, subject.details.period_to);
    draft.landscape(|draft| {
        draft.appendix("plan", "Improvement plan");
        for (id, inspection) in &subject.inspections {
            let items: Vec<&Item> = subject.register.of_inspection(id).collect();
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
                draft.table(plan_table(inspection.title.as_str(), &shown));
            }
        }
    });
}

fn was(number: usize) -> String {
    format!("{} {}", recommendations(number), if number == 1 { "was" } else { "were" })
}

fn plan_table(title: &str, items: &[&Item]) -> Table {
    let mut table = Table::new(
        format!("{title}: improvement plan"),
        [
            Column::words("Recommendation", 5),
            Column::words("Risk exposure", 2),
            Column::words("Action to be taken", 6),
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
            owner(item).into(),
            Cell::typed(&recommendation.impact, "Not stated"),
            target_cell(item),
            updates(item),
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

fn owner(item: &Item) -> String {
    let recommendation = &item.recommendation;
    match (recommendation.owner_post.as_str(), recommendation.owner_team.as_str()) {
        ("", _) => "Nobody yet".to_owned(),
        (post, "") => post.to_owned(),
        (post, team) => format!("{post}, {team}"),
    }
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
fn updates(item: &Item) -> Cell {
    item.updates.last().map_or_else(|| "None".into(), |said| Cell::typed(&said.text, "None"))
}

/// The recommendation's label and words.
fn named(item: &Item) -> Cell {
    let mut passages = Passage::typed(&item.recommendation.text);
    passages.insert(0, Passage::paragraph(Inline::strong(item.label())));
    Cell(passages)
}

fn anchor(item: &Item) -> String {
    format!("open-{}", item.id)
}

fn strong_then(strong: &str, words: &str) -> Content {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    vec![Inline::strong(strong), Inline::text(words)].into()
}

fn or(text: &str, none: &str) -> String {
    if text.trim().is_empty() { none.to_owned() } else { text.to_owned() }
}
