//! Loading the register: a fixed number of statements, whatever its size.

use std::collections::BTreeMap;

use jiff::Timestamp;
use journal::{AsAt, Id, Position, position};
use sqlx::AnyConnection;

use super::rules::{Item, Register};
use crate::{
    action, area, classification,
    dependency::{self, rows::Waiting},
    inspection, programme, recommendation, target, underway, update,
};

/// The register as at `as_at`, seen `now`.
pub async fn load(conn: &mut AnyConnection, as_at: AsAt, now: Timestamp) -> Result<Register, sqlx::Error> {
    let position = position(conn, as_at, now).await?;
    load_at(conn, position).await
}

/// The register as at a known position.
pub async fn load_at(conn: &mut AnyConnection, position: Position) -> Result<Register, sqlx::Error> {
    let seq = position.seq;
    let inspections = inspection::rows::all(&mut *conn, seq).await?;
    let recommendations = recommendation::rows::all(&mut *conn, seq).await?;
    let mut targets = by_recommendation(target::rows::all(&mut *conn, seq).await?);
    let mut actions = by_recommendation(action::rows::all(&mut *conn, seq).await?);
    let mut updates = by_recommendation(update::rows::all(&mut *conn, seq).await?);
    let mut steps = by_recommendation(recommendation::rows::steps(&mut *conn, seq).await?);
    let mut classified: BTreeMap<String, _> =
        classification::rows::all(&mut *conn, seq).await?.into_iter().collect();
    let mut waits_for: BTreeMap<Id, Vec<Waiting>> = BTreeMap::new();
    for (id, waiting) in dependency::rows::all(&mut *conn, seq).await? {
        waits_for.entry(id).or_default().push(waiting);
    }
    let areas = area::rows::all(&mut *conn, seq).await?;
    let programmes = programme::rows::all(&mut *conn, seq).await?;
    let underway = underway::rows::all(&mut *conn, seq).await?;
    let known: BTreeMap<&Id, _> = inspections.iter().map(|(id, one)| (id, one)).collect();
    let mut items = Vec::with_capacity(recommendations.len());
    for (id, recommendation) in recommendations {
        let inspection = known.get(&recommendation.inspection).ok_or_else(|| {
            sqlx::Error::Decode(
                format!("recommendation {id} has no inspection; run `answerable check`").into(),
            )
        })?;
        items.push(Item {
            code: inspection.code.clone(),
            published_on: inspection.published_on,
            targets: targets.remove(id.as_str()).unwrap_or_default(),
            actions: actions.remove(id.as_str()).unwrap_or_default(),
            updates: updates.remove(id.as_str()).unwrap_or_default(),
            addressees: Vec::new(),
            is_blocked: false,
            steps: steps.remove(id.as_str()).unwrap_or_default(),
            classification: classified.remove(id.as_str()).unwrap_or_default(),
            waits_for: waits_for.remove(&id).unwrap_or_default(),
            recommendation,
            id,
        });
    }
    items.sort_by_cached_key(Item::order);
    let mut register = Register { position, inspections, items, areas, programmes, underway };
    register.settle();
    Ok(register)
}

fn by_recommendation<T>(rows: Vec<(String, T)>) -> BTreeMap<String, Vec<T>> {
    rows.into_iter().fold(BTreeMap::new(), |mut map, (id, row)| {
        map.entry(id).or_insert_with(Vec::new).push(row);
        map
    })
}
