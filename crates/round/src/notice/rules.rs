//! What may happen to a notice, and when it is tried again. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use jiff::{SignedDuration, Timestamp, civil::Date};
use journal::{Id, Private, Refusal};
use serde::{Deserialize, Serialize};

/// The pauses after the first try, the second, and so on. After the try that has none it is given up: half a
/// day is longer than a mail server's usual illness, and the mailbox has the notice anyway. GUESS.
const PAUSES_MINUTES: [i64; 5] = [1, 10, 60, 240, 720];

/// How long one try may take before another is made: the sender is thought dead. So a sender that dies
/// between sending and noting it may send twice, and one that lives never does.
pub const LEASE: SignedDuration = SignedDuration::from_mins(30);

/// The most characters of a subject line and of a text.
const SUBJECT: usize = 200;
const BODY: usize = 20_000;
const WHY: usize = 300;

/// Why a notice is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// What needs somebody, once a day.
    Digest,
    /// An update is asked for.
    Asked,
    /// It was asked for and has not come.
    Reminded,
    /// It was due and has not come.
    Escalated,
    /// A performance report was frozen.
    Report,
}

impl Kind {
    /// All.
    pub const ALL: [Self; 5] = [Self::Digest, Self::Asked, Self::Reminded, Self::Escalated, Self::Report];

    /// The word of a row.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Digest => "digest",
            Self::Asked => "asked",
            Self::Reminded => "reminded",
            Self::Escalated => "escalated",
            Self::Report => "report",
        }
    }

    /// The words of a page.
    pub fn words(self) -> &'static str {
        match self {
            Self::Digest => "Daily digest",
            Self::Asked => "Update asked for",
            Self::Reminded => "Reminder",
            Self::Escalated => "Escalation",
            Self::Report => "Report frozen",
        }
    }

    /// What somebody has to be allowed when it is sent, whatever they were when it was written; nothing where an account is
    /// enough.
    pub fn needs(self) -> Option<&'static str> {
        (self == Self::Report).then_some("report.read")
    }

    /// The page on which somebody says that they want no more of these.
    pub fn settings(self) -> &'static str {
        if self == Self::Report { "/reports/subscriptions" } else { "/mailbox/settings" }
    }

    /// The kind that a row names.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A notice as it is written. In the text, a line that begins with "/" is a link to a page of ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// The account it is for.
    pub to: Id,
    /// Why it is written.
    pub kind: Kind,
    /// One line.
    pub subject: String,
    /// The text.
    pub body: String,
    /// The recommendation it is about, if it is about one.
    pub about: Option<Id>,
    /// The day of a digest.
    #[serde(default)]
    pub digest_of: Option<Date>,
}

/// How it reached somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// On the mailbox page only.
    Mailbox,
    /// By e-mail too.
    Email,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// A new one.
    Write(Letter),
    /// It is taken up for sending.
    Take,
    /// It was sent.
    Send(Way),
    /// It could not be sent.
    Fail { why: String },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It was written.
    Written(Letter),
    /// It was taken up; nobody else takes it up before `until`.
    Taken { until: Timestamp },
    /// It was sent.
    Sent { way: Way },
    /// It could not be sent; it is tried again at `next_at`, or never. What the mail server said may name the
    /// recipient.
    Failed { why: Private<String>, next_at: Option<Timestamp> },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "notice";
}

/// A notice as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What was written.
    pub letter: Letter,
    /// How often it was taken up.
    pub tries: i64,
    /// Where it stands.
    pub standing: Standing,
    /// Why it could not be sent the last time.
    pub why: Option<Private<String>>,
}

/// Where a notice stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// To be sent at once.
    New,
    /// To be sent then, and not before.
    Due(Timestamp),
    /// It was sent.
    Sent(Way),
    /// It was tried often enough.
    GivenUp,
}

impl Standing {
    /// Whether nothing more happens to it.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Sent(_) | Self::GivenUp)
    }
}

/// What else the rule knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Now.
    pub now: Timestamp,
    /// Whether the account was written the digest of that day already.
    pub has_digest: bool,
}

/// What happens, or why not.
pub fn decide(known: Known, was: Option<&Notice>, command: Command) -> Result<Fact, Refusal> {
    let refuse = |sentence: &'static str| Err(Refusal::of("notice", sentence));
    match (was, command) {
        (None, Command::Write(letter)) => write(known, letter),
        (Some(_), Command::Write(_)) => refuse("This notice is written already."),
        (None, _) => refuse("There is no such notice."),
        (Some(was), _) if was.standing.is_over() => {
            refuse("This notice is done with: nothing more happens to it.")
        }
        (Some(was), Command::Take) => match was.standing {
            Standing::Due(at) if at > known.now => refuse("This notice is being sent, or is not due yet."),
            _ => Ok(Fact::Taken { until: known.now + LEASE }),
        },
        (Some(_), Command::Send(way)) => Ok(Fact::Sent { way }),
        (Some(was), Command::Fail { why }) => Ok(Fact::Failed {
            why: short(&why).into(),
            next_at: pause(was.tries).map(|pause| known.now + pause),
        }),
    }
}

