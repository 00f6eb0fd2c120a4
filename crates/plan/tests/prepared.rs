//! Every statement of the recommendation's nouns prepares on both engines.

use plan::{
    action, classification, dependency, inspection, linter, measured, recommendation, register, target,
    update,
};

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    let all: Vec<&str> = [
        &inspection::rows::statements()[..],
        &recommendation::rows::statements(),
        &target::rows::STATEMENTS,
        &action::rows::STATEMENTS,
        &update::rows::STATEMENTS,
        &dependency::rows::statements(),
        &classification::rows::STATEMENTS,
        &plan::published::rows::STATEMENTS,
        &register::rows::statements(),
        &linter::rows::statements(),
        &measured::rows::STATEMENTS,
    ]
    .concat();
    journal::testing::prepare_all(&all).await;
}
