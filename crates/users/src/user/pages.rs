//! Letting a request in: from a cookie or a token to a [`User`].

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts, Request, State},
    http::{HeaderMap, Method, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use journal::{Actor, Id};
use web::{Problem, Session, Signed, Site, Who};

use crate::{
    Role,
    secret::Secret,
    session::{
        cookie::{self, BEFORE, SESSION},
        rows::{self, Found},
        rules::{SEEN_EVERY, is_live, is_token_live},
    },
};

/// Who asks. As an extractor it refuses a request of nobody: to the sign-in page, or 401.
#[derive(Debug, Clone)]
pub struct User {
    /// The account's identity.
    pub id: Id,
    /// Their name.
    pub name: String,
    /// The role in which they act.
    pub role: Role,
    /// What they type to sign in.
    pub(crate) sign_in: String,
    /// The session they are in; nothing for a program with a token.
    pub(crate) session: Option<String>,
    /// By what they were let in; nothing in a sample.
    key: Option<Key>,
    signed: Signed,
}

/// What lets somebody in.
#[derive(Debug, Clone)]
enum Key {
    /// A program's token.
    Token(Secret),
    /// A session's cookie.
    Cookie(Secret),
}

impl User {
    /// Refuses, naming the roles that may, unless this person's role may.
    pub fn may(&self, permission: &str) -> Result<(), Problem> {
        if self.may_do(permission) { Ok(()) } else { Err(Problem::Forbidden(self.role.refusal(permission))) }
    }

    /// Whether this person's role may: for what a page offers.
    pub fn may_do(&self, permission: &str) -> bool {
        self.role.may(permission)
    }

    /// The who, the role and the why of an entry.
    pub fn doing(&self, task: &str) -> Actor {
        Actor { who: self.id.to_string(), role: self.role.key().to_owned(), task: task.to_owned() }
    }

    /// The session they are in, by its own identity and never its secret; empty for a program with a token. A second
    /// person is another account in another session.
    pub fn in_session(&self) -> &str {
        self.session.as_deref().unwrap_or("")
    }

    /// The same person as they are now: for an answer that goes on for hours, which must end when they sign out, are
    /// closed, or act in another role. What goes on counts as use of the session.
    ///
    /// # Errors
    ///
    /// Nobody any more is [`Problem::SignIn`].
    pub async fn again(&self, site: &Site) -> Result<Self, Problem> {
        let nobody = || Problem::SignIn { next: "/".to_owned() };
        find(site, self.key.as_ref().ok_or_else(nobody)?).await?.ok_or_else(nobody)
    }

    /// What the page's frame shows of them.
    pub fn signed(&self) -> &Signed {
        &self.signed
    }

    fn of(found: Found, csrf: String, key: Option<Key>) -> Self {
        let who = Who {
            name: found.name.clone(),
            role: found.role.name().to_owned(),
            may_read_contacts: found.role.may("contact.read"),
            may_read_incidents: found.role.may("incident.read"),
            may_read_diaries: found.role.may("diary.read"),
            may_read_referrals: found.role.may("referral.read"),
            may_read_crime: found.role.may("crime.read"),
            may_read_measures: found.role.may("measure.read"),
            may_read_reports: found.role.may("report.read"),
            may_read_messages: found.role.may("message.read"),
            may_read_plan: found.role.may("plan.read"),
            may_read_papers: found.role.may("paper.read"),
            may_import: found.role.may("plan.register"),
            may_manage: found.role.may("accounts.manage"),
        };
        Self {
            id: found.account,
            name: found.name,
            role: found.role,
            sign_in: found.sign_in,
            session: (!found.session.is_empty()).then_some(found.session),
            key,
            signed: Signed { who, csrf },
        }
    }

    /// Somebody in this role, for the samples of pages.
    #[cfg(test)]
    pub(crate) fn sample(role: &str) -> Self {
        let id = Id::new(jiff::Timestamp::UNIX_EPOCH);
        let role = Role::of(role).expect("a sample's role is in the file");
        let (name, sign_in) = ("Ailsa Craig".to_owned(), "ailsa.craig".to_owned());
        let at = jiff::Timestamp::UNIX_EPOCH;
        let session = id.to_string();
        Self::of(
            Found { account: id, name, sign_in, role, created_at: at, last_seen_at: at, session },
            "token".to_owned(),
            None,
        )
    }
}

impl<S: Send + Sync> FromRequestParts<S> for User {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| {
            // What was posted cannot be asked for again by an address; the start page can.
            let is_page = matches!(parts.method, Method::GET | Method::HEAD);
            let wanted = parts.uri.path_and_query().filter(|_| is_page);
            Problem::SignIn { next: wanted.map_or("/", |wanted| wanted.as_str()).to_owned() }
        })
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for User {
    type Rejection = std::convert::Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Self::Rejection> {
        Ok(parts.extensions.get::<Self>().cloned())
    }
}

/// Finds who asks and leaves a [`User`], a [`Signed`] and a [`Session`] for the pages. A request of nobody
/// goes on without them: the pages that need somebody refuse it.
pub async fn let_in(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let user = match key(request.headers()) {
        None => None,
        Some(key) => match find(&site, &key).await {
            Ok(user) => user,
            Err(problem) => return problem.into_response(),
        },
    };
    let Some(user) = user else {
        if request.uri().path() == "/sign-in" {
            return before_sign_in(request, next).await;
        }
        return next.run(request).await;
    };
    let signed = user.signed.clone();
    let session = Session { csrf: signed.csrf.clone(), by_token: user.session.is_none() };
    request.extensions_mut().insert(session);
    request.extensions_mut().insert(signed.clone());
    request.extensions_mut().insert(user);
    let mut response = next.run(request).await;
    response.extensions_mut().insert(signed); // a problem's page shows who is signed in
    response
}

/// A program that names a token means it: a cookie beside it does not help a wrong one.
fn key(headers: &HeaderMap) -> Option<Key> {
    bearer(headers).map(Key::Token).or_else(|| cookie_of(headers, SESSION).map(Key::Cookie))
}

async fn find(site: &Site, key: &Key) -> Result<Option<User>, Problem> {
    let secret = match key {
        Key::Token(token) => {
            let found = rows::by_token(&mut *site.read().await?, token).await?;
            let live = found.filter(|found| is_token_live(site.now(), found.created_at));
            return Ok(live.map(|found| User::of(found, String::new(), Some(key.clone()))));
        }
        Key::Cookie(secret) => secret,
    };
    let found = rows::by_session(&mut *site.read().await?, secret).await?;
    let now = site.now();
    let Some(found) = found.filter(|found| is_live(now, found.created_at, found.last_seen_at)) else {
        return Ok(None);
    };
    if now.duration_since(found.last_seen_at) >= SEEN_EVERY
        && let Err(problem) = note_seen(site, &found.session).await
    {
        // A database that only reads (a full disk) still shows pages; the session then ends early.
        tracing::warn!(?problem, "a session's last use was not noted");
    }
    Ok(Some(User::of(found, secret.csrf(), Some(key.clone()))))
}

async fn note_seen(site: &Site, session: &str) -> Result<(), Problem> {
    let mut tx = site.begin().await?;
    rows::seen(&mut tx, session, site.now()).await?;
    Ok(tx.commit().await?)
}

fn cookie_of(headers: &HeaderMap, name: &str) -> Option<Secret> {
    let mut lines = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    lines.find_map(|line| cookie::read(line, name))
}

fn bearer(headers: &HeaderMap) -> Option<Secret> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| Secret::sent(token.trim()))
}

/// The sign-in form has no session yet. Its token is tied to a cookie that only our own host can set.
async fn before_sign_in(mut request: Request, next: Next) -> Response {
    let known = cookie_of(request.headers(), BEFORE);
    let secret = known.clone().unwrap_or_else(|| Secret::random(""));
    request.extensions_mut().insert(Session { csrf: secret.csrf(), by_token: false });
    let mut response = next.run(request).await;
    if known.is_none()
        && let Ok(value) = cookie::set(BEFORE, &secret).parse()
    {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}
