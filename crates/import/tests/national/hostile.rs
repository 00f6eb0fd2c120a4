//! Papers that are no national papers, are cut, or are odd: refused in a full sentence, or every cell accounted for.

use import::{is_national, place_paper, read};
use proptest::prelude::*;

use crate::{invented, placed, shapes};

fn refused(bytes: &[u8]) -> String {
    let refusal = read("paper.txt", bytes).and_then(|sheets| place_paper(&sheets)).expect_err("a refusal");
    assert_eq!(refusal.field, "file");
    let sentence = refusal.sentence.into_owned();
    assert!(
        sentence.ends_with('.') && sentence.starts_with(|char: char| char.is_uppercase() || char == '“'),
        "{sentence}"
    );
    sentence
}

#[test]
fn what_is_no_national_paper_is_refused_in_a_full_sentence() {
    let paper = shapes::paper(invented::PAPER);
    let page = shapes::page(invented::PAPER);
    let huge = format!("{}\n{}", invented::PAPER, "word ".repeat(1024 * 1024));
    let many = format!("{}{}", invented::PAPER, "A line of prose.\n\n".repeat(21_000));
    let long = invented::PAPER.replace("Asked.", &"Asked. ".repeat(50_000));
    let plan = "Recommendation\tOwner\n1 - Act\tA chief";
    let cases: Vec<(&str, &[u8], &str)> = vec![
        ("nothing", b"", "is empty"),
        ("blanks", b" \n\t\n", "is empty"),
        ("prose", b"Only prose\nand more of it.", "has no table in it"),
        ("prose with commas", b"Only prose, and more of it.", "No table of the file has the headings of a national"),
        ("a plan", plan.as_bytes(), "No table of the file has the headings of a national"),
        ("huge", huge.as_bytes(), "is text of more than 4 MB"),
        ("endless prose", many.as_bytes(), "has more than 20000 lines of prose"),
        ("a long cell", long.as_bytes(), "has more words than a plan can have"),
        ("half a Word paper", &paper[..paper.len() / 2], "is damaged"),
        ("the front of a page", &page[..80], "has no table in it"),
        (
            "headings alone",
            b"Night Desk 2021\t\nRecommendation\tWhat we did\n\nLamps 2020\t\nRecommendation\tWhat we are doing\n",
            "no recommendation below them",
        ),
    ];
    for (what, bytes, expected) in cases {
        let sentence = refused(bytes);
        assert!(sentence.contains(expected), "{what}: {sentence}");
    }
}

#[test]
fn a_plan_of_one_inspection_is_no_national_paper() {
    for text in [
        "Recommendation\tOwner\n1 - Act\tA chief",
        "Night Desk 2021\t\nRecommendation\tWhat we are doing\nR1 - Act\tBegun.",
        "Name\tAge\nA\t3",
    ] {
        assert!(!is_national(&read("plan", text.as_bytes()).expect("read")), "{text}");
    }
    assert!(!is_national(&[]));
}

#[test]
fn figures_that_differ_and_lists_that_are_short_are_listed() {
    let text = "10 recommendations were closed.\n\nIn all, 11 recommendations were closed.\n\n\
                3 inspections are taking place:\n\nLamps (Audit)\n\nLadders\n\n";
    let paper = placed(
        "figures",
        format!("{text}{HEAD}Hoses 2019\t\nRecommendation\tWhat we did\nR1 Roll.\tRolled.\n").as_bytes(),
    );
    let told: Vec<(&str, &str)> = paper.unsure.iter().map(|it| (&*it.at, &*it.why)).collect();
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(told[0].1.contains("10 recommendations were closed, but its tables list 2"), "{told:?}");
    assert!(told[2].1.contains("as 10 at line 1 and as 11 here") && told[2].0 == "line 3", "{told:?}");
    assert!(told[3].1.contains("3 inspections take place and names 1"), "{told:?}");
}

