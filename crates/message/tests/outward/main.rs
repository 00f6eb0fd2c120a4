//! Every outward path against an unsafe-contact rule: 0 leaks.
//!
//! For each way, with a rule against every address and one against the person’s own, each path by which something can
//! leave is tried: a message by hand (by a person’s form and by a program), one that follows by itself, one that was
//! composed while the way was safe, a reminder, a letter on paper and in the post, and the local mailbox. (A diary’s
//! calendar feed is tried where appointments are: incident/tests/writing.rs.) What two servers on this machine are told,
//! and what the pages say, must not hold the address of the unsafe
//! way. The same paths without a rule must hold it: a net that catches nothing would pass as well.

#[path = "../common/mod.rs"]
mod common;
mod servers;

use std::collections::BTreeMap;

use carrier::Carriers;
use common::{CONTACT, INCIDENT, actor, app, minutes_past_noon, now, somebody, the_incident, wish};
use contact::preference::rules::Way;
use jiff::SignedDuration;
use journal::{Id, Journal};
use message::{
    message::{
        list::rows::{Filter, list},
        rules::State,
        saying::{say, say_until},
    },
    sending::send_due,
};
use serde_json::json;
use users::testing::{Caller, hidden};

/// A number of somebody whom a text could cost their life.
const NUMBER: &str = "+447700900999";

/// What of each address must be nowhere.
fn canary(way: Way) -> &'static str {
    match way {
        Way::Text => "7700900999",
        Way::Email => "canary.wren",
        _ => "Canary Wynd",
    }
}

/// Whether a rule is made, and against what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// None: the control.
    None,
    /// Against this way, whichever the address.
    Everywhere,
    /// Against this way, at this person’s own address.
    Here,
}

struct Trial {
    journal: Journal,
    contact: Id,
    way: Way,
    rule: Rule,
    /// How often each path was tried.
    tried: BTreeMap<&'static str, usize>,
    /// What pages said that are shown to be printed, or are the local mailbox.
    shown: String,
}

impl Trial {
    async fn make_unsafe(&self) {
        let to = match self.way {
            Way::Text => "07700 900999",
            Way::Email => "Canary.Wren@example.org",
            _ => "9 Canary Wynd",
        };
        let rule = match self.rule {
            Rule::None => return,
            Rule::Everywhere => [(self.way, None)],
            Rule::Here => [(self.way, Some(to))],
        };
        wish(&self.journal, &self.contact, &[], &rule).await;
    }

    /// Whether it is preferred over every other way.
    async fn prefer(&self) {
        wish(&self.journal, &self.contact, &[self.way], &[]).await;
    }

    fn count(&mut self, path: &'static str) {
        *self.tried.entry(path).or_default() += 1;
    }

    /// Composed while it was safe; then it becomes unsafe.
    async fn composed_before(&mut self) {
        self.prefer().await;
        self.say(false).await;
        self.count("composed while it was safe");
        self.make_unsafe().await;
    }

    async fn say(&mut self, is_reminder: bool) {
        let mut tx = self.journal.begin().await.expect("it begins");
        let when = [("when", "27 November 2026, 10:00".to_owned()), ("where", "at the station".to_owned())];
        let stored = if is_reminder {
            let until = now() + SignedDuration::from_hours(20);
            say_until(&mut tx, &actor(), now(), &the_incident(), ("appointment_reminder", &when), Some(until))
                .await
        } else {
            say(&mut tx, &actor(), now(), &the_incident(), "appointment_booked", &when).await
        };
        stored.expect("the database answers").expect("it is said or held back");
        tx.commit().await.expect("it is committed");
    }

    /// A form and a program choose just this way.
    async fn by_hand(&mut self) {
        let app = app(&self.journal);
        let path = format!("/incidents/{INCIDENT}/messages/new?template=not_reached");
        let program = Caller::program(&self.journal, &app, "service_advisor").await;
        let body = json!({ "way": self.way.as_str(), "when": "noon", "do": "send" });
        let answer = program.post(&path, &body, &[]).await;
        self.count("by hand, by a program");
        let is_safe = self.rule == Rule::None;
        assert_eq!(answer.status == 201, is_safe, "{:?} {:?}: {}", self.way, self.rule, answer.body);
        assert!(!is_safe || !answer.text("id").is_empty());
        let person = Caller::person(&self.journal, &app, "resolution_team").await;
        let form = person.get(&path).await;
        let fields = [("way", self.way.as_str()), ("when", "noon"), ("do", "show")];
        let shown = person.send(&path, &form, &fields).await;
        let words = hidden(&shown.body, "shown").to_owned();
        let chosen = [fields[0], fields[1], ("do", "send"), ("shown", words.as_str())];
        let sent = person.send(&path, &form, &chosen).await;
        self.count("by hand, by a form");
        let is_sent = sent.location.starts_with("/messages/");
        assert_eq!(is_sent, is_safe, "{:?} {:?}: {}", self.way, self.rule, sent.body);
    }

