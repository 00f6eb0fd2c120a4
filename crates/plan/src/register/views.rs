//! What the register's page shows, made from the register by plain functions.

use std::{collections::BTreeMap, fmt::Write};

use askama::Template;
use jiff::civil::Date;
use serde::Serialize;
use users::User;
use web::{Choice, Frame, Section};

use super::{
    filters::{
        Figure, Head, Sorting, figures, flags, found_faults, heads, inspections, owners, pills, risks,
        sorting, statuses,
    },
    list::{GROUPS, Group, List, Query, WHOLE},
    pages::as_at_words,
    rules::{Counts, Item, Register},
};
use crate::{
    bulk::pages::{Offered as Bulk, offered as bulk},
    linter::Summary,
    recommendation::{rules::Exposure, views::status_tag},
    view::{pages::Offered as View, rules::written},
    words::{counted, day, short_target, thousands},
};

/// More bodies than this make a line that nobody reads; the filter names them.
const BODIES: usize = 4;

/// The register's page.
#[derive(Debug, Template, Serialize)]
#[template(path = "register/list.html")]
pub struct ListPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    lead: String,
    #[serde(skip)]
    csv: String,
    #[serde(skip)]
    xlsx: String,
    #[serde(skip)]
    may_draft: bool,
    #[serde(skip)]
    may_register: bool,
    counts: Counts,
    #[serde(skip)]
    figures: Vec<Figure>,
    /// What the check of the register finds; none where it looks back.
    #[serde(skip_serializing_if = "Option::is_none")]
    check: Option<Summary>,
    #[serde(skip)]
    found_faults: Vec<Figure>,
    query: Query,
    #[serde(skip)]
    as_at_error: Option<String>,
    #[serde(skip)]
    pills: Vec<(String, String)>,
    #[serde(skip)]
    statuses: Vec<Choice>,
    #[serde(skip)]
    flags: Vec<Choice>,
    #[serde(skip)]
    inspections: Vec<Choice>,
    #[serde(skip)]
    risks: Vec<Choice>,
    #[serde(skip)]
    owners: Vec<Choice>,
    #[serde(skip)]
    sorting: Sorting,
    found: usize,
    #[serde(skip)]
    found_words: String,
    #[serde(skip)]
    within: String,
    #[serde(skip)]
    groupings: Vec<(String, &'static str, bool)>,
    #[serde(skip)]
    heads: Vec<Head>,
    groups: Vec<ShownGroup>,
    #[serde(skip)]
    pages: Pages,
    #[serde(skip)]
    views: Vec<View>,
    /// The list as an address has it after the question mark; nothing when it is the whole register.
    #[serde(skip)]
    list: String,
    #[serde(skip)]
    bulk: Vec<Bulk>,
    #[serde(skip)]
    is_empty_register: bool,
    #[serde(skip)]
    empty_words: &'static str,
    today: String,
    entry: i64,
}

#[derive(Debug)]
struct Pages {
    first: usize,
    last: usize,
    total: usize,
    previous: Option<String>,
    next: Option<String>,
    all: Option<String>,
}

#[derive(Debug, Serialize)]
struct ShownGroup {
    name: String,
    #[serde(skip)]
    address: Option<String>,
    year: String,
    counts: String,
    delayed: String,
    rows: Vec<ShownRow>,
}

#[derive(Debug, Serialize)]
struct ShownRow {
    id: String,
    #[serde(skip)]
    address: String,
    label: String,
    text: String,
    note: String,
    #[serde(skip)]
    status_tag: &'static str,
    status: &'static str,
    late: Option<String>,
    #[serde(skip)]
    on_track: bool,
    over_two_years: bool,
    target: String,
    target_note: String,
    #[serde(skip)]
    slip: Option<Slip>,
    owner: String,
    team: String,
    #[serde(skip)]
    risk_word: String,
    risk: &'static str,
    actions: usize,
    done: usize,
    update: String,
    stale: bool,
}

/// A slip line: where on it the earlier targets, the current one and today stand, from 4 to 156.
#[derive(Debug)]
struct Slip {
    was: Vec<String>,
    now: String,
    today: String,
    late: bool,
}

