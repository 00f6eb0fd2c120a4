//! The cells of one recommendation become its fields.

use super::actions::{Found, Split, split};
use super::headings::Column;
use super::ledger::{Ledger, Number};
use super::rows::Group;
use super::targets::{self, Said};
use crate::{DraftAction, DraftRecommendation, TargetDate, limits};

/// Doubts about one cell that are told one by one.
const MOST_DOUBTS: usize = 5;
/// An owner, a date or a status in more words than this is none.
const LONGEST_OF_ACTION: usize = 500;

/// "Recommendation 3", whichever way the reference is printed.
pub(crate) fn label(reference: &str) -> String {
    let named = reference.to_lowercase().starts_with("rec");
    if named { reference.to_owned() } else { format!("Recommendation {reference}") }
}

/// The cells of one column of the group: the row in the group, and the cell.
type Held = Vec<(usize, Number)>;

struct Drafting<'l, 'a> {
    ledger: &'l mut Ledger<'a>,
    label: String,
    draft: DraftRecommendation,
    /// The row of the group in which each action stands.
    action_rows: Vec<usize>,
}

pub(crate) fn draft(group: Group, ledger: &mut Ledger<'_>) -> DraftRecommendation {
    let Group { reference, key, text, at, cells, rows, .. } = group;
    let mut drafting = Drafting {
        ledger,
        label: label(&reference),
        draft: empty(reference, key, text, at),
        action_rows: Vec::new(),
    };
    let held = |wanted: Column| -> Held {
        cells
            .iter()
            .filter(|(_, column, _)| *column == wanted)
            .map(|(row, _, number)| (*row, *number))
            .collect()
    };
    for (column, what) in [(Column::Reference, "reference"), (Column::Recommendation, "text")] {
        drafting.place(&held(column), what);
    }
    drafting.actions(rows, &held(Column::ActionNumber), &held(Column::Action));
    drafting.risk(&held(Column::RiskExposure));
    drafting.draft.risk_statement = drafting.joined(&held(Column::RiskStatement), "risk statement");
    drafting.draft.impact = drafting.joined(&held(Column::Impact), "impact");
    drafting.owner(&held(Column::Owner), false);
    drafting.owner(&held(Column::ActionOwner), true);
    drafting.target(&held(Column::Target), false);
    drafting.target(&held(Column::ActionTarget), true);
    drafting.one_target(&held(Column::FirstTarget), "first target", |draft, target| {
        draft.first_target = Some(target);
    });
    drafting.one_target(&held(Column::RevisedTarget), "revised target", |draft, target| {
        draft.current_target = Some(target);
    });
    drafting.status(&held(Column::Status), false);
    drafting.status(&held(Column::ActionStatus), true);
    drafting.updates(&held(Column::Update));
    let mut draft = drafting.draft;
    if draft.current_target.is_none() && draft.target_words.is_none() {
        draft.current_target = draft.first_target;
    }
    draft
}

fn empty(reference: String, key: String, text: String, at: String) -> DraftRecommendation {
    DraftRecommendation {
        reference,
        key,
        text,
        risk_exposure: None,
        risk_statement: None,
        owner: None,
        impact: None,
        first_target: None,
        current_target: None,
        target_words: None,
        status: None,
        updates: Vec::new(),
        actions: Vec::new(),
        at,
    }
}

impl Drafting<'_, '_> {
    fn text(&self, number: Number) -> String {
        self.ledger.cell(number).text.clone()
    }

    fn place(&mut self, held: &Held, what: &str) {
        for (_, number) in held {
            self.ledger.place(*number, format!("{}, {what}", self.label));
        }
    }

    fn doubt(&mut self, number: Number, what: &str, why: impl Into<String>) {
        self.ledger.doubt(number, &format!("{}, {what}", self.label), why);
    }

    /// Whether the cells hold different words.
    fn differ(&self, held: &Held) -> bool {
        held.iter().any(|(_, number)| self.ledger.cell(*number).text != self.ledger.cell(held[0].1).text)
    }

