//! The only SQL about rounds.

use std::collections::BTreeMap;

use jiff::civil::Date;
use journal::{Entry, Id, Noun, OPEN_END, Refusal, Tx};
use sqlx::{AnyConnection, Row, any::AnyRow};

use super::{
    rules::{self, Command, Fact, Known, Request, Round},
    told::{Told, ToldKind, told},
};

const OPEN: &str = "insert into round
    (id, meeting, opened_seq, opened_on, due_on, remind_on, escalate_on, calendar_version)
    values ($1, $2, $3, $4, $5, $6, $7, $8)";
const CLOSE: &str = "update round set closed_seq = $1, closed_on = $2 where id = $3";
const ASK: &str = "insert into update_request
    (round, recommendation, place, post, escalate_to, withdrawn_on, withdrawn_because)
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (round, recommendation) do update set post = excluded.post,
        withdrawn_on = excluded.withdrawn_on, withdrawn_because = excluded.withdrawn_because";
const TELL: &str = "insert into told (seq, recommendation, round, kind, post, told_on, due_on)
    values ($1, $2, $3, $4, $5, $6, $7)";
const ROUNDS: &str = "select r.id, r.meeting, r.opened_seq, r.opened_on, r.due_on, r.remind_on, r.escalate_on,
    r.calendar_version, r.closed_seq, r.closed_on, m.meets_on, m.group_id, g.name, m.standing
    from round r join meeting m on m.id = r.meeting join governance_group g on g.id = m.group_id
    where ($1 = '' or r.id = $1) and ($2 = '' or r.meeting = $2) and ($3 = '' or m.group_id = $3)
        and ($4 = '' or ($4 = 'open' and r.closed_seq is null) or ($4 = 'closed' and r.closed_seq is not null))
    order by r.opened_seq desc";
const REQUESTS: &str =
    "select q.round, q.recommendation, q.post, q.escalate_to, q.withdrawn_on, q.withdrawn_because
    from update_request q join round r on r.id = q.round
    where r.opened_seq >= $1 and r.opened_seq <= $2 order by q.round, q.place";
const TOLD: &str = "select t.round, t.recommendation, t.kind, t.post, t.told_on
    from told t join round r on r.id = t.round
    where r.opened_seq >= $1 and r.opened_seq <= $2 and t.kind <> 'asked' order by t.seq";
const TOLD_SINCE: &str = "select seq, recommendation, round, kind, post, due_on from told
    where seq > $1 order by seq, recommendation";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 8] = [OPEN, CLOSE, ASK, TELL, ROUNDS, REQUESTS, TOLD, TOLD_SINCE];

/// The round as a noun.
pub struct Rounds;

impl Noun for Rounds {
    type State = Round;
    type Command = Command;
    type Fact = Fact;
    type Known = Known<'static>;

    fn decide(known: &Known<'static>, was: Option<&Round>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Round>, fact: &Fact) -> Round {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Round) -> Result<(), sqlx::Error> {
        let Some(fact) = entry.fact::<Fact>()? else { return Ok(()) };
        match &fact {
            Fact::Opened { .. } => save_opening(tx, entry, id, state).await?,
            Fact::Closed { on } => {
                sqlx::query(CLOSE)
                    .bind(entry.seq)
                    .bind(on.to_string())
                    .bind(id.as_str())
                    .execute(&mut **tx)
                    .await?;
            }
            Fact::Reminded { recommendation, .. }
            | Fact::Escalated { recommendation, .. }
            | Fact::Withdrawn { recommendation, .. } => {
                if let Some(request) = state.request(recommendation) {
                    save_request(tx, id, 0, request).await?;
                }
            }
        }
        let on = fact.on();
        for told in told(id, state, &fact) {
            save_told(tx, entry, on, &told).await?;
        }
        Ok(())
    }
}

async fn save_opening(tx: &mut Tx, entry: &Entry, id: &Id, round: &Round) -> Result<(), sqlx::Error> {
    let remind_on: Vec<String> = round.remind_on.iter().map(Date::to_string).collect();
    sqlx::query(OPEN)
        .bind(id.as_str())
        .bind(round.meeting.as_str())
        .bind(entry.seq)
        .bind(round.opened_on.to_string())
        .bind(round.due_on.to_string())
        .bind(remind_on.join(" "))
        .bind(round.escalate_on.to_string())
        .bind(i64::from(round.calendar_version))
        .execute(&mut **tx)
        .await?;
    for (place, request) in (0_i64..).zip(&round.requests) {
        save_request(tx, id, place, request).await?;
    }
    Ok(())
}

