//! A recommendation with its whole history, and the form for a new one.

use std::sync::Arc;

use askama::Template;
use axum::{
    Extension,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use journal::{Actor, AsAt, Id, Tx, act, history};
use serde::{Deserialize, Serialize};
use users::User;
use web::{Accepts, Field, FormPage, Frame, Input, Problem, Section, Site, Typed, show, show_refused};

pub use super::changes::{CHANGES, store};
use super::{
    beside::{Beside, Panel, told},
    rows::{Recommendations, known},
    rules::{Command, Exposure, Printed},
    timeline::{Moment, push, tell},
    views::{Shown, shown},
};
use crate::{
    linter::{
        Severity,
        pages::{Shown as Finding, check_kept, findings_of},
    },
    pages::{done_words, read_id},
    register::{
        kept,
        rules::{Item, Register},
    },
    target::{rows::Targets, rules::Command as TargetCommand},
};

/// What the address may ask.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    as_at: String,
    done: String,
}

/// A recommendation's page.
#[derive(Debug, Template, Serialize)]
#[template(path = "recommendation/show.html")]
pub struct ShowPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// Its identity.
    pub id: String,
    /// Its reference with its inspection's short name.
    pub label: String,
    /// Everything else about it.
    pub shown: Shown,
    /// What was remarked on it.
    pub comments: crate::comment::views::Card,
    /// Its timeline, newest first.
    pub timeline: Vec<Moment>,
    /// What the check of the register finds about it; nothing in a look back.
    pub findings: Vec<Finding>,
    /// The steps and changes this person may make now: address and words.
    pub steps: Vec<(String, &'static str)>,
    /// What other rooms tell of it; nothing in a look back.
    pub beside: Vec<Panel>,
    /// The lesser changes.
    pub changes: Vec<(String, &'static str)>,
    /// Where its list is.
    pub crumbs: Vec<(String, String)>,
    /// The entry it is seen at.
    pub entry: i64,
    /// Whether it is a look back.
    pub is_past: bool,
}

/// `GET /recommendations/{id}`
pub async fn show_one(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    beside: Option<Extension<Beside>>,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    let id = read_id(&id)?;
    let as_at = AsAt::read(&asked.as_at)?;
    let mut read = site.read().await?;
    let register = kept::register(&site, &mut read, as_at).await?;
    let item = register.item(&id).ok_or(Problem::NotFound)?;
    let names = users::account::names_in_history(&mut read, &id).await?;
    let comments = crate::comment::rows::of(&mut read, &id, register.position.seq).await?;
    let mut timeline = Vec::new();
    for entry in history(&mut read, &id, register.position.seq).await? {
        let told = match tell(&entry, &register)? {
            None => crate::comment::views::tell(&entry, &comments)?,
            told => told,
        };
        if let Some(mut moment) = told {
            let name = names.get(&moment.who).cloned().unwrap_or_else(|| "Somebody".to_owned());
            let role = users::Role::of(&moment.role).map_or("", users::Role::name);
            moment.who = format!("{name}, {role}");
            push(&mut timeline, moment);
        }
    }
    timeline.reverse();
    let is_past = register.position.is_past;
    let findings = if is_past {
        Vec::new()
    } else {
        findings_of(&*check_kept(&site, &mut read, Arc::clone(&register)).await?, &id, &who)
    };
    let steps = if is_past { Vec::new() } else { steps(item, &who) };
    let beside = beside.filter(|_| !is_past).map(|Extension(beside)| beside);
    let beside = told(beside, &mut read, item, &who).await?;
    let page = ShowPage {
        frame: Frame::of(item.label(), Section::Improvement)
            .seen_by(who.signed())
            .with_notice(done_words(&asked.done).or_else(|| crate::comment::pages::done_words(&asked.done)))
            .looking_back_to(crate::register::pages::as_at_words(&register)),
        id: id.to_string(),
        label: item.label(),
        shown: shown(&register, item),
        comments: crate::comment::views::card(&comments, &names, item, &who, is_past),
        timeline,
        findings,
        steps,
        beside,
        changes: if is_past { Vec::new() } else { lesser_changes(item, &who) },
        crumbs: crumbs(&register, item),
        entry: register.position.seq,
        is_past,
    };
    show(accepts, &page)
}

fn crumbs(register: &Register, item: &Item) -> Vec<(String, String)> {
    vec![
        ("/recommendations".to_owned(), "Improvement".to_owned()),
        (
            format!("/recommendations?inspection={}", item.recommendation.inspection),
            inspection_title(register, item),
        ),
        (String::new(), item.label()),
    ]
}

fn inspection_title(register: &Register, item: &Item) -> String {
    register.inspection(&item.recommendation.inspection).map_or_else(String::new, |one| one.title.clone())
}

/// The steps that lead on from here, for this person.
fn steps(item: &Item, who: &User) -> Vec<(String, &'static str)> {
    use super::status::Status;
    let words: &[&str] = match item.recommendation.status {
        Status::Open | Status::Returned => &["evidence"],
        Status::EvidenceAssembled => &["closure"],
        Status::ProposedForClosure => &["discharge", "return"],
        Status::Discharged | Status::Superseded => &[],
    };
    let target = if item.targets.is_empty() { "first-target" } else { "target" };
    let always: &[&str] = if item.is_open() { &["update", "action-done", target] } else { &[] };
    offered(item, who, words.iter().chain(always))
}

fn lesser_changes(item: &Item, who: &User) -> Vec<(String, &'static str)> {
    if !item.is_open() {
        return Vec::new();
    }
    let mut words = vec!["update-as-above", "owner", "strategic-owner", "risk", "impact", "text", "alias"];
    words.extend(["addressees", "themes", "horizon", "milestones"]);
    words.extend(["action", "action-stage", "action-words", "action-target", "dependency"]);
    if item.moves_without_kind().next().is_some() {
        words.push("target-kind");
    }
    if item.actions_done() > 0 {
        words.push("action-reopened");
    }
    if !item.waits_for.is_empty() {
        words.push("dependency-ended");
    }
    if item.recommendation.status != super::status::Status::ProposedForClosure {
        words.push("supersession");
    }
    offered(item, who, words.iter())
}

fn offered<'a>(
    item: &Item,
    who: &User,
    words: impl Iterator<Item = &'a &'a str>,
) -> Vec<(String, &'static str)> {
    words
        .filter(|word| {
            !matches!(**word, "action-done" | "action-stage" | "action-target")
                || item.actions_done() < item.actions.len()
        })
        .filter_map(|word| crate::pages::heading_for(word, |permission| who.may_do(permission)))
        .map(|(word, heading)| (format!("/recommendations/{}/{word}", item.id), heading))
        .collect()
}

