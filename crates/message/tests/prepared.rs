//! Every statement of the room prepares on both engines.

use message::message;

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    let all: Vec<&str> = [&message::rows::STATEMENTS[..], &message::list::rows::STATEMENTS].concat();
    journal::testing::prepare_all(&all).await;
}
