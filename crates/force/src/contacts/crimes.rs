//! The crimes that Caledonia Police records directly, and what becomes of their reports.

use anyhow::{Result, anyhow, bail};
use contact::thrive::rules::Assessment;
use crime::{
    definition::{CrimeType, Form, crime_type},
    report::{
        export::{Files, Named},
        list::rows::{Listed, of_incident},
        rows::{change, folded},
        rules::{
            Answer, Command, Content, Ending, Enquired, Enquiry, Evidence, Filing, Item, Person, Report,
            Said, Secured,
        },
    },
};
use jiff::{SignedDuration, Timestamp};
use journal::{Id, OPEN_END, Tx, day_of, history};

use super::day::Story;
use crate::people::People;

/// Records the crime that a call tells of. Where somebody is vulnerable a supervisor does, and says why.
pub(super) async fn record(
    tx: &mut Tx,
    people: &People,
    story: &Story<'_>,
    (incident, key): (&Id, &str),
    at: Timestamp,
) -> Result<()> {
    let of_type = crime_type(key).ok_or_else(|| anyhow!("{key} is no crime"))?;
    let standing = incident::recall(tx, incident).await?.ok_or_else(|| anyhow!("the incident is there"))?;
    let is_vulnerable = standing.assessment.is_some_and(|(one, _): (Assessment, _)| one.is_vulnerable());
    let (role, override_reason) = if is_vulnerable {
        ("supervisor", "She prefers the telephone, and her daughter is with her.")
    } else {
        ("resolution_team", "")
    };
    let who = people.doing(role, "Record a crime")?;
    let content = Box::new(content(of_type, story, at));
    let command = Command::Record { content, override_reason: override_reason.to_owned() };
    change(tx, &who, at, (&Id::new(at), incident), is_vulnerable, command)
        .await?
        .map_err(|refusal| anyhow!("the crime of “{}”: {refusal}", story.call.says))?;
    Ok(())
}

fn content(of_type: &CrimeType, story: &Story<'_>, at: Timestamp) -> Content {
    let today = day_of(at);
    let said = |form: Form| match form {
        Form::YesNo => Said::No,
        Form::Moment => Said::At(story.arrived_at - SignedDuration::from_hours(20)),
        Form::Lines => Said::Words("Nothing more is known of it.".to_owned().into()),
    };
    let enquiry = |(number, line): (usize, &str)| Enquiry {
        line: line.to_owned(),
        outcome: if number == 0 { Enquired::ToDo } else { Enquired::NotPossible },
        words: "Asked about on the telephone.".to_owned().into(),
    };
    let lines = of_type.enquiries(today).map(|one| one.key.as_str());
    let evidence = |item: &str| Evidence { item: item.to_owned(), state: Secured::ToSecure };
    Content {
        crime_type: of_type.key.clone(),
        counts: 1,
        happened_from: story.arrived_at - SignedDuration::from_hours(18),
        happened_until: Some(story.arrived_at - SignedDuration::from_hours(2)),
        account: story.call.says.clone().into(),
        persons: vec![Person {
            role: "victim".to_owned(),
            name: story.name.clone().into(),
            reach: story.number.clone().into(),
        }],
        property: vec![property(&of_type.key, story)],
        answers: of_type
            .questions(today)
            .map(|one| Answer { question: one.key.clone(), said: said(one.form) })
            .collect(),
        enquiries: lines.enumerate().map(enquiry).collect(),
        evidence: of_type.evidence(today).take(1).map(|one| evidence(&one.key)).collect(),
        ending: Ending::RecordAndEnquire,
        filing: None,
        definition: 0,
    }
}

fn property(key: &str, story: &Story<'_>) -> Item {
    let (what, marks) = match key {
        "shoplifting" => ("Two bottles of spirits", ""),
        "theft" => ("Bicycle", "Frame number WBK 12345"),
        "vandalism" => ("Three wing mirrors", ""),
        _ => ("Money paid", "To an account that is known"),
    };
    let (what, marks) = (what.to_owned().into(), marks.to_owned().into());
    Item { what, pence: Some(6_000 + story.arrived_at.as_second() % 90 * 500), marks }
}

/// What becomes of the last report of the incident: `exported`, `returned` with a reason, or `resubmitted`.
pub(super) async fn follow(
    tx: &mut Tx,
    people: &People,
    incident: &Id,
    at: Timestamp,
    (word, detail): (&str, &str),
) -> Result<()> {
    let all = of_incident(tx, incident).await?;
    let last = all.last().ok_or_else(|| anyhow!("no crime was recorded that could be {word}"))?;
    let report = folded(&history(tx, &last.id, OPEN_END).await?)?.ok_or_else(|| anyhow!("it is there"))?;
    let (role, command) = match word {
        "exported" => ("resolution_team", exported(tx, last, &report).await?),
        "returned" => {
            let words = match detail {
                "wrong_crime" => "The shed belongs to the house: it is theft by housebreaking.",
                _ => "The camera across the road was not asked about.",
            };
            let words = words.to_owned();
            let unit = "division_d".to_owned();
            ("supervisor", Command::Return { unit, reason: detail.to_owned(), words })
        }
        "resubmitted" => ("resolution_team", resubmitted(report, at)),
        other => bail!("no report is “{other}”"),
    };
    let who = people.doing(role, "Work on a crime report")?;
    change(tx, &who, at, (&last.id, incident), false, command)
        .await?
        .map_err(|refusal| anyhow!("{word} of {}: {refusal}", last.reference()))?;
    Ok(())
}

async fn exported(tx: &mut Tx, last: &Listed, report: &Report) -> Result<Command> {
    let incident = incident::incident::rows::one(tx, &last.incident).await?;
    let incident = incident.ok_or_else(|| anyhow!("the incident is there"))?.reference();
    let number = i64::try_from(report.exports.len())? + 1;
    Ok(Files::of(&Named { reference: last.reference(), incident }, report, number)?.command())
}

/// The line that was missed was followed, nothing came of it, and the person was told.
fn resubmitted(report: Report, at: Timestamp) -> Command {
    let mut content = report.content;
    for enquiry in &mut content.enquiries {
        if enquiry.outcome == Enquired::ToDo {
            enquiry.outcome = Enquired::Done;
            enquiry.words = "The footage was watched: nobody can be known on it.".to_owned().into();
        }
    }
    content.ending = Ending::RecordAndFile;
    content.filing = Some(Filing { reason: "no_lines_of_enquiry".to_owned(), way: "spoken".to_owned(), at });
    let words = "The camera was asked about and its footage watched.".to_owned();
    Command::Resubmit { content: Box::new(content), override_reason: String::new(), words }
}
