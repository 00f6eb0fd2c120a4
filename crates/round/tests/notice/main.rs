//! Telling people: who gets a notice, that each leaves once, and what the mailbox shows to whom.

#![expect(clippy::unwrap_used, reason = "a helper of a test is not seen as one")]

#[path = "../hands/mod.rs"]
#[expect(dead_code, reason = "these tests use some of the hands")]
mod hands;
mod mail;
mod server;

use axum::http::StatusCode;
use hands::{CERP, Person, actor, fill, give, moment, now};
use jiff::Timestamp;
use journal::{Id, Journal, clear, dump, entries, head, testing::engines};
use round::notice::{
    rows::{self, Notices, Wanted},
    rules::{Command, Kind, Known, Letter},
    send::{Outcome, send_due, write_digests},
    subscription,
    tell::{self, Told, tell},
    transport::Transport,
};

fn told(recommendation: &Id, number: usize, post: &str, kind: Kind) -> Told {
    Told {
        recommendation: recommendation.clone(),
        label: format!("CAM22-R{number}"),
        post: post.into(),
        in_place: Vec::new(),
        kind,
        due_on: "2026-11-27".parse().unwrap(),
    }
}

async fn tell_all(journal: &Journal, told: &[Told]) -> tell::Outcome {
    let mut tx = journal.begin().await.unwrap();
    let outcome = tell(&mut tx, &actor(), now(), told).await.unwrap();
    tx.commit().await.unwrap();
    outcome
}

/// Writes a notice as it is; only its words are looked at by the rules.
async fn write(journal: &Journal, to: &Id, subject: &str, body: &str) -> Id {
    write_as(journal, to, Kind::Asked, subject, body).await
}

async fn write_as(journal: &Journal, to: &Id, kind: Kind, subject: &str, body: &str) -> Id {
    let id = Id::new(now());
    let letter = Letter {
        to: to.clone(),
        kind,
        subject: subject.into(),
        body: body.into(),
        about: None,
        digest_of: None,
    };
    change(journal, now(), &id, Command::Write(letter)).await;
    id
}

async fn change(journal: &Journal, now: Timestamp, id: &Id, command: Command) {
    let mut tx = journal.begin().await.unwrap();
    let known = Known { now, has_digest: false };
    journal::act::<Notices>(&mut tx, &actor(), now, id, &known, command).await.unwrap().unwrap();
    tx.commit().await.unwrap();
}

async fn listed(journal: &Journal) -> Vec<rows::Listed> {
    let mut read = journal.read().await.unwrap();
    let mut all = rows::list(&mut read, Wanted::default(), 100, 0).await.unwrap().0;
    all.reverse(); // the oldest first
    all
}

