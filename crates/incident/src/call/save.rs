//! Making facts of the filled screen, all in one transaction or none.

use std::collections::BTreeMap;

use contact::{
    contact::rules::{Command, Contact, Earlier, Location, Purpose},
    draft::{
        rows as drafts,
        rules::{Draft, Fields, KEPT, LEFT_OUT},
    },
    grade::Grade,
    preference, suggestion,
    suggestion::rules::Suggestion,
    thrive,
};
use jiff::Timestamp;
use journal::{Connection, DatabaseError, Id, Refusal, Tx, act};

use super::fields::{self, Record, Step, all, kind, of, of_the_incident, situation};
use super::left_out;
use crate::{
    Acting, Change, Opening, closure, grade,
    incident::{rows as incidents, rules as incident_rules},
    standing::Standing,
};

/// What the advisor asked for with the button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doing {
    /// Keep what is typed.
    Save,
    /// Take up a contact that waited.
    Answer,
    /// Open an incident with the grade that was chosen.
    Open,
    /// Open it at once as Immediate, or make it so: nothing that is missing stands in the way.
    Immediate,
    /// Add this contact to an incident that is open already.
    Attach(Id),
    /// End the contact.
    End,
}

impl Doing {
    /// The button's value; nothing where there is no such button.
    pub fn of(value: &str) -> Option<Self> {
        Some(match value {
            "" | "save" => Self::Save,
            "answer" => Self::Answer,
            "open" => Self::Open,
            "immediate" => Self::Immediate,
            "end" => Self::End,
            other => Self::Attach(other.strip_prefix("attach:").and_then(Id::read)?),
        })
    }

    /// The task of the entries: why the record was touched.
    pub fn task(&self) -> &'static str {
        match self {
            Self::Save => "Record a contact",
            Self::Answer => "Take up a contact",
            Self::Open => "Open an incident",
            Self::Immediate => "Make an emergency of a contact",
            Self::Attach(_) => "Add a contact to an incident",
            Self::End => "End a contact",
        }
    }
}

/// What is known of the contact; nothing if there is none.
pub async fn record(conn: &mut Connection, id: &Id) -> Result<Option<Record>, DatabaseError> {
    let Some(contact) = contact::contact::rows::one(conn, id).await? else { return Ok(None) };
    let preference = preference::rows::of_contact(conn, id).await?;
    let opened = opened(conn, id, &contact).await?;
    let of_the_incident = match &opened {
        Some(incident) => thrive::rows::latest(conn, incident).await?,
        None => None,
    };
    let assessment = match of_the_incident {
        Some(made) => Some(made),
        None => thrive::rows::latest(conn, id).await?,
    };
    let assessment = assessment.map(|(assessment, _)| assessment);
    Ok(Some(Record { contact, preference, assessment, opened }))
}

/// The incident that the contact opened; nothing where it has none, or was added to one that was open already.
async fn opened(conn: &mut Connection, id: &Id, contact: &Contact) -> Result<Option<Id>, DatabaseError> {
    let Some(incident) = &contact.incident else { return Ok(None) };
    let listed = incidents::one(conn, incident).await?;
    let first = listed.and_then(|listed| listed.standing.incident.contacts.into_iter().next());
    Ok(first.filter(|first| first.contact == *id).map(|_| incident.clone()))
}

/// What came of it.
pub type Done = Result<Result<Option<Id>, Refusal>, DatabaseError>;

/// What is saved.
pub struct Save<'a> {
    /// The contact.
    pub id: &'a Id,
    /// What is known of it, read in the same transaction.
    pub record: &'a Record,
    /// What is to be saved: what was typed, brought together with what somebody else saved meanwhile.
    pub fields: &'a Fields,
    /// What was typed in a field that somebody else saved meanwhile, where a life came first: theirs stands, and this
    /// stays in a draft.
    pub disputed: &'a Fields,
    /// The last entry that was known when it was typed.
    pub seen: i64,
    /// Why each earlier one was shown.
    pub evidence: &'a BTreeMap<Id, Vec<String>>,
    /// How many earlier contacts there were of late.
    pub repeats: usize,
    /// The account whose drafts are settled.
    pub account: &'a Id,
}

