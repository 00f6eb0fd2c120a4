//! The addresses of the extracts, as an analyst’s program and others use them, on both engines.

use axum::{Extension, http::StatusCode};
use columns::{list::pages::Kept, pseudonym::rules::Key, table::rules::ALL};
use contact::contact::rules::{Arrival, Channel, Command};
use jiff::{SignedDuration, Timestamp};
use journal::{Actor, Id, Journal, testing::engines};
use users::testing::{App, Caller};

fn now() -> Timestamp {
    "2026-11-11T20:00:00Z".parse().expect("a moment")
}

fn app(journal: &Journal, folder: &tempfile::TempDir) -> App {
    let kept = Kept::of(Key::of([7; 32]), folder.path().to_path_buf());
    App::of(journal, now, columns::routes().layer(Extension(kept)))
}

async fn called(journal: &Journal, at: Timestamp) {
    let who = Actor { who: "tester".into(), role: "service_advisor".into(), task: "Record".into() };
    let arrival = Arrival {
        channel: Channel::NonEmergency,
        option: String::new(),
        line: "Bilston Glen 12".into(),
        number: "01632 960700".to_owned().into(),
        arrived_at: at,
        answered_at: Some(at + SignedDuration::from_secs(42)),
        their_reference: String::new(),
    };
    let mut tx = journal.begin().await.expect("it begins");
    let (id, recorded_at) = (Id::new(at), at + SignedDuration::from_secs(50));
    contact::contact::rows::change(&mut tx, &who, recorded_at, &id, Command::Receive(arrival))
        .await
        .expect("the database answers")
        .expect("the call is received");
    tx.commit().await.expect("it is committed");
}

#[tokio::test]
async fn a_program_reads_a_table_of_some_days() {
    for t in engines().await {
        let folder = tempfile::tempdir().expect("a folder");
        for at in ["2026-11-09T10:00:00Z", "2026-11-10T10:00:00Z", "2026-11-11T10:00:00Z"] {
            called(&t.journal, at.parse().expect("a moment")).await;
        }
        let analyst = Caller::program(&t.journal, &app(&t.journal, &folder), "analyst").await;
        let lines = async |days: &str| -> Vec<String> {
            let answer = analyst.get(&format!("/extracts/contact.csv{days}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
            answer.body.lines().map(str::to_owned).collect()
        };
        let all = lines("").await;
        assert_eq!(all.len(), 4, "the heading and three calls: {all:?}");
        assert!(all[0].starts_with("seq,recorded_at,happened_at,event,division,contact,"), "{}", all[0]);
        assert!(all[1].contains(",non_emergency,2026-11-09T10:00:42.000000Z,42,"), "{}", all[1]);
        assert!(!all.concat().contains("960700") && !all.concat().contains("Bilston"), "{all:?}");
        assert_eq!(lines("?from=2026-11-10&until=2026-11-10").await, [all[0].clone(), all[2].clone()]);
        assert_eq!(lines("?from=2026-11-01&until=2026-11-01").await, [all[0].clone()], "the same when empty");
        assert_eq!(std::fs::read_dir(folder.path()).expect("readable").count(), 0, "nothing is left lying");
    }
}

#[tokio::test]
async fn what_cannot_be_given_is_refused_in_words() {
    for t in engines().await {
        let folder = tempfile::tempdir().expect("a folder");
        let app = app(&t.journal, &folder);
        let analyst = Caller::program(&t.journal, &app, "analyst").await;
        for (address, told) in [
            ("/extracts/account.csv", "There is no table “account”"),
            ("/extracts/account", "There is no table “account”"),
            ("/extracts/contact.xlsx", "in which form"),
            ("/extracts/contact.csv?until=2026-11-12", "still to come"),
            ("/extracts/contact.csv?from=2026-10-11&until=2026-11-11", "more than 31 days"),
            ("/extracts/contact.csv?from=2026-11-11&until=2026-11-10", "before it begins"),
            ("/extracts/contact.csv?from=soon", "not a day"),
        ] {
            let answer = analyst.get(address).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{address}");
            assert!(answer.text("detail").contains(told), "{address}: {}", answer.body);
        }
        for role in ["supervisor", "service_advisor", "audit_manager", "administrator"] {
            let other = Caller::program(&t.journal, &app, role).await;
            for address in ["/extracts", "/extracts/contact", "/extracts/contact.csv"] {
                let answer = other.get(address).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role} {address}");
            }
        }
        let nobody = Caller::stranger(&app, true);
        assert_eq!(nobody.get("/extracts/contact.csv").await.status, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn the_pages_list_every_table_and_its_columns() {
    for t in engines().await {
        let folder = tempfile::tempdir().expect("a folder");
        let app = app(&t.journal, &folder);
        let person = Caller::person(&t.journal, &app, "analyst").await;
        let list = person.get("/extracts").await;
        assert_eq!(list.status, StatusCode::OK);
        assert!(list.body.contains("Parquet.Document"), "the script is shown");
        for table in ALL {
            assert!(list.body.contains(&format!("/extracts/{}.parquet?from=2026-10-15", table.key)));
            let page = person.get(&format!("/extracts/{}", table.key)).await;
            assert!(table.columns().all(|column| page.body.contains(column.name)), "{}", page.body);
        }
        let program = Caller::program(&t.journal, &app, "analyst").await;
        let data = program.get("/extracts/calendar_day").await.json();
        assert_eq!(data["columns"][0]["name"], "day");
        assert_eq!(program.get("/extracts").await.json()["rows"].as_array().map(Vec::len), Some(ALL.len()));
    }
}
