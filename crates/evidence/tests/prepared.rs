//! Every statement of the room prepares on both engines.

use evidence::evidence::{list, rows};

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    let all: Vec<&str> = rows::STATEMENTS.iter().chain(&list::rows::STATEMENTS).copied().collect();
    journal::testing::prepare_all(&all).await;
}
