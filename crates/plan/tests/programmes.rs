//! Programmes of change: rows on both engines as at any entry, and the pages with their people.

#![expect(
    clippy::unwrap_used,
    reason = "some of these are the hands of tests; clippy knows only the tests themselves"
)]

mod common;

use axum::http::StatusCode;
use common::{Caller, app, hidden, inspection, now, who};
use journal::{Id, Journal, OPEN_END, act, head, testing::engines};
use plan::programme::{
    rows::{Programmes, all, known, one, statements},
    rules::{Command, Typed},
};

async fn does(journal: &Journal, id: &Id, command: Command) {
    let mut tx = journal.begin().await.unwrap();
    let known = known(&mut tx, id, "2026-11-21".parse().unwrap()).await.unwrap();
    act::<Programmes>(&mut tx, &who(), now(), id, &known, command).await.unwrap().unwrap();
    tx.commit().await.unwrap();
}

/// A programme that was renamed twice, and one that ended.
async fn two(journal: &Journal) -> [Id; 2] {
    // What is about something else must not be taken for a programme.
    inspection(journal, "Domestic Abuse", "2023-01-24").await;
    let ids = [Id::new(now()), Id::new(now())];
    let register = |name: &str, from: &str, bodies: &str| Command::Register {
        name: name.into(),
        from: from.into(),
        bodies: bodies.into(),
    };
    let rename = |name: &str, from: &str| Command::Rename {
        name: name.into(),
        from: from.into(),
        reason: "Merged.".into(),
    };
    let protection = register("Public Protection Development Programme", "2022-04-01", "Caledonia Police");
    does(journal, &ids[0], protection).await;
    does(journal, &ids[0], rename("Policing for our Communities", "2024-09-01")).await;
    does(journal, &ids[0], Command::Alias(Typed::name("PPDP"))).await;
    does(journal, &ids[0], rename("Investigations and Safeguarding Project", "2025-06-01")).await;
    does(journal, &ids[1], register("Local Delivery Review", "2021-01-01", "")).await;
    let end = Command::End { on: "2024-08-31".into(), reason: "Merged into another.".into() };
    does(journal, &ids[1], end).await;
    ids
}

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    journal::testing::prepare_all(&statements()).await;
}

#[tokio::test]
async fn the_programmes_as_at_an_entry_are_what_they_were_then() {
    for t in engines().await {
        let [first, second] = two(&t.journal).await;
        let mut read = t.journal.read().await.unwrap();
        let last = head(&mut read).await.unwrap();
        let names = |programmes: &[(Id, plan::programme::rules::Programme)]| -> Vec<String> {
            programmes.iter().map(|(_, programme)| programme.name().to_owned()).collect()
        };
        let now_all = all(&mut read, last).await.unwrap();
        let expected = ["Investigations and Safeguarding Project", "Local Delivery Review"];
        assert_eq!(names(&now_all), expected, "{:?}", t.engine);
        assert_eq!((now_all[0].1.aliases.len(), now_all[1].1.ended.is_some()), (1, true));
        let before = all(&mut read, last - 2).await.unwrap();
        assert_eq!(names(&before), ["Investigations and Safeguarding Project"]);
        let before = all(&mut read, last - 3).await.unwrap();
        assert_eq!(names(&before), ["Policing for our Communities"]);
        let then = one(&mut read, &first, last - 5).await.unwrap().unwrap();
        assert_eq!((then.name(), then.aliases.len()), ("Public Protection Development Programme", 0));
        assert!(one(&mut read, &second, last - 1).await.unwrap().unwrap().ended.is_none());
        assert_eq!(one(&mut read, &second, last - 2).await.unwrap(), None);
    }
}

