//! What a person may ask to be told of. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use std::collections::BTreeSet;

use jiff::civil::Date;
use journal::Refusal;
use serde::{Deserialize, Serialize};

use crate::{
    pack::{
        definition::{Pack, Scope, all, pack},
        rules::divisions,
    },
    period::rules::Span,
};

/// A part of what is frozen: the reports of a pack, or where it is of one division those of one. An empty division is all
/// that there are of the pack.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// The key of the pack.
    pub pack: String,
    /// The letter of a division, or nothing.
    pub division: String,
}

/// The parts of which an account is told. Of a pack it is told of all, or of some divisions: never of one twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subscription {
    /// Them.
    pub parts: BTreeSet<Part>,
}

/// What else the rule knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The day, for the divisions that there are.
    pub today: Date,
    /// Whether whoever asks reads measures; others read what is published only.
    pub may_read_measures: bool,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// To be told of each edition of a part, or no longer.
    Set { part: Part, wanted: String },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// They are told of it from now on.
    Subscribed { pack: String, division: String },
    /// They are told of it no longer.
    Unsubscribed { pack: String, division: String },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "report_subscription";
}

/// The packs of which somebody may be told.
pub fn open_to(may_read_measures: bool) -> impl Iterator<Item = &'static Pack> {
    all().iter().filter(move |pack| pack.is_published || may_read_measures)
}

/// What happens, or why not.
pub fn decide(known: Known, was: Option<&Subscription>, command: Command) -> Result<Fact, Refusal> {
    let Command::Set { part, wanted } = command;
    let is_told = was.is_some_and(|was| was.parts.contains(&part));
    match wanted.as_str() {
        // What is no more, or was there in another role, is given up as anything else.
        "off" if is_told => Ok(Fact::Unsubscribed { pack: part.pack, division: part.division }),
        "off" => {
            let sentence = "You are not told of these reports. Choose some that you are told of.";
            Err(Refusal::of("pack", sentence))
        }
        "on" => {
            may_ask(known, was, &part)?;
            Ok(Fact::Subscribed { pack: part.pack, division: part.division })
        }
        _ => Err(Refusal::of("wanted", "Say “on” to be told of the reports, or “off” to be told no longer.")),
    }
}

fn may_ask(known: Known, was: Option<&Subscription>, part: &Part) -> Result<(), Refusal> {
    let Part { pack: key, division } = part;
    let Some(pack) = pack(key) else {
        return Err(Refusal::of("pack", format!("“{key}” is no pack of reports. Choose one of the list.")));
    };
    let name = &pack.name;
    if !pack.is_published && !known.may_read_measures {
        let sentence =
            format!("“{name}” is not published: it is for those who read measures. Choose one of the list.");
        return Err(Refusal::of("pack", sentence));
    }
    let is_there = |letter: &str| {
        let today = Span { from: known.today, until: known.today };
        letter.is_empty() || divisions(today).iter().any(|(own, _)| own == letter)
    };
    let refuse = |sentence: String| Err(Refusal::of("division", sentence));
    match pack.scope {
        Scope::National if !division.is_empty() => {
            refuse(format!("“{name}” is of the whole service. Leave the division empty."))
        }
        Scope::Division if !is_there(division) => {
            refuse(format!("“{division}” is no division today. Choose one of the list."))
        }
        _ if was.is_some_and(|was| was.tells_of(part)) => {
            refuse("You are told of these reports already. Choose others.".to_owned())
        }
        _ => Ok(()),
    }
}

impl Subscription {
    /// Whether it is told of all of that part already.
    fn tells_of(&self, part: &Part) -> bool {
        self.parts
            .iter()
            .any(|own| own.pack == part.pack && (own.division.is_empty() || own.division == part.division))
    }
}

