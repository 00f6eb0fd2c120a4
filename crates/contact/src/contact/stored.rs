//! Facts as they were once stored, read as what they are now. Pure.

use journal::Private;
use serde::{Deserialize, Deserializer};

/// The gazetteer's place as it is stored, or as it was before it was taken to be personal: plain, or null for none.
pub(super) fn private_or_once_plain<'de, D: Deserializer<'de>>(
    stored: D,
) -> Result<Private<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Stored {
        Plain(Option<String>),
        Private(Private<String>),
    }
    Ok(match Stored::deserialize(stored)? {
        Stored::Plain(place) => place.unwrap_or_default().into(),
        Stored::Private(place) => place,
    })
}
