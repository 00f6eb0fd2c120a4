//! What may be said of an inspection. Pure.

use jiff::civil::Date;
use journal::Refusal;
use serde::{Deserialize, Serialize};

use crate::words::{LINE, PARAGRAPH, optional, required};

/// A published inspection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspection {
    /// Its title as printed.
    pub title: String,
    /// Its short name before a recommendation's number: "CAM22" in "CAM22-R3".
    pub code: String,
    /// Thematic, joint, assurance, audit.
    pub kind: Kind,
    /// The day it was published.
    pub published_on: Date,
    /// Who inspected.
    pub inspectorate: String,
    /// The bodies it is addressed to.
    pub addressees: Vec<String>,
}

/// The kinds of inspection (DOMAIN D15).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Of one theme across the force.
    Thematic,
    /// With other inspectorates.
    Joint,
    /// Of how far earlier improvement has got.
    Assurance,
    /// Of records, by sample.
    Audit,
    /// Of one place or unit.
    Frontline,
    /// None of these.
    Other,
}

impl Kind {
    /// All, in the order of a form.
    pub const ALL: [Self; 6] =
        [Self::Thematic, Self::Joint, Self::Assurance, Self::Audit, Self::Frontline, Self::Other];

    /// The word of a form and a row.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Thematic => "thematic",
            Self::Joint => "joint",
            Self::Assurance => "assurance",
            Self::Audit => "audit",
            Self::Frontline => "frontline",
            Self::Other => "other",
        }
    }

    /// The words of a form.
    pub fn words(self) -> &'static str {
        match self {
            Self::Thematic => "Thematic",
            Self::Joint => "Joint, with other inspectorates",
            Self::Assurance => "Assurance review",
            Self::Audit => "Audit",
            Self::Frontline => "Frontline focus",
            Self::Other => "Other",
        }
    }

    /// The kind that a form or a row names.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// What somebody wants to say of an inspection.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// A new one.
    Register(Details),
    /// A mistake in it is mended.
    Correct(Details, String),
}

/// The fields of the form, as typed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    /// Title.
    pub title: String,
    /// Short name; made from the title where it is empty.
    pub code: String,
    /// A word of [`Kind`].
    pub kind: String,
    /// A day, as 2022-08-31.
    pub published_on: String,
    /// Who inspected.
    pub inspectorate: String,
    /// One body a line.
    pub addressees: String,
}

/// What happened to an inspection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It is tracked here from now on.
    Registered(Inspection),
    /// It was put right.
    Corrected {
        /// As it is now.
        inspection: Inspection,
        /// Why.
        reason: String,
    },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "inspection";
}

/// What else the rule knows: the other inspections' titles and short names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// Titles and codes in use by others.
    pub taken: Vec<(String, String)>,
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Inspection>, command: Command) -> Result<Fact, Refusal> {
    match (was, command) {
        (Some(_), Command::Register(_)) => {
            Err(Refusal::of("title", "This inspection is registered already. Open it to change it."))
        }
        (None, Command::Correct(..)) => {
            Err(Refusal::of("title", "There is no such inspection. Register it first."))
        }
        (None, Command::Register(details)) => Ok(Fact::Registered(read(known, &details)?)),
        (Some(was), Command::Correct(details, reason)) => {
            let inspection = read(known, &details)?;
            let reason = required("reason", "The reason", &reason, PARAGRAPH)?;
            if inspection == *was {
                return Err(Refusal::of("title", "Nothing is different. Change what is wrong, or go back."));
            }
            Ok(Fact::Corrected { inspection, reason })
        }
    }
}

/// What it is after `fact`.
pub fn apply(_: Option<Inspection>, fact: &Fact) -> Inspection {
    match fact {
        Fact::Registered(inspection) | Fact::Corrected { inspection, .. } => inspection.clone(),
    }
}

fn read(known: &Known, details: &Details) -> Result<Inspection, Refusal> {
    let title = required("title", "The title", &details.title, LINE)?;
    let published_on = read_day("published_on", "The day of publication", &details.published_on)?;
    let code = optional("code", "The short name", &details.code, 12)?.to_uppercase();
    let code = if code.is_empty() { free_short_name(known, &title, published_on) } else { code };
    if known.taken.iter().any(|(taken, _)| taken.eq_ignore_ascii_case(&title)) {
        let sentence = format!("“{title}” is registered already. Open it, or give this one its own title.");
        return Err(Refusal::of("title", sentence));
    }
    if let Some((other, _)) = known.taken.iter().find(|(_, taken)| *taken == code) {
        let sentence = format!("The short name {code} belongs to “{other}”. Give this one another.");
        return Err(Refusal::of("code", sentence));
    }
    let kind = Kind::read(&details.kind)
        .ok_or_else(|| Refusal::of("kind", "Choose what kind of inspection it is."))?;
    let inspectorate = required("inspectorate", "The inspectorate", &details.inspectorate, LINE)?;
    let addressees = optional("addressees", "The list of bodies", &details.addressees, PARAGRAPH)?;
    let addressees: Vec<String> =
        addressees.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    if addressees.is_empty() {
        return Err(Refusal::of("addressees", "Name at least one body it is addressed to, one a line."));
    }
    Ok(Inspection { title, code, kind, published_on, inspectorate, addressees })
}

