//! Other layouts than the published one: the reference or the target in a column of its own, the name above its
//! table, totals and headings over headings, and tables that are none of the paper's.

use import::{NationalPaper, OpenOne, TargetDate};

use crate::{invented::WHOLE, nowhere, placed, three};

/// The whole paper with each row of its tables of recommendations changed.
fn rows(change: impl Fn(&str, &str) -> String) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut is_one = false;
    for line in WHOLE.lines() {
        is_one = (is_one && !line.is_empty()) || line.ends_with("1)\t") || line.ends_with('\t');
        let row = line.split_once('\t').filter(|_| is_one);
        lines.push(row.map_or_else(|| line.to_owned(), |(first, second)| change(first, second)));
    }
    lines.join("\n") + "\n"
}

fn as_the_whole(what: &str, paper: &NationalPaper) {
    assert_eq!(nowhere(paper), nowhere(&placed("whole", WHOLE.as_bytes())), "{what}");
    assert_eq!((paper.unsure.as_slice(), paper.cells_placed()), (&[][..], paper.cells_read), "{what}");
}

#[test]
fn the_reference_may_have_a_column_of_its_own() {
    let text = |again: &str| {
        rows(|first, second| match first.split_once(' ') {
            _ if second.is_empty() => format!("{first}\t\t"),
            Some((reference, words)) => {
                let again = again.replace('R', reference);
                format!("{reference}\t{again}{}\t{second}", words.trim_start_matches("– "))
            }
            None => format!("Ref.\t{first}\t{second}"),
        })
    };
    // The recommendation may have it too.
    for again in ["", "R – "] {
        for (shape, paper) in three(&text(again)) {
            as_the_whole(&format!("{again:?}, {shape}"), &paper);
            assert!(paper.cells.iter().any(|cell| cell.placed_as == "Night Desk, R3, reference"), "{shape}");
        }
    }
    // A page may end in the middle, and the rest of a table may have lost the column.
    let narrowed =
        text("").replace("R5\tBorderland", "\n\nR5 Borderland").replace("R6\tBorderland", "R6 Borderland");
    as_the_whole("narrowed", &placed("narrowed", narrowed.as_bytes()));
    let odd = placed("odd", text("").replace("R6\tBorderland", "Soon\tBorderland").as_bytes());
    let told: Vec<_> = odd.unsure.iter().map(|it| (it.text.as_str(), it.why.as_str())).collect();
    assert!(
        told.iter().any(|(text, why)| *text == "Soon" && why.contains("not written as a reference")),
        "{told:?}"
    );
}

/// The paper with a column of targets, as it says them for the open ones of Night Desk.
fn targets(said: &[(&str, &str)]) -> NationalPaper {
    let text = rows(|first, second| {
        let target = said.iter().find(|(row, _)| first.starts_with(row)).map_or("", |(_, target)| *target);
        match first {
            "Recommendation" => format!("{first}\t{second}\tTarget date"),
            _ => format!("{first}\t{second}\t{target}"),
        }
    });
    placed("targets", text.as_bytes())
}

#[test]
fn the_target_may_have_a_column_of_its_own() {
    let paper = targets(&[
        ("R1 Borderland Police should teach", "December 2025"),
        ("R3 Borderland Police should listen", "May 2026"),
        ("R4", "TBC"),
        ("R5", "Spring 2026"),
        ("R12", "June 2024"),
    ]);
    let open = &paper.publications[1].open;
    let iso = |one: &OpenOne| one.initial_target.as_ref().map(TargetDate::iso);
    assert_eq!(
        open.iter().map(iso).collect::<Vec<_>>(),
        [Some("2025-12".to_owned()), Some("2026-05".to_owned()), None, None, None]
    );
    let words: Vec<_> = open.iter().map(|one| one.target_words.as_deref().unwrap_or_default()).collect();
    assert_eq!(
        words,
        [
            "Target: December 2025",
            "The target date is May 2026. Target: May 2026",
            "Target: TBC",
            "Target: Spring 2026",
            ""
        ]
    );
    assert_eq!(paper.publications[1].closed[2].target_words.as_deref(), Some("June 2024"));
    let [spring] = &paper.unsure[..] else { panic!("{:?}", paper.unsure) };
    assert!(spring.text == "Spring 2026" && spring.why.contains("No date could be read"), "{spring:?}");
    assert_eq!(paper.cells_placed(), paper.cells_read);
    assert!(paper.cells.iter().any(|cell| cell.placed_as == "Night Desk, R4, target"));
}

