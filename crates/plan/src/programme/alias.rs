//! What else a programme is called or written: of what kind, and on which days. Pure.

use jiff::civil::Date;
use journal::Refusal;
use serde::{Deserialize, Serialize};

use super::rules::read_name;
use crate::{inspection::rules::read_day, words::day};

/// Another name of a programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Stored", into = "Stored")]
pub struct Alias {
    /// As papers write it.
    pub name: String,
    /// What kind of name it is.
    pub kind: AliasKind,
    /// The first day on which it is called so; none where that is not known.
    pub from: Option<Date>,
    /// The last day on which it is called so; none while it is.
    pub until: Option<Date>,
}

/// What kind of other name it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AliasKind {
    /// Nobody said.
    #[default]
    Unsaid,
    /// A short form that is right beside the name.
    Abbreviation,
    /// A mistake that papers make.
    Misspelling,
    /// What it was called at work before, or beside, its name.
    WorkingTitle,
    /// Another programme that went into it.
    Merged,
}

/// As it is stored. Version 0.1.0 stored the name alone, and that still says all where nobody said more.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Stored {
    Name(String),
    Whole {
        name: String,
        #[serde(default)]
        kind: AliasKind,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Date>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Date>,
    },
}

impl From<Stored> for Alias {
    fn from(stored: Stored) -> Self {
        match stored {
            Stored::Name(name) => Self { name, kind: AliasKind::Unsaid, from: None, until: None },
            Stored::Whole { name, kind, from, until } => Self { name, kind, from, until },
        }
    }
}

impl From<Alias> for Stored {
    fn from(alias: Alias) -> Self {
        match alias {
            Alias { name, kind: AliasKind::Unsaid, from: None, until: None } => Self::Name(name),
            Alias { name, kind, from, until } => Self::Whole { name, kind, from, until },
        }
    }
}

impl AliasKind {
    /// All, in the order of a form.
    pub const ALL: [Self; 5] =
        [Self::Unsaid, Self::Abbreviation, Self::Misspelling, Self::WorkingTitle, Self::Merged];

    /// The words of a form and of a line; none where nobody said.
    pub fn words(self) -> &'static str {
        match self {
            Self::Unsaid => "",
            Self::Abbreviation => "abbreviation",
            Self::Misspelling => "misspelling",
            Self::WorkingTitle => "working title",
            Self::Merged => "merged programme",
        }
    }

    fn read(field: &'static str, typed: &str) -> Result<Self, Refusal> {
        let typed = typed.trim();
        Self::ALL.into_iter().find(|kind| kind.words().eq_ignore_ascii_case(typed)).ok_or_else(|| {
            let sentence = format!("“{typed}” is no kind of name. Write abbreviation, misspelling, working title or merged programme, or nothing.");
            Refusal::of(field, sentence)
        })
    }
}

/// Another name as it is typed, and the fields of the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// The name.
    pub alias: String,
    /// A word of [`AliasKind`], or empty.
    pub kind: String,
    /// A day, or empty.
    pub from: String,
    /// A day, or empty.
    pub until: String,
}

impl Typed {
    /// The name alone.
    pub fn name(alias: &str) -> Self {
        Self { alias: alias.to_owned(), ..Self::default() }
    }

    /// The other name, or which field is wrong.
    pub(super) fn read(&self) -> Result<Alias, Refusal> {
        self.read_in(["alias", "kind", "from", "until"])
    }

    fn read_in(&self, [alias, kind, from, until]: [&'static str; 4]) -> Result<Alias, Refusal> {
        let name = read_name(alias, "The other name", &self.alias)?;
        let kind = AliasKind::read(kind, &self.kind)?;
        let on = |field: &'static str, what: &str, typed: &str| {
            if typed.trim().is_empty() { Ok(None) } else { read_day(field, what, typed).map(Some) }
        };
        let (first, last) = (on(from, "The first day", &self.from)?, on(until, "The last day", &self.until)?);
        if let (Some(first), Some(last)) = (first, last)
            && last < first
        {
            let sentence =
                format!("“{name}” ends before it begins, on {}. Give a later last day.", day(first));
            return Err(Refusal::of(until, sentence));
        }
        Ok(Alias { name, kind, from: first, until: last })
    }
}

