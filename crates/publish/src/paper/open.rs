//! What is open, by publication: "what we are doing", the targets, the risk; and what is proposed for closure.
//! In a paper about every plan, who answers for it, the themes, the reasons for delay and the summary stand
//! before them (S004 3). Pure.

use plan::{
    recommendation::status::Status,
    register::rules::{Item, scottish_day},
    target::rows::Given,
    words::{day, thousands},
};

use super::{
    background::{sentence_list, summary},
    cells::{named, or, strong_then, what_we_did},
    changed::Change,
    cut::{Cut, Standing},
    details::Kind,
    exhibit::see,
    portfolio,
    subject::Subject,
};
use crate::document::{Cell, Column, Draft, Passage, Table};

/// What is open.
pub(super) fn open(draft: &mut Draft, subject: &Subject<'_>) {
    let open = subject.open();
    draft.section_at("open", "Open recommendations");
    if open.len() == 0 {
        draft.point("No recommendation is open.");
    } else {
        let words = if open.len() == 1 { " recommendation is open." } else { " recommendations are open." };
        draft.point([open.figure(), words.into()]);
    }
    if subject.details.kind == Kind::Portfolio {
        portfolio::portfolios(draft, subject);
        portfolio::themes(draft, subject);
        portfolio::delays(draft, subject);
        summary(draft, subject);
    }
    silence(draft, subject, &open);
    let listed = subject.of_listed();
    lists(draft, subject, &listed.at(Standing::Open));
    proposed(draft, subject, &listed.at(Standing::Proposed));
}

/// How many have nothing to tell since the last paper.
fn silence(draft: &mut Draft, subject: &Subject<'_>, open: &Cut<'_>) {
    let (Some(silent), Some(before)) = (subject.silent(open), &subject.before) else { return };
    let of = format!(" of the {} open ", thousands(open.len()));
    let have = if silent.len() == 1 { "has" } else { "have" };
    let since = day(before.last.paper.on);
    draft.point([
        silent.figure(),
        of.into(),
        format!(
            "{have} no progress reported after {since}, the day on which the last paper was counted; where they \
             are listed, they say so."
        )
        .into(),
    ]);
}

fn lists(draft: &mut Draft, subject: &Subject<'_>, open: &Cut<'_>) {
    if subject.lists_some() {
        let titles: Vec<&str> = subject.listed().map(|one| one.inspection.title.as_str()).collect();
        draft.point([
            "Listed here are the ".into(),
            open.figure(),
            format!(" open recommendations of {}.", sentence_list(&titles)).into(),
        ]);
    }
    for publication in subject.listed() {
        let items = publication.all.at(Standing::Open).rows;
        if items.is_empty() {
            continue;
        }
        let mut table = Table::new(
            format!("{}: open recommendations", publication.inspection.title),
            [Column::words("Recommendation", 2), Column::words("What we are doing", 3)],
        );
        for item in items {
            table.push_marked(format!("open-{}", item.id), item.label(), [named(item), doing(item, subject)]);
        }
        draft.table(table);
    }
}

/// What awaits the inspectorate's decision, of what is listed.
fn proposed(draft: &mut Draft, subject: &Subject<'_>, proposed: &Cut<'_>) {
    if proposed.len() == 0 {
        return;
    }
    let (words, verb) =
        if proposed.len() == 1 { ("recommendation", "is") } else { ("recommendations", "are") };
    let whose = if subject.lists_some() { " of theirs" } else { "" };
    draft.point([
        proposed.figure(),
        format!(" {words}{whose} {verb} proposed for closure and not counted as open.").into(),
    ]);
    let mut table = Table::new(
        "Recommendations proposed for closure",
        [Column::words("Recommendation", 2), Column::words("What we did and the impact", 3)],
    );
    for item in &proposed.rows {
        let on = item.recommendation.status_on.map(|on| format!("Proposed for closure on {}.", day(on)));
        let cell = on.into_iter().fold(what_we_did(item), |cell, words| cell.and(Passage::paragraph(words)));
        let cell = see(subject, &item.id).into_iter().fold(cell, Cell::and);
        table.push([named(item), cell]);
    }
    draft.table(table);
}

fn doing(item: &Item, subject: &Subject<'_>) -> Cell {
    let recommendation = &item.recommendation;
    let mut cell = match item.updates.last() {
        Some(said) => {
            let words = subject.register.last_update(item).unwrap_or_default();
            let mut passages = Passage::typed(&words);
            let told = format!("Last update {}.", day(scottish_day(said.at)));
            passages.push(Passage::paragraph(told));
            Cell(passages)
        }
        None => "No update has been given.".into(),
    };
    if let Some(since) = subject.silence(item) {
        let words = format!("No progress has been reported after {}.", day(since));
        cell = cell.and(Passage::paragraph(words));
    }
    let news: Vec<String> = subject.news(item).iter().map(Change::words).collect();
    if !news.is_empty() {
        cell = cell.and(strong_then("Since the last paper: ", &news.join(" ")));
    }
    if recommendation.status != Status::Open {
        let since = recommendation.status_on.map_or_else(String::new, |on| format!(" since {}", day(on)));
        let words = format!("{}{since}.", recommendation.status.words());
        cell = cell.and(strong_then("Status: ", &words));
    }
    cell = see(subject, &item.id).into_iter().fold(cell, Cell::and);
    let waits: Vec<String> =
        item.waits_for.iter().map(|one| subject.register.awaited_words(&one.on)).collect();
    if !waits.is_empty() {
        cell = cell.and(strong_then("Waits for: ", &format!("{}.", waits.join(", "))));
    }
    let risk = or(&recommendation.risk_statement, "no sentence says what the risk is.");
    cell.and(strong_then("Target: ", &targets(item, subject))).and(strong_then("Risk: ", &risk))
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
