//! The entries of an issue in the words of the definition of failure demand. Pure (MEASURES 1; HMICS CAM 2022 R3).
//!
//! Only what our facts can say is told. There is none yet, and nothing is told, of: what was written to people, and by which
//! way (F11 by a form that was not answered, F12, F13 by message); why somebody was assessed anew (F06 by vulnerability);
//! that an agency did not reply in time, which follows from the clock (F10); duplicates, plans of care, and changes that the
//! caller chose, but for what the advisor says (X1, X3, V4); and that two incidents are the same or a new occurrence (F05 by
//! another incident).

use std::collections::BTreeMap;

use contact::{
    contact::rules::{self as contact_rules, Channel, Contact, Purpose},
    thrive::rules as thrive_rules,
};
use crime::report::rules as crime_rules;
use failure::{
    code::Code,
    story::{self, Ground, Happening, Issue, Kind, Mark, Return, What},
};
use incident::{
    codes::TO_LOCAL_POLICING,
    custody::rules as custody_rules,
    grade::rules as grade_rules,
    incident::rules as incident_rules,
    standing::{Happened, Standing},
};
use jiff::Timestamp;
use journal::Id;

use super::{
    belongs::{leads_to, root_of},
    down::Down,
    nouns::{appointment, as_a_row, assessed, closure, due_at, grade, ground, promise, referral, response},
    reach::{attempted, given_up},
    told::{Fact, Told},
};

/// The key of the reason of a return: “the assessment or the facts are incomplete”.
const INCOMPLETE: &str = "incomplete";
/// An issue as far as it is told: an incident, or a contact that is in none.
#[derive(Debug, Clone)]
pub struct Story {
    root: Id,
    standing: Option<Standing>,
    contacts: BTreeMap<Id, Heard>,
    down: Down,
    happenings: Vec<(Timestamp, i64, What)>,
}

/// A contact as far as it is told, with its own assessments.
#[derive(Debug, Clone)]
pub struct Heard {
    seq: i64,
    /// As it is.
    pub contact: Contact,
    assessed: Vec<(Timestamp, i64, What)>,
    /// The entries by which it was tied to calls that were given up before, as they stand in the contact.
    recognised: Vec<i64>,
}

impl Heard {
    fn new(seq: i64, fact: &contact_rules::Fact) -> Self {
        let contact = contact_rules::apply(None, fact);
        Self { seq, contact, assessed: Vec::new(), recognised: Vec::new() }
    }

    fn after(mut self, seq: i64, fact: &contact_rules::Fact) -> Self {
        if matches!(fact, contact_rules::Fact::GivenUpBefore(_)) {
            self.recognised.push(seq);
        }
        Self { contact: contact_rules::apply(Some(self.contact), fact), ..self }
    }
}

impl Story {
    /// The issue that began with that incident, or with that contact where it is in none.
    pub fn of(root: Id) -> Self {
        let (contacts, happenings) = (BTreeMap::new(), Vec::new());
        Self { root, standing: None, contacts, down: Down::default(), happenings }
    }

    /// Tells one more entry; they come in the order of the journal.
    pub fn tell(&mut self, told: &Told) {
        match &told.fact {
            Fact::Contact(fact) => {
                let heard = match self.contacts.remove(&told.subject) {
                    Some(heard) => heard.after(told.seq, fact),
                    None => Heard::new(told.seq, fact),
                };
                self.contacts.insert(told.subject.clone(), heard);
            }
            Fact::Outage(fact) => self.down.tell(&told.subject, told.seq, fact),
            Fact::Thrive(thrive_rules::Fact::Assessed(assessment)) => {
                let at = (told.at, told.seq, assessed(assessment));
                match self.contacts.get_mut(&told.subject) {
                    Some(heard) => heard.assessed.push(at),
                    None => self.happenings.push(at),
                }
            }
            Fact::Incident(happened) => self.incident(told, happened),
            Fact::Crime(crime_rules::Fact::Returned { reason, .. }) => {
                self.add(told, What::CrimeReportReturned(reason.clone()));
            }
            Fact::Referral(fact) => {
                if let Some(what) = referral(&told.subject, fact) {
                    self.add(told, what);
                }
            }
            Fact::Crime(_) => {}
        }
    }

    fn add(&mut self, told: &Told, what: What) {
        self.happenings.push((told.at, told.seq, what));
    }