#[tokio::test]
async fn the_list_finds_a_programme_by_any_name() {
    for t in engines().await {
        let app = app(&t.journal);
        let analyst = Caller::person(&t.journal, &app, "analyst").await;
        let program = Caller::program(&t.journal, &app, "analyst").await;
        let empty = analyst.get("/programmes").await.body;
        assert!(empty.contains("No programme is registered yet.") && !empty.contains("/programmes/new"));
        let [first, _] = two(&t.journal).await;
        let page = analyst.get("/programmes").await.body;
        assert!(page.contains("<a href=\"/programmes\" aria-current=\"true\">Programmes of change</a>"));
        assert!(page.contains("from 1 April 2022 to 31 August 2024"), "{page}");
        let found = |data: serde_json::Value| -> Vec<String> {
            let rows = data["programmes"].as_array().unwrap();
            rows.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
        };
        let (one, other) = ("Investigations and Safeguarding Project", "Local Delivery Review");
        let cases: [(&str, &[&str]); 10] = [
            ("", &[one, other]),
            ("?state=running", &[one]),
            ("?state=ended", &[other]),
            ("?words=ppdp", &[one]),
            ("?words=The+Public+Protection+Development+Programme", &[one]),
            ("?words=communities", &[one]),
            ("?words=caledonia", &[one]),
            ("?words=Investigations+%26+Safeguarding+Project", &[one]),
            ("?words=review&state=running", &[]),
            ("?words=nothing", &[]),
        ];
        for (asked, expected) in cases {
            let data = program.get(&format!("/programmes{asked}")).await.json();
            assert_eq!(found(data), expected, "{asked}");
        }
        assert!(
            analyst.get("/programmes?words=nothing").await.body.contains("No programme fits these filters.")
        );
        // Its name is the one of the day looked back to, as far as the journal knew it then.
        let shown = program.get(&format!("/programmes/{first}")).await.json();
        assert_eq!((&shown["name"], &shown["state"]), (&one.into(), &"Running".into()));
        assert_eq!(shown["names"][1]["from"], "1 September 2024");
        assert_eq!(shown["names"][1]["until"], "31 May 2025");
        assert_eq!(shown["names"][2]["is_present"], true);
        let wrong = analyst.get("/programmes?as_at=spring").await;
        assert!(wrong.status == StatusCode::OK && wrong.body.contains("is not a moment to look back to"));
    }
}

#[tokio::test]
async fn a_programme_is_registered_renamed_aliased_ended_and_corrected_by_form() {
    for t in engines().await {
        two(&t.journal).await;
        let app = app(&t.journal);
        let audit = Caller::person(&t.journal, &app, "audit_manager").await;
        let clash = [("name", "The PPDP"), ("from", "1 June 2023"), ("bodies", "Kept body")];
        let refused = audit.post("/programmes/new", &clash).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused.body.contains("is the programme “Investigations and Safeguarding Project” at that time")
        );
        assert!(refused.body.contains("Kept body") && refused.body.contains("value=\"The PPDP\""));
        let made = [("name", "Command <and> Control"), ("from", "1 June 2023"), ("bodies", "")];
        let made = audit.post("/programmes/new", &made).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        let address = format!("/programmes/{}", made.id());
        let shown = audit.get(&made.location).await.body;
        assert!(shown.contains("The programme is registered.") && shown.contains("Mòrag Bàn, Audit manager"));
        assert!(shown.contains("Command &#60;and&#62; Control") && shown.contains("Not stated"));
        let form = |word: &str| format!("{address}/{word}");

        let renamed = [("name", "One Control"), ("from", "1 June 2023"), ("reason", "Kept reason")];
        let refused = audit.post(&form("name"), &renamed).await;
        assert!(refused.body.contains("Give a later day") && refused.body.contains("Kept reason"));
        let renamed = [("name", "One Control"), ("from", "1 January 2027"), ("reason", "Merged")];
        assert_eq!(audit.post(&form("name"), &renamed).await.location, format!("{address}?done=name"));
        let shown = audit.get(&address).await.body;
        assert!(shown.contains("<h1>Command &#60;and&#62; Control</h1>"), "the new name is still to come");
        assert!(shown.contains("1 January 2027") && shown.contains("31 December 2026"));
        assert_eq!(audit.post(&form("alias"), &[("alias", "CnC")]).await.status, StatusCode::SEE_OTHER);
        let refused = audit.post(&form("alias"), &[("alias", "cnc")]).await;
        assert!(refused.body.contains("It goes by “cnc” already."));
        let ended = [("on", "2026-11-20"), ("reason", "Stopped")];
        assert!(audit.post(&form("end"), &ended).await.body.contains("before it was called “One Control”"));

        let page = audit.get(&form("correction")).await.body;
        assert!(
            page.contains("1 June 2023: Command &#60;and&#62; Control\n1 January 2027: One Control"),
            "{page}"
        );
        let correction =
            [("names", "1 June 2023: Command and Control"), ("aliases", "CnC"), ("reason", "Mended")];
        assert_eq!(audit.post(&form("correction"), &correction).await.status, StatusCode::SEE_OTHER);
        assert_eq!(audit.post(&form("end"), &ended).await.status, StatusCode::SEE_OTHER);
        let shown = audit.get(&address).await.body;
        for told in
            ["Called One Control from 1 January 2027", "Also called CnC", "Corrected", "Ended on 20 November"]
        {
            assert!(shown.contains(told), "{told}");
        }
        assert!(!shown.contains("/name\"") && shown.contains("/correction\""));
        let late = audit.get(&form("name")).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(late.body.contains("It ended on 20 November 2026."));
    }
}

