//! The screen's addresses: the contact and its saving.

use axum::{
    Json, Router,
    extract::{Path, Query as Asked, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use contact::{
    draft::{
        rows as drafts,
        rules::{Fields, KEPT, LEFT_OUT, Merged},
    },
    grade::Grade,
    suggestion::rules::suggest,
    thrive::rules::Element,
};
use journal::{Connection, Id, OPEN_END, Refusal, Tx, history};
use serde::Deserialize;
use users::{User, names_in_history};
use web::{Accepts, Input, Problem, Site, show, show_refused};

use super::{
    asking::{Asking, is_shown},
    earlier,
    fields::{self, Record, of, situation},
    left_out,
    save::{self, Doing, Save},
    stale, told,
    views::{self, CallPage},
};
use crate::{Acting, incident::rows as incidents, unit};

/// The screen's addresses.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/contacts/{id}", get(show_one).post(submit))
        .route("/contacts/{id}/lookup", post(super::lookup::pages::lookup))
}

pub(super) fn read_id(text: &str) -> Result<Id, Problem> {
    Id::read(text).ok_or(Problem::NotFound)
}

/// What the address may ask.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Seen {
    done: String,
}

/// `GET /contacts/{id}`
async fn show_one(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    Asked(seen): Asked<Seen>,
) -> Result<Response, Problem> {
    who.may("contact.read")?;
    let id = read_id(&id)?;
    let mut read = site.read().await?;
    let record = save::record(&mut read, &id).await?.ok_or(Problem::NotFound)?;
    let mut filled = fields::fields(&record);
    if let Some(kept) = drafts::one(&mut read, &id, &who.id, KEPT).await? {
        filled.extend(kept.fields);
    }
    let left_out = drafts::one(&mut read, &id, &who.id, LEFT_OUT).await?;
    let left_out = left_out.map_or_else(Fields::new, |draft| draft.fields);
    left_out::put_back(&left_out, &mut filled);
    let mut page = page(&site, &mut read, &who, &id, &record, filled).await?;
    page.frame = page.frame.with_notice(done(&seen.done, !left_out.is_empty()));
    page.left_out = left_out.into_iter().collect();
    show(accepts, &page)
}

fn done(word: &str, is_left_out: bool) -> Option<String> {
    let told = match word {
        "save" => "Saved.",
        "answer" => "The contact is yours.",
        "open" => "The incident is open and in its queue.",
        "immediate" if is_left_out => {
            "The incident is open as Immediate. What is missing is owed, and listed below. What could not be saved stands above the form."
        }
        "immediate" => "The incident is open as Immediate. What is missing is owed, and listed below.",
        "attach" => "The contact is added to the incident.",
        "end" => "The contact has ended.",
        _ => return None,
    };
    Some(told.to_owned())
}

/// `POST /contacts/{id}`
async fn submit(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    input: Input<serde::de::IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("contact.record")?;
    let id = read_id(&id)?;
    let asked = Asking::of(input.typed, input.is_json)?;
    if matches!(asked.doing, Doing::Open | Doing::Immediate | Doing::Attach(_)) {
        who.may("incident.work")?;
    }
    let mut tx = site.begin().await?;
    let record = save::record(&mut tx, &id).await?.ok_or(Problem::NotFound)?;
    let last = stale::last(&mut tx, &id, &record).await?;
    let sent = Sent { site: &site, who: &who, accepts, id: &id, record: &record, last };
    let Asking { doing, seen, number, .. } = &asked;
    let (mut typed, mut disputed) = (asked.fields.clone(), asked.aside.clone());
    if asked.is_part {
        typed = whole(&mut tx, &sent, doing, typed).await?;
    }
    if asked.is_part || *seen != last {
        let merged = stale::together(&mut tx, &id, *seen, &record, &typed, asked.is_part).await?;
        if !merged.is_clear() && *doing != Doing::Immediate {
            drop(tx);
            return conflict(&sent, merged).await;
        }
        disputed.extend(merged.mine());
        typed = merged.undisputed();
    }
    let around = earlier::asked(&id, record.contact.arrival.number.shown(), &typed);
    let lines = earlier::lines(&mut tx, &around, &typed, site.today()).await?;
    let evidence = earlier::evidence(&lines);
    let acting = Acting::of(who.doing(doing.task()), who.in_session());
    let what = Save {
        id: &id,
        record: &record,
        fields: &typed,
        disputed: &disputed,
        seen: *seen,
        evidence: &evidence,
        repeats: earlier::repeats(&lines),
        account: &who.id,
    };
    match save::save(&mut tx, &acting, site.now(), &what, doing).await? {
        Ok(incident) => {
            tx.commit().await?;
            Ok(answered(accepts, &id, doing, incident.as_ref(), *number))
        }
        Err(refusal) => {
            drop(tx); // nothing of it is kept but the draft and what comes back in the form
            refused(&sent, typed, &refusal).await
        }
    }
}

