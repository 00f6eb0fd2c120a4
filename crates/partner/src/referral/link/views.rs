//! The partner’s screen, and what is shown where a link opens nothing.

use askama::Template;
use jiff::Timestamp;
use journal::{day_of, words::moment};
use serde::Serialize;
use web::{FormPage, Frame, Section, Typed};

use crate::{
    definition::{agency_name, kind, kind_words},
    referral::{
        forms,
        rules::{Referral, State, ended_words},
        views::shared,
        words::{consent_words, end_words},
    },
};

/// A step of the agency: one of its forms, in its own words.
pub struct Step {
    /// The last part of its address, and the form’s word.
    pub word: &'static str,
    /// The button that leads to it, and its heading.
    pub heading: &'static str,
    /// What will happen.
    intro: &'static str,
    /// The button that sends it.
    submit: &'static str,
    /// What is said when it is done.
    pub done: &'static str,
}

/// What an agency may do. It cannot withdraw, and gives out no link.
pub static STEPS: [Step; 4] = [
    Step {
        word: "acceptance",
        heading: "Accept it",
        intro: "You take it on. When it is done, come back to this link and say what came of it.",
        submit: "Accept the referral",
        done: "Thank you. You have accepted the referral. When it is done, say here what came of it.",
    },
    Step {
        word: "declining",
        heading: "Decline it",
        intro: "Say why. The police deal with it again, or ask another agency.",
        submit: "Decline the referral",
        done: "Thank you. You have declined the referral. The police know.",
    },
    Step {
        word: "outcome",
        heading: "Say what came of it",
        intro: "It is finished.",
        submit: "Finish the referral",
        done: "Thank you. The referral is finished.",
    },
    Step {
        word: "return",
        heading: "Give it back to the police",
        intro: "You cannot go on with it. If somebody is in danger now, ring 999 as well.",
        submit: "Give it back",
        done: "Thank you. The police have it again.",
    },
];

/// The step with that word.
pub fn step(word: &str) -> Option<&'static Step> {
    STEPS.iter().find(|step| step.word == word)
}

/// The screen.
#[derive(Debug, Template, Serialize)]
#[template(path = "referral/link/show.html")]
pub struct PartnerPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// What it is called on the telephone.
    pub reference: String,
    /// The agency.
    pub agency: String,
    /// The kind.
    pub kind: String,
    /// How it stands, as an address has it.
    pub state: &'static str,
    /// How it stands, in words.
    pub state_words: &'static str,
    /// What happened, where it has ended.
    pub ended: String,
    /// The reason or the outcome.
    pub end: String,
    /// When it was sent.
    pub sent: String,
    /// By when the agency replies; empty once it has.
    pub reply_by: String,
    /// Whether that is past.
    pub is_late: bool,
    /// Whether the person agreed.
    pub consent: String,
    /// What the agency was told; nothing once it has ended.
    pub shared: Vec<(String, String)>,
    /// What may be done: the last part of an address, and its words.
    pub steps: Vec<(&'static str, &'static str)>,
    /// Where this is: the links of the steps begin with it.
    #[serde(skip)]
    pub here: String,
    /// Until when the link lives.
    pub until: String,
    /// With whom to speak.
    pub ring: String,
}

/// The screen of a live link.
pub fn partner_page(
    now: Timestamp,
    here: &str,
    reference: String,
    referral: &Referral,
    expires_at: Timestamp,
) -> PartnerPage {
    let (sent, state) = (&referral.sent, referral.state(now));
    let waits = matches!(state, State::Sent | State::Overdue);
    let offered = STEPS
        .iter()
        .filter(|step| forms::find(step.word).is_some_and(|form| (form.is_offered)(referral, now)));
    PartnerPage {
        frame: Frame::of(format!("Referral {reference}"), Section::None),
        reference,
        agency: agency_name(&sent.agency).to_owned(),
        kind: kind_words(&sent.kind).to_owned(),
        state: state.as_str(),
        state_words: state.words(),
        ended: referral.ended.as_ref().map_or_else(String::new, |(end, at)| ended_words(end, *at)),
        end: referral
            .ended
            .as_ref()
            .map_or_else(String::new, |(end, _)| end_words(state, end.key()).to_owned()),
        sent: moment(sent.at),
        reply_by: if waits { moment(sent.reply_by) } else { String::new() },
        is_late: state == State::Overdue,
        consent: consent_words(&sent.consent),
        shared: if state.is_open() { shared(referral) } else { Vec::new() },
        steps: offered.map(|step| (step.word, step.heading)).collect(),
        here: here.to_owned(),
        until: moment(expires_at),
        ring: forms::ring(),
    }
}

/// A step’s form. It carries no session’s token: whoever can send it has the link’s secret.
pub fn step_page(
    now: Timestamp,
    here: &str,
    reference: &str,
    step: &Step,
    referral: &Referral,
    typed: &Typed,
) -> FormPage {
    FormPage {
        frame: Frame::of(format!("{}: {reference}", step.heading), Section::None),
        crumbs: vec![
            (here.to_owned(), format!("Referral {reference}")),
            (String::new(), step.heading.to_owned()),
        ],
        heading: step.heading.to_owned(),
        about: format!("{reference} {}", kind_words(&referral.sent.kind)),
        intro: step.intro.to_owned(),
        action: format!("{here}/{}", step.word),
        submit: step.submit.to_owned(),
        back: here.to_owned(),
        last_seq: None,
        fields: forms::changing(step.word, kind(&referral.sent.kind), typed, day_of(now)),
        refusals: Vec::new(),
    }
}

/// What is shown where a link opens nothing, with what was typed so that nothing is lost.
#[derive(Debug, Template, Serialize)]
#[template(path = "referral/link/gone.html")]
pub struct GonePage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// What is so.
    pub title: &'static str,
    /// Why.
    pub detail: String,
    /// With whom to speak.
    pub ring: String,
    /// What was typed: names and words.
    #[serde(skip)]
    pub typed: Vec<(String, String)>,
}

/// The page of a link that ended, or that nobody gave out.
pub fn gone_page(title: &'static str, detail: String, typed: &Typed) -> GonePage {
    let typed = typed.0.iter().filter(|(name, value)| *name != "csrf" && !value.trim().is_empty());
    GonePage {
        frame: Frame::of(title, Section::None),
        title,
        detail,
        ring: forms::ring(),
        typed: typed.map(|(name, value)| (named(name), value.clone())).collect(),
    }
}

/// "by" is nobody’s word for a field that was filled in.
fn named(field: &str) -> String {
    match field {
        "by" => "Who takes it on".to_owned(),
        "at" => "When".to_owned(),
        "words" => "In words".to_owned(),
        other => other.replace('_', " "),
    }
}
