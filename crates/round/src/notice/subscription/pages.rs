//! The settings of the mailbox: a digest a day or none, and where to.

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use journal::act;
use serde::de::IgnoredAny;
use users::User;
use web::{Accepts, Field, FormPage, Frame, Input, Problem, Section, Site, Typed, show, show_refused};

use super::{
    rows::{Subscriptions, Wants, one},
    rules::Command,
};

/// `GET /mailbox/settings`
pub async fn settings(State(site): State<Site>, who: User, accepts: Accepts) -> Result<Response, Problem> {
    let wants = one(&mut *site.read().await?, &who.id).await?;
    show(accepts, &page(&who, &filled(wants)))
}

/// `POST /mailbox/settings`
pub async fn set(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    let command = Command::Set {
        email: input.typed.get("email").to_owned(),
        digest: input.typed.get("digest").to_owned(),
    };
    let mut tx = site.begin().await?;
    let actor = who.doing("Change what I am told");
    if let Err(refusal) = act::<Subscriptions>(&mut tx, &actor, site.now(), &who.id, &(), command).await? {
        return show_refused(accepts, &refusal, &page(&who, &input.typed).refused(&refusal));
    }
    tx.commit().await?;
    if accepts.html {
        return Ok(Redirect::to("/mailbox?done=settings").into_response());
    }
    Ok(Json(serde_json::json!({ "done": true })).into_response())
}

fn filled(wants: Wants) -> Typed {
    Typed::default()
        .with("email", wants.email.unwrap_or_default())
        .with("digest", if wants.digest { "on" } else { "off" })
}

fn page(who: &User, typed: &Typed) -> FormPage {
    let choices = [("off", "No digest"), ("on", "Once a day, when something needs me")];
    let choices = choices.map(|(value, words)| (value.to_owned(), words.to_owned()));
    FormPage {
        frame: Frame::of("Mailbox settings", Section::Work).seen_by(who.signed()),
        crumbs: vec![
            ("/attention".to_owned(), "My work".to_owned()),
            ("/mailbox".to_owned(), "Mailbox".to_owned()),
            (String::new(), "Settings".to_owned()),
        ],
        heading: "Mailbox settings".to_owned(),
        about: String::new(),
        intro: "Every notice to you is in the mailbox. With an address it is sent there too: it names recommendations, posts, reports and days, and no person.".to_owned(),
        action: "/mailbox/settings".to_owned(),
        submit: "Save the settings".to_owned(),
        back: "/mailbox".to_owned(),
        last_seq: None,
        fields: vec![
            Field::one("digest", "Daily digest", "What is overdue, due, asked for, returned, waiting or silent", choices, typed),
            Field::line("email", "E-mail address", "Leave it empty to read notices in the mailbox only", typed),
        ],
        refusals: Vec::new(),
    }
}