/// What a program sent, with what it left out of the fields of an incident that is not opened: they stay as they were kept.
/// Once it is open they are refused, but hold up no Immediate.
async fn whole(tx: &mut Tx, sent: &Sent<'_>, doing: &Doing, typed: Fields) -> Result<Fields, Problem> {
    if sent.record.contact.incident.is_none() {
        let kept = drafts::one(tx, sent.id, &sent.who.id, KEPT).await?;
        return Ok(kept.map_or_else(Fields::new, |kept| kept.fields).into_iter().chain(typed).collect());
    }
    match fields::of_the_incident(&typed).into_keys().next().filter(|_| *doing != Doing::Immediate) {
        Some(name) => Err(opened_already(name).into()),
        None => Ok(typed),
    }
}

/// What is asked of an incident before it is opened is changed on the incident itself from then on.
fn opened_already(name: String) -> Refusal {
    let sentence = "Its incident is open already. Change that on the incident: GET /incidents/ and its identity shows how.";
    Refusal::of(name, sentence)
}

/// `number` is that of the draft that was sent: the address says it back, so that the page knows that it has arrived.
fn answered(
    accepts: Accepts,
    id: &Id,
    doing: &Doing,
    incident: Option<&Id>,
    number: Option<i64>,
) -> Response {
    if !accepts.html {
        return Json(serde_json::json!({ "id": id, "incident": incident })).into_response();
    }
    let word = match doing {
        Doing::Save => "save",
        Doing::Answer => "answer",
        Doing::Open => "open",
        Doing::Immediate => "immediate",
        Doing::Attach(_) => "attach",
        Doing::End => return Redirect::to("/contacts?done=end").into_response(),
    };
    let sent = number.map_or_else(String::new, |number| format!("&sent={number}"));
    Redirect::to(&format!("/contacts/{id}?done={word}{sent}")).into_response()
}

/// Who sent which contact's form.
struct Sent<'a> {
    site: &'a Site,
    who: &'a User,
    accepts: Accepts,
    id: &'a Id,
    record: &'a Record,
    /// The last entry of it, in the same reading: what is shown with it has seen no more.
    last: i64,
}

impl Sent<'_> {
    /// The screen again, with what was typed.
    async fn again(&self, typed: Fields) -> Result<CallPage, Problem> {
        let mut read = self.site.read().await?;
        let mut page = page(self.site, &mut read, self.who, self.id, self.record, typed).await?;
        page.frame.title = format!("Problem: {}", page.frame.title);
        page.last_seq = self.last;
        Ok(page)
    }
}

async fn refused(sent: &Sent<'_>, typed: Fields, refusal: &Refusal) -> Result<Response, Problem> {
    let mut page = sent.again(typed).await?;
    page.refusals.push(at_a_field(refusal));
    show_refused(sent.accepts, refusal, &page)
}

/// A refusal at a field that this form has, so that its link leads somewhere.
fn at_a_field(refusal: &Refusal) -> Refusal {
    let name = refusal.field.as_ref();
    let field = match name {
        "unsafe_ways" => "unsafe".to_owned(),
        "safe_hours" => "safe_from".to_owned(),
        "to" | "at" => "outcome".to_owned(),
        name if is_shown(name) => name.to_owned(),
        _ => String::new(),
    };
    Refusal::of(field, refusal.sentence.clone())
}

/// Both versions, for the person to decide: nothing is written over (409).
async fn conflict(sent: &Sent<'_>, merged: Merged) -> Result<Response, Problem> {
    if !sent.accepts.html {
        return Err(Problem::Stale {
            see: format!("/contacts/{}", sent.id),
            typed: merged.both.into_iter().map(|one| (one.field, one.mine)).collect(),
        });
    }
    let mut page = sent.again(merged.fields).await?;
    page.both = merged.both;
    Ok((StatusCode::CONFLICT, show(sent.accepts, &page)?).into_response())
}

