//! One call: what is planned to happen to it, and how each step is played.

use std::collections::BTreeMap;

use anyhow::{Result, anyhow};
use contact::{
    contact::{
        rows as contacts,
        rules::{Arrival, Caller, Channel, Command, Location},
    },
    grade::Grade,
    place::rules::Place,
    suggestion::rules::suggest,
    thrive::rules::{Assessment, Command as Thrive, Considered, Element, Level},
};
use incident::{Acting, Opening, call, incident::rules::Kind};
use jiff::{SignedDuration, Timestamp};
use journal::{Actor, Id, Tx};
use serde::Deserialize;

use super::{
    again::again,
    behaviours::{Behaviours, Truth},
    follow::follow,
};
use crate::{people::People, sixty::Chance};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Calls {
    pub(super) call: Vec<Call>,
    pub(super) fate: Vec<Fate>,
}

/// What becomes of an appointment, and how often of a hundred.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fate {
    /// What is done: see `calls.toml`.
    pub(super) then: String,
    pub(super) percent: u64,
    /// Minutes after the beginning of the appointment at which it is recorded.
    pub(super) minutes: i64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Call {
    pub(super) channel: Channel,
    #[serde(default)]
    pub(super) agency: String,
    pub(super) incident_type: String,
    pub(super) qualifiers: Vec<String>,
    pub(super) says: String,
    pub(super) levels: String,
    pub(super) markers: Vec<String>,
    pub(super) grade: String,
    pub(super) then: Vec<String>,
}

/// What is going to happen to one contact.
#[derive(Debug, Clone)]
pub(super) enum Step {
    Receive,
    GiveUp,
    Record,
    Open,
    Then(String),
    End,
}

/// One contact's story as it is played.
pub(super) struct Story<'a> {
    pub(super) call: &'a Call,
    pub(super) place: &'a Place,
    pub(super) name: String,
    pub(super) number: String,
    pub(super) arrived_at: Timestamp,
    /// It was dealt with; otherwise it is of the day that ends now.
    pub(super) is_past: bool,
    pub(super) contact: Id,
    pub(super) incident: Option<Id>,
    pub(super) call_sign: String,
    /// Who got in touch again, and why: told apart from the journal.
    pub(super) truths: Vec<Truth>,
}

/// How a call is planned.
pub(super) struct Planned<'a> {
    pub(super) call: &'a Call,
    pub(super) arrived_at: Timestamp,
    pub(super) is_attempt: bool,
    /// Of a hundred seconds that a caller of 101 waits, so many are waited.
    pub(super) percent: i64,
    /// It was dealt with; otherwise it is of the day that ends now.
    pub(super) is_past: bool,
}

/// The steps of a call with their moments.
pub(super) fn plan(
    chance: &mut Chance,
    behaviours: &Behaviours,
    planned: &Planned<'_>,
) -> Result<Vec<(Timestamp, Step)>> {
    let Planned { call, arrived_at, is_attempt, percent, is_past } = *planned;
    let mut steps = Vec::new();
    let waited = if call.channel == Channel::Emergency {
        8
    } else {
        (60 + i64::try_from(chance.below(300))?) * percent / 100
    };
    let mut at = arrived_at.checked_add(SignedDuration::from_secs(waited))?;
    if is_attempt {
        steps.push((at, Step::GiveUp));
        return Ok(steps);
    }
    let mut push = |seconds: i64, step: Step| -> Result<()> {
        at = at.checked_add(SignedDuration::from_secs(seconds))?;
        steps.push((at, step));
        Ok(())
    };
    push(0, Step::Receive)?;
    push(150, Step::Record)?;
    if !call.grade.is_empty() {
        push(90, Step::Open)?;
    }
    push(60, Step::End)?;
    let script =
        if is_past { behaviours.played(&call.then, chance) } else { behaviours.of_the_last_day(&call.then) };
    let mut waits = 0;
    for then in script {
        if let Some(minutes) = then.strip_prefix("wait:") {
            waits += 60 * minutes.parse::<i64>()?;
            continue;
        }
        let after = if is_past { after(chance, &then)? } else { 600 + i64::try_from(chance.below(1500))? };
        push(waits + after, Step::Then(then))?;
        waits = 0;
    }
    Ok(steps)
}

/// After how many seconds a step of the past was done: officers were sent and there in time, but where the story says
/// otherwise.
fn after(chance: &mut Chance, then: &str) -> Result<i64> {
    let (least, spread) = match then {
        "send" => (60, 120),
        "arrive" => (240, 240),
        _ => (180, 420),
    };
    Ok(least + i64::try_from(chance.below(spread))?)
}

pub(super) fn acting(people: &People, role: &'static str, task: &str) -> Result<Acting> {
    Ok(Acting::of(people.doing(role, task)?, &format!("a desk of {role}")))
}

