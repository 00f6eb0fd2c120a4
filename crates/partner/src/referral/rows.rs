//! The only SQL that writes referrals and their links; and one of them, by its identity, its reference or its link.

use jiff::Timestamp;
use journal::{Actor, DatabaseError, Entry, Id, Noun, Refusal, Tx, act, from_moment, reference, to_moment};
use sqlx::{AnyConnection, Row};

use super::{
    list::rows::of_incident,
    rules::{self, Command, Consent, End, Fact, Known, Referral, State},
    sending::Sending,
};
use crate::definition::agency_name;

const SAVE: &str =
    "insert into referral (id, seq, incident, agency, kind, division, sent_at, reply_by, is_overridden,
    standing, replied_at, reply_minutes, ended_at, ended_key, minutes_saved, is_conveyance_avoided,
    is_settled)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
    on conflict (id) do update set standing = excluded.standing, replied_at = excluded.replied_at,
    reply_minutes = excluded.reply_minutes, ended_at = excluded.ended_at, ended_key = excluded.ended_key,
    minutes_saved = excluded.minutes_saved, is_conveyance_avoided = excluded.is_conveyance_avoided,
    is_settled = excluded.is_settled";
const ISSUE: &str = "insert into referral_link (id, referral, hash, issued_at, issued_by, expires_at)
    values ($1, $2, $3, $4, $5, $6)";
const REVOKE: &str = "update referral_link set revoked_at = $1 where id = $2";
const BY_HASH: &str =
    "select id, referral, issued_by, expires_at, revoked_at from referral_link where hash = $1";
const BY_REFERENCE: &str = "select id from referral where seq = $1";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 5] = [SAVE, ISSUE, REVOKE, BY_HASH, BY_REFERENCE];

/// What every change gives: its entry, or the refusal, or the database's error.
pub type Stored = Result<Result<Entry, Refusal>, DatabaseError>;

/// A referral as a noun.
pub struct Referrals;

impl Noun for Referrals {
    type State = Referral;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Referral>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Referral>, fact: &Fact) -> Referral {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Referral) -> Result<(), sqlx::Error> {
        save_row(tx, entry, id, state).await?;
        if let Some(Fact::LinkIssued { link, hash, at, expires_at }) = entry.fact::<Fact>()? {
            sqlx::query(ISSUE)
                .bind(link.as_str())
                .bind(id.as_str())
                .bind(hash)
                .bind(to_moment(at))
                .bind(&entry.actor.who)
                .bind(to_moment(expires_at))
                .execute(&mut **tx)
                .await?;
        }
        for link in state.links.iter().filter(|link| link.revoked_at.is_some()) {
            let at = link.revoked_at.map(to_moment);
            sqlx::query(REVOKE).bind(at).bind(link.id.as_str()).execute(&mut **tx).await?;
        }
        Ok(())
    }
}

async fn save_row(tx: &mut Tx, entry: &Entry, id: &Id, state: &Referral) -> Result<(), sqlx::Error> {
    let sent = &state.sent;
    let replied_at = state.replied_at();
    let minutes = replied_at.map(|at| at.duration_since(sent.began().0).as_mins().max(0));
    let (saved, avoided) = match &state.ended {
        Some((End::Finished { minutes_saved, is_conveyance_avoided, .. }, _)) => {
            (*minutes_saved, *is_conveyance_avoided)
        }
        _ => (None, false),
    };
    sqlx::query(SAVE)
        .bind(id.as_str())
        .bind(entry.seq)
        .bind(sent.incident.as_str())
        .bind(&sent.agency)
        .bind(&sent.kind)
        .bind(&sent.division)
        .bind(to_moment(sent.at))
        .bind(to_moment(sent.reply_by))
        .bind(i64::from(matches!(sent.consent, Consent::Overridden { .. })))
        .bind(standing(state).as_str())
        .bind(replied_at.map(to_moment))
        .bind(minutes)
        .bind(state.ended.as_ref().map(|(_, at)| to_moment(*at)))
        .bind(state.ended.as_ref().map_or("", |(end, _)| end.key()))
        .bind(saved)
        .bind(i64::from(avoided))
        .bind(i64::from(state.settled_at.is_some()))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// How it stands, whatever the clock says: what waits is never late in a row.
fn standing(state: &Referral) -> State {
    state.state(Timestamp::MIN)
}

/// Refers the incident that `sending` names, in the transaction it is given: what the incident has open already is read
/// in it, too. What came back of that incident is dealt with by it. Where it refuses, drop the transaction.
pub async fn send(tx: &mut Tx, who: &Actor, now: Timestamp, id: &Id, sending: Sending) -> Stored {
    let others = of_incident(tx, &sending.incident).await?;
    let open = others.iter().filter(|one| one.state(now).is_open());
    let open = open.map(|one| (one.agency.clone(), one.kind.clone())).collect();
    let agency = agency_name(&sending.agency).to_owned();
    let known = Known { now, link: None, open };
    let sent = act::<Referrals>(tx, who, now, id, &known, Command::Send(Box::new(sending))).await?;
    let Ok(sent) = sent else { return Ok(sent) };
    let words = format!("Referred to {agency} instead: {}", reference('R', sent.seq));
    for one in others.iter().filter(|one| one.is_to_deal_with(now) && !one.state(now).is_open()) {
        let settle = Command::Settle { words: words.clone() };
        if let Err(refusal) = change(tx, who, now, &one.id, None, settle).await? {
            return Ok(Err(refusal));
        }
    }
    Ok(Ok(sent))
}

/// Records what came of a referral. `link` is the link that acts; nothing where the police do.
pub async fn change(
    tx: &mut Tx,
    who: &Actor,
    now: Timestamp,
    id: &Id,
    link: Option<Id>,
    command: Command,
) -> Stored {
    act::<Referrals>(tx, who, now, id, &Known { now, link, open: Vec::new() }, command).await
}

/// A referral, whole, as the entries of its history make it; nothing where there is none.
pub fn folded(history: &[Entry]) -> Result<Option<Referral>, sqlx::Error> {
    let mut was = None;
    for entry in history {
        if let Some(fact) = entry.fact::<Fact>()? {
            was = Some(rules::apply(was, &fact));
        }
    }
    Ok(was)
}

/// The referral that a reference means.
pub async fn by_reference(conn: &mut AnyConnection, seq: i64) -> Result<Option<Id>, sqlx::Error> {
    let id: Option<String> = sqlx::query_scalar(BY_REFERENCE).bind(seq).fetch_optional(conn).await?;
    id.map(|id| Id::of_row(&id)).transpose()
}

/// A link as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its identity.
    pub id: Id,
    /// What it opens.
    pub referral: Id,
    /// The account that gave it out.
    pub issued_by: String,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was taken back.
    pub revoked_at: Option<Timestamp>,
}

/// The link with that hash, live or not.
pub async fn by_hash(conn: &mut AnyConnection, hash: &str) -> Result<Option<Kept>, sqlx::Error> {
    let Some(row) = sqlx::query(BY_HASH).bind(hash).fetch_optional(conn).await? else { return Ok(None) };
    let (id, referral): (String, String) = (row.try_get(0)?, row.try_get(1)?);
    let revoked_at: Option<String> = row.try_get(4)?;
    Ok(Some(Kept {
        id: Id::of_row(&id)?,
        referral: Id::of_row(&referral)?,
        issued_by: row.try_get(2)?,
        expires_at: from_moment(row.try_get(3)?)?,
        revoked_at: revoked_at.as_deref().map(from_moment).transpose()?,
    }))
}
