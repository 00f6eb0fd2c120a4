//! Which way, where to, and when: the gate of every message. Pure.
//!
//! [`contact::preference::gate::may_reach`] says whether somebody may be reached this way, there, at that moment. Here
//! it is asked for every moment at which the answer can change, together with the quiet hours, so that what may go
//! later waits until then, and what may never go is held back.

use contact::{
    phone,
    preference::{
        gate::may_reach,
        rules::{Preference, Way},
    },
};
use jiff::{
    SignedDuration, Timestamp, ToSpan,
    civil::{DateTime, Time},
};
use journal::{Private, Refusal, scotland};

use crate::definition::Quiet;

/// How long a message may wait for an hour in which it may go: every hour of the day comes once in it, whatever the
/// clocks do.
const HORIZON: SignedDuration = SignedDuration::from_hours(48);

/// What is known of where somebody is reached; empty where nothing is.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// A telephone number, as typed or in E.164.
    pub phone: String,
    /// An e-mail address.
    pub email: String,
    /// A postal address.
    pub address: String,
}

impl std::fmt::Debug for Reach {
    /// Without the number and the addresses.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Reach")
    }
}

impl Reach {
    /// Where this way leads; or why it leads nowhere.
    pub fn to(&self, way: Way) -> Result<String, Refusal> {
        match way {
            Way::Text => text_number(&self.phone),
            Way::Email => email_address(&self.email),
            Way::Letter if self.address.trim().is_empty() => {
                Err(Refusal::of("to", "No postal address is known. Enter one, or choose another way."))
            }
            Way::Letter => Ok(self.address.trim().to_owned()),
            _ => Err(Refusal::of("way", "A message is a text, an e-mail or a letter. Choose one of them.")),
        }
    }
}

/// A number that takes texts. To a landline a text is read aloud to whoever answers, so none goes there.
fn text_number(typed: &str) -> Result<String, Refusal> {
    let key = phone::key(typed).ok_or_else(|| {
        Refusal::of("to", "No number is known that a text can go to. Enter a mobile number.")
    })?;
    let is_landline = key.starts_with("+44") && (!key.starts_with("+447") || key.starts_with("+4470"));
    if is_landline {
        let sentence = "That is no mobile number: a text would be read aloud to whoever answers. Enter a mobile number, or choose another way.";
        return Err(Refusal::of("to", sentence));
    }
    Ok(key)
}

/// An address with one “@”, something on both sides, and nothing that could be a header or a second address.
fn email_address(typed: &str) -> Result<String, Refusal> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Refusal::of("to", "No e-mail address is known. Enter one, or choose another way."));
    }
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._%+-'".contains(c);
    let is_one = typed.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && name.chars().all(is_plain)
            && host.contains('.')
            && host
                .split('.')
                .all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
    });
    if is_one && typed.len() <= 254 {
        return Ok(typed.to_owned());
    }
    Err(Refusal::of("to", "That is not an e-mail address. Give it as name@example.org."))
}

/// Whether anybody said that some way to reach this person is unsafe: then a message does not say who it comes from.
pub fn is_discreet(preferences: &[Preference]) -> bool {
    preferences.iter().any(|one| !one.unsafe_ways.is_empty())
}

/// The first moment from `now` on at which it may go this way, there; or why it never may. `quiet` are the hours in
/// which it waits.
pub fn opening(
    preferences: &[Preference],
    way: Way,
    to: &str,
    now: Timestamp,
    quiet: Option<Quiet>,
) -> Result<Timestamp, Refusal> {
    // A letter has no hour.
    let quiet = quiet.filter(|_| way != Way::Letter);
    let mut first = None;
    for at in moments(preferences, now, quiet) {
        match may_reach(preferences, way, to, at) {
            Ok(()) if !is_quiet(quiet, at) => return Ok(at),
            Ok(()) => {}
            Err(refusal) => first = first.or(Some(refusal)),
        }
    }
    Err(first.unwrap_or_else(|| {
        Refusal::of("at", "There is no hour in which it may go. Reach this person another way.")
    }))
}

