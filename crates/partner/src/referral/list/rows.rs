//! The only SQL that reads referrals as rows. That nobody replied in time is decided here by the clock, as the rule does.

use jiff::Timestamp;
use journal::{Id, from_moment, reference, to_moment};
use sqlx::{AnyConnection, Row, any::AnyRow};

use crate::referral::rules::State;

/// A statement that asks for what a row is read from.
macro_rules! select {
    ($rest:expr) => {
        concat!(
            "select id, seq, incident, agency, kind, division, sent_at, reply_by, is_overridden, standing, replied_at,
            ended_at, ended_key, minutes_saved, is_settled from referral ",
            $rest
        )
    };
}

const LIST: &str = select!(
    "where ($1 = '' or agency = $1) and ($2 = '' or kind = $2) and ($3 = '' or division = $3)
    and ($4 = '' or ($4 = 'to_deal_with' and ((standing = 'sent' and reply_by < $5)
        or (standing in ('declined', 'bounced_back') and is_settled = 0)))
        or case when standing = 'sent' and reply_by < $5 then 'overdue' else standing end = $4)
    and sent_at >= $6 and sent_at < $7 and seq < $8 order by seq desc limit $9"
);
const OF_INCIDENT: &str = select!("where incident = $1 order by seq");
const ONE: &str = select!("where id = $1");

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 3] = [LIST, OF_INCIDENT, ONE];

/// What an address calls those that the police have to deal with.
pub const TO_DEAL_WITH: &str = "to_deal_with";

/// A referral as a row has it: no word about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its identity.
    pub id: Id,
    /// The entry that sent it.
    pub seq: i64,
    /// Which incident.
    pub incident: Id,
    /// A key of an agency.
    pub agency: String,
    /// A key of a kind.
    pub kind: String,
    /// The letter of the division; empty where the place is not known.
    pub division: String,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// By when the agency has to reply.
    pub reply_by: Timestamp,
    /// Whether it was sent without consent, on a recorded ground.
    pub is_overridden: bool,
    /// When the agency said yes or no.
    pub replied_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// The key of the reason or the outcome; empty where there is none.
    pub ended_key: String,
    /// How many minutes officers were spared, where that is counted.
    pub minutes_saved: Option<i64>,
    /// Whether the police said what they did instead.
    pub is_settled: bool,
    standing: State,
}

impl Listed {
    /// "R-1F2J-K": what it is called on the telephone.
    pub fn reference(&self) -> String {
        reference('R', self.seq)
    }

    /// How it stands at `now`.
    pub fn state(&self, now: Timestamp) -> State {
        if self.standing == State::Sent && self.reply_by < now { State::Overdue } else { self.standing }
    }

    /// Whether the police have to do something about it at `now`.
    pub fn is_to_deal_with(&self, now: Timestamp) -> bool {
        self.state(now).comes_back() && !self.is_settled
    }
}

/// Which referrals a list shows; what is empty does not narrow it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// A key of an agency.
    pub agency: String,
    /// A key of a kind.
    pub kind: String,
    /// The letter of a division.
    pub division: String,
    /// How they stand.
    pub state: Option<State>,
    /// Only those the police have to deal with: it stands for a state.
    pub is_to_deal_with: bool,
    /// Sent from then on.
    pub from: Option<Timestamp>,
    /// Sent before then.
    pub until: Option<Timestamp>,
    /// Only what was sent before this entry: the place in the list.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: i64,
}

impl Default for Filter {
    fn default() -> Self {
        let none = String::new;
        Self {
            agency: none(),
            kind: none(),
            division: none(),
            state: None,
            is_to_deal_with: false,
            from: None,
            until: None,
            before: None,
            limit: i64::MAX,
        }
    }
}

/// The referrals that `filter` means, the newest first; one statement.
pub async fn list(
    conn: &mut AnyConnection,
    filter: &Filter,
    now: Timestamp,
) -> Result<Vec<Listed>, sqlx::Error> {
    let (from, until) = between(filter.from, filter.until);
    let rows = sqlx::query(LIST)
        .bind(&filter.agency)
        .bind(&filter.kind)
        .bind(&filter.division)
        .bind(if filter.is_to_deal_with { TO_DEAL_WITH } else { filter.state.map_or("", State::as_str) })
        .bind(to_moment(now))
        .bind(from)
        .bind(until)
        .bind(filter.before.unwrap_or(i64::MAX))
        .bind(filter.limit)
        .fetch_all(conn)
        .await?;
    rows.iter().map(read).collect()
}

/// Two moments as rows have them; one that is missing leaves that side open.
pub(crate) fn between(from: Option<Timestamp>, until: Option<Timestamp>) -> (String, String) {
    (from.map_or_else(String::new, to_moment), until.map_or_else(|| "~".to_owned(), to_moment))
}

/// The referrals of an incident, the first sent first.
pub async fn of_incident(conn: &mut AnyConnection, incident: &Id) -> Result<Vec<Listed>, sqlx::Error> {
    sqlx::query(OF_INCIDENT).bind(incident.as_str()).fetch_all(conn).await?.iter().map(read).collect()
}

/// One referral; nothing where there is none.
pub async fn one(conn: &mut AnyConnection, id: &Id) -> Result<Option<Listed>, sqlx::Error> {
    sqlx::query(ONE).bind(id.as_str()).fetch_optional(conn).await?.as_ref().map(read).transpose()
}

fn read(row: &AnyRow) -> Result<Listed, sqlx::Error> {
    let (id, incident): (String, String) = (row.try_get(0)?, row.try_get(2)?);
    let (overridden, settled): (i64, i64) = (row.try_get(8)?, row.try_get(14)?);
    let standing: String = row.try_get(9)?;
    let moment = |index: usize| -> Result<Option<Timestamp>, sqlx::Error> {
        row.try_get::<Option<String>, _>(index)?.as_deref().map(from_moment).transpose()
    };
    let damaged = || sqlx::Error::Decode(format!("{standing:?} is no state of a referral").into());
    Ok(Listed {
        id: Id::of_row(&id)?,
        seq: row.try_get(1)?,
        incident: Id::of_row(&incident)?,
        agency: row.try_get(3)?,
        kind: row.try_get(4)?,
        division: row.try_get(5)?,
        sent_at: from_moment(row.try_get(6)?)?,
        reply_by: from_moment(row.try_get(7)?)?,
        is_overridden: overridden != 0,
        standing: State::of(&standing).ok_or_else(damaged)?,
        replied_at: moment(10)?,
        ended_at: moment(11)?,
        ended_key: row.try_get(12)?,
        minutes_saved: row.try_get(13)?,
        is_settled: settled != 0,
    })
}
