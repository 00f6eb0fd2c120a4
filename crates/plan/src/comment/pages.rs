//! The forms that add a comment and withdraw one.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use journal::{Actor, AsAt, Id, Tx, act, last_seq};
use users::{Role, User};
use web::{Accepts, Field, FormPage, Frame, Input, Problem, Section, Site, Typed, show, show_refused};

use super::{
    rows::{Comment, CommentsOn, one},
    rules::{Command, Known},
    views::withdrawal,
};
use crate::{
    pages::{Change, Stored, read_id, recall},
    register::kept,
};

/// What is said once a comment is withdrawn; its word is in the address that leads back.
const WITHDRAWN: &str = "comment-withdrawn";

/// The one change that goes the way of all changes to a recommendation.
pub static CHANGES: [Change; 1] = [Change {
    word: "comment",
    heading: "Add a comment",
    intro: "Everybody who may read the plan sees it. It is no update and stands in no paper.",
    submit: "Add the comment",
    permission: "plan.comment",
    done: "The comment is added.",
    replaces: false,
    start: |_| Typed::default(),
    fields: |_, _, typed| {
        vec![Field::lines("text", "Comment", "At most 4,000 characters. Name posts, not people", 5, typed)]
    },
}];

/// Stores a comment.
pub async fn store(tx: &mut Tx, site: &Site, who: &Actor, id: &Id, typed: &Typed) -> Stored {
    let known = known(tx, who, id, None).await?;
    let command = Command::Say { text: typed.get("text").to_owned() };
    act::<CommentsOn>(tx, who, site.now(), id, &known, command).await
}

async fn known(
    tx: &mut Tx,
    who: &Actor,
    id: &Id,
    struck: Option<i64>,
) -> Result<Known, journal::DatabaseError> {
    let author = match struck {
        Some(entry) => one(tx, id, entry).await?.map(|comment| comment.who),
        None => None,
    };
    Ok(Known {
        recommendation: recall(tx, id).await?,
        who: who.who.clone(),
        may_strike_any: Role::of(&who.role).is_some_and(|role| role.may("plan.register")),
        author,
    })
}

/// The notice on the recommendation's page after a comment was withdrawn.
pub fn done_words(word: &str) -> Option<String> {
    (word == WITHDRAWN).then(|| "The comment is withdrawn.".to_owned())
}

/// `GET /recommendations/{id}/comments/{entry}`: the form that withdraws it.
pub async fn form(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((id, entry)): Path<(String, i64)>,
) -> Result<Response, Problem> {
    who.may("plan.comment")?;
    show(accepts, &form_page(&site, &who, &read_id(&id)?, entry, &Typed::default()).await?)
}

/// `POST /recommendations/{id}/comments/{entry}`: withdraws it.
pub async fn strike(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((id, entry)): Path<(String, i64)>,
    input: Input<serde::de::IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("plan.comment")?;
    let id = read_id(&id)?;
    match store_strike(&site, &who, &id, entry, &input.typed).await {
        Ok(_) if accepts.html => {
            Ok(Redirect::to(&format!("/recommendations/{id}?done={WITHDRAWN}")).into_response())
        }
        Ok(seq) => Ok(axum::Json(serde_json::json!({ "id": id, "entry": seq })).into_response()),
        Err(Problem::Refused(refusal)) if accepts.html => {
            let page = form_page(&site, &who, &id, entry, &input.typed).await?;
            show_refused(accepts, &refusal, &page.refused(&refusal))
        }
        Err(problem) => Err(problem),
    }
}

async fn store_strike(site: &Site, who: &User, id: &Id, entry: i64, typed: &Typed) -> Result<i64, Problem> {
    let mut tx = site.begin().await?;
    if last_seq(&mut tx, id).await? == 0 {
        return Err(Problem::NotFound);
    }
    let actor = who.doing("Withdraw a comment");
    let known = known(&mut tx, &actor, id, Some(entry)).await?;
    if known.author.is_none() {
        return Err(Problem::NotFound);
    }
    let command = Command::Strike { entry, reason: typed.get("reason").to_owned() };
    let stored = act::<CommentsOn>(&mut tx, &actor, site.now(), id, &known, command).await??;
    tx.commit().await?;
    Ok(stored.seq)
}

async fn form_page(site: &Site, who: &User, id: &Id, entry: i64, typed: &Typed) -> Result<FormPage, Problem> {
    let mut read = site.read().await?;
    let register = kept::register(site, &mut read, AsAt::Now).await?;
    let item = register.item(id).ok_or(Problem::NotFound)?;
    let comment = one(&mut read, id, entry).await?.ok_or(Problem::NotFound)?;
    let address = format!("/recommendations/{id}");
    Ok(FormPage {
        frame: Frame::of(format!("Withdraw a comment: {}", item.label()), Section::Improvement)
            .seen_by(who.signed()),
        crumbs: vec![
            ("/recommendations".to_owned(), "Improvement".to_owned()),
            (address.clone(), item.label()),
            (String::new(), "Withdraw a comment".to_owned()),
        ],
        heading: "Withdraw a comment".to_owned(),
        about: about(&comment),
        intro: "It is shown to nobody any more. That there was a comment, and your reason, stay to be seen."
            .to_owned(),
        action: withdrawal(id, entry),
        submit: "Withdraw the comment".to_owned(),
        back: address,
        last_seq: None,
        fields: vec![Field::lines(
            "reason",
            "Reason",
            "Everybody sees it. Do not repeat the comment",
            3,
            typed,
        )],
        refusals: Vec::new(),
    })
}

fn about(comment: &Comment) -> String {
    match comment.struck {
        Some(_) => "This comment is withdrawn already.".to_owned(),
        None => format!("“{}”", comment.text.shown()),
    }
}
