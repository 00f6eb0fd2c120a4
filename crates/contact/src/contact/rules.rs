//! What may happen to a contact: it comes, is described, linked, and ends. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use jiff::Timestamp;
use journal::{Id, Private, Refusal};
use serde::{Deserialize, Serialize};

pub use super::why::Coded;
use super::{
    checks,
    given_up::rules::{self as given_up, GivenUp},
    why,
};

/// How somebody got in touch (DOMAIN 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Emergency,
    NonEmergency,
    WebForm,
    Email,
    FrontCounter,
    PartnerAgency,
    AlarmCompany,
    ThirdPartyCentre,
    OfficerAtScene,
}

/// How it came: what telephony, a form or an advisor says at its beginning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    pub channel: Channel,
    /// The option chosen in the 101 menu ("4" reports an incident); empty where there is none.
    pub option: String,
    /// The line or office it came in on: "Bilston Glen 12".
    pub line: String,
    /// The number as telephony presented it, as it is; empty where it was withheld or there is none.
    pub number: Private<String>,
    /// When it began to wait.
    pub arrived_at: Timestamp,
    /// When somebody answered it or took it up; nothing while nobody has, and for an attempt.
    pub answered_at: Option<Timestamp>,
    /// The other system's own reference: the same twice is the same contact.
    pub their_reference: String,
}

/// Who is in touch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    pub name: Private<String>,
    /// As typed; compared in E.164 (`phone`).
    pub call_back_on: Private<String>,
    /// A key of `codes::relations()`: victim, witness, …; empty while it is not known.
    pub relation: String,
    /// A key of `codes::languages()`; "en" unless told otherwise.
    pub language: String,
    pub needs_interpreter: bool,
    /// A key of `codes::agencies()` for a partner agency or alarm company; empty otherwise.
    pub agency: String,
}

/// Where it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// As typed or as the gazetteer has it.
    pub words: Private<String>,
    /// The gazetteer's place, which may be one household's; empty where none was chosen.
    #[serde(deserialize_with = "super::stored::private_or_once_plain")]
    pub place: Private<String>,
    /// A division's letter; empty while it is not known.
    pub division: String,
    /// One of a few hundred areas of the force: what is counted by area, and nobody's address.
    pub beat: String,
    pub is_rural: Option<bool>,
}

/// What this contact has to do with an earlier one: the advisor's decision, and what failure demand is counted
/// from (MEASURES 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// The same issue: the caller chases it.
    Chase,
    /// The same issue: something new about it.
    NewInformation,
    /// The same issue: we asked them to get in touch.
    InvitedCallBack,
    /// The same people or place, something new has happened.
    NewOccurrence,
    /// Looked at, and it has nothing to do with it.
    Unrelated,
}

/// What an earlier thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Earlier {
    Contact,
    Incident,
}

/// A link to something earlier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub to: Id,
    pub kind: Earlier,
    pub purpose: Purpose,
    /// Why it was shown, in the words of the evidence: "same number, same surname".
    pub evidence: Vec<String>,
}

/// A contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub arrival: Arrival,
    /// Given up before anybody answered: counted apart, never a contact of a measure.
    pub is_attempt: bool,
    pub caller: Option<Caller>,
    pub location: Option<Location>,
    /// What the caller says, the latest telling.
    pub narrative: Option<Private<String>>,
    pub links: Vec<Link>,
    /// The incident that it opened or was added to.
    pub incident: Option<Id>,
    /// What was settled before the call ended: keys of `codes::closing_checks()`.
    pub checks: Vec<String>,
    /// Why they got in touch, as the advisor judges it; nothing while nobody has said.
    pub why: Option<Coded>,
    /// Calls that were given up before, from the same number.
    pub given_up: Vec<GivenUp>,
    pub ended: Option<Ended>,
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    pub at: Timestamp,
    /// Seconds from the answer to the end of the work on it; 0 where nobody said when it was taken up.
    pub handled_seconds: i64,
    /// A key of `codes::contact_outcomes()`; for an attempt, of `codes::ended_by()`.
    pub outcome: String,
}

