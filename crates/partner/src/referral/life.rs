//! What a referral is: what was sent, whether it was accepted, how it ended, which links open it. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use jiff::Timestamp;
use journal::{Id, Private};
use serde::{Deserialize, Serialize};

use super::{rules::Fact, sending};

/// Whether the person agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// The kind of referral asks for none.
    NotNeeded,
    /// Keys of `consent_by` and `consent_way`.
    Given { by: String, way: String },
    /// They did not agree or could not be asked: a key of `legal_basis`, and why.
    Overridden { basis: String, reason: Private<String> },
}

/// What was answered to a question of the kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub question: String,
    pub said: Said,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    Yes,
    No,
    At(Timestamp),
    Words(Private<String>),
}

/// What was sent, and nothing that the agency does not need. Whose age was asked is told by whether it was enough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    pub incident: Id,
    pub agency: String,
    pub kind: String,
    /// The letter of the division; empty where the place is not known.
    pub division: String,
    pub at: Timestamp,
    pub reply_by: Timestamp,
    pub consent: Consent,
    pub is_age_confirmed: bool,
    pub person: Private<String>,
    pub reach: Private<String>,
    pub summary: Private<String>,
    /// How the agency must not reach them, in words.
    pub cautions: Private<String>,
    pub answers: Vec<Answer>,
    /// The version of `definitions/partners.toml` it was made with.
    pub definition: i64,
}

/// The agency took it on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    pub at: Timestamp,
    /// Who there.
    pub by: Private<String>,
    pub words: Private<String>,
    /// The link it was said by; nothing where the police recorded it.
    pub link: Option<Id>,
}

/// How it ended: each with a key of its reasons, and the words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    Declined { reason: String },
    Finished { outcome: String, minutes_saved: Option<i64>, is_conveyance_avoided: bool },
    BouncedBack { reason: String },
    Withdrawn,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub id: Id,
    pub expires_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
}

impl Link {
    /// Whether it opens the referral at `now`.
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }
}

/// A referral as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referral {
    pub sent: Sent,
    pub accepted: Option<Accepted>,
    pub ended: Option<(End, Timestamp)>,
    /// When the police said what they did instead.
    pub settled_at: Option<Timestamp>,
    pub links: Vec<Link>,
}

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Sent,
    Overdue,
    Accepted,
    Declined,
    Finished,
    BouncedBack,
    Withdrawn,
}

impl Referral {
    /// How it stands at `now`.
    pub fn state(&self, now: Timestamp) -> State {
        match (&self.ended, &self.accepted) {
            (Some((End::Declined { .. }, _)), _) => State::Declined,
            (Some((End::Finished { .. }, _)), _) => State::Finished,
            (Some((End::BouncedBack { .. }, _)), _) => State::BouncedBack,
            (Some((End::Withdrawn, _)), _) => State::Withdrawn,
            (None, Some(_)) => State::Accepted,
            (None, None) if self.sent.reply_by < now => State::Overdue,
            (None, None) => State::Sent,
        }
    }

    /// Whether the police have to do something about it at `now`: nobody replied in time, or it came back to them and
    /// they have not said what they did instead.
    pub fn is_to_deal_with(&self, now: Timestamp) -> bool {
        self.state(now).comes_back() && self.settled_at.is_none()
    }

    /// When the agency first said yes or no.
    pub fn replied_at(&self) -> Option<Timestamp> {
        let declined = || match &self.ended {
            Some((End::Declined { .. }, at)) => Some(*at),
            _ => None,
        };
        self.accepted.as_ref().map(|accepted| accepted.at).or_else(declined)
    }

    /// The link that opens it at `now`: there is one at most.
    pub fn live_link(&self, now: Timestamp) -> Option<&Link> {
        self.links.iter().find(|link| link.is_live(now))
    }
}

/// What it is after `fact`.
pub fn apply(was: Option<Referral>, fact: &Fact) -> Referral {
    if let Fact::Sent(sent) = fact {
        return Referral {
            sent: *sent.clone(),
            accepted: None,
            ended: None,
            settled_at: None,
            links: Vec::new(),
        };
    }
    let mut now = was.expect("decide changes only what was sent");
    match fact.clone() {
        Fact::Sent(_) => {}
        Fact::Accepted(accepted) => now.accepted = Some(accepted),
        Fact::Declined { at, reason, .. } => now.ended = Some((End::Declined { reason }, at)),
        Fact::Finished { at, outcome, answers, minutes_saved, .. } => {
            let avoided = |one: &Answer| one.question == sending::AVOIDED && one.said == Said::Yes;
            let is_conveyance_avoided = answers.iter().any(avoided);
            now.ended = Some((End::Finished { outcome, minutes_saved, is_conveyance_avoided }, at));
        }
        Fact::BouncedBack { at, reason, .. } => now.ended = Some((End::BouncedBack { reason }, at)),
        Fact::Withdrawn { at, .. } => now.ended = Some((End::Withdrawn, at)),
        Fact::Settled { at, .. } => now.settled_at = Some(at),
        Fact::LinkIssued { link, at, expires_at, .. } => {
            now.links.iter_mut().filter(|one| one.is_live(at)).for_each(|one| one.revoked_at = Some(at));
            now.links.push(Link { id: link, expires_at, revoked_at: None });
        }
        Fact::LinkRevoked { link, at } => {
            now.links.iter_mut().filter(|one| one.id == link).for_each(|one| one.revoked_at = Some(at));
        }
    }
    now
}
