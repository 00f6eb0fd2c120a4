//! The pages of areas for development with their people before them, on both engines.

use axum::http::StatusCode;
use journal::{Id, OPEN_END, head, testing::engines};
use plan::area::rows::one;

use super::{
    common::{Caller, app, hidden, now},
    nine, plan_of_eight,
};

#[tokio::test]
async fn the_list_counts_what_is_listed_and_puts_the_unmapped_first() {
    for t in engines().await {
        let (_, _, areas) = nine(&t.journal).await;
        let app = app(&t.journal);
        let analyst = Caller::person(&t.journal, &app, "analyst").await;
        let page = analyst.get("/areas").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("8 recommendations, 9 areas for development under 5 headings"));
        assert!(page.body.contains("aria-label=\"Parts of the improvement plan\""));
        assert!(page.body.contains("<a href=\"/areas\" aria-current=\"true\">Areas for development</a>"));
        assert!(page.body.contains("Contested by The change programme"), "{}", page.body);
        assert!(!page.body.contains("/areas/new"), "an analyst is not offered the form");

        let program = Caller::program(&t.journal, &app, "analyst").await;
        let data = program.get("/areas").await.json();
        let labels = |data: &serde_json::Value| -> Vec<String> {
            let rows = data["areas"].as_array().unwrap();
            rows.iter().map(|row| row["label"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(labels(&data)[..3], ["CAM22-AFD6", "CAM22-AFD1", "CAM22-AFD2"], "the unmapped first");
        let counts = serde_json::json!({ "recommendations": 8, "areas": 9, "headings": 5, "unmapped": 1,
            "mapped_twice": 1, "contested": 1, "closed": 0 });
        assert_eq!(data["counts"], counts);
        assert_eq!(data["by_inspection"][0]["counts"], counts);
        let sixth = areas[5].to_string();
        let cases: [(&str, &[&str]); 12] = [
            ("?flag=unmapped", &["CAM22-AFD6"]),
            ("?flag=mapped_twice", &["CAM22-AFD9"]),
            ("?flag=contested&flag=mapped_twice", &["CAM22-AFD9"]),
            ("?flag=contested&flag=unmapped", &[]),
            ("?state=closed", &[]),
            ("?words=AFD06", &["CAM22-AFD6"]),
            ("?words=cam22-afd6", &["CAM22-AFD6"]),
            ("?words=survey+staff", &["CAM22-AFD7"]),
            ("?words=workforce", &["CAM22-AFD7", "CAM22-AFD8", "CAM22-AFD9"]),
            ("?words=change+programme", &["CAM22-AFD9"]),
            ("?words=5.5", &["CAM22-AFD9"]),
            (&format!("?inspection={sixth}"), &[]),
        ];
        for (asked, expected) in cases {
            assert_eq!(labels(&program.get(&format!("/areas{asked}")).await.json()), expected, "{asked}");
        }
        let none = analyst.get("/areas?state=closed").await.body;
        assert!(none.contains("No area for development fits these filters."));

        let file = analyst.get("/areas/export/csv?flag=mapped_twice").await.body;
        let lines: Vec<&str> = file.lines().collect();
        assert!(lines[0].starts_with("\u{feff}Inspection,Reference,Number,Area for development"));
        assert!(file.contains(
            "CAM22-AFD9,9,Train advisors in mental health.,Workforce,,\"7.5 (CAM22-R7)\n5.5 (CAM22-R5)\""
        ));
        assert!(file.contains("5.5: Contested by The change programme: Training is not ours."), "{file}");
        assert!(!file.contains("CAM22-AFD6"));
    }
}

#[tokio::test]
async fn an_area_is_added_mapped_contested_settled_and_closed_by_form() {
    for t in engines().await {
        let app = app(&t.journal);
        let audit = Caller::person(&t.journal, &app, "audit_manager").await;
        let owner = Caller::person(&t.journal, &app, "action_owner").await;
        let empty = audit.get("/areas").await.body;
        assert!(empty.contains("There is no area for development in the register yet."));
        assert!(empty.contains("0 recommendations, 0 areas for development"));
        let (inspection, recommendations) = plan_of_eight(&t.journal).await;
        let inspection = inspection.to_string();

        let typed =
            [("inspection", &*inspection), ("number", "AFD6"), ("text", " "), ("heading", "Partners")];
        let refused = audit.post("/areas/new", &typed).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("The area for development is missing. Enter it."));
        assert!(
            refused.body.contains("value=\"Partners\"") && refused.body.contains("AFD6"),
            "nothing is lost"
        );
        assert!(refused.body.contains(&format!("value=\"{inspection}\" selected")));
        let wrong = [("inspection", &*inspection), ("text", "Measure."), ("recommendation", "no identity")];
        assert!(
            audit.post("/areas/new", &wrong).await.body.contains("Choose a recommendation of its inspection")
        );

        let made = [("inspection", &*inspection), ("number", "AFD6"), ("text", "Measure <it>.")];
        let made = audit.post("/areas/new", &made).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        let shown = audit.get(&made.location).await.body;
        assert!(shown.contains("The area for development is in the register."));
        assert!(
            shown.contains("Nothing in the plan is to meet it") && shown.contains("Measure &#60;it&#62;.")
        );
        assert!(shown.contains("Mòrag Bàn, Audit manager"), "its history says who");
        let address = format!("/areas/{}", made.id());
        let form = |word: &str| format!("{address}/{word}");

        let action = format!("{} 7.5", recommendations[6]);
        let refused = audit.post(&form("mapping"), &[("action", ""), ("note", "Kept words")]).await;
        assert!(refused.body.contains("Choose an action.") && refused.body.contains("Kept words"));
        let nowhere = format!("{} 9.9", recommendations[6]);
        let refused = audit.post(&form("mapping"), &[("action", &nowhere)]).await;
        assert!(refused.body.contains("There is no such action in the register."));
        let mapped = audit.post(&form("mapping"), &[("action", &action), ("note", "With partners")]).await;
        assert_eq!(mapped.location, format!("{address}?done=mapping"), "{}", mapped.body);
        let again = audit.get(&form("mapping")).await.body;
        assert!(!again.contains("action 7.5 ") && again.contains("action 7.4 "), "it is not offered twice");

        let contest = [("action", &*action), ("by", "Head of Training"), ("words", "Not ours.")];
        let contested = owner.post(&form("contest"), &contest).await;
        assert_eq!(contested.status, StatusCode::SEE_OTHER, "{}", contested.body);
        let shown = owner.get(&address).await.body;
        assert!(shown.contains("Contested by Head of Training") && !shown.contains("/settlement"));
        let closing = [("reason", "Met."), ("on", "2026-11-20")];
        let refused = audit.post(&form("closing"), &closing).await;
        assert!(refused.body.contains("Head of Training contests that action 7.5 is to meet it."));
        let settled = [("action", &*action), ("words", "They take it on.")];
        let settled = audit.post(&form("settlement"), &settled).await;
        assert_eq!(settled.status, StatusCode::SEE_OTHER, "{}", settled.body);
        assert_eq!(audit.post(&form("closing"), &closing).await.status, StatusCode::SEE_OTHER);

        let shown = audit.get(&address).await.body;
        assert!(
            shown.contains("20 November 2026") && shown.contains("/reopening") && !shown.contains("/mapping")
        );
        let late = audit.get(&form("mapping")).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(late.body.contains("Reopen it first"));
        let reopened = audit.post(&form("reopening"), &[("reason", "Not met.")]).await;
        assert_eq!(reopened.status, StatusCode::SEE_OTHER, "{}", reopened.body);
        let words =
            [("number", "AFD 06"), ("text", "Measure it."), ("heading", "Partners"), ("reason", "Misread")];
        assert_eq!(audit.post(&form("words"), &words).await.status, StatusCode::SEE_OTHER);
        let unmapped = [("action", &*action), ("reason", "Another does it.")];
        assert_eq!(audit.post(&form("unmapping"), &unmapped).await.status, StatusCode::SEE_OTHER);
        let shown = audit.get(&address).await.body;
        for told in [
            "Area for development AFD6 entered",
            "Mapped to action 7.5 of CAM22-R7",
            "contested by Head of",
            "the mapping stands",
            "Closed on 20 November 2026",
            "Opened again",
            "put right: AFD 06",
            "No longer mapped",
        ] {
            assert!(shown.contains(told), "{told}");
        }
    }
}

#[tokio::test]
async fn each_role_does_what_it_may_and_no_more() {
    for t in engines().await {
        let (_, recommendations, areas) = nine(&t.journal).await;
        let app = app(&t.journal);
        let address = format!("/areas/{}", areas[0]);
        let agency = Caller::person(&t.journal, &app, "partner_agency").await;
        for path in ["/areas", "/areas/export/csv", "/areas/new", &*address, &format!("{address}/contest")] {
            assert_eq!(agency.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        let owner = Caller::person(&t.journal, &app, "action_owner").await;
        for word in ["words", "mapping", "unmapping", "settlement", "closing", "reopening"] {
            let path = format!("{address}/{word}");
            assert_eq!(owner.get(&path).await.status, StatusCode::FORBIDDEN, "{word}");
            let answer = owner.post(&path, &[("reason", "Kept")]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{word}");
        }
        assert_eq!(owner.post("/areas/new", &[]).await.status, StatusCode::FORBIDDEN);
        let shown = owner.get(&address).await.body;
        let chosen = format!("/contest?action={}+1.4", recommendations[0]);
        assert!(shown.contains(&chosen) && !shown.contains("/unmapping"), "{shown}");
        let form = owner.get(&format!("{address}{chosen}")).await.body;
        assert!(form.contains(&format!("value=\"{} 1.4\" selected", recommendations[0])));
        let committee = Caller::person(&t.journal, &app, "committee_member").await;
        assert!(!committee.get(&address).await.body.contains("/contest"));
        assert_eq!(committee.get(&format!("{address}/contest")).await.status, StatusCode::FORBIDDEN);

        let audit = Caller::person(&t.journal, &app, "audit_manager").await;
        let nobody = Id::new(now());
        for path in
            [format!("{address}/new"), format!("{address}/x"), format!("/areas/{nobody}"), "/areas/x".into()]
        {
            assert_eq!(audit.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let answer = audit.post(&format!("/areas/{nobody}/closing"), &[("reason", "x")]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert_eq!(audit.post(&format!("{address}/new"), &[]).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_stale_form_overwrites_nothing_and_loses_nothing() {
    for t in engines().await {
        let (_, _, areas) = nine(&t.journal).await;
        let app = app(&t.journal);
        let audit = Caller::person(&t.journal, &app, "audit_manager").await;
        let address = format!("/areas/{}", areas[5]);
        let form = audit.get(&format!("{address}/closing")).await.body;
        let seen = hidden(&form, "last_seq").to_owned();
        assert!(form.contains("value=\"2026-11-21\""), "the day is filled in");
        let words = [("number", "6"), ("text", "Measure it better."), ("reason", "As printed")];
        assert_eq!(audit.post(&format!("{address}/words"), &words).await.status, StatusCode::SEE_OTHER);
        let closing = [("last_seq", &*seen), ("reason", "Kept words"), ("on", "2026-11-20")];
        let stale = audit.post(&format!("{address}/closing"), &closing).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        assert!(stale.body.contains("Kept words") && stale.body.contains(&address), "{}", stale.body);
        let mut read = t.journal.read().await.unwrap();
        let area = one(&mut read, &areas[5], OPEN_END - 1).await.unwrap().unwrap();
        assert!(area.closed.is_none() && area.text == "Measure it better.");
    }
}

#[tokio::test]
async fn a_program_sends_data_and_looks_back() {
    for t in engines().await {
        let (inspection, recommendations) = plan_of_eight(&t.journal).await;
        let app = app(&t.journal);
        Caller::person(&t.journal, &app, "audit_manager").await;
        let program = Caller::program(&t.journal, &app, "audit_manager").await;
        let inspection = inspection.to_string();
        let refused = program.post("/areas/new", &[("inspection", &*inspection)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused.json()["field"], "text");
        let under = recommendations[7].to_string();
        let fields = [("inspection", &*inspection), ("text", "Measure."), ("recommendation", &*under)];
        let made = program.post("/areas/new", &fields).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        let (id, entry) = (made.id(), made.json()["entry"].clone());
        let recommendation = recommendations[6].to_string();
        let fields = [("recommendation", &*recommendation), ("action", "7.5")];
        let mapped = program.post(&format!("/areas/{id}/mapping"), &fields).await;
        assert_eq!(mapped.status, StatusCode::OK, "{}", mapped.body);
        let shown = program.get(&format!("/areas/{id}")).await.json();
        assert_eq!((&shown["label"], &shown["number"]), (&"CAM22-AFD1".into(), &"1".into()));
        assert_eq!(shown["printed_under"][1], "CAM22-R8");
        assert_eq!(shown["mappings"][0]["action"], "7.5");
        assert_eq!(shown["history"].as_array().unwrap().len(), 2);
        let past = program.get(&format!("/areas/{id}?as_at={entry}")).await.json();
        assert_eq!(past["mappings"].as_array().unwrap().len(), 0);
        assert_eq!(past["history"].as_array().unwrap().len(), 1);
        let past = program.get(&format!("/areas?as_at={entry}")).await.json();
        assert_eq!(past["counts"]["unmapped"], 1);
        let wrong = program.get("/areas?as_at=spring").await;
        assert_eq!(
            (wrong.status, &wrong.json()["field"]),
            (StatusCode::UNPROCESSABLE_ENTITY, &"as_at".into())
        );

        let audit = Caller::program(&t.journal, &app, "audit_manager").await;
        assert_eq!(audit.get(&format!("/areas/{id}?as_at=1")).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_look_back_offers_no_change_and_a_bad_moment_is_told_at_its_field() {
    let t = engines().await.remove(0);
    let (_, _, areas) = nine(&t.journal).await;
    let app = app(&t.journal);
    let audit = Caller::person(&t.journal, &app, "audit_manager").await;
    let mut read = t.journal.read().await.unwrap();
    let before = head(&mut read).await.unwrap() - 3;
    drop(read);
    let past = audit.get(&format!("/areas?as_at={before}")).await.body;
    assert!(past.contains("You see the register as at entry") && !past.contains("/areas/new"));
    assert!(past.contains(&format!("/areas/{}?as_at={before}", areas[5])), "a row leads to the same moment");
    let past = audit.get(&format!("/areas/{}?as_at={before}", areas[5])).await.body;
    assert!(past.contains("You see the register as at entry") && !past.contains("/closing"));
    let wrong = audit.get("/areas?as_at=spring").await;
    assert!(wrong.status == StatusCode::OK && wrong.body.contains("is not a moment to look back to"));
}