/// What happened to a contact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It came, and was or will be dealt with.
    Received(Arrival),
    /// It was given up before anybody answered. `ended_by`: "caller", "menu", "network".
    Discontinued {
        arrival: Arrival,
        at: Timestamp,
        ended_by: String,
    },
    /// What had waited was taken up: a web form, or a call that was told of while it rang.
    Answered {
        at: Timestamp,
    },
    CallerDescribed(Caller),
    Located(Location),
    Told {
        words: Private<String>,
    },
    Linked(Link),
    /// The link was wrong.
    Unlinked {
        to: Id,
        reason: Private<String>,
    },
    /// It opened an incident, or was added to one.
    Attached {
        incident: Id,
    },
    Checked {
        checks: Vec<String>,
    },
    /// Why they got in touch, as the advisor judges it. It may be said again: what was said before stays in the journal.
    Coded(Coded),
    /// What was said of it was wrong, and nothing takes its place.
    CodeTakenBack(Coded),
    /// They had given up a call before; it was found by the number, which is not in it.
    GivenUpBefore(GivenUp),
    Ended(Ended),
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "contact";

    fn happened_at(&self) -> Option<Timestamp> {
        match self {
            Self::Received(arrival) => Some(arrival.arrived_at),
            Self::Discontinued { at, .. } | Self::Answered { at } => Some(*at),
            Self::Ended(ended) => Some(ended.at),
            _ => None,
        }
    }
}

/// What somebody wants to say of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// It comes.
    Receive(Arrival),
    /// It was given up before anybody answered: an attempt.
    Discontinue {
        arrival: Arrival,
        at: Timestamp,
        ended_by: String,
    },
    /// Somebody takes up what has waited.
    Answer {
        at: Timestamp,
    },
    Describe(Caller),
    Locate(Location),
    Tell {
        words: String,
    },
    Link(Link),
    Unlink {
        to: Id,
        reason: String,
    },
    Attach {
        incident: Id,
    },
    Check {
        checks: Vec<String>,
    },
    /// Says why they got in touch, as a reason of the definition: "F15". Empty takes back what was said.
    Code {
        why: String,
    },
    /// Ties it to a call that was given up before. Nobody says so: it is found by the number.
    Recognise(GivenUp),
    End {
        at: Timestamp,
        outcome: String,
    },
}

/// What a link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Target {
    /// Something of the kind that the link says.
    #[default]
    Fits,
    /// Nothing that is known, or something of another kind.
    Missing,
    /// The contact itself.
    Itself,
}

/// What else the rule knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    pub now: Timestamp,
    /// For a link: what it leads to.
    pub target: Target,
}

/// Where a contact stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nobody has answered or taken it up.
    Waiting,
    /// It is being dealt with.
    Open,
    Ended,
    /// Given up before anybody answered.
    Attempt,
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Contact>, command: Command) -> Result<Fact, Refusal> {
    match (was, command) {
        (None, Command::Receive(arrival)) => checks::arrival(known.now, arrival).map(Fact::Received),
        (None, Command::Discontinue { arrival, at, ended_by }) => {
            checks::discontinued(known.now, arrival, at, &ended_by)
        }
        (None, _) => Err(Refusal::of("id", "There is no such contact. Receive it first.")),
        (Some(_), Command::Receive(_) | Command::Discontinue { .. }) => {
            Err(Refusal::of("their_reference", "This contact is here already. Open it to add to it."))
        }
        (Some(was), command) => {
            checks::may_happen(was, &command)?;
            if !changes(was, &command) {
                return Err(Refusal::of(
                    checks::field(&command),
                    "That is said already. Change what is different.",
                ));
            }
            change(known, was, command)
        }
    }
}

