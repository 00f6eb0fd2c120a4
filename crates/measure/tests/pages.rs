//! The pages of the room as the binary serves them: what they are made of, and what they refuse.

mod common;

use std::collections::BTreeMap;

use axum::http::StatusCode;
use common::{Desk, now};
use journal::{Journal, OPEN_END, scotland};
use measure::{
    figure::rows::{
        Asked, By, NONE, Sum, as_at, by_division_and_day, by_hour_and_day, by_reason, records, sums,
    },
    measures::KEYS,
    worker::catch_up,
};
use serde_json::Value;

async fn worked(journal: &Journal) {
    let password = || "correct horse battery".to_owned();
    force::work(journal, now(), 1, force::Behaviours::published(), password).await.expect("it is played");
    force::many_contacts(journal, 7, 200, now(), |_| {}).await.expect("contacts are made");
    catch_up(journal).await.expect("it is counted");
}

fn asked(measure: &str, division: &str) -> Asked {
    Asked {
        measure: measure.to_owned(),
        from: "2025-10-03".parse().expect("a day"),
        until: "2026-11-11".parse().expect("a day"),
        division: division.to_owned(),
        reason: String::new(),
        version: 0,
    }
}

fn in_all(sums: &[(String, Vec<Sum>)]) -> (i64, i64) {
    let all = sums.iter().flat_map(|(_, sums)| sums);
    all.fold((0, 0), |(n, d), sum| (n + sum.numerator, d + sum.denominator))
}

/// What a page says of times is what the records of the figure say.
#[tokio::test]
async fn the_median_what_nine_in_ten_took_and_the_longest_are_of_the_records() {
    for t in journal::testing::engines().await {
        worked(&t.journal).await;
        let desk = Desk::of(&t.journal).await;
        let mut read = t.journal.read().await.expect("a reading begins");
        for (division, filter) in [("", ""), ("E", "&division=E")] {
            let asked = asked("answer_wait", division);
            let all = records(&mut read, &asked, OPEN_END, None, 100_000).await.expect("sql");
            let mut waits: Vec<i64> = all.iter().map(|one| one.numerator).collect();
            waits.sort_unstable();
            assert!(waits.len() > 10, "too few waits to mean anything: {}", waits.len());
            let rank = |percent: usize| waits[(waits.len() * percent).div_ceil(100) - 1];
            let page = desk.data(&format!("/measures/answer_wait?from=2025-10-03{filter}")).await;
            let within = &page["spread"]["within"];
            for (name, percent) in [("median", 50), ("nine_in_ten", 90), ("longest", 100)] {
                assert_eq!(within[name], format!("{}.0 s", rank(percent)), "{name}, {division:?}");
            }
        }
        assert_eq!(desk.data("/measures/contacts").await["spread"], Value::Null, "a count has none");
        let nothing = desk.data("/measures/answer_wait?from=2021-02-01&until=2021-02-02").await;
        assert_eq!(nothing["spread"], Value::Null, "of nothing there is none");
    }
}

