//! What stands around the register's list: its figures, its filters, its column heads.

use jiff::civil::Date;
use web::Choice;

use super::{
    list::{Flag, NOBODY, Query, WHOLE, open_statuses},
    rules::{Counts, Register},
};
use crate::{
    classification::rules::Horizon,
    codes,
    linter::Summary,
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

/// The figures above the list, of the body that the list is about. Each leads to exactly the rows it counts.
pub(super) fn figures(counts: &Counts, query: &Query) -> Vec<Figure> {
    let only = |change: fn(&mut Query)| {
        let (as_at, addressee) = (query.as_at.clone(), query.addressee.clone());
        let start = Query { addressee, as_at, ..Query::default() };
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

/// The filters by how recommendations are sorted.
#[derive(Debug)]
pub(super) struct Sorting {
    pub themes: Vec<Choice>,
    pub horizons: Vec<Choice>,
    pub delay_reasons: Vec<Choice>,
    pub addressees: Vec<Choice>,
    pub strategic_owners: Vec<Choice>,
}

/// The filters by how recommendations are sorted, as `query` has them.
pub(super) fn sorting(register: &Register, query: &Query) -> Sorting {
    Sorting {
        themes: themes(register, query),
        horizons: horizons(register, query),
        delay_reasons: delay_reasons(register, query),
        addressees: addressees(register, query),
        strategic_owners: strategic_owners(register, query),
    }
}

/// The figures of the check, each leading to what it counts.
pub(super) fn found_faults(check: Summary) -> Vec<Figure> {
    let figure = |severity: &str, number: usize, words, note: &str, alarm: bool| Figure {
        address: format!("/check?severity={severity}"),
        number: thousands(number),
        words,
        note: note.to_owned(),
        alarm: alarm && number > 0,
    };
    vec![
        figure("fault", check.faults, "Faults", "found by the check, not accepted", true),
        figure("warning", check.warnings, "Warnings", "found by the check, not accepted", false),
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
    for word in &query.theme {
        let words = codes::theme_words(word).to_owned();
        pills.push((query.address(|q| q.theme.retain(|one| one != word)), words));
    }
    for word in &query.horizon {
        let words = Horizon::read(word).map_or_else(|| word.clone(), |one| one.words().to_owned());
        pills.push((query.address(|q| q.horizon.retain(|one| one != word)), words));
    }
    for word in &query.delay_reason {
        let words = format!("Moved: {}", codes::delay_reason_words(word));
        pills.push((query.address(|q| q.delay_reason.retain(|one| one != word)), words));
    }
    pills.extend(single_pills(query));
    if query.rows == WHOLE {
        pills.push((query.address(|q| q.rows.clear()), "All on one page".to_owned()));
    }
    if !query.as_at.is_empty() {
        pills.push((query.address(|q| q.as_at.clear()), format!("As at {}", query.as_at)));
    }
    pills
}

/// The filters that have one value, each with the address that takes it away.
fn single_pills(query: &Query) -> Vec<(String, String)> {
    type Clear = fn(&mut Query);
    let all: [(&str, &str, Clear); 5] = [
        ("To", &query.addressee, |q| q.addressee.clear()),
        ("Answered for by", &query.strategic_owner, |q| q.strategic_owner.clear()),
        ("Silent since", &query.silent_since, |q| q.silent_since.clear()),
        ("Discharged from", &query.closed_from, |q| q.closed_from.clear()),
        ("Discharged to", &query.closed_to, |q| q.closed_to.clear()),
    ];
    let set = all.into_iter().filter(|(_, value, _)| !value.is_empty());
    set.map(|(words, value, clear)| (query.address(clear), format!("{words} {value}"))).collect()
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
    // What is all closed is found by its words; it would only make the list long.
    let wanted = |(id, _): &&(journal::Id, crate::inspection::rules::Inspection)| {
        register.of_inspection(id).any(super::rules::Item::is_open)
            || query.inspection.iter().any(|one| one == id.as_str())
    };
    register.inspections.iter().filter(wanted).map(choice).collect()
}

/// The filter by theme.
fn themes(register: &Register, query: &Query) -> Vec<Choice> {
    let count =
        |key: &String| register.items.iter().filter(|item| item.classification.themes.contains(key)).count();
    let choice = |one: &codes::Code| chosen(&one.key, &one.words, &query.theme).counting(count(&one.key));
    codes::themes().iter().map(choice).collect()
}

/// The filter by priority.
fn horizons(register: &Register, query: &Query) -> Vec<Choice> {
    let count = |horizon: Horizon| {
        register.items.iter().filter(|item| item.classification.horizon == Some(horizon)).count()
    };
    let choice = |one: Horizon| chosen(one.as_str(), one.words(), &query.horizon).counting(count(one));
    Horizon::ALL.into_iter().map(choice).collect()
}

/// The filter by why a target was moved.
fn delay_reasons(register: &Register, query: &Query) -> Vec<Choice> {
    let count = |key: &String| {
        register.items.iter().filter(|item| item.targets.iter().any(|one| one.delay_reason == *key)).count()
    };
    let choice =
        |one: &codes::Code| chosen(&one.key, &one.words, &query.delay_reason).counting(count(&one.key));
    codes::delay_reasons().iter().map(choice).collect()
}

/// The filter by strategic owner.
fn strategic_owners(register: &Register, query: &Query) -> Vec<Choice> {
    let posts = register.items.iter().map(|item| item.classification.strategic_owner.as_str());
    let mut choices = one_of(posts, "Any strategic owner", &query.strategic_owner);
    choices.push(Choice::of(NOBODY, "Nobody named", &query.strategic_owner));
    choices
}

/// The filter by addressee.
fn addressees(register: &Register, query: &Query) -> Vec<Choice> {
    let bodies = register.items.iter().flat_map(|item| item.addressees.iter().map(String::as_str));
    one_of(bodies, "Any body", &query.addressee)
}

/// One of the words there are, each once.
fn one_of<'a>(words: impl Iterator<Item = &'a str>, any: &str, chosen: &str) -> Vec<Choice> {
    let all: std::collections::BTreeSet<&str> = words.filter(|word| !word.is_empty()).collect();
    std::iter::once(Choice::of("", any, chosen))
        .chain(all.into_iter().map(|word| Choice::of(word, word, chosen)))
        .collect()
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
    let posts = register.items.iter().map(|item| item.recommendation.owner_post.as_str());
    one_of(posts, "Any owner", &query.owner)
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