fn change(known: &Known, was: &Contact, command: Command) -> Result<Fact, Refusal> {
    let today = checks::day(known.now);
    match command {
        Command::Answer { at } => checks::answered(known.now, &was.arrival, at),
        Command::Describe(caller) => {
            checks::caller(today, was.arrival.channel, caller).map(Fact::CallerDescribed)
        }
        Command::Locate(location) => checks::location(location).map(Fact::Located),
        Command::Tell { words } => checks::narrative(&words).map(|words| Fact::Told { words: words.into() }),
        Command::Link(link) => checks::link(known.target, link).map(Fact::Linked),
        Command::Unlink { to, reason } => checks::unlinked(was, to, &reason),
        Command::Attach { incident } => checks::attached(was, incident),
        Command::Check { checks } => checks::checked(today, checks),
        Command::Code { why } => why::coded(was.day(), was.why, &why),
        Command::Recognise(call) => given_up::recognised(was, call),
        Command::End { at, outcome } => checks::ended(known.now, was, at, &outcome),
        Command::Receive(_) | Command::Discontinue { .. } => {
            unreachable!("decide has refused to receive a contact twice")
        }
    }
}

/// Whether `command` would say anything new of `contact`: a save of a whole form leaves out what would not.
pub fn changes(contact: &Contact, command: &Command) -> bool {
    match command {
        Command::Describe(caller) => contact.caller.as_ref().unwrap_or(&Caller::default()) != caller,
        Command::Locate(location) => contact.location.as_ref().unwrap_or(&Location::default()) != location,
        Command::Tell { words } => {
            let words = words.replace("\r\n", "\n");
            contact.narrative.as_ref().map_or("", Private::shown) != words.trim()
        }
        Command::Link(link) => !contact.links.contains(link),
        Command::Attach { incident } => contact.incident.as_ref() != Some(incident),
        Command::Recognise(call) => contact.given_up.iter().all(|one| one.attempt != call.attempt),
        Command::Check { checks } => {
            let sorted =
                |checks: &[String]| checks.iter().cloned().collect::<std::collections::BTreeSet<_>>();
            sorted(&contact.checks) != sorted(checks)
        }
        Command::Code { why } => {
            contact.why.map_or_else(String::new, |was| was.code.to_string()) != why.trim()
        }
        _ => true,
    }
}

/// What it is after `fact`.
pub fn apply(was: Option<Contact>, fact: &Fact) -> Contact {
    let Some(mut now) = was else { return begun(fact) };
    match fact.clone() {
        Fact::Received(_) | Fact::Discontinued { .. } => return begun(fact),
        Fact::Answered { at } => now.arrival.answered_at = Some(at),
        Fact::CallerDescribed(caller) => now.caller = Some(caller),
        Fact::Located(location) => now.location = Some(location),
        Fact::Told { words } => now.narrative = Some(words),
        Fact::Linked(link) => {
            now.links.retain(|other| other.to != link.to);
            now.links.push(link);
        }
        Fact::Unlinked { to, .. } => now.links.retain(|link| link.to != to),
        Fact::Attached { incident } => now.incident = Some(incident),
        Fact::Checked { checks } => now.checks = checks,
        Fact::Coded(coded) => now.why = Some(coded),
        Fact::CodeTakenBack(_) => now.why = None,
        Fact::GivenUpBefore(call) => now.given_up.push(call),
        Fact::Ended(ended) => now.ended = Some(ended),
    }
    now
}

fn begun(fact: &Fact) -> Contact {
    let (arrival, ended) = match fact.clone() {
        Fact::Received(arrival) => (arrival, None),
        Fact::Discontinued { arrival, at, ended_by } => {
            (arrival, Some(Ended { at, handled_seconds: 0, outcome: ended_by }))
        }
        _ => unreachable!("decide lets nothing happen to a contact before it comes"),
    };
    Contact {
        arrival,
        is_attempt: ended.is_some(),
        caller: None,
        location: None,
        narrative: None,
        links: Vec::new(),
        incident: None,
        checks: Vec::new(),
        why: None,
        given_up: Vec::new(),
        ended,
    }
}
