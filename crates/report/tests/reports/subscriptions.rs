//! Being told of reports: asked for on a page, written once with the edition, without a figure.

use axum::http::StatusCode;
use journal::{Journal, clear, dump, entries, testing::engines};
use report::{pack::rules::Asked, report::rows::list as reports};
use round::notice::rows::{Listed, Wanted, list};
use serde_json::json;
use users::testing::{Answer, Caller};

use crate::scene::{Scene, contacts, now};

/// Of "pack", or of "pack/D".
async fn set(caller: &Caller, part: &str, wanted: &str) -> Answer {
    let (pack, division) = part.split_once('/').unwrap_or((part, ""));
    let body = json!({ "pack": pack, "division": division, "wanted": wanted });
    caller.post("/reports/subscriptions", &body, &[]).await
}

/// What somebody is told of, as their page has it.
async fn told(caller: &Caller) -> Vec<String> {
    let page = caller.get("/reports/subscriptions").await.json();
    let rows = page["rows"].as_array().expect("rows").iter().filter(|row| row["is_told"] == true);
    rows.map(|row| {
        format!("{}, {}", row["name"].as_str().expect("a name"), row["area"].as_str().expect("words"))
    })
    .collect()
}

async fn asks(caller: &Caller, pack: &str, wanted: &str) {
    let answer = set(caller, pack, wanted).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

async fn freeze(caller: &Caller, pack: &str, period: &str, reason: &str) -> Answer {
    let (pack, division) = pack.split_once('/').unwrap_or((pack, ""));
    let body = json!({ "pack": pack, "period": period, "division": division, "reason": reason });
    caller.post("/reports/new", &body, &[]).await
}

/// All notices, the oldest first.
async fn notices(journal: &Journal) -> Vec<Listed> {
    let mut all =
        list(&mut journal.read().await.expect("a reading"), Wanted::default(), 100, 0).await.expect("sql").0;
    all.reverse();
    all
}

#[tokio::test]
async fn whoever_asked_is_told_of_each_edition_once_by_a_link_and_no_figure() {
    for t in engines().await {
        let scene = Scene::on(&t).await;
        let member = Caller::program(&t.journal, &scene.app, "committee_member").await;
        for (caller, pack) in [
            (&scene.analyst, "control_room_weekly"),
            (&scene.analyst, "authority_monthly"),
            (&member, "authority_monthly"),
        ] {
            asks(caller, pack, "on").await;
        }
        let page = member.get("/reports/subscriptions").await.json();
        let rows = page["rows"].as_array().expect("rows").iter();
        let offered: Vec<_> = rows.map(|row| row["pack"].as_str().expect("a key")).collect();
        assert_eq!(offered, ["authority_monthly", "authority_quarterly"], "what is published");
        assert_eq!(told(&member).await, ["Authority, monthly, Whole service"]);
        assert!(notices(&t.journal).await.is_empty());

        let first = freeze(&scene.analyst, "control_room_weekly", "2026-11-04", "").await;
        assert_eq!(first.status, StatusCode::OK, "{}", first.body);
        let weekly = notices(&t.journal).await;
        let [one] = &weekly[..] else { panic!("{weekly:?}") };
        assert_eq!(
            one.subject,
            "Report: Control room, weekly, 2 November 2026 to 8 November 2026 (provisional)"
        );
        let link = format!("/reports/{}?edition=1", first.text("id"));
        assert!(one.body.lines().any(|line| line == link), "{}", one.body);
        assert_eq!(scene.analyst.get(&link).await.status, StatusCode::OK, "it leads there");
        let stranger = Caller::stranger(&scene.app, true);
        assert_eq!(
            stranger.get(&link).await.status,
            StatusCode::UNAUTHORIZED,
            "who has not signed in reads nothing"
        );

        // What is refused tells nobody.
        assert_eq!(
            freeze(&scene.analyst, "control_room_weekly", "2026-11-04", "To be sure").await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        assert_eq!(notices(&t.journal).await.len(), 1);
        contacts(&t.journal, 9, 400, "2026-11-11").await;
        let words = "412 contacts of Iain Drummond came late";
        assert_eq!(
            freeze(&scene.analyst, "control_room_weekly", "2026-11-04", words).await.status,
            StatusCode::OK
        );
        let both = notices(&t.journal).await;
        assert!(both.len() == 2 && both[1].subject.starts_with("Corrected report: "), "{both:?}");
        assert!(!both[1].body.contains("412") && !both[1].body.contains("Drummond"), "{}", both[1].body);

        assert_eq!(
            freeze(&scene.analyst, "authority_monthly", "2026-10-01", "").await.status,
            StatusCode::OK
        );
        let of_month = notices(&t.journal).await.split_off(2);
        assert_eq!(of_month.len(), 2, "both who asked: {of_month:?}");
        assert_ne!(of_month[0].account, of_month[1].account);
        let link = of_month[0].body.lines().find(|line| line.starts_with("/reports/")).expect("a link");
        assert_eq!(member.get(link).await.status, StatusCode::OK, "the published rendition");

        asks(&member, "authority_monthly", "off").await;
        asks(&scene.analyst, "authority_monthly", "off").await;
        assert_eq!(
            freeze(&scene.analyst, "authority_monthly", "2026-09-01", "").await.status,
            StatusCode::OK
        );
        assert_eq!(notices(&t.journal).await.len(), 4, "nobody is told who does not want it");
        let kinds: Vec<String> = entries(&mut t.journal.read().await.expect("a reading"), 0, i64::MAX - 1)
            .await
            .expect("sql")
            .into_iter()
            .map(|entry| entry.kind)
            .collect();
        for (kind, many) in [
            ("report_subscription/subscribed", 3),
            ("report_subscription/unsubscribed", 2),
            ("notice/written", 4),
        ] {
            assert_eq!(kinds.iter().filter(|one| *one == kind).count(), many, "{kind}");
        }
    }
}

#[tokio::test]
async fn of_a_pack_of_one_division_one_is_told_of_some_or_of_all() {
    for t in engines().await {
        let scene = Scene::on(&t).await;
        let commander = Caller::program(&t.journal, &scene.app, "supervisor").await;
        for part in ["division_weekly/D", "division_weekly/E", "control_room_daily"] {
            asks(&commander, part, "on").await;
        }
        asks(&scene.analyst, "division_weekly", "on").await;
        let words = [
            "Control room, daily, Whole service",
            "Division, weekly, D Tayside Division",
            "Division, weekly, E Edinburgh Division",
        ];
        assert_eq!(told(&commander).await, words);
        for (part, words) in [("division_weekly/Z", "no division today"), ("division_weekly/D", "already")] {
            let refused = set(&commander, part, "on").await;
            assert_eq!(
                (refused.status, refused.text("field")),
                (StatusCode::UNPROCESSABLE_ENTITY, "division".into())
            );
            assert!(refused.text("detail").contains(words), "{}", refused.body);
        }
        assert!(set(&scene.analyst, "division_weekly/D", "on").await.text("detail").contains("already"));

        let mut expected = Vec::new();
        for (division, to) in [("D", 2), ("G", 1), ("E", 2)] {
            let frozen =
                freeze(&scene.analyst, &format!("division_weekly/{division}"), "2026-11-04", "").await;
            assert_eq!(frozen.status, StatusCode::OK, "{}", frozen.body);
            expected.extend(std::iter::repeat_n(format!("/reports/{}?edition=1", frozen.text("id")), to));
        }
        let all = notices(&t.journal).await;
        let links: Vec<&str> = all
            .iter()
            .filter_map(|one| one.body.lines().find(|line| line.starts_with("/reports/")))
            .collect();
        assert_eq!(links, expected);
        assert!(all[0].subject.starts_with("Report: Division, weekly, D Tayside Division, "), "{all:?}");

        // All of them instead of some.
        asks(&commander, "division_weekly", "on").await;
        assert_eq!(
            told(&commander).await,
            ["Control room, daily, Whole service", "Division, weekly, Every division"]
        );
        // What the journal alone gives is what is in the rows.
        let mut tx = t.journal.begin().await.expect("a command begins");
        let before = dump(&mut tx, &["report_subscription"]).await.expect("sql");
        assert_eq!(before.len(), 3, "{before:?}");
        clear(&mut tx, &report::TABLES).await.expect("sql");
        let mut memory = report::Memory::default();
        for entry in entries(&mut tx, 0, i64::MAX - 1).await.expect("sql") {
            report::refold(&mut tx, &mut memory, &entry).await.expect("it is folded");
        }
        assert_eq!(dump(&mut tx, &["report_subscription"]).await.expect("sql"), before);
    }
}

#[tokio::test]
async fn two_who_freeze_at_once_tell_once() {
    for t in engines().await {
        let scene = Scene::on(&t).await;
        asks(&scene.analyst, "control_room_daily", "on").await;
        let asked =
            Asked { pack: "control_room_daily".into(), period: "2026-11-09".into(), division: String::new() };
        let (_, about) = asked.read(journal::day_of(now())).expect("it is there");
        let who = journal::Actor { who: "test".into(), role: "analyst".into(), task: "Freeze".into() };
        let (one, other) = tokio::join!(
            report::freeze(&t.journal, &who, now(), &about, ""),
            report::freeze(&t.journal, &who, now(), &about, "")
        );
        let frozen = [one.expect("sql"), other.expect("sql")];
        assert_eq!(frozen.iter().filter(|one| one.is_ok()).count(), 1, "{:?} {frozen:?}", t.engine);
        assert_eq!(notices(&t.journal).await.len(), 1);
        let found = reports(
            &mut t.journal.read().await.expect("a reading"),
            &report::report::rows::Filter::default(),
            10,
            0,
        )
        .await;
        assert_eq!(found.expect("sql").1, 1);
    }
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused_and_who_reads_no_reports_is_not_let_in() {
    for t in engines().await {
        let scene = Scene::on(&t).await;
        let member = Caller::program(&t.journal, &scene.app, "committee_member").await;
        let owner = Caller::program(&t.journal, &scene.app, "action_owner").await;
        for (pack, wanted, told) in [
            ("control_room_weekly", "on", "is not published"),
            ("everything", "on", "is no pack of reports"),
            ("", "on", "is no pack of reports"),
            ("authority_monthly", "off", "You are not told of these reports"),
            ("authority_monthly/D", "on", "is of the whole service"),
            ("division_weekly/D", "on", "is not published"),
            ("authority_monthly", "", "Say “on”"),
        ] {
            let answer = set(&member, pack, wanted).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{pack} {wanted}: {}", answer.body);
            assert!(answer.text("detail").contains(told), "{}", answer.body);
        }
        asks(&member, "authority_monthly", "on").await;
        assert!(set(&member, "authority_monthly", "on").await.text("detail").contains("already"));
        assert_eq!(owner.get("/reports/subscriptions").await.status, StatusCode::FORBIDDEN);
        assert_eq!(set(&owner, "authority_monthly", "on").await.status, StatusCode::FORBIDDEN);

        let person = Caller::person(&t.journal, &scene.app, "analyst").await;
        let page = person.get("/reports/subscriptions").await;
        for words in ["Be told of reports", "To be told by e-mail too", "Control room, daily", "Tell me"] {
            assert!(page.body.contains(words), "{words}");
        }
        let answer =
            person.send("/reports/subscriptions", &page, &[("pack", "everything"), ("wanted", "on")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            answer.body.contains("is no pack of reports") && answer.body.contains("Problem: "),
            "{}",
            answer.body
        );
        // What was chosen is there still, with why it was refused beside it.
        let fields = [("pack", "division_monthly"), ("division", "D"), ("wanted", "on")];
        assert_eq!(person.send("/reports/subscriptions", &page, &fields).await.status, StatusCode::SEE_OTHER);
        let fields = [("pack", "division_monthly"), ("division", "Z"), ("wanted", "on")];
        let refused = person.send("/reports/subscriptions", &page, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        for words in
            ["href=\"#division-division_monthly\"", "id=\"division-division_monthly-error\"", "aria-invalid"]
        {
            assert_eq!(refused.body.matches(words).count(), 1, "{words} in {}", refused.body);
        }
        let answer = person
            .send("/reports/subscriptions", &page, &[("pack", "control_room_daily"), ("wanted", "on")])
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let done = person.get(&answer.location).await;
        assert!(
            done.body.contains("You are told when the next of these reports")
                && done.body.contains("Stop telling me")
        );
    }
}

/// A stored fact must parse for ever: a sample of each kind.
#[test]
fn every_kind_of_fact_has_a_sample_that_parses() {
    use report::subscription::rules::Fact;
    for (sample, is_told) in [
        (r#"{"subscribed":{"pack":"control_room_weekly","division":""}}"#, true),
        (r#"{"unsubscribed":{"pack":"division_weekly","division":"D"}}"#, false),
    ] {
        let fact: Fact = serde_json::from_str(sample).expect("it parses");
        // Exhaustive, so that a new variant does not compile without a sample here.
        match &fact {
            Fact::Subscribed { .. } => assert!(is_told),
            Fact::Unsubscribed { .. } => assert!(!is_told),
        }
        assert_eq!(serde_json::to_string(&fact).expect("it serialises"), sample);
    }
}
