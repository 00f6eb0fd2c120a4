//! What may be said of a programme of change. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use jiff::civil::Date;
use journal::Refusal;
use serde::{Deserialize, Serialize};

pub use super::{
    alias::{Alias, AliasKind, Typed},
    details::Details,
};
use crate::{
    inspection::rules::read_day,
    words::{LINE, PARAGRAPH, day, optional, required},
};

/// A programme of change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Programme {
    /// Its names, the first first; each is its name until the next begins.
    pub names: Vec<Name>,
    /// What else it is called or written: abbreviations, misspellings, working titles.
    pub aliases: Vec<Alias>,
    /// The bodies that are responsible for it.
    pub bodies: Vec<String>,
    /// Once it has ended: when and why.
    pub ended: Option<Ended>,
}

/// A name and the first day it is the programme's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// The name.
    pub name: String,
    /// Its first day.
    pub from: Date,
}

/// The last day of a programme, and why it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// The last day.
    pub on: Date,
    /// Why.
    pub reason: String,
}

/// What somebody wants to say of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// A new one.
    Register { name: String, from: String, bodies: String },
    /// It gets another name.
    Rename { name: String, from: String, reason: String },
    /// It is also called or written so.
    Alias(Typed),
    /// It is over.
    End { on: String, reason: String },
    /// It is put right, or brought up to date.
    Correct { details: Details, reason: String },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It is known from now on.
    Registered { name: String, from: Date, bodies: Vec<String> },
    /// It got another name.
    Renamed { name: String, from: Date, reason: String },
    /// It is also called or written so.
    Aliased { alias: Alias },
    /// It was over.
    Ended { on: Date, reason: String },
    /// It was put right, or brought up to date.
    Corrected { programme: Programme, reason: String },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "programme";
}

/// What else the rule knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Today, in Scotland.
    pub today: Date,
    /// The other programmes.
    pub others: Vec<Programme>,
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Programme>, command: Command) -> Result<Fact, Refusal> {
    match (was, command) {
        (None, Command::Register { name, from, bodies }) => {
            let name = read_name("name", "The name", &name)?;
            let from = read_day("from", "The first day", &from)?;
            let bodies = lines("bodies", "The list of bodies", &bodies)?;
            free(known, "name", &name, Span { from, to: None })?;
            Ok(Fact::Registered { name, from, bodies })
        }
        (Some(_), Command::Register { .. }) => {
            Err(Refusal::of("name", "This programme is registered already. Open it to change it."))
        }
        (None, _) => Err(Refusal::of("name", "There is no such programme. Register it first.")),
        (Some(was), Command::Alias(typed)) => {
            let alias = typed.read()?;
            if was.goes_by(&alias.name) {
                return Err(Refusal::of("alias", format!("It goes by “{}” already.", alias.name)));
            }
            free(known, "alias", &alias.name, was.life_of(&alias))?;
            Ok(Fact::Aliased { alias })
        }
        (Some(was), Command::Correct { details, reason }) => correct(known, was, &details, &reason),
        (Some(was), command) => {
            still_running(was)?;
            change(known, was, command)
        }
    }
}

/// Refuses a new name or a second end of what has ended.
pub fn still_running(was: &Programme) -> Result<(), Refusal> {
    match &was.ended {
        None => Ok(()),
        Some(ended) => {
            let sentence = format!("It ended on {}. If that is wrong, correct it.", day(ended.on));
            Err(Refusal::of("ended", sentence))
        }
    }
}

fn change(known: &Known, was: &Programme, command: Command) -> Result<Fact, Refusal> {
    let why = |words: &str| required("reason", "The reason", words, PARAGRAPH);
    match command {
        Command::Rename { name, from, reason } => {
            let name = read_name("name", "The new name", &name)?;
            if plain(&name) == plain(was.name()) {
                return Err(Refusal::of("name", "That is its name already. Enter the new one."));
            }
            let from = read_day("from", "The first day", &from)?;
            let since = was.last().from;
            if from <= since {
                let sentence = format!(
                    "It has been called “{}” since {}. Give a later day, or correct the names.",
                    was.name(),
                    day(since)
                );
                return Err(Refusal::of("from", sentence));
            }
            free(known, "name", &name, Span { from, to: None })?;
            Ok(Fact::Renamed { name, from, reason: why(&reason)? })
        }
        Command::End { on, reason } => {
            let ended = read_end(known, was.last(), &on, &why(&reason)?, "on")?;
            Ok(Fact::Ended { on: ended.on, reason: ended.reason })
        }
        Command::Register { .. } | Command::Alias(_) | Command::Correct { .. } => {
            Err(Refusal::of("name", "This programme is registered already. Open it to change it."))
        }
    }
}

