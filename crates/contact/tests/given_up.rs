//! Calls that were given up and what came after them from the same number: tied in whichever order they are told, without a
//! trace of the number, and no more once it is forgotten.

mod common;

use common::{app, now};
use contact::{
    Memory, TABLES,
    contact::{
        given_up::rows::TASK,
        rows::{change, shown},
        rules::{Arrival, Caller, Channel, Command, Fact},
    },
    refold,
};
use jiff::{Timestamp, ToSpan};
use journal::{Actor, Id, Journal, OPEN_END, Tx, clear, dump, entries, head, history};
use users::testing::Caller as Hand;

const NUMBER: &str = "07700 900461";

fn who() -> Actor {
    Actor { who: "tester".into(), role: "service_advisor".into(), task: "Receive a contact".into() }
}

fn arrival(channel: Channel, number: &str, arrived_at: Timestamp, answered_at: Option<Timestamp>) -> Arrival {
    Arrival {
        channel,
        option: String::new(),
        line: String::new(),
        number: number.to_owned().into(),
        arrived_at,
        answered_at,
        their_reference: String::new(),
    }
}

async fn say(tx: &mut Tx, id: &Id, command: Command) {
    change(tx, &who(), now(), id, command).await.expect("sql").expect("it is told");
}

/// Minutes before now.
fn ago(minutes: i64) -> Timestamp {
    now() - minutes.minutes()
}

fn give_up(number: &str, minutes: i64) -> Command {
    let arrival = arrival(Channel::NonEmergency, number, ago(minutes + 3), None);
    Command::Discontinue { arrival, at: ago(minutes), ended_by: "caller".into() }
}

fn heard(channel: Channel, number: &str, minutes: i64) -> Command {
    Command::Receive(arrival(channel, number, ago(minutes), Some(ago(minutes))))
}

fn described(number: &str) -> Command {
    Command::Describe(Caller { call_back_on: number.to_owned().into(), ..Caller::default() })
}

/// The calls that a contact names.
async fn named(journal: &Journal, id: &Id) -> Vec<Id> {
    let mut read = journal.read().await.expect("it begins");
    let all = history(&mut read, id, OPEN_END).await.expect("sql");
    let named = all.iter().filter_map(|entry| match entry.fact::<Fact>().expect("it parses") {
        Some(Fact::GivenUpBefore(call)) => {
            assert_eq!(entry.actor.task, TASK);
            assert_eq!(call.waited_seconds, 180);
            Some(call.attempt)
        }
        _ => None,
    });
    named.collect()
}

#[tokio::test]
async fn a_call_is_tied_to_what_came_after_it_from_the_same_number_in_whichever_order_they_are_told() {
    for t in journal::testing::engines().await {
        let [call, later, id] = [0, 1, 2].map(|_| Id::new(now()));
        let web = Command::Receive(arrival(Channel::WebForm, "", ago(5), None));
        let waiting = Command::Receive(arrival(Channel::Emergency, NUMBER, ago(5), None));
        let take_up = Command::Answer { at: ago(4) };
        let other = "07700 900462";
        for (case, told, is_tied) in [
            ("then 999", vec![(0, give_up(NUMBER, 20)), (1, heard(Channel::Emergency, NUMBER, 5))], true),
            ("told late", vec![(1, heard(Channel::Emergency, NUMBER, 5)), (0, give_up(NUMBER, 20))], true),
            (
                "written otherwise",
                vec![(0, give_up(NUMBER, 20)), (1, heard(Channel::NonEmergency, "+447700900461", 5))],
                true,
            ),
            (
                "a form with a number",
                vec![(0, give_up(NUMBER, 20)), (1, web.clone()), (1, described(NUMBER))],
                true,
            ),
            (
                "the form first",
                vec![(1, web.clone()), (1, described(NUMBER)), (0, give_up(NUMBER, 20))],
                true,
            ),
            ("once it is answered", vec![(0, give_up(NUMBER, 20)), (1, waiting.clone()), (1, take_up)], true),
            ("while it waits", vec![(0, give_up(NUMBER, 20)), (1, waiting)], false),
            (
                "another number",
                vec![(0, give_up(NUMBER, 20)), (1, heard(Channel::Emergency, other, 5))],
                false,
            ),
            ("no number", vec![(0, give_up("", 20)), (1, heard(Channel::Emergency, "withheld", 5))], false),
            ("before it", vec![(0, give_up(NUMBER, 20)), (1, heard(Channel::Emergency, NUMBER, 25))], false),
            (
                "two days",
                vec![(0, give_up(NUMBER, 48 * 60 + 5)), (1, heard(Channel::Emergency, NUMBER, 5))],
                true,
            ),
            (
                "longer",
                vec![(0, give_up(NUMBER, 48 * 60 + 6)), (1, heard(Channel::Emergency, NUMBER, 5))],
                false,
            ),
            ("given up again", vec![(0, give_up(NUMBER, 20)), (1, give_up(NUMBER, 5))], false),
        ] {
            let mut tx = t.journal.begin().await.expect("it begins");
            // Each case is one of its own: what is not committed never was.
            for (of, command) in told {
                say(&mut tx, [&call, &later, &id][of], command).await;
            }
            let all = history(&mut tx, &later, OPEN_END).await.expect("sql");
            let tied = all.iter().filter(|one| one.kind == "contact/given_up_before").count();
            assert_eq!(tied, usize::from(is_tied), "{case}");
            let listed = shown(&mut tx, &call).await.expect("sql").expect("the call");
            assert_eq!(listed.heard_again.map(|(id, _)| id), is_tied.then(|| later.clone()), "{case}");
        }
    }
}