/// The page of `register` that `query` means, for `who`.
pub fn page(
    register: &Register,
    query: &Query,
    who: &User,
    as_at_error: Option<String>,
    views: Vec<View>,
) -> ListPage {
    let today = register.position.today;
    let list = query.list(register);
    let counts = figures_of(register, query);
    let span = span(register, today);
    let groups: Vec<ShownGroup> =
        list.groups.iter().map(|group| shown_group(group, register, query, today, span)).collect();
    let download = |format: &str| {
        query.address(|_| {}).replacen("/recommendations", &format!("/recommendations/export/{format}"), 1)
    };
    ListPage {
        frame: Frame::of("Improvement plan register", Section::Improvement)
            .seen_by(who.signed())
            .looking_back_to(as_at_words(register)),
        crumbs: vec![(String::new(), "Improvement".to_owned())],
        lead: lead(register),
        csv: download("csv"),
        xlsx: download("xlsx"),
        may_draft: who.may_do("paper.draft") && !register.position.is_past,
        may_register: who.may_do("plan.register") && !register.position.is_past,
        figures: figures(&counts, query),
        check: None,
        found_faults: Vec::new(),
        counts,
        pills: pills(register, query),
        statuses: statuses(register, query),
        flags: flags(register, query, today),
        inspections: inspections(register, query),
        risks: risks(register, query),
        owners: owners(register, query),
        sorting: sorting(register, query),
        found: list.found,
        found_words: counted(list.found, "recommendation", "recommendations"),
        within: if list.pages > 1 { format!("on {} pages", list.pages) } else { String::new() },
        groupings: groupings(query),
        heads: heads(query),
        groups,
        pages: pages(&list, query),
        views,
        list: written(query),
        bulk: if register.position.is_past { Vec::new() } else { bulk(who) },
        is_empty_register: register.items.is_empty(),
        empty_words: empty_words(register),
        query: query.clone(),
        as_at_error,
        today: day(today),
        entry: register.position.seq,
    }
}

/// The figures above the list: of what is addressed to the body that the list is about, or of all.
fn figures_of(register: &Register, query: &Query) -> Counts {
    let body = &query.addressee;
    let own = register.items.iter().filter(|item| body.is_empty() || item.addressees.contains(body));
    Counts::of(own, register.position.today)
}

/// How many there are, and to whom they are addressed where that is not one body only: figures are per addressee.
fn lead(register: &Register) -> String {
    let mut bodies: BTreeMap<&str, usize> = BTreeMap::new();
    for body in register.items.iter().flat_map(|item| &item.addressees) {
        *bodies.entry(body).or_default() += 1;
    }
    let mut bodies: Vec<(&str, usize)> = bodies.into_iter().collect();
    bodies.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
    let all = format!(
        "{} from {}",
        counted(register.items.len(), "recommendation", "recommendations"),
        counted(register.inspections.len(), "inspection", "inspections")
    );
    if !(2..=BODIES).contains(&bodies.len()) {
        return all;
    }
    let told: Vec<String> =
        bodies.into_iter().map(|(body, number)| format!("{} to {body}", thousands(number))).collect();
    format!("{all}: {}", told.join(", "))
}

fn empty_words(register: &Register) -> &'static str {
    if register.items.is_empty() {
        return "There is no recommendation in the register yet.";
    }
    "No recommendation fits these filters."
}

impl ListPage {
    /// With what the check of the register finds beside its figures.
    pub fn with_findings(mut self, check: Option<Summary>) -> Self {
        self.found_faults = check.map(found_faults).unwrap_or_default();
        self.check = check;
        self
    }

    /// With a notice of what was just done.
    pub fn noticing(mut self, notice: Option<String>) -> Self {
        self.frame = self.frame.with_notice(notice);
        self
    }
}

/// The ways to group the list, and which is chosen.
fn groupings(query: &Query) -> Vec<(String, &'static str, bool)> {
    let grouping = |(word, words): &(&'static str, &'static str)| {
        let chosen = query.group == *word || (query.group.is_empty() && *word == "inspection");
        (query.address(|query| (*word).clone_into(&mut query.group)), *words, chosen)
    };
    GROUPS.iter().map(grouping).collect()
}

fn pages(list: &List<'_>, query: &Query) -> Pages {
    let on_page: usize = list.groups.iter().map(|group| group.rows.len()).sum();
    let before = (list.page - 1) * super::list::PAGE;
    Pages {
        first: before + usize::from(on_page > 0),
        last: before + on_page,
        total: list.found,
        previous: (list.page > 1).then(|| query.address(|query| query.page = list.page - 1)),
        next: (list.page < list.pages).then(|| query.address(|query| query.page = list.page + 1)),
        all: (list.pages > 1).then(|| query.address(|query| WHOLE.clone_into(&mut query.rows))),
    }
}

