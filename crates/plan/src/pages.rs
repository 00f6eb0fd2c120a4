//! The room's addresses, and the one pair of handlers behind every change to a recommendation.
//!
//! Each noun names its changes (what the form is called, what it asks, who may) and stores them; the order
//! is the same for all: *may, recall, decide, append, save, show* (HOUSE 4).

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Path, Query, State},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use journal::{AsAt, DatabaseError, Id, Refusal, Tx, last_seq};
use users::User;
use web::{Accepts, Field, FormPage, Frame, Input, Problem, Section, Site, Typed, show, show_refused};

use crate::{
    action, bulk, classification, comment, dependency, find as finding, inspection, measured, published,
    recommendation,
    register::{
        self, kept,
        rules::{Item, Register},
    },
    summary, target, update, view,
};

/// The largest file the import takes, with room for the form around it.
const UPLOAD: usize = import::limits::FILE_BYTES + 64 * 1024;

/// The room's addresses.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/recommendations", get(register::pages::list))
        .route("/recommendations/export/{format}", get(register::pages::export))
        .route("/recommendations/summary", get(summary::pages::show_one))
        .route("/recommendations/summary/csv", get(summary::pages::csv))
        .route("/recommendations/new", get(recommendation::pages::new).post(recommendation::pages::make))
        .route("/recommendations/{id}", get(recommendation::pages::show_one))
        .route("/recommendations/{id}/{change}", get(form).post(post))
        .route("/recommendations/bulk", axum::routing::post(bulk::pages::look))
        .route("/recommendations/bulk/confirmation", axum::routing::post(bulk::pages::confirm))
        .route(
            "/recommendations/{id}/comments/{entry}",
            get(comment::pages::form).post(comment::pages::strike),
        )
        .route("/views", get(view::pages::list).post(view::pages::save))
        .route("/views/{id}", get(view::pages::edit).post(view::pages::change))
        .route("/views/{id}/deletion", get(view::pages::confirm_deletion).post(view::pages::delete))
        .route("/find", get(finding::pages::find))
        .route("/inspections/new", get(inspection::pages::new).post(inspection::pages::register))
        .route("/inspections/{id}", get(inspection::pages::edit).post(inspection::pages::correct))
        .merge(
            Router::new()
                .route("/imports", get(published::pages::start).post(published::pages::preview))
                .route("/imports/confirmation", axum::routing::post(published::pages::confirm))
                .layer(DefaultBodyLimit::max(UPLOAD)),
        )
        .merge(crate::area::pages::routes())
        .merge(crate::programme::pages::routes())
        .merge(crate::underway::pages::routes())
        .merge(checking())
        .merge(crate::post::pages::routes())
}

/// The addresses of the check and of the sources it holds the register against.
fn checking() -> Router<Site> {
    use crate::{
        finding::{pages as finding, several::pages as several},
        linter::pages as linter,
        source::pages as source,
    };
    let one = "/check/{subject}/{check}/{fingerprint}";
    Router::new()
        .route("/check", get(linter::list))
        .route("/check/export/{format}", get(linter::export))
        .route("/check/acceptances", axum::routing::post(several::look))
        .route("/check/acceptances/confirmation", axum::routing::post(several::confirm))
        .route(&format!("{one}/acceptance"), get(finding::accept_form).post(finding::accept))
        .route(&format!("{one}/withdrawal"), get(finding::withdraw_form).post(finding::withdraw))
        .route("/sources", get(source::list))
        .route("/sources/new", get(source::new).post(source::register))
        .route("/sources/{id}", get(source::show_one))
        .route("/sources/{id}/correction", get(source::correction).post(source::correct))
        .route("/sources/{id}/statements/new", get(source::citation).post(source::cite))
        .route("/sources/{id}/statements/{no}/withdrawal", get(source::withdrawal).post(source::withdraw))
}

/// One change that can be made to a recommendation by a form.
pub struct Change {
    /// The last part of its address.
    pub word: &'static str,
    /// The form's heading.
    pub heading: &'static str,
    /// What will happen.
    pub intro: &'static str,
    /// The button.
    pub submit: &'static str,
    /// The permission it needs.
    pub permission: &'static str,
    /// What is said when it is done.
    pub done: &'static str,
    /// Whether it replaces something, so that a change made meanwhile matters.
    pub replaces: bool,
    /// What stands in the form at first.
    pub start: fn(&Item) -> Typed,
    /// The form's fields.
    pub fields: fn(&Register, &Item, &Typed) -> Vec<Field>,
}

/// Which noun stores a change.
#[derive(Clone, Copy)]
enum Noun {
    Recommendation,
    Target,
    Action,
    Update,
    Dependency,
    Classification,
    Comment,
}

