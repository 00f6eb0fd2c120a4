//! A packed issue, read back.

use std::{collections::BTreeMap, fmt};

use super::{
    digits::Digits,
    fact::{Contact, Fact, Facts, Symbol, What},
};
use crate::{
    code::Code,
    story::{Choice, EndedBy, Grade, Kind, Link, Outcome, Way},
};

/// A line that is no packed issue, or of an edition that is packed otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoilt;

impl fmt::Display for Spoilt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("A packed issue cannot be read. Pack the issues anew.")
    }
}

impl std::error::Error for Spoilt {}

/// Reads packed issues, one after the other, and remembers their names.
#[derive(Debug, Default)]
pub struct Reader {
    numbers: BTreeMap<Box<str>, Symbol>,
    names: Vec<Box<str>>,
    /// Those of the line.
    symbols: Vec<Symbol>,
}

impl Reader {
    /// What a symbol stands for.
    pub fn name(&self, symbol: Symbol) -> &str {
        usize::try_from(symbol.0).ok().and_then(|at| self.names.get(at)).map_or("", |name| name)
    }

    /// All names that were read, in the order of their symbols.
    pub fn names(&self) -> impl Iterator<Item = (Symbol, &str)> {
        (0..).map(Symbol).zip(self.names.iter().map(AsRef::as_ref))
    }

    /// Reads a line into `facts`, in place of what is there.
    pub fn read(&mut self, line: &str, facts: &mut Facts) -> Result<(), Spoilt> {
        let mut parts = line.split(';');
        let mut part = || parts.next().ok_or(Spoilt);
        let names = part()?;
        self.symbols.clear();
        for name in names.split(',').filter(|name| !name.is_empty()) {
            let symbol = self.symbol(name);
            self.symbols.push(symbol);
        }
        let count = |text: &str| Digits(text.as_bytes()).number().and_then(|one| usize::try_from(one).ok());
        // A line cannot have more of them than it has characters: a spoilt number is not believed.
        let count = |text: &str| count(text).filter(|one| *one <= line.len()).ok_or(Spoilt);
        (facts.incidents, facts.named) = (count(part()?)?, count(part()?)?);
        let mut digits = Digits(part()?.as_bytes());
        self.facts(&mut digits, facts).ok_or(Spoilt)
    }

    fn symbol(&mut self, name: &str) -> Symbol {
        if let Some(symbol) = self.numbers.get(name) {
            return *symbol;
        }
        let symbol = Symbol(u32::try_from(self.names.len()).unwrap_or(u32::MAX));
        self.numbers.insert(name.into(), symbol);
        self.names.push(name.into());
        symbol
    }

    fn facts(&self, digits: &mut Digits<'_>, into: &mut Facts) -> Option<()> {
        into.facts.clear();
        let (mut at, mut place) = (0, 0);
        while !digits.0.is_empty() {
            let kind = digits.number()?;
            at += i64::try_from(digits.number()?).ok()?;
            place += u32::from(kind % 2 == 0);
            let incident = or_none(digits.number()?).ok()?;
            if incident.is_some_and(|one| !is_below(one, into.incidents)) {
                return None;
            }
            let what = self.what(kind / 2, at, digits, into.named)?;
            into.facts.push(Fact { at, place, incident, what });
        }
        Some(())
    }

    fn of_line(&self, number: u64) -> Option<Symbol> {
        self.symbols.get(usize::try_from(number).ok()?).copied()
    }

    fn or_no_name(&self, number: u64) -> Result<Option<Symbol>, Spoilt> {
        number.checked_sub(1).map(|number| self.of_line(number).ok_or(Spoilt)).transpose()
    }

