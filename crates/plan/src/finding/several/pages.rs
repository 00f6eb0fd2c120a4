//! The page that shows what is to be accepted and asks why, and its confirmation.

use askama::Template;
use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use journal::{AsAt, Refusal, act};
use serde::{Deserialize, Serialize};
use users::User;
use web::{Accepts, Frame, Input, Problem, Section, Site, Typed, own_page, show, show_refused, with_done};

use super::{
    super::{
        rows::AcceptancesOf,
        rules::{Command, Known},
    },
    rules::{chosen, key},
};
use crate::{
    linter::{Check, Finding, load_findings, pages::check},
    words::counted,
};

/// What is ticked, and what stands in the list where all of it is meant.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ticked {
    finding: Vec<String>,
    /// "yes" where not only the ticked are meant.
    all: String,
    listed: Vec<String>,
}

impl Ticked {
    fn keys(self) -> Vec<String> {
        if self.all == "yes" { self.listed } else { self.finding }
    }
}

#[derive(Debug, Template, Serialize)]
#[template(path = "finding/several/preview.html")]
struct PreviewPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    #[serde(skip)]
    heading: String,
    #[serde(skip)]
    refusals: Vec<Refusal>,
    #[serde(skip)]
    error: Option<String>,
    check: String,
    #[serde(skip)]
    why: &'static str,
    findings: Vec<Shown>,
    #[serde(skip)]
    reason: String,
    #[serde(skip)]
    back: String,
    #[serde(skip)]
    confirm: String,
}

#[derive(Debug, Serialize)]
struct Shown {
    key: String,
    label: String,
    sentence: String,
}

/// `POST /check/acceptances`: shows what would be accepted, and asks why.
pub async fn look(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    input: Input<Ticked>,
) -> Result<Response, Problem> {
    who.may("plan.accept")?;
    let keys = input.command?.keys();
    let mut read = site.read().await?;
    let checked = check(&site, &mut read, AsAt::Now).await?;
    let typed = &input.typed;
    match chosen(&checked, typed.get("check"), &keys) {
        Ok(findings) => show(accepts, &page(&who, typed, &findings)),
        Err(refusal) => show_refused(accepts, &refusal, &page(&who, typed, &[]).refused(&refusal)),
    }
}

/// `POST /check/acceptances/confirmation`: accepts all of them, or none.
pub async fn confirm(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    input: Input<Ticked>,
) -> Result<Response, Problem> {
    who.may("plan.accept")?;
    let keys = input.command?.keys();
    let typed = &input.typed;
    let mut tx = site.begin().await?;
    let checked = load_findings(&mut tx, AsAt::Now, site.now()).await?;
    let findings = match chosen(&checked, typed.get("check"), &keys) {
        Ok(findings) => findings,
        Err(refusal) => return show_refused(accepts, &refusal, &page(&who, typed, &[]).refused(&refusal)),
    };
    let actor = who.doing("Accept several findings");
    let mut entries = Vec::new();
    for finding in &findings {
        let known = Known { sentence: Some(finding.sentence.clone()) };
        let command = Command::Accept {
            check: finding.check.to_owned(),
            fingerprint: finding.fingerprint.clone(),
            reason: typed.get("reason").to_owned(),
        };
        match act::<AcceptancesOf>(&mut tx, &actor, site.now(), &finding.subject, &known, command).await? {
            Ok(entry) => entries.push(entry.seq),
            Err(refusal) => {
                drop(tx);
                return show_refused(accepts, &refusal, &page(&who, typed, &findings).refused(&refusal));
            }
        }
    }
    tx.commit().await?;
    if !accepts.html {
        return Ok(Json(serde_json::json!({ "accepted": entries.len(), "entries": entries })).into_response());
    }
    let back = own_page(typed.get("back")).unwrap_or("/check");
    Ok(Redirect::to(&with_done(back, &format!("accepted-{}", entries.len()))).into_response())
}

fn page(who: &User, typed: &Typed, findings: &[&Finding]) -> PreviewPage {
    let check = Check::of(typed.get("check"));
    let count = counted(findings.len(), "finding", "findings");
    let heading = match check.filter(|_| !findings.is_empty()) {
        Some(check) => format!("Accept {count}: {}", check.title),
        None => "Accept several findings".to_owned(),
    };
    let shown = |finding: &&Finding| Shown {
        key: key(finding),
        label: finding.label.clone(),
        sentence: finding.sentence.clone(),
    };
    PreviewPage {
        frame: Frame::of(heading.clone(), Section::Improvement).seen_by(who.signed()),
        crumbs: vec![
            ("/recommendations".to_owned(), "Improvement".to_owned()),
            ("/check".to_owned(), "Check".to_owned()),
            (String::new(), "Accept several findings".to_owned()),
        ],
        heading,
        refusals: Vec::new(),
        error: None,
        check: typed.get("check").to_owned(),
        why: check.map_or("", |check| check.why),
        findings: findings.iter().map(shown).collect(),
        reason: typed.get("reason").to_owned(),
        back: own_page(typed.get("back")).unwrap_or("/check").to_owned(),
        confirm: format!("Accept {count}"),
    }
}

impl PreviewPage {
    fn refused(mut self, refusal: &Refusal) -> Self {
        let mut shown = refusal.clone();
        if refusal.field == "reason" {
            self.error = Some(refusal.sentence.to_string());
        } else {
            shown.field = "".into();
        }
        self.frame.title = format!("Problem: {}", self.frame.title);
        self.refusals.push(shown);
        self
    }
}
