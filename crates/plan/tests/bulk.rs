//! One change to many recommendations: what the preview says, and that it is what happens, on both engines.

mod desk;

use std::collections::{BTreeMap, BTreeSet};

use axum::http::{StatusCode, header};
use desk::{Answer, Desk, Person, now};
use jiff::{SignedDuration, Timestamp};
use journal::{AsAt, Id, Journal, testing::engines};
use plan::{
    bulk::rules::{Change, MOST, Outcome, preview, read_chosen},
    register::{
        rows::load,
        rules::{Item, Register},
    },
};

async fn register(journal: &Journal) -> Register {
    let mut read = journal.read().await.expect("it begins");
    load(&mut read, AsAt::Now, now()).await.expect("it loads")
}

/// The identities of the recommendations, by label.
async fn ids(journal: &Journal) -> BTreeMap<String, String> {
    register(journal).await.items.iter().map(|item| (item.label(), item.id.to_string())).collect()
}

/// Whose they are now, by label.
async fn owners(journal: &Journal) -> BTreeMap<String, String> {
    let items = register(journal).await.items;
    items.iter().map(|item| (item.label(), item.recommendation.owner_post.clone())).collect()
}

fn to_analysis() -> Change {
    let typed = |name: &str| match name {
        "owner_post" => " Head of Analysis ".to_owned(),
        "reason" => "The post is renamed.".to_owned(),
        _ => String::new(),
    };
    Change::read("owner", typed).expect("it is all there")
}

#[tokio::test]
async fn the_preview_tells_of_each_what_it_was_and_will_be() {
    let t = engines().await.remove(0);
    let _ = Desk::filled(&t.journal).await;
    let register = register(&t.journal).await;
    let chosen: BTreeSet<Id> = register.items.iter().map(|item| item.id.clone()).collect();
    let changes =
        |was: &str| Outcome::Changes { was: was.to_owned(), will_be: "Head of Analysis".to_owned() };
    let expected = [
        ("CAM22-R1", changes("Nobody yet")),
        ("CAM22-R2", changes("Head of Training")),
        ("CAM22-R3", changes("Head of Training")),
        (
            "CAM22-R4",
            Outcome::Refused {
                is: "Head of Diaries".into(),
                why: "It is discharged; its record is closed and nothing is added to it.".into(),
            },
        ),
        ("CAM22-R10", changes("Head of Diaries")),
        ("DA23-R3", changes("Head of Diaries")),
        ("DA23-R7", Outcome::Unchanged { is: "Head of Analysis".into() }),
    ];
    let lines = preview(&register, &chosen, &to_analysis());
    let told: Vec<_> = lines.iter().map(|line| (line.label.as_str(), line.outcome.clone())).collect();
    assert_eq!(told, expected);
    let one = BTreeSet::from([register.items[0].id.clone()]);
    assert_eq!(preview(&register, &one, &to_analysis()).len(), 1, "only those that are chosen");
}

/// A change's word, what is typed, and the field that is refused.
type Case = (&'static str, &'static [(&'static str, &'static str)], &'static str);

#[test]
fn a_change_is_refused_beside_its_field() {
    let typed = |given: &'static [(&'static str, &'static str)]| {
        move |name: &str| {
            given
                .iter()
                .find(|(known, _)| *known == name)
                .map_or_else(String::new, |(_, text)| (*text).into())
        }
    };
    let cases: [Case; 4] = [
        ("owner", &[], "owner_post"),
        ("owner", &[("owner_post", "Head of Analysis")], "reason"),
        ("owner", &[("reason", "Why not.")], "owner_post"),
        ("text", &[("text", "Other words")], "change"),
    ];
    for (word, given, field) in cases {
        let refusal = Change::read(word, typed(given)).expect_err("it is refused");
        assert_eq!(refusal.field, field, "{word} {given:?}");
    }
}