/// `GET /recommendations/new`
pub async fn new(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Query(typed): Query<Typed>,
) -> Result<Response, Problem> {
    who.may("plan.register")?;
    show(accepts, &new_page(&site, &who, &typed).await?)
}

/// `POST /recommendations/new`
pub async fn make(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    input: Input<serde::de::IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("plan.register")?;
    let id = Id::new(site.now());
    let mut tx = site.begin().await?;
    match store_new(&mut tx, &site, &who.doing("Add a recommendation"), &id, &input.typed).await {
        Ok(()) => {
            tx.commit().await?;
            if accepts.html {
                return Ok(Redirect::to(&format!("/recommendations/{id}")).into_response());
            }
            Ok((axum::http::StatusCode::CREATED, axum::Json(serde_json::json!({ "id": id }))).into_response())
        }
        Err(Problem::Refused(refusal)) => {
            drop(tx);
            let page = new_page(&site, &who, &input.typed).await?;
            show_refused(accepts, &refusal, &page.refused(&refusal))
        }
        Err(problem) => Err(problem),
    }
}

async fn store_new(tx: &mut Tx, site: &Site, who: &Actor, id: &Id, typed: &Typed) -> Result<(), Problem> {
    let inspection = Id::read(typed.get("inspection"));
    let text = |name: &str| typed.get(name).to_owned();
    let known = match &inspection {
        Some(inspection)
            if crate::inspection::rows::one(tx, inspection, journal::OPEN_END - 1).await?.is_some() =>
        {
            known(tx, inspection, id, site.today()).await?
        }
        _ => return Err(journal::Refusal::of("inspection", "Choose the inspection that made it.").into()),
    };
    let printed = Printed {
        inspection,
        reference: text("reference"),
        text: text("text"),
        exposure: text("exposure"),
        risk_statement: text("risk_statement"),
        impact: text("impact"),
        owner_post: text("owner_post"),
        owner_team: text("owner_team"),
    };
    act::<Recommendations>(tx, who, site.now(), id, &known, Command::Make(printed)).await??;
    if !typed.get("target").trim().is_empty() {
        let recommendation = crate::pages::recall(tx, id).await?;
        let known = crate::target::pages::known_of(tx, recommendation).await?;
        let command = TargetCommand::Set { target: text("target") };
        act::<Targets>(tx, who, site.now(), id, &known, command).await??;
    }
    Ok(())
}

async fn new_page(site: &Site, who: &User, typed: &Typed) -> Result<FormPage, Problem> {
    let mut read = site.read().await?;
    let inspections = crate::inspection::rows::all(&mut read, journal::OPEN_END - 1).await?;
    let inspections = std::iter::once((String::new(), "Choose an inspection".to_owned())).chain(
        inspections.into_iter().map(|(id, one)| (id.to_string(), format!("{} ({})", one.title, one.code))),
    );
    let exposures = std::iter::once((String::new(), "Not rated".to_owned()))
        .chain(Exposure::ALL.map(|e| (e.as_str().to_owned(), e.as_str().to_owned())));
    Ok(FormPage {
        frame: Frame::of("Add a recommendation", Section::Improvement).seen_by(who.signed()),
        crumbs: vec![
            ("/recommendations".to_owned(), "Improvement".to_owned()),
            (String::new(), "Add a recommendation".to_owned()),
        ],
        heading: "Add a recommendation".to_owned(),
        about: String::new(),
        intro: "A whole plan is quicker to import.".to_owned(),
        action: "/recommendations/new".to_owned(),
        submit: "Add the recommendation".to_owned(),
        back: "/recommendations".to_owned(),
        last_seq: None,
        fields: vec![
            Field::one("inspection", "Inspection", "", inspections, typed),
            Field::line("reference", "Reference", "As printed: 3, R03", typed),
            Field::lines("text", "Recommendation", "As printed", 5, typed),
            Field::one("exposure", "Risk exposure", "", exposures, typed),
            Field::lines("risk_statement", "The risk in a sentence", "", 2, typed),
            Field::lines("impact", "Intended impact", "", 3, typed),
            Field::line("owner_post", "Owner", "A post, not a name", typed),
            Field::line("owner_team", "Team", "", typed),
            Field::line(
                "target",
                "First target",
                "A month (November 2026) or a day (30 November 2026)",
                typed,
            ),
        ],
        refusals: Vec::new(),
    })
}