async fn wants(person: &Person, email: &str, digest: &str) {
    let answer = person.post("/mailbox/settings", &[("email", email), ("digest", digest)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(answer.headers["location"], "/mailbox?done=settings");
}

const NOTHING: Outcome = Outcome { kept: 0, sent: 0, failed: 0 };

#[tokio::test]
async fn both_engines_know_every_statement() {
    journal::testing::prepare_all(&rows::STATEMENTS).await;
    journal::testing::prepare_all(&subscription::rows::STATEMENTS).await;
}

#[tokio::test]
async fn the_holders_are_told_once_each_and_a_post_that_nobody_holds_is_named() {
    for t in engines().await {
        let ids = fill(&t.journal).await;
        let holder = Person::open(&t.journal, "Mòrag Bàn", "action_owner").await;
        let alternate = Person::open(&t.journal, "Rory Abernethy", "analyst").await;
        let administrator = Person::open(&t.journal, "Struan Ogilvie", "administrator").await;
        give(&t.journal, CERP, &holder.id, false).await;
        give(&t.journal, CERP, &alternate.id, true).await;
        give(&t.journal, "Head of Training", &alternate.id, true).await;
        let asks = [
            told(&ids[0], 1, CERP, Kind::Asked),
            told(&ids[1], 2, " superintendent cerp", Kind::Asked),
            told(&ids[1], 2, CERP, Kind::Asked),
            told(&ids[2], 3, "Head of Training", Kind::Escalated),
            told(&ids[4], 5, "ACC", Kind::Reminded),
        ];
        let outcome = tell_all(&t.journal, &asks).await;
        assert_eq!(outcome, tell::Outcome { written: 2, unheld: vec!["ACC".into()] });
        let all = listed(&t.journal).await;
        let subjects: Vec<_> = all
            .iter()
            .map(|one| (one.account.as_str(), one.subject.as_str(), one.about.as_deref()))
            .collect();
        let mut expected = [
            (holder.id.as_str(), "An update is asked for: 2 recommendations", None),
            (alternate.id.as_str(), "Escalated, an update has not come: CAM22-R3", Some(ids[2].as_str())),
        ];
        expected.sort_unstable();
        let mut sorted = subjects.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, expected);
        let own = holder.json("/mailbox").await;
        assert_eq!((&own["total"], &own["notices"][0]["to"]), (&1.into(), &serde_json::Value::Null));
        let place = format!("/mailbox/{}", own["notices"][0]["id"].as_str().unwrap());
        let page = holder.get(&place).await.body;
        for words in [
            "An update on CAM22-R1 is asked for by 27 November 2026.".to_owned(),
            format!("<a href=\"/recommendations/{}/update\">", ids[0]),
            "You are told because you act for".to_owned(),
        ] {
            assert!(page.contains(&words), "{words} in {page}");
        }
        assert!(
            !page.contains("Mòrag Bàn, ") && page.contains("<title>Notice"),
            "the title says nothing of it"
        );
        assert_eq!(alternate.get(&place).await.status, StatusCode::NOT_FOUND, "somebody else’s is not there");
        assert_eq!(administrator.get(&place).await.status, StatusCode::OK);
        assert_eq!(holder.get("/mailbox?everybody=1").await.status, StatusCode::FORBIDDEN);
        assert_eq!(holder.stranger("/mailbox", &[]).await.status, StatusCode::UNAUTHORIZED);
        let all = administrator.json("/mailbox?everybody=1").await;
        assert_eq!(all["total"], 2);
        assert!(administrator.get("/mailbox?everybody=1").await.body.contains("Rory Abernethy"));
        assert_eq!(administrator.json("/mailbox").await["total"], 0, "one’s own, without being asked");
        // Without the holder's account the alternate is told.
        close(&administrator, &holder).await;
        let again = tell_all(&t.journal, &asks[..1]).await;
        assert_eq!((again.written, again.unheld.len()), (1, 0));
        assert_eq!(listed(&t.journal).await.last().unwrap().account, alternate.id.as_str());
    }
}

#[tokio::test]
async fn where_nobody_holds_a_post_the_first_in_its_place_that_can_be_told_is_told() {
    for t in engines().await {
        let ids = fill(&t.journal).await;
        let alternate = Person::open(&t.journal, "Rory Abernethy", "analyst").await;
        let chair = Person::open(&t.journal, "Mòrag Bàn", "audit_manager").await;
        give(&t.journal, "Training manager", &alternate.id, false).await;
        give(&t.journal, "ACC", &chair.id, false).await;
        let ask = |number: usize, post: &str, in_place: &[&str]| Told {
            in_place: in_place.iter().map(|post| (*post).to_owned()).collect(),
            ..told(&ids[number - 1], number, post, Kind::Asked)
        };
        let asks = [
            ask(3, "Head of Training", &["Training manager", "ACC"]),
            ask(5, "Head of Estates", &["Estates manager", "ACC"]),
            ask(1, "ACC", &["Chief Superintendent"]),
            ask(7, "Head of Fleet", &["Fleet manager"]),
        ];
        let outcome = tell_all(&t.journal, &asks).await;
        assert_eq!(outcome, tell::Outcome { written: 2, unheld: vec!["Head of Fleet".into()] });
        let bodies: std::collections::BTreeMap<String, String> =
            listed(&t.journal).await.into_iter().map(|one| (one.account, one.body)).collect();
        let of = |person: &Person| bodies[person.id.as_str()].clone();
        assert!(of(&alternate).contains("CAM22-R3") && !of(&alternate).contains("CAM22-R5"));
        let instead = "You act for “Training manager” and are told in the place of “Head of Training”";
        assert!(of(&alternate).contains(instead), "{}", of(&alternate));
        assert!(of(&chair).contains("CAM22-R5") && of(&chair).contains("CAM22-R1"));
        for words in ["You are told because you act for “ACC”.", "in the place of “Head of Estates”"]
        {
            assert!(of(&chair).contains(words), "{words} in {}", of(&chair));
        }
        // A link is called by what it leads to.
        let place = chair.json("/mailbox").await["notices"][0]["id"].as_str().unwrap().to_owned();
        let page = chair.get(&format!("/mailbox/{place}")).await.body;
        assert!(
            page.contains(&format!("/recommendations/{}/update\">Add an update on CAM22-R1</a>", ids[0]))
        );
        assert!(page.contains(">Posts and who holds them</a>"), "{page}");
    }
}

async fn close(administrator: &Person, person: &Person) {
    let place = format!("/accounts/{}", person.id);
    let page = administrator.get(&place).await.body;
    let edits = page.split_once("name=\"edits\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let fields = [("edits", edits.as_str()), ("closing_reason", "Retired.")];
    assert_eq!(administrator.post(&format!("{place}/closure"), &fields).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn in_the_demonstration_nothing_leaves_and_the_page_is_the_mailbox() {
    for t in engines().await {
        let person = Person::open(&t.journal, "Mòrag Bàn", "action_owner").await;
        wants(&person, "m.ban@police.example", "off").await;
        for number in 0..52 {
            write(
                &t.journal,
                &person.id,
                &format!("Notice 100% {number}"),
                "Sgrùdadh\n//evil.example\n/attention",
            )
            .await;
        }
        let first = send_due(&t.journal, &Transport::Mailbox, now()).await.unwrap();
        let second = send_due(&t.journal, &Transport::Mailbox, now()).await.unwrap();
        assert_eq!((first.kept, second.kept), (50, 2));
        assert_eq!(send_due(&t.journal, &Transport::Mailbox, now()).await.unwrap(), NOTHING);
        assert_eq!(person.json("/mailbox?state=mailbox").await["total"], 52);
        assert_eq!(person.json("/mailbox?state=waiting").await["total"], 0);
        assert_eq!(person.json("/mailbox?words=SGR%C3%99DADH").await["total"], 52);
        assert_eq!(person.json("/mailbox?words=100%25%204").await["total"], 11, "4 and 40 to 49");
        assert_eq!(person.json("/mailbox?words=100_").await["total"], 0, "no character stands for another");
        let page = person.get("/mailbox?words=notice").await.body;
        assert!(
            page.contains("Showing 1 to 50 of 52") && page.contains("/mailbox?words=notice&#38;page=2"),
            "{page}"
        );
        assert!(page.contains("Notice 100% 51") && !page.contains("Notice 100% 1<"));
        let last = person.get("/mailbox?words=notice&page=2").await.body;
        assert!(last.contains("Showing 51 to 52 of 52") && last.contains("Notice 100% 1<"), "{last}");
        assert!(person.get("/mailbox?words=zz").await.body.contains("No notice matches."));
        let id = listed(&t.journal).await[0].id.clone();
        let page = person.get(&format!("/mailbox/{id}")).await.body;
        assert!(page.contains("<a href=\"/attention\">") && !page.contains("href=\"//evil"), "{page}");
    }
}

#[tokio::test]
async fn the_settings_are_ones_own_and_refuse_what_is_no_address() {
    for t in engines().await {
        let person = Person::open(&t.journal, "Mòrag Bàn", "action_owner").await;
        let other = Person::open(&t.journal, "Rory Abernethy", "analyst").await;
        for (email, digest, words) in [
            ("nobody", "on", "not an e-mail address"),
            ("a@b.example\r\nRCPT TO:<c@d.example>", "on", "not an e-mail address"),
            ("a@b.example", "", "Choose whether"),
            ("", "off", "Nothing is different"),
        ] {
            let refused = person.post("/mailbox/settings", &[("email", email), ("digest", digest)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{email}");
            assert!(refused.body.contains(words), "{words} in {}", refused.body);
        }
        let kept = person.post("/mailbox/settings", &[("email", "what.was@typed"), ("digest", "on")]).await;
        assert!(
            kept.body.contains("value=\"what.was@typed\"") && kept.body.contains("value=\"on\" selected")
        );
        wants(&person, "m.ban@police.example", "on").await;
        assert!(person.get("/mailbox/settings").await.body.contains("value=\"m.ban@police.example\""));
        assert!(!other.get("/mailbox/settings").await.body.contains("m.ban"));
        wants(&person, "", "off").await;
        let all = subscription::rows::all(&mut t.journal.read().await.unwrap()).await.unwrap();
        assert_eq!(all.iter().map(|one| (&one.email, one.digest)).collect::<Vec<_>>(), [(&None, false)]);
        assert_eq!(person.stranger("/mailbox/settings", &[]).await.status, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn a_digest_is_written_once_a_day_to_whoever_wants_it_and_has_something_to_read() {
    for t in engines().await {
        let ids = fill(&t.journal).await;
        let owner = Person::open(&t.journal, "Mòrag Bàn", "action_owner").await;
        let idle = Person::open(&t.journal, "Rory Abernethy", "analyst").await;
        let unasked = Person::open(&t.journal, "Catriona Munro", "audit_manager").await;
        give(&t.journal, CERP, &owner.id, false).await;
        give(&t.journal, CERP, &unasked.id, false).await;
        wants(&owner, "", "on").await;
        wants(&idle, "", "on").await;
        let at = async |moment: Timestamp| write_digests(&t.journal, moment).await.unwrap();
        assert_eq!(at(moment("2026-11-21T05:59:00Z")).await, 0, "before the morning");
        assert_eq!(at(now()).await, 1);
        assert_eq!(at(moment("2026-11-21T23:00:00Z")).await, 0, "once a day");
        assert_eq!(at(moment("2026-11-22T07:00:00Z")).await, 1);
        let both = tokio::join!(at(moment("2026-11-23T07:00:00Z")), at(moment("2026-11-23T07:00:00Z")));
        assert_eq!(both.0 + both.1, 1, "two at once write one");
        wants(&owner, "", "off").await;
        assert_eq!(at(moment("2026-11-24T07:00:00Z")).await, 0);
        let all = listed(&t.journal).await;
        assert!(
            all.len() == 3
                && all.iter().all(|one| one.account == owner.id.as_str() && one.kind == Kind::Digest)
        );
        assert_eq!(all[0].subject, "6 things need you in the improvement plan");
        let first = format!(
            "6 things need you in the improvement plan.\n\nOverdue (1)\n\nCAM22-R1: Mend what is number 1, bàta.\nThe target was 30 June 2026: 4 months past.\n/recommendations/{}\n",
            ids[0]
        );
        assert!(all[0].body.starts_with(&first), "{}", all[0].body);
        assert!(all[0].body.ends_with("To change that:\n/mailbox/settings"));
        for name in ["Mòrag", "secret", "Superintendent"] {
            assert!(!all[0].body.contains(name), "{name} in {}", all[0].body);
        }
        the_rows_are_the_fold(&t.journal).await;
    }
}

/// What `check` does: the rows, and the same rows folded from the journal anew.
async fn the_rows_are_the_fold(journal: &Journal) {
    let feed = [("name", "Desk"), ("scope", "mine")];
    let person = Person::open(journal, "Hamish Geddes", "inspectorate_reviewer").await;
    assert_eq!(person.post("/calendar/feeds", &feed).await.status, StatusCode::CREATED);
    send_due(journal, &Transport::Mailbox, moment("2026-11-25T07:00:00Z")).await.unwrap();
    let mut tx = journal.begin().await.unwrap();
    let before = dump(&mut tx, &round::TABLES).await.unwrap();
    assert!(
        ["calendar_feed", "notice", "subscription"]
            .iter()
            .all(|table| before.iter().any(|line| line.starts_with(table))),
        "{before:?}"
    );
    clear(&mut tx, &round::TABLES).await.unwrap();
    let (mut memory, last) = (round::Memory::default(), head(&mut tx).await.unwrap());
    for entry in entries(&mut tx, 0, last).await.unwrap() {
        round::refold(&mut tx, &mut memory, &entry).await.unwrap();
    }
    assert_eq!(dump(&mut tx, &round::TABLES).await.unwrap(), before);
}
