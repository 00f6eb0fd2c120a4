//! FD-1, the definition of failure demand, as data: `definitions/failure.toml` (MEASURES 1; HMICS CAM 2022 R3).
//!
//! The file holds versions. Each is whole: 23 reasons, windows, who is never counted. A version holds until the next one
//! begins, and an older one stays, so that what was published can be counted again beside what is now.

use std::{collections::BTreeSet, sync::LazyLock};

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::{
    code::Code,
    story::{Contact, Kind},
};

static DEFINITIONS: LazyLock<Definitions> = LazyLock::new(|| {
    Definitions::read(include_str!("../../../definitions/failure.toml"))
        .expect("definitions/failure.toml is compiled in, and a test reads it")
});

static SCOTLAND: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZone::get("Europe/London").expect("the zones are compiled in"));

/// All versions, the oldest first.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definitions {
    /// In the order of the file, which is that of their days.
    pub version: Vec<Definition>,
}

/// One version of the definition.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Stored with every judgement.
    pub number: u32,
    /// What it is called: FD-1.
    pub name: String,
    /// The first day on which it holds, in Scotland; it holds until the next version begins.
    pub from: Date,
    /// What is new in it, a sentence.
    pub changes: String,
    /// The most failure demand that is aimed for, in per cent of eligible contacts; no source gives one.
    #[serde(default)]
    pub target_percent: Option<u32>,
    /// Families in which a new occurrence is never failure.
    pub protected: Vec<String>,
    /// Whether failure holds over what is recorded as neutral demand: literally it does, being all that is not value.
    pub failure_over_neutral: bool,
    /// Kinds of contact that are never eligible.
    pub never_kinds: Vec<Kind>,
    /// Of these the ones that are eligible where there is a risk.
    pub unless_risk: Vec<Kind>,
    /// The cut-offs of “abandoned and recalled”.
    pub abandoned: Abandoned,
    /// The channels that are known.
    pub channel: Vec<Channel>,
    /// The parameters.
    pub window: Vec<Window>,
    /// The 23 reasons.
    pub code: Vec<Reason>,
}

/// When an attempt that was given up counts, and when it counts as recalled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Abandoned {
    /// From so many seconds of waiting on it is not positive or neutral any more.
    pub wait_seconds: i64,
    /// Answered again within so many minutes.
    pub recall_minutes: i64,
    /// Whether no source gives them.
    #[serde(default)]
    pub guess: bool,
}

/// A way by which somebody gets in touch.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// As in definitions/contact.toml.
    pub key: String,
    /// What it is to the rules.
    pub role: Role,
    /// Whether no source says so.
    #[serde(default)]
    pub guess: bool,
}

/// What a channel is to the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 999.
    Emergency,
    /// 101.
    NonEmergency,
    /// What is written: a web form, an email.
    Web,
    /// Any other that is eligible.
    Other,
    /// Never eligible.
    Never,
}

/// What a parameter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// How long after the failure a contact still counts as caused by it.
    Window,
    /// How late an appointment may be.
    Late,
    /// How soon a supervisor looks at a Prompt incident.
    Review,
    /// How long a wait has to be before giving up counts.
    Wait,
    /// How long something written may go unanswered.
    Standard,
}

/// A parameter with the days on which it holds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// Whose it is.
    pub code: Code,
    /// What it is.
    pub what: What,
    /// The only family for which it holds; none: all that have none of their own.
    #[serde(default)]
    pub family: Option<String>,
    /// Its first day; none: since ever.
    #[serde(default)]
    pub from: Option<Date>,
    /// Its last day; none: for good.
    #[serde(default)]
    pub until: Option<Date>,
    /// Its length, in one of four units. A day is 24 hours.
    #[serde(default)]
    pub days: Option<i64>,
    /// Its length in hours.
    #[serde(default)]
    pub hours: Option<i64>,
    /// Its length in minutes.
    #[serde(default)]
    pub minutes: Option<i64>,
    /// Its length in seconds.
    #[serde(default)]
    pub seconds: Option<i64>,
    /// Whether no source gives it.
    #[serde(default)]
    pub guess: bool,
    /// The source that does.
    #[serde(default)]
    pub source: String,
}

/// A reason and what people are told about it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// Which one.
    pub key: Code,
    /// Its place in the order of severity, from 1.
    pub order: u32,
    /// What shows it.
    pub strength: Strength,
    /// Its class in National Indicator 14.
    #[serde(default)]
    pub ni14: Option<Ni14>,
    /// Its name on a page.
    pub words: String,
    /// Its description on a page, whole sentences.
    pub about: String,
    /// Kinds of value demand over which it holds.
    #[serde(default)]
    pub over: Vec<Code>,
    /// Whether no source says over which it holds.
    #[serde(default)]
    pub guess: bool,
}

/// What it takes to show a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// Recorded facts alone.
    Strong,
    /// Recorded facts raise the question; the advisor decides.
    Weak,
    /// The advisor alone.
    AdvisorOnly,
    /// Value and neutral demand: what was recorded with the contact.
    Recorded,
}

