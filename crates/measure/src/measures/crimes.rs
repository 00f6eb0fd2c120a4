//! Crimes recorded directly, and how many of their reports were returned. Pure (HMICS CAM 2022 R4; DOMAIN A13, A14).

use crate::{contribution::Contribution, gist::of::CrimeGist};

/// Crimes recorded directly.
pub const RECORDED: &str = "crimes_recorded_directly";
/// Reports that were returned for rework at least once, of those recorded.
pub const RETURNED: &str = "crime_reports_returned";

/// The reason of a report that nobody returned.
pub const NEVER: &str = "never";

/// What a report contributes: itself, and whether it was returned, by the reason of its first return. Its place is where
/// the crime was.
pub fn contributions(report: &CrimeGist) -> Vec<Contribution> {
    let first = report.first_return.as_deref();
    let of = |measure, reason: &str, numerator, denominator| Contribution {
        measure,
        at: report.at,
        division: report.division.clone(),
        reason: reason.to_owned(),
        numerator,
        denominator,
    };
    vec![
        of(RECORDED, &report.crime_type, 1, 0),
        of(RETURNED, first.unwrap_or(NEVER), i64::from(first.is_some()), 1),
    ]
}
