//! The names of publications as a paper prints them: "Events (2019)", "Crime Audit 2020 (continued)".

use super::words::{bare, plain};
use crate::target_words::MONTHS;

/// The name of a publication is no longer.
const LONGEST_NAME: usize = 160;

/// The name of a publication as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// As printed, without "(continued)".
    pub(crate) printed: String,
    /// Without the year.
    pub(crate) title: String,
    /// For comparing.
    pub(crate) key: String,
    pub(crate) year: Option<i16>,
    /// Whether it was printed with "(continued)".
    pub(crate) continued: bool,
}

/// What a page that cut a table may print behind the name; the longest first.
const CONTINUED: [&str; 8] = [
    "continued on next page",
    "continued from previous page",
    "continued overleaf",
    "continued",
    "cont'd",
    "cont’d",
    "contd",
    "cont",
];

/// The name that `words` are: "Events (2019)", "Crime Audit 2020 (continued)", "Mental Health".
pub(crate) fn name(words: &str) -> Option<Name> {
    let mut printed = words.replace('\n', " ");
    let lower = printed.trim_end().trim_end_matches(['.', ')']).to_lowercase();
    let mut continued = false;
    if let Some(at) = CONTINUED.iter().find_map(|word| lower.strip_suffix(word)) {
        let before = at.trim_end_matches(|char: char| char.is_whitespace() || "(-–—,".contains(char));
        // Lower case may have another length, in letters that no publication's name has.
        if at.len() > before.len() && printed.is_char_boundary(before.len()) {
            printed.truncate(before.len());
            continued = true;
        }
    }
    let printed = printed.trim().to_owned();
    let bared = printed.trim_end_matches(')');
    let year: String =
        bared.chars().rev().take_while(char::is_ascii_digit).collect::<Vec<_>>().iter().rev().collect();
    let before = &bared[..bared.len() - year.len()];
    let year = year
        .parse()
        .ok()
        .filter(|year| year_of_a_publication(*year))
        .filter(|_| before.ends_with([' ', '(', '-', '–', '/', '\u{a0}']));
    let title = if year.is_some() { before } else { &printed };
    let title = title.trim_matches(|char: char| char.is_whitespace() || "(-–—:,".contains(char));
    let title = if title.is_empty() { &printed } else { title };
    let key = bare(title);
    (!key.is_empty() && printed.len() <= LONGEST_NAME).then(|| Name {
        title: title.to_owned(),
        year,
        key,
        printed: printed.clone(),
        continued,
    })
}

fn year_of_a_publication(year: i16) -> bool {
    (1990..2100).contains(&year)
}

/// The name that stands over a table as a heading of the paper; a numbered heading or one about recommendations
/// in general is the paper's own.
pub(crate) fn name_above(heading: &str) -> Option<Name> {
    let words = plain(heading);
    let words = words.trim_start_matches(|char: char| char == '#' || char.is_whitespace());
    let lower = words.to_lowercase();
    let own = words.starts_with(|char: char| char.is_ascii_digit())
        || words.ends_with(['.', ':', ';'])
        || ends_with_a_day_or_month(&lower)
        || ["recommendation", "closure", "summary", "appendix", "table"]
            .iter()
            .any(|word| lower.contains(word));
    if own { None } else { name(words) }
}

/// "the committee of 16 september 2025": its last figure is no year of a publication.
fn ends_with_a_day_or_month(lower: &str) -> bool {
    let mut words = lower.split_whitespace().rev();
    let (Some(year), Some(month)) = (words.next(), words.next()) else { return false };
    let month = month.trim_end_matches([',', '.']);
    let begins = |known: &str| known.get(..3).is_some_and(|short| month.starts_with(&short.to_lowercase()));
    year.bytes().all(|byte| byte.is_ascii_digit())
        && MONTHS.iter().any(|known| begins(known) && known.to_lowercase().starts_with(month))
}

/// Whether the words say nothing but that a table goes on, or goes on elsewhere: "Continued", "(continued
/// overleaf)".
pub(crate) fn is_continuation_mark(words: &str) -> bool {
    const LONGEST: usize = 80;
    if words.len() > LONGEST {
        return false;
    }
    let words = bare(&plain(words));
    let mut says = false;
    let known = words.split(' ').all(|word| {
        let says_so = matches!(word, "continued" | "continues" | "cont" | "contd" | "overleaf");
        says |= says_so;
        let beside = matches!(
            word,
            "d" | "on" | "over" | "from" | "to" | "the" | "next" | "previous" | "page" | "table"
        );
        says_so || beside || word.bytes().all(|byte| byte.is_ascii_digit())
    });
    says && known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_publication_is_parted_from_its_year() {
        let told = |words: &str| {
            let name = name(words).expect("a name");
            (name.title, name.key, name.year)
        };
        let cases = [
            ("Events (2019)", ("Events", "events", Some(2019))),
            ("Crime Audit 2020", ("Crime Audit", "crime audit", Some(2020))),
            ("Crime Audit 2020 (continued)", ("Crime Audit", "crime audit", Some(2020))),
            ("Mental Health – cont'd", ("Mental Health", "mental health", None)),
            ("Mental Health", ("Mental Health", "mental health", None)),
            ("Plan B12", ("Plan B12", "plan b12", None)),
            ("Recount", ("Recount", "recount", None)),
            ("Route 1066", ("Route 1066", "route 1066", None)),
            ("2023", ("2023", "2023", None)),
        ];
        for (words, (title, key, year)) in cases {
            assert_eq!(told(words), (title.into(), key.into(), year), "{words}");
        }
        assert_eq!(name(" – "), None);
        assert_eq!(name(&"word ".repeat(40)), None);
    }

    #[test]
    fn a_mark_of_going_on_is_told_from_a_name() {
        for words in
            ["Continued", "(continued overleaf)", "<b>Cont’d</b>", "Table 4 (continued from previous page)"]
        {
            assert!(is_continuation_mark(words), "{words}");
        }
        for words in ["Hate Crime (continued)", "Continued care", "Next page", "", "12", "Table 4"] {
            assert!(!is_continuation_mark(words), "{words}");
        }
        assert!(
            name("Hate Crime 2021 (Continued overleaf)").is_some_and(|it| it.continued && it.year.is_some())
        );
        assert!(name("Hate Crime 2021").is_some_and(|it| !it.continued));
    }

    #[test]
    fn a_heading_of_the_paper_is_no_publication() {
        assert!(name_above("Hate Crime 2021").is_some());
        for heading in [
            "### 3. OPEN RECOMMENDATIONS",
            "2. CLOSURES",
            "Open recommendations",
            "The summary is:",
            "The board, 16 September 2025",
            "Progress at Sept. 2025",
        ] {
            assert_eq!(name_above(heading), None, "{heading}");
        }
    }
}
