//! The kinds of referral, the agencies and the words of a referral, as data: `definitions/partners.toml`.
//!
//! An expert may add to them without a compiler. Each has the days on which it may be chosen, and says whether it is a
//! guess.

#![expect(missing_docs, reason = "the file says what its fields are; their names say the rest")]

use std::sync::LazyLock;

use contact::{
    codes::{Code, is_within, once},
    thrive::{
        definition::definition as thrive,
        rules::{Element, Level},
    },
    unit,
};
use jiff::civil::Date;
use serde::Deserialize;

use crate::hours::Span;

static DEFINITIONS: LazyLock<Definitions> = LazyLock::new(|| {
    Definitions::read(include_str!("../../../definitions/partners.toml"))
        .expect("definitions/partners.toml is compiled in, and a test reads it")
});

/// The names of a referral’s own fields: no question may be called so.
const TAKEN: [&str; 17] = [
    "to",
    "agency",
    "kind",
    "division",
    "consent",
    "consent_by",
    "consent_way",
    "legal_basis",
    "reason",
    "age",
    "person",
    "reach",
    "summary",
    "at",
    "words",
    "outcome",
    "by",
];

/// All of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definitions {
    pub version: i64,
    pub limits: Limits,
    pub kind: Vec<Kind>,
    pub agency: Vec<Agency>,
    pub consent_by: Vec<Code>,
    pub consent_way: Vec<Code>,
    pub legal_basis: Vec<Code>,
    pub decline_reason: Vec<Code>,
    pub outcome: Vec<Code>,
    pub bounce_reason: Vec<Code>,
}

/// How long and how much.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    pub link_days: i64,
    pub police_phone: String,
    pub police_ask_for: String,
    /// How long officers stay where no clinician is spoken to from the scene: what hours saved are counted from.
    pub minutes_without_direct_contact: i64,
    /// Which of these no source gives.
    pub guesses: Vec<String>,
}

/// A kind of referral.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "a kind is a list of what it asks for, yes or no")]
pub struct Kind {
    pub key: String,
    pub words: String,
    pub about: String,
    /// The age from which somebody may be referred.
    #[serde(default)]
    pub least_age: Option<i64>,
    #[serde(default)]
    pub needs_consent: bool,
    /// Whether a recorded ground may stand in for a consent that was not given.
    #[serde(default)]
    pub may_override: bool,
    /// Whether the agency has to know who it is and how they are reached.
    #[serde(default)]
    pub needs_person: bool,
    /// Whether it is a call that somebody has to answer at once: the agency has to be open.
    #[serde(default)]
    pub is_live: bool,
    /// How soon the agency has to reply.
    pub reply_hours: i64,
    #[serde(default)]
    pub question: Vec<Question>,
    #[serde(default)]
    pub from: Option<Date>,
    #[serde(default)]
    pub until: Option<Date>,
    #[serde(default)]
    pub guess: bool,
}

/// What a kind of referral asks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub key: String,
    pub asks: String,
    pub form: Form,
    pub stage: Stage,
    #[serde(default)]
    pub is_needed: bool,
    /// The only answer with which it is this kind’s referral; empty where any is.
    #[serde(default)]
    pub must_be: String,
    #[serde(default)]
    pub guess: bool,
}

/// What an answer looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    YesNo,
    Moment,
    Lines,
}

/// When it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Send,
    Finish,
}

/// A partner agency.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    pub key: String,
    pub name: String,
    pub line: String,
    /// Keys of the kinds that it takes.
    pub takes: Vec<String>,
    /// Keys of the vulnerability markers with which it is suggested.
    #[serde(default)]
    pub markers: Vec<String>,
    /// The elements with whose level it is suggested.
    #[serde(default)]
    pub element: Vec<Least>,
    /// The letters of its divisions; none means all.
    #[serde(default)]
    pub divisions: Vec<String>,
    /// Its hours; none means day and night.
    #[serde(default)]
    pub open: Vec<Span>,
    pub phone: String,
    /// How it is reached.
    pub reached: String,
    #[serde(default)]
    pub from: Option<Date>,
    #[serde(default)]
    pub until: Option<Date>,
    #[serde(default)]
    pub guess: bool,
}

/// An element of THRIVE, from a level on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Least {
    pub key: Element,
    pub least: Level,
}

impl Kind {
    /// Whether it may be chosen on `day`.
    pub fn is_valid_on(&self, day: Date) -> bool {
        is_within(self.from, self.until, day)
    }

    /// What it asks at `stage`.
    pub fn questions(&self, stage: Stage) -> impl Iterator<Item = &Question> {
        self.question.iter().filter(move |one| one.stage == stage)
    }

    /// The question of that key.
    pub fn asked(&self, key: &str) -> Option<&Question> {
        self.question.iter().find(|one| one.key == key)
    }
}

impl Agency {
    /// Whether it is there on `day`.
    pub fn is_valid_on(&self, day: Date) -> bool {
        is_within(self.from, self.until, day)
    }

