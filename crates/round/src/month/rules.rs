//! What may happen in a round, and which of its steps are due. Pure: no clock, no SQL, no HTML.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use journal::{Id, Refusal};
use plan::{
    inspection::rules::read_day,
    words::{PARAGRAPH, day, required},
};
use serde::{Deserialize, Serialize};

use crate::{
    meeting::rules::{Meeting, Standing, due_before},
    workday::rules::Calendar,
};

/// A round as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Round {
    /// The meeting it prepares.
    pub meeting: Id,
    /// The day on which it was opened and everybody was asked.
    pub opened_on: Date,
    /// The day by which updates are asked for.
    pub due_on: Date,
    /// The days on which those who have not answered are reminded, the earliest first.
    pub remind_on: Vec<Date>,
    /// The day on which those who have not answered are escalated.
    pub escalate_on: Date,
    /// The edition of the calendar that these days were counted with.
    pub calendar_version: u32,
    /// Who was asked about what, in the register’s order.
    pub requests: Vec<Request>,
    /// The day on which it was closed; nothing while it is open.
    pub closed_on: Option<Date>,
}

/// One request for an update.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Request {
    /// About which recommendation.
    pub recommendation: Id,
    /// The post that was asked, or reminded last.
    pub post: String,
    /// The post to which silence is escalated.
    pub escalate_to: String,
    /// The days on which it was reminded.
    pub reminded: Vec<Date>,
    /// When and to whom it was escalated.
    pub escalated: Option<(Date, String)>,
    /// When and why it was withdrawn.
    pub withdrawn: Option<(Date, String)>,
}

/// What is asked of whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// About which recommendation.
    pub recommendation: Id,
    /// Of which post.
    pub post: String,
    /// To which post silence is escalated.
    pub escalate_to: String,
}

/// What somebody, or the calendar, wants to happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Updates are asked for before a meeting, by a day in words; empty is the day that the meeting gives.
    Open { meeting: Option<Id>, due_on: String, asks: Vec<Ask> },
    /// Who has not answered is reminded.
    Remind { recommendation: Id },
    /// Who has not answered is escalated.
    Escalate { recommendation: Id },
    /// The request is taken back.
    Withdraw { recommendation: Id, reason: String },
    /// Nobody is reminded any more.
    Close,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It was opened, and each owner was asked. The days of its steps are kept, so that a later edition of
    /// the calendar neither repeats nor forgets one.
    Opened {
        meeting: Id,
        on: Date,
        due_on: Date,
        remind_on: Vec<Date>,
        escalate_on: Date,
        calendar_version: u32,
        asks: Vec<Ask>,
    },
    /// A post was reminded, for the `nth` time.
    Reminded { recommendation: Id, post: String, nth: usize, on: Date },
    /// Silence was told to another post.
    Escalated { recommendation: Id, to_post: String, on: Date },
    /// The request was taken back.
    Withdrawn { recommendation: Id, reason: String, on: Date },
    /// The round was closed.
    Closed { on: Date },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "round";
}

impl Fact {
    /// The day on which it happened.
    pub fn on(&self) -> Date {
        match self {
            Self::Opened { on, .. }
            | Self::Reminded { on, .. }
            | Self::Escalated { on, .. }
            | Self::Withdrawn { on, .. }
            | Self::Closed { on } => *on,
        }
    }
}

/// What the register says of a recommendation that was asked about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// Its reference, for a refusal.
    pub label: String,
    /// The post that owns it now; empty if nobody does.
    pub post: String,
    /// The day of the first update since it was asked for.
    pub answered_on: Option<Date>,
    /// Whether it is discharged or superseded, so that there is nothing left to say.
    pub is_closed: bool,
}

impl Seen {
    /// Whether nothing has been said, and something still could be.
    pub fn is_silent(&self) -> bool {
        self.answered_on.is_none() && !self.is_closed
    }
}

/// What else the rule knows.
#[derive(Debug, Clone)]
pub struct Known<'a> {
    /// Today, in Scotland.
    pub today: Date,
    /// The working days.
    pub calendar: &'a Calendar,
    /// The meeting that is to be prepared, if there is such a one.
    pub meeting: Option<Meeting>,
    /// Whether another round for that meeting is open.
    pub is_taken: bool,
    /// What the register says of each recommendation.
    pub seen: BTreeMap<Id, Seen>,
}

