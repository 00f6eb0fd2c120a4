//! Every statement of the room is prepared on both engines.

use measure::{
    count::down::rows as down, count::rows, figure::rows as figures, figure::then::rows as then,
    told::rows as told,
};

#[tokio::test]
async fn every_statement_is_known_to_both_engines() {
    let all = [
        &rows::STATEMENTS[..],
        &down::STATEMENTS,
        &figures::STATEMENTS,
        &then::STATEMENTS,
        &told::STATEMENTS,
    ];
    journal::testing::prepare_all(&all.concat()).await;
}