    fn incident(&mut self, told: &Told, happened: &Happened) {
        let before = self.standing.take();
        match happened {
            Happened::Response(fact) => {
                self.happenings.extend(response(fact).map(|what| (told.at, told.seq, what)));
            }
            Happened::Closure(fact) => {
                self.happenings.extend(closure(fact).map(|what| (told.at, told.seq, what)));
            }
            Happened::Promise(fact) => {
                let next = before.as_ref().map_or(0, |standing| standing.promises.0.len());
                self.add(told, promise(next, fact));
            }
            Happened::Appointment(fact) => {
                let all = appointment(before.as_ref(), told.at, fact);
                self.happenings.extend(all.into_iter().map(|(at, what)| (at, told.seq, what)));
            }
            Happened::Custody(fact) => self.custody(told, before.as_ref(), fact),
            Happened::Incident(_) | Happened::Grade(_) | Happened::Thrive(_) => {}
        }
        self.standing = Standing::after(before, told.recorded_at, happened);
        match happened {
            Happened::Grade(fact) => self.graded(told, fact),
            Happened::Incident(incident_rules::Fact::Located { .. }) => self.due_anew(),
            _ => {}
        }
    }

    fn custody(&mut self, told: &Told, before: Option<&Standing>, fact: &custody_rules::Fact) {
        use custody_rules::Fact;
        let offer = before.and_then(|standing| standing.custody.as_ref()?.offer.as_ref());
        match fact {
            Fact::Offered(_) => self.add(told, What::TransferOffered),
            Fact::Accepted { .. } => self.add(told, What::TransferAccepted),
            Fact::Returned { reason, .. } => {
                let is_incomplete = reason == INCOMPLETE;
                let why = if is_incomplete { Return::Incomplete } else { Return::Other };
                self.add(told, What::TransferReturned(Some(why)));
                if offer.is_some_and(|offer| offer.code == TO_LOCAL_POLICING) {
                    self.add(told, What::Sc07Returned);
                }
            }
            // Taken back, or it became an emergency: nobody was passed on by that offer.
            Fact::Called { .. } | Fact::Withdrawn { .. } if offer.is_some() => {
                let last = self.happenings.iter().rposition(|(_, _, what)| *what == What::TransferOffered);
                let mut number = 0..;
                self.happenings.retain(|_| number.next() != last);
            }
            Fact::Placed { .. } | Fact::Called { .. } | Fact::Withdrawn { .. } => {}
        }
    }

    fn graded(&mut self, told: &Told, fact: &grade_rules::Fact) {
        use grade_rules::Fact;
        let Some(graded) = self.standing.as_ref().and_then(|standing| standing.grade.as_ref()) else {
            return;
        };
        let reason = match fact {
            // Not asked for from what was known earlier: it turned out to be domestic.
            Fact::DowngradeReconsidered { .. } => Some(Ground::Other),
            _ => ground(&graded.in_force.reason),
        };
        let grade = grade(graded.in_force.grade);
        match fact {
            Fact::DowngradeAsked(_) | Fact::DowngradeRefused { .. } => {}
            // The reasons were owed: they are those of the grade that is in force.
            Fact::Explained { .. } => {
                if let Some(What::Graded { reason: owed, .. }) = self.last_graded() {
                    *owed = reason;
                }
            }
            Fact::Chosen(_) | Fact::DowngradeEndorsed { .. } | Fact::DowngradeReconsidered { .. } => {
                let due_at = self.standing.as_ref().and_then(due_at);
                self.add(told, What::Graded { grade, due_at, reason });
            }
        }
    }

    /// Where it is may be learnt after it was graded: in the country officers have longer.
    fn due_anew(&mut self) {
        let due = self.standing.as_ref().and_then(due_at);
        if let Some(What::Graded { due_at, .. }) = self.last_graded() {
            *due_at = due;
        }
    }

    fn last_graded(&mut self) -> Option<&mut What> {
        let mut all = self.happenings.iter_mut().rev().map(|(_, _, what)| what);
        all.find(|what| matches!(what, What::Graded { .. }))
    }

    /// The incident or the contact with which the issue of a contact began, as it is told so far.
    pub fn root_of(&self, contact: &Id) -> Id {
        root_of(contact, |one| leads_to(&self.contacts.get(one)?.contact))
    }

    /// The contacts as they are told so far; each with the incident that it is of, where it is of this one.
    pub fn heard(&self) -> impl Iterator<Item = (&Id, &Heard, Option<&Standing>)> {
        self.contacts.iter().map(|(id, heard)| {
            let about = self.standing.as_ref().filter(|_| self.root_of(id) == self.root);
            (id, heard, about)
        })
    }

    /// Whether something happened to the incident that `is_it` names.
    pub fn has(&self, is_it: impl Fn(&What) -> bool) -> bool {
        self.happenings.iter().any(|(_, _, what)| is_it(what))
    }

