//! The meetings’ pages: the list, a meeting with its agenda, and the forms that call, move, cancel and hold it.

use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use journal::{AsAt, Id, Refusal, act, last_seq};
use plan::{pages::read_id, register::kept, words::day};
use serde::{Deserialize, Serialize};
use users::User;
use web::{Accepts, Field, FormPage, Frame, Input, Problem, Section, Site, Typed, show, show_refused};

use super::{
    rows::{Meetings, all, days, known, one},
    rules::{Command, Meeting, Standing, sitting},
    views::{Seen, list_page, show_page, tell},
};
use crate::{
    group::{
        self,
        pages::{Asked, KEEP, fresh, to},
        views::timeline,
    },
    month,
};

/// The meetings’ addresses.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/meetings", get(list))
        .route("/meetings/new", get(new).post(call))
        .route("/meetings/{id}", get(show_one))
        .route("/meetings/{id}/{change}", get(form).post(post))
}

/// What the address of the list asks: it holds the whole state.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    /// A group.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub group: String,
    /// Empty for those to come, `past`, or `all`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub when: String,
    /// A word of [`Standing`].
    #[serde(skip_serializing_if = "String::is_empty")]
    pub standing: String,
    /// `day` or `group`, with "-" before it for the other way round.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sort: String,
    /// The page, from 1.
    #[serde(skip_serializing_if = "crate::group::pages::is_first")]
    pub page: usize,
}

/// What the form of a new meeting says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct New {
    group: String,
    on: String,
    place: String,
}

async fn list(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    let mut read = site.read().await?;
    let groups = group::rows::all(&mut read).await?;
    let meetings = all(&mut read).await?;
    show(accepts, &list_page(&groups, &meetings, wanted, &who, site.today()))
}

async fn show_one(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    let id = read_id(&id)?;
    let mut read = site.read().await?;
    let meeting = one(&mut read, &id).await?.ok_or(Problem::NotFound)?;
    let mut group = group::rows::one(&mut read, &meeting.group).await?.ok_or(Problem::NotFound)?;
    let others = days(&mut read, &meeting.group, &id).await?;
    // The agenda of a meeting that is over is what the register was on its day.
    let is_past = meeting.on < site.today();
    let as_at = if is_past { AsAt::Day(meeting.on) } else { AsAt::Now };
    let register = kept::register(&site, &mut read, as_at).await?;
    if is_past {
        // … and which plans the group looked after then. One that was set up since looks after what it does now.
        let then = group::rows::as_at(&mut read, &meeting.group, register.position.seq).await?;
        group.terms.plans = then.map_or(group.terms.plans, |then| then.terms.plans);
    }
    let rounds = month::rows::of_meeting(&mut read, &id).await?;
    let timeline = timeline(&mut read, &id, tell).await?;
    let seen = Seen {
        group: &group,
        sitting: sitting(meeting.on, &others, group.terms.cadence),
        register: &register,
        rounds: &rounds,
        is_past,
        today: site.today(),
    };
    let mut page = show_page(&id, &meeting, &seen, timeline, &who);
    page.frame = page.frame.with_notice(done_words(&asked.done));
    show(accepts, &page)
}

fn done_words(done: &str) -> Option<String> {
    let words = match done {
        "called" => "The meeting is called. Its agenda follows the register until it is held.",
        "move" => "The meeting is moved.",
        "cancellation" => "The meeting is cancelled.",
        "held" => "The meeting is recorded as held.",
        "minutes" => "The minutes are recorded.",
        _ => return None,
    };
    Some(words.to_owned())
}

async fn new(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Query(typed): Query<Typed>,
) -> Result<Response, Problem> {
    who.may(KEEP)?;
    show(accepts, &new_page(&site, &who, &typed).await?)
}

async fn call(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    input: Input<New>,
) -> Result<Response, Problem> {
    who.may(KEEP)?;
    let outcome = match input.command {
        Ok(new) => store(&site, &who, new).await,
        Err(refusal) => Err(refusal.into()),
    };
    match outcome {
        Ok(id) if accepts.html => Ok(Redirect::to(&format!("/meetings/{id}?done=called")).into_response()),
        Ok(id) => Ok((StatusCode::CREATED, Json(serde_json::json!({ "id": id }))).into_response()),
        Err(Problem::Refused(refusal)) => {
            let page = new_page(&site, &who, &input.typed).await?;
            show_refused(accepts, &refusal, &page.refused(&refusal))
        }
        Err(problem) => Err(problem),
    }
}

async fn store(site: &Site, who: &User, new: New) -> Result<Id, Problem> {
    let id = Id::new(site.now());
    let group = Id::read(&new.group);
    let mut tx = site.begin().await?;
    let known = known(&mut tx, group.as_ref(), &id, site.today()).await?;
    let command = Command::Call { group, on: new.on, place: new.place };
    let actor = who.doing("Call a meeting");
    act::<Meetings>(&mut tx, &actor, site.now(), &id, &known, command).await??;
    tx.commit().await?;
    Ok(id)
}

