//! The THRIVE assessment: six elements, each considered. Pure.
//!
//! Police Scotland's wording of the elements is in `definitions/thrive.toml`; HMICS Domestic Abuse 2023 R4 asks for
//! assessments "that include all six components".

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use std::collections::BTreeMap;

use jiff::civil::Date;
use journal::{
    Private, Refusal,
    words::{PARAGRAPH, optional, required},
};
use serde::{Deserialize, Serialize};

use super::definition::{self, definition};
use crate::codes;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Element {
    Threat,
    Harm,
    Risk,
    Investigation,
    Vulnerability,
    Engagement,
}

impl Element {
    /// All six, in the order of the word.
    pub const ALL: [Self; 6] =
        [Self::Threat, Self::Harm, Self::Risk, Self::Investigation, Self::Vulnerability, Self::Engagement];

    /// As an address, a row and a file have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Threat => "threat",
            Self::Harm => "harm",
            Self::Risk => "risk",
            Self::Investigation => "investigation",
            Self::Vulnerability => "vulnerability",
            Self::Engagement => "engagement",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        definition::wording(self).name.as_str()
    }

    /// The element that [`Self::as_str`] names.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == key)
    }
}

/// How much of it. "None identified" is an answer: it was considered. Blank is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    NoneIdentified,
    Low,
    Medium,
    High,
}

impl Level {
    /// All of them, the least first.
    pub const ALL: [Self; 4] = [Self::NoneIdentified, Self::Low, Self::Medium, Self::High];

    /// As an address, a row and a file have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoneIdentified => "none_identified",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::NoneIdentified => "Considered, none identified",
            Self::Low => "Low",
            Self::Medium => "Medium",
            Self::High => "High",
        }
    }

    /// The level that [`Self::as_str`] names.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == key)
    }
}

/// One element as it was considered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Considered {
    pub level: Level,
    /// Why; may be empty only for [`Level::NoneIdentified`].
    pub narrative: Private<String>,
}

/// One assessment, whole: a later one replaces it and never changes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// Only what was considered is in it.
    pub elements: BTreeMap<Element, Considered>,
    /// Keys of the vulnerability markers of `definitions/thrive.toml`.
    pub markers: Vec<String>,
    /// Whether the ambulance service asks for police for want of its own resources.
    pub for_want_of_ambulance: bool,
    /// Asked of the ambulance service where it asks for police for want of its own resources (CAM 2022 R5, action
    /// 5.4): whether it has made a clinical assessment; nothing where that was not so.
    pub clinical_assessment_made: Option<bool>,
    /// The version of `definitions/thrive.toml` it was made with.
    pub definition: i64,
    /// What changed, for a re-THRIVE; empty for the first, and for going on with one that was not complete.
    pub change: Private<String>,
}

impl Default for Assessment {
    /// One in which nothing was considered yet.
    fn default() -> Self {
        Self {
            elements: BTreeMap::new(),
            markers: Vec::new(),
            for_want_of_ambulance: false,
            clinical_assessment_made: None,
            definition: definition().version,
            change: String::new().into(),
        }
    }
}

impl Assessment {
    /// How many of the six were considered: 6 is complete.
    pub fn considered(&self) -> usize {
        self.elements.len()
    }

    /// Whether all six were considered, and, where the ambulance service asked, its own assessment is known.
    pub fn is_complete(&self) -> bool {
        self.considered() == Element::ALL.len()
            && (!self.for_want_of_ambulance || self.clinical_assessment_made.is_some())
    }

    /// The level of an element; nothing where it was not considered.
    pub fn level(&self, element: Element) -> Option<Level> {
        self.elements.get(&element).map(|one| one.level)
    }

    /// Whether a vulnerability was identified: by its level or by a marker.
    pub fn is_vulnerable(&self) -> bool {
        self.level(Element::Vulnerability).is_some_and(|level| level > Level::NoneIdentified)
            || !self.markers.is_empty()
    }
}

/// The assessments of one contact or incident: the latest, and how many there were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thrive {
    pub latest: Assessment,
    pub versions: i64,
}

/// What happened. The subject is a contact or an incident: one noun for both.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    Assessed(Assessment),
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "thrive";
}

/// What somebody wants to say of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// An assessment, whole. Its `definition` is set to the version in force.
    Assess(Assessment),
}

