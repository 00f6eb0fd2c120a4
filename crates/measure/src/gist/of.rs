//! The gist of a life: what the measures are functions of. Pure.
//!
//! Nothing of it is private: keys of divisions, units, kinds and reasons, moments, and whether.

use std::collections::BTreeMap;

use contact::{
    contact::rules::{Channel, Location, Purpose},
    grade::Grade,
    unit::{self, UnitKind},
};
use crime::report::rules::Report;
use incident::{
    appointment::life::{Appointment, Outcome},
    incident::rules::Kind,
    promise::rules::{Promise, State},
    standing::Standing,
};
use jiff::{
    Timestamp,
    fmt::serde::timestamp::nanosecond::{optional, required},
};
use journal::Id;
use partner::referral::rules::{End, Referral};
use serde::{Deserialize, Serialize};

use crate::demand::translate::{Heard, Story};
use crate::life::{Closing, ContactLife, Decision, Endorsement, IncidentLife, Life, Offered};
use failure::story::What;

/// The gist of a life, or of a contact as its issue is told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Gist {
    /// Of a contact.
    Contact(ContactGist),
    /// Of an incident.
    Incident(Box<IncidentGist>),
    /// Of a crime report.
    Crime(CrimeGist),
    /// Of a referral.
    Referral(ReferralGist),
    /// Of a recommendation: what was decided on its evidence.
    Recommendation(Vec<Decision>),
    /// Of a contact within its issue.
    Heard(HeardGist),
}

/// Of a contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactGist {
    /// When it came.
    #[serde(with = "required")]
    pub arrived_at: Timestamp,
    /// When it was answered.
    #[serde(with = "optional")]
    pub answered_at: Option<Timestamp>,
    /// How it came.
    pub channel: Channel,
    /// The letter of the division; empty where its place is not known.
    pub division: String,
    /// Whether it was given up before an answer.
    pub is_attempt: bool,
    /// Whether it chases what was asked for before.
    pub is_chasing: bool,
    /// When it was first assessed.
    #[serde(with = "optional")]
    pub assessed_at: Option<Timestamp>,
    /// Whether all six were considered then.
    pub is_assessed_whole: bool,
}

/// Of an incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IncidentGist {
    /// When it was opened.
    #[serde(with = "required")]
    pub opened_at: Timestamp,
    /// The letter of the division; empty where its place is not known.
    pub division: String,
    /// What it is classified as.
    pub kind: Kind,
    /// The first booked first.
    pub appointments: Vec<AppointmentGist>,
    /// The first offered first.
    pub offers: Vec<Offered>,
    /// Keys of the units that had it, the first first.
    pub held: Vec<String>,
    /// Whether somebody was sent.
    pub is_sent: bool,
    /// The first first.
    pub closings: Vec<Closing>,
    /// The first asked first.
    pub endorsements: Vec<Endorsement>,
    /// The first made first.
    pub promises: Vec<PromiseGist>,
}

/// Of an appointment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentGist {
    /// A key of the unit whose diary it is in.
    pub unit: String,
    /// A key of its family.
    pub family: String,
    /// When it was booked.
    #[serde(with = "required")]
    pub booked_at: Timestamp,
    /// When it begins.
    #[serde(with = "required")]
    pub starts_at: Timestamp,
    /// How it ended.
    pub outcome: Option<Outcome>,
}

/// Of a promise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseGist {
    /// A key of its kind.
    pub kind: String,
    /// When it falls due.
    #[serde(with = "required")]
    pub due_at: Timestamp,
    /// What it is, once all time has gone by.
    pub state: State,
}

/// Of a crime report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrimeGist {
    /// When it was recorded.
    #[serde(with = "required")]
    pub at: Timestamp,
    /// The letter of the division in which the crime was.
    pub division: String,
    /// A key of its type.
    pub crime_type: String,
    /// A key of the reason of its first return.
    pub first_return: Option<String>,
}

/// Of a referral.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferralGist {
    /// When it was sent.
    #[serde(with = "required")]
    pub at: Timestamp,
    /// From when its agency’s answer is waited for.
    #[serde(with = "required")]
    pub began_at: Timestamp,
    /// The letter of the division.
    pub division: String,
    /// A key of the agency.
    pub agency: String,
    /// When the agency first said yes or no.
    #[serde(with = "optional")]
    pub replied_at: Option<Timestamp>,
    /// Whether that was yes.
    pub is_accepted: bool,
    /// How it ended, and when.
    pub ended: Option<(End, Timestamp)>,
}

/// Of a contact within its issue. An attempt is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeardGist {
    /// When it came.
    #[serde(with = "required")]
    pub arrived_at: Timestamp,
    /// How it came.
    pub channel: Channel,
    /// The letter of its own division, or of the incident’s; empty where neither is known.
    pub division: String,
    /// A key of what came of it.
    pub outcome: Option<String>,
    /// The incident that it is of.
    pub about: Option<AboutGist>,
}

/// Of the incident that a contact is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is asked of the same incident, and they are independent"
)]
pub struct AboutGist {
    /// Whether the contact is the first of it.
    pub is_first: bool,
    /// The grade in force.
    pub grade: Option<Grade>,
    /// Whether an appointment was ever booked.
    pub is_booked: bool,
    /// Whether a partner agency was asked.
    pub is_referred: bool,
    /// Whether the resolution team has it.
    pub is_with_the_team: bool,
    /// The code with which it is closed.
    pub closed: Option<String>,
}

