//! Find or go to: what words find and in what order, what each role finds, and how long it takes.

mod desk;

use axum::http::StatusCode;
use desk::{Desk, now};
use jiff::Timestamp;
use journal::{AsAt, Id, Journal, testing::engines};
use plan::{
    find::{
        named::{Named, of_plan},
        places::{PLACES, seen},
        rules::{Found, Kind, SHOWN, search},
    },
    register::{
        rows::load,
        rules::{Item, Register},
    },
};

async fn register(journal: &Journal) -> Register {
    let mut read = journal.read().await.expect("it begins");
    load(&mut read, AsAt::Now, now()).await.expect("it loads")
}

fn labels(found: &Found) -> Vec<&str> {
    found.hits.iter().map(|hit| hit.label.as_str()).collect()
}

#[tokio::test]
async fn words_find_what_they_begin_the_likeliest_first() {
    let t = engines().await.remove(0);
    let _ = Desk::filled(&t.journal).await;
    let register = register(&t.journal).await;
    let everything = seen(|_| true);
    let cases: [(&str, &[&str]); 27] = [
        ("", &[]),
        (" -?! ", &[]),
        ("zebra", &[]),
        // A reference however it is written; what only begins with it comes after.
        ("R02", &["CAM22-R2"]),
        ("r2", &["CAM22-R2"]),
        ("CAM22-R3", &["CAM22-R3"]),
        ("cam22 r3", &["CAM22-R3"]),
        ("cam r3", &["CAM22-R3"]),
        ("da 7", &["DA23-R7"]),
        ("cam22r3", &["CAM22-R3"]),
        ("R3", &["CAM22-R3", "DA23-R3"]),
        ("R1", &["CAM22-R1", "CAM22-R10"]),
        ("CAM22-R1", &["CAM22-R1", "CAM22-R10"]),
        // Every word has to be there, and may be cut short.
        ("count", &["CAM22-R3", "DA23-R7"]),
        ("demand count", &["CAM22-R3"]),
        ("cou dem", &["CAM22-R3"]),
        ("rain", &[]),
        ("count zebra", &[]),
        ("morag", &["CAM22-R1"]),
        ("Mòrag's", &["CAM22-R1"]),
        // Its words before what is said about it, then actions, then updates; the open before the closed.
        ("diary", &["CAM22-R10", "DA23-R3"]),
        ("answer", &["CAM22-R4"]),
        ("guide", &["CAM22-R2, action 2.1"]),
        ("train guide", &["CAM22-R2, action 2.1"]),
        ("dundee", &["CAM22-R10, update of 21 November 2026"]),
        ("head training", &["Head of Training", "CAM22-R2", "CAM22-R3"]),
        ("papers", &["Committee papers", "Earlier papers", "Calendar"]),
    ];
    for (words, expected) in cases {
        let found = search(&register, &[], &everything, words, SHOWN);
        assert_eq!(labels(&found), expected, "{words}");
        assert_eq!(found.found, expected.len(), "{words}");
    }
}

#[tokio::test]
async fn a_hit_says_what_it_is_where_it_is_and_by_which_words() {
    let t = engines().await.remove(0);
    let _ = Desk::filled(&t.journal).await;
    let register = register(&t.journal).await;
    let everything = seen(|_| true);
    let first = |words: &str| search(&register, &[], &everything, words, SHOWN).hits.remove(0);
    let id = |label: &str| {
        let item = register.items.iter().find(|item| item.label() == label).expect("it is there");
        format!("/recommendations/{}", item.id)
    };
    let domestic_abuse =
        register.inspections.iter().find(|(_, one)| one.code == "DA23").expect("it is there");
    let cases = [
        ("cam r3", Kind::Recommendation, "", "Count failure demand.", id("CAM22-R3")),
        ("failure", Kind::Recommendation, "", "Count [failure] demand.", id("CAM22-R3")),
        ("repeat", Kind::Recommendation, "", "Count [repeat] calls.", id("DA23-R7")),
        ("every", Kind::Recommendation, "Discharged", "Answer [every] call.", id("CAM22-R4")),
        ("publish", Kind::Action, "", "[Publish] the call handling guide Guidance team", id("CAM22-R2")),
        ("guidance", Kind::Action, "", "Publish the call handling guide [Guidance] team", id("CAM22-R2")),
        ("pilot", Kind::Update, "", "The [pilot] in Dundee is out; the diary follows.", id("CAM22-R10")),
        (
            "domestic",
            Kind::Inspection,
            "",
            "[Domestic] Abuse 2023",
            format!("/recommendations?inspection={}", domestic_abuse.0),
        ),
        (
            "head diaries",
            Kind::Owner,
            "",
            "3 recommendations, 2 open",
            "/recommendations?owner=Head+of+Diaries".to_owned(),
        ),
        ("accessib", Kind::Page, "", "What works and what does not", "/accessibility".to_owned()),
        (
            "reminders",
            Kind::Page,
            "",
            "Rounds: who is asked for what, [reminders], agenda",
            "/rounds".to_owned(),
        ),
    ];
    for (words, kind, note, context, address) in cases {
        let hit = first(words);
        let told: String = hit
            .context
            .iter()
            .map(|part| if part.found { format!("[{}]", part.text) } else { part.text.clone() })
            .collect();
        assert_eq!((hit.kind, hit.note, told.as_str()), (kind, note, context), "{words}");
        assert_eq!(hit.address, address, "{words}");
        assert_eq!(hit.kind_words, kind.words());
    }
}

