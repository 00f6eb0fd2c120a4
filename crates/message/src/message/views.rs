//! One message as it is shown, and a letter as it is printed.

use std::collections::BTreeMap;

use askama::Template;
use contact::preference::rules::Way;
use journal::{DatabaseError, Entry, words::moment};
use serde::Serialize;
use users::User;
use web::{Field, FormPage, Frame, Section, Typed};

use super::{
    list::rows::Listed,
    rules::{Message, Reason, State},
    told::{Moment, told},
};
use crate::definition::template_words;

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "message/show.html")]
pub struct ShowPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// Its identity.
    pub id: String,
    /// What it is called on the telephone.
    pub reference: String,
    /// What the incident is called.
    pub about: String,
    /// Where the incident is; empty for a role that reads none.
    pub incident: String,
    /// What is said.
    pub message: String,
    /// How it stands, as an address has it.
    pub state: &'static str,
    /// How it stands, in words.
    pub state_words: &'static str,
    /// Whether somebody has to call.
    pub is_alarming: bool,
    /// Why it did not go; empty where it did or may.
    pub reason: &'static str,
    /// The way.
    pub way: &'static str,
    /// Whether it is a letter.
    pub is_letter: bool,
    /// Where it goes.
    pub to: String,
    /// The language of the words.
    pub language: String,
    /// From when on it may go, while it has not.
    pub due: String,
    /// The subject line.
    pub subject: String,
    /// The words.
    pub body: String,
    /// What may be done: the last part of an address, and its words.
    pub steps: Vec<(&'static str, &'static str)>,
    /// What happened, the latest first.
    pub history: Vec<Moment>,
}

/// The page of a message.
pub fn show_page(
    who: &User,
    listed: &Listed,
    message: &Message,
    (history, names): (&[Entry], &BTreeMap<String, String>),
) -> Result<ShowPage, DatabaseError> {
    let (said, reference) = (&message.said, listed.reference());
    let code = contact::codes::languages().iter().find(|one| one.key == said.language);
    let incident = who.may_do("incident.read").then(|| format!("/incidents/{}", said.incident));
    let offered = FORMS.iter().filter(|form| who.may_do("message.send") && (form.is_offered)(message));
    Ok(ShowPage {
        frame: Frame::of(format!("Message {reference}"), Section::Messages).seen_by(who.signed()),
        id: listed.id.to_string(),
        reference,
        about: said.reference.clone(),
        incident: incident.unwrap_or_default(),
        message: template_words(&said.template).to_owned(),
        state: message.state.as_str(),
        state_words: message.state.words(),
        is_alarming: message.state.is_alarming(),
        reason: message.reason.filter(|_| message.state.is_alarming()).map_or("", Reason::words),
        way: said.way.map_or("None", Way::words),
        is_letter: said.way == Some(Way::Letter) && message.state == State::Waiting,
        to: said.to.shown().to_owned(),
        language: code.map_or_else(|| said.language.clone(), |code| code.words.clone()),
        due: if message.state.is_open() { moment(message.due_at) } else { String::new() },
        subject: said.subject.shown().to_owned(),
        body: said.body.shown().to_owned(),
        steps: offered.map(|form| (form.word, form.heading)).collect(),
        history: history.iter().rev().map(|entry| told(entry, names)).collect::<Result<_, _>>()?,
    })
}

/// A letter as it is printed: nothing on it but what goes into the envelope.
#[derive(Debug, Template, Serialize)]
#[template(path = "message/letter.html")]
pub struct LetterPage {
    /// The frame, which is not printed.
    #[serde(skip)]
    pub frame: Frame,
    /// The message’s identity.
    pub id: String,
    /// What it is called on the telephone.
    pub reference: String,
    /// The lines of the address.
    pub address: Vec<String>,
    /// The language of the words.
    pub language: String,
    /// The first line.
    pub subject: String,
    /// The words, a paragraph a line.
    pub body: Vec<String>,
}

/// The letter.
pub fn letter_page(who: &User, listed: &Listed, message: &Message) -> LetterPage {
    let lines = |text: &str| text.lines().map(str::to_owned).collect();
    let said = &message.said;
    let reference = listed.reference();
    LetterPage {
        frame: Frame::of(format!("Letter {reference}"), Section::Messages).seen_by(who.signed()),
        id: listed.id.to_string(),
        reference,
        address: lines(said.to.shown()),
        language: said.language.clone(),
        subject: said.subject.shown().to_owned(),
        body: lines(said.body.shown()),
    }
}

/// A form by which somebody records what becomes of a message.
pub struct Form {
    /// The last part of its address.
    pub word: &'static str,
    /// Its heading.
    pub heading: &'static str,
    intro: &'static str,
    submit: &'static str,
    /// What is told after it.
    pub done: &'static str,
    field: Option<(&'static str, &'static str)>,
    is_offered: fn(&Message) -> bool,
}

/// The forms.
pub const FORMS: [Form; 3] = [
    Form {
        word: "posted",
        heading: "Record that it was posted",
        intro: "Print it, put it into a plain envelope, and record here that it is in the post.",
        submit: "It is in the post",
        done: "It is recorded as posted.",
        field: None,
        is_offered: |message| message.state == State::Waiting && message.said.way == Some(Way::Letter),
    },
    Form {
        word: "withdrawal",
        heading: "Withdraw it",
        intro: "It does not leave. Say why, for whoever reads the timeline.",
        submit: "Withdraw it",
        done: "It is withdrawn and does not leave.",
        field: Some(("reason", "Why is it withdrawn?")),
        is_offered: |message| message.state.is_open(),
    },
    Form {
        word: "settlement",
        heading: "They were told another way",
        intro: "It did not go. Say how they were told, or why that is not needed.",
        submit: "Record it",
        done: "It is recorded: nobody has to call any more.",
        field: Some(("words", "How were they told?")),
        is_offered: |message| message.state.is_alarming(),
    },
];

/// The form of that name.
pub fn form(word: &str) -> Option<&'static Form> {
    FORMS.iter().find(|form| form.word == word)
}

/// The page of a form.
pub fn form_page(who: &User, form: &Form, listed: &Listed, typed: &Typed) -> FormPage {
    let (reference, address) = (listed.reference(), format!("/messages/{}", listed.id));
    let field = form.field.map(|(name, label)| Field::lines(name, label, "", 3, typed));
    FormPage {
        frame: Frame::of(format!("{}: {reference}", form.heading), Section::Messages).seen_by(who.signed()),
        crumbs: vec![
            ("/messages".to_owned(), "Messages".to_owned()),
            (address.clone(), reference.clone()),
            (String::new(), form.heading.to_owned()),
        ],
        heading: form.heading.to_owned(),
        about: format!("{reference}: {}", template_words(&listed.template)),
        intro: form.intro.to_owned(),
        action: format!("{address}/{}", form.word),
        submit: form.submit.to_owned(),
        back: address,
        last_seq: None,
        fields: field.into_iter().collect(),
        refusals: Vec::new(),
    }
}