    /// The issue as it is told so far. Contacts that belong to another stand in it beside it, as an issue of their own.
    pub fn issue(&self) -> Issue {
        let root = self.root.as_str();
        let happening = |incident: &str, (at, seq, what): (Timestamp, i64, What)| Happening {
            at: as_a_row(at),
            order: u64::try_from(seq).unwrap_or_default(),
            incident: Some(incident.to_owned()),
            what,
        };
        let own = self.happenings.iter().map(|one| happening(root, one.clone()));
        let heard = self.contacts.iter().flat_map(|(id, heard)| {
            let began_with = self.root_of(id);
            let about = self.standing.as_ref().filter(|_| began_with == self.root);
            let began =
                (heard.contact.arrival.arrived_at, heard.seq, What::Contacted(caller(id, heard, about)));
            // What is assessed of a contact that is only linked is not what was assessed of the incident.
            let is_linked = about.is_some() && heard.contact.incident.is_none();
            let assessed = heard.assessed.iter().filter(|_| !is_linked).cloned();
            let own = attempted(&heard.contact).map(|(at, what)| (at, heard.seq, what));
            let all = std::iter::once(began).chain(assessed).chain(own);
            let all = all.map(|one| happening(began_with.as_str(), one));
            all.chain(given_up(id, &heard.contact.given_up, &heard.recognised)).collect::<Vec<_>>()
        });
        Issue {
            incident: root.to_owned(),
            happenings: own.chain(heard).chain(self.down.happenings()).collect(),
        }
    }
}

fn caller(id: &Id, heard: &Heard, about: Option<&Standing>) -> story::Contact {
    let contact = &heard.contact;
    let arrival = &contact.arrival;
    let is_call = matches!(arrival.channel, Channel::Emergency | Channel::NonEmergency);
    let its = || about?.incident.location.as_ref();
    let division = |location: &contact_rules::Location| {
        Some(location.division.clone()).filter(|division| !division.is_empty())
    };
    let minutes = contact.ended.as_ref().filter(|ended| ended.handled_seconds > 0);
    let purpose = purpose(id, contact, about);
    story::Contact {
        id: id.to_string(),
        channel: arrival.channel.as_str().to_owned(),
        division: contact.location.as_ref().and_then(division).or_else(|| its().and_then(division)),
        family: about.and_then(family),
        // Its number is nobody’s to know here: it has what calls of the same number have, where there are any.
        number: (!contact.given_up.is_empty()).then(|| id.to_string()),
        // What is written, and who stands at a counter, is answered by arriving.
        is_answered: !contact.is_attempt && (!is_call || arrival.answered_at.is_some()),
        kind: Some(Kind::Ordinary),
        has_risk: false,
        // What the advisor chose says more than what a link is for.
        advisor: contact.why.map(|why| why.code).or_else(|| purpose.and_then(said)),
        handling_minutes: minutes.and_then(|ended| u32::try_from((ended.handled_seconds + 30) / 60).ok()),
        is_new_information: None,
        marks: (purpose == Some(Purpose::Chase)).then_some(Mark::Chases).into_iter().collect(),
    }
}

/// What the contact has to do with what came before: with its incident, otherwise with the last it was linked to.
fn purpose(id: &Id, contact: &Contact, about: Option<&Standing>) -> Option<Purpose> {
    let attached = about.and_then(|standing| {
        standing.incident.contacts.iter().find(|attached| attached.contact == *id)?.purpose
    });
    let is_related = |link: &&contact_rules::Link| link.purpose != Purpose::Unrelated;
    attached.or_else(|| contact.links.iter().rev().find(is_related).map(|link| link.purpose))
}

/// The purpose of a link is the advisor’s decision. That somebody chases says not what failed: it is a mark.
fn said(purpose: Purpose) -> Option<Code> {
    match purpose {
        Purpose::NewInformation => Some(Code::V3),
        Purpose::NewOccurrence => Some(Code::V2),
        Purpose::InvitedCallBack => Some(Code::V5),
        Purpose::Chase | Purpose::Unrelated => None,
    }
}

/// A family that the definition protects, of any kind the incident ever had; otherwise its type.
fn family(standing: &Standing) -> Option<String> {
    let incident = &standing.incident;
    if incident.was_domestic() {
        return Some("domestic".to_owned());
    }
    let was = |key: &str| {
        incident.kinds().any(|kind| kind.incident_type == key || kind.qualifiers.iter().any(|one| one == key))
    };
    let of_type = || Some(incident.kind.incident_type.clone()).filter(|key| !key.is_empty());
    ["stalking", "hate"].into_iter().find(|key| was(key)).map(str::to_owned).or_else(of_type)
}
