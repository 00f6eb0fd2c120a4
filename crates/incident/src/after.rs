//! Where a page of a list by time begins.

use jiff::Timestamp;
use journal::Id;

/// After what has that time, of that incident, with that number among its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct After {
    /// Its time.
    pub at: Timestamp,
    /// Its incident.
    pub incident: Id,
    /// Its place among those of the incident.
    pub number: i64,
}

impl After {
    /// As an address has it.
    pub fn written(&self) -> String {
        format!("{}_{}_{}", self.at, self.incident, self.number)
    }

    /// What [`Self::written`] wrote.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('_');
        let (at, incident, number) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Self { at: at.parse().ok()?, incident: Id::read(incident)?, number: number.parse().ok()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_a_list_is_read_as_it_was_written() {
        let incident = Id::new(Timestamp::UNIX_EPOCH);
        let after = After { at: "2026-11-26T20:14:07.5Z".parse().unwrap(), incident, number: 3 };
        assert_eq!(After::read(&after.written()), Some(after));
        for text in ["", "here", "2026-11-26T20:14:07Z_x_3", "2026-11-26T20:14:07Z"] {
            assert_eq!(After::read(text), None, "{text}");
        }
    }
}
