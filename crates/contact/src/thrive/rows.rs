//! The only SQL about assessments: every version, the latest by its entry.

use jiff::Timestamp;
use journal::{Actor, Entry, Id, Noun, Private, Refusal, Tx, act, from_moment, to_moment};
use sqlx::{AnyConnection, Row, any::AnyRow};

use super::rules::{self, Assessment, Command, Considered, Element, Fact, Known, Level, Thrive};
use crate::contact::rows::Stored;

const INSERT: &str = "insert into thrive
    (subject, seq, at, considered, is_complete, is_vulnerable,
    threat, harm, risk, investigation, vulnerability, engagement,
    markers, for_want_of_ambulance, clinical_assessment_made, definition,
    threat_words, harm_words, risk_words, investigation_words, vulnerability_words, engagement_words, change_words)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)";
const LATEST: &str = "select * from thrive where subject = $1 order by seq desc limit 1";
const LAST_SEQ: &str = "select max(seq) from thrive where subject = $1";
const VERSIONS: &str = "select * from thrive where subject = $1 order by seq";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 4] = [INSERT, LATEST, LAST_SEQ, VERSIONS];

/// The assessments of a contact or an incident as a noun.
pub struct Thrives;

impl Noun for Thrives {
    type State = Thrive;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Thrive>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Thrive>, fact: &Fact) -> Thrive {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Thrive) -> Result<(), sqlx::Error> {
        let made = &state.latest;
        let mut query = sqlx::query(INSERT)
            .bind(id.as_str())
            .bind(entry.seq)
            .bind(to_moment(entry.at))
            .bind(i64::try_from(made.considered()).unwrap_or(0))
            .bind(i64::from(made.is_complete()))
            .bind(i64::from(made.is_vulnerable()));
        for element in Element::ALL {
            query = query.bind(made.level(element).map_or("", Level::as_str));
        }
        query = query
            .bind(made.markers.join(" "))
            .bind(i64::from(made.for_want_of_ambulance))
            .bind(made.clinical_assessment_made.map(i64::from))
            .bind(made.definition);
        for element in Element::ALL {
            query = query.bind(made.elements.get(&element).and_then(|one| one.narrative.known()));
        }
        query.bind(made.change.known()).execute(&mut **tx).await?;
        Ok(())
    }
}

/// Makes an assessment of a contact or an incident in one transaction. `before` holds while it has none of its own.
pub async fn change(
    tx: &mut Tx,
    who: &Actor,
    now: Timestamp,
    subject: &Id,
    before: Option<Assessment>,
    command: Command,
) -> Stored {
    let known = Known { today: journal::day_of(now), before };
    act::<Thrives>(tx, who, now, subject, &known, command).await
}

/// The latest assessment of a contact or an incident, and when it was made.
pub async fn latest(
    conn: &mut AnyConnection,
    subject: &Id,
) -> Result<Option<(Assessment, Timestamp)>, sqlx::Error> {
    sqlx::query(LATEST).bind(subject.as_str()).fetch_optional(conn).await?.as_ref().map(read).transpose()
}

/// The entry of the latest assessment of a contact or an incident.
pub async fn last_seq(conn: &mut AnyConnection, subject: &Id) -> Result<Option<i64>, sqlx::Error> {
    sqlx::query_scalar(LAST_SEQ).bind(subject.as_str()).fetch_one(conn).await
}

/// Every assessment of a contact or an incident, the first first.
pub async fn versions(
    conn: &mut AnyConnection,
    subject: &Id,
) -> Result<Vec<(Assessment, Timestamp)>, sqlx::Error> {
    sqlx::query(VERSIONS).bind(subject.as_str()).fetch_all(conn).await?.iter().map(read).collect()
}

fn read(row: &AnyRow) -> Result<(Assessment, Timestamp), sqlx::Error> {
    let at: String = row.try_get("at")?;
    let markers: String = row.try_get("markers")?;
    let words = |column: &str| -> Result<Private<String>, sqlx::Error> {
        Ok(row.try_get::<Option<String>, _>(column)?.map_or(Private::Erased, Private::Known))
    };
    let mut made = Assessment {
        elements: std::collections::BTreeMap::new(),
        markers: markers.split_whitespace().map(str::to_owned).collect(),
        for_want_of_ambulance: row.try_get::<i64, _>("for_want_of_ambulance")? != 0,
        clinical_assessment_made: row
            .try_get::<Option<i64>, _>("clinical_assessment_made")?
            .map(|made| made != 0),
        definition: row.try_get("definition")?,
        change: words("change_words")?,
    };
    for element in Element::ALL {
        let level: String = row.try_get(element.as_str())?;
        if level.is_empty() {
            continue;
        }
        let level = Level::of(&level).ok_or_else(|| {
            sqlx::Error::Decode(format!("assessment at {at}: {level:?} is no level").into())
        })?;
        let narrative = words(&format!("{}_words", element.as_str()))?;
        made.elements.insert(element, Considered { level, narrative });
    }
    Ok((made, from_moment(&at)?))
}
