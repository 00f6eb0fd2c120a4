//! What needs attention, by rules and by pages; and saying who holds which post.

#![expect(clippy::unwrap_used, reason = "a helper of a test is not seen as one")]

mod hands;

use axum::http::{StatusCode, header};
use hands::{CERP, Person, fill, give, now};
use jiff::civil::Date;
use journal::{AsAt, Id, testing::engines};
use plan::register::{rows::load, rules::Register};
use round::attention::{
    export::csv,
    rules::{Asked, Attention, Group, attention, of_everybody},
};

use Group::{AskedFor, Blocked, DueSoon, Overdue, Returned, Silent};

async fn register(journal: &journal::Journal) -> Register {
    load(&mut journal.read().await.unwrap(), AsAt::Now, now()).await.unwrap()
}

fn today() -> Date {
    "2026-11-21".parse().unwrap()
}

fn told(attention: &Attention) -> Vec<(Group, &str, &str)> {
    attention.needs.iter().map(|need| (need.group, need.label.as_str(), need.why.as_str())).collect()
}

#[tokio::test]
async fn each_thing_is_told_once_in_a_group_and_says_why() {
    let t = engines().await.remove(0);
    let ids = fill(&t.journal).await;
    let register = register(&t.journal).await;
    let asked = |on: &Id, post: &str, due_on: &str| Asked {
        recommendation: on.clone(),
        post: post.into(),
        due_on: due_on.parse().unwrap(),
        round: ids[0].clone(),
    };
    let asks = [
        asked(&ids[2], "superintendent cerp", "2026-11-25"),
        asked(&ids[2], CERP, "2026-11-20"),
        asked(&ids[7], CERP, "2026-11-22"),
        asked(&ids[0], "Head of Training", "2026-11-22"),
        asked(&ids[5], CERP, "2026-11-22"),
    ];
    assert_eq!(
        told(&attention(&register, &[CERP.into()], &asks, today())),
        [
            (Overdue, "CAM22-R1", "The target was 30 June 2026: 4 months past."),
            (AskedFor, "CAM22-R3", "An update was asked for by 20 November 2026: 1 day late."),
            (AskedFor, "CAM22-R8", "An update is asked for by 22 November 2026, tomorrow."),
            (DueSoon, "CAM22-R7", "The target is 21 November 2026, today."),
            (DueSoon, "CAM22-R2", "The target is November 2026, which ends in 9 days."),
            (DueSoon, "CAM22-R3 action 3.1", "The target is 21 December 2026, in 30 days."),
            (
                Returned,
                "CAM22-R4",
                "The inspectorate returned it on 10 November 2026. It wants more before it discharges it."
            ),
            (Silent, "CAM22-R2", "No update for 1,543 days, since its publication."),
            (Silent, "CAM22-R8", "No update for 31 days, since the last one."),
        ]
    );
    let training = attention(&register, &["head of training".into()], &asks, today());
    assert_eq!(
        told(&training),
        [
            (Overdue, "CAM22-R3 action 3.3 à", "The target was October 2026: 1 month past."),
            (AskedFor, "CAM22-R1", "An update is asked for by 22 November 2026, tomorrow."),
            (Blocked, "CAM22-R3", "Waits for CAM22-R1 (open): Its template comes first."),
        ]
    );
    assert_eq!(
        training.needs[0].mend_at("action-done"),
        format!("/recommendations/{}/action-done?number=3.3%20%C3%A0", ids[2])
    );
    let everybody = of_everybody(&register, &asks, today());
    assert!(everybody.needs.iter().any(|need| need.label == "CAM22-R5" && need.post.is_empty()));
    assert!(everybody.needs.iter().all(|need| !need.label.starts_with("CAM22-R6")), "it is discharged");
    assert!(attention(&register, &[], &asks, today()).needs.is_empty());
    assert!(attention(&register, &[String::new()], &asks, today()).needs.is_empty(), "no post owns nothing");
}

