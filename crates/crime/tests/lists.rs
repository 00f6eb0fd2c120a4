//! The lists of crime reports, who may see what of them, and a retailer’s form, on both engines.

mod common;
#[path = "common/desk.rs"]
mod desk;

use axum::http::StatusCode;
use desk::{app, led_to, opened, recorded, refused, shows};
use journal::testing::engines;
use serde_json::json;
use users::testing::{Caller, hidden};

#[tokio::test]
async fn lists_are_filtered_by_their_address_and_odd_addresses_are_refused() {
    for t in engines().await {
        let app = app(&t.journal);
        let team = Caller::person(&t.journal, &app, "resolution_team").await;
        shows(&team.get("/crime-reports").await, &["No crime was recorded yet"]);
        shows(&team.get("/crime-reports/returns").await, &["No crime report was returned yet"]);
        shows(&team.get("/crime-reports/counts").await, &["No crime was recorded yet"]);
        let incident = opened(&t.journal, false).await;
        let at = recorded(&team, &incident).await;
        let today = "from=2026-11-26&until=2026-11-26";
        shows(&team.get(&format!("/crime-reports?state=to_export&crime_type=theft&ending=record_and_file&division=D&team=resolution_team&{today}")).await, &[&at]);
        for empty in [
            "state=returned",
            "crime_type=fraud",
            "ending=attend",
            "division=E",
            "division=none",
            "until=2026-11-25",
        ] {
            shows(&team.get(&format!("/crime-reports?{empty}")).await, &["No crime report matches"]);
        }
        for (odd, told) in [
            ("?state=lost", "no such state"),
            ("?crime_type=%27%20or%201=1", "no such type of crime"),
            ("?ending=x", "no such ending"),
            ("?division=YY", "no such division"),
            ("?team=x", "no such team"),
            ("?from=soon", "is not a day"),
            ("?before=here", "no place in the list"),
            ("/returns?reason=x", "no such reason"),
            ("/returns?rework=x", "no such state of rework"),
            ("/returns?before=x", "no place in the list"),
            ("/counts?until=x", "is not a day"),
        ] {
            refused(&team.get(&format!("/crime-reports{odd}")).await, &[told]);
        }
        let csv = team.get("/crime-reports.csv?state=to_export").await;
        shows(&csv, &["Record and file", "45000"]);
        assert!(!csv.body.contains("Mòrag"));
        let reference =
            csv.body.lines().nth(1).and_then(|row| row.split(',').next()).unwrap_or_default().to_owned();
        shows(&team.get(&format!("/crime-reports/{reference}")).await, &["Mòrag Bàn"]);
        for odd in ["/crime-reports/D-0000-0", "/crime-reports/x", &format!("{at}/x")] {
            assert_eq!(team.get(odd).await.status, StatusCode::NOT_FOUND, "{odd}");
        }
    }
}

