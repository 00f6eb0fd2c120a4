//! The only SQL about groups and their members.

use jiff::civil::Date;
use journal::{Entry, Id, Noun, OPEN_END, Refusal, Tx, history};
use sqlx::{AnyConnection, Row, any::AnyRow};

use super::rules::{self, Command, Fact, Group, Kind, Known, Member, Terms};

const SAVE: &str =
    "insert into governance_group (id, name, kind, reference, cadence, ended_on, ended_because, looks_after)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
    on conflict (id) do update set name = excluded.name, kind = excluded.kind,
        reference = excluded.reference, cadence = excluded.cadence, ended_on = excluded.ended_on,
        ended_because = excluded.ended_because, looks_after = excluded.looks_after";
const CLEAR: &str = "delete from group_member where group_id = $1";
const SEAT: &str = "insert into group_member (group_id, place, post, alternate, chairs)
    values ($1, $2, $3, $4, $5)";
const ALL: &str = "select id, name, kind, reference, cadence, ended_on, ended_because, looks_after
    from governance_group order by name, id";
const MEMBERS: &str = "select group_id, post, alternate, chairs from group_member order by group_id, place";
const ONE: &str = "select id, name, kind, reference, cadence, ended_on, ended_because, looks_after
    from governance_group where id = $1";
const MEMBERS_OF: &str = "select group_id, post, alternate, chairs from group_member where group_id = $1
    order by place";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 7] = [SAVE, CLEAR, SEAT, ALL, MEMBERS, ONE, MEMBERS_OF];

/// The group as a noun.
pub struct Groups;

impl Noun for Groups {
    type State = Group;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Group>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Group>, fact: &Fact) -> Group {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, _: &Entry, id: &Id, state: &Group) -> Result<(), sqlx::Error> {
        let cadence = serde_json::to_string(&state.terms.cadence);
        sqlx::query(SAVE)
            .bind(id.as_str())
            .bind(&state.terms.name)
            .bind(state.terms.kind.as_str())
            .bind(&state.terms.reference)
            .bind(cadence.map_err(|error| sqlx::Error::Encode(error.into()))?)
            .bind(state.ended.as_ref().map(|(on, _)| on.to_string()))
            .bind(state.ended.as_ref().map(|(_, reason)| reason))
            .bind(state.terms.plans.iter().map(Id::as_str).collect::<Vec<_>>().join(" "))
            .execute(&mut **tx)
            .await?;
        sqlx::query(CLEAR).bind(id.as_str()).execute(&mut **tx).await?;
        for (place, member) in (0_i64..).zip(&state.members) {
            sqlx::query(SEAT)
                .bind(id.as_str())
                .bind(place)
                .bind(&member.post)
                .bind(&member.alternate)
                .bind(i64::from(member.chairs))
                .execute(&mut **tx)
                .await?;
        }
        Ok(())
    }
}

/// Every group, by name.
pub async fn all(conn: &mut AnyConnection) -> Result<Vec<(Id, Group)>, sqlx::Error> {
    let rows = sqlx::query(ALL).fetch_all(&mut *conn).await?;
    let members = sqlx::query(MEMBERS).fetch_all(conn).await?;
    rows.iter().map(|row| read(row, &members)).collect()
}

/// One group.
pub async fn one(conn: &mut AnyConnection, id: &Id) -> Result<Option<Group>, sqlx::Error> {
    let Some(row) = sqlx::query(ONE).bind(id.as_str()).fetch_optional(&mut *conn).await? else {
        return Ok(None);
    };
    let members = sqlx::query(MEMBERS_OF).bind(id.as_str()).fetch_all(conn).await?;
    Ok(Some(read(&row, &members)?.1))
}

/// One group as it was at entry `seq`; nothing where it was not set up yet.
pub async fn as_at(conn: &mut AnyConnection, id: &Id, seq: i64) -> Result<Option<Group>, sqlx::Error> {
    let mut group = None;
    for entry in history(conn, id, seq).await? {
        if let Some(fact) = entry.fact::<Fact>()? {
            group = Some(rules::apply(group, &fact));
        }
    }
    Ok(group)
}

/// What the rule has to know about the other groups.
pub async fn known(conn: &mut AnyConnection, but: &Id, today: Date) -> Result<Known, sqlx::Error> {
    let inspections = plan::inspection::rows::all(&mut *conn, OPEN_END - 1).await?;
    let others = all(conn).await?.into_iter().filter(|(id, group)| id != but && group.ended.is_none());
    Ok(Known {
        today,
        taken: others.map(|(_, group)| group.terms.name).collect(),
        inspections: inspections.into_iter().map(|(id, _)| id).collect(),
    })
}

fn read(row: &AnyRow, members: &[AnyRow]) -> Result<(Id, Group), sqlx::Error> {
    let id: String = row.try_get(0)?;
    let damaged = |what: &str| sqlx::Error::Decode(format!("group {id}: {what:?} is damaged").into());
    let kind: String = row.try_get(2)?;
    let cadence: String = row.try_get(4)?;
    let ended_on: Option<String> = row.try_get(5)?;
    let because: Option<String> = row.try_get(6)?;
    let looks_after: String = row.try_get(7)?;
    let plans = looks_after.split(' ').filter(|plan| !plan.is_empty());
    let terms = Terms {
        name: row.try_get(1)?,
        kind: Kind::read(&kind).ok_or_else(|| damaged(&kind))?,
        reference: row.try_get(3)?,
        cadence: serde_json::from_str(&cadence).map_err(|_| damaged(&cadence))?,
        plans: plans.map(|plan| Id::read(plan).ok_or_else(|| damaged(plan))).collect::<Result<_, _>>()?,
    };
    let ended_on = ended_on.map(|on| on.parse().map_err(|_| damaged(&on))).transpose()?;
    let mut group = Group { terms, members: Vec::new(), ended: ended_on.zip(because) };
    for member in members {
        let of: String = member.try_get(0)?;
        if of == id {
            let chairs: i64 = member.try_get(3)?;
            group.members.push(Member {
                post: member.try_get(1)?,
                alternate: member.try_get(2)?,
                chairs: chairs != 0,
            });
        }
    }
    Ok((Id::read(&id).ok_or_else(|| damaged("identity"))?, group))
}
