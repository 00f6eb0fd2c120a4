//! Crime reports and referrals as rows. Pure.

use crime::report::{life::Content, rules::Fact as Crime};
use journal::{DatabaseError, Entry};
use partner::referral::{
    life::Consent,
    rules::{Fact as Referral, Sent},
};

use super::{around::Around, row::Row};

/// What happened to a crime report. Its account, persons and property have no column.
pub fn crime_report(row: &mut Row, entry: &Entry, around: &Around) -> Result<(), DatabaseError> {
    row.pseudonym("crime_report", Some(around.pseudonym(&entry.subject)));
    row.pseudonym("incident", around.incident_of(&entry.subject));
    match entry.fact::<Crime>()? {
        Some(Crime::Recorded(made)) => {
            row.key("team", &made.team);
            row.flag("is_overridden", made.overridden.is_some());
            content(row, &made.content);
        }
        Some(Crime::Amended(made) | Crime::Resubmitted(made)) => {
            row.flag("is_overridden", made.overridden.is_some());
            content(row, &made.content);
        }
        Some(Crime::Returned { unit, reason, .. }) => {
            row.key("returned_by", &unit);
            row.key("reason", &reason);
        }
        Some(Crime::Exported(export)) => row.integer("export", export.number),
        Some(Crime::Acknowledged { export, .. }) => row.integer("export", export),
        Some(Crime::Withdrawn { .. }) | None => {}
    }
    Ok(())
}

fn content(row: &mut Row, content: &Content) {
    row.key("crime_type", &content.crime_type);
    row.integer("counts", content.counts);
    row.choice("ending", &content.ending);
    row.key("filing_reason", content.filing.as_ref().map_or("", |filing| &filing.reason));
    row.integer("definition", content.definition);
}

/// What happened to a referral. The person, the summary and the answers have no column.
pub fn referral(row: &mut Row, entry: &Entry, around: &Around) -> Result<(), DatabaseError> {
    row.pseudonym("referral", Some(around.pseudonym(&entry.subject)));
    row.pseudonym("incident", around.incident_of(&entry.subject));
    match entry.fact::<Referral>()? {
        Some(Referral::Sent(made)) => sent(row, &made),
        Some(Referral::Accepted(accepted)) => row.flag("by_link", accepted.link.is_some()),
        Some(Referral::Declined { reason, link, .. } | Referral::BouncedBack { reason, link, .. }) => {
            row.key("reason", &reason);
            row.flag("by_link", link.is_some());
        }
        Some(Referral::Finished { outcome, minutes_saved, link, .. }) => {
            row.key("outcome", &outcome);
            if let Some(minutes) = minutes_saved {
                row.integer("minutes_saved", minutes);
            }
            row.flag("by_link", link.is_some());
        }
        _ => {}
    }
    Ok(())
}

fn sent(row: &mut Row, sent: &Sent) {
    row.key("agency", &sent.agency);
    row.key("kind", &sent.kind);
    row.moment("reply_by", sent.reply_by);
    row.flag("is_age_confirmed", sent.is_age_confirmed);
    let (consent, basis) = match &sent.consent {
        Consent::NotNeeded => ("not_needed", ""),
        Consent::Given { .. } => ("given", ""),
        Consent::Overridden { basis, .. } => ("overridden", basis.as_str()),
    };
    row.key("consent", consent);
    row.key("basis", basis);
}