#[tokio::test]
async fn none_too_many_and_unknown_ones_are_refused() {
    let t = engines().await.remove(0);
    let _ = Desk::filled(&t.journal).await;
    let mut register = register(&t.journal).await;
    let first = register.items[0].clone();
    let moment = |second: i64| Timestamp::from_second(1_700_000_000 + second).expect("a moment");
    register.items = (0..600).map(|n| Item { id: Id::new(moment(n)), ..first.clone() }).collect();
    let ids = |many: usize| -> Vec<String> {
        register.items.iter().take(many).map(|item| item.id.to_string()).collect()
    };
    assert_eq!(read_chosen(&register, &ids(MOST)).expect("they fit").len(), MOST);
    assert_eq!(read_chosen(&register, &[ids(1), ids(2)].concat()).expect("they fit").len(), 2, "each once");
    for (wrong, told) in [
        (Vec::new(), "Tick at least one"),
        (ids(MOST + 1), "501 recommendations are chosen; at most 500"),
        (vec![first.id.to_string()], "not in the register"),
        (vec!["CAM22-R1".to_owned()], "not in the register"),
    ] {
        let refusal = read_chosen(&register, &wrong).expect_err("it is refused");
        assert!(refusal.field == "id" && refusal.sentence.contains(told), "{refusal}");
    }
}

fn hidden<'a>(page: &'a str, name: &str) -> &'a str {
    let mark = format!("name=\"{name}\" value=\"");
    page.split_once(&mark).and_then(|(_, rest)| rest.split_once('"')).map_or("", |(value, _)| value)
}

const ASKED: [(&str, &str); 4] = [
    ("change", "owner"),
    ("owner_post", "Head of Analysis"),
    ("owner_team", "Insight"),
    ("reason", "The post is renamed."),
];

async fn send(who: &Person, step: &str, ids: &[&String], more: &[(&str, &str)]) -> Answer {
    let mut fields = ASKED.to_vec();
    fields.extend(ids.iter().map(|id| ("id", id.as_str())));
    fields.extend(more);
    who.send(&format!("/recommendations/bulk{step}"), &fields).await
}

#[tokio::test]
async fn what_the_preview_says_happens_to_each_as_a_fact_of_its_own() {
    for t in engines().await {
        let desk = Desk::filled(&t.journal).await;
        let manager = desk.person("audit_manager").await;
        let ids = ids(&t.journal).await;
        let page = manager.get("/recommendations?owner=Head+of+Training").await.2;
        assert!(page.contains("name=\"change\" value=\"owner\">Change the owner</button>"), "{page}");
        assert!(page.contains("formaction=\"/rounds/preview\">Ask for updates</button>"), "{page}");
        assert!(page.contains(&format!("name=\"id\" value=\"{}\"", ids["CAM22-R3"])), "{page}");
        assert_eq!(hidden(&page, "query"), "owner=Head+of+Training");

        // From the list come only ticks and the button: the fields are asked for, and nothing is refused.
        let chosen = [&ids["CAM22-R2"], &ids["CAM22-R3"], &ids["CAM22-R4"]];
        let ticks: Vec<(&str, &str)> = chosen.iter().map(|id| ("id", id.as_str())).collect();
        let fields = [&[("change", "owner"), ("query", "owner=Head+of+Training")], &ticks[..]].concat();
        let (status, _, page) = manager.send("/recommendations/bulk", &fields).await;
        assert_eq!(status, StatusCode::OK);
        assert!(
            page.contains("Change the owner of 3 recommendations") && !page.contains("There is a problem")
        );
        assert!(page.contains("name=\"owner_post\"") && !page.contains("What will happen"), "{page}");
        assert_eq!(page.matches("name=\"id\"").count(), 3);

        let query = [("query", "owner=Head+of+Training")];
        let (status, _, page) = send(&manager, "", &chosen, &query).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("2 will change, 0 are so already, 1 is refused."), "{page}");
        assert!(page.contains("<del>Head of Training</del> <ins>Head of Analysis, Insight</ins>"), "{page}");
        assert!(page.contains("It is discharged; its record is closed"), "{page}");
        let seen = hidden(&page, "seen").to_owned();
        let before = register(&t.journal).await.position.seq;
        assert_eq!(seen, before.to_string());

        let confirmed = send(&manager, "/confirmation", &chosen, &[query[0], ("seen", seen.as_str())]).await;
        assert_eq!(confirmed.0, StatusCode::SEE_OTHER, "{}", confirmed.2);
        let location = confirmed.1[header::LOCATION].to_str().expect("text");
        assert_eq!(location, "/recommendations?owner=Head+of+Training&done=owner-2");
        let (_, _, page) = manager.get(location).await;
        assert!(page.contains("The owner is changed. Changed: 2 recommendations."), "{page}");
        let mut read = t.journal.read().await.expect("it begins");
        let entries = journal::entries(&mut read, before, i64::MAX).await.expect("sql");
        let told: Vec<_> = entries.iter().map(|one| (one.kind.as_str(), one.actor.task.as_str())).collect();
        assert_eq!(told, [("recommendation/reassigned", "Change the owner"); 2], "one fact each");
        let owners = owners(&t.journal).await;
        let now: Vec<&str> = ["CAM22-R2", "CAM22-R3", "CAM22-R4"].map(|label| owners[label].as_str()).into();
        assert_eq!(now, ["Head of Analysis", "Head of Analysis", "Head of Diaries"]);
        let (_, _, page) = manager.get(&format!("/recommendations/{}", ids["CAM22-R2"])).await;
        assert!(page.contains("Owner is now Head of Analysis") && page.contains("The post is renamed."));
    }
}

