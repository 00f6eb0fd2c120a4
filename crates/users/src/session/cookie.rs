//! The two cookies. Both begin with `__Host-`: a browser then takes them only from this very host, over
//! TLS (or from the machine itself: Chromium 156 takes them on `http://127.0.0.1` and `http://localhost`),
//! and no neighbouring host can plant one.

use crate::secret::Secret;

/// The session of somebody who is signed in.
pub(crate) const SESSION: &str = "__Host-session";
/// The visit of somebody who is about to sign in.
pub(crate) const BEFORE: &str = "__Host-pre";

const ATTRIBUTES: &str = "Path=/; Secure; HttpOnly; SameSite=Lax";

/// The cookie called `name` in a `Cookie` header, if it is one that we made: 256 bits in hexadecimal.
pub(crate) fn read(line: &str, name: &str) -> Option<Secret> {
    line.split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, value)| {
            *key == name && value.len() == 64 && value.bytes().all(|b| b.is_ascii_hexdigit())
        })
        .map(|(_, value)| Secret::sent(value))
}

/// Sets a cookie until the browser is closed; the server's limits are stricter.
pub(crate) fn set(name: &str, secret: &Secret) -> String {
    format!("{name}={}; {ATTRIBUTES}", secret.reveal())
}

/// Takes a cookie away.
pub(crate) fn clear(name: &str) -> String {
    format!("{name}=; {ATTRIBUTES}; Max-Age=0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_cookie_of_ours_is_read() {
        let ours = "0123456789abcdef".repeat(4);
        for (sent, expected) in [
            (format!("{SESSION}={ours}"), true),
            (format!("a=b; {SESSION}={ours}; c=d"), true),
            (format!("session={ours}"), false),
            (format!("{SESSION}="), false),
            (format!("{SESSION}={ours}0"), false),
            (format!("{SESSION}={}", "g".repeat(64)), false),
        ] {
            assert_eq!(read(&sent, SESSION).is_some(), expected, "{sent}");
        }
    }

    #[test]
    fn a_cookie_is_for_this_host_only_and_out_of_reach_of_scripts() {
        let text = set(SESSION, &Secret::random(""));
        for attribute in ["__Host-session=", "; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"] {
            assert!(text.contains(attribute), "{text}");
        }
        assert!(!text.contains("Domain"));
        assert!(clear(SESSION).contains("Max-Age=0"));
    }
}
