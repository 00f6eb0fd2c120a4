//! A position in the journal: "counted at entry 48,210".

use jiff::{Timestamp, civil::Date};
use sqlx::AnyConnection;

use crate::{Refusal, scotland, to_moment};

const HEAD: &str = "select seq from journal_head";
const LAST_BEFORE: &str = "select coalesce(max(seq), 0) from journal where at < $1";
const AT_OF: &str = "select seq, (select coalesce(max(at), '') from journal where seq <= $1)
    from journal_head";

/// When somebody wants to see something as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AsAt {
    /// As it is.
    #[default]
    Now,
    /// After this entry.
    Entry(i64),
    /// At the end of this day, in Scotland.
    Day(Date),
    /// After this entry, seen from this day: what a published figure was counted at.
    EntryOn(i64, Date),
}

/// Where in the journal a reading stands, and which day it was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Position {
    /// The last entry that counts.
    pub seq: i64,
    /// "Today" as seen from there: what delay is counted to.
    pub today: Date,
    /// Whether it is a look back, and not the present.
    pub is_past: bool,
}

impl AsAt {
    /// What a person typed or an address holds: nothing, an entry's number, or a day (`2026-11-21`).
    pub fn read(words: &str) -> Result<Self, Refusal> {
        let words = words.trim();
        if words.is_empty() {
            return Ok(Self::Now);
        }
        if let Some((seq, day)) = words.split_once('@')
            && let (Ok(seq), Ok(day)) = (seq.parse(), day.parse())
        {
            return Ok(Self::EntryOn(seq, day));
        }
        let number: String = words.chars().filter(|c| !matches!(c, ',' | ' ')).collect();
        if let Ok(seq) = number.parse::<i64>()
            && seq >= 0
        {
            return Ok(Self::Entry(seq));
        }
        words.parse().map(Self::Day).map_err(|_| {
            Refusal::of("as_at", format!("“{words}” is not a moment to look back to. Give an entry’s number, or a day as 2026-11-21."))
        })
    }
}

/// The number of the last entry.
pub async fn head(conn: &mut AnyConnection) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar(HEAD).fetch_one(conn).await
}

/// The position that `as_at` means, seen `now`: one statement. A number beyond the last entry is the last entry.
pub async fn position(
    conn: &mut AnyConnection,
    as_at: AsAt,
    now: Timestamp,
) -> Result<Position, sqlx::Error> {
    let scotland = scotland();
    let today = now.to_zoned(scotland.clone()).date();
    match as_at {
        AsAt::Now => Ok(Position { seq: head(conn).await?, today, is_past: false }),
        AsAt::EntryOn(seq, day) => {
            let last = head(conn).await?;
            Ok(Position { seq: seq.min(last), today: day.min(today), is_past: seq < last || day < today })
        }
        AsAt::Entry(seq) => {
            let (last, at): (i64, String) = sqlx::query_as(AT_OF).bind(seq).fetch_one(conn).await?;
            if seq >= last {
                return Ok(Position { seq: last, today, is_past: false });
            }
            let day = at.parse::<Timestamp>().map_or(today, |at| at.to_zoned(scotland).date());
            Ok(Position { seq, today: day, is_past: true })
        }
        AsAt::Day(day) => {
            let end = day.tomorrow().ok().and_then(|next| next.to_zoned(scotland).ok());
            let end = end.map_or(now, |end| end.timestamp());
            let seq = sqlx::query_scalar(LAST_BEFORE).bind(to_moment(end)).fetch_one(conn).await?;
            Ok(Position { seq, today: day.min(today), is_past: day < today })
        }
    }
}