/// What happens, or why not.
pub fn decide(known: &Known<'_>, was: Option<&Round>, command: Command) -> Result<Fact, Refusal> {
    match (was, command) {
        (None, Command::Open { meeting, due_on, asks }) => open(known, meeting, &due_on, asks),
        (Some(_), Command::Open { .. }) => Err(Refusal::of("meeting", "This round is open already.")),
        (None, _) => Err(Refusal::of("meeting", "There is no such round. Open one first.")),
        (Some(was), _) if was.closed_on.is_some() => {
            Err(Refusal::of("round", "This round is closed; nobody is asked in it any more."))
        }
        (Some(was), command) => change(known, was, command),
    }
}

fn open(known: &Known<'_>, meeting: Option<Id>, due_on: &str, asks: Vec<Ask>) -> Result<Fact, Refusal> {
    let chosen = || Refusal::of("meeting", "Choose the meeting that the updates are for. Call it first.");
    let id = meeting.ok_or_else(chosen)?;
    let meeting = known.meeting.as_ref().ok_or_else(chosen)?;
    if meeting.standing != Standing::Called {
        let sentence = "This meeting was held or cancelled. Choose one that is still to come.";
        return Err(Refusal::of("meeting", sentence));
    }
    if known.is_taken {
        let sentence = "A round for this meeting is open. Go on with it, or close it first.";
        return Err(Refusal::of("meeting", sentence));
    }
    let due_on = due_day(known, meeting, due_on)?;
    check_asks(known, &asks)?;
    let calendar = known.calendar;
    let deadlines = &calendar.deadlines;
    let outside = |outside: crate::workday::rules::Outside| Refusal::of("due_on", outside.to_string());
    let mut remind_on = Vec::new();
    for before in &deadlines.remind_working_days_before_due {
        let on = calendar.working_days_before(due_on, *before).map_err(outside)?;
        // Who is asked on the very day, or after it, need not be reminded of it.
        if on > known.today {
            remind_on.push(on);
        }
    }
    let escalate_on =
        calendar.working_days_after(due_on, deadlines.escalate_working_days_after_due).map_err(outside)?;
    let calendar_version = calendar.version;
    Ok(Fact::Opened { meeting: id, on: known.today, due_on, remind_on, escalate_on, calendar_version, asks })
}

fn due_day(known: &Known<'_>, meeting: &Meeting, words: &str) -> Result<Date, Refusal> {
    let refused = |sentence: String| Refusal::of("due_on", sentence);
    if words.trim().is_empty() {
        let due = due_before(known.calendar, meeting.on).map_err(|outside| refused(outside.to_string()))?;
        if due.updates <= known.today {
            return Err(refused(format!(
                "The updates for this meeting were due on {}. Give a later day, before {}.",
                day(due.updates),
                day(meeting.on)
            )));
        }
        return Ok(due.updates);
    }
    let due_on = read_day("due_on", "The day by which updates are due", words)?;
    if due_on <= known.today || due_on >= meeting.on {
        let sentence = format!(
            "Updates are due after today and before the meeting. Give a day before {}.",
            day(meeting.on)
        );
        return Err(refused(sentence));
    }
    match known.calendar.is_working_day(due_on) {
        Ok(true) => Ok(due_on),
        Ok(false) => Err(refused(format!("{} is no working day. Choose another day.", day(due_on)))),
        Err(outside) => Err(refused(outside.to_string())),
    }
}

fn check_asks(known: &Known<'_>, asks: &[Ask]) -> Result<(), Refusal> {
    if asks.is_empty() {
        let sentence =
            "No open recommendation with an owner is among these. Choose others, or give them owners.";
        return Err(Refusal::of("owner", sentence));
    }
    let mut asked = BTreeSet::new();
    for ask in asks {
        let seen = known.seen.get(&ask.recommendation).filter(|seen| !seen.is_closed);
        let Some(seen) = seen else {
            let sentence = "One of these recommendations is closed or not in the register. Leave it out.";
            return Err(Refusal::of("owner", sentence));
        };
        if ask.post.trim().is_empty() {
            let sentence = format!("Nobody owns {}. Give it an owner, or leave it out.", seen.label);
            return Err(Refusal::of("owner", sentence));
        }
        if ask.escalate_to.trim().is_empty() {
            let sentence = "Nobody chairs the group of this meeting, so silence could be escalated to nobody. Name a chair first.";
            return Err(Refusal::of("meeting", sentence));
        }
        if !asked.insert(&ask.recommendation) {
            return Err(Refusal::of("owner", format!("{} is asked about twice. Leave one out.", seen.label)));
        }
    }
    Ok(())
}

