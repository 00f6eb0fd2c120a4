//! The room’s pages with people and programs before them.

use super::common::{self, incident};
use axum::http::StatusCode;
use jiff::Timestamp;
use journal::{Id, Journal};
use users::testing::{Answer, App, Caller};

/// The site's clock stands at noon of 26 November 2026.
pub fn now() -> Timestamp {
    "2026-11-26T12:00:00Z".parse().expect("a moment")
}

pub fn app(journal: &Journal) -> App {
    App::of(journal, now, crime::routes())
}

pub async fn opened(journal: &Journal, is_vulnerable: bool) -> Id {
    let mut tx = journal.begin().await.expect("it begins");
    let id = incident(&mut tx, common::at(180), "D", is_vulnerable).await;
    tx.commit().await.expect("it is committed");
    id
}

/// A theft as the form has it.
pub const THEFT: [(&str, &str); 13] = [
    ("counts", "1"),
    ("happened_from", "2026-11-26 07:00"),
    ("account", "A bicycle was taken <b>"),
    ("others", "Victim; Mòrag Bàn; 07700 900480"),
    ("property", "Bicycle, red; 450; frame WBK 12345"),
    ("line_cctv", "not_possible"),
    ("line_witnesses", "not_possible"),
    ("line_suspect", "not_possible"),
    ("line_property_trace", "not_possible"),
    ("ending", "record_and_file"),
    ("filing_reason", "no_lines_of_enquiry"),
    ("told_way", "spoken"),
    ("told_at", "11:55"),
];

pub fn shows(answer: &Answer, words: &[&str]) {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    for one in words {
        assert!(answer.body.contains(one), "no “{one}” in {}", answer.body);
    }
}

pub fn refused(answer: &Answer, words: &[&str]) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    for one in words {
        assert!(answer.body.contains(one), "no “{one}” in {}", answer.body);
    }
}

pub fn led_to(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location.split('?').next().unwrap_or_default().to_owned()
}

pub async fn recorded(team: &Caller, incident: &Id) -> String {
    let form = team.get(&format!("/crime-reports/new?incident={incident}&crime_type=theft")).await;
    shows(
        &form,
        &["When did it happen", "Was it locked or put away", "CCTV: who has it", "How does it go on"],
    );
    led_to(&team.send(&format!("/crime-reports?incident={incident}&crime_type=theft"), &form, &THEFT).await)
}