#[tokio::test]
async fn only_those_who_keep_the_plan_change_a_programme() {
    for t in engines().await {
        let [first, _] = two(&t.journal).await;
        let app = app(&t.journal);
        let address = format!("/programmes/{first}");
        let agency = Caller::person(&t.journal, &app, "partner_agency").await;
        for path in ["/programmes", &*address, "/programmes/new"] {
            assert_eq!(agency.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        let owner = Caller::person(&t.journal, &app, "action_owner").await;
        let shown = owner.get(&address).await.body;
        for word in ["name", "alias", "end", "correction"] {
            let path = format!("{address}/{word}");
            assert_eq!(owner.get(&path).await.status, StatusCode::FORBIDDEN, "{word}");
            assert_eq!(owner.post(&path, &[("reason", "x")]).await.status, StatusCode::FORBIDDEN, "{word}");
            assert!(!shown.contains(&path));
        }
        assert_eq!(owner.post("/programmes/new", &[]).await.status, StatusCode::FORBIDDEN);
        let audit = Caller::person(&t.journal, &app, "audit_manager").await;
        let nobody = Id::new(now());
        for path in [format!("{address}/new"), format!("/programmes/{nobody}"), "/programmes/x".into()] {
            assert_eq!(audit.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let answer = audit.post(&format!("/programmes/{nobody}/alias"), &[("alias", "x")]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_stale_form_overwrites_nothing_and_a_program_sends_data() {
    for t in engines().await {
        let [first, _] = two(&t.journal).await;
        let app = app(&t.journal);
        let audit = Caller::person(&t.journal, &app, "audit_manager").await;
        let address = format!("/programmes/{first}");
        let seen = hidden(&audit.get(&format!("{address}/name")).await.body, "last_seq").to_owned();
        assert!(!seen.is_empty());
        let program = Caller::program(&t.journal, &app, "audit_manager").await;
        let added = program.post(&format!("{address}/alias"), &[("alias", "The Project")]).await;
        assert_eq!(added.status, StatusCode::OK, "{}", added.body);
        let stale = [("last_seq", &*seen), ("name", "Kept name"), ("from", "2026-11-01"), ("reason", "x")];
        let stale = audit.post(&format!("{address}/name"), &stale).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        assert!(stale.body.contains("Kept name") && stale.body.contains(&address));
        let mut read = t.journal.read().await.unwrap();
        let programme = one(&mut read, &first, OPEN_END - 1).await.unwrap().unwrap();
        assert_eq!((programme.names.len(), programme.aliases.len()), (3, 2));
        drop(read);

        let refused = program.post("/programmes/new", &[("name", "New"), ("from", "soon")]).await;
        assert_eq!(
            (refused.status, &refused.json()["field"]),
            (StatusCode::UNPROCESSABLE_ENTITY, &"from".into())
        );
        let made = program.post("/programmes/new", &[("name", "New"), ("from", "2026-11-01")]).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        let made = program.get(&format!("/programmes/{}", made.id())).await.json();
        assert_eq!((&made["name"], &made["history"][0]["title"]), (&"New".into(), &"Registered".into()));
        let before = made["entry"].as_i64().unwrap() - 1;
        let past = audit.get(&format!("{address}?as_at={before}")).await.body;
        assert!(
            past.contains("You see the register as at entry") && !past.contains(&format!("{address}/alias"))
        );
    }
}
