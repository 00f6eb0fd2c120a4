//! What a person typed or a program sent: a form or JSON into the same command.

use std::collections::BTreeMap;

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{HeaderMap, header},
};
use journal::Refusal;
use serde::de::DeserializeOwned;

use crate::Problem;

/// How the request was let in: what a form's hidden token must equal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Session {
    /// The session's token for forms; empty when nobody is signed in.
    pub csrf: String,
    /// Let in by a bearer token: no browser sends one unasked, so no form token is needed.
    pub by_token: bool,
}

impl Session {
    /// Refuses a form that this session's pages did not make.
    pub fn check(&self, csrf: Option<&str>) -> Result<(), Problem> {
        let fits = csrf.is_some_and(|csrf| !csrf.is_empty() && same(csrf, &self.csrf));
        if self.by_token || fits { Ok(()) } else { Err(Problem::StaleForm) }
    }
}

/// Compares in a time that does not tell how much was right.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

/// The fields of a form as they were typed, so that a refused form comes back with nothing lost.
#[derive(Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Typed(pub BTreeMap<String, String>);

impl std::fmt::Debug for Typed {
    /// The names of the fields: what was typed is nobody's business in a log, and some of it is a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Typed {
    /// What was typed in `field`; empty if nothing was.
    pub fn get(&self, field: &str) -> &str {
        self.0.get(field).map_or("", String::as_str)
    }

    /// What was chosen in a field that may be sent more than once: one a line.
    pub fn all(&self, field: &str) -> Vec<String> {
        self.get(field).lines().map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect()
    }

    /// The fields of a form or of a JSON object where nobody is signed in, so that there is no form token to look for.
    pub fn of_body(headers: &HeaderMap, body: &[u8]) -> Result<Self, Refusal> {
        if is_json(headers) {
            return typed_json(body);
        }
        let pairs: Vec<(String, String)> = serde_html_form::from_bytes(body).map_err(|_| unreadable())?;
        Ok(Self::gather(pairs))
    }

    /// The fields as they were sent; what one field was sent more than once is one a line.
    pub(crate) fn gather(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut all: BTreeMap<String, String> = BTreeMap::new();
        for (name, value) in pairs {
            // A browser sends line ends as CR LF, whatever stands in the field.
            // No text has a null in it, and one database refuses to look for one.
            let value = value.replace("\r\n", "\n").replace('\0', "");
            match all.get_mut(&name) {
                Some(before) => {
                    before.push('\n');
                    before.push_str(&value);
                }
                None => drop(all.insert(name, value)),
            }
        }
        Self(all)
    }

    /// The subject's last entry as the form knew it, if it carries one.
    pub fn last_seq(&self) -> Option<i64> {
        // One that cannot be read is none that ever was, so it is stale: never a way round the check.
        self.0.get("last_seq").map(|seq| seq.parse().unwrap_or(-1))
    }

    /// With `value` in `field`, for a form that starts filled in.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl Into<String>) -> Self {
        self.0.insert(field.to_owned(), value.into());
        self
    }
}

/// A form or JSON: `command` is what it says, `typed` how it was typed.
///
/// The form's token is checked before anything is read from it.
#[derive(Debug, Clone)]
pub struct Input<T> {
    /// The command.
    pub command: Result<T, Refusal>,
    /// The fields as typed.
    pub typed: Typed,
    /// Sent as JSON: what is absent was left out. In a form a box that is not ticked is absent, too, and means no.
    pub is_json: bool,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Input<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let session = request.extensions().get::<Session>().cloned().unwrap_or_default();
        let is_json = is_json(request.headers());
        let csrf_header = request.headers().get("x-csrf-token").and_then(|token| token.to_str().ok());
        let csrf_header = csrf_header.map(str::to_owned);
        let body = Bytes::from_request(request, state).await.map_err(|_| Problem::TooLarge)?;
        if is_json {
            session.check(csrf_header.as_deref())?;
            let typed = typed_json(&body).map_err(Problem::Refused)?;
            return Ok(Self { command: from_json(&body), typed, is_json: true });
        }
        let pairs: Vec<(String, String)> =
            serde_html_form::from_bytes(&body).map_err(|_| Problem::Refused(unreadable()))?;
        let csrf = pairs.iter().find(|(name, _)| name == "csrf").map(|(_, value)| value.as_str());
        session.check(csrf.or(csrf_header.as_deref()))?;
        let typed = Typed::gather(pairs.into_iter().filter(|(name, _)| name != "csrf"));
        let command = serde_html_form::from_bytes(&body).map_err(|error| missing(&error.to_string()));
        Ok(Self { command, typed, is_json: false })
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("application/json"))
}

