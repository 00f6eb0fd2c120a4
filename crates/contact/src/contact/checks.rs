//! What a contact may be said to be: moments that can have been, keys that are known, words that fit. Pure.

use jiff::{Timestamp, civil::Date};
use journal::{
    Id, Private, Refusal,
    words::{LINE, PARAGRAPH, moment, optional, required},
};

use super::rules::{Arrival, Caller, Channel, Command, Contact, Ended, Fact, Link, Location, Target};
use crate::codes::{self, Code};

/// A number, an address for mail: as typed.
const NUMBER: usize = 100;

/// The day of `at`, in Scotland.
pub(super) fn day(at: Timestamp) -> Date {
    journal::day_of(at)
}

/// Refuses a moment that is still to come or before there was any such service. Other systems' clocks may be a
/// little ahead (`definitions/contact.toml`).
pub fn happened(field: &'static str, what: &str, at: Timestamp, now: Timestamp) -> Result<(), Refusal> {
    if at.as_second() > now.as_second() + codes::limits().clock_ahead_seconds {
        let sentence = format!("{what} is {}, which is still to come. Enter when it was.", moment(at));
        return Err(Refusal::of(field, sentence));
    }
    if day(at).year() < 2000 {
        let sentence = format!("{what} is {}, which is before 2000. Enter when it was.", moment(at));
        return Err(Refusal::of(field, sentence));
    }
    Ok(())
}

/// Refuses `at` before `start`.
fn after(field: &'static str, what: &str, at: Timestamp, start: (&str, Timestamp)) -> Result<(), Refusal> {
    if at.as_second() + codes::limits().clock_ahead_seconds >= start.1.as_second() {
        return Ok(());
    }
    let second = |at: Timestamp| at.to_zoned(journal::scotland()).strftime("%-d %B %Y, %H:%M:%S").to_string();
    let sentence =
        format!("{what}, {}, is before {}, {}. Correct one of them.", second(at), start.0, second(start.1));
    Err(Refusal::of(field, sentence))
}

