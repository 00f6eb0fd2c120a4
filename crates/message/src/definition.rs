//! The words, hours and limits of what is said to people, as data: `definitions/messages.toml`.
//!
//! An expert may change them without a compiler. The checks hold what a message must never do: ask for a word that
//! nobody gives, be too long for a text, or say in a subject line who it comes from or what it is about.

#![expect(missing_docs, reason = "the file says what its fields are; their names say the rest")]

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use contact::preference::rules::Way;
use jiff::civil::Time;
use serde::Deserialize;

static DEFINITIONS: LazyLock<Definitions> = LazyLock::new(|| {
    Definitions::read(include_str!("../../../definitions/messages.toml"))
        .expect("definitions/messages.toml is compiled in, and a test reads it")
});

/// What the service fills in itself: nobody is asked for it.
const OWN: [&str; 2] = ["sender", "phone"];

/// Words that tell over somebody’s shoulder what it is about, or who writes.
const TELLING: [&str; 8] =
    ["police", "crime", "offence", "abuse", "assault", "domestic", "suspect", "victim"];

/// All of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definitions {
    pub version: i64,
    #[serde(default)]
    pub guess: bool,
    pub limits: Limits,
    pub quiet: Quiet,
    pub delivery: Delivery,
    pub sender: Sender,
    pub placeholder: Vec<Placeholder>,
    pub template: Vec<Template>,
}

/// How long it may be.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    pub text_characters: usize,
    pub text_characters_beyond_gsm: usize,
    pub long_characters: usize,
    pub value_characters: usize,
}

/// The hours in which what is not urgent waits.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quiet {
    pub from: Time,
    pub until: Time,
}

/// How often a delivery is tried.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delivery {
    pub again_after_minutes: Vec<i64>,
    pub lease_minutes: i64,
}

/// Who it comes from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sender {
    pub words: String,
    pub discreet_words: String,
    pub discreet_subject: String,
    pub phone: String,
}

/// What stands in braces.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placeholder {
    pub key: String,
    pub words: String,
    pub personal: bool,
    /// What a discreet message says instead; empty where it says the same.
    #[serde(default)]
    pub discreet: String,
}

/// What is said.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    pub key: String,
    pub words: String,
    /// Texts, e-mails, letters: in the order in which they are tried where the person prefers none of them.
    pub ways: Vec<Way>,
    pub subject: String,
    /// Whether it goes in the quiet hours, too.
    #[serde(default)]
    pub urgent: bool,
    /// By language; English is always there.
    pub body: BTreeMap<String, String>,
}

impl Template {
    /// What has to be given for it, in the order of the text.
    pub fn asks(&self) -> Vec<&str> {
        let mut all: Vec<&str> = Vec::new();
        let english = self.body.get("en").map_or("", String::as_str);
        for key in names(english).into_iter().chain(names(&self.subject)) {
            if !OWN.contains(&key) && !all.contains(&key) {
                all.push(key);
            }
        }
        all
    }

    fn check(&self, file: &Definitions) -> Result<(), String> {
        let key = &self.key;
        let english = self.body.get("en").ok_or(format!("the template {key:?} has no English words"))?;
        if self.ways.is_empty()
            || self.ways.iter().any(|way| !matches!(way, Way::Text | Way::Email | Way::Letter))
        {
            return Err(format!(
                "the template {key:?} may be a text, an e-mail or a letter, and nothing else"
            ));
        }
        for text in self.body.values().chain([&self.subject]) {
            if let Some(stray) =
                names(text).into_iter().find(|name| !file.placeholder.iter().any(|it| it.key == *name))
            {
                return Err(format!("the template {key:?} names {stray:?}, which nothing fills"));
            }
            let low = text.to_lowercase();
            if let Some(word) = TELLING.iter().find(|word| low.contains(*word)) {
                return Err(format!(
                    "the template {key:?} says “{word}”: it may tell who reads along too much"
                ));
            }
            if fixed(text).contains(['{', '}']) {
                return Err(format!("the template {key:?} has a brace that belongs to nothing"));
            }
        }
        let needs: BTreeSet<&str> = names(english).into_iter().collect();
        for (language, text) in &self.body {
            if !contact::codes::languages().iter().any(|one| one.key == *language) {
                return Err(format!("the template {key:?} has words in {language:?}, which is no language"));
            }
            if names(text).into_iter().collect::<BTreeSet<_>>() != needs {
                return Err(format!("the template {key:?} does not tell the same in {language:?}"));
            }
            if self.ways.contains(&Way::Text) && fixed(text).chars().count() > file.limits.text_characters {
                return Err(format!("the template {key:?} is too long for a text in {language:?}"));
            }
        }
        if let Some(stray) = names(&self.subject).into_iter().find(|name| !needs.contains(name)) {
            return Err(format!("the subject of {key:?} names {stray:?}, which its words do not"));
        }
        match names(&self.subject).into_iter().find(|name| file.is_personal(name) || *name == "sender") {
            Some(stray) => Err(format!("the subject of {key:?} names {stray:?}: a subject tells nothing")),
            None => Ok(()),
        }
    }
}