/// The final classes of National Indicator 14 (2008–10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ni14 {
    /// Unnecessary clarification.
    Clarification,
    /// Poor signposting or call transfer.
    Signposting,
    /// Repeat notification of the same information.
    RepeatNotification,
    /// Progress chasing.
    Chasing,
    /// Repeat contact after premature closure.
    PrematureClosure,
}

impl Ni14 {
    /// Its words in the indicator.
    pub fn words(self) -> &'static str {
        match self {
            Self::Clarification => "Unnecessary clarification",
            Self::Signposting => "Poor signposting or call transfer",
            Self::RepeatNotification => "Repeat notification of the same information",
            Self::Chasing => "Progress chasing",
            Self::PrematureClosure => "Repeat contact after premature closure",
        }
    }
}

/// Whether a contact is counted at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Eligibility {
    /// Below the line.
    Eligible,
    /// Nobody answered: an attempt, reported beside.
    Discontinued,
    /// Of a kind or by a channel that is never counted.
    Never,
    /// Its kind or its channel is not known.
    Unknown,
}

impl Window {
    /// How long it is; none where the file does not say it in exactly one unit.
    pub fn length(&self) -> Option<SignedDuration> {
        let units = [(self.days, 86_400), (self.hours, 3_600), (self.minutes, 60), (self.seconds, 1)];
        let mut given = units.into_iter().filter_map(|(count, unit)| Some(count?.saturating_mul(unit)));
        let length = given.next()?;
        given.next().is_none().then(|| SignedDuration::from_secs(length))
    }

    /// Whether it holds on `day`.
    pub fn is_valid_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

impl Definitions {
    /// The version that holds on `day`; none before the first.
    pub fn on(&self, day: Date) -> Option<&Definition> {
        self.version.iter().rev().find(|version| version.from <= day)
    }
}

impl Definition {
    /// The parameter of a code on a day: the longest that holds for one of `families`, the general one where a family has
    /// none of its own. None only on a day before the definition’s first.
    pub fn length(
        &self,
        code: Code,
        what: What,
        families: &BTreeSet<String>,
        day: Date,
    ) -> Option<SignedDuration> {
        let holds = |one: &&Window| one.code == code && one.what == what && one.is_valid_on(day);
        let of = |family: Option<&String>| {
            let mut valid = self.window.iter().filter(holds);
            valid.find(|one| one.family.as_ref() == family).and_then(Window::length)
        };
        let own = families.iter().map(|family| of(Some(family)).or_else(|| of(None)));
        own.max().unwrap_or_else(|| of(None))
    }

    /// The same definition with every window so many per cent as long. What is not a window (how late, how long a wait)
    /// stays: it says what a failure is, not what follows from it.
    #[must_use]
    pub fn with_windows(&self, percent: u32) -> Self {
        self.with_windows_of(percent, |_| true)
    }

    /// The same with those windows only that `is_meant` names.
    #[must_use]
    pub fn with_windows_of(&self, percent: u32, is_meant: impl Fn(&Window) -> bool) -> Self {
        let mut scaled = self.clone();
        for window in scaled.window.iter_mut().filter(|one| one.what == What::Window && is_meant(one)) {
            let seconds =
                window.length().map(|length| length.as_secs().saturating_mul(i64::from(percent)) / 100);
            (window.days, window.hours, window.minutes, window.seconds) = (None, None, None, seconds);
        }
        scaled
    }

    /// What is said about a code; none only for a version that was not read by [`Definitions::read`].
    pub fn reason(&self, code: Code) -> Option<&Reason> {
        self.code.iter().find(|reason| reason.key == code)
    }

    /// The place of a code in the order of severity.
    pub fn order(&self, code: Code) -> u32 {
        self.reason(code).map_or(u32::MAX, |reason| reason.order)
    }

    /// What a channel is; none where it is not known.
    pub fn role(&self, channel: &str) -> Option<Role> {
        self.channel.iter().find(|one| one.key == channel).map(|one| one.role)
    }

    /// Whether a contact is counted.
    pub fn eligibility(&self, contact: &Contact) -> Eligibility {
        if !contact.is_answered {
            return Eligibility::Discontinued;
        }
        match (contact.kind, self.role(&contact.channel)) {
            (_, Some(Role::Never)) => Eligibility::Never,
            (Some(kind), _) if self.is_never(kind, contact.has_risk) => Eligibility::Never,
            (None, _) | (_, None) => Eligibility::Unknown,
            _ => Eligibility::Eligible,
        }
    }

    fn is_never(&self, kind: Kind, has_risk: bool) -> bool {
        self.never_kinds.contains(&kind) && !(has_risk && self.unless_risk.contains(&kind))
    }
}

/// The day of a moment, in Scotland.
pub fn day(at: Timestamp) -> Date {
    at.to_zoned(SCOTLAND.clone()).date()
}

/// All versions of the file that is compiled in.
pub fn definitions() -> &'static Definitions {
    &DEFINITIONS
}