/// What it is after `fact`.
pub fn apply(was: Option<Subscription>, fact: &Fact) -> Subscription {
    let mut now = was.unwrap_or_default();
    match fact.clone() {
        Fact::Subscribed { pack, division } => {
            // Who is told of all divisions is told of each.
            now.parts.retain(|own| !division.is_empty() || own.pack != pack);
            now.parts.insert(Part { pack, division });
        }
        Fact::Unsubscribed { pack, division } => {
            now.parts.remove(&Part { pack, division });
        }
    }
    now
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From "pack" and "pack/D".
    fn part(text: &str) -> Part {
        let (pack, division) = text.split_once('/').unwrap_or((text, ""));
        Part { pack: pack.to_owned(), division: division.to_owned() }
    }

    fn told(parts: &[&str]) -> Subscription {
        Subscription { parts: parts.iter().map(|text| part(text)).collect() }
    }

    #[test]
    fn what_a_person_may_ask() {
        let (weekly, monthly) = ("control_room_weekly", "authority_monthly");
        let (all, one, other) = ("division_weekly", "division_weekly/D", "division_weekly/E");
        for (was, reads, asked, wanted, expected) in [
            (&[][..], true, weekly, "on", Ok(&[weekly][..])),
            (&[weekly], true, monthly, "on", Ok(&[monthly, weekly])),
            (&[weekly, monthly], true, weekly, "off", Ok(&[monthly])),
            // Who may not read measures is told of what is published.
            (&[], false, monthly, "on", Ok(&[monthly])),
            (&[], false, weekly, "on", Err(("pack", "is not published"))),
            (&[], false, one, "on", Err(("pack", "is not published"))),
            // What was asked for in another role, or is no more, can be given up.
            (&[weekly], false, weekly, "off", Ok(&[])),
            (&["of_old"], true, "of_old", "off", Ok(&[])),
            (&["division_weekly/Z"], true, "division_weekly/Z", "off", Ok(&[])),
            (&[], true, "of_old", "on", Err(("pack", "is no pack of reports"))),
            (&[], true, "", "on", Err(("pack", "is no pack of reports"))),
            (&[weekly], true, weekly, "on", Err(("division", "already"))),
            (&[], true, weekly, "off", Err(("pack", "not told of these reports"))),
            (&[], true, weekly, "", Err(("wanted", "Say “on”"))),
            (&[weekly], true, weekly, "perhaps", Err(("wanted", "Say “on”"))),
            // Of a pack of one division: one, another, all instead of them.
            (&[], true, one, "on", Ok(&[one])),
            (&[one], true, other, "on", Ok(&[one, other])),
            (&[one, other, weekly], true, all, "on", Ok(&[all, weekly])),
            (&[one, other], true, one, "off", Ok(&[other])),
            (&[all], true, one, "on", Err(("division", "already"))),
            (&[one], true, one, "on", Err(("division", "already"))),
            (&[all], true, one, "off", Err(("pack", "not told of these reports"))),
            (&[one], true, all, "off", Err(("pack", "not told of these reports"))),
            (&[one], true, "division_monthly/D", "on", Ok(&["division_monthly/D", one])),
            (&[], true, "division_weekly/Z", "on", Err(("division", "no division today"))),
            (&[], true, "control_room_weekly/D", "on", Err(("division", "whole service"))),
        ] {
            let (was, what) = (told(was), format!("{was:?} {asked} {wanted}"));
            let command = Command::Set { part: part(asked), wanted: wanted.to_owned() };
            let known = Known { today: "2026-11-26".parse().unwrap(), may_read_measures: reads };
            match (decide(known, Some(&was), command).map(|fact| apply(Some(was), &fact)), expected) {
                (Ok(now), Ok(parts)) => assert_eq!(now, told(parts), "{what}"),
                (Err(refusal), Err((field, words))) => {
                    assert!(
                        refusal.field == field && refusal.sentence.contains(words),
                        "{what}: {refusal:?}"
                    );
                }
                (decided, expected) => panic!("{what}: {decided:?}, not {expected:?}"),
            }
        }
    }

    #[test]
    fn a_division_is_one_of_the_day() {
        let ask = |today: &str, letter: &str| {
            let known = Known { today: today.parse().unwrap(), may_read_measures: true };
            let part = part(&format!("division_monthly/{letter}"));
            decide(known, None, Command::Set { part, wanted: "on".to_owned() }).is_ok()
        };
        for (today, letter, is_there) in [
            ("2015-12-31", "B", true),
            ("2015-12-31", "A", false),
            ("2016-01-01", "B", false),
            ("2016-01-01", "A", true),
        ] {
            assert_eq!(ask(today, letter), is_there, "{today} {letter}");
        }
    }

    #[test]
    fn everybody_is_offered_what_they_may_read() {
        assert_eq!(open_to(true).count(), all().len());
        assert!(open_to(false).count() > 0 && open_to(false).all(|pack| pack.is_published));
        assert!(open_to(false).count() < all().len());
    }
}
