//! The one pair of handlers behind every form of what is kept beside the register, and its history.

use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use jiff::Timestamp;
use journal::{Actor, Connection, DatabaseError, Entry, Id, Position, Tx, history, last_seq};
use serde::Serialize;
use users::User;
use web::{Accepts, Field, FormPage, Frame, Input, Problem, Section, Site, Typed, show, show_refused};

use crate::{
    pages::{Stored, read_id},
    words,
};

/// The word of the form that makes a new one.
pub const NEW: &str = "new";

/// One change that can be made by a form.
pub struct Change {
    /// The last part of its address.
    pub word: &'static str,
    /// The form's heading.
    pub heading: &'static str,
    /// What will happen.
    pub intro: &'static str,
    /// The button.
    pub submit: &'static str,
    /// The permission it needs.
    pub permission: &'static str,
    /// What is said when it is done.
    pub done: &'static str,
    /// Whether it replaces something, so that a change made meanwhile matters.
    pub replaces: bool,
}

/// A form as a noun fills it.
pub struct Form {
    /// The short name of what it is about.
    pub label: String,
    /// Its words.
    pub about: String,
    /// The fields.
    pub fields: Vec<Field>,
}

/// A noun that is kept beside the register.
pub trait Beside: 'static {
    /// Where its list is.
    const ADDRESS: &'static str;
    /// What its list is called.
    const LIST: &'static str;
    /// Its forms; the one called [`NEW`] makes one.
    const CHANGES: &'static [Change];

    /// The form called `word`, as `typed` so far; refused or not found where there is nothing to change.
    fn form(
        conn: &mut Connection,
        now: Timestamp,
        id: Option<&Id>,
        word: &str,
        typed: &Typed,
    ) -> impl Future<Output = Result<Form, Problem>> + Send;

    /// Stores what was typed in the form called `word`.
    fn store(
        tx: &mut Tx,
        site: &Site,
        who: &Actor,
        id: &Id,
        word: &str,
        typed: &Typed,
    ) -> impl Future<Output = Stored> + Send;
}

/// The addresses of the noun's forms.
pub fn routes<B: Beside>() -> Router<Site> {
    Router::new()
        .route(&format!("{}/{NEW}", B::ADDRESS), get(new::<B>).post(make::<B>))
        .route(&format!("{}/{{id}}/{{change}}", B::ADDRESS), get(form::<B>).post(post::<B>))
}

fn find<B: Beside>(word: &str) -> Result<&'static Change, Problem> {
    B::CHANGES.iter().find(|change| change.word == word).ok_or(Problem::NotFound)
}

/// A change of one that is there: an address of its own must not make a new one.
fn find_change<B: Beside>(word: &str) -> Result<&'static Change, Problem> {
    find::<B>(word).and_then(|change| if change.word == NEW { Err(Problem::NotFound) } else { Ok(change) })
}

/// What is said after the change with that word.
pub fn done_words<B: Beside>(word: &str) -> Option<String> {
    find::<B>(word).ok().map(|change| change.done.to_owned())
}

/// The forms among `words` that `who` may use: address and words.
pub fn offered<B: Beside>(who: &User, id: &Id, words: &[&str]) -> Vec<(String, &'static str)> {
    words
        .iter()
        .filter_map(|word| find::<B>(word).ok())
        .filter(|change| who.may_do(change.permission))
        .map(|change| (format!("{}/{id}/{}", B::ADDRESS, change.word), change.heading))
        .collect()
}

async fn new<B: Beside>(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Query(typed): Query<Typed>,
) -> Result<Response, Problem> {
    let change = find::<B>(NEW)?;
    who.may(change.permission)?;
    show(accepts, &form_page::<B>(&site, &who, None, change, &typed).await?)
}

async fn make<B: Beside>(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    input: Input<serde::de::IgnoredAny>,
) -> Result<Response, Problem> {
    let change = find::<B>(NEW)?;
    who.may(change.permission)?;
    let id = Id::new(site.now());
    match store::<B>(&site, &who, &id, change, &input.typed).await {
        Ok(_) if accepts.html => Ok(Redirect::to(&format!("{}/{id}?done={NEW}", B::ADDRESS)).into_response()),
        Ok(seq) => {
            Ok((StatusCode::CREATED, Json(serde_json::json!({ "id": id, "entry": seq }))).into_response())
        }
        Err(Problem::Refused(refusal)) if accepts.html => {
            let page = form_page::<B>(&site, &who, None, change, &input.typed).await?;
            show_refused(accepts, &refusal, &page.refused(&refusal))
        }
        Err(problem) => Err(problem),
    }
}

async fn form<B: Beside>(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((id, word)): Path<(String, String)>,
    Query(typed): Query<Typed>,
) -> Result<Response, Problem> {
    let id = read_id(&id)?;
    let change = find_change::<B>(&word)?;
    who.may(change.permission)?;
    show(accepts, &form_page::<B>(&site, &who, Some(&id), change, &typed).await?)
}

