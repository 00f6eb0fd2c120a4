//! A whole paper pasted as text, quirks and all, gives the plan that stands in it.

use import::{Placed, TargetDate, place, read};

/// Invented words in the shape of a published paper: prose, a list, the plan's table, and no line end at last.
const PAPER: &str = "Night Desk Improvement Plan\n\nReport Summary\n\nThis paper, of course, updates members.\n\n\
- 1.1** The desk was inspected in 2021; 5 Areas were found.\n\nAppendix\n\n\
Review of the Night Desk of Borderland Police March 2021 Recommendation\tRisk Exposure\tAction to be taken\tOwner\tImpact\tTarget Date\tUpdates\n\
1 - Borderland Police should answer at night, wherever the call comes from\tMedium\t1.1 Count the calls. 1.2 Ask who calls, as in 1.1 and 1.3 below. 1.3 Answer them within 1.5 hours.\tSuperintendent Night (ND)\tFewer unanswered calls. Better nights.\tMarch 2022\tBegun. 1.2 is done.\n\
2 - Borderland Police should teach its advisors.\tHigh\t2.1 Write the course in room C9 2.2 Teach it 2.3 Ask whether 2.2 worked. (ND have queried 2.3, suggesting it is late.) 2.4 Refresh it.\tHead of Learning\tCalmer calls.\tSept 2022\tThe course is written.\n\
3 - The Board should watch all this\tmedium\t3.1 Meet quarterly.\tChair\tNone is forgotten.\tMay 2022\tMeets 6 monthly.";

fn placed(text: &str) -> Placed {
    place(&read("paper.txt", text.as_bytes()).expect("read")).expect("placed")
}

fn month(year: i16, month: i8) -> TargetDate {
    TargetDate::Month { year, month }
}

#[test]
fn a_pasted_paper_gives_its_plan_and_no_prose() {
    let plan = placed(PAPER);
    assert_eq!(plan.title.as_deref(), Some("Review of the Night Desk of Borderland Police March 2021"));
    assert_eq!(plan.unsure, []);
    assert_eq!((plan.cells_read, plan.cells.len()), (28, 28));
    let actions: Vec<usize> = plan.recommendations.iter().map(|it| it.actions.len()).collect();
    assert_eq!(actions, [3, 4, 1]);
    let two = &plan.recommendations[1];
    assert_eq!((two.reference.as_str(), two.key.as_str()), ("2", "2"));
    assert_eq!(two.text, "Borderland Police should teach its advisors.");
    assert_eq!(two.actions[0].text, "Write the course in room C9");
    assert_eq!(two.actions[2].text, "Ask whether 2.2 worked. (ND have queried 2.3, suggesting it is late.)");
    assert_eq!((two.first_target, two.current_target), (Some(month(2022, 9)), Some(month(2022, 9))));
    assert_eq!(two.updates, ["The course is written."]);
    let risks: Vec<_> = plan.recommendations.iter().filter_map(|it| it.risk_exposure.as_deref()).collect();
    assert_eq!(risks, ["Medium", "High", "Medium"]);
    assert_eq!(plan.cells[9].placed_as, "Recommendation 1, actions 1.1 to 1.3");
}

/// The recommendations without their places.
fn nowhere(plan: &Placed) -> String {
    let mut recommendations = plan.recommendations.clone();
    for recommendation in &mut recommendations {
        recommendation.at.clear();
        recommendation.actions.iter_mut().for_each(|action| action.at.clear());
    }
    format!("{:?} {recommendations:#?}", plan.title)
}

#[test]
fn the_cover_of_a_paper_is_no_part_of_the_plan() {
    let cover = "Meeting\tNight Committee\nDate\t1 May 2022\nTitle of Paper\tNight Desk\nRecommendation to Members\tFor Noting\n\n";
    let plan = placed(&format!("{cover}{PAPER}"));
    assert_eq!((plan.cells_read, plan.unsure.len()), (28 + 8, 0));
    assert_eq!(plan.cells[7].placed_as, "Cover of the paper");
    let untitled = PAPER.replace("Review of the Night Desk of Borderland Police March 2021 Rec", "Rec");
    assert_eq!(placed(&format!("{cover}{untitled}")).title.as_deref(), Some("Night Desk"));
}

#[test]
fn the_published_paper_gives_its_figures() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/sources");
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let named = |entry: &std::fs::DirEntry| entry.file_name().to_string_lossy().starts_with("001_");
    let Some(paper) = entries.flatten().find(named) else { return };
    let text = std::fs::read_to_string(paper.path()).expect("text");
    let table = text.lines().position(|line| line.contains("\tRisk Exposure\t")).expect("the table");
    let cut: Vec<&str> = text.lines().skip(table).collect();
    let (whole, cut) = (placed(&text), placed(&cut.join("\n")));
    assert_eq!(nowhere(&whole), nowhere(&cut), "the paper around the table changes nothing");
    let actions: Vec<usize> = whole.recommendations.iter().map(|it| it.actions.len()).collect();
    assert_eq!(actions, [5, 6, 6, 9, 8, 2, 6, 2]);
    for (number, recommendation) in (1..).zip(&whole.recommendations) {
        let target = match number {
            3 | 7 => month(2024, 5),
            8 => month(2023, 5),
            _ => month(2023, 11),
        };
        let risk = if number == 7 { "High" } else { "Medium" };
        assert_eq!(recommendation.reference, number.to_string());
        assert_eq!(
            (recommendation.current_target, recommendation.risk_exposure.as_deref()),
            (Some(target), Some(risk))
        );
        assert!(recommendation.owner.is_some() && recommendation.impact.is_some());
        assert_eq!(recommendation.updates.len(), 1);
    }
    assert_eq!(whole.unsure, []);
    assert_eq!((whole.cells_read, cut.cells_read), (63 + 14, 63), "the cover has fourteen cells");
    assert!(whole.title.is_some_and(|title| title.ends_with("August 2022")));
}
