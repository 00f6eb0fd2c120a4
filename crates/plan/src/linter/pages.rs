//! The page of the check, and its download.

use std::sync::Arc;

use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};
use journal::{AsAt, DatabaseError, Reading, Refusal};
use users::User;
use web::{Accepts, Problem, Site, download, show};

pub use super::views::{Query, Shown, decision, done, findings_of};
use super::{Check, Checked, check_register, load::check_after, views::page};
use crate::register::{export::table_csv, kept, rules::Register};

/// Checks the register as at `as_at`: the kept one, where that is now.
pub async fn check(site: &Site, read: &mut Reading, as_at: AsAt) -> Result<Arc<Checked>, DatabaseError> {
    let register = kept::register(site, read, as_at).await?;
    check_kept(site, read, register).await
}

/// The check of a register that is loaded already. That of the present register is kept as at its entry, like
/// the register itself, and what was read at an earlier one is not read again (decisions/0011).
pub async fn check_kept(
    site: &Site,
    read: &mut Reading,
    register: Arc<Register>,
) -> Result<Arc<Checked>, DatabaseError> {
    let position = register.position;
    if position.is_past {
        return Ok(Arc::new(check_register(read, register).await?));
    }
    let checked = match site.journal.kept_until::<Checked>(position.seq) {
        Some(checked) if checked.register.position == position => return Ok(checked),
        Some(before) => check_after(read, before.readings(), register).await?,
        None => check_register(read, register).await?,
    };
    let checked = Arc::new(checked);
    site.journal.keep(position.seq, Arc::clone(&checked));
    Ok(checked)
}

/// `GET /check`
pub async fn list(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    RawQuery(raw): RawQuery,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    let query = read_query(raw.as_deref())?;
    // A moment that cannot be read is told at its field, and the register is checked as it is now.
    let (as_at, error) = match AsAt::read(&query.as_at) {
        Ok(as_at) => (as_at, None),
        Err(refusal) if accepts.html => (AsAt::Now, Some(refusal.sentence.to_string())),
        Err(refusal) => return Err(refusal.into()),
    };
    let mut read = site.read().await?;
    let checked = check(&site, &mut read, as_at).await?;
    show(accepts, &page(&checked, &query, &who, error))
}

/// `GET /check/export/{format}`: what the page shows.
pub async fn export(
    State(site): State<Site>,
    who: User,
    Path(format): Path<String>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    if format != "csv" {
        return Err(Problem::NotFound);
    }
    let query = read_query(raw.as_deref())?;
    let mut read = site.read().await?;
    let checked = check(&site, &mut read, AsAt::read(&query.as_at)?).await?;
    let name = format!("check-at-entry-{}.csv", checked.register.position.seq);
    Ok(download(&name, "text/csv; charset=utf-8", csv(&checked, &query)?))
}

/// The findings that `query` means as CSV, with a byte order mark so that Excel reads it as UTF-8.
fn csv(checked: &Checked, query: &Query) -> Result<Vec<u8>, DatabaseError> {
    let heads = ["Check", "Severity", "Where", "Finding", "Accepted because", "Mend"];
    let found = checked.findings.iter().filter(|finding| query.finds(checked, finding));
    let rows = found.map(|finding| {
        vec![
            Check::of(finding.check).map_or("", |check| check.title).to_owned(),
            finding.severity.words().to_owned(),
            finding.label.clone(),
            finding.sentence.clone(),
            checked.acceptance(finding).map_or_else(String::new, |accepted| accepted.reason.clone()),
            finding.mend.clone(),
        ]
    });
    table_csv(&heads, rows)
}

fn read_query(raw: Option<&str>) -> Result<Query, Problem> {
    serde_html_form::from_str(raw.unwrap_or_default()).map_err(|_| {
        Refusal::of("words", "The address of this page is damaged. Start from the check again.").into()
    })
}
