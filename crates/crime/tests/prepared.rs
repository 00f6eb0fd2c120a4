//! Every statement of the room prepares on both engines.

use crime::report;

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    let all: Vec<&str> = [
        &report::rows::STATEMENTS[..],
        &report::list::rows::STATEMENTS,
        &report::counts::rows::STATEMENTS,
        &report::returns::rows::STATEMENTS,
    ]
    .concat();
    journal::testing::prepare_all(&all).await;
}