#[tokio::test]
async fn the_hours_and_the_divisions_of_a_measure_are_its_records() {
    for t in journal::testing::engines().await {
        worked(&t.journal).await;
        let mut read = t.journal.read().await.expect("a reading begins");
        for key in KEYS {
            for division in ["", "E", NONE] {
                let asked = asked(key, division);
                let (n, d, _) = as_at(&mut read, &asked, OPEN_END).await.expect("sql");
                let hours = by_hour_and_day(&mut read, &asked).await.expect("sql");
                assert_eq!(in_all(&hours), (n, d), "{key} by hour, in {division:?}");
                let divisions = by_division_and_day(&mut read, &asked).await.expect("sql");
                let reasons = by_reason(&mut read, &asked).await.expect("sql");
                assert_eq!(
                    reasons,
                    sums(&mut read, &asked, By::Reason).await.expect("sql"),
                    "{key} by reason"
                );
                let letter = if division == NONE { "" } else { division };
                let own = |one: &(String, Vec<Sum>)| division.is_empty() || one.0 == letter;
                let own: Vec<_> = divisions.into_iter().filter(own).collect();
                assert_eq!(in_all(&own), (n, d), "{key} by division, in {division:?}");
            }
            let asked = asked(key, "");
            let mut expected: BTreeMap<(String, String), (i64, i64)> = BTreeMap::new();
            for one in records(&mut read, &asked, OPEN_END, None, 100_000).await.expect("sql") {
                let local = one.at.to_zoned(scotland());
                let cell =
                    expected.entry((format!("{:02}", local.hour()), local.date().to_string())).or_default();
                *cell = (cell.0 + one.numerator, cell.1 + one.denominator);
            }
            let hours = by_hour_and_day(&mut read, &asked).await.expect("sql");
            let cell =
                |hour: &str, sum: &Sum| ((hour.to_owned(), sum.of.clone()), (sum.numerator, sum.denominator));
            let found: BTreeMap<_, _> =
                hours.iter().flat_map(|(hour, sums)| sums.iter().map(move |sum| cell(hour, sum))).collect();
            assert_eq!(found, expected, "{key}");
        }
    }
}

/// The records of an address: what they add up to.
async fn behind(desk: &Desk, address: &str) -> (Value, Value) {
    let page = desk.data(address).await;
    (page["numerator"].clone(), page["denominator"].clone())
}

#[tokio::test]
async fn every_version_is_told_beside_what_is_published_and_opens_to_its_records() {
    let t = journal::testing::engines().await.remove(0);
    worked(&t.journal).await;
    let desk = Desk::of(&t.journal).await;
    let page = desk.data("/measures/appointments_kept?from=2026-09-07&until=2026-11-11").await;
    let versions: Vec<i64> = page["versions"]["definition"]
        .as_array()
        .expect("versions")
        .iter()
        .filter_map(|one| one["version"].as_i64())
        .collect();
    assert_eq!(versions, [1, 2]);
    assert_eq!((&page["versions"]["organisation"], &page["versions"]["calendar"]), (&2.into(), &1.into()));
    assert_eq!(page["definition"]["version"], 2);
    let rows = page["beside"]["rows"].as_array().expect("rows");
    assert_eq!(rows[0]["in_force"]["numerator"], page["whole"]["numerator"]);
    assert!(page["whole"]["denominator"].as_i64().expect("a number") > 0, "nothing is counted");
    let cells = rows
        .iter()
        .flat_map(|row| std::iter::once(&row["in_force"]).chain(row["by"].as_array().expect("each version")));
    let mut opened = 0;
    for cell in cells {
        let address = cell["address"].as_str().expect("an address");
        if !address.is_empty() {
            let found = behind(&desk, address).await;
            assert_eq!(found, (cell["numerator"].clone(), cell["denominator"].clone()), "{address}");
            opened += 1;
        }
    }
    assert!(opened >= 3, "too little is opened to mean anything: {opened}");
    let begins: Vec<&Value> =
        page["periods"].as_array().expect("periods").iter().filter_map(|one| one.get("begins")).collect();
    assert_eq!(begins.len(), 1, "{begins:?}");
    // By one version for all days it says so, and is that.
    let first = desk.data("/measures/appointments_kept?from=2026-09-07&until=2026-11-11&version=1").await;
    assert_eq!((&first["beside"]["chosen"], &first["definition"]["version"]), (&1.into(), &1.into()));
    assert_eq!(first["whole"]["denominator"], rows[0]["by"][0]["denominator"]);
    assert_eq!(first["beside"]["rows"][0]["in_force"]["denominator"], page["whole"]["denominator"]);
    let (_, file) =
        desk.ask("/measures/appointments_kept/series.csv?from=2026-09-28&until=2026-10-11", "text/csv").await;
    let file = String::from_utf8(file).expect("text");
    assert!(file.contains("appointments_kept,1 and 2,2026-09-28,2026-10-04,"), "{file}");
    assert!(file.lines().skip(1).all(|line| line.ends_with(",2,1")), "{file}");
    let (_, html) =
        desk.ask("/measures/appointments_kept?from=2026-09-07&until=2026-11-11&version=1", "text/html").await;
    let html = String::from_utf8(html).expect("text");
    for told in ["Not as published", "By each version of the definition", "By version 2"] {
        assert!(html.contains(told), "{told}");
    }
    // A measure of one version has none beside it.
    assert!(desk.data("/measures/contacts").await["beside"].is_null());
}

