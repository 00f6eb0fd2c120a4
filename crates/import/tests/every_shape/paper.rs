//! What only Word papers do: tracked changes, drawings told twice, tables in tables, headings over tables.

use crate::shapes::zipped;
use import::{place, read};

#[test]
fn a_paper_is_read_as_it_is_shown() {
    let cell = |inside: &str| format!("<w:tc><w:p>{inside}</w:p></w:tc>");
    let run = |words: &str| format!("<w:r><w:t>{words}</w:t></w:r>");
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let changed = format!(
        "{}<w:del><w:r><w:delText>not</w:delText></w:r></w:del><w:ins>{}</w:ins>",
        run("1 - Act "),
        run("now")
    );
    let twice = format!(
        "<mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>",
        run("A &amp; B"),
        run("A &amp; B")
    );
    let inner = format!(
        "<w:tc><w:p>{}</w:p><w:tbl>{}</w:tbl><w:p/></w:tc>",
        run("Calm"),
        row(&[cell(&run("Inner"))])
    );
    let table = [
        row(&[cell(&run("Recommendation")), cell(&run("Owner")), cell(&run("Impact"))]),
        row(&[cell(&changed), cell(&twice), inner]),
    ];
    let heading =
        format!("<w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr>{}</w:p>", run("Review of papers"));
    let document = format!(
        "<w:document><w:body>{heading}<w:p>{}</w:p><w:tbl>{}</w:tbl></w:body></w:document>",
        run("Prose"),
        table.concat()
    );
    let bytes = zipped(&[("word/document.xml", &document)]);
    let placed = place(&read("paper", &bytes).expect("read")).expect("placed");
    let one = &placed.recommendations[0];
    assert_eq!(
        (one.text.as_str(), one.owner.as_deref(), one.impact.as_deref()),
        ("Act now", Some("A & B"), Some("Calm"))
    );
    assert_eq!(placed.title.as_deref(), Some("Review of papers"));
    assert_eq!(placed.unsure.len(), 1, "the table in the table");
    assert_eq!(placed.unsure[0].at, "Table 2");
}
