//! “My account”: where I am signed in, my tokens, my password.

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use journal::{Refusal, act, words::moment};
use serde::{Deserialize, Serialize};
use web::{Accepts, Frame, Input, Problem, Site, show, show_refused};

use crate::{
    User,
    account::{
        rows::{self as accounts, Accounts},
        rules::{Command, Known},
    },
    form::{self, Errors, Nothing},
    password,
    secret::Secret,
    session::{
        pages::{Whence, end, prove, signed_out, still},
        rows::{self as sessions, Trying},
        rules,
    },
};

/// The pages.
pub(crate) fn routes() -> Router<Site> {
    Router::new()
        .route("/account", get(show_mine))
        .route("/account/password", post(post_password))
        .route("/account/sessions/{id}/closure", post(post_session_closure))
        .route("/account/tokens/revocation", post(post_token_revocation))
}

#[derive(Template, Serialize)]
#[template(path = "mine/show.html")]
struct ShowPage {
    #[serde(skip)]
    frame: Frame,
    name: String,
    sign_in: String,
    role: &'static str,
    role_line: &'static str,
    may_manage: bool,
    sessions: Vec<Listed>,
    tokens: Vec<Token>,
    errors: Errors,
}

#[derive(Debug, Serialize)]
struct Listed {
    id: String,
    device: String,
    began: String,
    last_seen: String,
    is_this: bool,
}

