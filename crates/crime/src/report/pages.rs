//! The page of one crime report, the forms that change it, and the files of its receipts.

use axum::{
    Json, Router,
    extract::{Path, Query as Asked, State},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use journal::{Connection, Id, OPEN_END, Refusal, Tx, day_of, history, last_seq, reference_seq};
use serde::{Deserialize, de::IgnoredAny};
use users::{User, names_in_history};
use web::{Accepts, Frame, Input, Problem, Section, Site, Typed, download, show, show_refused};

use super::{
    export::{Files, Named, sha256},
    forms::{self, Form},
    list::rows::{Listed, one},
    rows::{about, by_reference, change, folded},
    rules::{Fact, Known, Report, asks_for_a_reason, barred, can_be_exported},
    views::{self, show_page},
};
use crate::definition::{CrimeType, crime_type};

/// The addresses of one report.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/crime-reports/{id}", get(show_one))
        .route("/crime-reports/{id}/{form}", get(form).post(post))
        .route("/crime-reports/{id}/receipts/{file}", get(file))
}

/// An identity or a reference in an address; anything else is not found.
async fn read_id(conn: &mut Connection, text: &str) -> Result<Id, Problem> {
    if let Some(id) = Id::read(text) {
        return Ok(id);
    }
    let seq = reference_seq('D', text).ok_or(Problem::NotFound)?;
    by_reference(conn, seq).await?.ok_or(Problem::NotFound)
}

async fn found(conn: &mut Connection, id: &Id) -> Result<(Listed, Report), Problem> {
    let listed = one(conn, id).await?.ok_or(Problem::NotFound)?;
    let report = folded(&history(conn, id, OPEN_END).await?)?.ok_or(Problem::NotFound)?;
    Ok((listed, report))
}

/// What the address may ask.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Seen {
    done: String,
}

/// `GET /crime-reports/{id}`
async fn show_one(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    Asked(seen): Asked<Seen>,
) -> Result<Response, Problem> {
    who.may("crime.read")?;
    let mut read = site.read().await?;
    let id = read_id(&mut read, &id).await?;
    let listed = one(&mut read, &id).await?.ok_or(Problem::NotFound)?;
    let history = history(&mut read, &id, OPEN_END).await?;
    let report = folded(&history)?.ok_or(Problem::NotFound)?;
    let names = names_in_history(&mut read, &id).await?;
    let mut page = show_page(&who, &listed, &report, (&history, &names))?;
    let recorded = (seen.done == "recorded").then(|| format!("The crime is recorded as {}.", page.reference));
    page.frame =
        page.frame.with_notice(forms::find(&seen.done).map(|form| form.done.to_owned()).or(recorded));
    show(accepts, &page)
}

