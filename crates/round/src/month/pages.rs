//! The rounds’ pages: the list, a round with everybody who was asked, and what can be done in it.

use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use journal::{AsAt, Id, Refusal, Tx, act};
use plan::{
    pages::read_id,
    register::{kept, rows::load},
};
use serde::{Deserialize, Serialize};
use users::User;
use web::{Accepts, Input, Problem, Site, Typed, download, show, show_refused};

use super::{
    answers::seen,
    asks::{Whom, asks},
    export::{csv, xlsx},
    forms,
    requests::requests,
    rows::{self, Kept, Rounds, Which},
    rules::{Command, Known, Seen},
    telling::tell_of,
    tick::known,
    ticked::pages as ticked,
    timeline::tell,
    views::{ListPage, PAGE, ShowPage, Told, list_page, show_page},
};
use crate::{
    group::{self, pages::to, views::timeline},
    meeting::{self, paging::Pages},
    notice::{reach::Reach, tell::Outcome},
    workday::rules::Calendar,
};

/// What a workbook is called on the way.
pub(crate) const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Who may ask, remind, escalate and close.
pub(crate) const ASK: &str = "plan.ask";

/// The rounds’ addresses.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/rounds", get(list))
        .route("/rounds/new", get(new).post(open))
        .route("/rounds/preview", axum::routing::post(ticked::look))
        .route("/rounds/preview/confirmation", axum::routing::post(ticked::confirm))
        .route("/rounds/{id}", get(show_one))
        .route("/rounds/{id}/export/{format}", get(export))
        .route("/rounds/{id}/{change}", get(form).post(post))
}

/// What the address of the list asks: it holds the whole state.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct WantedRounds {
    /// A group.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub group: String,
    /// `open`, `closed` or nothing.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub state: String,
    /// The page, from 1.
    #[serde(skip_serializing_if = "crate::group::pages::is_first")]
    pub page: usize,
}

/// What the address of a round asks: it holds the whole state.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    /// `unanswered`, `answered`, `withdrawn` or `closed`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub state: String,
    /// `yes` for what was escalated.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub escalated: String,
    /// The post that was asked.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// `owner` or `state`; empty is the register’s order.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sort: String,
    /// What was just done.
    #[serde(skip_serializing)]
    pub done: String,
    /// About which recommendation.
    #[serde(skip_serializing)]
    pub about: String,
}

/// What the form of a new round says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct New {
    pub meeting: String,
    pub due_on: String,
    pub inspection: String,
    pub owner: String,
    pub recommendation: Vec<String>,
}

async fn list(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Query(wanted): Query<WantedRounds>,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    let mut read = site.read().await?;
    let which = Which { group: &wanted.group, state: &wanted.state, ..Which::default() };
    let mut found = rows::found(&mut read, which).await?;
    let link = |page: usize| {
        let asked = WantedRounds { page, ..wanted.clone() };
        format!("/rounds?{}", serde_html_form::to_string(asked).unwrap_or_default())
    };
    let (pages, shown) = Pages::of(wanted.page, found.len(), PAGE, link);
    let mut rounds: Vec<Kept> = found.drain(shown).collect();
    rows::fill(&mut read, &mut rounds).await?;
    let groups = group::rows::all(&mut read).await?;
    let register = kept::register(&site, &mut read, AsAt::Now).await?;
    let page: ListPage = list_page(&rounds, pages, &groups, &register, wanted, &who);
    show(accepts, &page)
}

async fn show_one(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    let id = read_id(&id)?;
    show(accepts, &round_page(&site, &who, &id, wanted).await?)
}

async fn round_page(site: &Site, who: &User, id: &Id, wanted: Wanted) -> Result<ShowPage, Problem> {
    let mut read = site.read().await?;
    let kept = rows::one(&mut read, id).await?.ok_or(Problem::NotFound)?;
    let register = kept::register(site, &mut read, AsAt::Now).await?;
    let timeline = timeline(&mut read, id, tell).await?;
    let group = group::rows::one(&mut read, &kept.group).await?;
    let reach = Reach::load(&mut read).await?;
    let told = Told { kept: &kept, group: group.as_ref(), register: &register, reach: &reach };
    Ok(show_page(&told, timeline, wanted, who))
}

