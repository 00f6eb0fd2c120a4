//! What needs attention, and why. Pure.

use jiff::{ToSpan, civil::Date};
use journal::Id;
use plan::{
    post::rules::key,
    recommendation::status::Status,
    register::rules::{Item, Register},
    target::rules::{Delay, delay},
    words::{counted, day},
};

/// How many days before its target something is said to be due. GUESS: no source gives a number; a month
/// is one cycle of the governance groups.
pub const SOON_DAYS: i32 = 30;

use super::papers::PaperDue;
pub use crate::month::Asked;

/// Why something needs attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Past its current target.
    Overdue,
    /// An update is asked for.
    AskedFor,
    /// Its target is near.
    DueSoon,
    /// The inspectorate wants more.
    Returned,
    /// It waits for something that is not closed.
    Blocked,
    /// Nobody has said anything for a month.
    Silent,
}

impl Group {
    /// All, in the order of the page.
    pub const ALL: [Self; 6] =
        [Self::Overdue, Self::AskedFor, Self::DueSoon, Self::Returned, Self::Blocked, Self::Silent];

    /// The word of an anchor and of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::AskedFor => "asked_for",
            Self::DueSoon => "due_soon",
            Self::Returned => "returned",
            Self::Blocked => "blocked",
            Self::Silent => "silent",
        }
    }

    /// The words of a heading.
    pub fn words(self) -> &'static str {
        match self {
            Self::Overdue => "Overdue",
            Self::AskedFor => "Asked for",
            Self::DueSoon => "Due within 30 days",
            Self::Returned => "Returned by the inspectorate",
            Self::Blocked => "Waiting for something else",
            Self::Silent => "No update for 30 days",
        }
    }

    /// What mends it, as words of the changes to a recommendation: the first that the person may do.
    pub fn mends(self) -> &'static [&'static str] {
        match self {
            Self::Overdue => &["target", "update"],
            Self::AskedFor | Self::DueSoon | Self::Silent => &["update"],
            Self::Returned => &["evidence", "update"],
            Self::Blocked => &["dependency-ended", "update"],
        }
    }
}

/// One thing that needs attention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// In which group.
    pub group: Group,
    /// The recommendation.
    pub recommendation: Id,
    /// The number of the action, if it is one.
    pub action: Option<String>,
    /// "CAM22-R3", or "CAM22-R3 action 3.1".
    pub label: String,
    /// What it is about, short.
    pub text: String,
    /// The post that owns it.
    pub post: String,
    /// Why it needs attention, in a sentence.
    pub why: String,
    /// The day it turns on, for the order.
    pub on: Option<Date>,
}

impl Need {
    /// The address where `word`, one of [`Group::mends`] or the finishing of an action, is done.
    pub fn mend_at(&self, word: &str) -> String {
        match &self.action {
            Some(number) if word == "action-done" => {
                format!("/recommendations/{}/{word}?number={}", self.recommendation, in_query(number))
            }
            _ => format!("/recommendations/{}/{word}", self.recommendation),
        }
    }

    /// The changes that mend it, the first choice first.
    pub fn mends(&self) -> &'static [&'static str] {
        if self.action.is_some() { &["action-done", "update"] } else { self.group.mends() }
    }

    /// Where it is looked at.
    pub fn address(&self) -> String {
        format!("/recommendations/{}", self.recommendation)
    }
}

/// Text made safe for the value of a query.
pub(crate) fn in_query(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut safe, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            safe.push(char::from(byte));
        } else {
            let _ = write!(safe, "%{byte:02X}"); // writing to a string cannot fail
        }
        safe
    })
}

/// All that needs attention: by group, and in it the most pressing first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attention {
    /// Each thing once a group.
    pub needs: Vec<Need>,
    /// The papers that are due; none for who drafts none.
    pub papers: Vec<PaperDue>,
}

impl Attention {
    /// What is in `group`.
    pub fn of(&self, group: Group) -> impl Iterator<Item = &Need> {
        self.needs.iter().filter(move |need| need.group == group)
    }

    /// With the papers that are due.
    #[must_use]
    pub fn with_papers(self, papers: Vec<PaperDue>) -> Self {
        Self { papers, ..self }
    }

    /// How many recommendations and actions it is about: one in two groups is one.
    pub fn things(&self) -> usize {
        let mut all: Vec<(&Id, &Option<String>)> =
            self.needs.iter().map(|need| (&need.recommendation, &need.action)).collect();
        all.sort();
        all.dedup();
        all.len()
    }
}

/// What needs the attention of whoever holds `posts`.
pub fn attention(register: &Register, posts: &[String], asked: &[Asked], today: Date) -> Attention {
    let keys: Vec<String> = posts.iter().map(|post| key(post)).collect();
    gather(register, &|post| !post.trim().is_empty() && keys.contains(&key(post)), asked, today)
}

/// What needs anybody's attention, owned or not.
pub fn of_everybody(register: &Register, asked: &[Asked], today: Date) -> Attention {
    gather(register, &|_| true, asked, today)
}

