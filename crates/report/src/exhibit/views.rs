//! What a paper shows, as a list from which things are left out; and the form by which a measure is chosen.

use askama::Template;
use contact::unit;
use evidence::evidence::{list::rows::Listed, rules::Attached, words};
use journal::{Id, words::day};
use measure::{
    asked::Step,
    catalogue::{all, definition},
    one::views::division_words,
};
use serde::Serialize;
use users::User;
use web::{Field, FormPage, Frame, Section, Typed};

use super::{
    rows::About,
    rules::{Choice, MOST},
};

/// A measure of the list.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Its identity.
    pub id: String,
    /// Where its recommendation is, and what it is called.
    pub recommendation: (String, String),
    /// What is measured.
    pub measure: String,
    /// Over which days, and how they are put together.
    pub period: String,
    /// Where.
    pub division: String,
    /// Where the evidence is, and what it is called; nothing of what was chosen for this paper.
    pub evidence: Option<(String, String)>,
    /// Whether the paper shows it.
    pub is_shown: bool,
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "exhibit/list.html")]
pub struct ListPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    #[serde(skip)]
    at: String,
    paper: (String, String),
    lead: String,
    rows: Vec<Row>,
    /// Whether it can still be changed.
    may_change: bool,
    last_seq: i64,
    refusals: Vec<journal::Refusal>,
}

fn label(about: &About, id: &Id) -> (String, String) {
    let told = about.known.told.iter().find(|one| one.id == *id);
    (format!("/recommendations/{id}"), told.map_or_else(String::new, |one| one.label.clone()))
}

fn by_words(by: &str) -> String {
    let words = Step::ALL.iter().find(|(_, key, _)| *key == by).map_or("", |(.., words)| words);
    words.to_lowercase()
}

fn of_evidence(about: &About, one: &Listed) -> Row {
    let attached: &Attached = &one.evidence.attached;
    Row {
        id: one.id.to_string(),
        recommendation: label(about, &attached.recommendation),
        measure: attached.kept.name.clone(),
        period: format!("{}, {}", words::period(attached), by_words(&attached.by)),
        division: words::division(attached),
        evidence: Some((format!("/evidence/{}", one.id), one.reference())),
        is_shown: !about.shown.left_out.contains(&one.id),
    }
}

fn of_choice(about: &About, one: &Choice) -> Row {
    let division =
        if one.division.is_empty() { "All divisions".to_owned() } else { division_words(&one.division) };
    Row {
        id: one.id.to_string(),
        recommendation: label(about, &one.recommendation),
        measure: definition(&one.measure).map_or_else(|| one.measure.clone(), |found| found.name.clone()),
        period: format!("{} to {}, {}", day(one.from), day(one.until), by_words(&one.by)),
        division,
        evidence: None,
        is_shown: about.known.told.iter().any(|told| told.id == one.recommendation),
    }
}

impl ListPage {
    /// The page of what `about` says, whose last entry is `last_seq`.
    pub fn of(who: &User, (id, about): (&Id, &About), last_seq: i64, done: &str) -> Self {
        let attached = about.attached.iter().map(|one| of_evidence(about, one));
        let chosen = about.shown.chosen.iter().map(|one| of_choice(about, one));
        let mut rows: Vec<Row> = attached.chain(chosen).collect();
        let place = |row: &Row| about.known.told.iter().position(|one| one.label == row.recommendation.1);
        rows.sort_by_key(place);
        let notice = match done {
            "chosen" => Some("The paper shows it, counted at its own entry."),
            "left_out" => Some("The paper does not show it."),
            "shown_again" => Some("The paper shows it again."),
            _ => None,
        };
        let heading = "Measures it shows";
        Self {
            frame: Frame::of(format!("{heading}: {}", about.title), Section::Papers)
                .seen_by(who.signed())
                .with_notice(notice.map(str::to_owned)),
            crumbs: vec![
                ("/papers".to_owned(), "Papers".to_owned()),
                (format!("/papers/{id}"), about.title.clone()),
                (String::new(), heading.to_owned()),
            ],
            at: format!("/papers/{id}/measures"),
            paper: (format!("/papers/{id}"), about.title.clone()),
            lead: format!(
                "{} of at most {MOST}. Evidence that is attached to a recommendation which the paper tells is shown by itself; others are chosen here.",
                about.shown.many(&about.known)
            ),
            rows,
            may_change: about.known.is_frozen == Some(false),
            last_seq,
            refusals: Vec::new(),
        }
    }

    /// With why it was not changed.
    #[must_use]
    pub fn refused(mut self, refusal: &journal::Refusal) -> Self {
        self.frame.title = format!("Problem: {}", self.frame.title);
        self.refusals.push(journal::Refusal { field: "".into(), ..refusal.clone() });
        self
    }
}

/// The measures that serve what the paper tells; each says what it serves.
fn measures(about: &About) -> Vec<(String, String)> {
    let serving = all().iter().filter_map(|one| {
        let told = about.known.told.iter().filter(|told| told.served_by.contains(&one.key));
        let labels: Vec<&str> = told.map(|told| told.label.as_str()).collect();
        (!labels.is_empty()).then(|| (one.key.clone(), format!("{}, serves {}", one.name, labels.join(", "))))
    });
    std::iter::once((String::new(), "Choose a measure".to_owned())).chain(serving).collect()
}

fn recommendations(about: &About) -> Vec<(String, String)> {
    let served = about.known.told.iter().filter(|told| !told.served_by.is_empty());
    let served = served.map(|told| (told.id.to_string(), told.label.clone()));
    std::iter::once((String::new(), "Choose a recommendation".to_owned())).chain(served).collect()
}

/// The form, with what was typed.
pub fn form(who: &User, (id, about): (&Id, &About), last_seq: i64, typed: &Typed) -> FormPage {
    let steps = Step::ALL.map(|(_, key, words)| (key.to_owned(), words.to_owned()));
    let lettered = unit::all().iter().filter(|unit| !unit.letter.is_empty());
    let lettered = lettered.map(|unit| (unit.letter.clone(), division_words(&unit.letter)));
    let divisions = std::iter::once((String::new(), "All divisions".to_owned())).chain(lettered);
    let heading = "Choose a measure";
    FormPage {
        frame: Frame::of(format!("{heading}: {}", about.title), Section::Papers).seen_by(who.signed()),
        crumbs: vec![
            ("/papers".to_owned(), "Papers".to_owned()),
            (format!("/papers/{id}"), about.title.clone()),
            (format!("/papers/{id}/measures"), "Measures it shows".to_owned()),
            (String::new(), heading.to_owned()),
        ],
        heading: heading.to_owned(),
        about: about.title.clone(),
        intro: "The paper shows its chart and its table under the recommendation that it serves, counted at the paper’s own entry."
            .to_owned(),
        action: format!("/papers/{id}/measures/new"),
        submit: "Show it".to_owned(),
        back: format!("/papers/{id}/measures"),
        last_seq: Some(last_seq),
        fields: vec![
            Field::one("recommendation", "Recommendation", "Those of the paper that a measure serves", recommendations(about), typed),
            Field::one("measure", "Measure", "Those that serve one of them", measures(about), typed),
            Field::line("from", "From", "As 2026-09-07; empty for the last twelve weeks", typed),
            Field::line("until", "Until", "As 2026-11-25; empty for today", typed),
            Field::one("by", "Periods", "A chart needs seven whole ones", steps, typed),
            Field::one("division", "Division", "", divisions, typed),
        ],
        refusals: Vec::new(),
    }
}
