//! A force at work.

use jiff::Timestamp;
use journal::Journal;

/// The evening of the demonstration.
pub fn now() -> Timestamp {
    "2026-11-11T20:00:00Z".parse().expect("a moment")
}

/// The force at work, and what it did counted.
pub async fn worked(journal: &Journal) {
    let folder = tempfile::tempdir().expect("a folder");
    let password = || "correct horse battery".to_owned();
    force::demonstrate(journal, now(), 1, folder.path(), password, |_| {}).await.expect("it is made");
    measure::worker::catch_up(journal).await.expect("it is counted");
}
