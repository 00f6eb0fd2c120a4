//! What may happen to a target date, and when it is late. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use import::TargetDate;
use jiff::civil::Date;
use journal::Refusal;
use serde::{Deserialize, Serialize};

use crate::{
    codes,
    recommendation::rules::{Recommendation, still_open},
    words::{LINE, PARAGRAPH, day, optional, required},
};

/// The targets of a recommendation: the first, and where it was moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The first: never changed.
    pub first: TargetDate,
    /// Every move, oldest first.
    pub moves: Vec<Move>,
    /// The number of the move that the last fact gave a kind of reason to; none where it set or moved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub categorised: Option<usize>,
}

/// One move of a target date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// Where to.
    pub to: TargetDate,
    /// Why.
    pub reason: String,
    /// Who approved it; empty where a published plan does not say.
    pub approved_by: String,
    /// A key of [`codes::delay_reasons`]; empty where a published plan does not say.
    pub delay_reason: String,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// The first target, in words.
    Set { target: String },
    /// Another one, in words.
    Move { to: String, reason: String, approved_by: String, delay_reason: String },
    /// A published plan has another one; it seldom says who approved it.
    MoveAsPublished { to: TargetDate, reason: String },
    /// The move with that number, from 1, that has no kind of reason gets one.
    Categorise { number: usize, delay_reason: String },
}

/// What happened to the target date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It was set.
    Set { target: TargetDate },
    /// It was moved.
    Moved {
        to: TargetDate,
        reason: String,
        approved_by: String,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        delay_reason: String,
    },
    /// A move that had no kind of reason got one.
    Categorised { number: usize, delay_reason: String },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "target";
}

/// What else the rule knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The recommendation whose target it is.
    pub recommendation: Option<Recommendation>,
    /// The day its inspection was published: no target can be before it.
    pub published_on: Option<Date>,
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Target>, command: Command) -> Result<Fact, Refusal> {
    let recommendation = known
        .recommendation
        .as_ref()
        .ok_or_else(|| Refusal::of("reference", "There is no such recommendation."))?;
    still_open(recommendation)?;
    match (was, command) {
        (None, Command::Set { target }) => {
            let target = read("target", &target)?;
            not_before("target", target, known.published_on)?;
            Ok(Fact::Set { target })
        }
        (Some(was), Command::Set { .. }) => Err(Refusal::of(
            "target",
            format!("The first target is {} and stays so. Move the target instead.", was.first),
        )),
        (None, _) => Err(Refusal::of("to", "It has no target yet. Set the first one.")),
        (Some(was), Command::Move { to, reason, approved_by, delay_reason }) => {
            let to = read("to", &to)?;
            not_before("to", to, known.published_on)?;
            let fact = moved(was, to, &reason, &approved_by, &delay_reason)?;
            known_kind(&delay_reason)?;
            required("approved_by", "Who approved it", &approved_by, LINE)?;
            Ok(fact)
        }
        (Some(was), Command::MoveAsPublished { to, reason }) => {
            not_before("to", to, known.published_on)?;
            moved(was, to, &reason, "", "")
        }
        (Some(was), Command::Categorise { number, delay_reason }) => categorise(was, number, delay_reason),
    }
}

/// Gives a kind of reason to a move that has none; what has one keeps it, as it was reported.
fn categorise(was: &Target, number: usize, delay_reason: String) -> Result<Fact, Refusal> {
    let Some(one) = number.checked_sub(1).and_then(|index| was.moves.get(index)) else {
        return Err(Refusal::of("number", "Choose which move of the target is meant."));
    };
    if !one.delay_reason.is_empty() {
        let kind = codes::delay_reason_words(&one.delay_reason);
        let sentence = format!("That move has its kind of reason: {kind}. Choose a move that has none.");
        return Err(Refusal::of("number", sentence));
    }
    known_kind(&delay_reason)?;
    Ok(Fact::Categorised { number, delay_reason })
}

/// Refuses what is no kind of reason for moving a target.
pub fn known_kind(delay_reason: &str) -> Result<(), Refusal> {
    if codes::delay_reasons().iter().all(|one| one.key != delay_reason) {
        let sentence = "Choose what kind of reason it is: the committee is told how many of each.";
        return Err(Refusal::of("delay_reason", sentence));
    }
    Ok(())
}

/// Refuses a target that was past before the inspection was published.
pub fn not_before(
    field: &'static str,
    target: TargetDate,
    published_on: Option<Date>,
) -> Result<(), Refusal> {
    match published_on {
        Some(published) if target.last_day() < published => Err(Refusal::of(
            field,
            format!(
                "The target {target} is before the inspection was published, on {}. Give a later one.",
                day(published)
            ),
        )),
        _ => Ok(()),
    }
}

fn moved(
    was: &Target,
    to: TargetDate,
    reason: &str,
    approved_by: &str,
    delay_reason: &str,
) -> Result<Fact, Refusal> {
    if to == was.current() {
        return Err(Refusal::of("to", format!("The target is {to} already. Give another, or go back.")));
    }
    let reason = required("reason", "The reason", reason, PARAGRAPH)?;
    let approved_by = optional("approved_by", "Who approved it", approved_by, LINE)?;
    Ok(Fact::Moved { to, reason, approved_by, delay_reason: delay_reason.to_owned() })
}

