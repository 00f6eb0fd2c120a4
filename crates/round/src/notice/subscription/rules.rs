//! What a person may say about being told. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use jiff::{Timestamp, civil::Date};
use journal::{Private, Refusal};
use serde::{Deserialize, Serialize};

/// From which hour of the day in Scotland a digest is written: on the desk when the day begins, and nobody
/// is woken. GUESS.
const FROM_HOUR: i8 = 6;

/// What a person wants.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subscription {
    /// Where to; nothing means the mailbox page only.
    pub email: Option<Private<String>>,
    /// Whether they want the digest.
    pub digest: bool,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// The settings as typed.
    Set { email: String, digest: String },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// They want a digest, e-mail, or both.
    Subscribed { email: Option<Private<String>>, digest: bool },
    /// They want neither.
    Unsubscribed {},
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "subscription";
}

/// What happens, or why not.
pub fn decide(was: Option<&Subscription>, command: Command) -> Result<Fact, Refusal> {
    let Command::Set { email, digest } = command;
    let digest = match digest.trim() {
        "on" => true,
        "off" => false,
        _ => return Err(Refusal::of("digest", "Choose whether you want a digest a day.")),
    };
    let email = email.trim();
    let email = if email.is_empty() { None } else { Some(read(email)?) };
    let now = Subscription { email: email.map(Private::Known), digest };
    if now == was.cloned().unwrap_or_default() {
        return Err(Refusal::of("digest", "Nothing is different. Change something, or go back."));
    }
    if now == Subscription::default() {
        return Ok(Fact::Unsubscribed {});
    }
    Ok(Fact::Subscribed { email: now.email, digest: now.digest })
}

/// An address that mail can be sent to, as people in offices have them. Quoted and spaced ones exist in the
/// standard and nowhere else, and are what an attacker would use.
fn read(typed: &str) -> Result<String, Refusal> {
    let is_atom = |text: &str, more: &str| {
        !text.is_empty()
            && !text.starts_with('.')
            && !text.ends_with('.')
            && !text.contains("..")
            && text.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c))
    };
    let is_label = |label: &str| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-');
    let fits = typed.rsplit_once('@').is_some_and(|(name, domain)| {
        name.len() <= 64
            && typed.len() <= 254
            && is_atom(name, ".!#$%&'*+/=?^_`{|}~-")
            && is_atom(domain, ".-")
            && domain.contains('.')
            && domain.split('.').all(is_label)
    });
    if fits {
        return Ok(typed.to_owned());
    }
    Err(Refusal::of(
        "email",
        "This is not an e-mail address that mail can be sent to. Give one like name@example.org, or leave it empty.",
    ))
}

/// What it is after `fact`.
pub fn apply(_: Option<Subscription>, fact: &Fact) -> Subscription {
    match fact.clone() {
        Fact::Subscribed { email, digest } => Subscription { email, digest },
        Fact::Unsubscribed {} => Subscription::default(),
    }
}

/// The day whose digest is due now to somebody who wants one and was last written that of `last`: once a day
/// of Scotland, from the morning on, whatever the clocks do.
pub fn digest_due(wants: bool, last: Option<Date>, now: Timestamp) -> Option<Date> {
    let here = now.to_zoned(journal::scotland());
    let is_time = here.hour() >= FROM_HOUR && last.is_none_or(|last| last < here.date());
    (wants && is_time).then(|| here.date())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(email: &str, digest: &str) -> Command {
        Command::Set { email: email.into(), digest: digest.into() }
    }

    #[test]
    fn what_a_person_may_say() {
        let both = Subscription { email: Some("a@example.org".to_owned().into()), digest: true };
        let cases = [
            (None, set("a@example.org", "on"), Ok(both.clone())),
            (None, set("", "on"), Ok(Subscription { email: None, digest: true })),
            (None, set("", "off"), Err("digest")),
            (None, set("a@example.org", ""), Err("digest")),
            (None, set("nobody", "on"), Err("email")),
            (Some(&both), set(" a@example.org ", "on"), Err("digest")),
            (Some(&both), set("", "off"), Ok(Subscription::default())),
        ];
        for (was, command, expected) in cases {
            let told = decide(was, command.clone()).map(|fact| apply(was.cloned(), &fact));
            assert_eq!(
                told.map_err(|refusal| refusal.field.to_string()),
                expected.map_err(str::to_owned),
                "{command:?}"
            );
        }
    }

    #[test]
    fn only_an_address_that_cannot_mean_anything_else_is_taken() {
        for right in ["a@example.org", "m.ban+plan@police.example", "o'neill@a-b.example.org"] {
            assert_eq!(read(right).unwrap(), right);
        }
        for wrong in [
            "a",
            "@example.org",
            "a@",
            "a@localhost",
            "a b@example.org",
            "a@exa mple.org",
            "a@example.org\r\nBcc: b@c.d",
            "\"a b\"@example.org",
            "a@b@example.org ",
            "a,b@example.org",
            "<a@example.org>",
            "a@-b.org",
            "a@b-.org",
            ".a@example.org",
            "a..b@example.org",
            "mòrag@example.org",
            "a@[127.0.0.1]",
            "a@b..c",
            "a;b@example.org",
        ] {
            assert_eq!(read(wrong).unwrap_err().field, "email", "{wrong:?}");
        }
    }

    #[test]
    fn a_digest_is_due_once_a_day_of_scotland_from_the_morning_on() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let cases = [
            (true, None, "2026-11-21T05:59:59Z", None),
            (true, None, "2026-11-21T06:00:00Z", Some("2026-11-21")),
            (true, Some("2026-11-21"), "2026-11-21T23:59:00Z", None),
            (true, Some("2026-11-20"), "2026-11-21T10:00:00Z", Some("2026-11-21")),
            (false, None, "2026-11-21T10:00:00Z", None),
            // In summer 05:00 of Greenwich is 06:00 here, and late in the evening it is the next day here.
            (true, None, "2026-07-01T05:00:00Z", Some("2026-07-01")),
            (true, Some("2026-07-01"), "2026-07-01T23:30:00Z", None),
            // The days on which the clocks change have a morning like any other.
            (true, Some("2026-03-28"), "2026-03-29T05:00:00Z", Some("2026-03-29")),
            (true, Some("2026-10-24"), "2026-10-25T05:59:00Z", None),
            (true, Some("2026-10-24"), "2026-10-25T06:00:00Z", Some("2026-10-25")),
            (true, Some("2028-02-28"), "2028-02-29T08:00:00Z", Some("2028-02-29")),
        ];
        for (wants, last, now, due) in cases {
            let told = digest_due(wants, last.map(day), now.parse().unwrap());
            assert_eq!(told, due.map(day), "{wants} {last:?} {now}");
        }
    }
}
