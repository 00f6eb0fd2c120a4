//! One subject’s life as its entries tell it: what the measures are functions of. Pure.

use contact::{contact::rules as contact_rules, thrive::rules as thrive_rules};
use incident::{
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

/// An incident, and every offer of it to another unit.
#[derive(Debug, Clone, PartialEq)]
pub struct IncidentLife {
    /// As it stands.
    pub standing: Standing,
    /// The first offered first.
    pub offers: Vec<Offered>,
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

fn incident(was: Option<Life>, entry: &Entry) -> Result<Option<Life>, DatabaseError> {
    let Some(happened) = Happened::read(entry)? else { return Ok(was) };
    let (before, mut offers) = match was {
        Some(Life::Incident(life)) => (Some(life.standing), life.offers),
        None => (None, Vec::new()),
        Some(other) => return Ok(Some(other)),
    };
    if let Happened::Custody(fact) = &happened {
        offered(&mut offers, fact);
    }
    let standing = Standing::after(before, entry.at, &happened);
    Ok(standing.map(|standing| Life::Incident(Box::new(IncidentLife { standing, offers }))))
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
