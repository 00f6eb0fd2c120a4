//! The fields of each form.

use contact::{
    codes::{Code, on},
    unit,
};
use jiff::civil::Date;
use serde::Serialize;
use web::{Field, Typed};

use crate::{
    definition::{CrimeType, Form as Kinded, Question, definitions},
    report::rules::{Ending, Enquired, Person, Secured},
};

type Pair = (String, String);

const WHEN: &str = "As 20:14, or with its day as 2026-11-26 20:14";

/// A part of the form of a report.
#[derive(Debug, Clone, Serialize)]
pub struct Section {
    /// Its heading.
    pub heading: &'static str,
    /// What is to be known about it; may be empty.
    pub intro: &'static str,
    /// Its fields.
    pub fields: Vec<Field>,
}

fn choices(first: &str, codes: &[Code], today: Date) -> Vec<Pair> {
    let rest = on(codes, today).into_iter().map(|code| (code.key.clone(), code.words.clone()));
    std::iter::once((String::new(), first.to_owned())).chain(rest).collect()
}

fn pairs(all: &[(&str, &str)]) -> Vec<Pair> {
    all.iter().map(|(key, words)| ((*key).to_owned(), (*words).to_owned())).collect()
}

fn keyed(first: &str, all: impl IntoIterator<Item = (&'static str, &'static str)>) -> Vec<Pair> {
    let rest = all.into_iter().map(|(key, words)| (key.to_owned(), words.to_owned()));
    std::iter::once((String::new(), first.to_owned())).chain(rest).collect()
}

/// The whole form of a report of that type of crime. `known` are the persons of its incident, who can be chosen; none where
/// the report names its own already.
pub fn sections(of_type: &'static CrimeType, known: &[Person], t: &Typed, today: Date) -> Vec<Section> {
    let section = |heading, intro, fields| Section { heading, intro, fields };
    let mut all = vec![section("The crime", "", crime(t))];
    let questions: Vec<Field> = of_type.questions(today).map(|one| asked(one, t)).collect();
    if !questions.is_empty() {
        all.push(section("Questions about it", "", questions));
    }
    all.push(section(
        "Persons",
        "At least one victim: a person, or the shop or body that was wronged.",
        persons(known, t),
    ));
    all.push(section("Property", "", vec![property(t)]));
    let lines = "What became of each. A line that is still to be followed keeps the report open.";
    all.push(section("Lines of enquiry", lines, enquiries(of_type, t, today)));
    let evidence: Vec<Field> = evidence(of_type, t, today);
    if !evidence.is_empty() {
        all.push(section("Digital evidence", "", evidence));
    }
    all.push(section("How it goes on", "", ending(t, today)));
    all
}

fn crime(t: &Typed) -> Vec<Field> {
    vec![
        Field::line("happened_from", "When did it happen?", WHEN, t),
        Field::line(
            "happened_until",
            "Until when?",
            "Only where the time is not known: the end of the time",
            t,
        ),
        Field::line("counts", "How many counts?", "One where it was one crime", t),
        Field::lines("account", "What happened?", "Who did what to whom, where and how", 6, t),
    ]
}

fn asked(question: &'static Question, t: &Typed) -> Field {
    let (key, asks) = (question.key.as_str(), question.asks.as_str());
    let hint = if question.is_needed { "" } else { "If it is known" };
    match question.form {
        Kinded::YesNo => {
            Field::one(key, asks, hint, pairs(&[("", "Choose"), ("yes", "Yes"), ("no", "No")]), t)
        }
        Kinded::Moment => Field::line(key, asks, WHEN, t),
        Kinded::Lines => Field::lines(key, asks, hint, 3, t),
    }
}

fn persons(known: &[Person], t: &Typed) -> Vec<Field> {
    let mut fields = Vec::new();
    if !known.is_empty() {
        let role = |key: &str| contact::codes::words(incident::codes::roles(), key).to_owned();
        let all = known.iter().enumerate().map(|(number, one)| {
            ((number + 1).to_string(), format!("{}: {}", role(&one.role), one.name.shown()))
        });
        fields.push(Field::many("persons", "Persons of the incident", "", all, t));
    }
    let hint = "One a line: role; name; how they are reached. As: Victim; Mòrag Bàn; 07700 900480";
    let label = if known.is_empty() { "Persons" } else { "Somebody else" };
    fields.push(Field::lines("others", label, hint, 3, t));
    fields
}