    /// Words of several rows as one text, the same words once.
    fn joined(&mut self, held: &Held, what: &str) -> Option<String> {
        self.place(held, what);
        let mut texts: Vec<String> = Vec::new();
        for (_, number) in held {
            let text = self.text(*number);
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        (!texts.is_empty()).then(|| texts.join("\n"))
    }

    fn updates(&mut self, held: &Held) {
        self.place(held, "update");
        for (_, number) in held {
            let text = self.text(*number);
            if !self.draft.updates.contains(&text) {
                self.draft.updates.push(text);
            }
        }
    }

    fn risk(&mut self, held: &Held) {
        const LONGEST_RATING: usize = 30;
        for (_, number) in held {
            let text = self.text(*number);
            let rating = match text.to_lowercase().trim_end_matches([' ', '.']) {
                "high" | "h" => "High",
                "medium" | "med" | "m" => "Medium",
                "low" | "l" => "Low",
                _ if text.len() > LONGEST_RATING => {
                    self.place(&vec![(0, *number)], "risk statement");
                    self.draft.risk_statement = Some(text);
                    continue;
                }
                _ => {
                    self.doubt(
                        *number,
                        "risk exposure",
                        "The risk exposure is not Low, Medium or High. Choose one of the three.",
                    );
                    continue;
                }
            };
            match &self.draft.risk_exposure {
                Some(first) if first != rating => {
                    let why = format!(
                        "The risk exposure is {first} in another row of this recommendation. Choose one of them."
                    );
                    self.doubt(*number, "risk exposure", why);
                }
                _ => {
                    self.draft.risk_exposure = Some(rating.to_owned());
                    self.place(&vec![(0, *number)], "risk exposure");
                }
            }
        }
    }

    fn actions(&mut self, rows: usize, numbers: &Held, texts: &Held) {
        for row in 0..rows {
            let mut printed = numbers.iter().filter(|(at, _)| *at == row).map(|(_, number)| *number);
            for (_, text) in texts.iter().filter(|(at, _)| *at == row) {
                match printed.next() {
                    Some(number) => self.numbered(row, number, *text),
                    None => self.split(row, *text),
                }
            }
            for number in printed {
                self.doubt(number, "action", "This number stands beside no action. Add the action's words.");
            }
        }
    }

    /// An action whose number has a column of its own.
    fn numbered(&mut self, row: usize, number: Number, text: Number) {
        let mut printed = self.text(number);
        let expected = format!("{}.{}", self.draft.key, self.next());
        // A number cell holds 1.10 as 1.1.
        if expected.ends_with('0') && expected.trim_end_matches('0') == printed {
            printed = expected;
        }
        let what = format!("action {printed}");
        if self.draft.actions.iter().any(|action| action.number == printed) {
            self.doubt(
                number,
                &what,
                format!("There are two actions {printed}. Give one of them another number."),
            );
        }
        self.place(&vec![(row, number), (row, text)], &what);
        let words = self.text(text);
        self.push(row, printed, words, text);
    }

    fn split(&mut self, row: usize, number: Number) {
        let words = self.text(number);
        let mut split = split(&self.draft.key, self.next(), &words);
        if self.draft.actions.len() + split.actions.len() > limits::ACTIONS {
            let why = format!(
                "A recommendation may have {} actions, so this cell was kept as one. Split it yourself.",
                limits::ACTIONS
            );
            let number = format!("{}.{}", self.draft.key, self.next());
            split = Split { actions: vec![Found { number, text: words }], doubts: vec![why] };
        }
        let what = match &split.actions[..] {
            [one] => format!("action {}", one.number),
            [first, .., last] => format!("actions {} to {}", first.number, last.number),
            [] => "actions".to_owned(),
        };
        self.place(&vec![(row, number)], &what);
        if !split.doubts.is_empty() {
            let more = split.doubts.len().saturating_sub(MOST_DOUBTS);
            let mut why = split.doubts[..split.doubts.len() - more].join(" ");
            if more > 0 {
                why = format!("{why} There are {more} more like this in the cell.");
            }
            self.doubt(number, &what, why);
        }
        for action in split.actions {
            if self.draft.actions.iter().any(|known| known.number == action.number) {
                let why =
                    format!("There are two actions {}. Give one of them another number.", action.number);
                self.doubt(number, &what, why);
            }
            self.push(row, action.number, action.text, number);
        }
    }

    fn push(&mut self, row: usize, number: String, text: String, cell: Number) {
        let at = self.ledger.cell(cell).at.clone();
        self.draft.actions.push(DraftAction { number, text, owner: None, target: None, done: None, at });
        self.action_rows.push(row);
    }

    /// The next number under the recommendation's own.
    fn next(&self) -> u32 {
        let last = self.draft.actions.last().and_then(|action| action.number.rsplit_once('.'));
        last.and_then(|(_, sub)| sub.parse().ok()).unwrap_or(0_u32).saturating_add(1)
    }

    /// Gives each cell to the actions of its row, with `give`.
    fn by_action(&mut self, held: &Held, what: &str, give: impl Fn(&mut DraftAction, &str)) {
        for (row, number) in held {
            let text = self.text(*number);
            let mut given = None;
            for (action, at) in self.draft.actions.iter_mut().zip(&self.action_rows) {
                if at == row && text.len() <= LONGEST_OF_ACTION {
                    give(action, &text);
                    given.get_or_insert_with(|| action.number.clone());
                }
            }
            match given {
                Some(action) => self.ledger.place(*number, format!("Action {action}, {what}")),
                None => self.doubt(
                    *number,
                    what,
                    format!(
                        "This is another {what} for {}, in a row without an action, or too long for one. \
                         Choose one of them.",
                        self.label
                    ),
                ),
            }
        }
    }

    /// Whether the column is about the actions: its words differ from row to row, or its heading says so while
    /// there are rows for several actions.
    fn is_by_action(&self, held: &Held, of_action: bool) -> bool {
        let several = self.action_rows.iter().any(|row| *row != self.action_rows[0]);
        self.differ(held) || (of_action && several)
    }

    fn owner(&mut self, held: &Held, of_action: bool) {
        if held.is_empty() {
        } else if self.is_by_action(held, of_action) || self.draft.owner.is_some() {
            self.by_action(held, "owner", |action, text| action.owner = Some(text.to_owned()));
        } else {
            self.place(held, "owner");
            self.draft.owner = Some(self.text(held[0].1));
        }
    }

    fn status(&mut self, held: &Held, of_action: bool) {
        const LONGEST_STATUS: usize = 60;
        let (long, short): (Held, Held) =
            held.iter().partition(|(_, number)| self.ledger.cell(*number).text.len() > LONGEST_STATUS);
        self.updates(&long);
        if short.is_empty() {
        } else if self.is_by_action(&short, of_action) || self.draft.status.is_some() {
            for (_, number) in &short {
                if done(&self.ledger.cell(*number).text).is_none() {
                    let why = "This does not say whether the action is done. Mark the action as done or not.";
                    self.doubt(*number, "status of an action", why);
                }
            }
            self.by_action(&short, "status", |action, text| action.done = done(text));
        } else {
            self.place(&short, "status");
            self.draft.status = Some(self.text(short[0].1));
        }
    }

    fn target(&mut self, held: &Held, of_action: bool) {
        if held.is_empty() {
        } else if self.is_by_action(held, of_action) || self.draft.first_target.is_some() {
            let words =
                held.iter().filter(|(_, number)| targets::read(self.ledger.cell(*number)) == Said::Words);
            for (_, number) in words.copied().collect::<Held>() {
                self.no_date(number);
            }
            let dates: Vec<(usize, Number, Option<TargetDate>)> =
                held.iter().map(|(row, number)| (*row, *number, self.last_target(*number))).collect();
            for (row, number, target) in dates {
                self.by_action(&vec![(row, number)], "target", |action, _| action.target = target);
            }
        } else {
            self.place(&held[1..].to_vec(), "target");
            self.said_target(held[0].1, "target", |draft, target| draft.first_target = Some(target));
        }
    }

    fn last_target(&self, number: Number) -> Option<TargetDate> {
        match targets::read(self.ledger.cell(number)) {
            Said::One(target) | Said::Moved(_, target) => Some(target),
            Said::Words => None,
        }
    }

    /// A column that holds only the first target, or only the revised one.
    fn one_target(&mut self, held: &Held, what: &str, give: impl Fn(&mut DraftRecommendation, TargetDate)) {
        let Some((_, first)) = held.first().copied() else { return };
        for (_, number) in &held[1..] {
            if self.text(*number) == self.text(first) {
                self.place(&vec![(0, *number)], what);
            } else {
                self.doubt(
                    *number,
                    what,
                    format!("There is another {what} in this recommendation. Choose one of them."),
                );
            }
        }
        self.said_target(first, what, give);
    }

    fn said_target(
        &mut self,
        number: Number,
        what: &str,
        give: impl Fn(&mut DraftRecommendation, TargetDate),
    ) {
        match targets::read(self.ledger.cell(number)) {
            Said::One(target) => give(&mut self.draft, target),
            Said::Moved(first, revised) => {
                self.draft.first_target = Some(first);
                self.draft.current_target = Some(revised);
            }
            Said::Words => {
                self.draft.target_words = Some(self.text(number));
                return self.no_date(number);
            }
        }
        self.place(&vec![(0, number)], what);
    }

    fn no_date(&mut self, number: Number) {
        let why = "The target is not a month or a day. Give one, for example November 2026 or 30 November 2026, or leave \
                   it without a target.";
        self.doubt(number, "target", why);
    }
}

/// Whether a status says that an action is done.
fn done(status: &str) -> Option<bool> {
    match status.trim().to_lowercase().trim_end_matches('.') {
        "complete" | "completed" | "done" | "closed" | "yes" | "y" | "discharged" | "true"
        | "implemented" | "achieved" => Some(true),
        "open" | "ongoing" | "on-going" | "in progress" | "not started" | "no" | "n" | "false"
        | "on track" | "delayed" | "incomplete" | "outstanding" | "planned" | "on hold" | "underway"
        | "not complete" => Some(false),
        _ => None,
    }
}
