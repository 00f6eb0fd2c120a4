//! Registering what earlier papers said, and reading it beside the register.

use axum::{
    Json,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use journal::{AsAt, Entry, Id, act, last_seq};
use users::User;
use web::{Accepts, Field, FormPage, Frame, Input, Problem, Section, Site, Typed, show, show_refused};

use super::{
    rows::{Sources, references, whole},
    rules::{Citation, Command, Details, Known, Quantity, Source},
    views::{crumbs, list_page, show_page},
};
use crate::{linter::pages::check, pages::read_id, register::rows::load, words::day};

/// `GET /sources`
pub async fn list(State(site): State<Site>, who: User, accepts: Accepts) -> Result<Response, Problem> {
    who.may("plan.read")?;
    let mut read = site.read().await?;
    let checked = check(&site, &mut read, AsAt::Now).await?;
    show(accepts, &list_page(&checked, &who))
}

/// `GET /sources/{id}`
pub async fn show_one(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    Query(query): Query<Typed>,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    let id = read_id(&id)?;
    let mut read = site.read().await?;
    let source = whole(&mut read, &id).await?.ok_or(Problem::NotFound)?;
    let checked = check(&site, &mut read, AsAt::Now).await?;
    let notice = match query.get("done") {
        "registered" => Some("The source is registered. Now cite what it says.".to_owned()),
        "corrected" => Some("The source is corrected.".to_owned()),
        "cited" => Some("The statement is cited. The register’s own answer stands beside it.".to_owned()),
        "withdrawn" => Some("The statement is withdrawn.".to_owned()),
        _ => None,
    };
    show(accepts, &show_page(&checked, &id, &source, &who, notice))
}

/// The forms of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Register,
    Correct,
    Cite,
    Withdraw(i64),
}

impl Deed {
    fn heading(self) -> &'static str {
        match self {
            Self::Register => "Register a source",
            Self::Correct => "Correct a source",
            Self::Cite => "Cite a statement",
            Self::Withdraw(_) => "Withdraw a statement",
        }
    }

    fn submit(self) -> &'static str {
        match self {
            Self::Register => "Register the source",
            Self::Correct => "Correct the source",
            Self::Cite => "Cite the statement",
            Self::Withdraw(_) => "Withdraw the statement",
        }
    }

    fn done(self) -> &'static str {
        match self {
            Self::Register => "registered",
            Self::Correct => "corrected",
            Self::Cite => "cited",
            Self::Withdraw(_) => "withdrawn",
        }
    }

    fn intro(self) -> &'static str {
        match self {
            Self::Register => {
                "A paper, a report or a letter that said something about the register. What it says is then cited, statement by statement, and held against the register."
            }
            Self::Correct => "Its title, days or reference. What it said is cited anew, not corrected.",
            Self::Cite => {
                "One figure, day or name as the source has it. The register’s own answer for that day stands beside it, and the check says where they differ."
            }
            Self::Withdraw(_) => "It does not count any more. It stays on record, with the reason.",
        }
    }

    fn address(self, id: &str) -> String {
        match self {
            Self::Register => "/sources/new".to_owned(),
            Self::Correct => format!("/sources/{id}/correction"),
            Self::Cite => format!("/sources/{id}/statements/new"),
            Self::Withdraw(no) => format!("/sources/{id}/statements/{no}/withdrawal"),
        }
    }

    fn fields(self, typed: &Typed) -> Vec<Field> {
        match self {
            Self::Register => source_fields(typed),
            Self::Correct => {
                let mut fields = source_fields(typed);
                fields.push(Field::lines("reason", "Reason", "Why it has to be put right", 3, typed));
                fields
            }
            Self::Cite => statement_fields(typed),
            Self::Withdraw(_) => {
                vec![Field::lines(
                    "reason",
                    "Reason",
                    "Copied wrongly, or put right by the source itself",
                    3,
                    typed,
                )]
            }
        }
    }
}

/// `GET /sources/new`
pub async fn new(who: User, accepts: Accepts) -> Result<Response, Problem> {
    who.may("plan.register")?;
    show(accepts, &page(&who, None, Deed::Register, &Typed::default(), None))
}

