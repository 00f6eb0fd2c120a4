//! The register counted: by plan, theme, owner, addressee or priority, in whole and in a period. Pure.
//!
//! In every line what is being worked on, what is with the inspectorate, what is discharged and what is
//! superseded add up to all that was made: a figure that does not is a mistake of counting, not of the work.

use jiff::civil::Date;
use serde::Serialize;

use crate::{
    classification::rules::Horizon,
    codes,
    recommendation::status::Status,
    register::{
        list::Query,
        rules::{Item, Register},
    },
};

/// How the register can be counted: the word of the address, and the words of the page.
pub const WAYS: [(&str, &str); 6] = [
    ("plan", "Plan"),
    ("theme", "Theme"),
    ("owner", "Owner"),
    ("strategic", "Strategic owner"),
    ("addressee", "Addressee"),
    ("horizon", "Priority"),
];

/// Where recommendations stand, each of them once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Identity {
    /// Being worked on: open, evidence assembled, or returned.
    pub in_work: usize,
    /// With the inspectorate.
    pub proposed: usize,
    /// Discharged.
    pub discharged: usize,
    /// Superseded.
    pub superseded: usize,
}

impl Identity {
    /// Counts `items` by where they stand.
    pub fn of<'a>(items: impl IntoIterator<Item = &'a Item>) -> Self {
        items.into_iter().fold(Self::default(), |counted, item| counted.with(item.recommendation.status))
    }

    /// Counts `items` by where they stood at the end of `day`; what was not yet published is not counted.
    pub fn on<'a>(items: impl IntoIterator<Item = &'a Item>, day: Date) -> Self {
        items.into_iter().filter_map(|item| item.status_on(day)).fold(Self::default(), Self::with)
    }

    fn with(mut self, status: Status) -> Self {
        match status {
            Status::Open | Status::EvidenceAssembled | Status::Returned => self.in_work += 1,
            Status::ProposedForClosure => self.proposed += 1,
            Status::Discharged => self.discharged += 1,
            Status::Superseded => self.superseded += 1,
        }
        self
    }

    /// All there are.
    pub fn total(self) -> usize {
        self.in_work + self.proposed + self.discharged + self.superseded
    }

    /// Not yet discharged or superseded.
    pub fn open(self) -> usize {
        self.in_work + self.proposed
    }
}

/// One line of the summary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What its recommendations have in common.
    pub name: String,
    /// The list of exactly these.
    #[serde(skip)]
    pub query: Query,
    /// Where they stand.
    pub identity: Identity,
    /// Open and past the first target.
    pub delayed: usize,
    /// Open and past the current target.
    pub overdue: usize,
    /// Open and their target was moved.
    pub moved: usize,
    /// Published in the period.
    pub added: usize,
    /// Discharged in the period.
    pub closed: usize,
}

/// A period: the first and the last day.
pub type Period = (Date, Date);

/// The register counted by `way`, one line for each group and one for all. A recommendation with two themes or
/// two addressees is in two lines and once in the last.
pub fn lines(register: &Register, way: &str, period: Period) -> (Vec<Line>, Line) {
    let mut groups: Vec<(String, Query, Vec<&Item>)> = Vec::new();
    for item in &register.items {
        for (name, query) in groups_of(register, item, way) {
            match groups.iter_mut().find(|(known, ..)| *known == name) {
                Some((_, _, items)) => items.push(item),
                None => groups.push((name, query, vec![item])),
            }
        }
    }
    let mut lines: Vec<Line> = groups
        .into_iter()
        .map(|(name, query, items)| line(name, query, &items, register.position.today, period))
        .collect();
    if way == "plan" {
        // What is history stands after what is worked on.
        lines.sort_by_key(|line| line.identity.open() == 0);
    } else {
        lines.sort_by_key(|line| (std::cmp::Reverse(line.identity.open()), line.name.to_lowercase()));
    }
    let all: Vec<&Item> = register.items.iter().collect();
    let total = line("All".to_owned(), Query::default(), &all, register.position.today, period);
    (lines, total)
}

fn line(name: String, query: Query, items: &[&Item], today: Date, (from, to): Period) -> Line {
    let count = |which: &dyn Fn(&Item) -> bool| items.iter().filter(|item| which(item)).count();
    Line {
        name,
        query,
        identity: Identity::of(items.iter().copied()),
        delayed: count(&|item| item.delay_from_first(today).is_some()),
        overdue: count(&|item| item.delay_from_current(today).is_some()),
        moved: count(&|item| item.is_open() && item.moves() > 0),
        added: count(&|item| from <= item.published_on && item.published_on <= to),
        closed: count(&|item| item.was_discharged_between(from, to)),
    }
}

/// The groups that `item` is in, each with the list of its own.
fn groups_of(register: &Register, item: &Item, way: &str) -> Vec<(String, Query)> {
    let sorted = &item.classification;
    let none = |words: &str| vec![(words.to_owned(), Query::default())];
    match way {
        "theme" if sorted.themes.is_empty() => none("No theme"),
        "theme" => sorted
            .themes
            .iter()
            .map(|key| {
                let query = Query { theme: vec![key.clone()], ..Query::default() };
                (codes::theme_words(key).to_owned(), query)
            })
            .collect(),
        "owner" if item.recommendation.owner_post.is_empty() => none("No owner"),
        "owner" => {
            let owner = item.recommendation.owner_post.clone();
            vec![(owner.clone(), Query { owner, ..Query::default() })]
        }
        "strategic" if sorted.strategic_owner.is_empty() => none("No strategic owner"),
        "strategic" => {
            let strategic_owner = sorted.strategic_owner.clone();
            vec![(strategic_owner.clone(), Query { strategic_owner, ..Query::default() })]
        }
        "addressee" => item
            .addressees
            .iter()
            .map(|body| (body.clone(), Query { addressee: body.clone(), ..Query::default() }))
            .collect(),
        "horizon" => sorted.horizon.map_or_else(
            || none("No priority set"),
            |horizon| {
                let query = Query { horizon: vec![horizon.as_str().to_owned()], ..Query::default() };
                vec![(Horizon::words(horizon).to_owned(), query)]
            },
        ),
        _ => {
            let id = &item.recommendation.inspection;
            let title = register.inspection(id).map_or_else(String::new, |one| one.title.clone());
            vec![(title, Query { inspection: vec![id.to_string()], ..Query::default() })]
        }
    }
}

/// How many of the open ones came from what was published on or after `day`, of how many: "79 of 104".
pub fn added_since(items: &[&Item], day: Date) -> (usize, usize) {
    let open = items.iter().filter(|item| item.is_open());
    let (mut added, mut all) = (0, 0);
    for item in open {
        all += 1;
        added += usize::from(item.published_on >= day);
    }
    (added, all)
}

/// `part` of `whole` in per cent, rounded half up; nothing of nothing is nothing.
pub fn per_cent(part: usize, whole: usize) -> usize {
    (200 * part + whole).checked_div(2 * whole).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seventy_nine_of_a_hundred_and_four_are_seventy_six_per_cent() {
        let cases = [(79, 104, 76), (1, 2, 50), (1, 3, 33), (2, 3, 67), (1, 200, 1), (0, 0, 0), (5, 5, 100)];
        for (part, whole, expected) in cases {
            assert_eq!(per_cent(part, whole), expected, "{part} of {whole}");
        }
    }
}
