//! Carrying the rows in: each by the same doors as a person’s.

use contact::{
    contact::{
        rows::{by_their_reference, change as contact},
        rules::{Arrival, Caller, Channel, Command, Location},
    },
    grade::Grade,
};
use incident::{
    Acting, Opening,
    incident::rules::{Kind, Person},
};
use jiff::Timestamp;
use journal::{Connection, DatabaseError, Id, Private, Refusal, Tx};

use super::rules::{CRIME, Fate, Row, account, content, fate, fingerprint};
use crate::report::rows::record_by_form;

/// What becomes of each row, as things are.
pub async fn fates(conn: &mut Connection, rows: &[Row]) -> Result<Vec<Fate>, DatabaseError> {
    let mut all = Vec::with_capacity(rows.len());
    for one in rows {
        let is_there = by_their_reference(conn, &fingerprint(one)).await?.is_some();
        all.push(fate(one, is_there));
    }
    Ok(all)
}

/// How many of each were carried in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Carried {
    /// Crimes that were recorded.
    pub recorded: usize,
    /// Incidents that were opened for an assessment first.
    pub assessed: usize,
    /// Rows that had been sent before.
    pub there: usize,
}

/// Carries the rows in, in the transaction it is given. A refusal names its row; drop the transaction then.
pub async fn carry(
    tx: &mut Tx,
    acting: &Acting,
    now: Timestamp,
    rows: &[Row],
) -> Result<Result<Carried, Refusal>, DatabaseError> {
    let mut carried = Carried::default();
    for (one, fate) in rows.iter().zip(fates(tx, rows).await?) {
        match fate {
            Fate::There => carried.there += 1,
            Fate::Assessed => carried.assessed += 1,
            Fate::Recorded => carried.recorded += 1,
        }
        if fate == Fate::There {
            continue;
        }
        if let Err(refusal) = row(tx, acting, now, one, fate).await? {
            let sentence = format!("Row {}: {} Nothing was carried in.", one.row, refusal.sentence);
            return Ok(Err(Refusal::of("file", sentence)));
        }
    }
    Ok(Ok(carried))
}

async fn row(
    tx: &mut Tx,
    acting: &Acting,
    now: Timestamp,
    one: &Row,
    fate: Fate,
) -> Result<Result<(), Refusal>, DatabaseError> {
    let (who, told, id) = (&acting.actor, Id::new(now), Id::new(now));
    for command in commands(one, now) {
        if let Err(refusal) = contact(tx, who, now, &told, command).await? {
            return Ok(Err(refusal));
        }
    }
    if let Err(refusal) = incident::open(tx, acting, now, &id, opening(one, told.clone(), fate)).await? {
        return Ok(Err(refusal));
    }
    let end = Command::End { at: now, outcome: "resolution_team".to_owned() };
    if let Err(refusal) = contact(tx, who, now, &told, end).await? {
        return Ok(Err(refusal));
    }
    if fate == Fate::Recorded {
        let report = Id::new(now);
        let stored = record_by_form(tx, who, now, (&report, &id), content(one, now)).await?;
        return Ok(stored.map(drop));
    }
    Ok(Ok(()))
}

/// The contact: what the shop sends.
fn commands(one: &Row, now: Timestamp) -> [Command; 4] {
    let arrival = Arrival {
        channel: Channel::WebForm,
        option: String::new(),
        line: String::new(),
        number: String::new().into(),
        arrived_at: now,
        answered_at: Some(now),
        their_reference: fingerprint(one),
    };
    let name = one.shop.clone().into();
    let caller = Caller { name, relation: "representative".to_owned(), ..Caller::default() };
    [
        Command::Receive(arrival),
        Command::Describe(caller),
        Command::Locate(location(one)),
        Command::Tell { words: account(one) },
    ]
}

fn location(one: &Row) -> Location {
    Location { words: one.shop.clone().into(), division: one.division.clone(), ..Location::default() }
}

fn opening(one: &Row, contact: Id, fate: Fate) -> Opening {
    let nothing = || Private::from(String::new());
    let (name, role) = (one.shop.clone().into(), "victim".to_owned());
    let shop = Person { name, born: nothing(), number: nothing(), role };
    Opening {
        contact,
        kind: Kind { incident_type: CRIME.to_owned(), qualifiers: Vec::new() },
        location: Some(location(one)),
        summary: if one.is_threatened {
            format!("{} taken from {}; somebody was threatened or hurt", one.taken, one.shop)
        } else {
            format!("{} taken from {}", one.taken, one.shop)
        },
        persons: vec![shop],
        warnings: Vec::new(),
        // Who was threatened or hurt does not wait behind the thefts: a control room looks at it, and assesses it.
        grade: if fate == Fate::Assessed { Grade::Prompt } else { Grade::OtherResolution },
        suggestion: None,
        rationale: String::new(),
    }
}