/// `POST /sources/new`
pub async fn register(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    input: Input<Details>,
) -> Result<Response, Problem> {
    let command = input.command.map(Command::Register);
    post(&site, &who, accepts, Id::new(site.now()), Deed::Register, (command, &input.typed)).await
}

/// `GET /sources/{id}/correction`
pub async fn correction(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    form(&site, &who, accepts, &id, Deed::Correct).await
}

/// `POST /sources/{id}/correction`
pub async fn correct(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    input: Input<Details>,
) -> Result<Response, Problem> {
    let reason = input.typed.get("reason").to_owned();
    let command = input.command.map(|details| Command::Correct(details, reason));
    post(&site, &who, accepts, read_id(&id)?, Deed::Correct, (command, &input.typed)).await
}

/// `GET /sources/{id}/statements/new`
pub async fn citation(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    form(&site, &who, accepts, &id, Deed::Cite).await
}

/// `POST /sources/{id}/statements/new`
pub async fn cite(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    input: Input<Citation>,
) -> Result<Response, Problem> {
    let command = input.command.map(Command::Cite);
    post(&site, &who, accepts, read_id(&id)?, Deed::Cite, (command, &input.typed)).await
}

/// `GET /sources/{id}/statements/{no}/withdrawal`
pub async fn withdrawal(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((id, no)): Path<(String, i64)>,
) -> Result<Response, Problem> {
    form(&site, &who, accepts, &id, Deed::Withdraw(no)).await
}

/// `POST /sources/{id}/statements/{no}/withdrawal`
pub async fn withdraw(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((id, no)): Path<(String, i64)>,
    input: Input<serde::de::IgnoredAny>,
) -> Result<Response, Problem> {
    let command = Ok(Command::Withdraw { no, reason: input.typed.get("reason").to_owned() });
    post(&site, &who, accepts, read_id(&id)?, Deed::Withdraw(no), (command, &input.typed)).await
}

async fn form(site: &Site, who: &User, accepts: Accepts, id: &str, deed: Deed) -> Result<Response, Problem> {
    who.may("plan.register")?;
    let id = read_id(id)?;
    let mut read = site.read().await?;
    let source = whole(&mut read, &id).await?.ok_or(Problem::NotFound)?;
    if let Deed::Withdraw(no) = deed
        && !source.standing().any(|cited| cited.no == no)
    {
        return Err(Problem::NotFound);
    }
    let last = last_seq(&mut read, &id).await?;
    let typed = if deed == Deed::Correct { filled(&source) } else { Typed::default() };
    show(accepts, &page(who, Some((&id, &source)), deed, &typed, Some(last)))
}

type Asked<'a> = (Result<Command, journal::Refusal>, &'a Typed);

async fn post(
    site: &Site,
    who: &User,
    accepts: Accepts,
    id: Id,
    deed: Deed,
    (command, typed): Asked<'_>,
) -> Result<Response, Problem> {
    who.may("plan.register")?;
    let outcome = match command {
        Ok(command) => store(site, who, &id, deed, command, typed).await,
        Err(refusal) => Err(refusal.into()),
    };
    match outcome {
        Ok(_) if accepts.html => {
            Ok(Redirect::to(&format!("/sources/{id}?done={}", deed.done())).into_response())
        }
        Ok(entry) => {
            let status = if deed == Deed::Register { StatusCode::CREATED } else { StatusCode::OK };
            Ok((status, Json(serde_json::json!({ "id": id, "entry": entry.seq }))).into_response())
        }
        Err(Problem::Refused(refusal)) => {
            let mut read = site.read().await?;
            let source = whole(&mut read, &id).await?;
            if source.is_none() && deed != Deed::Register {
                return Err(Problem::NotFound);
            }
            let of = source.as_ref().map(|source| (&id, source));
            let page = page(who, of, deed, typed, typed.last_seq());
            show_refused(accepts, &refusal, &page.refused(&refusal))
        }
        Err(problem) => Err(problem),
    }
}

