//! What is about a person: kept apart from the fact, so that it can be destroyed and the fact stay.
//!
//! In a fact, a name or the words somebody said have the type [`Private`]. It serialises as
//! `{"$private": value}`. On append each such part is taken out of the body and put in a side table with
//! a random salt; the entry keeps `{"$private": "sha256:…"}`, the commitment. On recall the parts are
//! put back; a destroyed part comes back as [`Private::Erased`]. So erasure changes no entry, and the
//! journal still verifies (TRUST finding 5).

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned, ser::SerializeMap};
use serde_json::Value;
use sha2::{Digest, Sha256};

const KEY: &str = "$private";

/// A value about a person, or the place where it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Private<T> {
    /// Still known.
    Known(T),
    /// Destroyed by retention or a right to erasure.
    Erased,
}

impl<T> Private<T> {
    /// The value, unless it was erased.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Erased => None,
        }
    }
}

impl Private<String> {
    /// The text, or the word shown in its place.
    pub fn shown(&self) -> &str {
        self.known().map_or("[erased]", String::as_str)
    }
}

impl<T> From<T> for Private<T> {
    fn from(value: T) -> Self {
        Self::Known(value)
    }
}

impl<T: Serialize> Serialize for Private<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(KEY, &self.known())?;
        map.end()
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Private<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(bound(deserialize = "T: DeserializeOwned"))]
        struct Wrapped<T> {
            #[serde(rename = "$private")]
            value: Option<T>,
        }
        let wrapped = Wrapped::<T>::deserialize(deserializer)?;
        Ok(wrapped.value.map_or(Self::Erased, Self::Known))
    }
}

/// One personal part of a fact, as the side table keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub salt: String,
    pub value: String,
}

/// Takes the personal parts out of `body`, leaving commitments, in the order they stand.
pub(crate) fn split(body: &mut Value) -> Vec<Part> {
    let mut parts = Vec::new();
    visit(body, &mut |value| {
        if !value.is_null() {
            let text = value.to_string();
            let salt = random_salt();
            *value = Value::String(commitment(&salt, &text));
            parts.push(Part { salt, value: text });
        }
    });
    parts
}

/// Puts the parts back in the order they were taken. `None` is a destroyed part.
///
/// A part that does not fit its commitment is an error: somebody changed it.
pub(crate) fn join(body: &mut Value, parts: Vec<Option<Part>>) -> Result<(), String> {
    let mut parts = parts.into_iter();
    let mut fault = None;
    visit(body, &mut |value| {
        let Some(promised) = value.as_str().map(str::to_owned) else { return };
        match parts.next().flatten() {
            None => *value = Value::Null,
            Some(part) if commitment(&part.salt, &part.value) == promised => {
                match serde_json::from_str(&part.value) {
                    Ok(read) => *value = read,
                    Err(error) => fault = Some(format!("a private part is not JSON: {error}")),
                }
            }
            Some(_) => fault = Some("a private part does not fit its commitment".to_owned()),
        }
    });
    fault.map_or(Ok(()), Err)
}

fn visit(body: &mut Value, on_private: &mut impl FnMut(&mut Value)) {
    match body {
        Value::Array(items) => items.iter_mut().for_each(|item| visit(item, on_private)),
        Value::Object(map) if map.len() == 1 && map.contains_key(KEY) => {
            map.values_mut().for_each(on_private);
        }
        Value::Object(map) => map.values_mut().for_each(|item| visit(item, on_private)),
        _ => {}
    }
}

fn commitment(salt: &str, value: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(salt.as_bytes());
    hash.update(value.as_bytes());
    format!("sha256:{}", hex(&hash.finalize()))
}

fn random_salt() -> String {
    let mut salt = [0_u8; 32];
    getrandom::fill(&mut salt).expect("the operating system gives random bytes, or nothing here is safe");
    hex(&salt)
}

/// Bytes as lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}"); // writing to a string cannot fail
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Called {
        name: Private<String>,
        numbers: Vec<Private<String>>,
        minutes: i64,
    }

    fn called() -> Called {
        Called { name: "Ailsa Craig".to_owned().into(), numbers: vec!["0131".to_owned().into()], minutes: 4 }
    }

    #[test]
    fn the_entry_holds_no_private_word_and_recall_gives_them_back() {
        let mut body = serde_json::to_value(called()).unwrap();
        let parts = split(&mut body);
        assert_eq!(parts.len(), 2);
        assert!(!body.to_string().contains("Ailsa") && !body.to_string().contains("0131"));
        join(&mut body, parts.into_iter().map(Some).collect()).unwrap();
        assert_eq!(serde_json::from_value::<Called>(body).unwrap(), called());
    }

    #[test]
    fn a_destroyed_part_is_erased_and_the_rest_stays() {
        let mut body = serde_json::to_value(called()).unwrap();
        let parts = split(&mut body);
        join(&mut body, vec![None, Some(parts[1].clone())]).unwrap();
        let read: Called = serde_json::from_value(body).unwrap();
        assert_eq!((read.name.shown(), read.numbers[0].shown(), read.minutes), ("[erased]", "0131", 4));
    }

    #[test]
    fn a_changed_part_is_found() {
        let mut body = serde_json::to_value(called()).unwrap();
        let mut parts = split(&mut body);
        parts[0].value = "\"Somebody Else\"".to_owned();
        assert!(join(&mut body, parts.into_iter().map(Some).collect()).is_err());
    }
}
