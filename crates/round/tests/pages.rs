//! The pages of the month, as people in their roles use them, on both engines.

#[expect(dead_code, reason = "these tests use some of the hands")]
mod common;

use axum::http::StatusCode;
use common::{
    Somebody, app, happens, hidden, morning, now, reassign, rows_are_the_fold, say,
    steps::{GROUP, group_and_meeting, led_to, recommendations, refused, refused_plainly, shows},
};
use journal::testing::engines;
use plan::recommendation::rows::Recommendations;
use serde_json::json;

#[tokio::test]
async fn a_group_is_set_up_seated_changed_and_ended() {
    for t in engines().await {
        morning("2024-02-12");
        let app = app(&t.journal);
        let manager = Somebody::in_role(&t.journal, &app, "audit_manager").await;
        shows(&manager.get("/groups").await, &["There is no group yet.", "Set up a group"]);
        shows(&manager.get("/groups/new").await, &["name=\"csrf\"", "Terms of reference"]);
        for (change, told) in [
            (("name", " "), "The name is missing"),
            (("kind", "secret"), "Choose where it stands"),
            (("cadence", "quarterly"), "month of the quarter"),
            (("weekday", "sunday"), "Choose the day of the week"),
        ] {
            let fields: Vec<_> =
                GROUP.into_iter().map(|field| if field.0 == change.0 { change } else { field }).collect();
            refused(&manager.post("/groups/new", &fields).await, &[told, "To deliver the plan."]);
        }
        let group = led_to(&manager.post("/groups/new", &GROUP).await);
        shows(
            &manager.get(&format!("{group}?done=formed")).await,
            &["The group is set up.", "second Wednesday", "No chair", "14 February 2024"],
        );
        refused(&manager.post("/groups/new", &GROUP).await, &["There is a group called “Tactical Group”"]);
        let member = |post, alternate, chairs| [("post", post), ("alternate", alternate), ("chairs", chairs)];
        let add = format!("{group}/members");
        led_to(&manager.post(&add, &member("ACC & DCC", "", "yes")).await);
        refused(&manager.post(&add, &member("acc & dcc", "", "no")).await, &["sits on this group already"]);
        led_to(&manager.post(&add, &member("Head of Governance", "Audit manager", "no")).await);
        let shown = manager.get(&group).await;
        shows(
            &shown,
            &[
                "seat?post=ACC%20%26%20DCC",
                "In the chair",
                "ACC &#38; DCC added",
                "Ailsa Craig, Audit manager",
            ],
        );
        let form = manager.get(&format!("{group}/seat?post=Head%20of%20Governance")).await;
        shows(&form, &["Audit manager", "name=\"last_seq\""]);
        let seen = hidden(&form.body, "last_seq").to_owned();
        let seat = |reason| {
            [("post", "Head of Governance"), ("alternate", "None yet"), ("chairs", "yes"), ("reason", reason)]
        };
        refused(
            &manager.post(&format!("{group}/seat"), &seat("")).await,
            &["The reason is missing", "None yet"],
        );
        led_to(&manager.post(&format!("{group}/seat"), &seat("The chair passes on")).await);
        let stale = [&seat("Late")[..], &[("last_seq", seen.as_str())]].concat();
        let stale = manager.post(&format!("{group}/seat"), &stale).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        assert!(stale.body.contains("Late") && stale.body.contains(&group), "{}", stale.body);
        led_to(
            &manager
                .post(&format!("{group}/removal"), &[("post", "ACC & DCC"), ("reason", "Moved on")])
                .await,
        );
        let data = manager.data(&group).await.json();
        assert_eq!(
            (data["chair"].as_str(), data["members"].as_array().map(Vec::len)),
            (Some("Head of Governance"), Some(1))
        );
        shows(
            &manager.get("/groups?words=governance&kind=tactical&sort=-name").await,
            &["1 group", "aria-sort=\"descending\""],
        );
        shows(&manager.get("/groups?kind=committee").await, &["No group matches."]);
        led_to(&manager.post(&format!("{group}/end"), &[("reason", "The plan is done")]).await);
        refused_plainly(&manager.get(&format!("{group}/members")).await);
        shows(&manager.get("/groups").await, &["No group matches."]);
        shows(&manager.get("/groups?state=ended").await, &["Ended 12 Feb 2024"]);
    }
}