async fn post<B: Beside>(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((id, word)): Path<(String, String)>,
    input: Input<serde::de::IgnoredAny>,
) -> Result<Response, Problem> {
    let id = read_id(&id)?;
    let change = find_change::<B>(&word)?;
    who.may(change.permission)?;
    match store::<B>(&site, &who, &id, change, &input.typed).await {
        Ok(_) if accepts.html => {
            Ok(Redirect::to(&format!("{}/{id}?done={word}", B::ADDRESS)).into_response())
        }
        Ok(seq) => Ok(Json(serde_json::json!({ "id": id, "entry": seq })).into_response()),
        Err(Problem::Refused(refusal)) if accepts.html => {
            let page = form_page::<B>(&site, &who, Some(&id), change, &input.typed).await?;
            show_refused(accepts, &refusal, &page.refused(&refusal))
        }
        Err(problem) => Err(problem),
    }
}

async fn store<B: Beside>(
    site: &Site,
    who: &User,
    id: &Id,
    change: &Change,
    typed: &Typed,
) -> Result<i64, Problem> {
    let mut tx = site.begin().await?;
    let last = last_seq(&mut tx, id).await?;
    if last == 0 && change.word != NEW {
        return Err(Problem::NotFound);
    }
    if change.replaces && typed.last_seq().is_some_and(|seen| seen != last) {
        let shown = typed.0.iter().filter(|(name, _)| *name != "last_seq");
        let typed = shown.map(|(name, value)| (name.replace('_', " "), value.clone())).collect();
        return Err(Problem::Stale { see: format!("{}/{id}", B::ADDRESS), typed });
    }
    let entry = B::store(&mut tx, site, &who.doing(change.heading), id, change.word, typed).await??;
    tx.commit().await?;
    Ok(entry.seq)
}

async fn form_page<B: Beside>(
    site: &Site,
    who: &User,
    id: Option<&Id>,
    change: &Change,
    typed: &Typed,
) -> Result<FormPage, Problem> {
    let mut read = site.read().await?;
    let form = B::form(&mut read, site.now(), id, change.word, typed).await?;
    let mut crumbs = vec![
        ("/recommendations".to_owned(), "Improvement".to_owned()),
        (B::ADDRESS.to_owned(), B::LIST.to_owned()),
    ];
    let mut title = change.heading.to_owned();
    let mut last = None;
    if let Some(id) = id {
        crumbs.push((format!("{}/{id}", B::ADDRESS), form.label.clone()));
        title = format!("{}: {}", change.heading, form.label);
        last = match typed.last_seq() {
            Some(seen) => Some(seen),
            None => Some(last_seq(&mut read, id).await?),
        };
    }
    crumbs.push((String::new(), change.heading.to_owned()));
    Ok(FormPage {
        frame: Frame::of(title, Section::Improvement).seen_by(who.signed()),
        crumbs,
        heading: change.heading.to_owned(),
        about: form.about,
        intro: change.intro.to_owned(),
        action: id.map_or_else(
            || format!("{}/{NEW}", B::ADDRESS),
            |id| format!("{}/{id}/{}", B::ADDRESS, change.word),
        ),
        submit: change.submit.to_owned(),
        back: id.map_or_else(|| B::ADDRESS.to_owned(), |id| format!("{}/{id}", B::ADDRESS)),
        last_seq: last.filter(|_| change.replaces),
        fields: form.fields,
        refusals: Vec::new(),
    })
}

/// One moment of a history.
#[derive(Debug, Clone, Serialize)]
pub struct Moment {
    /// Its entry.
    pub seq: i64,
    /// What happened.
    pub title: String,
    /// The particulars: name and words.
    pub particulars: Vec<(&'static str, String)>,
    /// Who did it, in which role.
    pub who: String,
    /// When, for machines.
    pub at: String,
    /// When, for people.
    pub at_words: String,
}

/// What an entry says: a title, and its particulars.
pub type Told = (String, Vec<(&'static str, String)>);

/// The history of `id` up to position `until`, newest first.
pub async fn moments(
    conn: &mut Connection,
    id: &Id,
    until: i64,
    tell: impl Fn(&Entry) -> Result<Option<Told>, DatabaseError>,
) -> Result<Vec<Moment>, DatabaseError> {
    let names = users::account::names_in_history(&mut *conn, id).await?;
    let mut moments = Vec::new();
    for entry in history(conn, id, until).await? {
        let Some((title, particulars)) = tell(&entry)? else { continue };
        let name = names.get(&entry.actor.who).map_or("Somebody", String::as_str);
        let role = users::Role::of(&entry.actor.role).map_or("", users::Role::name);
        moments.push(Moment {
            seq: entry.seq,
            title,
            particulars: particulars.into_iter().filter(|(_, words)| !words.is_empty()).collect(),
            who: format!("{name}, {role}"),
            at: entry.at.to_string(),
            at_words: words::moment(entry.at),
        });
    }
    moments.reverse();
    Ok(moments)
}

/// The moment looked back to, in words; nothing when it is now.
pub fn as_at_words(position: Position) -> Option<String> {
    position.is_past.then(|| {
        let seq = usize::try_from(position.seq).unwrap_or(0);
        format!("entry {}, {}", words::thousands(seq), words::day(position.today))
    })
}
