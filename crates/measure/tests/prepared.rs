//! Every statement of the room is prepared on both engines.

use measure::{count::rows, figure::rows as figures, figure::then::rows as then};

#[tokio::test]
async fn every_statement_is_known_to_both_engines() {
    let statements: Vec<&str> =
        rows::STATEMENTS.iter().chain(&figures::STATEMENTS).chain(&then::STATEMENTS).copied().collect();
    journal::testing::prepare_all(&statements).await;
}