    /// Each letter that waits, as it would be printed; and each is posted.
    async fn letters(&mut self) {
        let app = app(&self.journal);
        let person = Caller::person(&self.journal, &app, "supervisor").await;
        let filter = Filter { way: Some(Way::Letter), state: Some(State::Waiting), ..Filter::default() };
        let waiting =
            list(&mut self.journal.read().await.expect("it begins"), &filter).await.expect("it reads");
        for letter in waiting {
            let page = person.get(&format!("/messages/{}/letter", letter.id)).await;
            self.shown.push_str(&page.body);
            self.count("a letter on paper");
            let form = person.get(&format!("/messages/{}/posted", letter.id)).await;
            let posted = person.send(&format!("/messages/{}/posted", letter.id), &form, &[]).await;
            self.count("a letter in the post");
            let is_safe = self.rule == Rule::None || self.way != Way::Letter;
            assert_eq!(posted.status == 303, is_safe, "{:?} {:?}: {}", self.way, self.rule, posted.body);
        }
    }

    /// The list, the file and the mailbox: pages that somebody else may see.
    async fn pages(&mut self) {
        let app = app(&self.journal);
        let person = Caller::person(&self.journal, &app, "diary_manager").await;
        for path in ["/messages", "/messages.csv", "/messages/mailbox"] {
            let page = person.get(path).await;
            assert_eq!(page.status, 200, "{path}");
            self.count("a page of messages");
            assert!(!page.body.contains(canary(self.way)), "{path} tells an address");
        }
    }
}

/// Tries every path; gives what was told to carriers or shown on paper, and how often each path was tried.
async fn tried(way: Way, rule: Rule, carriers: &Carriers) -> (String, BTreeMap<&'static str, usize>) {
    minutes_past_noon(0);
    let journal = journal::testing::engines().await.remove(0);
    let contact = Id::read(CONTACT).expect("an identity");
    somebody(&journal.journal, &contact, NUMBER, "en").await;
    let shown = String::new();
    let mut trial =
        Trial { journal: journal.journal.clone(), contact, way, rule, tried: BTreeMap::new(), shown };
    trial.composed_before().await;
    trial.letters().await;
    trial.by_hand().await;
    trial.say(false).await;
    trial.count("by itself");
    trial.say(true).await;
    trial.count("a reminder");
    trial.letters().await;
    // Around the clock: an hour that is not quiet, one that is, and the next day.
    for minutes in [1, 10 * 60, 21 * 60] {
        minutes_past_noon(minutes);
        send_due(&trial.journal, carriers, now).await.expect("the database answers");
        trial.count("a sending");
    }
    trial.pages().await;
    (trial.shown, trial.tried)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_reaches_an_unsafe_address_by_any_outward_path() {
    let mut paths = 0;
    let mut all: BTreeMap<&str, usize> = BTreeMap::new();
    for way in [Way::Text, Way::Email, Way::Letter] {
        for rule in [Rule::None, Rule::Everywhere, Rule::Here] {
            let (carriers, told) = servers::carriers().await;
            let (shown, tried) = tried(way, rule, &carriers).await;
            let left = format!("{}{shown}", told.all());
            let holds = left.contains(canary(way));
            assert_eq!(holds, rule == Rule::None, "{way:?} {rule:?}: {left}");
            if rule != Rule::None {
                assert!(
                    !left.to_lowercase().contains("caledonia"),
                    "{way:?} {rule:?} says who writes: {left}"
                );
                // And with nothing set up: the mailbox does not tell it either.
                let (shown, tried) = self::tried(way, rule, &Carriers::default()).await;
                assert!(!shown.contains(canary(way)), "{way:?} {rule:?}: {shown}");
                paths += tried.values().sum::<usize>();
            }
            for (path, times) in tried {
                *all.entry(path).or_default() += times;
                paths += times;
            }
        }
    }
    println!("{paths} tries of {} paths: {all:?}; 0 leaks", all.len());
    assert_eq!(all.len(), 9, "a path was not tried: {all:?}");
    assert!(paths >= 150, "only {paths} tries");
}
