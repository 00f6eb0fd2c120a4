//! The list of contacts: its address holds its whole state.

use axum::{
    extract::{Query as Asked, State},
    response::{IntoResponse, Redirect, Response},
};
use jiff::{Timestamp, civil::Date};
use journal::{Refusal, reference_seq};
use users::User;
use web::{Accepts, Problem, Site, show};

use super::{
    rows::{Filter, Listed, by_reference, list as listed, shown},
    views::{Query, list_page},
};
use crate::contact::rules::{Channel, State as Standing};

/// How many contacts a page shows.
const PAGE: usize = 50;

/// `GET /contacts`
pub async fn list(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asked(query): Asked<Query>,
) -> Result<Response, Problem> {
    who.may("contact.read")?;
    let (contacts, older, refusals) = match find(&site, &query).await {
        Ok(Found::One(one)) if accepts.html => {
            return Ok(Redirect::to(&format!("/contacts/{}", one.id)).into_response());
        }
        Ok(Found::One(one)) => (vec![*one], None, Vec::new()),
        Ok(Found::Many(contacts, older)) => (contacts, older, Vec::new()),
        Err(Problem::Refused(refusal)) if accepts.html => (Vec::new(), None, vec![refusal]),
        Err(problem) => return Err(problem),
    };
    show(accepts, &list_page(&query, contacts, older, &who, refusals))
}

enum Found {
    /// What a reference means.
    One(Box<Listed>),
    /// A page of the list, and where the next begins.
    Many(Vec<Listed>, Option<String>),
}

async fn find(site: &Site, query: &Query) -> Result<Found, Problem> {
    let mut read = site.read().await?;
    if !query.reference.trim().is_empty() {
        let unknown =
            |why: &str| Refusal::of("reference", format!("{why} Ask for it again, letter by letter."));
        let Some(seq) = reference_seq('C', query.reference.trim()) else {
            return Err(unknown("That is no contact’s reference, or it was misheard.").into());
        };
        let Some(id) = by_reference(&mut read, seq).await? else {
            return Err(unknown("No contact has this reference.").into());
        };
        let one = shown(&mut read, &id).await?.ok_or(Problem::NotFound)?;
        return Ok(Found::One(Box::new(one)));
    }
    let mut contacts = listed(&mut read, &filter(query)?).await?;
    let older = (contacts.len() > PAGE).then(|| contacts.get(PAGE - 1).map(place)).flatten();
    contacts.truncate(PAGE);
    Ok(Found::Many(contacts, older))
}

/// The place in the list after which the next page begins.
fn place(last: &Listed) -> String {
    format!("{}_{}", last.contact.arrival.arrived_at, last.since_seq)
}

fn filter(query: &Query) -> Result<Filter, Refusal> {
    let key = |field: &'static str, what: &str, key: &str| {
        let key: String = key.chars().take(40).collect();
        Refusal::of(field, format!("{what} “{key}” is not known. Choose one of the list."))
    };
    let channel = match query.channel.as_str() {
        "" => None,
        one => Some(Channel::of(one).ok_or_else(|| key("channel", "The channel", one))?),
    };
    let state = match query.state.as_str() {
        "" => None,
        one => Some(Standing::of(one).ok_or_else(|| key("state", "The state", one))?),
    };
    let (from, end) = match query.day.trim() {
        "" => (None, None),
        day => day_of(day).map(|(from, end)| (Some(from), Some((end, 0))))?,
    };
    let before = match query.before.as_str() {
        "" => end,
        place => Some(read_place(place).ok_or_else(|| key("before", "The place in the list", place))?),
    };
    Ok(Filter {
        channel,
        state,
        with_attempts: query.attempts == "with",
        division: query.division.trim().to_uppercase(),
        from,
        before,
        limit: i64::try_from(PAGE).unwrap_or(i64::MAX) + 1,
    })
}

fn read_place(place: &str) -> Option<(Timestamp, i64)> {
    let (at, seq) = place.split_once('_')?;
    Some((at.parse().ok()?, seq.parse().ok()?))
}

/// The beginning and the end of a day, in Scotland.
fn day_of(typed: &str) -> Result<(Timestamp, Timestamp), Refusal> {
    let day = typed.parse().or_else(|_| Date::strptime("%d %B %Y", typed)).ok();
    let begin = |day: Date| day.to_zoned(journal::scotland()).ok().map(|at| at.timestamp());
    let span = day.and_then(|day| begin(day).zip(day.tomorrow().ok().and_then(begin)));
    span.ok_or_else(|| {
        let typed: String = typed.chars().take(40).collect();
        Refusal::of("day", format!("“{typed}” is not a day. Write it as 2026-11-21 or 21 November 2026."))
    })
}
