//! The systems of which an outage is recorded: `definitions/outage.toml`, checked when it is read.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

use crate::codes::{self, Code};

static DEFINITIONS: LazyLock<Definitions> = LazyLock::new(|| {
    Definitions::read(include_str!("../../../../definitions/outage.toml"))
        .expect("definitions/outage.toml is compiled in, and a test reads it")
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Definitions {
    version: i64,
    system: Vec<Code>,
}

impl Definitions {
    fn read(text: &str) -> Result<Self, String> {
        let read: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        if read.version < 1 || read.system.is_empty() {
            return Err("the file has no version or no system".to_owned());
        }
        codes::check("system", &read.system)?;
        Ok(read)
    }
}

/// All that can be down.
pub fn systems() -> &'static [Code] {
    &DEFINITIONS.system
}

/// What people call a system; its key, should the file have lost it.
pub fn words(key: &str) -> &str {
    codes::words(systems(), key)
}

/// Whether an outage of that system may be recorded for a day.
pub fn is_known(key: &str, day: Date) -> bool {
    codes::known(systems(), key, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_reads_and_a_broken_one_is_told() {
        assert!(systems().len() > 3 && systems().iter().all(|one| one.guess));
        assert_eq!((words("crime_record"), words("lost")), ("Recording crime", "lost"));
        let whole = include_str!("../../../../definitions/outage.toml");
        for (text, told) in [
            (whole.replace("key = \"radio\"", "key = \"network\""), "there twice"),
            (whole.replace("version = 1", "version = 0"), "no version"),
            ("version = 1\nsystem = []".to_owned(), "no system"),
        ] {
            assert!(Definitions::read(&text).unwrap_err().contains(told), "{told}");
        }
    }
}
