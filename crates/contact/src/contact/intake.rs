//! What comes in about a new contact, from telephony, a web form or by hand, read into what happens to it. Pure.
//!
//! The fields are described in `crates/contact/API.md`. A field that is not known is refused by its name, because a
//! misspelt moment that is silently left out would be a lie about how long somebody waited.

use jiff::{
    Timestamp,
    civil::{DateTime, Time},
};
use journal::{Private, Refusal};
use serde_json::Value;
use web::Typed;

use super::rules::{self, Arrival, Caller, Channel, Command, Contact, Fact, Known, Location, Target};

/// What is done, for the journal; by it the facts of the intake are told from later ones.
pub const TASK: &str = "Receive a contact";

/// Every field that is read. `opened_at` and `idempotency_key` are the form's own.
const FIELDS: [&str; 23] = [
    "channel",
    "option",
    "line",
    "number",
    "arrived_at",
    "answered_at",
    "their_reference",
    "ended_at",
    "ended_by",
    "name",
    "call_back_on",
    "relation",
    "language",
    "needs_interpreter",
    "agency",
    "place_words",
    "place",
    "division",
    "beat",
    "is_rural",
    "narrative",
    "opened_at",
    "idempotency_key",
];

/// What happens to a new contact, in order; the first brings it in.
pub fn read(typed: &Typed, key: &str, now: Timestamp) -> Result<Vec<Command>, Refusal> {
    if let Some(stray) = typed.0.keys().find(|name| !FIELDS.contains(&name.as_str())) {
        let name: String = stray.chars().take(40).collect();
        let sentence =
            format!("There is no field “{name}”. Correct its name; crates/contact/API.md has them all.");
        return Err(Refusal::of(name, sentence));
    }
    let mut commands = vec![begin(typed, key, now)?];
    let blank = |names: &[&str]| names.iter().all(|name| typed.get(name).trim().is_empty());
    let text = |name: &str| typed.get(name).to_owned();
    if !blank(&["name", "call_back_on", "relation", "language", "needs_interpreter", "agency"]) {
        commands.push(Command::Describe(Caller {
            name: text("name").into(),
            call_back_on: text("call_back_on").into(),
            relation: text("relation"),
            language: text("language"),
            needs_interpreter: yes("needs_interpreter", typed)?.unwrap_or(false),
            agency: text("agency"),
        }));
    }
    if !blank(&["place_words", "place", "division", "beat", "is_rural"]) {
        commands.push(Command::Locate(Location {
            words: text("place_words").into(),
            place: text("place").into(),
            division: text("division"),
            beat: text("beat"),
            is_rural: yes("is_rural", typed)?,
        }));
    }
    if !blank(&["narrative"]) {
        commands.push(Command::Tell { words: text("narrative") });
    }
    Ok(commands)
}

fn begin(typed: &Typed, key: &str, now: Timestamp) -> Result<Command, Refusal> {
    let Some(channel) = Channel::of(typed.get("channel").trim()) else {
        let may: Vec<&str> = Channel::ALL.map(Channel::as_str).to_vec();
        return Err(Refusal::of(
            "channel",
            format!("The channel is missing or not known. Choose one of: {}.", may.join(", ")),
        ));
    };
    let opened_at = moment("opened_at", "The opening of the form", typed, now)?;
    let Some(arrived_at) = moment("arrived_at", "The arrival", typed, now)?.or(opened_at) else {
        return Err(Refusal::of("arrived_at", "The arrival is missing. Say when it began to wait."));
    };
    let ended_by = typed.get("ended_by").trim().to_owned();
    let ended_at = moment("ended_at", "The end", typed, now)?;
    let answered_at = moment("answered_at", "The answer", typed, now)?;
    let theirs = typed.get("their_reference").trim();
    let arrival = Arrival {
        channel,
        option: typed.get("option").to_owned(),
        line: typed.get("line").to_owned(),
        number: Private::Known(typed.get("number").to_owned()),
        arrived_at,
        // By hand it is being answered as the form is opened.
        answered_at: if ended_by.is_empty() { answered_at.or(opened_at) } else { answered_at },
        their_reference: match (theirs, key) {
            ("", "") => String::new(),
            ("", key) => format!("key {key}"),
            (theirs, _) => theirs.to_owned(),
        },
    };
    match (ended_by.is_empty(), ended_at) {
        (true, None) => Ok(Command::Receive(arrival)),
        (false, Some(at)) => Ok(Command::Discontinue { arrival, at, ended_by }),
        (false, None) => Err(Refusal::of("ended_at", "When it was given up is missing. Say when.")),
        (true, Some(_)) => {
            let sentence = "How it was given up is missing. Say who or what ended it, or leave the end out.";
            Err(Refusal::of("ended_by", sentence))
        }
    }
}

