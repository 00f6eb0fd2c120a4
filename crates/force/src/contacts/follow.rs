//! What is done about a call after it: officers, offers, closings, and the caller who calls again.

use anyhow::{Result, anyhow};
use contact::{
    contact::rules::{Command, Earlier, Link, Purpose},
    grade::Grade,
};
use incident::{
    Change, closure::rules as closure, custody::rules as custody, grade::rules as grade,
    incident::rules::Command as Incident, promise::rules as promise, response::rules as response, unit,
};
use jiff::{SignedDuration, Timestamp};
use journal::{Id, Tx};

use super::{
    day::{Story, acting, arrival, contact},
    diaries, referrals,
};
use crate::people::People;

pub(super) async fn follow(
    tx: &mut Tx,
    people: &People,
    story: &Story<'_>,
    at: Timestamp,
    then: &str,
) -> Result<()> {
    let Some(incident) = &story.incident else { return Ok(()) };
    if then == "chase" {
        return chase(tx, people, story, incident, at).await;
    }
    let (word, detail) = then.split_once(':').unwrap_or((then, ""));
    let advisor = people.doing("service_advisor", "Refer to a partner agency")?;
    match word {
        "refer" => return referrals::refer(tx, &advisor, story, (incident, detail), at).await,
        "taken_on" | "declined" | "finished" | "given_back" => {
            return referrals::answer(tx, &advisor, incident, at, (word, detail)).await;
        }
        _ => {}
    }
    let (role, change) = if word == "book" {
        ("service_advisor", diaries::book(tx, story, incident, at).await?)
    } else {
        change(story, word, detail, at)?
    };
    let who = acting(people, role, "Work on an incident")?;
    incident::change(tx, &who, at, incident, change)
        .await?
        .map_err(|refusal| anyhow!("{then} of “{}”: {refusal}", story.call.says))?;
    Ok(())
}

fn change(story: &Story<'_>, word: &str, detail: &str, at: Timestamp) -> Result<(&'static str, Change)> {
    let call_sign = story.call_sign.clone();
    let in_force = Grade::of(&story.call.grade).unwrap_or(Grade::Prompt);
    Ok(match word {
        "send" => ("area_control_room", Change::Response(response::Command::Dispatch { call_sign, at })),
        "arrive" => ("area_control_room", Change::Response(response::Command::Arrive { call_sign, at })),
        "free" => {
            let words = "Dealt with at the scene.".to_owned();
            (
                "area_control_room",
                Change::Response(response::Command::Result {
                    call_sign,
                    at,
                    result: detail.to_owned(),
                    words,
                }),
            )
        }
        "close" => ("area_control_room", Change::Closure(closure::Command::Close(closing(story, detail)))),
        "offer" => {
            let to = match detail {
                "division" => unit::division(&story.place.division, incident::codes::day_of(at))
                    .map_or("resolution_team", |unit| unit.key.as_str()),
                key => key,
            };
            let offer = custody::Command::Offer {
                to: to.to_owned(),
                new_grade: in_force,
                rationale: String::new(),
                reason: String::new(),
                words: "Assessed on the call; nothing new since.".to_owned(),
                is_life_at_risk: false,
            };
            ("service_advisor", Change::Custody(offer))
        }
        "accept" => ("resolution_team", Change::Custody(custody::Command::Accept)),
        "return" => {
            let words = "Who is to be seen, and when they are at home, is missing.".to_owned();
            ("diary_manager", Change::Custody(custody::Command::Return { reason: detail.to_owned(), words }))
        }
        "lower" => {
            let choose = grade::Command::Choose {
                grade: Grade::of(detail).ok_or_else(|| anyhow!("{detail} is no grade"))?,
                suggestion: None,
                rationale: "Seen and spoken to; no offence disclosed.".to_owned(),
                reason: "threat_and_risk".to_owned(),
            };
            ("area_control_room", Change::Grade(choose))
        }
        "promise" | "keep" => promised(word, detail, at)?,
        other => return Err(anyhow!("nobody knows how to do “{other}”")),
    })
}

fn promised(word: &str, kind: &str, at: Timestamp) -> Result<(&'static str, Change)> {
    if word == "keep" {
        let (way, words) = ("call".to_owned(), "Told how it stands, and content.".to_owned());
        return Ok((
            "resolution_team",
            Change::Promise(promise::Command::Fulfil { number: 0, at, way, words }),
        ));
    }
    let due_at = at.checked_add(SignedDuration::from_hours(3))?;
    let (kind, words) = (kind.to_owned(), String::new());
    Ok(("service_advisor", Change::Promise(promise::Command::Make { kind, due_at, words })))
}

fn closing(story: &Story<'_>, code: &str) -> closure::Form {
    closure::Form {
        code: code.to_owned(),
        overview: story.call.says.clone(),
        updates: "Nothing further became known.".to_owned(),
        action: "Spoken to; advice given; recorded where a crime was disclosed.".to_owned(),
        outcome: "The caller was told what was done.".to_owned(),
        accounts_conflict: false,
        explanation: String::new(),
    }
}

/// The caller calls again, and chases: the advisor links the two, and failure demand is counted from it.
async fn chase(tx: &mut Tx, people: &People, story: &Story<'_>, incident: &Id, at: Timestamp) -> Result<()> {
    let advisor = people.doing("service_advisor", "Record a contact")?;
    let again = Story {
        call: story.call,
        place: story.place,
        name: story.name.clone(),
        number: story.number.clone(),
        arrived_at: at,
        contact: Id::new(at),
        incident: Some(incident.clone()),
        call_sign: String::new(),
    };
    contact(tx, &advisor, at, &again, Command::Receive(arrival(&again, Some(at)))).await?;
    let told = Command::Tell { words: "He called before and asks when somebody comes.".to_owned() };
    contact(tx, &advisor, at, &again, told).await?;
    let evidence = vec!["same number".to_owned()];
    let link = Link { to: incident.clone(), kind: Earlier::Incident, purpose: Purpose::Chase, evidence };
    contact(tx, &advisor, at, &again, Command::Link(link)).await?;
    let attach = Incident::Attach { contact: again.contact.clone(), purpose: Purpose::Chase };
    let who = acting(people, "service_advisor", "Add a contact to an incident")?;
    incident::change(tx, &who, at, incident, Change::Incident(attach))
        .await?
        .map_err(|refusal| anyhow!("the chase of “{}”: {refusal}", story.call.says))?;
    contact(tx, &advisor, at, &again, Command::End { at, outcome: "added".to_owned() }).await
}
