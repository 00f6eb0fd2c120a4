//! The list of incidents as it is shown.

use askama::Template;
use contact::{
    codes::{Code, on, words},
    grade::Grade,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use users::User;
use web::{Choice, Frame, Section};

use super::rows::{Listed, State};
use crate::{
    codes,
    queue::{rules::is_late, views::clock_words},
    unit,
};

/// Rows on one page.
pub const PAGE: i64 = 50;

/// What the address holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// Open, closed or all.
    pub state: String,
    /// A unit.
    pub unit: String,
    /// A grade.
    pub grade: String,
    /// A division's letter.
    pub division: String,
    /// A type.
    pub incident_type: String,
    /// A qualifier.
    pub qualifier: String,
    /// The place in the list.
    pub before: String,
}

/// One row.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Where it is.
    pub address: String,
    /// Its reference.
    pub reference: String,
    /// The opening account.
    pub summary: String,
    /// Its type and qualifiers.
    pub kind: String,
    /// The place.
    pub place: String,
    /// When it was opened.
    pub opened: String,
    /// The grade, as an address has it.
    pub grade: String,
    /// The grade in words.
    pub grade_words: String,
    /// Whose it is, or how it was closed.
    pub with: String,
    /// What it waits for.
    pub waits: String,
    /// By when.
    pub clock: String,
    /// Whether that is past.
    pub is_late: bool,
}

/// "Domestic incident, alcohol": a type and qualifiers, by their keys.
pub fn kind_words<'a>(incident_type: &str, qualifiers: impl Iterator<Item = &'a str>) -> String {
    let mut told = vec![words(codes::types(), incident_type)];
    told.extend(qualifiers.map(|key| words(codes::qualifiers(), key)));
    told.retain(|one| !one.is_empty());
    told.dedup(); // a type and its qualifier may have the same name
    told.join(", ")
}

/// The opening account, or that there is none.
pub fn account_words(summary: &str) -> String {
    if summary.is_empty() { "No account yet".to_owned() } else { summary.to_owned() }
}

/// One row of any list.
pub fn row(listed: &Listed, now: Timestamp) -> Row {
    let standing = &listed.standing;
    let kind = &standing.incident.kind;
    let queued = listed.queued.as_ref();
    let grade = standing.grade.as_ref().map(|grade| grade.in_force.grade);
    let closed = standing.closure.closed.as_ref().map(|closing| codes::closure_words(&closing.code));
    Row {
        address: format!("/incidents/{}", listed.id),
        reference: listed.reference(),
        summary: account_words(&listed.summary),
        kind: kind_words(&kind.incident_type, kind.qualifiers.iter().map(String::as_str)),
        place: listed.place.clone(),
        opened: standing
            .incident
            .opened_at
            .to_zoned(codes::scotland())
            .strftime("%-d %b %Y, %H:%M")
            .to_string(),
        grade: grade.map_or("", Grade::as_str).to_owned(),
        grade_words: grade.map_or("Not graded", Grade::words).to_owned(),
        with: match (closed, queued) {
            (Some(closed), _) => format!("Closed, {closed}"),
            (None, Some(queued)) => unit::name(&queued.unit).to_owned(),
            (None, None) => String::new(),
        },
        waits: queued.map_or("", |queued| queued.waits.words()).to_owned(),
        clock: queued.map_or_else(String::new, |queued| clock_words(queued.clock.as_ref(), now)),
        is_late: queued.is_some_and(|queued| is_late(queued.clock.as_ref(), now)),
    }
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "incident/list/list.html")]
pub struct ListPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The filter.
    pub query: Query,
    /// What was looked for; it goes back into the field and nowhere else.
    #[serde(skip)]
    pub words: String,
    /// The rows.
    pub rows: Vec<Row>,
    /// Where the next page begins; empty on the last.
    pub next: String,
    /// Choices of the filter.
    #[serde(skip)]
    pub states: Vec<Choice>,
    /// Choices of the filter.
    #[serde(skip)]
    pub units: Vec<Choice>,
    /// Choices of the filter.
    #[serde(skip)]
    pub grades: Vec<Choice>,
    /// Choices of the filter.
    #[serde(skip)]
    pub divisions: Vec<Choice>,
    /// Choices of the filter.
    #[serde(skip)]
    pub types: Vec<Choice>,
    /// Choices of the filter.
    #[serde(skip)]
    pub qualifiers: Vec<Choice>,
    /// Whether anything narrows the list.
    pub is_filtered: bool,
}

/// The page of what was found: one row more than a page has says that there is another.
pub fn list_page(now: Timestamp, who: &User, query: Query, words: &str, found: &[Listed]) -> ListPage {
    let today = codes::day_of(now);
    let page = usize::try_from(PAGE).unwrap_or(50);
    let next = found.get(page).and_then(|_| found.get(page - 1)).map(|last| last.seq.to_string());
    let any = |chosen: &str, rest: Vec<Choice>| {
        std::iter::once(Choice::of("", "Any", chosen)).chain(rest).collect::<Vec<_>>()
    };
    let of_codes = |all: &[Code], chosen: &str| {
        any(
            chosen,
            on(all, today).into_iter().map(|code| Choice::of(&code.key, &code.words, chosen)).collect(),
        )
    };
    let state = State::of(&query.state).unwrap_or_default();
    let states = [(State::Open, "Open"), (State::Closed, "Closed"), (State::All, "Open and closed")];
    let units = unit::valid(today);
    let is_filtered =
        !words.is_empty() || Query { before: String::new(), ..query.clone() } != Query::default();
    ListPage {
        frame: Frame::of("Incidents", Section::Incidents).seen_by(who.signed()),
        words: words.to_owned(),
        rows: found.iter().take(page).map(|listed| row(listed, now)).collect(),
        next: next.unwrap_or_default(),
        states: states.map(|(one, words)| Choice::of(one.as_str(), words, state.as_str())).to_vec(),
        units: any(
            &query.unit,
            units.iter().map(|unit| Choice::of(&unit.key, &unit.name, &query.unit)).collect(),
        ),
        grades: any(
            &query.grade,
            Grade::ALL.iter().map(|one| Choice::of(one.as_str(), one.words(), &query.grade)).collect(),
        ),
        divisions: any(
            &query.division,
            units
                .iter()
                .filter(|unit| !unit.letter.is_empty())
                .map(|unit| {
                    Choice::of(&unit.letter, format!("{} {}", unit.letter, unit.name), &query.division)
                })
                .collect(),
        ),
        types: of_codes(codes::types(), &query.incident_type),
        qualifiers: of_codes(codes::qualifiers(), &query.qualifier),
        is_filtered,
        query,
    }
}
