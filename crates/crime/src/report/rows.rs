//! The only SQL that writes crime reports and their returns; and one of them, by its reference.

use contact::thrive::rules::{Assessment, Element, Fact as Assessed};
use incident::{Acting, Change, Standing, incident::rules::Command as OfIncident};
use jiff::Timestamp;
use journal::{Actor, DatabaseError, Entry, Id, Noun, OPEN_END, Refusal, Tx, act, history, to_moment};
use sqlx::AnyConnection;

use super::rules::{self, About, Command, Content, Fact, Known, Report};

const SAVE: &str = "insert into crime_report (id, seq, incident, division, team, crime_type, counts, ending,
    standing, recorded_at, revision, is_overridden, to_do, returns, pence, reference_there)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
    on conflict (id) do update set division = excluded.division, crime_type = excluded.crime_type, counts = excluded.counts,
    ending = excluded.ending, standing = excluded.standing, revision = excluded.revision,
    is_overridden = excluded.is_overridden, to_do = excluded.to_do, returns = excluded.returns,
    pence = excluded.pence, reference_there = excluded.reference_there";
const SAVE_RETURN: &str = "insert into crime_return (report, number, seq, team, division, crime_type, unit,
    reason, returned_at, resubmitted_at, minutes) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    on conflict (report, number) do update set resubmitted_at = excluded.resubmitted_at,
    minutes = excluded.minutes";
const BY_REFERENCE: &str = "select id from crime_report where seq = $1";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 3] = [SAVE, SAVE_RETURN, BY_REFERENCE];

/// What every change gives: its entry, or the refusal, or the database's error.
pub type Stored = Result<Result<Entry, Refusal>, DatabaseError>;

/// A crime report as a noun.
pub struct Reports;

impl Noun for Reports {
    type State = Report;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Report>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Report>, fact: &Fact) -> Report {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Report) -> Result<(), sqlx::Error> {
        save_report(tx, entry, id, state).await?;
        // Only the last may have changed: one waits at a time.
        let Some(last) = state.returns.last() else { return Ok(()) };
        sqlx::query(SAVE_RETURN)
            .bind(id.as_str())
            .bind(number(state.returns.len()))
            .bind(entry.seq)
            .bind(&state.team)
            .bind(&state.division)
            .bind(&state.content.crime_type)
            .bind(&last.unit)
            .bind(&last.reason)
            .bind(to_moment(last.at))
            .bind(last.resubmitted_at.map(to_moment))
            .bind(last.minutes())
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

fn number(of: usize) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}

