//! The only SQL about notices.

use jiff::{Timestamp, civil::Date};
use journal::{Entry, Id, Noun, Private, Refusal, Tx, from_moment, to_moment};
use sqlx::{AnyConnection, Row, any::AnyRow};

use super::rules::{self, Command, Fact, Kind, Known, Notice, Standing, Way};

const SAVE: &str = "insert into notice (id, seq, account, kind, subject, body, found_by, about, digest_of,
        written_at, state, tries, due_at, ended_at, why)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
    on conflict (id) do update set state = excluded.state, tries = excluded.tries, due_at = excluded.due_at,
        ended_at = excluded.ended_at, why = excluded.why";
const DUE: &str = "select id, account, subject, body, written_at, kind from notice where due_at <= $1
    order by due_at, seq limit $2";
const DIGESTS_OF: &str = "select account from notice where digest_of = $1";
const LIST: &str = "select id, account, kind, subject, body, about, written_at, state, tries, ended_at, why
    from notice where ($1 = '' or account = $1) and ($2 = '' or found_by like $3 escape '!')
        and ($4 = '' or state = $4)
    order by seq desc limit $5 offset $6";
const COUNT: &str = "select count(*) from notice
    where ($1 = '' or account = $1) and ($2 = '' or found_by like $3 escape '!') and ($4 = '' or state = $4)";
const ONE: &str = "select id, account, kind, subject, body, about, written_at, state, tries, ended_at, why
    from notice where id = $1";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 6] = [SAVE, DUE, DIGESTS_OF, LIST, COUNT, ONE];

/// The notice as a noun.
pub struct Notices;

impl Noun for Notices {
    type State = Notice;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Notice>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(*known, was, command)
    }

    fn apply(was: Option<Notice>, fact: &Fact) -> Notice {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Notice) -> Result<(), sqlx::Error> {
        let (letter, at) = (&state.letter, to_moment(entry.at));
        let due_at = match state.standing {
            Standing::New => Some(at.clone()),
            Standing::Due(at) => Some(to_moment(at)),
            Standing::Sent(_) | Standing::GivenUp => None,
        };
        sqlx::query(SAVE)
            .bind(id.as_str())
            .bind(entry.seq)
            .bind(letter.to.as_str())
            .bind(letter.kind.as_str())
            .bind(&letter.subject)
            .bind(&letter.body)
            .bind(found_by(&letter.subject, &letter.body))
            .bind(letter.about.as_ref().map(|about| about.as_str().to_owned()))
            .bind(letter.digest_of.map(|day| day.to_string()))
            .bind(&at)
            .bind(word(state.standing))
            .bind(state.tries)
            .bind(due_at)
            .bind(state.standing.is_over().then(|| at.clone()))
            .bind(state.why.as_ref().and_then(Private::known).cloned())
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

fn found_by(subject: &str, body: &str) -> String {
    format!("{subject}\n{body}").to_lowercase()
}

/// The word of a row for where a notice stands.
fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::New | Standing::Due(_) => "waiting",
        Standing::Sent(Way::Mailbox) => "mailbox",
        Standing::Sent(Way::Email) => "email",
        Standing::GivenUp => "given_up",
    }
}

/// A notice that is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Its identity.
    pub id: Id,
    /// The account it is for.
    pub account: Id,
    /// Why it was written.
    pub kind: Kind,
    /// One line.
    pub subject: String,
    /// The text.
    pub body: String,
    /// When it was written.
    pub written_at: Timestamp,
}

/// The notices that are due `now`, the longest due first, at most `most`.
pub async fn due(conn: &mut AnyConnection, now: Timestamp, most: i64) -> Result<Vec<Due>, sqlx::Error> {
    let rows = sqlx::query(DUE).bind(to_moment(now)).bind(most).fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            Ok(Due {
                id: Id::of_row(row.try_get(0)?)?,
                account: Id::of_row(row.try_get(1)?)?,
                subject: row.try_get(2)?,
                body: row.try_get(3)?,
                written_at: from_moment(row.try_get(4)?)?,
                kind: kind(row, 5)?,
            })
        })
        .collect()
}

fn kind(row: &AnyRow, at: usize) -> Result<Kind, sqlx::Error> {
    let word: String = row.try_get(at)?;
    Kind::read(&word).ok_or_else(|| sqlx::Error::Decode(format!("{word:?} is no kind of notice").into()))
}

/// The accounts that were written the digest of `day`.
pub async fn digests_of(conn: &mut AnyConnection, day: Date) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar(DIGESTS_OF).bind(day.to_string()).fetch_all(conn).await
}

/// A notice as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its identity.
    pub id: Id,
    /// The account it is for.
    pub account: String,
    /// Why it was written.
    pub kind: Kind,
    /// One line.
    pub subject: String,
    /// The text.
    pub body: String,
    /// The recommendation it is about.
    pub about: Option<String>,
    /// When it was written.
    pub written_at: Timestamp,
    /// `waiting`, `mailbox`, `email` or `given_up`.
    pub state: String,
    /// How often it was tried.
    pub tries: i64,
    /// When it was sent or given up.
    pub ended_at: Option<Timestamp>,
    /// Why it could not be sent the last time.
    pub why: Option<String>,
}

/// Which notices a list shows; an empty text is no condition.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// Whose.
    pub account: &'a str,
    /// Words of the subject or the text, as they stand there.
    pub words: &'a str,
    /// A word of [`Listed::state`].
    pub state: &'a str,
}

/// The notices wanted, the newest first, and how many there are in all.
pub async fn list(
    conn: &mut AnyConnection,
    wanted: Wanted<'_>,
    limit: i64,
    offset: i64,
) -> Result<(Vec<Listed>, i64), sqlx::Error> {
    let words = wanted.words.trim().to_lowercase();
    let escaped = words.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    let pattern = format!("%{escaped}%");
    let rows = sqlx::query(LIST)
        .bind(wanted.account)
        .bind(&words)
        .bind(&pattern)
        .bind(wanted.state)
        .bind(limit)
        .bind(offset)
        .fetch_all(&mut *conn)
        .await?;
    let total = sqlx::query_scalar(COUNT)
        .bind(wanted.account)
        .bind(&words)
        .bind(&pattern)
        .bind(wanted.state)
        .fetch_one(conn)
        .await?;
    Ok((rows.iter().map(read_listed).collect::<Result<_, _>>()?, total))
}

/// One notice.
pub async fn one(conn: &mut AnyConnection, id: &Id) -> Result<Option<Listed>, sqlx::Error> {
    sqlx::query(ONE).bind(id.as_str()).fetch_optional(conn).await?.as_ref().map(read_listed).transpose()
}

fn read_listed(row: &AnyRow) -> Result<Listed, sqlx::Error> {
    let ended_at: Option<String> = row.try_get(9)?;
    Ok(Listed {
        id: Id::of_row(row.try_get(0)?)?,
        account: row.try_get(1)?,
        kind: kind(row, 2)?,
        subject: row.try_get(3)?,
        body: row.try_get(4)?,
        about: row.try_get(5)?,
        written_at: from_moment(row.try_get(6)?)?,
        state: row.try_get(7)?,
        tries: row.try_get(8)?,
        ended_at: ended_at.as_deref().map(from_moment).transpose()?,
        why: row.try_get(10)?,
    })
}