impl Definitions {
    /// Reads a file, or says what is wrong with it.
    pub fn read(text: &str) -> Result<Self, String> {
        let read: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        once("placeholder", read.placeholder.iter().map(|one| (&one.key, &one.words)))?;
        once("template", read.template.iter().map(|one| (&one.key, &one.words)))?;
        if let Some(own) = OWN.iter().find(|own| !read.placeholder.iter().any(|one| one.key == **own)) {
            return Err(format!("the placeholder {own:?} is missing"));
        }
        if let Some(one) = read.placeholder.iter().find(|one| one.personal == one.discreet.is_empty()) {
            return Err(format!(
                "the placeholder {:?} is personal and has no other words, or has them in vain",
                one.key
            ));
        }
        let limits = &read.limits;
        let least = [limits.text_characters, limits.text_characters_beyond_gsm, limits.value_characters];
        if least.contains(&0) || limits.long_characters < limits.text_characters {
            return Err("the limits leave no room".to_owned());
        }
        if read.quiet.from == read.quiet.until {
            return Err("the quiet hours begin and end together".to_owned());
        }
        let delivery = &read.delivery;
        let grows = delivery.again_after_minutes.windows(2).all(|two| two[0] < two[1]);
        if !grows || delivery.again_after_minutes.iter().any(|one| *one < 1) || delivery.lease_minutes < 1 {
            return Err("the waits after a failure must be minutes that grow".to_owned());
        }
        let sender = &read.sender;
        let discreet = format!("{} {}", sender.discreet_words, sender.discreet_subject).to_lowercase();
        if TELLING.iter().any(|word| discreet.contains(word)) {
            return Err("the discreet words tell who writes".to_owned());
        }
        if [&sender.words, &sender.discreet_words, &sender.discreet_subject, &sender.phone]
            .iter()
            .any(|one| one.trim().is_empty() || one.contains(['\n', '\r', '{', '}']))
        {
            return Err("the sender is not whole".to_owned());
        }
        read.template.iter().try_for_each(|template| template.check(&read))?;
        Ok(read)
    }

    /// Whether a placeholder tells of a person.
    pub fn is_personal(&self, key: &str) -> bool {
        self.placeholder.iter().any(|one| one.key == key && one.personal)
    }
}

fn once<'a>(what: &str, all: impl Iterator<Item = (&'a String, &'a String)>) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for (key, words) in all {
        let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        if !is_key || words.trim().is_empty() {
            return Err(format!("the {what} {key:?} has no key or no words"));
        }
        if !seen.insert(key) {
            return Err(format!("the {what} {key:?} stands twice"));
        }
    }
    Ok(())
}

/// The parts of a text: words as they are, and names in braces.
pub fn parts(text: &str) -> Vec<(&str, Option<&str>)> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        match after.split_once('}') {
            Some((name, then)) if name.chars().all(|c| c.is_ascii_lowercase() || c == '_') => {
                all.push((before, Some(name)));
                rest = then;
            }
            _ => break,
        }
    }
    all.push((rest, None));
    all
}

fn names(text: &str) -> Vec<&str> {
    parts(text).into_iter().filter_map(|(_, name)| name).collect()
}

fn fixed(text: &str) -> String {
    parts(text).into_iter().map(|(words, _)| words).collect()
}

/// The file.
pub fn definitions() -> &'static Definitions {
    &DEFINITIONS
}

/// The template of that key.
pub fn template(key: &str) -> Option<&'static Template> {
    definitions().template.iter().find(|one| one.key == key)
}

/// A template as a page says it; one that the file has no more is said by its key.
pub fn template_words(key: &str) -> &str {
    template(key).map_or(key, |one| &one.words)
}

/// What a discreet message says instead of a placeholder’s value; nothing where it says the same.
pub fn discreet_value(key: &str) -> Option<&'static str> {
    let one = definitions().placeholder.iter().find(|one| one.key == key)?;
    Some(one.discreet.as_str()).filter(|words| !words.is_empty())
}

/// A placeholder as a form asks for it.
pub fn placeholder_words(key: &str) -> &'static str {
    definitions().placeholder.iter().find(|one| one.key == key).map_or("", |one| &one.words)
}
