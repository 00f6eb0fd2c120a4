//! A page that cuts a table in two leaves its number, its head or "continued" between the parts, and may print the
//! headings or the name again. Nothing of that is a recommendation, and nothing is lost or filed elsewhere for it.

use import::NationalPaper;

use crate::{invented::WHOLE, nowhere, placed, three};

/// What a page leaves where it cuts a table: lines of prose between the two parts, or none where the table is one
/// still, and rows above the rest of it.
struct Cut {
    what: &'static str,
    /// `{name}` is the name of the publication.
    between: Option<&'static str>,
    row: Option<&'static str>,
}

const CUTS: [Cut; 12] = [
    Cut { what: "nothing but the page", between: Some(""), row: None },
    Cut { what: "the page's number and marking", between: Some("OFFICIAL\n\nPage 7 of 12"), row: None },
    Cut { what: "a line “Continued”", between: Some("Continued"), row: None },
    Cut { what: "a line “(continued overleaf)”", between: Some("(continued overleaf)\n\n8"), row: None },
    Cut { what: "a line with the name", between: Some("{name} (continued)"), row: None },
    Cut {
        what: "the head of the page",
        between: Some("Borderland Night Performance Committee, 3 March 2025"),
        row: None,
    },
    Cut { what: "a row with the name", between: Some(""), row: Some("{name} (Continued)") },
    Cut { what: "a row “Continued”", between: Some("OFFICIAL"), row: Some("Continued") },
    Cut { what: "a row with the bare name", between: Some("12"), row: Some("{name}") },
    Cut { what: "a row with the name in one table", between: None, row: Some("{name} (continued)") },
    Cut { what: "a row “Continued” in one table", between: None, row: Some("Continued") },
    Cut {
        what: "a row “continued overleaf” in one table", between: None, row: Some("(continued overleaf)")
    },
];

/// The paper, with each table of recommendations cut behind every second of them.
fn cut(cut: &Cut, headed: bool) -> String {
    let (mut name, mut heading, mut since) = ("", "", 0);
    let mut lines: Vec<String> = Vec::new();
    let mut before = "";
    for line in WHOLE.lines() {
        if line.starts_with("Recommendation\t") {
            (name, heading, since) = (before.trim_end(), line, 0);
        }
        let is_one = line.starts_with('R') && line[1..].starts_with(|char: char| char.is_ascii_digit());
        if is_one && since == 2 {
            since = 0;
            if let Some(between) = cut.between {
                lines.push(format!("\n{}\n", between.replace("{name}", name)));
            }
            lines.extend(cut.row.map(|row| format!("{}\t", row.replace("{name}", name))));
            lines.extend(headed.then(|| heading.to_owned()));
        }
        since += usize::from(is_one);
        lines.push(line.to_owned());
        before = line;
    }
    lines.join("\n") + "\n"
}

fn all_of(what: &str, whole: &NationalPaper, paper: &NationalPaper) {
    assert_eq!(nowhere(paper), nowhere(whole), "{what}");
    assert_eq!(paper.unsure, [], "{what}");
    assert_eq!(paper.cells_placed(), paper.cells_read, "{what}");
}

#[test]
fn a_table_that_a_page_cut_goes_on_whatever_the_page_leaves_there() {
    let whole = placed("whole", WHOLE.as_bytes());
    assert_eq!(whole.publications.iter().map(|it| it.open.len()).collect::<Vec<_>>(), [0, 5, 4, 3]);
    for of in &CUTS {
        for headed in [false, true] {
            let text = cut(of, headed);
            assert!(text.len() > WHOLE.len(), "{}", of.what);
            for (shape, paper) in three(&text) {
                all_of(&format!("{}, headings {headed}, {shape}", of.what), &whole, &paper);
            }
        }
    }
}

#[test]
fn a_line_above_several_tables_is_taken_for_the_head_of_the_page_and_told_once() {
    let whole = placed("whole", WHOLE.as_bytes());
    let of = Cut { what: "a head", between: Some("Borderland lamps and ladders"), row: None };
    for headed in [false, true] {
        for (shape, mut paper) in three(&cut(&of, headed)) {
            let told: Vec<_> = paper.unsure.drain(..).collect();
            let [told] = &told[..] else { panic!("{shape}: {told:?}") };
            assert!(
                told.text == "Borderland lamps and ladders" && told.why.contains("at its head"),
                "{told:?}"
            );
            all_of(shape, &whole, &paper);
        }
    }
}

#[test]
fn a_row_that_is_cut_goes_on_below_the_name() {
    let text = WHOLE.replace(
        "They rang.",
        "They\n\nHushed Streets 2023 (continued)\t\nRecommendation\tWhat we are doing\n\trang.",
    );
    all_of("a cut row", &placed("whole", WHOLE.as_bytes()), &placed("cut", text.as_bytes()));
}

#[test]
fn the_last_word_of_a_cell_is_no_mark() {
    let text = WHOLE.replace("They rang.", "The ringing was\n\tcontinued");
    let paper = placed("cut", text.as_bytes());
    assert_eq!(paper.publications[2].open[1].update, "The ringing was continued");
}

#[test]
fn one_publication_in_two_years_goes_on_under_the_year_of_its_table() {
    let text = cut(&CUTS[6], true).replace("Night Desk (2021)", "Night Desk (2020)");
    for (shape, paper) in three(&text) {
        assert_eq!(paper.publications.len(), 4, "{shape}");
        let [year] = &paper.unsure[..] else { panic!("{shape}: {:?}", paper.unsure) };
        assert!(year.why.contains("the year 2020 in one place and 2021 here"), "{year:?}");
    }
}
