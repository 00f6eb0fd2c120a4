//! What is asked of each type of crime, the lines of enquiry and the words of a report, as data: `definitions/crime.toml`.
//!
//! A question set is that of the file’s version: a report keeps the version it was made with, and a question or a code
//! that is used no more keeps its key, so that every report can be read for ever.

#![expect(missing_docs, reason = "the file says what its fields are; their names say the rest")]

use std::sync::LazyLock;

use contact::codes::{Code, is_within, once};
use jiff::civil::Date;
use serde::Deserialize;

static DEFINITIONS: LazyLock<Definitions> = LazyLock::new(|| {
    Definitions::read(include_str!("../../../definitions/crime.toml"))
        .expect("definitions/crime.toml is compiled in, and a test reads it")
});

/// The names of a report’s own fields: no question may be called so.
const TAKEN: [&str; 18] = [
    "crime_type",
    "counts",
    "happened_from",
    "happened_until",
    "account",
    "persons",
    "others",
    "property",
    "ending",
    "filing_reason",
    "told_way",
    "told_at",
    "override_reason",
    "words",
    "reason",
    "unit",
    "incident",
    "number",
];

/// All of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definitions {
    pub version: i64,
    pub limits: Limits,
    pub harmed: Harmed,
    pub line_of_enquiry: Vec<Considered>,
    pub digital: Vec<Considered>,
    pub crime_type: Vec<CrimeType>,
    pub filing_reason: Vec<Code>,
    pub told_way: Vec<Code>,
    pub return_reason: Vec<Code>,
}

/// How much of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    pub most_counts: i64,
    pub most_rows: usize,
    pub most_pounds: i64,
    pub most_retail_rows: usize,
    /// What was opened again within so many days was not dealt with entirely by the resolution team.
    pub entirely_days: i64,
    /// Which of these no source gives.
    pub guesses: Vec<String>,
}

/// Which roles of an incident are those of whom a crime was done to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Harmed {
    pub roles: Vec<String>,
    #[serde(default)]
    pub guess: bool,
}

/// A line of enquiry, or a kind of digital evidence.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Considered {
    pub key: String,
    pub words: String,
    #[serde(default)]
    pub from: Option<Date>,
    #[serde(default)]
    pub until: Option<Date>,
    #[serde(default)]
    pub guess: bool,
    /// The name of its field in a form, and of the field for the words beside it.
    #[serde(skip)]
    pub field: String,
    #[serde(skip)]
    pub field_words: String,
}

/// A type of crime with its question set.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrimeType {
    pub key: String,
    pub words: String,
    /// Keys of the lines of enquiry that are considered.
    pub lines: Vec<String>,
    /// Keys of the digital evidence that is asked about.
    pub digital: Vec<String>,
    #[serde(default)]
    pub question: Vec<Question>,
    #[serde(default)]
    pub from: Option<Date>,
    #[serde(default)]
    pub until: Option<Date>,
    #[serde(default)]
    pub guess: bool,
}

/// What is asked of a type of crime.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub key: String,
    pub asks: String,
    pub form: Form,
    #[serde(default)]
    pub is_needed: bool,
    #[serde(default)]
    pub from: Option<Date>,
    #[serde(default)]
    pub until: Option<Date>,
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

impl CrimeType {
    /// Whether it may be chosen on `day`.
    pub fn is_valid_on(&self, day: Date) -> bool {
        is_within(self.from, self.until, day)
    }

    /// What is asked of it on `day`.
    pub fn questions(&self, day: Date) -> impl Iterator<Item = &Question> {
        self.question.iter().filter(move |one| is_within(one.from, one.until, day))
    }

    /// The question of that key, asked or no more.
    pub fn asked(&self, key: &str) -> Option<&Question> {
        self.question.iter().find(|one| one.key == key)
    }

    /// The lines of enquiry that are considered on `day`.
    pub fn enquiries(&self, day: Date) -> impl Iterator<Item = &'static Considered> {
        of_keys(&definitions().line_of_enquiry, &self.lines, day)
    }

    /// The digital evidence that is asked about on `day`.
    pub fn evidence(&self, day: Date) -> impl Iterator<Item = &'static Considered> {
        of_keys(&definitions().digital, &self.digital, day)
    }
}

