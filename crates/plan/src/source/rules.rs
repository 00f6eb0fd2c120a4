//! What may be said of a source and of its statements. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use jiff::civil::Date;
use journal::Refusal;
use serde::{Deserialize, Serialize};

pub use super::statement::{About, Citation, Known, Quantity, Statement};
use crate::{
    inspection::rules::read_day,
    words::{LINE, PARAGRAPH, optional, required},
};

/// A source and everything it was cited for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Its title as printed.
    pub title: String,
    /// The day of the meeting it was before, if it was a meeting's paper.
    pub meeting_on: Option<Date>,
    /// The day it was published.
    pub published_on: Option<Date>,
    /// How it is cited: "S004", a paper's number, an address.
    pub reference: String,
    /// What it said, in the order in which it was cited.
    pub statements: Vec<Cited>,
    /// The number of the statement that the last fact was about; none when it was about the source.
    #[serde(skip)]
    pub touched: Option<i64>,
}

/// A statement with its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cited {
    /// From 1, in the order in which it was cited.
    pub no: i64,
    /// What was said.
    pub statement: Statement,
    /// Why it does not count any more; none while it counts.
    pub withdrawn: Option<String>,
}

/// The fields of the form, as typed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    /// Title.
    pub title: String,
    /// A day, or empty.
    pub meeting_on: String,
    /// A day, or empty.
    pub published_on: String,
    /// How it is cited, or empty.
    pub reference: String,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// A new source.
    Register(Details),
    /// Its title, days or reference are put right.
    Correct(Details, String),
    /// It said something.
    Cite(Citation),
    /// It did not say so, or it no longer matters.
    Withdraw { no: i64, reason: String },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It is held against the register from now on.
    Registered { title: String, meeting_on: Option<Date>, published_on: Option<Date>, reference: String },
    /// Its title, days or reference were put right.
    Corrected {
        title: String,
        meeting_on: Option<Date>,
        published_on: Option<Date>,
        reference: String,
        reason: String,
    },
    /// It was cited.
    Cited { statement: Statement },
    /// A statement was taken back.
    Withdrawn { no: i64, reason: String },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "source";
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Source>, command: Command) -> Result<Fact, Refusal> {
    match (was, command) {
        (None, Command::Register(details)) => {
            let (title, meeting_on, published_on, reference) = read(known, &details)?;
            Ok(Fact::Registered { title, meeting_on, published_on, reference })
        }
        (Some(_), Command::Register(_)) => {
            Err(Refusal::of("title", "This source is registered already. Open it to cite it."))
        }
        (None, _) => Err(Refusal::of("title", "There is no such source. Register it first.")),
        (Some(was), Command::Correct(details, reason)) => correct(known, was, &details, &reason),
        (Some(was), Command::Cite(citation)) => {
            let statement = citation.read(known, was.meeting_on.or(was.published_on))?;
            if let Some(same) = was.statements.iter().find(|one| one.is_again(&statement)) {
                let sentence =
                    format!("Statement {} says this already. Change what is different, or go back.", same.no);
                return Err(Refusal::of("value", sentence));
            }
            Ok(Fact::Cited { statement })
        }
        (Some(was), Command::Withdraw { no, reason }) => {
            match was.statements.iter().find(|one| one.no == no) {
                None => Err(Refusal::of("no", format!("This source has no statement {no}."))),
                Some(one) if one.withdrawn.is_some() => {
                    Err(Refusal::of("no", format!("Statement {no} is withdrawn already.")))
                }
                Some(_) => {
                    Ok(Fact::Withdrawn { no, reason: required("reason", "The reason", &reason, PARAGRAPH)? })
                }
            }
        }
    }
}

fn correct(known: &Known, was: &Source, details: &Details, reason: &str) -> Result<Fact, Refusal> {
    let (title, meeting_on, published_on, reference) = read(known, details)?;
    let before = (&was.title, was.meeting_on, was.published_on, &was.reference);
    if before == (&title, meeting_on, published_on, &reference) {
        return Err(Refusal::of("title", "Nothing is different. Change what is wrong, or go back."));
    }
    let reason = required("reason", "The reason", reason, PARAGRAPH)?;
    Ok(Fact::Corrected { title, meeting_on, published_on, reference, reason })
}

type Read = (String, Option<Date>, Option<Date>, String);

fn read(known: &Known, details: &Details) -> Result<Read, Refusal> {
    let title = required("title", "The title", &details.title, LINE)?;
    let reference = optional("reference", "The reference", &details.reference, LINE)?;
    let day = |field: &'static str, what: &str, words: &str| {
        if words.trim().is_empty() { Ok(None) } else { read_day(field, what, words).map(Some) }
    };
    let meeting_on = day("meeting_on", "The day of the meeting", &details.meeting_on)?;
    let published_on = day("published_on", "The day of publication", &details.published_on)?;
    if !reference.is_empty() && known.references.iter().any(|one| one.eq_ignore_ascii_case(&reference)) {
        let sentence = format!("{reference} is another source’s reference. Open that one, or give another.");
        return Err(Refusal::of("reference", sentence));
    }
    Ok((title, meeting_on, published_on, reference))
}