    fn what(&self, kind: u64, at: i64, digits: &mut Digits<'_>, named: usize) -> Option<What> {
        let name = |digits: &mut Digits<'_>| small(digits.number()?).filter(|one| is_below(*one, named));
        Some(match kind {
            0 => What::Contacted(self.contact(digits)?),
            1 => {
                let (graded, due) = (digits.number()?, digits.number()?);
                let due_at = due.checked_sub(1).map_or(Some(None), |due| moment(at, due).map(Some))?;
                What::Graded { grade: grade(graded / 2)?, due_at, was_available: graded % 2 == 1 }
            }
            2 => What::Dispatched,
            3 => What::Arrived,
            4 => What::Reviewed,
            5 => What::Assessed { vulnerabilities: digits.number()?, was_available: digits.number()? == 1 },
            6 => What::Promised { promise: name(digits)?, due_at: moment(at, digits.number()?)? },
            7 => What::Settled(name(digits)?),
            8 => What::Broken(name(digits)?),
            9 => match digits.number()? {
                0 => What::Booked,
                1 => What::MissedByCaller,
                2 => What::CancelledByCaller,
                3 => What::FailedByPolice,
                4 => What::Kept { late_by_minutes: small(digits.number()?)? },
                _ => return None,
            },
            10 => What::Closed,
            11 => What::Reopened,
            12 => {
                What::Linked(if digits.number()? == 1 { Link::NewOccurrence } else { Link::SameOccurrence })
            }
            13 => What::TransferOffered,
            14 => What::TransferAccepted,
            15 if digits.number()? == 1 => What::ReturnedIncomplete,
            15 => What::Returned,
            16 => What::Sc07Returned,
            17 => What::CrimeReportReturned,
            18 => What::Referred(name(digits)?),
            19 => What::ReferralEnded { referral: name(digits)?, outcome: outcome(digits.number()?)? },
            20 => What::Sent(way(digits.number()?)?),
            21 => What::Choice(choice(digits.number()?)?),
            22 => What::OutageBegan(name(digits)?),
            23 => What::OutageEnded(name(digits)?),
            24 => What::Attempted {
                channel: self.of_line(digits.number()?)?,
                number: or_none(digits.number()?).ok()?,
                waited_seconds: small(digits.number()?)?,
                ended_by: ended_by(digits.number()?)?,
            },
            _ => return None,
        })
    }

    fn contact(&self, digits: &mut Digits<'_>) -> Option<Contact> {
        let channel = self.of_line(digits.number()?)?;
        let (division, family) =
            (self.or_no_name(digits.number()?).ok()?, self.or_no_name(digits.number()?).ok()?);
        let (number, flags) = (or_none(digits.number()?).ok()?, digits.number()?);
        let kind = digits.number()?.checked_sub(1).map_or(Some(None), |one| kind(one).map(Some))?;
        let code = |place: u64| Code::ALL.get(usize::try_from(place).ok()?).copied();
        let advisor = digits.number()?.checked_sub(1).map_or(Some(None), |place| code(place).map(Some))?;
        Some(Contact {
            channel,
            division,
            family,
            number,
            is_answered: flags & 1 != 0,
            kind,
            has_risk: flags & 2 != 0,
            advisor,
            is_new_information: flags & 4 != 0,
            marks: u8::try_from(digits.number()?).ok()?,
        })
    }
}

fn small(number: u64) -> Option<u32> {
    u32::try_from(number).ok()
}

fn is_below(one: u32, count: usize) -> bool {
    usize::try_from(one).is_ok_and(|one| one < count)
}

fn or_none(number: u64) -> Result<Option<u32>, Spoilt> {
    number.checked_sub(1).map(|number| small(number).ok_or(Spoilt)).transpose()
}

fn moment(at: i64, distance: u64) -> Option<i64> {
    let far = i64::try_from(distance / 2).ok()?;
    at.checked_add(if distance % 2 == 1 { -far } else { far })
}

fn grade(number: u64) -> Option<Grade> {
    Some(match number {
        0 => Grade::OtherResolution,
        1 => Grade::Standard,
        2 => Grade::Prompt,
        3 => Grade::Immediate,
        _ => return None,
    })
}

fn outcome(number: u64) -> Option<Outcome> {
    Some(match number {
        0 => Outcome::Accepted,
        1 => Outcome::Declined,
        2 => Outcome::Unavailable,
        3 => Outcome::NoReply,
        _ => return None,
    })
}

fn way(number: u64) -> Option<Way> {
    Some(match number {
        0 => Way::Preferred,
        1 => Way::NotPreferred,
        2 => Way::Unsafe,
        _ => return None,
    })
}

fn choice(number: u64) -> Option<Choice> {
    Some(match number {
        0 => Choice::Met,
        1 => Choice::NotOffered,
        2 => Choice::NotMet,
        _ => return None,
    })
}

fn ended_by(number: u64) -> Option<EndedBy> {
    Some(match number {
        0 => EndedBy::Caller,
        1 => EndedBy::Advice,
        2 => EndedBy::Service,
        _ => return None,
    })
}

fn kind(number: u64) -> Option<Kind> {
    Some(match number {
        0 => Kind::Ordinary,
        1 => Kind::Test,
        2 => Kind::Internal,
        3 => Kind::Misdial,
        4 => Kind::Silent,
        5 => Kind::AutomatedAlarm,
        6 => Kind::Media,
        7 => Kind::FreedomOfInformation,
        _ => return None,
    })
}