#[tokio::test]
async fn a_page_and_its_data_say_the_same_to_those_who_may_read_the_plan() {
    for t in engines().await {
        let desk = Desk::filled(&t.journal).await;
        let (manager, analyst) = (desk.person("audit_manager").await, desk.person("analyst").await);
        let data = analyst.json("/find?words=count").await;
        assert_eq!(
            (&data["found"], &data["more"], &data["count"]),
            (&2.into(), &0.into(), &"2 found".into())
        );
        assert_eq!(data["list"], "/recommendations?words=count");
        assert_eq!(data["hits"][0]["kind"], "recommendation");
        assert_eq!(data["hits"][0]["context"][0], serde_json::json!({ "text": "Count", "found": true }));
        let (status, _, page) = analyst.get("/find?words=count+%3Cb%3E").await;
        assert_eq!(status, StatusCode::OK);
        assert!(
            page.contains("Nothing has all of these words.") && page.contains("value=\"count &#60;b&#62;\"")
        );
        let (_, _, page) = analyst.get("/find?words=count").await;
        assert!(page.contains("<h2>2 found</h2>") && page.contains("<mark>Count</mark> failure"), "{page}");
        let (_, _, page) = analyst.get("/find").await;
        assert!(!page.contains("Nothing has") && page.contains("name=\"words\""), "{page}");

        // Pages are found by those who may see them.
        let pages = async |who: &desk::Person| who.json("/find?words=import+plan").await["found"].clone();
        assert_eq!((pages(&manager).await, pages(&analyst).await), (1.into(), 0.into()));
        let long = format!("/find?words={}", "a".repeat(201));
        let (status, _, page) = analyst.get(&long).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("At most 200 characters"), "{page}");
        let partner = desk.person("partner_agency").await;
        assert_eq!(partner.get("/find?words=count").await.0, StatusCode::FORBIDDEN);
        assert_eq!(partner.send("/find", &[]).await.0, StatusCode::METHOD_NOT_ALLOWED);
    }
}

#[test]
fn every_page_to_go_to_has_a_name_of_its_own_and_is_shown_to_whom_it_may() {
    let mut names: Vec<_> = PLACES.iter().map(|place| place.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), PLACES.len());
    let nobody: Vec<_> = seen(|_| false).iter().map(|place| place.address).collect();
    assert_eq!(nobody, ["/account", "/help/keys", "/accessibility"]);
    for place in &PLACES {
        if let Some(permission) = place.permission {
            let manager = users::Role::of("audit_manager").expect("the file has the role");
            let administrator = users::Role::of("administrator").expect("the file has the role");
            assert!(manager.may(permission) || administrator.may(permission), "{}", place.name);
        }
    }
}