fn shown_group(
    group: &Group<'_>,
    register: &Register,
    query: &Query,
    today: Date,
    span: (Date, Date),
) -> ShownGroup {
    let counts = Counts::of(group.whole.iter().copied(), today);
    let by_inspection = matches!(query.group.as_str(), "" | "inspection");
    let first = group.whole.first().filter(|_| by_inspection);
    let year = first
        .map(|item| item.published_on.year().to_string())
        .filter(|year| !group.name.contains(year.as_str()));
    let mut words = format!("{} made · {} discharged · {} open", counts.made, counts.discharged, counts.open);
    if counts.with_inspectorate > 0 {
        let _ = write!(words, " · {} with the inspectorate", counts.with_inspectorate); // nor here
    }
    if counts.superseded > 0 {
        let _ = write!(words, " · {} superseded", counts.superseded); // writing to a string cannot fail
    }
    let may_open = first.map(|item| format!("/inspections/{}", item.recommendation.inspection));
    ShownGroup {
        name: group.name.clone(),
        address: may_open,
        year: year.unwrap_or_default(),
        counts: words,
        delayed: if counts.delayed > 0 { format!("{} delayed", counts.delayed) } else { String::new() },
        rows: group.rows.iter().map(|item| shown_row(item, query, register, span)).collect(),
    }
}

fn shown_row(item: &Item, query: &Query, register: &Register, span: (Date, Date)) -> ShownRow {
    let today = register.position.today;
    let recommendation = &item.recommendation;
    let late = item.delay_from_first(today);
    let age = item.days_since_update(today);
    let suffix = if query.as_at.is_empty() { String::new() } else { format!("?as_at={}", query.as_at) };
    ShownRow {
        id: item.id.to_string(),
        address: format!("/recommendations/{}{suffix}", item.id),
        label: item.label(),
        text: item.short_text(),
        note: register
            .last_update(item)
            .map_or_else(String::new, |words| words.lines().next().unwrap_or("").to_owned()),
        status_tag: status_tag(recommendation.status),
        status: recommendation.status.words(),
        late: late.map(|late| format!("Delayed {late}")),
        on_track: item.is_in_work() && late.is_none() && !item.targets.is_empty(),
        over_two_years: item.is_open_after_two_years(today),
        target: item.current_target().map_or_else(|| "Not set".to_owned(), short_target),
        target_note: target_note(item),
        slip: slip(item, today, span),
        owner: if recommendation.owner_post.is_empty() {
            "Nobody yet".to_owned()
        } else {
            recommendation.owner_post.clone()
        },
        team: recommendation.owner_team.clone(),
        risk_word: recommendation.exposure.map_or("none", Exposure::as_str).to_lowercase(),
        risk: recommendation.exposure.map_or("Not rated", Exposure::as_str),
        actions: item.actions.len(),
        done: item.actions_done(),
        update: match (item.updates.is_empty(), age) {
            _ if !item.is_open() => {
                recommendation.status_on.map_or_else(String::new, crate::words::short_day)
            }
            (true, _) => "No update".to_owned(),
            (false, 0) => "Today".to_owned(),
            (false, 1) => "1 day ago".to_owned(),
            (false, days) => format!("{days} days ago"),
        },
        stale: item.is_stale(today),
    }
}

fn target_note(item: &Item) -> String {
    match (item.first_target(), item.moves()) {
        (None, _) => String::new(),
        (Some(_), 0) => "not moved".to_owned(),
        (Some(first), moves) => {
            format!("first set {} · {}", short_target(first), counted(moves, "move", "moves"))
        }
    }
}

/// The days that every slip line of the page spans, so that lines can be compared.
fn span(register: &Register, today: Date) -> (Date, Date) {
    let days =
        register.items.iter().flat_map(|item| item.targets.iter().map(|given| given.target.last_day()));
    days.fold((today, today), |(from, to), day| (from.min(day), to.max(day)))
}

fn slip(item: &Item, today: Date, (from, to): (Date, Date)) -> Option<Slip> {
    let current = item.current_target()?;
    let width = f64::from((to - from).get_days().max(1));
    let place = |day: Date| format!("{:.1}", 4.0 + 152.0 * f64::from((day - from).get_days()) / width);
    let earlier = &item.targets[..item.targets.len() - 1];
    Some(Slip {
        was: earlier.iter().map(|given| place(given.target.last_day())).collect(),
        now: place(current.last_day()),
        today: place(today),
        late: item.delay_from_first(today).is_some(),
    })
}
