//! One’s own addresses: making one, taking one back; and what is read at one.

use askama::Template;
use axum::{
    Json, Router,
    extract::{Path, Query as Asking, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use journal::{AsAt, Id, Refusal, act};
use plan::{pages::read_id, post::rows::titles_held_by, register::kept, words::moment};
use serde::{Deserialize, Serialize, de::IgnoredAny};
use users::{User, people};
use web::{
    Accepts, Choice, FormPage, Frame, Input, Problem, Section, Site, Typed, answer_calendar, feed_hash,
    feed_secret, own_address, show, show_refused,
};

use super::{
    rows::{self, Feeds, Listed},
    rules::{Command, Scope},
};
use crate::calendar::{
    ical::calendar,
    rows::meetings,
    rules::{Filter, events},
};

/// The noun's addresses.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/calendar/feeds", get(list).post(open))
        .route("/calendar/feeds/{id}/revocation", get(revoke_form).post(revoke))
        .route("/calendar/feed/{file}", get(feed))
}

#[derive(Debug, Template, Serialize)]
#[template(path = "calendar/feed/list.html")]
struct ListPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    /// The new address: shown this once.
    address: Option<String>,
    feeds: Vec<Line>,
    #[serde(skip)]
    called: String,
    #[serde(skip)]
    scopes: Vec<Choice>,
    #[serde(skip)]
    refusals: Vec<Refusal>,
}

impl ListPage {
    fn error(&self, field: &str) -> Option<&str> {
        self.refusals.iter().find(|refusal| refusal.field == field).map(|refusal| refusal.sentence.as_ref())
    }
}

#[derive(Debug, Serialize)]
struct Line {
    id: String,
    name: String,
    scope: &'static str,
    #[serde(skip)]
    scope_words: &'static str,
    made: String,
    #[serde(skip)]
    made_words: String,
    revoked: Option<String>,
    #[serde(skip)]
    revoked_words: String,
}