async fn store(
    site: &Site,
    who: &User,
    id: &Id,
    deed: Deed,
    command: Command,
    typed: &Typed,
) -> Result<Entry, Problem> {
    let mut tx = site.begin().await?;
    if deed == Deed::Correct && typed.last_seq().is_some() {
        let last = last_seq(&mut tx, id).await?;
        if typed.last_seq() != Some(last) {
            let typed = typed.0.iter().filter(|(name, _)| *name != "last_seq");
            let typed = typed.map(|(name, value)| (name.replace('_', " "), value.clone())).collect();
            return Err(Problem::Stale { see: format!("/sources/{id}"), typed });
        }
    }
    let others = references(&mut tx, id).await?;
    let known = match deed {
        // What a statement may be about is in the register.
        Deed::Cite => Known::of(&load(&mut tx, AsAt::Now, site.now()).await?, others),
        _ => Known { references: others, ..Known::default() },
    };
    let entry =
        act::<Sources>(&mut tx, &who.doing(deed.heading()), site.now(), id, &known, command).await??;
    tx.commit().await?;
    Ok(entry)
}

fn filled(source: &Source) -> Typed {
    let day = |on: Option<jiff::civil::Date>| on.map_or_else(String::new, day);
    Typed::default()
        .with("title", &*source.title)
        .with("reference", &*source.reference)
        .with("meeting_on", day(source.meeting_on))
        .with("published_on", day(source.published_on))
}

fn page(who: &User, of: Option<(&Id, &Source)>, deed: Deed, typed: &Typed, last: Option<i64>) -> FormPage {
    let address = of.map_or_else(|| "/sources".to_owned(), |(id, _)| format!("/sources/{id}"));
    let label = of.map_or("", |(_, source)| source.label());
    let trail = [("/sources", "Sources"), (address.as_str(), label), ("", deed.heading())];
    let trail: Vec<(&str, &str)> = trail.into_iter().filter(|(_, words)| !words.is_empty()).collect();
    let about = of.map_or_else(String::new, |(_, source)| match deed {
        Deed::Withdraw(no) => {
            let cited = source.statements.iter().find(|cited| cited.no == no);
            let told = |cited: &super::rules::Cited| {
                let statement = &cited.statement;
                format!("{}: {}. {}", statement.quantity.words(), statement.shown(), statement.words)
            };
            format!("{} {}", source.named(), cited.map_or_else(String::new, told))
        }
        _ => source.named(),
    });
    FormPage {
        frame: Frame::of(deed.heading(), Section::Improvement).seen_by(who.signed()),
        crumbs: crumbs(&trail),
        heading: deed.heading().to_owned(),
        about,
        intro: deed.intro().to_owned(),
        action: deed.address(of.map_or("", |(id, _)| id.as_str())),
        submit: deed.submit().to_owned(),
        back: address,
        last_seq: last.filter(|_| deed == Deed::Correct),
        fields: deed.fields(typed),
        refusals: Vec::new(),
    }
}

fn source_fields(typed: &Typed) -> Vec<Field> {
    vec![
        Field::line("title", "Title", "As printed", typed),
        Field::line("reference", "Reference", "How it is cited here: a number, an address", typed),
        Field::line(
            "meeting_on",
            "Day of the meeting",
            "For example 16 September 2025; empty if it was for none",
            typed,
        ),
        Field::line(
            "published_on",
            "Published on",
            "For example 11 September 2025; empty if it is not known",
            typed,
        ),
    ]
}

fn statement_fields(typed: &Typed) -> Vec<Field> {
    let quantities = std::iter::once((String::new(), "Choose".to_owned()))
        .chain(Quantity::ALL.map(|one| (one.as_str().to_owned(), one.words().to_owned())));
    vec![
        Field::line(
            "about",
            "About",
            "Portfolio, an inspection’s short name (DA23), a recommendation (DA23-R14), or Theme: Custody",
            typed,
        ),
        Field::one("quantity", "What it gives", "", quantities, typed),
        Field::line(
            "value",
            "Value",
            "A number, a month or day, or words, as the source has it; empty where it leaves a blank",
            typed,
        ),
        Field::lines("words", "The sentence it stands in", "Short, as printed", 3, typed),
        Field::line("as_on", "On which day it held", "Empty for the day of the source itself", typed),
    ]
}
