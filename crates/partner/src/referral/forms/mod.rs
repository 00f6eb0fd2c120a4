//! The forms of a referral: what each asks, when it is offered, and what it means. Pure.
//!
//! The police record what an agency told them on the telephone by the same forms by which an agency answers its link.

mod asked;
mod meant;

pub use asked::{changing, ring, sending};
pub use meant::{change, meant};

use jiff::Timestamp;

use super::rules::Referral;

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
    /// What is said when it is done.
    pub done: &'static str,
    /// Whether it is of use where the referral stands.
    pub is_offered: fn(&Referral, Timestamp) -> bool,
}

fn waits(was: &Referral, _: Timestamp) -> bool {
    was.ended.is_none() && was.accepted.is_none()
}

fn is_taken_on(was: &Referral, _: Timestamp) -> bool {
    was.ended.is_none() && was.accepted.is_some()
}

fn came_back(was: &Referral, now: Timestamp) -> bool {
    was.ended.is_some() && was.is_to_deal_with(now)
}

fn is_open(was: &Referral, _: Timestamp) -> bool {
    was.ended.is_none()
}

fn has_link(was: &Referral, now: Timestamp) -> bool {
    was.live_link(now).is_some()
}

/// All of them, in the order in which they are offered.
pub static FORMS: [Form; 8] = [
    Form {
        word: "acceptance",
        heading: "The agency accepts it",
        intro: "They told you so. From then on it is theirs, and they say what came of it.",
        submit: "Record that it was accepted",
        done: "The referral is accepted.",
        is_offered: waits,
    },
    Form {
        word: "declining",
        heading: "The agency declines it",
        intro: "They told you so. It ends with their reason; then it can be referred to another agency.",
        submit: "Record that it was declined",
        done: "The referral is declined. Refer it to another agency, or deal with it.",
        is_offered: waits,
    },
    Form {
        word: "outcome",
        heading: "Finish it with its outcome",
        intro: "What came of it, as the agency tells it.",
        submit: "Record the outcome",
        done: "The referral is finished.",
        is_offered: is_taken_on,
    },
    Form {
        word: "return",
        heading: "The agency gives it back",
        intro: "They took it on and cannot go on with it. It is the police’s to deal with again.",
        submit: "Record that it was given back",
        done: "The referral is given back. It is yours to deal with again.",
        is_offered: is_taken_on,
    },
    Form {
        word: "settlement",
        heading: "Say what was done instead",
        intro: "It came back to the police. Once you have said what was done, it is no longer on the list of what has to be dealt with. Referring to another agency says it by itself.",
        submit: "Record what was done",
        done: "What was done instead is recorded.",
        is_offered: came_back,
    },
    Form {
        word: "link",
        heading: "Give the agency a link",
        intro: "Whoever has the link reads this one referral and answers it, without an account. A link that you gave out before ends.",
        submit: "Make a link",
        done: "",
        is_offered: is_open,
    },
    Form {
        word: "revocation",
        heading: "Revoke the link",
        intro: "Whoever has it finds nothing there from now on. You can make a new one.",
        submit: "Revoke the link",
        done: "The link is revoked.",
        is_offered: has_link,
    },
    Form {
        word: "withdrawal",
        heading: "Withdraw it",
        intro: "The police take it back. The agency reads nothing of it any more.",
        submit: "Withdraw the referral",
        done: "The referral is withdrawn.",
        is_offered: is_open,
    },
];

/// The form with that word.
pub fn find(word: &str) -> Option<&'static Form> {
    FORMS.iter().find(|form| form.word == word)
}
