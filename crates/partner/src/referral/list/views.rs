//! The list of referrals as it is shown; its address holds all of its filter.

use askama::Template;
use jiff::{Timestamp, ToSpan};
use journal::{Refusal, beginning_of, day_of, day_typed, words::moment};
use serde::{Deserialize, Serialize};
use users::User;
use web::{Choice, Frame, Section};

use super::rows::{Filter, Listed, TO_DEAL_WITH};
use crate::{
    definition::{agency_name, definitions, kind_words},
    referral::{counts::rules::Count, rules::State, words::end_words},
};

/// Rows on one page.
pub const PAGE: i64 = 50;

/// What the address holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// A key of an agency.
    pub agency: String,
    /// A key of a kind.
    pub kind: String,
    /// The letter of a division.
    pub division: String,
    /// A state.
    pub state: String,
    /// The first day on which they were sent.
    pub from: String,
    /// The last day on which they were sent.
    pub until: String,
    /// The place in the list.
    pub before: String,
}

impl Query {
    /// The filter that it means, or which of it cannot be meant.
    pub fn filter(&self) -> Result<Filter, Refusal> {
        let all = definitions();
        if !self.agency.is_empty() && !all.agency.iter().any(|one| one.key == self.agency) {
            return Err(Refusal::of(
                "agency",
                "There is no such agency. Choose one of the list, or all of them.",
            ));
        }
        if !self.kind.is_empty() && !all.kind.iter().any(|one| one.key == self.kind) {
            return Err(Refusal::of(
                "kind",
                "There is no such kind of referral. Choose one of the list, or all.",
            ));
        }
        let is_letter = contact::unit::all().iter().any(|unit| unit.letter == self.division);
        if !self.division.is_empty() && !is_letter {
            return Err(Refusal::of(
                "division",
                "There is no such division. Choose one of the list, or all of them.",
            ));
        }
        let state = match self.state.as_str() {
            "" | TO_DEAL_WITH => None,
            state => Some(State::of(state).ok_or_else(|| {
                Refusal::of("state", "There is no such state. Choose one of the list, or all of them.")
            })?),
        };
        let before = match self.before.as_str() {
            "" => None,
            place => Some(place.parse().map_err(|_| {
                Refusal::of("before", "That is no place in the list. Begin at its start: /referrals.")
            })?),
        };
        Ok(Filter {
            agency: self.agency.clone(),
            kind: self.kind.clone(),
            division: self.division.clone(),
            state,
            is_to_deal_with: self.state == TO_DEAL_WITH,
            from: begin("from", &self.from, 0)?,
            until: begin("until", &self.until, 1)?,
            before,
            limit: PAGE + 1,
        })
    }

    /// The address of the list with this filter and another state; `page` is "/referrals" or what it is a part of.
    pub fn address(&self, page: &str) -> String {
        let pairs = [
            ("agency", &self.agency),
            ("kind", &self.kind),
            ("division", &self.division),
            ("state", &self.state),
            ("from", &self.from),
            ("until", &self.until),
            ("before", &self.before),
        ];
        let given: Vec<(&str, &String)> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        match serde_html_form::to_string(&given) {
            Ok(query) if !query.is_empty() => format!("{page}?{query}"),
            _ => page.to_owned(),
        }
    }

    /// The same filter with that state, from its start.
    #[must_use]
    pub fn in_state(&self, state: &str) -> Self {
        Self { state: state.to_owned(), before: String::new(), ..self.clone() }
    }

    /// Whether anything narrows the list.
    pub fn is_filtered(&self) -> bool {
        Self { before: String::new(), ..self.clone() } != Self::default()
    }
}

/// When a day that was typed begins in Scotland, so many days later.
fn begin(field: &'static str, text: &str, later: i64) -> Result<Option<Timestamp>, Refusal> {
    Ok(day_typed(field, text)?.map(|day| beginning_of(day.saturating_add(later.days()))))
}

/// One row.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Where it is.
    pub address: String,
    /// Its reference.
    pub reference: String,
    /// The agency.
    pub agency: String,
    /// The kind.
    pub kind: String,
    /// The letter of the division.
    pub division: String,
    /// How it stands, as an address has it.
    pub state: &'static str,
    /// How it stands, in words.
    pub state_words: &'static str,
    /// Whether the police have to do something about it.
    pub is_alarming: bool,
    /// The reason or the outcome; empty where there is none.
    pub end: String,
    /// Whether it was sent without consent.
    pub is_overridden: bool,
    /// When it was sent.
    pub sent: String,
    /// By when the agency replies, or when it did.
    pub reply: String,
}

