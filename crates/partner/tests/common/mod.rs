//! The room's pages with people and programs before them.

#![expect(
    clippy::unwrap_used,
    reason = "these are the hands of tests; clippy knows only the tests themselves"
)]

use std::sync::atomic::{AtomicI64, Ordering};

use axum::Extension;
use contact::{
    preference::rules::{Preference, Unsafe, Way},
    thrive::rules::Assessment,
};
use jiff::{SignedDuration, Timestamp};
use journal::{Connection, Id, Journal};
use partner::referral::new::{
    pages::{About, Telling},
    views::Incident,
};
use users::testing::App;

static CLOCK: AtomicI64 = AtomicI64::new(0);

/// The site's clock stands where the test puts it; at first on 26 November 2026, at noon.
pub fn now() -> Timestamp {
    let start: Timestamp = "2026-11-26T12:00:00Z".parse().unwrap();
    start + SignedDuration::from_mins(CLOCK.load(Ordering::SeqCst))
}

/// Puts the clock so many minutes after noon.
pub fn minutes_past_noon(minutes: i64) {
    CLOCK.store(minutes, Ordering::SeqCst);
}

/// The one incident there is: in Dundee, and somebody in a crisis.
pub const INCIDENT: &str = "018a645b-0000-7bb7-b19b-000000000001";

/// Her son reads what is sent to the number of the house.
fn unsafe_by_text() -> Preference {
    let text = Unsafe {
        way: Way::Text,
        to: Some("01382 496 0123".to_owned().into()),
        hours: None,
        why: "Her son reads it".to_owned().into(),
    };
    Preference { preferred: vec![], unsafe_ways: vec![text], safe_hours: None, interviewer: String::new() }
}

fn about<'a>(_: &'a mut Connection, id: &'a Id) -> Telling<'a> {
    let markers = vec!["mental_health_crisis".to_owned(), "older_person".to_owned()];
    let assessment = Some(Assessment { markers, ..Assessment::default() });
    let preferences = vec![unsafe_by_text()];
    let told = Incident { reference: "I-0001-X".into(), division: "D".into(), assessment, preferences };
    let is_it = id.as_str() == INCIDENT;
    Box::pin(async move { Ok(is_it.then_some(told)) })
}

/// The room as the binary serves it.
pub fn app(journal: &Journal) -> App {
    App::of(journal, now, partner::routes().layer(Extension(About(about))))
}
