//! A crime report in words: its states, its endings, its answers. Pure.

pub use contact::unit::name as unit_words;
use jiff::Timestamp;
pub use journal::words::minutes as minutes_words;
use journal::words::moment;

use super::rules::{Answer, Ending, Enquired, Report, Said, Secured, State};
use crate::definition::crime_type;

impl State {
    /// All of them, in the order of a report’s life.
    pub const ALL: [Self; 5] =
        [Self::ToExport, Self::Exported, Self::Acknowledged, Self::Returned, Self::Withdrawn];

    /// As an address, a row and a file have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ToExport => "to_export",
            Self::Exported => "exported",
            Self::Acknowledged => "acknowledged",
            Self::Returned => "returned",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::ToExport => "To be exported",
            Self::Exported => "Exported",
            Self::Acknowledged => "In the crime system",
            Self::Returned => "Returned for rework",
            Self::Withdrawn => "Withdrawn",
        }
    }

    /// The state that [`Self::as_str`] names.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == key)
    }
}

impl Ending {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Attend, Self::RecordAndEnquire, Self::RecordAndFile];

    /// As an address, a row and a file have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Attend => "attend",
            Self::RecordAndEnquire => "record_and_enquire",
            Self::RecordAndFile => "record_and_file",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Attend => "Officers attend",
            Self::RecordAndEnquire => "Record and enquire",
            Self::RecordAndFile => "Record and file",
        }
    }

    /// The ending that [`Self::as_str`] names.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == key)
    }
}

impl Enquired {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Done, Self::ToDo, Self::NotPossible];

    /// As a form and a file have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::ToDo => "to_do",
            Self::NotPossible => "not_possible",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Done => "Followed",
            Self::ToDo => "Still to be followed",
            Self::NotPossible => "Not possible",
        }
    }

    /// The outcome that [`Self::as_str`] names.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == key)
    }
}

impl Secured {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::None, Self::ToSecure, Self::Requested, Self::Secured];

    /// As a form and a file have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::ToSecure => "to_secure",
            Self::Requested => "requested",
            Self::Secured => "secured",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::None => "There is none",
            Self::ToSecure => "There is, to be secured",
            Self::Requested => "Asked for",
            Self::Secured => "Secured",
        }
    }

    /// The state that [`Self::as_str`] names.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == key)
    }
}

/// The questions of a crime type with what was answered.
pub fn answered(key: &str, answers: &[Answer]) -> Vec<(String, String)> {
    let asked = |question: &str| {
        crime_type(key)
            .and_then(|one| one.asked(question))
            .map_or(question, |one| one.asks.as_str())
            .to_owned()
    };
    answers.iter().map(|one| (asked(&one.question), said_words(&one.said))).collect()
}

/// An answer as a page says it.
pub fn said_words(said: &Said) -> String {
    match said {
        Said::Yes => "Yes".to_owned(),
        Said::No => "No".to_owned(),
        Said::At(at) => moment(*at),
        Said::Words(words) => words.shown().to_owned(),
    }
}

/// "£1,234.50"; empty where nothing is said of it.
pub fn pounds(pence: Option<i64>) -> String {
    let Some(pence) = pence else { return String::new() };
    let whole = journal::words::thousands(usize::try_from(pence / 100).unwrap_or(0));
    format!("£{whole}.{:02}", pence % 100)
}

/// When it happened: a moment, or from one to another.
pub fn when(from: Timestamp, until: Option<Timestamp>) -> String {
    until.map_or_else(|| moment(from), |until| format!("Between {} and {}", moment(from), moment(until)))
}

/// How a report goes on, and what of it is still to be done.
pub fn next_words(report: &Report) -> String {
    let to_do = report.content.to_do();
    let ending = report.content.ending.words();
    if to_do == 0 {
        return ending.to_owned();
    }
    format!(
        "{ending}: {} still to be followed",
        journal::words::counted(to_do, "line of enquiry", "lines of enquiry")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_back_and_values_are_told() {
        for one in State::ALL {
            assert_eq!(State::of(one.as_str()), Some(one));
            assert_eq!(serde_json::to_value(one).unwrap(), one.as_str());
        }
        for one in Ending::ALL {
            assert_eq!(Ending::of(one.as_str()), Some(one));
            assert_eq!(serde_json::to_value(one).unwrap(), one.as_str());
        }
        for one in Enquired::ALL {
            assert_eq!(Enquired::of(one.as_str()), Some(one));
            assert_eq!(serde_json::to_value(one).unwrap(), one.as_str());
        }
        for one in Secured::ALL {
            assert_eq!(Secured::of(one.as_str()), Some(one));
            assert_eq!(serde_json::to_value(one).unwrap(), one.as_str());
        }
        for (pence, told) in
            [(None, ""), (Some(0), "£0.00"), (Some(5), "£0.05"), (Some(123_450), "£1,234.50")]
        {
            assert_eq!(pounds(pence), told);
        }
        assert_eq!((unit_words("lost"), State::of("lost")), ("lost", None));
    }
}
