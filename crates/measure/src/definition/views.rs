//! The published definition of failure demand: each reason with what shows it, its windows, and what is recorded of it.

use askama::Template;
use failure::definition::{Definition, Reason, Strength, What, Window};
use journal::words::day as told_day;
use serde::Serialize;
use users::User;
use web::{Frame, Section};

use super::sensitivity::{MOST_CONTACTS, Query, Sensitivity};
use crate::demand::facts::recorded;

/// A window or another parameter of a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Parameter {
    /// What it is: "Within".
    pub what: &'static str,
    /// Its length with its unit: "3 days".
    pub length: String,
    /// The only family for which it holds; empty: all others.
    pub family: String,
    /// Whether no source gives it.
    pub is_guess: bool,
    /// The source that does; empty where none does.
    pub source: String,
}

/// A reason.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// "F02".
    pub code: String,
    /// Its name.
    pub words: String,
    /// What it is, in sentences.
    pub about: String,
    /// What a contact with it is: "Failure demand".
    pub class: &'static str,
    /// What it takes to show it.
    pub shown_by: &'static str,
    /// Codes of value demand over which it holds; empty for most.
    pub over: String,
    /// Whether no source says over which it holds.
    pub is_guess: bool,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// Whether our journal has the facts for it: "In part".
    pub recorded: &'static str,
    /// Which.
    pub facts: &'static str,
}

/// How often the advisor and the record give different reasons, since the version is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Differing {
    /// Contacts of which they differ.
    pub differ: i64,
    /// Contacts of which both say something.
    pub both: i64,
    /// Where those contacts are.
    pub records: String,
    /// The measure.
    pub address: String,
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "definition/show.html")]
pub struct DefinitionPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// What it is called: "FD-1".
    pub name: String,
    /// The number of the version.
    pub version: u32,
    /// Its first day, in words.
    pub from: String,
    /// What is new in it.
    pub changes: String,
    /// Families in which a new occurrence is never failure.
    pub protected: String,
    /// Which holds where something is both failure and neither.
    pub over_neutral: &'static str,
    /// How often the advisor and the record differ.
    pub differing: Differing,
    /// The 23 reasons, the gravest first.
    pub rows: Vec<Row>,
    /// The period for which it is asked what a change of a window would do.
    pub query: Query,
    /// What it would do; nothing where nothing is asked.
    pub sensitivity: Option<Sensitivity>,
    /// Contacts that are judged for it, at most: "50,000".
    pub most_contacts: String,
}

/// What a change of a window would do: the period for which that is asked, and what was computed.
#[derive(Debug)]
pub struct Asking {
    /// The period.
    pub query: Query,
    /// Nothing where nothing is asked.
    pub computed: Option<Sensitivity>,
}

/// The page of a version.
pub fn page(who: &User, version: &Definition, differing: Differing, asking: Asking) -> DefinitionPage {
    let mut reasons: Vec<&Reason> = version.code.iter().collect();
    reasons.sort_by_key(|reason| reason.order);
    let title = format!("{}, definition of failure demand", version.name);
    DefinitionPage {
        frame: Frame::of(title, Section::Measures).seen_by(who.signed()),
        name: version.name.clone(),
        version: version.number,
        from: told_day(version.from),
        changes: version.changes.clone(),
        protected: version.protected.join(", "),
        over_neutral: if version.failure_over_neutral { "Failure demand" } else { "Neither" },
        differing,
        rows: reasons.into_iter().map(|reason| row(version, reason)).collect(),
        query: asking.query,
        sensitivity: asking.computed,
        most_contacts: journal::words::thousands(MOST_CONTACTS),
    }
}

fn row(version: &Definition, reason: &Reason) -> Row {
    let (recorded, facts) = recorded(reason.key);
    let own = version.window.iter().filter(|window| window.code == reason.key);
    let over: Vec<String> = reason.over.iter().map(ToString::to_string).collect();
    Row {
        code: reason.key.to_string(),
        words: reason.words.clone(),
        about: reason.about.clone(),
        class: reason.key.class().words(),
        shown_by: shown_by(reason.strength),
        over: over.join(", "),
        is_guess: reason.guess,
        parameters: own.map(parameter).collect(),
        recorded: recorded.words(),
        facts,
    }
}

fn parameter(window: &Window) -> Parameter {
    Parameter {
        what: match window.what {
            What::Window => "Within",
            What::Late => "Later than",
            What::Review => "Reviewed within",
            What::Wait => "Waited at least",
            What::Standard => "Answered within",
        },
        length: length(window),
        family: window.family.clone().unwrap_or_default(),
        is_guess: window.guess,
        source: window.source.clone(),
    }
}

/// In the unit in which it is defined: "3 days", "1 hour".
pub fn length(window: &Window) -> String {
    let units = [
        (window.days, "day"),
        (window.hours, "hour"),
        (window.minutes, "minute"),
        (window.seconds, "second"),
    ];
    let given = units.into_iter().find_map(|(count, unit)| Some((count?, unit)));
    given.map_or_else(String::new, |(count, unit)| {
        format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
    })
}

fn shown_by(strength: Strength) -> &'static str {
    match strength {
        Strength::Strong => "Recorded facts, or the advisor",
        Strength::Weak => "The advisor; recorded facts only ask",
        Strength::AdvisorOnly => "The advisor only",
        Strength::Recorded => "What is recorded with the contact",
    }
}

#[cfg(test)]
mod tests {
    use failure::{code::Code, definition::definitions};

    use super::*;

    #[test]
    fn every_reason_is_published_with_its_windows() {
        let version = definitions().version.first().unwrap();
        let rows: Vec<Row> = version.code.iter().map(|reason| row(version, reason)).collect();
        assert_eq!(rows.len(), Code::ALL.len());
        let told = |code: &str| {
            let row = rows.iter().find(|row| row.code == code).unwrap();
            row.parameters
                .iter()
                .map(|one| format!("{} {}{}", one.what, one.length, one.family))
                .collect::<Vec<_>>()
        };
        assert_eq!(told("F02"), ["Within 3 days", "Later than 30 minutes"]);
        assert_eq!(told("F05"), ["Within 7 days", "Within 28 daysdomestic"]);
        assert_eq!(told("V1"), Vec::<String>::new());
        let parameters: usize = rows.iter().map(|row| row.parameters.len()).sum();
        assert_eq!(parameters, version.window.len());
        assert!(rows.iter().flat_map(|row| &row.parameters).all(|one| one.is_guess == one.source.is_empty()));
    }

    #[test]
    fn a_length_is_told_in_its_unit() {
        let version = definitions().version.first().unwrap();
        let none =
            Window { days: None, hours: None, minutes: None, seconds: None, ..version.window[0].clone() };
        for (window, expected) in [
            (Window { days: Some(3), ..none.clone() }, "3 days"),
            (Window { hours: Some(1), ..none.clone() }, "1 hour"),
            (Window { minutes: Some(45), ..none.clone() }, "45 minutes"),
            (Window { seconds: Some(30), ..none.clone() }, "30 seconds"),
            (none, ""),
        ] {
            assert_eq!(length(&window), expected);
        }
    }
}