#[test]
fn a_target_that_the_update_contradicts_is_listed() {
    let paper = targets(&[("R3 Borderland Police should listen", "June 2026")]);
    let three = &paper.publications[1].open[1];
    assert_eq!(three.initial_target.as_ref().map(TargetDate::iso), Some("2026-05".to_owned()));
    let [differs] = &paper.unsure[..] else { panic!("{:?}", paper.unsure) };
    assert_eq!(
        (differs.text.as_str(), differs.why.as_str()),
        (
            "June 2026",
            "The column says June 2026, and the update May 2026. The update's was kept. Check which holds."
        )
    );
}

/// The whole paper with the names of its publications above their tables.
fn above(text: &str) -> String {
    let names =
        ["Lantern Audit (2019)", "Night Desk (2021)", "Night Desk 2021", "Hushed Streets 2023", "Ladders"];
    names.iter().fold(text.to_owned(), |text, name| {
        text.replace(&format!("{name}\t\nRec"), &format!("\n{name}\n\nRec"))
    })
}

#[test]
fn the_name_may_stand_above_its_table() {
    let text = above(WHOLE);
    assert!(!text.contains("2021\t") && !text.contains("Ladders\t\n"));
    let cut = text.replace("R5 ", "\nOFFICIAL\n\nRecommendation\tWhat we are doing\nR5 ");
    for (what, text) in [("names", &text), ("names and a cut", &cut)] {
        for (shape, paper) in three(text) {
            as_the_whole(&format!("{what}, {shape}"), &paper);
        }
    }
}

#[test]
fn a_name_that_is_only_guessed_is_listed() {
    let text = above(WHOLE).replace("\nLantern Audit (2019)\n", "\nLantern Audit\n");
    for (shape, paper) in three(&text) {
        assert_eq!(paper.publications[0].printed, ["Lantern Audit"], "{shape}");
        let [guess] = &paper.unsure[..] else { panic!("{shape}: {:?}", paper.unsure) };
        assert!(guess.text == "Lantern Audit" && guess.why.contains("taken for the name"), "{guess:?}");
    }
    // One guess makes no national paper of the plan of one inspection.
    let plan = "Night Desk\n\nRecommendation\tWhat we did\nR1 Act\tDone.\n\nOther desks\n\nRecommendation\tWhat we did\nR1 Ask\tDone.\n";
    assert!(!import::is_national(&import::read("plan", plan.as_bytes()).expect("read")));
}

#[test]
fn totals_are_the_papers_own_and_held_against_the_rows() {
    let text = |total: &str| WHOLE.replace("3 (0)\tNone\n", &format!("3 (0)\tNone\n{total}\n"));
    for (shape, paper) in three(&text("<b>Total</b>\t3\t12 (2)\t")) {
        let total = paper.total.clone().expect("totals");
        assert_eq!((total.closed, total.open, total.delayed), (Some(3), Some(12), Some(2)), "{shape}");
        assert_eq!(paper.cells_placed(), paper.cells_read);
        assert_eq!(paper.unsure, []);
        assert_eq!(paper.summary.len(), 3);
    }
    let paper = placed("totals", text("Total\t4\t12 (1)\t").as_bytes());
    let told: Vec<&str> = paper.unsure.iter().map(|it| it.why.as_str()).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("counts 4 closed, but the rows above add up to 3"), "{told:?}");
    assert!(told[1].contains("counts 1 delayed, but the rows above add up to 2"), "{told:?}");
    let twice = placed("twice", text("Total\t3\t12 (2)\t\nTotal\t9\t9\t").as_bytes());
    assert_eq!(twice.unsure.iter().filter(|it| it.why.contains("second row of totals")).count(), 3);
}

#[test]
fn a_heading_over_the_headings_of_the_summary_is_a_heading() {
    for over in ["Summary of progress\t\t\t", "\tRecommendations\tRecommendations\t"] {
        let text = WHOLE.replace("Publication\tClosed", &format!("{over}\nPublication\tClosed"));
        for (shape, paper) in three(&text) {
            as_the_whole(&format!("{over:?}, {shape}"), &paper);
        }
    }
}

#[test]
fn each_cell_that_belongs_nowhere_is_listed_with_its_place_and_its_words() {
    for (shape, paper) in three(&format!("{WHOLE}\nTerm\tMeaning\nLamp\tA light\nRope\tA line\n")) {
        let listed: Vec<_> = paper.unsure.iter().map(|it| (it.at.clone(), it.text.clone())).collect();
        let lost: Vec<_> = paper.cells.iter().filter(|cell| cell.placed_as == "Not placed").collect();
        let lost: Vec<_> = lost.iter().map(|cell| (cell.at.clone(), cell.text.clone())).collect();
        assert_eq!((listed.len(), &listed), (6, &lost), "{shape}");
        assert!(listed[3].0.ends_with("row 2, column 2") && listed[3].1 == "A light", "{listed:?}");
    }
}
