//! The forms of a crime report: what each asks, when it is offered, and what it means. Pure.

mod asked;
mod content;
mod meant;

pub use asked::{Section, another_crime, changes, changing, overriding, sections};
pub use content::{content, pence, typed_of};
pub use meant::change;

use super::rules::{Report, State};

/// One form.
pub struct Form {
    /// The last part of its address.
    pub word: &'static str,
    /// Its heading, and the words of the link to it.
    pub heading: &'static str,
    /// What will happen.
    pub intro: &'static str,
    /// The button.
    pub submit: &'static str,
    /// The permission it needs.
    pub permission: &'static str,
    /// What is said when it is done.
    pub done: &'static str,
    /// Whether it asks for the whole report.
    pub is_whole: bool,
    /// Whether it is of use where the report stands.
    pub is_offered: fn(&Report) -> bool,
}

fn is_returned(was: &Report) -> bool {
    was.state() == State::Returned
}

fn is_not_returned(was: &Report) -> bool {
    !matches!(was.state(), State::Returned | State::Withdrawn)
}

fn is_there(was: &Report) -> bool {
    was.state() != State::Withdrawn
}

fn is_to_export(was: &Report) -> bool {
    was.state() == State::ToExport
}

fn is_exported(was: &Report) -> bool {
    was.state() == State::Exported
}

/// All of them, in the order in which they are offered.
pub static FORMS: [Form; 6] = [
    Form {
        word: "resubmission",
        heading: "Rework and resubmit it",
        intro: "Mend what it was returned for, and say what you changed. It is exported anew.",
        submit: "Resubmit the report",
        permission: "crime.record",
        done: "The report is resubmitted. Export it again.",
        is_whole: true,
        is_offered: is_returned,
    },
    Form {
        word: "export",
        heading: "Export it to the crime system",
        intro: "It makes a receipt: which files there are, and what their bytes hash to. The files can be fetched again at any time.",
        submit: "Make the receipt",
        permission: "crime.record",
        done: "The receipt is made. Fetch the file, and record the crime system’s reference when it has it.",
        is_whole: false,
        is_offered: is_to_export,
    },
    Form {
        word: "acknowledgement",
        heading: "Record the crime system’s reference",
        intro: "The crime system has taken the report as it was exported.",
        submit: "Record the reference",
        permission: "crime.record",
        done: "The report is in the crime system.",
        is_whole: false,
        is_offered: is_exported,
    },
    Form {
        word: "amendment",
        heading: "Amend it",
        intro: "Change what it says: a line of enquiry was followed, something became known. It is exported anew.",
        submit: "Amend the report",
        permission: "crime.record",
        done: "The report is amended. Export it again.",
        is_whole: true,
        is_offered: is_not_returned,
    },
    Form {
        word: "return",
        heading: "Return it for rework",
        intro: "Its team reads why and mends it. The return is kept and counted, with how long the rework took.",
        submit: "Return the report",
        permission: "crime.return",
        done: "The report is returned to its team.",
        is_whole: false,
        is_offered: is_not_returned,
    },
    Form {
        word: "withdrawal",
        heading: "Withdraw it",
        intro: "It should never have been there, as one that was recorded twice. It is kept and counts as what it was; nothing more is done with it.",
        submit: "Withdraw the report",
        permission: "crime.return",
        done: "The report is withdrawn.",
        is_whole: false,
        is_offered: is_there,
    },
];

/// The form with that word.
pub fn find(word: &str) -> Option<&'static Form> {
    FORMS.iter().find(|form| form.word == word)
}