async fn save_report(tx: &mut Tx, entry: &Entry, id: &Id, state: &Report) -> Result<(), sqlx::Error> {
    sqlx::query(SAVE)
        .bind(id.as_str())
        .bind(entry.seq)
        .bind(state.incident.as_str())
        .bind(&state.division)
        .bind(&state.team)
        .bind(&state.content.crime_type)
        .bind(state.content.counts)
        .bind(state.content.ending.as_str())
        .bind(state.state().as_str())
        .bind(to_moment(state.at))
        .bind(state.revision)
        .bind(i64::from(state.overridden.is_some()))
        .bind(number(state.content.to_do()))
        .bind(number(state.returns.len()))
        .bind(state.content.pence())
        .bind(&state.reference_there)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// What the rule has to know of an incident; nothing where there is none.
pub async fn about(conn: &mut AnyConnection, incident: &Id) -> Result<Option<About>, DatabaseError> {
    let Some(standing) = incident::recall(conn, incident).await? else { return Ok(None) };
    // Whoever was once the victim of a domestic incident is protected on, whatever it is called later.
    let is_vulnerable =
        standing.incident.was_domestic() || was_ever_vulnerable(conn, incident, &standing).await?;
    let is_considered = |one: &Assessment| one.level(Element::Vulnerability).is_some();
    let is_considered = standing.assessment.as_ref().is_some_and(|(one, _)| is_considered(one));
    let place = standing.incident.location.unwrap_or_default();
    Ok(Some(About {
        incident: incident.clone(),
        opened_at: standing.incident.opened_at,
        is_closed: standing.closure.closed.is_some(),
        is_vulnerable: (is_vulnerable || is_considered).then_some(is_vulnerable),
        division: place.division,
        place: place.words,
        team: standing.custody.map_or_else(String::new, |custody| custody.unit),
    }))
}

/// Whether any assessment of the incident or of its contacts ever found somebody vulnerable: a later one that finds nobody
/// takes the second person’s look away from nobody.
async fn was_ever_vulnerable(
    conn: &mut AnyConnection,
    incident: &Id,
    standing: &Standing,
) -> Result<bool, DatabaseError> {
    if standing.is_vulnerable() {
        return Ok(true);
    }
    let contacts = standing.incident.contacts.iter().map(|one| &one.contact);
    for subject in std::iter::once(incident).chain(contacts) {
        for entry in history(conn, subject, OPEN_END).await? {
            if let Some(Assessed::Assessed(assessment)) = entry.fact()?
                && assessment.is_vulnerable()
            {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Does something to a report of that incident, in the transaction it is given. Where it refuses, drop the transaction.
pub async fn change(
    tx: &mut Tx,
    who: &Actor,
    now: Timestamp,
    (id, incident): (&Id, &Id),
    may_override: bool,
    command: Command,
) -> Stored {
    let Some(about) = about(tx, incident).await? else {
        let sentence = "There is no such incident. Begin on the incident’s page.";
        return Ok(Err(Refusal::of("incident", sentence)));
    };
    decided(tx, who, (id, incident), Known { now, about, may_override }, command).await
}

/// Does it, and lets the incident know that a crime is recorded on it, or no more.
async fn decided(
    tx: &mut Tx,
    who: &Actor,
    (id, incident): (&Id, &Id),
    known: Known,
    command: Command,
) -> Stored {
    let told = match command {
        Command::Record { .. } => Some(OfIncident::RecordCrime { report: id.clone() }),
        Command::Withdraw { .. } => Some(OfIncident::WithdrawCrime { report: id.clone() }),
        _ => None,
    };
    let stored = act::<Reports>(tx, who, known.now, id, &known, command).await?;
    if let (Ok(_), Some(told)) = (&stored, told) {
        let acting = Acting::of(who.clone(), "");
        let told = incident::change(tx, &acting, known.now, incident, Change::Incident(told)).await?;
        if let Err(refusal) = told {
            return Ok(Err(refusal));
        }
    }
    Ok(stored)
}

/// Records a crime that came by a retailer’s form on which nobody was threatened or hurt: nobody has assessed the incident
/// yet, and there is nobody to be vulnerable. Where somebody has, that holds.
pub async fn record_by_form(
    tx: &mut Tx,
    who: &Actor,
    now: Timestamp,
    to: (&Id, &Id),
    content: Content,
) -> Stored {
    let Some(mut about) = about(tx, to.1).await? else {
        return Ok(Err(Refusal::of("incident", "There is no such incident. Send the form again.")));
    };
    about.is_vulnerable = about.is_vulnerable.or(Some(false));
    let known = Known { now, about, may_override: false };
    let command = Command::Record { content: Box::new(content), override_reason: String::new() };
    decided(tx, who, to, known, command).await
}

/// A report, whole, as the entries of its history make it; nothing where there is none.
pub fn folded(history: &[Entry]) -> Result<Option<Report>, sqlx::Error> {
    let mut was = None;
    for entry in history {
        if let Some(fact) = entry.fact::<Fact>()? {
            was = Some(rules::apply(was, &fact));
        }
    }
    Ok(was)
}

/// The report that a reference means.
pub async fn by_reference(conn: &mut AnyConnection, seq: i64) -> Result<Option<Id>, sqlx::Error> {
    let id: Option<String> = sqlx::query_scalar(BY_REFERENCE).bind(seq).fetch_optional(conn).await?;
    id.map(|id| Id::of_row(&id)).transpose()
}
