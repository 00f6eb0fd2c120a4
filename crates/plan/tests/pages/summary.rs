//! The summary's page: which day each figure is of, where all of it stood before a period and at its end, and how
//! much of it was added since a day.

use axum::http::StatusCode;
use journal::testing::engines;
use serde_json::json;

use crate::hands::{Desk, Person};

/// Domestic Abuse of January 2024 with two, and Custody of July 2025 with one, all with a target in September 2026.
async fn filled(journal: &journal::Journal) -> Person {
    let desk = Desk::of(journal);
    let manager = desk.person("audit_manager").await;
    manager.registers_domestic_abuse().await;
    let custody = json!({ "title": "Custody", "code": "CU25", "kind": "audit", "published_on": "2025-07-01",
        "inspectorate": "HMICS", "addressees": "Caledonia Police" });
    let inspection = manager.post("/inspections/new", custody).await.id();
    let body =
        json!({ "inspection": inspection, "reference": "R1", "text": "Do it.", "target": "July 2025" });
    manager.post("/recommendations/new", body).await;
    manager
}

#[tokio::test]
async fn each_figure_is_of_the_periods_last_day_and_the_page_says_so() {
    for t in engines().await {
        let manager = filled(&t.journal).await;
        let asked = "/recommendations/summary?from=2025-05-01&to=2025-07-15";
        let then = manager.data(asked).await.json();
        let total = &then["total"];
        assert_eq!(
            (&then["on"], &total["delayed"], &total["added"]),
            (&json!("15 July 2025"), &json!(0), &json!(1))
        );
        assert_eq!(
            total["identity"],
            json!({ "in_work": 3, "proposed": 0, "discharged": 0, "superseded": 0 })
        );
        assert_eq!(total["before"], json!({ "in_work": 2, "proposed": 0, "discharged": 0, "superseded": 0 }));
        let now = manager.data("/recommendations/summary?from=2025-05-01").await.json();
        assert_eq!((&now["on"], &now["total"]["delayed"]), (&json!("16 September 2025"), &json!(1)));

        let page = manager.page(asked).await.body;
        for words in [
            "as it stood at the end of 15 July 2025",
            "At the end of 15 July 2025</th>",
            "In the period from 1 May 2025 to 15 July 2025</th>",
            "<th scope=\"row\">30 April 2025</th><td class=\"an-right\">2</td>",
            "<th scope=\"row\">15 July 2025</th><td class=\"an-right\">3</td>",
            "/recommendations?as_at=2025-07-15",
        ] {
            assert!(page.contains(words), "{words} is not there: {page}");
        }
        // A figure of a day gone by leads to no list of today.
        assert!(!page.contains("status=open"), "{page}");
        assert!(manager.page("/recommendations/summary").await.body.contains("status=open"));
    }
}

#[tokio::test]
async fn the_per_cent_added_since_a_day_is_on_the_page_and_in_the_file() {
    for t in engines().await {
        let manager = filled(&t.journal).await;
        let default = manager.data("/recommendations/summary").await.json();
        let words =
            "3 of the 3 open on 16 September 2025 were published on or after 16 September 2023: 100 %.";
        assert_eq!(default["since"], words);
        let asked = "/recommendations/summary?since=2024-02-01";
        let data = manager.data(asked).await.json();
        assert_eq!((&data["total"]["since"], &data["total"]["since_per_cent"]), (&json!(1), &json!(33)));
        let page = manager.page(asked).await.body;
        let words = "1 of the 3 open on 16 September 2025 were published on or after 1 February 2024: 33 %.";
        assert!(page.contains(words) && page.contains("name=\"since\""), "{page}");
        assert!(
            page.contains("by=plan&#38;since=2024-02-01"),
            "another way of counting forgets the day: {page}"
        );

        let file = manager.page("/recommendations/summary/csv?since=2024-02-01&to=2025-09-15").await.body;
        let mut lines = file.lines();
        let heads = lines.next().unwrap();
        assert!(heads.contains("Per cent of open added since 2024-02-01, on 2025-09-15"), "{heads}");
        assert!(heads.contains("Discharged from 2025-06-15 to 2025-09-15"), "{heads}");
        let last: Vec<&str> = lines.last().unwrap().split(',').collect();
        assert_eq!((last[0], last[2], last[9], last[10]), ("All", "3", "1", "33"), "{file}");

        let refused = manager.data("/recommendations/summary?since=soon").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("“soon” is not a day"), "{}", refused.body);
        let page = manager.page("/recommendations/summary?since=soon").await.body;
        assert!(page.contains("id=\"since-error\""), "{page}");
    }
}