#[tokio::test]
async fn what_has_a_name_is_found_by_it_and_many_days_come_after_what_is_looked_for() {
    let t = engines().await.remove(0);
    let desk = Desk::filled(&t.journal).await;
    let manager = desk.person("audit_manager").await;
    let register = register(&t.journal).await;
    let domestic_abuse =
        register.inspections.iter().find(|(_, one)| one.code == "DA23").expect("it is there");
    let inspection = domestic_abuse.0.to_string();
    for (address, fields) in [
        (
            "/programmes/new",
            vec![
                ("name", "Modernised Contact and Resolution"),
                ("from", "1 April 2019"),
                ("bodies", "Scottish Ambulance Service"),
            ],
        ),
        (
            "/areas/new",
            vec![("inspection", inspection.as_str()), ("number", "6"), ("text", "Debrief every siege.")],
        ),
        (
            "/inspections-under-way/new",
            vec![
                ("title", "Custody of children"),
                ("kind", "thematic"),
                ("inspectorate", "HMICS"),
                ("announced_on", "1 October 2026"),
            ],
        ),
        (
            "/sources/new",
            vec![("title", "Progress Summary"), ("reference", "S004"), ("meeting_on", "16 September 2025")],
        ),
    ] {
        let (status, _, body) = manager.send(address, &fields).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{address}: {body}");
    }
    for (words, kind, label, place) in [
        ("modernised", "programme", "Modernised Contact and Resolution", "/programmes/"),
        ("ambulance", "programme", "Modernised Contact and Resolution", "/programmes/"),
        ("siege", "area", "DA23, area for development 6", "/areas/"),
        ("custody children", "under_way", "Custody of children", "/inspections-under-way/"),
        ("progress summary", "source", "Progress Summary", "/sources/"),
        ("16 september 2025", "source", "Progress Summary", "/sources/"),
    ] {
        let hit = manager.json(&format!("/find?words={}", words.replace(' ', "+"))).await["hits"][0].clone();
        assert_eq!((&hit["kind"], &hit["label"]), (&kind.into(), &label.into()), "{words}");
        let address = hit["address"].as_str().expect("an address").to_owned();
        assert!(address.starts_with(place), "{words}: {address}");
        assert_eq!(manager.get(&address).await.0, StatusCode::OK, "{address}");
    }
    let meeting = |day: &str| Named {
        kind: Kind::Meeting,
        name: format!("Diary forum, {day} December 2026"),
        about: String::new(),
        note: "",
        address: "/meetings/one".to_owned(),
    };
    let mut named = of_plan(&register, &[]);
    named.extend(["1", "3"].map(meeting));
    let found = search(&register, &named, &[], "diary", SHOWN);
    let days = ["Diary forum, 1 December 2026", "Diary forum, 3 December 2026"];
    assert_eq!(labels(&found), [["CAM22-R10", "DA23-R3"], days].concat());
    assert_eq!(labels(&search(&register, &named, &[], "forum 3 december", SHOWN)), [days[1]]);
}

#[test]
fn every_page_of_the_parts_of_the_plan_and_of_the_month_can_be_gone_to() {
    let addresses: Vec<_> = PLACES.iter().map(|place| place.address).collect();
    for address in [
        "/recommendations/summary",
        "/check",
        "/areas",
        "/programmes",
        "/inspections-under-way",
        "/sources",
        "/posts",
        "/groups",
        "/meetings",
        "/rounds",
        "/rounds/new",
        "/calendar",
        "/calendar/feeds",
        "/mailbox",
        "/mailbox/settings",
    ] {
        assert!(addresses.contains(&address), "{address}");
    }
}

/// 1,000 recommendations with 4,000 actions and 12,000 updates of some three hundred characters.
fn large(of: &Register) -> Register {
    let first = of.items.iter().find(|item| !item.updates.is_empty()).expect("it has an update").clone();
    let action = of.items.iter().find_map(|item| item.actions.first()).expect("there is an action").clone();
    let said = first.updates[0].clone();
    let words = ["review", "the", "Mòrag’s", "call", "of", "pilot", "in", "division", "and", "record"];
    let text = |seed: usize, length: usize| -> String {
        (0..length)
            .map(|at| words[(seed * 7 + at * (seed % 5 + 1)) % words.len()])
            .collect::<Vec<_>>()
            .join(" ")
    };
    let mut register = of.clone();
    register.items = (0..1_000_usize)
        .map(|number| {
            let mut item = Item {
                id: Id::new(Timestamp::from_second(1_700_000_000).expect("a moment")),
                ..first.clone()
            };
            item.recommendation.reference = number.to_string();
            item.recommendation.text = text(number, 40);
            item.actions = (0..4)
                .map(|at| {
                    let mut action = action.clone();
                    action.text = text(number + at, 20);
                    action
                })
                .collect();
            item.updates = (0..12)
                .map(|at| {
                    let mut said = said.clone();
                    said.text = text(number + at, 55);
                    said
                })
                .collect();
            item
        })
        .collect();
    register.items[997].updates[3].text.push_str(" zebra");
    register
}

#[tokio::test]
async fn the_whole_register_is_looked_through_quickly() {
    let t = engines().await.remove(0);
    let _ = Desk::filled(&t.journal).await;
    let register = large(&register(&t.journal).await);
    let letters: usize =
        register.items.iter().flat_map(|item| item.updates.iter().map(|said| said.text.len())).sum();
    for (words, expected) in [("zebra", 1), ("morags call pilot", 1_000), ("cam r997", 1)] {
        let began = std::time::Instant::now();
        let found = search(&register, &[], &[], words, SHOWN);
        let took = began.elapsed();
        println!("“{words}” in {letters} letters of updates: {} found in {took:?}", found.found);
        assert_eq!(found.found, expected, "{words}");
        assert_eq!(found.hits.len(), expected.min(SHOWN));
        // Unoptimised, and on a machine that does other things as well; optimised it is some 25 milliseconds at most.
        assert!(took.as_secs() < 5, "{words} took {took:?}");
    }
}
