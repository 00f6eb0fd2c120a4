//! The identity of a subject.

use jiff::Timestamp;

/// A random 128-bit identity that sorts by when it was made (UUID version 7).
///
/// Made at the edge (a page, a command) and given to the rules: neither clock nor chance is theirs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Id(String);

impl Id {
    /// A new identity at `now`.
    pub fn new(now: Timestamp) -> Self {
        let mut random = [0_u8; 10];
        getrandom::fill(&mut random)
            .expect("the operating system gives random bytes, or nothing here is safe");
        let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
        Self(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid().to_string())
    }

    /// The identity written as it is in an address or a row; `None` if it is not one.
    pub fn read(text: &str) -> Option<Self> {
        uuid::Uuid::try_parse(text).ok().map(|id| Self(id.to_string()))
    }

    /// The identity in a row; whatever else stands there is a damaged row.
    pub fn of_row(text: &str) -> Result<Self, sqlx::Error> {
        Self::read(text).ok_or_else(|| sqlx::Error::Decode(format!("{text:?} is no identity").into()))
    }

    /// The identity as text: 36 characters, lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
