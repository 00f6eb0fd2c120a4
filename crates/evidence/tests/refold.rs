//! The rows are the fold of the journal, for this room and for what the plan was told.

mod common;

use common::{attached, now, recommendation, who, worked};
use evidence::{
    TABLES,
    evidence::{rows::withdraw, rules::Wish},
};
use journal::{clear, dump, entries, head, testing::engines};

#[tokio::test]
async fn folding_the_journal_again_gives_the_same_rows() {
    for t in engines().await {
        worked(&t.journal, 60).await;
        let about = recommendation(&t.journal, "CAM22-R3").await;
        let wish = |claim: &str| Wish {
            measure: "failure_demand".into(),
            from: "2026-01-01".into(),
            until: "2026-11-22".into(),
            by: "month".into(),
            claim: claim.into(),
            words: "It is seen.".into(),
            ..Wish::default()
        };
        for claim in ["is_counted", "went_down"] {
            attached(&t.journal, &about, &wish(claim)).await.expect("it is attached");
        }
        let last = attached(&t.journal, &about, &wish("went_up")).await.expect("it is attached");
        let mut tx = t.journal.begin().await.expect("it begins");
        withdraw(&mut tx, &who(), now(), &last, "Wrong.".into())
            .await
            .expect("sql")
            .expect("it is withdrawn");
        let tables: Vec<&str> = TABLES.iter().copied().chain(["measured"]).collect();
        let before = dump(&mut tx, &tables).await.expect("sql");
        assert_eq!(before.len(), 3 + 2, "{before:#?}");
        clear(&mut tx, &TABLES).await.expect("sql");
        clear(&mut tx, &plan::TABLES).await.expect("sql");
        let (mut memory, mut plans) = (evidence::Memory::default(), plan::Memory::default());
        let end = head(&mut tx).await.expect("sql");
        for entry in entries(&mut tx, 0, end).await.expect("sql") {
            evidence::refold(&mut tx, &mut memory, &entry).await.expect("sql");
            plan::refold(&mut tx, &mut plans, &entry).await.expect("sql");
        }
        assert_eq!(before, dump(&mut tx, &tables).await.expect("sql"));
    }
}
