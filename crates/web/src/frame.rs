//! What the layout shows around a page.

use std::{convert::Infallible, sync::LazyLock};

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::request::Parts,
};
use sha2::{Digest, Sha256};

use crate::{asset, input::Session};

/// Changes whenever a style or script does, so that a browser never keeps an old one.
static STAMP: LazyLock<String> = LazyLock::new(|| {
    let mut hash = Sha256::new();
    for name in ["govuk.css", "moj.css", "app.css", "app.js"] {
        hash.update(asset(name).unwrap_or_default());
    }
    journal::hex(&hash.finalize()[..6])
});

/// Which part of the service a page belongs to, for the bar at the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Section {
    /// Contacts.
    Contacts,
    /// Incidents.
    Incidents,
    /// Queues.
    Queues,
    /// Diaries of local policing, and their appointments.
    Diaries,
    /// Referrals to partner agencies.
    Referrals,
    /// Crime reports.
    Crime,
    /// Measures of the work.
    Measures,
    /// Performance reports.
    Reports,
    /// What the service says to people.
    Messages,
    /// The register and its recommendations.
    Improvement,
    /// What needs a person’s attention.
    Work,
    /// Groups, meetings and the month’s round.
    Month,
    /// Committee papers.
    Papers,
    /// Reading a published plan.
    Import,
    /// Accounts.
    Accounts,
    /// None of them.
    #[default]
    None,
}

impl Section {
    /// The word that the layout compares.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Contacts => "contacts",
            Self::Incidents => "incidents",
            Self::Queues => "queues",
            Self::Diaries => "diaries",
            Self::Referrals => "referrals",
            Self::Crime => "crime",
            Self::Measures => "measures",
            Self::Reports => "reports",
            Self::Messages => "messages",
            Self::Improvement => "improvement",
            Self::Work => "work",
            Self::Month => "month",
            Self::Papers => "papers",
            Self::Import => "import",
            Self::Accounts => "accounts",
            Self::None => "none",
        }
    }
}

/// Who is signed in, as far as the layout shows it.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "what the bar offers is a list of yes or no, one for each place"
)]
pub struct Who {
    /// Their name.
    pub name: String,
    /// Their role, in words.
    pub role: String,
    /// Whether the bar offers them the contacts.
    pub may_read_contacts: bool,
    /// Whether the bar offers them the incidents and the queues.
    pub may_read_incidents: bool,
    /// Whether the bar offers them the diaries.
    pub may_read_diaries: bool,
    /// Whether the bar offers them the referrals.
    pub may_read_referrals: bool,
    /// Whether the bar offers them the crime reports.
    pub may_read_crime: bool,
    /// Whether the bar offers them the measures.
    pub may_read_measures: bool,
    /// Whether the bar offers them the performance reports.
    pub may_read_reports: bool,
    /// Whether the bar offers them the messages.
    pub may_read_messages: bool,
    /// Whether the bar offers them the register.
    pub may_read_plan: bool,
    /// Whether the bar offers them the papers.
    pub may_read_papers: bool,
    /// Whether the bar offers them the import.
    pub may_import: bool,
    /// Whether the bar offers them the accounts.
    pub may_manage: bool,
}

/// The frame of one page.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// The page's title. No personal data: it is kept in histories and logs.
    pub title: String,
    /// Where it belongs.
    pub section: Section,
    /// Who is signed in.
    pub who: Option<Who>,
    /// The session's token for forms.
    pub csrf: String,
    /// What was just done, shown once.
    pub notice: Option<String>,
    /// The moment looked back to, in words.
    pub as_at: Option<String>,
    /// The version of styles and scripts.
    pub stamp: String,
}

impl Frame {
    /// A frame for `title` in `section`.
    pub fn of(title: impl Into<String>, section: Section) -> Self {
        Self { title: title.into(), section, stamp: STAMP.clone(), ..Self::default() }
    }

    /// With who is signed in.
    #[must_use]
    pub fn seen_by(mut self, signed: &Signed) -> Self {
        self.who = Some(signed.who.clone());
        self.csrf.clone_from(&signed.csrf);
        self
    }

    /// With a notice of what was just done.
    #[must_use]
    pub fn with_notice(mut self, notice: Option<String>) -> Self {
        self.notice = notice;
        self
    }

    /// With the moment looked back to.
    #[must_use]
    pub fn looking_back_to(mut self, as_at: Option<String>) -> Self {
        self.as_at = as_at;
        self
    }
}

/// The signed-in person as the layout needs them: what the session's middleware leaves for every page.
#[derive(Debug, Clone)]
pub struct Signed {
    /// Who.
    pub who: Who,
    /// The session's token for forms.
    pub csrf: String,
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Signed {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Session {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_default())
    }
}
