//! The fields of each form.

use contact::codes::{Code, on};
use jiff::civil::Date;
use web::{Field, Typed};

use crate::{
    definition::{Form as Kinded, Kind, Question, Stage, definitions, limits},
    suggestion::rules::To,
};

type Pair = (String, String);

fn choices(first: &str, codes: &[Code], today: Date) -> Vec<Pair> {
    let rest = on(codes, today).into_iter().map(|code| (code.key.clone(), code.words.clone()));
    std::iter::once((String::new(), first.to_owned())).chain(rest).collect()
}

fn pairs(all: &[(&str, &str)]) -> Vec<Pair> {
    all.iter().map(|(key, words)| ((*key).to_owned(), (*words).to_owned())).collect()
}

/// The fields of a new referral to an agency, of one kind; what was typed stands in them.
pub fn sending(to: To, typed: &Typed, today: Date) -> Vec<Field> {
    let (kind, t) = (to.kind, typed);
    let mut fields: Vec<Field> = kind.questions(Stage::Send).map(|question| asked(question, t)).collect();
    if let Some(least) = kind.least_age {
        let hint = format!("In years: {least} or over. Only that it was asked is kept");
        fields.push(Field::line("age", "How old are they?", &hint, t));
    }
    if kind.needs_consent {
        fields.extend(consent(kind, t, today));
    }
    let optional = if kind.needs_person { "" } else { "If the agency needs it" };
    let summary = "Only what the agency has to know to help. It leaves the police";
    fields.push(Field::line("person", "Who is it?", optional, t));
    fields.push(Field::line("reach", "How are they reached?", optional, t));
    fields.push(Field::lines("summary", "What does the agency need to know?", summary, 6, t));
    fields
}

fn consent(kind: &Kind, t: &Typed, today: Date) -> Vec<Field> {
    let all = definitions();
    let mut ways = vec![("", "Choose"), ("yes", "Yes, they agreed")];
    if kind.may_override {
        ways.push(("no", "No, or they could not be asked"));
    }
    let mut fields = vec![
        Field::one("consent", "Did they agree to the referral?", "", pairs(&ways), t),
        Field::one("consent_by", "Who agreed?", "", choices("Nobody yet", &all.consent_by, today), t),
        Field::one("consent_way", "How?", "", choices("Not yet", &all.consent_way, today), t),
    ];
    if kind.may_override {
        let hint = "Only where they did not agree";
        let bases = choices("None: they agreed", &all.legal_basis, today);
        fields.push(Field::one("legal_basis", "On what ground is it sent without?", hint, bases, t));
        fields.push(Field::lines("reason", "Why is it sent without?", hint, 3, t));
    }
    fields
}

fn asked(question: &'static Question, t: &Typed) -> Field {
    let (key, asks) = (question.key.as_str(), question.asks.as_str());
    match question.form {
        Kinded::YesNo => {
            let hint = if question.must_be.is_empty() { "" } else { "Needed for this kind of referral" };
            Field::one(key, asks, hint, pairs(&[("", "Choose"), ("yes", "Yes"), ("no", "No")]), t)
        }
        Kinded::Moment => Field::line(key, asks, "As 20:14, or with its day as 2026-11-26 20:14", t),
        Kinded::Lines => Field::lines(key, asks, "", 4, t),
    }
}

/// The fields of the form called `word`, of a referral of that kind.
pub fn changing(word: &str, kind: Option<&'static Kind>, typed: &Typed, today: Date) -> Vec<Field> {
    let (all, t) = (definitions(), typed);
    let when = "If it was not just now: as 20:14, or with its day as 2026-11-26 20:14";
    let at = |label| Field::line("at", label, when, t);
    let words = |label| Field::lines("words", label, "", 4, t);
    let why = |label, codes| Field::one("reason", label, "", choices("Choose a reason", codes, today), t);
    match word {
        "acceptance" => vec![
            Field::line("by", "Who takes it on?", "A name or a post at the agency", t),
            at("When did they accept it?"),
            words("What they said"),
        ],
        "declining" => vec![
            why("Why is it declined?", &all.decline_reason),
            at("When did they decline it?"),
            words("What they said"),
        ],
        "outcome" => outcome(kind, t, today),
        "return" => vec![why("Why is it given back?", &all.bounce_reason), words("What they said")],
        "settlement" => {
            let hint = "Who deals with it now, and how";
            vec![Field::lines("words", "What was done instead?", hint, 4, t)]
        }
        "withdrawal" => vec![Field::lines("reason", "Reason", "", 4, t)],
        _ => Vec::new(),
    }
}

fn outcome(kind: Option<&'static Kind>, t: &Typed, today: Date) -> Vec<Field> {
    let outcomes = choices("Choose what came of it", &definitions().outcome, today);
    let mut fields = vec![Field::one("outcome", "What came of it?", "", outcomes, t)];
    if let Some(kind) = kind {
        fields.extend(kind.questions(Stage::Finish).map(|question| asked(question, t)));
    }
    if kind.is_none_or(|kind| !kind.is_live) {
        let when = "If it was not just now: as 20:14, or with its day as 2026-11-26 20:14";
        fields.push(Field::line("at", "When did it end?", when, t));
    }
    fields.push(Field::lines("words", "In words", "", 4, t));
    fields
}

/// With whom an agency speaks whose link does not work: "Ring 101 and ask for …".
pub fn ring() -> String {
    format!("Ring {} and ask for {}.", limits().police_phone, limits().police_ask_for)
}
