//! The numbered rules of `definitions/grades.toml`, as an expert wrote them.

use std::{collections::BTreeSet, sync::LazyLock};

use serde::Deserialize;

use super::words;
use crate::{
    codes,
    contact::rules::Channel,
    grade::Grade,
    thrive::{
        definition::definition as thrive,
        rules::{Element, Level},
    },
};

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    Rules::read(include_str!("../../../../definitions/grades.toml"))
        .expect("definitions/grades.toml is compiled in, and a test reads it")
});

/// The rules.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// The version: every suggestion names it.
    pub version: i64,
    /// The rules, by their numbers.
    pub rule: Vec<Rule>,
}

/// One rule: it matches when all of its conditions hold.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its number, by which a page names it.
    pub number: i64,
    /// The grade it suggests.
    pub grade: Grade,
    /// Why, as the advisor reads it.
    pub because: String,
    /// The conditions.
    pub all: Vec<Condition>,
    /// What to ask where only one condition is missing and it would suggest a graver grade.
    #[serde(default)]
    pub ask: String,
    /// Whether no source gives it.
    #[serde(default)]
    pub guess: bool,
}

/// One condition. More danger never makes one false: so a suggestion never falls when danger is added.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub enum Condition {
    /// An element was considered and its level is at least this.
    Element {
        /// Which.
        key: Element,
        /// At least this level.
        at_least: Level,
    },
    /// One of these vulnerability markers applies.
    Marker(Vec<String>),
    /// A vulnerability was identified, by its level or by a marker.
    Vulnerable(True),
    /// One of these qualifiers applies.
    Qualifier(Vec<String>),
    /// It came by one of these channels.
    Channel(Vec<Channel>),
    /// One of these words is in what the caller says. A word ending in a hyphen is the beginning of words.
    Words(Vec<String>),
    /// At least so many earlier contacts about the same people or place in 28 days.
    Repeats(usize),
    /// Not all six elements were considered yet.
    Incomplete(True),
}

/// `true`: a condition that is only ever asked for, never for its opposite, which danger could make false.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "bool")]
pub struct True;

impl TryFrom<bool> for True {
    type Error = &'static str;

    fn try_from(is: bool) -> Result<Self, Self::Error> {
        if is {
            Ok(Self)
        } else {
            Err("only true can be asked for: danger must never make a condition false")
        }
    }
}

impl Rules {
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let mut read: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        for (index, rule) in read.rule.iter().enumerate() {
            if read.rule[..index].iter().any(|other| other.number == rule.number) {
                return Err(format!("rule {} is there twice", rule.number));
            }
            if rule.because.is_empty() {
                return Err(format!("rule {} gives no reason", rule.number));
            }
            rule.all.iter().try_for_each(|condition| {
                check(condition).map_err(|what| format!("rule {}: {what}", rule.number))
            })?;
        }
        let always = |rule: &Rule| rule.all.is_empty() && rule.grade == Grade::OtherResolution;
        if !read.rule.iter().any(always) {
            return Err("no rule suggests the lowest grade where nothing else matches".to_owned());
        }
        read.rule.sort_by_key(|rule| (std::cmp::Reverse(rule.grade), rule.number));
        Ok(read)
    }
}

fn check(condition: &Condition) -> Result<(), String> {
    match condition {
        Condition::Marker(keys) => {
            match keys.iter().find(|key| !thrive().marker.iter().any(|one| one.key == **key)) {
                Some(stray) => Err(format!("the marker {stray:?} is not in definitions/thrive.toml")),
                None if keys.is_empty() => Err("no marker is named".to_owned()),
                None => Ok(()),
            }
        }
        Condition::Element { at_least: Level::NoneIdentified, .. } => {
            Err("a condition on an element asks for at least a low level".to_owned())
        }
        Condition::Words(all) => match all.iter().find(|word| !words::is_plain(word)) {
            Some(stray) => Err(format!("{stray:?} is not in lower case letters")),
            None if all.is_empty() => Err("no word is named".to_owned()),
            None => Ok(()),
        },
        Condition::Channel(channels) => {
            match channels.iter().find(|one| codes::words(codes::channels(), one.as_str()).is_empty()) {
                Some(stray) => Err(format!("{stray:?} has no words")),
                None => Ok(()),
            }
        }
        Condition::Repeats(0) => Err("at least no earlier contact is always so".to_owned()),
        _ => Ok(()),
    }
}

/// The rules in force, the gravest first.
pub fn rules() -> &'static Rules {
    &RULES
}

/// The keys of the qualifiers that the rules name: `definitions/incident.toml` has to have each of them.
pub fn qualifiers() -> BTreeSet<&'static str> {
    let conditions = RULES.rule.iter().flat_map(|rule| &rule.all);
    let named =
        conditions.filter_map(|one| if let Condition::Qualifier(keys) = one { Some(keys) } else { None });
    named.flatten().map(String::as_str).collect()
}