fn of_keys<'a>(
    all: &'static [Considered],
    keys: &'a [String],
    day: Date,
) -> impl Iterator<Item = &'static Considered> + use<'a> {
    keys.iter()
        .filter_map(|key| all.iter().find(|one| one.key == *key))
        .filter(move |one| is_within(one.from, one.until, day))
}

impl Definitions {
    /// Reads a file, or says what is wrong with it.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut read: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        for (what, codes) in [
            ("filing_reason", &read.filing_reason),
            ("told_way", &read.told_way),
            ("return_reason", &read.return_reason),
        ] {
            once(what, codes.iter().map(|one| (one.key.as_str(), one.words.as_str(), one.from, one.until)))?;
        }
        for (what, all) in [("line of enquiry", &read.line_of_enquiry), ("digital evidence", &read.digital)] {
            once(what, all.iter().map(|one| (one.key.as_str(), one.words.as_str(), one.from, one.until)))?;
        }
        let types = read.crime_type.iter();
        once("crime type", types.map(|one| (one.key.as_str(), one.words.as_str(), one.from, one.until)))?;
        let questions = read.crime_type.iter().flat_map(|one| &one.question);
        once("question", questions.map(|one| (one.key.as_str(), one.asks.as_str(), one.from, one.until)))?;
        read.crime_type.iter().try_for_each(|one| read.check(one))?;
        let stray =
            read.harmed.roles.iter().find(|key| !incident::codes::roles().iter().any(|r| r.key == **key));
        if let Some(stray) = stray {
            return Err(format!("{stray:?} is no role of a person of an incident"));
        }
        let limits = &read.limits;
        if read.harmed.roles.is_empty()
            || limits.most_counts < 1
            || limits.most_rows < 1
            || limits.most_pounds < 1
            || limits.most_retail_rows < 1
            || limits.entirely_days < 1
        {
            return Err("the limits are not all there".to_owned());
        }
        name_fields(&mut read.line_of_enquiry, "line");
        name_fields(&mut read.digital, "digital");
        Ok(read)
    }

    fn check(&self, one: &CrimeType) -> Result<(), String> {
        let key = &one.key;
        if one.lines.is_empty() {
            return Err(format!("the crime type {key:?} has no line of enquiry to consider"));
        }
        if let Some(stray) =
            one.lines.iter().find(|line| !self.line_of_enquiry.iter().any(|it| it.key == **line))
        {
            return Err(format!("the crime type {key:?} names {stray:?}, which is no line of enquiry"));
        }
        if let Some(stray) = one.digital.iter().find(|item| !self.digital.iter().any(|it| it.key == **item)) {
            return Err(format!("the crime type {key:?} names {stray:?}, which is no digital evidence"));
        }
        let is_taken =
            |key: &str| TAKEN.contains(&key) || key.starts_with("line_") || key.starts_with("digital_");
        match one.question.iter().find(|question| is_taken(&question.key)) {
            Some(taken) => {
                Err(format!("the question {:?} has the name of a field of every report", taken.key))
            }
            None => Ok(()),
        }
    }
}

fn name_fields(all: &mut [Considered], prefix: &str) {
    for one in all {
        one.field = format!("{prefix}_{}", one.key);
        one.field_words = format!("{prefix}_{}_words", one.key);
    }
}

/// What is in force.
pub fn definitions() -> &'static Definitions {
    &DEFINITIONS
}

/// How much of it.
pub fn limits() -> &'static Limits {
    &DEFINITIONS.limits
}

/// The crime type of that key, whether it may still be chosen or not.
pub fn crime_type(key: &str) -> Option<&'static CrimeType> {
    DEFINITIONS.crime_type.iter().find(|one| one.key == key)
}

/// The words of a crime type; its key, should the file have lost it.
pub fn crime_words(key: &str) -> &str {
    crime_type(key).map_or(key, |one| one.words.as_str())
}

/// The words of a line of enquiry; its key, should the file have lost it.
pub fn enquiry_words(key: &str) -> &str {
    words_of(&DEFINITIONS.line_of_enquiry, key)
}

/// The words of a kind of digital evidence; its key, should the file have lost it.
pub fn digital_words(key: &str) -> &str {
    words_of(&DEFINITIONS.digital, key)
}

fn words_of<'a>(all: &'static [Considered], key: &'a str) -> &'a str {
    all.iter().find(|one| one.key == key).map_or(key, |one| one.words.as_str())
}