#[tokio::test]
async fn what_is_due_today_is_overdue_tomorrow() {
    let t = engines().await.remove(0);
    fill(&t.journal).await;
    let register = register(&t.journal).await;
    let groups = |day: &str| -> Vec<Group> {
        let found = attention(&register, &[CERP.into()], &[], day.parse().unwrap());
        found.needs.iter().filter(|need| need.label == "CAM22-R7").map(|need| need.group).collect()
    };
    assert!(groups("2026-10-21").is_empty(), "in 31 days");
    assert_eq!(groups("2026-10-22"), [DueSoon], "in 30 days");
    assert_eq!(groups("2026-11-21"), [DueSoon], "the 30th day since its update");
    assert_eq!(groups("2026-11-22"), [Overdue, Silent]);
}

#[tokio::test]
async fn the_file_is_one_line_a_need_and_runs_nothing() {
    let t = engines().await.remove(0);
    fill(&t.journal).await;
    let mut found = attention(&register(&t.journal).await, &[CERP.into()], &[], today());
    "=cmd() \"x\", \ny".clone_into(&mut found.needs[0].text);
    let text = String::from_utf8(csv(&found).unwrap()).unwrap();
    assert!(text.starts_with("\u{feff}Group,Recommendation,About,Owner,Why,Day\n"));
    assert!(text.contains("\"'=cmd() \"\"x\"\", \ny\""), "{text}");
    let lines = found.needs.len() + 1;
    // One cell has a line break of its own.
    assert_eq!(text.lines().count(), lines + 1);
}

#[tokio::test]
async fn my_work_is_what_my_posts_own_and_somebody_without_a_post_is_told_how_to_get_one() {
    for t in engines().await {
        let ids = fill(&t.journal).await;
        let owner = Person::open(&t.journal, "Mòrag Bàn", "action_owner").await;
        let manager = Person::open(&t.journal, "Catriona Munro", "audit_manager").await;
        let partner = Person::open(&t.journal, "Kirsty Blackwood", "partner_agency").await;
        let page = owner.get("/attention").await;
        assert!(
            page.body.contains("You hold no post yet") && page.body.contains("audit manager"),
            "{}",
            page.body
        );
        assert!(!page.body.contains("Nothing needs you"));
        give(&t.journal, CERP, &owner.id, false).await;
        let page = owner.get("/attention").await;
        assert_eq!(page.status, StatusCode::OK);
        for words in ["Overdue", "CAM22-R1", "The target was 30 June 2026", "Add an update", "#due_soon"] {
            assert!(page.body.contains(words), "{words} in {}", page.body);
        }
        // An owner may say how it goes, and not move a target: they are offered what they may do.
        assert!(page.body.contains(&format!("/recommendations/{}/update", ids[0])));
        assert!(!page.body.contains(&format!("/recommendations/{}/target", ids[0])));
        let data = owner.json("/attention").await;
        assert_eq!(data["whose"]["mine"][0], CERP);
        assert_eq!(data["groups"][0]["needs"][0]["label"], "CAM22-R1");
        assert_eq!(data["things"], 6);
        for (who, path, status) in [
            (&owner, "/attention?everybody=1", StatusCode::FORBIDDEN),
            (&owner, "/attention?post=Head%20of%20Training", StatusCode::FORBIDDEN),
            (&owner, "/attention?post=superintendent%20CERP", StatusCode::OK),
            (&owner, "/attention/export/csv?everybody=1", StatusCode::FORBIDDEN),
            (&owner, "/attention/export/xlsx", StatusCode::OK),
            (&owner, "/attention/export/pdf", StatusCode::NOT_FOUND),
            (&owner, "/attention?post=*", StatusCode::FORBIDDEN),
            (&manager, "/attention?everybody=1", StatusCode::OK),
            (&manager, "/attention?post=Head%20of%20Training", StatusCode::OK),
            (&partner, "/attention", StatusCode::FORBIDDEN),
            (&partner, "/attention/export/csv", StatusCode::FORBIDDEN),
        ] {
            assert_eq!(who.get(path).await.status, status, "{path}");
        }
        assert_eq!(owner.stranger("/attention", &[]).await.status, StatusCode::UNAUTHORIZED);
        let all = manager.get("/attention?everybody=1").await.body;
        assert!(all.contains("CAM22-R5") && all.contains("Nobody yet"));
        assert!(all.contains("<option value=\"*\" selected>Everybody</option>"), "{all}");
        assert_eq!(manager.json("/attention?post=*").await["whose"], "everybody");
        assert!(all.contains(&format!("/recommendations/{}/target", ids[0])), "a manager may move it");
        let file = manager.get("/attention/export/csv?post=Head%20of%20Training").await;
        let name = "attachment; filename=\"attention-2026-11-21.csv\"";
        assert_eq!(file.headers.get(header::CONTENT_DISPOSITION).unwrap(), name);
        assert!(file.body.contains("CAM22-R3 action 3.3 à"), "{}", file.body);
        assert!(manager.get("/attention?post=Nobody").await.body.contains("Nothing needs attention."));
    }
}

