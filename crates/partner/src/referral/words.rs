//! A referral in words: its states, its consent, its answers. Pure.

use contact::codes::words;
pub use journal::words::minutes as minutes_words;
use journal::words::moment;

use super::rules::{Answer, Consent, End, Said, State};
use crate::definition::{definitions, kind};

impl State {
    /// All of them, in the order of a referral’s life.
    pub const ALL: [Self; 7] = [
        Self::Sent,
        Self::Overdue,
        Self::Accepted,
        Self::Declined,
        Self::Finished,
        Self::BouncedBack,
        Self::Withdrawn,
    ];

    /// As an address, a row and a file have it: "bounced_back".
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Overdue => "overdue",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Finished => "finished",
            Self::BouncedBack => "bounced_back",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Sent => "Waiting for a reply",
            Self::Overdue => "No reply in time",
            Self::Accepted => "Accepted",
            Self::Declined => "Declined",
            Self::Finished => "Finished",
            Self::BouncedBack => "Given back",
            Self::Withdrawn => "Withdrawn",
        }
    }

    /// The state that [`Self::as_str`] names.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == key)
    }

    /// Whether something is still to happen.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Sent | Self::Overdue | Self::Accepted)
    }

    /// Whether the police have to do something about it, until they said what they did.
    pub fn comes_back(self) -> bool {
        matches!(self, Self::Overdue | Self::Declined | Self::BouncedBack)
    }
}

impl End {
    /// The key of its reason or outcome; empty where there is none.
    pub fn key(&self) -> &str {
        match self {
            Self::Declined { reason } | Self::BouncedBack { reason } => reason,
            Self::Finished { outcome, .. } => outcome,
            Self::Withdrawn => "",
        }
    }
}

/// The words of a reason or an outcome, whichever it is of; the key itself, should the file have lost it.
pub fn end_words(state: State, key: &str) -> &str {
    let all = definitions();
    match state {
        State::Declined => words(&all.decline_reason, key),
        State::Finished => words(&all.outcome, key),
        State::BouncedBack => words(&all.bounce_reason, key),
        _ => key,
    }
}

/// "The person themselves, in writing", or on what ground it was sent without.
pub fn consent_words(consent: &Consent) -> String {
    let all = definitions();
    match consent {
        Consent::NotNeeded => "Not asked for: this kind needs none".to_owned(),
        Consent::Given { by, way } => {
            format!("{}: {}", words(&all.consent_by, by), words(&all.consent_way, way).to_lowercase())
        }
        Consent::Overridden { basis, .. } => format!("Sent without: {}", words(&all.legal_basis, basis)),
    }
}

/// The questions of a kind with what was answered.
pub fn answered(key: &str, answers: &[Answer]) -> Vec<(String, String)> {
    let asked = |question: &str| {
        kind(key).and_then(|kind| kind.asked(question)).map_or(question, |one| one.asks.as_str()).to_owned()
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

/// "1 hour", "24 hours".
pub fn hours_words(hours: i64) -> String {
    minutes_words(60 * hours)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_read_back_and_spans_are_told() {
        for state in State::ALL {
            assert_eq!(State::of(state.as_str()), Some(state));
            assert_eq!(serde_json::to_value(state).unwrap(), state.as_str());
        }
        assert_eq!(State::of("lost"), None);
    }
}
