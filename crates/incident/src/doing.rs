//! Opening and changing an incident: the one way for pages, programs, the demonstration and tests.
//!
//! Each does all of it in the transaction it is given. Where it refuses, drop the transaction: a step before may have
//! been written.

use contact::contact::rules::Command as ContactCommand;
use jiff::Timestamp;
use journal::{Actor, DatabaseError, Entry, Id, Refusal, Tx, act};

use crate::{
    appointment::{
        booking::Offered,
        rows::{Bookings, offered},
        rules::Command as Appointment,
    },
    change::{self, Change, Opening},
    closure::rows::Closures,
    custody::rows::Custodies,
    grade::{rows::Grades, rules::By},
    incident::{
        rows::{Incidents, others, recall},
        rules::Command,
    },
    promise::rows::Promises,
    response::rows::Responses,
    standing::{Happened, Known, Standing},
    writing,
};

/// What every change gives: its entry, or the refusal, or the database's error.
pub type Stored = Result<Result<Entry, Refusal>, DatabaseError>;

/// Who does it, in which role, on which task, in which session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acting {
    /// Who, in which role, on which task.
    pub actor: Actor,
    /// The session's own identity, never its secret; empty for a program.
    pub session: String,
}

impl Acting {
    /// `who.doing("Close the incident")` in `who.in_session()`.
    pub fn of(actor: Actor, session: &str) -> Self {
        Self { actor, session: session.to_owned() }
    }

    /// As the facts have it, to tell a second person by.
    pub fn by(&self) -> By {
        By { account: self.actor.who.clone(), session: self.session.clone() }
    }
}

/// Opens an incident from a contact: it is described, graded with the suggestion beside the choice, placed with the
/// unit that its grade and place give it, and the contact is attached.
pub async fn open(tx: &mut Tx, acting: &Acting, now: Timestamp, id: &Id, opening: Opening) -> Stored {
    let contact = opening.contact.clone();
    let mut known = known(tx, acting, now, id, None).await?;
    let steps = change::opening(&known, opening);
    let stored = take(tx, acting, id, &mut known, steps).await?;
    let Ok(entry) = stored else { return Ok(stored) };
    let attached = attach(tx, acting, now, id, &contact).await?;
    Ok(attached.map(|_| entry))
}

/// Changes an incident, with what the change brings with it: an accepted offer its grade, an attached contact and a
/// linked incident their own facts.
pub async fn change(tx: &mut Tx, acting: &Acting, now: Timestamp, id: &Id, change: Change) -> Stored {
    let beside = beside(id, &change);
    let is_booking = matches!(change, Change::Appointment(Appointment::Book { .. }));
    let mut known = known(tx, acting, now, id, Some(&change)).await?;
    let steps = change::steps(&known, change);
    let stored = take(tx, acting, id, &mut known, steps).await?;
    let Ok(entry) = stored else { return Ok(stored) };
    if is_booking {
        diary::hold::rows::release(tx, id.as_str()).await?;
    }
    let refused = match beside {
        None => None,
        Some(Beside::Contact(contact)) => attach(tx, acting, now, id, &contact).await?.err(),
        Some(Beside::Incident(other, why)) => link_back(tx, acting, now, id, &other, why).await?.err(),
    };
    Ok(refused.map_or(Ok(entry), Err))
}

/// What else a change is about.
enum Beside {
    Contact(Id),
    Incident(Id, String),
}

fn beside(id: &Id, change: &Change) -> Option<Beside> {
    match change {
        Change::Incident(Command::Attach { contact, .. }) => Some(Beside::Contact(contact.clone())),
        Change::Incident(Command::Link { to, why }) if to != id => {
            Some(Beside::Incident(to.clone(), why.clone()))
        }
        _ => None,
    }
}

async fn attach(tx: &mut Tx, acting: &Acting, now: Timestamp, id: &Id, contact: &Id) -> Stored {
    let command = ContactCommand::Attach { incident: id.clone() };
    contact::contact::rows::change(tx, &acting.actor, now, contact, command).await
}

/// The other incident is linked to this one, too, unless it is already.
async fn link_back(
    tx: &mut Tx,
    acting: &Acting,
    now: Timestamp,
    id: &Id,
    other: &Id,
    why: String,
) -> Result<Result<(), Refusal>, DatabaseError> {
    let link = Change::Incident(Command::Link { to: id.clone(), why });
    let mut known = known(tx, acting, now, other, Some(&link)).await?;
    if known.standing.as_ref().is_some_and(|standing| standing.incident.linked.contains(id)) {
        return Ok(Ok(()));
    }
    Ok(take(tx, acting, other, &mut known, vec![link]).await?.map(|_| ()))
}

async fn known(
    tx: &mut Tx,
    acting: &Acting,
    now: Timestamp,
    id: &Id,
    change: Option<&Change>,
) -> Result<Known, DatabaseError> {
    let standing = recall(tx, id).await?;
    let others = match change {
        Some(Change::Incident(Command::Link { to, .. })) => others(tx, id, to).await?,
        _ => std::collections::BTreeSet::new(),
    };
    let offered = match change {
        Some(Change::Appointment(Appointment::Book { wish, .. })) => offered(tx, now, id, wish).await?,
        _ => Offered::default(),
    };
    Ok(Known { now, by: acting.by(), standing, others, offered })
}

/// Takes the steps one after the other, each knowing what the one before did.
async fn take(tx: &mut Tx, acting: &Acting, id: &Id, known: &mut Known, steps: Vec<Change>) -> Stored {
    let mut last = Err(Refusal::of("incident", "There is nothing to do."));
    for step in steps {
        let entry = match one(tx, acting, id, known, step).await? {
            Ok(entry) => entry,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if let Some(happened) = Happened::read(&entry)? {
            if let Some(before) = &known.standing {
                // Boxed: it is seldom asked for, and large.
                let told =
                    Box::pin(writing::write(tx, &acting.actor, known.now, id, (before, &happened))).await?;
                if let Err(refusal) = told {
                    return Ok(Err(refusal));
                }
            }
            known.standing = Standing::after(known.standing.take(), entry.at, &happened);
        }
        last = Ok(entry);
    }
    Ok(last)
}

async fn one(tx: &mut Tx, acting: &Acting, id: &Id, known: &Known, step: Change) -> Stored {
    let (actor, now) = (&acting.actor, known.now);
    match step {
        Change::Incident(command) => act::<Incidents>(tx, actor, now, id, known, command).await,
        Change::Grade(command) => act::<Grades>(tx, actor, now, id, known, command).await,
        Change::Custody(command) => act::<Custodies>(tx, actor, now, id, known, command).await,
        Change::Response(command) => act::<Responses>(tx, actor, now, id, known, command).await,
        Change::Closure(command) => act::<Closures>(tx, actor, now, id, known, command).await,
        Change::Promise(command) => act::<Promises>(tx, actor, now, id, known, command).await,
        Change::Appointment(command) => act::<Bookings>(tx, actor, now, id, known, command).await,
        Change::Thrive(command) => match known.open() {
            Ok(standing) => {
                let before = standing.assessed_before();
                contact::thrive::rows::change(tx, actor, now, id, before, command).await
            }
            Err(refusal) => Ok(Err(refusal)),
        },
    }
}
