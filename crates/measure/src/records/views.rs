//! The records behind a figure: they add up to it.

use askama::Template;
use journal::words::{day as told_day, moment};
use serde::Serialize;
use users::User;
use web::{Frame, Section};

use crate::{
    asked::{NOW, Period, Query},
    catalogue::{Catalogue, Definition, Versions},
    figure::rows::Record,
    measures::{contacts, crimes, failure_demand, reason_words, recommendations, referrals},
    one::{parts::division_name, versions::timeline, views::division_words},
};

/// Records on one page.
pub const PAGE: i64 = 100;

/// One record.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Where it is; empty for a role that may not see it.
    pub address: String,
    /// What it is: "Incident", "Contact", "Referral".
    pub what: &'static str,
    /// When it is counted.
    pub at: String,
    /// The division.
    pub division: String,
    /// The reason.
    pub reason: String,
    /// Of the numerator.
    pub numerator: i64,
    /// Of the denominator.
    pub denominator: i64,
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "records/records.html")]
pub struct RecordsPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The measure.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// What is asked, in words.
    pub asked: String,
    /// The figure.
    pub told: String,
    /// Its numerator.
    pub numerator: i64,
    /// Its denominator.
    pub denominator: i64,
    /// How many records there are.
    pub records: i64,
    /// The entry as at which they are counted.
    pub as_at: i64,
    /// By what they are counted.
    pub versions: Versions,
    /// Whether the measure is a plain count.
    pub is_count: bool,
    /// The records of this page.
    pub rows: Vec<Row>,
    /// The address of the next page; empty on the last.
    pub next: String,
    /// Whether this is not the first page.
    pub is_later: bool,
    /// Where the measure is.
    #[serde(skip)]
    pub back: String,
}

/// What a measure counts, where one of them is, and who may see it there.
fn places(measure: &str) -> (&'static str, &'static str, &'static str) {
    match measure {
        contacts::CONTACTS
        | contacts::ANSWER_WAIT
        | contacts::DISCONTINUED
        | contacts::THRIVE_COMPLETE
        | contacts::CHASING
        | failure_demand::FAILURE_DEMAND
        | failure_demand::DISAGREEMENT => ("Contact", "/contacts", "contact.read"),
        crimes::RECORDED | crimes::RETURNED => ("Crime report", "/crime-reports", "crime.read"),
        recommendations::RETURNED => ("Recommendation", "/recommendations", "plan.read"),
        referrals::ACCEPTED
        | referrals::SENT
        | referrals::REPLY_WAIT
        | referrals::FINISHED
        | referrals::OUTCOMES => ("Referral", "/referrals", "referral.read"),
        _ => ("Incident", "/incidents", "incident.read"),
    }
}

/// What was asked for, in words.
fn asked_words(
    (catalogue, definition): (&Catalogue, &'static Definition),
    query: &Query,
    period: &Period,
) -> String {
    let (asked, organisation) = (&period.asked, catalogue.organisation());
    let mut words = vec![format!("{} to {}", told_day(asked.from), told_day(asked.until))];
    if !asked.division.is_empty() {
        let is_now = query.divisions == NOW;
        words.push(match organisation.became(&query.division, period.today).filter(|_| is_now) {
            Some(unit) => format!("{} as it is now", division_name(organisation, &unit.letter)),
            None => division_name(organisation, &query.division),
        });
    }
    if !asked.reason.is_empty() {
        words.push(reason_words(&definition.key, &asked.reason));
    }
    if asked.version != 0 {
        words.push(format!("by version {} of the definition for all days", asked.version));
    }
    words.join(", ")
}

/// The page of what was found: one record more than a page has says that there is another.
pub fn page(
    who: &User,
    (catalogue, definition): (&Catalogue, &'static Definition),
    query: &Query,
    period: &Period,
    (seq, (numerator, denominator, records), found): (i64, (i64, i64, i64), &[Record]),
) -> RecordsPage {
    let here = format!("/measures/{}", definition.key);
    let (what, place, permission) = places(&definition.key);
    let may_see = who.may_do(permission);
    let row = |one: &Record| Row {
        address: if may_see { format!("{place}/{}", one.subject) } else { String::new() },
        what,
        at: moment(one.at),
        division: division_words(&one.division),
        reason: reason_words(&definition.key, &one.reason),
        numerator: one.numerator,
        denominator: one.denominator,
    };
    let shown = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let next = found.get(shown).and_then(|_| found.get(shown - 1)).map_or_else(String::new, |last| {
        let after = format!("{}_{}_{}", last.at, last.subject, last.number);
        Query { after, as_at: seq.to_string(), ..query.clone() }.address(&format!("{here}/records"))
    });
    let asked = &period.asked;
    let back = Query { after: String::new(), as_at: String::new(), ..query.clone() }.address(&here);
    RecordsPage {
        frame: Frame::of(format!("Records: {}", definition.name), Section::Measures).seen_by(who.signed()),
        key: definition.key.clone(),
        name: definition.name.clone(),
        asked: asked_words((catalogue, definition), query, period),
        told: definition.told(definition.value(numerator, denominator)),
        numerator,
        denominator,
        records,
        as_at: seq,
        versions: Versions {
            definition: timeline(catalogue, period).within(asked.from, asked.until),
            ..catalogue.carried(&definition.key)
        },
        is_count: definition.denominator.is_empty(),
        rows: found.iter().take(shown).map(row).collect(),
        next,
        is_later: !query.after.is_empty(),
        back,
    }
}
