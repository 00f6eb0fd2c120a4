//! What may happen to an incident itself: opened, classified, placed, told of. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use std::collections::BTreeSet;

use contact::contact::rules::{Location, Purpose};
use jiff::Timestamp;
use journal::{
    Id, Private, Refusal,
    words::{PARAGRAPH, optional, required},
};
use serde::{Deserialize, Serialize};

use super::read::{read_keys, read_kind, read_location, read_person};
use crate::{
    codes,
    standing::Known,
    words::{NARRATIVE, owed, reason},
};

/// What kind of incident: keys of `definitions/incident.toml`, valid on the day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Kind {
    pub incident_type: String,
    /// "domestic", "mental_health", "hate", …
    pub qualifiers: Vec<String>,
}

/// A person and what they are to the incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub name: Private<String>,
    /// A date of birth or an age, as told; empty where it is not known.
    pub born: Private<String>,
    pub number: Private<String>,
    /// A key of `codes::roles()`: victim, suspect, witness, …
    pub role: String,
}

/// A contact about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    pub contact: Id,
    /// Nothing for the contact that opened it.
    pub purpose: Option<Purpose>,
}

/// An incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    pub opened_at: Timestamp,
    pub kind: Kind,
    /// The kinds it had before: whom the law, the standard or a second person protects is protected on, whatever it is
    /// called later.
    #[serde(default)]
    pub earlier: BTreeSet<Kind>,
    pub location: Option<Location>,
    /// The opening account, in a few words.
    pub summary: Private<String>,
    pub contacts: Vec<Attached>,
    pub persons: Vec<Person>,
    /// Keys of the warning markers that apply: "dog", "weapons".
    pub warnings: Vec<String>,
    pub linked: Vec<Id>,
    /// Crime reports that were recorded on it and not withdrawn.
    #[serde(default)]
    pub crimes: Vec<Id>,
    /// The entry of the last thing that changed the circumstances: an assessment before it is out of date.
    pub changed_at: Timestamp,
    /// How many lines its log has.
    pub lines: i64,
}

impl Incident {
    /// Every kind it ever had.
    pub fn kinds(&self) -> impl Iterator<Item = &Kind> + Clone {
        std::iter::once(&self.kind).chain(&self.earlier)
    }

    /// It was domestic at any time of its life: taking the qualifier off does not take the second person away.
    pub fn was_domestic(&self) -> bool {
        self.kinds().any(Kind::is_domestic)
    }
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// What is Immediate may be opened with nothing but its contact: the rest is owed.
    Open {
        contact: Id,
        kind: Kind,
        location: Option<Location>,
        summary: String,
        is_immediate: bool,
    },
    Attach {
        contact: Id,
        purpose: Purpose,
    },
    Classify {
        kind: Kind,
        reason: String,
    },
    Locate(Location),
    AddPerson(Person),
    ChangePerson {
        number: usize,
        person: Person,
    },
    /// All the markers that apply.
    Warn {
        warnings: Vec<String>,
    },
    Log {
        words: String,
        changes_circumstances: bool,
    },
    Link {
        to: Id,
        why: String,
    },
    /// A crime was recorded on it: the room of crime reports says so.
    RecordCrime {
        report: Id,
    },
    WithdrawCrime {
        report: Id,
    },
}

/// What happened to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// `at`: when it was opened, for the clocks.
    Opened {
        at: Timestamp,
        contact: Id,
        kind: Kind,
        location: Option<Location>,
        summary: Private<String>,
    },
    /// Another caller about the same event, or the same one again. Changes the circumstances when it brings
    /// something new.
    ContactAttached {
        at: Timestamp,
        attached: Attached,
    },
    Classified {
        at: Timestamp,
        kind: Kind,
        reason: Private<String>,
    },
    Located {
        at: Timestamp,
        location: Location,
    },
    PersonAdded {
        person: Person,
    },
    /// The person with this number, from 0, was described anew.
    PersonChanged {
        number: usize,
        person: Person,
    },
    /// The markers as they are now. A new one changes the circumstances.
    Warned {
        at: Timestamp,
        warnings: Vec<String>,
    },
    /// A line of the log. One that changes the circumstances calls for a re-THRIVE.
    Logged {
        at: Timestamp,
        words: Private<String>,
        changes_circumstances: bool,
    },
    Linked {
        to: Id,
        why: Private<String>,
    },
    /// From then on it is no incident without a crime (Scottish Crime Recording Standard).
    CrimeRecorded {
        at: Timestamp,
        report: Id,
    },
    CrimeWithdrawn {
        at: Timestamp,
        report: Id,
    },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "incident";
}

