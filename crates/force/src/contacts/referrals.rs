//! The referrals of Caledonia Police: who is passed to which agency, and what the agency says.

use anyhow::{Result, anyhow, bail};
use jiff::{SignedDuration, Timestamp};
use journal::{Actor, Id, Tx};
use partner::{
    definition::{Form, Kind, Stage, definitions, kind},
    referral::{
        list::rows::of_incident,
        rows::{change, send},
        rules::{Answer, Command, Consent, Said, State},
        sending::Sending,
    },
};

use super::day::Story;

/// Refers the incident to the first agency that takes that kind there and has not had it yet.
pub(super) async fn refer(
    tx: &mut Tx,
    who: &Actor,
    story: &Story<'_>,
    (incident, key): (&Id, &str),
    at: Timestamp,
) -> Result<()> {
    let kind = kind(key).ok_or_else(|| anyhow!("{key} is no kind of referral"))?;
    let had = of_incident(tx, incident).await?;
    let division = &story.place.division;
    let agency = definitions()
        .agency
        .iter()
        .find(|one| one.takes(key) && one.serves(division) && !had.iter().any(|had| had.agency == one.key));
    let agency = agency.ok_or_else(|| anyhow!("nobody takes {key} in {division}"))?;
    let sending = Sending {
        incident: incident.clone(),
        agency: agency.key.clone(),
        kind: key.to_owned(),
        division: division.clone(),
        consent: Some(Consent::Given { by: "the_person".to_owned(), way: "spoken".to_owned() }),
        age: Some(44),
        person: story.name.clone(),
        reach: story.number.clone(),
        summary: story.call.says.clone(),
        answers: answers(kind, Stage::Send, at),
        preferences: Vec::new(),
    };
    send(tx, who, at, &Id::new(at), sending)
        .await?
        .map_err(|refusal| anyhow!("the referral of “{}”: {refusal}", story.call.says))?;
    Ok(())
}

/// What the agency says of the last referral of the incident: `taken_on`, `declined`, `finished` or `given_back`.
pub(super) async fn answer(
    tx: &mut Tx,
    who: &Actor,
    incident: &Id,
    at: Timestamp,
    (word, detail): (&str, &str),
) -> Result<()> {
    let all = of_incident(tx, incident).await?;
    let last = all.last().ok_or_else(|| anyhow!("nobody was referred who could be {word}"))?;
    let (reason, words) = (detail.to_owned(), String::new());
    let command = match word {
        "taken_on" => Command::Accept { at: None, by: "The duty desk".to_owned(), words },
        "declined" => Command::Decline { at: None, reason, words },
        "given_back" => Command::BounceBack { reason, words },
        "finished" => finished(&last.kind, &reason, at)?,
        other => bail!("no agency says “{other}”"),
    };
    change(tx, who, at, &last.id, None, command)
        .await?
        .map_err(|refusal| anyhow!("{word} of {}: {refusal}", last.reference()))?;
    Ok(())
}

/// Ends what is weeks old: who waits for a reply gets it, and what came back was dealt with.
pub(super) async fn settle(tx: &mut Tx, who: &Actor, incident: &Id, at: Timestamp) -> Result<()> {
    for one in of_incident(tx, incident).await? {
        let words = String::new();
        let state = one.state(at);
        let commands = match state {
            State::Sent | State::Overdue => vec![
                Command::Accept { at: None, by: "The duty desk".to_owned(), words },
                finished(&one.kind, "supported", at)?,
            ],
            State::Accepted => vec![finished(&one.kind, "supported", at)?],
            _ if one.is_to_deal_with(at) => vec![Command::Settle { words: "Officers saw them.".to_owned() }],
            _ => Vec::new(),
        };
        for command in commands {
            change(tx, who, at, &one.id, None, command)
                .await?
                .map_err(|refusal| anyhow!("settling {}: {refusal}", one.reference()))?;
        }
    }
    Ok(())
}

fn finished(key: &str, outcome: &str, at: Timestamp) -> Result<Command> {
    let kind = kind(key).ok_or_else(|| anyhow!("{key} is no kind of referral"))?;
    let answers = answers(kind, Stage::Finish, at);
    Ok(Command::Finish { at: None, outcome: outcome.to_owned(), words: String::new(), answers })
}

/// What is answered to every question of a kind at `stage`.
fn answers(kind: &Kind, stage: Stage, at: Timestamp) -> Vec<Answer> {
    let said = |form: Form| match form {
        Form::YesNo => Said::Yes,
        Form::Moment if stage == Stage::Send => Said::At(at - SignedDuration::from_mins(2)),
        Form::Moment => Said::At(at),
        Form::Lines => Said::Words("Stay with her; a nurse comes to the house today.".to_owned().into()),
    };
    let questions = kind.questions(stage);
    questions.map(|one| Answer { question: one.key.clone(), said: said(one.form) }).collect()
}