#[tokio::test]
async fn divisions_that_became_one_are_added_up_where_that_is_asked_for() {
    for t in journal::testing::engines().await {
        force::many_contacts(&t.journal, 7, 200, now(), |_| {}).await.expect("contacts are made");
        catch_up(&t.journal).await.expect("it is counted");
        let mut read = t.journal.read().await.expect("a reading begins");
        for key in ["contacts", "failure_demand"] {
            let mut both = (0, 0, 0);
            for letter in ["E", "G"] {
                let one = as_at(&mut read, &asked(key, letter), OPEN_END).await.expect("sql");
                both = (both.0 + one.0, both.1 + one.1, both.2 + one.2);
            }
            assert!(both.2 > 0, "{key}: nothing is counted in them");
            let together = asked(key, "EG");
            assert_eq!(as_at(&mut read, &together, OPEN_END).await.expect("sql"), both, "{key}");
            let cube = sums(&mut read, &together, By::Division).await.expect("sql");
            let cube = cube.iter().fold((0, 0), |(n, d), one| (n + one.numerator, d + one.denominator));
            assert_eq!(cube, (both.0, both.1), "{key}");
            let hours = by_hour_and_day(&mut read, &together).await.expect("sql");
            assert_eq!(in_all(&hours), (both.0, both.1), "{key} by hour");
        }
        drop(read);
        let desk = Desk::of(&t.journal).await;
        // B became A: asked for as they are now they are one, and the records say so.
        let page = desk.data("/measures/contacts?from=2025-10-03&division=B&divisions=now").await;
        let records = desk.data("/measures/contacts/records?from=2025-10-03&division=B&divisions=now").await;
        assert_eq!(page["whole"]["numerator"], records["numerator"]);
        assert!(records["numerator"].as_i64().expect("a number") > 0, "nothing is counted in A");
        assert!(
            records["asked"].as_str().expect("words").contains("A North East Division as it is now"),
            "{records}"
        );
        assert!(page["divided"].as_str().expect("words").starts_with("as the divisions are now"));
        for division in page["divisions"].as_array().expect("divisions") {
            let address = division["address"].as_str().expect("an address");
            if !address.is_empty() {
                assert!(address.contains("divisions=now"), "{address}");
                let found = behind(&desk, address).await;
                assert_eq!(
                    found,
                    (division["numerator"].clone(), division["denominator"].clone()),
                    "{address}"
                );
            }
        }
    }
}

