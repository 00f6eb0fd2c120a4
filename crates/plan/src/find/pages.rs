//! What the find field of every page asks, and the same as a page.

use std::pin::Pin;

use askama::Template;
use axum::{
    Extension,
    extract::{Query as Asked, State},
    response::Response,
};
use journal::{AsAt, DatabaseError, OPEN_END, Reading, Refusal};
use serde::{Deserialize, Serialize};
use users::User;
use web::{Accepts, Frame, Problem, Section, Site, show, show_refused};

use super::{
    named::{Named, of_plan},
    places::seen,
    rules::{Found, Hit, SHOWN, search},
};
use crate::{
    register::{kept, list::Query},
    source,
    words::thousands,
};

/// The longest that may be typed: as the field of the bar has it.
const LONGEST: usize = 200;

/// How many are shown to whoever asks for all.
const ALL: usize = 500;

/// What a room below the plan names, read when it is looked through. The plan may not know such a room: the
/// binary lays this function around the whole site.
#[derive(Clone, Copy)]
pub struct More(pub fn(&mut Reading) -> Reads<'_>);

/// What [`More`] gives.
pub type Reads<'a> = Pin<Box<dyn Future<Output = Result<Vec<Named>, DatabaseError>> + Send + 'a>>;

/// What the address may ask.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    words: String,
    /// "yes" for all of them and not only the likeliest.
    all: String,
}

#[derive(Debug, Template, Serialize)]
#[template(path = "find/find.html")]
struct FindPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    #[serde(skip)]
    refusals: Vec<Refusal>,
    #[serde(skip)]
    error: Option<String>,
    words: String,
    hits: Vec<Hit>,
    found: usize,
    /// How many there are besides those shown, and where all are.
    more: usize,
    #[serde(skip)]
    more_words: String,
    all: String,
    /// The register's list of these words.
    list: String,
    /// "20 of 31 found", as it is read out.
    count: String,
}

/// `GET /find?words=…`
pub async fn find(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    more: Option<Extension<More>>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    if wanted.words.chars().count() > LONGEST {
        let sentence = format!("At most {LONGEST} characters can be looked for. Leave some words out.");
        let refusal = Refusal::of("words", sentence);
        let nothing = Found { hits: Vec::new(), found: 0 };
        return show_refused(accepts, &refusal, &page(&who, &wanted.words, nothing, Some(&refusal)));
    }
    let mut read = site.read().await?;
    let register = kept::register(&site, &mut read, AsAt::Now).await?;
    let sources = source::rows::all(&mut read, OPEN_END - 1).await?;
    let mut named = of_plan(&register, &sources);
    if let Some(Extension(More(names))) = more {
        named.extend(names(&mut read).await?);
    }
    drop(read);
    let limit = if wanted.all == "yes" { ALL } else { SHOWN };
    let places = seen(|permission| who.may_do(permission));
    let found = search(&register, &named, &places, &wanted.words, limit);
    show(accepts, &page(&who, &wanted.words, found, None))
}

fn page(who: &User, words: &str, found: Found, refusal: Option<&Refusal>) -> FindPage {
    let more = found.found - found.hits.len();
    let query = serde_html_form::to_string([("words", words)]).unwrap_or_default();
    let count = match (found.found, more) {
        (0, _) => "Nothing found".to_owned(),
        (all, 0) => format!("{} found", thousands(all)),
        (all, _) => format!("{} found, the likeliest {} shown", thousands(all), found.hits.len()),
    };
    let title = if refusal.is_some() { "Problem: Find or go to" } else { "Find or go to" };
    FindPage {
        frame: Frame::of(title, Section::None).seen_by(who.signed()),
        crumbs: vec![(String::new(), "Find".to_owned())],
        refusals: refusal.cloned().into_iter().collect(),
        error: refusal.map(|refusal| refusal.sentence.to_string()),
        words: words.to_owned(),
        found: found.found,
        more,
        more_words: thousands(more),
        all: format!("/find?{query}&all=yes"),
        list: Query { words: words.trim().to_owned(), ..Query::default() }.address(|_| {}),
        count,
        hits: found.hits,
    }
}
