//! Every statement of the room, and those of the measures that it asks, is prepared on both engines.

#[tokio::test]
async fn every_statement_is_known_to_both_engines() {
    let overview = measure::overview::rows::STATEMENTS;
    let statements: Vec<&str> = report::report::rows::STATEMENTS
        .iter()
        .chain(&overview)
        .chain(&report::exhibit::rows::STATEMENTS)
        .chain(&report::subscription::rows::STATEMENTS)
        .copied()
        .collect();
    journal::testing::prepare_all(&statements).await;
}