fn property(t: &Typed) -> Field {
    let hint = "One a line: what; its value in pounds; marks. As: Bicycle, red; 450; frame WBK 12345";
    Field::lines("property", "What was taken or damaged?", hint, 3, t)
}

fn enquiries(of_type: &CrimeType, t: &Typed, today: Date) -> Vec<Field> {
    let outcomes = || keyed("Choose", Enquired::ALL.map(|one| (one.as_str(), one.words())));
    let of = |line: &'static crate::definition::Considered| {
        [
            Field::one(&line.field, &line.words, "", outcomes(), t),
            Field::line(&line.field_words, "What was found, or why not", "", t),
        ]
    };
    of_type.enquiries(today).flat_map(of).collect()
}

fn evidence(of_type: &CrimeType, t: &Typed, today: Date) -> Vec<Field> {
    let states = || keyed("Not asked", Secured::ALL.map(|one| (one.as_str(), one.words())));
    of_type.evidence(today).map(|item| Field::one(&item.field, &item.words, "", states(), t)).collect()
}

fn ending(t: &Typed, today: Date) -> Vec<Field> {
    let all = definitions();
    let endings = keyed("Choose", Ending::ALL.map(|one| (one.as_str(), one.words())));
    let filed = "Only where it is filed";
    vec![
        Field::one("ending", "How does it go on?", "", endings, t),
        Field::one(
            "filing_reason",
            "Why is nothing more done?",
            filed,
            choices("It is not filed", &all.filing_reason, today),
            t,
        ),
        Field::one(
            "told_way",
            "How was the person told so?",
            filed,
            choices("It is not filed", &all.told_way, today),
            t,
        ),
        Field::line(
            "told_at",
            "When were they told?",
            "Only where it is filed. As 20:14, or with its day as 2026-11-26 20:14",
            t,
        ),
    ]
}

/// The part in which a supervisor says why it is recorded directly although somebody is vulnerable.
pub fn overriding(t: &Typed) -> Section {
    let hint = "Why it is right to record it by telephone all the same";
    Section {
        heading: "Somebody is vulnerable",
        intro: "Vulnerability was identified, so the crime is not recorded directly unless a supervisor says why.",
        fields: vec![Field::lines("override_reason", "Your reason", hint, 3, t)],
    }
}

/// The part in which another crime is chosen: its questions are asked when the form comes back.
pub fn another_crime(t: &Typed, today: Date) -> Section {
    let all = definitions()
        .crime_type
        .iter()
        .filter(|one| one.is_valid_on(today) || one.key == t.get("crime_type"));
    let all = all.map(|one| (one.key.clone(), one.words.clone()));
    let hint =
        "If it is another, choose it and send the form: it comes back with the questions of that crime";
    Section {
        heading: "Which crime",
        intro: "",
        fields: vec![Field::one("crime_type", "Which crime is it?", hint, all, t)],
    }
}

/// The part that says what was changed.
pub fn changes(t: &Typed) -> Section {
    Section {
        heading: "What was changed",
        intro: "",
        fields: vec![Field::lines("words", "What did you change, and why?", "", 3, t)],
    }
}

/// The fields of a form that does not ask for the whole report.
pub fn changing(word: &str, t: &Typed, today: Date) -> Vec<Field> {
    match word {
        "return" => {
            let units = unit::valid(today).into_iter().map(|one| (one.key.clone(), one.name.clone()));
            let units = std::iter::once((String::new(), "Choose a unit".to_owned())).chain(units);
            let reasons = choices("Choose a reason", &definitions().return_reason, today);
            vec![
                Field::one("unit", "Which unit returns it?", "", units, t),
                Field::one("reason", "Why?", "", reasons, t),
                Field::lines("words", "What has to be mended?", "", 4, t),
            ]
        }
        "withdrawal" => vec![Field::lines("words", "Why is it withdrawn?", "", 3, t)],
        "acknowledgement" => vec![Field::line("reference", "Its reference in the crime system", "", t)],
        _ => Vec::new(),
    }
}