#[tokio::test]
async fn a_meeting_has_its_days_and_an_agenda_that_is_what_the_register_was() {
    for t in engines().await {
        morning("2024-02-12");
        let app = app(&t.journal);
        let manager = Somebody::in_role(&t.journal, &app, "audit_manager").await;
        shows(&manager.get("/meetings").await, &["No meeting was called yet."]);
        let all = recommendations(&t.journal).await;
        let (group, meeting) = group_and_meeting(&manager).await;
        let id = group.rsplit('/').next().unwrap_or_default();
        for (on, told) in [
            ("soon", "is not a day"),
            ("29 March 2024", "Good Friday"),
            ("13 March 2024", "meets on 13 March 2024 already"),
            ("2029-01-10", "covers 2020 to 2028"),
        ] {
            let call = [("group", id), ("on", on), ("place", "The usual room")];
            refused(&manager.post("/meetings/new", &call).await, &[told, "The usual room"]);
        }
        shows(&manager.get(&format!("/meetings/new?group={id}&on=2024-04-10")).await, &["10 April 2024"]);
        shows(
            &manager.get(&meeting).await,
            &[
                "Papers due",
                "8 March 2024",
                "1 March 2024",
                "as it is now",
                "CAM22-R1",
                "Ask for updates",
                "Without an update for 30 days",
            ],
        );
        shows(&manager.get("/meetings").await, &["1 meeting", "13 Mar 2024", "1 Mar 2024", "10 April 2024"]);
        refused(
            &manager.post(&format!("{meeting}/held"), &[("minutes", "")]).await,
            &["cannot have been held yet"],
        );
        let form = manager.get(&format!("{meeting}/move")).await;
        let last = hidden(&form.body, "last_seq").to_owned();
        let to = [("on", "14 March 2024"), ("reason", "No room"), ("last_seq", last.as_str())];
        led_to(&manager.post(&format!("{meeting}/move"), &to).await);
        assert_eq!(manager.post(&format!("{meeting}/move"), &to).await.status, StatusCode::CONFLICT);
        morning("2024-03-15");
        led_to(&manager.post(&format!("{meeting}/held"), &[("minutes", "")]).await);
        // What happens after the meeting is not on its agenda.
        let mut tx = t.journal.begin().await.expect("it begins");
        happens::<Recommendations>(
            &mut tx,
            now(),
            &all[0],
            json!({ "discharged": { "reason": "Enough", "on": "2024-03-15" } }),
        )
        .await;
        tx.commit().await.expect("it is committed");
        let shown = manager.get(&meeting).await;
        shows(&shown, &["at the end of 14 March 2024", "CAM22-R1", "There are none yet."]);
        led_to(
            &manager.post(&format!("{meeting}/minutes"), &[("minutes", "https://minutes.example/3")]).await,
        );
        let shown = manager.get(&meeting).await;
        shows(&shown, &["<a href=\"https://minutes.example/3\"", "Moved to 14 March 2024", "No room"]);
        let script = [("minutes", "javascript:alert(1)")];
        led_to(&manager.post(&format!("{meeting}/minutes"), &script).await);
        assert!(
            !manager.get(&meeting).await.body.contains("href=\"javascript"),
            "only a web address is a link"
        );
        shows(&manager.get("/meetings?when=past&standing=held").await, &["1 meeting", "14 Mar 2024"]);
        let data = manager.data(&meeting).await.json();
        assert_eq!(data["agenda"].as_array().map(Vec::len), Some(6));
    }
}