#[test]
fn a_paper_cut_in_half_is_not_taken_for_a_whole_one() {
    let text = invented::PAPER;
    let summary = text.find("Hushed Streets\t0").expect("the summary");
    let open = text.find("<b>Night Desk 2020").expect("the open ones");
    let half = placed("half", &text.as_bytes()[..open]);
    assert!(
        half.unsure.iter().any(|it| it.why.contains("no table of the paper lists any")),
        "{:?}",
        half.unsure
    );
    let mid = placed("middle", &text.as_bytes()[..text.find("is in the plan").expect("words")]);
    assert!(mid.unsure.iter().any(|it| it.why.contains("break off")), "{:?}", mid.unsure);
    let second =
        read("end", &text.as_bytes()[summary..]).and_then(|sheets| place_paper(&sheets)).expect("placed");
    assert!(second.cells.iter().any(|cell| cell.placed_as == "Not placed" && cell.unsure));
    let closures = &text.as_bytes()[..text.find("Night Desk (2021)").expect("closures")];
    assert!(
        placed("one", closures).unsure.iter().any(|it| it.why.contains("3 recommendations were closed, but"))
    );
}

#[test]
fn a_paper_cut_anywhere_is_refused_or_accounted_for() {
    for cut in (0..invented::PAPER.len()).filter(|cut| invented::PAPER.is_char_boundary(*cut)).step_by(23) {
        let (front, back) = invented::PAPER.split_at(cut);
        for half in [front, back] {
            for bytes in [half.as_bytes().to_vec(), shapes::page(half)] {
                accounted_or_refused(&bytes);
            }
        }
    }
}

/// Every cell that was read is told, and none is lost without being listed.
fn accounted_or_refused(bytes: &[u8]) {
    let sheets = match read("x", bytes) {
        Ok(sheets) => sheets,
        Err(refusal) => return assert!(refusal.sentence.ends_with('.')),
    };
    let words = sheets.iter().flat_map(|it| it.rows.iter().flatten()).filter(|it| it.has_words()).count();
    match place_paper(&sheets) {
        Ok(paper) => {
            assert_eq!((paper.cells_read, paper.cells.len()), (words, words));
            let lost = paper.cells.iter().filter(|cell| cell.placed_as == "Not placed");
            assert!(lost.clone().all(|cell| cell.unsure));
            assert!(lost.count() == 0 || !paper.unsure.is_empty());
        }
        Err(refusal) => assert!(refusal.sentence.ends_with('.')),
    }
}

const HEAD: &str = "Lamps 2020\t\nRecommendation\tWhat we did\nR1 Act.\tDone.\n\n";

fn tables(rest: &str) -> import::NationalPaper {
    placed("odd", format!("{HEAD}{rest}").as_bytes())
}

#[test]
fn what_is_not_understood_is_listed_with_its_place_and_its_reason() {
    let open = "Ladders 2021\t\nRecommendation\tWhat we are doing\n";
    let cases = [
        ("R1 Act.\tGoing.\nPolice should ask.\tAsked.\n", "no reference"),
        ("R1 Act.\tGoing.\nR1 Ask.\tAsked.\n", "duplicate reference"),
        ("R1 Act.\tGoing.\textra\n", "has no heading"),
        ("R1 Act\tGoing.\nAnd ask\tAsked.\n", "taken to go on with R1"),
        ("R1 Act.\tGoing.\nHoses 2019\t\nR1 Roll.\tRolled.\n", "taken for the name of a publication"),
        ("R1 Act.\tThe target date is spring 2026.\n", "No date could be read"),
        ("R1 Act.\t\n", "nothing of what was or is being done"),
        ("R1 Act.\tGoing.\n\nAppendix A\n\nTerm\tMeaning\n", "below no headings that it has"),
        (
            "R1 Act.\tGoing.\n\nAn end.\n\nRecommendation\tWhat we are doing\nR2 Ask.\tAsked.\n",
            "below no publication",
        ),
    ];
    for (rest, expected) in cases {
        let paper = tables(&format!("{open}{rest}"));
        let listed: Vec<&str> = paper.unsure.iter().map(|it| it.why.as_str()).collect();
        assert!(listed.len() <= 2 && listed.iter().any(|why| why.contains(expected)), "{rest}: {listed:?}");
        assert!(paper.unsure.iter().all(|it| it.at.starts_with("Table ")), "{rest}: {:?}", paper.unsure);
    }
}