/// A day as a form or a command line gives it.
pub fn read_day(field: &'static str, what: &str, words: &str) -> Result<Date, Refusal> {
    match import::TargetDate::read(words.trim()) {
        Some(import::TargetDate::Day(day)) => Ok(day),
        _ => Err(Refusal::of(
            field,
            format!("{what} “{}” is not a day. Give it as 31 August 2022 or 2022-08-31.", words.trim()),
        )),
    }
}

/// A short name that nobody has: the second "CAM22" is "CAM22B".
fn free_short_name(known: &Known, title: &str, published_on: Date) -> String {
    let name = short_name(title, published_on);
    std::iter::once(name.clone())
        .chain(('B'..='Z').map(|letter| format!("{name}{letter}")))
        .find(|name| known.taken.iter().all(|(_, taken)| taken != name))
        .unwrap_or(name)
}

/// "Contact Assessment Model" of 2022 is "CAM22": initials of its weighty words and the year.
pub fn short_name(title: &str, published_on: Date) -> String {
    const LIGHT: [&str; 12] =
        ["a", "an", "and", "by", "for", "in", "of", "on", "police", "scotland", "the", "to"];
    let initials: String = title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().next().is_some_and(char::is_alphabetic))
        .filter(|word| !LIGHT.contains(&word.to_lowercase().as_str()))
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase)
        .take(4)
        .collect();
    format!("{initials}{:02}", published_on.year().rem_euclid(100))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn details() -> Details {
        Details {
            title: "Contact Assessment Model".into(),
            code: String::new(),
            kind: "assurance".into(),
            published_on: "31 August 2022".into(),
            inspectorate: "HMICS".into(),
            addressees: "Police Scotland\n\nScottish Police Authority".into(),
        }
    }

    #[test]
    fn an_inspection_is_registered_once_and_corrected_with_a_reason() {
        let Fact::Registered(one) = decide(&Known::default(), None, Command::Register(details())).unwrap()
        else {
            panic!("not registered")
        };
        assert_eq!((one.code.as_str(), one.addressees.len()), ("CAM22", 2));
        assert!(decide(&Known::default(), Some(&one), Command::Register(details())).is_err());
        assert!(decide(&Known::default(), None, Command::Correct(details(), "why".into())).is_err());
        let same = decide(&Known::default(), Some(&one), Command::Correct(details(), "why".into()));
        assert_eq!(same.unwrap_err().field, "title");
        let other = Details { inspectorate: "HMICS and others".into(), ..details() };
        let silent = decide(&Known::default(), Some(&one), Command::Correct(other.clone(), " ".into()));
        assert_eq!(silent.unwrap_err().field, "reason");
        assert!(decide(&Known::default(), Some(&one), Command::Correct(other, "joint".into())).is_ok());
    }

    type Change = fn(&mut Details);

    #[test]
    fn each_field_is_refused_by_name() {
        let known = Known { taken: vec![("Hate Crime".into(), "HC21".into())] };
        let cases: [(Change, &str); 8] = [
            (|d| d.title = " ".into(), "title"),
            (|d| d.title = "x".repeat(400), "title"),
            (|d| d.title = "hate crime".into(), "title"),
            (|d| d.code = "hc21".into(), "code"),
            (|d| d.kind = "surprise".into(), "kind"),
            (|d| d.published_on = "August 2022".into(), "published_on"),
            (|d| d.inspectorate = String::new(), "inspectorate"),
            (|d| d.addressees = "\n \n".into(), "addressees"),
        ];
        for (change, field) in cases {
            let mut given = details();
            change(&mut given);
            let refusal = decide(&known, None, Command::Register(given)).unwrap_err();
            assert_eq!(refusal.field, field, "{refusal}");
        }
    }

    #[test]
    fn a_made_short_name_is_never_one_that_is_taken() {
        let known =
            Known { taken: vec![("Other".into(), "CAM22".into()), ("Third".into(), "CAM22B".into())] };
        let Ok(Fact::Registered(one)) = decide(&known, None, Command::Register(details())) else {
            panic!("not registered")
        };
        assert_eq!(one.code, "CAM22C");
    }

    #[test]
    fn a_short_name_is_initials_and_year() {
        let day = "2022-08-31".parse().unwrap();
        for (title, code) in [
            ("Contact Assessment Model", "CAM22"),
            ("Review of the Policing of Mental Health in Scotland", "RPMH22"),
            ("Domestic Abuse 2023", "DA22"),
        ] {
            assert_eq!(short_name(title, day), code);
        }
    }
}