impl Kind {
    /// Whether it calls for a second person, by its qualifier or its type.
    pub fn is_domestic(&self) -> bool {
        // As somebody typed them, too: what follows from it is asked before they are read.
        self.incident_type.trim() == codes::DOMESTIC_TYPE
            || self.qualifiers.iter().any(|key| key.trim() == codes::DOMESTIC)
    }
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Incident>, command: Command) -> Result<Fact, Refusal> {
    match (was, command) {
        (None, Command::Open { contact, kind, location, summary, is_immediate }) => Ok(Fact::Opened {
            at: known.now,
            contact,
            kind: read_kind(known, &kind, None, is_immediate)?,
            location: location.map(|location| read_location(known, location, is_immediate)).transpose()?,
            summary: owed("summary", "What happened", &summary, is_immediate)?.into(),
        }),
        (Some(_), Command::Open { .. }) => {
            Err(Refusal::of("incident", "It is open already. Add to it instead."))
        }
        (None, _) => Err(Refusal::of("incident", "There is no such incident.")),
        (Some(was), Command::Link { to, why }) => link(known, was, to, &why),
        (Some(_), Command::RecordCrime { report }) => Ok(Fact::CrimeRecorded { at: known.now, report }),
        (Some(_), Command::WithdrawCrime { report }) => Ok(Fact::CrimeWithdrawn { at: known.now, report }),
        (Some(was), command) => {
            known.open()?;
            change(known, was, command)
        }
    }
}

fn change(known: &Known, was: &Incident, command: Command) -> Result<Fact, Refusal> {
    let at = known.now;
    match command {
        Command::Attach { contact, purpose } => attach(at, was, contact, purpose),
        Command::Classify { kind, reason } => classify(known, was, &kind, &reason),
        Command::Locate(location) => {
            let location = read_location(known, location, false)?;
            differs("location", was.location.as_ref() == Some(&location))?;
            Ok(Fact::Located { at, location })
        }
        Command::AddPerson(person) => Ok(Fact::PersonAdded { person: read_person(known, &person, None)? }),
        Command::ChangePerson { number, person } => {
            let Some(before) = was.persons.get(number) else {
                let sentence = format!("It has no person number {}. Look at its persons again.", number + 1);
                return Err(Refusal::of("number", sentence));
            };
            let person = read_person(known, &person, Some(before))?;
            differs("name", *before == person)?;
            Ok(Fact::PersonChanged { number, person })
        }
        Command::Warn { warnings } => {
            let warnings =
                read_keys(known, "warnings", "warning", codes::warnings(), &warnings, &was.warnings)?;
            differs("warnings", warnings == was.warnings)?;
            Ok(Fact::Warned { at, warnings })
        }
        Command::Log { words, changes_circumstances } => {
            let words = required("words", "What became known", &words, NARRATIVE)?.into();
            Ok(Fact::Logged { at, words, changes_circumstances })
        }
        Command::Open { .. }
        | Command::Link { .. }
        | Command::RecordCrime { .. }
        | Command::WithdrawCrime { .. } => {
            Err(Refusal::of("incident", "It is open already. Add to it instead."))
        }
    }
}