impl From<Listed> for Line {
    fn from(feed: Listed) -> Self {
        Self {
            id: feed.id.to_string(),
            name: feed.name,
            scope: feed.scope.as_str(),
            scope_words: feed.scope.words(),
            made: feed.opened_at.to_string(),
            made_words: moment(feed.opened_at),
            revoked: feed.revoked_at.map(|at| at.to_string()),
            revoked_words: feed.revoked_at.map(moment).unwrap_or_default(),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Done {
    done: String,
}

async fn list(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asking(asked): Asking<Done>,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    let mut page = list_page(&site, &who, &Typed::default()).await?;
    if asked.done == "revoked" {
        let notice = "The address is revoked: whoever reads it now finds nothing there.";
        page.frame = page.frame.with_notice(Some(notice.to_owned()));
    }
    show(accepts, &page)
}

async fn list_page(site: &Site, who: &User, typed: &Typed) -> Result<ListPage, Problem> {
    let feeds = rows::of_account(&mut *site.read().await?, &who.id).await?;
    let chosen = if typed.get("scope").is_empty() { Scope::Mine.as_str() } else { typed.get("scope") };
    Ok(ListPage {
        frame: Frame::of("Subscribe to the calendar", Section::Work).seen_by(who.signed()),
        crumbs: crumbs(&[("", "Subscribe")]),
        address: None,
        feeds: feeds.into_iter().map(Line::from).collect(),
        called: typed.get("name").to_owned(),
        scopes: Scope::ALL.map(|scope| Choice::of(scope.as_str(), scope.words(), chosen)).into(),
        refusals: Vec::new(),
    })
}

fn crumbs(rest: &[(&str, &str)]) -> Vec<(String, String)> {
    [("/attention", "My work"), ("/calendar", "Calendar")]
        .iter()
        .chain(rest)
        .map(|(address, words)| ((*address).to_owned(), (*words).to_owned()))
        .collect()
}

async fn open(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    headers: HeaderMap,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    let secret = feed_secret();
    match store_new(&site, &who, &secret, &input.typed).await {
        Ok(id) => {
            let address = format!("{}/calendar/feed/{secret}.ics", own_address(&headers));
            // Shown in the answer and not after a redirect: the secret is in no history and no log of ours.
            let private = [(header::CACHE_CONTROL, "no-store")];
            if !accepts.html {
                let data = serde_json::json!({ "id": id, "address": address });
                return Ok((StatusCode::CREATED, private, Json(data)).into_response());
            }
            let mut page = list_page(&site, &who, &Typed::default()).await?;
            page.address = Some(address);
            Ok((StatusCode::CREATED, private, Html(page.render()?)).into_response())
        }
        Err(Problem::Refused(refusal)) => {
            let mut page = list_page(&site, &who, &input.typed).await?;
            page.frame.title = format!("Problem: {}", page.frame.title);
            page.refusals.push(refusal.clone());
            show_refused(accepts, &refusal, &page)
        }
        Err(problem) => Err(problem),
    }
}

async fn store_new(site: &Site, who: &User, secret: &str, typed: &Typed) -> Result<Id, Problem> {
    let id = Id::new(site.now());
    let mut tx = site.begin().await?;
    let known = rows::known(&mut tx, &who.id).await?;
    let command = Command::Open {
        account: who.id.clone(),
        hash: hashed(secret),
        name: typed.get("name").to_owned(),
        scope: typed.get("scope").to_owned(),
    };
    act::<Feeds>(&mut tx, &who.doing("Subscribe to the calendar"), site.now(), &id, &known, command)
        .await??;
    tx.commit().await?;
    Ok(id)
}

/// What is kept of a secret.
fn hashed(secret: &str) -> String {
    feed_hash("calendar feed", secret)
}

async fn own(site: &Site, who: &User, id: &str) -> Result<Listed, Problem> {
    let id = read_id(id)?;
    let all = rows::of_account(&mut *site.read().await?, &who.id).await?;
    all.into_iter().find(|feed| feed.id == id).ok_or(Problem::NotFound)
}

async fn revoke_form(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    show(accepts, &revoke_page(&who, &own(&site, &who, &id).await?))
}

fn revoke_page(who: &User, feed: &Listed) -> FormPage {
    FormPage {
        frame: Frame::of("Revoke a calendar’s address", Section::Work).seen_by(who.signed()),
        crumbs: crumbs(&[("/calendar/feeds", "Subscribe"), ("", "Revoke")]),
        heading: "Revoke a calendar’s address".to_owned(),
        about: feed.name.clone(),
        intro: "Every program that reads this address finds nothing there from now on. It cannot be brought back; you can make a new one.".to_owned(),
        action: format!("/calendar/feeds/{}/revocation", feed.id),
        submit: "Revoke the address".to_owned(),
        back: "/calendar/feeds".to_owned(),
        last_seq: None,
        fields: Vec::new(),
        refusals: Vec::new(),
    }
}

async fn revoke(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    _form: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    let feed = own(&site, &who, &id).await?;
    let mut tx = site.begin().await?;
    let known = rows::known(&mut tx, &who.id).await?;
    let actor = who.doing("Revoke a calendar’s address");
    match act::<Feeds>(&mut tx, &actor, site.now(), &feed.id, &known, Command::Revoke).await? {
        Ok(_) => tx.commit().await?,
        Err(refusal) => {
            return show_refused(accepts, &refusal, &revoke_page(&who, &feed).refused(&refusal));
        }
    }
    if accepts.html {
        return Ok(Redirect::to("/calendar/feeds?done=revoked").into_response());
    }
    Ok(Json(serde_json::json!({ "id": feed.id })).into_response())
}

/// `GET /calendar/feed/{secret}.ics`: whoever knows the secret. Gone with its account, or when that may no
/// longer read the plan; and then it is as if it had never been.
async fn feed(
    State(site): State<Site>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let secret = file.strip_suffix(".ics").ok_or(Problem::NotFound)?;
    let mut read = site.read().await?;
    let (account, scope) = rows::by_hash(&mut read, &hashed(secret)).await?.ok_or(Problem::NotFound)?;
    let may_read = people(&mut read)
        .await?
        .iter()
        .any(|person| person.id == account && person.is_open && person.role.may("plan.read"));
    if !may_read {
        return Err(Problem::NotFound);
    }
    let owners = match scope {
        Scope::Mine => Some(titles_held_by(&mut read, &account).await?),
        Scope::Everything => None,
    };
    let register = kept::register(&site, &mut read, AsAt::Now).await?;
    let meetings = meetings(&mut read).await?;
    drop(read);
    let filter = Filter { inspection: String::new(), owners };
    let text = calendar("Improvement plan", &events(&register, &meetings, &filter));
    Ok(answer_calendar(&headers, &text, || text.clone()))
}
