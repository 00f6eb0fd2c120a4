//! What stands around the register's list: its figures, its filters, its column heads.

use jiff::civil::Date;
use web::Choice;

use super::{
    list::{Flag, Query, open_statuses},
    rules::{Counts, Register},
};
use crate::{
    recommendation::{rules::Exposure, status::Status},
    words::thousands,
};

/// A figure above the list, and the list it counts.
#[derive(Debug)]
pub(super) struct Figure {
    pub address: String,
    pub number: String,
    pub words: &'static str,
    pub note: String,
    pub alarm: bool,
}

/// The head of a column, and the address that sorts by it.
#[derive(Debug)]
pub(super) struct Head {
    pub words: &'static str,
    pub address: String,
    pub sorted: &'static str,
    pub class: &'static str,
}

/// The figures above the list. Each leads to exactly the rows it counts.
pub(super) fn figures(counts: &Counts, query: &Query) -> Vec<Figure> {
    let only = |change: fn(&mut Query)| {
        let start = Query { as_at: query.as_at.clone(), ..Query::default() };
        start.address(change)
    };
    let figure = |change: fn(&mut Query), number: usize, words, note: String, alarm: bool| Figure {
        address: only(change),
        number: thousands(number),
        words,
        note,
        alarm: alarm && number > 0,
    };
    let of = |what: usize| format!("of {} made", thousands(what));
    vec![
        figure(|q| q.status = open_statuses(), counts.open, "Open", of(counts.made), false),
        figure(
            |q| q.flag = vec!["delayed".into()],
            counts.delayed,
            "Delayed",
            "open past the first target".into(),
            true,
        ),
        figure(
            |q| q.flag = vec!["overdue".into()],
            counts.past_current_target,
            "Overdue",
            "open past the current target".into(),
            true,
        ),
        figure(
            |q| q.flag = vec!["two_years".into()],
            counts.over_two_years,
            "Over two years",
            "open since publication".into(),
            true,
        ),
        figure(
            |q| q.status = vec!["proposed_for_closure".into()],
            counts.with_inspectorate,
            "With the inspectorate",
            "proposed for closure".into(),
            false,
        ),
        figure(
            |q| q.flag = vec!["stale".into()],
            counts.without_update,
            "No update for 30 days",
            "open ones".into(),
            true,
        ),
        figure(
            |q| q.status = vec!["discharged".into()],
            counts.discharged,
            "Discharged",
            of(counts.made),
            false,
        ),
    ]
}

/// The filters that are set, each with the address that takes it away.
pub(super) fn pills(register: &Register, query: &Query) -> Vec<(String, String)> {
    let mut pills = Vec::new();
    if !query.words.is_empty() {
        pills.push((query.address(|q| q.words.clear()), format!("“{}”", query.words)));
    }
    for word in &query.status {
        let words = Status::read(word).map_or_else(|| word.clone(), |status| status.words().to_owned());
        pills.push((query.address(|q| q.status.retain(|one| one != word)), words));
    }
    for word in &query.flag {
        let flag = Flag::ALL.into_iter().find(|flag| flag.as_str() == word);
        let words = flag.map_or_else(|| word.clone(), |flag| flag.words().to_owned());
        pills.push((query.address(|q| q.flag.retain(|one| one != word)), words));
    }
    for word in &query.inspection {
        let one = register.inspections.iter().find(|(id, _)| id.as_str() == word);
        let words = one.map_or_else(|| "Another inspection".to_owned(), |(_, one)| one.title.clone());
        pills.push((query.address(|q| q.inspection.retain(|one| one != word)), words));
    }
    for word in &query.risk {
        let words = if word == "none" { "Not rated".to_owned() } else { format!("{word} risk") };
        pills.push((query.address(|q| q.risk.retain(|one| one != word)), words));
    }
    if !query.owner.is_empty() {
        pills.push((query.address(|q| q.owner.clear()), query.owner.clone()));
    }
    if !query.as_at.is_empty() {
        pills.push((query.address(|q| q.as_at.clear()), format!("As at {}", query.as_at)));
    }
    pills
}

/// The filter by status.
pub(super) fn statuses(register: &Register, query: &Query) -> Vec<Choice> {
    let choice = |status: Status| {
        let count = register.items.iter().filter(|item| item.recommendation.status == status).count();
        chosen(status.as_str(), status.words(), &query.status).counting(count)
    };
    Status::ALL.into_iter().map(choice).collect()
}

/// The filter by what needs attention.
pub(super) fn flags(register: &Register, query: &Query, today: Date) -> Vec<Choice> {
    let choice = |flag: Flag| {
        let count = register.items.iter().filter(|item| flag.holds(item, today)).count();
        chosen(flag.as_str(), flag.words(), &query.flag).counting(count)
    };
    Flag::ALL.into_iter().map(choice).collect()
}

/// The filter by inspection.
pub(super) fn inspections(register: &Register, query: &Query) -> Vec<Choice> {
    let choice = |(id, one): &(journal::Id, crate::inspection::rules::Inspection)| {
        chosen(id.as_str(), &one.title, &query.inspection).counting(register.of_inspection(id).count())
    };
    register.inspections.iter().map(choice).collect()
}

/// The filter by risk exposure.
pub(super) fn risks(register: &Register, query: &Query) -> Vec<Choice> {
    let count = |exposure: Option<Exposure>| {
        register.items.iter().filter(|item| item.recommendation.exposure == exposure).count()
    };
    let rated = Exposure::ALL
        .into_iter()
        .rev()
        .map(|e| chosen(e.as_str(), e.as_str(), &query.risk).counting(count(Some(e))));
    rated.chain([chosen("none", "Not rated", &query.risk).counting(count(None))]).collect()
}

/// The filter by owner.
pub(super) fn owners(register: &Register, query: &Query) -> Vec<Choice> {
    let mut posts: Vec<&str> =
        register.items.iter().map(|item| item.recommendation.owner_post.as_str()).collect();
    posts.sort_unstable();
    posts.dedup();
    std::iter::once(Choice::of("", "Any owner", &query.owner))
        .chain(
            posts
                .into_iter()
                .filter(|post| !post.is_empty())
                .map(|post| Choice::of(post, post, &query.owner)),
        )
        .collect()
}

fn chosen(value: &str, words: &str, among: &[String]) -> Choice {
    Choice { chosen: among.iter().any(|one| one == value), ..Choice::of(value, words, "\0") }
}

/// The heads of the columns.
pub(super) fn heads(query: &Query) -> Vec<Head> {
    [
        ("reference", "Recommendation", ""),
        ("status", "Status", "an-register__status"),
        ("target", "Target date", "an-register__target"),
        ("owner", "Owner", "an-register__owner"),
        ("risk", "Risk", "an-register__risk"),
        ("actions", "Actions", "an-register__actions"),
        ("update", "Last update", "an-register__update"),
    ]
    .into_iter()
    .map(|(word, words, class)| {
        let up = query.sort == word || (word == "reference" && query.sort.is_empty());
        let down = query.sort.strip_prefix('-') == Some(word);
        let next = if up { format!("-{word}") } else { word.to_owned() };
        let sorted = if up {
            "ascending"
        } else if down {
            "descending"
        } else {
            ""
        };
        Head { words, address: query.address(|query| query.sort = next), sorted, class }
    })
    .collect()
}
