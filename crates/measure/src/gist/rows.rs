//! The only SQL of packed lives.

use std::{collections::BTreeMap, sync::LazyLock};

use jiff::civil::Date;
use journal::{Id, Many};
use sqlx::AnyConnection;

use super::{line::pack, of::Gist};
use crate::{measures::by_rule, told::rows::lines};

static KEEP: LazyLock<Many> = LazyLock::new(|| {
    let head = "insert into measure_gist (subject, part, from_day, until_day, line)";
    let tail = "on conflict (subject, part) do update set from_day = excluded.from_day,
        until_day = excluded.until_day, line = excluded.line";
    Many::of(head, 5, tail)
});
/// A day’s lines travel as one text: row by row the driver would cost more than the counting (decisions/0016).
const BETWEEN: &str = "select string_agg(line, $1) from measure_gist
    where from_day <= $2 and until_day >= $3 group by from_day order by from_day";

/// Every statement, for the test that prepares them on both engines.
pub fn statements() -> Vec<&'static str> {
    LazyLock::force(&KEEP).statements().chain([BETWEEN]).collect()
}

/// Of what a line is the gist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Of a life.
    Life,
    /// Of a contact within its issue.
    Heard,
}

/// Gists that are to be kept, in place of those that were.
#[derive(Debug, Default)]
pub struct Gists(BTreeMap<(Id, Part), Gist>);

impl Gists {
    /// One more, in place of an earlier one of the same.
    pub fn push(&mut self, subject: Id, part: Part, gist: Gist) {
        self.0.insert((subject, part), gist);
    }

    /// Writes them.
    pub async fn save(self, conn: &mut AnyConnection) -> Result<(), sqlx::Error> {
        let mut rows = Vec::new();
        for ((subject, part), gist) in &self.0 {
            let line = pack(gist).map_err(|error| sqlx::Error::Encode(error.into()))?;
            rows.push((subject.as_str(), *part, days(gist), line));
        }
        keep_packed(conn, &rows).await
    }
}

/// A line with the subject and the part that it is of, and the days on which something of it is counted.
pub type Packed<'a> = (&'a str, Part, Days, String);

/// From the first until the last; none where nothing is counted.
pub type Days = Option<(Date, Date)>;

/// Keeps what is packed already.
pub async fn keep_packed(conn: &mut AnyConnection, all: &[Packed<'_>]) -> Result<(), sqlx::Error> {
    for (statement, rows) in KEEP.parts(all) {
        let mut query = sqlx::query(statement);
        for (subject, part, days, line) in rows {
            // Nobody asks for days before all days.
            let [from, until] = match days {
                Some((from, until)) => [from.to_string(), until.to_string()],
                None => [String::new(), String::new()],
            };
            query = query.bind(*subject).bind(i64::from(*part == Part::Heard));
            query = query.bind(from).bind(until).bind(line.as_str());
        }
        query.execute(&mut *conn).await?;
    }
    Ok(())
}

/// On which days something of a gist is counted, by whichever rule.
pub fn days(gist: &Gist) -> Days {
    let days = || by_rule(gist).map(|(_, one)| one.day());
    days().min().zip(days().max())
}

/// Gives each line of what is counted on those days.
pub async fn each(
    conn: &mut AnyConnection,
    days: (Date, Date),
    mut take: impl FnMut(&str) -> Result<(), sqlx::Error>,
) -> Result<(), sqlx::Error> {
    lines(conn, BETWEEN, days, |line| take(line).map(|()| true)).await
}
