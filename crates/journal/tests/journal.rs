//! The journal's promises, on both engines.

use jiff::Timestamp;
use journal::{Actor, AsAt, Fact, Folded, Id, Private, Tx, append, testing::engines};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Note {
    Written { words: String, by: Private<String> },
    Struck,
}

impl Fact for Note {
    const NOUN: &'static str = "note";
}

fn clerk() -> Actor {
    Actor { who: "clerk".to_owned(), role: "audit_manager".to_owned(), task: "Test".to_owned() }
}

fn written(words: &str) -> Note {
    Note::Written { words: words.to_owned(), by: "Ailsa Craig".to_owned().into() }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).expect("a moment")
}

/// The last words, and how many facts there were.
fn apply(was: Option<(String, usize)>, fact: &Note) -> (String, usize) {
    let count = was.map_or(0, |(_, count)| count) + 1;
    match fact {
        Note::Written { words, by } => (format!("{words} by {}", by.shown()), count),
        Note::Struck => (String::new(), count),
    }
}

async fn write(tx: &mut Tx, second: i64, id: &Id, note: &Note) -> i64 {
    append(tx, &clerk(), at(second), id, note).await.expect("it is appended").seq
}

#[tokio::test]
async fn facts_are_recalled_in_order_with_their_private_parts() {
    for t in engines().await {
        let id = Id::new(at(0));
        let mut tx = t.journal.begin().await.unwrap();
        assert_eq!(write(&mut tx, 1, &id, &written("first")).await, 1);
        assert_eq!(write(&mut tx, 2, &id, &Note::Struck).await, 2);
        assert_eq!(write(&mut tx, 3, &id, &written("second")).await, 3);
        tx.commit().await.unwrap();

        let mut tx = t.journal.begin().await.unwrap();
        let recalled = journal::recall(&mut tx, &id, apply).await.unwrap();
        assert_eq!(recalled.state, Some(("second by Ailsa Craig".to_owned(), 3)), "{:?}", t.engine);
        assert_eq!(recalled.last_seq, 3);
        drop(tx);

        let mut read = t.journal.read().await.unwrap();
        let entries = journal::entries(&mut read, 0, 10).await.unwrap();
        assert!(entries.iter().all(|entry| entry.leaf_fits));
        let body: String =
            sqlx::query_scalar("select body from journal where seq = 1").fetch_one(&mut *read).await.unwrap();
        assert!(!body.contains("Ailsa"), "the name stands in the entry: {body}");
    }
}