/// What it is after `fact`.
pub fn apply(was: Option<Source>, fact: &Fact) -> Source {
    let mut now = was.unwrap_or_default();
    now.touched = None;
    match fact.clone() {
        Fact::Registered { title, meeting_on, published_on, reference }
        | Fact::Corrected { title, meeting_on, published_on, reference, .. } => {
            (now.title, now.reference) = (title, reference);
            (now.meeting_on, now.published_on) = (meeting_on, published_on);
        }
        Fact::Cited { statement } => {
            let no = now.statements.last().map_or(1, |last| last.no + 1);
            now.statements.push(Cited { no, statement, withdrawn: None });
            now.touched = Some(no);
        }
        Fact::Withdrawn { no, reason } => {
            if let Some(one) = now.statements.iter_mut().find(|one| one.no == no) {
                one.withdrawn = Some(reason);
            }
            now.touched = Some(no);
        }
    }
    now
}

impl Source {
    /// The statements that count.
    pub fn standing(&self) -> impl Iterator<Item = &Cited> {
        self.statements.iter().filter(|one| one.withdrawn.is_none())
    }

    /// Its title and reference, as a sentence names it: “Progress Summary” (S004).
    pub fn named(&self) -> String {
        if self.reference.is_empty() {
            format!("“{}”", self.title)
        } else {
            format!("“{}” ({})", self.title, self.reference)
        }
    }

    /// What stands before a finding about it: its reference, or its title where it has none.
    pub fn label(&self) -> &str {
        if self.reference.is_empty() { &self.title } else { &self.reference }
    }
}

impl Cited {
    /// Whether it counts and says the same as `other`.
    fn is_again(&self, other: &Statement) -> bool {
        let own = &self.statement;
        self.withdrawn.is_none()
            && (&own.about, own.quantity, &own.value, own.as_on)
                == (&other.about, other.quantity, &other.value, other.as_on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn details() -> Details {
        Details {
            title: "Progress Summary".into(),
            meeting_on: "16 September 2025".into(),
            published_on: String::new(),
            reference: "S004".into(),
        }
    }

    fn citation() -> Citation {
        Citation {
            about: "DA23".into(),
            quantity: "open".into(),
            value: "9".into(),
            words: "Domestic Abuse | 4 | 9 (9)".into(),
            as_on: String::new(),
        }
    }

    fn known() -> Known {
        let id = journal::Id::read("018a645b-0000-7bb7-b19b-e8d3aa192b00").unwrap();
        let mut known = Known { references: vec!["S001".into()], ..Known::default() };
        known.abouts.insert("da23".into(), About::Inspection(id));
        known
    }

    fn source() -> Source {
        apply(None, &decide(&known(), None, Command::Register(details())).unwrap())
    }

    #[test]
    fn a_source_is_registered_cited_corrected_and_a_statement_withdrawn() {
        let was = source();
        assert_eq!(was.named(), "“Progress Summary” (S004)");
        let cited =
            apply(Some(was.clone()), &decide(&known(), Some(&was), Command::Cite(citation())).unwrap());
        let statement = &cited.statements[0].statement;
        assert_eq!((cited.statements[0].no, statement.number()), (1, Some(9)));
        assert_eq!(
            statement.as_on,
            "2025-09-16".parse().unwrap(),
            "the day of the meeting where none is given"
        );
        let again = decide(&known(), Some(&cited), Command::Cite(citation())).unwrap_err();
        assert!(again.sentence.contains("Statement 1 says this already"), "{again}");
        let withdraw = Command::Withdraw { no: 1, reason: "Copied wrongly.".into() };
        let fact = decide(&known(), Some(&cited), withdraw.clone()).unwrap();
        let without = apply(Some(cited), &fact);
        assert_eq!((without.standing().count(), without.touched), (0, Some(1)));
        assert!(decide(&known(), Some(&without), withdraw).is_err(), "once");
        assert!(decide(&known(), Some(&without), Command::Cite(citation())).is_ok(), "it may be cited again");
        let corrected = Details { published_on: "13 September 2025".into(), ..details() };
        let fact =
            decide(&known(), Some(&was), Command::Correct(corrected, "It was online.".into())).unwrap();
        assert_eq!(apply(Some(was), &fact).published_on, Some("2025-09-13".parse().unwrap()));
    }

    #[test]
    fn each_refusal_names_its_field() {
        let was = source();
        let withdraw = |no, reason: &str| Command::Withdraw { no, reason: reason.into() };
        let register = |change: fn(&mut Details)| {
            let mut given = details();
            change(&mut given);
            Command::Register(given)
        };
        let cases: [(Option<&Source>, Command, &str); 10] = [
            (None, register(|d| d.title = " ".into()), "title"),
            (None, register(|d| d.meeting_on = "September 2025".into()), "meeting_on"),
            (None, register(|d| d.published_on = "soon".into()), "published_on"),
            (None, register(|d| d.reference = "s001".into()), "reference"),
            (None, Command::Cite(citation()), "title"),
            (Some(&was), Command::Register(details()), "title"),
            (Some(&was), Command::Correct(details(), "Why".into()), "title"),
            (
                Some(&was),
                Command::Correct(Details { reference: "S005".into(), ..details() }, " ".into()),
                "reason",
            ),
            (Some(&was), withdraw(1, "why"), "no"),
            (Some(&was), Command::Cite(Citation { value: "about nine".into(), ..citation() }), "value"),
        ];
        for (was, command, field) in cases {
            let refusal = decide(&known(), was, command.clone()).unwrap_err();
            assert_eq!(refusal.field, field, "{command:?}: {refusal}");
        }
    }
}
