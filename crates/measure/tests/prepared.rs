//! Every statement of the room is prepared on both engines.

use measure::{
    annotation::rows as annotation, count::down::rows as down, count::rows, figure::rows as figures,
    figure::spread::rows as spread, figure::then::rows as then, gist::rows as gists, told::rows as told,
};

#[tokio::test]
async fn every_statement_is_known_to_both_engines() {
    let all = [
        &rows::statements()[..],
        &annotation::STATEMENTS,
        &down::STATEMENTS,
        &figures::STATEMENTS,
        &then::STATEMENTS,
        &spread::STATEMENTS,
        &told::STATEMENTS,
        &gists::statements(),
    ];
    journal::testing::prepare_all(&all.concat()).await;
}
