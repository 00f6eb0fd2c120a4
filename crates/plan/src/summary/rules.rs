//! The register counted: by plan, theme, owner, addressee or priority, in whole and in a period. Pure.
//!
//! In every line what is being worked on, what is with the inspectorate, what is discharged and what is
//! superseded add up to all that was made: a figure that does not is a mistake of counting, not of the work.
//! Where a period ended on a day gone by, everything stands in it as on that day.

use import::TargetDate;
use jiff::{ToSpan, civil::Date};
use serde::Serialize;

use crate::{
    classification::rules::Horizon,
    codes,
    linter::{moved_by, target_on},
    recommendation::status::Status,
    register::{
        list::{NOBODY, Query},
        rules::{Item, Register},
    },
    target::rules::delay,
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
    /// Being worked on, which counts as open: open, evidence assembled, or returned.
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

    /// Not yet discharged or superseded: in work, or with the inspectorate.
    pub fn not_closed(self) -> usize {
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
    /// Where they stood at the end of the day before the period.
    pub before: Identity,
    /// Where they stood at the end of the period, or stand today if that is earlier.
    pub identity: Identity,
    /// Open then and past the first target.
    pub delayed: usize,
    /// Open then and past the target that stood then.
    pub overdue: usize,
    /// Open then and their target was moved.
    pub moved: usize,
    /// Open then and published on or after the day that is asked about.
    pub since: usize,
    /// That of all that were open then, in per cent.
    pub since_per_cent: usize,
    /// Published in the period.
    pub added: usize,
    /// Discharged in the period.
    pub closed: usize,
}

/// A period: the first and the last day.
pub type Period = (Date, Date);

/// The days that a summary is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The period.
    pub period: Period,
    /// The day on which everything stands: the period's last, or today where that is still to come.
    pub on: Date,
    /// The day from which what was published counts as added.
    pub since: Date,
}

impl Days {
    /// The days of a summary that is looked at `today`. What was added is counted over the last two years
    /// (the rule of December 2025, DOMAIN 0.7) unless it is said since when.
    pub fn of(period: Period, since: Option<Date>, today: Date) -> Self {
        let on = period.1.min(today);
        Self { period, on, since: since.unwrap_or_else(|| on.saturating_sub(2.years())) }
    }

    /// The day before the period.
    pub fn before(&self) -> Date {
        self.period.0.yesterday().unwrap_or(self.period.0)
    }
}

/// The register counted by `way`, one line for each group and one for all. A recommendation with two themes or
/// two addressees is in two lines and once in the last.
pub fn lines(register: &Register, way: &str, days: Days) -> (Vec<Line>, Line) {
    let mut groups: Vec<(String, Query, Vec<&Item>)> = Vec::new();
    for item in &register.items {
        for (name, query) in groups_of(register, item, way) {
            match groups.iter_mut().find(|(known, ..)| *known == name) {
                Some((_, _, items)) => items.push(item),
                None => groups.push((name, query, vec![item])),
            }
        }
    }
    let mut lines: Vec<Line> =
        groups.into_iter().map(|(name, query, items)| line(name, query, &items, days)).collect();
    if way == "plan" {
        // What is history stands after what is worked on.
        lines.sort_by_key(|line| line.identity.not_closed() == 0);
    } else {
        lines.sort_by_key(|line| (std::cmp::Reverse(line.identity.not_closed()), line.name.to_lowercase()));
    }
    let all: Vec<&Item> = register.items.iter().collect();
    let total = line("All".to_owned(), Query::default(), &all, days);
    (lines, total)
}

fn line(name: String, query: Query, items: &[&Item], days: Days) -> Line {
    let Days { period: (from, to), on, since } = days;
    let count = |which: &dyn Fn(&Item) -> bool| items.iter().filter(|item| which(item)).count();
    let open: Vec<&Item> = items.iter().copied().filter(|item| was_in_work(item, on)).collect();
    let of_open = |which: &dyn Fn(&Item) -> bool| open.iter().filter(|item| which(item)).count();
    let late = |target: Option<TargetDate>| target.is_some_and(|target| delay(target, on).is_some());
    let added = of_open(&|item| item.published_on >= since);
    Line {
        name,
        query,
        before: Identity::on(items.iter().copied(), days.before()),
        identity: Identity::on(items.iter().copied(), on),
        delayed: of_open(&|item| late(item.first_target())),
        overdue: of_open(&|item| late(target_on(item, on))),
        moved: of_open(&|item| moved_by(item, on)),
        since: added,
        since_per_cent: per_cent(added, open.len()),
        added: count(&|item| from <= item.published_on && item.published_on <= to),
        closed: count(&|item| item.was_discharged_between(from, to)),
    }
}

/// Whether it was being worked on at the end of `day`.
fn was_in_work(item: &Item, day: Date) -> bool {
    item.status_on(day).is_some_and(Status::is_in_work)
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
        "strategic" if sorted.strategic_owner.is_empty() => {
            let query = Query { strategic_owner: NOBODY.to_owned(), ..Query::default() };
            vec![("No strategic owner".to_owned(), query)]
        }
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

/// `part` of `whole` in per cent, rounded half up; nothing of nothing is nothing.
pub fn per_cent(part: usize, whole: usize) -> usize {
    (200 * part + whole).checked_div(2 * whole).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_is_of_the_periods_last_day_or_of_today() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let today = day("2026-11-21");
        let over = Days::of((day("2025-06-13"), day("2025-09-16")), None, today);
        let expected = (day("2025-06-12"), day("2025-09-16"), day("2023-09-16"));
        assert_eq!((over.before(), over.on, over.since), expected);
        let to_come = Days::of((day("2026-06-13"), day("2027-09-16")), Some(day("2023-08-01")), today);
        assert_eq!((to_come.on, to_come.since), (today, day("2023-08-01")));
    }

    #[test]
    fn seventy_nine_of_a_hundred_and_four_are_seventy_six_per_cent() {
        let cases = [(79, 104, 76), (1, 2, 50), (1, 3, 33), (2, 3, 67), (1, 200, 1), (0, 0, 0), (5, 5, 100)];
        for (part, whole, expected) in cases {
            assert_eq!(per_cent(part, whole), expected, "{part} of {whole}");
        }
    }
}