/// Plays a step. One that books an appointment gives when it is.
pub(super) async fn play(
    tx: &mut Tx,
    people: &People,
    behaviours: &Behaviours,
    story: &mut Story<'_>,
    at: Timestamp,
    step: &Step,
) -> Result<Option<Timestamp>> {
    let advisor = people.doing("service_advisor", "Record a contact")?;
    match step {
        Step::Receive => {
            let arrival = arrival(story, Some(at));
            contact(tx, &advisor, at, story, Command::Receive(arrival)).await
        }
        Step::GiveUp => {
            let give_up =
                Command::Discontinue { arrival: arrival(story, None), at, ended_by: "caller".to_owned() };
            contact(tx, &advisor, at, story, give_up).await
        }
        Step::Record => record(tx, people, story, at).await,
        Step::Open => open(tx, people, story, at).await,
        Step::End => {
            let outcome = match story.call.grade.as_str() {
                "" => "advice",
                "standard" => "appointment",
                "other_resolution" => "resolution_team",
                _ => "area_control_room",
            };
            contact(tx, &advisor, at, story, Command::End { at, outcome: outcome.to_owned() }).await
        }
        Step::Then(then) => match then.strip_prefix("again:").and_then(|key| behaviours.of(key)) {
            Some(why) => {
                let says = behaviours.advisor.says(&why.code, at);
                again(tx, people, story, (why, says), at).await
            }
            None => return follow(tx, people, story, at, then).await,
        },
    }?;
    Ok(None)
}

pub(super) fn arrival(story: &Story<'_>, answered_at: Option<Timestamp>) -> Arrival {
    let is_call = matches!(story.call.channel, Channel::Emergency | Channel::NonEmergency);
    Arrival {
        channel: story.call.channel,
        option: if story.call.channel == Channel::NonEmergency { "4".to_owned() } else { String::new() },
        line: String::new(),
        number: if is_call { story.number.clone() } else { String::new() }.into(),
        arrived_at: story.arrived_at,
        answered_at,
        their_reference: String::new(),
    }
}

pub(super) async fn contact(
    tx: &mut Tx,
    who: &Actor,
    at: Timestamp,
    story: &Story<'_>,
    command: Command,
) -> Result<()> {
    contacts::change(tx, who, at, &story.contact, command)
        .await?
        .map_err(|refusal| anyhow!("contact “{}”: {refusal}", story.call.says))?;
    Ok(())
}

async fn record(tx: &mut Tx, people: &People, story: &Story<'_>, at: Timestamp) -> Result<()> {
    let who = people.doing("service_advisor", "Record a contact")?;
    let caller = Caller {
        name: story.name.clone().into(),
        call_back_on: story.number.clone().into(),
        relation: "victim".to_owned(),
        agency: story.call.agency.clone(),
        ..Caller::default()
    };
    contact(tx, &who, at, story, Command::Describe(caller)).await?;
    let location = Location {
        words: story.place.words.clone().into(),
        place: story.place.id.clone().into(),
        division: story.place.division.clone(),
        beat: story.place.beat.clone(),
        is_rural: Some(story.place.is_rural),
    };
    contact(tx, &who, at, story, Command::Locate(location)).await?;
    contact(tx, &who, at, story, Command::Tell { words: story.call.says.clone() }).await?;
    let assessment = assessment(story.call);
    if !assessment.elements.is_empty() {
        contact::thrive::rows::change(tx, &who, at, &story.contact, None, Thrive::Assess(assessment))
            .await?
            .map_err(|refusal| anyhow!("THRIVE of “{}”: {refusal}", story.call.says))?;
    }
    Ok(())
}

fn assessment(call: &Call) -> Assessment {
    let of = |letter: char| match letter {
        'n' => Some(Level::NoneIdentified),
        'l' => Some(Level::Low),
        'm' => Some(Level::Medium),
        'h' => Some(Level::High),
        _ => None,
    };
    let considered: BTreeMap<Element, Considered> = Element::ALL
        .iter()
        .zip(call.levels.chars())
        .filter_map(|(element, letter)| {
            let level = of(letter)?;
            let why = if level == Level::NoneIdentified { "" } else { "As the caller tells it." };
            Some((*element, Considered { level, narrative: why.to_owned().into() }))
        })
        .collect();
    let for_want_of_ambulance = call.agency == "ambulance";
    Assessment {
        elements: considered,
        markers: call.markers.clone(),
        for_want_of_ambulance,
        clinical_assessment_made: for_want_of_ambulance.then_some(true),
        ..Assessment::default()
    }
}

async fn open(tx: &mut Tx, people: &People, story: &mut Story<'_>, at: Timestamp) -> Result<()> {
    let record = call::record(tx, &story.contact).await?.ok_or_else(|| anyhow!("the contact is there"))?;
    let kind =
        Kind { incident_type: story.call.incident_type.clone(), qualifiers: story.call.qualifiers.clone() };
    let suggestion = suggest(&call::situation_of(&record, &kind));
    let chosen = Grade::of(&story.call.grade).ok_or_else(|| anyhow!("{} is no grade", story.call.grade))?;
    let id = Id::new(at);
    let opening = Opening {
        contact: story.contact.clone(),
        kind,
        location: record.contact.location.clone(),
        summary: story.call.says.split('.').next().unwrap_or_default().to_owned(),
        persons: Vec::new(),
        warnings: Vec::new(),
        grade: chosen,
        rationale: if suggestion.grade == chosen {
            String::new()
        } else {
            "As the advisor judged it on the call.".to_owned()
        },
        suggestion: Some(suggestion),
    };
    let who = acting(people, "service_advisor", "Open an incident")?;
    incident::open(tx, &who, at, &id, opening)
        .await?
        .map_err(|refusal| anyhow!("incident “{}”: {refusal}", story.call.says))?;
    story.incident = Some(id);
    Ok(())
}
