//! A contact in words: its channel, the purpose of a link, and what is known of nobody and nowhere yet. Pure.

use super::rules::{Caller, Channel, Location, Purpose, State};
use crate::codes;

impl Channel {
    /// All of them, in the order of `definitions/contact.toml`.
    pub const ALL: [Self; 9] = [
        Self::Emergency,
        Self::NonEmergency,
        Self::WebForm,
        Self::Email,
        Self::FrontCounter,
        Self::PartnerAgency,
        Self::AlarmCompany,
        Self::ThirdPartyCentre,
        Self::OfficerAtScene,
    ];

    /// As an address, a row and a file have it: "front_counter".
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Emergency => "emergency",
            Self::NonEmergency => "non_emergency",
            Self::WebForm => "web_form",
            Self::Email => "email",
            Self::FrontCounter => "front_counter",
            Self::PartnerAgency => "partner_agency",
            Self::AlarmCompany => "alarm_company",
            Self::ThirdPartyCentre => "third_party_centre",
            Self::OfficerAtScene => "officer_at_scene",
        }
    }

    /// As a page says it: "101".
    pub fn words(self) -> &'static str {
        codes::words(codes::channels(), self.as_str())
    }

    /// The channel that [`Self::as_str`] names.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == key)
    }
}

impl Purpose {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] =
        [Self::Chase, Self::NewInformation, Self::InvitedCallBack, Self::NewOccurrence, Self::Unrelated];

    /// As an address, a row and a file have it: "new_information".
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Chase => "chase",
            Self::NewInformation => "new_information",
            Self::InvitedCallBack => "invited_call_back",
            Self::NewOccurrence => "new_occurrence",
            Self::Unrelated => "unrelated",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Chase => "Same issue: chasing it",
            Self::NewInformation => "Same issue: something new about it",
            Self::InvitedCallBack => "Same issue: we asked them to call back",
            Self::NewOccurrence => "Something new has happened",
            Self::Unrelated => "Unrelated",
        }
    }

    /// The purpose that [`Self::as_str`] names.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == key)
    }
}

impl State {
    /// All of them, in the order of a contact's life.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Open, Self::Ended, Self::Attempt];

    /// As an address, a row and a file have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Open => "open",
            Self::Ended => "ended",
            Self::Attempt => "attempt",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Waiting => "Waiting",
            Self::Open => "Being dealt with",
            Self::Ended => "Ended",
            Self::Attempt => "Attempt",
        }
    }

    /// The state that [`Self::as_str`] names.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == key)
    }
}

impl Default for Caller {
    /// Somebody of whom nothing is known yet.
    fn default() -> Self {
        Self {
            name: String::new().into(),
            call_back_on: String::new().into(),
            relation: String::new(),
            language: "en".to_owned(),
            needs_interpreter: false,
            agency: String::new(),
        }
    }
}

impl Default for Location {
    /// A place of which nothing is known yet.
    fn default() -> Self {
        let none = String::new;
        Self { words: none().into(), place: none().into(), division: none(), beat: none(), is_rural: None }
    }
}
