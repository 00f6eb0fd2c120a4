//! Where a page leads back to, when another page sent somebody to it.

/// The longest address that is led back to: one with a whole list's filters in it.
const LONGEST: usize = 2_000;

/// `text` as an address to lead back to, if it is a page of this site: a path of its own, with no host, so that
/// nobody can be led elsewhere by a link that begins here.
///
/// A browser takes `//host`, `/\host` and `/<tab>/host` for another site's address; none of them is one here.
pub fn own_page(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('/')?;
    let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, '\\' | '#' | '"' | '<' | '>');
    (text.len() <= LONGEST && !rest.starts_with('/') && rest.chars().all(is_plain)).then_some(text)
}

/// The address `form`, which leads back to the page `back` when it is done.
pub fn leading_back(form: &str, back: &str) -> String {
    format!("{form}?{}", serde_html_form::to_string([("back", back)]).unwrap_or_default())
}

/// The address `page` with `done`, what was just done there; what was done before is left out.
pub fn with_done(page: &str, done: &str) -> String {
    let (path, query) = page.split_once('?').unwrap_or((page, ""));
    let kept = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("done="));
    let pairs: Vec<String> = kept.map(str::to_owned).chain([format!("done={done}")]).collect();
    format!("{path}?{}", pairs.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_page_of_this_site_is_led_back_to() {
        for own in ["/", "/papers/018a/freeze", "/check?words=DA23&severity=fault", "/check?words=%2F%2Fa"] {
            assert_eq!(own_page(own), Some(own));
        }
        for other in [
            "",
            "papers",
            "//evil.example",
            "/\\evil.example",
            "\\/evil.example",
            "https://evil.example/",
            "/\t/evil.example",
            "/\n/evil.example",
            "/ /evil.example",
            "javascript:alert(1)",
            "/a\r\nSet-Cookie: b",
            "/a\"onclick=",
            "/a<b",
            "/check#x",
            "/è",
        ] {
            assert_eq!(own_page(other), None, "{other:?}");
        }
        assert_eq!(own_page(&format!("/{}", "a".repeat(LONGEST))), None);
    }

    #[test]
    fn a_form_keeps_the_whole_address_that_it_leads_back_to() {
        assert_eq!(leading_back("/a", "/check?words=b&c=d"), "/a?back=%2Fcheck%3Fwords%3Db%26c%3Dd");
    }

    #[test]
    fn what_was_done_is_told_once() {
        let cases = [
            ("/check", "/check?done=accepted"),
            ("/check?words=DA23", "/check?words=DA23&done=accepted"),
            ("/check?done=withdrawn&words=DA23", "/check?words=DA23&done=accepted"),
        ];
        for (page, expected) in cases {
            assert_eq!(with_done(page, "accepted"), expected);
        }
    }
}
