//! Saving a list of the register under a name, and the page on which one's views are kept.

use askama::Template;
use axum::{
    extract::{Path, Query as Asked, State},
    response::{IntoResponse, Redirect, Response},
};
use journal::{AsAt, Id, act, last_seq};
use serde::Serialize;
use users::{Role, User};
use web::{Accepts, Field, FormPage, Frame, Input, Problem, Section, Site, Typed, show, show_refused};

use super::{
    rows::{Kept, Views, known, one, seen_by},
    rules::{Command, written},
};
use crate::{
    pages::read_id,
    register::{kept, list::Query, pages::told, rules::Register},
    words::{counted, thousands},
};

/// A view as the register offers it.
#[derive(Debug, Clone)]
pub struct Offered {
    /// The list it is.
    pub address: String,
    /// Its name.
    pub name: String,
    /// Whether it is this list.
    pub is_this: bool,
    /// Whether it is another's.
    pub is_anothers: bool,
}

/// The views that `who` sees, as the register offers them on the list `query`: their own first.
pub fn offered(views: &[Kept], who: &User, query: &Query) -> Vec<Offered> {
    let this = written(query);
    let offer = |view: &Kept| Offered {
        address: address(&view.query),
        name: view.name.clone(),
        is_this: view.query == this,
        is_anothers: view.owner != who.id.as_str(),
    };
    let mut offered: Vec<Offered> = views.iter().map(offer).collect();
    offered.sort_by_key(|view| view.is_anothers);
    offered
}

fn address(query: &str) -> String {
    format!("/recommendations?{query}")
}

/// The page of saved views.
#[derive(Debug, Template, Serialize)]
#[template(path = "view/list.html")]
struct ListPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    #[serde(skip)]
    lead: String,
    own: Vec<Shown>,
    shared: Vec<Shown>,
}

#[derive(Debug, Serialize)]
struct Shown {
    id: String,
    name: String,
    address: String,
    query: String,
    words: String,
    found: String,
    shared: bool,
    role: &'static str,
}

/// `GET /views`
pub async fn list(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asked(typed): Asked<Typed>,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    let mut read = site.read().await?;
    let views = seen_by(&mut read, &who.id).await?;
    let register = kept::register(&site, &mut read, AsAt::Now).await?;
    let (own, shared): (Vec<&Kept>, Vec<&Kept>) =
        views.iter().partition(|view| view.owner == who.id.as_str());
    let done = match typed.get("done") {
        "changed" => Some("The view is changed.".to_owned()),
        "deleted" => Some("The view is deleted.".to_owned()),
        _ => None,
    };
    let shown = |views: Vec<&Kept>| views.into_iter().map(|view| shown(&register, view)).collect();
    let page = ListPage {
        frame: Frame::of("Saved views", Section::Improvement).seen_by(who.signed()).with_notice(done),
        crumbs: vec![
            ("/recommendations".to_owned(), "Improvement".to_owned()),
            (String::new(), "Saved views".to_owned()),
        ],
        lead: format!(
            "{} of your own, {} that others share",
            counted(own.len(), "view", "views"),
            thousands(shared.len())
        ),
        own: shown(own),
        shared: shown(shared),
    };
    show(accepts, &page)
}

fn shown(register: &Register, view: &Kept) -> Shown {
    let query: Query = serde_html_form::from_str(&view.query).unwrap_or_default();
    // A view that looks back is counted only when it is opened: the register here is the present one.
    let found = if query.as_at.is_empty() {
        thousands(query.list(register).found)
    } else {
        "as it then was".to_owned()
    };
    let words = told(register, &query);
    Shown {
        id: view.id.to_string(),
        name: view.name.clone(),
        address: address(&view.query),
        query: view.query.clone(),
        words: if words.is_empty() { "Everything, in another order".to_owned() } else { words.join(" · ") },
        found,
        shared: view.shared,
        role: Role::of(&view.role).map_or("", Role::name),
    }
}