fn from_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|error| missing(&error.to_string()))
}

/// The members of a JSON object as a form would have them. Anything else is refused: a body that was cut short must not
/// be taken for one in which every field is blank.
fn typed_json(body: &[u8]) -> Result<Typed, Refusal> {
    let members: BTreeMap<String, serde_json::Value> =
        serde_json::from_slice(body).map_err(|error| not_an_object(&error))?;
    let text = |value: serde_json::Value| match value {
        serde_json::Value::String(text) => text,
        serde_json::Value::Null => String::new(),
        serde_json::Value::Array(all) => all
            .into_iter()
            .map(|one| one.as_str().map_or_else(|| one.to_string(), str::to_owned))
            .collect::<Vec<_>>()
            .join("\n"),
        other => other.to_string(),
    };
    Ok(Typed(members.into_iter().map(|(name, value)| (name, text(value))).collect()))
}

fn not_an_object(error: &serde_json::Error) -> Refusal {
    let sentence = format!(
        "The body is not a JSON object ({error}). Send one, whole: {{}} where there is nothing to say."
    );
    Refusal::of("body", sentence)
}

fn unreadable() -> Refusal {
    Refusal::of("form", "The form could not be read. Open the page again and send it once more.")
}

/// A field that is missing or not of its kind, told by its name where the reader names one.
fn missing(told: &str) -> Refusal {
    let field = told.split('`').nth(1).unwrap_or("form").to_owned();
    Refusal::of(
        field.clone(),
        format!("“{field}” is missing or is not what was expected ({told}). Fill it in."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_more_than_once_is_one_a_line_from_a_form_and_from_json() {
        let lines = Typed::gather([("words".to_owned(), "a\r\nb".to_owned())]);
        assert_eq!(lines.get("words"), "a\nb");
        let pairs = [("theme", "a"), ("to", "x"), ("theme", "b")];
        let typed = Typed::gather(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!((typed.all("theme"), typed.get("to")), (vec!["a".to_owned(), "b".to_owned()], "x"));
        assert_eq!(typed_json(br#"{"theme":["a","b"],"to":"x"}"#).unwrap(), typed);
        assert!(typed.all("nothing").is_empty());
    }

    #[test]
    fn a_body_that_is_no_object_is_refused_and_not_taken_for_a_blank_form() {
        for body in ["", "[]", "\"x\"", r#"{"theme":"a""#, "theme=a"] {
            assert_eq!(typed_json(body.as_bytes()).unwrap_err().field, "body", "{body}");
        }
        assert_eq!(typed_json(b"{}").unwrap(), Typed::default());
    }

    #[test]
    fn a_form_of_another_session_is_refused() {
        let session = Session { csrf: "right".to_owned(), by_token: false };
        assert!(session.check(Some("right")).is_ok());
        for wrong in [None, Some(""), Some("wrong"), Some("righ"), Some("rightt")] {
            assert!(session.check(wrong).is_err(), "{wrong:?}");
        }
        assert!(Session::default().check(Some("")).is_err());
        assert!(Session { csrf: String::new(), by_token: true }.check(None).is_ok());
    }
}