#[tokio::test]
async fn what_another_window_would_do_is_computed_from_the_contacts_of_the_period() {
    let t = journal::testing::engines().await.remove(0);
    worked(&t.journal).await;
    let desk = Desk::of(&t.journal).await;
    let page = desk.data("/measures/failure_demand/definition?from=2026-11-05&until=2026-11-11").await;
    let told = &page["sensitivity"];
    let figure = desk.data("/measures/failure_demand?from=2026-11-05&until=2026-11-11").await;
    assert!(told["contacts"].as_u64().expect("a number") > 20, "{told}");
    assert_eq!(told["is_cut"], false);
    assert_eq!(told["contacts"], figure["whole"]["denominator"], "it is counted from the same contacts");
    for change in told["changes"].as_array().expect("changes") {
        assert_eq!(change["failures"][1], figure["whole"]["numerator"], "as it is: {change}");
        let failures: Vec<u64> =
            change["failures"].as_array().expect("three").iter().filter_map(Value::as_u64).collect();
        assert!(
            failures[0] <= failures[1] && failures[1] <= failures[2],
            "a longer window finds no fewer: {change}"
        );
    }
    let days = "from=2026-01-01&until=2026-11-11";
    let year = desk.data(&format!("/measures/failure_demand/definition?{days}")).await;
    let figure = desk.data(&format!("/measures/failure_demand?{days}")).await;
    assert_eq!(year["sensitivity"]["contacts"], figure["whole"]["denominator"], "all of a year");
    assert_eq!(year["sensitivity"]["changes"][0]["failures"][1], figure["whole"]["numerator"]);
    for day in ["2026-01-02", "2026-01-05", "2026-01-08"] {
        let days = format!("from={day}&until={day}");
        let told = desk.data(&format!("/measures/failure_demand/definition?{days}")).await;
        let figure = desk.data(&format!("/measures/failure_demand?{days}")).await;
        assert_eq!(told["sensitivity"]["contacts"], figure["whole"]["denominator"], "{day}");
    }
    assert!(desk.data("/measures/failure_demand/definition").await["sensitivity"].is_null());
}

#[tokio::test]
async fn what_cannot_be_shown_is_refused_and_what_is_empty_is_said_to_be() {
    let t = journal::testing::engines().await.remove(0);
    let desk = Desk::of(&t.journal).await;
    for (path, told) in [
        ("/measures/contacts?until=2199-01-01", "still to come"),
        ("/measures/contacts?division=YY", "no division"),
        ("/measures/contacts?version=2", "no version of this measure"),
        ("/measures/contacts/records?version=2", "no version of this measure"),
        ("/measures/contacts/series.csv?version=x", "no version of this measure"),
        ("/measures/contacts?divisions=soon", "as they were, or as they are now"),
        ("/measures/attention?by=hour", "week or month"),
        ("/measures/attention.csv?by=day", "week or month"),
        ("/measures/failure_demand/definition?until=2199-01-01", "still to come"),
        ("/measures/failure_demand/definition?from=2025-01-01", "longer than 366 days"),
        ("/measures/failure_demand/definition?from=2020-03-01&until=2020-03-07", "holds from 2026-01-01 on"),
    ] {
        let (status, body) = desk.ask(path, "application/json").await;
        let body = String::from_utf8_lossy(&body).into_owned();
        assert!(status == StatusCode::UNPROCESSABLE_ENTITY && body.contains(told), "{path}: {status} {body}");
    }
    for (path, told) in [
        (
            "/measures/failure_demand?from=2021-02-01&until=2021-02-28&by=month",
            "Nothing was counted in this period.",
        ),
        ("/measures/failure_demand?from=2021-02-01&until=2021-02-28", "Too little to draw"),
        ("/measures/contacts?from=2026-10-01&until=2026-10-31&by=month", "25 October 2026 has 25 hours"),
        (
            "/measures/contacts?from=2026-10-01&until=2026-10-31&reason=web",
            "Hours are not kept by what is counted for",
        ),
        ("/measures/attention", "What needs attention"),
        (
            "/measures/failure_demand/definition?from=2026-11-01&until=2026-11-02",
            "Nothing was counted in this period.",
        ),
    ] {
        let (status, body) = desk.ask(path, "text/html").await;
        let body = String::from_utf8_lossy(&body).into_owned();
        assert!(status == StatusCode::OK && body.contains(told), "{path}: {status} {body}");
    }
    let (status, file) = desk.ask("/measures/attention.csv", "text/csv").await;
    let file = String::from_utf8(file).expect("text");
    assert_eq!((status, file.lines().count()), (StatusCode::OK, 1 + KEYS.len()));
    let heads =
        "\u{feff}Measure,Name,Value,Wanted,Change,Target,Version,Organisation version,Calendar version";
    assert!(file.starts_with(heads), "{file}");
}
