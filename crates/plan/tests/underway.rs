//! Inspections under way: rows on both engines as at any entry, and the pages with their people.

#![expect(
    clippy::unwrap_used,
    reason = "some of these are the hands of tests; clippy knows only the tests themselves"
)]

mod common;

use axum::http::StatusCode;
use common::{Caller, app, hidden, inspection, now, who};
use journal::{Id, Journal, OPEN_END, act, head, testing::engines};
use plan::underway::{
    rows::{InspectionsUnderway, all, known, one, statements},
    rules::{
        Command, Details,
        Stage::{self, Abandoned, Announced, Drafting, Published},
    },
};

async fn does(journal: &Journal, id: &Id, command: Command) {
    let mut tx = journal.begin().await.unwrap();
    let inspection = match &command {
        Command::Publish { inspection } => inspection.clone(),
        _ => None,
    };
    let known = known(&mut tx, id, inspection.as_ref(), "2026-11-21".parse().unwrap()).await.unwrap();
    act::<InspectionsUnderway>(&mut tx, &who(), now(), id, &known, command).await.unwrap().unwrap();
    tx.commit().await.unwrap();
}

/// The five of a paper (DOMAIN section 9): title, kind, with whom.
const FIVE: [(&str, &str, &str); 5] = [
    ("Drug Harm Reduction", "thematic", ""),
    ("Citations", "joint", "Prosecution inspectorate"),
    ("Conduct", "assurance", ""),
    ("Best Value", "joint", "Public auditor"),
    ("Tools of the Trade", "frontline", ""),
];

async fn five(journal: &Journal) -> Vec<Id> {
    let mut ids = Vec::new();
    for (title, kind, partners) in FIVE {
        let id = Id::new(now());
        let details = Details {
            title: title.into(),
            kind: kind.into(),
            inspectorate: "HMICS".into(),
            partners: partners.into(),
            announced_on: "2026-05-01".into(),
        };
        does(journal, &id, Command::Announce { details }).await;
        ids.push(id);
    }
    ids
}

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    journal::testing::prepare_all(&statements()).await;
}

#[tokio::test]
async fn the_list_as_at_an_entry_is_what_it_was_then() {
    for t in engines().await {
        let ids = five(&t.journal).await;
        let published = inspection(&t.journal, "Conduct", "2026-10-31").await;
        let advance = Command::Advance { stage: "drafting".into(), on: "2026-06-01".into() };
        does(&t.journal, &ids[2], advance).await;
        does(&t.journal, &ids[2], Command::Publish { inspection: Some(published.clone()) }).await;
        does(&t.journal, &ids[3], Command::Abandon { reason: "Put off.".into(), on: "2026-07-01".into() })
            .await;
        let mut read = t.journal.read().await.unwrap();
        let last = head(&mut read).await.unwrap();
        let stages = |rows: &[(Id, plan::underway::rules::Underway)]| -> Vec<Stage> {
            rows.iter().map(|(_, one)| one.stage).collect()
        };
        let now_all = all(&mut read, last).await.unwrap();
        let expected = [Abandoned, Announced, Published, Announced, Announced];
        assert_eq!(stages(&now_all), expected, "by title, on {:?}", t.engine);
        assert_eq!(now_all[2].1.inspection, Some(published.clone()));
        assert_eq!(now_all[1].1.partners, ["Prosecution inspectorate"]);
        let before = all(&mut read, last - 2).await.unwrap();
        assert_eq!(stages(&before), [Announced, Announced, Drafting, Announced, Announced]);
        assert_eq!(one(&mut read, &ids[4], last - 5).await.unwrap(), None);
        drop(read);
        let mut tx = t.journal.begin().await.unwrap();
        let other = known(&mut tx, &ids[0], Some(&published), "2026-11-21".parse().unwrap()).await.unwrap();
        assert_eq!(other.taken, ["Citations", "Tools of the Trade"]);
        assert_eq!(other.outcome.and_then(|outcome| outcome.of).as_deref(), Some("Conduct"));
    }
}