#[test]
fn an_odd_summary_or_cover_is_read_as_far_as_it_is_understood() {
    let paper = tables(
        "Publication\tClosed\tOpen\tDelayed\tBusiness Plan Link\nLamps\t1\t0\t0\tSafer Nights 1.1,\n\t\t\t\t1.2 & 1.3\n\
         Ladders\tone\t2 (\t\tsoon\nTotal\t1\t2\t0\t\n\nDate\tSpring 2025\nMeeting\tNight Board\tthe first\n\
         Location\tTown Hall\nWeather\tFair\n",
    );
    let lamps = &paper.summary[0];
    let numbers: Vec<&str> = lamps.links.iter().map(|link| &*link.number).collect();
    assert_eq!((lamps.delayed, numbers), (Some(0), vec!["1.1", "1.2", "1.3"]));
    assert_eq!((paper.summary[1].closed, paper.summary[1].open, paper.summary.len()), (None, None, 2));
    assert_eq!((paper.cover.date, paper.cover.location.as_deref()), (None, Some("Town Hall")));
    let listed: Vec<&str> = paper.unsure.iter().map(|it| &*it.text).collect();
    let odd = ["one", "2 (", "soon", "Spring 2025", "the first", "Weather", "Fair"];
    assert_eq!(listed, odd);
    // Where a row above could not be read, there is no sum to hold the totals against.
    assert_eq!(paper.total.as_ref().map(|total| (total.closed, total.open)), Some((Some(1), Some(2))));
}

#[test]
fn one_name_with_two_years_in_one_kind_of_table_is_two_publications() {
    let paper = tables(
        "Lamps 2023\t\nRecommendation\tWhat we did\nR1 Act.\tDone.\n\nLamps 2023 (continued)\t\nRecommendation\tWhat we did\nR2 Ask.\tDone.\n",
    );
    let told: Vec<_> =
        paper.publications.iter().map(|it| (it.title.as_str(), it.year, it.closed.len())).collect();
    assert_eq!(told, [("Lamps", Some(2020), 1), ("Lamps", Some(2023), 2)]);
    assert_eq!(paper.unsure, []);
}

#[test]
fn a_publication_may_be_a_heading_over_its_table() {
    let table = |heading: &str, words: &str, row: &str| {
        format!("<h3>{heading}</h3><table><tr><th>Recommendation<th>{words}</tr><tr>{row}</tr></table>")
    };
    let page = format!(
        "<html><h2>2. Closures</h2>{}<h2>3. Open recommendations</h2>{}<p>Page 2</p><table><tr><td><td>and on.</table>",
        table("Lamps (2020)", "What we did and the impact", "<td>R1 Act.<td>Done."),
        table("Ladders 2021", "What we are doing", "<td>R2 Ask<td>Going on"),
    );
    let paper = placed("page", page.as_bytes());
    assert_eq!(paper.unsure, []);
    assert_eq!(paper.publications[0].printed, ["Lamps (2020)"]);
    assert_eq!(paper.publications[1].open[0].update, "Going on and on.");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_placed_without_losing_a_cell(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "Recommendation\tWhat we did\n", "Recommendation\tWhat we are doing\n", "Lamps 2020\t\n", "Lamps 2021\t\n", "Lamps\t\n",
            "Publication\tClosed\tOpen (Delayed)\tBusiness Plan Link\n", "Lamps\t1\t2 (1)\tSafer 1.1\n", "\t\t\t2.2\n", "Total\t1\t2\t\n",
            "R1 Act\tGoing", "R02 - Ask.\tAsked.\n", "and on\tand on.\n", "\tRisk: none\n", "Scotland\t\n", "<p>R3</p>\t<p>As above.</p>\n",
            "Date\t1 May 2020\nMeeting\tOne\nLocation\tTwo\n", "Date\tSpring\nMeeting\tOne\tThree\nLocation\tTwo\n",
            "\n", "\n\n", "Prose.\n", "10 recommendations were closed.\n", "(continued)\t\n", "a\tb\tc\n",
            "Continued\t\n", "Continued\n", "Lamps 2020 (continued)\n", "Lamps\n", "Ref\tRecommendation\tWhat we did\tTarget\n",
            "R4\tAct.\tDone.\tMay 2026\n", "Soon\tAct.\tDone.\tSpring\n", "\t", "<", "&amp;",
        ]), 0..50),
    ) {
        accounted_or_refused(format!("{HEAD}{}", pieces.concat()).as_bytes());
        accounted_or_refused(pieces.concat().as_bytes());
    }
}
