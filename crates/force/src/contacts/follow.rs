//! What is done about a call after it: officers, offers, closings, and the caller who calls again.

use anyhow::{Result, anyhow};
use contact::grade::Grade;
use incident::{
    Change,
    appointment::rules::{Cause, Command as Appointment},
    closure::rules as closure,
    custody::rules as custody,
    grade::rules as grade,
    promise::rules as promise,
    response::rules as response,
    unit,
};
use jiff::{SignedDuration, Timestamp};
use journal::{Id, Tx};

use super::{
    crimes,
    day::{Story, acting},
    diaries, messages, referrals,
};
use crate::people::People;

pub(super) async fn follow(
    tx: &mut Tx,
    people: &People,
    story: &Story<'_>,
    at: Timestamp,
    then: &str,
) -> Result<Option<Timestamp>> {
    let Some(incident) = &story.incident else { return Ok(None) };
    let (word, detail) = then.split_once(':').unwrap_or((then, ""));
    let advisor = people.doing("service_advisor", "Refer to a partner agency")?;
    match word {
        "refer" => referrals::refer(tx, &advisor, story, (incident, detail), at).await?,
        "taken_on" | "declined" | "finished" | "given_back" => {
            referrals::answer(tx, &advisor, incident, at, (word, detail)).await?;
        }
        "crime" => crimes::record(tx, people, story, (incident, detail), at).await?,
        "exported" | "returned" | "resubmitted" => {
            crimes::follow(tx, people, incident, at, (word, detail)).await?;
        }
        "book" => return book(tx, people, story, incident, at).await,
        "seen" => return seen(tx, people, incident, at, detail).await,
        "told" => messages::settle(tx, &advisor, incident, at).await?,
        "tidy" => tidy(tx, people, story, incident, at).await?,
        "endorse" => Box::pin(endorse(tx, people, incident, at)).await?,
        "keep" if !promises(tx, incident).await? => {}
        _ => {
            let (role, change) = change(story, word, detail, at)?;
            let who = acting(people, role, "Work on an incident")?;
            incident::change(tx, &who, at, incident, change)
                .await?
                .map_err(|refusal| anyhow!("{then} of “{}”: {refusal}", story.call.says))?;
        }
    }
    Ok(None)
}

/// Whether somebody was promised something on it that is still to be kept.
async fn promises(tx: &mut Tx, incident: &Id) -> Result<bool> {
    let standing = incident::recall(tx, incident).await?;
    Ok(standing.is_some_and(|standing| standing.promises.0.iter().any(|one| one.ended.is_none())))
}

/// Books the earliest place there is; where there is none, nobody is booked. Gives when it is.
async fn book(
    tx: &mut Tx,
    people: &People,
    story: &Story<'_>,
    incident: &Id,
    at: Timestamp,
) -> Result<Option<Timestamp>> {
    let who = acting(people, "service_advisor", "Book an appointment")?;
    let Some((starts_at, change)) = diaries::book(tx, story, incident, at).await? else { return Ok(None) };
    incident::change(tx, &who, at, incident, change)
        .await?
        .map_err(|refusal| anyhow!("the appointment of “{}”: {refusal}", story.call.says))?;
    Ok(Some(starts_at))
}

