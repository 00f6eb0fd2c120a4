//! The list of incidents: filtered by its address, searched by words that go in no address.

use axum::{
    extract::{Query as Asked, State as Given},
    response::Response,
};
use journal::reference_seq;
use users::User;
use web::{Accepts, Input, Problem, Site, show};

use super::{
    rows::{Filter, State, list, one},
    views::{ListPage, PAGE, Query, list_page},
};
use crate::incident::rows::{by_reference, looked_for};

/// `GET /incidents`
pub async fn show_list(
    Given(site): Given<Site>,
    who: User,
    accepts: Accepts,
    Asked(query): Asked<Query>,
) -> Result<Response, Problem> {
    who.may("incident.read")?;
    show(accepts, &page(&site, &who, query, "").await?)
}

/// `POST /incidents/search`: the words are about people, so they are in the body and in no address.
pub async fn search(
    Given(site): Given<Site>,
    who: User,
    accepts: Accepts,
    input: Input<serde::de::IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("incident.read")?;
    let typed = input.typed;
    let query = Query {
        state: typed.get("state").to_owned(),
        unit: typed.get("unit").to_owned(),
        grade: typed.get("grade").to_owned(),
        division: typed.get("division").to_owned(),
        incident_type: typed.get("incident_type").to_owned(),
        qualifier: typed.get("qualifier").to_owned(),
        before: typed.get("before").to_owned(),
    };
    show(accepts, &page(&site, &who, query, typed.get("words")).await?)
}

async fn page(site: &Site, who: &User, query: Query, words: &str) -> Result<ListPage, Problem> {
    let mut read = site.read().await?;
    let mut rows = Vec::new();
    if let Some(seq) = reference_seq('I', words) {
        if let Some(id) = by_reference(&mut read, seq).await? {
            rows.extend(one(&mut read, &id).await?);
        }
    } else {
        let filter = Filter {
            state: State::of(&query.state).unwrap_or_default(),
            unit: query.unit.clone(),
            grade: query.grade.clone(),
            division: query.division.clone(),
            incident_type: query.incident_type.clone(),
            qualifier: query.qualifier.clone(),
            words: looked_for(words),
            before: query.before.parse().ok(),
            limit: PAGE + 1,
        };
        rows = list(&mut read, &filter).await?;
    }
    Ok(list_page(site.now(), who, query, words, &rows))
}
