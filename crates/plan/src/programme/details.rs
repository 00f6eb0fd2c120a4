//! The whole of a programme as it is typed, for a correction.

use super::rules::{Alias, Programme};
use crate::words::day;

/// The whole of a programme as a form or a program gives it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Details {
    /// One name a line, its first day before it: "1 April 2019: Public Protection Development Programme".
    pub names: String,
    /// One a line, with its kind and days where they are known: "PPDP; abbreviation; 9 January 2023".
    pub aliases: String,
    /// One a line.
    pub bodies: String,
    /// The last day; empty while it goes on.
    pub ended_on: String,
    /// Why it ended; empty while it goes on.
    pub ended_reason: String,
}

impl Details {
    /// The programme as somebody would type it: read again, it is the same.
    pub fn of(programme: &Programme) -> Self {
        let names: Vec<String> =
            programme.names.iter().map(|name| format!("{}: {}", day(name.from), name.name)).collect();
        let aliases: Vec<String> = programme.aliases.iter().map(Alias::line).collect();
        let ended = programme.ended.as_ref();
        Self {
            names: names.join("\n"),
            aliases: aliases.join("\n"),
            bodies: programme.bodies.join("\n"),
            ended_on: ended.map_or_else(String::new, |ended| day(ended.on)),
            ended_reason: ended.map_or_else(String::new, |ended| ended.reason.clone()),
        }
    }
}
