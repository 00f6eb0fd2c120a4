//! A figure: drawn from shapes, told in words, and the same in every rendition.

use crate::{papers, reading};
use jiff::civil::date;
use publish::document::{
    Column, Document, Draft, Figure, FigureMark, Inline, Part, Place, Shape, Stroke, Table, Typesetter, html,
    text,
};

const TOLD: &str = "3 values from 2 November 2026 to 16 November 2026, the last 83.3%.";

fn shapes() -> Vec<Shape> {
    vec![
        Shape::Line { kind: Stroke::Grid, from: [60.0, 20.0], to: [730.0, 20.0] },
        Shape::Word { align: Place::Before, at: [58.0, 24.0], text: "100.0% <b>".into() },
        Shape::Word { align: Place::Around, at: [60.0, 240.0], text: "2 Nov".into() },
        Shape::Line { kind: Stroke::Mean, from: [60.0, 90.0], to: [700.0, 90.0] },
        Shape::Line { kind: Stroke::Limit, from: [60.0, 30.0], to: [700.0, 30.0] },
        Shape::Line { kind: Stroke::Target, from: [60.0, 50.0], to: [700.0, 50.0] },
        Shape::Path(vec![[60.0, 90.0], [300.0, 120.0], [700.0, 60.5]]),
        Shape::Dot { kind: FigureMark::Common, at: [60.0, 90.0] },
        Shape::Dot { kind: FigureMark::Concern, at: [300.0, 120.0] },
        Shape::Dot { kind: FigureMark::Improvement, at: [700.0, 60.5] },
        Shape::Dot { kind: FigureMark::Neutral, at: [700.0, 200.0] },
    ]
}

fn draft(figure: Figure) -> Draft {
    let mut draft =
        Draft::new("Appointments", date(2026, 11, 24)).author("An analyst").subject("Appointments kept");
    draft.section("Appointments").point(["It is drawn in ".into(), Inline::see("figure-1"), ".".into()]);
    let mut table = Table::new("Appointments kept", [Column::words("Week", 2), Column::figures("Kept", 1)]);
    table.push(["9 November 2026".into(), "75.0%".into()]).push(["16 November 2026".into(), "83.3%".into()]);
    draft.table(table).figure(figure).paragraph("What comes after it.");
    draft
}

fn paper() -> Document {
    draft(Figure::new(" Appointments  kept ", TOLD, [760.0, 250.0], shapes())).finish().expect("it is whole")
}

#[test]
fn a_figure_has_a_number_can_be_referred_to_and_is_told_in_every_rendition() {
    let paper = paper();
    let words = Part::Prose("Figure 1: Appointments kept".into());
    assert!(text(&paper).contains(&words));
    let page = html(&paper);
    assert_eq!(reading::normalised(reading::of_html(&page)), reading::normalised(text(&paper)));
    assert!(page.contains("<a href=\"#figure-1\">Figure 1</a>") && page.contains(&format!("{TOLD}</desc>")));
    assert!(page.contains("100.0% &lt;b&gt;") && !page.contains("<b>") && !page.contains("style="));
    for class in
        ["mean", "limit", "target", "grid", "path", "dot--common", "dot--concern", "dot--improvement"]
    {
        assert!(page.contains(&format!("an-chart__{class}\"")), "{class}");
    }
}

#[test]
fn a_pdf_with_a_figure_is_tagged_with_it() {
    let typesetter = Typesetter::new(papers::fonts()).expect("fonts");
    let pdf =
        typesetter.pdf(&paper()).expect("it follows both standards, for which a picture must have words");
    let meta = reading::pdfinfo(&pdf, &["-meta"]);
    assert!(meta.contains("<pdfuaid:part>1<"), "{meta}");
    let root = reading::tags(&pdf);
    assert_eq!(root.all("Figure").len(), 1, "{root:?}");
    assert!(typesetter.pdf(&paper()).expect("a PDF") == pdf, "the same paper gives the same bytes");
}

#[test]
fn a_paper_with_a_figure_is_stored_under_a_schema_of_its_own_and_one_without_as_before() {
    let stored = serde_json::to_string(&paper()).expect("it is storable");
    assert!(stored.contains("\"schema\":\"paper-2\""), "{stored}");
    assert_eq!(serde_json::from_str::<Document>(&stored).expect("it is readable"), paper());
    let plain = serde_json::to_string(&papers::long_paper(1)).expect("it is storable");
    assert!(plain.contains("\"schema\":\"paper-1\""));
}

#[test]
fn a_figure_without_words_or_with_a_shape_outside_is_refused() {
    let size = [760.0, 250.0];
    let outside = vec![Shape::Dot { kind: FigureMark::Common, at: [761.0, 9.0] }];
    let nowhere = vec![Shape::Path(vec![[f64::NAN, 9.0]])];
    for (figure, told) in [
        (Figure::new("", TOLD, size, shapes()), "needs a caption"),
        (Figure::new("Kept", "", size, shapes()), "does not see it"),
        (Figure::new("Kept", TOLD, size, outside), "a place in it"),
        (Figure::new("Kept", TOLD, size, nowhere), "a place in it"),
        (Figure::new("Kept", TOLD, [0.0, 250.0], Vec::new()), "needs a size"),
    ] {
        let faults = draft(figure).finish().expect_err("it is not whole");
        assert!(faults.iter().any(|fault| fault.reason.contains(told)), "{told}: {faults:?}");
    }
}