fn correct(known: &Known, was: &Programme, details: &Details, reason: &str) -> Result<Fact, Refusal> {
    let programme = read(known, details)?;
    if programme == *was {
        return Err(Refusal::of("names", "Nothing is different. Change what is wrong, or go back."));
    }
    let reason = required("reason", "The reason", reason, PARAGRAPH)?;
    Ok(Fact::Corrected { programme, reason })
}

fn read(known: &Known, details: &Details) -> Result<Programme, Refusal> {
    let mut names: Vec<Name> = Vec::new();
    for line in lines("names", "The list of names", &details.names)? {
        let Some((from, name)) = line.split_once(':') else {
            let sentence =
                format!("“{line}” has no day and colon before the name. Write it as 1 April 2019: {line}.");
            return Err(Refusal::of("names", sentence));
        };
        let name = read_name("names", "The name", name)?;
        let from = read_day("names", "The first day", from)?;
        if names.last().is_some_and(|last| last.from >= from) {
            let sentence =
                format!("“{name}” does not begin after the name before it. Put the first name first.");
            return Err(Refusal::of("names", sentence));
        }
        if names.last().is_some_and(|last| plain(&last.name) == plain(&name)) {
            let sentence = format!("“{name}” stands twice, one after the other. Leave the second out.");
            return Err(Refusal::of("names", sentence));
        }
        names.push(Name { name, from });
    }
    let Some(last) = names.last().cloned() else {
        return Err(Refusal::of("names", "A programme has at least one name. Enter it with its first day."));
    };
    let ended = match (details.ended_on.trim(), details.ended_reason.trim()) {
        ("", "") => None,
        ("", _) => {
            let sentence = "The last day is missing. Enter it, or delete the reason if it goes on.";
            return Err(Refusal::of("ended_on", sentence));
        }
        (on, reason) => {
            let reason = required("ended_reason", "The reason why it ended", reason, PARAGRAPH)?;
            Some(read_end(known, &last, on, &reason, "ended_on")?)
        }
    };
    let bodies = lines("bodies", "The list of bodies", &details.bodies)?;
    let mut programme = Programme { names, aliases: Vec::new(), bodies, ended };
    for alias in lines("aliases", "The list of other names", &details.aliases)? {
        let alias = Alias::read_line(&alias)?;
        if programme.goes_by(&alias.name) {
            let sentence = format!("“{}” stands twice among its names. Leave one out.", alias.name);
            return Err(Refusal::of("aliases", sentence));
        }
        programme.aliases.push(alias);
    }
    for (words, span, field) in programme.words() {
        free(known, field, words, span)?;
    }
    Ok(programme)
}

fn read_end(
    known: &Known,
    last: &Name,
    on: &str,
    reason: &str,
    field: &'static str,
) -> Result<Ended, Refusal> {
    let on = read_day(field, "The last day", on)?;
    if on > known.today {
        let sentence = "That day is still to come. Say that it has ended when it has.";
        return Err(Refusal::of(field, sentence));
    }
    if on < last.from {
        let sentence = format!(
            "That is before it was called “{}”, from {}. Give a later day.",
            last.name,
            day(last.from)
        );
        return Err(Refusal::of(field, sentence));
    }
    Ok(Ended { on, reason: reason.to_owned() })
}

pub(super) fn read_name(field: &'static str, what: &str, typed: &str) -> Result<String, Refusal> {
    let name = required(field, what, typed, LINE)?;
    if plain(&name).is_empty() {
        let sentence = format!("{what} “{name}” has neither a letter nor a digit. Enter it in words.");
        return Err(Refusal::of(field, sentence));
    }
    if name.contains('\n') {
        return Err(Refusal::of(field, format!("{what} goes over several lines. Write it in one.")));
    }
    Ok(name)
}

fn lines(field: &'static str, what: &str, typed: &str) -> Result<Vec<String>, Refusal> {
    let typed = optional(field, what, typed, PARAGRAPH)?;
    let lines = typed.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty());
    Ok(lines.collect())
}

/// From a day to a day, or without an end.
#[derive(Debug, Clone, Copy)]
struct Span {
    from: Date,
    to: Option<Date>,
}