/// `GET /crime-reports/{id}/{form}`
async fn form(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((id, word)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let form = forms::find(&word).ok_or(Problem::NotFound)?;
    who.may(form.permission)?;
    let mut read = site.read().await?;
    let id = read_id(&mut read, &id).await?;
    let found = found(&mut read, &id).await?;
    if !(form.is_offered)(&found.1) {
        let sentence = format!(
            "“{}” is not possible: the report is {}. Look at its page.",
            form.heading,
            found.1.state().words().to_lowercase()
        );
        return Err(Problem::Refused(Refusal::of("report", sentence)));
    }
    if form.is_whole {
        let typed = forms::typed_of(&found.1.content);
        return show(accepts, &whole_page((&site, &who), &mut read, form, &found, &typed).await?);
    }
    show(accepts, &short_page((&site, &who), &mut read, form, &found.0, &Typed::default()).await?)
}

/// The entry that the form was made at.
async fn seen(read: &mut Connection, id: &Id, typed: &Typed) -> Result<i64, Problem> {
    match typed.last_seq() {
        Some(seen) => Ok(seen),
        None => Ok(last_seq(read, id).await?),
    }
}

fn crumbs(listed: &Listed, form: &Form) -> Vec<(String, String)> {
    vec![
        ("/crime-reports".to_owned(), "Crime reports".to_owned()),
        (format!("/crime-reports/{}", listed.id), listed.reference()),
        (String::new(), form.heading.to_owned()),
    ]
}

fn frame(who: &User, listed: &Listed, form: &Form) -> Frame {
    Frame::of(format!("{}: {}", form.heading, listed.reference()), Section::Crime).seen_by(who.signed())
}

async fn short_page(
    (site, who): (&Site, &User),
    read: &mut Connection,
    form: &Form,
    listed: &Listed,
    typed: &Typed,
) -> Result<web::FormPage, Problem> {
    Ok(web::FormPage {
        frame: frame(who, listed, form),
        crumbs: crumbs(listed, form),
        heading: form.heading.to_owned(),
        about: views::about(listed),
        intro: form.intro.to_owned(),
        action: format!("/crime-reports/{}/{}", listed.id, form.word),
        submit: form.submit.to_owned(),
        back: format!("/crime-reports/{}", listed.id),
        last_seq: Some(seen(read, &listed.id, typed).await?),
        fields: forms::changing(form.word, typed, day_of(site.now())),
        refusals: Vec::new(),
    })
}

async fn whole_page(
    (site, who): (&Site, &User),
    read: &mut Connection,
    form: &Form,
    (listed, report): &(Listed, Report),
    typed: &Typed,
) -> Result<views::FormPage, Problem> {
    let of_type = chosen(report, typed)?;
    let last = seen(read, &listed.id, typed).await?;
    let today = day_of(site.now());
    let mut sections = forms::sections(of_type, &[], typed, today);
    sections.insert(0, forms::another_crime(typed, today));
    let known = known(site, who, read, report).await?;
    let barred = barred(&known, Some(report)).map(|refusal| refusal.sentence.into_owned());
    if asks_for_a_reason(&known, Some(report)) {
        sections.insert(0, forms::overriding(typed));
    }
    sections.push(forms::changes(typed));
    Ok(views::FormPage {
        frame: frame(who, listed, form),
        crumbs: crumbs(listed, form),
        heading: form.heading.to_owned(),
        about: views::about(listed),
        is_blocked: barred.is_some(),
        intro: barred.unwrap_or_else(|| form.intro.to_owned()),
        action: format!("/crime-reports/{}/{}", listed.id, form.word),
        submit: form.submit.to_owned(),
        back: format!("/crime-reports/{}", listed.id),
        last_seq: Some(last),
        sections,
        refusals: Vec::new(),
    })
}

/// The crime that was chosen; that of the report where none was.
fn chosen(report: &Report, typed: &Typed) -> Result<&'static CrimeType, Problem> {
    let key = match typed.get("crime_type") {
        "" => &report.content.crime_type,
        key => key,
    };
    let none = || Refusal::of("crime_type", "There is no such crime. Choose one of the list.");
    Ok(crime_type(key).ok_or_else(none)?)
}

/// What the rule knows, for whoever looks at a report.
async fn known(site: &Site, who: &User, read: &mut Connection, report: &Report) -> Result<Known, Problem> {
    let about = about(read, &report.incident).await?.ok_or(Problem::NotFound)?;
    Ok(Known { now: site.now(), about, may_override: who.may_do("crime.override") })
}

/// `POST /crime-reports/{id}/{form}`
async fn post(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((id, word)): Path<(String, String)>,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    let form = forms::find(&word).ok_or(Problem::NotFound)?;
    who.may(form.permission)?;
    let id = read_id(&mut *site.read().await?, &id).await?;
    match store(&site, &who, &id, form, &input.typed).await {
        Ok(_) if accepts.html => {
            Ok(Redirect::to(&format!("/crime-reports/{id}?done={word}")).into_response())
        }
        Ok(seq) => Ok(Json(serde_json::json!({ "id": id, "entry": seq })).into_response()),
        Err(Problem::Refused(refusal)) if accepts.html => {
            let mut read = site.read().await?;
            let found = found(&mut read, &id).await?;
            if form.is_whole {
                let page = whole_page((&site, &who), &mut read, form, &found, &input.typed).await?;
                return show_refused(accepts, &refusal, &page.refused(&refusal));
            }
            let page = short_page((&site, &who), &mut read, form, &found.0, &input.typed).await?;
            show_refused(accepts, &refusal, &page.refused(&refusal))
        }
        Err(problem) => Err(problem),
    }
}

