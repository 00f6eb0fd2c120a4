//! The list of crime reports as it is shown; its address holds all of its filter.

use askama::Template;
use contact::unit;
use jiff::{Timestamp, ToSpan};
use journal::{
    Refusal, beginning_of, day_of, day_typed,
    words::{counted, moment},
};
use serde::{Deserialize, Serialize};
use users::User;
use web::{Choice, Frame, Section};

use super::rows::{Filter, Listed, NOWHERE};
use crate::{
    definition::{crime_type, crime_words, definitions},
    report::{
        rules::{Ending, State},
        words::{pounds, unit_words},
    },
};

/// Rows on one page.
pub const PAGE: i64 = 50;

/// What the address holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// A key of a unit.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub team: String,
    /// The letter of a division.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub division: String,
    /// A key of a crime type.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub crime_type: String,
    /// An ending.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub ending: String,
    /// A state.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub state: String,
    /// The first day on which they were recorded.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// The last day on which they were recorded.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub until: String,
    /// The place in the list.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub before: String,
    /// What was just done; it narrows nothing.
    #[serde(skip_serializing)]
    pub done: String,
    /// How many crimes a retailer’s form recorded.
    #[serde(skip_serializing)]
    pub recorded: usize,
    /// How many incidents it opened to be assessed first.
    #[serde(skip_serializing)]
    pub assessed: usize,
}

/// Refuses a key that is not empty and not one of them.
pub(crate) fn one_of(field: &'static str, key: &str, is_there: bool, what: &str) -> Result<(), Refusal> {
    if key.is_empty() || is_there {
        return Ok(());
    }
    Err(Refusal::of(field, format!("There is no such {what}. Choose one of the list, or all of them.")))
}

/// Whether a division of that letter is or was.
pub(crate) fn is_division(letter: &str) -> bool {
    letter == NOWHERE || unit::all().iter().any(|one| one.letter == letter)
}

/// Whether a unit of that key is or was.
pub(crate) fn is_unit(key: &str) -> bool {
    unit::all().iter().any(|one| one.key == key)
}

/// The place in a list that an address holds.
pub(crate) fn place(text: &str, page: &str) -> Result<Option<i64>, Refusal> {
    if text.is_empty() {
        return Ok(None);
    }
    let told = || Refusal::of("before", format!("That is no place in the list. Begin at its start: {page}."));
    text.parse().map(Some).map_err(|_| told())
}

/// When a day that was typed begins in Scotland, so many days later.
pub(crate) fn begin(field: &'static str, text: &str, later: i64) -> Result<Option<Timestamp>, Refusal> {
    Ok(day_typed(field, text)?.map(|day| beginning_of(day.saturating_add(later.days()))))
}

/// A page’s address with what its filter holds.
pub(crate) fn address(page: &str, query: &impl Serialize) -> String {
    match serde_html_form::to_string(query) {
        Ok(query) if !query.is_empty() => format!("{page}?{query}"),
        _ => page.to_owned(),
    }
}

impl Query {
    /// The filter that it means, or which of it cannot be meant.
    pub fn filter(&self) -> Result<Filter, Refusal> {
        one_of("team", &self.team, is_unit(&self.team), "team")?;
        one_of("division", &self.division, is_division(&self.division), "division")?;
        one_of("crime_type", &self.crime_type, crime_type(&self.crime_type).is_some(), "type of crime")?;
        let (ending, state) = (Ending::of(&self.ending), State::of(&self.state));
        one_of("ending", &self.ending, ending.is_some(), "ending")?;
        one_of("state", &self.state, state.is_some(), "state")?;
        Ok(Filter {
            team: self.team.clone(),
            division: self.division.clone(),
            crime_type: self.crime_type.clone(),
            ending,
            state,
            from: begin("from", &self.from, 0)?,
            until: begin("until", &self.until, 1)?,
            before: place(&self.before, "/crime-reports")?,
            limit: PAGE + 1,
        })
    }

    /// The same filter with that state, from its start.
    #[must_use]
    pub fn in_state(&self, state: &str) -> Self {
        Self { state: state.to_owned(), before: String::new(), ..self.clone() }
    }

    /// Whether anything narrows the list.
    pub fn is_filtered(&self) -> bool {
        let nothing =
            Self { before: String::new(), done: String::new(), recorded: 0, assessed: 0, ..self.clone() };
        nothing != Self::default()
    }
}

/// One row.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Where it is.
    pub address: String,
    /// Its reference.
    pub reference: String,
    /// The crime, and how many counts of it.
    pub crime: String,
    /// How it goes on.
    pub ending: &'static str,
    /// How many lines of enquiry are still to be followed.
    pub to_do: i64,
    /// How it stands, as an address has it.
    pub state: &'static str,
    /// How it stands, in words.
    pub state_words: &'static str,
    /// Whether somebody has to do something about it.
    pub is_alarming: bool,
    /// How often it was returned.
    pub returns: i64,
    /// Whether it was recorded although somebody is vulnerable.
    pub is_overridden: bool,
    /// The letter of the division.
    pub division: String,
    /// The team’s name.
    pub team: String,
    /// When it was recorded.
    pub recorded: String,
    /// What was taken or damaged is worth.
    pub value: String,
}