fn find(word: &str) -> Option<(Noun, &'static Change)> {
    let tables: [(Noun, &'static [Change]); 7] = [
        (Noun::Recommendation, &recommendation::pages::CHANGES),
        (Noun::Target, &target::pages::CHANGES),
        (Noun::Action, &action::pages::CHANGES),
        (Noun::Update, &update::pages::CHANGES),
        (Noun::Dependency, &dependency::pages::CHANGES),
        (Noun::Classification, &classification::pages::CHANGES),
        (Noun::Comment, &comment::pages::CHANGES),
    ];
    tables
        .into_iter()
        .flat_map(|(noun, changes)| changes.iter().map(move |change| (noun, change)))
        .find(|(_, change)| change.word == word)
}

/// What is said after the change with that word.
pub fn done_words(word: &str) -> Option<String> {
    find(word).map(|(_, change)| change.done.to_owned())
}

/// The word and heading of a change, if `may` says so of its permission.
pub fn heading_for(word: &str, may: impl Fn(&str) -> bool) -> Option<(&'static str, &'static str)> {
    find(word).filter(|(_, change)| may(change.permission)).map(|(_, change)| (change.word, change.heading))
}

/// An identity in an address; anything else is not found.
pub fn read_id(text: &str) -> Result<Id, Problem> {
    Id::read(text).ok_or(Problem::NotFound)
}

async fn form(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((id, word)): Path<(String, String)>,
    Query(typed): Query<Typed>,
) -> Result<Response, Problem> {
    let id = read_id(&id)?;
    let (_, change) = find(&word).ok_or(Problem::NotFound)?;
    who.may(change.permission)?;
    let page = form_page(&site, &who, &id, change, &typed).await?;
    show(accepts, &page)
}

async fn post(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((id, word)): Path<(String, String)>,
    input: Input<serde::de::IgnoredAny>,
) -> Result<Response, Problem> {
    let id = read_id(&id)?;
    let (noun, change) = find(&word).ok_or(Problem::NotFound)?;
    who.may(change.permission)?;
    match store(&site, &who, &id, noun, change, &input.typed).await {
        Ok(_) if accepts.html => {
            Ok(Redirect::to(&format!("/recommendations/{id}?done={word}")).into_response())
        }
        Ok(seq) => Ok(Json(serde_json::json!({ "id": id, "entry": seq })).into_response()),
        Err(Problem::Refused(refusal)) if accepts.html => {
            let page = form_page(&site, &who, &id, change, &input.typed).await?;
            show_refused(accepts, &refusal, &page.refused(&refusal))
        }
        Err(problem) => Err(problem),
    }
}

async fn store(
    site: &Site,
    who: &User,
    id: &Id,
    noun: Noun,
    change: &Change,
    typed: &Typed,
) -> Result<i64, Problem> {
    let mut tx = site.begin().await?;
    let last = last_seq(&mut tx, id).await?;
    if last == 0 {
        return Err(Problem::NotFound);
    }
    if change.replaces && typed.last_seq().is_some_and(|seen| seen != last) {
        return Err(Problem::Stale { see: format!("/recommendations/{id}"), typed: shown(typed) });
    }
    let actor = who.doing(change.heading);
    if let Some(step) = measured::rules::Closing::of(change.word) {
        let reason = typed.get("although").to_owned();
        measured::rows::ask(&mut tx, &actor, site.now(), id, (step, reason)).await??;
    }
    let entry = match noun {
        Noun::Recommendation => {
            recommendation::pages::store(&mut tx, site, &actor, id, change.word, typed).await
        }
        Noun::Target => target::pages::store(&mut tx, site, &actor, id, change.word, typed).await,
        Noun::Action => action::pages::store(&mut tx, site, &actor, id, change.word, typed).await,
        Noun::Update => update::pages::store(&mut tx, site, &actor, id, change.word, typed).await,
        Noun::Dependency => dependency::pages::store(&mut tx, site, &actor, id, change.word, typed).await,
        Noun::Classification => {
            classification::pages::store(&mut tx, site, &actor, id, change.word, typed).await
        }
        Noun::Comment => comment::pages::store(&mut tx, site, &actor, id, typed).await,
    }??;
    tx.commit().await?;
    Ok(entry.seq)
}

/// What was typed, without the form's own fields.
fn shown(typed: &Typed) -> Vec<(String, String)> {
    typed
        .0
        .iter()
        .filter(|(name, _)| *name != "last_seq")
        .map(|(n, v)| (n.replace('_', " "), v.clone()))
        .collect()
}

/// What every store gives: the entry, or the refusal, or the database's error.
pub type Stored = Result<Result<journal::Entry, Refusal>, DatabaseError>;

/// The recommendation as the journal has it: what other nouns' rules have to know.
pub async fn recall(
    tx: &mut Tx,
    id: &Id,
) -> Result<Option<recommendation::rules::Recommendation>, DatabaseError> {
    Ok(journal::recall(tx, id, recommendation::rules::apply).await?.state)
}

async fn form_page(
    site: &Site,
    who: &User,
    id: &Id,
    change: &Change,
    typed: &Typed,
) -> Result<FormPage, Problem> {
    let mut read = site.read().await?;
    let register = kept::register(site, &mut read, AsAt::Now).await?;
    let item = register.item(id).ok_or(Problem::NotFound)?;
    recommendation::rules::still_open(&item.recommendation)?;
    let mut filled = (change.start)(item);
    filled.0.extend(typed.0.clone());
    let last = match typed.last_seq() {
        Some(seen) => seen,
        None => last_seq(&mut read, id).await?,
    };
    let address = format!("/recommendations/{id}");
    let mut fields = (change.fields)(&register, item, &filled);
    fields.extend(measured::pages::asked(&mut read, id, change.word, &filled).await?);
    Ok(FormPage {
        frame: Frame::of(format!("{}: {}", change.heading, item.label()), Section::Improvement)
            .seen_by(who.signed()),
        crumbs: vec![
            ("/recommendations".to_owned(), "Improvement".to_owned()),
            (address.clone(), item.label()),
            (String::new(), change.heading.to_owned()),
        ],
        heading: change.heading.to_owned(),
        about: format!("{} {}", item.label(), item.short_text()),
        intro: change.intro.to_owned(),
        action: format!("{address}/{}", change.word),
        submit: change.submit.to_owned(),
        back: address,
        last_seq: change.replaces.then_some(last),
        fields,
        refusals: Vec::new(),
    })
}
