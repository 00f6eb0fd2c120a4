//! What is known of an issue before a contact, as one walk through its facts leaves it.

use super::fact::{Contact, Fact, Facts, What};
use crate::story::{Choice, Grade, Link, Outcome, Way};

/// Of one incident of the issue.
#[derive(Debug, Clone, Default)]
pub struct Incident {
    /// The last word on how it belongs to the issue, also where it is said later.
    pub link: Option<Link>,
    /// How far F01 has got; begun anew with each opening.
    pub response: Response,
    /// When it was closed; none while it is open.
    pub closed_at: Option<i64>,
    /// Offers since it was last taken.
    pub offers: u32,
    /// Its last grade.
    pub grade: Option<Grade>,
    /// Its last vulnerabilities.
    pub vulnerabilities: Option<u64>,
    /// Whether an eligible contact was about it.
    pub has_contact: bool,
}

/// The same as F01 has to know it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Response {
    /// The grade, when it was given, and when somebody was to be there.
    pub graded: Option<(Grade, i64, Option<i64>)>,
    pub is_there: bool,
    pub is_closed: bool,
    pub is_reviewed: bool,
}

/// Of what has a name: a promise, a referral, a system. None of them has all of these.
#[derive(Debug, Clone, Copy, Default)]
pub struct Named {
    /// When a promise that is neither kept nor withdrawn is due.
    pub due_at: Option<i64>,
    pub is_broken: bool,
    /// When somebody was sent there.
    pub sent_at: Option<i64>,
    /// What came of it, also where it is said later.
    pub outcome: Option<Outcome>,
    /// Whether it is down.
    pub is_down: bool,
}

/// All of it. It is emptied for each issue, so that nothing is set aside for it.
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that is known or not")]
#[derive(Debug, Default)]
pub struct State {
    pub incidents: Vec<Incident>,
    pub named: Vec<Named>,
    /// Families of the contacts so far, as bits.
    pub families: u64,
    pub has_contact: bool,
    /// Whether it was passed round; it is for the rest of the issue.
    pub is_passed_round: bool,
    /// When police last missed or cancelled an appointment.
    pub failed_at: Option<i64>,
    /// When they were late, and by how many minutes.
    pub late: Vec<(i64, u32)>,
    /// The last that happened to an appointment is that the caller missed it.
    pub is_missed_by_caller: bool,
    pub incomplete_at: Option<i64>,
    pub crime_returned_at: Option<i64>,
    /// When we last did not honour what they may ask for.
    pub not_honoured_at: Option<i64>,
    /// The place of the last that we sent.
    pub sent_place: Option<u32>,
    /// Of each eligible contact in writing: its place and moment.
    pub written: Vec<(u32, i64)>,
    pub outage_ended_at: Option<i64>,
    /// Whether anybody was ever sent to an agency, or gave up.
    pub has_referral: bool,
    pub has_attempt: bool,
}

impl State {
    /// Nothing is known, but for the last words: how incidents are linked, and what came of referrals.
    pub fn begin(&mut self, facts: &Facts) {
        self.incidents.clear();
        self.incidents.resize(facts.incidents, Incident::default());
        self.named.clear();
        self.named.resize(facts.named, Named::default());
        self.late.clear();
        self.written.clear();
        let (incidents, named) = (std::mem::take(&mut self.incidents), std::mem::take(&mut self.named));
        let (late, written) = (std::mem::take(&mut self.late), std::mem::take(&mut self.written));
        *self = Self { incidents, named, late, written, ..Self::default() };
        for fact in &facts.facts {
            match fact.what {
                // The first incident is the one with which it began: it is not linked to itself.
                What::Linked(link) if fact.incident != Some(0) => {
                    if let Some(incident) = self.incident_mut(fact) {
                        incident.link = Some(link);
                    }
                }
                What::ReferralEnded { referral, outcome } => {
                    if let Some(named) = self.named_mut(referral) {
                        named.outcome = Some(outcome);
                    }
                }
                _ => {}
            }
        }
    }

    /// The incident of a fact.
    pub fn incident(&self, fact: &Fact) -> Option<&Incident> {
        self.incidents.get(usize::try_from(fact.incident?).ok()?)
    }

    fn incident_mut(&mut self, fact: &Fact) -> Option<&mut Incident> {
        self.incidents.get_mut(usize::try_from(fact.incident?).ok()?)
    }

    fn named_mut(&mut self, name: u32) -> Option<&mut Named> {
        self.named.get_mut(usize::try_from(name).ok()?)
    }