/// One row of any list of crime reports.
pub fn row(one: &Listed) -> Row {
    let crime = crime_words(&one.crime_type);
    Row {
        address: format!("/crime-reports/{}", one.id),
        reference: one.reference(),
        crime: if one.counts == 1 { crime.to_owned() } else { format!("{crime}, {} counts", one.counts) },
        ending: one.ending.words(),
        to_do: one.to_do,
        state: one.state.as_str(),
        state_words: one.state.words(),
        is_alarming: one.state == State::Returned,
        returns: one.returns,
        is_overridden: one.is_overridden,
        division: one.division.clone(),
        team: unit_words(&one.team).to_owned(),
        recorded: moment(one.recorded_at),
        value: pounds((one.pence > 0).then_some(one.pence)),
    }
}

/// A figure above the list: it opens what it counts.
#[derive(Debug, Serialize)]
pub struct Figure {
    /// The list of what it counts.
    pub address: String,
    /// How many.
    pub number: i64,
    /// Of what.
    pub words: &'static str,
    /// Whether somebody has to do something about it.
    pub is_alarming: bool,
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "report/list/list.html")]
pub struct ListPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The filter.
    pub query: Query,
    /// The figures of what the filter means, by state.
    pub figures: Vec<Figure>,
    /// The rows.
    pub rows: Vec<Row>,
    /// The address of the next page; empty on the last.
    pub next: String,
    /// The address of the file.
    pub csv: String,
    /// Whether this is not the first page.
    pub is_later: bool,
    /// Whether anything narrows the list.
    pub is_filtered: bool,
    /// Whether they may report in bulk.
    #[serde(skip)]
    pub may_record: bool,
    /// Choices of the filter: name, words, choices.
    #[serde(skip)]
    pub filters: Vec<(&'static str, &'static str, Vec<Choice>)>,
}

/// A choice of any, then the others.
pub(crate) fn any(chosen: &str, rest: impl Iterator<Item = Choice>) -> Vec<Choice> {
    std::iter::once(Choice::of("", "Any", chosen)).chain(rest).collect()
}

/// The choices of a division and of a team.
pub(crate) fn places(
    now: Timestamp,
    division: &str,
    team: &str,
) -> [(&'static str, &'static str, Vec<Choice>); 2] {
    let units = unit::valid(day_of(now));
    let lettered = units.iter().filter(|one| !one.letter.is_empty());
    let lettered =
        lettered.map(|one| Choice::of(&one.letter, format!("{} {}", one.letter, one.name), division));
    let teams = units.iter().map(|one| Choice::of(&one.key, &one.name, team));
    let lettered = lettered.chain(std::iter::once(Choice::of(NOWHERE, "No place known", division)));
    [("division", "Division", any(division, lettered)), ("team", "Team", any(team, teams))]
}

/// The page of what was found: one row more than a page has says that there is another.
pub fn list_page(
    now: Timestamp,
    who: &User,
    query: Query,
    found: &[Listed],
    figures: &[(State, i64)],
) -> ListPage {
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let last = found.get(page).and_then(|_| found.get(page.saturating_sub(1)));
    let next =
        |last: &Listed| address("/crime-reports", &Query { before: last.seq.to_string(), ..query.clone() });
    let figure = |state: &str, number: i64, words: &'static str, is_alarming: bool| Figure {
        address: address("/crime-reports", &query.in_state(state)),
        number,
        words,
        is_alarming,
    };
    let of = |state: State| figures.iter().find(|(one, _)| *one == state).map_or(0, |(_, number)| *number);
    let all = figures.iter().map(|(_, number)| number).sum();
    let states = State::ALL
        .map(|one| figure(one.as_str(), of(one), one.words(), one == State::Returned && of(one) > 0));
    let types =
        definitions().crime_type.iter().map(|one| Choice::of(&one.key, &one.words, &query.crime_type));
    let endings = Ending::ALL.map(|one| Choice::of(one.as_str(), one.words(), &query.ending));
    let stands = State::ALL.map(|one| Choice::of(one.as_str(), one.words(), &query.state));
    let mut filters = vec![
        ("state", "State", any(&query.state, stands.into_iter())),
        ("crime_type", "Crime", any(&query.crime_type, types)),
        ("ending", "Ending", any(&query.ending, endings.into_iter())),
    ];
    filters.extend(places(now, &query.division, &query.team));
    let done = (query.done == "retail").then(|| {
        let recorded = counted(query.recorded, "crime is", "crimes are");
        let assessed = match query.assessed {
            0 => String::new(),
            number => format!(
                " {} opened as Prompt to be assessed first.",
                counted(number, "incident is", "incidents are")
            ),
        };
        format!("The retailer’s form is carried in: {recorded} recorded.{assessed}")
    });
    ListPage {
        frame: Frame::of("Crime reports", Section::Crime).seen_by(who.signed()).with_notice(done),
        figures: std::iter::once(figure("", all, "Recorded", false)).chain(states).collect(),
        rows: found.iter().take(page).map(row).collect(),
        next: last.map_or_else(String::new, next),
        csv: address("/crime-reports.csv", &Query { before: String::new(), ..query.clone() }),
        is_later: !query.before.is_empty(),
        is_filtered: query.is_filtered(),
        may_record: who.may_do("crime.record"),
        filters,
        query,
    }
}
