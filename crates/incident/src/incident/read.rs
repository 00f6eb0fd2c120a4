//! Kind, place, persons and keys as somebody gives them: valid on the day, and what was there before may stay. Of what
//! is opened as Immediate, what cannot be meant is left out and owed: it holds up nobody. Pure.

use contact::{codes as code, contact::rules::Location};
use journal::{
    Private, Refusal,
    words::{LINE, optional, required},
};

use super::rules::{Kind, Person};
use crate::{
    codes,
    standing::Known,
    unit,
    words::{first_of, shown},
};

pub(super) fn read_kind(
    known: &Known,
    kind: &Kind,
    was: Option<&Kind>,
    is_immediate: bool,
) -> Result<Kind, Refusal> {
    let day = codes::day_of(known.now);
    let mut key = kind.incident_type.trim();
    let kept = !key.is_empty() && was.is_some_and(|was| was.incident_type == key);
    let is_known = kept || code::known(codes::types(), key, day);
    match (is_known, is_immediate) {
        (true, _) => {}
        (false, true) => key = "",
        (false, false) if key.is_empty() => {
            return Err(Refusal::of("incident_type", "The type is missing. Choose one."));
        }
        (false, false) => {
            let sentence = format!("“{key}” is not a type that may be chosen today. Choose one of the list.");
            return Err(Refusal::of("incident_type", sentence));
        }
    }
    let mut qualifiers = kind.qualifiers.clone();
    if is_immediate {
        qualifiers.retain(|key| code::known(codes::qualifiers(), key.trim(), day));
    }
    let had = was.map_or(&[][..], |was| &was.qualifiers);
    let qualifiers = read_keys(known, "qualifiers", "qualifier", codes::qualifiers(), &qualifiers, had)?;
    Ok(Kind { incident_type: key.to_owned(), qualifiers })
}

/// Keys of a table, each once, sorted; one that was there before may stay after its last day.
pub(super) fn read_keys(
    known: &Known,
    field: &'static str,
    what: &str,
    table: &[code::Code],
    keys: &[String],
    had: &[String],
) -> Result<Vec<String>, Refusal> {
    let day = codes::day_of(known.now);
    let mut read: Vec<String> =
        keys.iter().map(|key| key.trim().to_owned()).filter(|key| !key.is_empty()).collect();
    read.sort();
    read.dedup();
    match read.iter().find(|key| !had.contains(key) && !code::known(table, key, day)) {
        None => Ok(read),
        Some(stray) => Err(Refusal::of(
            field,
            format!("“{stray}” is not a {what} that may be chosen today. Choose from the list."),
        )),
    }
}

pub(super) fn read_location(
    known: &Known,
    mut location: Location,
    is_immediate: bool,
) -> Result<Location, Refusal> {
    let words = location.words.known().map_or("", String::as_str);
    let words = if is_immediate {
        first_of(&shown(words), LINE)
    } else {
        required("location", "The place", words, LINE)?
    };
    location.division = location.division.trim().to_uppercase();
    let today = codes::day_of(known.now);
    // A gazetteer may be older than a merger: a place of it that is of a division that is no more is of what that became. What
    // somebody typed is asked for again.
    let is_of_the_gazetteer = location.place.known().is_some_and(|place| !place.is_empty());
    if is_of_the_gazetteer
        && let Some(became) = unit::Organisation::published().became(&location.division, today)
    {
        location.division.clone_from(&became.letter);
    }
    let is_known = unit::division(&location.division, today).is_some();
    if !location.division.is_empty() && !is_known {
        if !is_immediate {
            let sentence = format!(
                "“{}” is not a division’s letter today. Choose a division, or leave it empty.",
                location.division
            );
            return Err(Refusal::of("division", sentence));
        }
        location.division = String::new();
    }
    location.beat = if is_immediate {
        first_of(&shown(&location.beat), LINE)
    } else {
        optional("beat", "The beat", &location.beat, LINE)?
    };
    location.words = words.into();
    Ok(location)
}

pub(super) fn read_person(known: &Known, person: &Person, was: Option<&Person>) -> Result<Person, Refusal> {
    let line = |field, what, words: &Private<String>| {
        optional(field, what, words.known().map_or("", String::as_str), LINE).map(Private::from)
    };
    let role = person.role.trim();
    let kept = was.is_some_and(|was| was.role == role);
    if !kept && !code::known(codes::roles(), role, codes::day_of(known.now)) {
        let sentence =
            format!("“{role}” is not what a person can be to an incident today. Choose one of the list.");
        return Err(Refusal::of("role", sentence));
    }
    Ok(Person {
        name: line("name", "The name", &person.name)?,
        born: line("born", "The date of birth or age", &person.born)?,
        number: line("number", "The number", &person.number)?,
        role: role.to_owned(),
    })
}