#[tokio::test]
async fn a_contact_names_every_call_of_its_number_once_and_the_list_says_when_it_was_heard() {
    for t in journal::testing::engines().await {
        let [first, second, later, last] = [0, 1, 2, 3].map(|_| Id::new(now()));
        let mut tx = t.journal.begin().await.expect("it begins");
        say(&mut tx, &first, give_up(NUMBER, 40)).await;
        say(&mut tx, &second, give_up(NUMBER, 30)).await;
        say(&mut tx, &later, heard(Channel::Emergency, NUMBER, 20)).await;
        say(&mut tx, &later, described(NUMBER)).await;
        say(&mut tx, &last, heard(Channel::NonEmergency, NUMBER, 10)).await;
        tx.commit().await.expect("it is committed");
        for contact in [&later, &last] {
            assert_eq!(named(&t.journal, contact).await, [second.clone(), first.clone()]);
        }
        let desk = Hand::program(&t.journal, &app(&t.journal), "service_advisor").await;
        let page = desk.get("/contacts?state=attempt").await.json();
        let rows = page["contacts"].as_array().expect("rows");
        assert_eq!(rows.len(), 2);
        for row in rows {
            assert_eq!(row["answered_again_at"], ago(20).to_string());
            assert_eq!(row["answered_again_in"], later.to_string());
        }
        let person = Hand::person(&t.journal, &app(&t.journal), "service_advisor").await;
        let page = person.get("/contacts?state=attempt").await;
        assert!(page.body.contains("Answered again at 20:10"), "the page says it, too");
    }
}

#[tokio::test]
async fn no_trace_of_a_number_is_in_an_entry_and_a_forgotten_one_ties_nothing_more() {
    for t in journal::testing::engines().await {
        let [call, later, last] = [0, 1, 2].map(|_| Id::new(now()));
        let mut tx = t.journal.begin().await.expect("it begins");
        say(&mut tx, &call, give_up(NUMBER, 30)).await;
        say(&mut tx, &later, heard(Channel::Emergency, NUMBER, 20)).await;
        let bodies: Vec<String> = sqlx::query_scalar("select body from journal order by seq")
            .fetch_all(&mut *tx)
            .await
            .expect("sql");
        let tied = bodies.iter().find(|body| body.contains("waited_seconds")).expect("it is tied");
        // An identity, a channel, two figures and a word: nothing that a number could be tried against.
        let told: serde_json::Value = serde_json::from_str(tied).expect("JSON");
        let fields: Vec<&str> = told.as_object().expect("an object").keys().map(String::as_str).collect();
        let names = |name: &str| fields.contains(&name);
        assert!(
            fields.len() == 5
                && ["attempt", "at", "channel", "ended_by", "waited_seconds"].into_iter().all(names),
            "{fields:?}"
        );
        assert_eq!(told["attempt"], call.to_string());
        for body in &bodies {
            assert!(!body.contains("900461"), "{body}");
        }
        // What was private is destroyed, and the rows are folded anew.
        sqlx::query("delete from journal_private").execute(&mut *tx).await.expect("sql");
        let refolded = async |tx: &mut Tx| {
            clear(tx, &TABLES).await.expect("sql");
            let mut memory = Memory::default();
            let last = head(tx).await.expect("sql");
            for entry in entries(tx, 0, last).await.expect("sql") {
                refold(tx, &mut memory, &entry).await.expect("it folds");
            }
        };
        refolded(&mut tx).await;
        // It is still known that this contact was of somebody who had given up; of which number is not.
        let listed = shown(&mut tx, &call).await.expect("sql").expect("the call");
        assert_eq!(listed.heard_again, Some((later.clone(), ago(20))));
        assert!(listed.contact.arrival.number.known().is_none());
        say(&mut tx, &last, heard(Channel::Emergency, NUMBER, 5)).await;
        let all = history(&mut tx, &last, OPEN_END).await.expect("sql");
        assert_eq!(all.len(), 1, "nothing is tied by a number that is forgotten");
        let before = dump(&mut tx, &TABLES).await.expect("sql");
        refolded(&mut tx).await;
        assert_eq!(before, dump(&mut tx, &TABLES).await.expect("sql"));
    }
}

#[tokio::test]
async fn the_same_call_sent_twice_is_one_contact_although_it_was_tied() {
    for t in journal::testing::engines().await {
        let mut tx = t.journal.begin().await.expect("it begins");
        say(&mut tx, &Id::new(now()), give_up("0131 496 0123", 30)).await;
        tx.commit().await.expect("it is committed");
        let telephony = Hand::program(&t.journal, &app(&t.journal), "service_advisor").await;
        let call = serde_json::json!({ "channel": "emergency", "number": "0131 496 0123",
            "arrived_at": "2026-11-21T20:09:19Z", "answered_at": "2026-11-21T20:10:25Z", "their_reference": "acd-1" });
        let first = telephony.post("/contacts", &call, &[]).await;
        let again = telephony.post("/contacts", &call, &[]).await;
        assert_eq!((first.status.as_u16(), again.status.as_u16()), (201, 200), "{}", again.body);
        let id = Id::read(&first.text("id")).expect("an identity");
        assert_eq!(named(&t.journal, &id).await.len(), 1);
    }
}