/// Records what became of the appointment that is to come; nothing where the incident has none any more. One that police
/// missed is booked again within the hour, and is another appointment then.
async fn seen(
    tx: &mut Tx,
    people: &People,
    incident: &Id,
    at: Timestamp,
    detail: &str,
) -> Result<Option<Timestamp>> {
    let standing = incident::recall(tx, incident).await?.ok_or_else(|| anyhow!("the incident is there"))?;
    let Some((_, pending)) = standing.appointments.pending() else { return Ok(None) };
    let starts_at = pending.booking.place.starts_at;
    let cause = |by: &str, reason: &str| Cause {
        by: by.to_owned(),
        reason: reason.to_owned(),
        words: String::new(),
        told: "call".to_owned(),
    };
    let kept = |at| Appointment::Keep {
        at,
        as_asked: String::new(),
        words: "Seen; a statement was taken.".to_owned(),
    };
    let command = match detail {
        "late" => kept(starts_at + SignedDuration::from_mins(40)),
        "missed_by_police" => Appointment::Miss { cause: cause("police", "officers_sent_elsewhere") },
        "missed_by_caller" => Appointment::Miss { cause: cause("caller", "not_there") },
        "cancelled_by_caller" if at < starts_at => {
            Appointment::Cancel { cause: cause("caller", "not_wanted") }
        }
        "kept" | "cancelled_by_caller" => kept(starts_at),
        other => return Err(anyhow!("nobody knows an appointment that was “{other}”")),
    };
    let who = acting(people, "diary_manager", "Record what became of an appointment")?;
    incident::change(tx, &who, at, incident, Change::Appointment(command))
        .await?
        .map_err(|refusal| anyhow!("the appointment that was {detail}: {refusal}"))?;
    Ok(None)
}

/// Closes what is weeks old, where nothing stands against it: what is still owed stays open, as with people.
async fn tidy(tx: &mut Tx, people: &People, story: &Story<'_>, incident: &Id, at: Timestamp) -> Result<()> {
    let standing = incident::recall(tx, incident).await?.ok_or_else(|| anyhow!("the incident is there"))?;
    let room = acting(people, "area_control_room", "Close an incident")?;
    for sent in standing.response.sent.iter().filter(|sent| sent.ended_at.is_none()) {
        if sent.arrived_at.is_none() {
            let there = response::Command::Arrive { call_sign: sent.call_sign.clone(), at };
            drop(incident::change(tx, &room, at, incident, Change::Response(there)).await?);
        }
        let (result, words) = ("advice".to_owned(), "Dealt with at the scene.".to_owned());
        let freed = response::Command::Result { call_sign: sent.call_sign.clone(), at, result, words };
        drop(incident::change(tx, &room, at, incident, Change::Response(freed)).await?);
    }
    let advisor = people.doing("service_advisor", "Record what came of a referral")?;
    referrals::settle(tx, &advisor, incident, at).await?;
    messages::settle(tx, &advisor, incident, at).await?;
    Box::pin(endorse(tx, people, incident, at)).await?;
    let close = Change::Closure(closure::Command::Close(closing(story, "SC01")));
    drop(incident::change(tx, &room, at, incident, close).await?);
    Ok(())
}

/// A supervisor agrees to the closing or the lower grade that waits for a second person; nothing where none does.
async fn endorse(tx: &mut Tx, people: &People, incident: &Id, at: Timestamp) -> Result<()> {
    let standing = incident::recall(tx, incident).await?.ok_or_else(|| anyhow!("the incident is there"))?;
    let words = || "Read and agreed.".to_owned();
    let closing = standing.closure.waiting.as_ref();
    let closing = closing.map(|_| Change::Closure(closure::Command::Endorse { words: words() }));
    let lower = standing.grade.as_ref().and_then(|graded| graded.waiting.as_ref());
    let lower = lower.map(|_| Change::Grade(grade::Command::EndorseDowngrade { words: words() }));
    let supervisor = acting(people, "supervisor", "Endorse what waits for a second person")?;
    for change in lower.into_iter().chain(closing) {
        // Where something new became known since, it is not agreed to.
        drop(incident::change(tx, &supervisor, at, incident, change).await?);
    }
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
        "lower" | "raise" => {
            let (rationale, reason) = if word == "lower" {
                ("Seen and spoken to; no offence disclosed.", "threat_and_risk")
            } else {
                ("He had said on the first call that the man was still there.", "known_earlier")
            };
            let choose = grade::Command::Choose {
                grade: Grade::of(detail).ok_or_else(|| anyhow!("{detail} is no grade"))?,
                suggestion: None,
                rationale: rationale.to_owned(),
                reason: reason.to_owned(),
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