impl Span {
    fn meets(self, other: Self) -> bool {
        self.to.is_none_or(|to| other.from <= to) && other.to.is_none_or(|to| self.from <= to)
    }
}

/// Refuses what another programme is called at the same time.
fn free(known: &Known, field: &'static str, words: &str, span: Span) -> Result<(), Refusal> {
    let wanted = plain(words);
    let same = |other: &&Programme| {
        other.words().any(|(theirs, when, _)| plain(theirs) == wanted && when.meets(span))
    };
    match known.others.iter().find(same) {
        None => Ok(()),
        Some(other) => Err(Refusal::of(
            field,
            format!(
                "“{words}” is the programme “{}” at that time. Open that one, or give this one its own words.",
                other.name()
            ),
        )),
    }
}

/// Words for comparing: lower case, "&" as "and", no punctuation, no "the" at the start.
pub fn plain(words: &str) -> String {
    let lower = words.to_lowercase().replace('&', " and ");
    let parts: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let parts = if parts.len() > 1 && parts[0] == "the" { &parts[1..] } else { &parts[..] };
    parts.join(" ")
}

impl Programme {
    /// Its latest name, whether its first day has come or not.
    pub fn name(&self) -> &str {
        &self.last().name
    }

    fn last(&self) -> &Name {
        self.names.last().expect("a programme is registered with a name, and no fact takes the last away")
    }

    /// Its name on `day`; nothing before its first. After it ended it is still known by its last.
    pub fn name_on(&self, day: Date) -> Option<&str> {
        self.names.iter().rev().find(|name| name.from <= day).map(|name| name.name.as_str())
    }

    /// What to call it on `day`: its name then, or its first before it had any.
    pub fn called_on(&self, day: Date) -> &str {
        self.name_on(day).unwrap_or_else(|| self.names.first().map_or("", |name| name.name.as_str()))
    }

    /// Whether `words` mean it: any of its names at any time, or what else it is called or written.
    pub fn goes_by(&self, words: &str) -> bool {
        let wanted = plain(words);
        let names = self.names.iter().map(|name| &name.name);
        names.chain(self.aliases.iter().map(|alias| &alias.name)).any(|own| plain(own) == wanted)
    }

    /// Its names with the last day of each; the last has one only if the programme has ended.
    pub fn spans(&self) -> Vec<(&Name, Option<Date>)> {
        let next = self.names.iter().skip(1).map(|next| next.from.yesterday().ok());
        let ends = next.chain([self.ended.as_ref().map(|ended| ended.on)]);
        self.names.iter().zip(ends).collect()
    }

    fn life(&self) -> Span {
        let from = self.names.first().map_or(Date::MIN, |name| name.from);
        Span { from, to: self.ended.as_ref().map(|ended| ended.on) }
    }

    /// The days on which another name means it: its own, as far as they are known.
    fn life_of(&self, alias: &Alias) -> Span {
        let Span { from, to } = self.life();
        Span { from: alias.from.unwrap_or(from), to: alias.until.or(to) }
    }

    /// Everything it is called, when, and the field of a correction that says so.
    fn words(&self) -> impl Iterator<Item = (&str, Span, &'static str)> {
        let names = self
            .spans()
            .into_iter()
            .map(|(name, to)| (name.name.as_str(), Span { from: name.from, to }, "names"));
        let others = self.aliases.iter();
        names.chain(others.map(|alias| (alias.name.as_str(), self.life_of(alias), "aliases")))
    }
}

/// What it is after `fact`.
pub fn apply(was: Option<Programme>, fact: &Fact) -> Programme {
    let Some(mut now) = was else { return begun(fact) };
    match fact.clone() {
        Fact::Registered { .. } => return begun(fact),
        Fact::Renamed { name, from, .. } => now.names.push(Name { name, from }),
        Fact::Aliased { alias } => now.aliases.push(alias),
        Fact::Ended { on, reason } => now.ended = Some(Ended { on, reason }),
        Fact::Corrected { programme, .. } => now = programme,
    }
    now
}

fn begun(fact: &Fact) -> Programme {
    match fact.clone() {
        Fact::Registered { name, from, bodies } => {
            Programme { names: vec![Name { name, from }], aliases: Vec::new(), bodies, ended: None }
        }
        Fact::Corrected { programme, .. } => programme,
        Fact::Renamed { .. } | Fact::Aliased { .. } | Fact::Ended { .. } => {
            unreachable!("decide lets nothing happen to a programme before it is registered")
        }
    }
}