fn is_quiet(quiet: Option<Quiet>, at: Timestamp) -> bool {
    let time = at.to_zoned(scotland()).time();
    quiet.is_some_and(
        |Quiet { from, until }| {
            if from <= until { from <= time && time < until } else { from <= time || time < until }
        },
    )
}

/// Now, and every later moment at which the answer can change: an end of hours on each day, and a change of the clocks.
fn moments(preferences: &[Preference], now: Timestamp, quiet: Option<Quiet>) -> Vec<Timestamp> {
    let mut times: Vec<Time> = Vec::new();
    times.extend(quiet.map(|quiet| quiet.until));
    for one in preferences {
        times.extend(one.safe_hours.map(|(from, _)| from));
        let ends = one.unsafe_ways.iter().filter_map(|it| it.hours);
        // The end of unsafe hours is unsafe, too.
        times.extend(ends.map(|(_, until)| until.wrapping_add(1.minute())));
    }
    let until = now.saturating_add(HORIZON).unwrap_or(Timestamp::MAX);
    let today = now.to_zoned(scotland()).date();
    let days = (0..=3).filter_map(|later| today.checked_add(later.days()).ok());
    let mut all: Vec<Timestamp> = days
        .flat_map(|day| times.iter().map(move |time| day.to_datetime(*time)))
        .flat_map(both)
        .chain(scotland().following(now).take(1).map(|change| change.timestamp()))
        .filter(|at| now < *at && *at <= until)
        .collect();
    all.sort();
    all.dedup();
    all.insert(0, now);
    all
}

/// A time on the wall is two moments where the clocks go back over it.
fn both(on_the_wall: DateTime) -> Vec<Timestamp> {
    let zone = scotland();
    let ambiguous = zone.to_ambiguous_timestamp(on_the_wall);
    [ambiguous.earlier(), ambiguous.later()].into_iter().flatten().collect()
}

/// The way that was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The way.
    pub way: Way,
    /// Where it leads.
    pub to: String,
    /// From when on it may go.
    pub at: Timestamp,
}

/// A way, where it leads and from when on; or why not. What a form offers.
pub fn offer(
    preferences: &[Preference],
    way: Way,
    reach: &Reach,
    now: Timestamp,
    quiet: Option<Quiet>,
) -> Result<Chosen, Refusal> {
    // What is unsafe everywhere is said before an address is asked for.
    opening(preferences, way, &reach.to(way).unwrap_or_default(), now, quiet)
        .and_then(|at| reach.to(way).map(|to| Chosen { way, to, at }))
}

/// The first of the ways that this person prefers, then of the template’s, by which it may go; or why none may.
pub fn choose(
    preferences: &[Preference],
    ways: &[Way],
    reach: &Reach,
    now: Timestamp,
    quiet: Option<Quiet>,
    fits: impl Fn(Way) -> Result<(), Refusal>,
) -> Result<Chosen, Refusal> {
    // What was said last is said first; a letter waits for hands, so it goes by itself only where it is preferred.
    let said = preferences.iter().rev().flat_map(|one| one.preferred.iter().copied());
    let own = ways.iter().copied().filter(|way| *way != Way::Letter);
    let mut tried: Vec<Way> = Vec::new();
    let mut why: Option<Refusal> = None;
    for way in said.filter(|way| ways.contains(way)).chain(own) {
        if tried.contains(&way) {
            continue;
        }
        tried.push(way);
        match fits(way).and_then(|()| offer(preferences, way, reach, now, quiet)) {
            Ok(chosen) => return Ok(chosen),
            // That a way is unsafe says more than that an address is missing.
            Err(refusal) => {
                let says_more = why.as_ref().is_none_or(|was| was.field == "to" && refusal.field != "to");
                if says_more {
                    why = Some(refusal);
                }
            }
        }
    }
    Err(why.unwrap_or_else(|| Refusal::of("way", "There is no way by which this can be sent. Call them.")))
}

/// The number or address of a fact, for the gate: one that was erased is nowhere, and is compared as such.
pub fn where_to(to: &Private<String>) -> &str {
    to.known().map_or("", String::as_str)
}