/// `POST /views`: keeps a list. A form that came back refused carries the list in its address.
pub async fn save(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asked(carried): Asked<Typed>,
    input: Input<serde::de::IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    let mut typed = input.typed;
    if typed.get("query").is_empty() {
        typed = typed.with("query", carried.get("query"));
    }
    let id = Id::new(site.now());
    let command = Command::Save {
        name: typed.get("name").to_owned(),
        query: typed.get("query").to_owned(),
        shared: is_shared(&typed),
    };
    match store(&site, &who, &id, command, "Save a view", &Typed::default()).await {
        Ok(kept) if accepts.html => {
            let list = kept.map_or_else(|| "/views?".to_owned(), |view| address(&view.query) + "&");
            Ok(Redirect::to(&format!("{list}done=saved-view")).into_response())
        }
        Ok(_) => {
            Ok((axum::http::StatusCode::CREATED, axum::Json(serde_json::json!({ "id": id }))).into_response())
        }
        Err(Problem::Refused(refusal)) => {
            show_refused(accepts, &refusal, &save_page(&who, &typed).refused(&refusal))
        }
        Err(problem) => Err(problem),
    }
}

/// `GET /views/{id}`
pub async fn edit(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let (view, last) = own(&site, &who, &id).await?;
    let start = Typed::default().with("name", &*view.name).with("shared", shared_word(view.shared));
    show(accepts, &edit_page(&who, &view, &start, last))
}

/// `POST /views/{id}`: calls it otherwise, shares it or shares it no more; a program may send another list.
pub async fn change(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    input: Input<serde::de::IgnoredAny>,
) -> Result<Response, Problem> {
    let (view, last) = own(&site, &who, &id).await?;
    let typed = input.typed;
    let given = |name: &str, was: &str| typed.0.get(name).map_or(was, String::as_str).to_owned();
    let command = Command::Change {
        name: given("name", &view.name),
        query: given("query", &view.query),
        shared: if typed.0.contains_key("shared") { is_shared(&typed) } else { view.shared },
    };
    match store(&site, &who, &view.id, command, "Change a saved view", &typed).await {
        Ok(_) if accepts.html => Ok(Redirect::to("/views?done=changed").into_response()),
        Ok(_) => Ok(axum::Json(serde_json::json!({ "id": view.id })).into_response()),
        Err(Problem::Refused(refusal)) => {
            show_refused(accepts, &refusal, &edit_page(&who, &view, &typed, last).refused(&refusal))
        }
        Err(problem) => Err(problem),
    }
}

/// `GET /views/{id}/deletion`
pub async fn confirm_deletion(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let (view, last) = own(&site, &who, &id).await?;
    show(accepts, &deletion_page(&who, &view, last))
}

/// `POST /views/{id}/deletion`
pub async fn delete(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    input: Input<serde::de::IgnoredAny>,
) -> Result<Response, Problem> {
    let (view, _) = own(&site, &who, &id).await?;
    store(&site, &who, &view.id, Command::Delete, "Delete a saved view", &input.typed).await?;
    if accepts.html {
        return Ok(Redirect::to("/views?done=deleted").into_response());
    }
    Ok(axum::Json(serde_json::json!({ "id": view.id })).into_response())
}

/// A view that is this person's to change, and its last entry. Of another's unshared view they learn nothing.
async fn own(site: &Site, who: &User, id: &str) -> Result<(Kept, i64), Problem> {
    who.may("plan.read")?;
    let id = read_id(id)?;
    let mut read = site.read().await?;
    let view = one(&mut read, &id).await?.ok_or(Problem::NotFound)?;
    match (view.owner == who.id.as_str(), view.shared) {
        (true, _) => Ok((view, last_seq(&mut read, &id).await?)),
        (false, true) => Err(Problem::Forbidden(
            "Only the person who saved this view may change it. Open it, and save the list under a name of your own.".to_owned(),
        )),
        (false, false) => Err(Problem::NotFound),
    }
}