#[tokio::test]
async fn a_post_is_given_and_taken_by_who_keeps_the_groups() {
    for t in engines().await {
        fill(&t.journal).await;
        let owner = Person::open(&t.journal, "Mòrag Bàn", "action_owner").await;
        let manager = Person::open(&t.journal, "Catriona Munro", "audit_manager").await;
        let partner = Person::open(&t.journal, "Kirsty Blackwood", "partner_agency").await;
        let list = manager.json("/posts").await;
        let titles: Vec<&str> =
            list["posts"].as_array().unwrap().iter().map(|post| post["title"].as_str().unwrap()).collect();
        assert_eq!(titles, ["Head of Training", CERP], "as the register names them, one way written two");
        assert_eq!(
            (&list["posts"][1]["recommendations"], &list["posts"][1]["actions"]),
            (&5.into(), &2.into())
        );
        let offer = manager.get("/posts/new?title=Superintendent%20CERP").await.body;
        assert!(offer.contains("value=\"Superintendent CERP\"") && offer.contains("Mòrag Bàn, Action owner"));
        assert!(!offer.contains("Kirsty Blackwood"), "who may not read the plan cannot hold a post");
        for (who, path) in [(&owner, "/posts/new"), (&partner, "/posts"), (&partner, "/posts/new")] {
            assert_eq!(who.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        let fields =
            [("title", "Superintendent  CERP"), ("account", owner.id.as_str()), ("standing", "alternate")];
        assert_eq!(owner.post("/posts", &fields).await.status, StatusCode::FORBIDDEN);
        let made = manager.post("/posts", &fields).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        let place = made.headers.get(header::LOCATION).unwrap().to_str().unwrap();
        let place = place.split('?').next().unwrap().to_owned();
        let again = manager.post("/posts", &fields).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            again.body.contains("is a post already") && again.body.contains("value=\"Superintendent  CERP\"")
        );
        // An alternate is no holder: the post is still one that nobody holds.
        let unheld = owner.json("/posts?state=unheld&words=m%C3%B2rag").await;
        assert_eq!(unheld["posts"][0]["holders"][0]["name"], "Mòrag Bàn");
        hold_and_release(&t.journal, &manager, &owner, &partner, &place).await;
    }
}

async fn hold_and_release(
    journal: &journal::Journal,
    manager: &Person,
    owner: &Person,
    partner: &Person,
    place: &str,
) {
    let (give, take) = (format!("{place}/holder"), format!("{place}/release"));
    for (who, path) in [(owner, &give), (owner, &take), (partner, &give)] {
        assert_eq!(who.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(who.post(path, &[]).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let holder = [("account", owner.id.as_str()), ("standing", "holder")];
    let page = manager.get(&give).await.body;
    let seen = page.split_once("name=\"last_seq\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    assert_eq!(manager.post(&give, &holder).await.status, StatusCode::SEE_OTHER);
    let stale = [&holder[..], &[("last_seq", &seen)]].concat();
    assert_eq!(manager.post(&give, &stale).await.status, StatusCode::CONFLICT);
    for (fields, words) in [
        (vec![("account", partner.id.as_str()), ("standing", "holder")], "may not read"),
        (vec![("account", ""), ("standing", "holder")], "Choose the person"),
        (vec![("account", owner.id.as_str()), ("standing", "king")], "stand in"),
        (holder.to_vec(), "so already"),
    ] {
        let refused = manager.post(&give, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
        assert!(refused.body.contains(words), "{words} in {}", refused.body);
    }
    let mut read = journal.read().await.unwrap();
    assert_eq!(plan::post::rows::titles_held_by(&mut read, &owner.id).await.unwrap(), [CERP]);
    drop(read);
    let without = manager.post(&take, &[("account", owner.id.as_str()), ("reason", "")]).await;
    assert!(without.body.contains("The reason is missing"), "{}", without.body);
    let taken =
        manager.post(&take, &[("account", owner.id.as_str()), ("reason", "Moved to another post.")]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER);
    let page = owner.get(place).await.body;
    for words in [
        "Nobody holds this post",
        "Taken from Mòrag Bàn",
        "Moved to another post.",
        "Given to Mòrag Bàn as an alternate",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    assert!(!page.contains("Give it to somebody"), "who may only read is offered no change");
    assert_eq!(
        manager.get("/posts/018a645b-0000-7bb7-b19b-e8d3aa192b00").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn who_drafts_papers_is_told_when_they_are_due_and_nobody_else_is() {
    for t in engines().await {
        fill(&t.journal).await;
        let owner = Person::open(&t.journal, "Mòrag Bàn", "action_owner").await;
        let manager = Person::open(&t.journal, "Catriona Munro", "audit_manager").await;
        let none = manager.get("/attention").await.body;
        assert!(!none.contains("Papers due"), "no meeting is called");
        hands::call(&manager, "2 December 2026").await;
        let sentence =
            "The paper for Tactical Group on 2 December 2026 is due on 26 November 2026, in 5 days.";
        let page = manager.get("/attention").await.body;
        for words in [sentence, "href=\"/papers/new\"", "#papers"] {
            assert!(page.contains(words), "{words} in {page}");
        }
        assert!(manager.get("/attention?everybody=1").await.body.contains(sentence));
        assert!(!manager.get("/attention?post=Head%20of%20Training").await.body.contains(sentence));
        assert!(!owner.get("/attention").await.body.contains(sentence));
        let file = manager.get("/attention/export/csv").await.body;
        assert!(
            file.contains(&format!("Papers due,,Tactical Group,,\"{sentence}\",26 November 2026")),
            "{file}"
        );
        // And by the digest of the day.
        for person in [&owner, &manager] {
            assert_eq!(
                person.post("/mailbox/settings", &[("email", ""), ("digest", "on")]).await.status,
                StatusCode::SEE_OTHER
            );
        }
        let written = round::notice::send::write_digests(&t.journal, now()).await.unwrap();
        assert_eq!(written, 1, "the owner holds no post and drafts no paper");
        let mailbox = manager.json("/mailbox").await;
        assert_eq!(mailbox["notices"][0]["subject"], "1 thing needs you in the improvement plan");
        let digest =
            manager.get(&format!("/mailbox/{}", mailbox["notices"][0]["id"].as_str().unwrap())).await;
        assert!(
            digest.body.contains(sentence) && digest.body.contains(">Open the meeting</a>"),
            "{}",
            digest.body
        );
    }
}
