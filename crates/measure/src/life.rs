//! One subject’s life as its entries tell it: what the measures are functions of. Pure.

use contact::{contact::rules as contact_rules, thrive::rules as thrive_rules};
use crime::report::rules as crime_rules;
use incident::{
    closure::rules as closure_rules,
    custody::rules as custody_rules,
    standing::{Happened, Standing},
};
use jiff::Timestamp;
use journal::{DatabaseError, Entry};
use partner::referral::rules as referral_rules;

/// The life of a subject.
#[derive(Debug, Clone, PartialEq)]
pub enum Life {
    /// Of a contact.
    Contact(Box<ContactLife>),
    /// Of an incident.
    Incident(Box<IncidentLife>),
    /// Of a crime report.
    Crime(Box<crime_rules::Report>),
    /// Of a referral.
    Referral(Box<referral_rules::Referral>),
}

/// A contact, and its first assessment.
#[derive(Debug, Clone, PartialEq)]
pub struct ContactLife {
    /// As it is.
    pub contact: contact_rules::Contact,
    /// When it was first assessed, and whether all six were considered.
    pub first_assessed: Option<(Timestamp, bool)>,
}

/// A closing, and when it was opened again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// When it was closed.
    pub at: Timestamp,
    /// When it was opened again; nothing while it is closed.
    pub reopened_at: Option<Timestamp>,
}

/// An incident, every offer of it to another unit, who had it, and how often it was closed.
#[derive(Debug, Clone, PartialEq)]
pub struct IncidentLife {
    /// As it stands.
    pub standing: Standing,
    /// The first offered first.
    pub offers: Vec<Offered>,
    /// Keys of the units that had it, the first first.
    pub held: Vec<String>,
    /// The first first.
    pub closings: Vec<Closing>,
}

/// An offer and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// A key of a unit.
    pub to: String,
    /// When, and how, it was answered.
    pub answer: Option<(Timestamp, Answer)>,
}

/// How an offer was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It was taken.
    Accepted,
    /// It came back, with a key of a reason.
    Returned(String),
    /// It was taken back before anybody answered.
    Withdrawn,
}

impl Life {
    /// A life after one more entry of its subject; nothing for a subject of which nothing is counted.
    pub fn after(was: Option<Self>, entry: &Entry) -> Result<Option<Self>, DatabaseError> {
        let noun = entry.kind.split('/').next().unwrap_or_default();
        Ok(match (noun, was) {
            ("contact", was) => contact(was, entry)?,
            ("referral", was) => referral(was, entry)?,
            ("crime_report", was) => crime(was, entry)?,
            ("thrive", Some(Self::Contact(mut life))) => {
                if let Some(thrive_rules::Fact::Assessed(assessment)) = entry.fact()? {
                    let first = (entry.at, assessment.is_complete());
                    life.first_assessed = life.first_assessed.or(Some(first));
                }
                Some(Self::Contact(life))
            }
            (_, was) => incident(was, entry)?,
        })
    }
}

fn contact(was: Option<Life>, entry: &Entry) -> Result<Option<Life>, DatabaseError> {
    let Some(fact) = entry.fact::<contact_rules::Fact>()? else { return Ok(was) };
    let (before, first_assessed) = match was {
        Some(Life::Contact(life)) => (Some(life.contact), life.first_assessed),
        _ => (None, None),
    };
    let contact = contact_rules::apply(before, &fact);
    Ok(Some(Life::Contact(Box::new(ContactLife { contact, first_assessed }))))
}

fn referral(was: Option<Life>, entry: &Entry) -> Result<Option<Life>, DatabaseError> {
    let Some(fact) = entry.fact::<referral_rules::Fact>()? else { return Ok(was) };
    let before = match was {
        Some(Life::Referral(referral)) => Some(*referral),
        _ => None,
    };
    Ok(Some(Life::Referral(Box::new(referral_rules::apply(before, &fact)))))
}

fn crime(was: Option<Life>, entry: &Entry) -> Result<Option<Life>, DatabaseError> {
    let Some(fact) = entry.fact::<crime_rules::Fact>()? else { return Ok(was) };
    let before = match was {
        Some(Life::Crime(report)) => Some(*report),
        _ => None,
    };
    Ok(Some(Life::Crime(Box::new(crime_rules::apply(before, &fact)))))
}

fn incident(was: Option<Life>, entry: &Entry) -> Result<Option<Life>, DatabaseError> {
    let Some(happened) = Happened::read(entry)? else { return Ok(was) };
    let (before, mut offers, mut held, mut closings) = match was {
        Some(Life::Incident(life)) => (Some(life.standing), life.offers, life.held, life.closings),
        None => (None, Vec::new(), Vec::new(), Vec::new()),
        Some(other) => return Ok(Some(other)),
    };
    match &happened {
        Happened::Custody(fact) => offered(&mut offers, fact),
        Happened::Closure(fact) => closed(&mut closings, fact),
        _ => {}
    }
    let Some(standing) = Standing::after(before, entry.at, &happened) else { return Ok(None) };
    if let Some(custody) = standing.custody.as_ref().filter(|one| held.last() != Some(&one.unit)) {
        held.push(custody.unit.clone());
    }
    Ok(Some(Life::Incident(Box::new(IncidentLife { standing, offers, held, closings }))))
}

fn closed(closings: &mut Vec<Closing>, fact: &closure_rules::Fact) {
    match fact {
        closure_rules::Fact::Closed(closing) => closings.push(Closing { at: closing.at, reopened_at: None }),
        // It is closed from then on: what was asked for was not yet.
        closure_rules::Fact::Endorsed { at, .. } => closings.push(Closing { at: *at, reopened_at: None }),
        closure_rules::Fact::Reopened { at, .. } => {
            for one in closings {
                one.reopened_at = one.reopened_at.or(Some(*at));
            }
        }
        _ => {}
    }
}

fn offered(offers: &mut Vec<Offered>, fact: &custody_rules::Fact) {
    use custody_rules::Fact;
    let answer = match fact {
        Fact::Offered(offer) => {
            offers.push(Offered { to: offer.to.clone(), answer: None });
            return;
        }
        Fact::Placed { .. } => return,
        Fact::Accepted { at, .. } => (*at, Answer::Accepted),
        Fact::Returned { at, reason, .. } => (*at, Answer::Returned(reason.clone())),
        // It became an emergency: nobody waits for an answer any more.
        Fact::Called { at, .. } | Fact::Withdrawn { at, .. } => (*at, Answer::Withdrawn),
    };
    if let Some(last) = offers.last_mut().filter(|last| last.answer.is_none()) {
        last.answer = Some(answer);
    }
}
