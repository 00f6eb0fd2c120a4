//! An issue as a line of text: the names of its channels, divisions and families, then its facts as numbers.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{digits::write, fact::mark};
use crate::{
    code::Code,
    seen::Seen,
    story::{
        Attempt, Choice, Contact, EndedBy, Grade, Ground, Happening, Issue, Kind, Link, Outcome, Return,
        State, Way, What,
    },
};

/// Vulnerabilities that one issue may name: a bit for each.
const MOST_VULNERABILITIES: usize = 60;

/// A packed issue with at least one contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    /// As it is read by [`super::Reader`].
    pub line: String,
    /// When its first contact began.
    pub first: Timestamp,
    /// When its last contact began.
    pub last: Timestamp,
    /// How many contacts it has.
    pub contacts: usize,
}

/// An issue, packed: a line for it, and one for each incident in it that nobody has linked to it; none for what nobody got
/// in touch about. None where it names more kinds of vulnerability than there are bits.
pub fn pack(issue: &Issue) -> Option<Vec<Packed>> {
    let mut all = Vec::new();
    for seen in issue.seen(Timestamp::MAX) {
        let contacts = seen.happenings.iter().filter(|one| one.contact().is_some());
        let began: Vec<Timestamp> = contacts.map(|one| one.at).collect();
        if let (Some(first), Some(last)) = (began.first(), began.last()) {
            let (first, last, contacts) = (*first, *last, began.len());
            all.push(Packed { line: line(&seen)?, first, last, contacts });
        }
    }
    Some(all)
}

/// Numbers for names, from 0, in the order in which they come.
#[derive(Debug, Default)]
struct Numbers<'a>(BTreeMap<&'a str, u64>, Vec<&'a str>);

impl<'a> Numbers<'a> {
    fn of(&mut self, name: &'a str) -> u64 {
        let next = u64::try_from(self.1.len()).unwrap_or_default();
        let number = *self.0.entry(name).or_insert(next);
        if number == next {
            self.1.push(name);
        }
        number
    }

    fn or_none(&mut self, name: Option<&'a str>) -> u64 {
        name.map_or(0, |name| self.of(name) + 1)
    }
}

#[derive(Debug, Default)]
struct Line<'a> {
    text: String,
    names: Numbers<'a>,
    incidents: Numbers<'a>,
    /// Promises, referrals and systems: none of them is called as another.
    named: Numbers<'a>,
    numbers: Numbers<'a>,
    vulnerabilities: Numbers<'a>,
    last: Option<(Timestamp, u64)>,
}

fn line(seen: &Seen<'_>) -> Option<String> {
    let mut line = Line::default();
    line.incidents.of(seen.issue);
    seen.happenings.iter().for_each(|one| line.fact(one));
    if line.vulnerabilities.1.len() > MOST_VULNERABILITIES {
        return None;
    }
    let mut whole = line.names.1.iter().map(|name| spelt(name)).collect::<Vec<_>>().join(",");
    for count in [line.incidents.1.len(), line.named.1.len()] {
        whole.push(';');
        write(&mut whole, u64::try_from(count).unwrap_or_default());
    }
    whole.push(';');
    whole.push_str(&line.text);
    Some(whole)
}

/// A name without what parts names from one another.
fn spelt(name: &str) -> String {
    name.replace(['%', ',', ';', '\n', '\r'], "%")
}

impl<'a> Line<'a> {
    fn put(&mut self, numbers: &[u64]) {
        for number in numbers {
            write(&mut self.text, *number);
        }
    }

    fn fact(&mut self, one: &'a Happening) {
        let is_with_last = self.last == Some((one.at, one.order));
        let before = self.last.map_or(0, |(at, _)| at.as_microsecond());
        let since = u64::try_from(one.at.as_microsecond() - before).unwrap_or_default();
        self.last = Some((one.at, one.order));
        let incident = self.incidents.or_none(one.incident.as_deref());
        let (kind, rest) = self.what(one.at, &one.what);
        self.put(&[kind * 2 + u64::from(is_with_last), since, incident]);
        self.put(&rest);
    }

    fn name(&mut self, name: &'a str) -> Vec<u64> {
        vec![self.named.of(name)]
    }

