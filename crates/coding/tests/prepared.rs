//! Every statement of the room prepares on both engines.

use coding::sample::rows;

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    journal::testing::prepare_all(&rows::STATEMENTS).await;
}
