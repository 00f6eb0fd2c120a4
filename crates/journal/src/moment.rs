//! Moments as text of fixed width, so that text order is time order on both engines.

use jiff::Timestamp;

/// "2026-11-21T22:27:36.123456Z": UTC, always 27 characters.
pub fn to_moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S.%6fZ").to_string()
}

/// The moment that [`to_moment`] wrote. Anything else is a damaged row.
pub fn from_moment(text: &str) -> Result<Timestamp, sqlx::Error> {
    text.parse().map_err(|error| sqlx::Error::Decode(format!("{text:?} is not a moment: {error}").into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_have_one_width_and_sort_as_time() {
        let early = to_moment(Timestamp::from_microsecond(1_700_000_000_000_000).unwrap());
        let late = to_moment(Timestamp::from_microsecond(1_700_000_000_000_001).unwrap());
        assert_eq!((early.len(), late.len()), (27, 27));
        assert!(early < late);
        assert_eq!(to_moment(from_moment(&late).unwrap()), late);
    }
}
