//! Every statement of the room prepares on both engines.

use contact::{contact as contacts, draft, earlier, outage, place, preference, thrive};

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    let all: Vec<&str> = [
        &contacts::rows::STATEMENTS[..],
        &contacts::list::rows::STATEMENTS,
        &draft::rows::STATEMENTS,
        &earlier::rows::statements(),
        &outage::rows::STATEMENTS,
        &outage::list::rows::STATEMENTS,
        &contacts::given_up::rows::STATEMENTS,
        &place::rows::STATEMENTS,
        &preference::rows::STATEMENTS,
        &thrive::rows::STATEMENTS,
    ]
    .concat();
    journal::testing::prepare_all(&all).await;
}
