//! The register as a list: which of it, in what order, in which groups, how much at once. Pure.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::rules::{Item, Register};
use crate::find::fold::fold;
use crate::recommendation::{rules::Exposure, status::Status};

/// How many rows a page of the list has.
pub const PAGE: usize = 50;

/// The word of the address for all of the list on one page.
pub const WHOLE: &str = "all";

/// The word of the address for what no strategic owner answers for.
pub const NOBODY: &str = "none";

/// What the address of the list says. It holds the whole state, so that a list can be sent to somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// Words or a reference.
    pub words: String,
    /// Words of [`Status`]; none means open ones and closed ones alike.
    pub status: Vec<String>,
    /// Words of [`Flag`].
    pub flag: Vec<String>,
    /// Identities of inspections.
    pub inspection: Vec<String>,
    /// Words of [`Exposure`].
    pub risk: Vec<String>,
    /// The owner's post.
    pub owner: String,
    /// The strategic owner's post, or [`NOBODY`].
    pub strategic_owner: String,
    /// A body it is addressed to.
    pub addressee: String,
    /// Keys of themes.
    pub theme: Vec<String>,
    /// Words of [`Horizon`].
    pub horizon: Vec<String>,
    /// Keys of reasons for which a target was moved.
    pub delay_reason: Vec<String>,
    /// A day after which nobody has said anything.
    pub silent_since: String,
    /// The first day of a period in which it was discharged.
    pub closed_from: String,
    /// The last.
    pub closed_to: String,
    /// A word of [`Group`].
    pub group: String,
    /// A word of [`Sort`], with "-" before it for the other way round.
    pub sort: String,
    /// The page, from 1.
    pub page: usize,
    /// [`WHOLE`] for all of it on one page.
    pub rows: String,
    /// An entry or a day to look back to.
    pub as_at: String,
}

/// What can be wrong with a recommendation, as a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// Open and past the first target.
    Delayed,
    /// Open and past the current target.
    Overdue,
    /// Open and its target moved twice or more.
    Moved,
    /// Open and no update for a month.
    Stale,
    /// Open two years after publication.
    TwoYears,
    /// Open and without a target.
    NoTarget,
    /// Open and waiting for something that has not come.
    Blocked,
    /// Open and without a sentence that says what the risk is.
    NoRisk,
    /// With a direct link to the business plan.
    DirectLink,
}

impl Flag {
    /// All, in the order of the filter.
    pub const ALL: [Self; 9] = [
        Self::Delayed,
        Self::Overdue,
        Self::Moved,
        Self::Stale,
        Self::TwoYears,
        Self::NoTarget,
        Self::Blocked,
        Self::NoRisk,
        Self::DirectLink,
    ];

    /// The word of the address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Delayed => "delayed",
            Self::Overdue => "overdue",
            Self::Moved => "moved",
            Self::Stale => "stale",
            Self::TwoYears => "two_years",
            Self::NoTarget => "no_target",
            Self::Blocked => "blocked",
            Self::NoRisk => "no_risk",
            Self::DirectLink => "direct_link",
        }
    }

    /// The words of the filter.
    pub fn words(self) -> &'static str {
        match self {
            Self::Delayed => "Past its first target",
            Self::Overdue => "Past its current target",
            Self::Moved => "Target moved 2 times or more",
            Self::Stale => "No update for 30 days",
            Self::TwoYears => "Open over two years",
            Self::NoTarget => "No target set",
            Self::Blocked => "Waits for something",
            Self::NoRisk => "No sentence on the risk",
            Self::DirectLink => "Linked to the business plan",
        }
    }

    /// Whether it is so of `item` on `today`.
    pub fn holds(self, item: &Item, today: Date) -> bool {
        match self {
            Self::Delayed => item.delay_from_first(today).is_some(),
            Self::Overdue => item.delay_from_current(today).is_some(),
            Self::Moved => item.is_in_work() && item.moves() >= 2,
            Self::Stale => item.is_stale(today),
            Self::TwoYears => item.is_open_after_two_years(today),
            Self::NoTarget => item.is_in_work() && item.targets.is_empty(),
            Self::Blocked => item.is_blocked,
            Self::NoRisk => item.is_in_work() && item.recommendation.risk_statement.is_empty(),
            Self::DirectLink => !item.classification.milestones.is_empty(),
        }
    }
}

/// How the list is grouped.
pub const GROUPS: [(&str, &str); 4] =
    [("inspection", "Inspection"), ("owner", "Owner"), ("status", "Status"), ("none", "Nothing")];

