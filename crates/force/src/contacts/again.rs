//! Somebody gets in touch again about what they got in touch for before: the advisor adds it to the incident, and what it
//! was is told apart from the journal.

use anyhow::{Result, anyhow};
use contact::contact::{
    rules::{Channel, Command, Earlier, Link, Purpose},
    why::definition,
};
use incident::{Change, closure::rules as closure, incident::rules::Command as Incident};
use jiff::{SignedDuration, Timestamp};
use journal::{Id, Tx, day_of};

use super::{
    behaviours::{Behaviour, Truth},
    day::{Story, acting, arrival, contact},
};
use crate::people::People;

/// How long they wait for an answer.
const WAITED: SignedDuration = SignedDuration::from_secs(25);

/// The caller gets in touch because of `why`, and the advisor adds it to the incident as far as there is one; `says` is what
/// the advisor says that it was.
pub(super) async fn again(
    tx: &mut Tx,
    people: &People,
    story: &mut Story<'_>,
    (why, says): (&Behaviour, Option<&str>),
    at: Timestamp,
) -> Result<()> {
    let Some(incident) = story.incident.clone() else { return Ok(()) };
    let advisor = people.doing("service_advisor", "Record a contact")?;
    let again = Story {
        call: story.call,
        place: story.place,
        name: story.name.clone(),
        number: story.number.clone(),
        arrived_at: at - WAITED,
        is_past: story.is_past,
        contact: Id::new(at),
        incident: Some(incident.clone()),
        call_sign: String::new(),
        truths: Vec::new(),
    };
    let mut arrival = arrival(&again, Some(at));
    if arrival.channel != Channel::Emergency {
        // Whoever wrote or came by the first time rings now.
        (arrival.channel, arrival.option) = (Channel::NonEmergency, "4".to_owned());
        arrival.number = again.number.clone().into();
    }
    contact(tx, &advisor, at, &again, Command::Receive(arrival)).await?;
    contact(tx, &advisor, at, &again, Command::Tell { words: why.says.clone() }).await?;
    let purpose = purpose(why);
    let evidence = vec!["same number".to_owned()];
    let link = Link { to: incident.clone(), kind: Earlier::Incident, purpose, evidence };
    contact(tx, &advisor, at, &again, Command::Link(link)).await?;
    // Before the first version of the definition there is no word to say it in.
    if let Some(code) = says.filter(|_| definition(day_of(at)).is_some()) {
        contact(tx, &advisor, at, &again, Command::Code { why: code.to_owned() }).await?;
    }
    open_again(tx, people, story, &incident, at).await?;
    let attach = Incident::Attach { contact: again.contact.clone(), purpose };
    let who = acting(people, "service_advisor", "Add a contact to an incident")?;
    incident::change(tx, &who, at, &incident, Change::Incident(attach))
        .await?
        .map_err(|refusal| anyhow!("{} of “{}”: {refusal}", why.key, story.call.says))?;
    contact(tx, &advisor, at, &again, Command::End { at, outcome: "added".to_owned() }).await?;
    story.truths.push(Truth { contact: again.contact, behaviour: why.key.clone(), code: why.code.clone() });
    Ok(())
}

/// Opens the incident again where it was closed: nothing is added to one that is.
async fn open_again(
    tx: &mut Tx,
    people: &People,
    story: &Story<'_>,
    incident: &Id,
    at: Timestamp,
) -> Result<()> {
    let standing = incident::recall(tx, incident).await?.ok_or_else(|| anyhow!("the incident is there"))?;
    if standing.closure.closed.is_none() {
        return Ok(());
    }
    let reopen = closure::Command::Reopen { reason: "The caller says that it is not over.".to_owned() };
    let who = acting(people, "area_control_room", "Open an incident again")?;
    incident::change(tx, &who, at, incident, Change::Closure(reopen))
        .await?
        .map_err(|refusal| anyhow!("opening “{}” again: {refusal}", story.call.says))?;
    Ok(())
}

/// What the advisor says that it has to do with the incident: what failed is for the record to show.
fn purpose(why: &Behaviour) -> Purpose {
    match why.code.as_str() {
        "V3" => Purpose::NewInformation,
        "V5" => Purpose::InvitedCallBack,
        _ => Purpose::Chase,
    }
}
