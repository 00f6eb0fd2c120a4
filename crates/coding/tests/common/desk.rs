//! The room's pages, as the binary serves them.

use journal::Journal;
use users::testing::App;

/// The room, at the time of the tests' clock.
pub fn app(journal: &Journal) -> App {
    App::of(journal, crate::common::now, coding::routes())
}
