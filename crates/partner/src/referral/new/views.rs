//! The choice of an agency, and the form of a new referral.

use askama::Template;
use contact::{
    preference::{rules::Preference, words::cautions},
    thrive::rules::Assessment,
};
use jiff::{Timestamp, civil::Date};
use journal::Id;
use serde::Serialize;
use users::User;
use web::{FormPage, Frame, Section, Typed};

use crate::{
    referral::{forms, words::hours_words},
    suggestion::rules::{Offer, To, offers},
};

/// What has to be known of an incident to refer somebody: what the incident room tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// What it is called on the telephone.
    pub reference: String,
    /// The letter of its division; empty where its place is not known.
    pub division: String,
    /// The assessment that holds; nothing where there is none.
    pub assessment: Option<Assessment>,
    /// What is known of how its people may be reached.
    pub preferences: Vec<Preference>,
}

/// An agency and a kind that may be chosen.
#[derive(Debug, Serialize)]
pub struct Choosing {
    /// The form’s address.
    pub address: String,
    /// What may be said of it.
    #[serde(flatten)]
    pub offer: Offer,
}

/// The choice of an agency.
#[derive(Debug, Template, Serialize)]
#[template(path = "referral/new/choose.html")]
pub struct ChoosePage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// What the incident is called.
    pub reference: String,
    /// Where the incident is.
    pub incident: String,
    /// What is suggested, with its reasons.
    pub suggested: Vec<Choosing>,
    /// What else may be chosen.
    pub others: Vec<Choosing>,
    /// Whether there is no assessment to suggest from.
    pub is_not_assessed: bool,
}

/// Who could take somebody of this incident.
pub fn choose_page(now: Timestamp, who: &User, id: &Id, incident: &Incident) -> ChoosePage {
    let none = Assessment::default();
    let all = offers(incident.assessment.as_ref().unwrap_or(&none), &incident.division, now);
    let choosing =
        |offer: Offer| Choosing { address: format!("/referrals/new?incident={id}&to={}", offer.to), offer };
    let (suggested, others): (Vec<_>, Vec<_>) =
        all.into_iter().map(choosing).partition(|one| !one.offer.reasons.is_empty());
    ChoosePage {
        frame: Frame::of(format!("Refer to an agency: {}", incident.reference), Section::Referrals)
            .seen_by(who.signed()),
        reference: incident.reference.clone(),
        incident: format!("/incidents/{id}"),
        suggested,
        others,
        is_not_assessed: incident.assessment.is_none(),
    }
}

fn intro(incident: &Incident, to: To) -> String {
    let mut words = format!(
        "They reply within {}. The incident stays yours until you close it.",
        hours_words(to.kind.reply_hours)
    );
    let cautions = cautions(&incident.preferences);
    if !cautions.is_empty() {
        words.push_str(" They are told, too: ");
        words.push_str(&cautions.join("; "));
        words.push('.');
    }
    words
}

/// The form of a referral to an agency.
pub fn new_page(who: &User, id: &Id, incident: &Incident, to: To, typed: &Typed, today: Date) -> FormPage {
    let heading = format!("Refer to {}", to.agency.name);
    FormPage {
        frame: Frame::of(format!("{heading}: {}", incident.reference), Section::Referrals)
            .seen_by(who.signed()),
        crumbs: vec![
            (format!("/incidents/{id}"), incident.reference.clone()),
            (format!("/referrals/new?incident={id}"), "Refer to an agency".to_owned()),
            (String::new(), to.kind.words.clone()),
        ],
        heading,
        about: format!("{}: {}", to.kind.words, to.kind.about),
        intro: intro(incident, to),
        action: format!("/referrals?incident={id}&to={}", to.written()),
        submit: "Send the referral".to_owned(),
        back: format!("/referrals/new?incident={id}"),
        last_seq: None,
        fields: forms::sending(to, typed, today),
        refusals: Vec::new(),
    }
}
