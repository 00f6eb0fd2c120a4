//! What the screen tells in words: durations, the line, what happened so far, the incident.

use contact::{
    contact::rows::Listed,
    grade::Grade,
    outage::{definition, rows::Listed as Outage},
    suggestion::{definition::rules, rules::Suggestion},
};
use jiff::{Timestamp, civil::Date};
use journal::{Entry, clock, day_of, words::moment};
use serde::Serialize;

use crate::{incident::rows::Listed as ListedIncident, queue::rules::Queued, unit};

/// One line of what happened to the contact.
#[derive(Debug, Serialize)]
pub struct LogLine {
    /// "20:13:41".
    pub at: String,
    /// What happened.
    pub words: String,
    /// Who.
    pub who: String,
}

/// The incident of a contact that has one.
#[derive(Debug, Serialize)]
pub struct Opened {
    /// Where it is.
    pub address: String,
    /// Its reference.
    pub reference: String,
    /// Its grade.
    pub grade: &'static str,
    /// Whether it is an emergency already.
    pub is_emergency: bool,
    /// Whose it is.
    pub unit: String,
    /// What is still owed.
    pub owed: Vec<String>,
}

/// A system that is down, as every advisor is told.
#[derive(Debug, Serialize)]
pub struct Down {
    /// Which.
    pub system: String,
    /// Since when.
    pub since: String,
    /// What callers are told; empty where nothing was agreed.
    pub callers: String,
    /// Where it is recorded.
    pub address: String,
}

/// What is down now, the longest first; a day is told where it is not today’s.
pub fn down(open: Vec<Outage>, today: Date) -> Vec<Down> {
    let one = |outage: Outage| Down {
        system: definition::words(&outage.system).to_owned(),
        since: if day_of(outage.began_at) == today {
            at_minute(outage.began_at)
        } else {
            moment(outage.began_at)
        },
        callers: outage.callers,
        address: format!("/outages/{}", outage.id),
    };
    open.into_iter().map(one).collect()
}

/// What happened to the contact, the latest first.
pub fn log(history: &[Entry], names: impl Fn(&str) -> String) -> Vec<LogLine> {
    let line =
        |entry: &Entry| LogLine { at: clock(entry.at), words: words(entry), who: names(&entry.actor.who) };
    history.iter().rev().map(line).collect()
}

/// What an entry says; of a reason which one, because it may have been said before.
fn words(entry: &Entry) -> String {
    use contact::contact::{rules::Fact, why};
    match entry.fact::<Fact>() {
        Ok(Some(Fact::Coded(coded))) => format!("Why they got in touch: {}", why::told(coded)),
        Ok(Some(Fact::CodeTakenBack(coded))) => format!("Reason taken back: {}", why::told(coded)),
        Ok(Some(Fact::GivenUpBefore(call))) => {
            format!("The same number had given up a call at {}", clock(call.at))
        }
        _ => told(&entry.kind).to_owned(),
    }
}

fn told(kind: &str) -> &str {
    match kind {
        "contact/received" => "The contact came",
        "contact/discontinued" => "Given up before anybody answered",
        "contact/answered" => "Taken up",
        "contact/caller_described" => "Caller described",
        "contact/located" => "Place given",
        "contact/told" => "What the caller says",
        "contact/linked" => "Earlier one linked",
        "contact/unlinked" => "Link taken back",
        "contact/attached" => "Incident opened or added to",
        "contact/checked" => "Checked before the end",
        "contact/ended" => "The contact ended",
        "preference/given" => "How to reach the caller",
        "thrive/assessed" => "THRIVE assessment",
        other => other,
    }
}

/// "1 min 06 s".
pub fn duration(seconds: i64) -> String {
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, seconds) => format!("{minutes} min {seconds:02} s"),
        (hours, minutes, _) => format!("{hours} h {minutes:02} min"),
    }
}

/// "101, option 4".
pub fn line(listed: &Listed) -> String {
    let arrival = &listed.contact.arrival;
    let option =
        if arrival.option.is_empty() { String::new() } else { format!(", option {}", arrival.option) };
    format!("{}{option}", arrival.channel.words())
}

/// The incident of the contact, in a line.
pub fn opened(incident: &ListedIncident) -> Opened {
    let queued = incident.queued.as_ref();
    Opened {
        address: format!("/incidents/{}", incident.id),
        reference: incident.reference(),
        grade: incident.standing.grade.as_ref().map_or("", |grade| grade.in_force.grade.words()),
        is_emergency: queued.is_some_and(Queued::is_emergency),
        unit: queued.map_or_else(|| "closed".to_owned(), |queued| unit::name(&queued.unit).to_owned()),
        owed: queued.map_or_else(Vec::new, |queued| {
            queued.debts.iter().map(|debt| format!("{}, by {}", debt.words, at_minute(debt.due_at))).collect()
        }),
    }
}

/// The outcome that goes with an incident: where it is now. The advisor may choose another.
pub fn outcome(incident: &ListedIncident) -> &'static str {
    let grade = incident.standing.grade.as_ref().map(|grade| grade.in_force.grade);
    if incident.standing.incident.contacts.len() > 1 {
        return "added";
    }
    match grade {
        Some(Grade::Standard) => "appointment",
        Some(Grade::OtherResolution) => "resolution_team",
        _ => "area_control_room",
    }
}

fn at_minute(at: Timestamp) -> String {
    clock(at).chars().take(5).collect()
}

/// How many of the reasons stand for the grade that is suggested; the others would have suggested less.
pub fn deciding(suggestion: &Suggestion) -> usize {
    let decides =
        |number: i64| rules().rule.iter().any(|rule| rule.number == number && rule.grade == suggestion.grade);
    suggestion.reasons.iter().take_while(|reason| decides(reason.rule)).count()
}
