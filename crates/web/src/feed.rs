//! An address that is read without signing in: its secret, what is kept of it, and how a calendar is answered there.
//!
//! The secret is the whole of the right to read: it is shown once, and only its hash is kept.

use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use journal::hex;
use sha2::{Digest, Sha256};

/// A new secret: 256 random bits in hexadecimal.
pub fn feed_secret() -> String {
    let mut random = [0_u8; 32];
    getrandom::fill(&mut random).expect("the operating system gives random bytes, or nothing here is safe");
    hex(&random)
}

/// What is kept of a secret for one `purpose`. Its 256 bits need no salt: nobody can try them all.
pub fn feed_hash(purpose: &str, secret: &str) -> String {
    hex(&Sha256::digest(format!("{purpose}:{secret}")))
}

/// Where the browser found us. The last name it could be given is a computer's own.
pub fn own_address(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or("localhost");
    let is_plain = host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c));
    let host = if is_plain { host } else { "localhost" };
    let is_local = ["127.", "localhost", "[::1]"].iter().any(|start| host.starts_with(start));
    format!("{}://{host}", if is_local { "http" } else { "https" })
}

/// A calendar as it is answered; 304 where the caller has it already. `told` is what it tells, and not when it was asked:
/// what has not changed is not sent again.
pub fn answer_calendar(headers: &HeaderMap, told: &str, calendar: impl FnOnce() -> String) -> Response {
    let tag = format!("W/\"{}\"", hex(&Sha256::digest(told)[..16]));
    let about = [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, "private, no-cache".to_owned())];
    if is_known(headers, &tag) {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    (about, [(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], calendar()).into_response()
}

/// Whether the caller has this one already. Compared weakly: what was compressed on the way is the same.
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let named = headers.get_all(header::IF_NONE_MATCH).into_iter().filter_map(|value| value.to_str().ok());
    named.flat_map(|value| value.split(',')).any(|one| one.trim() == "*" || bare(one) == bare(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: header::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, value.parse().unwrap())])
    }

    #[test]
    fn an_address_is_ours_whatever_name_somebody_sends() {
        for (host, expected) in [
            ("police.example", "https://police.example"),
            ("127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("localhost:8080", "http://localhost:8080"),
            ("evil.example/\"><script>", "http://localhost"),
        ] {
            assert_eq!(own_address(&with(header::HOST, host)), expected);
        }
    }

    #[test]
    fn what_has_not_changed_is_not_sent_again() {
        let answered =
            |headers: &HeaderMap, told: &str| answer_calendar(headers, told, || "BEGIN".to_owned());
        let first = answered(&HeaderMap::new(), "one");
        let tag = first.headers()[header::ETAG].to_str().unwrap().to_owned();
        assert_eq!(first.status(), StatusCode::OK);
        let strong = tag.trim_start_matches("W/").to_owned();
        for known in [tag.clone(), strong, format!("\"x\", {tag}"), "*".to_owned()] {
            let again = answered(&with(header::IF_NONE_MATCH, &known), "one");
            assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{known}");
        }
        assert_eq!(answered(&with(header::IF_NONE_MATCH, &tag), "two").status(), StatusCode::OK);
    }

    #[test]
    fn what_is_kept_of_a_secret_is_for_one_purpose() {
        let secret = feed_secret();
        assert_eq!(secret.len(), 64);
        assert_ne!(feed_hash("calendar feed", &secret), feed_hash("diary feed", &secret));
        assert_ne!(feed_secret(), secret);
    }
}