/// What the page shows, as a file.
async fn export(
    State(site): State<Site>,
    who: User,
    Path((id, format)): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    let id = read_id(&id)?;
    let mut read = site.read().await?;
    let kept = rows::one(&mut read, &id).await?.ok_or(Problem::NotFound)?;
    let register = kept::register(&site, &mut read, AsAt::Now).await?;
    let rows = requests(&kept, &register, &wanted);
    let name = format!("round-{}.{format}", kept.meets_on);
    match format.as_str() {
        "csv" => Ok(download(&name, "text/csv; charset=utf-8", csv(&kept, &rows)?)),
        "xlsx" => Ok(download(&name, WORKBOOK, xlsx(&kept, &rows)?)),
        _ => Err(Problem::NotFound),
    }
}

async fn new(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Query(typed): Query<Typed>,
) -> Result<Response, Problem> {
    who.may(ASK)?;
    show(accepts, &forms::new_page(&site, &who, &typed).await?)
}

async fn open(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    input: Input<New>,
) -> Result<Response, Problem> {
    who.may(ASK)?;
    let outcome = match input.command {
        Ok(new) => store(&site, &who, new).await,
        Err(refusal) => Err(refusal.into()),
    };
    match outcome {
        Ok((id, _)) if accepts.html => Ok(Redirect::to(&format!("/rounds/{id}?done=opened")).into_response()),
        Ok((id, told)) => {
            let data = serde_json::json!({ "id": id, "notices": told.written, "unheld": told.unheld });
            Ok((StatusCode::CREATED, Json(data)).into_response())
        }
        Err(Problem::Refused(refusal)) => {
            let page = forms::new_page(&site, &who, &input.typed).await?;
            show_refused(accepts, &refusal, &page.refused(&refusal))
        }
        Err(problem) => Err(problem),
    }
}

async fn store(site: &Site, who: &User, new: New) -> Result<(Id, Outcome), Problem> {
    let mut tx = site.begin().await?;
    let opened = open_round(&mut tx, site, who, new).await?;
    tx.commit().await?;
    Ok(opened)
}

/// Opens a round: whom it asks is counted inside the transaction, so nobody is missed who came just now.
pub(super) async fn open_round(
    tx: &mut Tx,
    site: &Site,
    who: &User,
    new: New,
) -> Result<(Id, Outcome), Problem> {
    let id = Id::new(site.now());
    let New { meeting, due_on, inspection, owner, recommendation } = new;
    let meeting = Id::read(&meeting);
    let register = load(&mut *tx, AsAt::Now, site.now()).await?;
    let mut known = Known {
        today: site.today(),
        calendar: Calendar::scotland(),
        meeting: None,
        is_taken: false,
        seen: register.items.iter().map(|item| (item.id.clone(), asked_about(item))).collect(),
    };
    let mut group = None;
    if let Some(meeting) = &meeting {
        known.meeting = meeting::rows::one(&mut *tx, meeting).await?;
        known.is_taken = rows::of_meeting(&mut *tx, meeting).await?.iter().any(|(_, is_open)| *is_open);
        if let Some(found) = &known.meeting {
            group = group::rows::one(&mut *tx, &found.group).await?;
        }
    }
    let asks = asks(&register, &Whom { inspection, owner, recommendation }, group.as_ref());
    let command = Command::Open { meeting, due_on, asks };
    let actor = who.doing("Ask for updates");
    let entry = act::<Rounds>(&mut *tx, &actor, site.now(), &id, &known, command).await??;
    let told = tell_of(&mut *tx, &actor, site.now(), (&id, &entry), (&known.seen, group.as_ref())).await?;
    Ok((id, told))
}

fn asked_about(item: &plan::register::rules::Item) -> Seen {
    Seen {
        label: item.label(),
        post: item.recommendation.owner_post.clone(),
        answered_on: None,
        is_closed: !item.is_open(),
    }
}

/// One thing that can be done in a round.
pub(super) struct Change {
    pub word: &'static str,
    pub heading: &'static str,
    pub intro: &'static str,
    pub submit: &'static str,
    /// Whether it has a page of its own to ask before it is done.
    pub asks: bool,
}

const CHANGES: [Change; 4] = [
    Change { word: "reminders", heading: "Remind an owner", intro: "", submit: "Remind now", asks: false },
    Change {
        word: "escalations",
        heading: "Escalate silence",
        intro: "",
        submit: "Escalate now",
        asks: false,
    },
    Change {
        word: "withdrawal",
        heading: "Withdraw a request",
        intro: "The owner is not reminded of it any more, and it is not escalated. The request stays in the list.",
        submit: "Withdraw the request",
        asks: true,
    },
    Change {
        word: "closure",
        heading: "Close the round",
        intro: "Nobody is reminded any more and nothing is escalated. What was unanswered stays so in this round, whatever comes later.",
        submit: "Close the round",
        asks: true,
    },
];

