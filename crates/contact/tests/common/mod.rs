//! The room's pages with people and programs before them.

#![expect(
    clippy::unwrap_used,
    reason = "these are the hands of tests; clippy knows only the tests themselves"
)]

use jiff::Timestamp;
use journal::Journal;
use users::testing::App;

/// The site's clock stands: 21 November 2026, half past eight in the evening.
pub fn now() -> Timestamp {
    "2026-11-21T20:30:00Z".parse().unwrap()
}

/// The room as the binary serves it.
pub fn app(journal: &Journal) -> App {
    App::of(journal, now, contact::routes())
}