    /// Learns a fact that is no contact.
    pub fn learn(&mut self, fact: &Fact) {
        match fact.what {
            What::Promised { promise: name, .. }
            | What::Settled(name)
            | What::Broken(name)
            | What::Referred(name)
            | What::ReferralEnded { referral: name, .. }
            | What::OutageBegan(name)
            | What::OutageEnded(name) => self.learn_of_named(name, fact),
            What::Booked | What::CancelledByCaller => self.is_missed_by_caller = false,
            What::MissedByCaller => self.is_missed_by_caller = true,
            What::FailedByPolice => {
                self.is_missed_by_caller = false;
                self.failed_at = Some(fact.at);
            }
            What::Kept { late_by_minutes } => {
                self.is_missed_by_caller = false;
                self.late.push((fact.at, late_by_minutes));
            }
            What::ReturnedIncomplete => self.incomplete_at = Some(fact.at),
            What::CrimeReportReturned => self.crime_returned_at = Some(fact.at),
            What::Sent(way) => {
                self.sent_place = Some(fact.place);
                if way != Way::Preferred {
                    self.not_honoured_at = Some(fact.at);
                }
            }
            What::Choice(choice) if choice != Choice::Met => self.not_honoured_at = Some(fact.at),
            What::Attempted { .. } => self.has_attempt = true,
            _ => self.learn_of_incident(fact),
        }
    }

    fn learn_of_named(&mut self, name: u32, fact: &Fact) {
        let is_over = matches!(fact.what, What::OutageEnded(_));
        self.has_referral |= matches!(fact.what, What::Referred(_) | What::ReferralEnded { .. });
        if is_over {
            self.outage_ended_at = Some(fact.at);
        }
        let Some(named) = self.named_mut(name) else { return };
        match fact.what {
            What::Promised { due_at, .. } => (named.due_at, named.is_broken) = (Some(due_at), false),
            What::Settled(_) => (named.due_at, named.is_broken) = (None, false),
            What::Broken(_) => (named.due_at, named.is_broken) = (None, true),
            What::Referred(_) => named.sent_at = Some(fact.at),
            What::ReferralEnded { .. } => named.sent_at = named.sent_at.or(Some(fact.at)),
            What::OutageBegan(_) => named.is_down = true,
            What::OutageEnded(_) => named.is_down = false,
            _ => {}
        }
    }

    fn learn_of_incident(&mut self, fact: &Fact) {
        let is_returned = fact.what == What::Sc07Returned;
        let Some(incident) = self.incident_mut(fact) else { return };
        let response = &mut incident.response;
        match fact.what {
            What::Graded { grade, due_at, .. } => {
                response.graded = Some((grade, fact.at, due_at));
                response.is_reviewed = false;
                incident.grade = Some(grade);
            }
            What::Arrived => response.is_there = true,
            What::Reviewed => response.is_reviewed = true,
            What::Closed => {
                response.is_closed = true;
                incident.closed_at = Some(fact.at);
            }
            What::Reopened => {
                *response = Response::default();
                incident.closed_at = None;
            }
            What::Assessed { vulnerabilities, .. } => incident.vulnerabilities = Some(vulnerabilities),
            What::TransferOffered => incident.offers += 1,
            What::TransferAccepted => incident.offers = 0,
            _ => {}
        }
        let is_passed_round = is_returned || incident.offers == 2;
        self.is_passed_round |= is_passed_round;
    }

    /// Learns that an eligible contact was there.
    pub fn hear(&mut self, fact: &Fact, is_written: bool) {
        self.has_contact = true;
        if is_written {
            self.written.push((fact.place, fact.at));
        }
        if let Some(incident) = self.incident_mut(fact) {
            incident.has_contact = true;
        }
    }
}

/// Whether a fact raises the grade or finds a vulnerability, from information that was available earlier (F06).
pub fn is_raised(grade: Option<Grade>, vulnerabilities: Option<u64>, what: &What) -> bool {
    match *what {
        What::Graded { grade: now, was_available: true, .. } => grade.is_some_and(|before| before < now),
        What::Assessed { vulnerabilities: now, was_available: true } => {
            vulnerabilities.is_some_and(|before| now & !before != 0)
        }
        _ => false,
    }
}

/// Whether a number that somebody gave up with is that of a contact.
pub fn is_theirs(attempt: &Fact, number: Option<u32>, contact: &Contact) -> bool {
    attempt.incident.is_some() || number.is_some() && number == contact.number
}