/// Refuses a key that may not be chosen on `day`. Empty is no key.
fn key(field: &'static str, what: &str, codes: &[Code], key: &str, day: Date) -> Result<String, Refusal> {
    let key = key.trim();
    if key.is_empty() || codes::known(codes, key, day) {
        return Ok(key.to_owned());
    }
    let may: Vec<&str> = codes::on(codes, day).iter().map(|code| code.key.as_str()).collect();
    let known = codes.iter().any(|code| code.key == key);
    let why = if known { "may not be chosen on that day" } else { "is not known" };
    Err(Refusal::of(field, format!("{what} “{}” {why}. Choose one of: {}.", short(key), may.join(", "))))
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// One line about a person, without what cannot be shown.
fn private(field: &'static str, what: &str, text: Private<String>) -> Result<Private<String>, Refusal> {
    match text {
        Private::Known(text) => line(field, what, &text).map(Private::Known),
        Private::Erased => Ok(Private::Erased),
    }
}

fn line(field: &'static str, what: &str, text: &str) -> Result<String, Refusal> {
    let text = optional(field, what, text, LINE)?;
    if text.contains('\n') {
        return Err(Refusal::of(field, format!("{what} goes over several lines. Write it in one.")));
    }
    Ok(text)
}

pub(super) fn arrival(now: Timestamp, arrival: Arrival) -> Result<Arrival, Refusal> {
    happened("arrived_at", "The arrival", arrival.arrived_at, now)?;
    if let Some(answered_at) = arrival.answered_at {
        happened("answered_at", "The answer", answered_at, now)?;
        after("answered_at", "The answer", answered_at, ("the arrival", arrival.arrived_at))?;
    }
    let that_day = day(arrival.arrived_at);
    let option = key("option", "The menu option", codes::options(), &arrival.option, that_day)?;
    if !option.is_empty() && arrival.channel != Channel::NonEmergency {
        let sentence = "Only 101 has a menu. Leave the option out, or choose 101 as the channel.";
        return Err(Refusal::of("option", sentence));
    }
    if !codes::known(codes::channels(), arrival.channel.as_str(), that_day) {
        let sentence = format!("“{}” is no longer a channel. Choose another.", arrival.channel.words());
        return Err(Refusal::of("channel", sentence));
    }
    let number = private("number", "The number", arrival.number)?;
    if number.known().is_some_and(|number| number.chars().count() > NUMBER) {
        let sentence = format!("The number is longer than {NUMBER} characters. Enter only the number.");
        return Err(Refusal::of("number", sentence));
    }
    Ok(Arrival {
        option,
        line: line("line", "The line", &arrival.line)?,
        number,
        their_reference: line("their_reference", "The other system’s reference", &arrival.their_reference)?,
        ..arrival
    })
}

pub(super) fn discontinued(
    now: Timestamp,
    it: Arrival,
    at: Timestamp,
    ended_by: &str,
) -> Result<Fact, Refusal> {
    let arrival = arrival(now, it)?;
    if arrival.answered_at.is_some() {
        let sentence =
            "An attempt was never answered. Leave the answer out, or leave out how it was given up.";
        return Err(Refusal::of("answered_at", sentence));
    }
    happened("ended_at", "The end", at, now)?;
    after("ended_at", "The end", at, ("the arrival", arrival.arrived_at))?;
    if ended_by.trim().is_empty() {
        return Err(Refusal::of("ended_by", "How it was given up is missing. Say who or what ended it."));
    }
    let ended_by = key("ended_by", "The end", codes::ended_by(), ended_by, day(arrival.arrived_at))?;
    Ok(Fact::Discontinued { arrival, at, ended_by })
}

/// What may still happen to a contact as it is: an attempt takes only links, and after the end there are only
/// links, an incident and corrections.
pub(super) fn may_happen(was: &Contact, command: &Command) -> Result<(), Refusal> {
    let is_link = matches!(command, Command::Link(_) | Command::Unlink { .. } | Command::Attach { .. });
    if was.is_attempt && !is_link {
        let sentence = "Nobody answered this attempt, so there is nothing to say of it. Call back, record \
            that as a contact, and link the two.";
        return Err(Refusal::of("id", sentence));
    }
    match (command, &was.ended, was.arrival.answered_at) {
        (Command::Check { .. } | Command::End { .. } | Command::Answer { .. }, Some(ended), _) => {
            let sentence = format!(
                "It ended at {}. Links and corrections can still be made; for anything new, record a new contact.",
                moment(ended.at)
            );
            Err(Refusal::of("at", sentence))
        }
        (Command::Answer { .. }, None, Some(at)) => {
            Err(Refusal::of("at", format!("It was answered at {} already. Open it.", moment(at))))
        }
        _ => Ok(()),
    }
}

/// The field of a form in which a command is told.
pub(super) fn field(command: &Command) -> &'static str {
    match command {
        Command::Receive(_) | Command::Discontinue { .. } => "their_reference",
        Command::Answer { .. } | Command::End { .. } => "at",
        Command::Describe(_) => "name",
        Command::Locate(_) => "place_words",
        Command::Tell { .. } => "narrative",
        Command::Link(_) | Command::Unlink { .. } => "to",
        Command::Attach { .. } => "incident",
        Command::Check { .. } => "checks",
        Command::Code { .. } => "why",
        Command::Recognise(_) => "attempt",
    }
}

pub(super) fn answered(now: Timestamp, arrival: &Arrival, at: Timestamp) -> Result<Fact, Refusal> {
    happened("at", "The answer", at, now)?;
    after("at", "The answer", at, ("the arrival", arrival.arrived_at))?;
    Ok(Fact::Answered { at })
}

