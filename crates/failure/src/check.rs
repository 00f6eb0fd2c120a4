//! Reading the definition: what cannot be right is refused in a sentence that says what to mend.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::{
    code::{Class, Code},
    definition::{Definition, Definitions, Reason, Role, Strength, What, Window},
};

/// The parameters that the rules ask for; each has to be there, and no other.
const NEEDED: [(Code, What); 15] = [
    (Code::F01, What::Review),
    (Code::F02, What::Window),
    (Code::F02, What::Late),
    (Code::F04, What::Window),
    (Code::F05, What::Window),
    (Code::F06, What::Window),
    (Code::F07, What::Window),
    (Code::F09, What::Window),
    (Code::F10, What::Window),
    (Code::F11, What::Window),
    (Code::F11, What::Wait),
    (Code::F11, What::Standard),
    (Code::F12, What::Window),
    (Code::F13, What::Window),
    (Code::F14, What::Window),
];

/// Ten years: longer than any window that means something, short enough to be added to any moment.
const LONGEST_SECONDS: i64 = 3_660 * 86_400;

impl Definitions {
    /// Reads a file, or says in a sentence what is wrong with it and how to mend it.
    pub fn read(text: &str) -> Result<Self, String> {
        let read: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        if read.version.is_empty() {
            return Err("The file has no version: write at least one.".to_owned());
        }
        for (earlier, later) in read.version.iter().zip(read.version.iter().skip(1)) {
            if later.from <= earlier.from || later.number <= earlier.number {
                return Err(format!(
                    "Version {} has to come after version {}: give it a higher number and a later from.",
                    later.number, earlier.number
                ));
            }
        }
        read.version.iter().try_for_each(Definition::check)?;
        Ok(read)
    }
}

impl Definition {
    fn check(&self) -> Result<(), String> {
        if self.name.is_empty() || self.changes.is_empty() {
            return Err(format!("Version {} needs a name and a sentence of changes.", self.number));
        }
        if self.target_percent.is_some_and(|target| target > 100) {
            return Err("The target_percent is over 100: a share of contacts is at most 100.".to_owned());
        }
        if self.abandoned.wait_seconds < 1 || self.abandoned.recall_minutes < 1 {
            return Err("The cut-offs of abandoned have to be 1 or more.".to_owned());
        }
        if let Some(kind) = self.unless_risk.iter().find(|kind| !self.never_kinds.contains(kind)) {
            return Err(format!(
                "In unless_risk is {kind:?}, which is not in never_kinds: add it there or leave it out."
            ));
        }
        self.check_channels()?;
        self.check_codes()?;
        self.check_windows()
    }

    fn check_channels(&self) -> Result<(), String> {
        let mut seen = BTreeSet::new();
        for channel in &self.channel {
            if channel.key.is_empty() || !seen.insert(&channel.key) {
                return Err(format!("The channel “{}” is there twice or has no key.", channel.key));
            }
        }
        for role in [Role::Emergency, Role::NonEmergency, Role::Web] {
            if !self.channel.iter().any(|channel| channel.role == role) {
                return Err(format!("No channel has the role {role:?}: F11 needs one to look at."));
            }
        }
        Ok(())
    }

    fn check_codes(&self) -> Result<(), String> {
        let (mut keys, mut orders) = (BTreeSet::new(), BTreeSet::new());
        for reason in &self.code {
            if !keys.insert(reason.key) {
                return Err(format!("The code {} is there twice: keep one.", reason.key));
            }
            if !orders.insert(reason.order) {
                return Err(format!("The order {} is given twice, also to {}.", reason.order, reason.key));
            }
            reason.check()?;
        }
        match Code::ALL.into_iter().find(|code| !keys.contains(code)) {
            Some(lost) => Err(format!("The code {lost} is missing: all 23 have to be there.")),
            None => Ok(()),
        }
    }