#[tokio::test]
async fn what_is_dropped_leaves_no_trace_and_no_gap() {
    for t in engines().await {
        let id = Id::new(at(0));
        for second in 1..=3 {
            let mut tx = t.journal.begin().await.unwrap();
            write(&mut tx, second, &id, &written("abandoned")).await;
            drop(tx);
            let mut tx = t.journal.begin().await.unwrap();
            assert_eq!(write(&mut tx, second, &id, &written("kept")).await, second, "{:?}", t.engine);
            tx.commit().await.unwrap();
        }
        let mut read = t.journal.read().await.unwrap();
        assert_eq!(journal::entries(&mut read, 0, 99).await.unwrap().len(), 3);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_writers_at_once_leave_no_gap_and_each_sees_its_own() {
    for t in engines().await {
        let mut tasks = tokio::task::JoinSet::new();
        for number in 0..1_000_i64 {
            let journal = t.journal.clone();
            tasks.spawn(async move {
                let mut tx = journal.begin().await.unwrap();
                let seq = write(&mut tx, number, &Id::new(at(number)), &written("one of many")).await;
                // A tenth change their mind; a tenth are cut off while they wait for the disk.
                match number % 10 {
                    0 => return None,
                    1 => drop(tokio::time::timeout(std::time::Duration::ZERO, tx.commit()).await),
                    _ => tx.commit().await.unwrap(),
                }
                let mut read = journal.read().await.unwrap();
                (number % 10 != 1)
                    .then_some((seq, journal::entries(&mut read, seq - 1, seq).await.unwrap().len()))
            });
        }
        let seen: Vec<_> = tasks.join_all().await.into_iter().flatten().collect();
        assert_eq!(seen.len(), 800);
        assert!(seen.iter().all(|(_, found)| *found == 1), "somebody was told done too early");
        let mut tx = t.journal.begin().await.unwrap();
        let last = write(&mut tx, 5_000, &Id::new(at(0)), &Note::Struck).await;
        tx.commit().await.unwrap();
        let mut read = t.journal.read().await.unwrap();
        let all = journal::entries(&mut read, 0, last).await.unwrap();
        assert!(all.iter().zip(1..).all(|(entry, seq)| entry.seq == seq), "the order has a gap");
        assert!((801..=901).contains(&all.len()), "{} entries", all.len());
    }
}

#[tokio::test]
async fn folding_the_journal_again_gives_what_recall_gives() {
    for t in engines().await {
        let ids: Vec<Id> = (0..5).map(|n| Id::new(at(n))).collect();
        let mut tx = t.journal.begin().await.unwrap();
        for (second, id) in (0..).zip(ids.iter().cycle().take(23)) {
            write(&mut tx, second, id, &written(&second.to_string())).await;
        }
        let mut folded = Folded::default();
        for entry in journal::entries(&mut tx, 0, 99).await.unwrap() {
            folded.step(&entry, apply).unwrap();
        }
        for id in &ids {
            let recalled = journal::recall(&mut tx, id, apply).await.unwrap();
            assert_eq!(recalled.state.as_ref(), folded.states().get(id));
        }
    }
}

#[tokio::test]
async fn a_position_is_an_entry_or_the_end_of_a_scottish_day() {
    for t in engines().await {
        // 30 March 2025: Scotland goes to summer time; its day ends at 23:00 UTC.
        let late = "2025-03-30T22:59:59Z".parse().unwrap();
        let next = "2025-03-30T23:00:00Z".parse().unwrap();
        let id = Id::new(at(0));
        let mut tx = t.journal.begin().await.unwrap();
        append(&mut tx, &clerk(), late, &id, &Note::Struck).await.unwrap();
        append(&mut tx, &clerk(), next, &id, &Note::Struck).await.unwrap();
        tx.commit().await.unwrap();
        let mut read = t.journal.read().await.unwrap();
        let now = "2025-04-02T12:00:00Z".parse().unwrap();
        for (words, seq, today) in [
            ("", 2, "2025-04-02"),
            ("1", 1, "2025-03-30"),
            ("2025-03-30", 1, "2025-03-30"),
            ("2025-03-31", 2, "2025-03-31"),
            ("2024-01-01", 0, "2024-01-01"),
            ("99", 2, "2025-04-02"),
            ("1@2025-04-01", 1, "2025-04-01"),
            ("2@2026-01-01", 2, "2025-04-02"),
        ] {
            let position = journal::position(&mut read, AsAt::read(words).unwrap(), now).await.unwrap();
            assert_eq!((position.seq, position.today.to_string()), (seq, today.to_owned()), "{words:?}");
        }
        assert!(AsAt::read("Spring").is_err());
    }
}

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    journal::testing::prepare_all(&journal::testing::statements()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_caller_that_goes_away_while_it_commits_takes_nobody_with_it() {
    for t in engines().await {
        for round in 0..60_i64 {
            let one = t.journal.clone();
            let leaving = tokio::spawn(async move {
                let mut tx = one.begin().await.expect("it begins");
                write(&mut tx, round, &Id::new(at(round)), &written("leaving")).await;
                tx.commit().await
            });
            let other = t.journal.clone();
            let staying = tokio::spawn(async move {
                let mut tx = other.begin().await.expect("it begins");
                write(&mut tx, round, &Id::new(at(round)), &written("staying")).await;
                tx.commit().await
            });
            tokio::time::sleep(std::time::Duration::from_micros(u64::try_from(round * 90).unwrap())).await;
            leaving.abort();
            let told = tokio::time::timeout(std::time::Duration::from_secs(10), staying).await;
            told.expect("nobody waits for ever").expect("it ran").expect("it is committed");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_of_commands_thought_better_of_keeps_nobody_waiting() {
    for t in engines().await {
        let stop = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
        let busy: Vec<_> = (0..4)
            .map(|_| {
                let (journal, stop) = (t.journal.clone(), stop.clone());
                tokio::spawn(async move {
                    while !stop.load(std::sync::atomic::Ordering::SeqCst) {
                        drop(journal.begin().await.expect("it begins"));
                    }
                })
            })
            .collect();
        for second in 0..20 {
            let mut tx = t.journal.begin().await.expect("it begins");
            write(&mut tx, second, &Id::new(at(second)), &written("steady")).await;
            let told = tokio::time::timeout(std::time::Duration::from_secs(5), tx.commit()).await;
            told.expect("nobody waits for ever").expect("it is committed");
        }
        stop.store(true, std::sync::atomic::Ordering::SeqCst);
        for one in busy {
            one.await.expect("it ends");
        }
    }
}