/// What `commands` mean for a new contact, or why not: nothing is recorded of what is refused in part.
pub fn decided(now: Timestamp, commands: Vec<Command>) -> Result<Vec<(Command, Fact)>, Refusal> {
    let known = Known { now, target: Target::Fits };
    let mut decided = Vec::new();
    let mut contact: Option<Contact> = None;
    for command in commands {
        if contact.as_ref().is_some_and(|contact| !contact.is_attempt && !rules::changes(contact, &command)) {
            continue; // an empty description says nothing
        }
        let fact = rules::decide(&known, contact.as_ref(), command.clone())?;
        contact = Some(rules::apply(contact, &fact));
        decided.push((command, fact));
    }
    Ok(decided)
}

/// Whether what was recorded is what is sent again. What was erased since counts as the same.
pub fn is_same(recorded: &[Fact], sent: &[Fact]) -> bool {
    let values = |facts: &[Fact]| serde_json::to_value(facts).ok();
    values(recorded).zip(values(sent)).is_some_and(|(recorded, sent)| fits(&recorded, &sent))
}

fn fits(recorded: &Value, sent: &Value) -> bool {
    match (recorded, sent) {
        (Value::Object(was), Value::Object(_)) if was.get("$private").is_some_and(Value::is_null) => true,
        (Value::Object(was), Value::Object(is)) => {
            was.len() == is.len()
                && was.iter().all(|(name, was)| is.get(name).is_some_and(|is| fits(was, is)))
        }
        (Value::Array(was), Value::Array(is)) => {
            was.len() == is.len() && was.iter().zip(is).all(|(was, is)| fits(was, is))
        }
        _ => recorded == sent,
    }
}

/// A moment as a program or a person writes it: with its offset; or Scottish local time, with a day or today.
fn moment(
    field: &'static str,
    what: &str,
    typed: &Typed,
    now: Timestamp,
) -> Result<Option<Timestamp>, Refusal> {
    let text = typed.get(field).trim();
    if text.is_empty() {
        return Ok(None);
    }
    let local = |at: DateTime| at.to_zoned(journal::scotland()).ok().map(|at| at.timestamp());
    let today = journal::day_of(now);
    let read = text.parse().ok();
    let read = read.or_else(|| text.parse::<DateTime>().ok().filter(|_| text.contains(':')).and_then(local));
    let read = read.or_else(|| text.parse::<Time>().ok().and_then(|time| local(today.to_datetime(time))));
    if read.is_some() {
        return Ok(read);
    }
    let text: String = text.chars().take(40).collect();
    let sentence = format!(
        "{what} “{text}” is not a moment. Write it as 2026-11-21T20:10:25Z, as 2026-11-21 20:10, or as 20:10 for today."
    );
    Err(Refusal::of(field, sentence))
}

fn yes(field: &'static str, typed: &Typed) -> Result<Option<bool>, Refusal> {
    match typed.get(field).trim().to_lowercase().as_str() {
        "" => Ok(None),
        "true" | "yes" => Ok(Some(true)),
        "false" | "no" => Ok(Some(false)),
        _ => Err(Refusal::of(field, "That is neither yes nor no. Say true or false, or leave it out.")),
    }
}
