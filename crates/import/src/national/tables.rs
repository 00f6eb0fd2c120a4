//! The tables of a national paper, told by the words over their columns, and the names of publications.

use super::words::{bare, plain};
use crate::Cell;

/// Which table of recommendations it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// "Recommendation | What we did and the impact"
    Closures,
    /// "Recommendation | What we are doing"
    Open,
}

/// The columns of a table of recommendations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Columns {
    pub(crate) kind: Kind,
    pub(crate) recommendation: u32,
    pub(crate) words: u32,
}

/// The columns of the summary table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SummaryColumns {
    pub(crate) publication: u32,
    pub(crate) closed: u32,
    pub(crate) open: u32,
    pub(crate) delayed: Option<u32>,
    pub(crate) links: Option<u32>,
}

/// A heading longer than this is a sentence.
const LONGEST_HEADING: usize = 120;
/// The name of a publication is no longer.
const LONGEST_NAME: usize = 160;

/// The words of the cells that have any, bare, by column; nothing where one is too long for a heading.
fn headings(row: &[Cell]) -> Option<Vec<(u32, String)>> {
    let cells = row.iter().filter(|cell| cell.has_words());
    cells
        .map(|cell| (cell.text.len() <= LONGEST_HEADING).then(|| (cell.column, bare(&plain(&cell.text)))))
        .collect()
}

/// The heading row of a table of recommendations that `row` is.
pub(crate) fn columns(row: &[Cell]) -> Option<Columns> {
    let headings = headings(row)?;
    let recommendation =
        headings.iter().find(|(_, words)| matches!(words.as_str(), "recommendation" | "recommendations"))?.0;
    let kind = |words: &str| {
        let starts = |beginnings: &[&str]| beginnings.iter().any(|beginning| words.starts_with(beginning));
        if starts(&["what we did", "what we have done", "what has been done", "what was done"]) {
            Some(Kind::Closures)
        } else if starts(&["what we are doing", "what we re doing", "what is being done"]) {
            Some(Kind::Open)
        } else {
            None
        }
    };
    let (words, kind) =
        headings.iter().find_map(|(column, words)| kind(words).map(|kind| (*column, kind)))?;
    Some(Columns { kind, recommendation, words })
}

/// The heading row of the summary table that `row` is.
pub(crate) fn summary_columns(row: &[Cell]) -> Option<SummaryColumns> {
    let headings = headings(row)?;
    let find = |known: &[&str]| {
        let begins = |words: &str| known.iter().any(|known| words.starts_with(known));
        headings.iter().find(|(_, words)| begins(words)).map(|(column, _)| *column)
    };
    Some(SummaryColumns {
        publication: find(&["publication", "inspection", "report"])?,
        closed: find(&["closed"])?,
        open: find(&["open"])?,
        delayed: find(&["delayed"]),
        links: find(&["business plan"]),
    })
}

/// The one cell that has words, where the row has only one.
pub(crate) fn only_cell(row: &[Cell]) -> Option<&Cell> {
    let mut words = row.iter().filter(|cell| cell.has_words());
    words.next().filter(|_| words.next().is_none())
}

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
}

/// The name that `words` are: "Events (2019)", "Crime Audit 2020 (continued)", "Mental Health".
pub(crate) fn name(words: &str) -> Option<Name> {
    let mut printed = words.replace('\n', " ");
    let continued = printed.trim_end().trim_end_matches(['.', ')']).to_lowercase();
    if let Some(at) =
        ["continued", "cont'd", "contd", "cont"].iter().find_map(|word| continued.strip_suffix(word))
    {
        let before = at.trim_end_matches(|char: char| char.is_whitespace() || "(-–—,".contains(char));
        // Lower case may have another length, in letters that no publication's name has.
        if at.len() > before.len() && printed.is_char_boundary(before.len()) {
            printed.truncate(before.len());
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
        || ["recommendation", "closure", "summary", "appendix", "table"]
            .iter()
            .any(|word| lower.contains(word));
    if own { None } else { name(words) }
}

/// Whether a line between two tables is only what every page of a paper has: its number, its marking, its
/// running head.
pub(crate) fn is_furniture(line: &str) -> bool {
    let words = bare(&plain(line));
    let words: Vec<&str> = words.split(' ').collect();
    let marking = |word: &&str| {
        word.bytes().all(|byte| byte.is_ascii_digit())
            || matches!(
                *word,
                "page" | "of" | "official" | "sensitive" | "not" | "protectively" | "marked" | "public"
            )
    };
    words.len() <= 6 && words.iter().all(marking)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Vec<Cell> {
        let cell = |(column, text): (u32, &&str)| Cell {
            at: String::new(),
            column,
            text: (*text).to_owned(),
            date: None,
            merged_into: None,
        };
        (0..).zip(cells).map(cell).collect()
    }

    #[test]
    fn the_tables_are_told_by_their_headings() {
        let closures = columns(&row(&["<b>Recommendation</b>", "What we did and the impact"]));
        assert_eq!(closures, Some(Columns { kind: Kind::Closures, recommendation: 0, words: 1 }));
        let open = columns(&row(&["", "Recommendations", "What we’re doing:"]));
        assert_eq!(open, Some(Columns { kind: Kind::Open, recommendation: 1, words: 2 }));
        assert_eq!(columns(&row(&["Recommendation", "Owner"])), None);
        assert_eq!(columns(&row(&["R1 Recommendation", "What we did"])), None);
        let summary = summary_columns(&row(&[
            "Publication",
            "Closed",
            "Open (Delayed)",
            "Business Plan Link (direct)",
        ]));
        let expected = SummaryColumns { publication: 0, closed: 1, open: 2, delayed: None, links: Some(3) };
        assert_eq!(summary, Some(expected));
        assert_eq!(summary_columns(&row(&["Publication", "Closed"])), None);
    }

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
    fn a_heading_of_the_paper_is_no_publication() {
        assert!(name_above("Hate Crime 2021").is_some());
        for heading in
            ["### 3. OPEN RECOMMENDATIONS", "2. CLOSURES", "Open recommendations", "The summary is:"]
        {
            assert_eq!(name_above(heading), None, "{heading}");
        }
    }

    #[test]
    fn what_every_page_has_parts_no_table() {
        for line in ["12", "Page 3 of 9", "OFFICIAL", "<b>OFFICIAL – SENSITIVE</b>"] {
            assert!(is_furniture(line), "{line}");
        }
        for line in ["3.2 With such a range", "Appendix A", "Hate Crime"] {
            assert!(!is_furniture(line), "{line}");
        }
    }
}
