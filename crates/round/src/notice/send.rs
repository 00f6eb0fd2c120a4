//! Writing the day's digests, and sending what is due. The binary calls both now and then.
//!
//! A sender takes a notice up by a fact before it sends and notes the end by another, so that two senders
//! never send the same. Whoever dies between sending and noting leaves one that is sent once more when its
//! lease is over, with the same Message-ID, by which a mail program may know it again.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use journal::{Actor, AsAt, DatabaseError, Id, Journal, act};
use plan::register::rows::load;
use users::{Person, Role, people};

use super::{
    digest::digest,
    rows::{self, Due, Notices},
    rules::{Command, Known, Letter, Way},
    subscription::{self, rules::digest_due},
    transport::{self, Failure, Smtp, Transport},
};
use crate::{
    attention::{papers::papers_due, rules::attention},
    group, meeting,
    month::asked_for,
};

/// How many notices one sending takes.
const BATCH: i64 = 50;

/// What one sending did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Put in the mailbox only.
    pub kept: usize,
    /// Sent by e-mail.
    pub sent: usize,
    /// Not sent this time.
    pub failed: usize,
}

/// Who acts when nobody does.
fn service(task: &str) -> Actor {
    Actor { who: "service".to_owned(), role: "service".to_owned(), task: task.to_owned() }
}

/// Sends each notice that is due, once. Stops at a mail server that cannot be reached: the others would only
/// use up their tries.
pub async fn send_due(
    journal: &Journal,
    transport: &Transport,
    now: Timestamp,
) -> Result<Outcome, DatabaseError> {
    let mut read = journal.read().await?;
    let due = rows::due(&mut read, now, BATCH).await?;
    let addresses = addresses(&subscription::rows::all(&mut read).await?, &people(&mut read).await?);
    drop(read);
    let mut outcome = Outcome::default();
    for notice in due {
        let (Transport::Smtp(smtp), Some(address)) = (transport, address(&addresses, &notice)) else {
            outcome.kept += usize::from(note(journal, now, &notice.id, Command::Send(Way::Mailbox)).await?);
            continue;
        };
        match send(journal, smtp, now, &notice, address).await? {
            None => {}
            Some(Ok(())) => outcome.sent += 1,
            Some(Err(failure)) => {
                outcome.failed += 1;
                if failure.is_unreachable {
                    break;
                }
            }
        }
    }
    Ok(outcome)
}

/// Where mail may be sent: to whoever gave an address and has an account still, in the role of now.
fn addresses(wants: &[subscription::rows::Wants], people: &[Person]) -> BTreeMap<String, (String, Role)> {
    let open = |account: &str| people.iter().find(|one| one.id.as_str() == account && one.is_open);
    wants
        .iter()
        .filter_map(|one| Some((one.account.clone(), (one.email.clone()?, open(&one.account)?.role))))
        .collect()
}

/// Where this notice is sent; nothing where it stays in the mailbox.
fn address<'a>(addresses: &'a BTreeMap<String, (String, Role)>, notice: &Due) -> Option<&'a str> {
    let (address, role) = addresses.get(notice.account.as_str())?;
    notice.kind.needs().is_none_or(|permission| role.may(permission)).then_some(address)
}

/// One notice by e-mail; nothing where somebody else took it up.
async fn send(
    journal: &Journal,
    smtp: &Smtp,
    now: Timestamp,
    notice: &Due,
    address: &str,
) -> Result<Option<Result<(), Failure>>, DatabaseError> {
    if !note(journal, now, &notice.id, Command::Take).await? {
        return Ok(None);
    }
    // No transaction is held while the mail server takes its time.
    let sent = transport::send(smtp, notice, address).await;
    let command = match &sent {
        Ok(()) => Command::Send(Way::Email),
        Err(failure) => {
            tracing::warn!(notice = %notice.id, "a notice could not be sent; it is tried again");
            Command::Fail { why: failure.why.clone() }
        }
    };
    note(journal, now, &notice.id, command).await?;
    Ok(Some(sent))
}

/// Notes what happens to a notice; says whether it may.
async fn note(journal: &Journal, now: Timestamp, id: &Id, command: Command) -> Result<bool, DatabaseError> {
    let mut tx = journal.begin().await?;
    let known = Known { now, has_digest: false };
    match act::<Notices>(&mut tx, &service("Send notices"), now, id, &known, command).await? {
        Ok(_) => tx.commit().await.map(|()| true),
        Err(_) => Ok(false),
    }
}

/// Writes the digest of the day to whoever wants one, has something that needs them, and has not had it.
/// Says how many were written.
pub async fn write_digests(journal: &Journal, now: Timestamp) -> Result<usize, DatabaseError> {
    let letters = due_digests(journal, now).await?;
    let mut written = 0;
    for letter in letters {
        let mut tx = journal.begin().await?;
        // Read again where nobody else writes: another process may have been quicker.
        let day = letter.digest_of.unwrap_or_default();
        let had = rows::digests_of(&mut tx, day).await?;
        let known = Known { now, has_digest: had.iter().any(|account| account == letter.to.as_str()) };
        let command = Command::Write(letter);
        let actor = service("Write the day’s digests");
        if act::<Notices>(&mut tx, &actor, now, &Id::new(now), &known, command).await?.is_ok() {
            tx.commit().await?;
            written += 1;
        }
    }
    Ok(written)
}

async fn due_digests(journal: &Journal, now: Timestamp) -> Result<Vec<Letter>, DatabaseError> {
    let mut read = journal.read().await?;
    let wants = subscription::rows::all(&mut read).await?;
    // The day is the same for everybody, so one look tells who has had theirs.
    let Some(day) = digest_due(wants.iter().any(|one| one.digest), None, now) else { return Ok(Vec::new()) };
    let had = rows::digests_of(&mut read, day).await?;
    let last = |account: &str| -> Option<Date> { had.iter().any(|one| one == account).then_some(day) };
    let people = people(&mut read).await?;
    let due: Vec<&Person> = wants
        .iter()
        .filter(|one| digest_due(one.digest, last(&one.account), now).is_some())
        .filter_map(|one| people.iter().find(|person| person.id.as_str() == one.account))
        .filter(|person| person.is_open && person.role.may("plan.read"))
        .collect();
    if due.is_empty() {
        return Ok(Vec::new());
    }
    let register = load(&mut read, AsAt::Now, now).await?;
    let posts = plan::post::rows::all(&mut read, register.position.seq).await?;
    let asked = asked_for(&mut read).await?;
    let groups = group::rows::all(&mut read).await?;
    let papers = papers_due(&groups, &meeting::rows::all(&mut read).await?, day);
    let mut letters = Vec::new();
    for person in due {
        let held = posts.iter().filter(|(_, post)| post.of(&person.id).is_some());
        let held: Vec<String> = held.map(|(_, post)| post.title.clone()).collect();
        let papers = if person.role.may("paper.draft") { papers.clone() } else { Vec::new() };
        let attention = attention(&register, &held, &asked, day).with_papers(papers);
        letters.extend(digest(&person.id, &attention, day));
    }
    Ok(letters)
}