fn gather(register: &Register, mine: &dyn Fn(&str) -> bool, asked: &[Asked], today: Date) -> Attention {
    let mut needs = Vec::new();
    for item in register.items.iter().filter(|item| item.is_open()) {
        let asked_for = asked.iter().filter(|one| one.recommendation == item.id && mine(&one.post));
        needs.extend(asked_for.min_by_key(|one| one.due_on).map(|one| asked_need(item, one, today)));
        if mine(&item.recommendation.owner_post) {
            needs.extend(of_recommendation(register, item, today));
        }
        needs.extend(of_actions(item, mine, today));
    }
    // What is equal stays in the register's order.
    needs.sort_by_key(|need| (need.group, need.on.unwrap_or(Date::MAX)));
    Attention { needs, papers: Vec::new() }
}

fn need(item: &Item, group: Group, on: Option<Date>, why: String) -> Need {
    Need {
        group,
        recommendation: item.id.clone(),
        action: None,
        label: item.label(),
        text: item.short_text(),
        post: item.recommendation.owner_post.clone(),
        why,
        on,
    }
}

fn asked_need(item: &Item, asked: &Asked, today: Date) -> Need {
    let due = asked.due_on;
    let why = match days(today, due) {
        late @ ..0 => format!("An update was asked for by {}: {} late.", day(due), in_days(-late)),
        left => format!("An update is asked for by {}, {}.", day(due), from_now(left)),
    };
    Need { post: asked.post.clone(), ..need(item, Group::AskedFor, Some(due), why) }
}

fn of_recommendation(register: &Register, item: &Item, today: Date) -> Vec<Need> {
    let mut needs = Vec::new();
    if let Some(target) = item.current_target() {
        let (first, last) = (target.first_day(), target.last_day());
        let due = Due { words: target.to_string(), first, last, late: delay(target, today) };
        needs.extend(by_target(item, &due, today));
    }
    let recommendation = &item.recommendation;
    if recommendation.status == Status::Returned {
        let on = recommendation.status_on;
        let when = on.map_or_else(String::new, |on| format!(" on {}", day(on)));
        let why = format!("The inspectorate returned it{when}. It wants more before it discharges it.");
        needs.push(need(item, Group::Returned, on, why));
    }
    let waiting = waiting(register, item);
    if !waiting.is_empty() {
        needs.push(need(item, Group::Blocked, None, format!("Waits for {}.", waiting.join("; "))));
    }
    if item.is_stale(today) {
        let days = item.days_since_update(today);
        let since = if item.updates.is_empty() { "since its publication" } else { "since the last one" };
        let why = format!("No update for {}, {since}.", in_days(days));
        let from = i32::try_from(days).ok().and_then(|days| today.checked_sub(days.days()).ok());
        needs.push(need(item, Group::Silent, from, why));
    }
    needs
}

/// What it waits for that has not come, in words.
fn waiting(register: &Register, item: &Item) -> Vec<String> {
    let open = item.waits_for.iter().filter(|one| !register.has_come(&one.on));
    open.map(|one| {
        let status = one.on.recommendation().and_then(|id| register.item(id));
        let status = status.map_or_else(String::new, |other| {
            format!(" ({})", other.recommendation.status.words().to_lowercase())
        });
        format!("{}{status}: {}", register.awaited_words(&one.on), one.reason.trim_end_matches('.'))
    })
    .collect()
}

fn of_actions(item: &Item, mine: &dyn Fn(&str) -> bool, today: Date) -> Vec<Need> {
    let unfinished = item.actions.iter().filter(|action| action.done_on.is_none());
    unfinished
        .filter_map(|action| {
            let post =
                if action.owner.trim().is_empty() { &item.recommendation.owner_post } else { &action.owner };
            let target = action.target.filter(|_| mine(post))?;
            let (first, last) = (target.first_day(), target.last_day());
            let due = Due { words: target.to_string(), first, last, late: delay(target, today) };
            let found = by_target(item, &due, today)?;
            Some(Need {
                label: format!("{} action {}", item.label(), action.number),
                text: action.text.lines().next().unwrap_or_default().to_owned(),
                action: Some(action.number.clone()),
                post: post.clone(),
                ..found
            })
        })
        .collect()
}

/// A target in words, with the days it covers and how late it is.
struct Due {
    words: String,
    first: Date,
    last: Date,
    late: Option<Delay>,
}

/// Overdue or due soon, if it is either.
fn by_target(item: &Item, due: &Due, today: Date) -> Option<Need> {
    let words = &due.words;
    if let Some(late) = due.late {
        let why = format!("The target was {words}: {late} past.");
        return Some(need(item, Group::Overdue, Some(due.last), why));
    }
    let left = days(today, due.last);
    let ends = if due.first == due.last { "" } else { " which ends" };
    (left <= SOON_DAYS).then(|| {
        let why = format!("The target is {words},{ends} {}.", from_now(left));
        need(item, Group::DueSoon, Some(due.last), why)
    })
}

fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

fn in_days(days: impl Into<i64>) -> String {
    counted(usize::try_from(days.into()).unwrap_or(0), "day", "days")
}

pub(super) fn from_now(left: i32) -> String {
    match left {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        left => format!("in {}", in_days(left)),
    }
}
