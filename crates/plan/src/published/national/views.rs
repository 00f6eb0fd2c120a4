//! The page that shows what the import of a national paper would change.

use askama::Template;
use import::{Cover, NationalPaper, PlacedCell, Unsure};
use serde::Serialize;
use web::{Frame, Section, Signed};

use super::rules::{Held, Missing, NotCarried, NotNamed, PaperComparison, Told};
use crate::{
    published::views::{Carried, Row, confirm_words, crumbs, rows},
    words::day,
};

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "published/national/paper.html")]
pub struct PaperPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    file: String,
    moved: bool,
    cover: Vec<(&'static str, String)>,
    new: usize,
    changed: usize,
    same: usize,
    held: Vec<Shown>,
    missing: Vec<Missing>,
    not_named: Vec<NotNamed>,
    not_carried: Vec<String>,
    unsure: Vec<Unsure>,
    cells_read: usize,
    cells: Vec<PlacedCell>,
    idle: bool,
    seen_before: bool,
    confirm_words: String,
    #[serde(skip)]
    draft: String,
    #[serde(skip)]
    compared_digest: String,
}

/// A publication that the register has.
#[derive(Debug, Serialize)]
struct Shown {
    printed: String,
    at: String,
    title: String,
    see: String,
    notes: Vec<String>,
    rows: Vec<Row>,
    #[serde(skip)]
    open_label: String,
    closed: Vec<Told>,
    #[serde(skip)]
    closed_label: String,
    not_carried: Vec<NotCarried>,
    gone: Vec<String>,
}

/// A paper that was checked.
pub struct CheckedPaper<'a> {
    /// The file's name.
    pub file: &'a str,
    /// What was read.
    pub paper: &'a NationalPaper,
    /// Held against the register.
    pub comparison: PaperComparison,
    /// Whether the register changed after it was checked.
    pub moved: bool,
}

impl PaperPage {
    /// The page of a checked paper.
    pub fn of(who: &Signed, checked: CheckedPaper<'_>, carried: Carried) -> Self {
        let CheckedPaper { file, paper, comparison, moved } = checked;
        let (new, changed, same) = comparison.tally();
        Self {
            frame: Frame::of("Check a paper", Section::Import).seen_by(who),
            crumbs: crumbs(),
            file: file.to_owned(),
            moved,
            cover: cover(&paper.cover),
            new,
            changed,
            same,
            idle: comparison.is_idle(),
            seen_before: comparison.seen_before(),
            held: comparison.held.into_iter().map(shown).collect(),
            missing: comparison.missing,
            not_named: comparison.not_named,
            not_carried: comparison.not_carried,
            unsure: paper.unsure.clone(),
            cells_read: paper.cells_read,
            cells: paper.cells.clone(),
            confirm_words: confirm_words(new + changed),
            draft: carried.draft,
            compared_digest: carried.compared,
        }
    }
}

fn shown(held: Held) -> Shown {
    Shown {
        see: format!("/recommendations?inspection={}", held.inspection),
        rows: rows(&held.drafts, &held.comparison),
        open_label: format!("Open recommendations of {}", held.printed),
        closed_label: format!("Listed as closed: {}", held.printed),
        printed: held.printed,
        at: held.at,
        title: held.title,
        notes: held.notes,
        closed: held.closed,
        not_carried: held.not_carried,
        gone: held.comparison.gone,
    }
}