pub(super) fn caller(today: Date, channel: Channel, caller: Caller) -> Result<Caller, Refusal> {
    let agency = key("agency", "The agency", codes::agencies(), &caller.agency, today)?;
    let its = codes::agencies().iter().find(|one| one.key == agency);
    if let Some(its) = its.filter(|its| its.kind != channel.as_str()) {
        let sentence = format!(
            "“{}” does not get in touch as “{}”. Choose another agency, or none.",
            its.words,
            channel.words()
        );
        return Err(Refusal::of("agency", sentence));
    }
    let language = key("language", "The language", codes::languages(), &caller.language, today)?;
    Ok(Caller {
        name: private("name", "The name", caller.name)?,
        call_back_on: private("call_back_on", "The number to call back on", caller.call_back_on)?,
        relation: key("relation", "The relation", codes::relations(), &caller.relation, today)?,
        language: if language.is_empty() { "en".to_owned() } else { language },
        needs_interpreter: caller.needs_interpreter,
        agency,
    })
}

pub(super) fn location(location: Location) -> Result<Location, Refusal> {
    let division = location.division.trim().to_uppercase();
    if division.chars().count() > 1 || !division.chars().all(|c| c.is_ascii_uppercase()) {
        let sentence = format!("“{}” is no division. Enter its letter.", short(&location.division));
        return Err(Refusal::of("division", sentence));
    }
    Ok(Location {
        words: private("place_words", "The place", location.words)?,
        place: private("place", "The gazetteer’s place", location.place)?,
        division,
        beat: line("beat", "The beat", &location.beat)?,
        is_rural: location.is_rural,
    })
}

/// What a caller says, as long as it fits.
pub(super) fn narrative(words: &str) -> Result<String, Refusal> {
    required("narrative", "What the caller says", words, codes::limits().narrative_characters)
}

pub(super) fn link(target: Target, link: Link) -> Result<Link, Refusal> {
    match target {
        Target::Itself => Err(Refusal::of("to", "That is this contact itself. Choose an earlier one.")),
        Target::Missing => {
            let sentence = "There is no such contact or incident. Search again and choose one that is shown.";
            Err(Refusal::of("to", sentence))
        }
        Target::Fits => {
            let evidence = link.evidence.iter().map(|one| line("evidence", "The evidence", one));
            let evidence = evidence.collect::<Result<Vec<_>, _>>()?;
            Ok(Link { evidence, ..link })
        }
    }
}

pub(super) fn unlinked(was: &Contact, to: Id, reason: &str) -> Result<Fact, Refusal> {
    if was.links.iter().all(|link| link.to != to) {
        return Err(Refusal::of("to", "It is not linked to that. Look at its links again."));
    }
    let reason = required("reason", "The reason", reason, PARAGRAPH)?;
    Ok(Fact::Unlinked { to, reason: reason.into() })
}

pub(super) fn attached(was: &Contact, incident: Id) -> Result<Fact, Refusal> {
    if was.incident.is_some() {
        let sentence = "It belongs to an incident already. Link the two incidents, or link this contact.";
        return Err(Refusal::of("incident", sentence));
    }
    Ok(Fact::Attached { incident })
}

pub(super) fn checked(today: Date, checks: Vec<String>) -> Result<Fact, Refusal> {
    let mut all: Vec<String> = Vec::new();
    for check in checks {
        let check = key("checks", "The check", codes::closing_checks(), &check, today)?;
        if !check.is_empty() && !all.contains(&check) {
            all.push(check);
        }
    }
    Ok(Fact::Checked { checks: all })
}

pub(super) fn ended(now: Timestamp, was: &Contact, at: Timestamp, outcome: &str) -> Result<Fact, Refusal> {
    happened("at", "The end", at, now)?;
    after("at", "The end", at, ("the arrival", was.arrival.arrived_at))?;
    let start = was.arrival.answered_at.unwrap_or(at);
    after("at", "The end", at, ("the answer", start))?;
    if outcome.trim().is_empty() {
        return Err(Refusal::of("outcome", "What came of it is missing. Choose an outcome."));
    }
    let outcome = key("outcome", "The outcome", codes::contact_outcomes(), outcome, day(now))?;
    let handled_seconds = at.duration_since(start).as_secs().max(0);
    Ok(Fact::Ended(Ended { at, handled_seconds, outcome }))
}