#[tokio::test]
async fn a_round_is_opened_worked_and_closed() {
    for t in engines().await {
        morning("2024-02-12");
        let app = app(&t.journal);
        let manager = Somebody::in_role(&t.journal, &app, "audit_manager").await;
        shows(&manager.get("/rounds").await, &["No updates were asked for yet."]);
        let all = recommendations(&t.journal).await;
        let (group, meeting) = group_and_meeting(&manager).await;
        let id = meeting.rsplit('/').next().unwrap_or_default();
        let form = manager.get(&format!("/rounds/new?meeting={id}")).await;
        shows(
            &form,
            &[
                "Leave it empty for 1 March 2024",
                "2 open recommendations have an owner",
                "Nobody owns CAM22-R3",
            ],
        );
        let open = |due_on, owner| [("meeting", id), ("due_on", due_on), ("owner", owner)];
        for (due_on, owner, told) in [
            ("13 March 2024", "", "before the meeting"),
            ("2 March 2024", "", "no working day"),
            ("", "Nobody", "No open recommendation"),
        ] {
            refused(&manager.post("/rounds/new", &open(due_on, owner)).await, &[told]);
        }
        let round = led_to(&manager.post("/rounds/new", &open("", "")).await);
        refused(&manager.post("/rounds/new", &open("", "")).await, &["A round for this meeting is open"]);
        shows(
            &manager.get(&format!("{round}?done=opened")).await,
            &[
                "2 updates are asked for",
                "23 February 2024 and 29 February 2024",
                "escalated on 4 March 2024",
                "CAM22-R1",
                "=Head of Diaries",
                "Nobody owns CAM22-R3",
            ],
        );
        let about = [("recommendation", all[0].as_str())];
        let remind = format!("{round}/reminders");
        led_to(&manager.post(&remind, &about).await);
        refused(&manager.post(&remind, &about).await, &["was reminded of it today", "CAM22-R1"]);
        led_to(&manager.post(&format!("{round}/escalations"), &about).await);
        refused(
            &manager.post(&format!("{round}/escalations"), &about).await,
            &["was escalated to ACC Local Policing"],
        );
        let withdraw = |reason| [about[0], ("reason", reason)];
        shows(
            &manager.get(&format!("{round}/withdrawal?recommendation={}", all[0])).await,
            &["selected>CAM22-R1"],
        );
        refused(
            &manager.post(&format!("{round}/withdrawal"), &withdraw(" ")).await,
            &["The reason is missing"],
        );
        let mut tx = t.journal.begin().await.expect("it begins");
        morning("2024-02-14");
        say(&mut tx, now(), &all[1], "It goes on.").await;
        reassign(&mut tx, now(), &all[0], "Head of Skills").await;
        tx.commit().await.expect("it is committed");
        shows(&manager.get(&format!("{round}?state=answered")).await, &["1 request", "on 14 Feb 2024"]);
        shows(
            &manager.get(&format!("{round}?escalated=yes")).await,
            &["1 request", "12 Feb 2024 to ACC", "now Head of Skills"],
        );
        shows(&manager.get(&format!("{round}?owner=Nobody")).await, &["No request matches."]);
        let csv = manager.get(&format!("{round}/export/csv?sort=state")).await;
        let lines: Vec<&str> = csv.body.lines().collect();
        assert_eq!(lines.len(), 3, "{}", csv.body);
        assert!(
            lines[1].contains("CAM22-R1") && lines[1].ends_with("2024-02-12,2024-02-12,ACC Local Policing,"),
            "{}",
            lines[1]
        );
        assert!(
            lines[2].contains(",'=Head of Diaries,2024-02-12,2024-03-01,Answered,2024-02-14,"),
            "{}",
            lines[2]
        );
        led_to(&manager.post(&format!("{round}/withdrawal"), &withdraw("Merged into R2")).await);
        refused(&manager.post(&remind, &about).await, &["was withdrawn on 14 February 2024"]);
        led_to(&manager.post(&format!("{round}/closure"), &[]).await);
        refused_plainly(&manager.get(&format!("{round}/closure")).await);
        let data = manager.data(&round).await.json();
        assert_eq!(
            data["counts"],
            json!({ "asked": 2, "unanswered": 0, "answered": 1, "escalated": 1, "withdrawn": 1 })
        );
        assert_eq!(data["requests"][0]["state"], "withdrawn");
        shows(&manager.get("/rounds?state=closed").await, &["1 round", "Closed 14 Feb 2024"]);
        shows(&manager.get("/rounds?state=open").await, &["No round matches."]);
        shows(&manager.get(&meeting).await, &["Round of updates", "Closed"]);
        rows_are_the_fold(&t.journal).await;
        assert!(group.starts_with("/groups/"));
    }
}

#[tokio::test]
async fn a_round_needs_somebody_to_escalate_to_and_a_meeting_to_come() {
    let t = engines().await.remove(0);
    morning("2024-02-12");
    let app = app(&t.journal);
    let manager = Somebody::in_role(&t.journal, &app, "audit_manager").await;
    recommendations(&t.journal).await;
    let (group, meeting) = group_and_meeting(&manager).await;
    let id = meeting.rsplit('/').next().unwrap_or_default();
    let remove = [("post", "ACC Local Policing"), ("reason", "Moved on")];
    led_to(&manager.post(&format!("{group}/removal"), &remove).await);
    refused(&manager.post("/rounds/new", &[("meeting", id)]).await, &["Name a chair first."]);
    led_to(&manager.post(&format!("{meeting}/cancellation"), &[("reason", "Nothing is due")]).await);
    refused(&manager.post("/rounds/new", &[("meeting", id)]).await, &["was held or cancelled"]);
    refused(&manager.post("/rounds/new", &[("meeting", "")]).await, &["Choose the meeting"]);
    shows(&manager.get(&meeting).await, &["Cancelled", "Nothing is due"]);
    refused_plainly(&manager.get(&format!("{meeting}/move")).await);
}

#[tokio::test]
async fn a_group_its_meetings_and_rounds_are_found_by_name() {
    for t in engines().await {
        morning("2024-02-12");
        let app = app(&t.journal);
        let manager = Somebody::in_role(&t.journal, &app, "audit_manager").await;
        recommendations(&t.journal).await;
        let (group, meeting) = group_and_meeting(&manager).await;
        let id = meeting.rsplit('/').next().unwrap_or_default();
        let round = led_to(&manager.post("/rounds/new", &[("meeting", id)]).await);
        let found = async |words: &str| {
            let data = manager.data(&format!("/find?words={words}")).await.json();
            let hits = data["hits"].as_array().cloned().unwrap_or_default();
            hits.into_iter()
                .map(|hit| hit["address"].as_str().unwrap_or_default().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(found("tactical+group").await, [group.as_str(), &meeting, &round]);
        assert_eq!(found("acc+local+policing").await, [group.as_str()]);
        assert_eq!(found("tactical+13+march").await, [meeting.as_str(), &round]);
        assert_eq!(found("zebra").await, Vec::<String>::new());
        shows(&manager.get("/find?words=tactical").await, &["Governance group", "Meeting", "Round"]);
    }
}
