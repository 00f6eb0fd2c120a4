//! The choice of a message, and the form of a new one.

use askama::Template;
use contact::preference::rules::{Preference, Way};
use jiff::Timestamp;
use journal::{Id, Refusal, words::moment};
use serde::Serialize;
use users::User;
use web::{Choice, Field, Frame, Kind, Section, Typed};

use crate::{
    compose::Composed,
    definition::{Template as Words, definitions, placeholder_words, template},
    message::saying::About,
    route::{Reach, offer},
};

/// The choice of what is said.
#[derive(Debug, Template, Serialize)]
#[template(path = "message/new/choose.html")]
pub struct ChoosePage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// What the incident is called.
    pub reference: String,
    /// Where the incident is.
    pub incident: String,
    /// Where each form is, and what is said.
    pub choices: Vec<(String, String)>,
}

/// The page on which what is said is chosen.
pub fn choose_page(who: &User, about: &About) -> ChoosePage {
    let incident = format!("/incidents/{}", about.incident);
    let choices = definitions().template.iter();
    let choices =
        choices.map(|one| (format!("{incident}/messages/new?template={}", one.key), one.words.clone()));
    ChoosePage {
        frame: Frame::of(format!("Write to them: {}", about.reference), Section::Messages)
            .seen_by(who.signed()),
        reference: about.reference.clone(),
        choices: choices.collect(),
        incident,
    }
}

/// A way as it is offered, or why it is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Offered {
    /// The way, as an address has it.
    pub way: &'static str,
    /// The way, in words.
    pub words: &'static str,
    /// Whether it may be chosen.
    pub is_safe: bool,
    /// When it goes, or why it does not.
    pub told: String,
}

/// Each way that a message can go: when, or why not.
pub fn offered(
    preferences: &[Preference],
    words: &Words,
    reach: &Reach,
    is_urgent: bool,
    now: Timestamp,
) -> Vec<Offered> {
    let quiet = (!is_urgent && !words.urgent).then_some(definitions().quiet);
    let told = |way: &Way| match offer(preferences, *way, reach, now, quiet) {
        Ok(_) if *way == Way::Letter => (true, "When somebody has printed and posted it".to_owned()),
        Ok(chosen) if chosen.at > now => (true, format!("From {} on", moment(chosen.at))),
        Ok(_) => (true, "At once".to_owned()),
        // An address can be entered.
        Err(refusal) if refusal.field == "to" => (true, refusal.sentence.to_string()),
        Err(refusal) => (false, refusal.sentence.to_string()),
    };
    let one = |way: &Way| {
        let (is_safe, told) = told(way);
        Offered { way: way.as_str(), words: way.words(), is_safe, told }
    };
    words.ways.iter().map(one).collect()
}

/// The form.
#[derive(Debug, Template, Serialize)]
#[template(path = "message/new/new.html")]
pub struct NewPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// What the incident is called.
    pub reference: String,
    /// Where the incident is.
    pub incident: String,
    /// Where the form goes.
    pub action: String,
    /// What is said.
    pub message: String,
    /// The ways, each with when or why not.
    pub ways: Vec<Offered>,
    /// The ways that may be chosen, for the form.
    #[serde(skip)]
    pub choices: Vec<Choice>,
    /// Why the way was refused.
    #[serde(skip)]
    pub way_error: Option<String>,
    /// The fields.
    pub fields: Vec<Field>,
    /// The subject line as it would leave; empty while nothing is shown.
    pub subject: String,
    /// The words as they would leave; empty while nothing is shown.
    pub shown: String,
    /// Why it was refused.
    pub refusals: Vec<Refusal>,
}

/// The form of a new message; `composed` are the words as they would leave.
pub fn new_page(
    who: &User,
    about: &About,
    words: &'static Words,
    ways: Vec<Offered>,
    typed: &Typed,
    composed: Option<&Composed>,
) -> NewPage {
    let incident = format!("/incidents/{}", about.incident);
    let asks = words.asks().into_iter().filter(|key| *key != "reference");
    let mut fields: Vec<Field> =
        asks.map(|key| Field::line(key, placeholder_words(key), "One line.", typed)).collect();
    fields.push(Field::lines(
        "to",
        "Another number or address",
        "Leave it empty for the number of whoever was in touch. An e-mail and a letter need one.",
        2,
        typed,
    ));
    let urgent = [("yes".to_owned(), "It is urgent: send it in the quiet hours, too".to_owned())];
    fields.push(Field::many("urgent", "Urgency", "", urgent, typed));
    let first = ways.iter().find(|one| one.is_safe).map_or("", |one| one.way);
    let chosen = if typed.get("way").is_empty() { first } else { typed.get("way") };
    let choices = ways.iter().filter(|one| one.is_safe);
    let choices =
        choices.map(|one| Choice { hint: one.told.clone(), ..Choice::of(one.way, one.words, chosen) });
    NewPage {
        frame: Frame::of(format!("{}: {}", words.words, about.reference), Section::Messages)
            .seen_by(who.signed()),
        reference: about.reference.clone(),
        action: format!("{incident}/messages/new?template={}", words.key),
        incident,
        message: words.words.clone(),
        choices: choices.collect(),
        ways,
        way_error: None,
        fields,
        subject: composed.map_or_else(String::new, |one| one.subject.clone()),
        shown: composed.map_or_else(String::new, |one| one.body.clone()),
        refusals: Vec::new(),
    }
}

impl NewPage {
    /// The form again, with why it was refused beside its field.
    #[must_use]
    pub fn refused(mut self, refusal: &Refusal) -> Self {
        let mut shown = refusal.clone();
        let is_way = matches!(&*refusal.field, "way" | "at") && !self.choices.is_empty();
        match self.fields.iter_mut().find(|field| field.name == refusal.field) {
            Some(field) => field.error = Some(refusal.sentence.to_string()),
            None if is_way => {
                shown.field = "way".into();
                self.way_error = Some(refusal.sentence.to_string());
            }
            None => shown.field = "".into(),
        }
        self.frame.title = format!("Problem: {}", self.frame.title);
        self.refusals.push(shown);
        self
    }
}

/// The template that an address names.
pub fn chosen(key: &str) -> Result<&'static Words, Refusal> {
    template(key).ok_or_else(|| {
        Refusal::of("template", "There is no such message. Choose one of the list of messages.")
    })
}

/// An incident of an address.
pub fn incident_id(text: &str) -> Option<Id> {
    Id::read(text)
}
