//! One entry of an issue, read. Pure.

use contact::{
    contact::rules as contact_rules, outage::rules as outage_rules, thrive::rules as thrive_rules,
};
use crime::report::rules as crime_rules;
use incident::standing::Happened;
use jiff::Timestamp;
use journal::{DatabaseError, Entry, Id};
use partner::referral::rules as referral_rules;

/// What an entry of an issue says.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// Of a contact.
    Contact(contact_rules::Fact),
    /// An assessment, of a contact or of the incident.
    Thrive(thrive_rules::Fact),
    /// Of the incident or one of its nouns.
    Incident(Happened),
    /// Of a crime report.
    Crime(crime_rules::Fact),
    /// Of a referral.
    Referral(referral_rules::Fact),
    /// Of a system that was down: it is of no issue.
    Outage(outage_rules::Fact),
}

/// An entry of an issue.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// Its place in the journal.
    pub seq: i64,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// When it happened: of officers who were there, a promise that was kept, an agency that replied, that is not when it
    /// was recorded. What was late is judged by this; what was known, by the place in the journal.
    pub at: Timestamp,
    /// What it is about.
    pub subject: Id,
    /// What it says.
    pub fact: Fact,
}

impl Told {
    /// Reads an entry; nothing where it says nothing of an issue. An entry that cannot be read is an error.
    pub fn read(entry: &Entry) -> Result<Option<Self>, DatabaseError> {
        let fact = match entry.kind.split('/').next().unwrap_or_default() {
            "contact" => entry.fact()?.map(Fact::Contact),
            "thrive" => entry.fact()?.map(Fact::Thrive),
            "crime_report" => entry.fact()?.map(Fact::Crime),
            "referral" => entry.fact()?.map(Fact::Referral),
            "outage" => entry.fact()?.map(Fact::Outage),
            _ => Happened::read(entry)?.map(Fact::Incident),
        };
        let of = |fact| Self {
            seq: entry.seq,
            recorded_at: entry.at,
            at: entry.happened_at.unwrap_or(entry.at),
            subject: entry.subject.clone(),
            fact,
        };
        Ok(fact.map(of))
    }
}