/// Saves the screen and does what was asked; gives the incident that was opened or added to.
pub async fn save(tx: &mut Tx, acting: &Acting, now: Timestamp, save: &Save<'_>, doing: &Doing) -> Done {
    if *doing == Doing::Answer {
        let answer = Command::Answer { at: now };
        if let Err(refusal) = contact::contact::rows::change(tx, &acting.actor, now, save.id, answer).await? {
            return Ok(Err(refusal));
        }
    }
    // A life comes first: what cannot be saved yet stays in the draft, and is owed.
    let must_go = *doing == Doing::Immediate;
    let (steps, refusals) = fields::steps(save.record, save.fields, save.evidence);
    if let Some(refusal) = refusals.into_iter().next().filter(|_| !must_go) {
        return Ok(Err(refusal));
    }
    for step in steps {
        if let Err(refusal) = make(tx, acting, now, save, step).await?
            && !must_go
        {
            return Ok(Err(refusal));
        }
    }
    let incident = match then(tx, acting, now, save, doing).await? {
        Ok(incident) => incident,
        Err(refusal) => return Ok(Err(refusal)),
    };
    drafts::settle(tx, save.id, save.account).await?;
    leave(tx, now, save, must_go, incident.as_ref()).await?;
    if save.record.contact.incident.is_none() && incident.is_none() {
        let fields = of_the_incident(save.fields);
        if !fields.is_empty() {
            keep(tx, now, save, KEPT, 0, fields).await?;
        }
    }
    Ok(Ok(incident))
}

/// Keeps what was typed and stands nowhere: what an Immediate could not save, and what is asked of an incident before it
/// is opened, where it was open already. What stands by now is not left out any more.
async fn leave(
    tx: &mut Tx,
    now: Timestamp,
    save: &Save<'_>,
    must_go: bool,
    incident: Option<&Id>,
) -> Result<(), DatabaseError> {
    let before = drafts::one(tx, save.id, save.account, LEFT_OUT).await?;
    let before = before.map_or_else(Fields::new, |draft| draft.fields);
    let is_opened_now = save.record.contact.incident.is_none() && incident.is_some();
    let mut typed: Fields = if must_go {
        save.fields.clone().into_iter().chain(save.disputed.clone()).collect()
    } else if save.record.contact.incident.is_some() || is_opened_now {
        of_the_incident(save.fields)
    } else {
        Fields::new()
    };
    // What the contact ends with is asked when it ends; until then the form supposes something.
    typed.remove("outcome");
    if before.is_empty() && typed.is_empty() {
        return Ok(());
    }
    let Some(record) = record(tx, save.id).await? else { return Ok(()) };
    let mut stands = fields::fields(&record);
    if let Some(assessment) = &record.assessment {
        stands.insert("change".to_owned(), assessment.change.shown().to_owned());
    }
    let incident = incident.or(record.contact.incident.as_ref());
    if let Some(standing) = match incident {
        Some(incident) => incidents::recall(tx, incident).await?,
        None => None,
    } {
        left_out::of_incident(&standing, &mut stands);
    }
    let left = left_out::left_over(before, typed, &stands);
    if left.is_empty() {
        return drafts::discard(tx, save.id, save.account, LEFT_OUT).await;
    }
    keep(tx, now, save, LEFT_OUT, save.seen, left).await
}

async fn make(tx: &mut Tx, acting: &Acting, now: Timestamp, save: &Save<'_>, step: Step) -> crate::Stored {
    match (step, &save.record.opened) {
        (Step::Contact(command), _) => {
            contact::contact::rows::change(tx, &acting.actor, now, save.id, command).await
        }
        (Step::Preference(command), _) => {
            let known = preference::rules::Known { today: crate::codes::day_of(now) };
            act::<preference::rows::Preferences>(tx, &acting.actor, now, save.id, &known, command).await
        }
        (Step::Thrive(command), Some(incident)) => {
            crate::change(tx, acting, now, incident, Change::Thrive(command)).await
        }
        (Step::Thrive(command), None) => {
            thrive::rows::change(tx, &acting.actor, now, save.id, None, command).await
        }
    }
}

async fn then(tx: &mut Tx, acting: &Acting, now: Timestamp, save: &Save<'_>, doing: &Doing) -> Done {
    match doing {
        Doing::Save | Doing::Answer => Ok(Ok(None)),
        Doing::Open => match fields::grade(save.fields) {
            Some(chosen) => open(tx, acting, now, save, chosen).await,
            None => Ok(Err(Refusal::of("grade", "Choose a grade. The suggestion is only a suggestion."))),
        },
        Doing::Immediate => match &save.record.contact.incident {
            Some(incident) => raise(tx, acting, now, save, incident).await,
            None => open(tx, acting, now, save, Grade::Immediate).await,
        },
        Doing::Attach(incident) => attach(tx, acting, now, save, incident).await,
        Doing::End => {
            let outcome = of(save.fields, "outcome").to_owned();
            let end = Command::End { at: now, outcome };
            Ok(contact::contact::rows::change(tx, &acting.actor, now, save.id, end).await?.map(|_| None))
        }
    }
}

async fn open(tx: &mut Tx, acting: &Acting, now: Timestamp, save: &Save<'_>, chosen: Grade) -> Done {
    let Some(contact) = contact::contact::rows::one(tx, save.id).await? else {
        return Ok(Err(Refusal::of("id", "There is no such contact.")));
    };
    if contact.incident.is_some() {
        let sentence = "This contact has its incident already. Open the incident to work on it.";
        return Ok(Err(Refusal::of("grade", sentence)));
    }
    let id = Id::new(now);
    let opening = Opening {
        contact: save.id.clone(),
        kind: kind(save.fields),
        summary: summary(save.fields, &contact),
        location: contact.location,
        persons: Vec::new(),
        warnings: all(save.fields, "warnings"),
        grade: chosen,
        suggestion: Some(suggestion_of(save)),
        rationale: of(save.fields, "rationale").to_owned(),
    };
    Ok(crate::open(tx, acting, now, &id, opening).await?.map(|_| Some(id)))
}