async fn new_page(site: &Site, who: &User, typed: &Typed) -> Result<FormPage, Problem> {
    let groups = group::rows::all(&mut *site.read().await?).await?;
    let going = groups.into_iter().filter(|(_, group)| group.ended.is_none());
    let choices = std::iter::once((String::new(), "Choose a group".to_owned()))
        .chain(going.map(|(id, group)| (id.to_string(), group.terms.name)));
    // A suggested day comes in an address as 2026-11-25; a person reads it in words.
    let on = typed.get("on").parse().map_or_else(|_| typed.get("on").to_owned(), day);
    let typed = typed.clone().with("on", on);
    Ok(FormPage {
        frame: Frame::of("Call a meeting", Section::Month).seen_by(who.signed()),
        crumbs: vec![
            ("/meetings".to_owned(), "Meetings".to_owned()),
            (String::new(), "Call a meeting".to_owned()),
        ],
        heading: "Call a meeting".to_owned(),
        about: String::new(),
        intro: "When papers and updates are due is counted back from its day, in working days.".to_owned(),
        action: "/meetings/new".to_owned(),
        submit: "Call the meeting".to_owned(),
        back: "/meetings".to_owned(),
        last_seq: None,
        fields: vec![
            Field::one("group", "Group", "", choices, &typed),
            Field::line("on", "Day", "A working day, for example 25 November 2026", &typed),
            Field::line("place", "Place", "Leave empty if it is not known", &typed),
        ],
        refusals: Vec::new(),
    })
}

/// One change that can be made to a meeting by a form.
struct Change {
    word: &'static str,
    heading: &'static str,
    intro: &'static str,
    submit: &'static str,
    fields: fn(&Typed) -> Vec<Field>,
}

const CHANGES: [Change; 4] = [
    Change {
        word: "move",
        heading: "Move the meeting",
        intro: "What is due before it moves with it. A round that is open keeps the day it asked for updates by.",
        submit: "Move the meeting",
        fields: |typed| {
            let hint = "A working day, for example 25 November 2026";
            vec![Field::line("on", "New day", hint, typed), reason(typed)]
        },
    },
    Change {
        word: "cancellation",
        heading: "Cancel the meeting",
        intro: "It stays in the list as cancelled. A round that is open for it goes on until it is closed: its page offers that.",
        submit: "Cancel the meeting",
        fields: |typed| vec![reason(typed)],
    },
    Change {
        word: "held",
        heading: "Record the meeting as held",
        intro: "Its agenda stays what the register was on its day.",
        submit: "Record it as held",
        fields: |typed| vec![minutes(typed)],
    },
    Change {
        word: "minutes",
        heading: "Record where the minutes are",
        intro: "",
        submit: "Record the minutes",
        fields: |typed| vec![minutes(typed)],
    },
];

fn reason(typed: &Typed) -> Field {
    Field::lines("reason", "Reason", "It stays on the timeline", 3, typed)
}

fn minutes(typed: &Typed) -> Field {
    let hint = "An address that begins with https://, or a note without anybody’s name";
    Field::lines("minutes", "Minutes", hint, 3, typed)
}

async fn form(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((id, word)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let change = CHANGES.iter().find(|change| change.word == word).ok_or(Problem::NotFound)?;
    who.may(KEEP)?;
    let id = read_id(&id)?;
    show(accepts, &form_page(&site, &who, &id, change, &Typed::default()).await?)
}

async fn post(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((id, word)): Path<(String, String)>,
    input: Input<serde::de::IgnoredAny>,
) -> Result<Response, Problem> {
    let change = CHANGES.iter().find(|change| change.word == word).ok_or(Problem::NotFound)?;
    who.may(KEEP)?;
    let id = read_id(&id)?;
    let mut tx = site.begin().await?;
    fresh(&mut tx, &id, &format!("/meetings/{id}"), true, &input.typed).await?;
    let meeting = one(&mut tx, &id).await?.ok_or(Problem::NotFound)?;
    let known = known(&mut tx, Some(&meeting.group), &id, site.today()).await?;
    let text = |name: &str| input.typed.get(name).to_owned();
    let command = match change.word {
        "move" => Command::Move { on: text("on"), reason: text("reason") },
        "cancellation" => Command::Cancel { reason: text("reason") },
        "held" => Command::Hold { minutes: text("minutes") },
        _ => Command::RecordMinutes { minutes: text("minutes") },
    };
    let done = act::<Meetings>(&mut tx, &who.doing(change.heading), site.now(), &id, &known, command).await?;
    match done {
        Ok(entry) => {
            tx.commit().await?;
            Ok(to(accepts, &format!("/meetings/{id}?done={word}"), &id, entry.seq))
        }
        Err(refusal) => {
            drop(tx);
            let page = form_page(&site, &who, &id, change, &input.typed).await?;
            show_refused(accepts, &refusal, &page.refused(&refusal))
        }
    }
}

async fn form_page(
    site: &Site,
    who: &User,
    id: &Id,
    change: &Change,
    typed: &Typed,
) -> Result<FormPage, Problem> {
    let mut read = site.read().await?;
    let meeting: Meeting = one(&mut read, id).await?.ok_or(Problem::NotFound)?;
    let group = group::rows::one(&mut read, &meeting.group).await?.ok_or(Problem::NotFound)?;
    let last = last_seq(&mut read, id).await?;
    let start = match &meeting.standing {
        Standing::Held { minutes } => Typed::default().with("minutes", &**minutes),
        Standing::Cancelled { .. } => {
            return Err(Refusal::of("standing", "This meeting was cancelled; that stands.").into());
        }
        Standing::Called => Typed::default(),
    };
    let mut filled = start;
    filled.0.extend(typed.0.clone());
    let address = format!("/meetings/{id}");
    let about = format!("{}, {}", group.terms.name, day(meeting.on));
    Ok(FormPage {
        frame: Frame::of(format!("{}: {about}", change.heading), Section::Month).seen_by(who.signed()),
        crumbs: vec![
            ("/meetings".to_owned(), "Meetings".to_owned()),
            (address.clone(), about.clone()),
            (String::new(), change.heading.to_owned()),
        ],
        heading: change.heading.to_owned(),
        about,
        intro: change.intro.to_owned(),
        action: format!("{address}/{}", change.word),
        submit: change.submit.to_owned(),
        back: address,
        last_seq: Some(filled.last_seq().unwrap_or(last)),
        fields: (change.fields)(&filled),
        refusals: Vec::new(),
    })
}
