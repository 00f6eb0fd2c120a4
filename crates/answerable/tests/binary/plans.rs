//! One invented plan in every shape in which plans are published, and small tables to be refused.

use std::io::Write;

use force::Plan;
use import::TargetDate;
use jiff::civil::date;

/// The title of [`plan`]'s inspection.
pub const TITLE: &str = "Contact Assessment Model 2022";

/// The headings of the published plan, in its order.
pub const HEADINGS: [&str; 7] =
    ["Recommendation", "Risk Exposure", "Action to be taken", "Owner", "Impact", "Target Date", "Updates"];

/// Rows of cells.
pub type Table = Vec<Vec<String>>;

/// The demonstration's plan of 8 recommendations and 44 actions, some of its targets days and one revised.
pub fn plan() -> Plan {
    let mut plan = force::contact_assessment_model().expect("it is compiled in");
    plan.recommendations[0].target = Some(TargetDate::Day(date(2023, 11, 30)));
    plan.recommendations[3].target = Some(TargetDate::Day(date(2024, 2, 29)));
    plan.recommendations[3].revised_target = Some(TargetDate::Day(date(2024, 6, 1)));
    plan
}

/// The plan as its table was published: the number before the words, all actions in one cell.
pub fn table(plan: &Plan, between_actions: &str) -> Table {
    let mut rows = vec![HEADINGS.map(str::to_owned).to_vec()];
    for one in &plan.recommendations {
        let actions: Vec<String> =
            one.numbered_actions().map(|(number, text)| format!("{number} {text}")).collect();
        let target = match (one.target, one.revised_target) {
            (Some(first), Some(revised)) => format!("{first} (revised to {revised})"),
            (first, _) => first.map_or_else(String::new, |first| first.to_string()),
        };
        rows.push(vec![
            format!("{} - {}", one.reference, one.text),
            one.risk_exposure.clone(),
            actions.join(between_actions),
            one.owner.clone(),
            one.impact.clone(),
            target,
            one.update.clone(),
        ]);
    }
    rows
}

/// A table of the headings and these rows.
pub fn rows(rows: &[[&str; 7]]) -> Table {
    let all = std::iter::once(&HEADINGS).chain(rows);
    all.map(|row| row.map(str::to_owned).to_vec()).collect()
}

/// As pasted: a paper's words, then the rows with tabs between.
pub fn pasted(table: &Table) -> Vec<u8> {
    let rows: Vec<String> = table.iter().map(|row| row.join("\t")).collect();
    format!("A Paper\n\n1. PURPOSE\n\n- 1.1** This paper, of course, has prose.\n\n{}", rows.join("\n"))
        .into_bytes()
}

pub fn csv(table: &Table) -> Vec<u8> {
    let cell = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    let rows = table.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join(",") + "\r\n");
    rows.collect::<String>().into_bytes()
}

pub fn page(table: &Table) -> Vec<u8> {
    let cell = |cell: &String| format!("<td>{}</td>", escaped(cell).replace('\n', "<br>"));
    let row = |row: &Vec<String>| format!("<tr>{}</tr>", row.iter().map(cell).collect::<String>());
    let rows: String = table.iter().map(row).collect();
    format!("<!doctype html><html><body><h1>A page</h1><table>{rows}</table></body></html>").into_bytes()
}

/// A Word paper with the table in it, and nothing that is not needed.
pub fn paper(table: &Table) -> Vec<u8> {
    let paragraph =
        |line: &str| format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escaped(line));
    let cell =
        |cell: &String| format!("<w:tc>{}</w:tc>", cell.split('\n').map(paragraph).collect::<String>());
    let row = |row: &Vec<String>| format!("<w:tr>{}</w:tr>", row.iter().map(cell).collect::<String>());
    let rows: String = table.iter().map(row).collect();
    let document = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>\
         {}<w:tbl>{rows}</w:tbl></w:body></w:document>",
        paragraph("A paper")
    );
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    zipped(&[("[Content_Types].xml", &[types.as_bytes()]), ("word/document.xml", &[document.as_bytes()])])
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A zip file of parts, each in pieces.
pub fn zipped(parts: &[(&str, &[&[u8]])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_level(Some(1));
    for (name, pieces) in parts {
        zip.start_file(*name, options).expect("a part");
        for piece in *pieces {
            zip.write_all(piece).expect("written");
        }
    }
    zip.finish().expect("a zip").into_inner()
}

/// A workbook of one sheet, its cells as XML, with its shared strings as XML.
pub fn raw_workbook(cells: &[u8], strings: &[u8]) -> Vec<u8> {
    let book =
        b"<workbook xmlns:r='r'><sheets><sheet name='Plan' sheetId='1' r:id='r1'/></sheets></workbook>";
    let references = b"<Relationships><Relationship Id='r1' Type='x/worksheet' Target='s.xml'/>\
        <Relationship Id='r2' Type='x/sharedStrings' Target='ss.xml'/></Relationships>";
    zipped(&[
        ("xl/workbook.xml", &[book]),
        ("xl/_rels/workbook.xml.rels", &[references]),
        ("xl/s.xml", &[b"<worksheet><sheetData>", cells, b"</sheetData></worksheet>"]),
        ("xl/ss.xml", &[b"<sst>", strings, b"</sst>"]),
    ])
}

/// A container of old Office files that names what is in it: an old .xls, or the safe around a protected .xlsx.
pub fn old_office(holds: &str) -> Vec<u8> {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(1_024, 0);
    bytes.extend(holds.encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(4_096, 0);
    bytes
}