/// One group of the list.
#[derive(Debug, Clone)]
pub struct Group<'a> {
    /// What its rows have in common; empty when the list is not grouped.
    pub name: String,
    /// Every row of the register in this group, for its counts.
    pub whole: Vec<&'a Item>,
    /// The rows that are shown.
    pub rows: Vec<&'a Item>,
}

/// A list ready to be shown.
#[derive(Debug, Clone)]
pub struct List<'a> {
    /// How many rows fit the query.
    pub found: usize,
    /// The page shown, from 1.
    pub page: usize,
    /// How many pages there are, at least 1.
    pub pages: usize,
    /// The groups with rows on this page.
    pub groups: Vec<Group<'a>>,
}

impl Query {
    /// Whether `item` is in the list.
    pub fn finds(&self, item: &Item, today: Date) -> bool {
        let recommendation = &item.recommendation;
        let among = |wanted: &[String], own: &str| wanted.is_empty() || wanted.iter().any(|one| one == own);
        among(&self.status, recommendation.status.as_str())
            && among(&self.inspection, recommendation.inspection.as_str())
            && among(&self.risk, recommendation.exposure.map_or("none", Exposure::as_str))
            && (self.owner.is_empty() || self.owner == recommendation.owner_post)
            && Flag::ALL
                .into_iter()
                .filter(|flag| self.flag.iter().any(|wanted| wanted == flag.as_str()))
                .all(|flag| flag.holds(item, today))
            && self.finds_sorted(item)
            && self.finds_days(item)
            && self.finds_words(item)
    }

