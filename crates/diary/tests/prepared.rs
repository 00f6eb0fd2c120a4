//! Every statement of the room prepares on both engines.

use diary::{diary as diaries, feed, hold};

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    let all: Vec<&str> =
        [&diaries::rows::STATEMENTS[..], &hold::rows::STATEMENTS, &feed::rows::STATEMENTS].concat();
    journal::testing::prepare_all(&all).await;
}