/// `place` counts only for a new row.
async fn save_request(tx: &mut Tx, id: &Id, place: i64, request: &Request) -> Result<(), sqlx::Error> {
    sqlx::query(ASK)
        .bind(id.as_str())
        .bind(request.recommendation.as_str())
        .bind(place)
        .bind(&request.post)
        .bind(&request.escalate_to)
        .bind(request.withdrawn.as_ref().map(|(on, _)| on.to_string()))
        .bind(request.withdrawn.as_ref().map(|(_, reason)| reason))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

async fn save_told(tx: &mut Tx, entry: &Entry, on: Date, told: &Told) -> Result<(), sqlx::Error> {
    sqlx::query(TELL)
        .bind(entry.seq)
        .bind(told.recommendation.as_str())
        .bind(told.round.as_str())
        .bind(told.kind.as_str())
        .bind(&told.post)
        .bind(on.to_string())
        .bind(told.due_on.to_string())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// A round with what its rows know besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its identity.
    pub id: Id,
    /// Itself.
    pub round: Round,
    /// The entry that opened it: an update after it answers.
    pub opened_seq: i64,
    /// The entry that closed it.
    pub closed_seq: Option<i64>,
    /// The day of the meeting it prepares.
    pub meets_on: Date,
    /// What became of it: a word of [`crate::meeting::rules::Standing`].
    pub meeting_is: String,
    /// The group that meets.
    pub group: Id,
    /// Its name.
    pub group_name: String,
}

/// Which rounds a list shows; an empty text is no condition.
#[derive(Debug, Clone, Copy, Default)]
pub struct Which<'a> {
    /// One round.
    pub id: &'a str,
    /// Those of one meeting.
    pub meeting: &'a str,
    /// Those of one group.
    pub group: &'a str,
    /// `open`, `closed` or nothing.
    pub state: &'a str,
}

/// The rounds wanted, the latest opened first, still without their requests: see [`fill`].
pub async fn found(conn: &mut AnyConnection, which: Which<'_>) -> Result<Vec<Kept>, sqlx::Error> {
    let rows = sqlx::query(ROUNDS)
        .bind(which.id)
        .bind(which.meeting)
        .bind(which.group)
        .bind(which.state)
        .fetch_all(conn)
        .await?;
    rows.iter().map(read).collect()
}

/// Puts in the requests and what became of them: two statements, however many rounds.
pub async fn fill(conn: &mut AnyConnection, rounds: &mut [Kept]) -> Result<(), sqlx::Error> {
    let first = rounds.iter().map(|kept| kept.opened_seq).min().unwrap_or(OPEN_END);
    let last = rounds.iter().map(|kept| kept.opened_seq).max().unwrap_or(0);
    let requests = sqlx::query(REQUESTS).bind(first).bind(last).fetch_all(&mut *conn).await?;
    let told = sqlx::query(TOLD).bind(first).bind(last).fetch_all(conn).await?;
    let mut by_round: BTreeMap<String, &mut Kept> =
        rounds.iter_mut().map(|kept| (kept.id.to_string(), kept)).collect();
    for row in &requests {
        let round: String = row.try_get(0)?;
        if let Some(kept) = by_round.get_mut(&round) {
            kept.round.requests.push(read_request(row)?);
        }
    }
    for row in &told {
        let round: String = row.try_get(0)?;
        let recommendation = read_id(&row.try_get::<String, _>(1)?)?;
        let Some(kept) = by_round.get_mut(&round) else { continue };
        let requests = &mut kept.round.requests;
        let Some(request) = requests.iter_mut().find(|one| one.recommendation == recommendation) else {
            continue;
        };
        let on = read_day(&row.try_get::<String, _>(4)?)?;
        match read_kind(&row.try_get::<String, _>(2)?)? {
            ToldKind::Asked => {}
            ToldKind::Reminded => request.reminded.push(on),
            ToldKind::Escalated => request.escalated = Some((on, row.try_get(3)?)),
        }
    }
    Ok(())
}