async fn store(
    site: &Site,
    who: &User,
    id: &Id,
    command: Command,
    task: &str,
    typed: &Typed,
) -> Result<Option<Kept>, Problem> {
    let mut tx = site.begin().await?;
    let last = last_seq(&mut tx, id).await?;
    if typed.last_seq().is_some_and(|seen| seen != last) {
        let typed = vec![("name".to_owned(), typed.get("name").to_owned())];
        return Err(Problem::Stale { see: "/views".to_owned(), typed });
    }
    let known = known(&mut tx, &who.id, id).await?;
    act::<Views>(&mut tx, &who.doing(task), site.now(), id, &known, command).await??;
    let kept = one(&mut tx, id).await?;
    tx.commit().await?;
    Ok(kept)
}

/// A ticked box, a chosen line, a program's `true`.
fn is_shared(typed: &Typed) -> bool {
    matches!(typed.get("shared"), "yes" | "true")
}

fn shared_word(shared: bool) -> &'static str {
    if shared { "yes" } else { "no" }
}

fn fields(typed: &Typed) -> Vec<Field> {
    let seen_by = [("no", "Only you"), ("yes", "Everybody who may read the plan")]
        .map(|(value, words)| (value.to_owned(), words.to_owned()));
    vec![
        Field::line("name", "Name", "What the list is for, as “Past target, mental health”", typed),
        Field::one("shared", "Seen by", "", seen_by, typed),
    ]
}

fn save_page(who: &User, typed: &Typed) -> FormPage {
    let list = serde_html_form::to_string([("query", typed.get("query"))]).unwrap_or_default();
    FormPage {
        frame: Frame::of("Save this list", Section::Improvement).seen_by(who.signed()),
        crumbs: crumbs("Save this list"),
        heading: "Save this list".to_owned(),
        about: String::new(),
        intro: "The view keeps the filters and the order, not the rows: opened again, it asks anew."
            .to_owned(),
        action: format!("/views?{list}"),
        submit: "Save the view".to_owned(),
        back: address(typed.get("query")),
        last_seq: None,
        fields: fields(typed),
        refusals: Vec::new(),
    }
}

fn edit_page(who: &User, view: &Kept, typed: &Typed, last: i64) -> FormPage {
    FormPage {
        frame: Frame::of("Rename or share a view", Section::Improvement).seen_by(who.signed()),
        crumbs: crumbs("Rename or share"),
        heading: "Rename or share a view".to_owned(),
        about: view.name.clone(),
        intro: String::new(),
        action: format!("/views/{}", view.id),
        submit: "Save the view".to_owned(),
        back: "/views".to_owned(),
        last_seq: Some(typed.last_seq().unwrap_or(last)),
        fields: fields(typed),
        refusals: Vec::new(),
    }
}

fn deletion_page(who: &User, view: &Kept, last: i64) -> FormPage {
    let intro = if view.shared {
        "Everybody who uses it loses it. The recommendations in it stay as they are."
    } else {
        "The recommendations in it stay as they are."
    };
    FormPage {
        frame: Frame::of("Delete a view", Section::Improvement).seen_by(who.signed()),
        crumbs: crumbs("Delete"),
        heading: "Delete this view?".to_owned(),
        about: view.name.clone(),
        intro: intro.to_owned(),
        action: format!("/views/{}/deletion", view.id),
        submit: "Delete the view".to_owned(),
        back: "/views".to_owned(),
        last_seq: Some(last),
        fields: Vec::new(),
        refusals: Vec::new(),
    }
}

fn crumbs(last: &str) -> Vec<(String, String)> {
    vec![
        ("/recommendations".to_owned(), "Improvement".to_owned()),
        ("/views".to_owned(), "Saved views".to_owned()),
        (String::new(), last.to_owned()),
    ]
}