/// What else the rule knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Today, in Scotland.
    pub today: Date,
    /// What holds while the subject has no assessment of its own: for an incident, that of the contact it was opened
    /// from.
    pub before: Option<Assessment>,
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Thrive>, command: Command) -> Result<Fact, Refusal> {
    let Command::Assess(mut made) = command;
    made.definition = definition().version;
    for (element, considered) in &mut made.elements {
        considered.narrative = reasoned(*element, considered.level, &considered.narrative)?;
    }
    let mut markers: Vec<String> = Vec::new();
    for marker in made.markers {
        if !codes::known(&definition().marker, &marker, known.today) {
            let sentence =
                format!("The vulnerability marker “{marker}” is not known. Choose one that is shown.");
            return Err(Refusal::of("markers", sentence));
        }
        if !markers.contains(&marker) {
            markers.push(marker);
        }
    }
    made.markers = markers;
    if made.clinical_assessment_made.is_some() && !made.for_want_of_ambulance {
        let sentence = "Whether a clinical assessment was made is asked only where the ambulance service wants \
            police for want of its own resources. Say that it does, or take the answer back.";
        return Err(Refusal::of("clinical_assessment_made", sentence));
    }
    if made.elements.is_empty() && made.markers.is_empty() && !made.for_want_of_ambulance {
        let sentence = "Nothing is considered yet. Choose a level for at least one element.";
        return Err(Refusal::of(Element::Threat.as_str(), sentence));
    }
    made.change = changed(was.map(|was| &was.latest).or(known.before.as_ref()), &made)?.into();
    Ok(Fact::Assessed(made))
}

/// What changed since a complete assessment: without it nobody can tell why there is a second.
fn changed(was: Option<&Assessment>, made: &Assessment) -> Result<String, Refusal> {
    let typed = made.change.known().map_or("", String::as_str);
    let what = "What changed";
    match was {
        Some(was) if was.is_complete() => {
            let same = Assessment { change: was.change.clone(), ..made.clone() } == *was;
            if same && typed.trim().is_empty() {
                let sentence =
                    "This assessment stands as it is. Change what is different, or say what changed.";
                return Err(Refusal::of("change", sentence));
            }
            if typed.trim().is_empty() {
                let sentence = "What changed since the assessment before is missing. Say it in a sentence.";
                return Err(Refusal::of("change", sentence));
            }
            required("change", what, typed, PARAGRAPH)
        }
        _ => optional("change", what, typed, PARAGRAPH),
    }
}

/// One element as a form has it: blank stays blank, and is no answer.
pub fn considered(element: Element, level: &str, narrative: &str) -> Result<Option<Considered>, Refusal> {
    let words = element.words();
    match (level.trim(), narrative.trim()) {
        ("", "") => Ok(None),
        ("", _) => {
            let sentence =
                format!("{words} has a reason and no level. Choose a level: none identified is one.");
            Err(Refusal::of(element.as_str(), sentence))
        }
        (level, narrative) => {
            let Some(level) = Level::of(level) else {
                let sentence = format!("{words} has a level that is not known. Choose one of the four.");
                return Err(Refusal::of(element.as_str(), sentence));
            };
            let narrative = reasoned(element, level, &narrative.to_owned().into())?;
            Ok(Some(Considered { level, narrative }))
        }
    }
}

/// The reason for a level; only "none identified" may stand without.
fn reasoned(element: Element, level: Level, narrative: &Private<String>) -> Result<Private<String>, Refusal> {
    let Some(typed) = narrative.known() else { return Ok(Private::Erased) };
    let (field, words) = (definition::narrative_field(element), element.words());
    let most = codes::limits().narrative_characters;
    let narrative = optional(field, &format!("The reason for {}", words.to_lowercase()), typed, most)?;
    if narrative.is_empty() && level != Level::NoneIdentified {
        let sentence =
            format!("{words} is {} without a reason. Say why in a few words.", level.words().to_lowercase());
        return Err(Refusal::of(field, sentence));
    }
    Ok(narrative.into())
}

/// What it is after `fact`: a later assessment takes the place of the one before.
pub fn apply(was: Option<Thrive>, fact: &Fact) -> Thrive {
    let Fact::Assessed(latest) = fact;
    Thrive { latest: latest.clone(), versions: was.map_or(0, |was| was.versions) + 1 }
}