    /// By how it is sorted.
    fn finds_sorted(&self, item: &Item) -> bool {
        fn any<'a>(wanted: &[String], mut own: impl Iterator<Item = &'a str>) -> bool {
            wanted.is_empty() || own.any(|one| wanted.iter().any(|wanted| wanted == one))
        }
        let sorted = &item.classification;
        let answers = if sorted.strategic_owner.is_empty() { NOBODY } else { &sorted.strategic_owner };
        (self.strategic_owner.is_empty() || self.strategic_owner == answers)
            && (self.addressee.is_empty() || item.addressees.contains(&self.addressee))
            && any(&self.theme, sorted.themes.iter().map(String::as_str))
            && any(&self.horizon, sorted.horizon.iter().map(|one| one.as_str()))
            && any(&self.delay_reason, item.targets.iter().map(|given| given.delay_reason.as_str()))
    }

    /// By days; one that is not a day is told by the page and finds everything.
    fn finds_days(&self, item: &Item) -> bool {
        let day = |words: &str| words.parse::<Date>().ok();
        let from = day(&self.closed_from).unwrap_or(Date::MIN);
        let to = day(&self.closed_to).unwrap_or(Date::MAX);
        let asks_closed = !self.closed_from.is_empty() || !self.closed_to.is_empty();
        day(&self.silent_since).is_none_or(|day| item.is_silent_since(day))
            && (!asks_closed || item.was_discharged_between(from, to))
    }

    /// Every word has to be somewhere; a reference ("R03", "CAM22-R3") is found however it is written.
    fn finds_words(&self, item: &Item) -> bool {
        let wanted = fold(self.words.trim());
        if wanted.is_empty() || fold(&item.label()) == wanted || item.recommendation.goes_by(&wanted) {
            return true;
        }
        let recommendation = &item.recommendation;
        // The reference is not among them: "R1" means R1 and not R10 as well.
        let mut text = [
            recommendation.text.as_str(),
            &recommendation.owner_post,
            &recommendation.owner_team,
            &recommendation.risk_statement,
            &recommendation.impact,
        ]
        .join("\n");
        let more =
            item.actions.iter().map(|action| &action.text).chain(item.updates.iter().map(|said| &said.text));
        for one in more {
            text.push('\n');
            text.push_str(one);
        }
        let text = fold(&text);
        wanted.split_whitespace().all(|word| text.contains(word))
    }

    /// The list that the query means.
    pub fn list<'a>(&self, register: &'a Register) -> List<'a> {
        let today = register.position.today;
        let mut rows: Vec<&Item> = register.items.iter().filter(|item| self.finds(item, today)).collect();
        if self.sort.is_empty() {
            self.lead_with_open(&mut rows);
        }
        self.sort_rows(&mut rows, today);
        let found = rows.len();
        let mut groups: Vec<Group<'a>> = Vec::new();
        for item in rows {
            let name = self.group_of(item, register);
            match groups.iter_mut().find(|group| group.name == name) {
                Some(group) => group.rows.push(item),
                None => groups.push(Group { name, whole: Vec::new(), rows: vec![item] }),
            }
        }
        let size = if self.rows == WHOLE { found.max(1) } else { PAGE };
        let pages = found.div_ceil(size).max(1);
        let page = self.page.clamp(1, pages);
        let mut skip = (page - 1) * size;
        let mut left = size;
        for group in &mut groups {
            let dropped = skip.min(group.rows.len());
            skip -= dropped;
            group.rows.drain(..dropped);
            group.rows.truncate(left);
            left -= group.rows.len();
        }
        groups.retain(|group| !group.rows.is_empty());
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        places.extend(groups.iter().enumerate().map(|(place, group)| (group.name.clone(), place)));
        for item in &register.items {
            if let Some(place) = places.get(&self.group_of(item, register)) {
                groups[*place].whole.push(item);
            }
        }
        List { found, page, pages, groups }
    }

    /// Without an order that somebody asked for, what is worked on comes first: a plan with open ones before
    /// one that is history, an open status before a closed one.
    fn lead_with_open(&self, rows: &mut [&Item]) {
        if self.group == "status" {
            rows.sort_by_key(|item| item.recommendation.status);
            return;
        }
        let open: std::collections::BTreeSet<&journal::Id> =
            rows.iter().filter(|item| item.is_open()).map(|item| &item.recommendation.inspection).collect();
        let is_history: Vec<bool> =
            rows.iter().map(|item| !open.contains(&item.recommendation.inspection)).collect();
        let mut placed: Vec<(bool, &Item)> = is_history.into_iter().zip(rows.iter().copied()).collect();
        placed.sort_by_key(|(is_history, _)| *is_history);
        for (row, (_, item)) in rows.iter_mut().zip(placed) {
            *row = item;
        }
    }

    fn group_of(&self, item: &Item, register: &Register) -> String {
        let recommendation = &item.recommendation;
        match self.group.as_str() {
            "owner" if recommendation.owner_post.is_empty() => "No owner".to_owned(),
            "owner" => recommendation.owner_post.clone(),
            "status" => recommendation.status.words().to_owned(),
            "none" => String::new(),
            _ => register
                .inspection(&recommendation.inspection)
                .map_or_else(String::new, |one| one.title.clone()),
        }
    }

    fn sort_rows(&self, rows: &mut [&Item], today: Date) {
        let (key, down) = self.sort.strip_prefix('-').map_or((self.sort.as_str(), false), |key| (key, true));
        let far = i64::MAX;
        match key {
            "status" => rows.sort_by_key(|item| item.recommendation.status),
            "target" => {
                rows.sort_by_key(|item| item.current_target().map_or(Date::MAX, |target| target.last_day()));
            }
            "owner" => rows.sort_by_key(|item| item.recommendation.owner_post.to_lowercase()),
            "risk" => rows.sort_by_key(|item| std::cmp::Reverse(item.recommendation.exposure)),
            "actions" => rows.sort_by_key(|item| {
                let all = item.actions.len();
                (item.actions_done() * 1000)
                    .checked_div(all)
                    .and_then(|share| i64::try_from(share).ok())
                    .unwrap_or(far)
            }),
            "update" => rows.sort_by_key(|item| std::cmp::Reverse(item.days_since_update(today))),
            _ => {}
        }
        if down {
            rows.reverse();
        }
    }

    /// The address of the list with one thing changed.
    pub fn address(&self, change: impl FnOnce(&mut Self)) -> String {
        let mut query = self.clone();
        query.page = 0;
        change(&mut query);
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        let page = query.page.to_string();
        for (name, value) in [
            ("words", &query.words),
            ("owner", &query.owner),
            ("group", &query.group),
            ("sort", &query.sort),
            ("as_at", &query.as_at),
            ("strategic_owner", &query.strategic_owner),
            ("addressee", &query.addressee),
            ("silent_since", &query.silent_since),
            ("closed_from", &query.closed_from),
            ("closed_to", &query.closed_to),
            ("rows", &query.rows),
        ] {
            if !value.is_empty() {
                pairs.push((name, value));
            }
        }
        for (name, values) in [
            ("status", &query.status),
            ("flag", &query.flag),
            ("inspection", &query.inspection),
            ("risk", &query.risk),
            ("theme", &query.theme),
            ("horizon", &query.horizon),
            ("delay_reason", &query.delay_reason),
        ] {
            pairs.extend(values.iter().map(|value| (name, value.as_str())));
        }
        if query.page > 1 {
            pairs.push(("page", &page));
        }
        let text = serde_html_form::to_string(pairs).unwrap_or_default();
        if text.is_empty() { "/recommendations".to_owned() } else { format!("/recommendations?{text}") }
    }
}

/// Every status that is counted as open: what is proposed for closure is counted apart.
pub fn open_statuses() -> Vec<String> {
    Status::ALL.into_iter().filter(|one| one.is_in_work()).map(|one| one.as_str().to_owned()).collect()
}