async fn page(
    site: &Site,
    read: &mut Connection,
    who: &User,
    id: &Id,
    record: &Record,
    mut filled: Fields,
) -> Result<CallPage, Problem> {
    let listed = contact::contact::rows::shown(read, id).await?.ok_or(Problem::NotFound)?;
    let (today, now) = (site.today(), site.now());
    let number = record.contact.arrival.number.shown();
    let asked = earlier::asked(id, number, &filled);
    let earlier = earlier::lines(read, &asked, &filled, today).await?;
    let history = history(read, id, OPEN_END).await?;
    let incident = match &record.contact.incident {
        Some(incident) => incidents::one(read, incident).await?,
        None => None,
    };
    let names = names_in_history(read, id).await?;
    let suggestion = suggest(&situation(record, &filled, earlier::repeats(&earlier)));
    suppose(&mut filled, record, incident.as_ref());
    let division = of(&filled, "division").to_owned();
    let handled = record.contact.handled_seconds();
    let since = record.contact.arrival.answered_at.filter(|_| handled.is_none());
    let seconds = handled.or_else(|| since.map(|since| now.duration_since(since).as_secs()));
    Ok(CallPage {
        frame: views::frame(who, &listed.reference),
        id: id.to_string(),
        reference: listed.reference.clone(),
        last_seq: stale::last(read, id, record).await?,
        account: who.id.to_string(),
        state: record.contact.state(),
        state_words: state_words(record),
        line: told::line(&listed),
        number: if number.is_empty() { "No number".to_owned() } else { number.to_owned() },
        waited: record.contact.waited_seconds().map_or_else(|| "Waiting".to_owned(), told::duration),
        answered_at: since.map_or_else(String::new, |since| since.to_string()),
        duration: seconds.map_or_else(|| "Not answered".to_owned(), told::duration),
        heading: heading(&filled, record),
        elements: views::elements(&filled),
        considered: Element::ALL.iter().filter(|one| !of(&filled, one.as_str()).is_empty()).count(),
        grades: views::grades(&filled, &suggestion, |grade| goes_to(grade, &division, today)),
        deciding: told::deciding(&suggestion),
        suggestion,
        refusals: Vec::new(),
        both: Vec::new(),
        left_out: Vec::new(),
        repeats: earlier::repeats(&earlier),
        earlier,
        purposes: views::purposes(),
        down: told::down(contact::outage::rows::open(read).await?, today),
        log: told::log(&history, |who| names.get(who).cloned().unwrap_or_else(|| who.to_owned())),
        opened: incident.as_ref().map(told::opened),
        may_record: who.may_do("contact.record"),
        may_open: who.may_do("incident.work"),
        fields: filled,
        day: record.contact.day(),
        today,
    })
}

/// What most forms say, where this one says nothing yet.
fn suppose(filled: &mut Fields, record: &Record, incident: Option<&incidents::Listed>) {
    if of(filled, "language").is_empty() {
        filled.insert("language".to_owned(), "en".to_owned());
    }
    if let Some(ended) = &record.contact.ended {
        filled.insert("outcome".to_owned(), ended.outcome.clone());
    } else if let Some(incident) = incident.filter(|_| of(filled, "outcome").is_empty()) {
        filled.insert("outcome".to_owned(), told::outcome(incident).to_owned());
    }
}

pub(super) fn goes_to(grade: Grade, division: &str, today: jiff::civil::Date) -> String {
    format!("to {}", unit::place(grade, division, today).name)
}

fn state_words(record: &Record) -> &'static str {
    use contact::contact::rules::{Channel, State};
    let is_call = matches!(record.contact.arrival.channel, Channel::Emergency | Channel::NonEmergency);
    match (record.contact.state(), is_call) {
        (State::Waiting, true) => "Call waiting",
        (State::Waiting, false) => "Not taken up yet",
        (State::Open, true) => "Call in progress",
        (State::Open, false) => "In progress",
        (State::Ended, _) => "Ended",
        (State::Attempt, _) => "Gave up before an answer",
    }
}

fn heading(filled: &Fields, record: &Record) -> String {
    let summary = save::summary(filled, &record.contact);
    if summary.is_empty() { format!("{} contact", record.contact.arrival.channel.words()) } else { summary }
}