fn change(known: &Known<'_>, was: &Round, command: Command) -> Result<Fact, Refusal> {
    let on = known.today;
    match command {
        Command::Open { .. } => Err(Refusal::of("meeting", "This round is open already.")),
        Command::Remind { recommendation } => {
            let (request, post) = silent(known, was, &recommendation)?;
            if request.reminded.last().is_some_and(|last| *last >= on) {
                let sentence =
                    format!("{post} was reminded of it today. Wait for an answer, or escalate it.");
                return Err(Refusal::of("recommendation", sentence));
            }
            let nth = request.reminded.len() + 1;
            Ok(Fact::Reminded { post: post.to_owned(), nth, on, recommendation })
        }
        Command::Escalate { recommendation } => {
            let (request, _) = silent(known, was, &recommendation)?;
            if let Some((on, to)) = &request.escalated {
                let sentence = format!("It was escalated to {to} on {} already.", day(*on));
                return Err(Refusal::of("recommendation", sentence));
            }
            let to_post = request.escalate_to.clone();
            Ok(Fact::Escalated { recommendation, to_post, on })
        }
        Command::Withdraw { recommendation, reason } => {
            silent(known, was, &recommendation)?;
            let reason = required("reason", "The reason", &reason, PARAGRAPH)?;
            Ok(Fact::Withdrawn { recommendation, reason, on })
        }
        Command::Close => Ok(Fact::Closed { on }),
    }
}

/// The request about `recommendation`, if it still waits for an answer, and the post that owes it.
fn silent<'a>(
    known: &'a Known<'_>,
    was: &'a Round,
    recommendation: &Id,
) -> Result<(&'a Request, &'a str), Refusal> {
    let refused = |sentence: String| Err(Refusal::of("recommendation", sentence));
    let Some(request) = was.request(recommendation) else {
        return refused("Nobody was asked about this recommendation in this round.".to_owned());
    };
    if let Some((on, _)) = &request.withdrawn {
        return refused(format!("The request was withdrawn on {}.", day(*on)));
    }
    let seen = known.seen.get(recommendation);
    if let Some(on) = seen.and_then(|seen| seen.answered_on) {
        return refused(format!("It was answered on {}.", day(on)));
    }
    if seen.is_some_and(|seen| seen.is_closed) {
        return refused("The recommendation is closed, so there is nothing left to ask.".to_owned());
    }
    let post = seen.map(|seen| seen.post.as_str()).filter(|post| !post.is_empty());
    Ok((request, post.unwrap_or(&request.post)))
}

impl Round {
    /// The request about that recommendation.
    pub fn request(&self, recommendation: &Id) -> Option<&Request> {
        self.requests.iter().find(|request| request.recommendation == *recommendation)
    }
}

/// What it is after `fact`.
pub fn apply(was: Option<Round>, fact: &Fact) -> Round {
    let Some(mut now) = was else { return opened(fact) };
    match fact.clone() {
        Fact::Opened { .. } => return opened(fact),
        Fact::Reminded { recommendation, post, on, .. } => now.with(&recommendation, |request| {
            request.post = post;
            request.reminded.push(on);
        }),
        Fact::Escalated { recommendation, to_post, on } => {
            now.with(&recommendation, |request| request.escalated = Some((on, to_post)));
        }
        Fact::Withdrawn { recommendation, reason, on } => {
            now.with(&recommendation, |request| request.withdrawn = Some((on, reason)));
        }
        Fact::Closed { on } => now.closed_on = Some(on),
    }
    now
}

impl Round {
    fn with(&mut self, recommendation: &Id, change: impl FnOnce(&mut Request)) {
        if let Some(request) = self.requests.iter_mut().find(|one| one.recommendation == *recommendation) {
            change(request);
        }
    }
}

fn opened(fact: &Fact) -> Round {
    let Fact::Opened { meeting, on, due_on, remind_on, escalate_on, calendar_version, asks } = fact.clone()
    else {
        unreachable!("decide lets nothing happen in a round before it is opened")
    };
    let request = |Ask { recommendation, post, escalate_to }: Ask| Request {
        recommendation,
        post,
        escalate_to,
        reminded: Vec::new(),
        escalated: None,
        withdrawn: None,
    };
    Round {
        meeting,
        opened_on: on,
        due_on,
        remind_on,
        escalate_on,
        calendar_version,
        requests: asks.into_iter().map(request).collect(),
        closed_on: None,
    }
}