/// The block at the top of the paper, as far as it has one.
fn cover(cover: &Cover) -> Vec<(&'static str, String)> {
    let all = [
        ("Title of paper", cover.title.clone()),
        ("Meeting", cover.meeting.clone()),
        ("Date", cover.date.map(day)),
        ("Location", cover.location.clone()),
        ("Presented by", cover.presented_by.clone()),
        ("Recommendation to members", cover.recommendation_to_members.clone()),
        ("Appendix attached", cover.appendix_attached.clone()),
        ("Agenda item", cover.agenda_item.clone()),
    ];
    all.into_iter().filter_map(|(term, words)| Some((term, words?))).collect()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use journal::{Id, Position};
    use web::Who;

    use super::*;
    use crate::{
        inspection::rules::{Inspection, Kind},
        published::national::{matching::matches, past::Past, rules::compare_paper},
        register::rules::Register,
    };

    const PAPER: &str = "Meeting\tNight <b>Performance</b> Committee\nDate\t3 March 2025\nTitle of Paper\tNights\n\n\
        Night Desk (2021)\t\nRecommendation\tWhat we did and the impact\nR2 Answer.\tIt <i>answers</i> & hears <5 calls.\n\n\
        Night Desk (2021)\t\nRecommendation\tWhat we are doing\nR3 Listen to <script>.\tA group listens.\n\n\
        Lantern Audit (2019)\t\nRecommendation\tWhat we are doing\nR1 Count.\tThey are counted.\n";

    fn page(titles: &[&str], moved: bool) -> String {
        page_of(PAPER, titles, moved)
    }

    fn page_of(text: &str, titles: &[&str], moved: bool) -> String {
        let sheets = import::read("paper", text.as_bytes()).unwrap();
        let paper = import::place_paper(&sheets).unwrap();
        let inspection = |title: &&str| {
            let inspection = Inspection {
                title: (*title).to_owned(),
                code: "ND".to_owned(),
                kind: Kind::Audit,
                published_on: "2021-03-10".parse().unwrap(),
                inspectorate: "HMICS".to_owned(),
                addressees: Vec::new(),
            };
            (Id::new(Timestamp::UNIX_EPOCH), inspection)
        };
        let today = "2025-03-03".parse().unwrap();
        let position = Position { seq: 1, today, is_past: false };
        let inspections = titles.iter().map(inspection).collect();
        let register = Register {
            position,
            inspections,
            items: crate::register::items::Items::default(),
            areas: Vec::new(),
            programmes: Vec::new(),
            underway: Vec::new(),
        };
        let matches = matches(&paper, &register.inspections);
        let comparison = compare_paper(&paper, matches, &register, "As published", &Past::default());
        let who = Who {
            name: "A. Manager".to_owned(),
            role: "Audit manager".to_owned(),
            may_read_contacts: false,
            may_read_incidents: false,
            may_read_messages: false,
            may_read_diaries: false,
            may_read_plan: true,
            may_read_papers: true,
            may_import: true,
            may_manage: false,
        };
        let signed = Signed { who, csrf: "token".to_owned() };
        let carried = Carried { draft: "{\"paper\":1}".to_owned(), compared: "found".to_owned() };
        let checked = CheckedPaper { file: "paper.txt", paper: &paper, comparison, moved };
        PaperPage::of(&signed, checked, carried).render().unwrap()
    }

    #[test]
    fn the_page_shows_cover_comparison_closures_and_what_is_not_carried() {
        let html = page(&["Night Desk 2021"], false);
        for part in [
            "<dt>Meeting</dt><dd>Night Performance Committee</dd>",
            "Import 1 recommendation<",
            "name=\"compared\" value=\"found\"",
            "Open recommendations of Night Desk (2021) against the register",
            "Check them against the inspectorate’s report.",
            "the register does not have it. Add it to the inspection if its closure is to be shown.",
            "The register has no inspection of the title “Lantern Audit”.",
            "1 closure: no import discharges.",
            "hears &#60;5 calls.",
        ] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
        assert!(!html.contains("The register changed after you checked") && !html.contains("<script>."));
        assert!(
            page(&["Night Desk 2021"], true).contains("The register changed after you checked this paper.")
        );
    }

    #[test]
    fn what_is_unsure_is_listed_as_far_as_a_page_bears_and_marked_among_all_cells() {
        let rows: Vec<String> = (1..=120).map(|row| format!("Term {row}\tMeaning {row}\n")).collect();
        let html = page_of(&format!("{PAPER}\nAn end.\n\n{}", rows.concat()), &[], false);
        assert!(html.contains("These are the first 200 of 240."));
        assert_eq!(html.matches("Meaning 100<").count(), 2);
        assert_eq!(html.matches("Meaning 101<").count(), 1);
        assert!(!page(&[], false).contains("These are the first"));
    }

    #[test]
    fn a_paper_of_which_the_register_has_nothing_offers_nothing_to_confirm() {
        let html = page(&[], false);
        assert!(html.contains("The register has none of the paper’s publications."));
        assert!(!html.contains("Import 0 recommendations"));
    }
}
