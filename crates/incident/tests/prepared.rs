//! Every statement of the room prepares on both engines.

use incident::{appointment, closure, custody, grade, incident as itself, promise, queue, response};

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    let all: Vec<&str> = [
        &itself::rows::statements()[..],
        &itself::list::rows::STATEMENTS,
        &grade::rows::STATEMENTS,
        &custody::rows::STATEMENTS,
        &response::rows::STATEMENTS,
        &closure::rows::STATEMENTS,
        &promise::rows::STATEMENTS,
        &appointment::rows::STATEMENTS,
        &appointment::list::rows::STATEMENTS,
        &queue::worklist::rows::STATEMENTS,
    ]
    .concat();
    journal::testing::prepare_all(&all).await;
}