#[derive(Debug, Serialize)]
struct Token {
    label: String,
    issued: String,
    ends: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Done {
    done: String,
}

impl Done {
    fn notice(&self) -> Option<String> {
        let words = match self.done.as_str() {
            "password" => "Your password is changed. You are signed out everywhere else.",
            "session" => "The session is ended.",
            "tokens" => "All your tokens are revoked.",
            _ => return None,
        };
        Some(words.to_owned())
    }
}

async fn show_mine(
    State(site): State<Site>,
    accepts: Accepts,
    who: User,
    Query(done): Query<Done>,
) -> Result<Response, Problem> {
    show(accepts, &show_page(&site, &who, done.notice(), None).await?)
}

async fn show_page(
    site: &Site,
    who: &User,
    notice: Option<String>,
    refusal: Option<&Refusal>,
) -> Result<ShowPage, Problem> {
    let mut read = site.read().await?;
    let now = site.now();
    let all = sessions::of_account(&mut read, &who.id).await?.into_iter();
    let tokens = sessions::tokens(&mut read, &who.id).await?.into_iter();
    let live = all.filter(|one| rules::is_live(now, one.created_at, one.last_seen_at));
    let live_tokens = tokens.filter(|(_, issued)| rules::is_token_live(now, *issued));
    Ok(ShowPage {
        frame: form::frame("My account", refusal).seen_by(who.signed()).with_notice(notice),
        name: who.name.clone(),
        sign_in: who.sign_in.clone(),
        role: who.role.name(),
        role_line: who.role.line(),
        may_manage: who.may_do("accounts.manage"),
        sessions: live
            .map(|one| Listed {
                is_this: who.session.as_ref() == Some(&one.id),
                began: moment(one.created_at),
                last_seen: moment(one.last_seen_at),
                id: one.id,
                device: one.device,
            })
            .collect(),
        tokens: live_tokens
            .map(|(label, issued)| Token {
                label,
                issued: moment(issued),
                ends: moment(issued + rules::TOKEN),
            })
            .collect(),
        errors: refusal.into(),
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct NewPassword {
    old_password: Secret,
    new_password: Secret,
}

async fn post_password(
    State(site): State<Site>,
    accepts: Accepts,
    whence: Whence,
    who: User,
    input: Input<NewPassword>,
) -> Result<Response, Problem> {
    match change_password(&site, &whence, &who, input.command?).await {
        Ok(()) => Ok(Redirect::to("/account?done=password").into_response()),
        Err(Problem::Refused(refusal)) => {
            show_refused(accepts, &refusal, &show_page(&site, &who, None, Some(&refusal)).await?)
        }
        Err(problem) => Err(problem),
    }
}

/// A stolen session must not become a stolen account: the old password is asked for, and its tries counted.
async fn change_password(
    site: &Site,
    whence: &Whence,
    who: &User,
    asked: NewPassword,
) -> Result<(), Problem> {
    password::check("new_password", &asked.new_password, &who.sign_in)?;
    let trying = Trying::of(&who.sign_in, &whence.address);
    let Some((id, proved)) = prove(site, &trying, &who.sign_in, asked.old_password).await? else {
        return Err(Refusal::of("old_password", "This is not your password. Enter it again.").into());
    };
    let hash = password::hash(asked.new_password).await?;
    let mut tx = site.begin().await?;
    still(&mut tx, &id, &proved, "old_password").await?;
    let actor = who.doing("Change my password");
    let known = Known { is_own: true, ..Known::default() };
    let command = Command::SetPassword { reason: None };
    let entry = act::<Accounts>(&mut tx, &actor, site.now(), &who.id, &known, command).await??;
    accounts::save_password(&mut tx, &entry, &hash).await?;
    sessions::end_others(&mut tx, &who.id, who.session.as_deref().unwrap_or_default()).await?;
    sessions::succeed(&mut tx, &trying).await?;
    Ok(tx.commit().await?)
}

async fn post_session_closure(
    State(site): State<Site>,
    who: User,
    Path(id): Path<String>,
    _form: Input<Nothing>,
) -> Result<Response, Problem> {
    end(&site, &who, &id, "End one of my sessions").await?;
    if who.session.as_ref() == Some(&id) {
        return Ok(signed_out());
    }
    Ok(Redirect::to("/account?done=session").into_response())
}

async fn post_token_revocation(
    State(site): State<Site>,
    who: User,
    _form: Input<Nothing>,
) -> Result<Redirect, Problem> {
    let mut tx = site.begin().await?;
    if sessions::revoke(&mut tx, &who.id).await? > 0 {
        let known = Known { is_own: true, ..Known::default() };
        let actor = who.doing("Revoke my tokens");
        act::<Accounts>(&mut tx, &actor, site.now(), &who.id, &known, Command::RevokeTokens).await??;
        tx.commit().await?;
    }
    Ok(Redirect::to("/account?done=tokens"))
}

#[cfg(test)]
mod tests {
    use web::Section;

    use super::*;

    fn samples() -> Vec<ShowPage> {
        let words = || "21 November 2026, 10:04".to_owned();
        let page = |role: &str, refusal: Option<&Refusal>, full: bool| {
            let who = User::sample(role);
            let one = Listed {
                id: "s".to_owned(),
                device: "Firefox on Windows".to_owned(),
                began: words(),
                last_seen: words(),
                is_this: true,
            };
            let token = Token { label: "Command line".to_owned(), issued: words(), ends: words() };
            ShowPage {
                frame: Frame::of("My account", Section::Accounts).seen_by(who.signed()),
                name: who.name.clone(),
                sign_in: who.sign_in.clone(),
                role: who.role.name(),
                role_line: who.role.line(),
                may_manage: who.may_do("accounts.manage"),
                sessions: if full { vec![one] } else { Vec::new() },
                tokens: if full { vec![token] } else { Vec::new() },
                errors: refusal.into(),
            }
        };
        let refusal = Refusal::of("new_password", "The password must have at least 12 characters.");
        vec![page("analyst", None, false), page("administrator", Some(&refusal), true)]
    }

    #[test]
    fn every_state_of_the_page_renders() {
        for page in samples() {
            let html = page.render().unwrap();
            assert!(html.contains("autocomplete=\"new-password\""));
            assert_eq!(html.contains("href=\"/accounts\""), page.may_manage);
            assert!(serde_json::to_value(&page).unwrap().get("frame").is_none());
        }
    }
}