/// Does what the form means, in one transaction; gives its entry.
async fn store(site: &Site, who: &User, id: &Id, form: &Form, typed: &Typed) -> Result<i64, Problem> {
    let now = site.now();
    let mut tx = site.begin().await?;
    let (listed, report) = found(&mut tx, id).await?;
    is_fresh(&mut tx, id, typed).await?;
    let command = if form.word == "export" {
        can_be_exported(&known(site, who, &mut tx, &report).await?, &report)?;
        let number = i64::try_from(report.exports.len()).unwrap_or(i64::MAX).saturating_add(1);
        Files::of(&named(&mut tx, &listed).await?, &report, number)?.command()
    } else {
        let content = if form.is_whole {
            Some(forms::content(chosen(&report, typed)?, &[], typed, now)?)
        } else {
            None
        };
        forms::change(form.word, content, typed).ok_or(Problem::NotFound)?
    };
    let may_override = who.may_do("crime.override");
    let to = (id, &report.incident);
    let entry = change(&mut tx, &who.doing(form.heading), now, to, may_override, command).await??;
    tx.commit().await?;
    Ok(entry.seq)
}

/// Whoever does something to a report has seen what it says.
async fn is_fresh(tx: &mut Tx, id: &Id, typed: &Typed) -> Result<(), Problem> {
    let last = last_seq(tx, id).await?;
    match typed.last_seq() {
        None => {
            let sentence =
                "The last entry that you have seen is missing. Ask for the report, and send its last_seq.";
            Err(Problem::Refused(Refusal::of("last_seq", sentence)))
        }
        Some(seen) if seen == last => Ok(()),
        Some(_) => {
            let typed = typed.0.iter().filter(|(name, _)| *name != "last_seq");
            let typed = typed.map(|(name, value)| (name.replace('_', " "), value.clone())).collect();
            Err(Problem::Stale { see: format!("/crime-reports/{id}"), typed })
        }
    }
}

async fn named(conn: &mut Connection, listed: &Listed) -> Result<Named, Problem> {
    let incident = incident::incident::rows::one(conn, &listed.incident).await?.ok_or(Problem::NotFound)?;
    Ok(Named { reference: listed.reference(), incident: incident.reference() })
}

/// `GET /crime-reports/{id}/receipts/{number}.json` or `.csv`: the very bytes of that receipt.
async fn file(
    State(site): State<Site>,
    who: User,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, Problem> {
    who.may("crime.record")?;
    let (number, kind) = file.split_once('.').ok_or(Problem::NotFound)?;
    let mut read = site.read().await?;
    let id = read_id(&mut read, &id).await?;
    let listed = one(&mut read, &id).await?.ok_or(Problem::NotFound)?;
    let history = history(&mut read, &id, OPEN_END).await?;
    let mut exported = None;
    for (place, entry) in history.iter().enumerate() {
        if let Some(Fact::Exported(export)) = entry.fact::<Fact>()?
            && export.number.to_string() == number
        {
            exported = folded(&history[..place])?.map(|report| (report, export));
        }
    }
    let (report, export) = exported.ok_or(Problem::NotFound)?;
    let files = Files::of(&named(&mut read, &listed).await?, &report, export.number)?;
    let (bytes, mime, hash) = match kind {
        "json" => (files.json, "application/json", export.json_sha256),
        "csv" => (files.csv, "text/csv; charset=utf-8", export.csv_sha256),
        _ => return Err(Problem::NotFound),
    };
    if sha256(&bytes) != hash {
        let sentence = "Words of this report were erased since, so the file cannot be given as it was. Amend the report and export it anew.";
        return Err(Problem::Refused(Refusal::of("receipt", sentence)));
    }
    Ok(download(&format!("{}-{number}.{kind}", listed.reference()), mime, bytes))
}
