//! The pages of messages, with people and programs before them.

mod common;

use carrier::Carriers;
use common::{CONTACT, INCIDENT, app, minutes_past_noon, now, somebody, wish};
use contact::preference::rules::Way;
use journal::{Id, Journal};
use message::sending::{Outcome, send_due};
use serde_json::json;
use users::testing::{Caller, hidden};

const NUMBER: &str = "07700 900123";

async fn begun() -> (Journal, Id, journal::testing::Testing) {
    let t = journal::testing::engines().await.remove(0);
    let contact = Id::read(CONTACT).expect("an identity");
    somebody(&t.journal, &contact, NUMBER, "pl").await;
    (t.journal.clone(), contact, t)
}

fn new(template: &str) -> String {
    format!("/incidents/{INCIDENT}/messages/new?template={template}")
}

#[tokio::test]
async fn somebody_is_written_to_only_in_words_that_were_shown() {
    minutes_past_noon(0);
    let (journal, _, _t) = begun().await;
    let app = app(&journal);
    let advisor = Caller::person(&journal, &app, "service_advisor").await;
    let choose = advisor.get(&format!("/incidents/{INCIDENT}/messages/new")).await;
    assert!(choose.body.contains("Your reference number"), "{}", choose.body);
    let form = advisor.get(&new("not_reached")).await;
    let fields = [("way", "text"), ("when", "26 November 2026, 11:00"), ("do", "send")];
    // “Send” without having seen the words shows them.
    let shown = advisor.send(&new("not_reached"), &form, &fields).await;
    assert_eq!(shown.status, 200);
    assert!(shown.body.contains("We tried to reach you on 26 November 2026, 11:00."), "{}", shown.body);
    let words = hidden(&shown.body, "shown").to_owned();
    let words = words.replace("&#10;", "\n");
    // Other words than those that were shown are shown first, too.
    let other = [("way", "text"), ("when", "tomorrow"), ("do", "send"), ("shown", words.as_str())];
    let again = advisor.send(&new("not_reached"), &shown, &other).await;
    assert!(again.status == 200 && again.body.contains("on tomorrow."), "{}", again.body);
    let same = [fields[0], fields[1], fields[2], ("shown", words.as_str())];
    let sent = advisor.send(&new("not_reached"), &shown, &same).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    let page = advisor.get(&sent.location).await;
    assert!(page.body.contains("+447700900123") && page.body.contains("It is on its way"), "{}", page.body);
    assert_eq!(send_due(&journal, &Carriers::default(), now).await.unwrap().kept, 1);
    let mailbox = advisor.get("/messages/mailbox").await;
    assert!(mailbox.body.contains("We could not reach you"), "{}", mailbox.body);
    assert!(!mailbox.body.contains("900123"), "no number in a list");
}

#[tokio::test]
async fn an_unsafe_way_is_not_offered_and_refused() {
    let (journal, contact, _t) = begun().await;
    wish(&journal, &contact, &[], &[(Way::Text, None)]).await;
    let app = app(&journal);
    let advisor = Caller::person(&journal, &app, "service_advisor").await;
    let form = advisor.get(&new("crime_reference")).await;
    assert!(form.body.contains("Text is not safe for this person"), "{}", form.body);
    assert!(!form.body.contains("value=\"text\""), "{}", form.body);
    let refused = advisor.send(&new("crime_reference"), &form, &[("way", "text"), ("do", "send")]).await;
    assert_eq!(refused.status, 422);
    let program = Caller::program(&journal, &app, "service_advisor").await;
    let body = json!({ "way": "text", "do": "send" });
    let refused = program.post(&new("crime_reference"), &body, &[]).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert!(refused.body.contains("not safe"), "{}", refused.body);
    // Another way is safe, and does not say who writes.
    let body = json!({ "way": "email", "to": "m.reid@example.org", "do": "send" });
    let sent = program.post(&new("crime_reference"), &body, &[]).await;
    assert_eq!(sent.status, 201, "{}", sent.body);
    let shown = program.get(&format!("/messages/{}", sent.text("id"))).await;
    assert!(shown.text("body").contains("The service centre") && !shown.body.contains("Caledonia"));
    assert_eq!(shown.text("subject"), "A message for you");
}