impl Gist {
    /// That of a life.
    pub fn of(life: &Life) -> Self {
        match life {
            Life::Contact(life) => Self::Contact(ContactGist::of(life)),
            Life::Incident(life) => Self::Incident(Box::new(IncidentGist::of(life))),
            Life::Crime(report) => Self::Crime(CrimeGist::of(report)),
            Life::Referral(referral) => Self::Referral(ReferralGist::of(referral)),
            Life::Recommendation(decisions) => Self::Recommendation(decisions.clone()),
        }
    }
}

impl ContactGist {
    fn of(life: &ContactLife) -> Self {
        let ContactLife { contact, first_assessed } = life;
        let place = contact.location.as_ref();
        Self {
            arrived_at: contact.arrival.arrived_at,
            answered_at: contact.arrival.answered_at,
            channel: contact.arrival.channel,
            division: place.map_or_else(String::new, |place| place.division.clone()),
            is_attempt: contact.is_attempt,
            is_chasing: contact.links.iter().any(|link| link.purpose == Purpose::Chase),
            assessed_at: first_assessed.map(|(at, _)| at),
            is_assessed_whole: first_assessed.is_some_and(|(_, is_whole)| is_whole),
        }
    }
}

impl IncidentGist {
    /// That of the life of an incident.
    pub fn of(life: &IncidentLife) -> Self {
        let standing = &life.standing;
        Self {
            opened_at: standing.incident.opened_at,
            division: life.division(),
            kind: standing.incident.kind.clone(),
            appointments: standing.appointments.all.iter().map(AppointmentGist::of).collect(),
            offers: life.offers.clone(),
            held: life.held.clone(),
            is_sent: !standing.response.sent.is_empty(),
            closings: life.closings.clone(),
            endorsements: life.endorsements.clone(),
            promises: standing.promises.0.iter().map(PromiseGist::of).collect(),
        }
    }
}

impl AppointmentGist {
    fn of(appointment: &Appointment) -> Self {
        let booking = &appointment.booking;
        Self {
            unit: booking.unit.clone(),
            family: booking.family.clone(),
            booked_at: booking.at,
            starts_at: booking.place.starts_at,
            outcome: appointment.outcome.clone(),
        }
    }
}

impl PromiseGist {
    fn of(promise: &Promise) -> Self {
        Self { kind: promise.kind.clone(), due_at: promise.due_at, state: promise.state(Timestamp::MAX) }
    }
}

impl CrimeGist {
    /// That of a report.
    pub fn of(report: &Report) -> Self {
        Self {
            at: report.at,
            division: report.division.clone(),
            crime_type: report.content.crime_type.clone(),
            first_return: report.returns.first().map(|one| one.reason.clone()),
        }
    }
}

impl ReferralGist {
    /// That of a referral.
    pub fn of(referral: &Referral) -> Self {
        let sent = &referral.sent;
        Self {
            at: sent.at,
            began_at: sent.began().0,
            division: sent.division.clone(),
            agency: sent.agency.clone(),
            replied_at: referral.replied_at(),
            is_accepted: referral.accepted.is_some(),
            ended: referral.ended.clone(),
        }
    }
}

impl HeardGist {
    /// Those of the contacts of an issue, by their identity.
    pub fn all(story: &Story) -> BTreeMap<String, Self> {
        let is_referred = story.has(|what| matches!(what, What::Referred(_)));
        let heard = story.heard().filter(|(_, heard, _)| !heard.contact.is_attempt);
        let of = |(id, heard, about): (&Id, &Heard, Option<&Standing>)| {
            (id.to_string(), Self::of(id, heard, about, is_referred))
        };
        heard.map(of).collect()
    }

    fn of(id: &Id, heard: &Heard, about: Option<&Standing>, is_referred: bool) -> Self {
        let contact = &heard.contact;
        let letter = |place: Option<&Location>| {
            place.map(|place| place.division.clone()).filter(|letter| !letter.is_empty())
        };
        let its = || letter(about?.incident.location.as_ref());
        Self {
            arrived_at: contact.arrival.arrived_at,
            channel: contact.arrival.channel,
            division: letter(contact.location.as_ref()).or_else(its).unwrap_or_default(),
            outcome: contact.ended.as_ref().map(|ended| ended.outcome.clone()),
            about: about.map(|standing| AboutGist::of(id, standing, is_referred)),
        }
    }
}

impl AboutGist {
    fn of(id: &Id, standing: &Standing, is_referred: bool) -> Self {
        let unit = standing.custody.as_ref().and_then(|custody| unit::of(&custody.unit));
        Self {
            is_first: standing.incident.contacts.first().is_some_and(|first| first.contact == *id),
            grade: standing.grade.as_ref().map(|graded| graded.in_force.grade),
            is_booked: !standing.appointments.all.is_empty(),
            is_referred,
            is_with_the_team: unit.is_some_and(|unit| unit.kind == UnitKind::ResolutionTeam),
            closed: standing.closure.closed.as_ref().map(|closing| closing.code.clone()),
        }
    }
}