fn write(known: Known, letter: Letter) -> Result<Fact, Refusal> {
    if letter.kind == Kind::Digest && known.has_digest {
        return Err(Refusal::of("notice", "This account has the digest of the day already."));
    }
    // One line, whatever a post or a recommendation is called: a line break in a subject could begin another
    // header of the e-mail.
    let subject = one_line(&letter.subject);
    let body: String = letter.body.replace("\r\n", "\n");
    let body = body.chars().filter(|c| !c.is_control() || *c == '\n').take(BODY).collect();
    if subject.is_empty() {
        return Err(Refusal::of("notice", "A notice needs a subject."));
    }
    Ok(Fact::Written(Letter { subject: subject.chars().take(SUBJECT).collect(), body, ..letter }))
}

/// The words on one line, without anything that is no letter of them.
pub fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn short(why: &str) -> String {
    one_line(why).chars().take(WHY).collect()
}

/// How long to wait after the try of that number, from 1; nothing when there is no further one.
pub fn pause(tries: i64) -> Option<SignedDuration> {
    let place = usize::try_from(tries - 1).unwrap_or(0);
    PAUSES_MINUTES.get(place).copied().map(SignedDuration::from_mins)
}

/// What it is after `fact`.
pub fn apply(was: Option<Notice>, fact: &Fact) -> Notice {
    if let Fact::Written(letter) = fact {
        return Notice { letter: letter.clone(), tries: 0, standing: Standing::New, why: None };
    }
    let was = was.expect("decide lets nothing happen to a notice before it is written");
    match fact.clone() {
        Fact::Written(_) => was,
        Fact::Taken { until } => Notice { tries: was.tries + 1, standing: Standing::Due(until), ..was },
        Fact::Sent { way } => Notice { standing: Standing::Sent(way), why: None, ..was },
        Fact::Failed { why, next_at } => {
            Notice { standing: next_at.map_or(Standing::GivenUp, Standing::Due), why: Some(why), ..was }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-21T10:00:00Z".parse().unwrap()
    }

    fn known() -> Known {
        Known { now: now(), has_digest: false }
    }

    fn letter(kind: Kind, subject: &str) -> Letter {
        Letter {
            to: Id::new(Timestamp::UNIX_EPOCH),
            kind,
            subject: subject.into(),
            body: "An update is asked for.\r\n/recommendations\u{7}".into(),
            about: None,
            digest_of: None,
        }
    }

    fn written() -> Notice {
        apply(None, &decide(known(), None, Command::Write(letter(Kind::Asked, "Update asked for"))).unwrap())
    }

    fn after(was: &Notice, now: Timestamp, command: Command) -> Notice {
        apply(Some(was.clone()), &decide(Known { now, has_digest: false }, Some(was), command).unwrap())
    }

    #[test]
    fn a_subject_is_one_line_whatever_it_is_made_of() {
        for (subject, line) in [
            ("Update asked for", "Update asked for"),
            ("A\r\nBcc: everybody@example.org", "A Bcc: everybody@example.org"),
            ("A\nB\tC\u{0}D\u{85}E", "A B C D E"),
        ] {
            let Fact::Written(letter) =
                decide(known(), None, Command::Write(letter(Kind::Asked, subject))).unwrap()
            else {
                panic!("it is written");
            };
            assert_eq!(letter.subject, line);
            assert_eq!(letter.body, "An update is asked for.\n/recommendations");
        }
        assert!(decide(known(), None, Command::Write(letter(Kind::Asked, " \r\n "))).is_err());
    }

    #[test]
    fn one_digest_a_day() {
        let again = Known { has_digest: true, ..known() };
        assert!(decide(again, None, Command::Write(letter(Kind::Digest, "x"))).is_err());
        assert!(decide(again, None, Command::Write(letter(Kind::Asked, "x"))).is_ok());
    }

    #[test]
    fn what_is_taken_up_is_nobody_elses_until_its_sender_is_thought_dead() {
        let taken = after(&written(), now(), Command::Take);
        assert_eq!((taken.tries, taken.standing), (1, Standing::Due(now() + LEASE)));
        let early = Known { now: now() + SignedDuration::from_mins(29), ..known() };
        assert!(decide(early, Some(&taken), Command::Take).is_err());
        let late = Known { now: now() + LEASE, ..known() };
        assert!(decide(late, Some(&taken), Command::Take).is_ok());
    }

    #[test]
    fn the_pauses_grow_and_the_sixth_failure_is_the_last() {
        let (mut notice, mut at, mut waited) = (written(), now(), Vec::new());
        loop {
            notice = after(&notice, at, Command::Take);
            notice = after(&notice, at, Command::Fail { why: "550\r\nno such\tuser".into() });
            let Standing::Due(next) = notice.standing else { break };
            waited.push(next.duration_since(at).as_mins());
            at = next;
        }
        assert_eq!(waited, [1, 10, 60, 240, 720]);
        assert_eq!((notice.tries, notice.standing), (6, Standing::GivenUp));
        assert_eq!(notice.why.as_ref().map(Private::shown), Some("550 no such user"));
        for command in [Command::Take, Command::Send(Way::Email), Command::Fail { why: "x".into() }] {
            assert!(decide(known(), Some(&notice), command).is_err());
        }
    }

    #[test]
    fn what_is_sent_is_not_sent_again() {
        let sent = after(&after(&written(), now(), Command::Take), now(), Command::Send(Way::Email));
        assert_eq!(sent.standing, Standing::Sent(Way::Email));
        for command in [Command::Take, Command::Send(Way::Email), Command::Fail { why: "x".into() }] {
            assert!(decide(known(), Some(&sent), command.clone()).is_err(), "{command:?}");
        }
        assert!(decide(known(), None, Command::Take).is_err());
    }
}