#[tokio::test]
async fn a_letter_is_printed_and_posted_by_hand_while_it_is_safe() {
    let (journal, contact, _t) = begun().await;
    wish(&journal, &contact, &[], &[(Way::Text, None)]).await;
    let app = app(&journal);
    let program = Caller::program(&journal, &app, "service_advisor").await;
    let body = json!({ "way": "letter", "to": "4 Muir Road\nDundee", "do": "send" });
    let sent = program.post(&new("crime_reference"), &body, &[]).await;
    let address = format!("/messages/{}", sent.text("id"));
    let advisor = Caller::person(&journal, &app, "resolution_team").await;
    let letter = advisor.get(&format!("{address}/letter")).await;
    assert!(letter.body.contains("4 Muir Road\nDundee"), "{}", letter.body);
    assert_eq!(send_due(&journal, &Carriers::default(), now).await.unwrap(), Outcome::default());
    wish(&journal, &contact, &[], &[(Way::Letter, None)]).await;
    assert_eq!(advisor.get(&format!("{address}/letter")).await.status, 422);
    let form = advisor.get(&format!("{address}/posted")).await;
    assert_eq!(advisor.send(&format!("{address}/posted"), &form, &[]).await.status, 422);
    wish(&journal, &contact, &[], &[(Way::Text, None)]).await;
    assert_eq!(advisor.send(&format!("{address}/posted"), &form, &[]).await.status, 303);
    assert_eq!(program.get(&address).await.text("state"), "sent");
    assert_eq!(advisor.get(&format!("{address}/letter")).await.status, 404, "it is in the post");
}

#[tokio::test]
async fn a_list_is_filtered_by_its_address_and_a_file_has_no_word_of_a_message() {
    let (journal, _, _t) = begun().await;
    let app = app(&journal);
    let program = Caller::program(&journal, &app, "supervisor").await;
    let body = json!({ "way": "text", "do": "send" });
    let first = program.post(&new("crime_reference"), &body, &[]).await.text("id");
    program.post(&new("crime_reference"), &body, &[]).await;
    let withdrawn =
        program.post(&format!("/messages/{first}/withdrawal"), &json!({ "reason": "Twice" }), &[]).await;
    assert_eq!(withdrawn.status, 200, "{}", withdrawn.body);
    for (query, rows) in [
        ("", 2),
        ("?state=waiting", 1),
        ("?state=withdrawn&way=text", 1),
        ("?way=letter", 0),
        ("?template=crime_reference", 2),
        ("?before=1", 0),
    ] {
        let page = program.get(&format!("/messages{query}")).await;
        assert_eq!(page.json()["rows"].as_array().unwrap().len(), rows, "{query}");
    }
    for query in ["?state=lost", "?way=call", "?template=poem", "?before=x"] {
        assert_eq!(program.get(&format!("/messages{query}")).await.status, 422, "{query}");
    }
    let file = program.get("/messages.csv").await;
    assert_eq!(file.body.lines().count(), 3);
    assert!(!file.body.contains("900123") && !file.body.contains("Keep it"), "{}", file.body);
    // By reference as well.
    let reference = program.get(&format!("/messages/{first}")).await.text("reference");
    assert_eq!(program.get(&format!("/messages/{reference}")).await.text("id"), first);
}

#[tokio::test]
async fn who_may_not_sees_nothing_and_writes_nothing() {
    let (journal, _, _t) = begun().await;
    let app = app(&journal);
    let analyst = Caller::program(&journal, &app, "analyst").await;
    let advisor = Caller::program(&journal, &app, "service_advisor").await;
    let body = json!({ "way": "text", "do": "send" });
    let id = advisor.post(&new("crime_reference"), &body, &[]).await.text("id");
    for path in [
        "/messages",
        "/messages.csv",
        "/messages/mailbox",
        &format!("/messages/{id}"),
        &new("crime_reference"),
    ] {
        assert_eq!(analyst.get(path).await.status, 403, "{path}");
    }
    assert_eq!(analyst.post(&new("crime_reference"), &body, &[]).await.status, 403);
    for path in ["/messages/nothing", "/incidents/018a645b-0000-7bb7-b19b-000000000009/messages/new"] {
        assert_eq!(advisor.get(path).await.status, 404, "{path}");
    }
    let hostile = json!({ "way": "email", "to": "a@b.org\r\nBcc: c@d.org", "do": "send" });
    assert_eq!(advisor.post(&new("crime_reference"), &hostile, &[]).await.status, 422);
    let long = json!({ "way": "text", "when": "x".repeat(10_000), "do": "send" });
    assert_eq!(advisor.post(&new("not_reached"), &long, &[]).await.status, 422);
}
