//! Every statement of the room is prepared on both engines.

#[tokio::test]
async fn every_statement_is_known_to_both_engines() {
    journal::testing::prepare_all(&columns::fact::rows::STATEMENTS).await;
}