/// One round.
pub async fn one(conn: &mut AnyConnection, id: &Id) -> Result<Option<Kept>, sqlx::Error> {
    let mut rounds = found(&mut *conn, Which { id: id.as_str(), ..Which::default() }).await?;
    fill(conn, &mut rounds).await?;
    Ok(rounds.pop())
}

/// Every round that is open.
pub async fn open(conn: &mut AnyConnection) -> Result<Vec<Kept>, sqlx::Error> {
    let mut rounds = found(&mut *conn, Which { state: "open", ..Which::default() }).await?;
    if !rounds.is_empty() {
        fill(conn, &mut rounds).await?;
    }
    Ok(rounds)
}

/// The rounds of a meeting, and whether each is open.
pub async fn of_meeting(conn: &mut AnyConnection, meeting: &Id) -> Result<Vec<(Id, bool)>, sqlx::Error> {
    let rounds = found(conn, Which { meeting: meeting.as_str(), ..Which::default() }).await?;
    Ok(rounds.into_iter().map(|kept| (kept.id, kept.closed_seq.is_none())).collect())
}

/// Everything that somebody was told by an entry after `seq`, in the order of the journal, each with its
/// entry. Who sends it on keeps the last entry he has sent, and so loses nothing and sends nothing twice.
pub async fn told_since(conn: &mut AnyConnection, seq: i64) -> Result<Vec<(i64, Told)>, sqlx::Error> {
    let rows = sqlx::query(TOLD_SINCE).bind(seq).fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            let told = Told {
                recommendation: read_id(&row.try_get::<String, _>(1)?)?,
                round: read_id(&row.try_get::<String, _>(2)?)?,
                kind: read_kind(&row.try_get::<String, _>(3)?)?,
                post: row.try_get(4)?,
                due_on: read_day(&row.try_get::<String, _>(5)?)?,
            };
            Ok((row.try_get(0)?, told))
        })
        .collect()
}

fn read(row: &AnyRow) -> Result<Kept, sqlx::Error> {
    let remind_on: String = row.try_get(5)?;
    let version: i64 = row.try_get(7)?;
    let closed_on: Option<String> = row.try_get(9)?;
    let round = Round {
        meeting: read_id(&row.try_get::<String, _>(1)?)?,
        opened_on: read_day(&row.try_get::<String, _>(3)?)?,
        due_on: read_day(&row.try_get::<String, _>(4)?)?,
        remind_on: remind_on.split_whitespace().map(read_day).collect::<Result<_, _>>()?,
        escalate_on: read_day(&row.try_get::<String, _>(6)?)?,
        calendar_version: u32::try_from(version).map_err(|_| damaged(&version.to_string()))?,
        requests: Vec::new(),
        closed_on: closed_on.as_deref().map(read_day).transpose()?,
    };
    Ok(Kept {
        id: read_id(&row.try_get::<String, _>(0)?)?,
        round,
        opened_seq: row.try_get(2)?,
        closed_seq: row.try_get(8)?,
        meets_on: read_day(&row.try_get::<String, _>(10)?)?,
        meeting_is: row.try_get(13)?,
        group: read_id(&row.try_get::<String, _>(11)?)?,
        group_name: row.try_get(12)?,
    })
}

fn read_request(row: &AnyRow) -> Result<Request, sqlx::Error> {
    let withdrawn_on: Option<String> = row.try_get(4)?;
    let because: Option<String> = row.try_get(5)?;
    Ok(Request {
        recommendation: read_id(&row.try_get::<String, _>(1)?)?,
        post: row.try_get(2)?,
        escalate_to: row.try_get(3)?,
        reminded: Vec::new(),
        escalated: None,
        withdrawn: withdrawn_on.as_deref().map(read_day).transpose()?.zip(because),
    })
}

fn damaged(text: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("a round: {text:?} is damaged").into())
}

fn read_id(text: &str) -> Result<Id, sqlx::Error> {
    Id::read(text).ok_or_else(|| damaged(text))
}

fn read_day(text: &str) -> Result<Date, sqlx::Error> {
    text.parse().map_err(|_| damaged(text))
}

fn read_kind(text: &str) -> Result<ToldKind, sqlx::Error> {
    ToldKind::read(text).ok_or_else(|| damaged(text))
}
