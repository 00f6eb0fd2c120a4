//! Composing a paper: its numbers, its references, and what it is refused for.

use jiff::civil::date;
use publish::document::{
    Block, Cell, Column, Document, Draft, Fault, Inline, List, Part, Passage, Table, text,
};

fn draft() -> Draft {
    Draft::new("A paper", date(2026, 11, 24))
}

fn lines(paper: &Document) -> Vec<String> {
    text(paper).iter().map(|part| part.to_string().trim_end().to_owned()).collect()
}

fn faults(draft: Draft) -> Vec<String> {
    draft.finish().expect_err("this draft has a fault").iter().map(Fault::to_string).collect()
}

fn table(cells: &[&str]) -> Table {
    let mut table = Table::new("Counts", [Column::words("Name", 1), Column::figures("Count", 1)]);
    table.push(cells.iter().map(|words| Cell::from(*words)).collect::<Vec<_>>());
    table
}

#[test]
fn sections_paragraphs_tables_and_appendices_are_numbered_in_their_order() {
    let mut draft = draft();
    draft.heading("Purpose").paragraph("Why.");
    draft.section("Background").point("One.").point("Two.").table(table(&["R1", "1"]));
    draft.section("Detail").point("Three.").subheading("Part").point("Four.");
    draft.heading("Recommendations").paragraph("Discuss.");
    draft.landscape(|wide| {
        wide.appendix("plan", "Plan").point("Five.").table(table(&["R2", "2"]));
    });
    draft.appendix("terms", "Terms").point("Six.");
    let paper = draft.finish().expect("a whole paper");
    assert_eq!(
        lines(&paper),
        [
            "A paper",
            "Purpose",
            "Why.",
            "1. Background",
            "1.1 One.",
            "1.2 Two.",
            "Table 1: Counts",
            "Name\tCount\nR1\t1",
            "2. Detail",
            "2.1 Three.",
            "Part",
            "2.2 Four.",
            "Recommendations",
            "Discuss.",
            "Appendix A: Plan",
            "A.1 Five.",
            "Table 2: Counts",
            "Name\tCount\nR2\t2",
            "Appendix B: Terms",
            "B.1 Six.",
        ]
    );
    let anchors: Vec<_> = paper.contents().iter().map(|line| line.anchor).collect();
    assert_eq!(anchors, ["purpose", "section-1", "section-2", "part", "recommendations", "plan", "terms"]);
}

#[test]
fn a_reference_says_the_number_of_what_it_means_wherever_that_stands() {
    let mut draft = draft();
    draft.section_at("first", "First");
    draft.point([
        Inline::see("later"),
        " ".into(),
        Inline::see("first"),
        " ".into(),
        Inline::see("r7"),
        " ".into(),
        Inline::see("counts"),
        " ".into(),
        Inline::see("plan"),
        " ".into(),
        Inline::see("purpose"),
    ]);
    draft.section("Second").point("One.").point_at("later", "Two.");
    let mut counts = table(&["R1", "1"]).anchored("counts");
    counts.push_marked("r7", "R7", ["R7".into(), "7".into()]);
    draft.table(counts);
    draft.heading("Purpose").paragraph("Why.");
    draft.appendix("plan", "Plan").paragraph("Here.");
    let paper = draft.finish().expect("a whole paper");
    assert_eq!(lines(&paper)[2], "1.1 paragraph 2.2 section 1 R7 in Table 1 Table 1 Appendix A “Purpose”");
}

#[test]
fn a_reference_to_nothing_is_refused() {
    let mut draft = draft();
    draft.paragraph(Inline::see("nowhere"));
    assert_eq!(faults(draft), ["Cover: A reference leads to “nowhere”, which is not in this paper."]);
}

#[test]
fn heading_levels_never_skip() {
    let mut skipping = draft();
    skipping.section("One").heading_at_level(3, "Three");
    assert_eq!(faults(skipping), ["Heading “Three”: A heading of level 3 cannot follow one of level 1."]);
    let mut starting = draft();
    starting.subheading("Two");
    assert_eq!(faults(starting), ["Heading “Two”: A heading of level 2 cannot follow one of level 0."]);
    let mut climbing = draft();
    climbing.section("One").subheading("Two").heading_at_level(3, "Three").section("One again");
    assert!(climbing.finish().is_ok());
}

