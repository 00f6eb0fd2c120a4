//! Every statement of the room prepares on both engines.

use partner::referral;

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    let all: Vec<&str> = [
        &referral::rows::STATEMENTS[..],
        &referral::list::rows::STATEMENTS,
        &referral::counts::rows::STATEMENTS,
    ]
    .concat();
    journal::testing::prepare_all(&all).await;
}