    fn check_windows(&self) -> Result<(), String> {
        for window in &self.window {
            let name = window.name();
            if !NEEDED.contains(&(window.code, window.what)) {
                return Err(format!("{name} is asked for by no rule: take it out."));
            }
            match window.length().map(|length| length.as_secs()) {
                None => {
                    return Err(format!(
                        "{name} needs a length in exactly one of days, hours, minutes, seconds."
                    ));
                }
                Some(..0) => return Err(format!("{name} is negative: a length is 1 or more.")),
                Some(0) => return Err(format!("{name} is 0: a length is 1 or more.")),
                Some(LONGEST_SECONDS..) => return Err(format!("{name} is longer than ten years.")),
                Some(_) => {}
            }
            if window.guess != window.source.is_empty() {
                return Err(format!("{name} has to be a guess or name its source, one of the two."));
            }
            if window.from.zip(window.until).is_some_and(|(from, until)| until < from) {
                return Err(format!("{name} ends before it begins: mend from or until."));
            }
        }
        self.check_overlaps()?;
        NEEDED.into_iter().try_for_each(|(code, what)| self.check_cover(code, what))
    }

    fn check_overlaps(&self) -> Result<(), String> {
        for (index, one) in self.window.iter().enumerate() {
            if self.window.iter().skip(index + 1).any(|other| one.overlaps(other)) {
                return Err(format!(
                    "{} is there twice for the same days: keep one, or part their days.",
                    one.name()
                ));
            }
        }
        Ok(())
    }

    /// A parameter without a family has to hold on every day from the first of the version.
    fn check_cover(&self, code: Code, what: What) -> Result<(), String> {
        let of = |one: &&Window| one.code == code && one.what == what && one.family.is_none();
        let mut general: Vec<&Window> = self.window.iter().filter(of).collect();
        general.sort_by_key(|one| one.from);
        let mut open = Some(self.from);
        for window in general {
            let Some(day) = open else { break };
            if window.from.is_none_or(|from| from <= day) && window.until.is_none_or(|until| day <= until) {
                open = window.until.and_then(|until| until.tomorrow().ok());
            }
        }
        match open {
            None => Ok(()),
            Some(day) => Err(format!("No {what:?} of {code} holds on {day}: add one without a family.")),
        }
    }
}

impl Window {
    fn name(&self) -> String {
        let family = self.family.as_ref().map(|family| format!(" for {family}")).unwrap_or_default();
        format!("The {:?} of {}{family}", self.what, self.code)
    }

    fn overlaps(&self, other: &Self) -> bool {
        let first = |one: &Self| one.from.unwrap_or(Date::MIN);
        let last = |one: &Self| one.until.unwrap_or(Date::MAX);
        (self.code, self.what, &self.family) == (other.code, other.what, &other.family)
            && first(self) <= last(other)
            && first(other) <= last(self)
    }
}

impl Reason {
    fn check(&self) -> Result<(), String> {
        let key = self.key;
        if self.words.is_empty() || self.about.is_empty() || self.order == 0 {
            return Err(format!("The code {key} needs words, a description and an order from 1."));
        }
        if (self.key.class() == Class::Failure) == (self.strength == Strength::Recorded) {
            return Err(format!(
                "The strength of {key} cannot be {:?}: recorded is for value and neutral demand only.",
                self.strength
            ));
        }
        if self.strength == Strength::Strong && matches!(key, Code::F04 | Code::F12 | Code::F15) {
            return Err(format!("The code {key} cannot be strong: no recorded fact shows it."));
        }
        if self.over.iter().any(|over| over.class() != Class::Value) {
            return Err(format!("The code {key} can only hold over value demand, V1 to V5."));
        }
        if !self.over.is_empty() && (self.key.class() != Class::Failure || self.over.contains(&Code::V2)) {
            return Err(format!(
                "The code {key} cannot hold over these: a new occurrence is never failure, and only failure holds over value."
            ));
        }
        Ok(())
    }
}
