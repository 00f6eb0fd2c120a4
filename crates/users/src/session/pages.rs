//! Signing in and out.

use askama::Template;
use axum::{
    Router,
    extract::{ConnectInfo, FromRequestParts, Query, State},
    http::{header, request::Parts},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use journal::{Actor, Id, Refusal, act};
use serde::{Deserialize, Serialize};
use web::{Accepts, Frame, Input, Problem, Session, Site, show, show_refused};

use super::{
    cookie::{self, BEFORE, SESSION},
    rows::{self, Trying},
    rules,
};
use crate::{
    User,
    account::{
        rows::{self as accounts, Accounts},
        rules::{Command, Known, as_signed},
    },
    form::{self, Errors, Nothing},
    password::{self, Hash},
    secret::Secret,
};

/// The pages.
pub(crate) fn routes() -> Router<Site> {
    Router::new().route("/sign-in", get(sign_in).post(post_sign_in)).route("/sign-out", post(post_sign_out))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    sign_in: String,
    password: Secret,
    next: String,
}

#[derive(Template, Serialize)]
#[template(path = "session/sign_in.html")]
struct SignInPage {
    #[serde(skip)]
    frame: Frame,
    sign_in: String,
    next: String,
    errors: Errors,
}

impl SignInPage {
    fn of(session: &Session, sign_in: String, next: &str, refusal: Option<&Refusal>) -> Self {
        let mut frame = form::frame("Sign in", refusal);
        frame.csrf.clone_from(&session.csrf);
        Self { frame, sign_in, next: rules::local(next).to_owned(), errors: refusal.into() }
    }
}

impl SignInPage {
    /// Every state of the page.
    #[cfg(test)]
    fn samples() -> Vec<Self> {
        let session = Session { csrf: "token".to_owned(), by_token: false };
        let refusal = Refusal::of("password", "The sign-in name or the password is not right.");
        let empty = Self::of(&session, String::new(), "", None);
        vec![empty, Self::of(&session, "morag.ban".to_owned(), "/papers", Some(&refusal))]
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    next: String,
}

async fn sign_in(
    accepts: Accepts,
    session: Session,
    who: Option<User>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    if who.is_some() {
        return Ok(Redirect::to(rules::local(&wanted.next)).into_response());
    }
    show(accepts, &SignInPage::of(&session, String::new(), &wanted.next, None))
}

async fn post_sign_in(
    State(site): State<Site>,
    accepts: Accepts,
    session: Session,
    whence: Whence,
    who: Option<User>,
    input: Input<Form>,
) -> Result<Response, Problem> {
    let asked = input.command?;
    let sign_in = as_signed(&asked.sign_in);
    let trying = Trying::of(&sign_in, &whence.address);
    let refuse = |refusal: &Refusal| {
        show_refused(
            accepts,
            refusal,
            &SignInPage::of(&session, asked.sign_in.clone(), &asked.next, Some(refusal)),
        )
    };
    if let Some(refusal) = missing(&[("sign_in", &sign_in), ("password", asked.password.reveal())]) {
        return refuse(&refusal);
    }
    let Some((id, hash)) = prove(&site, &trying, &sign_in, asked.password.clone()).await? else {
        return refuse(&Refusal::of(
            "password",
            "The sign-in name or the password is not right. Check both and try again.",
        ));
    };
    let secret = begin(&site, &trying, &whence.device, who.as_ref(), &id, &hash).await?;
    let cookies = AppendHeaders([
        (header::SET_COOKIE, cookie::set(SESSION, &secret)),
        (header::SET_COOKIE, cookie::clear(BEFORE)),
    ]);
    Ok((cookies, Redirect::to(rules::local(&asked.next))).into_response())
}

fn missing(fields: &[(&'static str, &str)]) -> Option<Refusal> {
    let (field, _) = fields.iter().find(|(_, value)| value.is_empty())?;
    let what = if *field == "sign_in" { "sign-in name" } else { "password" };
    Some(Refusal::of(*field, format!("Enter your {what}.")))
}

/// Counts the try, then looks at the password: whose it is, if it is right. An unknown name takes as long.
pub(crate) async fn prove(
    site: &Site,
    trying: &Trying,
    sign_in: &str,
    password: Secret,
) -> Result<Option<(Id, Hash)>, Problem> {
    let mut tx = site.begin().await?;
    let (of_name, of_address) = rows::tries(&mut tx, trying, site.now()).await?;
    if let Err(wait_seconds) = rules::may_try(site.now(), of_name, of_address) {
        tracing::warn!(of_name = of_name.count, of_address = of_address.count, "too many tries to sign in");
        return Err(Problem::TooMany { wait_seconds });
    }
    rows::count_try(&mut tx, trying, site.now()).await?;
    let kept = accounts::password_by_sign_in(&mut tx, sign_in).await?;
    tx.commit().await?;
    let right = password::verify(password, kept.as_ref().map(|(_, hash)| hash.clone())).await?;
    Ok(kept.filter(|_| right))
}

/// Begins a new session with a new secret; one that the browser had before ends.
async fn begin(
    site: &Site,
    trying: &Trying,
    device: &str,
    who: Option<&User>,
    id: &Id,
    proved: &Hash,
) -> Result<Secret, Problem> {
    let mut tx = site.begin().await?;
    let row = accounts::one(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    still(&mut tx, id, proved, "password").await?;
    if let Some(old) = who.and_then(|who| who.session.as_deref().map(|session| (&who.id, session))) {
        rows::end(&mut tx, old.0, old.1).await?;
    }
    let task = "Sign in".to_owned();
    let actor = Actor { who: id.to_string(), role: row.role.key().to_owned(), task };
    let known = Known::default();
    let entry = act::<Accounts>(&mut tx, &actor, site.now(), id, &known, Command::SignIn).await??;
    let secret = Secret::random("");
    rows::begin(&mut tx, &entry, &secret, device).await?;
    rows::succeed(&mut tx, trying).await?;
    tx.commit().await?;
    Ok(secret)
}

/// Refuses when the password was changed while it was looked at.
pub(crate) async fn still(
    tx: &mut journal::Tx,
    id: &Id,
    proved: &Hash,
    field: &'static str,
) -> Result<(), Problem> {
    if accounts::password(tx, id).await?.as_ref() == Some(proved) {
        return Ok(());
    }
    Err(Refusal::of(field, "The password was changed a moment ago. Enter the new one.").into())
}

async fn post_sign_out(
    State(site): State<Site>,
    who: User,
    _form: Input<Nothing>,
) -> Result<Response, Problem> {
    if let Some(session) = &who.session {
        end(&site, &who, session, "Sign out").await?;
    }
    Ok(signed_out())
}

/// Takes the cookie away and shows the sign-in page.
pub(crate) fn signed_out() -> Response {
    let cookies = AppendHeaders([(header::SET_COOKIE, cookie::clear(SESSION))]);
    (cookies, Redirect::to("/sign-in")).into_response()
}

/// Ends one of this person's sessions.
pub(crate) async fn end(site: &Site, who: &User, session: &str, task: &str) -> Result<(), Problem> {
    let mut tx = site.begin().await?;
    if !rows::end(&mut tx, &who.id, session).await? {
        return Err(Problem::NotFound);
    }
    let known = Known { is_own: true, ..Known::default() };
    act::<Accounts>(&mut tx, &who.doing(task), site.now(), &who.id, &known, Command::SignOut).await??;
    Ok(tx.commit().await?)
}

/// Where a request comes from. The binary gives the address (`ConnectInfo`), also behind a proxy.
pub(crate) struct Whence {
    pub(crate) address: String,
    device: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Whence {
    type Rejection = std::convert::Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let address = parts.extensions.get::<ConnectInfo<std::net::SocketAddr>>();
        let agent = parts.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
        Ok(Self {
            address: address.map_or_else(|| "unknown".to_owned(), |info| rules::as_counted(info.0.ip())),
            device: rules::device(agent.unwrap_or_default()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_of_the_page_renders_and_never_shows_a_password() {
        for page in SignInPage::samples() {
            let html = page.render().unwrap();
            assert!(html.contains("autocomplete=\"current-password\"") && html.contains("value=\"token\""));
            assert!(!html.contains("{{"));
        }
        let asked = Form { password: Secret::sent("open sesame again"), ..Form::default() };
        assert!(!format!("{asked:?}").contains("sesame"));
    }
}