/// Makes an incident Immediate that is there already. One that was closed is opened again: a life comes first.
async fn raise(tx: &mut Tx, acting: &Acting, now: Timestamp, save: &Save<'_>, incident: &Id) -> Done {
    let Some(listed) = incidents::one(tx, incident).await? else {
        return Ok(Err(Refusal::of("grade", "There is no such incident.")));
    };
    if !listed.standing.is_open() {
        let reason = "Its caller has an emergency now.".to_owned();
        let reopen = Change::Closure(closure::rules::Command::Reopen { reason });
        if let Err(refusal) = crate::change(tx, acting, now, incident, reopen).await? {
            return Ok(Err(refusal));
        }
    }
    if listed.queued.is_some_and(|queued| queued.is_emergency()) {
        return Ok(Ok(Some(incident.clone())));
    }
    if let Some(location) = placed(tx, save, &listed.standing, incident).await? {
        // The control room that serves the place is called; a place that is refused holds nobody up.
        let locate = Change::Incident(incident_rules::Command::Locate(location));
        let _refused = crate::change(tx, acting, now, incident, locate).await?;
    }
    let choose = grade::rules::Command::Choose {
        grade: Grade::Immediate,
        suggestion: Some(suggestion_of(save)),
        rationale: of(save.fields, "rationale").to_owned(),
        reason: String::new(),
    };
    let stored = crate::change(tx, acting, now, incident, Change::Grade(choose)).await?;
    Ok(stored.map(|_| Some(incident.clone())))
}

/// Where the contact says that it is, where its incident knows nothing of the place or of the division.
async fn placed(
    tx: &mut Tx,
    save: &Save<'_>,
    standing: &Standing,
    incident: &Id,
) -> Result<Option<Location>, DatabaseError> {
    let known = standing.incident.location.clone().unwrap_or_default();
    if !known.division.is_empty() || save.record.opened.as_ref() != Some(incident) {
        return Ok(None);
    }
    let contact = contact::contact::rows::one(tx, save.id).await?;
    let told = contact.and_then(|contact| contact.location).filter(|location| !location.division.is_empty());
    // Where the incident has its place in words they stay: only whose area it is comes from the contact.
    let has_words = known.words.known().is_none_or(|words| !words.is_empty());
    Ok(told.map(|told| if has_words { Location { division: told.division, ..known } } else { told }))
}

fn suggestion_of(save: &Save<'_>) -> Suggestion {
    suggestion::rules::suggest(&situation(save.record, save.fields, save.repeats))
}

/// The title of an incident: as typed, or the first sentence of what the caller says.
pub fn summary(fields: &Fields, contact: &Contact) -> String {
    let typed = of(fields, "summary").trim();
    if !typed.is_empty() {
        return typed.to_owned();
    }
    let narrative = contact.narrative.as_ref().map_or("", journal::Private::shown);
    let first = narrative.split_inclusive(['.', '!', '?', '\n']).next().unwrap_or("").trim();
    let short: String = first.chars().take(120).collect();
    short.trim_end_matches('.').to_owned()
}

async fn attach(tx: &mut Tx, acting: &Acting, now: Timestamp, save: &Save<'_>, incident: &Id) -> Done {
    let linked = contact::contact::rows::one(tx, save.id).await?.and_then(|contact| {
        contact.links.into_iter().find(|link| link.kind == Earlier::Incident && link.to == *incident)
    });
    let Some(link) = linked.filter(|link| link.purpose != Purpose::Unrelated) else {
        let sentence =
            "Say first what the incident has to do with this contact, in the list of earlier ones.";
        return Ok(Err(Refusal::of(fields::link_field(Earlier::Incident, incident), sentence)));
    };
    let command = incident_rules::Command::Attach { contact: save.id.clone(), purpose: link.purpose };
    let stored = crate::change(tx, acting, now, incident, Change::Incident(command)).await?;
    Ok(stored.map(|_| Some(incident.clone())))
}

/// Keeps what was typed and is no fact, under the name of a page of its own.
async fn keep(
    tx: &mut Tx,
    now: Timestamp,
    save: &Save<'_>,
    page: &str,
    base_seq: i64,
    fields: Fields,
) -> Result<(), DatabaseError> {
    let draft = Draft {
        page: page.to_owned(),
        number: now.as_millisecond(),
        base_seq,
        fields,
        address: format!("/contacts/{}", save.id),
        saved_at: now,
    };
    drafts::save(tx, save.id, save.account, &draft).await
}
