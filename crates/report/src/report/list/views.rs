//! The list of reports as it is shown; its address holds all of its filter.

use askama::Template;
use journal::{
    Refusal, day_typed,
    words::{counted, moment, thousands},
};
use serde::{Deserialize, Serialize};
use users::User;
use web::{Choice, Frame, Section};

use crate::{
    pack::definition::{all, pack},
    period::rules::Kind,
    report::{
        new::views::address,
        rows::{Filter, Line},
    },
};

/// Rows on one page.
pub const PAGE: i64 = 50;

/// What the address holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// A key of a pack.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub pack: String,
    /// A key of a kind.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// The letter of a division.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub division: String,
    /// "provisional" or "settled".
    #[serde(skip_serializing_if = "String::is_empty")]
    pub state: String,
    /// What reaches to this day or later.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// What begins on this day or earlier.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub until: String,
    /// The number of the page.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub page: String,
}

fn one_of(field: &'static str, key: &str, is_there: bool, what: &str) -> Result<(), Refusal> {
    if key.is_empty() || is_there {
        return Ok(());
    }
    Err(Refusal::of(field, format!("There is no such {what}. Choose one of the list, or all of them.")))
}

impl Query {
    /// The filter that it means, or which of it cannot be meant.
    pub fn filter(&self) -> Result<Filter, Refusal> {
        one_of("pack", &self.pack, pack(&self.pack).is_some(), "pack")?;
        one_of("kind", &self.kind, Kind::of(&self.kind).is_some(), "length of a period")?;
        let is_letter = contact::unit::all().iter().any(|unit| unit.letter == self.division);
        one_of("division", &self.division, is_letter, "division")?;
        one_of("state", &self.state, ["provisional", "settled"].contains(&self.state.as_str()), "state")?;
        let day = |field, text: &str| {
            day_typed(field, text).map(|day| day.map_or_else(String::new, |day| day.to_string()))
        };
        Ok(Filter {
            pack: self.pack.clone(),
            kind: self.kind.clone(),
            division: self.division.clone(),
            is_provisional: (!self.state.is_empty()).then(|| self.state == "provisional"),
            is_published_only: false,
            from: day("from", &self.from)?,
            until: day("until", &self.until)?,
        })
    }

    /// The number of the page, from 1.
    pub fn number(&self) -> Result<i64, Refusal> {
        if self.page.is_empty() {
            return Ok(1);
        }
        let number = self.page.parse().ok().filter(|number| (1..=1_000_000).contains(number));
        number.ok_or_else(|| Refusal::of("page", "There is no such page. Begin with the first."))
    }

    fn at(&self, number: i64) -> String {
        let page = if number == 1 { String::new() } else { number.to_string() };
        address("/reports", &Self { page, ..self.clone() })
    }
}

/// A report of the list.
#[derive(Debug, Serialize)]
pub struct Row {
    id: String,
    pack: String,
    period: String,
    area: String,
    edition: i64,
    is_provisional: bool,
    is_published: bool,
    frozen: String,
    counted_at: String,
}

/// Which page of how many.
#[derive(Debug, Serialize)]
pub struct Pages {
    first: i64,
    last: i64,
    total: i64,
    previous: Option<String>,
    next: Option<String>,
    all: Option<String>,
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "report/list/list.html")]
pub struct ListPage {
    #[serde(skip)]
    frame: Frame,
    query: Query,
    rows: Vec<Row>,
    pages: Pages,
    is_filtered: bool,
    is_later: bool,
    may_make: bool,
    due: usize,
    due_words: String,
    #[serde(skip)]
    filters: Vec<(&'static str, &'static str, Vec<Choice>)>,
}

/// The page of what was found: so many of a total, from an offset.
pub fn page(who: &User, query: Query, (found, total, offset): (&[Line], i64, i64), due: usize) -> ListPage {
    let shown = i64::try_from(found.len()).unwrap_or(PAGE);
    let number = offset / PAGE + 1;
    ListPage {
        frame: Frame::of("Performance reports", Section::Reports).seen_by(who.signed()),
        rows: found.iter().map(row).collect(),
        pages: Pages {
            first: offset + 1,
            last: offset + shown,
            total,
            previous: (number > 1).then(|| query.at(number - 1)),
            next: (offset + shown < total).then(|| query.at(number + 1)),
            all: None,
        },
        is_filtered: Query { page: String::new(), ..query.clone() } != Query::default(),
        is_later: offset > 0,
        may_make: who.may_do("report.make"),
        due_words: counted(due, "report is due", "reports are due"),
        due,
        filters: filters(&query),
        query,
    }
}

fn row(line: &Line) -> Row {
    Row {
        id: line.id.to_string(),
        pack: line.about.pack_name().to_owned(),
        period: line.about.period.words(),
        area: line.about.area(),
        edition: line.edition,
        is_provisional: line.is_provisional,
        is_published: line.is_published,
        frozen: moment(line.frozen_at),
        counted_at: thousands(usize::try_from(line.counted_at).unwrap_or_default()),
    }
}

fn filters(query: &Query) -> Vec<(&'static str, &'static str, Vec<Choice>)> {
    let all_or = |choices: Vec<Choice>, chosen: &str| {
        std::iter::once(Choice::of("", "All", chosen)).chain(choices).collect::<Vec<_>>()
    };
    let packs = all().iter().map(|one| Choice::of(&one.key, &one.name, &query.pack)).collect();
    let kinds = Kind::ALL.iter().map(|one| Choice::of(one.key(), one.words(), &query.kind)).collect();
    let letters = contact::unit::all().iter().filter(|unit| !unit.letter.is_empty());
    let letters = letters
        .map(|unit| Choice::of(&unit.letter, format!("{} {}", unit.letter, unit.name), &query.division))
        .collect();
    let states = [("provisional", "Provisional"), ("settled", "Settled")];
    let states = states.map(|(key, words)| Choice::of(key, words, &query.state)).to_vec();
    vec![
        ("kind", "How often", all_or(kinds, &query.kind)),
        ("pack", "Pack", all_or(packs, &query.pack)),
        ("division", "Division", all_or(letters, &query.division)),
        ("state", "State", all_or(states, &query.state)),
    ]
}