/// One row of any list of referrals: the incident’s page has the same.
pub fn row(one: &Listed, now: Timestamp) -> Row {
    let state = one.state(now);
    Row {
        address: format!("/referrals/{}", one.id),
        reference: one.reference(),
        agency: agency_name(&one.agency).to_owned(),
        kind: kind_words(&one.kind).to_owned(),
        division: one.division.clone(),
        state: state.as_str(),
        state_words: state.words(),
        is_alarming: one.is_to_deal_with(now),
        end: end_words(state, &one.ended_key).to_owned(),
        is_overridden: one.is_overridden,
        sent: moment(one.sent_at),
        reply: match one.replied_at {
            Some(at) => format!("Replied {}", moment(at)),
            None if state.is_open() => format!("Due {}", moment(one.reply_by)),
            None => String::new(),
        },
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
    /// Whether the police have to do something about it.
    pub is_alarming: bool,
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "referral/list/list.html")]
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
    /// Choices of the filter: name, words, choices.
    #[serde(skip)]
    pub filters: Vec<(&'static str, &'static str, Vec<Choice>)>,
}

/// The choices of a filter, any first.
pub fn filters(query: &Query, now: Timestamp) -> Vec<(&'static str, &'static str, Vec<Choice>)> {
    let all = definitions();
    let any = |chosen: &str, rest: Vec<Choice>| {
        std::iter::once(Choice::of("", "Any", chosen)).chain(rest).collect::<Vec<_>>()
    };
    let units = contact::unit::valid(day_of(now));
    let divisions = units.iter().filter(|unit| !unit.letter.is_empty());
    let divisions = divisions
        .map(|unit| Choice::of(&unit.letter, format!("{} {}", unit.letter, unit.name), &query.division));
    vec![
        (
            "kind",
            "Kind",
            any(
                &query.kind,
                all.kind.iter().map(|one| Choice::of(&one.key, &one.words, &query.kind)).collect(),
            ),
        ),
        ("division", "Division", any(&query.division, divisions.collect())),
    ]
}

/// The page of what was found: one row more than a page has says that there is another.
pub fn list_page(now: Timestamp, who: &User, query: Query, found: &[Listed], count: &Count) -> ListPage {
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let last = found.get(page).and_then(|_| found.get(page - 1));
    let next = |last: &Listed| Query { before: last.seq.to_string(), ..query.clone() }.address("/referrals");
    let figure = |state: State| Figure {
        address: query.in_state(state.as_str()).address("/referrals"),
        number: count.of(state),
        words: state.words(),
        is_alarming: false,
    };
    let sent = Figure {
        address: query.in_state("").address("/referrals"),
        number: count.sent(),
        words: "Sent",
        is_alarming: false,
    };
    let to_deal_with = Figure {
        address: query.in_state(TO_DEAL_WITH).address("/referrals"),
        number: count.to_deal_with,
        words: "To deal with",
        is_alarming: count.to_deal_with > 0,
    };
    let all = definitions().agency.iter().map(|one| Choice::of(&one.key, &one.name, &query.agency));
    let agencies = std::iter::once(Choice::of("", "Any", &query.agency)).chain(all).collect();
    let states = State::ALL.map(|one| Choice::of(one.as_str(), one.words(), &query.state));
    let first = [Choice::of("", "Any", &query.state), Choice::of(TO_DEAL_WITH, "To deal with", &query.state)];
    let states = first.into_iter().chain(states).collect();
    let mut filters = filters(&query, now);
    filters.insert(0, ("agency", "Agency", agencies));
    filters.insert(0, ("state", "State", states));
    ListPage {
        frame: Frame::of("Referrals", Section::Referrals).seen_by(who.signed()),
        figures: [to_deal_with, sent].into_iter().chain(State::ALL.map(figure)).collect(),
        rows: found.iter().take(page).map(|one| row(one, now)).collect(),
        next: last.map_or_else(String::new, next),
        csv: Query { before: String::new(), ..query.clone() }.address("/referrals.csv"),
        is_later: !query.before.is_empty(),
        is_filtered: query.is_filtered(),
        filters,
        query,
    }
}
