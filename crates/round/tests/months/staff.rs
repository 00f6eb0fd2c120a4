//! The people in the simulation: who holds which post, what they want to be told, and what they were told.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use journal::{Id, Journal, entries};
use plan::post::rows::Posts;
use round::{
    month::{ToldKind, rows::told_since},
    notice::{
        rows::{Listed, Wanted, list},
        rules::{Fact, Kind},
        subscription::rows::Subscriptions,
        transport::{Security, Settings, Smtp, Transport},
    },
};
use serde_json::json;
use users::{Role, account::Opening};

use crate::{
    common::{actor, happens},
    life::{Life, Plan},
    oracle::scottish,
    server::{Manner, Server},
};

/// The posts, and whether their holder wants a digest and e-mail.
const POSTS: [(&str, bool, bool); 6] = [
    ("Owner 1", true, true),
    ("Owner 2", true, false),
    ("Owner 3", false, true),
    ("Owner 4", false, false),
    ("Owner 5", true, true),
    ("Chair", false, true),
];

pub struct Staff {
    accounts: BTreeMap<&'static str, Id>,
    server: Server,
}

impl Staff {
    /// Opens an account for each post, gives it the post and subscribes it.
    pub async fn hire(journal: &Journal, at: Timestamp) -> Self {
        let mut accounts = BTreeMap::new();
        for (post, digest, email) in POSTS {
            let name = post.to_lowercase().replace(' ', ".");
            let role = Role::of("action_owner").expect("a role");
            let opening = Opening { name: post, sign_in: &name, role, password: "correct horse battery" };
            let account = users::account::open_account(journal, &actor(), at, opening).await.expect("opened");
            let mut tx = journal.begin().await.expect("it begins");
            let id = Id::new(at);
            happens::<Posts>(&mut tx, at, &id, json!({ "created": { "title": post } })).await;
            let held = json!({ "held": { "account": account, "alternate": false } });
            happens::<Posts>(&mut tx, at, &id, held).await;
            let email = email.then(|| json!({ "$private": format!("{name}@police.example") }));
            let wants = json!({ "subscribed": { "email": email, "digest": digest } });
            happens::<Subscriptions>(&mut tx, at, &account, wants).await;
            tx.commit().await.expect("it is committed");
            accounts.insert(post, account);
        }
        Self { accounts, server: Server::start(Manner::Takes).await }
    }

    /// How notices leave.
    pub fn mail(&self) -> Transport {
        let settings = Settings {
            host: "127.0.0.1".into(),
            port: self.server.port,
            security: Security::None,
            credentials: None,
            from: "answerable@police.example".into(),
            public_address: "https://answerable.police.example".into(),
            discreet_from: None,
            patience: std::time::Duration::from_secs(20),
        };
        Transport::Smtp(Box::new(Smtp::new(&settings).expect("the settings are right")))
    }

    fn wants_digest(&self, account: &str) -> bool {
        POSTS.iter().any(|(post, digest, _)| *digest && self.accounts[post].as_str() == account)
    }
}

/// What a notice says: why, about what, to whom, when.
type Line = (&'static str, String, String, Timestamp);

impl Life {
    /// Everything that a post was told is in one notice to its holder, of the same moment, and in no other; each
    /// day has one digest at most; and every notice left once.
    pub async fn everybody_was_told_once(&mut self) -> usize {
        self.send_the_rest().await;
        let mut read = self.journal.read().await.expect("it begins");
        let notices = list(&mut read, Wanted::default(), 1_000_000, 0).await.expect("sql").0;
        let all = entries(&mut read, 0, i64::MAX).await.expect("sql");
        let at: BTreeMap<i64, Timestamp> = all.iter().map(|entry| (entry.seq, entry.at)).collect();
        let told = told_since(&mut read, 0).await.expect("sql");
        let mut expected: Vec<Line> = told
            .iter()
            .map(|(seq, told)| {
                let kind = match told.kind {
                    ToldKind::Asked => Kind::Asked,
                    ToldKind::Reminded => Kind::Reminded,
                    ToldKind::Escalated => Kind::Escalated,
                };
                let account = &self.staff.accounts[told.post.as_str()];
                (kind.as_str(), told.recommendation.to_string(), account.to_string(), at[seq])
            })
            .collect();
        let mut found: Vec<Line> = notices.iter().flat_map(lines).collect();
        expected.sort();
        found.sort();
        assert_eq!(found.len(), expected.len(), "facts and what notices say of them");
        assert_eq!(found, expected, "each fact once, in a notice to the holder of its post");
        self.digests_are_right(&notices);
        let mut sent: BTreeMap<&Id, usize> = BTreeMap::new();
        for entry in &all {
            if let Some(Fact::Sent { .. }) = entry.fact::<Fact>().expect("it parses") {
                *sent.entry(&entry.subject).or_default() += 1;
            }
        }
        for notice in &notices {
            assert_eq!(sent.get(&notice.id), Some(&1), "sent once: {}", notice.subject);
        }
        self.mail_came_once(&notices);
        notices.len()
    }

    fn mail_came_once(&self, notices: &[Listed]) {
        let mut expected: Vec<String> = notices
            .iter()
            .filter(|notice| notice.state == "email")
            .map(|notice| format!("<{}@answerable.police.example>", notice.id))
            .collect();
        let said = self.staff.server.said();
        let mut came: Vec<String> = said
            .iter()
            .filter_map(|said| said.mail.split_once("Message-ID: "))
            .map(|(_, rest)| rest.split("\r\n").next().unwrap_or_default().to_owned())
            .collect();
        expected.sort();
        came.sort();
        assert!(!came.is_empty(), "nothing went by e-mail, so nothing is shown by it");
        assert_eq!(came, expected, "what the mail server took, each once");
    }

    fn digests_are_right(&self, notices: &[Listed]) {
        let mut days: BTreeSet<(String, Date)> = BTreeSet::new();
        for notice in notices.iter().filter(|notice| notice.kind == Kind::Digest) {
            assert!(self.staff.wants_digest(&notice.account), "a digest that nobody wants");
            let is_first = days.insert((notice.account.clone(), scottish(notice.written_at)));
            assert!(is_first, "two digests of one day: {}", notice.written_at);
        }
        assert!(days.len() > 10, "too few digests: {}", days.len());
        let scotland = TimeZone::get("Europe/London").expect("it is known");
        for look in self.looks.iter().filter(|look| look.digests) {
            if look.at.to_zoned(scotland.clone()).hour() < 6 {
                continue;
            }
            for round in &self.rounds {
                for account in self.asked_in(round, look.at) {
                    let wanted = self.staff.wants_digest(&account);
                    let has = days.contains(&(account, scottish(look.at)));
                    assert!(!wanted || has, "no digest on {}, though something was asked for", look.at);
                }
            }
        }
    }

    /// The accounts of which something is asked in a round at that moment.
    fn asked_in(&self, round: &Plan, at: Timestamp) -> Vec<String> {
        let asked = round
            .asked
            .iter()
            .enumerate()
            .filter(|(_, id)| round.opened_at < at && self.is_silent(round, id, at));
        asked.map(|(number, _)| self.staff.accounts[POSTS[number].0].to_string()).collect()
    }
}

/// The recommendations that a notice of a round asks about.
fn lines(notice: &Listed) -> Vec<Line> {
    if notice.kind == Kind::Digest {
        return Vec::new();
    }
    let about = notice
        .body
        .lines()
        .filter_map(|line| line.strip_prefix("/recommendations/")?.strip_suffix("/update"));
    about.map(|id| (notice.kind.as_str(), id.to_owned(), notice.account.clone(), notice.written_at)).collect()
}
