//! What runs across every plan: the portfolios of those who answer for it, themes, and the reasons for which
//! targets were moved (S004 3.1 to 3.3). Pure.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use plan::{
    codes,
    register::{list::NOBODY, rules::Item},
    target::rows::Given,
    words::{counted, thousands},
};

use super::{
    cut::{Cut, Standing, percent},
    subject::Subject,
};
use crate::document::{Cell, Column, Content, Draft, Table};

/// How many of those open each strategic owner answers for, how many of these are delayed, and in how many plans
/// they are. One recommendation has one strategic owner at most, so the lines add up to the whole.
pub(super) fn portfolios(draft: &mut Draft, subject: &Subject<'_>) {
    let open = subject.open();
    if open.len() == 0 {
        return;
    }
    let mut owners: BTreeMap<&str, usize> = BTreeMap::new();
    for item in &open.rows {
        *owners.entry(&item.classification.strategic_owner).or_default() += 1;
    }
    let mut owners: Vec<(&str, usize)> = owners.into_iter().collect();
    // The largest first; what nobody answers for stands before the sum.
    owners.sort_by_key(|(owner, open)| (owner.is_empty(), Reverse(*open)));
    let mut table = Table::new(
        "Open recommendations by portfolio",
        [
            Column::words("Portfolio of", 5),
            Column::figures("Open", 1),
            Column::figures("Delayed", 1),
            Column::figures("Plans", 1),
        ],
    )
    .anchored("portfolios");
    let line = |name: &str, cut: &Cut<'_>| -> [Cell; 4] {
        let plans: BTreeSet<_> = cut.rows.iter().map(|item| &item.recommendation.inspection).collect();
        let delayed = cut.at(Standing::Delayed);
        [name.into(), figure(cut), figure(&delayed), thousands(plans.len()).into()]
    };
    for (owner, _) in owners {
        let (name, word) = if owner.is_empty() { ("Nobody named", NOBODY) } else { (owner, owner) };
        let own = open.narrowed(|query| word.clone_into(&mut query.strategic_owner));
        table.push(line(name, &own));
    }
    table.push(line("All", &open));
    draft.point(
        "A portfolio is what one strategic owner answers for. What is open and what is delayed add up to the \
         whole; one plan may be in several portfolios, so the plans do not.",
    );
    draft.table(table);
}

/// How many of those open have each theme.
pub(super) fn themes(draft: &mut Draft, subject: &Subject<'_>) {
    let open = subject.open();
    if open.len() == 0 {
        return;
    }
    let mut table = Table::new(
        "Open recommendations by theme",
        [Column::words("Theme", 4), Column::figures("Open", 1), Column::figures("Share of all open", 2)],
    )
    .anchored("themes");
    for theme in codes::themes() {
        let themed = open.narrowed(|query| query.theme.push(theme.key.clone()));
        table.push([theme.words.as_str().into(), figure(&themed), percent(themed.len(), open.len()).into()]);
    }
    let none = open.rows.iter().filter(|item| item.classification.themes.is_empty()).count();
    table.push(["No theme said".into(), thousands(none).into(), percent(none, open.len()).into()]);
    draft.point(
        "Themes run across the publications. One recommendation may have several, so they do not add up.",
    );
    draft.table(table);
}

/// For which reasons the targets of those open were moved.
pub(super) fn delays(draft: &mut Draft, subject: &Subject<'_>) {
    let open = subject.open();
    let all = Moves::of(&open.rows, |_| true);
    if all.moves == 0 {
        draft.point("No target of an open recommendation was moved.");
        return;
    }
    draft.point(format!(
        "The targets of {} were moved, {} in all. A move for which nobody said what kind of reason it had is counted as not said; one recommendation may have moves of several kinds.",
        counted(all.recommendations, "open recommendation", "open recommendations"),
        counted(all.moves, "time", "times")
    ));
    let mut table = Table::new(
        "Moves of the targets of open recommendations, by reason",
        [Column::words("Reason", 4), Column::figures("Moves", 1), Column::figures("Open recommendations", 2)],
    )
    .anchored("delays");
    for reason in codes::delay_reasons() {
        let those = open.narrowed(|query| query.delay_reason.push(reason.key.clone()));
        let moves = Moves::of(&those.rows, |given| given.delay_reason == reason.key).moves;
        table.push([reason.words.as_str().into(), thousands(moves).into(), figure(&those)]);
    }
    let is_known = |given: &Given| codes::delay_reasons().iter().any(|one| one.key == given.delay_reason);
    for (name, moves) in [("Not said", Moves::of(&open.rows, |given| !is_known(given))), ("All", all)] {
        table.push([name.into(), thousands(moves.moves).into(), thousands(moves.recommendations).into()]);
    }
    draft.table(table);
}

/// How many moves of targets there are, of how many recommendations.
struct Moves {
    moves: usize,
    recommendations: usize,
}

impl Moves {
    /// Those of `items` that `wanted` holds for.
    fn of(items: &[&Item], wanted: impl Fn(&Given) -> bool) -> Self {
        let each = items.iter().map(|item| item.targets.iter().skip(1).filter(|given| wanted(given)).count());
        each.filter(|number| *number > 0).fold(Self { moves: 0, recommendations: 0 }, |sum, number| Self {
            moves: sum.moves + number,
            recommendations: sum.recommendations + 1,
        })
    }
}

fn figure(cut: &Cut<'_>) -> Cell {
    Content::from(cut.figure()).into()
}