#[tokio::test]
async fn what_somebody_changed_meanwhile_is_shown_again_and_nothing_is_done() {
    for t in engines().await {
        let desk = Desk::filled(&t.journal).await;
        let (manager, other) = (desk.person("audit_manager").await, desk.person("audit_manager").await);
        let ids = ids(&t.journal).await;
        let chosen = [&ids["CAM22-R2"], &ids["CAM22-R3"], &ids["DA23-R3"]];
        let seen = hidden(&send(&manager, "", &chosen, &[]).await.2, "seen").to_owned();
        let fields = [("owner_post", "Head of Surprise"), ("reason", "Quicker.")];
        other.send(&format!("/recommendations/{}/owner", ids["CAM22-R3"]), &fields).await;
        let seen = [("seen", seen.as_str())];
        let (status, _, page) = send(&manager, "/confirmation", &chosen, &seen).await;
        assert_eq!(status, StatusCode::CONFLICT);
        assert!(page.contains("Nothing is changed yet: 1 recommendation was changed by somebody"), "{page}");
        assert!(page.contains("<del>Head of Surprise</del> <ins>Head of Analysis, Insight</ins>"), "{page}");
        assert_eq!(page.matches("Changed by somebody after your preview").count(), 1);
        assert_eq!(owners(&t.journal).await["CAM22-R2"], "Head of Training", "all or nothing");
        // The page that came back is a preview to confirm.
        let seen = hidden(&page, "seen").to_owned();
        let answer = send(&manager, "/confirmation", &chosen, &[("seen", seen.as_str())]).await;
        assert_eq!(answer.0, StatusCode::SEE_OTHER, "{}", answer.2);
        let owners = owners(&t.journal).await;
        assert!(["CAM22-R2", "CAM22-R3", "DA23-R3"].iter().all(|one| owners[*one] == "Head of Analysis"));
        // The second press of the same button does nothing twice.
        let (status, _, page) = send(&manager, "/confirmation", &chosen, &[("seen", seen.as_str())]).await;
        assert_eq!(status, StatusCode::CONFLICT);
        assert!(page.contains("0 will change, 3 are so already") && !page.contains("bulk/confirmation"));
    }
}