    /// Whether it serves that division; a place that is not known is served.
    pub fn serves(&self, division: &str) -> bool {
        division.is_empty() || self.divisions.is_empty() || self.divisions.iter().any(|one| one == division)
    }

    /// Whether it takes that kind.
    pub fn takes(&self, kind: &str) -> bool {
        self.takes.iter().any(|one| one == kind)
    }
}

impl Definitions {
    /// Reads a file, or says what is wrong with it.
    pub fn read(text: &str) -> Result<Self, String> {
        let read: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        for (what, codes) in read.tables() {
            once(what, codes.iter().map(|one| (one.key.as_str(), one.words.as_str(), one.from, one.until)))?;
        }
        once(
            "kind",
            read.kind.iter().map(|one| (one.key.as_str(), one.words.as_str(), one.from, one.until)),
        )?;
        let agencies = read.agency.iter();
        once("agency", agencies.map(|one| (one.key.as_str(), one.name.as_str(), one.from, one.until)))?;
        read.kind.iter().try_for_each(Kind::check)?;
        read.agency.iter().try_for_each(|agency| agency.check(&read.kind))?;
        let questions: Vec<&str> =
            read.kind.iter().flat_map(|kind| &kind.question).map(|one| one.key.as_str()).collect();
        if let Some(taken) = questions.iter().find(|key| TAKEN.contains(key)) {
            return Err(format!("the question {taken:?} has the name of a field of every referral"));
        }
        let limits = &read.limits;
        if limits.link_days < 1 || limits.minutes_without_direct_contact < 1 || limits.police_phone.is_empty()
        {
            return Err("the limits are not all there".to_owned());
        }
        Ok(read)
    }

    fn tables(&self) -> [(&'static str, &[Code]); 6] {
        [
            ("consent_by", &self.consent_by),
            ("consent_way", &self.consent_way),
            ("legal_basis", &self.legal_basis),
            ("decline_reason", &self.decline_reason),
            ("outcome", &self.outcome),
            ("bounce_reason", &self.bounce_reason),
        ]
    }
}

impl Kind {
    fn check(&self) -> Result<(), String> {
        once("question", self.question.iter().map(|one| (one.key.as_str(), one.asks.as_str(), None, None)))?;
        if self.reply_hours < 1 {
            return Err(format!("the kind {:?} has no hours to reply", self.key));
        }
        if self.may_override && !self.needs_consent {
            return Err(format!("the kind {:?} may override a consent that it does not need", self.key));
        }
        let fits = |one: &Question| {
            one.must_be.is_empty() || one.form == Form::YesNo && matches!(one.must_be.as_str(), "yes" | "no")
        };
        match self.question.iter().find(|one| !fits(one)) {
            Some(odd) => Err(format!("the question {:?} can never be answered as it must be", odd.key)),
            None => Ok(()),
        }
    }
}

impl Agency {
    fn check(&self, kinds: &[Kind]) -> Result<(), String> {
        let key = &self.key;
        if self.takes.is_empty() || self.phone.is_empty() || self.reached.is_empty() {
            return Err(format!("the agency {key:?} takes nothing or cannot be reached"));
        }
        if let Some(stray) = self.takes.iter().find(|take| !kinds.iter().any(|kind| kind.key == **take)) {
            return Err(format!("the agency {key:?} takes {stray:?}, which is no kind of referral"));
        }
        if let Some(stray) = self.markers.iter().find(|one| !thrive().marker.iter().any(|it| it.key == **one))
        {
            return Err(format!("the agency {key:?} names {stray:?}, which is no vulnerability marker"));
        }
        let is_letter = |letter: &String| unit::all().iter().any(|one| one.letter == *letter);
        if let Some(stray) = self.divisions.iter().find(|letter| letter.is_empty() || !is_letter(letter)) {
            return Err(format!("the agency {key:?} serves {stray:?}, which is no division"));
        }
        match self.open.iter().find(|span| span.days.is_empty()) {
            Some(_) => Err(format!("the agency {key:?} has hours on no day")),
            None => Ok(()),
        }
    }
}

/// What is in force.
pub fn definitions() -> &'static Definitions {
    &DEFINITIONS
}

/// How long and how much.
pub fn limits() -> &'static Limits {
    &DEFINITIONS.limits
}

/// The agency of that key, whether it is still there or not.
pub fn agency(key: &str) -> Option<&'static Agency> {
    DEFINITIONS.agency.iter().find(|one| one.key == key)
}

/// The name of an agency; its key, should the file have lost it.
pub fn agency_name(key: &str) -> &str {
    agency(key).map_or(key, |one| one.name.as_str())
}

/// The kind of that key.
pub fn kind(key: &str) -> Option<&'static Kind> {
    DEFINITIONS.kind.iter().find(|one| one.key == key)
}

/// The words of a kind; its key, should the file have lost it.
pub fn kind_words(key: &str) -> &str {
    kind(key).map_or(key, |one| one.words.as_str())
}
