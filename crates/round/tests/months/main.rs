//! Twenty-four simulated months of rounds: whenever somebody looks, however often, in however many processes,
//! after however long, and wherever they stop in the middle, every reminder and escalation happens once.
//!
//! What should have happened is worked out from what was done in the simulation alone, and held against the
//! journal. Every post is held by somebody with an account, who is told each thing in one notice, gets one digest a
//! day at most, and finds every notice once in the mailbox or in the mail. The time is that of Scotland, through 29 February 2024 and four changes of the clocks.

#[path = "../common/mod.rs"]
#[expect(dead_code, reason = "these tests use some of the hands")]
mod common;
mod life;
mod machine;
mod oracle;
#[path = "../notice/server.rs"]
mod server;
mod staff;

use common::{date, rows_are_the_fold};
use journal::testing::Testing;
use life::{Life, Look, SPECIAL};
use oracle::{Tally, scottish};

async fn live(t: &Testing, seed: u64, from: &str, until: &str) -> (Life, Tally) {
    println!("seed {seed} on {:?}, {from} to {until}", t.engine);
    let mut life = Life::new(t, seed, date(from)).await;
    life.live(date(from), date(until)).await;
    let tally = life.nothing_is_missing_and_nothing_double().await;
    let notices = life.everybody_was_told_once().await;
    rows_are_the_fold(&life.journal).await;
    println!(
        "{notices} notices; {} rounds, {} looks, {} stopped in the middle, {} of them at something due; {} restarts; {} reminders, {} late; {} escalated",
        life.rounds.len(),
        life.looks.len(),
        life.stopped,
        tally.stopped,
        life.reopened,
        tally.reminded.len(),
        tally.late,
        tally.escalated
    );
    (life, tally)
}

/// On one engine in the everyday run and on both in the long one; the slice below is on both always.
#[tokio::test]
async fn in_24_months_every_step_happens_once() {
    let engines = journal::testing::engines().await;
    let most = if std::env::var_os("ANSWERABLE_SOAK").is_some() { engines.len() } else { 1 };
    for t in engines.into_iter().take(most) {
        in_24_months(&t).await;
    }
}

async fn in_24_months(t: &Testing) {
    let (life, tally) = live(t, 20_240_229, "2023-05-10", "2025-05-16").await;
    assert_eq!(life.rounds.len(), 24);
    assert!(tally.reminded.contains(&date("2024-02-29")), "nobody was reminded on 29 February");
    assert!(tally.reminded.len() > 100 && tally.escalated > 20 && tally.late > 5, "too quiet: {tally:?}");
    assert!(life.reopened > 20 && life.stopped > 50 && tally.stopped > 10, "too smooth to mean anything");
    for day in SPECIAL {
        let on = |look: &&Look| scottish(look.at) == date(day);
        assert!(life.looks.iter().filter(on).count() > 1, "nobody looked on {day}");
    }
}

#[tokio::test]
async fn in_a_few_months_every_step_happens_once_on_both_engines() {
    let times = std::env::var("ANSWERABLE_SOAK").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    for seed in 1..=times {
        let (from, until) =
            if seed % 2 == 1 { ("2024-01-29", "2024-04-20") } else { ("2024-09-16", "2025-01-20") };
        for t in journal::testing::engines().await {
            let (_, tally) = live(&t, seed, from, until).await;
            assert!(tally.reminded.len() > 5, "too quiet: {tally:?}");
        }
    }
}
