//! One account, for an administrator: change the role, reset the password, close.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use jiff::Timestamp;
use journal::{Entry, Id, OPEN_END, Refusal, act, history, words::moment};
use serde::{Deserialize, Serialize};
use web::{Accepts, Choice, Frame, Input, Problem, Site, Typed, show, show_refused};

use super::{
    rows::{self, Accounts},
    rules::{Command, Fact, Known},
};
use crate::{
    Role, User,
    form::{self, Errors},
    password::{self, Hash},
    secret::Secret,
    session::{
        rows as sessions,
        rules::{is_live, is_token_live},
    },
};

/// The permission for all of it.
pub(crate) const MANAGE: &str = "accounts.manage";

/// How much of the timeline a page shows.
const SHOWN: usize = 50;

/// The pages.
pub(crate) fn routes() -> Router<Site> {
    Router::new()
        .route("/accounts/{id}", get(show_one))
        .route("/accounts/{id}/role", post(post_role))
        .route("/accounts/{id}/password", post(post_password))
        .route("/accounts/{id}/closure", post(post_closure))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Done {
    done: String,
}

impl Done {
    fn notice(&self) -> Option<String> {
        let words = match self.done.as_str() {
            "opened" => "The account is open.",
            "role" => "The role is changed. It holds from the person’s next page.",
            "password" => "The password is reset. The person is signed out everywhere.",
            "closed" => "The account is closed. The person is signed out.",
            _ => return None,
        };
        Some(words.to_owned())
    }
}

async fn show_one(
    State(site): State<Site>,
    accepts: Accepts,
    who: User,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, Problem> {
    who.may(MANAGE)?;
    let id = Id::read(&id).ok_or(Problem::NotFound)?;
    show(accepts, &show_page(&site, &who, &id, done.notice(), &Typed::default(), None).await?)
}

#[derive(Template, Serialize)]
#[template(path = "account/show.html")]
struct ShowPage {
    #[serde(skip)]
    frame: Frame,
    account: Line,
    sessions: usize,
    tokens: usize,
    moments: Vec<Moment>,
    is_own: bool,
    #[serde(skip)]
    roles: Vec<Choice>,
    #[serde(skip)]
    typed: Typed,
    errors: Errors,
}

/// An account in words.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) sign_in: String,
    pub(crate) role: &'static str,
    pub(crate) role_name: &'static str,
    pub(crate) opened: String,
    pub(crate) signed_in: String,
    pub(crate) state: String,
    pub(crate) is_open: bool,
    pub(crate) edits: i64,
}

impl From<rows::Shown> for Line {
    fn from(row: rows::Shown) -> Self {
        Self {
            id: row.id.to_string(),
            name: row.name,
            sign_in: row.sign_in,
            role: row.role.key(),
            role_name: row.role.name(),
            opened: moment(row.opened_at),
            signed_in: row.signed_in_at.map_or_else(|| "Never".to_owned(), moment),
            state: row.closed_at.map_or_else(|| "Open".to_owned(), |at| format!("Closed {}", moment(at))),
            is_open: row.closed_at.is_none(),
            edits: row.edits,
        }
    }
}

/// One entry of the account's timeline.
#[derive(Debug, Clone, Serialize)]
struct Moment {
    title: &'static str,
    words: String,
    who: String,
    at: Timestamp,
    at_words: String,
}

impl Moment {
    /// What the page says of an entry; nothing of signing in and out, which is no administrator's business.
    fn of(entry: &Entry, names: &BTreeMap<String, String>) -> Result<Option<Self>, Problem> {
        let (title, words) = match entry.fact::<Fact>()? {
            Some(Fact::Opened { role, .. }) => ("Opened", role.name().to_owned()),
            Some(Fact::RoleChanged { role, reason }) => {
                ("Role changed", format!("{role}. {}", reason.shown()))
            }
            Some(Fact::PasswordSet { reason }) => {
                ("Password set", reason.map_or_else(String::new, |reason| reason.shown().to_owned()))
            }
            Some(Fact::Closed { reason }) => ("Closed", reason.shown().to_owned()),
            Some(Fact::TokenIssued { label }) => ("Token issued", label),
            Some(Fact::TokensRevoked {}) => ("Tokens revoked", String::new()),
            Some(Fact::SignedIn {} | Fact::SignedOut {}) | None => return Ok(None),
        };
        let who = names.get(&entry.actor.who).unwrap_or(&entry.actor.who);
        let role = Role::of(&entry.actor.role).map_or(entry.actor.role.as_str(), |role| role.name());
        let who = format!("{who}, {role}");
        Ok(Some(Self { title, words, who, at: entry.at, at_words: moment(entry.at) }))
    }
}

async fn show_page(
    site: &Site,
    who: &User,
    id: &Id,
    notice: Option<String>,
    typed: &Typed,
    refusal: Option<&Refusal>,
) -> Result<ShowPage, Problem> {
    let mut read = site.read().await?;
    let row = rows::one(&mut read, id).await?.ok_or(Problem::NotFound)?;
    let names = rows::names_in_history(&mut read, id).await?;
    let history = history(&mut read, id, OPEN_END).await?;
    let moments: Result<Vec<_>, Problem> =
        history.iter().rev().filter_map(|entry| Moment::of(entry, &names).transpose()).take(SHOWN).collect();
    let now = site.now();
    let all = sessions::of_account(&mut read, id).await?;
    let tokens = sessions::tokens(&mut read, id).await?;
    let chosen = if typed.get("role").is_empty() { row.role.key() } else { typed.get("role") };
    let frame = form::frame("Account", refusal).seen_by(who.signed()).with_notice(notice);
    Ok(ShowPage {
        frame,
        sessions: all.iter().filter(|one| is_live(now, one.created_at, one.last_seen_at)).count(),
        tokens: tokens.iter().filter(|(_, issued)| is_token_live(now, *issued)).count(),
        moments: moments?,
        is_own: who.id == *id,
        roles: form::roles_or("Choose a role", chosen),
        account: row.into(),
        typed: typed.clone(),
        errors: refusal.into(),
    })
}

#[derive(Debug, Deserialize)]
struct ChangeRole {
    edits: i64,
    #[serde(default)]
    role: String,
    #[serde(default)]
    role_reason: String,
}

async fn post_role(
    State(site): State<Site>,
    accepts: Accepts,
    who: User,
    Path(id): Path<String>,
    input: Input<ChangeRole>,
) -> Result<Response, Problem> {
    let asking = Asking::of(site, accepts, who, &id, input.typed)?;
    let changed = async {
        let asked = input.command?;
        let command =
            Command::ChangeRole { role: form::role("role", &asked.role)?, reason: asked.role_reason };
        asking.change("Change a role", asked.edits, command, None).await
    };
    asking.answer("role", changed.await).await
}

#[derive(Debug, Deserialize)]
struct ResetPassword {
    edits: i64,
    #[serde(default)]
    password: Secret,
    #[serde(default)]
    password_reason: String,
}

async fn post_password(
    State(site): State<Site>,
    accepts: Accepts,
    who: User,
    Path(id): Path<String>,
    input: Input<ResetPassword>,
) -> Result<Response, Problem> {
    let asking = Asking::of(site, accepts, who, &id, input.typed)?;
    let changed = async {
        let asked = input.command?;
        let row = rows::one(&mut *asking.site.read().await?, &asking.id).await?.ok_or(Problem::NotFound)?;
        password::check("password", &asked.password, &row.sign_in)?;
        let hash = password::hash(asked.password).await?;
        let command = Command::SetPassword { reason: Some(asked.password_reason) };
        asking.change("Reset a password", asked.edits, command, Some(hash)).await
    };
    asking.answer("password", changed.await).await
}

#[derive(Debug, Deserialize)]
struct Close {
    edits: i64,
    #[serde(default)]
    closing_reason: String,
}

async fn post_closure(
    State(site): State<Site>,
    accepts: Accepts,
    who: User,
    Path(id): Path<String>,
    input: Input<Close>,
) -> Result<Response, Problem> {
    let asking = Asking::of(site, accepts, who, &id, input.typed)?;
    let changed = async {
        let asked = input.command?;
        let command = Command::Close { reason: asked.closing_reason };
        asking.change("Close an account", asked.edits, command, None).await
    };
    asking.answer("closed", changed.await).await
}

/// An administrator who asks for a change of somebody's account.
struct Asking {
    site: Site,
    accepts: Accepts,
    who: User,
    id: Id,
    typed: Typed,
}

impl Asking {
    fn of(site: Site, accepts: Accepts, who: User, id: &str, typed: Typed) -> Result<Self, Problem> {
        who.may(MANAGE)?;
        Ok(Self { id: Id::read(id).ok_or(Problem::NotFound)?, site, accepts, who, typed })
    }

    /// Makes the change, unless the account has changed since the form was made with `edits`.
    async fn change(
        &self,
        task: &str,
        edits: i64,
        command: Command,
        password: Option<Hash>,
    ) -> Result<(), Problem> {
        let Self { site, who, id, .. } = self;
        let mut tx = site.begin().await?;
        let row = rows::one(&mut tx, id).await?.ok_or(Problem::NotFound)?;
        if row.edits != edits {
            return Err(self.stale());
        }
        let (actor, now) = (who.doing(task), site.now());
        let known = Known { is_own: who.id == *id, is_taken: false };
        let locks_out = matches!(command, Command::Close { .. } | Command::SetPassword { .. });
        if locks_out && row.closed_at.is_none() && sessions::revoke(&mut tx, id).await? > 0 {
            act::<Accounts>(&mut tx, &actor, now, id, &known, Command::RevokeTokens).await??;
        }
        let entry = act::<Accounts>(&mut tx, &actor, now, id, &known, command).await??;
        if let Some(hash) = &password {
            rows::save_password(&mut tx, &entry, hash).await?;
        }
        if locks_out {
            sessions::end_others(&mut tx, id, "").await?;
        }
        Ok(tx.commit().await?)
    }

    fn stale(&self) -> Problem {
        let kept = self.typed.0.iter().filter(|(field, _)| field.ends_with("reason") || *field == "role");
        let typed = kept.map(|(field, value)| (field.replace('_', " "), value.clone())).collect();
        Problem::Stale { see: format!("/accounts/{}", self.id), typed }
    }

    /// Back to the account, or its page again with what was refused.
    async fn answer(&self, done: &str, changed: Result<(), Problem>) -> Result<Response, Problem> {
        match changed {
            Ok(()) => Ok(Redirect::to(&format!("/accounts/{}?done={done}", self.id)).into_response()),
            Err(Problem::Refused(refusal)) => {
                let page =
                    show_page(&self.site, &self.who, &self.id, None, &self.typed, Some(&refusal)).await?;
                show_refused(self.accepts, &refusal, &page)
            }
            Err(problem) => Err(problem),
        }
    }
}

#[cfg(test)]
mod tests {
    use web::Section;

    use super::*;

    fn samples() -> Vec<ShowPage> {
        let page = |is_open: bool, is_own: bool, refusal: Option<&Refusal>| {
            let who = User::sample("administrator");
            let account = Line {
                id: who.id.to_string(),
                name: who.name.clone(),
                sign_in: who.sign_in.clone(),
                role: "analyst",
                role_name: "Analyst",
                opened: "21 November 2026, 10:04".to_owned(),
                signed_in: "Never".to_owned(),
                state: "Open".to_owned(),
                is_open,
                edits: 2,
            };
            let moment = Moment {
                title: "Role changed",
                words: "Analyst. New post".to_owned(),
                who: "Ailsa Craig, Administrator".to_owned(),
                at: Timestamp::UNIX_EPOCH,
                at_words: "1 January 1970, 01:00".to_owned(),
            };
            ShowPage {
                frame: Frame::of("Account", Section::Accounts).seen_by(who.signed()),
                account,
                sessions: 1,
                tokens: 0,
                moments: vec![moment],
                is_own,
                roles: form::roles_or("Choose a role", "analyst"),
                typed: Typed::default().with("role_reason", "Kept <words>"),
                errors: refusal.into(),
            }
        };
        let refusal = Refusal::of("role", "The role is Analyst already. Choose another.");
        vec![page(true, false, Some(&refusal)), page(true, true, None), page(false, false, None)]
    }

    #[test]
    fn every_state_of_the_page_renders() {
        let pages: Vec<String> = samples().iter().map(|page| page.render().unwrap()).collect();
        assert!(pages[0].contains("Close the account") && pages[0].contains("Kept &#60;words&#62;"));
        assert!(!pages[1].contains("Close the account") && pages[1].contains("My account"));
        assert!(!pages[2].contains("Change the role") && pages[2].contains("This account is closed"));
        assert!(samples().iter().all(|page| !page.frame.title.contains(&page.account.name)));
    }
}