#[test]
fn a_table_without_caption_columns_rows_or_a_cell_is_refused() {
    let broken = |table: Table| {
        let mut draft = draft();
        draft.table(table);
        faults(draft).join(" ")
    };
    assert!(broken(Table::new("", [Column::words("Name", 1)])).contains("needs a caption"));
    assert!(broken(Table::new("Counts", [])).contains("needs columns"));
    assert!(broken(Table::new("Counts", [Column::words("Name", 1)])).contains("needs rows"));
    assert!(broken(table(&["R1"])).contains("one cell for each column"));
    assert!(broken(table(&["R1", " "])).contains("no words"));
    let mut blank = Table::new("Counts", [Column::words(" ", 0)]);
    blank.push([Cell(Vec::new())]);
    let reasons = broken(blank);
    assert!(reasons.contains("needs a heading") && reasons.contains("share of the width"), "{reasons}");
    assert!(reasons.contains("An empty cell"), "{reasons}");
}

#[test]
fn a_numbered_paragraph_outside_a_numbered_section_is_refused() {
    let mut draft = draft();
    draft.heading("Purpose").point("One.");
    assert!(faults(draft)[0].contains("must stand in a numbered section"));
}

#[test]
fn an_anchor_is_used_once_and_an_own_one_gives_way() {
    let mut twice = draft();
    twice.section_at("here", "One").section_at("here", "Two");
    assert!(faults(twice)[0].contains("“here” is used twice"));
    let mut same = draft();
    same.heading("Part").heading("Part");
    let paper = same.finish().expect("a whole paper");
    assert_eq!(paper.contents().iter().map(|line| line.anchor).collect::<Vec<_>>(), ["part", "part-2"]);
}

#[test]
fn a_link_leads_to_a_whole_address_and_is_no_script() {
    for href in [
        "javascript:alert(1)",
        "/recommendations/3",
        "https://",
        "https://a b",
        "data:text/html,x",
        "https://a\"b",
    ] {
        let mut draft = draft();
        draft.paragraph(Inline::link("the register", href));
        assert!(faults(draft)[0].contains("whole address"), "{href}");
    }
    let mut draft = draft();
    draft.paragraph(Inline::link("the register", "https://police.example/plan?open=1#r3"));
    assert!(draft.finish().is_ok());
}

#[test]
fn a_paper_needs_a_title_and_a_language() {
    assert_eq!(faults(Draft::new(" \n", date(2026, 1, 1))), ["Cover: The paper needs a title."]);
    assert_eq!(faults(draft().language("English")), ["Cover: A language is written as en-GB or gd."]);
    assert!(draft().language("gd").finish().is_ok());
}

#[test]
fn landscape_pages_are_not_nested() {
    let mut nested = draft();
    nested.landscape(|outer| {
        outer.landscape(|inner| {
            inner.paragraph("Wide.");
        });
    });
    assert!(faults(nested)[0].contains("no other landscape"));
}

#[test]
fn what_a_person_typed_becomes_paragraphs_and_bullets() {
    let passages = Passage::typed("First line\r\n\r\n- one\n• two\nLast  line ");
    let list = Passage::List(List::bullets(["one", "two"]));
    assert_eq!(passages, [Passage::paragraph("First line"), list, Passage::paragraph("Last  line")]);
    assert_eq!(Cell::typed(" \n", "No update.").words(), "No update.");
}

#[test]
fn pieces_of_a_paragraph_are_tidied_where_they_meet() {
    let mut draft = draft();
    draft.paragraph([
        " \tRisk: ".into(),
        Inline::strong("  high"),
        "".into(),
        Inline::text(" \n"),
        "  now ".into(),
        " ".into(),
    ]);
    let paper = draft.finish().expect("a whole paper");
    assert_eq!(text(&paper)[1], Part::Prose("Risk: high now".into()));
    let Block::Paragraph(paragraph) = &paper.blocks[0] else { panic!("a paragraph") };
    assert!(paragraph.content.0.iter().all(|inline| !inline.words().is_empty()));
}
