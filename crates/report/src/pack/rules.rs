//! What is asked for: a pack, a period, a division; and what of all packs is due. Pure.

use contact::unit::Organisation;
use jiff::civil::Date;
use journal::{Refusal, day_typed};
use serde::{Deserialize, Serialize};

use super::definition::{Pack, Scope, all, pack};
use crate::period::rules::{Period, Span};

/// What a report is about: there is one for each.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct About {
    /// The key of the pack.
    pub pack: String,
    /// The period.
    pub period: Period,
    /// The letter of the division; empty for the whole service.
    pub division: String,
}

/// What an address or a form holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The key of a pack.
    pub pack: String,
    /// Any day of the period.
    pub period: String,
    /// The letter of a division.
    pub division: String,
}

impl Asked {
    /// What it means, or what of it cannot be meant. Without a day, the last period that is over.
    pub fn read(&self, today: Date) -> Result<(&'static Pack, About), Refusal> {
        let pack = pack(&self.pack).ok_or_else(|| {
            let sentence = if self.pack.is_empty() {
                "No pack is chosen. Choose one of the list.".to_owned()
            } else {
                format!("“{}” is no pack of reports. Choose one of the list.", self.pack)
            };
            Refusal::of("pack", sentence)
        })?;
        let period = match day_typed("period", &self.period)? {
            Some(day) => Period::of(pack.kind, day),
            None => Period::of(pack.kind, today).before(),
        };
        if period.is_to_come(today) {
            let sentence = format!("{} is still to come. Give a day up to today, {today}.", period.words());
            return Err(Refusal::of("period", sentence));
        }
        let is_division = divisions(period.span()).iter().any(|(letter, _)| letter == &self.division);
        let sentence = match pack.scope {
            Scope::Division if self.division.is_empty() => {
                "This pack is of one division. Choose which.".to_owned()
            }
            Scope::Division if !is_division => {
                format!("“{}” is no division in that period. Choose one of the list.", self.division)
            }
            Scope::National if !self.division.is_empty() => {
                "This pack is of the whole service. Leave the division empty.".to_owned()
            }
            _ => {
                let about = About { pack: pack.key.clone(), period, division: self.division.clone() };
                return Ok((pack, about));
            }
        };
        Err(Refusal::of("division", sentence))
    }
}

impl About {
    /// As an address asks for it.
    pub fn asked(&self) -> Asked {
        let (pack, division) = (self.pack.clone(), self.division.clone());
        Asked { pack, period: self.period.from.to_string(), division }
    }

    /// Its pack’s name; its key, should the file have lost it.
    pub fn pack_name(&self) -> &str {
        pack(&self.pack).map_or(&self.pack, |pack| &pack.name)
    }

    /// "Whole service", or the division.
    pub fn area(&self) -> String {
        if self.division.is_empty() {
            return "Whole service".to_owned();
        }
        measure::one::views::division_words(&self.division)
    }
}

/// The divisions that are there on a day of these, as letter and name: one that merged in between is there, and so is what it
/// became.
pub fn divisions(days: Span) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for unit in Organisation::published().divisions_between(days.from, days.until) {
        match all.iter_mut().find(|(letter, _)| *letter == unit.letter) {
            // The later division has the letter of an earlier one.
            Some((_, name)) => name.clone_from(&unit.name),
            None => all.push((unit.letter.clone(), unit.name.clone())),
        }
    }
    all
}

/// What is due on `today`: of each pack, and of each division where it is of one, the last period that is over.
pub fn due(today: Date) -> Vec<About> {
    let mut due = Vec::new();
    for pack in all() {
        let period = Period::of(pack.kind, today).before();
        let letters = match pack.scope {
            Scope::National => vec![String::new()],
            Scope::Division => divisions(period.span()).into_iter().map(|(letter, _)| letter).collect(),
        };
        due.extend(letters.into_iter().map(|division| About { pack: pack.key.clone(), period, division }));
    }
    due
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::rules::Kind;

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    #[test]
    fn what_is_asked_is_read_or_refused_at_its_field() {
        let today = day("2026-11-26");
        for (pack, period, division, expected) in [
            ("control_room_weekly", "2026-11-18", "", Ok("2026-11-16..2026-11-22")),
            ("control_room_weekly", "", "", Ok("2026-11-16..2026-11-22")),
            ("control_room_weekly", "2026-11-26", "", Ok("2026-11-23..2026-11-29")),
            ("authority_quarterly", "", "", Ok("2026-07-01..2026-09-30")),
            ("division_monthly", "2026-10-31", "E", Ok("2026-10-01..2026-10-31")),
            ("", "", "", Err(("pack", "No pack is chosen"))),
            ("everything", "", "", Err(("pack", "no pack of reports"))),
            ("control_room_weekly", "soon", "", Err(("period", "not a day"))),
            ("control_room_weekly", "2026-11-30", "", Err(("period", "still to come"))),
            ("control_room_weekly", "", "E", Err(("division", "whole service"))),
            ("division_weekly", "", "", Err(("division", "Choose which"))),
            ("division_weekly", "", "Y", Err(("division", "no division"))),
        ] {
            let asked = Asked { pack: pack.into(), period: period.into(), division: division.into() };
            match (asked.read(today), expected) {
                (Ok((_, about)), Ok(days)) => {
                    assert_eq!(format!("{}..{}", about.period.from, about.period.until), days, "{asked:?}");
                    assert_eq!(about.asked().read(today).expect("it is read again").1, about);
                }
                (Err(refusal), Err((field, told))) => {
                    assert!(
                        refusal.field == field && refusal.sentence.contains(told),
                        "{asked:?}: {refusal}"
                    );
                }
                (read, expected) => panic!("{asked:?}: {read:?}, not {expected:?}"),
            }
        }
    }

    #[test]
    fn a_division_that_ended_is_one_of_the_periods_that_it_saw() {
        for (kind, on, letters) in [
            (Kind::Month, "2015-12-31", "B"),
            (Kind::Month, "2016-01-01", "A"),
            // A week over the day on which it became another has both.
            (Kind::Week, "2016-01-01", "AB"),
        ] {
            let days = Period::of(kind, day(on)).span();
            let own: String = divisions(days).into_iter().map(|(letter, _)| letter).collect();
            let own: String = own.chars().filter(|letter| "AB".contains(*letter)).collect();
            assert_eq!(own, letters, "{on}");
        }
    }

    #[test]
    fn the_last_period_that_is_over_is_due_of_each_pack_and_each_division() {
        let due = due(day("2026-04-01"));
        let of = |pack: &str| due.iter().filter(|about| about.pack == pack).collect::<Vec<_>>();
        for (pack, from, until) in [
            ("control_room_daily", "2026-03-31", "2026-03-31"),
            ("control_room_weekly", "2026-03-23", "2026-03-29"),
            ("authority_monthly", "2026-03-01", "2026-03-31"),
            ("authority_quarterly", "2026-01-01", "2026-03-31"),
        ] {
            let [one] = of(pack)[..] else { panic!("{pack}: {:?}", of(pack)) };
            assert_eq!((one.period.from, one.period.until), (day(from), day(until)), "{pack}");
        }
        assert_eq!(
            of("division_weekly").len(),
            divisions(Period::of(Kind::Week, day("2026-03-29")).span()).len()
        );
        assert!(of("division_weekly").len() > 5);
    }
}
