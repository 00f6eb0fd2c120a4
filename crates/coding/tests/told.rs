//! What a coder reads beside the issue: calls that were given up, and systems that were down.

mod common;
#[path = "common/desk.rs"]
mod desk;

use axum::http::StatusCode;
use common::{WEEK, minutes_past_noon, now, week, who};
use contact::{
    contact::{
        given_up::rules::GivenUp,
        rules::{Channel, Command as Contacting},
    },
    outage::{
        rows::change as outage,
        rules::{Command, Told},
    },
};
use jiff::Timestamp;
use journal::{Id, Tx, testing::engines};
use users::testing::Caller;

fn at(moment: &str) -> Timestamp {
    format!("2026-11-{moment}:00Z").parse().expect("a moment")
}

async fn down(tx: &mut Tx, system: &str, from: &str, until: &str) -> Id {
    let told = Told {
        system: system.to_owned(),
        began_at: at(from),
        ended_at: Some(at(until)),
        callers: String::new(),
    };
    let (id, who) = (Id::new(now()), who("a supervisor"));
    let began = outage(tx, &who, now(), &id, Command::Begin { told, source: "The desk".into() }).await;
    began.expect("sql").expect("it is recorded");
    id
}

#[tokio::test]
async fn a_coder_reads_what_was_down_and_which_call_was_given_up() {
    for t in engines().await {
        minutes_past_noon(0);
        week(&t.journal, "an advisor", 2, 0).await;
        let mut tx = t.journal.begin().await.expect("a command begins");
        down(&mut tx, "telephony", "16T07:10", "16T07:50").await;
        down(&mut tx, "written", "14T07:00", "14T09:00").await;
        let mistaken = down(&mut tx, "diary", "16T07:00", "16T09:30").await;
        let taken_back = Command::TakeBack { reason: "It was another force’s.".into() };
        outage(&mut tx, &who("a supervisor"), now(), &mistaken, taken_back)
            .await
            .expect("sql")
            .expect("it is");
        let first: Vec<Id> =
            journal::entries(&mut tx, 0, 1).await.expect("sql").into_iter().map(|one| one.subject).collect();
        let call = GivenUp {
            attempt: Id::new(at("16T07:55")),
            channel: Channel::NonEmergency,
            at: at("16T07:56"),
            waited_seconds: 75,
            ended_by: "caller".into(),
        };
        let recognised = Contacting::Recognise(call);
        let advisor = who("an advisor");
        let stored = contact::contact::rows::change(&mut tx, &advisor, now(), &first[0], recognised);
        stored.await.expect("sql").expect("it is tied");
        tx.commit().await.expect("it is committed");
        measure::worker::catch_up(&t.journal).await.expect("it is counted");

        let app = desk::app(&t.journal);
        let analyst = Caller::person(&t.journal, &app, "analyst").await;
        let form = analyst.get("/coding").await;
        assert_eq!(analyst.send("/coding", &form, &[("week", WEEK)]).await.status, StatusCode::SEE_OTHER);
        let supervisor = Caller::person(&t.journal, &app, "supervisor").await;
        let page = supervisor.get(&format!("/coding/{WEEK}/contacts/{}", first[0])).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        for told in [
            "A system was down: 999 and 101 telephony",
            ">record of outages, <time",
            "Down when they got in touch",
            "A call from the same number was given up",
            "1 minute",
            "The caller hung up",
        ] {
            assert!(page.body.contains(told), "no “{told}” in {}", page.body);
        }
        for not in ["Web forms and email", "Diaries of appointments"] {
            assert!(!page.body.contains(not), "“{not}” in {}", page.body);
        }
        let program = Caller::program(&t.journal, &app, "supervisor").await;
        let sample = program.get(&format!("/coding/{WEEK}")).await.json();
        let rows = sample["rows"].as_array().expect("rows");
        let other = rows
            .iter()
            .filter_map(|row| row["address"].as_str())
            .find(|one| !one.ends_with(first[0].as_str()));
        let page = supervisor.get(other.expect("there is another")).await;
        assert!(
            page.body.contains("A system was down") && !page.body.contains("was given up"),
            "{}",
            page.body
        );
    }
}
