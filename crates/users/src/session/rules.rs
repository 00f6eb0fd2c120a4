//! How long a session lasts, how often one may try to sign in, and where one goes after it. Pure.

use std::net::IpAddr;

use jiff::{SignedDuration, Timestamp};

/// A session ends after an hour of nothing: an advisor's longest call is shorter, a shift's break is not.
pub const IDLE: SignedDuration = SignedDuration::from_mins(60);
/// And in any case after the longest shift, 12 hours: a stolen cookie is worth no more than that.
pub const ABSOLUTE: SignedDuration = SignedDuration::from_hours(12);
/// How stale "last seen" may be: a page that is only read writes at most once a minute.
pub const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(1);
/// A token ends after a quarter, so that a forgotten one does.
pub const TOKEN: SignedDuration = SignedDuration::from_hours(24 * 90);
/// Tries to sign in are counted over this time.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// Failed tries for one name from one address. From another address the name's owner still gets in, so
/// nobody can lock a colleague out (TRUST 2.19).
pub const TRIES: i64 = 10;
/// Failed tries from one address, whatever the names: a whole station may stand behind one address, and
/// a list of stolen passwords has millions.
pub const TRIES_OF_ADDRESS: i64 = 100;

/// Whether a session that began at `created` and was last seen at `seen` still holds.
pub fn is_live(now: Timestamp, created: Timestamp, seen: Timestamp) -> bool {
    now.duration_since(created) < ABSOLUTE && now.duration_since(seen) < IDLE
}

/// Whether a token that was issued at `created` still holds.
pub fn is_token_live(now: Timestamp, created: Timestamp) -> bool {
    now.duration_since(created) < TOKEN
}

/// Earlier tries within [`WINDOW`]: how many, and the first of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tries {
    /// How many.
    pub count: i64,
    /// The first.
    pub first: Option<Timestamp>,
}

/// Whether one more try is looked at; otherwise the seconds to wait.
pub fn may_try(now: Timestamp, of_name: Tries, of_address: Tries) -> Result<(), u64> {
    let full = [(of_name, TRIES), (of_address, TRIES_OF_ADDRESS)]
        .into_iter()
        .filter(|(tries, most)| tries.count >= *most);
    let wait = full.map(|(tries, _)| {
        let since = tries.first.map_or(SignedDuration::ZERO, |first| now.duration_since(first));
        u64::try_from((WINDOW - since).as_secs()).unwrap_or(0) + 1
    });
    wait.max().map_or(Ok(()), Err)
}

/// The page to show after signing in: `wanted`, if it is a path of ours and nothing else.
///
/// A browser reads `//host`, `/\host` and a path with a tab in it as another site's address.
pub fn local(wanted: &str) -> &str {
    let is_local = wanted.starts_with('/')
        && !wanted.starts_with("//")
        && !wanted.contains(|c: char| c == '\\' || c.is_control() || c.is_whitespace());
    if is_local { wanted } else { "/" }
}

/// What counts as one address: IPv4 as it is; of IPv6 the network, since one house has 2^64 of them.
pub fn as_counted(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

/// A browser in words, from what it says of itself: enough for its owner to know it again, and no more.
pub fn device(agent: &str) -> String {
    let first = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, words)| *words)
    };
    let browser =
        first(&[("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]);
    let system = first(&[
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "Unknown browser".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + minutes * 60).unwrap()
    }

    #[test]
    fn a_session_ends_after_an_hour_of_nothing_or_after_twelve_hours() {
        for (now, created, seen, live) in [
            (0, 0, 0, true),
            (59, 0, 0, true),
            (60, 0, 0, false),
            (119, 0, 60, true),
            (719, 0, 700, true),
            (720, 0, 719, false),
        ] {
            assert_eq!(is_live(at(now), at(created), at(seen)), live, "{now} {created} {seen}");
        }
        assert!(is_token_live(at(90 * 24 * 60 - 1), at(0)) && !is_token_live(at(90 * 24 * 60), at(0)));
    }

    #[test]
    fn the_eleventh_try_waits_until_the_first_is_a_quarter_of_an_hour_old() {
        let tries = |count, first| Tries { count, first: Some(at(first)) };
        let none = Tries { count: 0, first: None };
        for (of_name, of_address, expected) in [
            (none, none, Ok(())),
            (tries(9, 0), tries(99, 0), Ok(())),
            (tries(10, 0), tries(10, 0), Err(5 * 60 + 1)),
            (tries(1, 0), tries(100, 0), Err(5 * 60 + 1)),
            (tries(10, 2), tries(100, 0), Err(7 * 60 + 1)),
        ] {
            assert_eq!(may_try(at(10), of_name, of_address), expected, "{of_name:?} {of_address:?}");
        }
    }

    #[test]
    fn only_a_path_of_ours_is_gone_to() {
        for ours in ["/", "/accounts", "/recommendations?status=open&words=a%2Fb", "/a//b"] {
            assert_eq!(local(ours), ours);
        }
        for theirs in [
            "",
            "accounts",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/\t/evil.example",
            "/a\nb",
            " /a",
            "javascript:alert(1)",
        ] {
            assert_eq!(local(theirs), "/", "{theirs:?}");
        }
    }

    #[test]
    fn an_address_is_one_ipv4_or_one_ipv6_network() {
        for (address, counted) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ] {
            assert_eq!(as_counted(address.parse().unwrap()), counted);
        }
    }

    #[test]
    fn a_browser_is_told_in_words() {
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36";
        assert_eq!(device(chrome), "Chrome on Linux");
        assert_eq!(
            device("Mozilla/5.0 (Windows NT 10.0) Chrome/156.0 Safari/537.36 Edg/156.0"),
            "Edge on Windows"
        );
        assert_eq!(device("curl/8"), "Unknown browser");
    }
}
