//! The room's pages with people and programs before them.

#![expect(
    clippy::unwrap_used,
    reason = "these are the hands of tests; clippy knows only the tests themselves"
)]

use std::collections::BTreeSet;

use axum::Extension;
use diary::{
    diary::{
        pages::{Places, Taken},
        rows::of_unit,
    },
    slot::slots,
};
use jiff::Timestamp;
use journal::{Connection, Journal};
use users::testing::App;

/// The site's clock stands: the Friday before Saint Andrew's Day, ten in the morning.
pub fn now() -> Timestamp {
    "2026-11-27T10:00:00Z".parse().unwrap()
}

/// What another room would tell: somebody has the first officer's time of each slot, and had it before anything was blocked.
fn first_of_each<'a>(
    conn: &'a mut Connection,
    unit: &'a str,
    (from, until): (Timestamp, Timestamp),
) -> Places<'a> {
    Box::pin(async move {
        let mut taken = BTreeSet::new();
        for (id, mut diary) in of_unit(conn, unit).await? {
            diary.blocks.clear();
            let first = slots(&id, &diary, from, until).into_iter().map(|slot| slot.place);
            taken.extend(first.filter(|place| place.officer == 0));
        }
        Ok(taken)
    })
}

/// The room as the binary serves it.
pub fn app(journal: &Journal) -> App {
    App::of(journal, now, diary::routes().layer(Extension(Taken(first_of_each))))
}
