//! Programmes of change: the list, one of them, and the forms.

use axum::{
    Router,
    extract::{Path, Query as Asked, State},
    response::Response,
    routing::get,
};
use jiff::Timestamp;
use journal::{Actor, AsAt, Connection, DatabaseError, Entry, Id, OPEN_END, Tx, act, position};
use serde::Deserialize;
use users::User;
use web::{Accepts, Problem, Site, Typed, show};

use super::{
    forms::{CHANGES, fields, new_fields},
    rows::{Programmes, all, known, one},
    rules::{Alias, Command, Details, Fact, Typed as Other, still_running},
    views::{Around, Query, list_page, show_page},
};
use crate::{
    beside::pages::{Beside, Change, Form, NEW, Told, done_words, moments, offered},
    pages::{Stored, read_id},
    words,
};

/// The addresses of programmes.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/programmes", get(list))
        .route("/programmes/{id}", get(show_one))
        .merge(crate::beside::pages::routes::<Programmes>())
}

/// `GET /programmes`
async fn list(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asked(query): Asked<Query>,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    let (as_at, error) = match AsAt::read(&query.as_at) {
        Ok(as_at) => (as_at, None),
        Err(refusal) if accepts.html => (AsAt::Now, Some(refusal.sentence.to_string())),
        Err(refusal) => return Err(refusal.into()),
    };
    let mut read = site.read().await?;
    let position = position(&mut read, as_at, site.now()).await?;
    let programmes = all(&mut read, position.seq).await?;
    show(accepts, &list_page(position, &programmes, &query, &who, error))
}

/// What the address of a page may ask.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Seen {
    as_at: String,
    done: String,
}

/// `GET /programmes/{id}`
async fn show_one(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    Asked(seen): Asked<Seen>,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    let id = read_id(&id)?;
    let mut read = site.read().await?;
    let position = position(&mut read, AsAt::read(&seen.as_at)?, site.now()).await?;
    let programme = one(&mut read, &id, position.seq).await?.ok_or(Problem::NotFound)?;
    let words: &[&str] = match (&programme.ended, position.is_past) {
        (_, true) => &[],
        (Some(_), false) => &["alias", "correction"],
        (None, false) => &["name", "alias", "end", "correction"],
    };
    let around = Around {
        history: moments(&mut read, &id, position.seq, tell).await?,
        steps: offered::<Programmes>(&who, &id, words),
        notice: done_words::<Programmes>(&seen.done),
    };
    show(accepts, &show_page(position, &id, &programme, &who, around))
}

fn tell(entry: &Entry) -> Result<Option<Told>, DatabaseError> {
    let Some(fact) = entry.fact::<Fact>()? else { return Ok(None) };
    Ok(Some(match fact {
        Fact::Registered { name, from, bodies } => (
            "Registered".to_owned(),
            vec![("Name", name), ("From", words::day(from)), ("Bodies responsible", bodies.join("\n"))],
        ),
        Fact::Renamed { name, from, reason } => {
            (format!("Called {name} from {}", words::day(from)), vec![("Reason", reason)])
        }
        Fact::Aliased { alias } => (format!("Also called {}", alias.shown()), Vec::new()),
        Fact::Ended { on, reason } => (format!("Ended on {}", words::day(on)), vec![("Reason", reason)]),
        Fact::Corrected { programme, reason } => {
            let names: Vec<String> =
                programme.names.iter().map(|one| format!("{}: {}", words::day(one.from), one.name)).collect();
            let ended = programme.ended.map_or_else(String::new, |ended| words::day(ended.on));
            (
                "Corrected".to_owned(),
                vec![
                    ("Reason", reason),
                    ("Names", names.join("\n")),
                    (
                        "Also called",
                        programme.aliases.iter().map(Alias::shown).collect::<Vec<_>>().join("\n"),
                    ),
                    ("Bodies responsible", programme.bodies.join("\n")),
                    ("Ended", ended),
                ],
            )
        }
    }))
}

impl Beside for Programmes {
    const ADDRESS: &'static str = "/programmes";
    const LIST: &'static str = "Programmes of change";
    const CHANGES: &'static [Change] = &CHANGES;

    async fn form(
        conn: &mut Connection,
        _: Timestamp,
        id: Option<&Id>,
        word: &str,
        typed: &Typed,
    ) -> Result<Form, Problem> {
        let Some(id) = id else {
            return Ok(Form { label: String::new(), about: String::new(), fields: new_fields(typed) });
        };
        let programme = one(conn, id, OPEN_END - 1).await?.ok_or(Problem::NotFound)?;
        if matches!(word, "name" | "end") {
            still_running(&programme)?;
        }
        let label = programme.name().to_owned();
        Ok(Form { about: label.clone(), label, fields: fields(&programme, word, typed) })
    }

    async fn store(tx: &mut Tx, site: &Site, who: &Actor, id: &Id, word: &str, typed: &Typed) -> Stored {
        let known = known(tx, id, site.today()).await?;
        act::<Programmes>(tx, who, site.now(), id, &known, command(word, typed)).await
    }
}

/// The command that a form means.
fn command(word: &str, typed: &Typed) -> Command {
    let text = |name: &str| typed.get(name).to_owned();
    match word {
        NEW => Command::Register { name: text("name"), from: text("from"), bodies: text("bodies") },
        "name" => Command::Rename { name: text("name"), from: text("from"), reason: text("reason") },
        "alias" => Command::Alias(Other {
            alias: text("alias"),
            kind: text("kind"),
            from: text("from"),
            until: text("until"),
        }),
        "end" => Command::End { on: text("on"), reason: text("reason") },
        _ => {
            let details = Details {
                names: text("names"),
                aliases: text("aliases"),
                bodies: text("bodies"),
                ended_on: text("ended_on"),
                ended_reason: text("ended_reason"),
            };
            Command::Correct { details, reason: text("reason") }
        }
    }
}