    fn what(&mut self, at: Timestamp, what: &'a What) -> (u64, Vec<u64>) {
        match what {
            What::Contacted(contact) => (0, self.contact(contact)),
            What::Graded { grade, due_at, reason } => (
                1,
                vec![
                    grade_number(*grade) * 2 + was_available(*reason),
                    due_at.map_or(0, |due| since(at, due) + 1),
                ],
            ),
            What::Dispatched => (2, vec![]),
            What::Arrived => (3, vec![]),
            What::Reviewed => (4, vec![]),
            What::Assessed { vulnerabilities, reason, .. } => {
                let bit =
                    |number: u64| 1_u64.checked_shl(u32::try_from(number).unwrap_or(64)).unwrap_or_default();
                let bits = vulnerabilities.iter().map(|one| bit(self.vulnerabilities.of(one))).sum();
                (5, vec![bits, was_available(*reason)])
            }
            What::Promised { promise, due_at } => (6, vec![self.named.of(promise), since(at, *due_at)]),
            What::Kept(promise) | What::Withdrawn(promise) => (7, self.name(promise)),
            What::Broken(promise) => (8, self.name(promise)),
            What::Appointment { state, .. } => (9, state_numbers(*state)),
            What::Closed => (10, vec![]),
            What::Reopened => (11, vec![]),
            What::Linked(link) => (12, vec![u64::from(*link == Link::NewOccurrence)]),
            What::TransferOffered => (13, vec![]),
            What::TransferAccepted => (14, vec![]),
            What::TransferReturned(why) => (15, vec![u64::from(*why == Some(Return::Incomplete))]),
            What::Sc07Returned => (16, vec![]),
            What::CrimeReportReturned(_) => (17, vec![]),
            What::Referred(referral) => (18, self.name(referral)),
            What::ReferralEnded { referral, outcome } => {
                (19, vec![self.named.of(referral), outcome_number(*outcome)])
            }
            What::Sent(way) => (20, vec![way_number(*way)]),
            What::Choice(choice) => (21, vec![choice_number(*choice)]),
            What::OutageBegan(system) => (22, self.name(system)),
            What::OutageEnded(system) => (23, self.name(system)),
            What::Attempted(attempt) => (24, self.attempt(attempt)),
        }
    }

    fn contact(&mut self, contact: &'a Contact) -> Vec<u64> {
        let kind = contact.kind.map_or(0, |kind| kind_number(kind) + 1);
        let place =
            |code| Code::ALL.iter().position(|one| *one == code).and_then(|at| u64::try_from(at).ok());
        let advisor = contact.advisor.and_then(place).map_or(0, |place| place + 1);
        let marks: u8 = contact.marks.iter().map(|one| mark(*one)).sum();
        let is_new = contact.is_new_information == Some(true);
        let flags = u64::from(contact.is_answered) + 2 * u64::from(contact.has_risk) + 4 * u64::from(is_new);
        vec![
            self.names.of(&contact.channel),
            self.names.or_none(contact.division.as_deref()),
            self.names.or_none(contact.family.as_deref()),
            self.numbers.or_none(contact.number.as_deref()),
            flags,
            kind,
            advisor,
            u64::from(marks),
        ]
    }

    fn attempt(&mut self, attempt: &'a Attempt) -> Vec<u64> {
        let ended_by = match attempt.ended_by {
            EndedBy::Caller => 0,
            EndedBy::Advice => 1,
            EndedBy::Service => 2,
        };
        let number = self.numbers.or_none(attempt.number.as_deref());
        vec![self.names.of(&attempt.channel), number, u64::from(attempt.waited_seconds), ended_by]
    }
}

/// A moment by how far it is from another, before it or after it.
fn since(at: Timestamp, then: Timestamp) -> u64 {
    let distance = then.as_microsecond().saturating_sub(at.as_microsecond());
    distance.unsigned_abs() * 2 + u64::from(distance < 0)
}

fn was_available(reason: Option<Ground>) -> u64 {
    u64::from(reason == Some(Ground::AvailableEarlier))
}

fn grade_number(grade: Grade) -> u64 {
    match grade {
        Grade::OtherResolution => 0,
        Grade::Standard => 1,
        Grade::Prompt => 2,
        Grade::Immediate => 3,
    }
}

fn state_numbers(state: State) -> Vec<u64> {
    match state {
        State::Booked => vec![0],
        State::MissedByCaller => vec![1],
        State::CancelledByCaller => vec![2],
        State::MissedByPolice | State::CancelledByPolice => vec![3],
        State::Kept { late_by_minutes } => vec![4, u64::from(late_by_minutes)],
    }
}

fn outcome_number(outcome: Outcome) -> u64 {
    match outcome {
        Outcome::Accepted => 0,
        Outcome::Declined => 1,
        Outcome::Unavailable => 2,
        Outcome::NoReply => 3,
    }
}

fn way_number(way: Way) -> u64 {
    match way {
        Way::Preferred => 0,
        Way::NotPreferred => 1,
        Way::Unsafe => 2,
    }
}

fn choice_number(choice: Choice) -> u64 {
    match choice {
        Choice::Met => 0,
        Choice::NotOffered => 1,
        Choice::NotMet => 2,
    }
}

fn kind_number(kind: Kind) -> u64 {
    match kind {
        Kind::Ordinary => 0,
        Kind::Test => 1,
        Kind::Internal => 2,
        Kind::Misdial => 3,
        Kind::Silent => 4,
        Kind::AutomatedAlarm => 5,
        Kind::Media => 6,
        Kind::FreedomOfInformation => 7,
    }
}