async fn form(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((id, word)): Path<(String, String)>,
    Query(typed): Query<Typed>,
) -> Result<Response, Problem> {
    let change = CHANGES.iter().find(|change| change.word == word && change.asks).ok_or(Problem::NotFound)?;
    who.may(ASK)?;
    let id = read_id(&id)?;
    match forms::change_page(&site, &who, &id, change, &typed).await {
        Ok(page) => show(accepts, &page),
        Err(Problem::Refused(refusal)) => refused_on_its_page(&site, &who, accepts, &id, &refusal).await,
        Err(problem) => Err(problem),
    }
}

/// The round with why something could not be done in it, where no form could mend it.
async fn refused_on_its_page(
    site: &Site,
    who: &User,
    accepts: Accepts,
    id: &Id,
    refusal: &Refusal,
) -> Result<Response, Problem> {
    let page = round_page(site, who, id, Wanted::default()).await?;
    show_refused(accepts, refusal, &page.refused(refusal))
}

async fn post(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((id, word)): Path<(String, String)>,
    input: Input<serde::de::IgnoredAny>,
) -> Result<Response, Problem> {
    let change = CHANGES.iter().find(|change| change.word == word).ok_or(Problem::NotFound)?;
    who.may(ASK)?;
    let id = read_id(&id)?;
    match change_round(&site, &who, &id, change, &input.typed).await {
        Ok((seq, _)) if accepts.html => {
            // Typed, but it is one of the round's own by now.
            let about = serde_html_form::to_string([("about", input.typed.get("recommendation"))]);
            let address = format!("/rounds/{id}?done={word}&{}", about.unwrap_or_default());
            Ok(to(accepts, &address, &id, seq))
        }
        Ok((seq, told)) => {
            let data =
                serde_json::json!({ "id": id, "entry": seq, "notices": told.written, "unheld": told.unheld });
            Ok(Json(data).into_response())
        }
        Err(Problem::Refused(refusal)) => {
            let form = forms::change_page(&site, &who, &id, change, &input.typed).await;
            match form {
                Ok(page) if change.asks => show_refused(accepts, &refusal, &page.refused(&refusal)),
                // It has no form, or its form is there no more.
                _ => refused_on_its_page(&site, &who, accepts, &id, &refusal).await,
            }
        }
        Err(problem) => Err(problem),
    }
}

async fn change_round(
    site: &Site,
    who: &User,
    id: &Id,
    change: &Change,
    typed: &Typed,
) -> Result<(i64, Outcome), Problem> {
    let mut tx = site.begin().await?;
    let kept = rows::one(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    let group = group::rows::one(&mut tx, &kept.group).await?;
    let known = known(&mut tx, &kept, site.now()).await?;
    let chosen = || {
        let sentence = "Choose a recommendation that was asked about in this round.";
        Id::read(typed.get("recommendation")).ok_or_else(|| Refusal::of("recommendation", sentence))
    };
    let command = match change.word {
        "reminders" => Command::Remind { recommendation: chosen()? },
        "escalations" => Command::Escalate { recommendation: chosen()? },
        "withdrawal" => {
            Command::Withdraw { recommendation: chosen()?, reason: typed.get("reason").to_owned() }
        }
        _ => Command::Close,
    };
    let actor = who.doing(change.heading);
    let entry = act::<Rounds>(&mut tx, &actor, site.now(), id, &known, command).await??;
    let told = tell_of(&mut tx, &actor, site.now(), (id, &entry), (&known.seen, group.as_ref())).await?;
    tx.commit().await?;
    Ok((entry.seq, told))
}

/// The requests of a round that wait for an answer, with their references, for a form’s list.
pub(super) fn waiting(kept: &Kept, register: &plan::register::rules::Register) -> Vec<(String, String)> {
    let seen = seen(kept, register);
    let open = kept.round.requests.iter().filter(|request| request.withdrawn.is_none());
    open.filter_map(|request| {
        let seen = seen.get(&request.recommendation).filter(|seen| seen.is_silent())?;
        Some((request.recommendation.to_string(), format!("{}, {}", seen.label, request.post)))
    })
    .collect()
}
