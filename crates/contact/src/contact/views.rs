//! The form by which a contact is recorded by hand.

use askama::Template;
use jiff::civil::Date;
use journal::Refusal;
use serde::Serialize;
use users::User;
use web::{Field, Frame, Kind, Section, Typed};

use super::rules::Channel;
use crate::codes::{self, Code};

/// The form’s page.
#[derive(Debug, Template, Serialize)]
#[template(path = "contact/new.html")]
pub struct NewPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    /// What the form keeps of its own: when it was opened, and the key by which it is sent once.
    #[serde(skip)]
    hidden: Vec<(&'static str, String)>,
    fields: Vec<Field>,
    #[serde(skip)]
    refusals: Vec<Refusal>,
}

impl NewPage {
    /// Shows `refusal` at its field and at the top.
    #[must_use]
    pub fn refused(mut self, refusal: &Refusal) -> Self {
        let mut shown = refusal.clone();
        match self.fields.iter_mut().find(|field| field.name == refusal.field) {
            Some(field) => field.error = Some(refusal.sentence.to_string()),
            None => shown.field = "".into(),
        }
        self.frame.title = format!("Problem: {}", self.frame.title);
        self.refusals.push(shown);
        self
    }
}

/// The form, with what was typed.
pub fn new_page(today: Date, who: &User, typed: &Typed) -> NewPage {
    let heading = "Record a contact";
    NewPage {
        frame: Frame::of(heading, Section::Contacts).seen_by(who.signed()),
        crumbs: vec![("/contacts".to_owned(), "Contacts".to_owned()), (String::new(), heading.to_owned())],
        hidden: ["opened_at", "idempotency_key"].map(|name| (name, typed.get(name).to_owned())).into(),
        fields: fields(today, typed),
        refusals: Vec::new(),
    }
}

fn fields(today: Date, typed: &Typed) -> Vec<Field> {
    let with_none = |codes: &[Code], none: &str| {
        let all = codes::on(codes, today).into_iter().map(|code| (code.key.clone(), code.words.clone()));
        [(String::new(), none.to_owned())].into_iter().chain(all).collect::<Vec<_>>()
    };
    let channels = Channel::ALL.map(|one| (one.as_str().to_owned(), one.words().to_owned()));
    let most = journal::words::thousands(codes::limits().narrative_characters);
    let told = format!("In their words, at most {most} characters");
    let relations = with_none(codes::relations(), "Not known yet");
    let agencies = with_none(codes::agencies(), "None");
    let options = with_none(codes::options(), "None");
    let arrived = "Empty is now; or 20:10 for today, or 2026-11-21 20:10";
    vec![
        Field::one("channel", "How they got in touch", "", channels, typed),
        Field::one("option", "Option chosen in the 101 menu", "", options, typed),
        Field::line("line", "Line or office", "", typed),
        Field::line("number", "Number they call from", "Empty where it is withheld", typed),
        Field::line("arrived_at", "Waiting since", arrived, typed),
        Field::line("name", "Name", "", typed),
        Field::line("call_back_on", "Number to call back on", "", typed),
        Field::one("relation", "What they are to it", "", relations, typed),
        Field::one("agency", "Agency or company", "", agencies, typed),
        Field::line("place_words", "Where it is about", "", typed),
        Field::line("division", "Division", "Its letter", typed),
        Field::lines("narrative", "What they say", &told, 8, typed),
        Field::line("their_reference", "Reference in another system", "Where there is one", typed),
    ]
}