impl Alias {
    /// The other name on a line of a correction: "PPDP; abbreviation; 9 January 2023; 1 June 2025".
    pub(super) fn read_line(line: &str) -> Result<Self, Refusal> {
        let mut parts = line.split(';').map(|part| part.trim().to_owned());
        let mut next = || parts.next().unwrap_or_default();
        let typed = Typed { alias: next(), kind: next(), from: next(), until: next() };
        if parts.next().is_some() {
            let sentence = format!(
                "“{line}” has more than four parts. Write it as PPDP; abbreviation; 9 January 2023; 1 June 2025."
            );
            return Err(Refusal::of("aliases", sentence));
        }
        typed.read_in(["aliases"; 4])
    }

    /// The line that [`Alias::read_line`] reads.
    pub(super) fn line(&self) -> String {
        let on = |on: Option<Date>| on.map_or_else(String::new, day);
        let line =
            [self.name.clone(), self.kind.words().to_owned(), on(self.from), on(self.until)].join("; ");
        line.trim_end_matches([';', ' ']).to_owned()
    }

    /// As a page shows it: "PPDP (abbreviation, until 1 June 2025)".
    pub fn shown(&self) -> String {
        let kind = Some(self.kind.words().to_owned()).filter(|words| !words.is_empty());
        let from = self.from.map(|from| format!("from {}", day(from)));
        let until = self.until.map(|until| format!("until {}", day(until)));
        let days = [from, until].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let said: Vec<String> = kind.into_iter().chain(Some(days).filter(|days| !days.is_empty())).collect();
        if said.is_empty() { self.name.clone() } else { format!("{} ({})", self.name, said.join(", ")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alias(kind: AliasKind, from: Option<&str>, until: Option<&str>) -> Alias {
        let on = |iso: &str| iso.parse().unwrap();
        Alias { name: "PPDP".into(), kind, from: from.map(on), until: until.map(on) }
    }

    #[test]
    fn what_was_stored_before_there_were_kinds_is_read_and_written_as_it_was() {
        let bare = alias(AliasKind::Unsaid, None, None);
        for (stored, expected) in [
            ("\"PPDP\"", &bare),
            ("{\"name\":\"PPDP\",\"kind\":\"misspelling\"}", &alias(AliasKind::Misspelling, None, None)),
            (
                "{\"name\":\"PPDP\",\"kind\":\"abbreviation\",\"from\":\"2023-01-09\",\"until\":\"2025-06-01\"}",
                &alias(AliasKind::Abbreviation, Some("2023-01-09"), Some("2025-06-01")),
            ),
        ] {
            assert_eq!(&serde_json::from_str::<Alias>(stored).unwrap(), expected, "{stored}");
            assert_eq!(serde_json::to_string(expected).unwrap(), stored);
        }
    }

    #[test]
    fn a_line_says_all_of_it_and_is_read_again() {
        for (one, line, shown) in [
            (alias(AliasKind::Unsaid, None, None), "PPDP", "PPDP"),
            (alias(AliasKind::WorkingTitle, None, None), "PPDP; working title", "PPDP (working title)"),
            (
                alias(AliasKind::Abbreviation, Some("2023-01-09"), Some("2025-06-01")),
                "PPDP; abbreviation; 9 January 2023; 1 June 2025",
                "PPDP (abbreviation, from 9 January 2023 until 1 June 2025)",
            ),
            (
                alias(AliasKind::Unsaid, None, Some("2025-06-01")),
                "PPDP; ; ; 1 June 2025",
                "PPDP (until 1 June 2025)",
            ),
        ] {
            assert_eq!((one.line().as_str(), one.shown().as_str()), (line, shown));
            assert_eq!(Alias::read_line(line).unwrap(), one);
        }
        for (line, told) in [
            ("PPDP; short", "no kind of name"),
            ("PPDP; ; spring", "is not a day"),
            ("PPDP; ; 2 June 2025; 1 June 2025", "ends before it begins"),
            ("PPDP; ; ; ; again", "more than four parts"),
            ("; abbreviation", "is missing"),
        ] {
            let refusal = Alias::read_line(line).unwrap_err();
            assert!(refusal.field == "aliases" && refusal.sentence.contains(told), "{line}: {refusal}");
        }
    }
}