/// A target date as a person types it.
pub fn read(field: &'static str, words: &str) -> Result<TargetDate, Refusal> {
    let words = words.trim();
    if words.is_empty() {
        return Err(Refusal::of(
            field,
            "The target date is missing. Give a month (November 2026) or a day (30 November 2026).",
        ));
    }
    let date = TargetDate::read(words).ok_or_else(|| {
        Refusal::of(
            field,
            format!(
                "“{words}” is not a target date. Give a month (November 2026) or a day (30 November 2026)."
            ),
        )
    })?;
    let year = date.first_day().year();
    if !(2000..=2100).contains(&year) {
        return Err(Refusal::of(
            field,
            format!("The year {year} cannot be meant. Give one from 2000 to 2100."),
        ));
    }
    Ok(date)
}

/// What it is after `fact`.
pub fn apply(was: Option<Target>, fact: &Fact) -> Target {
    match (was, fact.clone()) {
        (None, Fact::Set { target } | Fact::Moved { to: target, .. }) => Target::first(target),
        (None, Fact::Categorised { .. }) => {
            unreachable!("decide gives a kind of reason only to a move that was made")
        }
        (Some(was), Fact::Set { .. }) => was,
        (Some(mut was), Fact::Moved { to, reason, approved_by, delay_reason }) => {
            was.moves.push(Move { to, reason, approved_by, delay_reason });
            was.categorised = None;
            was
        }
        (Some(mut was), Fact::Categorised { number, delay_reason }) => {
            if let Some(one) = number.checked_sub(1).and_then(|index| was.moves.get_mut(index)) {
                one.delay_reason = delay_reason;
            }
            was.categorised = Some(number);
            was
        }
    }
}

impl Target {
    fn first(first: TargetDate) -> Self {
        Self { first, moves: Vec::new(), categorised: None }
    }

    /// The target as it stands.
    pub fn current(&self) -> TargetDate {
        self.moves.last().map_or(self.first, |last| last.to)
    }

    /// Every target there was, the first first.
    pub fn all(&self) -> impl Iterator<Item = TargetDate> {
        std::iter::once(self.first).chain(self.moves.iter().map(|one| one.to))
    }
}

/// How late something is: the day after its last day is one day late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Delay {
    /// Days past the last day on which the target was met.
    pub days: i64,
    /// Months past it: calendar months for a month's target ("May 2023" seen in November 2026 is 42),
    /// whole months for a day's.
    pub months: i64,
}

/// How late `target` is `today`; nothing while it can still be met.
pub fn delay(target: TargetDate, today: Date) -> Option<Delay> {
    let last = target.last_day();
    if today <= last {
        return None;
    }
    let days = (today - last).get_days().into();
    let whole = i64::from(today.year() - last.year()) * 12 + i64::from(today.month() - last.month());
    let months = match target {
        TargetDate::Month { .. } => whole,
        TargetDate::Day(day) => whole - i64::from(today.day() < day.day()),
    };
    Some(Delay { days, months })
}

impl std::fmt::Display for Delay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.months, self.days) {
            (0, 1) => f.write_str("1 day"),
            (0, days) => write!(f, "{days} days"),
            (1, _) => f.write_str("1 month"),
            (months, _) => write!(f, "{months} months"),
        }
    }
}

/// Months from one target to another, negative when it was brought forward.
pub fn months_between(from: TargetDate, to: TargetDate) -> i64 {
    let (from, to) = (from.last_day(), to.last_day());
    i64::from(to.year() - from.year()) * 12 + i64::from(to.month() - from.month())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn delay_is_counted_from_the_last_day_of_the_target() {
        let cases = [
            ("2023-05", "2026-11-21", Some((42, "42 months"))),
            ("2024-03", "2026-11-21", Some((32, "32 months"))),
            ("2026-11", "2026-11-30", None),
            ("2026-11", "2026-12-01", Some((1, "1 month"))),
            ("2025-01-31", "2025-01-31", None),
            ("2025-01-31", "2025-02-01", Some((0, "1 day"))),
            ("2025-01-31", "2025-02-28", Some((0, "28 days"))),
            ("2025-01-31", "2025-03-31", Some((2, "2 months"))),
            ("2024-02-29", "2025-02-28", Some((11, "11 months"))),
            ("2027-03", "2026-11-21", None),
        ];
        for (target, today, expected) in cases {
            let delay = delay(target.parse().unwrap(), date(today));
            let told = delay.map(|delay| (delay.months, delay.to_string()));
            assert_eq!(told, expected.map(|(months, words)| (months, words.to_owned())), "{target} {today}");
        }
    }

    #[test]
    fn the_first_target_stays_and_each_move_is_counted_from_the_one_before() {
        let target = apply(None, &Fact::Set { target: "2023-05".parse().unwrap() });
        let moved = |to: &str| Fact::Moved {
            to: to.parse().unwrap(),
            reason: "why".into(),
            approved_by: "ACC".into(),
            delay_reason: "technical_development".into(),
        };
        let target = apply(Some(target), &moved("2024-05"));
        let target = apply(Some(target), &moved("2023-12-31"));
        assert_eq!(
            (target.first.iso(), target.current().iso(), target.moves.len()),
            ("2023-05".into(), "2023-12-31".into(), 2)
        );
        assert_eq!(months_between(target.first, target.current()), 7);
        assert_eq!(months_between(target.moves[0].to, target.moves[1].to), -5);
    }
}
