//! How somebody wants to be reached, and how they must not be: the one gate of every outward path. Pure.
//!
//! HMICS Domestic Abuse 2023 R11: preferred and safe ways of contact. A letter, text or call that reaches the
//! wrong eyes can cost a life, so nothing goes out but through [`super::gate`].

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use jiff::civil::{Date, Time};
use journal::{
    Private, Refusal,
    words::{LINE, PARAGRAPH, optional},
};
use serde::{Deserialize, Serialize};

use crate::codes;

/// A way to reach somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    Call,
    Text,
    Voicemail,
    Email,
    Letter,
    Visit,
    /// Anything shown to others: a calendar entry, a page somebody else may see.
    Shown,
}

impl Way {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 7] =
        [Self::Call, Self::Text, Self::Voicemail, Self::Email, Self::Letter, Self::Visit, Self::Shown];

    /// As an address, a row and a file have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Text => "text",
            Self::Voicemail => "voicemail",
            Self::Email => "email",
            Self::Letter => "letter",
            Self::Visit => "visit",
            Self::Shown => "shown",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Call => "Call",
            Self::Text => "Text",
            Self::Voicemail => "Voicemail",
            Self::Email => "Email",
            Self::Letter => "Letter",
            Self::Visit => "Visit",
            Self::Shown => "Anything others may see",
        }
    }

    /// The way that [`Self::as_str`] names.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == key)
    }
}

/// Never by this way: to this number or address only, or to any; in these hours only, or at any time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsafe {
    pub way: Way,
    /// A number in E.164 or an address; nothing means every one.
    pub to: Option<Private<String>>,
    /// From and until, Scottish local time; nothing means always. From later than until goes over midnight.
    pub hours: Option<(Time, Time)>,
    pub why: Private<String>,
}

/// What somebody said of how to reach them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preference {
    /// The ways they prefer, the first first.
    pub preferred: Vec<Way>,
    pub unsafe_ways: Vec<Unsafe>,
    /// The hours in which they may be reached; nothing means any.
    pub safe_hours: Option<(Time, Time)>,
    /// Wants the interviewing officer to be: "woman", "man", "no_preference"; empty where it was not asked
    /// (Victims and Witnesses (Scotland) Act 2014 s.8).
    pub interviewer: String,
}

/// What happened. The subject is a contact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    Given(Preference),
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "preference";
}

/// What somebody wants to say of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// How they want to be reached, whole: it takes the place of what was said in this contact before.
    Give(Preference),
}

/// What else the rule knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Today, in Scotland.
    pub today: Date,
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Preference>, command: Command) -> Result<Fact, Refusal> {
    let Command::Give(given) = command;
    let mut given = given;
    for (index, way) in given.preferred.iter().enumerate() {
        if given.preferred[..index].contains(way) {
            return Err(Refusal::of(
                "preferred",
                format!("{} is preferred twice. Leave one out.", way.words()),
            ));
        }
    }
    given.unsafe_ways = given.unsafe_ways.into_iter().map(read_unsafe).collect::<Result<_, _>>()?;
    for (index, one) in given.unsafe_ways.iter().enumerate() {
        if given.unsafe_ways[..index]
            .iter()
            .any(|other| (other.way, &other.to, other.hours) == (one.way, &one.to, one.hours))
        {
            let sentence = format!("{} is said to be unsafe twice alike. Leave one out.", one.way.words());
            return Err(Refusal::of("unsafe_ways", sentence));
        }
    }
    let never = |way: &&Way| {
        given.unsafe_ways.iter().any(|one| one.way == **way && one.to.is_none() && one.hours.is_none())
    };
    if let Some(way) = given.preferred.iter().find(never) {
        let sentence = format!("{} is preferred and never safe. Take one of the two back.", way.words());
        return Err(Refusal::of("preferred", sentence));
    }
    whole("safe_hours", given.safe_hours)?;
    given.interviewer = given.interviewer.trim().to_owned();
    if !given.interviewer.is_empty() && !codes::known(codes::interviewers(), &given.interviewer, known.today)
    {
        let sentence = "Choose a woman, a man or no preference; leave it empty where it was not asked.";
        return Err(Refusal::of("interviewer", sentence));
    }
    if was == Some(&given) {
        return Err(Refusal::of("preferred", "That is said already. Change what is different."));
    }
    Ok(Fact::Given(given))
}

fn read_unsafe(one: Unsafe) -> Result<Unsafe, Refusal> {
    whole("unsafe_hours", one.hours)?;
    let text = |field, what, text: Private<String>, most| match text {
        Private::Known(text) => optional(field, what, &text, most).map(Private::Known),
        Private::Erased => Ok(Private::Erased),
    };
    let to = one.to.map(|to| text("unsafe_to", "The number or address", to, LINE)).transpose()?;
    Ok(Unsafe {
        // An empty number or address is none: it means every one, never nothing.
        to: to.filter(|to| to.known().is_none_or(|to| !to.is_empty())),
        why: text("unsafe_why", "Why it is unsafe", one.why, PARAGRAPH)?,
        ..one
    })
}

fn whole(field: &'static str, hours: Option<(Time, Time)>) -> Result<(), Refusal> {
    match hours {
        Some((from, until)) if from == until => {
            let sentence = format!(
                "The hours begin and end at {}. Enter two times, or none for the whole day.",
                from.strftime("%H:%M")
            );
            Err(Refusal::of(field, sentence))
        }
        _ => Ok(()),
    }
}

/// What it is after `fact`: what was said last takes the place of what was said before.
pub fn apply(_was: Option<Preference>, fact: &Fact) -> Preference {
    let Fact::Given(given) = fact;
    given.clone()
}
