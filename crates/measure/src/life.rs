//! One subject’s life as its entries tell it: what the measures are functions of. Pure.

use contact::{
    contact::rules as contact_rules,
    thrive::rules::{self as thrive_rules, Element},
};
use crime::report::rules as crime_rules;
use incident::{
    closure::rules as closure_rules,
    codes::TO_LOCAL_POLICING,
    custody::rules as custody_rules,
    grade::rules as grade_rules,
    standing::{Happened, Standing},
};
use jiff::{Timestamp, civil::Date, fmt::serde::timestamp::nanosecond};
use journal::{DatabaseError, Entry};
use partner::referral::rules as referral_rules;
use plan::recommendation::rules as recommendation_rules;
use serde::{Deserialize, Serialize};

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
    /// Of a recommendation: what was decided on its evidence, the first decision first.
    Recommendation(Vec<Decision>),
}

/// What the inspectorate decided on the evidence for a recommendation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The day.
    pub on: Date,
    /// Whether they want more; otherwise they are content.
    pub is_returned: bool,
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// When it was closed.
    #[serde(with = "nanosecond::required")]
    pub at: Timestamp,
    /// When it was opened again; nothing while it is closed.
    #[serde(with = "nanosecond::optional")]
    pub reopened_at: Option<Timestamp>,
}

/// An incident, every offer of it to another unit, who had it, how often it was closed, and what of it waited for a second
/// person.
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
    /// The first asked first. What was asked for and is no more, because something else was done, is not among them.
    pub endorsements: Vec<Endorsement>,
}

/// Something that one person asked for, and a second has to agree to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endorsement {
    /// What.
    pub asked: Asked,
    /// When it began to wait.
    pub asked_at: Timestamp,
    /// When the second person decided, and whether they agreed; nothing while it waits.
    pub decided: Option<(Timestamp, bool)>,
}

/// What a second person is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Asked {
    /// A lower grade.
    Grade,
    /// A closing.
    Closing,
}

/// An offer and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    /// When it was made.
    #[serde(with = "nanosecond::required")]
    pub at: Timestamp,
    /// A key of a unit.
    pub to: String,
    /// Whether it is a transfer to local policing (SC07).
    pub is_to_local_policing: bool,
    /// Whether all six of THRIVE were considered by then.
    pub is_assessed: bool,
    /// Whether it was passed before its papers because a life was at risk.
    pub is_life_at_risk: bool,
    /// When, and how, it was answered.
    pub answer: Option<(Timestamp, Answer)>,
}

/// How an offer was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
            ("recommendation", was) => recommendation(was, entry)?,
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

fn recommendation(was: Option<Life>, entry: &Entry) -> Result<Option<Life>, DatabaseError> {
    let Some(fact) = entry.fact::<recommendation_rules::Fact>()? else { return Ok(was) };
    let mut decisions = match was {
        Some(Life::Recommendation(decisions)) => decisions,
        _ => Vec::new(),
    };
    decisions.extend(decided(&fact));
    Ok(Some(Life::Recommendation(decisions)))
}

/// What a fact decides on the evidence for a recommendation.
pub fn decided(fact: &recommendation_rules::Fact) -> Option<Decision> {
    match fact {
        recommendation_rules::Fact::Returned { on, .. } => Some(Decision { on: *on, is_returned: true }),
        recommendation_rules::Fact::Discharged { on, .. } => Some(Decision { on: *on, is_returned: false }),
        _ => None,
    }
}

fn incident(was: Option<Life>, entry: &Entry) -> Result<Option<Life>, DatabaseError> {
    let Some(happened) = Happened::read(entry)? else { return Ok(was) };
    let before = match was {
        Some(Life::Incident(life)) => Some(*life),
        None => None,
        Some(other) => return Ok(Some(other)),
    };
    let life = IncidentLife::after(before, entry.at, &happened);
    Ok(life.map(|life| Life::Incident(Box::new(life))))
}

impl IncidentLife {
    /// A life after something happened that was recorded `at`; nothing before it was opened.
    pub fn after(was: Option<Self>, at: Timestamp, happened: &Happened) -> Option<Self> {
        let mut now = match was {
            Some(mut now) => {
                now.standing = Standing::after(Some(now.standing), at, happened)?;
                now
            }
            None => Self {
                standing: Standing::after(None, at, happened)?,
                offers: Vec::new(),
                held: Vec::new(),
                closings: Vec::new(),
                endorsements: Vec::new(),
            },
        };
        match happened {
            Happened::Custody(fact) => offered(&mut now.offers, fact),
            Happened::Closure(fact) => {
                closed(&mut now.closings, fact);
                second(&mut now.endorsements, Asked::Closing, Some(of_closing(fact)));
            }
            Happened::Grade(fact) => second(&mut now.endorsements, Asked::Grade, of_grade(fact)),
            _ => {}
        }
        if let Some(custody) = now.standing.custody.as_ref().filter(|one| now.held.last() != Some(&one.unit))
        {
            now.held.push(custody.unit.clone());
        }
        Some(now)
    }

    /// The letter of the division in which it is; empty where its place is not known.
    pub fn division(&self) -> String {
        let place = self.standing.incident.location.as_ref();
        place.map_or_else(String::new, |place| place.division.clone())
    }
}

/// What a fact is to somebody who waits for a second person.
enum Second {
    Asked(Timestamp),
    Decided(Timestamp, bool),
    /// Something else was done: nobody waits any more.
    SetAside,
}

fn of_grade(fact: &grade_rules::Fact) -> Option<Second> {
    use grade_rules::Fact;
    match fact {
        Fact::DowngradeAsked(choice) => Some(Second::Asked(choice.at)),
        Fact::DowngradeReconsidered { at } => Some(Second::Asked(*at)),
        Fact::DowngradeEndorsed { at, .. } => Some(Second::Decided(*at, true)),
        Fact::DowngradeRefused { at, .. } => Some(Second::Decided(*at, false)),
        Fact::Chosen(_) => Some(Second::SetAside),
        Fact::Explained { .. } => None,
    }
}

fn of_closing(fact: &closure_rules::Fact) -> Second {
    use closure_rules::Fact;
    match fact {
        Fact::EndorsementAsked(closing) => Second::Asked(closing.at),
        Fact::Endorsed { at, .. } => Second::Decided(*at, true),
        Fact::SentBack { at, .. } => Second::Decided(*at, false),
        Fact::Closed(_) | Fact::Reopened { .. } => Second::SetAside,
    }
}

fn second(all: &mut Vec<Endorsement>, asked: Asked, what: Option<Second>) {
    let Some(what) = what else { return };
    let waits = |one: &Endorsement| one.asked == asked && one.decided.is_none();
    if let Second::Decided(at, agreed) = what {
        if let Some(one) = all.iter_mut().find(|one| waits(one)) {
            one.decided = Some((at, agreed));
        }
        return;
    }
    // Asked anew, it is decided from then on; set aside, it never is.
    all.retain(|one| !waits(one));
    if let Second::Asked(asked_at) = what {
        all.push(Endorsement { asked, asked_at, decided: None });
    }
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
            offers.push(Offered {
                at: offer.at,
                to: offer.to.clone(),
                is_to_local_policing: offer.code == TO_LOCAL_POLICING,
                is_assessed: offer.considered == Element::ALL.len(),
                is_life_at_risk: offer.is_life_at_risk,
                answer: None,
            });
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
