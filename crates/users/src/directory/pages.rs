//! The list of accounts, and opening one.

use askama::Template;
use axum::{
    Router,
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use journal::{Id, Refusal};
use serde::{Deserialize, Serialize};
use web::{Accepts, Choice, Frame, Input, Problem, Section, Site, Typed, show, show_refused};

use crate::{
    User,
    account::{
        Opening, open_account,
        pages::{Line, MANAGE},
        rows,
    },
    form::{self, Errors},
    secret::Secret,
};

/// How many accounts a page shows.
const PER_PAGE: i64 = 50;

/// The pages.
pub(crate) fn routes() -> Router<Site> {
    Router::new().route("/accounts", get(list).post(post_new)).route("/accounts/new", get(new))
}

/// Which accounts somebody wants to see: the address holds all of it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Wanted {
    #[serde(skip_serializing_if = "String::is_empty")]
    words: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    role: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    state: String,
    page: i64,
}

#[derive(Template, Serialize)]
#[template(path = "directory/list.html")]
struct ListPage {
    #[serde(skip)]
    frame: Frame,
    words: String,
    accounts: Vec<Line>,
    pages: Pages,
    #[serde(skip)]
    roles: Vec<Choice>,
    #[serde(skip)]
    states: Vec<Choice>,
}

/// Where in the list one is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Pages {
    first: i64,
    last: i64,
    total: i64,
    previous: Option<String>,
    next: Option<String>,
    #[serde(skip)]
    all: Option<String>,
}

impl Pages {
    fn of(wanted: &Wanted, page: i64, shown: usize, total: i64) -> Self {
        let before = (page - 1) * PER_PAGE;
        let last = before + i64::try_from(shown).unwrap_or(0);
        let link = |page: i64| {
            let query = serde_html_form::to_string(Wanted { page, ..wanted.clone() }).unwrap_or_default();
            format!("/accounts?{query}")
        };
        let previous = (page > 1).then(|| link(page - 1));
        let next = (last < total && shown > 0).then(|| link(page + 1));
        Self { first: before + i64::from(shown > 0), last, total, previous, next, all: None }
    }
}

fn states(chosen: &str) -> Vec<Choice> {
    [("", "Open and closed"), ("open", "Open"), ("closed", "Closed")]
        .map(|(value, words)| Choice::of(value, words, chosen))
        .into()
}

async fn list(
    State(site): State<Site>,
    accepts: Accepts,
    who: User,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    who.may(MANAGE)?;
    let frame = Frame::of("Accounts", Section::Accounts).seen_by(who.signed());
    let filter = rows::Wanted { words: &wanted.words, role: &wanted.role, state: &wanted.state };
    let page = wanted.page.clamp(1, 1_000_000);
    let (accounts, total) =
        rows::list(&mut *site.read().await?, &filter, PER_PAGE, (page - 1) * PER_PAGE).await?;
    let accounts: Vec<Line> = accounts.into_iter().map(Line::from).collect();
    let pages = Pages::of(&wanted, page, accounts.len(), total);
    let roles = form::roles_or("All roles", &wanted.role);
    show(
        accepts,
        &ListPage { frame, accounts, pages, roles, states: states(&wanted.state), words: wanted.words },
    )
}

#[derive(Template, Serialize)]
#[template(path = "directory/new.html")]
struct NewPage {
    #[serde(skip)]
    frame: Frame,
    person: String,
    sign_in: String,
    roles: Vec<Choice>,
    errors: Errors,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct New {
    name: String,
    sign_in: String,
    role: String,
    password: Secret,
}

async fn new(accepts: Accepts, who: User) -> Result<Response, Problem> {
    who.may(MANAGE)?;
    show(accepts, &new_page(&who, &Typed::default(), None))
}

fn new_page(who: &User, typed: &Typed, refusal: Option<&Refusal>) -> NewPage {
    NewPage {
        frame: form::frame("Open an account", refusal).seen_by(who.signed()),
        person: typed.get("name").to_owned(),
        sign_in: typed.get("sign_in").to_owned(),
        roles: form::roles(typed.get("role")),
        errors: refusal.into(),
    }
}

async fn post_new(
    State(site): State<Site>,
    accepts: Accepts,
    who: User,
    input: Input<New>,
) -> Result<Response, Problem> {
    who.may(MANAGE)?;
    match open(&site, &who, input.command?).await {
        Ok(id) => Ok(Redirect::to(&format!("/accounts/{id}?done=opened")).into_response()),
        Err(Problem::Refused(refusal)) => {
            show_refused(accepts, &refusal, &new_page(&who, &input.typed, Some(&refusal)))
        }
        Err(problem) => Err(problem),
    }
}

async fn open(site: &Site, who: &User, asked: New) -> Result<Id, Problem> {
    let role = form::role("role", &asked.role)?;
    let actor = who.doing("Open an account");
    let New { name, sign_in, password, .. } = &asked;
    let opening = Opening { name, sign_in, role, password: password.reveal() };
    open_account(&site.journal, &actor, site.now(), opening).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_of_the_list_renders() {
        let who = User::sample("administrator");
        let line = Line {
            id: who.id.to_string(),
            name: "Mòrag <Bàn>".to_owned(),
            sign_in: "morag.ban".to_owned(),
            role: "analyst",
            role_name: "Analyst",
            opened: "21 November 2026, 10:04".to_owned(),
            signed_in: "Never".to_owned(),
            state: "Open".to_owned(),
            is_open: true,
            edits: 2,
        };
        for (accounts, total) in [(vec![], 0), (vec![line.clone()], 1), (vec![line; 50], 170)] {
            let wanted = Wanted { role: "analyst".to_owned(), ..Wanted::default() };
            let page = ListPage {
                frame: Frame::of("Accounts", Section::Accounts).seen_by(who.signed()),
                words: String::new(),
                pages: Pages::of(&wanted, 1, accounts.len(), total),
                accounts,
                roles: form::roles_or("All roles", "analyst"),
                states: states("open"),
            };
            let html = page.render().unwrap();
            assert_eq!(html.contains("No account matches"), total == 0);
            assert_eq!(html.contains("/accounts?role=analyst&#38;page=2"), total > 50, "{html}");
            assert!(!html.contains("<Bàn>"));
        }
    }

    #[test]
    fn the_list_says_where_one_is() {
        let wanted = Wanted { words: "mòrag b".to_owned(), ..Wanted::default() };
        let pages = Pages::of(&wanted, 2, 20, 70);
        assert_eq!((pages.first, pages.last, pages.next), (51, 70, None));
        assert_eq!(pages.previous.as_deref(), Some("/accounts?words=m%C3%B2rag+b&page=1"));
        let beyond = Pages::of(&wanted, 9, 0, 70);
        assert_eq!((beyond.next, beyond.first), (None, 400));
    }

    #[test]
    fn a_refused_form_keeps_what_was_typed_but_not_the_password() {
        let who = User::sample("administrator");
        let typed =
            Typed::default().with("name", "Mòrag").with("role", "analyst").with("password", "open sesame");
        let refusal = Refusal::of("sign_in", "Another account has or had this sign-in name.");
        for page in [new_page(&who, &Typed::default(), None), new_page(&who, &typed, Some(&refusal))] {
            let html = page.render().unwrap();
            assert!(html.contains("Open the account") && !html.contains("sesame"));
            assert_eq!(html.contains("Mòrag"), page.errors.of("sign_in").is_some());
        }
    }
}
