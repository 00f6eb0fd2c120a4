//! Every statement of the room is prepared on both engines.

use measure::{count::down::rows as down, count::rows, figure::rows as figures, figure::then::rows as then};

#[tokio::test]
async fn every_statement_is_known_to_both_engines() {
    let all = rows::STATEMENTS.iter().chain(&down::STATEMENTS).chain(&figures::STATEMENTS);
    let statements: Vec<&str> = all.chain(&then::STATEMENTS).copied().collect();
    journal::testing::prepare_all(&statements).await;
}