#[tokio::test]
async fn the_list_groups_and_counts_by_kind() {
    for t in engines().await {
        let app = app(&t.journal);
        let analyst = Caller::person(&t.journal, &app, "analyst").await;
        let program = Caller::program(&t.journal, &app, "analyst").await;
        let empty = analyst.get("/inspections-under-way").await.body;
        assert!(empty.contains("No inspection has been announced yet.") && !empty.contains("under-way/new"));
        let ids = five(&t.journal).await;
        does(&t.journal, &ids[4], Command::Abandon { reason: "Put off.".into(), on: "2026-07-01".into() })
            .await;
        let page = analyst.get("/inspections-under-way").await.body;
        assert!(page.contains("4 inspections are under way"));
        assert!(
            page.contains("Joint, with other inspectorates<span class=\"an-muted\">2 inspections</span>")
        );
        assert!(
            page.contains("aria-current=\"true\">Inspections under way</a>")
                && !page.contains("Tools of the")
        );
        let groups = |data: serde_json::Value| -> Vec<(String, i64)> {
            let groups = data["groups"].as_array().unwrap();
            let group = |one: &serde_json::Value| {
                (one["kind"].as_str().unwrap().to_owned(), one["count"].as_i64().unwrap())
            };
            groups.iter().map(group).collect()
        };
        let cases: [(&str, &[(&str, i64)]); 7] = [
            ("", &[("thematic", 1), ("joint", 2), ("assurance", 1)]),
            ("?stage=all", &[("thematic", 1), ("joint", 2), ("assurance", 1), ("frontline", 1)]),
            ("?stage=abandoned", &[("frontline", 1)]),
            ("?stage=fieldwork", &[]),
            ("?kind=joint&kind=thematic", &[("thematic", 1), ("joint", 2)]),
            ("?words=auditor+best", &[("joint", 1)]),
            ("?words=tools", &[]),
        ];
        for (asked, expected) in cases {
            let expected: Vec<_> =
                expected.iter().map(|(kind, count)| ((*kind).to_owned(), *count)).collect();
            let data = program.get(&format!("/inspections-under-way{asked}")).await.json();
            assert_eq!(groups(data), expected, "{asked}");
        }
        let none = analyst.get("/inspections-under-way?words=tools").await.body;
        assert!(none.contains("No inspection fits these filters."));
        let wrong = analyst.get("/inspections-under-way?as_at=spring").await;
        assert!(wrong.status == StatusCode::OK && wrong.body.contains("is not a moment to look back to"));
    }
}

#[tokio::test]
async fn an_inspection_is_announced_advanced_published_and_corrected_by_form() {
    for t in engines().await {
        let app = app(&t.journal);
        let audit = Caller::person(&t.journal, &app, "audit_manager").await;
        let typed = [
            ("title", "Best <Value>"),
            ("kind", "joint"),
            ("inspectorate", "HMICS"),
            ("partners", " "),
            ("announced_on", "1 May 2026"),
        ];
        let refused = audit.post("/inspections-under-way/new", &typed).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("A joint inspection has at least one partner."));
        assert!(refused.body.contains("value=\"joint\" selected") && refused.body.contains("1 May 2026"));
        let mut fields = typed;
        fields[3] = ("partners", "Public auditor");
        let made = audit.post("/inspections-under-way/new", &fields).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        let address = format!("/inspections-under-way/{}", made.id());
        let form = |word: &str| format!("{address}/{word}");
        let shown = audit.get(&made.location).await.body;
        assert!(shown.contains("in the list of those under way") && shown.contains("Best &#60;Value&#62;"));
        assert!(shown.contains("<a href=\"/inspections/new\">Register the published inspection</a>"));
        let twice = audit.post("/inspections-under-way/new", &fields).await;
        assert!(twice.body.contains("is under way already"));

        let wrong = [("stage", "drafting"), ("on", "30 April 2026")];
        let refused = audit.post(&form("stage"), &wrong).await;
        assert!(refused.body.contains("cannot be before") && refused.body.contains("30 April 2026"));
        let further = [("stage", "drafting"), ("on", "1 June 2026")];
        assert_eq!(audit.post(&form("stage"), &further).await.location, format!("{address}?done=stage"));
        let refused = audit.post(&form("publication"), &[("inspection", "")]).await;
        assert!(refused.body.contains("Register that first."));

        let published = inspection(&t.journal, "Best Value 2026", "2026-10-31").await.to_string();
        let done = audit.post(&form("publication"), &[("inspection", &published)]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let shown = audit.get(&address).await.body;
        assert!(shown.contains(&format!("/recommendations?inspection={published}\">Best Value 2026</a>")));
        assert!(!shown.contains("/publication\"") && shown.contains("/correction\""));
        let late = audit.get(&form("abandonment")).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(late.body.contains("published on 31 October 2026"));

        let page = audit.get(&form("correction")).await.body;
        assert!(page.contains("value=\"Best &#60;Value&#62;\"") && page.contains("Public auditor"));
        let mut correction =
            vec![("stage", "drafting"), ("stage_on", "2 June 2026"), ("reason", "The wrong one")];
        correction.extend(fields);
        let done = audit.post(&form("correction"), &correction).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let again = audit.get(&form("publication")).await.body;
        assert!(again.contains("Best Value 2026"), "what came of nothing is offered again");
        let given_up = [("reason", "Put off."), ("on", "1 July 2026")];
        assert_eq!(audit.post(&form("abandonment"), &given_up).await.status, StatusCode::SEE_OTHER);
        let shown = audit.get(&address).await.body;
        for told in [
            "Announced on 1 May 2026",
            "Drafting the report since 1 June 2026",
            "Published on 31 October 2026",
            "Corrected",
            "Abandoned on 1 July 2026",
            "It was abandoned.",
        ] {
            assert!(shown.contains(told), "{told}");
        }
    }
}