fn attach(at: Timestamp, was: &Incident, contact: Id, purpose: Purpose) -> Result<Fact, Refusal> {
    if was.contacts.iter().any(|one| one.contact == contact) {
        return Err(Refusal::of("contact", "That contact is one of this incident already."));
    }
    if purpose == Purpose::Unrelated {
        let sentence = "A contact that has nothing to do with it is not added to it. Choose another purpose, or go back.";
        return Err(Refusal::of("purpose", sentence));
    }
    Ok(Fact::ContactAttached { at, attached: Attached { contact, purpose: Some(purpose) } })
}

fn classify(known: &Known, was: &Incident, kind: &Kind, why: &str) -> Result<Fact, Refusal> {
    let kind = read_kind(known, kind, Some(&was.kind), false)?;
    differs("incident_type", kind == was.kind)?;
    // What is said for the first time needs no reason; what is said otherwise does.
    let loses = was.kind.qualifiers.iter().any(|key| !kind.qualifiers.contains(key));
    let is_first = was.kind.incident_type.is_empty() && !loses;
    let why = if is_first { optional("reason", "The reason", why, PARAGRAPH)? } else { reason(why)? };
    Ok(Fact::Classified { at: known.now, kind, reason: why.into() })
}

fn link(known: &Known, was: &Incident, to: Id, why: &str) -> Result<Fact, Refusal> {
    if !known.others.contains(&to) {
        return Err(Refusal::of("to", "There is no such incident to link to. Check its reference."));
    }
    if was.linked.contains(&to) {
        return Err(Refusal::of("to", "The two are linked already."));
    }
    let why = required("why", "What they have to do with each other", why, PARAGRAPH)?.into();
    Ok(Fact::Linked { to, why })
}

fn differs(field: &'static str, same: bool) -> Result<(), Refusal> {
    if same {
        return Err(Refusal::of(field, "This is as it was. Change it, or go back."));
    }
    Ok(())
}

/// What it is after `fact`.
pub fn apply(was: Option<Incident>, fact: &Fact) -> Incident {
    let Some(mut now) = was else { return opened(fact) };
    match fact.clone() {
        Fact::Opened { .. } => return opened(fact),
        Fact::ContactAttached { at, attached } => {
            if matches!(attached.purpose, Some(Purpose::NewInformation | Purpose::NewOccurrence)) {
                now.changed_at = at;
            }
            now.contacts.push(attached);
        }
        Fact::Classified { at, kind, .. } => {
            let was = &now.kind;
            let retyped = !was.incident_type.is_empty() && was.incident_type != kind.incident_type;
            if retyped || kind.qualifiers.iter().any(|key| !was.qualifiers.contains(key)) {
                now.changed_at = at;
            }
            now.earlier.insert(std::mem::replace(&mut now.kind, kind));
        }
        Fact::Located { location, .. } => now.location = Some(location),
        Fact::PersonAdded { person } => now.persons.push(person),
        Fact::PersonChanged { number, person } => {
            if let Some(one) = now.persons.get_mut(number) {
                *one = person;
            }
        }
        Fact::Warned { at, warnings } => {
            if warnings.iter().any(|key| !now.warnings.contains(key)) {
                now.changed_at = at;
            }
            now.warnings = warnings;
        }
        Fact::Logged { at, changes_circumstances, .. } => {
            now.lines += 1;
            if changes_circumstances {
                now.changed_at = at;
            }
        }
        Fact::Linked { to, .. } => now.linked.push(to),
        Fact::CrimeRecorded { report, .. } => now.crimes.push(report),
        Fact::CrimeWithdrawn { report, .. } => now.crimes.retain(|one| *one != report),
    }
    now
}

fn opened(fact: &Fact) -> Incident {
    let Fact::Opened { at, contact, kind, location, summary } = fact.clone() else {
        unreachable!("decide lets nothing happen to an incident before it is opened")
    };
    Incident {
        opened_at: at,
        kind,
        earlier: BTreeSet::new(),
        location,
        summary,
        contacts: vec![Attached { contact, purpose: None }],
        persons: Vec::new(),
        warnings: Vec::new(),
        linked: Vec::new(),
        crimes: Vec::new(),
        changed_at: at,
        lines: 0,
    }
}
