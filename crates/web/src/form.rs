//! The form behind every change: what it is about, its fields, why, and one button.

use askama::Template;
use journal::Refusal;
use serde::Serialize;

use crate::{Frame, Typed};

/// One choice of a list, a filter or a group of boxes.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub words: String,
    /// More about it.
    pub hint: String,
    /// How many there are.
    pub count: Option<usize>,
    /// Whether it is chosen.
    pub chosen: bool,
}

impl Choice {
    /// A choice, chosen if `chosen` is its value.
    pub fn of(value: impl Into<String>, words: impl Into<String>, chosen: &str) -> Self {
        let value = value.into();
        Self { chosen: value == chosen, value, words: words.into(), ..Self::default() }
    }

    /// With how many there are.
    #[must_use]
    pub fn counting(mut self, count: usize) -> Self {
        self.count = Some(count);
        self
    }
}

/// How a field is filled in.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One line.
    Line,
    /// Several lines, this many shown.
    Lines(usize),
    /// One of a list.
    One(Vec<Choice>),
    /// Any of a list; what is chosen is one a line (see [`Typed::all`]).
    Many(Vec<Choice>),
}

/// One field of a form.
#[derive(Debug, Clone, Serialize)]
pub struct Field {
    /// Its name, as the refusal names it.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// A hint below the label.
    pub hint: String,
    /// How it is filled in.
    pub kind: Kind,
    /// What stands in it.
    pub value: String,
    /// Why it was refused.
    pub error: Option<String>,
}

impl Field {
    /// One line.
    pub fn line(name: &'static str, label: &'static str, hint: &str, typed: &Typed) -> Self {
        Self::of(name, label, hint, Kind::Line, typed)
    }

    /// Several lines.
    pub fn lines(name: &'static str, label: &'static str, hint: &str, rows: usize, typed: &Typed) -> Self {
        Self::of(name, label, hint, Kind::Lines(rows), typed)
    }

    /// One of a list of values and words.
    pub fn one(
        name: &'static str,
        label: &'static str,
        hint: &str,
        choices: impl IntoIterator<Item = (String, String)>,
        typed: &Typed,
    ) -> Self {
        let chosen = typed.get(name);
        let choices = choices.into_iter().map(|(value, words)| Choice::of(value, words, chosen)).collect();
        Self::of(name, label, hint, Kind::One(choices), typed)
    }

    /// Any of a list of values and words.
    pub fn many(
        name: &'static str,
        label: &'static str,
        hint: &str,
        choices: impl IntoIterator<Item = (String, String)>,
        typed: &Typed,
    ) -> Self {
        let chosen = typed.all(name);
        let choices = choices.into_iter().map(|(value, words)| Choice {
            chosen: chosen.contains(&value),
            ..Choice::of(value, words, "\0")
        });
        Self::of(name, label, hint, Kind::Many(choices.collect()), typed)
    }

    fn of(name: &'static str, label: &'static str, hint: &str, kind: Kind, typed: &Typed) -> Self {
        Self { name, label, hint: hint.to_owned(), kind, value: typed.get(name).to_owned(), error: None }
    }
}

/// A form's page.
#[derive(Debug, Template, Serialize)]
#[template(path = "form.html")]
pub struct FormPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// Where one is: address and words, the last without an address.
    pub crumbs: Vec<(String, String)>,
    /// What it is for.
    pub heading: String,
    /// What it is about, in the words of the thing itself.
    pub about: String,
    /// What will happen.
    pub intro: String,
    /// Where it is sent.
    pub action: String,
    /// The words of the button.
    pub submit: String,
    /// Where "Cancel" leads.
    pub back: String,
    /// The subject's last entry, to tell a stale edit; nothing where none matters.
    pub last_seq: Option<i64>,
    /// The fields.
    pub fields: Vec<Field>,
    /// Why it was refused.
    pub refusals: Vec<Refusal>,
}

impl FormPage {
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
