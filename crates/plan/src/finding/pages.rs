//! The forms that accept a finding with a reason, and take that back.

use axum::{
    Json,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use journal::{AsAt, Id, act};
use serde::Deserialize;
use users::User;
use web::{
    Accepts, Field, FormPage, Frame, Input, Problem, Section, Site, Typed, leading_back, own_page, show,
    show_refused, with_done,
};

use super::{
    rows::AcceptancesOf,
    rules::{Command, Known},
};
use crate::{
    linter::{Check, Checked, load_findings, pages::check},
    pages::read_id,
};

/// Which finding: a part of the address.
#[derive(Debug, Clone, Deserialize)]
pub struct Which {
    subject: String,
    check: String,
    fingerprint: String,
}

/// The page that sent somebody here, and that is led back to.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Back {
    back: String,
}

impl Back {
    /// The form's address, with it where it is a page of this site.
    fn kept_in(&self, form: String) -> String {
        match own_page(&self.back) {
            Some(back) => leading_back(&form, back),
            None => form,
        }
    }
}

/// What is to be done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Accept,
    Withdraw,
}

impl Deed {
    fn last(self) -> &'static str {
        if self == Self::Accept { "acceptance" } else { "withdrawal" }
    }

    fn heading(self) -> &'static str {
        if self == Self::Accept { "Accept a finding" } else { "Withdraw an acceptance" }
    }
}

/// `GET /check/{subject}/{check}/{fingerprint}/acceptance`
pub async fn accept_form(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(which): Path<Which>,
    Query(back): Query<Back>,
) -> Result<Response, Problem> {
    form(&site, &who, accepts, &which, &back, Deed::Accept).await
}

/// `POST /check/{subject}/{check}/{fingerprint}/acceptance`
pub async fn accept(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(which): Path<Which>,
    Query(back): Query<Back>,
    input: Input<serde::de::IgnoredAny>,
) -> Result<Response, Problem> {
    post(&site, &who, accepts, (&which, &back), &input.typed, Deed::Accept).await
}

/// `GET /check/{subject}/{check}/{fingerprint}/withdrawal`
pub async fn withdraw_form(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(which): Path<Which>,
    Query(back): Query<Back>,
) -> Result<Response, Problem> {
    form(&site, &who, accepts, &which, &back, Deed::Withdraw).await
}

/// `POST /check/{subject}/{check}/{fingerprint}/withdrawal`
pub async fn withdraw(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(which): Path<Which>,
    Query(back): Query<Back>,
    input: Input<serde::de::IgnoredAny>,
) -> Result<Response, Problem> {
    post(&site, &who, accepts, (&which, &back), &input.typed, Deed::Withdraw).await
}

/// What the check or the acceptance says: its label, where it is found, and its sentence.
struct Told {
    label: String,
    sentence: String,
}

/// The finding, or for a withdrawal what was accepted of it; not found if there is neither.
fn told(checked: &Checked, subject: &Id, which: &Which, deed: Deed) -> Result<Told, Problem> {
    let found = found(checked, subject, which);
    let key = (subject.clone(), which.check.clone(), which.fingerprint.clone());
    let accepted = checked.accepted.get(&key).filter(|_| deed == Deed::Withdraw);
    match (found, accepted) {
        (Some(finding), _) => Ok(Told { label: finding.label.clone(), sentence: finding.sentence.clone() }),
        (None, Some(accepted)) => Ok(Told { label: String::new(), sentence: accepted.sentence.clone() }),
        (None, None) => Err(Problem::NotFound),
    }
}

fn found<'a>(checked: &'a Checked, subject: &Id, which: &Which) -> Option<&'a crate::linter::Finding> {
    checked.findings.iter().find(|finding| {
        finding.subject == *subject
            && finding.check == which.check
            && finding.fingerprint == which.fingerprint
    })
}

async fn form(
    site: &Site,
    who: &User,
    accepts: Accepts,
    which: &Which,
    back: &Back,
    deed: Deed,
) -> Result<Response, Problem> {
    who.may("plan.accept")?;
    let subject = read_id(&which.subject)?;
    let mut read = site.read().await?;
    let checked = check(site, &mut read, AsAt::Now).await?;
    let told = told(&checked, &subject, which, deed)?;
    show(accepts, &form_page(who, which, back, deed, &told, &Typed::default()))
}

async fn post(
    site: &Site,
    who: &User,
    accepts: Accepts,
    (which, back): (&Which, &Back),
    typed: &Typed,
    deed: Deed,
) -> Result<Response, Problem> {
    who.may("plan.accept")?;
    let subject = read_id(&which.subject)?;
    let mut tx = site.begin().await?;
    let checked = load_findings(&mut tx, AsAt::Now, site.now()).await?;
    let finding = found(&checked, &subject, which);
    let known = Known { sentence: finding.map(|finding| finding.sentence.clone()) };
    let (check, fingerprint) = (which.check.clone(), which.fingerprint.clone());
    let reason = typed.get("reason").to_owned();
    let command = match deed {
        Deed::Accept => Command::Accept { check, fingerprint, reason },
        Deed::Withdraw => Command::Withdraw { check, fingerprint, reason },
    };
    let actor = who.doing(deed.heading());
    match act::<AcceptancesOf>(&mut tx, &actor, site.now(), &subject, &known, command).await? {
        Ok(entry) => {
            tx.commit().await?;
            if accepts.html {
                let done = if deed == Deed::Accept { "accepted" } else { "withdrawn" };
                let back = own_page(&back.back).unwrap_or("/check");
                return Ok(Redirect::to(&with_done(back, done)).into_response());
            }
            Ok(Json(serde_json::json!({ "id": subject, "entry": entry.seq })).into_response())
        }
        Err(refusal) => {
            drop(tx);
            let told = told(&checked, &subject, which, Deed::Withdraw);
            let told = told.unwrap_or_else(|_| Told { label: String::new(), sentence: String::new() });
            show_refused(
                accepts,
                &refusal,
                &form_page(who, which, back, deed, &told, typed).refused(&refusal),
            )
        }
    }
}

fn form_page(who: &User, which: &Which, back: &Back, deed: Deed, told: &Told, typed: &Typed) -> FormPage {
    let Which { subject, check, fingerprint } = which;
    let (intro, submit, hint) = match deed {
        Deed::Accept => (
            "It is not shown again while it is the same. When its figures or names change, it is.",
            "Accept the finding",
            "Why it is right as it stands, or cannot be mended; it goes into the journal with your role",
        ),
        Deed::Withdraw => (
            "It is shown again, and counts before a paper is frozen.",
            "Withdraw the acceptance",
            "Why it is not acceptable any more",
        ),
    };
    let title = Check::of(check).map_or("", |check| check.title);
    FormPage {
        frame: Frame::of(format!("{}: {title}", deed.heading()), Section::Improvement).seen_by(who.signed()),
        crumbs: vec![
            ("/recommendations".to_owned(), "Improvement".to_owned()),
            ("/check".to_owned(), "Check".to_owned()),
            (String::new(), deed.heading().to_owned()),
        ],
        heading: deed.heading().to_owned(),
        about: format!("{} {}", told.label, told.sentence).trim().to_owned(),
        intro: intro.to_owned(),
        action: back.kept_in(format!("/check/{subject}/{check}/{fingerprint}/{}", deed.last())),
        submit: submit.to_owned(),
        back: own_page(&back.back).map_or_else(|| format!("/check#{check}"), str::to_owned),
        last_seq: None,
        fields: vec![Field::lines("reason", "Reason", hint, 4, typed)],
        refusals: Vec::new(),
    }
}
