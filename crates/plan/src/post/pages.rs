//! The list of posts, one post, and saying who holds it.

use axum::{
    Json, Router,
    extract::{Path, Query as Asked, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use journal::{AsAt, Connection, DatabaseError, Id, OPEN_END, Refusal, act, history, last_seq};
use serde::de::IgnoredAny;
use users::{Person, User, people};
use web::{Accepts, Field, FormPage, Frame, Input, Problem, Section, Site, Typed, show, show_refused};

use super::{
    rows::{self, Posts},
    rules::{Command, Post, named_in},
    views::{Found, Query, lines, list_page, show_page},
};
use crate::{pages::read_id, register::kept};

/// The noun's addresses.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/posts", get(list).post(create))
        .route("/posts/new", get(new))
        .route("/posts/{id}", get(show_one))
        .route("/posts/{id}/holder", get(give_form).post(give))
        .route("/posts/{id}/release", get(release_form).post(release))
}

async fn list(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asked(query): Asked<Query>,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    let mut read = site.read().await?;
    let register = kept::register(&site, &mut read, AsAt::Now).await?;
    let posts = rows::all(&mut read, register.position.seq).await?;
    let people = people(&mut read).await?;
    show(accepts, &list_page(&who, query, lines(&posts, &named_in(&register), &people)))
}

async fn show_one(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    Asked(query): Asked<Query>,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    let id = read_id(&id)?;
    let mut read = site.read().await?;
    let post = one(&mut read, &id).await?.ok_or(Problem::NotFound)?;
    let register = kept::register(&site, &mut read, AsAt::Now).await?;
    let people = people(&mut read).await?;
    let history = history(&mut read, &id, OPEN_END).await?;
    let named = named_in(&register);
    let found = Found { id: &id, post: &post, named: &named, people: &people, history: &history };
    show(accepts, &show_page(&who, &found, &query.done)?)
}

async fn one(conn: &mut Connection, id: &Id) -> Result<Option<Post>, DatabaseError> {
    Ok(rows::all(conn, OPEN_END - 1).await?.into_iter().find(|(one, _)| one == id).map(|(_, post)| post))
}

async fn new(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asked(typed): Asked<Typed>,
) -> Result<Response, Problem> {
    who.may("plan.groups")?;
    let people = people(&mut *site.read().await?).await?;
    show(accepts, &new_page(&who, &people, &typed))
}

async fn create(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("plan.groups")?;
    let id = Id::new(site.now());
    match store_new(&site, &who, &id, &input.typed).await {
        Ok(()) if accepts.html => Ok(Redirect::to(&format!("/posts/{id}?done=created")).into_response()),
        Ok(()) => Ok((StatusCode::CREATED, Json(serde_json::json!({ "id": id }))).into_response()),
        Err(Problem::Refused(refusal)) => {
            let people = people(&mut *site.read().await?).await?;
            show_refused(accepts, &refusal, &new_page(&who, &people, &input.typed).refused(&refusal))
        }
        Err(problem) => Err(problem),
    }
}

/// The post and, where somebody was chosen, its first holder: both or none.
async fn store_new(site: &Site, who: &User, id: &Id, typed: &Typed) -> Result<(), Problem> {
    let actor = who.doing("Add a post");
    let account = Id::read(typed.get("account"));
    let mut tx = site.begin().await?;
    let known = rows::known(&mut tx, account.as_ref()).await?;
    let title = typed.get("title").to_owned();
    act::<Posts>(&mut tx, &actor, site.now(), id, &known, Command::Create { title }).await??;
    if !typed.get("account").is_empty() {
        let command = Command::Give { account, alternate: is_alternate(typed)? };
        act::<Posts>(&mut tx, &actor, site.now(), id, &known, command).await??;
    }
    Ok(tx.commit().await?)
}

async fn give_form(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    form(&site, &who, accepts, &id, GIVE).await
}

async fn release_form(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    form(&site, &who, accepts, &id, RELEASE).await
}

async fn give(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    post(&site, &who, accepts, &id, GIVE, &input.typed).await
}

async fn release(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    post(&site, &who, accepts, &id, RELEASE, &input.typed).await
}

/// One of the two changes to who holds a post.
#[derive(Clone, Copy)]
struct Change {
    word: &'static str,
    heading: &'static str,
    intro: &'static str,
    submit: &'static str,
    done: &'static str,
    gives: bool,
}

const GIVE: Change = Change {
    word: "holder",
    heading: "Give the post to somebody",
    intro: "Whoever holds the post sees what it owns under My work, and is told when an update is asked for. An alternate stands in: they are told where nobody holds the post.",
    submit: "Give the post",
    done: "held",
    gives: true,
};

const RELEASE: Change = Change {
    word: "release",
    heading: "Take the post away",
    intro: "What the post owns stays as it is; somebody else should hold it.",
    submit: "Take the post away",
    done: "released",
    gives: false,
};

async fn form(
    site: &Site,
    who: &User,
    accepts: Accepts,
    id: &str,
    change: Change,
) -> Result<Response, Problem> {
    who.may("plan.groups")?;
    let page = change_page(site, who, &read_id(id)?, change, &Typed::default()).await?;
    show(accepts, &page)
}

async fn post(
    site: &Site,
    who: &User,
    accepts: Accepts,
    id: &str,
    change: Change,
    typed: &Typed,
) -> Result<Response, Problem> {
    who.may("plan.groups")?;
    let id = read_id(id)?;
    match store(site, who, &id, change, typed).await {
        Ok(()) if accepts.html => {
            Ok(Redirect::to(&format!("/posts/{id}?done={}", change.done)).into_response())
        }
        Ok(()) => Ok(Json(serde_json::json!({ "id": id })).into_response()),
        Err(Problem::Refused(refusal)) => {
            let page = change_page(site, who, &id, change, typed).await?.refused(&refusal);
            show_refused(accepts, &refusal, &page)
        }
        Err(problem) => Err(problem),
    }
}

async fn store(site: &Site, who: &User, id: &Id, change: Change, typed: &Typed) -> Result<(), Problem> {
    let mut tx = site.begin().await?;
    let last = last_seq(&mut tx, id).await?;
    if one(&mut tx, id).await?.is_none() {
        return Err(Problem::NotFound);
    }
    if typed.last_seq().is_some_and(|seen| seen != last) {
        // An account's identity says nothing to whoever typed it; the reason does.
        let typed = vec![("reason".to_owned(), typed.get("reason").to_owned())];
        return Err(Problem::Stale { see: format!("/posts/{id}"), typed });
    }
    let account = Id::read(typed.get("account"));
    let known = rows::known(&mut tx, account.as_ref()).await?;
    let command = if change.gives {
        Command::Give { account, alternate: is_alternate(typed)? }
    } else {
        Command::Release { account, reason: typed.get("reason").to_owned() }
    };
    act::<Posts>(&mut tx, &who.doing(change.heading), site.now(), id, &known, command).await??;
    Ok(tx.commit().await?)
}

fn is_alternate(typed: &Typed) -> Result<bool, Refusal> {
    match typed.get("standing") {
        "holder" | "" => Ok(false),
        "alternate" => Ok(true),
        _ => Err(Refusal::of("standing", "Choose whether they hold the post or stand in for its holder.")),
    }
}

async fn change_page(
    site: &Site,
    who: &User,
    id: &Id,
    change: Change,
    typed: &Typed,
) -> Result<FormPage, Problem> {
    let mut read = site.read().await?;
    let post = one(&mut read, id).await?.ok_or(Problem::NotFound)?;
    let people = people(&mut read).await?;
    let last = last_seq(&mut read, id).await?;
    let fields = if change.gives {
        vec![person(&people, typed), standing(typed)]
    } else {
        let held: Vec<Person> = people.into_iter().filter(|person| post.of(&person.id).is_some()).collect();
        let choices = choices("Choose a person", held.iter());
        vec![
            Field::one("account", "Who holds it no more", "", choices, typed),
            Field::lines("reason", "Reason", "For example: moved to another post", 3, typed),
        ]
    };
    Ok(FormPage {
        frame: Frame::of(change.heading, Section::Improvement).seen_by(who.signed()),
        crumbs: crumbs(&[(&format!("/posts/{id}"), &post.title), ("", change.heading)]),
        heading: change.heading.to_owned(),
        about: post.title.clone(),
        intro: change.intro.to_owned(),
        action: format!("/posts/{id}/{}", change.word),
        submit: change.submit.to_owned(),
        back: format!("/posts/{id}"),
        last_seq: Some(typed.last_seq().unwrap_or(last)),
        fields,
        refusals: Vec::new(),
    })
}

fn new_page(who: &User, people: &[Person], typed: &Typed) -> FormPage {
    FormPage {
        frame: Frame::of("Add a post", Section::Improvement).seen_by(who.signed()),
        crumbs: crumbs(&[("", "Add a post")]),
        heading: "Add a post".to_owned(),
        about: String::new(),
        intro: GIVE.intro.to_owned(),
        action: "/posts".to_owned(),
        submit: "Add the post".to_owned(),
        back: "/posts".to_owned(),
        last_seq: None,
        fields: vec![
            Field::line("title", "Title", "As owners are written in the register", typed),
            person(people, typed),
            standing(typed),
        ],
        refusals: Vec::new(),
    }
}

fn crumbs(rest: &[(&str, &str)]) -> Vec<(String, String)> {
    [("/recommendations", "Improvement"), ("/posts", "Posts")]
        .iter()
        .chain(rest)
        .map(|(address, words)| ((*address).to_owned(), (*words).to_owned()))
        .collect()
}

/// Everybody who can hold a post.
fn person(people: &[Person], typed: &Typed) -> Field {
    let fit = people.iter().filter(|person| person.is_open && person.role.may("plan.read"));
    let hint = "Open accounts whose role may read the improvement plan";
    Field::one("account", "Who", hint, choices("Nobody yet", fit), typed)
}

fn choices<'a>(
    none: &str,
    people: impl Iterator<Item = &'a Person>,
) -> impl Iterator<Item = (String, String)> {
    let all: Vec<(String, String)> = std::iter::once((String::new(), none.to_owned()))
        .chain(
            people.map(|person| (person.id.to_string(), format!("{}, {}", person.name, person.role.name()))),
        )
        .collect();
    all.into_iter()
}

fn standing(typed: &Typed) -> Field {
    let choices = [("holder", "Holds the post"), ("alternate", "Alternate: stands in for the holder")];
    let choices = choices.map(|(value, words)| (value.to_owned(), words.to_owned()));
    Field::one("standing", "As", "", choices, typed)
}