#[tokio::test]
async fn each_role_may_do_its_own_and_a_form_of_nobody_is_refused() {
    let t = engines().await.remove(0);
    let app = app(&t.journal);
    let team = Caller::person(&t.journal, &app, "resolution_team").await;
    let advisor = Caller::person(&t.journal, &app, "service_advisor").await;
    let analyst = Caller::person(&t.journal, &app, "analyst").await;
    let stranger = Caller::stranger(&app, false);
    let incident = opened(&t.journal, false).await;
    let at = recorded(&team, &incident).await;
    let new = format!("/crime-reports/new?incident={incident}");
    let (amendment, giving_back) = (format!("{at}/amendment"), format!("{at}/return"));
    for path in
        ["/crime-reports", &at, "/crime-reports.csv", "/crime-reports/returns", "/crime-reports/returns.csv"]
    {
        assert_eq!(advisor.get(path).await.status, StatusCode::OK, "{path}");
        assert_eq!(analyst.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(stranger.get(path).await.status, StatusCode::SEE_OTHER, "{path} leads to the sign-in");
    }
    for path in [&new, &amendment, &giving_back, "/crime-reports/retail", &format!("{at}/receipts/1.json")] {
        assert_eq!(advisor.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(team.get(&giving_back).await.status, StatusCode::FORBIDDEN);
    // An analyst counts, and opens no list.
    let counts = analyst.get("/crime-reports/counts").await;
    shows(&counts, &["Resolution team"]);
    assert!(!counts.body.contains("href=\"/crime-reports?"));
    let page = team.get(&amendment).await;
    let foreign = team.send(&amendment, &page, &[("csrf", "stolen"), ("words", "x")]).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_retailers_form_is_checked_carried_in_whole_and_the_same_again_makes_nothing() {
    const TABLE: &str = "shop,division,date,time,taken,cctv,threatened,value\n\
        Kerr’s Grocers,D,2026-11-25,16:20,Two bottles of whisky,yes,no,64.50\n\
        Kerr’s Grocers,D,2026-11-25,18:05,Meat,no,no,\n\
        Oran’s,G,2026-11-26,09:10,A tablet,yes,yes,329\n";
    for t in engines().await {
        let app = app(&t.journal);
        let team = Caller::person(&t.journal, &app, "resolution_team").await;
        let to = "/crime-reports/retail";
        let form = team.get(to).await;
        let csrf = hidden(&form.body, "csrf").to_owned();
        let send = async |fields: &[(&str, &str)], file: Option<(&str, &[u8])>| {
            let fields: Vec<_> = fields.iter().copied().chain([("csrf", csrf.as_str())]).collect();
            team.upload(to, &fields, file).await
        };
        refused(&send(&[("pasted", "")], None).await, &["Choose a file"]);
        refused(&send(&[], Some(("thefts.csv", b"\xff\xfe"))).await, &["not UTF-8"]);
        let bad = TABLE.replace(",yes,yes,", ",yes,perhaps,");
        refused(
            &send(&[("pasted", &bad)], None).await,
            &["Nothing was carried in", "neither yes nor no", "Kerr’s"],
        );
        let foreign = team.upload(to, &[("csrf", "stolen"), ("pasted", TABLE)], None).await;
        assert_eq!(foreign.status, StatusCode::FORBIDDEN);
        let preview = send(&[], Some(("thefts.csv", TABLE.as_bytes()))).await;
        shows(
            &preview,
            &[
                "Nothing has been written yet",
                "A crime is recorded",
                "it is assessed first",
                "Two bottles of whisky",
            ],
        );
        shows(&team.get("/crime-reports").await, &["No crime was recorded yet"]);
        let seen = hidden(&preview.body, "seen").to_owned();
        let confirm = format!("{to}/confirmation");
        let other = [("text", "shop\n"), ("seen", seen.as_str())];
        refused(&team.send(&confirm, &preview, &other).await, &["not the one that was checked"]);
        let fields = [("text", TABLE), ("seen", seen.as_str())];
        led_to(&team.send(&confirm, &preview, &fields).await);
        let list = team.get("/crime-reports?done=retail&recorded=2&assessed=1").await;
        shows(
            &list,
            &[
                "2 crimes are recorded. 1 incident is opened as Prompt",
                "Theft by shoplifting",
                "£64.50",
                "5 to follow",
                "4 to follow",
            ],
        );
        assert_eq!(list.body.matches("Theft by shoplifting</span>").count(), 2);
        let again = send(&[("pasted", TABLE)], None).await;
        shows(&again, &["Every row was sent before", "Sent before: nothing"]);
        let program = Caller::program(&t.journal, &app, "resolution_team").await;
        let told = program.post(&confirm, &json!({ "text": TABLE, "seen": seen }), &[]).await;
        assert_eq!(told.json(), json!({ "recorded": 0, "assessed": 0, "there": 3 }), "{}", told.body);
    }
}