#[tokio::test]
async fn only_those_who_keep_the_plan_change_an_inspection_under_way() {
    for t in engines().await {
        let ids = five(&t.journal).await;
        let app = app(&t.journal);
        let address = format!("/inspections-under-way/{}", ids[0]);
        let agency = Caller::person(&t.journal, &app, "partner_agency").await;
        for path in ["/inspections-under-way", &*address, "/inspections-under-way/new"] {
            assert_eq!(agency.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        let owner = Caller::person(&t.journal, &app, "action_owner").await;
        let shown = owner.get(&address).await.body;
        assert!(!shown.contains("/inspections/new"));
        for word in ["stage", "publication", "abandonment", "correction"] {
            let path = format!("{address}/{word}");
            assert_eq!(owner.get(&path).await.status, StatusCode::FORBIDDEN, "{word}");
            assert_eq!(owner.post(&path, &[("reason", "x")]).await.status, StatusCode::FORBIDDEN, "{word}");
            assert!(!shown.contains(&path));
        }
        assert_eq!(owner.post("/inspections-under-way/new", &[]).await.status, StatusCode::FORBIDDEN);
        let audit = Caller::person(&t.journal, &app, "audit_manager").await;
        let nobody = Id::new(now());
        let unknown = format!("/inspections-under-way/{nobody}");
        for path in [format!("{address}/new"), unknown.clone(), "/inspections-under-way/x".into()] {
            assert_eq!(audit.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let answer = audit.post(&format!("{unknown}/stage"), &[("stage", "drafting")]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_stale_form_overwrites_nothing_and_a_program_sends_data() {
    for t in engines().await {
        let ids = five(&t.journal).await;
        let app = app(&t.journal);
        let audit = Caller::person(&t.journal, &app, "audit_manager").await;
        let program = Caller::program(&t.journal, &app, "audit_manager").await;
        let address = format!("/inspections-under-way/{}", ids[0]);
        let seen = hidden(&audit.get(&format!("{address}/abandonment")).await.body, "last_seq").to_owned();
        assert!(!seen.is_empty());
        let further =
            program.post(&format!("{address}/stage"), &[("stage", "fieldwork"), ("on", "2026-06-01")]).await;
        assert_eq!(further.status, StatusCode::OK, "{}", further.body);
        let stale = [("last_seq", &*seen), ("reason", "Kept words"), ("on", "2026-07-01")];
        let stale = audit.post(&format!("{address}/abandonment"), &stale).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        assert!(stale.body.contains("Kept words") && stale.body.contains(&address));
        let mut read = t.journal.read().await.unwrap();
        let underway = one(&mut read, &ids[0], OPEN_END - 1).await.unwrap().unwrap();
        assert_eq!(underway.stage, Stage::Fieldwork);
        drop(read);

        let fields =
            [("title", "New"), ("kind", "audit"), ("inspectorate", "HMICS"), ("announced_on", "2026-11-01")];
        let made = program.post("/inspections-under-way/new", &fields).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        let made = program.get(&format!("/inspections-under-way/{}", made.id())).await.json();
        assert_eq!(
            (&made["title"], &made["stage"], &made["kind"]),
            (&"New".into(), &"announced".into(), &"audit".into())
        );
        let refused = program.post("/inspections-under-way/new", &fields).await;
        assert_eq!(
            (refused.status, &refused.json()["field"]),
            (StatusCode::UNPROCESSABLE_ENTITY, &"title".into())
        );
        let before = made["entry"].as_i64().unwrap() - 1;
        let past = audit.get(&format!("{address}?as_at={before}")).await.body;
        assert!(
            past.contains("You see the register as at entry") && !past.contains(&format!("{address}/stage"))
        );
    }
}
