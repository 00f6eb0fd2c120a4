//! What a page runs on: the journal and the clock.

use jiff::{Timestamp, civil::Date};
use journal::{Journal, Reading, Tx};

use crate::Problem;

/// The site: given to every handler as axum's state. Cheap to clone.
#[derive(Clone)]
pub struct Site {
    /// The journal and its rows.
    pub journal: Journal,
    /// The clock. Only the binary has a real one; a test's stands where the test puts it.
    pub clock: fn() -> Timestamp,
}

impl Site {
    /// Now.
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Today, in Scotland.
    pub fn today(&self) -> Date {
        journal::day_of(self.now())
    }

    /// Begins a command: all or nothing.
    pub async fn begin(&self) -> Result<Tx, Problem> {
        Ok(self.journal.begin().await?)
    }

    /// Begins a reading: one snapshot for a page.
    pub async fn read(&self) -> Result<Reading, Problem> {
        Ok(self.journal.read().await?)
    }
}