#[tokio::test]
async fn all_that_a_list_finds_are_chosen_by_one_box() {
    for t in engines().await {
        let desk = Desk::filled(&t.journal).await;
        let manager = desk.person("audit_manager").await;
        let all = [("all", "yes"), ("query", "owner=Head+of+Diaries&status=open")];
        let (_, _, page) = send(&manager, "", &[], &all).await;
        assert!(page.contains("Change the owner of 2 recommendations"), "{page}");
        let ids = ids(&t.journal).await;
        for label in ["CAM22-R10", "DA23-R3"] {
            assert!(page.contains(&format!("name=\"id\" value=\"{}\"", ids[label])), "{label}");
        }
        let (_, _, page) = send(&manager, "", &[], &[("all", "yes"), ("query", "")]).await;
        assert!(page.contains("of 7 recommendations"), "{page}");
        let (status, _, page) = send(&manager, "", &[], &[("query", "flag=stale")]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("Tick at least one") && page.contains("/recommendations?flag=stale"), "{page}");
    }
}

#[tokio::test]
async fn a_bulk_change_needs_the_permission_of_the_change_and_its_fields() {
    let t = engines().await.remove(0);
    let desk = Desk::filled(&t.journal).await;
    let (manager, analyst) = (desk.person("audit_manager").await, desk.person("analyst").await);
    let ids = ids(&t.journal).await;
    let chosen = [&ids["CAM22-R2"]];
    let shown = analyst.get("/recommendations").await.2;
    assert!(!shown.contains("recommendations/bulk") && !shown.contains("/rounds/preview"));
    let past = manager.get("/recommendations?as_at=1").await.2;
    assert!(!past.contains("recommendations/bulk"), "the past is not changed");
    for step in ["", "/confirmation"] {
        let seen = [("seen", "9")];
        assert_eq!(send(&analyst, step, &chosen, &seen).await.0, StatusCode::FORBIDDEN, "{step}");
        let other = [("change", "discharge"), ("id", chosen[0].as_str()), ("reason", "So be it.")];
        let path = format!("/recommendations/bulk{step}");
        let answer = manager.send(&path, &other).await;
        assert_eq!(answer.0, StatusCode::UNPROCESSABLE_ENTITY, "not for many: {step}");
    }
    let bare =
        [("change", "owner"), ("id", chosen[0].as_str()), ("owner_post", ""), ("reason", "Kept words")];
    let (status, _, page) = manager.send("/recommendations/bulk", &bare).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("id=\"owner_post-error\"") && page.contains("Kept words"), "{page}");
    for seen in ["", "soon", "99999999"] {
        let answer = send(&manager, "/confirmation", &chosen, &[("seen", seen)]).await;
        assert_eq!(answer.0, StatusCode::UNPROCESSABLE_ENTITY, "{seen}");
    }
    assert_eq!(owners(&t.journal).await["CAM22-R2"], "Head of Training");
    let data = manager.json("/recommendations?owner=Head+of+Training").await;
    assert_eq!(data["found"], 2, "nothing happened");
}

#[tokio::test]
async fn five_hundred_are_previewed_in_no_time() {
    let t = engines().await.remove(0);
    let _ = Desk::filled(&t.journal).await;
    let mut register = register(&t.journal).await;
    let first = register.items[0].clone();
    let moment = |n: i64| now() + SignedDuration::from_secs(n);
    register.items = (0..1_000).map(|n| Item { id: Id::new(moment(n)), ..first.clone() }).collect();
    let chosen = register.items.iter().take(MOST).map(|item| item.id.clone()).collect();
    let began = std::time::Instant::now();
    let lines = preview(&register, &chosen, &to_analysis());
    let took = began.elapsed();
    println!("{} lines in {took:?}, unoptimised", lines.len());
    assert!(lines.len() == MOST && took.as_millis() < 2_000, "{took:?}");
}
